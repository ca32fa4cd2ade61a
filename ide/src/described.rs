//! What is said of a name, an expression, a file and a text.

use super::blocks::is_comment;
use super::cost;
use super::data;
use super::names::{self, Meaning, symbol_kind, use_lines};
use super::snapshot::Snapshot;
use super::values::{number_list, target};
use provable::lang::expression::word;
use provable::lang::link::documents;
use provable::lang::modules::{Contract, DefinitionKind, Evaluator, Found, Worth};
use provable::lang::program::SymbolKind;
use provable::lang::quote::{plural, shortened};
use provable::lang::syntax::{Body, Line, Operand, Span, TextPart, Tree};
use std::fmt::Write;

/// The most names of a file that are listed.
const NAMES: usize = 30;

/// A definition of this text or of another file.
struct Described<'a> {
    kind: SymbolKind,
    /// The name as this text writes it.
    name: String,
    file: usize,
    tree: &'a Tree,
    /// The line of the definition.
    line: usize,
    value: Option<u32>,
    uses: usize,
    /// What it takes in a proof, as lines of a list; empty if that is not known.
    cost: String,
}

/// Information about a name that stands on a line.
pub(super) fn name(s: &Snapshot, meaning: Meaning<'_>, at: usize) -> String {
    let cost = |found: Found| cost::lines(s, found, at).unwrap_or_default();
    let described = match meaning {
        Meaning::Own(symbol) if symbol.kind == SymbolKind::File => {
            let mut lines = use_lines(s);
            return match lines.find(|(line, _)| line.line == symbol.line) {
                Some((_, Some(file))) => self::file(s, file),
                _ => format!("file `{}`, which cannot be used\n", shortened(&symbol.name)),
            };
        }
        Meaning::Own(symbol) => Described {
            kind: symbol.kind,
            name: symbol.name.clone(),
            file: 0,
            tree: &s.assembly.tree,
            line: symbol.line,
            value: symbol.value,
            uses: symbol.references.len(),
            cost: match symbol.kind {
                SymbolKind::Routine => s.modules.find(0, &symbol.name).map_or(String::new(), cost),
                _ => String::new(),
            },
        },
        Meaning::Member(found) => {
            let (file, line) = (found.file, found.definition.line);
            let tree = names::tree(s, file).unwrap_or(&s.assembly.tree);
            Described {
                kind: symbol_kind(found.definition.kind),
                name: tree.slice(found.definition.name).to_owned(),
                file,
                tree,
                line,
                value: names::value(s, file, line),
                uses: names::uses(s, names::Shared { file, line }).len(),
                cost: cost(found),
            }
        }
    };
    describe(s, &described)
}

fn describe(s: &Snapshot, it: &Described<'_>) -> String {
    let name = shortened(&it.name);
    let body = it.tree.lines().get(it.line).map(|line| line.body);
    let mut out = match (it.kind, it.value) {
        (SymbolKind::Label, Some(index)) => format!("label `{name}`: {}", target(s, index)),
        (SymbolKind::Routine, _) => routine(it, body),
        (SymbolKind::Data, value) => {
            let (count, words) = data::words(it.tree, it.line);
            // A word may be a character literal, and so a backtick.
            let words = words.replace('`', "'");
            let place = place(it, body, value);
            format!("data `{name}`: {count} at {place}- words: `{words}`\n")
        }
        (SymbolKind::Variable, value) => {
            let size = names::size(s, it.file, it.line);
            let size = size.map_or("words".to_owned(), |size| plural(size, "word"));
            format!("variable `{name}`: {size} at {}", place(it, body, value))
        }
        (SymbolKind::Parameter, _) => {
            format!("parameter `{name}`, a number that each CALL and each `.inline` gives\n\n")
        }
        (kind, Some(value)) => format!("{} `{name}` = {}", kind.word(), number_list(value)),
        (kind, None) => format!("{} `{name}`, whose value is no number\n\n", kind.word()),
    };
    out.push_str(&it.cost);
    let _ = match it.uses {
        0 => writeln!(out, "- never used"),
        uses => writeln!(out, "- used {}", plural(uses, "time")),
    };
    if it.file != 0
        && let Some((line, _)) = use_lines(s).find(|(_, file)| *file == Some(it.file))
    {
        let _ = writeln!(out, "- from `{}`", shortened(&line.path).replace('`', "'"));
    }
    let said = said(it.tree, it.line);
    if !said.is_empty() {
        let _ = write!(out, "\n{said}");
    }
    out
}

fn place(it: &Described<'_>, body: Option<Body>, value: Option<u32>) -> String {
    let is_chosen = body.is_some_and(|body| match body {
        Body::Data { at, address, .. } => at.is_some() || address.is_some(),
        body => body.operands().get(1).is_some_and(Option::is_some),
    });
    match value {
        Some(address) => format!("address {}", number_list(address)),
        None if is_chosen || it.kind == SymbolKind::Label => {
            "an address that is not known\n\n".to_owned()
        }
        None => "an address that the linker chooses\n\n".to_owned(),
    }
}

