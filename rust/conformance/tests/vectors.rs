//! The format's vectors, by C and in Rust.

use inlay::{Options, Status};
use inlay_conformance::vectors::{all, parse, same, Vector};

const CANONICAL: Options = Options { canonical: true, depth_limit: 64 };

fn of_kind(kind: &str) -> Vec<Vector> {
    let vectors: Vec<_> = all().into_iter().filter(|vector| vector.kind == kind).collect();
    assert!(cfg!(miri) || vectors.len() > 20, "there are some of each kind");
    vectors
}

type Verify = fn(&[u8], Options) -> Result<(), inlay::Error>;

/// Both verifiers, by C and in Rust; without C the same one twice.
fn verifiers(vector: &Vector) -> [Verify; 2] {
    [vector.root.verify, vector.root.verify_pure]
}

fn reads_as_its_json(vector: &Vector) {
    let text = (vector.root.json)(&vector.bytes).unwrap();
    let value = parse(text.as_bytes());
    assert!(same(&value, &vector.json), "{}: {text}\n{}", vector.name(), vector.json);
    let raw = (vector.root.raw_json)(&vector.bytes);
    assert_eq!(raw, text, "{}: unverified", vector.name());
}

#[test]
fn valid_messages_verify_and_read_as_their_json() {
    for vector in of_kind("valid") {
        for verify in verifiers(&vector) {
            assert_eq!(verify(&vector.bytes, CANONICAL), Ok(()), "{}", vector.name());
            assert_eq!(verify(&vector.bytes, Options::default()), Ok(()), "{}", vector.name());
        }
        reads_as_its_json(&vector);
    }
}

#[test]
fn valid_messages_are_what_encoding_their_values_gives() {
    for vector in of_kind("valid") {
        let (root, bytes, name) = (vector.root, &vector.bytes, vector.name());
        assert_eq!((root.again_pure)(bytes).as_ref(), Ok(bytes), "{name}: in Rust");
        assert_eq!((root.again)(bytes).as_ref(), Ok(bytes), "{name}");
        assert_eq!((root.again_into)(bytes, bytes.len()).as_ref(), Ok(bytes), "{name}: one call");
        assert_eq!((root.size)(bytes), Ok(bytes.len()), "{name}");
        let short = (root.again_into)(bytes, bytes.len() - 1).unwrap_err();
        assert_eq!(short.status(), Status::BufferTooSmall, "{name}");
    }
}

#[test]
fn messages_of_other_revisions_verify_and_read_as_their_json() {
    for vector in of_kind("read") {
        for verify in verifiers(&vector) {
            assert_eq!(verify(&vector.bytes, Options::default()), Ok(()), "{}", vector.name());
            let refused = verify(&vector.bytes, CANONICAL).unwrap_err();
            assert_eq!(refused.status(), Status::NotCanonical, "{}", vector.name());
        }
        reads_as_its_json(&vector);
    }
}

#[test]
fn invalid_messages_are_refused_and_read_without_harm() {
    for vector in of_kind("invalid") {
        for verify in verifiers(&vector) {
            let refused = verify(&vector.bytes, Options::default()).unwrap_err();
            assert!(refused.status() as u32 >= 16, "{}: {refused}", vector.name());
        }
        (vector.root.raw_json)(&vector.bytes);
    }
}
