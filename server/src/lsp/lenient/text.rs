//! The envelope of messages that are not quite what they should be.

use serde_json::Value;

/// The envelope of a message as the framework wants it: with the version of JSON-RPC, and a whole number for a number.
pub fn enveloped(text: &str) -> Option<String> {
    let mut message: Value = serde_json::from_str(text).ok()?;
    let fields = message.as_object_mut()?;
    let is_call = fields.get("method").is_some_and(Value::is_string);
    if !is_call && !fields.contains_key("id") {
        return None;
    }
    fields.insert("jsonrpc".into(), "2.0".into());
    if let Some(Value::Number(id)) = fields.get_mut("id") {
        crate::json::integral(id);
    }
    Some(message.to_string())
}

/// Whether the bytes of a message, or the first of them, are those of one that opens or changes a text; and the URI
/// that they name, if they name one.
pub fn changes_a_text(bytes: &[u8]) -> Option<Option<String>> {
    let text = String::from_utf8_lossy(bytes);
    // As JSON may write a slash.
    let text = ["\\/", "\\u002f", "\\u002F"]
        .iter()
        .fold(text.into_owned(), |text, one| text.replace(one, "/"));
    let methods = ["\"textDocument/didChange\"", "\"textDocument/didOpen\""];
    if !methods.iter().any(|method| text.contains(method)) {
        return None;
    }
    // That of the document, not of whatever comes before.
    let document = text.split_once("\"textDocument\"");
    let after = document.and_then(|(_, document)| Some(document.split_once("\"uri\"")?.1));
    let quoted = after.and_then(|after| after.trim_start().strip_prefix(':'));
    let string = quoted.map(|quoted| quoted.trim_start());
    // A string at the front of more text.
    let mut values = serde_json::Deserializer::from_str(string.unwrap_or("")).into_iter::<String>();
    Some(values.next().and_then(Result::ok))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_damaged_change_was_to_is_still_read() {
        let broken = br#"{"method":"textDocument/didChange","params":{"textDocument":{"uri": "file:///a.prov","vers"#;
        assert_eq!(changes_a_text(broken), Some(Some("file:///a.prov".into())));
        let escaped = br#"{"uri":"file:///b","method":"textDocument\/didChange","params":{"textDocument":{"uri": "file:\u002f//a.prov",},"#;
        assert_eq!(changes_a_text(escaped), Some(Some("file:///a.prov".into())));
        let less =
            br#"{"method":"textDocument/didChange","params":{"textDocument":{"uri": "file:///a"#;
        assert_eq!(changes_a_text(less), Some(None));
        assert_eq!(
            changes_a_text(br#"{"method":"textDocument/hover","uri":"file:///a"}"#),
            None
        );
    }
}
