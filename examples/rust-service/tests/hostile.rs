//! Clients that the service has to survive, and others have to be served
//! beside.

mod common;

use std::io::{Read, Write};
use std::net::Shutdown;
use std::thread;
use std::time::{Duration, Instant};

use common::schema::shop::{OutcomeView, Question, Reason, Request};
use common::{find, framed, list, reason, Service, SOON};
use inlay::{Init, Message};

/// Numbers that are the same every time.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % bound
    }
}

#[test]
fn bytes_that_are_no_request_are_refused_and_the_connection_goes_on() {
    let service = Service::start(&[]);
    let mut client = service.client();
    for garbage in [&b""[..], b"\0", b"hello, is there anybody?", &[0xff; 300]] {
        let answer = client.ask(garbage);
        assert_eq!(reason(answer.view()), Some(Reason::BAD_REQUEST));
    }
    // A path and a place, as far as the format has them.
    let mut request = find("B-1009");
    let at = request.len() - 2;
    request[at] = 0xff;
    let answer = client.ask(&request);
    let OutcomeView::Refused(refusal) = answer.view().outcome() else {
        panic!("it is not UTF-8");
    };
    assert_eq!(refusal.path(), Some("question.find.article"));
    assert_eq!(refusal.offset(), Some(at as u64));
    assert_eq!(refusal.text(), "a string is not valid UTF-8");

    // What a later revision may ask, and nothing at all.
    let unset = Request { id: 9, ..Init::INIT }.encode().unwrap();
    let answer = client.ask(&unset);
    assert_eq!((answer.view().id(), reason(answer.view())), (9, Some(Reason::NO_QUESTION)));
    let facts = Request { id: 9, question: Question::Facts, ..Init::INIT }.encode().unwrap();
    let tag = facts.iter().zip(&unset).position(|(a, b)| a != b).unwrap();
    let mut later = facts;
    later[tag] = 77;
    let answer = client.ask(&later);
    assert_eq!((answer.view().id(), reason(answer.view())), (9, Some(Reason::NO_QUESTION)));
    assert_eq!(reason(client.ask(&find("B-1009")).view()), None);
    service.stop();
}

#[test]
fn spoilt_requests_are_answered_or_refused_one_by_one() {
    let service = Service::start(&[]);
    let mut client = service.client();
    let mut rng = Rng(88172645463325252);
    let good = [find("B-1009"), list("B", 3)];
    let mut outcomes = [0; 2];
    for _ in 0..100 {
        // In batches, as they would come through a pipe.
        let mut batch = Vec::new();
        for _ in 0..100 {
            let mut request = good[rng.below(2)].clone();
            for _ in 0..1 + rng.below(3) {
                let at = rng.below(request.len());
                request[at] ^= 1 << rng.below(8);
            }
            request.truncate(1 + rng.below(request.len() * 4));
            batch.extend(framed(&request));
        }
        client.send(&batch);
        for _ in 0..100 {
            let answer = client.hear().expect("an answer to each");
            outcomes[usize::from(reason(answer.view()).is_some())] += 1;
        }
    }
    assert!(outcomes[0] > 500 && outcomes[1] > 500, "some of both: {outcomes:?}");
    service.stop();
}

#[test]
fn damaged_frames_end_the_connection() {
    let service = Service::start(&[]);
    let frame = framed(&find("B-1009"));
    for bit in 32..frame.len() * 8 {
        let mut bad = frame.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let mut client = service.client();
        client.send(&bad);
        client.is_parted(Reason::BAD_FRAME);
    }
    service.stop();
}

#[test]
fn large_frames_are_refused_before_they_come() {
    let service = Service::start(&[]);
    for size in [16385u32, 1 << 20, u32::MAX] {
        let mut client = service.client();
        client.send(&[size.to_le_bytes(), [0; 4]].concat());
        client.is_parted(Reason::TOO_LARGE);
        // The refusal arrives, too, when the client goes on sending.
        let mut client = service.tcp_client();
        client.send(&[size.to_le_bytes(), [0; 4]].concat());
        client.send(&[0x55; 100_000]);
        client.is_parted(Reason::TOO_LARGE);
    }
    let mut client = service.client();
    let answer = client.ask(&[0; 16384]);
    assert_eq!(reason(answer.view()), Some(Reason::BAD_REQUEST), "the largest that is read");
    service.stop();
}

