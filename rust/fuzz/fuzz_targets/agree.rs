//! C and Rust accept the same bytes, and read the same values from them and from
//! those that they refuse. The first byte says which record they are taken for.
#![no_main]

use inlay::Options;
use inlay_conformance::vectors::{parse, same};
use inlay_conformance::ROOTS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    let root = &ROOTS[usize::from(*first) % ROOTS.len()];
    let options = Options { canonical: first & 128 != 0, ..Options::default() };
    assert_eq!((root.raw)(bytes, 3000), (root.c_raw)(bytes, 3000));
    let accepted = (root.verify)(bytes, options).is_ok();
    assert_eq!(accepted, (root.verify_pure)(bytes, options).is_ok());
    if accepted {
        let mut text = Vec::new();
        (root.c_json)(bytes, &mut text);
        let json = (root.json)(bytes).expect("it has just been accepted");
        assert!(text.is_empty() || same(&parse(&text), &parse(json.as_bytes())));
    }
});
