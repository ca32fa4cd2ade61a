//! Random bytes from the host, as both versions of `getrandom` that are in use ask for them.

use crate::host::random;

fn fill(bytes: &mut [u8]) -> Result<(), getrandom02::Error> {
    random(bytes);
    Ok(())
}

getrandom02::register_custom_getrandom!(fill);

/// What `getrandom` 0.3 calls when it is built with `--cfg getrandom_backend="custom"`.
///
/// # Safety
/// `bytes` is the address of `length` bytes that may be written.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    bytes: *mut u8,
    length: usize,
) -> Result<(), getrandom03::Error> {
    // SAFETY: the caller guarantees that these bytes may be written. They may be uninitialised, and zeros may be written there too.
    let bytes = unsafe {
        bytes.write_bytes(0, length);
        std::slice::from_raw_parts_mut(bytes, length)
    };
    random(bytes);
    Ok(())
}
