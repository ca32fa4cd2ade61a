//! The items of routines.

use super::{Choices, Expr, Item, World};
use provable::lang::isa::Op;

/// What stands in a routine, or in the main code.
pub fn items(
    world: &mut World,
    choices: &mut Choices,
    routine: usize,
    has_loops: bool,
) -> Vec<Item> {
    let mut writer = Writer {
        world,
        choices,
        routine,
        has_loops,
        items: Vec::new(),
        labels: 0,
        depth: 0,
        stored: Vec::new(),
        local: None,
        is_growing: false,
    };
    writer.depth = writer.world.routines[routine].inputs;
    writer.block(3);
    writer.finish();
    if let Some(label) = writer.local {
        // What a CALL of a label reaches: it changes nothing, and comes back.
        writer.items.push(Item::Label(label));
        writer.op(Op::Push, 5);
        writer.items.push(Item::Op(Op::Pop, None));
        writer.items.push(Item::Op(Op::Ret, None));
    }
    writer.items
}

struct Writer<'a> {
    world: &'a mut World,
    choices: &'a mut Choices,
    routine: usize,
    has_loops: bool,
    items: Vec<Item>,
    labels: usize,
    /// The words on the stack.
    depth: usize,
    /// Variables of which it is sure that they are stored.
    stored: Vec<(usize, usize)>,
    /// The label of code that a CALL of a label reaches.
    local: Option<usize>,
    /// Whether it is in a loop that has other depths in each turn, in which nothing returns.
    is_growing: bool,
}

