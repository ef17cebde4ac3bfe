//! What an operation has to return, and whether it does. Nothing is timed that
//! does not.

use super::case::{Case, Op};
use crate::set::{Root, Set};
use crate::sum::{sum_of, Digest};

/// How often each operation is called.
const TURNS: usize = 2;

/// What the model says.
struct Expected {
    tenth: u64,
    scalars: u64,
    strings: u64,
    digest: u64,
}

impl Expected {
    fn new(model: &impl Root) -> Self {
        Expected {
            tenth: model.tenth(),
            scalars: sum_of::<true, false>(model),
            strings: sum_of::<false, true>(model),
            digest: Digest::of(model),
        }
    }
}

/// Sizes that prove the values to be those of the public benchmark, as
/// `bench/data/sizes.c` has them: MessagePack, fixed width, postcard.
fn known_sizes(set: &str) -> [(&'static str, usize); 4] {
    let [messagepack, fixed, postcard, inlay] = match set {
        "log" => [784_997, 1_045_784, 724_953, 785_783],
        "mesh" => [8_125_006, 6_000_008, 6_000_003, 6_000_002],
        "minecraft" => [424_533, 566_975, 367_489, 364_182],
        _ => [1_745_322, 1_791_489, 1_311_281, 1_161_044],
    };
    [
        ("rust-rmp-serde", messagepack),
        ("rust-wincode", fixed),
        ("rust-postcard", postcard),
        ("rust-inlay", inlay),
    ]
}

fn check_sizes<S: Set>(cases: &[Case]) -> Result<(), String> {
    for (id, wanted) in known_sizes(S::NAME) {
        let case = cases.iter().find(|case| case.codec.id == id);
        let found = case.and_then(|case| case.written).map_or(0, <[u8]>::len);
        if found != wanted {
            return Err(format!("{}: {id}: {found} bytes in place of {wanted}", S::NAME));
        }
    }
    Ok(())
}

/// Says what is wrong, if anything is.
pub fn check<S: Set>(cases: &mut [Case]) -> Result<(), String> {
    check_sizes::<S>(cases)?;
    let expected = Expected::new(S::model());
    cases.iter_mut().try_for_each(|case| check_case::<S>(case, &expected))
}

fn check_case<S: Set>(case: &mut Case, expected: &Expected) -> Result<(), String> {
    let (id, written) = (case.codec.id, case.written.map(<[u8]>::len));
    let wrong = |op: Op, found: u64, wanted: u64| {
        format!("{}: {id}: {}: {found} in place of {wanted}", S::NAME, op.name())
    };
    for (op, run) in &mut case.runs {
        for turn in 0..TURNS {
            let found = run(turn);
            let wanted = match op {
                Op::Build | Op::Encode => written.unwrap_or(0) as u64,
                Op::Verify | Op::Open | Op::Decode | Op::DecodeOwned => 1,
                Op::Update => S::RECORDS as u64,
                Op::ReadOne => S::model().one(turn % S::RECORDS),
                Op::ReadTenth => expected.tenth,
                Op::ReadScalars => expected.scalars,
                Op::ReadStrings => expected.strings,
            };
            if found != wanted {
                return Err(wrong(*op, found, wanted));
            }
            if let (Op::Update, Some(updated)) = (*op, &mut case.updated) {
                let (found, wanted) = (updated(turn), updated_to::<S>(turn));
                if found != wanted {
                    return Err(wrong(*op, found, wanted));
                }
            }
        }
    }
    for (op, digest) in &mut case.digests {
        let found = digest();
        if found != expected.digest {
            return Err(wrong(*op, found, expected.digest));
        }
    }
    Ok(())
}

/// What a record's number is after `update`.
fn updated_to<S: Set>(turn: usize) -> u64 {
    match S::NAME {
        "mesh" => u64::from((turn as f32).to_bits()),
        _ => turn as u64,
    }
}
