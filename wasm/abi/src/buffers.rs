//! The buffers that the host writes arguments into.
//!
//! They are vectors in a table, and a host names one by its address. So no address that a host makes up is ever read.

use std::cell::Cell;

thread_local! {
    /// The buffers of this thread that no function has taken yet.
    static BUFFERS: Cell<Vec<Vec<u8>>> = const { Cell::new(Vec::new()) };
}

crate::exported! {
    /// Makes a buffer of zeros and gives its address. Gives 0 if there is no memory for it.
    pub extern "C" fn allocate(length: usize) -> usize {
        let mut buffer = Vec::new();
        // Never without memory, because the addresses of empty vectors are all equal.
        if buffer.try_reserve_exact(length.max(1)).is_err() {
            return 0;
        }
        buffer.resize(length, 0u8);
        let address = buffer.as_mut_ptr() as usize;
        let mut all = BUFFERS.take();
        all.push(buffer);
        BUFFERS.set(all);
        address
    }

    /// Frees a buffer that was passed to no function. An address that is none of a buffer does nothing.
    pub extern "C" fn release(address: usize) {
        drop(take(address));
    }
}

/// Takes the buffer with this address out of the table.
pub(crate) fn take(address: usize) -> Option<Vec<u8>> {
    let mut all = BUFFERS.take();
    let place = all
        .iter()
        .position(|buffer| buffer.as_ptr() as usize == address);
    let buffer = place.map(|place| all.swap_remove(place));
    BUFFERS.set(all);
    buffer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_is_taken_once() {
        let (one, other) = (allocate(3), allocate(0));
        assert_ne!(one, other);
        assert_eq!(take(one), Some(vec![0; 3]));
        assert_eq!(take(one), None);
        assert_eq!(take(other), Some(Vec::new()));
    }

    #[test]
    fn a_released_buffer_is_gone() {
        let address = allocate(5);
        release(address);
        release(address);
        assert_eq!(take(address), None);
    }

    #[test]
    fn an_address_that_is_made_up_names_no_buffer() {
        let address = allocate(100);
        assert_eq!(take(address + 1), None);
        assert_eq!(take(0), None);
        release(address);
    }

    #[test]
    fn memory_that_cannot_be_had_has_no_address() {
        assert_eq!(allocate(usize::MAX), 0);
    }
}
