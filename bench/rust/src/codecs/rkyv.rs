//! rkyv, validated each time and not.

use std::hint::black_box;
use std::mem::take;

use rkyv::api::high::{to_bytes_in, HighDeserializer, HighSerializer, HighValidator};
use rkyv::bytecheck::CheckBytes;
use rkyv::rancor::Error;
use rkyv::seal::Seal;
use rkyv::ser::allocator::ArenaHandle;
use rkyv::string::ArchivedString;
use rkyv::util::AlignedVec;
use rkyv::{munge::munge, option::ArchivedOption, vec::ArchivedVec};

use super::{keep, REUSED};
use crate::harness::case::{Case, Codec, Op};
use crate::model::{log, mesh, minecraft, mk48};
use crate::set::{root, Log, Mesh, Minecraft, Mk48, Root, Set};
use crate::sum::{scalars, texts, visit, AsBlob, Blob, Sink, Visit};

/// A data set with archives of its own.
pub trait Archives:
    Set<
    Model: for<'a> rkyv::Serialize<HighSerializer<AlignedVec, ArenaHandle<'a>, Error>>
               + rkyv::Archive<
        Archived: Root
                      + for<'a> CheckBytes<HighValidator<'a, Error>>
                      + rkyv::Portable
                      + rkyv::Deserialize<<Self as Set>::Model, HighDeserializer<Error>>,
    >,
>
{
    /// Sets one number of each record; returns how many there are.
    fn update(archive: Seal<'_, Archived<Self>>, value: usize) -> usize;
}

type Archived<S> = <<S as Set>::Model as rkyv::Archive>::Archived;

// ---- Values -----------------------------------------------------------------

scalars! {
    rkyv::rend::u16_le: |x| u64::from(x.to_native());
    rkyv::rend::u32_le: |x| u64::from(x.to_native());
    rkyv::rend::u64_le: |x| x.to_native();
    rkyv::rend::i16_le: |x| x.to_native() as u64;
    rkyv::rend::i32_le: |x| x.to_native() as u64;
    rkyv::rend::i64_le: |x| x.to_native() as u64;
    rkyv::rend::f32_le: |x| u64::from(x.to_native().to_bits());
    rkyv::rend::f64_le: |x| x.to_native().to_bits();
}

/// Enums as the numbers that they are.
impl Visit for minecraft::ArchivedGameType {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        // SAFETY: an enum of one byte, which is initialised.
        sink.scalar(u64::from(unsafe { *std::ptr::from_ref(self).cast::<u8>() }));
    }
}

impl Visit for mk48::ArchivedEntityType {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        // SAFETY: as above.
        sink.scalar(u64::from(unsafe { *std::ptr::from_ref(self).cast::<u8>() }));
    }
}

texts! { ArchivedString: |x| x.as_bytes(); }

impl AsBlob for ArchivedVec<u8> {
    #[inline(always)]
    fn as_blob(&self) -> Blob<'_> {
        Blob(self.as_slice())
    }
}

impl<T: Visit> Visit for ArchivedVec<T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        for item in self.iter() {
            item.visit(sink);
        }
    }
}

impl<T: Visit> Visit for ArchivedOption<T> {
    #[inline(always)]
    fn visit<S: Sink>(&self, sink: &mut S) {
        if let ArchivedOption::Some(value) = self {
            value.visit(sink);
        }
    }
}

log::visit_address!(field [] log::ArchivedAddress);
log::visit_log!(field [] log::ArchivedLog);
visit!(field [] log::ArchivedLogs { records: logs; });
root!(field [] log::ArchivedLogs, logs, |log| log.size);

mesh::visit_vector3!(field [] mesh::ArchivedVector3);
mesh::visit_triangle!(field [] mesh::ArchivedTriangle);
visit!(field [] mesh::ArchivedMesh { scalars: triangles; });
root!(field [] mesh::ArchivedMesh, triangles, |triangle| triangle.normal.x);

minecraft::visit_vector3d!(field [] minecraft::ArchivedVector3d);
minecraft::visit_vector2!(field [] minecraft::ArchivedVector2);
minecraft::visit_abilities!(field [] minecraft::ArchivedAbilities);
minecraft::visit_item!(field [] minecraft::ArchivedItem);
minecraft::visit_entity!(field [] minecraft::ArchivedEntity);
minecraft::visit_vehicle!(field [] minecraft::ArchivedVehicle);
minecraft::visit_recipe_book!(field [] minecraft::ArchivedRecipeBook);
minecraft::visit_player!(field [] minecraft::ArchivedPlayer);
visit!(field [] minecraft::ArchivedPlayers { records: players; });
root!(field [] minecraft::ArchivedPlayers, players, |player| player.score);

mk48::visit_position!(field [] mk48::ArchivedPosition);
mk48::visit_transform!(field [] mk48::ArchivedTransform);
mk48::visit_guidance!(field [] mk48::ArchivedGuidance);
mk48::visit_contact!(field [] mk48::ArchivedContact);
mk48::visit_chunk_id!(field [] mk48::ArchivedChunkId);
mk48::visit_terrain_update!(field [] mk48::ArchivedTerrainUpdate);
mk48::visit_update!(field [] mk48::ArchivedUpdate);
visit!(field [] mk48::ArchivedUpdates { records: updates; });
root!(field [] mk48::ArchivedUpdates, updates, |update| update.score);

