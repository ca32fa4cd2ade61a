//! A snapshot: a text and everything that is known of it without running it.

use provable::lang::analysis::{Analysis, analyse};
use provable::lang::isa::Op;
use provable::lang::line_index::LineIndex;
use provable::lang::modules::{Modules, Parsed};
use provable::lang::program::{Assembly, assemble_file};
use provable::lang::syntax::{Body, Line};
use std::ops::Range;
use std::sync::Arc;

/// A text, assembled and analysed. It is made once for each version of a document and never changes.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The text and the files that it uses. The text itself is the first.
    pub modules: Arc<Modules>,
    /// The tree, the names, the program, and the errors of the text.
    pub assembly: Arc<Assembly>,
    /// Stack depths, and the findings of the analysis.
    pub analysis: Analysis,
    /// Where the lines begin.
    pub lines: LineIndex,
}

impl Snapshot {
    /// Makes the snapshot of a text. A text over the size limit counts as empty, with one diagnostic.
    pub fn new(text: &str) -> Self {
        Snapshot::of(Modules::alone(Arc::new(Parsed::new(text))))
    }

    /// Makes the snapshot of a text that comes from an earlier one by a few edits. The result is that of
    /// [`Snapshot::new`]; the work is less.
    pub fn after(earlier: &Snapshot, text: &str) -> Self {
        let parsed = Parsed::edited(&earlier.assembly.tree, text);
        Snapshot::of(Modules::alone(Arc::new(parsed)))
    }

    /// Makes the snapshot of the main file of a program.
    pub fn of(modules: Modules) -> Self {
        let assembly = Arc::new(assemble_file(&modules, 0));
        let analysis = analyse(&assembly);
        let lines = assembly.tree.line_index();
        Snapshot {
            modules: Arc::new(modules),
            assembly,
            analysis,
            lines,
        }
    }

    /// The snapshot of the same text when files that it uses changed in what it does not see of them: in no way that
    /// [`Modules::unchanged_since`] knows of.
    pub fn among(&self, modules: Modules) -> Self {
        Snapshot {
            modules: Arc::new(modules),
            ..self.clone()
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.assembly.tree.text()
    }

    /// The lines of the tree. If the text ends with a line end, this is one line fewer than an editor counts.
    pub(super) fn rows(&self) -> &[Line] {
        self.assembly.tree.lines()
    }

    /// The nearest offset at or before this one that is in the text and between characters.
    pub(super) fn clamp(&self, offset: usize) -> usize {
        let text = self.text();
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The lines (from 0) that a range touches. An empty range touches its own line. A range that ends at the start of
    /// a line does not touch that line.
    pub(super) fn lines_in(&self, range: &Range<usize>) -> Range<usize> {
        let rows = self.rows();
        let start = range.start.min(self.text().len());
        let first = rows.partition_point(|row| row.span.end as usize <= start);
        // If the text does not end with a line end, a cursor at the end of the text is on the last line.
        let is_at_end = start == self.text().len() && !self.text().ends_with(['\n', '\r']);
        let first = if is_at_end {
            first.min(rows.len().saturating_sub(1))
        } else {
            first
        };
        let last = rows.partition_point(|row| (row.span.start as usize) < range.end.max(start + 1));
        first..last.max(first)
    }

    /// The first instruction (by index) on a line or after it. If there is none, the number of instructions.
    pub(super) fn first_instruction_from(&self, line: usize) -> usize {
        let assembly = &self.assembly;
        let (mut low, mut high) = (0, assembly.instruction_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if assembly.line_of(middle).is_some_and(|at| at < line) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The operation of an instruction, if its mnemonic is known.
    pub(super) fn op(&self, index: usize) -> Option<Op> {
        let line = self.rows().get(self.assembly.line_of(index)?)?;
        match line.body {
            Body::Instruction { op, .. } => op,
            _ => None,
        }
    }
}

/// Whether two ranges share a byte or touch. A cursor at the end of a word touches it.
pub(super) fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}
