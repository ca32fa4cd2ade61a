//! Parses what follows the label of a line: an instruction, a constant, or which directive it is.

use super::body::{Body, Tape};
use super::directive::Directive;
use super::is_name;
use super::operands::List;
use super::parse::{Parser, spread};
use super::span::Span;
use super::token::Token;
use super::tree::Line;
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
        let makes_code = matches!(directive, Directive::Inline | Directive::Push);
        if let Some(label) = line.label.filter(|_| !makes_code) {
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
            Directive::Bytes => self.bytes(line, keyword, rest),
            Directive::Use => self.use_line(line, keyword, rest),
            Directive::Var => self.variable(line, keyword, rest),
            Directive::Routine => self.routine(line, keyword, rest),
            Directive::Inline => self.inline(line, keyword, rest),
            Directive::Push => self.push(line, keyword, rest),
            Directive::Loop => self.loop_line(line, keyword, rest),
            Directive::Test => self.test(line, keyword, rest),
            Directive::Public => self.tape(line, keyword, Tape::Public, rest),
            Directive::Secret => self.tape(line, keyword, Tape::Secret, rest),
            Directive::Output => self.tape(line, keyword, Tape::Output, rest),
            Directive::Traps => self.traps(line, keyword, rest),
            Directive::Within => self.within(line, keyword, rest),
        }
    }

    fn constant(&mut self, line: &mut Line, keyword: Span, rest: &[Token]) {
        let name = rest.first().map(|token| token.span);
        let (value, extra) = self.operand(line, rest.get(1..).unwrap_or_default());
        line.body = Body::Constant {
            keyword,
            name,
            value,
        };
        if let Some(name) = name {
            self.check_name(line, name, "constant");
        }
        if value.is_none() {
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
        self.extra(line, extra, "the constant's value");
    }

    pub(super) fn instruction(&mut self, line: &mut Line, mnemonic: Span, rest: &[Token]) {
        let word = self.slice(mnemonic);
        let Some(op) = Op::from_mnemonic(word) else {
            line.body = Body::Instruction {
                mnemonic,
                op: None,
                operand: None,
                arguments: None,
            };
            let may_be_label = rest.is_empty() && line.label.is_none() && is_name(word);
            self.error(line, || unknown_instruction(word, mnemonic, may_be_label));
            return;
        };
        let spec = op.spec();
        let takes_none = spec.operand == OperandKind::None;
        let (operand, extra) = match rest {
            _ if takes_none => (None, rest),
            // A label takes no arithmetic, and arguments may begin with a sign.
            [target, extra @ ..] if op == Op::Call => (Some(self.single(line, *target)), extra),
            _ => self.operand(line, rest),
        };
        let (arguments, extra) = match op {
            Op::Call => (self.list(line, extra, List::Arguments), &[][..]),
            _ => (None, extra),
        };
        line.body = Body::Instruction {
            mnemonic,
            op: Some(op),
            operand,
            arguments,
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
        let what = if takes_none {
            spec.mnemonic
        } else {
            "the operand"
        };
        self.extra(line, extra, what);
    }

    /// A diagnostic for tokens that nothing takes, if there are any.
    pub(super) fn extra(&mut self, line: &mut Line, extra: &[Token], after: &str) {
        if extra.is_empty() {
            return;
        }
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
            let all = Directive::ALL.map(|one| format!("`{}`", one.word()));
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
