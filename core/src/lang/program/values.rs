//! What constants, variables and data are worth.

use super::assembler::Assembler;
use super::symbols::SymbolKind;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::expression::word;
use crate::lang::modules::Worth;
use crate::lang::syntax::Operand;

impl Assembler<'_> {
    /// Finds out the values of constants, variables and data, before anything uses them.
    pub(super) fn values(&mut self) {
        let mut found = Vec::new();
        let mut small = Vec::new();
        for symbol in self.symbols.iter_mut() {
            let is_defined = match symbol.kind {
                SymbolKind::Constant | SymbolKind::Data => symbol.value.is_none(),
                SymbolKind::Variable => true,
                _ => false,
            };
            if !is_defined {
                continue;
            }
            let worth = self.evaluator.definition(self.file, symbol.line);
            if let Worth::Number(number) = worth {
                symbol.value = word(number);
            }
            found.push(worth);
            if symbol.kind == SymbolKind::Variable {
                let size = self.evaluator.size(self.file, symbol.line);
                if let Worth::Number(number) = size
                    && !(1..=1 << 32).contains(&number)
                {
                    small.push((symbol.definition, number));
                }
                found.push(size);
            }
        }
        for (name, number) in small {
            self.sink.push(|| {
                let message =
                    format!("a variable has at least one word, and this one has {number}");
                Diagnostic::new(Code::MisplacedData, name, message)
            });
        }
        for worth in found {
            if let Worth::Nothing {
                span,
                message,
                is_known: false,
            } = worth
            {
                self.sink
                    .push(|| Diagnostic::new(Code::NoValue, span, message));
            }
        }
    }

    /// Records the names of an operand whose value is found out already.
    pub(super) fn note(&mut self, operand: Operand) {
        let scope = std::mem::replace(&mut self.scope, 0);
        self.check_names(operand);
        self.scope = scope;
    }
}
