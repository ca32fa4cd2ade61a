//! What a text says by itself, with what is known of the files that it uses.

use super::node::{Node, Nodes, RoutineId};
use super::section::Section;
use super::symbols::{Symbol, Symbols};
use super::{Instruction, Program};
use crate::lang::diagnostics::{Code, Diagnostic, Severity};
use crate::lang::syntax::{Body, Operand, Span, Tree};
use std::ops::Range;
use std::sync::Arc;

/// The result of assembling a text. If the text has an error, everything that can be known is there, so that an editor
/// works while a line is being typed.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    /// The program, if the text is one by itself and has no error: it uses no file, and has no routines, no tests and
    /// nothing that the linker places. Any other program is the work of [`link`](crate::lang::link::link).
    pub program: Option<Program>,
    /// The diagnostics, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The names that the text defines.
    pub symbols: Symbols,
    /// The syntax tree.
    pub tree: Arc<Tree>,
    /// The sections. The first is the main code, which may be empty.
    pub sections: Vec<Section>,
    /// The uses of names of other files, in the order of the text.
    pub members: Vec<Member>,
    /// The `.loop` lines that stand before an instruction.
    pub loops: Vec<LoopLine>,
    /// The addresses of the data whose place the text chooses, in order.
    pub(super) data: Vec<Range<u64>>,
    /// What stands where instructions may; empty if there is a program.
    pub(super) code: Nodes,
    /// The line (from 0) of every node, malformed instructions included.
    pub(super) lines: Vec<u32>,
}

/// A use of a name of another file, such as `math.mul64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where the whole name stands.
    pub span: Span,
    /// The file that defines it, as an index among [`Modules::files`](crate::lang::modules::Modules::files).
    pub file: usize,
    /// The line of its definition there, from 0.
    pub line: usize,
}

/// A `.loop` line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoopLine {
    /// The instruction at which the loop begins.
    pub node: u32,
    /// Where the change is written.
    pub span: Span,
    /// The change of the depth each time.
    pub change: i64,
    /// How often the loop is begun, as it is written.
    pub times: Option<Operand>,
    /// How often the loop is begun, if that is known.
    pub count: Option<u64>,
}

impl Assembly {
    /// The line (from 0) of an instruction.
    pub fn line_of(&self, index: usize) -> Option<usize> {
        self.lines.get(index).map(|&line| line as usize)
    }

    /// The index of the instruction on a line (from 0), if there is one.
    pub fn instruction_on(&self, line: usize) -> Option<usize> {
        let line = u32::try_from(line).ok()?;
        self.lines.binary_search(&line).ok()
    }

    /// The bytes of an instruction: mnemonic and operand. For the index after the last: the end of the text.
    pub fn span_of(&self, index: usize) -> Range<usize> {
        let line = self
            .line_of(index)
            .and_then(|line| self.tree.lines().get(line));
        match line.and_then(|line| line.instruction_span()) {
            Some(span) => span.range(),
            None => self.tree.text().len()..self.tree.text().len(),
        }
    }

    /// The number of instructions in the text, malformed ones included. A line that stands for several is one.
    pub fn instruction_count(&self) -> usize {
        self.lines.len()
    }

    /// The instruction with this index; none if it is not known, or stands for several.
    pub fn instruction(&self, index: usize) -> Option<Instruction> {
        // Not by way of the node, which is ten times as large: the analysis asks for each instruction many times.
        match &self.program {
            Some(program) => program.instructions().get(index).copied(),
            None => self.code.instruction(index),
        }
    }

    /// What stands at this index.
    pub fn node(&self, index: usize) -> Node {
        match &self.program {
            Some(program) => match program.instructions().get(index) {
                Some(&instruction) => Node::Instruction(instruction),
                None => Node::Unknown,
            },
            None => self.code.get(index),
        }
    }

    /// The section of a line (from 0), as an index.
    pub fn section_at(&self, line: usize) -> usize {
        let after = self
            .sections
            .partition_point(|section| section.lines.start <= line);
        after.saturating_sub(1)
    }

