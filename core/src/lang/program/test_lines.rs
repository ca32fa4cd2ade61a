//! The lines of tests: their names, and where they may stand.

use super::assembler::Assembler;
use super::symbols::SymbolKind;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::syntax::{Body, Line, Operand, Span, Value};

impl Assembler<'_> {
    /// Checks a line of a test.
    pub(super) fn test_line(&mut self, line: &Line) {
        let in_test = self
            .sections
            .get(self.scope)
            .is_some_and(|one| one.is_test());
        match line.body {
            Body::Test {
                target,
                values,
                arguments,
                ..
            } => self.test(target, values, arguments),
            Body::Tape { keyword, items, .. } => {
                self.only_in_test(in_test, keyword);
                let items: Vec<Operand> = self.tree.listed(items).collect();
                for item in items.into_iter().filter(|item| item.value != Value::Text) {
                    let _ = self.resolve_open(Taker::directive("a test"), item);
                }
            }
            Body::Traps { keyword, place, .. } => {
                self.only_in_test(in_test, keyword);
                if let Some(place) = place.filter(|_| line.is_well_formed) {
                    self.trap_place(place);
                }
            }
            Body::Use { keyword, .. }
            | Body::Constant { keyword, .. }
            | Body::Variable { keyword, .. }
            | Body::Data { keyword, .. }
                if in_test =>
            {
                self.sink.push(|| {
                    let message = "this belongs to the file, and stands in a test";
                    Diagnostic::new(Code::BadTest, keyword, message)
                        .help("write it above, or behind a `.routine`")
                });
            }
            Body::Within { keyword, rows } => {
                self.only_in_test(in_test, keyword);
                if let Some(rows) = rows {
                    let _ = self.resolve_open(Taker::directive(".within"), rows);
                }
            }
            _ => {}
        }
    }

    fn only_in_test(&mut self, in_test: bool, keyword: Span) {
        if !in_test {
            self.sink.push(|| {
                let message = "this stands in no test";
                Diagnostic::new(Code::BadTest, keyword, message)
                    .help("a test begins with `.test`, and ends where the next section does")
            });
        }
    }

    fn test(&mut self, target: Option<Span>, values: Option<Span>, arguments: Option<Span>) {
        let found = target.and_then(|target| self.routine_named(target));
        let (inputs, outputs) =
            values.map_or_else(Default::default, |values| self.tree.values(values));
        if let Some((found, name)) = found {
            self.invocation(found, name, arguments);
            let contract = self.modules.contract(found);
            let counts =
                contract.map(|one| (one.inputs as usize, one.outputs.map(|one| one as usize)));
            if let (Some(counts), Some(values)) = (counts, values) {
                self.check_counts(values, (inputs.len(), outputs.len()), counts);
            }
        }
        let random: Vec<Span> = inputs
            .iter()
            .filter(|input| input.value == Value::Name)
            .filter(|input| self.symbols.is_random(self.tree.slice(input.span)))
            .map(|input| input.span)
            .collect();
        let known = inputs.iter().filter(|input| !random.contains(&input.span));
        for &operand in known.chain(&outputs).filter(|one| one.value != Value::Text) {
            for (span, _) in self.tree.names_in(operand) {
                let name = self.tree.slice(span);
                if !random.iter().any(|one| self.tree.slice(*one) == name) {
                    self.check_names(Operand {
                        span,
                        value: Value::Name,
                    });
                }
            }
        }
    }

    fn check_counts(
        &mut self,
        span: Span,
        (before, after): (usize, usize),
        (inputs, outputs): (usize, Option<usize>),
    ) {
        let is_right = before == inputs && outputs.is_none_or(|outputs| outputs == after);
        if !is_right {
            self.sink.push(|| {
                let after_text = outputs.map_or("nothing, because it never comes back".to_owned(), |outputs| {
                    format!("{outputs}")
                });
                let message = format!("the routine takes {inputs} and leaves {after_text}; here are {before} and {after} values");
                Diagnostic::new(Code::BadTest, span, message)
            });
        }
    }

    /// The label or routine at which a test expects a trap.
    fn trap_place(&mut self, place: Span) {
        let name = self.tree.slice(place);
        let operand = Operand {
            span: place,
            value: Value::Name,
        };
        let symbol = self.symbols.refer(self.scope, name, place);
        let is_place = symbol
            .is_some_and(|symbol| matches!(symbol.kind, SymbolKind::Label | SymbolKind::Routine));
        if !is_place && self.routine(operand).is_none() {
            self.sink.push(|| {
                let message = format!(
                    "there is no label and no routine `{name}` at which the test could trap"
                );
                Diagnostic::new(Code::UndefinedName, place, message)
            });
        }
    }
}
