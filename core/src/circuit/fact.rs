//! Facts: what a bound rests on.

/// The facts of the argument in `docs/proof-system.md` on which a bound may rest or which a packed tuple serves, in the
/// order in which they are shown. The discriminant is the fact's number in that document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fact {
    /// Numbers, booleans, and choices of one of two.
    Selections = 1,
    /// A single value that is looked up is an entry of its table.
    Ranges = 2,
    /// The entries of the program table are the program's.
    Program = 3,
    /// A row's position, control bits and operand are those of one entry.
    Fetch = 4,
    /// A memory tuple has a unique decoding.
    MemoryTuples = 6,
    /// The tuples of the memory sum describe a memory.
    Memory = 9,
    /// What an instruction takes from the stack is a word, or the number under an empty stack.
    Words = 11,
    /// A question to the coprocessors and its answer belong together.
    Coprocessors = 12,
    /// The results of the coprocessors and of SHA-256 are right.
    Answers = 13,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Fact; 9] = [
        Fact::Selections,
        Fact::Ranges,
        Fact::Program,
        Fact::Fetch,
        Fact::MemoryTuples,
        Fact::Memory,
        Fact::Words,
        Fact::Coprocessors,
        Fact::Answers,
    ];

    /// What enforces a bound that rests on the fact, as the documentation says it.
    pub fn enforced_by(self) -> &'static str {
        match self {
            Fact::Selections => "constants, booleans and choices of the row",
            Fact::Ranges => "range lookups of the row",
            Fact::Program => "the program table",
            Fact::Fetch => "the fetch, and that of the row before",
            Fact::MemoryTuples | Fact::Memory => "the memory",
            Fact::Words => "what the memory gives is a word or 2^33",
            Fact::Coprocessors | Fact::Answers => "the coprocessors",
        }
    }

    /// The facts that this fact uses, in addition to the bounds in its tuples, which the ledger records.
    pub fn uses(self) -> &'static [Fact] {
        match self {
            Fact::Selections | Fact::Ranges => &[],
            Fact::Program => &[],
            Fact::Fetch => &[Fact::Program],
            Fact::MemoryTuples => &[],
            Fact::Memory => &[Fact::MemoryTuples, Fact::Fetch, Fact::Ranges],
            Fact::Words => &[Fact::Memory, Fact::Fetch, Fact::Ranges],
            Fact::Coprocessors => &[Fact::Fetch, Fact::Words],
            Fact::Answers => &[Fact::Ranges, Fact::Coprocessors],
        }
    }
}

/// A fact and the row that it is about. `Fetch` of a row rests on `Fetch` of the row before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Basis {
    /// The fact.
    pub fact: Fact,
    /// The row, for facts that are shown row by row; otherwise zero.
    pub row: usize,
}

impl Basis {
    /// A fact that holds for all rows at once.
    pub fn of(fact: Fact) -> Self {
        Basis { fact, row: 0 }
    }
}
