//! C and Rust asked about the same bytes: a million spoilt vectors, of which
//! both must accept the same ones, and read the same values from these; and from
//! all others, too, by the clamped views that need no verification.
//!
//! `INLAY_CASES` sets another number of cases.
#![cfg(feature = "c")]

use inlay::{Error, Options};
use inlay_conformance::rng::Rng;
use inlay_conformance::vectors::{all, parse, same, Vector};
use inlay_conformance::Root;

/// What came of the cases.
#[derive(Debug, Default)]
struct Tally {
    cases: u64,
    accepted: u64,
    compared: u64,
    other_status: u64,
    other_place: u64,
}

fn agree_on_refusal(tally: &mut Tally, c: &Error, rust: &Error) {
    if c.status() != rust.status() {
        tally.other_status += 1;
    } else if (c.path(), c.offset()) != (rust.path(), rust.offset()) {
        tally.other_place += 1;
    }
}

fn agree_on_value(tally: &mut Tally, root: &Root, bytes: &[u8], text: &mut Vec<u8>) {
    let rust = (root.json)(bytes).expect("it has just been accepted");
    (root.c_json)(bytes, text);
    if text.is_empty() {
        return; // longer than the room for it
    }
    tally.compared += 1;
    if rust.as_bytes() == text.as_slice() {
        return;
    }
    // Floats may be written otherwise.
    let c = String::from_utf8_lossy(text);
    assert!(
        same(&parse(rust.as_bytes()), &parse(text)),
        "{}.{} {bytes:x?}\n{rust}\n{c}",
        root.schema,
        root.name
    );
}

/// Tokens of a walk through bytes that may stand for exponentially many.
const BUDGET: u64 = 3000;

fn agree_on_raw(root: &Root, bytes: &[u8]) {
    let (c, rust) = ((root.c_raw)(bytes, BUDGET), (root.raw)(bytes, BUDGET));
    if c == rust {
        return;
    }
    // Where they part.
    let first = (1..=BUDGET).find(|most| (root.c_raw)(bytes, *most) != (root.raw)(bytes, *most));
    panic!("{}.{} {bytes:x?}: they part at token {first:?}", root.schema, root.name);
}

fn try_case(tally: &mut Tally, root: &Root, bytes: &[u8], options: Options, text: &mut Vec<u8>) {
    tally.cases += 1;
    agree_on_raw(root, bytes);
    match ((root.verify)(bytes, options), (root.verify_pure)(bytes, options)) {
        (Ok(()), Ok(())) => {
            tally.accepted += 1;
            agree_on_value(tally, root, bytes, text);
        }
        (Err(c), Err(rust)) => agree_on_refusal(tally, &c, &rust),
        (c, rust) => {
            panic!("{}.{} {options:?} {bytes:x?}\nC {c:?}\nRust {rust:?}", root.schema, root.name)
        }
    }
}

fn try_vector(tally: &mut Tally, vector: &Vector, cases: u64, seed: u64, text: &mut Vec<u8>) {
    let mut rng = Rng::new(seed);
    for case in 0..cases {
        let mut bytes = vector.bytes.clone();
        rng.mutate(&mut bytes);
        let options = Options { canonical: case % 4 == 3, ..Options::default() };
        try_case(tally, vector.root, &bytes, options, text);
    }
}

#[test]
fn c_and_rust_read_the_same_from_garbage() {
    let mut rng = Rng::new(11);
    for root in inlay_conformance::ROOTS {
        for case in 0..4000 {
            // Small bytes are plausible headers.
            let most = [3, 15, 255][case % 3];
            let size = rng.below(90);
            let bytes: Vec<u8> = (0..size).map(|_| rng.draw() as u8 & most).collect();
            agree_on_raw(root, &bytes);
        }
    }
    // Messages of one record, read as another.
    for vector in all().iter().filter(|vector| vector.bytes.len() < 3000) {
        for root in inlay_conformance::ROOTS {
            agree_on_raw(root, &vector.bytes);
        }
    }
}

#[test]
fn c_and_rust_agree() {
    let wanted: u64 = match std::env::var("INLAY_CASES") {
        Ok(text) => text.parse().expect("INLAY_CASES is a number"),
        Err(_) => 1_000_000,
    };
    // The few large ones take as long as all others together.
    let vectors: Vec<_> = all().into_iter().filter(|v| v.bytes.len() < 3000).collect();
    let each = wanted.div_ceil(vectors.len() as u64);
    let mut tally = Tally::default();
    let mut text = Vec::new();
    for (seed, vector) in vectors.iter().enumerate() {
        try_vector(&mut tally, vector, each, seed as u64 + 1, &mut text);
    }
    println!("{tally:?}");
    assert!(tally.cases >= wanted);
    assert!(tally.accepted > tally.cases / 20, "too little is accepted to compare values");
    assert!(tally.other_status < tally.cases / 50, "the first rule broken is found in C's order");
}
