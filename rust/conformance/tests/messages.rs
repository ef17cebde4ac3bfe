//! Native structs, views, setters, owners and errors, by hand.

use std::sync::Arc;

use inlay::{Entry, Init, Message, Opt, Options, Owned, Status};
use inlay_conformance::schemas::{everything, pin};

fn tree<'a>(list: &'a [everything::Tree<'a>]) -> everything::Tree<'a> {
    everything::Tree {
        value: -7,
        list: list.into(),
        label: "ahorn".into(),
        choice: everything::Choice::Text("über".into()),
        ..everything::Tree::INIT
    }
}

#[test]
fn what_is_written_is_read() {
    let leaves = [tree(&[]), everything::Tree::INIT];
    let dict = [Entry::new("a".into(), leaves[0]), Entry::new("b".into(), leaves[1])];
    let root = everything::Tree { dict: (&dict).into(), maybe: Some(&leaves[0]), ..tree(&leaves) };
    let message = root.encode().unwrap();
    assert_eq!(message, root.encode_pure().unwrap());
    assert_eq!(message.len(), root.encoded_size().unwrap());

    let view = everything::Tree::verify(&message).unwrap();
    assert_eq!(view.value(), -7);
    assert_eq!(view.label(), "ahorn");
    assert_eq!(view.list().len(), 2);
    assert!(matches!(view.choice(), everything::ChoiceView::Text("über")));
    let values: Vec<_> = view.list().iter().rev().map(|tree| tree.value()).collect();
    assert_eq!(values, [0, -7]);
    assert_eq!(view.dict().get("a").map(|tree| tree.label()), Some("ahorn"));
    assert!(view.dict().get("c").is_none());
    assert_eq!(view.maybe().unwrap().label(), "ahorn");
    assert!(view.list().get(1).unwrap().maybe().is_none());
    let raw = everything::Tree::open(&message);
    assert_eq!(raw.label(), b"ahorn");
    assert!(format!("{view:?}").contains("choice: text(\"über\")"));
}

#[test]
fn defaults_are_those_of_the_schema() {
    let view = everything::Defaults::open(&[]);
    let native = everything::Defaults::INIT;
    assert_eq!((view.u8(), view.b(), view.i64()), (255, true, i64::MIN));
    assert_eq!(view.u16(), native.u16);
    assert_eq!(view.odd(), native.odd);
    assert_eq!(view.words(), native.words);
    assert_eq!(view.f64().to_bits(), native.f64.to_bits());
    assert_eq!(view.nan32().to_bits(), native.nan32.to_bits());
    assert_eq!(native.encode().unwrap(), native.encode_pure().unwrap());
}

#[test]
fn setters_write_in_place() {
    let leaves = [everything::Tree::INIT, everything::Tree::INIT];
    let mut message = tree(&leaves).encode().unwrap();
    let mut root = everything::TreeMut::open(&mut message);
    assert!(root.set_value(40));
    assert!(root.list_mut().at(1).unwrap().set_value(41));
    assert!(root.list_mut().at(2).is_none());
    assert!(root.maybe_mut().is_none());
    let view = everything::Tree::verify(&message).unwrap();
    let values: Vec<_> = view.list().iter().map(|tree| tree.value()).collect();
    assert_eq!((view.value(), values), (40, vec![0, 41]));
    assert_eq!(view.label(), "ahorn");

    let some = everything::Optionals { u16: Opt::some(3), b: Opt::some(true), ..Init::INIT };
    let mut message = some.encode().unwrap();
    let mut root = everything::OptionalsMut::open(&mut message);
    assert!(root.set_u16(None) && root.set_b(Some(false)) && root.set_f64(Some(0.5)));
    let view = everything::Optionals::verify_canonical(&message).unwrap();
    assert_eq!((view.u16(), view.b(), view.f64()), (None, Some(false), Some(0.5)));

    let set = everything::DefaultsMut::open(&mut []).set_u8(1);
    assert!(!set, "there is no room");
}

#[test]
fn owners_keep_messages() {
    let message: Arc<[u8]> = tree(&[]).encode().unwrap().into();
    let owned = Owned::<_, everything::Tree<'static>>::verify(message).unwrap();
    let there = std::thread::spawn(move || owned.view().label().len());
    assert_eq!(there.join().unwrap(), 5);
    let bad = Owned::<_, everything::Tree<'static>>::verify(vec![1, 2, 3]);
    assert!(bad.is_err());
}

#[test]
fn errors_have_a_place() {
    let mut message = tree(&[tree(&[])]).encode().unwrap();
    let at = message.windows(5).position(|text| text == b"ahorn").unwrap();
    message[at + 2] = 0xff;
    let options = Options::default();
    for error in [
        everything::Tree::verify(&message).map(drop).unwrap_err(),
        everything::Tree::verify_pure(&message, options).map(drop).unwrap_err(),
    ] {
        assert_eq!(error.status(), Status::Utf8);
        assert_eq!(error.path(), "list[0].label");
        assert_eq!(error.offset(), Some(at as u64 + 2));
        let text = format!("list[0].label: a string is not valid UTF-8 (byte {})", at + 2);
        assert_eq!(Box::<dyn std::error::Error>::from(error).to_string(), text);
    }
}

#[test]
fn what_cannot_be_written_has_a_path() {
    let dict = [Entry::new("b".into(), Init::INIT), Entry::new("a".into(), Init::INIT)];
    let leaf = everything::Tree { dict: (&dict).into(), ..Init::INIT };
    let root = everything::Tree { choice: everything::Choice::Tree(&leaf), ..Init::INIT };
    for error in [root.encode().unwrap_err(), root.encode_pure().unwrap_err()] {
        assert_eq!(error.status(), Status::MapOrder);
        assert_eq!(error.path(), "choice.tree.dict[1]");
    }
    let bump = bumpalo::Bump::new();
    let mut deep = [pin::Deep::INIT];
    for _ in 0..64 {
        deep[0].next = Some(bump.alloc(deep[0]));
    }
    assert_eq!(deep[0].encode().unwrap_err().status(), Status::TooDeep);
    assert_eq!(deep[0].encode_pure().unwrap_err().status(), Status::TooDeep);
}

#[test]
fn garbage_is_read_without_harm() {
    let mut rng = inlay_conformance::rng::Rng::new(5);
    for root in inlay_conformance::ROOTS {
        for size in 0..if cfg!(miri) { 6 } else { 60 } {
            let bytes: Vec<u8> = (0..size).map(|_| rng.draw() as u8 & 15).collect();
            (root.raw_json)(&bytes);
            assert_eq!(
                (root.verify)(&bytes, Options::default()).is_ok(),
                (root.json)(&bytes).is_ok()
            );
        }
    }
}
