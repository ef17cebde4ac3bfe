//! Encode, verify, read and borrow, all crates in one process on the same values.
//!
//! - *encode*: native values into memory that is there already, where the crate
//!   can, else into its own;
//! - *read*: every scalar of every element is loaded and folded into a sum;
//! - *borrow*: so is the length and the first byte of every string;
//! - *verify*: from bytes to something that can be read, checked.

use std::hint::black_box;

use criterion::{criterion_group, criterion_main, Criterion};
use inlay::{Message, Options};
use inlay_bench_rust::{log, logs, ArchivedLog, ArchivedLogs, Log, Logs};

mod log_set {
    use super::*;

    /// Native structs of Inlay that borrow the values.
    pub fn native(logs: &Logs) -> Vec<log::Log<'_>> {
        fn one(from: &Log) -> log::Log<'_> {
            log::Log {
                address: log::Address {
                    x0: from.address.x0,
                    x1: from.address.x1,
                    x2: from.address.x2,
                    x3: from.address.x3,
                },
                identity: from.identity.as_str().into(),
                userid: from.userid.as_str().into(),
                date: from.date.as_str().into(),
                request: from.request.as_str().into(),
                code: from.code,
                size: from.size,
                unknown: None,
            }
        }
        logs.logs.iter().map(one).collect()
    }

    pub fn scalars(address: [u8; 4], code: u16, size: u64) -> u64 {
        u64::from(u32::from_le_bytes(address)) ^ u64::from(code) ^ size
    }

    pub fn text(text: &str) -> u64 {
        text.len() as u64 + u64::from(*text.as_bytes().first().unwrap_or(&0))
    }
}

use log_set::{scalars, text};

macro_rules! read {
    ($name:ident, $borrow:ident, $logs:ty, |$view:ident, $log:ident|
        $address:expr, $code:expr, $size:expr, [$($text:expr),*]) => {
        fn $name($view: $logs) -> u64 {
            let mut sum = 0u64;
            for $log in read!(@iter $view) {
                let a = $address;
                sum = sum.wrapping_add(scalars([a.x0, a.x1, a.x2, a.x3], $code, $size));
            }
            sum
        }

        fn $borrow($view: $logs) -> u64 {
            let mut sum = 0u64;
            for $log in read!(@iter $view) {
                $(sum = sum.wrapping_add(text($text));)*
            }
            sum
        }
    };
    (@iter $view:ident) => { $view.each() };
}

/// The elements of a root, whatever it is called.
trait Each {
    type Item;
    fn each(self) -> impl Iterator<Item = Self::Item>;
}

impl<'a> Each for log::LogsView<'a, inlay::Verified> {
    type Item = log::LogView<'a, inlay::Verified>;
    #[inline]
    fn each(self) -> impl Iterator<Item = Self::Item> {
        self.logs().iter()
    }
}

impl<'a> Each for &'a ArchivedLogs {
    type Item = &'a ArchivedLog;
    #[inline]
    fn each(self) -> impl Iterator<Item = Self::Item> {
        self.logs.iter()
    }
}

impl<'a> Each for &'a Logs {
    type Item = &'a Log;
    #[inline]
    fn each(self) -> impl Iterator<Item = Self::Item> {
        self.logs.iter()
    }
}

read!(
    inlay_scalars,
    inlay_texts,
    log::LogsView<'_, inlay::Verified>,
    |v, l| l.address(),
    l.code(),
    l.size(),
    [l.identity(), l.userid(), l.date(), l.request()]
);
read!(
    rkyv_scalars,
    rkyv_texts,
    &ArchivedLogs,
    |v, l| &l.address,
    l.code.to_native(),
    l.size.to_native(),
    [&l.identity, &l.userid, &l.date, &l.request]
);
read!(
    plain_scalars,
    plain_texts,
    &Logs,
    |v, l| &l.address,
    l.code,
    l.size,
    [&l.identity, &l.userid, &l.date, &l.request]
);

fn raw_scalars(view: log::LogsView<'_>) -> u64 {
    let mut sum = 0u64;
    for l in view.logs() {
        let a = l.address();
        sum = sum.wrapping_add(scalars([a.x0, a.x1, a.x2, a.x3], l.code(), l.size()));
    }
    sum
}

