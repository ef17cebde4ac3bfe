//! Compiles schemas from a build script.
//!
//! In `build.rs`:
//!
//! ```no_run
//! inlay_build::Config::new().schema("schema/log.inlay").compile().unwrap();
//! ```
//!
//! and in the crate, which depends on `inlay`:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/inlay.rs"));    // pub mod log;
//! ```
//!
//! The schema compiler is the command `inlay`: the one that `INLAY` names in
//! the environment, else the one in the path.
//!
//! Where the feature `c` of `inlay` is on, by whatever crate of the build, the
//! generated C is compiled and linked too: the script is told by the metadata
//! of `inlay`, so the crate must depend on that directly.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why schemas could not be compiled.
#[derive(Debug)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl Error {
    fn new(what: impl fmt::Display, why: impl fmt::Display) -> Self {
        Error(format!("{what}: {why}"))
    }
}

/// Which schemas to compile, and how.
#[derive(Clone, Debug, Default)]
pub struct Config {
    schemas: Vec<PathBuf>,
    imports: Vec<PathBuf>,
    only_c: bool,
}

impl Config {
    /// No schema yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Compiles that file, too. Imports are compiled when they are named here.
    pub fn schema(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.schemas.push(path.as_ref().to_owned());
        self
    }

    /// Looks for imports there, too.
    pub fn import_dir(&mut self, path: impl AsRef<Path>) -> &mut Self {
        self.imports.push(path.as_ref().to_owned());
        self
    }

    /// Makes no Rust, for crates that have it checked in; only what the feature
    /// `c` wants.
    pub fn checked_in(&mut self) -> &mut Self {
        self.only_c = true;
        self
    }

    /// Compiles them into `OUT_DIR`.
    pub fn compile(&self) -> Result<(), Error> {
        let out = variable("OUT_DIR")?;
        let out = Path::new(&out);
        println!("cargo::rerun-if-env-changed=INLAY");
        self.generate("rust", out)?;
        if !self.only_c {
            self.write_modules(out)?;
        }
        match env::var_os("DEP_INLAY_RUST_INCLUDE") {
            Some(include) => self.compile_c(out, Path::new(&include)),
            None => Ok(()),
        }
    }

    /// Runs the schema compiler, and watches what it read.
    fn generate(&self, language: &str, out: &Path) -> Result<(), Error> {
        let command = env::var_os("INLAY").unwrap_or_else(|| OsString::from("inlay"));
        let depfile = out.join(format!("inlay-{language}.d"));
        let mut run = Command::new(&command);
        run.args(["gen", "--lang", language, "--out"]).arg(out);
        run.arg("--depfile").arg(&depfile);
        for folder in &self.imports {
            run.arg("-I").arg(folder);
        }
        run.arg("--").args(&self.schemas);
        let name = command.to_string_lossy();
        let output = run.output().map_err(|error| Error::new(&name, error))?;
        if !output.status.success() {
            return Err(Error::new(&name, String::from_utf8_lossy(&output.stderr)));
        }
        println!("cargo::rerun-if-changed={name}");
        watch(&depfile)
    }

    /// Writes the file that has all modules, side by side as imports want them.
    fn write_modules(&self, out: &Path) -> Result<(), Error> {
        let mut text = String::new();
        for schema in &self.schemas {
            let stem = stem(schema)?;
            let path = out.join(format!("{stem}.rs"));
            text += &format!("#[path = {path:?}]\npub mod {stem};\n");
        }
        let path = out.join("inlay.rs");
        fs::write(&path, text).map_err(|error| Error::new(path.display(), error))
    }

    fn compile_c(&self, out: &Path, include: &Path) -> Result<(), Error> {
        self.generate("c", out)?;
        let mut build = cc::Build::new();
        build.include(include).include(out).std("c11").warnings(false);
        for schema in &self.schemas {
            let stem = stem(schema)?;
            build.file(out.join(format!("{stem}.inlay.c")));
            build.file(out.join(format!("{stem}_layout.c")));
        }
        let name = format!("inlay_schemas_{}", variable("CARGO_PKG_NAME")?);
        build.try_compile(&name).map_err(|error| Error::new("the generated C", error))
    }
}

fn variable(name: &str) -> Result<String, Error> {
    env::var(name).map_err(|error| Error::new(name, error))
}

fn stem(schema: &Path) -> Result<&str, Error> {
    let stem = schema.file_stem().and_then(|stem| stem.to_str());
    stem.ok_or_else(|| Error::new(schema.display(), "no name for a module"))
}

/// Tells cargo what make would be told.
fn watch(depfile: &Path) -> Result<(), Error> {
    let text = fs::read_to_string(depfile).map_err(|error| Error::new(depfile.display(), error))?;
    let (_, read) = text.split_once(": ").unwrap_or_default();
    for path in read.split_whitespace() {
        println!("cargo::rerun-if-changed={path}");
    }
    Ok(())
}
