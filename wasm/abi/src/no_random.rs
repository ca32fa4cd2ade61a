//! A module that asks its host for no random bytes: whoever wants some gets an error.

/// What `getrandom` 0.3 calls when it is built with `--cfg getrandom_backend="custom"`.
///
/// # Safety
/// None is needed: the bytes are not touched. The type is the caller's.
#[allow(unsafe_code)]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    _bytes: *mut u8,
    _length: usize,
) -> Result<(), getrandom03::Error> {
    Err(getrandom03::Error::UNSUPPORTED)
}
