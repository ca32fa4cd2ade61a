//! Findings and traps as people read them, with the lines they are about, and as JSON.

use crate::errors::failure::Failure;
use crate::source::{Positions, Source};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::quote::{self, shortened};
use provable::vm::Trap;
use serde_json::{Value, json};
use std::ops::Range;

/// The most findings that are shown; the others are counted.
const SHOWN: usize = 20;
/// Other places shown with a finding.
const RELATED: usize = 4;
/// The longest line that is shown, in bytes; of a longer one the position is given.
const LONGEST: usize = 4096;

/// One source and the positions in it.
pub struct Report<'a> {
    source: &'a Source,
    positions: Positions<'a>,
}

impl<'a> Report<'a> {
    /// A report on this source.
    pub fn new(source: &'a Source) -> Self {
        Report {
            source,
            positions: Positions::new(source),
        }
    }

    /// The findings with their source lines.
    pub fn text(&self, diagnostics: &[Diagnostic]) -> String {
        let mut shown: Vec<String> = diagnostics
            .iter()
            .take(SHOWN)
            .map(|diagnostic| self.one(diagnostic))
            .collect();
        if diagnostics.len() > SHOWN {
            shown.push(format!(
                "… and {} more in {}",
                diagnostics.len() - SHOWN,
                quote::name(&self.source.name)
            ));
        }
        shown.join("\n\n")
    }

    /// The findings as an array.
    pub fn json(&self, diagnostics: &[Diagnostic]) -> Value {
        diagnostics
            .iter()
            .map(|diagnostic| self.one_json(diagnostic))
            .collect()
    }

    /// Why the source does not assemble, as the failure of a command that needs a program.
    pub fn failure(&self, errors: &[Diagnostic]) -> Failure {
        Failure::unusable(self.positions.summary(errors))
            .shown(self.text(errors))
            .field("file", json!(self.source.name))
            .field("diagnostics", self.json(errors))
    }

    /// A trap at its instruction, and notes.
    pub fn trap(&self, trap: &Trap, instruction: Range<usize>, notes: &[String]) -> String {
        let title = Level::ERROR
            .with_name("trap")
            .primary_title(trap.reason.to_string());
        let label = format!("instruction {}", trap.pc);
        let mark = (instruction, AnnotationKind::Primary, Some(label));
        let notes = notes.iter();
        let notes = notes.map(|note| Level::NOTE.message(note.as_str()).into());
        let elements: Vec<Element<'_>> =
            self.excerpt(vec![mark]).into_iter().chain(notes).collect();
        render(&[title.elements(elements)])
    }

    fn one(&self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::NOTE.with_name("hint"),
        };
        let title = level
            .primary_title(shortened(&diagnostic.message))
            .id(diagnostic.code.as_str());
        let primary = (diagnostic.span.clone(), AnnotationKind::Primary, None);
        let related = diagnostic
            .related
            .iter()
            .take(RELATED)
            .map(|(span, message)| (span.clone(), AnnotationKind::Context, Some(message.clone())));
        let mut group =
            title.elements(self.excerpt(std::iter::once(primary).chain(related).collect()));
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        render(&[group])
    }

    /// One snippet where the places are near each other, else one for each.
    fn excerpt(&self, marks: Vec<Mark>) -> Vec<Element<'a>> {
        let start = marks.iter().map(|(span, ..)| span.start).min().unwrap_or(0);
        let end = marks.iter().map(|(span, ..)| span.end).max().unwrap_or(0);
        let whole = self.whole_lines(start..end);
        if whole.len() <= LONGEST {
            return vec![self.snippet(whole, marks)];
        }
        marks
            .into_iter()
            .map(|mark| match self.whole_lines(mark.0.clone()) {
                lines if lines.len() <= LONGEST => self.snippet(lines, vec![mark]),
                _ => {
                    let label = mark.2.map(|label| format!(": {label}")).unwrap_or_default();
                    Level::NOTE
                        .message(format!(
                            "at {}{label}",
                            self.positions.position(mark.0.start)
                        ))
                        .into()
                }
            })
            .collect()
    }

    fn snippet(&self, lines: Range<usize>, marks: Vec<Mark>) -> Element<'a> {
        let text = self.source.text.get(lines.clone()).unwrap_or_default();
        let first = self.positions.lines.line_column(lines.start).line + 1;
        let mut snippet = Snippet::source(text)
            .path(quote::name(&self.source.name))
            .line_start(first);
        for (span, kind, label) in marks {
            let from = span.start.saturating_sub(lines.start).min(text.len());
            let to = span.end.saturating_sub(lines.start).clamp(from, text.len());
            let annotation: Annotation<'a> = kind.span(from..to);
            snippet = snippet.annotation(match label {
                Some(label) => annotation.label(label),
                None => annotation,
            });
        }
        snippet.into()
    }

    /// The lines that a span touches, without the last line's end.
    fn whole_lines(&self, span: Range<usize>) -> Range<usize> {
        let first = self.positions.lines.line_column(span.start).line;
        let last = self.positions.lines.line_column(span.end).line;
        let start = self
            .positions
            .lines
            .line_span(first)
            .map_or(0, |line| line.start);
        let end = self
            .positions
            .lines
            .line_span(last)
            .map_or(start, |line| line.end)
            .max(start);
        let text = self.source.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\r', '\n']).len()
    }

    fn one_json(&self, diagnostic: &Diagnostic) -> Value {
        let mut object = self.span_json(&diagnostic.span);
        if let Some(map) = object.as_object_mut() {
            let severity = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "hint",
            };
            map.insert("severity".into(), json!(severity));
            map.insert("code".into(), json!(diagnostic.code.as_str()));
            map.insert("message".into(), json!(diagnostic.message));
            map.insert("help".into(), json!(diagnostic.help));
            let related = diagnostic.related.iter().map(|(span, message)| {
                let mut object = self.span_json(span);
                if let Some(map) = object.as_object_mut() {
                    map.insert("message".into(), json!(message));
                }
                object
            });
            map.insert("related".into(), related.collect());
        }
        object
    }

    fn span_json(&self, span: &Range<usize>) -> Value {
        let (line, column) = self.positions.line_column(span.start);
        let (end_line, end_column) = self.positions.line_column(span.end);
        json!({ "line": line, "column": column, "end_line": end_line, "end_column": end_column })
    }
}

/// A marked span, its style, and its label.
type Mark = (Range<usize>, AnnotationKind, Option<String>);

fn render(groups: &[Group<'_>]) -> String {
    Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .render(groups)
        // Terminals take these for the start of escape sequences. The renderer shows the other control characters itself.
        .replace(|c| ('\u{80}'..='\u{9f}').contains(&c), "\u{fffd}")
}
