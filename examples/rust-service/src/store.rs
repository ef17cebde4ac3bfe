//! The catalogue's file: mapped, verified once, loaded again when another one
//! takes its place.
//!
//! The file comes from another program. This is where it is met: its frame is
//! checked and its message verified before anybody reads it, and nowhere after.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use inlay::frame::{self, Header};
use inlay::{Message, Owned, Verified};
use memmap2::{Mmap, MmapOptions};
use tokio::signal::unix::Signal;
use tokio::sync::watch;
use tokio::time::{interval, MissedTickBehavior};

use crate::answer::Counters;
use crate::schema::shop::{Catalogue, CatalogueView};

/// No file is larger than what is worth keeping mapped.
const SIZE_LIMIT: u64 = 1 << 40;

/// Why a file can't be used.
#[derive(Debug)]
pub enum Fault {
    /// It can't be read.
    System(io::Error),
    /// It is a folder, a pipe, or something else without bytes of its own.
    NoFile,
    /// Frame or message are not good. The offset counts from the start of the
    /// frame or of the message.
    Frame(inlay::Error),
    /// The same.
    Message(inlay::Error),
    /// There are bytes behind the frame.
    Trailing,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::System(error) => error.fmt(f),
            Fault::NoFile => f.write_str("not a regular file"),
            Fault::Frame(error) => write!(f, "its frame: {error}"),
            Fault::Message(error) => write!(f, "its message: {error}"),
            Fault::Trailing => f.write_str("bytes follow the frame"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::System(error)
    }
}

/// What tells one file from another that has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity([i64; 5]);

impl Identity {
    fn of(facts: &Metadata) -> Self {
        let (device, inode, size) = (facts.dev(), facts.ino(), facts.size());
        let [device, inode, size] = [device, inode, size].map(|number| number as i64);
        Identity([device, inode, size, facts.mtime(), facts.mtime_nsec()])
    }
}

/// One edition of the catalogue. Whoever answers holds an `Arc` of it, so an
/// old one stays mapped until its last answer is written.
pub struct Edition {
    message: Owned<Mmap, Catalogue<'static>>,
    identity: Identity,
}

impl Edition {
    /// Maps a file and verifies it; O(size).
    pub fn load(path: &Path) -> Result<Self, Fault> {
        // A pipe must be refused, not waited for.
        if !fs::metadata(path)?.is_file() {
            return Err(Fault::NoFile);
        }
        let file = File::open(path)?;
        let facts = file.metadata()?;
        let header = read_header(&file, facts.size())?;
        let payload = map(&file, header.size())?;
        header.check(&payload).map_err(Fault::Frame)?;
        let message = Owned::verify(payload).map_err(Fault::Message)?;
        Ok(Edition { message, identity: Identity::of(&facts) })
    }

    /// The catalogue. Costs nothing: it has been verified.
    pub fn view(&self) -> CatalogueView<'_, Verified> {
        self.message.view()
    }

    /// Bytes of the message.
    pub fn size(&self) -> usize {
        self.message.bytes().len()
    }
}

/// Reads the header, and whether the file has just as many bytes as it says.
fn read_header(file: &File, size: u64) -> Result<Header, Fault> {
    let mut bytes = [0; frame::SIZE];
    let there = size.min(frame::SIZE as u64) as usize;
    file.read_exact_at(&mut bytes[..there], 0)?;
    let header =
        Header::read(&bytes[..there], Catalogue::TYPE_ID, SIZE_LIMIT).map_err(Fault::Frame)?;
    if size - frame::SIZE as u64 > header.size() {
        return Err(Fault::Trailing);
    }
    Ok(header)
}

/// Maps what is behind the header: as much of it as there is.
fn map(file: &File, size: u64) -> Result<Mmap, Fault> {
    let there = file.metadata()?.size().saturating_sub(frame::SIZE as u64);
    let size = usize::try_from(size.min(there)).map_err(io::Error::other)?;
    let mut options = MmapOptions::new();
    // SAFETY: the bytes must not change while they are mapped. Who writes
    // catalogues replaces the file as a whole, by `rename`, and never writes to
    // one that is in place; the README says so, as it has to.
    Ok(unsafe { options.offset(frame::SIZE as u64).len(size).map(file)? })
}

/// Loads the file again whenever it is another one, and on every SIGHUP. One
/// that is no good is complained about, and the old edition stays.
pub async fn keep_current(
    path: PathBuf,
    every: Duration,
    mut hangup: Signal,
    editions: watch::Sender<Arc<Edition>>,
    counters: Arc<Counters>,
) {
    let mut tried = editions.borrow().identity;
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let asked = tokio::select! {
            _ = ticks.tick() => false,
            _ = hangup.recv() => true,
        };
        let now = fs::metadata(&path).ok().map(|facts| Identity::of(&facts));
        let Some(now) = now.filter(|now| asked || *now != tried) else {
            continue; // gone for now, or the same
        };
        tried = now;
        let from = path.clone();
        match tokio::task::spawn_blocking(move || Edition::load(&from)).await {
            Ok(Ok(edition)) => {
                tried = edition.identity;
                counters.reloaded();
                println!("loaded edition {:016x}", edition.view().edition());
                editions.send_replace(Arc::new(edition));
            }
            Ok(Err(fault)) => eprintln!("{}: {fault}; the old edition stays", path.display()),
            Err(panic) => eprintln!("{}: {panic}", path.display()),
        }
    }
}
