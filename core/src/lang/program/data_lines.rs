//! Assembles the lines of data: resolves their names, and gathers their words.

use super::assemble::{Assembler, Taker};
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::syntax::{Body, Directive, Line, Operand, Span, Tree, Value};

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
                if !self.data.is_open {
                    // Words without a place, to which the lines after this one belong too.
                    self.data.open(keyword, keyword, None, false);
                    self.sink.push(|| {
                        let message =
                            "there is no `.data` line directly above for `.words` to continue";
                        Diagnostic::new(Code::BadData, keyword, message)
                    });
                }
                self.items(&line.body, Directive::Words);
            }
            _ => self.data.is_open = false,
        }
    }

    fn items(&mut self, body: &Body, directive: Directive) {
        let tree = self.tree;
        let words = tree.items(body).map(|item| {
            let taker = taker(directive);
            self.resolve(taker, item).unwrap_or(0)
        });
        let words: Vec<u32> = words.collect();
        self.data.push(words);
    }

    /// The address of data. None if there is a diagnostic for it.
    fn address(&mut self, name: Option<Span>, address: Option<Operand>) -> Option<u32> {
        let address = address?;
        let found = self.resolve(taker(Directive::Data), address);
        let (Some(name), Value::Name) = (name, address.value) else {
            return found;
        };
        // The address may come from data below, whose own address is a name. Then it was not known in time.
        let other = self.symbols.get(self.tree.slice(address.span))?;
        let own = self.symbols.get(self.tree.slice(name));
        let own = own.filter(|own| own.definition == name)?;
        if own.value.is_none()
            && other.definition.start >= name.start
            && is_data(self.tree, other.line)
        {
            let message = format!(
                "the address of `{}` is not known here, because that is a name too",
                other.name
            );
            let diagnostic = Diagnostic::new(Code::BadData, address.span, message)
                .related(other.definition, "it is defined here")
                .help("define it above this line");
            self.sink.push(|| diagnostic);
        }
        own.value
    }
}

fn taker(directive: Directive) -> Taker {
    Taker {
        word: directive.word(),
        is_jump: false,
    }
}

fn is_data(tree: &Tree, line: usize) -> bool {
    let line = tree.lines().get(line);
    line.is_some_and(|line| matches!(line.body, Body::Data { .. }))
}
