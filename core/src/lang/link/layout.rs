//! Gives every part of a program its place.

use super::instances::{Instances, Target};
use super::linked::{Copy, Label, Part, Place};
use super::names::Names;
use crate::lang::program::Instruction;
use hashbrown::HashMap;

/// The instructions of a program, and what is known of them.
#[derive(Default)]
pub(super) struct Emitted {
    pub code: Vec<Instruction>,
    pub places: Vec<Place>,
    pub copies: Vec<Copy>,
    pub parts: Vec<Part>,
    pub labels: Vec<Label>,
}

impl Instances {
    /// All instances, one after the other: the start, then by file and in the order of the text.
    pub fn layout(&self, order_of: &HashMap<usize, usize>, copies: Vec<Copy>) -> Emitted {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|&at| {
            let routine = self.list.get(at).and_then(|one| one.routine);
            let place = routine.map(|one| (order_of.get(&one.file).copied(), one.section, at));
            if at == 0 {
                (false, None)
            } else {
                (true, place)
            }
        });
        let mut starts = vec![0usize; self.list.len()];
        let mut length = 0;
        for &at in &order {
            if let (Some(start), Some(instance)) = (starts.get_mut(at), self.list.get(at)) {
                *start = length;
                length += instance.code.len();
            }
        }
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        // The names of parts are given before those of labels in them.
        let mut names = Names::default();
        for instance in &self.list {
            names.take(&instance.name);
        }
        let mut emitted = Emitted {
            copies,
            ..Emitted::default()
        };
        for &at in &order {
            let Some(instance) = self.list.get(at) else {
                continue;
            };
            let start = starts.get(at).copied().unwrap_or(0);
            for item in &instance.code {
                let operand = match item.target {
                    Target::None => None,
                    Target::Word(word) => Some(word),
                    Target::Offset(offset) => Some(index(start + offset)),
                    Target::Instance(other) => starts.get(other).map(|&start| index(start)),
                };
                emitted.code.push(Instruction {
                    op: item.op,
                    operand,
                });
                emitted.places.push(item.place);
            }
            let end = start + instance.code.len();
            if !instance.name.is_empty() {
                emitted.labels.push(Label {
                    index: index(start),
                    name: instance.name.clone(),
                });
            }
            let labels = instance.labels.iter().map(|(offset, name)| Label {
                index: index(start + offset),
                name: names.fresh(name),
            });
            emitted.labels.extend(labels);
            emitted.parts.push(Part {
                instructions: index(start)..index(end),
                name: instance.name.clone(),
                routine: instance.routine,
                values: instance.values.clone(),
            });
        }
        emitted.labels.sort_by_key(|label| label.index);
        emitted
    }
}
