//! What names and expressions are worth, across files.

use super::graph::Modules;
use super::interface::DefinitionKind;
use super::worth::Worth;
use crate::lang::expression::{Expression, Named, NoValue, word};
use crate::lang::quote;
use crate::lang::syntax::{Body, Operand, Span, Tree, Value};
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;

/// The most names of a circle that a message lists.
const LONGEST_CHAIN: usize = 8;

/// The addresses of variables and data, by file and line of their definition.
pub type Addresses = HashMap<(usize, usize), u32>;

/// Finds out what names and expressions are worth. It remembers what it found.
pub struct Evaluator<'a> {
    modules: &'a Modules,
    addresses: Option<&'a Addresses>,
    found: HashMap<Quantity, Worth>,
}

/// A number that a definition gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Quantity {
    file: usize,
    /// The line of the definition.
    line: usize,
    /// Whether it is the number of words of a variable, and not the value.
    is_size: bool,
}

impl<'a> Evaluator<'a> {
    /// Before the program is linked: addresses that the linker chooses are not known.
    pub fn new(modules: &'a Modules) -> Self {
        Evaluator {
            modules,
            addresses: None,
            found: HashMap::new(),
        }
    }

    /// With the addresses that the linker chose.
    pub fn linked(modules: &'a Modules, addresses: &'a Addresses) -> Self {
        Evaluator {
            addresses: Some(addresses),
            ..Evaluator::new(modules)
        }
    }

    /// What an operand in a file is worth, as a word. `local` gives the worth of names that only a part of the file
    /// knows, such as parameters.
    pub fn word(
        &mut self,
        file: usize,
        operand: Operand,
        local: &mut dyn FnMut(&str) -> Option<Worth>,
    ) -> Result<u32, Worth> {
        let number = self.number(file, operand, local)?;
        word(number).ok_or_else(|| Worth::nothing(operand.span, out_of_range(number)))
    }

    /// What an operand in a file is worth, as a number in the range of words that keeps its sign.
    pub fn number(
        &mut self,
        file: usize,
        operand: Operand,
        local: &mut dyn FnMut(&str) -> Option<Worth>,
    ) -> Result<i128, Worth> {
        match self.operand(file, operand, local) {
            Worth::Number(number) if word(number).is_none() => {
                Err(Worth::nothing(operand.span, out_of_range(number)))
            }
            Worth::Number(number) => Ok(number),
            other => Err(other),
        }
    }

    /// What an operand in a file is worth.
    pub fn operand(
        &mut self,
        file: usize,
        operand: Operand,
        local: &mut dyn FnMut(&str) -> Option<Worth>,
    ) -> Worth {
        let Some(tree) = self.modules.tree(file).cloned() else {
            return Worth::known(operand.span);
        };
        match operand.value {
            Value::Number(word) => Worth::Number(match tree.slice(operand.span).starts_with('-') {
                true => i128::from(word as i32),
                false => i128::from(word),
            }),
            Value::Name => self.name(file, &tree, operand.span, false, local),
            Value::Expression => match tree.expression(operand) {
                Ok(expression) => self.expression(file, &tree, &expression, operand.span, local),
                Err(_) => Worth::known(operand.span),
            },
            Value::Text | Value::Bad => Worth::known(operand.span),
        }
    }

    fn expression(
        &mut self,
        file: usize,
        tree: &Arc<Tree>,
        expression: &Expression,
        whole: Span,
        local: &mut dyn FnMut(&str) -> Option<Worth>,
    ) -> Worth {
        let found = expression.number(&mut |span, is_length| match self
            .name(file, tree, span, is_length, local)
        {
            Worth::Number(number) => Named::Known(number),
            Worth::Later => Named::Later,
            nothing => Named::Nothing(nothing),
        });
        match found {
            Ok(number) => Worth::Number(number),
            Err(NoValue::Later) => Worth::Later,
            Err(NoValue::Arithmetic(message)) => Worth::nothing(whole, message),
            Err(NoValue::Name(nothing)) => nothing,
            Err(NoValue::Entry(span)) => Worth::known(span),
        }
    }

    /// What a name in a file is worth; or the number of words that it names.
    fn name(
        &mut self,
        file: usize,
        tree: &Arc<Tree>,
        span: Span,
        is_length: bool,
        local: &mut dyn FnMut(&str) -> Option<Worth>,
    ) -> Worth {
        let name = tree.slice(span);
        if let Some(worth) = local(name) {
            return match worth {
                _ if is_length => Worth::nothing(span, no_words(name)),
                // The place is that of the use.
                Worth::Nothing {
                    message, is_known, ..
                } => Worth::Nothing {
                    span,
                    message,
                    is_known,
                },
                worth => worth,
            };
        }
        let found = match self.modules.find(file, name) {
            Ok(found) => found,
            // Who looked for the names has a diagnostic.
            Err(_) => return Worth::known(span),
        };
        let quantity = Quantity {
            file: found.file,
            line: found.definition.line,
            is_size: is_length,
        };
        let worth = match (found.definition.kind, is_length) {
            (DefinitionKind::Routine(_), false) => return Worth::known(span),
            (DefinitionKind::Data(words), true) => return Worth::Number(i128::from(words)),
            (DefinitionKind::Routine(_) | DefinitionKind::Constant, true) => {
                return Worth::nothing(span, no_words(name));
            }
            _ => self.quantity(quantity),
        };
        match worth {
            Worth::Nothing { .. } => Worth::known(span),
            worth => worth,
        }
    }

