//! Assembles the lines of data: resolves their names, and gathers their words.

use super::assembler::Assembler;
use super::data::Placement;
use super::symbols::SymbolKind;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::syntax::{Body, Directive, Line, Operand, Span, TextPart, Value};

impl Assembler<'_> {
    /// Takes in the data of a line, if there are any.
    pub(super) fn data_on(&mut self, line: &Line) {
        match line.body {
            Body::Empty if line.label.is_none() => {}
            Body::Data {
                keyword,
                name,
                address,
                ..
            } => {
                let place = address.map_or(keyword, |address| address.span);
                let address = self.address(name, address);
                let name = name.unwrap_or(keyword);
                self.data.open(name, place, address, line.is_well_formed);
                self.items(&line.body, Directive::Data);
            }
            Body::Words { keyword, .. } => {
                self.continued(keyword, Directive::Words);
                self.items(&line.body, Directive::Words);
            }
            Body::Bytes { keyword, text } => {
                self.continued(keyword, Directive::Bytes);
                let parts = text.and_then(|text| self.tree.text_of(text).ok());
                self.data.push(words_of_bytes(&parts.unwrap_or_default()));
            }
            _ => self.data.is_open = false,
        }
    }

    fn continued(&mut self, keyword: Span, directive: Directive) {
        if self.data.is_open {
            return;
        }
        // Words without a place, to which the lines after this one belong too.
        self.data.open(keyword, keyword, Placement::Bad, false);
        self.sink.push(|| {
            let word = directive.word();
            let message =
                format!("there is no `.data` line directly above for `{word}` to continue");
            Diagnostic::new(Code::BadData, keyword, message)
        });
    }

    fn items(&mut self, body: &Body, directive: Directive) {
        let tree = self.tree;
        let scope = std::mem::replace(&mut self.scope, 0);
        let mut words = Vec::new();
        for item in tree.items(body) {
            if item.value == Value::Text {
                let parts = tree.text_of(item.span).unwrap_or_default();
                words.extend(parts.iter().map(|part| part.word()));
                continue;
            }
            let word = self.resolve_open(Taker::directive(directive.word()), item);
            self.data.has_later |= word == Err(true);
            words.push(word.unwrap_or(0));
        }
        self.scope = scope;
        self.data.push(words);
    }

    fn address(&mut self, name: Option<Span>, address: Option<Operand>) -> Placement {
        let Some(address) = address else {
            return Placement::Later;
        };
        let scope = std::mem::replace(&mut self.scope, 0);
        let is_good = self.check_names(address);
        self.scope = scope;
        let own = name.and_then(|name| {
            let own = self.symbols.get(self.tree.slice(name));
            own.filter(|own| own.definition == name && own.kind == SymbolKind::Data)
        });
        match (own.map(|own| own.value), address.value) {
            _ if !is_good => Placement::Bad,
            (Some(Some(address)), _) => Placement::Known(address),
            (_, Value::Bad | Value::Text) => Placement::Bad,
            _ => Placement::Later,
        }
    }
}

/// The bytes of a text as words of four, the first byte the most significant. A rest is left out; it has a diagnostic.
pub(in crate::lang) fn words_of_bytes(parts: &[TextPart]) -> Vec<u32> {
    let bytes = TextPart::bytes(parts);
    let whole = bytes.chunks_exact(4);
    whole
        .map(|four| {
            four.iter()
                .fold(0, |word, byte| word << 8 | u32::from(*byte))
        })
        .collect()
}
