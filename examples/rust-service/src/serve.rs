//! Listening, and conversations: whole requests in, whole answers out, and
//! nothing that a client does keeps the service from others or from stopping.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use inlay::frame::{ShortHeader, SHORT_SIZE};
use inlay::{Error, Status};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{watch, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout, timeout_at, Instant};

use crate::answer::{Counters, Desk};
use crate::schema::shop::Reason;
use crate::store::Edition;

/// Answers that wait for more to be written with them.
const BATCH: usize = 64 * 1024;

/// What a client that is refused may still send, so that it gets to read why.
const LINGER: usize = 256 * 1024;

/// What clients are granted.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a request.
    pub request: usize,
    /// Connections at a time, of each listener; more have to wait to be accepted.
    pub connections: usize,
    /// How long a connection may be silent.
    pub idle: Duration,
    /// How long a request may take to arrive, and answers to be taken.
    pub patience: Duration,
    /// How long after the order to stop conversations may take to end.
    pub grace: Duration,
}

/// What conversations share.
pub struct Service {
    /// The newest edition.
    pub editions: watch::Receiver<Arc<Edition>>,
    /// What has been done.
    pub counters: Arc<Counters>,
    /// What clients are granted.
    pub limits: Limits,
}

// ---- Listening --------------------------------------------------------------

/// Accepts connections until it is told to stop, then waits for their ends.
pub async fn listen<S, F>(
    service: Arc<Service>,
    mut stopping: watch::Receiver<bool>,
    mut accept: impl FnMut() -> F,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Future<Output = io::Result<S>>,
{
    // A listener that waits has taken a seat already, so each has its own.
    let seats = Arc::new(Semaphore::new(service.limits.connections));
    let mut conversations = JoinSet::new();
    let orders = stopping.clone();
    loop {
        let next = async {
            let seat = Arc::clone(&seats).acquire_owned().await;
            (seat, accept().await)
        };
        tokio::select! {
            biased;
            () = told(&mut stopping) => break,
            Some(ended) = conversations.join_next() => complain(ended.err()),
            (seat, stream) = next => match stream {
                Ok(stream) => {
                    let talk = Conversation::new(Arc::clone(&service), stream);
                    let orders = orders.clone();
                    conversations.spawn(async move {
                        talk.run(orders).await;
                        drop(seat);
                    });
                }
                Err(error) => {
                    // No descriptors left, most likely: others have to end.
                    complain(Some(error));
                    sleep(Duration::from_millis(100)).await;
                }
            },
        }
    }
    let all = async { while conversations.join_next().await.is_some() {} };
    if timeout(service.limits.grace, all).await.is_err() {
        conversations.shutdown().await;
    }
}

/// Waits for the order to stop, or for nobody being left to give it.
async fn told(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

fn complain<E: std::fmt::Display>(error: Option<E>) {
    if let Some(error) = error {
        eprintln!("a connection: {error}");
    }
}

// ---- Conversations ----------------------------------------------------------

/// How a conversation goes on.
enum Next {
    /// There may be another request.
    More,
    /// It is over.
    Over,
}

/// One connection.
struct Conversation<S> {
    service: Arc<Service>,
    stream: S,
    desk: Desk,
    /// What has arrived and is not answered: less than a frame, between reads.
    input: Vec<u8>,
    output: Vec<u8>,
    /// When what is in `input` has to be a whole request.
    due: Option<Instant>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    fn new(service: Arc<Service>, stream: S) -> Self {
        let (input, output) = (Vec::new(), Vec::new());
        Conversation { service, stream, desk: Desk::new(), input, output, due: None }
    }

    async fn run(mut self, mut stopping: watch::Receiver<bool>) {
        loop {
            let next = match self.hear(&mut stopping).await {
                Next::More => self.reply().await,
                Next::Over => Next::Over,
            };
            if let Next::Over = next {
                return;
            }
        }
    }

    /// Waits for more of the client's bytes.
    async fn hear(&mut self, stopping: &mut watch::Receiver<bool>) -> Next {
        self.input.reserve(4096);
        let silent = self.input.is_empty();
        let until = self.due.unwrap_or_else(|| Instant::now() + self.service.limits.idle);
        let read = tokio::select! {
            biased;
            // What has begun to arrive is answered first.
            () = told(stopping), if silent => return Next::Over,
            read = timeout_at(until, self.stream.read_buf(&mut self.input)) => read,
        };
        match read {
            Ok(Ok(size)) if size > 0 => {
                let patience = self.service.limits.patience;
                self.due.get_or_insert_with(|| Instant::now() + patience);
                Next::More
            }
            Ok(_) => Next::Over,
            Err(_) if silent => Next::Over,
            Err(_) => self.part(Reason::TOO_SLOW, "the request did not arrive in time").await,
        }
    }

    /// Answers all requests that have arrived as a whole.
    async fn reply(&mut self) -> Next {
        let edition = Arc::clone(&self.service.editions.borrow());
        let mut begin = 0;
        loop {
            let rest = &self.input[begin..];
            let Some(header) = rest.first_chunk::<SHORT_SIZE>() else {
                break;
            };
            let header = match ShortHeader::read(header, self.service.limits.request) {
                Ok(header) => header,
                Err(error) => return self.part(Reason::TOO_LARGE, error.status().text()).await,
            };
            let Some(payload) = rest.get(SHORT_SIZE..SHORT_SIZE + header.size()) else {
                break;
            };
            if let Err(error) = header.check(payload) {
                return self.part(Reason::BAD_FRAME, error.status().text()).await;
            }
            let counters = &self.service.counters;
            if let Err(error) = self.desk.answer(&edition, counters, payload, &mut self.output) {
                return self.give_up(&error);
            }
            begin += SHORT_SIZE + header.size();
            if self.output.len() >= BATCH {
                if let Next::Over = self.flush().await {
                    return Next::Over;
                }
            }
        }
        if begin > 0 {
            self.input.drain(..begin);
            self.due = None;
        }
        if !self.input.is_empty() {
            let patience = self.service.limits.patience;
            self.due.get_or_insert_with(|| Instant::now() + patience);
        }
        self.flush().await
    }

    /// Writes the answers. A client that does not take them is left.
    async fn flush(&mut self) -> Next {
        let written = timeout(self.service.limits.patience, self.stream.write_all(&self.output));
        match written.await {
            Ok(Ok(())) => {
                self.output.clear();
                Next::More
            }
            _ => Next::Over,
        }
    }

    /// Refuses and ends: what follows in the stream can't be told.
    async fn part(&mut self, reason: Reason, text: &str) -> Next {
        let edition = Arc::clone(&self.service.editions.borrow());
        let counters = &self.service.counters;
        match self.desk.refuse(&edition, counters, reason, text, &mut self.output) {
            Ok(()) => {}
            Err(error) => return self.give_up(&error),
        }
        if let Next::More = self.flush().await {
            // A socket that is closed with bytes unread takes back what was
            // written to it.
            let linger = async {
                self.stream.shutdown().await?;
                let mut rest = (&mut self.stream).take(LINGER as u64);
                tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
            };
            let _ = timeout(self.service.limits.patience, linger).await;
        }
        Next::Over
    }

    /// No answer could be written: memory, or a bug of ours.
    fn give_up(&mut self, error: &Error) -> Next {
        if error.status() != Status::OutOfMemory {
            eprintln!("an answer: {error}");
        }
        Next::Over
    }
}