/// Prints the least time of many interleaved calls, as JSON lines: what a busy
/// machine disturbs least. Asked for by `INLAY_LEAST` in the environment.
fn least(set: &str, mut cases: Vec<(&str, Box<dyn FnMut() + '_>)>) {
    let mut times = vec![u128::MAX; cases.len()];
    for _ in 0..150 {
        for ((_, run), least) in cases.iter_mut().zip(&mut times) {
            let start = std::time::Instant::now();
            run();
            *least = start.elapsed().as_nanos().min(*least);
        }
    }
    for ((name, _), time) in cases.iter().zip(times) {
        println!("{{\"set\":\"{set}\",\"case\":\"{name}\",\"least_ns\":{time}}}");
    }
}

fn log_suite(c: &mut Criterion) {
    let data = logs();
    let items = log_set::native(&data);
    let native = log::Logs {
        logs: (&items).into(),
        unknown: None,
    };
    let inlay = native.encode().unwrap();
    assert_eq!(inlay, native.encode_pure().unwrap());
    let standard = bincode::config::standard();
    let rkyv = rkyv::to_bytes::<rkyv::rancor::Error>(&data).unwrap();
    let bitcode_bytes = bitcode::encode(&data);
    let postcard_bytes = postcard::to_allocvec(&data).unwrap();
    let wincode_bytes = wincode::serialize(&data).unwrap();
    let borsh_bytes = borsh::to_vec(&data).unwrap();
    let bincode_bytes = bincode::serde::encode_to_vec(&data, standard).unwrap();
    let rmp = rmp_serde::to_vec(&data).unwrap();
    let json = serde_json::to_vec(&data).unwrap();
    for (name, size) in [
        ("inlay", inlay.len()),
        ("rkyv", rkyv.len()),
        ("bitcode", bitcode_bytes.len()),
        ("postcard", postcard_bytes.len()),
        ("wincode", wincode_bytes.len()),
        ("borsh", borsh_bytes.len()),
        ("bincode", bincode_bytes.len()),
        ("rmp-serde", rmp.len()),
        ("serde_json", json.len()),
    ] {
        println!("log/size/{name}: {size}");
    }
    let archived = rkyv::access::<ArchivedLogs, rkyv::rancor::Error>(&rkyv).unwrap();
    let view = log::Logs::verify(&inlay).unwrap();
    let expected = (plain_scalars(&data), plain_texts(&data));
    assert_eq!((inlay_scalars(view), inlay_texts(view)), expected);
    assert_eq!((rkyv_scalars(archived), rkyv_texts(archived)), expected);
    assert_eq!(raw_scalars(log::Logs::open(&inlay)), expected.0);

    let mut cases: Vec<(&str, Box<dyn FnMut() + '_>)> = Vec::new();
    let (data, native, inlay, rkyv, json) = (&data, &native, &inlay, &rkyv, &json);
    let (bitcode_bytes, postcard_bytes, wincode_bytes) =
        (&bitcode_bytes, &postcard_bytes, &wincode_bytes);
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/inlay-c",
            Box::new(move || {
                black_box(black_box(native).encode_into(&mut room).unwrap());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/inlay-pure",
            Box::new(move || {
                black_box(black_box(native).encode_into_pure(&mut room).unwrap());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/inlay-c+native",
            Box::new(move || {
                black_box({
                    let items = log_set::native(black_box(data));
                    log::Logs {
                        logs: (&items).into(),
                        unknown: None,
                    }
                    .encode_into(&mut room)
                    .unwrap()
                });
            }),
        ));
    }
    {
        let mut bytes = rkyv::util::AlignedVec::<16>::with_capacity(rkyv.len());
        cases.push((
            "encode/rkyv",
            Box::new(move || {
                black_box({
                    let mut out = std::mem::take(&mut bytes);
                    out.clear();
                    bytes = rkyv::api::high::to_bytes_in::<_, rkyv::rancor::Error>(
                        black_box(data),
                        out,
                    )
                    .unwrap();
                });
            }),
        ));
    }
    {
        let mut buffer = bitcode::Buffer::new();
        cases.push((
            "encode/bitcode",
            Box::new(move || {
                black_box(buffer.encode(black_box(data)).len());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/postcard",
            Box::new(move || {
                black_box(
                    postcard::to_slice(black_box(data), &mut room)
                        .unwrap()
                        .len(),
                );
            }),
        ));
    }
    {
        cases.push((
            "encode/wincode",
            Box::new(move || {
                black_box(wincode::serialize(black_box(data)).unwrap().len());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/borsh",
            Box::new(move || {
                black_box(borsh::to_writer(&mut room[..], black_box(data)).unwrap());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/bincode",
            Box::new(move || {
                black_box({
                    bincode::serde::encode_into_slice(black_box(data), &mut room, standard).unwrap()
                });
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/rmp-serde",
            Box::new(move || {
                black_box(rmp_serde::encode::write(&mut &mut room[..], black_box(data)).unwrap());
            }),
        ));
    }
    {
        let mut room = vec![0u8; json.len() * 2];

        cases.push((
            "encode/serde_json",
            Box::new(move || {
                black_box(serde_json::to_writer(&mut room[..], black_box(data)).unwrap());
            }),
        ));
    }
    {
        cases.push((
            "verify/inlay-c",
            Box::new(move || {
                black_box(log::Logs::verify(black_box(inlay)).unwrap().logs().len());
            }),
        ));
    }
    {
        cases.push((
            "verify/inlay-pure",
            Box::new(move || {
                black_box({
                    log::Logs::verify_pure(black_box(inlay), Options::default())
                        .unwrap()
                        .logs()
                        .len()
                });
            }),
        ));
    }
    {
        cases.push((
            "verify/rkyv",
            Box::new(move || {
                black_box({
                    rkyv::access::<ArchivedLogs, rkyv::rancor::Error>(black_box(rkyv))
                        .unwrap()
                        .logs
                        .len()
                });
            }),
        ));
    }
    {
        cases.push((
            "verify/bitcode (decode)",
            Box::new(move || {
                black_box(
                    bitcode::decode::<Logs>(black_box(bitcode_bytes))
                        .unwrap()
                        .logs
                        .len(),
                );
            }),
        ));
    }
    {
        cases.push((
            "verify/postcard (decode)",
            Box::new(move || {
                black_box(
                    postcard::from_bytes::<Logs>(black_box(postcard_bytes))
                        .unwrap()
                        .logs
                        .len(),
                );
            }),
        ));
    }
    {
        cases.push((
            "verify/wincode (decode)",
            Box::new(move || {
                black_box(
                    wincode::deserialize::<Logs>(black_box(wincode_bytes))
                        .unwrap()
                        .logs
                        .len(),
                );
            }),
        ));
    }
    {
        cases.push((
            "read/inlay",
            Box::new(move || {
                black_box(inlay_scalars(black_box(view)));
            }),
        ));
    }
    {
        cases.push((
            "read/inlay-raw",
            Box::new(move || {
                black_box(raw_scalars(log::Logs::open(black_box(inlay))));
            }),
        ));
    }
    {
        cases.push((
            "read/rkyv",
            Box::new(move || {
                black_box(rkyv_scalars(black_box(archived)));
            }),
        ));
    }
    {
        cases.push((
            "read/structs",
            Box::new(move || {
                black_box(plain_scalars(black_box(data)));
            }),
        ));
    }
    {
        cases.push((
            "borrow/inlay",
            Box::new(move || {
                black_box(inlay_texts(black_box(view)));
            }),
        ));
    }
    {
        cases.push((
            "borrow/rkyv",
            Box::new(move || {
                black_box(rkyv_texts(black_box(archived)));
            }),
        ));
    }
    {
        cases.push((
            "borrow/structs",
            Box::new(move || {
                black_box(plain_texts(black_box(data)));
            }),
        ));
    }
    if std::env::var_os("INLAY_LEAST").is_some() {
        return least("log", cases);
    }
    let mut group = c.benchmark_group("log");
    group.sample_size(20);
    group.warm_up_time(std::time::Duration::from_millis(200));
    group.measurement_time(std::time::Duration::from_millis(600));
    for (name, mut run) in cases {
        group.bench_function(name, |b| b.iter(&mut run));
    }
    group.finish();
}

criterion_group!(suite, log_suite);
criterion_main!(suite);
