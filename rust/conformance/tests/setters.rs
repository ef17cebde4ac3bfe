//! Setting in place: what is set is read, nothing else changes, the message
//! stays the one canonical encoding, and no bytes make a setter leave them.

use inlay::{Bytes, Entry, Init, Message, Opt};
use inlay_conformance::rng::Rng;
use inlay_conformance::schemas::everything::{
    Aligned, AlignedMut, Choice, Fixed, Lists, ListsMut, Maps, MapsMut, Odd, Optionals,
    OptionalsMut, Tree, TreeMut,
};
use inlay_conformance::vectors::all;

/// Encodes, sets, and gives the message back if it is still canonical.
fn set<R: Message>(native: &R, how: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut message = native.encode().unwrap();
    let size = message.len();
    how(&mut message);
    assert_eq!(message.len(), size);
    R::verify_canonical(&message).map(drop).unwrap();
    message
}

#[test]
fn text_and_bytes_of_the_same_size() {
    let tree = Tree { label: "ahorn".into(), ..Tree::INIT };
    let message = set(&tree, |message| {
        let mut tree = TreeMut::open(message);
        assert!(!tree.set_label("ahor") && !tree.set_label("ahorne") && !tree.set_label(""));
        assert!(tree.set_label("über"), "five bytes");
    });
    assert_eq!(Tree::verify(&message).unwrap().label(), "über");

    let empty = set(&Tree::INIT, |message| {
        assert!(TreeMut::open(message).set_label(""));
        assert!(!TreeMut::open(message).set_label("x"));
    });
    assert_eq!(empty, Tree::INIT.encode().unwrap());

    let some = Optionals {
        text: Opt::some("abc".into()),
        blob: Opt::some(Bytes::new(&[1, 2])),
        ..Optionals::INIT
    };
    let message = set(&some, |message| {
        let mut some = OptionalsMut::open(message);
        assert!(some.set_text("xyz") && some.set_blob(&[3, 4]));
        assert!(!some.set_text("xy") && !some.set_blob(&[]));
        assert!(!some.set_maybetext(""), "an absent one stays absent");
    });
    let view = Optionals::verify(&message).unwrap();
    assert_eq!((view.text(), view.blob().as_deref()), (Some("xyz"), Some(&[3, 4][..])));
    assert_eq!(view.maybetext(), None);
}

#[test]
fn aligned_ones_stay_aligned() {
    let native = Aligned {
        bytes16: (&[1, 2, 3]).into(),
        f32s: (&[1.0, 2.0]).into(),
        structs: (&[Fixed { x: 1.0, y: 2.0 }]).into(),
        maybebytes: Opt::some((&[9]).into()),
        maybef64s: Opt::some((&[0.5]).into()),
        ..Aligned::INIT
    };
    let message = set(&native, |message| {
        let mut native = AlignedMut::open(message);
        assert!(native.set_bytes16(&[7, 8, 9]) && !native.set_bytes16(&[7; 19]));
        assert!(native.f32s_mut().set(1, -2.0) && !native.f32s_mut().set(2, 0.0));
        assert!(native.structs_mut().set(0, Fixed { x: 3.0, y: 4.0 }));
        assert!(native.set_maybebytes(&[10]));
        assert!(native.maybef64s_mut().unwrap().set(0, 1.5));
        assert!(native.maybestructs_mut().is_none());
        assert!(native.u64s_mut().is_empty() && !native.u64s_mut().set(0, 1));
    });
    let view = Aligned::verify(&message).unwrap();
    assert_eq!(view.bytes16().as_slice(), [7, 8, 9]);
    assert!(view.f32s().iter().eq([1.0, -2.0]));
    assert_eq!(view.structs().get(0).map(|one| (one.x, one.y)), Some((3.0, 4.0)));
    assert_eq!(view.maybebytes().as_deref(), Some(&[10][..]));
    assert_eq!(view.maybef64s().and_then(|some| some.get(0)), Some(1.5));
}

