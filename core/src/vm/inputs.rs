//! The input tapes, and the file from which they come: `{"public": [..], "secret": [..]}`.

use super::entry::entry_words;
use crate::lang::quote::{shortened, without_mark};
use crate::lang::syntax::NumberError;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use zeroize::Zeroize;

/// The words that READ and SECRET take, in order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The words that READ takes. They are part of what is proved.
    pub public: Vec<u32>,
    /// The words that SECRET takes. Only the prover knows them.
    pub secret: Vec<u32>,
}

/// Secret words are overwritten when the value is dropped.
impl Drop for Inputs {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Secret words appear in no log and no message, so only their number is printed.
impl fmt::Debug for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inputs")
            .field("public", &self.public)
            .field("secret", &format_args!("{} words", self.secret.len()))
            .finish()
    }
}

/// Why a text is not an inputs file, and the place of the error.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct InputsError(#[from] serde_json::Error);

impl InputsError {
    /// The line (from 1) at which reading stopped; 0 if there is none.
    pub fn line(&self) -> usize {
        self.0.line()
    }

    /// The column (from 1) at which reading stopped; 0 if there is none.
    pub fn column(&self) -> usize {
        self.0.column()
    }
}

impl Inputs {
    /// The words that READ takes, and those that SECRET takes.
    pub fn new(public: impl Into<Vec<u32>>, secret: impl Into<Vec<u32>>) -> Self {
        Inputs {
            public: public.into(),
            secret: secret.into(),
        }
    }

    /// Reads `{"public": [..], "secret": [..]}`. A missing key means no words. An entry is an integer from -2^31 to
    /// 2^32-1, a string with a number as programs write it, or a string that stands for several words: `text:…` gives
    /// the code point of each character; `hex:…` a word for every eight hexadecimal digits; `bytes:…` a word for every
    /// two.
    ///
    /// # Errors
    /// When the text is not JSON or has another shape. The message gives the key, the index of the entry and the place
    /// in the text. It never repeats a word of the secret input.
    pub fn from_json(text: &str) -> Result<Inputs, InputsError> {
        Ok(serde_json::from_str(without_mark(text))?)
    }
}

impl<'de> Deserialize<'de> for Inputs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // If a map were requested, the reader would repeat any other value that it finds in its message.
        deserializer.deserialize_any(WholeFile)
    }
}

/// Refuses the kinds of values that a visitor does not accept. The message does not repeat the value, which may be a
/// secret.
macro_rules! refuse {
    (atoms) => {
        refuse!(visit_i64(i64), visit_u64(u64), visit_str(&str), visit_bool(bool), visit_f64(f64));
        refuse!(null);
    };
    (null) => {
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Err(self.refusal())
        }
    };
    (array) => {
        fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(self.refusal())
        }
    };
    (object) => {
        fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(self.refusal())
        }
    };
    ($($visit:ident($type:ty)),*) => {
        $(fn $visit<E: Error>(self, _: $type) -> Result<Self::Value, E> {
            Err(self.refusal())
        })*
    };
}

struct WholeFile;

impl WholeFile {
    fn refusal<E: Error>(&self) -> E {
        E::custom("expected an object with the keys \"public\" and \"secret\"")
    }
}

impl<'de> Visitor<'de> for WholeFile {
    type Value = Inputs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the keys \"public\" and \"secret\"")
    }

    refuse!(atoms);
    refuse!(array);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Inputs, A::Error> {
        let (mut public, mut secret) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            let (tape, name) = match key.as_str() {
                "public" => (&mut public, "public"),
                "secret" => (&mut secret, "secret"),
                _ => {
                    return Err(A::Error::custom(format_args!(
                        "unknown key {}; the keys are \"public\" and \"secret\"",
                        shortened(&format!("{key:?}"))
                    )));
                }
            };
            if tape.is_some() {
                return Err(A::Error::custom(format_args!(
                    "the key {name:?} is there twice"
                )));
            }
            *tape = Some(map.next_value_seed(Tape { name })?);
        }
        Ok(Inputs {
            public: public.unwrap_or_default(),
            secret: secret.unwrap_or_default(),
        })
    }
}

/// The array under one of the keys.
struct Tape {
    name: &'static str,
}

impl Tape {
    fn refusal<E: Error>(&self) -> E {
        E::custom(format_args!("{:?}: expected an array of words", self.name))
    }
}

impl<'de> DeserializeSeed<'de> for Tape {
    type Value = Vec<u32>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<u32>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tape {
    type Value = Vec<u32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of words")
    }

    refuse!(atoms);
    refuse!(object);

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Vec<u32>, A::Error> {
        let mut words = Vec::new();
        let mut index = 0;
        while let Some(()) = entries.next_element_seed(Entry {
            tape: self.name,
            index,
            words: &mut words,
        })? {
            index += 1;
        }
        Ok(words)
    }
}

/// One entry of a tape. Its words are appended to the tape.
struct Entry<'a> {
    tape: &'static str,
    index: usize,
    words: &'a mut Vec<u32>,
}

impl Entry<'_> {
    fn error<E: Error>(&self, what: impl fmt::Display) -> E {
        E::custom(format_args!(
            "{:?}, entry {}: {what}",
            self.tape, self.index
        ))
    }

    fn refusal<E: Error>(&self) -> E {
        self.error("expected a whole number or a string that holds one")
    }

    fn take<E: Error>(self, word: Option<u32>) -> Result<(), E> {
        let word = word.ok_or_else(|| self.error(NumberError::Range))?;
        self.words.push(word);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entry")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.take(word(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.take(u32::try_from(value).ok())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        entry_words(text, self.words).map_err(|error| self.error(error))
    }

    refuse!(visit_bool(bool), visit_f64(f64));
    refuse!(null);
    refuse!(array);
    refuse!(object);
}

/// A whole number as a word, from -2^31 to 2^32-1.
fn word(value: i64) -> Option<u32> {
    u32::try_from(value)
        .ok()
        .or_else(|| i32::try_from(value).ok().map(|value| value as u32))
}
