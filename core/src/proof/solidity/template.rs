//! Templates: text with slots, as `{{name}}`.

/// The template with its slots filled. A slot that is alone in its line takes lines without the last line feed.
pub(super) fn fill(template: &str, slots: &[(&str, String)]) -> String {
    slots
        .iter()
        .fold(template.to_string(), |text, (name, value)| {
            text.replace(&format!("{{{{{name}}}}}"), value)
        })
}

/// Bytes as a literal of Solidity.
pub(super) fn literal(bytes: &[u8]) -> String {
    format!("hex\"{}\"", hex::encode(bytes))
}

/// Bytes as literals of Solidity, which it joins, one a line.
pub(super) fn literals(bytes: &[u8], in_a_line: usize, indent: usize) -> String {
    let lines = bytes.chunks(in_a_line.max(1));
    let lines = lines.map(|line| format!("{:indent$}{}", "", literal(line)));
    lines.collect::<Vec<_>>().join("\n")
}
