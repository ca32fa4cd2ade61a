//! Encodings of programs: every instruction alone, pairs and triples of instructions, and random programs.

use crate::fusions::HEAD;
use crate::random::random_programs::{IDIOMS, instruction, lines, program};
use crate::text::{self, COMPUTED, make, numbered, plain};
use anyhow::{Context, Result};
use provable::circuit::encoding::Encoding;
use provable::lang::isa::{Op, OperandKind, SPECS};
use provable::lang::program::{Instruction, Program};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Random programs. The seed is fixed, so that a difference is found again.
const RANDOM: usize = 400;
/// Random triples.
const TRIPLES: usize = 2000;
/// Instructions of a long program.
pub const LONG: usize = 200;

/// Instructions of pairs and triples.
const PAIRED: &str = "PUSH 3,PUSH 0,POP,DUP,DUP 0,DUP 1,DUP 2,SWAP,SWAP 0,SWAP 1,SWAP 2,ADD,ADD 3,SUB,SUB 3,MUL,MULHI,LT,GT,EQ,\
     EQ 0,ROTR,ROTR 5,ROTL,AND,OR,XOR,NOT,SHL 5,SHR 27,DIV,JMP 0,JZ 0,JNZ 0,JC 0,JNC 0,CALL 0,RET,LOAD,LOAD 3,STORE,STORE 3,\
     LOADX,PUT,READ,SECRET,WRITE,ASSERT,NOP,HALT";

/// Long programs of groups of instructions. Each group has places at which instructions of jumps lead into it.
#[derive(Default)]
pub struct Joined {
    done: Vec<Program>,
    code: Vec<Instruction>,
    targets: Vec<usize>,
}

impl Joined {
    /// Adds a group, with a NOP before it.
    pub fn add(&mut self, group: &[Instruction], targets: &[usize]) {
        self.code.push(plain(Op::Nop));
        let here = self.code.len();
        self.targets
            .extend(targets.iter().map(|target| here + target));
        self.code.extend(group);
        if self.code.len() >= LONG {
            self.finish();
        }
    }

    /// Ends a program. Its last group comes before the jumps, unless there are none.
    pub fn finish(&mut self) {
        let targets = std::mem::take(&mut self.targets);
        let jumps = targets.into_iter();
        let jumps = jumps.map(|target| make(Op::Jnc, Some(target as u32)));
        self.code.extend(jumps);
        if !self.code.is_empty() {
            self.done.push(numbered(std::mem::take(&mut self.code)));
        }
    }

    /// All programs.
    pub fn programs(mut self) -> Vec<Program> {
        self.finish();
        self.done
    }
}

/// Every instruction with every operand of its kind that an encoder may treat in its own way.
fn singles() -> Vec<Instruction> {
    const HALF: u32 = 1 << 31;
    const LAST: u32 = u32::MAX;
    let mut all = Vec::new();
    for spec in &SPECS {
        let (none, words): (bool, &[u32]) = match spec.operand {
            OperandKind::None => (true, &[]),
            OperandKind::Word => (false, &[0, 1, 3, HALF, LAST]),
            OperandKind::Target => (
                false,
                &[0, 1, 2, 60, 1 << 24, HALF - 1, HALF, LAST - 1, LAST],
            ),
            OperandKind::OptionalWord => (true, &[0, 1, 5, 31, 32, 33, HALF, LAST]),
            OperandKind::OptionalOffset => (true, &[0, 1, 2, HALF - 1, HALF, HALF + 1, LAST]),
            OperandKind::OptionalAddress => (true, &[0, 1, 3, 7, HALF, LAST]),
            OperandKind::OptionalDepth(_) => (true, &[0, 1, 2, 3, 7, HALF, LAST - 1, LAST]),
        };
        all.extend(none.then(|| plain(spec.op)));
        all.extend(words.iter().map(|word| make(spec.op, *word)));
    }
    all
}

fn programs(rng: &mut StdRng) -> Vec<Program> {
    let mut all: Vec<Program> = IDIOMS.iter().map(|text| numbered(lines(text))).collect();
    let singles = singles();
    all.extend(singles.iter().map(|one| numbered(vec![*one])));
    all.push(Program::new([]));
    all.extend((0..RANDOM).map(|_| program(rng)));
    let mut joined = Joined::default();
    for one in &singles {
        joined.add(&[*one], &[]);
    }
    let paired = lines(PAIRED);
    for first in &paired {
        for second in &paired {
            joined.add(&[*first, *second], &[]);
            joined.add(&[*first, *second], &[1]);
        }
    }
    for _ in 0..TRIPLES {
        let triple = [(); 3].map(|()| match rng.gen_range(0..4) {
            0 => instruction(rng),
            _ => paired[rng.gen_range(0..paired.len())],
        });
        let targets: &[usize] = [&[][..], &[1], &[2]][rng.gen_range(0..3)];
        joined.add(&triple, targets);
    }
    all.extend(joined.programs());
    all
}

/// A program and its table: `Comparison.same_encoding`.
///
/// # Errors
/// When an entry is too large.
pub fn term(program: &Program) -> Result<String> {
    let encoding = Encoding::<i128>::new(program);
    // One more than the program takes, so that the table is padded.
    let longer = encoding.entries.len() + 1;
    let entries = encoding.table(longer).context("a table of that length")?;
    let mut numbers = Vec::new();
    for entry in entries {
        numbers.extend(text::entry(entry.bits, entry.operand)?);
    }
    let (code, table) = (text::code(program)?, text::numbers(numbers));
    Ok(format!("({code}, {table})"))
}

/// The name and the text of the file.
///
/// # Errors
/// When an entry is too large.
pub fn file() -> Result<(String, String)> {
    let rng = &mut StdRng::seed_from_u64(20);
    text("Encodings", &programs(rng))
}

/// A file that compares the encodings of programs.
///
/// # Errors
/// When an entry is too large.
pub fn text(name: &str, programs: &[Program]) -> Result<(String, String)> {
    let terms = programs.iter().map(term).collect::<Result<Vec<_>>>()?;
    let mut text = String::from(HEAD);
    text::definition(&mut text, "encodings", "ints * ints", &terms)?;
    text.push_str(
        "Example the_encodings_are_those_of_the_proof : forallb same_encoding encodings = true.\n",
    );
    text.push_str(COMPUTED);
    Ok((name.to_owned(), text))
}
