//! Openings of a trace commitment, which are all secret.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::proof::Opening;
use provable_fuzz::bounded;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match bounded(text.len(), 16, 4 << 10, || Opening::from_json(text)) {
        Ok(opening) => {
            let again = Opening::from_json(&opening.to_json()).expect("it reads what it wrote");
            assert_eq!(
                (&again.secret, again.blind),
                (&opening.secret, opening.blind)
            );
        }
        Err(error) => {
            let message = error.to_string();
            let is_place = |word: &str| word.parse::<usize>().is_ok_and(|at| at <= text.len() + 1);
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            for word in words.filter(|word| word.len() >= 6 && !is_place(word)) {
                let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
                assert!(
                    !is_number || !message.contains(word),
                    "{word:?} is in {message:?}"
                );
            }
        }
    }
});
