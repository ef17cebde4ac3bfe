//! Sizes of packed messages, by the libraries that the C suite takes.

/// What zstd -1 makes of a message; none without the library.
#[cfg(has_zstd)]
pub fn zstd1(message: &[u8]) -> Option<usize> {
    extern "C" {
        fn ZSTD_compressBound(size: usize) -> usize;
        fn ZSTD_isError(code: usize) -> u32;
        fn ZSTD_compress(
            to: *mut u8,
            capacity: usize,
            from: *const u8,
            size: usize,
            level: i32,
        ) -> usize;
    }
    // SAFETY: writes no more than the capacity.
    unsafe {
        let mut room = vec![0u8; ZSTD_compressBound(message.len())];
        let (to, from) = (room.as_mut_ptr(), message.as_ptr());
        let size = ZSTD_compress(to, room.len(), from, message.len(), 1);
        (ZSTD_isError(size) == 0).then_some(size)
    }
}

/// What LZ4 makes of a message; none without the library.
#[cfg(has_lz4)]
pub fn lz4(message: &[u8]) -> Option<usize> {
    extern "C" {
        fn LZ4_compressBound(size: i32) -> i32;
        fn LZ4_compress_default(from: *const u8, to: *mut u8, size: i32, capacity: i32) -> i32;
    }
    let size = i32::try_from(message.len()).ok()?;
    // SAFETY: writes no more than the capacity.
    let packed = unsafe {
        let capacity = LZ4_compressBound(size);
        let mut room = vec![0u8; usize::try_from(capacity).ok()?];
        LZ4_compress_default(message.as_ptr(), room.as_mut_ptr(), size, capacity)
    };
    usize::try_from(packed).ok().filter(|size| *size > 0)
}

#[cfg(not(has_zstd))]
pub fn zstd1(_message: &[u8]) -> Option<usize> {
    None
}

#[cfg(not(has_lz4))]
pub fn lz4(_message: &[u8]) -> Option<usize> {
    None
}
