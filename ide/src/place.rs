//! The part of a line under the cursor.

use super::snapshot::Snapshot;
use provable::lang::isa::Op;
use provable::lang::syntax::{
    Body, Directive, Line, Operand, Span, Token, TokenKind, Tree, Value, is_name, parse_number,
    tokens,
};

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// The name of a label, where it is defined.
    Label,
    /// The mnemonic of an instruction; none if it names no operation.
    Mnemonic(Option<Op>),
    /// The operand of an instruction, if it is no expression.
    Operand(Option<Op>, Operand),
    /// The word of a directive.
    Keyword(Directive),
    /// A word of a directive that is no name, such as `at`.
    Word,
    /// The name that a directive defines, or a parameter.
    Name,
    /// A number or a name as the value of a constant, as a word of data, an argument and the like, or in an expression.
    Value(Operand),
    /// An operator or a bracket of an expression, with the whole expression.
    Operator(Operand),
    /// The name of a routine, of data or of a label that a directive is about.
    Target,
    /// The name of a word on the stack, in the brackets of a routine.
    StackWord,
    /// A text in double quotes.
    Text,
    /// The path of a file, with its quotes.
    Path,
    /// The kind of a trap.
    Kind,
    /// By how many words a loop changes the stack.
    Change,
    /// A comment.
    Comment,
}

/// A part of a line, its span, and its line (from 0).
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub part: Part,
    pub span: Span,
    pub line: usize,
}

/// The parts of a line, in order.
pub(super) fn parts(tree: &Tree, line: &Line) -> Vec<(Part, Span)> {
    let mut all = Parts {
        tree,
        line,
        found: Vec::new(),
    };
    all.one(line.label, Part::Label);
    all.body();
    all.one(line.comment, Part::Comment);
    all.found
}

/// The part at an offset. Where two parts touch, the one that begins there.
pub(super) fn at(s: &Snapshot, offset: usize) -> Option<Place> {
    let line = s.assembly.tree.line_at(offset)?;
    let row = s.rows().get(line)?;
    let mut all = parts(&s.assembly.tree, row).into_iter();
    let (part, span) = all.rfind(|(_, span)| span.touches(offset))?;
    Some(Place { part, span, line })
}

struct Parts<'a> {
    tree: &'a Tree,
    line: &'a Line,
    found: Vec<(Part, Span)>,
}

