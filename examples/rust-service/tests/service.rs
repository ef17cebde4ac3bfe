//! The service as its users have it: started, asked by C and by Rust, given
//! other files, stopped.

mod common;

use std::fs;
use std::io::Write;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use common::schema::shop::OutcomeView;
use common::{build, find, framed, reason, sample, shop, wait_for, Folder, Service};

fn article(line: &str) -> &str {
    line.split('\t').next().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

// ---- Right ------------------------------------------------------------------

#[test]
fn c_reads_what_rust_answers_from_what_c_wrote() {
    let service = Service::start(&[]);
    for address in [service.unix(), service.tcp()] {
        // All of them, one by one and then at once.
        let lines = sample();
        for line in &lines {
            let output = shop(&["ask", &address, "find", article(line)]);
            assert_eq!(text(&output.stdout), format!("{line}\n"));
            assert!(output.status.success());
        }
        let mut words = vec!["ask", &address];
        for line in &lines {
            words.extend(["find", article(line), "--"]);
        }
        let output = shop(&words[..words.len() - 1]);
        assert_eq!(text(&output.stdout), lines.join("\n") + "\n");
    }
    service.stop();
}

#[test]
fn lists_are_those_of_the_sample() {
    let service = Service::start(&[]);
    let address = service.unix();
    let all = sample();
    for begins in ["", "B", "B-1", "B-1016", "X-", "~", "A"] {
        let wanted: Vec<_> = all.iter().filter(|line| line.starts_with(begins)).collect();
        for most in [0, 1, 2, 20, 500, 65535] {
            let output = shop(&["ask", &address, "list", begins, &most.to_string()]);
            let got: Vec<_> = text(&output.stdout).lines().collect();
            let cut = wanted.len() > most;
            assert_eq!(got.len(), wanted.len().min(most) + usize::from(cut), "{begins} {most}");
            assert_eq!(got.last() == Some(&"..."), cut);
            for (got, wanted) in got.iter().zip(&wanted) {
                assert!(*got == "..." || wanted.starts_with(&format!("{got}\t")), "{got}");
            }
        }
    }
    service.stop();
}

#[test]
fn prices_add_up() {
    let service = Service::start(&[]);
    let address = service.unix();
    let price = |articles: &[&str]| {
        let mut words = vec!["ask", &address, "price"];
        words.extend(articles);
        let output = shop(&words);
        (text(&output.stdout).to_owned(), text(&output.stderr).to_owned())
    };
    assert_eq!(price(&["X-1=1000"]).0, "total\t0.00 EUR\n");
    assert_eq!(price(&["B-1009=2", "B-1016"]).0, "total\t41.50 EUR\n");
    assert_eq!(price(&["B-1006", "gone"]).0, "missing\tgone\nscarce\tB-1006\n");
    assert_eq!(price(&["X-2=4294967295"]).0, "total\t214748364750.00 CHF\n");
    // Of other currencies, and beyond all numbers.
    assert!(price(&["X-2", "B-1009"]).1.contains("NO_SUM"));
    assert!(price(&["X-3=2"]).1.contains("NO_SUM"));
    assert!(price(&["X-3", "B-1009=1", "X-3"]).1.contains("NO_SUM"));
    let many: Vec<_> = (0..100).map(|_| "B-1009=37").collect();
    assert_eq!(price(&many).0, "total\t49950.00 EUR\n");
    service.stop();
}

#[test]
fn what_is_not_there_is_said() {
    let service = Service::start(&[]);
    let output = shop(&["ask", &service.unix(), "find", "gone"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "refused: NOT_FOUND: there is no such article\n");
    let output = shop(&["ask", &service.unix(), "find", &"9".repeat(65)]);
    assert_eq!(output.status.code(), Some(2), "too long to be asked");
    let output = shop(&["ask", "--wait", "200", "unix:/nonexistent", "facts"]);
    assert_eq!(output.status.code(), Some(2));
    service.stop();
}

// ---- Other files ------------------------------------------------------------

#[test]
fn a_new_file_is_answered_from_while_clients_ask() {
    let service = Service::start(&[]);
    let done = AtomicBool::new(false);
    let line = |price: u32| format!("B-1009\tBeech board\t{price}.00 EUR\t1\t\t");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut client = service.client();
                let mut before = 0;
                while !done.load(Ordering::Relaxed) {
                    let answer = client.ask(&find("B-1009"));
                    let OutcomeView::Found(found) = answer.view().outcome() else {
                        panic!("it was there all the time");
                    };
                    let cents = found.product().price().cents;
                    assert!(cents >= before, "an old edition came back");
                    before = if cents == 1350 { 0 } else { cents };
                }
            });
        }
        for price in 1..=20 {
            build(&service.folder, &[line(price)], &service.folder.at("file"));
            let wanted = format!("B-1009\tBeech board\t{price}.00 EUR\t1\t\t\n");
            wait_for(&wanted, || {
                let output = shop(&["ask", &service.unix(), "find", "B-1009"]);
                assert!(output.status.success());
                text(&output.stdout) == wanted
            });
        }
        done.store(true, Ordering::Relaxed);
    });
    let output = shop(&["ask", &service.unix(), "facts"]);
    assert!(text(&output.stdout).contains("reloads\t20\n"), "{}", text(&output.stdout));
    service.stop();
}

