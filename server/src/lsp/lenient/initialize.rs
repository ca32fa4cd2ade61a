//! The parameters of `initialize`. A part that cannot be parsed, such as a new kind of trace or a capability of another
//! shape, must not make the session fail: it is removed.

use serde_json::{Map, Value, json};
use tower_lsp_server::ls_types::InitializeParams;

/// The depth to which parts are removed one by one: `capabilities`, `textDocument`, `completion`, `completionItem`.
const MAX_DEPTH: usize = 4;

/// Removes what cannot be parsed.
pub fn repair(params: &mut Value) {
    let Some(fields) = params.as_object_mut() else {
        return;
    };
    if !fields.get("capabilities").is_some_and(Value::is_object) {
        fields.insert("capabilities".into(), json!({}));
    }
    if let Some(Value::Array(folders)) = fields.get_mut("workspaceFolders") {
        for folder in folders.iter_mut().filter_map(Value::as_object_mut) {
            if !folder.get("name").is_some_and(Value::is_string) {
                folder.insert("name".into(), "".into());
            }
        }
        folders
            .retain(|folder| parses(&json!({ "capabilities": {}, "workspaceFolders": [folder] })));
    }
    if !parses(params) {
        prune(params, &mut Vec::new());
    }
}

fn parses(params: &Value) -> bool {
    serde::Deserialize::deserialize(params).is_ok_and(|_: InitializeParams| true)
}

/// Removes the smallest parts that cannot be parsed by themselves.
fn prune(part: &mut Value, path: &mut Vec<String>) {
    let Some(fields) = part.as_object_mut() else {
        return;
    };
    let kept = std::mem::take(fields)
        .into_iter()
        .filter_map(|(key, mut value)| {
            path.push(key.clone());
            let mut is_valid = parses(&at(path, value.clone()));
            if !is_valid && value.is_object() && path.len() < MAX_DEPTH {
                prune(&mut value, path);
                is_valid = parses(&at(path, value.clone()));
            }
            path.pop();
            is_valid.then_some((key, value))
        });
    *fields = kept.collect::<Map<_, _>>();
}

/// Parameters with nothing but one value at a path.
fn at(path: &[String], value: Value) -> Value {
    let mut value = value;
    for key in path.iter().rev() {
        value = json!({ key.as_str(): value });
    }
    if let Some(fields) = value.as_object_mut() {
        fields.entry("capabilities").or_insert_with(|| json!({}));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_cannot_be_parsed_are_removed_and_the_rest_is_kept() {
        let mut params = json!({
            "trace": "compact",
            "rootPath": 7,
            "workspaceFolders": [{ "uri": "file:///w" }, { "name": "no uri" }, 7],
            "capabilities": {
                "workspace": { "configuration": true, "symbol": 7 },
                "textDocument": { "completion": { "contextSupport": "yes", "completionItem": { "snippetSupport": true } } },
                "window": 3,
            },
        });
        repair(&mut params);
        assert_eq!(
            params,
            json!({
                "workspaceFolders": [{ "uri": "file:///w", "name": "" }],
                "capabilities": {
                    "workspace": { "configuration": true },
                    "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
                },
            })
        );
    }
}
