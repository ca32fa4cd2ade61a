//! The answer of the last call: bytes that the host copies out of the module's memory.

use std::cell::RefCell;

thread_local! {
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes these bytes the answer of the call that is running.
pub fn set(bytes: Vec<u8>) {
    ANSWER.with(|answer| answer.replace(bytes));
}

crate::exported! {
    /// The address of the answer.
    pub extern "C" fn answer_at() -> usize {
        ANSWER.with(|answer| answer.borrow().as_ptr() as usize)
    }

    /// The length of the answer, in bytes.
    pub extern "C" fn answer_len() -> usize {
        ANSWER.with(|answer| answer.borrow().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_answer_replaces_the_one_before() {
        set(b"first".to_vec());
        assert_eq!(answer_len(), 5);
        assert_ne!(answer_at(), 0);
        set(Vec::new());
        assert_eq!(answer_len(), 0);
    }
}
