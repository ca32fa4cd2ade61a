//! What the host does for a module.

// What the host is called for. It has to be as the crate's documentation says, which no compiler checks.
#[cfg(target_family = "wasm")]
#[allow(unsafe_code)]
#[link(wasm_import_module = "host")]
unsafe extern "C" {
    #[cfg(feature = "random")]
    #[link_name = "random"]
    fn host_random(address: *mut u8, length: usize);
    #[cfg(feature = "clock")]
    #[link_name = "now"]
    safe fn host_now() -> f64;
    #[cfg(feature = "send")]
    #[link_name = "send"]
    fn host_send(address: *const u8, length: usize);
    #[cfg(feature = "threads")]
    #[link_name = "spawn"]
    safe fn host_spawn(number: u32);
}

/// Fills a slice with random bytes.
#[cfg(all(target_family = "wasm", feature = "random"))]
#[allow(unsafe_code)]
pub fn random(bytes: &mut [u8]) {
    // SAFETY: the address and the length are those of a slice that is borrowed exclusively for the call.
    unsafe { host_random(bytes.as_mut_ptr(), bytes.len()) }
}

/// The time, in milliseconds since the beginning of 1970.
#[cfg(all(target_family = "wasm", feature = "clock"))]
pub fn now() -> f64 {
    host_now()
}

/// The time, in milliseconds since the beginning of 1970.
#[cfg(all(not(target_family = "wasm"), feature = "clock"))]
pub fn now() -> f64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    since.as_secs_f64() * 1000.0
}

/// Sends a message to the host. It is copied before this returns.
#[cfg(all(target_family = "wasm", feature = "send"))]
#[allow(unsafe_code)]
pub fn send(message: &[u8]) {
    // SAFETY: the address and the length are those of a slice that is borrowed for the call.
    unsafe { host_send(message.as_ptr(), message.len()) }
}

/// Sends a message to the host. On this system there is none, and the message is dropped.
#[cfg(all(not(target_family = "wasm"), feature = "send"))]
pub fn send(_message: &[u8]) {}

/// Has another thread call `run_thread` with this number.
#[cfg(all(target_family = "wasm", feature = "threads"))]
pub fn spawn(number: u32) {
    host_spawn(number);
}
