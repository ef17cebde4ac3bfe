//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::serve::Limits;

/// How it is used.
pub const USAGE: &str = "\
usage: shop-service [OPTION VALUE]... FILE
  --unix PATH         listen on a UNIX socket there
  --tcp ADDRESS       listen on TCP, as in 127.0.0.1:7070; port 0 takes any
  --watch MS          look that often for another file (default 1000)
  --request BYTES     the largest request (default 16384)
  --connections N     at a time, of each kind (default 1000)
  --idle MS           how long connections may be silent (default 60000)
  --patience MS       how long a request may take to arrive (default 5000)
  --grace MS          how long conversations may take to end (default 5000)
SIGHUP loads the file again; SIGTERM and SIGINT stop.";

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    /// The catalogue.
    pub file: PathBuf,
    /// Where to listen.
    pub unix: Option<PathBuf>,
    /// Where to listen.
    pub tcp: Option<SocketAddr>,
    /// How often to look for another file.
    pub watch: Duration,
    /// What clients are granted.
    pub limits: Limits,
}

const fn ms(number: u64) -> Duration {
    Duration::from_millis(number)
}

fn number(name: &str, value: &str) -> Result<u64, String> {
    match value.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{name}: not a number above 0: {value}")),
    }
}

impl Options {
    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let limits = &mut self.limits;
        match name {
            "--unix" => self.unix = Some(value.into()),
            "--tcp" => {
                let address = value.parse().map_err(|error| format!("{name}: {value}: {error}"))?;
                self.tcp = Some(address);
            }
            "--watch" => self.watch = ms(number(name, value)?),
            "--request" => limits.request = number(name, value)? as usize,
            "--connections" => limits.connections = number(name, value)?.min(100_000) as usize,
            "--idle" => limits.idle = ms(number(name, value)?),
            "--patience" => limits.patience = ms(number(name, value)?),
            "--grace" => limits.grace = ms(number(name, value)?),
            _ => return Err(format!("there is no option {name}")),
        }
        Ok(())
    }

    /// Reads the arguments behind the program's name.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let limits = Limits {
            request: 16 * 1024,
            connections: 1000,
            idle: ms(60_000),
            patience: ms(5000),
            grace: ms(5000),
        };
        let file = PathBuf::new();
        let mut options = Options { file, unix: None, tcp: None, watch: ms(1000), limits };
        while let Some(argument) = arguments.next() {
            if argument.starts_with("--") {
                let value = arguments.next().ok_or(format!("{argument} wants a value"))?;
                options.set(&argument, &value)?;
            } else if options.file.as_os_str().is_empty() {
                options.file = argument.into();
            } else {
                return Err(format!("one file is enough: {argument}"));
            }
        }
        if options.file.as_os_str().is_empty() {
            return Err("which file?".into());
        }
        if options.unix.is_none() && options.tcp.is_none() {
            return Err("where to listen? --unix, --tcp or both".into());
        }
        Ok(options)
    }
}
