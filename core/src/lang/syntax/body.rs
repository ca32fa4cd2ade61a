//! What stands on a line, labels and comments aside.

use super::directive::Directive;
use super::operand::Operand;
use super::span::Span;
use crate::lang::isa::Op;

/// A tape of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tape {
    /// The public input.
    Public,
    /// The secret input.
    Secret,
    /// The public output.
    Output,
}

/// What stands on a line, labels and comments aside. Of directives that are malformed, the parts that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// An instruction, or a word in place of one.
    Instruction {
        /// The mnemonic as written.
        mnemonic: Span,
        /// The operation, if there is one with this mnemonic.
        op: Option<Op>,
        /// The operand, if one is given.
        operand: Option<Operand>,
        /// The arguments after the target of a CALL, with the commas between them; [`Tree::arguments`] has each.
        ///
        /// [`Tree::arguments`]: super::Tree::arguments
        arguments: Option<Span>,
    },
    /// `.const NAME value`
    Constant {
        /// The word `.const`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// Its value.
        value: Option<Operand>,
    },
    /// `.use "PATH" as NAME`
    Use {
        /// The word `.use`.
        keyword: Span,
        /// The path, with its quotes.
        path: Option<Span>,
        /// The name for the file.
        alias: Option<Span>,
    },
    /// `.var NAME size at ADDRESS`
    Variable {
        /// The word `.var`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// The number of words; 1 if none is given.
        size: Option<Operand>,
        /// The address of the first word, if the text chooses it.
        address: Option<Operand>,
    },
    /// `.data NAME at ADDRESS word, ...`
    Data {
        /// The word `.data`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// The word `at`.
        at: Option<Span>,
        /// The address of the first word, if the text chooses it.
        address: Option<Operand>,
        /// The words with the commas between them; [`Tree::items`](super::Tree::items) has each.
        items: Option<Span>,
    },
    /// `.words word, ...`
    Words {
        /// The word `.words`.
        keyword: Span,
        /// The words with the commas between them; [`Tree::items`](super::Tree::items) has each.
        items: Option<Span>,
    },
    /// `.bytes "text"`
    Bytes {
        /// The word `.bytes`.
        keyword: Span,
        /// The text, with its quotes.
        text: Option<Span>,
    },
    /// `.routine NAME ( before -- after ) PARAMETER, ...`
    Routine {
        /// The word `.routine`.
        keyword: Span,
        /// The name it defines.
        name: Option<Span>,
        /// The effect, with its brackets; [`Tree::effect`](super::Tree::effect) has its parts.
        effect: Option<Span>,
        /// The parameters, with the commas between them.
        parameters: Option<Span>,
    },
    /// `.inline ROUTINE argument, ...`
    Inline {
        /// The word `.inline`.
        keyword: Span,
        /// The routine.
        target: Option<Span>,
        /// The arguments, with the commas between them.
        arguments: Option<Span>,
    },
    /// `.push DATA`
    Push {
        /// The word `.push`.
        keyword: Span,
        /// The data.
        target: Option<Span>,
    },
    /// `.loop +WORDS, times`
    Loop {
        /// The word `.loop`.
        keyword: Span,
        /// The change of the depth each time, with its sign.
        change: Option<Span>,
        /// How often the loop is begun.
        times: Option<Operand>,
    },
    /// `.test "TITLE" ROUTINE ( before -- after ) argument, ...`
    Test {
        /// The word `.test`.
        keyword: Span,
        /// The title, with its quotes.
        title: Option<Span>,
        /// The routine.
        target: Option<Span>,
        /// The values, with their brackets; [`Tree::values`](super::Tree::values) has each.
        values: Option<Span>,
        /// The arguments, with the commas between them.
        arguments: Option<Span>,
    },
    /// `.public`, `.secret` or `.output`, with words.
    Tape {
        /// The directive's word.
        keyword: Span,
        /// Which tape.
        tape: Tape,
        /// The words, with the commas between them.
        items: Option<Span>,
    },
    /// `.traps KIND at LABEL`
    Traps {
        /// The word `.traps`.
        keyword: Span,
        /// The kind of trap.
        kind: Option<Span>,
        /// The label or routine.
        place: Option<Span>,
    },
    /// `.within rows`
    Within {
        /// The word `.within`.
        keyword: Span,
        /// The most rows.
        rows: Option<Operand>,
    },
    /// Anything else. There is a diagnostic for it.
    Malformed,
}

impl Body {
    /// The words of a line of data, or of a tape, with the commas between them.
    pub fn items(&self) -> Option<Span> {
        match *self {
            Body::Data { items, .. } | Body::Words { items, .. } | Body::Tape { items, .. } => {
                items
            }
            _ => None,
        }
    }

    /// The arguments to a routine, with the commas between them.
    pub fn arguments(&self) -> Option<Span> {
        match *self {
            Body::Instruction { arguments, .. }
            | Body::Inline { arguments, .. }
            | Body::Test { arguments, .. } => arguments,
            _ => None,
        }
    }

