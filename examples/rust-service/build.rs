//! Compiles the schema.

fn main() {
    if let Err(error) = inlay_build::Config::new().schema("../common/shop.inlay").compile() {
        panic!("{error}");
    }
}