// ---- Updates ----------------------------------------------------------------

macro_rules! updates {
    ($set:ident: $root:path { $list:ident }, $record:path { $field:ident }, $value:ty) => {
        impl Archives for $set {
            fn update(archive: Seal<'_, Archived<Self>>, value: usize) -> usize {
                munge!(let $root { $list, .. } = archive);
                let mut records = ArchivedVec::as_slice_seal($list);
                for index in 0..records.len() {
                    munge!(let $record { mut $field, .. } = records.as_mut().index(index));
                    *$field = (value as $value).into();
                }
                records.len()
            }
        }
    };
}

updates!(Log: log::ArchivedLogs { logs }, log::ArchivedLog { size }, u64);
updates!(Minecraft: minecraft::ArchivedPlayers { players }, minecraft::ArchivedPlayer { score }, i64);
updates!(Mk48: mk48::ArchivedUpdates { updates }, mk48::ArchivedUpdate { score }, u32);

impl Archives for Mesh {
    fn update(archive: Seal<'_, Archived<Self>>, value: usize) -> usize {
        munge!(let mesh::ArchivedMesh { triangles } = archive);
        let mut triangles = ArchivedVec::as_slice_seal(triangles);
        for index in 0..triangles.len() {
            let triangle = triangles.as_mut().index(index);
            munge!(let mesh::ArchivedTriangle { normal, .. } = triangle);
            munge!(let mesh::ArchivedVector3 { mut x, .. } = normal);
            *x = (value as f32).into();
        }
        triangles.len()
    }
}

// ---- Cases ------------------------------------------------------------------

pub fn cases<S: Archives>() -> Vec<Case> {
    let model = S::model();
    let message: &'static AlignedVec = keep(rkyv::to_bytes::<Error>(model).unwrap());
    vec![validated::<S>(message), unvalidated::<S>(message)]
}

fn check<S: Archives>(message: &[u8]) -> &Archived<S> {
    rkyv::access::<Archived<S>, Error>(message).unwrap()
}

fn validated<S: Archives>(message: &'static AlignedVec) -> Case {
    let codec = Codec {
        id: "rust-rkyv",
        name: "rkyv 0.8, validated",
        format: "rkyv",
        version: env!("VERSION_RKYV"),
        trust: "checked",
        memory: REUSED,
        note: "access before every read; to_bytes_in an AlignedVec that is kept",
    };
    let model = S::model();
    let mut kept = AlignedVec::<16>::with_capacity(message.len());
    let decode = move || {
        let archive = check::<S>(black_box(message));
        rkyv::deserialize::<S::Model, Error>(archive).unwrap()
    };
    let case = Case::new(codec)
        .wrote(message)
        .build(move || black_box(rkyv::to_bytes::<Error>(black_box(model)).unwrap()).len())
        .encode(move || {
            let mut out = take(&mut kept);
            out.clear();
            kept = to_bytes_in::<_, Error>(black_box(model), out).unwrap();
            kept.len()
        })
        .verify(move || std::ptr::from_ref(check::<S>(black_box(message))))
        .reads::<S, &Archived<S>>(move || check::<S>(black_box(message)))
        .decode(Op::Decode, decode)
        .absent(&[Op::Open], "opening validates: see verify")
        .absent(&[Op::Update], "as unvalidated: only reading differs");
    if S::BORROWS {
        case.decode(Op::DecodeOwned, decode)
    } else {
        case.absent(&[Op::DecodeOwned], super::SAME)
    }
}

fn unvalidated<S: Archives>(message: &'static AlignedVec) -> Case {
    let codec = Codec {
        id: "rust-rkyv-once",
        name: "rkyv 0.8, unvalidated",
        format: "rkyv",
        version: env!("VERSION_RKYV"),
        trust: "once",
        memory: REUSED,
        note: "access_unchecked of a message that was validated when it arrived",
    };
    // SAFETY: the message is what rkyv wrote.
    let open = move || unsafe { rkyv::access_unchecked::<Archived<S>>(black_box(message)) };
    let changed: &'static std::cell::RefCell<AlignedVec> =
        keep(std::cell::RefCell::new(message.clone()));
    let mut case = Case::new(codec)
        .open(move || std::ptr::from_ref(open()))
        .reads::<S, &Archived<S>>(open)
        .run(Op::Update, move |turn| {
            let mut bytes = changed.borrow_mut();
            // SAFETY: as above; updates leave it good.
            let archive = unsafe { rkyv::access_unchecked_mut(black_box(&mut bytes[..])) };
            S::update(archive, turn) as u64
        })
        .absent(
            &[Op::Build, Op::Encode, Op::Verify, Op::Decode, Op::DecodeOwned],
            "as validated: only reading differs",
        );
    case.updated = Some(Box::new(move |turn| {
        let bytes = changed.borrow();
        check::<S>(&bytes).one(turn % S::RECORDS)
    }));
    case
}