#[test]
fn a_bad_file_does_not_take_the_place_of_a_good_one() {
    let service = Service::start(&[]);
    let file = service.folder.at("file");
    let good = fs::read(&file).unwrap();
    let put = |bytes: &[u8]| {
        fs::write(service.folder.at("next"), bytes).unwrap();
        fs::rename(service.folder.at("next"), &file).unwrap();
    };
    put(&good[..good.len() - 1]);
    service.wait_for_print("its frame: the bytes end in the middle of something");
    service.is_well();
    let mut bad = good.clone();
    bad[200] ^= 1;
    put(&bad);
    service.wait_for_print("its frame: the checksum does not match");
    service.is_well();
    fs::remove_file(&file).unwrap();
    thread::sleep(Duration::from_millis(100));
    service.is_well();
    put(&good);
    wait_for("the good one again", || service.printed().matches("loaded edition").count() == 2);
    // The same file is loaded again when that is asked for, and only then.
    thread::sleep(Duration::from_millis(100));
    service.signal("HUP");
    wait_for("a third time", || service.printed().matches("loaded edition").count() == 3);
    service.is_well();
    service.stop();
}

/// Starts the service on that file; it must refuse.
fn is_refused(folder: Folder, what: &str) -> Folder {
    let mut service = Service::start_in(folder, &[]);
    assert_eq!(service.ends(), Some(1), "{what}: {}", service.printed());
    wait_for("a complaint", || service.printed().contains("shop-service: "));
    service.into_folder()
}

#[test]
fn files_are_met_with_distrust() {
    let mut folder = Folder::new();
    let file = folder.at("file");
    folder = is_refused(folder, "no file");
    fs::create_dir(&file).unwrap();
    folder = is_refused(folder, "a folder");
    fs::remove_dir(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    folder = is_refused(folder, "a pipe");
    fs::remove_file(&file).unwrap();

    build(&folder, &sample(), &file);
    let good = fs::read(&file).unwrap();
    for size in [0, 1, 3, 4, 31, 32, 33, 100, good.len() - 1] {
        fs::write(&file, &good[..size]).unwrap();
        folder = is_refused(folder, &format!("cut at {size}"));
    }
    for at in (0..32).step_by(3).chain((32..good.len()).step_by(197)) {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(&file, bad).unwrap();
        folder = is_refused(folder, &format!("a bit of byte {at}"));
    }
    let mut longer = good.clone();
    longer.push(0);
    fs::write(&file, longer).unwrap();
    folder = is_refused(folder, "a byte more");
    // The checksum fits, but it is no message: verification is for that.
    let payload = &good[32..good.len() - 1];
    let header = inlay::frame::Header::seal(
        <common::schema::shop::Catalogue<'_> as inlay::Message>::TYPE_ID,
        payload,
    );
    fs::write(&file, [&header[..], payload].concat()).unwrap();
    is_refused(folder, "no message");
}

#[test]
fn wrong_usage_is_told() {
    for arguments in [
        &[][..],
        &["file"],
        &["--unix"],
        &["--tcp", "nowhere", "file"],
        &["--idle", "0", "--unix", "s", "file"],
        &["--what", "1", "file"],
        &["--unix", "s", "file", "another"],
    ] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_shop-service")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("usage:"), "{arguments:?}");
    }
}

// ---- Stopping ---------------------------------------------------------------

#[test]
fn it_stops_when_told_whatever_clients_do() {
    let service = Service::start(&[]);
    let idle: Vec<_> = (0..20).map(|_| service.client()).collect();
    let silent = service.tcp_client();
    service.stop();
    drop((idle, silent));
}

#[test]
fn what_has_begun_is_answered_before_it_stops() {
    let mut service = Service::start(&[]);
    let frame = framed(&find("B-1009"));
    let mut client = service.client();
    client.send(&frame[..9]);
    // A whole round trip, so that the service has met the other one, too.
    service.is_well();
    thread::sleep(Duration::from_millis(50));
    service.signal("INT");
    service.wait_for_print("stopping");
    client.send(&frame[9..]);
    let answer = client.hear().expect("an answer");
    assert_eq!(reason(answer.view()), None);
    assert!(client.hear().is_none());
    assert_eq!(service.ends(), Some(0));
}

#[test]
fn grace_has_an_end() {
    let mut service = Service::start(&["--grace", "200", "--patience", "60000"]);
    let mut client = service.client();
    client.send(&framed(&find("B-1009"))[..5]);
    service.is_well();
    thread::sleep(Duration::from_millis(50));
    service.signal("TERM");
    assert_eq!(service.ends(), Some(0));
    assert!(client.hear().is_none());
}

#[test]
fn a_socket_left_behind_is_taken_over_and_no_other() {
    let mut first = Service::start(&[]);
    first.signal("KILL");
    assert_eq!(first.ends(), None);
    let folder = first.into_folder();
    assert!(folder.at("socket").exists());
    let second = Service::start_in(folder, &[]);
    second.wait_for_print("listening on 127.0.0.1:");
    second.is_well();

    // One that somebody answers at.
    let output = Command::new(env!("CARGO_BIN_EXE_shop-service"))
        .arg("--unix")
        .arg(second.folder.at("socket"))
        .arg(second.folder.at("file"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    second.is_well();
    // One that is no socket at all.
    let precious = second.folder.at("precious");
    fs::File::create(&precious).unwrap().write_all(b"data").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_shop-service"))
        .arg("--unix")
        .arg(&precious)
        .arg(second.folder.at("file"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&precious).unwrap(), b"data");
    second.stop();
}
