//! What the items of a module name: every path in them, with the file that defines what it leads to.

use super::cfg::{attributes, impl_item_attributes, is_test_only};
use super::members::Members;
use super::names::{ImportName, Kind, Names, imports, is_re_export};
use super::resolve::{Place, Target, segments};
use super::tokens::{self, Parsed};
use super::tree::Tree;
use std::collections::HashSet;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItem, Item, Macro, Pat, PatIdent, Path, Stmt, Visibility};

/// What the files of a crate name of each other.
#[derive(Default)]
pub struct Found {
    /// The file that names, the file that defines, and the name.
    pub uses: Vec<(usize, usize, String)>,
    /// Paths that lead to a module of the crate which has no such name, with the file that names them.
    pub missing: Vec<(usize, String)>,
}

/// Everything that a crate's modules name.
pub fn uses(tree: &Tree, members: &Members) -> Found {
    let mut found = Found::default();
    for module in 0..tree.modules.len() {
        let mut reader = Reader {
            tree,
            members,
            module,
            blocks: Vec::new(),
            variables: Vec::new(),
            found: &mut found,
        };
        for item in &tree.modules[module].items {
            reader.visit_item(item);
        }
    }
    found
}

struct Reader<'t> {
    tree: &'t Tree,
    members: &'t Members,
    module: usize,
    blocks: Vec<Names>,
    /// The variables of each function around the place.
    variables: Vec<HashSet<String>>,
    found: &'t mut Found,
}

impl Reader<'_> {
    fn place(&self) -> Place<'_> {
        Place {
            tree: self.tree,
            module: self.module,
            blocks: &self.blocks,
        }
    }

    fn file(&self) -> usize {
        self.tree.modules[self.module].file
    }

    fn is_variable(&self, path: &[String]) -> bool {
        matches!(path, [name] if self.variables.iter().any(|names| names.contains(name)))
    }

    fn name(&mut self, path: &[String]) {
        if !self.is_variable(path) {
            let mut targets = self.place().resolve(path);
            targets.retain(|target| !is_macro(target));
            self.record(path, targets);
        }
    }

    /// As [`Self::name`], where it is not sure that it is a path.
    fn perhaps_name(&mut self, path: &[String]) {
        if !self.is_variable(path) {
            let mut targets = self.place().resolve(path);
            targets.retain(|target| !is_macro(target) && !matches!(target, Target::Missing));
            self.record(path, targets);
        }
    }

    fn record(&mut self, path: &[String], targets: Vec<Target>) {
        let from = self.file();
        for target in targets {
            match target {
                // What is used of it is named where it is used.
                Target::Module(_) => {}
                Target::Item(item, member) => {
                    self.found.uses.push((from, item.file, item.name.clone()));
                    if let Some(member) = member
                        && let Some(file) = self.members.file(&item, &member)
                    {
                        let name = format!("{}::{member}", item.name);
                        self.found.uses.push((from, file, name));
                    }
                }
                Target::Missing => self.found.missing.push((from, path.join("::"))),
            }
        }
    }

    fn function(&mut self, variables: HashSet<String>, inside: impl FnOnce(&mut Self)) {
        self.variables.push(variables);
        inside(self);
        self.variables.pop();
    }
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        if is_test_only(attributes(item)) {
            return;
        }
        match item {
            Item::Mod(_) => {}
            Item::Use(item) => {
                if item.leading_colon.is_some() {
                    return;
                }
                for import in imports(&item.tree) {
                    let targets = self.place().resolve(&import.path);
                    let is_missing = matches!(targets.as_slice(), [Target::Missing]);
                    if is_missing || !is_re_export(&item.vis) || import.name == ImportName::None {
                        self.record(&import.path, targets);
                    }
                }
            }
            Item::Fn(function) => {
                let variables = variables(|search| search.visit_item_fn(function));
                self.function(variables, |reader| visit::visit_item(reader, item));
            }
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item(&mut self, item: &'a ImplItem) {
        if is_test_only(impl_item_attributes(item)) {
            return;
        }
        match item {
            ImplItem::Fn(function) => {
                let variables = variables(|search| search.visit_impl_item_fn(function));
                self.function(variables, |reader| visit::visit_impl_item(reader, item));
            }
            _ => visit::visit_impl_item(self, item),
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        let variables = variables(|search| search.visit_trait_item_fn(item));
        self.function(variables, |reader| visit::visit_trait_item_fn(reader, item));
    }

    fn visit_block(&mut self, block: &'a Block) {
        let items = block.stmts.iter().filter_map(|statement| match statement {
            Stmt::Item(item) if !is_test_only(attributes(item)) => Some(item),
            _ => None,
        });
        self.blocks.push(Names::of(items, self.file()));
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::Local(local) if is_test_only(&local.attrs)) {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_path(&mut self, path: &'a Path) {
        if let Some(path) = segments(path) {
            self.name(&path);
        }
        visit::visit_path(self, path);
    }

    /// A constant of a pattern looks as a variable does, but for its capital.
    fn visit_pat_ident(&mut self, pattern: &'a PatIdent) {
        let name = pattern.ident.to_string();
        if !is_lower(&name) {
            self.name(&[name]);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, call: &'a Macro) {
        if let Some(path) = segments(&call.path) {
            self.record(&path, self.place().resolve_macro(&path));
        }
        match tokens::parse(call) {
            Parsed::Expressions(all) => all.iter().for_each(|one| self.visit_expr(one)),
            Parsed::Tokens(paths) => paths.iter().for_each(|path| self.perhaps_name(path)),
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        for path in tokens::of_attribute(attribute) {
            self.perhaps_name(&path);
        }
    }

    /// `pub(in path)` names no item.
    fn visit_visibility(&mut self, _: &'a Visibility) {}
}

fn is_macro(target: &Target) -> bool {
    matches!(target, Target::Item(item, _) if item.kind == Kind::Macro)
}

fn is_lower(name: &str) -> bool {
    name.starts_with(|first: char| first.is_lowercase() || first == '_')
}

/// The variables that a function's patterns bind.
fn variables(visit: impl FnOnce(&mut Variables)) -> HashSet<String> {
    let mut variables = Variables(HashSet::new());
    visit(&mut variables);
    variables.0
}

struct Variables(HashSet<String>);

impl<'a> Visit<'a> for Variables {
    fn visit_pat(&mut self, pattern: &'a Pat) {
        if let Pat::Ident(pattern) = pattern {
            let name = pattern.ident.to_string();
            if is_lower(&name) {
                self.0.insert(name);
            }
        }
        visit::visit_pat(self, pattern);
    }
}
