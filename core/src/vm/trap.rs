//! Why a run can end without halting.

use thiserror::Error;

/// A run that ended without halting: the reason and the place.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{reason}", place(*pc, *line))]
pub struct Trap {
    /// Why.
    pub reason: TrapReason,
    /// The index of the instruction that trapped, or the program's length for a trap at its end.
    pub pc: u32,
    /// The source line of that instruction (the last line, at the end); `None` for an empty program, and for data
    /// that are too large.
    pub line: Option<u32>,
}

fn place(pc: u32, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("line {line} (instruction {pc}): "),
        None => String::new(),
    }
}

/// Why an instruction, or the run, cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TrapReason {
    /// Fewer words on the stack than the instruction takes.
    #[error("the instruction needs {}, the stack holds {depth}", words(*needs))]
    StackUnderflow {
        /// Words that it takes.
        needs: u64,
        /// Words that there are.
        depth: usize,
    },
    /// DIV or MOD by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// SHL, SHR, ROTL or ROTR by 32 bits or more.
    #[error("shift by {distance} bits; a word has 32, and the longest shift is 31")]
    ShiftTooLong {
        /// Bits asked for.
        distance: u32,
    },
    /// LOAD or LOADX from an address, or SHA256 of a word, that was never stored.
    #[error("nothing was ever stored at address {address}")]
    NeverStored {
        /// The address.
        address: u32,
    },
    /// LOADX or PUT at a sum that is no address.
    #[error("{base} and the offset {offset} make no address; addresses are from 0 to 4294967295")]
    NoAddress {
        /// The address on the stack.
        base: u32,
        /// The operand.
        offset: i32,
    },
    /// SHA256 with words past the last address.
    #[error("{words} words from address {address} on pass the last address, 4294967295")]
    PastTheLastAddress {
        /// The address of the first word.
        address: u32,
        /// The number of words.
        words: usize,
    },
    /// SHA256 with words that belong to both the state and the block.
    #[error("the 8 words of the state at {state} and the 16 words of the block at {block} overlap")]
    WordsOverlap {
        /// The address of the state.
        state: u32,
        /// The address of the block.
        block: u32,
    },
    /// A jump taken, or a CALL, to a place beyond the end.
    #[error("jump to {target}, outside the program, which ends at {length}")]
    JumpOutside {
        /// The index jumped to.
        target: u32,
        /// The program's length, the last index one can jump to.
        length: usize,
    },
    /// RET with no CALL to come back from.
    #[error("RET without an open CALL")]
    NoOpenCall,
    /// READ after the last public word.
    #[error("no public input is left; {} read", were(*read))]
    PublicInputExhausted {
        /// Words that were read before.
        read: usize,
    },
    /// SECRET after the last secret word.
    #[error("no secret input is left; {} read", were(*read))]
    SecretInputExhausted {
        /// Words that were read before.
        read: usize,
    },
    /// ASSERT of zero.
    #[error("the assertion failed: the top of the stack is 0")]
    AssertionFailed,
    /// The program halts before it read all of its public input, so it would not be what a proof speaks of.
    #[error("the program halts with {} of public input left unread", words(*left as u64))]
    PublicInputUnread {
        /// Words left.
        left: usize,
    },
    /// An instruction that cannot do without an operand has none. No assembled program has one of these.
    #[error("the instruction has no operand")]
    OperandMissing,
    /// The run would take more steps than it may.
    #[error("the limit of {limit} steps is reached")]
    StepLimit {
        /// Steps it may take.
        limit: u64,
    },
    /// The program's data alone take more bytes than the run may.
    #[error("the program's data, {}, take more than the memory limit of {limit} bytes", words(*count as u64))]
    DataTooLarge {
        /// Words of data.
        count: usize,
        /// Bytes that the run may take.
        limit: usize,
    },
    /// The stacks, the heap and the output would take more bytes than they may.
    #[error("the memory limit of {limit} bytes is reached")]
    MemoryLimit {
        /// Bytes they may take.
        limit: usize,
    },
}

impl TrapReason {
    /// The kind of trap that a test expects by this word; one of
    /// [`TRAP_KINDS`](crate::lang::syntax::TRAP_KINDS).
    pub fn kind(&self) -> &'static str {
        match self {
            TrapReason::StackUnderflow { .. } => "UNDERFLOW",
            TrapReason::DivisionByZero => "DIVISION",
            TrapReason::ShiftTooLong { .. } => "SHIFT",
            TrapReason::NeverStored { .. } | TrapReason::NoAddress { .. } => "ADDRESS",
            TrapReason::PastTheLastAddress { .. } | TrapReason::WordsOverlap { .. } => "SHA256",
            // No assembled program has an instruction without its operand.
            TrapReason::JumpOutside { .. } | TrapReason::OperandMissing => "TARGET",
            TrapReason::NoOpenCall => "RETURN",
            TrapReason::PublicInputExhausted { .. } => "PUBLIC",
            TrapReason::SecretInputExhausted { .. } => "SECRET",
            TrapReason::PublicInputUnread { .. } => "UNREAD",
            TrapReason::AssertionFailed => "ASSERT",
            TrapReason::StepLimit { .. } => "STEPS",
            TrapReason::DataTooLarge { .. } | TrapReason::MemoryLimit { .. } => "MEMORY",
        }
    }

    /// The reason without its numbers, which may be words of a run: for logs.
    pub fn name(&self) -> &'static str {
        match self {
            TrapReason::StackUnderflow { .. } => "stack underflow",
            TrapReason::DivisionByZero => "division by zero",
            TrapReason::ShiftTooLong { .. } => "shift too long",
            TrapReason::NeverStored { .. } => "never stored",
            TrapReason::NoAddress { .. } => "no address",
            TrapReason::PastTheLastAddress { .. } => "past the last address",
            TrapReason::WordsOverlap { .. } => "words overlap",
            TrapReason::JumpOutside { .. } => "jump outside",
            TrapReason::NoOpenCall => "no open call",
            TrapReason::PublicInputExhausted { .. } => "public input exhausted",
            TrapReason::SecretInputExhausted { .. } => "secret input exhausted",
            TrapReason::AssertionFailed => "assertion failed",
            TrapReason::PublicInputUnread { .. } => "public input unread",
            TrapReason::OperandMissing => "operand missing",
            TrapReason::StepLimit { .. } => "step limit",
            TrapReason::DataTooLarge { .. } => "data too large",
            TrapReason::MemoryLimit { .. } => "memory limit",
        }
    }
}

fn words(count: u64) -> String {
    if count == 1 {
        "1 word".into()
    } else {
        format!("{count} words")
    }
}

fn were(count: usize) -> String {
    if count == 1 {
        "1 word was".into()
    } else {
        format!("{count} words were")
    }
}