    /// The directive of the line, if it has one.
    pub fn directive(&self) -> Option<Directive> {
        Some(match self {
            Body::Empty | Body::Malformed | Body::Instruction { .. } => return None,
            Body::Constant { .. } => Directive::Const,
            Body::Use { .. } => Directive::Use,
            Body::Variable { .. } => Directive::Var,
            Body::Data { .. } => Directive::Data,
            Body::Words { .. } => Directive::Words,
            Body::Bytes { .. } => Directive::Bytes,
            Body::Routine { .. } => Directive::Routine,
            Body::Inline { .. } => Directive::Inline,
            Body::Push { .. } => Directive::Push,
            Body::Loop { .. } => Directive::Loop,
            Body::Test { .. } => Directive::Test,
            Body::Tape { tape, .. } => match tape {
                Tape::Public => Directive::Public,
                Tape::Secret => Directive::Secret,
                Tape::Output => Directive::Output,
            },
            Body::Traps { .. } => Directive::Traps,
            Body::Within { .. } => Directive::Within,
        })
    }

    /// The word of the directive or the mnemonic.
    pub fn keyword(&self) -> Option<Span> {
        match *self {
            Body::Empty | Body::Malformed => None,
            Body::Instruction {
                mnemonic: keyword, ..
            }
            | Body::Constant { keyword, .. }
            | Body::Use { keyword, .. }
            | Body::Variable { keyword, .. }
            | Body::Data { keyword, .. }
            | Body::Words { keyword, .. }
            | Body::Bytes { keyword, .. }
            | Body::Routine { keyword, .. }
            | Body::Inline { keyword, .. }
            | Body::Push { keyword, .. }
            | Body::Loop { keyword, .. }
            | Body::Test { keyword, .. }
            | Body::Tape { keyword, .. }
            | Body::Traps { keyword, .. }
            | Body::Within { keyword, .. } => Some(keyword),
        }
    }

    /// Whether the line makes instructions.
    pub fn is_code(&self) -> bool {
        matches!(
            self,
            Body::Instruction { .. } | Body::Inline { .. } | Body::Push { .. }
        )
    }

    /// Whether the line begins a section.
    pub fn begins_section(&self) -> bool {
        matches!(self, Body::Routine { .. } | Body::Test { .. })
    }

    /// The name that the line defines, labels aside.
    pub fn defined(&self) -> Option<Span> {
        match *self {
            Body::Constant { name, .. }
            | Body::Variable { name, .. }
            | Body::Data { name, .. }
            | Body::Routine { name, .. } => name,
            Body::Use { alias, .. } => alias,
            _ => None,
        }
    }

    /// The operands that are no lists: each a number, a name or an expression.
    pub fn operands(&self) -> [Option<Operand>; 2] {
        match *self {
            Body::Instruction { operand, .. } => [operand, None],
            Body::Constant { value, .. } => [value, None],
            Body::Variable { size, address, .. } => [size, address],
            Body::Data { address, .. } => [address, None],
            Body::Loop { times, .. } => [times, None],
            Body::Within { rows, .. } => [rows, None],
            _ => [None, None],
        }
    }

    /// The body with every span moved.
    pub(super) fn moved(mut self, by: i64) -> Body {
        fn span(span: &mut Span, by: i64) {
            *span = span.moved(by);
        }
        fn each<'a>(spans: impl IntoIterator<Item = &'a mut Option<Span>>, by: i64) {
            spans.into_iter().flatten().for_each(|one| span(one, by));
        }
        fn operand(operand: &mut Option<Operand>, by: i64) {
            if let Some(operand) = operand {
                span(&mut operand.span, by);
            }
        }
        match &mut self {
            Body::Empty | Body::Malformed => {}
            Body::Instruction {
                mnemonic,
                op: _,
                operand: argument,
                arguments,
            } => {
                span(mnemonic, by);
                operand(argument, by);
                each([arguments], by);
            }
            Body::Constant {
                keyword,
                name,
                value,
            } => {
                span(keyword, by);
                each([name], by);
                operand(value, by);
            }
            Body::Use {
                keyword,
                path,
                alias,
            } => {
                span(keyword, by);
                each([path, alias], by);
            }
            Body::Variable {
                keyword,
                name,
                size,
                address,
            } => {
                span(keyword, by);
                each([name], by);
                operand(size, by);
                operand(address, by);
            }
            Body::Data {
                keyword,
                name,
                at,
                address,
                items,
            } => {
                span(keyword, by);
                each([name, at, items], by);
                operand(address, by);
            }
            Body::Words { keyword, items } | Body::Tape { keyword, items, .. } => {
                span(keyword, by);
                each([items], by);
            }
            Body::Bytes { keyword, text } => {
                span(keyword, by);
                each([text], by);
            }
            Body::Routine {
                keyword,
                name,
                effect,
                parameters,
            } => {
                span(keyword, by);
                each([name, effect, parameters], by);
            }
            Body::Inline {
                keyword,
                target,
                arguments,
            } => {
                span(keyword, by);
                each([target, arguments], by);
            }
            Body::Push { keyword, target } => {
                span(keyword, by);
                each([target], by);
            }
            Body::Loop {
                keyword,
                change,
                times,
            } => {
                span(keyword, by);
                each([change], by);
                operand(times, by);
            }
            Body::Test {
                keyword,
                title,
                target,
                values,
                arguments,
            } => {
                span(keyword, by);
                each([title, target, values, arguments], by);
            }
            Body::Traps {
                keyword,
                kind,
                place,
            } => {
                span(keyword, by);
                each([kind, place], by);
            }
            Body::Within { keyword, rows } => {
                span(keyword, by);
                operand(rows, by);
            }
        }
        self
    }
}
