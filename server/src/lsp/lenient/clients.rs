//! What a client says of itself at the start. One thing that this server does not know, such as a new kind of trace or
//! a capability of another shape, must not cost the session: it is left out.

use serde_json::{Map, Value, json};
use tower_lsp_server::ls_types::InitializeParams;

/// How deep parts are told from each other: `capabilities`, `textDocument`, `completion`, `completionItem`.
const DEEPEST: usize = 4;

/// Leaves out what cannot be read.
pub fn mend(params: &mut Value) {
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
            .retain(|folder| is_read(&json!({ "capabilities": {}, "workspaceFolders": [folder] })));
    }
    if !is_read(params) {
        prune(params, &mut Vec::new());
    }
}

fn is_read(params: &Value) -> bool {
    serde::Deserialize::deserialize(params).is_ok_and(|_: InitializeParams| true)
}

/// Removes the parts that cannot be read by themselves, the smallest that can be told from each other.
fn prune(part: &mut Value, path: &mut Vec<String>) {
    let Some(fields) = part.as_object_mut() else {
        return;
    };
    let kept = std::mem::take(fields)
        .into_iter()
        .filter_map(|(key, mut value)| {
            path.push(key.clone());
            let mut is_sound = is_read(&at(path, value.clone()));
            if !is_sound && value.is_object() && path.len() < DEEPEST {
                prune(&mut value, path);
                is_sound = is_read(&at(path, value.clone()));
            }
            path.pop();
            is_sound.then_some((key, value))
        });
    *fields = kept.collect::<Map<_, _>>();
}

/// Parameters that say nothing but what is at one place.
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
    fn what_is_not_known_is_left_out_and_the_rest_counts() {
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
        mend(&mut params);
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
