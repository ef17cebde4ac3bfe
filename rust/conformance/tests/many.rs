//! A union with 255 variants, which leave no tag to a later revision and no
//! number to a Rust enum.

use inlay::{Init, Message};
use inlay_conformance::schemas::many::{Holder, Many, ManyView};

fn round_trip(many: Many<'_>) -> Vec<u8> {
    let holder = Holder { many, ..Init::INIT };
    let message = holder.encode().unwrap();
    assert_eq!(message, holder.encode_pure().unwrap());
    Holder::verify_canonical(&message).map(drop).unwrap();
    message
}

#[test]
fn all_variants_are_there() {
    let message = round_trip(Many::V254("the last".into()));
    assert!(matches!(Holder::open(&message).many(), ManyView::V254(b"the last")));
    let message = round_trip(Many::V1(7));
    assert!(matches!(Holder::open(&message).many(), ManyView::V1(7)));
    let message = round_trip(Many::V0);
    assert!(matches!(Holder::open(&message).many(), ManyView::V0));
    let inner = Holder { many: Many::V252, ..Init::INIT };
    let message = round_trip(Many::V251(&inner));
    let ManyView::V251(inner) = Holder::open(&message).many() else {
        panic!("it is that one");
    };
    assert!(matches!(inner.many(), ManyView::V252));
}

#[test]
fn none_of_them_is_there() {
    assert_eq!(round_trip(Many::default()), Holder::INIT.encode().unwrap());
    let message = round_trip(Many::INIT);
    assert!(matches!(Holder::verify(&message).unwrap().many(), ManyView::Unset));
}
