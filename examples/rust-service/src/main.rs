//! A catalogue as a service: the file is written by C, mapped and answered from
//! by Rust, and asked by C again. See `README.md`.

mod answer;
mod options;
mod schema;
mod serve;
mod store;

use std::error::Error;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use inlay::Message;
use tokio::net::{TcpListener, UnixListener};
use tokio::signal::unix::{signal, SignalKind};
use tokio::sync::watch;
use tokio::task::JoinSet;

use answer::Counters;
use options::{Options, USAGE};
use serve::{listen, Service};
use store::Edition;

/// Requests have a largest size, since every part of them has a `@max`.
const _: () = assert!(matches!(schema::shop::Request::SIZE_MAX, Some(size) if size < 16384));

/// A UNIX socket's name in the file system, which goes when we do.
struct Name(PathBuf);

impl Drop for Name {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Takes a name for a UNIX socket: also one that a service left behind which
/// did not get to remove it, but not one where somebody answers.
fn take_name(path: &Path) -> io::Result<(Name, UnixListener)> {
    let is_socket = path.symlink_metadata().is_ok_and(|facts| facts.file_type().is_socket());
    if is_socket {
        if let Err(error) = UnixStream::connect(path) {
            if error.kind() == io::ErrorKind::ConnectionRefused {
                std::fs::remove_file(path)?;
            }
        }
    }
    let listener = UnixListener::bind(path)?;
    Ok((Name(path.to_owned()), listener))
}

/// Waits for the order to stop.
async fn told_to_stop() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

async fn serve(options: Options, edition: Edition) -> Result<(), Box<dyn Error>> {
    let (to, editions) = watch::channel(Arc::new(edition));
    let counters = Arc::new(Counters::default());
    let limits = options.limits;
    let service = Arc::new(Service { editions, counters: Arc::clone(&counters), limits });
    let (stop, stopping) = watch::channel(false);
    let mut listeners = JoinSet::new();
    let mut name = None;

    let hangup = signal(SignalKind::hangup())?;
    tokio::spawn(store::keep_current(options.file, options.watch, hangup, to, counters));
    if let Some(path) = options.unix {
        let (taken, listener) =
            take_name(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        name = Some(taken);
        println!("listening on unix:{}", path.display());
        let (service, stopping) = (Arc::clone(&service), stopping.clone());
        listeners.spawn(async move {
            listen(service, stopping, || async { Ok(listener.accept().await?.0) }).await;
        });
    }
    if let Some(address) = options.tcp {
        let listener =
            TcpListener::bind(address).await.map_err(|error| format!("{address}: {error}"))?;
        println!("listening on {}", listener.local_addr()?);
        listeners.spawn(async move {
            let accept = || async {
                let (stream, _) = listener.accept().await?;
                // Answers are written whole; there is nothing to wait for.
                stream.set_nodelay(true)?;
                Ok(stream)
            };
            listen(service, stopping, accept).await;
        });
    }
    told_to_stop().await?;
    println!("stopping");
    stop.send_replace(true);
    drop(name);
    while listeners.join_next().await.is_some() {}
    Ok(())
}

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("shop-service: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let edition = match Edition::load(&options.file) {
        Ok(edition) => edition,
        Err(fault) => {
            eprintln!("shop-service: {}: {fault}", options.file.display());
            return ExitCode::from(1);
        }
    };
    println!("loaded edition {:016x}", edition.view().edition());
    let served = tokio::runtime::Runtime::new()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(serve(options, edition)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("shop-service: {error}");
            ExitCode::from(2)
        }
    }
}
