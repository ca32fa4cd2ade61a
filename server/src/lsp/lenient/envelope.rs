//! The envelope of JSON-RPC in messages that are not quite valid.

use serde_json::Value;

/// Repairs the envelope of a message: adds the version of JSON-RPC, and makes the identifier an integer. None if it is no
/// message.
pub fn repaired(text: &str) -> Option<String> {
    let mut message: Value = serde_json::from_str(text).ok()?;
    let fields = message.as_object_mut()?;
    let is_call = fields.get("method").is_some_and(Value::is_string);
    if !is_call && !fields.contains_key("id") {
        return None;
    }
    fields.insert("jsonrpc".into(), "2.0".into());
    if let Some(Value::Number(id)) = fields.get_mut("id") {
        crate::lenient_json::whole_number(id);
    }
    Some(message.to_string())
}

/// The URI of the document that a damaged message opens or changes, if the message names it. None if the message neither
/// opens nor changes a text. The bytes may be the start of the message alone.
pub fn document_of_sync(bytes: &[u8]) -> Option<Option<String>> {
    let text = String::from_utf8_lossy(bytes);
    // JSON may escape a slash.
    let text = ["\\/", "\\u002f", "\\u002F"]
        .iter()
        .fold(text.into_owned(), |text, one| text.replace(one, "/"));
    let methods = ["\"textDocument/didChange\"", "\"textDocument/didOpen\""];
    if !methods.iter().any(|method| text.contains(method)) {
        return None;
    }
    // The URI of the document, and no URI that comes before it.
    let document = text.split_once("\"textDocument\"");
    let after = document.and_then(|(_, document)| Some(document.split_once("\"uri\"")?.1));
    let quoted = after.and_then(|after| after.trim_start().strip_prefix(':'));
    let string = quoted.map(|quoted| quoted.trim_start());
    // A string with more text after it.
    let mut values = serde_json::Deserializer::from_str(string.unwrap_or("")).into_iter::<String>();
    Some(values.next().and_then(Result::ok))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_of_a_damaged_change_is_found() {
        let broken = br#"{"method":"textDocument/didChange","params":{"textDocument":{"uri": "file:///a.prov","vers"#;
        assert_eq!(
            document_of_sync(broken),
            Some(Some("file:///a.prov".into()))
        );
        let escaped = br#"{"uri":"file:///b","method":"textDocument\/didChange","params":{"textDocument":{"uri": "file:\u002f//a.prov",},"#;
        assert_eq!(
            document_of_sync(escaped),
            Some(Some("file:///a.prov".into()))
        );
        let less =
            br#"{"method":"textDocument/didChange","params":{"textDocument":{"uri": "file:///a"#;
        assert_eq!(document_of_sync(less), Some(None));
        assert_eq!(
            document_of_sync(br#"{"method":"textDocument/hover","uri":"file:///a"}"#),
            None
        );
    }
}
