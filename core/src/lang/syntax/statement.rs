//! Parses what follows the label of a line: an instruction or a constant. `data` has the lines of data.

use super::directive::Directive;
use super::is_name;
use super::number::{NumberError, parse_number};
use super::parse::{Parser, spread};
use super::span::Span;
use super::token::{Token, TokenKind};
use super::tree::{Body, Line, Operand, Value, value_of};
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::{Op, OperandKind, SPECS};
use crate::lang::suggest::nearest;

impl Parser<'_> {
    pub(super) fn directive(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let word = self.slice(keyword);
        let Some(directive) = Directive::named(word) else {
            line.body = Body::Malformed;
            self.error(line, || unknown_directive(word, keyword));
            return;
        };
        if let Some(label) = line.label {
            self.error(line, || {
                Diagnostic::new(
                    Code::BadLabel,
                    label,
                    "a label stands alone or before an instruction",
                )
                .help("write the label on a line of its own")
            });
        }
        match directive {
            Directive::Const => self.constant(line, keyword, rest),
            Directive::Data => self.data(line, keyword, rest),
            Directive::Words => self.words(line, keyword, rest),
        }
    }

    fn constant(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let name = rest.first().map(|token| token.span);
        let value = rest.get(1).map(|&token| self.operand(line, token));
        line.body = Body::Constant {
            keyword,
            name,
            value,
        };
        if let Some(name) = name {
            self.check_name(line, name, "constant");
        }
        match value {
            None => {
                let at = name.map_or(keyword, |name| keyword.to(name));
                let missing = if name.is_none() {
                    "name and no value"
                } else {
                    "value"
                };
                self.error(line, || {
                    Diagnostic::new(
                        Code::BadConstant,
                        at,
                        format!("the constant has no {missing}"),
                    )
                    .help("write `.const NAME value`")
                });
            }
            Some(Operand {
                span,
                value: Value::Name,
            }) if Op::from_mnemonic(self.slice(span)).is_none() => self.error(line, || {
                Diagnostic::new(
                    Code::BadConstant,
                    span,
                    "the value of a constant is a number",
                )
            }),
            Some(_) => {}
        }
        if let Some(extra) = rest.get(2..).filter(|extra| !extra.is_empty()) {
            self.extra(line, extra, "the constant's value");
        }
    }

    pub(super) fn instruction(&mut self, line: &mut Line, mnemonic: Span, rest: &[Token]) {
        let word = self.slice(mnemonic);
        let Some(op) = Op::from_mnemonic(word) else {
            line.body = Body::Instruction {
                mnemonic,
                op: None,
                operand: None,
            };
            let may_be_label = rest.is_empty() && line.label.is_none() && is_name(word);
            self.error(line, || unknown_instruction(word, mnemonic, may_be_label));
            return;
        };
        let spec = op.spec();
        let takes_none = spec.operand == OperandKind::None;
        let (first, extra) = match rest {
            [first, extra @ ..] if !takes_none => (Some(*first), extra),
            _ => (None, rest),
        };
        let operand = first.map(|token| self.operand(line, token));
        line.body = Body::Instruction {
            mnemonic,
            op: Some(op),
            operand,
        };
        let wanted = match spec.operand {
            OperandKind::Word => "a number or a constant",
            OperandKind::Target => "a label, a constant or an index",
            _ => "",
        };
        if operand.is_none() && !wanted.is_empty() {
            self.error(line, || {
                Diagnostic::new(
                    Code::MissingOperand,
                    mnemonic,
                    format!("{} needs {wanted}", spec.mnemonic),
                )
            });
        }
        if !extra.is_empty() {
            let what = if takes_none {
                spec.mnemonic
            } else {
                "the operand"
            };
            self.extra(line, extra, what);
        }
    }

    fn extra(&mut self, line: &mut Line, extra: &[Token], after: &str) {
        let span = spread(extra);
        let text = self.slice(span);
        self.error(line, || {
            Diagnostic::new(
                Code::ExtraOperand,
                span,
                format!("unexpected `{}` after {after}", text.escape_debug()),
            )
            .help("one instruction a line; a comment begins with `#` or `;`")
        });
    }

    /// An operand or a value, with a diagnostic if the token cannot be one.
    pub(super) fn operand(&mut self, line: &mut Line, token: Token) -> Operand {
        let span = token.span;
        let text = self.slice(span);
        let value = value_of(text, token.kind);
        match token.kind {
            TokenKind::Word if is_name(text) && Op::from_mnemonic(text).is_none() => {}
            TokenKind::Number | TokenKind::Character => {
                if let Err(error) = parse_number(text) {
                    let code = match error {
                        NumberError::Range => Code::NumberOutOfRange,
                        _ => Code::BadNumber,
                    };
                    self.error(line, || Diagnostic::new(code, span, error.to_string()));
                }
            }
            // This may be a use of a label or a constant with that name, which is also an error. Another name corrects
            // both.
            _ => {
                let what = if Op::from_mnemonic(text).is_some() {
                    " is an instruction, and"
                } else {
                    ""
                };
                self.error(line, || {
                    let message = format!("`{}`{what} cannot be an operand", text.escape_debug());
                    Diagnostic::new(Code::WrongOperand, span, message)
                });
            }
        }
        Operand { span, value }
    }
}

fn unknown_directive(word: &str, span: Span) -> Diagnostic {
    let shown = word.escape_debug();
    let diagnostic = Diagnostic::new(
        Code::UnknownDirective,
        span,
        format!("there is no directive `{shown}`"),
    );
    match nearest(word, Directive::ALL.iter().map(|one| one.word())) {
        Some(other) => diagnostic.meant(other),
        None => {
            let all = Directive::ALL.map(|one| format!("`{}`", one.usage()));
            diagnostic.help(format!("the directives are {}", all.join(", ")))
        }
    }
}

fn unknown_instruction(word: &str, span: Span, may_be_label: bool) -> Diagnostic {
    let shown = word.escape_debug();
    let diagnostic = Diagnostic::new(
        Code::UnknownInstruction,
        span,
        format!("there is no instruction `{shown}`"),
    );
    match nearest(word, SPECS.iter().map(|spec| spec.mnemonic)) {
        Some(mnemonic) => diagnostic.meant(mnemonic),
        None if may_be_label => diagnostic
            .help(format!("a label is written `{word}:`"))
            .replacement(format!("{word}:")),
        None => diagnostic,
    }
}