    /// The operand that gives a quantity; none if the text does not.
    fn source(&self, of: Quantity) -> Option<Operand> {
        match self.modules.tree(of.file)?.lines().get(of.line)?.body {
            Body::Constant { value, .. } => value,
            Body::Variable { size, .. } if of.is_size => size,
            Body::Variable { address, .. } | Body::Data { address, .. } => address,
            _ => None,
        }
    }

    /// What a constant is worth, or the address of a variable or of data. The reasons are places in their file.
    pub fn definition(&mut self, file: usize, line: usize) -> Worth {
        self.quantity(Quantity {
            file,
            line,
            is_size: false,
        })
    }

    /// The number of words of a variable.
    pub fn size(&mut self, file: usize, line: usize) -> Worth {
        self.quantity(Quantity {
            file,
            line,
            is_size: true,
        })
    }

    /// What it needs is found first, so that a long chain of definitions needs no deep recursion.
    fn quantity(&mut self, wanted: Quantity) -> Worth {
        let mut open = vec![wanted];
        let mut is_open: HashSet<Quantity> = HashSet::from([wanted]);
        while let Some(&at) = open.last() {
            if self.found.contains_key(&at) {
                open.pop();
                continue;
            }
            let needs = self.needs(at);
            let missing = needs
                .into_iter()
                .find(|(need, _)| !self.found.contains_key(need));
            let worth = match missing {
                Some((need, _)) if is_open.insert(need) => {
                    open.push(need);
                    continue;
                }
                Some((need, _)) => {
                    self.circle(&open, need);
                    continue;
                }
                None => self.compute(at),
            };
            self.found.insert(at, worth);
            open.pop();
        }
        self.found.get(&wanted).cloned().unwrap_or(Worth::Later)
    }

    /// Quantities that are defined through each other: the open ones from `first` on. Each file shows what is wrong in its
    /// own text, so of each file one is marked at least: the last one, and those that need one of another file.
    fn circle(&mut self, open: &[Quantity], first: Quantity) {
        let start = open.iter().position(|one| *one == first).unwrap_or(0);
        let members = open.get(start..).unwrap_or_default();
        let needed = members.iter().skip(1).chain([&first]);
        let members = members.to_vec();
        for (place, (&member, &need)) in members.iter().zip(needed).enumerate() {
            let is_last = place + 1 == members.len();
            if member.file == need.file && !is_last {
                continue;
            }
            let mut needs = self.needs(member).into_iter();
            if let Some((_, span)) = needs.find(|(one, _)| *one == need) {
                let chain = self.chain(&members, place);
                let worth =
                    Worth::nothing(span, format!("this is defined through itself: {chain}"));
                self.found.insert(member, worth);
            }
        }
    }

    /// Quantities of a circle, from one of them round to itself, by their names. Those of other files have the file's.
    fn chain(&self, members: &[Quantity], from: usize) -> String {
        let own = members.get(from).map(|one| one.file);
        let round = members.iter().cycle().skip(from).take(members.len() + 1);
        let names = round.map(|one| {
            let tree = self.modules.tree(one.file);
            let line = tree.and_then(|tree| Some((tree, tree.lines().get(one.line)?)));
            let name = line.and_then(|(tree, line)| Some(tree.slice(line.body.defined()?)));
            let name = quote::shortened(name.unwrap_or_default());
            match own == Some(one.file) {
                true => format!("`{name}`"),
                false => format!("`{}.{name}`", self.modules.stem(one.file)),
            }
        });
        let mut names: Vec<String> = names.collect();
        if names.len() > LONGEST_CHAIN {
            names.splice(
                LONGEST_CHAIN / 2..names.len() - LONGEST_CHAIN / 2,
                ["…".to_owned()],
            );
        }
        names.join(" → ")
    }

    /// A quantity whose needs are found.
    fn compute(&mut self, of: Quantity) -> Worth {
        let chosen = self
            .addresses
            .and_then(|addresses| addresses.get(&(of.file, of.line)));
        if let (Some(&address), false) = (chosen, of.is_size) {
            return Worth::Number(i128::from(address));
        }
        if let Some(source) = self.source(of) {
            return match self.operand(of.file, source, &mut |_| None) {
                Worth::Number(number) if word(number).is_none() => {
                    Worth::nothing(source.span, out_of_range(number))
                }
                worth => worth,
            };
        }
        let tree = self.modules.tree(of.file);
        let line = tree.and_then(|tree| tree.lines().get(of.line));
        match line.map(|line| line.body) {
            // What is malformed has its diagnostic.
            Some(Body::Constant { keyword, .. }) => Worth::known(keyword),
            _ if of.is_size => Worth::Number(1),
            _ => Worth::Later,
        }
    }

    /// The quantities that a quantity refers to, each with the place where it does.
    fn needs(&self, of: Quantity) -> Vec<(Quantity, Span)> {
        let tree = self.modules.tree(of.file);
        let Some((tree, source)) = tree.zip(self.source(of)) else {
            return Vec::new();
        };
        let need = |(span, is_size): (Span, bool)| {
            let found = self.modules.find(of.file, tree.slice(span)).ok()?;
            let is_quantity = match found.definition.kind {
                DefinitionKind::Routine(_) => false,
                DefinitionKind::Constant | DefinitionKind::Data(_) => !is_size,
                DefinitionKind::Variable => true,
            };
            let quantity = Quantity {
                file: found.file,
                line: found.definition.line,
                is_size,
            };
            is_quantity.then_some((quantity, span))
        };
        tree.names_in(source).into_iter().filter_map(need).collect()
    }
}

fn out_of_range(number: i128) -> String {
    format!("{number} does not fit in a word: it must be from -2147483648 to 4294967295")
}

fn no_words(name: &str) -> String {
    format!("`{name}` is neither data nor a variable, so it has no number of words")
}
