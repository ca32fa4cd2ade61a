//! `docs/std.md`, made from the documents of the standard library.

use provable::lang::link::documents;
use provable::lang::modules::Parsed;
use provable::lang::std_library::{names, parsed};
use provable::lang::syntax::{Body, Tree};
use std::fmt::Write;

const HEAD: &str = "\
# The standard library

<!-- generated from the documents in core/src/lang/std, see tests/tests/reference.rs -->

These files are part of the command. A program uses one by its version and name, and calls or copies what it needs:

```
.use \"std@1/math\"
        READ
        READ
        CALL math.min
        WRITE
        HALT
```

A file of a released version never changes, so that what uses it keeps its digest. [The language](language.md#modules) says how
files are used; the stack effects are those of its [routines](language.md#routines).
";

/// The page.
pub fn page() -> String {
    let mut page = String::from(HEAD);
    for id in names() {
        if let Some(parsed) = parsed(id) {
            file(&mut page, id, &parsed);
        }
    }
    page
}

fn file(page: &mut String, id: &str, parsed: &Parsed) {
    let tree = parsed.tree();
    let _ = writeln!(page, "\n## {id}\n");
    let about = about(tree);
    if !about.is_empty() {
        let _ = writeln!(page, "{about}\n");
    }
    let mut rows = String::new();
    for (line, one) in tree.lines().iter().enumerate() {
        let name = one.body.defined().map_or("", |name| tree.slice(name));
        if name.is_empty() || name.starts_with('_') {
            continue;
        }
        let stem = id.rsplit('/').next().unwrap_or(id);
        let head = match one.body {
            Body::Routine {
                effect, parameters, ..
            } => {
                let effect = effect.map_or("", |effect| tree.slice(effect));
                let parameters = parameters.map_or("", |span| tree.slice(span));
                format!("{stem}.{name} {effect} {parameters}")
            }
            Body::Constant { value, .. } => {
                let value = value.map_or("", |value| tree.slice(value.span));
                format!("{stem}.{name} = {value}")
            }
            Body::Data { .. } | Body::Variable { .. } => format!("{stem}.{name}"),
            _ => continue,
        };
        let text = escaped(&documents(tree, line).join(" "));
        let _ = writeln!(rows, "| `{}` | {} |", head.trim(), text.trim());
    }
    if !rows.is_empty() {
        let _ = write!(page, "| name | what it does |\n| --- | --- |\n{rows}");
    }
}

/// The comment with which a file begins.
fn about(tree: &Tree) -> String {
    let comments = tree.lines().iter().map_while(|line| {
        let comment = tree.slice(line.comment.filter(|_| matches!(line.body, Body::Empty))?);
        comment
            .strip_prefix('#')
            .filter(|rest| !rest.starts_with('#') && !rest.starts_with("provable"))
    });
    let lines: Vec<&str> = comments.map(str::trim).collect();
    lines.join("\n")
}

/// A text in a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