#[test]
fn elements_of_lists() {
    let bools = [true; 11];
    let strings = ["ab".into(), "".into(), "cde".into()];
    let rows = [(&[1, 2, 3]).into(), (&[]).into()];
    let bits = [(&[false, false]).into()];
    let inner = [(&strings).into()];
    let deep = [(&inner).into()];
    let deeper = [(&deep).into()];
    let trees = [Tree::INIT, Tree { value: 5, ..Tree::INIT }];
    let (maybe8s, maybebools) = ([Opt::some(1), Opt::INIT], [Opt::INIT, Opt::some(true)]);
    let maybestrings = [Opt::some("x".into()), Opt::INIT];
    let native = Lists {
        u16s: (&[1, 2, 3]).into(),
        odds: (&[Odd { a: 1, b: 2, c: 3 }]).into(),
        bools: (&bools).into(),
        strings: (&strings).into(),
        lists: (&rows).into(),
        bitrows: (&bits).into(),
        deep: (&deeper).into(),
        trees: (&trees).into(),
        maybe8s: (&maybe8s).into(),
        maybebools: (&maybebools).into(),
        maybestrings: (&maybestrings).into(),
        ..Lists::INIT
    };
    let message = set(&native, |message| {
        let mut lists = ListsMut::open(message);
        assert!(lists.u16s_mut().set(2, 0xffff) && !lists.u16s_mut().set(3, 0));
        assert!(lists.odds_mut().set(0, Odd { a: 9, b: 8, c: 7 }));
        assert_eq!(lists.bools_mut().len(), 11);
        for index in [0, 7, 8, 10] {
            assert!(lists.bools_mut().set(index, false));
        }
        assert!(!lists.bools_mut().set(11, true), "an unused bit");
        assert!(lists.strings_mut().set(2, "xyz") && !lists.strings_mut().set(1, "x"));
        assert!(lists.lists_mut().at(0).unwrap().set(1, 20));
        assert!(!lists.lists_mut().at(1).unwrap().set(0, 1) && lists.lists_mut().at(2).is_none());
        assert!(lists.bitrows_mut().at(0).unwrap().set(1, true));
        let mut deep = lists.deep_mut();
        let mut deep = deep.at(0).unwrap();
        assert!(!deep.at(0).unwrap().at(0).unwrap().set(0, "äh"));
        assert!(deep.at(0).unwrap().at(0).unwrap().set(0, "ä"));
        assert!(lists.trees_mut().at(1).unwrap().set_value(6));
        assert!(lists.maybe8s_mut().set(0, None) && lists.maybe8s_mut().set(1, Some(2)));
        assert!(lists.maybebools_mut().set(0, Some(false)) && lists.maybebools_mut().set(1, None));
        assert!(lists.maybestrings_mut().set(0, "y") && !lists.maybestrings_mut().set(1, ""));
    });
    let lists = Lists::verify(&message).unwrap();
    assert!(lists.u16s().iter().eq([1, 2, 0xffff]));
    assert_eq!(lists.odds().get(0).map(|odd| (odd.a, odd.b, odd.c)), Some((9, 8, 7)));
    let wanted = (0..11).map(|index| ![0, 7, 8, 10].contains(&index));
    assert!(lists.bools().iter().eq(wanted));
    assert!(lists.strings().iter().eq(["ab", "", "xyz"]));
    assert!(lists.lists().get(0).unwrap().iter().eq([1, 20, 3]));
    assert!(lists.bitrows().get(0).unwrap().iter().eq([false, true]));
    let deep = lists.deep().get(0).unwrap().get(0).unwrap().get(0).unwrap();
    assert!(deep.iter().eq(["ä", "", "cde"]));
    assert!(lists.trees().iter().map(|tree| tree.value()).eq([0, 6]));
    assert!(lists.maybe8s().iter().eq([None, Some(2)]));
    assert!(lists.maybebools().iter().eq([Some(false), None]));
    assert!(lists.maybestrings().iter().eq([Some("y"), None]));
}

