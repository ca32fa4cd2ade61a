//! The files that the host puts into the module's memory.

use provable_host::memory::put;
use provable_wasm_abi::export;

/// The bytes of a path as a path.
fn path(bytes: Option<Vec<u8>>) -> Option<String> {
    String::from_utf8(bytes?).ok()
}

export! {
    /// Puts a file at an absolute path, in place of one that is there. Gives 1 if it cannot be put there.
    pub fn put_file(at: Option<Vec<u8>>, content: Option<Vec<u8>>) -> u32 {
        let (Some(at), Some(content)) = (path(at), content) else {
            return 1;
        };
        put(at, Some(content)).is_err().into()
    }

    /// Removes the file at an absolute path, if there is one.
    pub fn remove_file(at: Option<Vec<u8>>) -> u32 {
        let Some(at) = path(at) else { return 1 };
        put(at, None).is_err().into()
    }
}