impl Writer<'_> {
    fn op(&mut self, op: Op, operand: usize) {
        let operand = Expr::Number(operand as i128);
        self.items.push(Item::Op(op, Some(operand)));
    }

    fn label(&mut self) -> usize {
        self.labels += 1;
        self.labels - 1
    }

    fn push(&mut self) {
        let operand = Expr::new(self.world, self.choices, self.routine);
        self.items.push(Item::Op(Op::Push, Some(operand)));
        self.depth += 1;
    }

    /// Makes the stack this deep.
    fn level(&mut self, depth: usize) {
        while self.depth > depth {
            self.items.push(Item::Op(Op::Pop, None));
            self.depth -= 1;
        }
        while self.depth < depth {
            self.push();
        }
    }

    /// The end of the routine, at any depth.
    fn finish(&mut self) {
        match self.world.routines[self.routine].outputs {
            Some(outputs) => {
                self.level(outputs);
                self.items.push(Item::Op(Op::Ret, None));
            }
            None => self.items.push(Item::Op(Op::Halt, None)),
        }
    }

    fn block(&mut self, fuel: usize) {
        let stored = self.stored.len();
        for _ in 0..self.choices.below(7) {
            if !self.choices.goes_on() || self.depth > 40 {
                break;
            }
            self.item(fuel);
        }
        self.stored.truncate(stored);
    }

    fn item(&mut self, fuel: usize) {
        let depth = self.depth;
        match self.choices.below(16) {
            1 if depth > 0 => {
                self.items.push(Item::Op(Op::Pop, None));
                self.depth -= 1;
            }
            2 if depth > 1 => {
                let op = self.choices.one(&[Op::Add, Op::Sub, Op::Xor, Op::Mul]);
                self.items.push(Item::Op(op, None));
                self.depth -= 1;
            }
            3 if depth > 0 => {
                let place = self.choices.below(depth);
                self.op(Op::Dup, place);
                self.depth += 1;
            }
            4 if depth > 1 => {
                let place = 1 + self.choices.below(depth - 1);
                self.op(Op::Swap, place);
            }
            5 if depth > 0 => {
                self.items.push(Item::Op(Op::Write, None));
                self.depth -= 1;
            }
            6 if depth > 0 => self.store(),
            7 if !self.stored.is_empty() => {
                let place = self.choices.below(self.stored.len());
                let (file, variable) = self.stored[place];
                self.items.push(Item::Variable(Op::Load, file, variable));
                self.depth += 1;
            }
            8 => self.datum(),
            9..=11 => self.call(),
            12 if fuel > 0 => self.branch(fuel),
            13 if fuel > 0 => self.turns(fuel),
            14 => {
                let label = match self.local {
                    Some(label) => label,
                    None => self.label(),
                };
                self.local = Some(label);
                self.items.push(Item::Jump(Op::Call, label));
            }
            _ => self.push(),
        }
    }

    fn store(&mut self) {
        let from = self.world.routines[self.routine].file;
        let file = self.world.file(self.choices, from);
        // Those of loops are not stored to.
        let names = &self.world.files[file].variables;
        let count = names.iter().filter(|name| name.starts_with('v')).count();
        if count == 0 {
            return;
        }
        let variable = self.choices.below(count);
        self.items.push(Item::Variable(Op::Store, file, variable));
        self.depth -= 1;
        self.stored.push((file, variable));
    }

    fn datum(&mut self) {
        let from = self.world.routines[self.routine].file;
        let file = self.world.file(self.choices, from);
        let count = self.world.files[file].data.len();
        if count == 0 {
            return;
        }
        let data = self.choices.below(count);
        let length = self.world.files[file].data[data].words.len();
        if self.choices.below(2) == 0 {
            self.items.push(Item::Push(file, data));
            self.depth += length;
        } else {
            let distance = self.choices.below(length);
            self.items.push(Item::Datum(file, data, distance));
            self.depth += 1;
        }
    }

    fn call(&mut self) {
        let behind = self.world.routines.len() - self.routine - 1;
        if behind == 0 {
            return;
        }
        let routine = self.routine + 1 + self.choices.below(behind);
        let called = &self.world.routines[routine];
        let (inputs, outputs, parameters) = (called.inputs, called.outputs, called.parameters);
        // Others know no private routines, and none of the main file.
        let is_own = called.name.starts_with('_') || called.file == 0;
        if is_own && called.file != self.world.routines[self.routine].file {
            return;
        }
        // What never comes back stands where nothing else has to.
        let skip = match outputs {
            None => {
                let skip = self.label();
                self.push();
                self.items.push(Item::Jump(Op::Jnz, skip));
                self.depth -= 1;
                Some(skip)
            }
            Some(_) => None,
        };
        let before = self.depth;
        self.level(before.max(inputs));
        let arguments = (0..parameters)
            .map(|_| Expr::new(self.world, self.choices, self.routine))
            .collect();
        let is_inline = self.choices.below(2) == 0;
        self.items.push(Item::Call {
            routine,
            arguments,
            is_inline,
        });
        match (skip, outputs) {
            (Some(skip), _) => {
                self.items.push(Item::Label(skip));
                self.depth = before;
            }
            (None, outputs) => self.depth = self.depth - inputs + outputs.unwrap_or(0),
        }
    }

    /// What is done or not, and may return.
    fn branch(&mut self, fuel: usize) {
        let skip = self.label();
        self.push();
        let jump = self.choices.one(&[Op::Jz, Op::Jnz]);
        self.items.push(Item::Jump(jump, skip));
        self.depth -= 1;
        let depth = self.depth;
        self.block(fuel - 1);
        match self.choices.below(4) {
            0 if !self.is_growing => self.finish(),
            1 => {
                // Around what nothing reaches.
                self.level(depth);
                let over = self.label();
                self.items.push(Item::Jump(Op::Jmp, over));
                self.items.push(Item::Label(skip));
                self.block(fuel - 1);
                self.level(depth);
                self.items.push(Item::Label(over));
                return;
            }
            _ => self.level(depth),
        }
        self.depth = depth;
        self.items.push(Item::Label(skip));
    }

    /// A loop of a few turns, which a variable of its own counts.
    fn turns(&mut self, fuel: usize) {
        let file = self.world.routines[self.routine].file;
        let variables = &mut self.world.files[file].variables;
        let counter = variables.len();
        variables.push(format!("c{counter}"));
        let (count, again) = (1 + self.choices.below(3), self.label());
        self.op(Op::Push, count);
        self.items.push(Item::Variable(Op::Store, file, counter));
        let grows = match self.has_loops {
            true => self.choices.below(3),
            false => 0,
        };
        let depth = self.depth;
        if grows > 0 {
            self.items.push(Item::Loop(grows, count));
        }
        self.items.push(Item::Label(again));
        let outer = self.is_growing;
        self.is_growing |= grows > 0;
        self.block(fuel - 1);
        self.is_growing = outer;
        self.level(depth + grows);
        self.items.push(Item::Variable(Op::Load, file, counter));
        self.op(Op::Push, 1);
        self.items.push(Item::Op(Op::Sub, None));
        self.op(Op::Dup, 0);
        self.items.push(Item::Variable(Op::Store, file, counter));
        self.items.push(Item::Jump(Op::Jnz, again));
        self.depth = depth + grows * count;
    }
}
