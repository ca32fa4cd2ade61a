//! Names that mean nothing, with what was probably meant.

use super::assembler::Assembler;
use super::taker::Taker;
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::modules::NotFound;
use crate::lang::quote::shortened;
use crate::lang::suggest::nearest;
use crate::lang::syntax::{Body, Span, Tree};

/// How many names are compared for one suggestion, and how many suggestions are made in one text. This bounds the work
/// for a text that consists of misspelt names.
const SUGGESTION_CANDIDATES: usize = 2_000;
const SUGGESTIONS: usize = 50;
/// How many `.use` lines with errors are looked through for one name.
const UNREAD: usize = 100;

/// The first `.use` lines that are not written as they are.
pub(super) fn unread_uses(tree: &Tree) -> Vec<Span> {
    if !tree.has_modules() {
        return Vec::new();
    }
    let lines = tree.lines().iter();
    let unread = lines.filter(|line| matches!(line.body, Body::Use { .. }) && !line.is_well_formed);
    unread.map(|line| line.span).take(UNREAD).collect()
}

impl Assembler<'_> {
    /// A diagnostic for a name that means nothing.
    pub(super) fn undefined(&mut self, taker: Taker, span: Span) {
        let name = self.tree.slice(span);
        if self.is_of_unusable_file(span) {
            return;
        }
        match self.modules.find(self.file, name) {
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
        let has_modules = self.tree.has_modules();
        self.sink.push(|| {
            // Behind a dot there is no label, and where the linker places instructions a constant is no target.
            let what = match taker.word {
                "" => "routine",
                "CALL" if has_modules || alias.is_some() => "routine or label",
                _ if is_target && has_modules => "label",
                _ if is_target => "label or constant",
                _ => "constant",
            };
            let is_routine = taker.word.is_empty() || (taker.word == "CALL" && has_modules);
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
                (None, _) if is_routine => {
                    diagnostic.help(format!("define it with `.routine {name} ( -- )`"))
                }
                (None, _) if is_target => {
                    diagnostic.help(format!("define it with `{name}:` on a line"))
                }
                (None, _) => diagnostic.help(format!("define it with `.const {name} value`")),
            }
        });
    }

    /// Whether a name is that of a file whose `.use` line has an error. There is a diagnostic at that line, so there needs to
    /// be none here.
    pub(super) fn is_of_unusable_file(&self, span: Span) -> bool {
        let name = self.tree.slice(span);
        if matches!(self.modules.find(self.file, name), Err(NotFound::Unusable)) {
            return true;
        }
        let (Some((alias, _)), Some(module)) =
            (name.split_once('.'), self.modules.files().get(self.file))
        else {
            return false;
        };
        if self.modules.alias(self.file, alias).is_some() || !self.tree.has_modules() {
            return false;
        }
        // A line that cannot be read may be that of the file, and so may one with a similar name that leads nowhere.
        let mut unread = self.unread_uses.iter();
        let uses = module.uses.iter().zip(&module.parsed.interface().uses);
        let lost = uses.filter(|(used, _)| used.file.is_err());
        let names = lost.filter_map(|(_, line)| Some(line.alias.as_ref()?.0.as_str()));
        nearest(alias, names.take(UNREAD)).is_some()
            || unread.any(|&line| self.tree.slice(line).contains(alias))
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
        let private = format!("_{member}");
        let has_private = other.is_some_and(|other| other.definitions.contains_key(&private));
        self.sink.push(|| {
            let member = shortened(member);
            let message = format!("the file `{alias}` has no `{member}`");
            let diagnostic = Diagnostic::new(Code::UndefinedName, span, message);
            match suggestion {
                _ if has_private => diagnostic.help(format!(
                    "its `_{member}` is known only in its own file, because it begins with `_`"
                )),
                Some(other) => diagnostic.meant(&other),
                None => diagnostic,
            }
        });
    }
}