    /// The section of an instruction, as an index.
    pub fn section_of(&self, index: usize) -> usize {
        self.line_of(index).map_or(0, |line| self.section_at(line))
    }

    /// The routine that a CALL or an `.inline` names.
    pub fn routine_of(&self, index: usize) -> Option<RoutineId> {
        match self.node(index) {
            Node::Call(invocation) | Node::Inline(invocation) => Some(invocation.routine),
            _ => None,
        }
    }

    /// The name that is defined or used at a byte offset, with its span. An offset at the end of the name counts.
    pub fn symbol_at(&self, offset: usize) -> Option<(&Symbol, Span)> {
        let number = self.tree.line_at(offset)?;
        let line = self.tree.lines().get(number)?;
        let scope = self.section_at(number);
        let spans = self.tree.names(line).filter(|span| span.touches(offset));
        spans
            .filter_map(|span| {
                let name = self.tree.slice(span);
                let whole = self.symbols.standing_at(scope, name, span);
                whole
                    .map(|symbol| (symbol, span))
                    .or_else(|| self.file_at(span, offset))
            })
            .next()
    }

    /// The file that the part before the dot of a member's name stands for.
    fn file_at(&self, span: Span, offset: usize) -> Option<(&Symbol, Span)> {
        let (alias, _) = self.tree.slice(span).split_once('.')?;
        let start = span.start as usize;
        let alias_span = Span::new(start, start + alias.len());
        let symbol = self.symbols.standing_at(0, alias, alias_span)?;
        alias_span.touches(offset).then_some((symbol, alias_span))
    }

    /// The use of a name of another file at a byte offset.
    pub fn member_at(&self, offset: usize) -> Option<Member> {
        let after = self
            .members
            .partition_point(|member| member.span.start as usize <= offset);
        let member = self.members.get(after.checked_sub(1)?)?;
        member.span.touches(offset).then_some(*member)
    }

    /// Whether data of the text, at a place that it chooses, have a word at an address when a run starts.
    pub fn holds_data(&self, address: u32) -> bool {
        let address = u64::from(address);
        let after = self.data.partition_point(|range| range.start <= address);
        let before = after.checked_sub(1).and_then(|at| self.data.get(at));
        before.is_some_and(|range| range.contains(&address))
    }

    /// Whether the text has an error.
    pub fn has_errors(&self) -> bool {
        self.program.is_none() && self.errors().next().is_some()
    }

    /// The first error outside of tests. The others concern no other section, and tests are never linked.
    pub fn first_error_outside_tests(&self) -> Option<&Diagnostic> {
        let mut errors = self.errors().filter(|_| self.program.is_none());
        errors.find(|one| self.test_with(one).is_none())
    }

    /// The tests that have errors, as indices among the sections.
    pub fn wrong_tests(&self) -> Vec<usize> {
        let mut tests: Vec<usize> = self
            .errors()
            .filter_map(|one| self.test_with(one))
            .collect();
        tests.dedup();
        tests
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let all = self.diagnostics.iter();
        all.filter(|one| one.severity == Severity::Error)
    }

    /// The test, as an index among the sections, that alone is concerned by a diagnostic. What belongs to the whole file
    /// is wrong in a test, and concerns the file all the same.
    fn test_with(&self, one: &Diagnostic) -> Option<usize> {
        let line = self.tree.line_at(one.span.start)?;
        let body = self.tree.lines().get(line)?.body;
        let is_of_file = matches!(
            body,
            Body::Use { .. }
                | Body::Constant { .. }
                | Body::Variable { .. }
                | Body::Data { .. }
                | Body::Words { .. }
                | Body::Bytes { .. }
        );
        let is_of_text = matches!(one.code, Code::TooMany | Code::TooLarge);
        let section = self.section_at(line);
        let is_test = self.sections.get(section).is_some_and(Section::is_test);
        (is_test && !is_of_file && !is_of_text).then_some(section)
    }
}
