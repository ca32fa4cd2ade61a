//! The lines of tests: their names, and where they may stand.

use super::assembler::Assembler;
use super::symbols::SymbolKind;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::modules::Found;
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
            } => {
                self.test(line, target, values, arguments);
                if target.is_none() && line.is_well_formed {
                    self.test_of_program(line, values);
                }
            }
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

    /// A test that names no routine needs instructions, or a program that it could test.
    fn test_of_program(&mut self, line: &Line, values: Option<Span>) {
        let section = self.sections.get(self.scope);
        let has_own = section.is_some_and(|one| !one.instructions.is_empty());
        let module = self.modules.files().get(self.file);
        let has_main = module.is_some_and(|one| one.parsed.interface().main.is_some());
        let keyword = line.body.keyword().unwrap_or(line.span);
        let (at, message) = match values {
            _ if has_own => return,
            None if has_main => return,
            None => (
                keyword,
                "the test has no instructions, and the file has no program that it could test",
            ),
            Some(values) => (
                values,
                "the test has values, and neither a routine nor instructions that take them",
            ),
        };
        self.sink.push(|| {
            Diagnostic::new(Code::BadTest, at, message)
                .help("name a routine, or write instructions below")
        });
    }

    fn test(
        &mut self,
        line: &Line,
        target: Option<Span>,
        values: Option<Span>,
        arguments: Option<Span>,
    ) {
        let found = target.and_then(|target| self.routine_named(target));
        let (inputs, outputs) =
            values.map_or_else(Default::default, |values| self.tree.values(values));
        if let Some((found, name)) = found {
            self.invocation(found, name, arguments);
            let contract = self.modules.contract(found);
            let counts =
                contract.map(|one| (one.inputs as usize, one.outputs.map(|one| one as usize)));
            // Values that are not written as they are have their diagnostic.
            if let (Some(counts), Some(values), true) = (counts, values, line.is_well_formed) {
                self.check_counts(found, values, (inputs.len(), outputs.len()), counts);
            }
        }
        if !line.is_well_formed {
            return;
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
        found: Found,
        span: Span,
        (before, after): (usize, usize),
        (inputs, outputs): (usize, Option<usize>),
    ) {
        let is_right = before == inputs && outputs.is_none_or(|outputs| outputs == after);
        if !is_right {
            let is_own = found.file == self.file;
            self.sink.push(|| {
                let after_text = outputs.map_or("nothing, because it never comes back".to_owned(), |outputs| {
                    format!("{outputs}")
                });
                let message = format!("the routine takes {inputs} and leaves {after_text}; here are {before} and {after} values");
                let diagnostic = Diagnostic::new(Code::BadTest, span, message);
                match is_own {
                    true => diagnostic.related(found.definition.name, "what it takes and leaves is declared here"),
                    false => diagnostic,
                }
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
        if !is_place && self.routine(operand).is_none() && !self.is_of_unusable_file(place) {
            self.sink.push(|| {
                let message = format!(
                    "there is no label and no routine `{name}` at which the test could trap"
                );
                Diagnostic::new(Code::UndefinedName, place, message)
            });
        }
    }
}
