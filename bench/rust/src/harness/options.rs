//! What the benchmarks are told on the command line.

/// `cargo bench` itself adds `--bench`.
pub struct Options {
    pub smoke: bool,
    /// Where the result goes.
    pub output: String,
    /// The sets that are asked for; none: all.
    sets: Vec<String>,
}

impl Options {
    /// Reads them, or says what is wrong and exits.
    pub fn read(usage: &str) -> Self {
        let mut options = Options { smoke: false, output: "rust.json".into(), sets: Vec::new() };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments.next().unwrap_or_else(|| exit(usage, &format!("{argument}: no value")))
            };
            match argument.as_str() {
                "--bench" => {}
                "--smoke" => options.smoke = true,
                "--set" => options.sets.push(value()),
                "-o" => options.output = value(),
                "--help" => exit(usage, ""),
                _ => exit(usage, &format!("{argument} is no option")),
            }
        }
        options
    }

    pub fn wants(&self, set: &str) -> bool {
        self.sets.is_empty() || self.sets.iter().any(|wanted| wanted == set)
    }
}

fn exit(usage: &str, complaint: &str) -> ! {
    if complaint.is_empty() {
        println!("{usage}");
        std::process::exit(0);
    }
    eprintln!("{complaint}\n{usage}");
    std::process::exit(2);
}