#[test]
fn frames_that_are_cut_short_are_no_trouble() {
    let service = Service::start(&[]);
    let frame = framed(&find("B-1009"));
    for size in 0..frame.len() {
        let mut client = service.client();
        client.send(&frame[..size]);
        client.stream.shutdown(Shutdown::Write).unwrap();
        assert!(client.hear().is_none(), "cut at {size}");
    }
    // One that is whole is answered though nothing will follow.
    let mut client = service.client();
    client.send(&frame);
    client.stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(reason(client.hear().expect("an answer").view()), None);
    assert!(client.hear().is_none());
    service.stop();
}

#[test]
fn bytes_may_come_one_by_one() {
    let service = Service::start(&[]);
    let mut client = service.tcp_client();
    client.stream.set_nodelay(true).unwrap();
    for byte in framed(&find("B-1009")).iter().chain(&framed(&list("", 2))) {
        client.send(&[*byte]);
    }
    assert_eq!(reason(client.hear().expect("an answer").view()), None);
    let answer = client.hear().expect("an answer");
    assert!(matches!(answer.view().outcome(), OutcomeView::List(list) if list.more()));
    service.stop();
}

#[test]
fn a_request_has_its_time_from_its_first_byte() {
    let service = Service::start(&["--patience", "300"]);
    let mut client = service.client();
    let start = Instant::now();
    // Drop by drop, which does not prolong it.
    for byte in &framed(&[0; 1000])[..100] {
        if client.stream.write_all(&[*byte]).is_err() || start.elapsed() > SOON {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    client.is_parted(Reason::TOO_SLOW);
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert!(start.elapsed() < SOON);
    service.stop();
}

#[test]
fn silence_ends_a_connection_without_a_word() {
    let service = Service::start(&["--idle", "200"]);
    let mut client = service.client();
    let start = Instant::now();
    client.ask(&find("B-1009"));
    assert!(client.hear().is_none());
    assert!(start.elapsed() >= Duration::from_millis(200));
    service.stop();
}

#[test]
fn who_does_not_take_answers_is_left_and_others_are_served() {
    let service = Service::start(&["--patience", "500"]);
    let mut glutton = service.client();
    glutton.stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
    let batch = framed(&list("", 500)).repeat(100);
    let start = Instant::now();
    // Never reads: at some point its requests are not taken any more.
    while glutton.stream.write_all(&batch).is_ok() {
        assert!(start.elapsed() < SOON, "there is no bound to what is buffered");
    }
    service.is_well();
    // It is closed by and by: writing fails with something else than waiting.
    loop {
        match glutton.stream.write(&batch) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => break,
            _ => assert!(start.elapsed() < SOON, "it is still there"),
        }
    }
    service.is_well();
    service.stop();
}

#[test]
fn more_connections_than_may_be_wait_for_their_turn() {
    let service = Service::start(&["--connections", "4"]);
    let mut sitting: Vec<_> = (0..4).map(|_| service.client()).collect();
    for client in &mut sitting {
        client.ask(&find("B-1009"));
    }
    let mut waiting = service.client();
    waiting.send(&framed(&find("B-1009")));
    waiting.stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    assert!(waiting.stream.read(&mut [0; 1]).is_err(), "not its turn yet");
    sitting.pop();
    waiting.stream.set_read_timeout(Some(SOON)).unwrap();
    assert_eq!(reason(waiting.hear().expect("an answer").view()), None);
    service.stop();
}

#[test]
fn many_clients_at_once() {
    let service = Service::start(&[]);
    thread::scope(|scope| {
        for number in 0..50 {
            let service = &service;
            scope.spawn(move || {
                let mut client = service.client();
                for round in 0..40 {
                    if (number + round) % 13 == 0 {
                        client = service.client(); // the old one in the middle of something
                        client.send(&[1, 2, 3]);
                        client = service.client();
                    }
                    assert_eq!(reason(client.ask(&find("B-1009")).view()), None);
                }
            });
        }
    });
    service.stop();
}
