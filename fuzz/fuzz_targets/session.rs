//! A whole session with the language server, in this process, with a worker that cannot be started. The parts of the
//! input are messages: a byte for the method, two places in four bytes, and a text. From 128 on the text is a message
//! as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable_fuzz::{parts, text};
use provable_server::lsp::serve;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What is asked about a place of the open text.
const ASKED: [&str; 24] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/inlayHint",
];
/// Commands, but for the one that writes a file.
const COMMANDS: [&str; 7] = [
    "provable.run",
    "provable.prove",
    "provable.verify",
    "provable.cancel",
    "provable.status",
    "provable.show",
    "provable.none",
];

/// A folder of this process, for keys and the reference.
static HOME: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("provable-fuzz-{}", std::process::id()));
    // SAFETY: this runs before the first session, so no other thread reads the environment yet.
    #[allow(unsafe_code)]
    unsafe {
        std::env::set_var("XDG_CACHE_HOME", &folder);
    }
    folder
});

fuzz_target!(|data: &[u8]| {
    let keys = HOME.join("keys");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async {
        let (client, input) = tokio::io::duplex(64 << 10);
        let (output, answers) = tokio::io::duplex(64 << 10);
        let (say, heard) = unbounded_channel();
        tokio::spawn(listen(answers, say));
        let messages = messages(data);
        tokio::spawn(talk(client, messages, heard));
        let was_asked = serve(
            input,
            output,
            "/nowhere/provable".into(),
            Vec::new(),
            Some(keys),
        )
        .await;
        assert!(was_asked, "it ended by itself");
    });
});

/// Begins a session, says everything, hears every answer, and ends it.
async fn talk(mut client: DuplexStream, messages: Vec<Value>, mut heard: UnboundedReceiver<u64>) {
    let begin = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true }, "codeLens": { "refreshSupport": true } },
        "window": { "workDoneProgress": true }
    }}});
    say(&mut client, &begin).await;
    assert_eq!(heard.recv().await, Some(1));
    say(
        &mut client,
        &json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
    )
    .await;
    let document = json!({ "uri": "file:///nowhere/a.prov", "languageId": "provable", "version": 0, "text": "PUSH 1\nf: DUP\nCALL f\n" });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } });
    say(&mut client, &open).await;
    let mut waiting = BTreeSet::new();
    for message in messages {
        say(&mut client, &message).await;
        waiting.extend(message["id"].as_u64().filter(|id| *id >= FIRST));
    }
    while !waiting.is_empty() {
        let id = heard.recv().await.expect("every request is answered");
        assert!(id < FIRST || waiting.remove(&id), "{id} is answered twice");
    }
    say(
        &mut client,
        &json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }),
    )
    .await;
    while heard.recv().await.expect("the end is answered") != 2 {}
    say(&mut client, &json!({ "jsonrpc": "2.0", "method": "exit" })).await;
}

/// The number of the first request that must be answered.
const FIRST: u64 = 1 << 40;

fn messages(data: &[u8]) -> Vec<Value> {
    let mut messages = Vec::new();
    for (number, part) in (0..).zip(parts(data)) {
        let [method, a, b, c, d, rest @ ..] = part else {
            continue;
        };
        let text = text(rest);
        if *method >= 128 {
            messages.extend(serde_json::from_str(&text).ok().filter(is_harmless));
            continue;
        }
        let place = |line: u8, character: u8| json!({ "line": line, "character": character });
        let range = json!({ "start": place(*a, *b), "end": place(*c, *d) });
        let document = json!({ "uri": "file:///nowhere/a.prov", "version": number });
        let id = FIRST + number;
        let method = usize::from(*method) % (ASKED.len() + COMMANDS.len() + 8);
        let message = if let Some(name) = ASKED.get(method) {
            let item = json!({ "name": text, "kind": 12, "uri": document["uri"], "range": range, "selectionRange": range });
            json!({ "jsonrpc": "2.0", "id": id, "method": name, "params": {
                "textDocument": document, "position": place(*a, *b), "positions": [place(*a, *b), place(*c, *d)],
                "range": range, "context": { "includeDeclaration": true, "diagnostics": [] }, "newName": text, "query": text,
                "item": item, "previousResultId": text, "ch": text, "options": { "tabSize": 4, "insertSpaces": true }
            }})
        } else if let Some(name) = COMMANDS.get(method - ASKED.len()) {
            let params = json!({ "command": name, "arguments": [document["uri"]] });
            json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/executeCommand", "params": params })
        } else {
            let change = json!({ "range": range, "text": text });
            let params = json!({ "textDocument": document, "contentChanges": [change] });
            json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params })
        };
        messages.push(message);
    }
    messages
}

/// Whether a message neither begins nor ends a session, nor has a file written.
fn is_harmless(message: &Value) -> bool {
    let method = message["method"].as_str().unwrap_or("");
    let is_end = matches!(method, "initialize" | "shutdown" | "exit");
    // A whole number written with a point is that number.
    let is_ours = message["id"]
        .as_f64()
        .is_some_and(|id| id <= 2.0 || id >= FIRST as f64);
    !is_end && !is_ours && !message.to_string().contains("createInputs")
}

async fn say(client: &mut DuplexStream, message: &Value) {
    let body = message.to_string();
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    client
        .write_all(frame.as_bytes())
        .await
        .expect("the server reads");
}

/// Reads what the server says, which must be sound, and passes on the numbers of answers.
async fn listen(answers: DuplexStream, say: UnboundedSender<u64>) {
    let mut reader = BufReader::new(answers);
    let mut line = String::new();
    while reader.read_line(&mut line).await.expect("a header is text") > 0 {
        let length = line
            .trim_end()
            .strip_prefix("Content-Length: ")
            .and_then(|text| text.parse().ok());
        line.clear();
        let Some(length) = length else {
            continue;
        };
        let mut body = vec![0; length];
        reader.read_line(&mut line).await.expect("an empty line");
        reader
            .read_exact(&mut body)
            .await
            .expect("a frame is whole");
        line.clear();
        let message: Value = serde_json::from_slice(&body).expect("a frame is JSON");
        if message.get("method").is_none() {
            let _ = message["id"].as_u64().map(|id| say.send(id));
        }
    }
}
