//! What is known of a file while it is assembled.

use super::assembly::{LoopLine, Member};
use super::data::DataBlocks;
use super::section::Section;
use super::symbols::Symbols;
use crate::lang::diagnostics::Sink;
use crate::lang::modules::{Evaluator, Modules};
use crate::lang::syntax::{Span, Tree};

/// Assembles a file. Each kind of line has its methods in a file of its own.
pub(super) struct Assembler<'a> {
    pub(super) file: usize,
    pub(super) modules: &'a Modules,
    pub(super) tree: &'a Tree,
    pub(super) symbols: Symbols,
    pub(super) sections: &'a [Section],
    /// The section of the line at hand.
    pub(super) scope: usize,
    /// Whether an index in the text need not be that of the program.
    pub(super) is_movable: bool,
    pub(super) evaluator: Evaluator<'a>,
    pub(super) sink: Sink,
    pub(super) data: DataBlocks,
    pub(super) suggestions: usize,
    /// `.use` lines that cannot be read.
    pub(super) unread_uses: Vec<Span>,
    pub(super) members: Vec<Member>,
    pub(super) loops: Vec<LoopLine>,
    /// A `.loop` line for the next instruction.
    pub(super) pending_loop: Option<LoopLine>,
}
