//! Frames in Rust. That C reads them, and that these read C's, is tested by
//! `examples/rust-service`.

use inlay::frame::{Header, ShortHeader, SHORT_SIZE, SIZE};
use inlay::Status;

const TYPE: u64 = 0x5f1d_7c3e_9a1b_2c44;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sizes on both sides of where XXH3 changes its method.
const SIZES: [usize; 12] = [0, 1, 3, 4, 8, 9, 16, 17, 128, 129, 240, 4099];

fn payload(size: usize) -> Vec<u8> {
    (0..size).map(|i| (i * 31 % 251) as u8).collect()
}

#[test]
fn what_was_sealed_is_read() {
    for size in SIZES {
        let payload = payload(size);
        let header = Header::seal(TYPE, &payload);
        let read = Header::read(&header, TYPE, size as u64).unwrap();
        assert_eq!((read.type_id(), read.size()), (TYPE, size as u64));
        assert_eq!(read.check(&payload), Ok(()));

        let header = ShortHeader::seal(&payload).unwrap();
        let read = ShortHeader::read(&header, size).unwrap();
        assert_eq!(read.size(), size);
        assert_eq!(read.check(&payload), Ok(()));
    }
}

#[test]
fn every_bit_counts() {
    for size in [0, 1, 9, 130, 300] {
        let payload = payload(size);
        let (long, short) = (Header::seal(TYPE, &payload), ShortHeader::seal(&payload).unwrap());
        for bit in 0..(SIZE + size) * 8 {
            let mut frame = [&long[..], &payload].concat();
            frame[bit / 8] ^= 1 << (bit % 8);
            let good = Header::read(&frame, TYPE, size as u64)
                .and_then(|header| header.check(&frame[SIZE..]))
                .is_ok();
            assert!(!good, "bit {bit} of a frame of {size} bytes");
        }
        for bit in 0..(SHORT_SIZE + size) * 8 {
            let mut frame = [&short[..], &payload].concat();
            frame[bit / 8] ^= 1 << (bit % 8);
            let good = ShortHeader::read(frame.first_chunk().unwrap(), size)
                .and_then(|header| header.check(&frame[SHORT_SIZE..]))
                .is_ok();
            assert!(!good, "bit {bit} of a short frame of {size} bytes");
        }
    }
}

#[test]
fn what_is_wrong_is_named() {
    let good = Header::seal(TYPE, b"payload");
    let refused = |at: usize, byte: u8| {
        let mut header = good;
        header[at] = byte;
        let error = Header::read(&header, TYPE, 7).unwrap_err();
        (error.status(), error.offset())
    };
    assert_eq!(refused(3, b'y'), (Status::Magic, Some(0)));
    assert_eq!(refused(4, 2), (Status::OtherVersion, Some(4)));
    assert_eq!(refused(5, 1), (Status::NotBuiltIn, Some(5)));
    assert_eq!(refused(5, 2), (Status::NotBuiltIn, Some(5)));
    assert_eq!(refused(5, 3), (Status::Flags, Some(5)));
    assert_eq!(refused(5, 0x80), (Status::Flags, Some(5)));
    assert_eq!(refused(7, 1), (Status::Flags, Some(6)));
    assert_eq!(refused(8, 0), (Status::TypeId, Some(8)));
    assert_eq!(refused(16, 8), (Status::OverLimit, Some(16)));
    assert_eq!(refused(23, 0xff), (Status::OverLimit, Some(16)));
    for size in 0..SIZE {
        let error = Header::read(&good[..size], TYPE, 7).unwrap_err();
        assert_eq!((error.status(), error.offset()), (Status::CutShort, Some(size as u64)));
    }
    assert_eq!(Header::read(b"IN?", TYPE, 7).unwrap_err().status(), Status::Magic);

    let header = Header::read(&good, TYPE, 7).unwrap();
    let error = header.check(b"payl").unwrap_err();
    assert_eq!((error.status(), error.offset()), (Status::CutShort, Some(36)));
    assert_eq!(header.check(b"payload!").unwrap_err().status(), Status::Checksum);
    assert_eq!(header.check(b"pAyload").unwrap_err().status(), Status::Checksum);

    let short = ShortHeader::seal(b"payload").unwrap();
    assert_eq!(ShortHeader::read(&short, 6).unwrap_err().status(), Status::OverLimit);
    assert_eq!(ShortHeader::read(&[0xff; 8], 1 << 20).unwrap_err().status(), Status::OverLimit);
    let header = ShortHeader::read(&short, 7).unwrap();
    assert_eq!(header.check(b"payl").unwrap_err().status(), Status::CutShort);
    assert_eq!(header.check(b"pAyload").unwrap_err().status(), Status::Checksum);
}

/// The format's bytes, which never change.
#[test]
fn frames_are_pinned() {
    let frame = Header::seal(TYPE, b"payload");
    assert_eq!(hex(&frame), "494e4c5901000000442c1b9a3e7c1d5f070000000000000064df7733b546cd0f");
    assert_eq!(hex(&ShortHeader::seal(b"payload").unwrap()), "07000000e211236f");
    assert_eq!(hex(&ShortHeader::seal(b"").unwrap()), "00000000c294d338");
}
