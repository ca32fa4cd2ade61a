//! Routines by number, as the library takes them: one number for each name, so that the called and the inlined copies of
//! a routine are one routine.

use super::places::{MAIN, Places};
use provable::circuit::profile::{Frame, Routines};
use provable::lang::isa::Op;
use provable::lang::program::Program;
use std::collections::HashMap;
use std::ops::Range;

/// What stands for paths of calls that are not told apart.
const DEEPER: &str = "(deeper calls)";

/// The routines of a program, numbered.
pub struct Numbering {
    names: Vec<Named>,
    called: HashMap<u32, u32>,
    /// Of each instruction in an inlined copy, its part of `copies`.
    inlined: HashMap<u32, Range<usize>>,
    copies: Vec<u32>,
}

/// A routine and where it begins.
struct Named {
    name: String,
    file: String,
    line: Option<usize>,
}

impl Numbering {
    /// The routines of this program.
    pub fn new(program: &Program, places: &dyn Places) -> Numbering {
        let mut numbering = Numbering {
            names: Vec::new(),
            called: HashMap::new(),
            inlined: HashMap::new(),
            copies: Vec::new(),
        };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let first = places.place(0);
        let (file, line) = first.map_or((String::new(), None), |place| {
            (place.file.to_owned(), Some(place.line))
        });
        // Number 0 is that of the main code, which the library does not number.
        numbering.number(&mut numbers, MAIN, &file, line);
        for (index, instruction) in (0..).zip(program.instructions()) {
            if let (Op::Call, Some(entry)) = (instruction.op, instruction.operand) {
                let place = places.place(entry);
                let (file, line) = place.map_or((file.clone(), None), |place| {
                    // A routine may begin with an inlined copy of another one.
                    let outermost = place.inlined_at.last();
                    outermost.map_or((place.file.to_owned(), Some(place.line)), |site| {
                        (site.file.to_owned(), Some(site.line))
                    })
                });
                let name = places.called(entry);
                let number = numbering.number(&mut numbers, name, &file, line);
                numbering.called.insert(entry, number);
            }
            let Some(place) = places.place(index) else {
                continue;
            };
            if place.inlined_at.is_empty() {
                continue;
            }
            let start = numbering.copies.len();
            // From the outermost copy inwards. The outermost site is no copy: it stands in the routine that was called.
            let sites = place.inlined_at.iter().rev().skip(1);
            let sites = sites.map(|site| (site.routine, site.file, site.line));
            for (name, file, line) in sites.chain([(place.routine, place.file, place.line)]) {
                let number = numbering.number(&mut numbers, name, file, Some(line));
                numbering.copies.push(number);
            }
            let range = start..numbering.copies.len();
            numbering.inlined.insert(index, range);
        }
        numbering
    }

    /// The number of a routine. It is said to begin where it is first seen.
    fn number(
        &mut self,
        numbers: &mut HashMap<String, u32>,
        name: &str,
        file: &str,
        line: Option<usize>,
    ) -> u32 {
        if let Some(number) = numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        numbers.insert(name.to_owned(), number);
        self.names.push(Named {
            name: name.to_owned(),
            file: file.to_owned(),
            line,
        });
        number
    }

    /// The name of a frame.
    pub fn name(&self, frame: Frame) -> &str {
        match frame {
            Frame::Deeper => DEEPER,
            _ => self.named(frame).map_or(MAIN, |one| &one.name),
        }
    }

    /// The file and the line (from 1) at which a frame's routine begins, as far as they are known.
    pub fn beginning(&self, frame: Frame) -> (&str, Option<usize>) {
        self.named(frame)
            .map_or(("", None), |one| (one.file.as_str(), one.line))
    }

    fn named(&self, frame: Frame) -> Option<&Named> {
        match frame {
            Frame::Main => self.names.first(),
            Frame::Routine(number) => self.names.get(number as usize),
            Frame::Deeper => None,
        }
    }
}

impl Routines for Numbering {
    fn called(&self, entry: u32) -> u32 {
        self.called.get(&entry).copied().unwrap_or(0)
    }

    fn inlined(&self, index: u32) -> &[u32] {
        let range = self.inlined.get(&index).cloned();
        range
            .and_then(|range| self.copies.get(range))
            .unwrap_or_default()
    }
}