#[test]
fn values_of_maps() {
    let text = [Entry::new("a".into(), "one".into()), Entry::new("b".into(), "two".into())];
    let tree = [Entry::new(-1, Tree { value: 1, ..Tree::INIT })];
    let u8s = [Entry::new(1, 10), Entry::new(2, 20)];
    let u16s = [Entry::new(1, true), Entry::new(2, false)];
    let i8s = [Entry::new(0, (&[1, 2]).into())];
    let maybes = [Entry::new(1, Opt::some(7))];
    let key4s = [Entry::new([1, 2, 3, 4], 5)];
    let odds = [Entry::new(3, Odd { a: 1, b: 2, c: 3 })];
    let native = Maps {
        u8: (&u8s).into(),
        u16: (&u16s).into(),
        text: (&text).into(),
        i16: (&tree).into(),
        i8: (&i8s).into(),
        maybes: (&maybes).into(),
        key4: (&key4s).into(),
        odds: (&odds).into(),
        ..Maps::INIT
    };
    let message = set(&native, |message| {
        let mut maps = MapsMut::open(message);
        assert_eq!(maps.u8_mut().find(2), Some(1));
        assert!(maps.u8_mut().set(1, 21) && !maps.u8_mut().set(2, 0));
        assert!(maps.u16_mut().set(0, false) && maps.u16_mut().set(1, true));
        let at = maps.text_mut().find("b").unwrap();
        assert!(maps.text_mut().set(at, "TWO") && !maps.text_mut().set(at, "four"));
        assert!(maps.i16_mut().at(0).unwrap().set_value(2));
        assert!(maps.i8_mut().at(0).unwrap().set(0, 9));
        assert!(maps.maybes_mut().set(0, None));
        let at = maps.key4_mut().find(&[1, 2, 3, 4]).unwrap();
        assert!(maps.key4_mut().set(at, 6));
        assert!(maps.odds_mut().set(0, Odd { a: 4, b: 5, c: 6 }));
    });
    let maps = Maps::verify(&message).unwrap();
    assert_eq!((maps.u8().get(1), maps.u8().get(2)), (Some(10), Some(21)));
    assert_eq!((maps.u16().get(1), maps.u16().get(2)), (Some(false), Some(true)));
    assert_eq!((maps.text().get("a"), maps.text().get("b")), (Some("one"), Some("TWO")));
    assert_eq!(maps.i16().get(-1).map(|tree| tree.value()), Some(2));
    assert!(maps.i8().get(0).unwrap().iter().eq([9, 2]));
    assert_eq!(maps.maybes().get(1), Some(None));
    assert_eq!(maps.key4().get(&[1, 2, 3, 4]), Some(6));
    assert_eq!(maps.odds().get(3).map(|odd| (odd.a, odd.b, odd.c)), Some((4, 5, 6)));
}

/// Sets what there is, by every road.
fn set_all(tree: &mut TreeMut<'_>, depth: u32) {
    tree.set_value(-1);
    tree.set_label("12345");
    if depth == 0 {
        return;
    }
    if let Some(mut maybe) = tree.maybe_mut() {
        set_all(&mut maybe, depth - 1);
    }
    for index in 0..tree.list_mut().len().min(3) {
        if let Some(mut one) = tree.list_mut().at(index) {
            set_all(&mut one, depth - 1);
        }
    }
    if let Some(mut row) = tree.rows_mut().at(0) {
        if let Some(mut one) = row.at(0) {
            set_all(&mut one, depth - 1);
        }
    }
    if let Some(Some(mut one)) = tree.maybes_mut().at(0) {
        set_all(&mut one, depth - 1);
    }
    if let Some(mut one) = tree.dict_mut().at(0) {
        set_all(&mut one, depth - 1);
    }
    if let Some(mut dict) = tree.dicts_mut().at(0) {
        if let Some(Some(mut one)) = dict.at(0) {
            set_all(&mut one, depth - 1);
        }
    }
}

#[test]
fn any_bytes_can_be_set() {
    let leaf = [Tree { label: "abcde".into(), ..Tree::INIT }];
    let dict = [Entry::new("k".into(), leaf[0])];
    let rows = [(&leaf).into()];
    let tree = Tree {
        maybe: Some(&leaf[0]),
        list: (&leaf).into(),
        rows: (&rows).into(),
        dict: (&dict).into(),
        choice: Choice::Text("t".into()),
        ..leaf[0]
    };
    let good = set(&tree, |message| set_all(&mut TreeMut::open(message), 3));
    let view = Tree::verify(&good).unwrap();
    assert_eq!((view.value(), view.label()), (-1, "12345"));
    assert_eq!(view.dict().get("k").map(|leaf| leaf.label()), Some("12345"));
    assert_eq!(view.rows().get(0).unwrap().get(0).unwrap().value(), -1);

    let mut rng = Rng::new(7);
    for _ in 0..if cfg!(miri) { 20 } else { 50_000 } {
        let mut bytes = good.clone();
        rng.mutate(&mut bytes);
        set_all(&mut TreeMut::open(&mut bytes), 3);
    }
    // Messages of other records, too.
    for vector in all().iter().filter(|vector| vector.bytes.len() < 3000) {
        let mut bytes = vector.bytes.clone();
        set_all(&mut TreeMut::open(&mut bytes), 3);
        let mut lists = ListsMut::open(&mut bytes);
        lists.bools_mut().set(0, true);
        lists.strings_mut().set(0, "");
        lists.f64s_mut().set(0, 1.0);
        MapsMut::open(&mut bytes).maybes_mut().set(0, Some(1));
        AlignedMut::open(&mut bytes).u64s_mut().set(0, 1);
    }
}
