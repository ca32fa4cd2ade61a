//! The names of linked text: each is given once.

use crate::lang::modules::Modules;
use hashbrown::HashMap;

/// The longest name, in bytes. Longer ones are cut, so that copies of copies do not have names without end.
const LONGEST: usize = 200;

/// Names that are taken.
#[derive(Default)]
pub(super) struct Names {
    /// Each name that was given, with the number to try next for it.
    next: HashMap<String, usize>,
}

impl Names {
    /// Takes a name as it is.
    pub fn take(&mut self, name: &str) {
        self.next.entry(name.to_owned()).or_insert(2);
    }

    /// This name if nothing has it, else one that is like it.
    pub fn fresh(&mut self, wanted: &str) -> String {
        let wanted = wanted.get(..LONGEST).unwrap_or(wanted);
        let Some(number) = self.next.get(wanted).copied() else {
            self.next.insert(wanted.to_owned(), 2);
            return wanted.to_owned();
        };
        let mut number = number;
        let name = loop {
            let name = format!("{wanted}_{number}");
            number += 1;
            if !self.next.contains_key(&name) {
                break name;
            }
        };
        self.next.insert(wanted.to_owned(), number);
        self.next.insert(name.clone(), 2);
        name
    }
}

/// A name that a file defines, as linked text has it: that of the main file alone, others behind the name of their file.
pub(super) fn of_member(modules: &Modules, file: usize, name: &str) -> String {
    if file == 0 {
        return name.to_owned();
    }
    let stem = modules.stem(file);
    let stem = stem.replace(|one: char| !one.is_ascii_alphanumeric(), "_");
    // A name begins with a letter or `_`.
    let first = match stem.starts_with(|one: char| one.is_ascii_alphabetic() || one == '_') {
        true => "",
        false => "_",
    };
    format!("{first}{stem}.{name}")
}
