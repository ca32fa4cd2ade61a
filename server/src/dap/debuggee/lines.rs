//! From lines of files to instructions and back, through the copies that `.inline` makes.

use provable::lang::link::{Linked, Place};
use std::collections::HashMap;
use std::ops::Range;

/// An instruction at which a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// The instruction.
    pub index: u32,
    /// The line's place: the instruction's own, or that of an `.inline` line that copied it.
    pub place: Place,
}

/// Where lines and copies begin and end in a program.
pub struct Lines {
    /// The instructions of each copy.
    copies: Vec<Range<u32>>,
    /// By file and line; none for a program of one plain text, whose places are in the order of the lines.
    starts: Option<HashMap<(usize, usize), Vec<Start>>>,
}

impl Lines {
    /// Of a program.
    pub fn new(linked: &Linked) -> Lines {
        let main = linked.assemblies.first();
        let is_plain = main.is_some_and(|main| main.program.is_some());
        let mut copies = vec![0..0; linked.copies.len()];
        if is_plain {
            return Lines {
                copies,
                starts: None,
            };
        }
        let mut starts: HashMap<_, Vec<Start>> = HashMap::new();
        let mut before: Vec<Place> = Vec::new();
        for (index, place) in (0u32..).zip(&linked.places) {
            let levels = levels(linked, *place);
            for &place in &levels {
                let copy = place.copy.and_then(|copy| copies.get_mut(copy));
                if let Some(copy) = copy {
                    if copy.start == copy.end {
                        copy.start = index;
                    }
                    copy.end = index + 1;
                }
                if !before.contains(&place) {
                    let line = starts.entry((place.file, place.line)).or_default();
                    line.push(Start { index, place });
                }
            }
            before = levels;
        }
        Lines {
            copies,
            starts: Some(starts),
        }
    }

    /// Whether each line is one instruction, in the order of the text.
    pub fn is_plain(&self) -> bool {
        self.starts.is_none()
    }

    /// The instructions of a copy.
    pub fn copy(&self, copy: usize) -> Range<u32> {
        self.copies.get(copy).cloned().unwrap_or(0..0)
    }

    /// The instructions at which a line (from 0) of a file begins: one for each copy of it.
    pub fn starts(&self, linked: &Linked, file: usize, line: usize) -> Vec<Start> {
        if let Some(starts) = &self.starts {
            return starts.get(&(file, line)).cloned().unwrap_or_default();
        }
        let at = linked.places.partition_point(|place| place.line < line);
        let place = linked.places.get(at).copied();
        let place = place.filter(|place| (place.file, place.line) == (file, line));
        let start = place.zip(u32::try_from(at).ok());
        let start = start.map(|(place, index)| Start { index, place });
        start.into_iter().collect()
    }
}

/// The places of an instruction from the inside out: its own, and those of the `.inline` lines that copied it.
pub fn levels(linked: &Linked, place: Place) -> Vec<Place> {
    let mut levels = vec![place];
    if place.copy.is_some() {
        levels.extend(linked.chain(place));
    }
    levels
}