fn routine(it: &Described<'_>, body: Option<Body>) -> String {
    let name = shortened(&it.name);
    let Some(
        body @ Body::Routine {
            effect, parameters, ..
        },
    ) = body
    else {
        return format!("routine `{name}`\n\n");
    };
    let Some((contract, effect)) = Contract::of(it.tree, &body).zip(effect) else {
        return format!("routine `{name}`, whose line does not say what it takes and leaves\n\n");
    };
    // As the line of the routine has them.
    let end = parameters.map_or(effect.end, |parameters| parameters.end);
    let written = it.tree.slice(Span {
        start: effect.start,
        end,
    });
    let mut out = format!("routine `{name}`: `{}`\n\n", shortened(written));
    let takes = plural(contract.inputs, "word");
    let _ = match contract.outputs {
        Some(outputs) => writeln!(out, "- takes {takes}, leaves {outputs}"),
        None => writeln!(out, "- takes {takes}, and never comes back"),
    };
    if contract.looks_below {
        let _ = writeln!(out, "- looks at words below those");
    }
    out
}

/// Information about a file that the text uses: the names that it makes known.
pub(super) fn file(s: &Snapshot, file: usize) -> String {
    let line = use_lines(s).find(|(_, used)| *used == Some(file));
    let path = line.map_or(s.modules.stem(file), |(line, _)| line.path.as_str());
    let mut out = format!("file `{}`\n\n", shortened(path).replace('`', "'"));
    let Some(tree) = names::tree(s, file) else {
        return out;
    };
    let all = names::visible(s, file);
    for (name, definition) in all.iter().take(NAMES) {
        let body = tree.lines().get(definition.line).map(|line| line.body);
        let detail = match (definition.kind, body) {
            (
                DefinitionKind::Routine(_),
                Some(Body::Routine {
                    effect, parameters, ..
                }),
            ) => {
                let parts = [effect, parameters].into_iter().flatten();
                parts.map(|part| format!(" {}", tree.slice(part))).collect()
            }
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "- {} `{}{}`",
            symbol_kind(definition.kind).word(),
            shortened(name),
            shortened(&detail)
        );
    }
    if all.len() > NAMES {
        let _ = writeln!(out, "- and {} more", all.len() - NAMES);
    }
    out
}

/// The value of an expression.
pub(super) fn expression(s: &Snapshot, whole: Operand) -> Option<String> {
    let line = s.assembly.tree.line_at(whole.span.start as usize)?;
    let scope = s.assembly.section_at(line);
    let mut local = |name: &str| {
        let symbol = s.assembly.symbols.get_in(scope, name)?;
        (symbol.kind == SymbolKind::Parameter).then_some(Worth::Later)
    };
    let written = shortened(s.assembly.tree.slice(whole.span)).replace('`', "'");
    match Evaluator::new(&s.modules).operand(0, whole, &mut local) {
        Worth::Number(number) => {
            let list = number_list(word(number)?);
            Some(format!("`{written}` = {list}"))
        }
        Worth::Later => Some(format!(
            "`{written}`, whose value is known when the program is linked\n"
        )),
        Worth::Nothing { .. } => None,
    }
}

/// How many words a text in double quotes makes.
pub(super) fn text(s: &Snapshot, span: Span, line: usize) -> Option<String> {
    let parts = s.assembly.tree.text_of(span).ok()?;
    match s.rows().get(line)?.body {
        Body::Bytes { .. } => {
            let bytes = TextPart::bytes(&parts).len();
            let words = plural(bytes / 4, "word");
            Some(format!("{}, four a word: {words}\n", plural(bytes, "byte")))
        }
        Body::Test { .. } => None,
        _ => {
            let words = plural(parts.len(), "word");
            Some(format!("{words}, one for each character\n"))
        }
    }
}

/// What the author says of a definition: its documents, as Markdown; else the comment beside it, or the comment lines
/// directly above it.
fn said(tree: &Tree, line: usize) -> String {
    let documents = documents(tree, line);
    if documents.is_empty() {
        return comments(tree, line);
    }
    format!("{}\n", documents.join("\n"))
}

/// The documents of a definition, as Markdown; empty if there are none.
pub(super) fn markdown(tree: &Tree, line: usize) -> String {
    documents(tree, line).join("\n")
}

fn comments(tree: &Tree, line: usize) -> String {
    const LINES: usize = 20;
    let rows = tree.lines();
    let said = |row: &Line| {
        let comment = row.comment.map_or("", |span| tree.slice(span));
        // In a code block the comment is shown as it is written, provided that it does not end the block.
        comment.trim_start_matches(['#', ';']).replace('`', "'")
    };
    // A comment after an instruction is about the instruction.
    let is_beside =
        |row: &&Line| row.comment.is_some() && !matches!(row.body, Body::Instruction { .. });
    let mut lines: Vec<String> = match rows.get(line).filter(is_beside) {
        Some(row) => vec![said(row)],
        None => {
            let above = rows.get(..line).unwrap_or_default().iter().rev();
            let block = above.take_while(|row| is_comment(row)).take(LINES);
            block.map(said).collect()
        }
    };
    if lines.is_empty() {
        return String::new();
    }
    lines.reverse();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    format!("```text\n{}\n```\n", lines.join("\n"))
}
