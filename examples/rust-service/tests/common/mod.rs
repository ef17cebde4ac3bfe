//! Starting the service, the C program and clients without manners.
#![allow(dead_code, missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use inlay::frame::{ShortHeader, SHORT_SIZE};
use inlay::{Init, Message, Owned};

pub mod schema {
    include!(concat!(env!("OUT_DIR"), "/inlay.rs"));
}

use schema::shop::{Answer, AnswerView, Find, Listing, OutcomeView, Question, Reason, Request};

/// How long anything may take that takes no time.
pub const SOON: Duration = Duration::from_secs(10);

/// Waits for something to become true.
pub fn wait_for(what: &str, mut is: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < SOON, "in vain: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

// ---- Folders and files ------------------------------------------------------

/// A folder of a test's own.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("inlay-shop-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The lines of the sample, without its comments.
pub fn sample() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../common/products.tsv");
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(Into::into).collect()
}

/// Runs the C program.
pub fn shop(arguments: &[&str]) -> Output {
    let program = std::env::var_os("SHOP").expect(".cargo/config.toml names it");
    Command::new(&program).args(arguments).output().unwrap_or_else(|error| {
        panic!("{program:?}: {error}; build it first: cmake --build build --target shop")
    })
}

/// Has C compile lines of text into a file that takes the place of `to`.
pub fn build(folder: &Folder, lines: &[String], to: &Path) {
    let text = folder.at("products.tsv");
    fs::write(&text, lines.join("\n") + "\n").unwrap();
    let output = shop(&["build", text.to_str().unwrap(), to.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
}

// ---- The service ------------------------------------------------------------

pub struct Service {
    child: Child,
    pub folder: Folder,
    /// What it has printed, on both of its outputs.
    printed: Arc<Mutex<String>>,
}

fn collect(from: impl Read + Send + 'static, to: &Arc<Mutex<String>>) {
    let to = Arc::clone(to);
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            *to.lock().unwrap() += &(line + "\n");
        }
    });
}

impl Service {
    /// Starts it on the sample, with some options beside the usual ones.
    pub fn start(options: &[&str]) -> Self {
        let folder = Folder::new();
        build(&folder, &sample(), &folder.at("file"));
        let service = Self::start_in(folder, options);
        service.wait_for_print("listening on 127.0.0.1:");
        service
    }

    /// Starts it on what is there.
    pub fn start_in(folder: Folder, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shop-service"))
            .args(["--tcp", "127.0.0.1:0", "--watch", "20", "--unix"])
            .arg(folder.at("socket"))
            .args(options)
            .arg(folder.at("file"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let printed = Arc::default();
        collect(child.stdout.take().unwrap(), &printed);
        collect(child.stderr.take().unwrap(), &printed);
        Service { child, folder, printed }
    }

    pub fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    pub fn wait_for_print(&self, text: &str) {
        let start = Instant::now();
        while !self.printed().contains(text) {
            assert!(start.elapsed() < SOON, "no `{text}` in: {}", self.printed());
            thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn unix(&self) -> String {
        format!("unix:{}", self.folder.at("socket").display())
    }

    pub fn tcp(&self) -> String {
        let printed = self.printed();
        let line = printed.lines().find(|line| line.starts_with("listening on 127."));
        line.unwrap()["listening on ".len()..].into()
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }

    /// Waits for its end; gives the exit status.
    pub fn ends(&mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < SOON, "it does not end: {}", self.printed());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Stops it as one should; it must be well until then.
    pub fn stop(mut self) {
        self.signal("TERM");
        assert_eq!(self.ends(), Some(0), "{}", self.printed());
        assert!(!self.folder.at("socket").exists(), "the socket is gone");
    }

    /// Takes the folder from one that has ended.
    pub fn into_folder(mut self) -> Folder {
        std::mem::replace(&mut self.folder, Folder(PathBuf::from("/nonexistent")))
    }

    pub fn client(&self) -> Client<UnixStream> {
        let stream = UnixStream::connect(self.folder.at("socket")).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.set_write_timeout(Some(SOON)).unwrap();
        Client { stream }
    }

    pub fn tcp_client(&self) -> Client<TcpStream> {
        let stream = TcpStream::connect(self.tcp()).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.set_write_timeout(Some(SOON)).unwrap();
        Client { stream }
    }

    /// Whether it answers.
    pub fn is_well(&self) {
        let answer = self.client().ask(&find("B-1009"));
        assert!(matches!(answer.view().outcome(), OutcomeView::Found(_)));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

// ---- Clients ----------------------------------------------------------------

pub type Answered = Owned<Vec<u8>, Answer<'static>>;

pub struct Client<S> {
    pub stream: S,
}

/// A request for one product.
pub fn find(article: &str) -> Vec<u8> {
    let find = Find { article: article.into(), ..Init::INIT };
    Request { id: 1, question: Question::Find(&find), ..Init::INIT }.encode().unwrap()
}

/// A request for a list.
pub fn list(begins: &str, most: u16) -> Vec<u8> {
    let listing = Listing { begins: begins.into(), most, ..Init::INIT };
    Request { id: 2, question: Question::List(&listing), ..Init::INIT }.encode().unwrap()
}

/// A request in its frame.
pub fn framed(request: &[u8]) -> Vec<u8> {
    let mut frame = ShortHeader::seal(request).unwrap().to_vec();
    frame.extend_from_slice(request);
    frame
}

/// Why a request was refused.
pub fn reason(answer: AnswerView<'_, inlay::Verified>) -> Option<Reason> {
    match answer.outcome() {
        OutcomeView::Refused(refusal) => Some(refusal.reason()),
        _ => None,
    }
}

impl<S: Read + Write> Client<S> {
    pub fn send(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).unwrap();
    }

    /// The next answer; none at the end.
    pub fn hear(&mut self) -> Option<Answered> {
        let mut header = [0; SHORT_SIZE];
        match self.stream.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return None,
            Err(error) => panic!("no answer: {error}"),
        }
        let header = ShortHeader::read(&header, 1 << 20).unwrap();
        let mut payload = vec![0; header.size()];
        self.stream.read_exact(&mut payload).unwrap();
        header.check(&payload).unwrap();
        Some(Owned::verify(payload).unwrap())
    }

    pub fn ask(&mut self, request: &[u8]) -> Answered {
        self.send(&framed(request));
        self.hear().expect("an answer")
    }

    /// Whether the next thing is a refusal, and the last one.
    pub fn is_parted(&mut self, why: Reason) {
        let answer = self.hear().expect("a refusal");
        assert_eq!(reason(answer.view()), Some(why));
        assert!(self.hear().is_none(), "the connection is closed");
    }
}
