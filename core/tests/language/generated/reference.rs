//! What a program means, told from its items: nothing is linked here.

use super::{Item, World};
use provable::lang::isa::Op;
use std::collections::HashMap;

/// What a run leaves.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Left {
    pub stack: Vec<u32>,
    pub output: Vec<u32>,
}

struct Run<'a> {
    world: &'a World,
    left: Left,
    /// By file, by whether it is data, and by place; then the distance.
    heap: HashMap<(usize, bool, usize, usize), u32>,
}

/// Runs a program.
pub fn run(world: &World) -> Left {
    let mut run = Run {
        world,
        left: Left::default(),
        heap: HashMap::new(),
    };
    for (file, one) in world.files.iter().enumerate() {
        for (place, data) in one.data.iter().enumerate() {
            for (distance, &word) in data.words.iter().enumerate() {
                run.heap.insert((file, true, place, distance), word);
            }
        }
    }
    run.routine(0, &[]);
    run.left
}

fn word(number: i128) -> u32 {
    u32::try_from(number).unwrap_or_else(|_| i32::try_from(number).expect("a word") as u32)
}

impl Run<'_> {
    fn pop(&mut self) -> u32 {
        self.left.stack.pop().expect("a word on the stack")
    }

    /// Whether it came back.
    fn routine(&mut self, routine: usize, parameters: &[i128]) -> bool {
        let world = self.world;
        let items = &world.routines[routine].items;
        let place_of = |label: usize| {
            let is_it = |item: &Item| matches!(item, Item::Label(one) if *one == label);
            items.iter().position(is_it).expect("a label")
        };
        let mut calls = Vec::new();
        let mut at = 0;
        loop {
            let item = &items[at];
            at += 1;
            match item {
                Item::Label(_) | Item::Loop(..) => {}
                Item::Op(Op::Halt, _) => return false,
                Item::Op(Op::Ret, _) => match calls.pop() {
                    Some(back) => at = back,
                    None => return true,
                },
                Item::Op(op, operand) => {
                    let operand = operand.as_ref();
                    let operand = operand.map(|one| word(one.value(world, parameters)));
                    self.op(*op, operand.unwrap_or(0));
                }
                Item::Variable(Op::Store, file, place) => {
                    let word = self.pop();
                    self.heap.insert((*file, false, *place, 0), word);
                }
                Item::Variable(_, file, place) => {
                    let word = self.heap[&(*file, false, *place, 0)];
                    self.left.stack.push(word);
                }
                Item::Datum(file, place, distance) => {
                    let word = self.heap[&(*file, true, *place, *distance)];
                    self.left.stack.push(word);
                }
                Item::Jump(Op::Call, label) => {
                    calls.push(at);
                    at = place_of(*label);
                }
                Item::Jump(op, label) => {
                    let jumps = match op {
                        Op::Jz => self.pop() == 0,
                        Op::Jnz => self.pop() != 0,
                        _ => true,
                    };
                    if jumps {
                        at = place_of(*label);
                    }
                }
                Item::Call {
                    routine, arguments, ..
                } => {
                    let values: Vec<i128> = arguments
                        .iter()
                        .map(|one| one.value(world, parameters))
                        .collect();
                    if !self.routine(*routine, &values) {
                        return false;
                    }
                }
                Item::Push(file, place) => {
                    let words = &world.files[*file].data[*place].words;
                    self.left.stack.extend(words.iter().rev());
                }
            }
        }
    }

    fn op(&mut self, op: Op, operand: u32) {
        match op {
            Op::Push => self.left.stack.push(operand),
            Op::Pop => drop(self.pop()),
            Op::Write => {
                let word = self.pop();
                self.left.output.push(word);
            }
            Op::Dup => {
                let place = self.left.stack.len() - 1 - operand as usize;
                self.left.stack.push(self.left.stack[place]);
            }
            Op::Swap => {
                let top = self.left.stack.len() - 1;
                self.left.stack.swap(top, top - operand as usize);
            }
            _ => {
                let (b, a) = (self.pop(), self.pop());
                self.left.stack.push(match op {
                    Op::Add => a.wrapping_add(b),
                    Op::Sub => a.wrapping_sub(b),
                    Op::Mul => a.wrapping_mul(b),
                    Op::Xor => a ^ b,
                    other => panic!("no program here has {other:?}"),
                });
            }
        }
    }
}
