//! Encodings of groups of instructions that become fewer rows, and of those that are almost such groups.

use crate::encodings::{self, Joined};
use crate::random::random_programs::lines;
use crate::text::{make, numbered, plain};
use anyhow::Result;
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};

/// The beginning of a file that compares encodings.
pub const HEAD: &str = "From Coq Require Import List Uint63.
From ProvableVM Require Import Comparison.
Import ListNotations.
";

/// Distances of shifts. Most pairs of them are no rotation.
const SHIFTS: [u32; 7] = [0, 1, 5, 27, 31, 32, 33];
/// What joins the two parts. The last does not.
const JOINS: [&str; 4] = ["OR", "XOR", "ADD", "ADD 1"];
/// What may read C after a rotation, or set it. What follows that does the other, so that it shows where the search ends.
const AFTER: [&str; 13] = [
    "HALT,JC 99999",
    "ADD,JC 99999",
    "ADD 1,JC 99999",
    "SUB,JC 99999",
    "MUL,JC 99999",
    "MUL 3,JC 99999",
    "JMP 99999,MUL",
    "JZ 99999,MUL",
    "JC 99999,MUL",
    "RET,MUL",
    "CALL 99999,MUL",
    "NOP,JC 99999,MUL",
    "DIV,SHL,EQ,WRITE,NOP,JNC 99999,MUL",
];
/// A word that is made for STORE, and an address.
const MADE: &str = "PUSH 3,LOAD 7,LOAD,DUP,DUP 0,DUP 1,DUP 2,DUP 3,DUP 4294967294,DUP 4294967295,SWAP,SWAP 0,SWAP 1,NOT,POP,STORE 7";

/// A rotation, or almost.
#[derive(Clone, Copy)]
struct Rotation<'a> {
    depth: u32,
    again: Instruction,
    left_first: bool,
    shifts: [u32; 2],
    /// Whether the shifts' distances are pushed.
    pushed: [bool; 2],
    join: &'a str,
    /// Whether a DUP 0 comes before it.
    copied: bool,
}

impl Rotation<'_> {
    fn code(&self) -> Vec<Instruction> {
        let [by, rest] = self.shifts;
        let [first, second] = match self.left_first {
            true => [Op::Shl, Op::Shr],
            false => [Op::Shr, Op::Shl],
        };
        let shift = |op, by, pushed| match pushed {
            true => vec![make(Op::Push, Some(by)), plain(op)],
            false => vec![make(op, Some(by))],
        };
        let mut code = Vec::new();
        code.extend(self.copied.then(|| make(Op::Dup, 0)));
        code.push(make(Op::Dup, self.depth));
        code.extend(shift(first, by, self.pushed[0]));
        code.push(self.again);
        code.extend(shift(second, rest, self.pushed[1]));
        code.extend(lines(self.join));
        code
    }
}

/// Every depth, second copy and direction.
fn shapes() -> Vec<(u32, Instruction, bool)> {
    let depths = 0..3u32;
    let shapes = depths.flat_map(|depth| {
        let again = [
            make(Op::Swap, 1),
            plain(Op::Swap),
            make(Op::Swap, 2),
            make(Op::Dup, depth),
            make(Op::Dup, depth + 1),
            make(Op::Dup, depth + 2),
        ];
        again.map(|again| [true, false].map(|left_first| (depth, again, left_first)))
    });
    shapes.flatten().collect()
}

fn rotations(joined: &mut Joined, ends: &mut Vec<Program>) {
    let forms = [[false, false], [true, false], [false, true], [true, true]];
    let mut number = 0;
    for (depth, again, left_first) in shapes() {
        let mut rotation = Rotation {
            depth,
            again,
            left_first,
            shifts: [5, 27],
            pushed: [false, false],
            join: "OR",
            copied: false,
        };
        // All distances; the forms in turn.
        for shifts in SHIFTS.iter().flat_map(|by| SHIFTS.map(|rest| [*by, rest])) {
            for join in JOINS {
                number += 1;
                rotation = Rotation {
                    shifts,
                    join,
                    pushed: forms[number % 4],
                    copied: number / 4 % 2 == 1,
                    ..rotation
                };
                joined.add(&rotation.code(), &[]);
            }
        }
        // All forms; and what follows.
        for (pushed, join) in forms
            .iter()
            .flat_map(|form| JOINS.map(|join| (*form, join)))
        {
            for copied in [false, true] {
                rotation = Rotation {
                    shifts: [5, 27],
                    pushed,
                    join,
                    copied,
                    ..rotation
                };
                let code = rotation.code();
                ends.push(numbered(code.clone()));
                // A jump into the middle.
                number += 1;
                joined.add(&code, &[number % code.len()]);
                if again.op == Op::Swap && depth > 0 {
                    continue;
                }
                for after in AFTER {
                    let mut code = code.clone();
                    code.extend(lines(after));
                    joined.add(&code, &[]);
                }
            }
        }
    }
}

/// Operations on a fixed word in every form, of the word or of its copy, and tests of what they leave.
fn fixed_words(joined: &mut Joined) {
    for spec in SPECS
        .iter()
        .filter(|spec| spec.operand == OperandKind::OptionalWord)
    {
        for word in [0, 1, 5, 31, 32, 33, u32::MAX] {
            let push = make(Op::Push, word);
            let op = plain(spec.op);
            let forms = [
                vec![make(spec.op, word)],
                vec![push, op],
                vec![push, plain(Op::Swap), op],
                vec![push, make(Op::Swap, 1), op],
                vec![push, make(Op::Swap, 2), op],
                vec![push, make(spec.op, word)],
                vec![make(Op::Swap, 1), op],
                vec![make(Op::Swap, 1), make(spec.op, word)],
            ];
            for form in forms {
                joined.add(&form, &[]);
                let mut copied = vec![make(Op::Dup, 0)];
                copied.extend(&form);
                joined.add(&copied, &[]);
                joined.add(&copied, &[1]);
                if spec.op == Op::Eq || word == 0 {
                    for test in ["JZ 4", "JNZ 4", "ASSERT", "JC 4"] {
                        for mut code in [form.clone(), copied.clone()] {
                            code.extend(lines(test));
                            joined.add(&code, &[]);
                            joined.add(&code, &[code.len() - 1]);
                        }
                    }
                }
            }
        }
    }
}

/// STORE after what makes its words, and what comes after STORE.
fn stores(joined: &mut Joined) {
    let made = lines(MADE);
    let store = plain(Op::Store);
    for word in &made {
        joined.add(&[*word, store], &[]);
        for address in &made {
            let code = [*word, *address, store];
            joined.add(&code, &[]);
            joined.add(&code, &[1]);
            joined.add(&code, &[2]);
            joined.add(&[*word, *address, make(Op::Store, 7)], &[]);
        }
    }
    let places = [None, Some(0), Some(7), Some(8), Some(u32::MAX)];
    for (stored, loaded) in places
        .iter()
        .flat_map(|stored| places.map(|loaded| (*stored, loaded)))
    {
        joined.add(&[make(Op::Store, stored), make(Op::Load, loaded)], &[]);
        joined.add(&[make(Op::Store, stored), make(Op::Load, loaded)], &[1]);
    }
}

/// The name and the text of the file.
///
/// # Errors
/// When an entry is too large.
pub fn file() -> Result<(String, String)> {
    let (mut joined, mut programs) = (Joined::default(), Vec::new());
    rotations(&mut joined, &mut programs);
    fixed_words(&mut joined);
    stores(&mut joined);
    programs.extend(joined.programs());
    encodings::text("Fusions", &programs)
}