impl Parts<'_> {
    fn one(&mut self, span: Option<Span>, part: Part) {
        self.found.extend(span.map(|span| (part, span)));
    }

    fn body(&mut self) {
        let body = self.line.body;
        if let (Some(directive), Some(keyword)) = (body.directive(), body.keyword()) {
            self.one(Some(keyword), Part::Keyword(directive));
        }
        match body {
            Body::Empty | Body::Malformed => {}
            Body::Instruction {
                mnemonic,
                op,
                operand,
                ..
            } => {
                self.one(Some(mnemonic), Part::Mnemonic(op));
                self.value(operand, |operand| Part::Operand(op, operand));
                self.list(body.arguments());
            }
            Body::Constant { name, value, .. } => {
                self.one(name, Part::Name);
                self.value(value, Part::Value);
            }
            Body::Use { path, alias, .. } => {
                self.one(path, Part::Path);
                self.after_word(alias, Part::Name);
            }
            Body::Variable {
                name,
                size,
                address,
                ..
            } => {
                self.one(name, Part::Name);
                self.value(size, Part::Value);
                self.word_before(address.map(|address| address.span));
                self.value(address, Part::Value);
            }
            Body::Data {
                name, at, address, ..
            } => {
                self.one(name, Part::Name);
                self.one(at, Part::Word);
                self.value(address, Part::Value);
                self.list(body.items());
            }
            Body::Words { items, .. } | Body::Tape { items, .. } => self.list(items),
            Body::Bytes { text, .. } => self.one(text, Part::Text),
            Body::Routine {
                name,
                effect,
                parameters,
                ..
            } => {
                self.one(name, Part::Name);
                self.effect(effect);
                let parameters = self.tree.listed(parameters);
                self.found
                    .extend(parameters.map(|one| (Part::Name, one.span)));
            }
            Body::Inline { target, .. } => {
                self.one(target, Part::Target);
                self.list(body.arguments());
            }
            Body::Push { target, .. } => self.one(target, Part::Target),
            Body::Loop { change, times, .. } => {
                self.one(change, Part::Change);
                self.value(times, Part::Value);
            }
            Body::Test {
                title,
                target,
                values,
                ..
            } => {
                self.one(title, Part::Text);
                self.one(target, Part::Target);
                let (before, after) = values.map_or_else(Default::default, |values| {
                    let (before, after) = self.tree.values(values);
                    (before, after)
                });
                for value in before.into_iter().chain(after) {
                    self.value(Some(value), Part::Value);
                }
                self.list(body.arguments());
            }
            Body::Traps { kind, place, .. } => {
                self.one(kind, Part::Kind);
                self.after_word(place, Part::Target);
            }
            Body::Within { rows, .. } => self.value(rows, Part::Value),
        }
    }

    /// A name and the word before it, such as `as`.
    fn after_word(&mut self, span: Option<Span>, part: Part) {
        self.word_before(span);
        self.one(span, part);
    }

    fn word_before(&mut self, span: Option<Span>) {
        let Some(span) = span else { return };
        let all = self.tree.tokens(self.line);
        let before = all.take_while(|token| token.span.end <= span.start);
        let word = before.filter(|token| token.kind == TokenKind::Word).last();
        self.one(word.map(|word| word.span), Part::Word);
    }

    fn effect(&mut self, span: Option<Span>) {
        let Some(span) = span else { return };
        let is_word = |token: &Token| token.kind == TokenKind::Word;
        for token in tokens(self.tree.text(), span).filter(is_word) {
            let part = match self.tree.slice(token.span) {
                "..." | "never" => Part::Word,
                _ => Part::StackWord,
            };
            self.one(Some(token.span), part);
        }
    }

    fn list(&mut self, span: Option<Span>) {
        for operand in self.tree.listed(span) {
            self.value(Some(operand), Part::Value);
        }
    }

    /// A value: one part, or the parts of an expression.
    fn value(&mut self, operand: Option<Operand>, whole: impl Fn(Operand) -> Part) {
        let Some(operand) = operand else { return };
        match operand.value {
            Value::Expression => self.expression(operand),
            Value::Text => self.one(Some(operand.span), Part::Text),
            _ => self.one(Some(operand.span), whole(operand)),
        }
    }

    fn expression(&mut self, whole: Operand) {
        let is_seen = |token: &Token| token.kind != TokenKind::Whitespace;
        let mut all = tokens(self.tree.text(), whole.span)
            .filter(is_seen)
            .peekable();
        let mut is_after_value = false;
        while let Some(Token { kind, mut span }) = all.next() {
            let text = self.tree.slice(span);
            // The sign of a number is an operator after a value, and before a name.
            if let (TokenKind::Number | TokenKind::Character, Some(rest)) =
                (kind, text.strip_prefix('-'))
                && (is_after_value || is_name(rest))
            {
                let sign = Span {
                    end: span.start + 1,
                    ..span
                };
                self.one(Some(sign), Part::Operator(whole));
                span.start += 1;
            }
            let text = self.tree.slice(span);
            let next = all.peek().map(|next| next.kind);
            let part = match kind {
                TokenKind::Word if text == "len" && next == Some(TokenKind::Open) => Part::Word,
                TokenKind::Word | TokenKind::Number | TokenKind::Character => {
                    let value = match parse_number(text) {
                        Ok(number) => Value::Number(number),
                        Err(_) if is_name(text) => Value::Name,
                        Err(_) => Value::Bad,
                    };
                    Part::Value(Operand { span, value })
                }
                _ => Part::Operator(whole),
            };
            is_after_value = matches!(part, Part::Value(_)) || kind == TokenKind::Close;
            self.one(Some(span), part);
        }
    }
}
