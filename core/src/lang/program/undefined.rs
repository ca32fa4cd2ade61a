//! Names that mean nothing, with what was probably meant.

use super::assembler::Assembler;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::modules::NotFound;
use crate::lang::quote::shortened;
use crate::lang::suggest::nearest;
use crate::lang::syntax::Span;

/// How many names are compared for one suggestion, and how many suggestions are made in one text. This bounds the work
/// for a text that consists of misspelt names.
const SUGGESTION_CANDIDATES: usize = 2_000;
const SUGGESTIONS: usize = 50;

impl Assembler<'_> {
    /// A diagnostic for a name that means nothing.
    pub(super) fn undefined(&mut self, taker: Taker, span: Span) {
        let name = self.tree.slice(span);
        match self.modules.find(self.file, name) {
            Err(NotFound::Unusable) => return,
            Err(NotFound::Private) => {
                self.sink.push(|| {
                    let message =
                        format!("`{name}` is known only in its own file: it begins with `_`");
                    Diagnostic::new(Code::UndefinedName, span, message)
                });
                return;
            }
            Err(NotFound::NoMember(file)) => {
                self.no_member(file, span);
                return;
            }
            _ => {}
        }
        let is_target = taker.is_jump;
        self.suggestions += 1;
        let scope = self.scope;
        let candidates = self
            .symbols
            .iter()
            .filter(|symbol| symbol.scope == 0 || symbol.scope == scope)
            .filter(|symbol| is_target || symbol.kind.is_number())
            .map(|symbol| symbol.name.as_str())
            .filter(|name| Op::from_mnemonic(name).is_none())
            .take(if self.suggestions > SUGGESTIONS {
                0
            } else {
                SUGGESTION_CANDIDATES
            });
        let suggestion = nearest(name, candidates);
        let alias = name.split_once('.').map(|(alias, _)| alias);
        self.sink.push(|| {
            let what = match taker.word {
                "" => "routine",
                _ if is_target => "label or constant",
                _ => "constant",
            };
            let diagnostic = Diagnostic::new(
                Code::UndefinedName,
                span,
                format!("there is no {what} `{name}`"),
            );
            match (suggestion, alias) {
                (Some(other), _) => diagnostic.meant(other),
                (None, Some(alias)) => {
                    diagnostic.help(format!("no `.use` line names a file `{alias}`"))
                }
                (None, _) if taker.word.is_empty() => {
                    diagnostic.help(format!("define it with `.routine {name} ( -- )`"))
                }
                (None, _) if is_target => {
                    diagnostic.help(format!("define it with `{name}:` on a line"))
                }
                (None, _) => diagnostic.help(format!("define it with `.const {name} value`")),
            }
        });
    }

    fn no_member(&mut self, file: usize, span: Span) {
        let name = self.tree.slice(span);
        let (alias, member) = name.split_once('.').unwrap_or(("", name));
        self.suggestions += 1;
        let other = self
            .modules
            .files()
            .get(file)
            .map(|module| module.parsed.interface());
        let names = other.into_iter().flat_map(|other| other.definitions.keys());
        let visible = names
            .map(String::as_str)
            .filter(|one| !one.starts_with('_'));
        let limit = match self.suggestions > SUGGESTIONS {
            true => 0,
            false => SUGGESTION_CANDIDATES,
        };
        let suggestion = nearest(member, visible.take(limit)).map(|near| format!("{alias}.{near}"));
        self.sink.push(|| {
            let message = format!("the file `{alias}` has no `{}`", shortened(member));
            let diagnostic = Diagnostic::new(Code::UndefinedName, span, message);
            match suggestion {
                Some(other) => diagnostic.meant(&other),
                None => diagnostic,
            }
        });
    }
}
