//! What holds of every answer to an editor: it is about places that the text has.

use provable_ide::{self as features, Edit, Snapshot};
use std::ops::Range;

/// Asks everything that can be asked about a place and a stretch.
pub fn ask(s: &Snapshot, at: usize, range: Range<usize>) {
    let text = s.text();
    let mut spans: Vec<Range<usize>> = Vec::new();
    let findings = features::diagnostics(s);
    spans.extend(findings.iter().map(|one| one.diagnostic.span.clone()));
    spans.extend(features::hover(s, at).map(|hover| hover.span));
    spans.push(features::completions(s, at).replace);
    if let Some(signature) = features::signature(s, at) {
        let parameter = signature.parameter;
        assert!(parameter.is_none_or(|range| signature.label.get(range).is_some()));
    }
    if let Some(definition) = features::definition(s, at) {
        spans.push(definition.origin);
        // The place may be in the text of another file.
        spans.extend((definition.file == 0).then_some(definition.target));
    }
    spans.extend(features::references(s, at, true));
    spans.extend(features::highlights(s, at).into_iter().map(|place| place.0));
    spans.extend(
        features::document_symbols(s)
            .into_iter()
            .map(|symbol| symbol.span),
    );
    for (first, last, _) in features::folds(s) {
        assert!(first < last && last < s.lines.line_count());
    }
    spans.extend(features::routine_at(s, at).map(|routine| routine.span));
    spans.extend(
        features::incoming(s, at)
            .into_iter()
            .flat_map(|call| call.1),
    );
    spans.extend(
        features::outgoing(s, at)
            .into_iter()
            .flat_map(|call| call.1),
    );
    for pair in features::selection(s, at).windows(2) {
        let [inner, outer] = pair else { continue };
        assert!(outer.start <= inner.start && inner.end <= outer.end && inner != outer);
    }
    let tokens = features::tokens(s, 0..usize::MAX);
    for pair in tokens.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "tokens overlap");
    }
    spans.extend(tokens.into_iter().map(|token| token.span));
    spans.extend(
        features::depth_hints(s, range.clone())
            .into_iter()
            .map(|hint| hint.offset..hint.offset),
    );
    for span in spans {
        assert!(
            text.get(span.clone()).is_some(),
            "{span:?} is no place of {text:?}"
        );
    }
    for edits in [
        features::format_all(s),
        features::format_range(s, range.clone()),
        features::format_on_type(s, at),
    ] {
        apply(text, &edits);
    }
    for fix in features::fixes(s, range) {
        let fixed = Snapshot::new(&apply(text, &fix.edits));
        assert!(
            s.assembly.has_errors() || !fixed.assembly.has_errors(),
            "{} breaks it",
            fix.title
        );
    }
    if let Some((_, name)) = features::prepare(s, at) {
        assert!(!name.is_empty());
    }
    if let Ok(edits) = features::rename(s, at, "other_name") {
        let renamed = Snapshot::new(&apply(text, &edits));
        assert!(s.assembly.has_errors() || renamed.assembly.program == s.assembly.program);
    }
}

/// The text after edits, which are in order and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out += text
            .get(at..edit.span.start)
            .expect("edits are in order and in the text");
        out += &edit.text;
        at = edit.span.end;
    }
    out + text.get(at..).expect("edits are in the text")
}
