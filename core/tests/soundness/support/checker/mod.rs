//! An independent checker of traces, written from `docs/language.md` and `docs/proof-system.md` alone. It shares no code with the
//! machine, the analysis, the encoding or the witness. It takes a program, the public tapes and the rows of a trace as raw
//! numbers, and keeps a stack, a heap and a call stack of its own. It decides whether the rows are a run of the program on the
//! tapes, and gives the first reason why not.
//!
//! Rows and instructions are judged apart from each other: each row does what its control bits say, and at the end of a
//! group of instructions that share rows the state has to be what the instructions leave, one by one.
//!
//! What is judged: the first state; each row's control bits and operand against the program; each column that means
//! something on that row, times of removed cells included; the next state; the tapes; that the machine halts, stays
//! halted to the last row, and has then read the whole input and written the whole output. Columns that a row does not
//! use may hold anything, and a push may claim a later time than its own, as the documentation says.

mod encoding;
mod groups;
mod judge;
mod read;
mod result;
mod sha256;
mod step;
mod text;

use encoding::{Place, places};
use groups::Group;
pub use read::rows;
pub use sha256::compress;
use text::Text;

use provable::lang::program::Instruction;
use std::collections::BTreeMap;
use std::fmt;

/// A raw column: an integer of either sign, or `None` for a field element that is no small one.
pub type Raw = Option<i64>;

/// The columns of a row by the names of the documentation; `result` is what the limbs of r add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub pc: Raw,
    pub depth: Raw,
    pub calls: Raw,
    pub read: Raw,
    pub written: Raw,
    pub top: Raw,
    pub flag: Raw,
    /// With the word of a coprocessor operation in its upper part.
    pub operand: Option<i128>,
    pub carry: Raw,
    pub fill: Raw,
    pub fill_age: Raw,
    pub age: Raw,
    pub set: Raw,
    pub bits: Vec<Raw>,
    pub result: Raw,
}

/// The statement of a proof.
#[derive(Clone, Copy, Debug)]
pub struct Claimed<'a> {
    pub program: &'a [Instruction],
    /// The words of the heap at the start.
    pub data: &'a [(u32, u32)],
    pub input: &'a [u32],
    pub output: &'a [u32],
}

/// Why the rows are no run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: usize,
    pub why: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}", self.row, self.why)
    }
}

/// The number in the top register while the stack is empty.
const EMPTY: i64 = 1 << 33;

/// A word and the time that its cell of the memory multiset has.
#[derive(Clone, Copy)]
struct Cell {
    word: u32,
    time: i64,
}

/// The state before a row, as the rows so far have made it.
struct State<'a> {
    claimed: Claimed<'a>,
    /// What each row of the program table does, and the groups of instructions that the rows belong to.
    places: Vec<Place>,
    groups: Vec<Group>,
    /// What the instructions of the text leave. It is compared at the end of each group.
    text: Text,
    pc: i64,
    flag: bool,
    stack: Vec<u32>,
    /// The time of the cell at each depth below this one. Cell 0 holds the number under an empty stack, cell i the
    /// word that was on top at depth i.
    times: Vec<i64>,
    heap: BTreeMap<u32, Cell>,
    /// Return addresses with the time of the CALL.
    calls: Vec<(i64, i64)>,
    read: usize,
    written: usize,
    halted: bool,
}

const UNDERFLOW: &str = "too few words on the stack";

type Judged = Result<(), &'static str>;

fn require(holds: bool, why: &'static str) -> Judged {
    holds.then_some(()).ok_or(why)
}

/// Whether the rows are a run of the program that reads the whole input and writes exactly the output.
///
/// # Errors
/// The first reason why not.
pub fn check(claimed: Claimed<'_>, rows: &[Row]) -> Result<(), Fault> {
    let (places, groups) = places(claimed.program);
    let mut state = State {
        claimed,
        places,
        groups,
        text: Text::of(claimed.data),
        pc: 0,
        flag: false,
        stack: Vec::new(),
        times: Vec::new(),
        heap: claimed
            .data
            .iter()
            .map(|(address, word)| {
                (
                    *address,
                    Cell {
                        word: *word,
                        time: 0,
                    },
                )
            })
            .collect(),
        calls: Vec::new(),
        read: 0,
        written: 0,
        halted: false,
    };
    for (index, row) in rows.iter().enumerate() {
        let judged = state.matches(row).and_then(|()| state.advance(row, index));
        judged.map_err(|why| Fault { row: index, why })?;
    }
    let row = rows.len().saturating_sub(1);
    state.ended().map_err(|why| Fault { row, why })
}

impl State<'_> {
    /// The state columns of a row against the state that the rows before it left.
    fn matches(&self, row: &Row) -> Judged {
        require(row.pc == Some(self.pc), "pc is not the next instruction's")?;
        let depth = self.stack.len() as i64;
        require(row.depth == Some(depth), "depth is not the stack's")?;
        let calls = self.calls.len() as i64;
        require(row.calls == Some(calls), "calls is not the open calls'")?;
        let read = self.read as i64;
        require(row.read == Some(read), "read is not the words read so far")?;
        let written = self.written as i64;
        require(
            row.written == Some(written),
            "written is not the words written so far",
        )?;
        require(row.top == Some(self.top()), "top is not the top word")?;
        require(
            row.flag == Some(i64::from(self.flag)),
            "flag is not the carry flag",
        )
    }

    /// What the top register holds.
    fn top(&self) -> i64 {
        self.stack.last().map_or(EMPTY, |word| i64::from(*word))
    }

    fn ended(&self) -> Judged {
        require(self.halted, "the last row has not halted")?;
        require(
            self.read == self.claimed.input.len(),
            "public input is left unread",
        )?;
        require(
            self.written == self.claimed.output.len(),
            "the public output has more words than were written",
        )
    }
}
