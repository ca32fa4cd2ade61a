//! Programs with a marked cursor, and answers drawn under their lines.

use provable::lang::modules::{MemoryFiles, Modules, Parsed};
use provable_ide::formatting::Edit;
use provable_ide::{Beside, Fix, FixKind, Snapshot, fixes, hover};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// The files around a text, by the paths of `.use` lines from it on.
pub struct Around(Vec<(String, Arc<Parsed>)>);

impl Around {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let parsed = files.iter().map(|(path, text)| {
            let path = path.strip_suffix(".prov").unwrap_or(path);
            (path.to_owned(), Arc::new(Parsed::new(text)))
        });
        Around(parsed.collect())
    }
}

impl Beside for Around {
    fn names(&self, folder: &str) -> Vec<String> {
        let inside = self
            .0
            .iter()
            .filter_map(|(path, _)| path.strip_prefix(folder));
        let names = inside.map(|rest| match rest.split_once('/') {
            Some((inner, _)) => format!("{inner}/"),
            None => rest.to_owned(),
        });
        let mut names: Vec<String> = names.collect();
        names.dedup();
        names
    }

    fn file(&self, path: &str) -> Option<Arc<Parsed>> {
        let found = self.0.iter().find(|(one, _)| one == path);
        found.map(|(_, file)| Arc::clone(file))
    }
}

/// The cursor's mark; two of them mark a range.
const MARK: &str = "$0";

/// A program without its marks, and where they were.
pub fn marked(text: &str) -> (Snapshot, Range<usize>) {
    let parts: Vec<&str> = text.split(MARK).collect();
    let start = parts[0].len();
    let end = match parts.len() {
        2 => start,
        3 => start + parts[1].len(),
        _ => panic!("one mark or two: {text}"),
    };
    (Snapshot::new(&parts.concat()), start..end)
}

/// A program and its cursor.
pub fn at_cursor(text: &str) -> (Snapshot, usize) {
    let (snapshot, range) = marked(text);
    (snapshot, range.start)
}

/// Each line of the text that has something on it, with carets under that and a note after them.
pub fn draw(s: &Snapshot, notes: impl IntoIterator<Item = (Range<usize>, String)>) -> String {
    let notes: Vec<_> = notes.into_iter().collect();
    let mut out = String::new();
    for line in 0..s.lines.line_count() {
        let span = s.lines.line_span(line).unwrap();
        let here = |at: &Range<usize>| s.lines.line_column(at.start).line == line;
        if !notes.iter().any(|(at, _)| here(at)) {
            continue;
        }
        let code = format!("{:<3}{}", line + 1, &s.text()[span.clone()]);
        writeln!(out, "{}", code.trim_end()).unwrap();
        for (at, note) in notes.iter().filter(|(at, _)| here(at)) {
            let end = s.lines.line_column(at.end);
            let indent = s.text()[span.start..at.start].chars().count();
            let width = s.text()[at.start..at.end.min(span.end)]
                .trim_end()
                .chars()
                .count();
            let carets = if at.is_empty() {
                "|".into()
            } else {
                "^".repeat(width.max(1))
            };
            let more = if end.line > line && end.column > 0 || end.line > line + 1 {
                format!(" to {}:{}", end.line + 1, end.column)
            } else {
                String::new()
            };
            let row = format!("   {}{carets} {note}{more}", " ".repeat(indent));
            writeln!(out, "{}", row.trim_end()).unwrap();
        }
    }
    out
}

/// The text after some edits, which must be in order and not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out + &text[at..]
}

/// A program without its marks, and every fix that is offered there.
pub fn all_fixes(text: &str) -> (String, Vec<Fix>) {
    let (s, range) = marked(text);
    (s.text().to_owned(), fixes(&s, range))
}

/// Every fix of a kind: its title, whether it is preferred (`!`), and the text with it.
pub fn draw_fixes(text: &str, kind: FixKind) -> String {
    let (text, fixes) = all_fixes(text);
    let mut out = String::new();
    for fix in fixes.into_iter().filter(|fix| fix.kind == kind) {
        let code = fix.code.map_or(String::new(), |code| format!(" [{code}]"));
        let sign = if fix.is_preferred { "!" } else { "" };
        out += &format!("== {}{sign}{code}\n", fix.title);
        out += &apply(&text, &fix.edits);
        out += if out.ends_with('\n') { "" } else { "\n" };
    }
    out
}

/// The span of a hover, and its text.
pub fn draw_hover(text: &str) -> String {
    let (s, cursor) = at_cursor(text);
    match hover(&s, cursor) {
        Some(hover) => draw(&s, [(hover.span, String::new())]) + "\n" + &hover.markdown,
        None => "nothing\n".into(),
    }
}

/// A program with a marked cursor that may use other files, each with its name and text. The ids of the files are their
/// names; that of the program is `main.prov`.
pub fn among(text: &str, files: &[(&str, &str)]) -> (Snapshot, usize) {
    let cursor = text.find(MARK).unwrap_or(0);
    let parsed = Arc::new(Parsed::new(&text.replacen(MARK, "", 1)));
    let files = MemoryFiles::new(files.iter().copied());
    let modules = Modules::load("main.prov", parsed, &files);
    (Snapshot::of(modules), cursor)
}
