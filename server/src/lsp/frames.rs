//! The messages that come in. The framework stops reading for ever at the first message that it cannot parse, so none of
//! those reaches it: it is repaired, or replaced by a notification that reports it.

use super::lenient::{OUT_OF_SYNC, envelope};
use crate::framing::{self, Frame};
use crate::lenient_json;
use serde::Deserialize;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncWriteExt, BufReader, DuplexStream};
use tower_lsp_server::jsonrpc::{Request, Response};

/// The largest message that is read, in bytes. A text can have 64 MiB, and escapes make it longer.
const MESSAGE_LIMIT: u64 = 160 << 20;
/// The most bytes that wait to be read by the framework.
const MAX_WAITING: usize = 64 << 10;

/// The notification that replaces a malformed message. It has a `message` that describes it.
pub const MALFORMED: &str = "provable/malformed";

/// A message, parsed as the framework parses it: an escape that is no character is an error also in a field that nothing
/// reads.
#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code)] // only whether it parses matters
enum Message {
    Response(Response),
    Request(Request),
}

/// A stream of the messages of `input`, which the framework can parse.
pub fn readable_messages(input: impl AsyncRead + Unpin + Send + 'static) -> DuplexStream {
    let (mut output, messages) = tokio::io::duplex(MAX_WAITING);
    tokio::spawn(async move {
        let mut input = BufReader::new(input);
        while let Some(body) = next_message(&mut input).await {
            let sent = output.write_all(framing::header(&body).as_bytes()).await;
            if sent.is_err() || output.write_all(&body).await.is_err() {
                return;
            }
        }
    });
    messages
}

/// The next message, or the notification that replaces it. None at the end of the stream.
async fn next_message(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Vec<u8>> {
    Some(match framing::read_async(input, MESSAGE_LIMIT).await? {
        Frame::Body(body) => readable(body),
        Frame::TooLarge { length, start } => {
            malformed(format!("a message of {length} bytes is too large"), &start)
        }
    })
}

/// A message that the framework can parse: unchanged if possible, else repaired, else the notification that replaces it.
fn readable(body: Vec<u8>) -> Vec<u8> {
    let is_message = |text: &str| serde_json::from_str::<Message>(text).is_ok();
    // Parsed as a text: the parser of bytes accepts invalid UTF-8 in a field that nothing reads.
    if std::str::from_utf8(&body).is_ok_and(is_message) {
        return body;
    }
    let repaired = lenient_json::repair(&body);
    if is_message(&repaired) {
        return repaired.into_bytes();
    }
    if let Some(enveloped) = envelope::repaired(&repaired).filter(|text| is_message(text)) {
        return enveloped.into_bytes();
    }
    let length = body.len();
    let what = format!("a message of {length} bytes is no request, notification or response");
    malformed(what, &body)
}

/// The notification that replaces a message with this body, or with a body that begins so.
fn malformed(what: String, body: &[u8]) -> Vec<u8> {
    let (method, params) = match envelope::document_of_sync(body) {
        Some(uri) => (
            OUT_OF_SYNC,
            serde_json::json!({ "uri": uri, "message": what }),
        ),
        None => (MALFORMED, serde_json::json!({ "message": what })),
    };
    serde_json::json!({ "jsonrpc": "2.0", "method": method, "params": params })
        .to_string()
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    fn frame(body: &str) -> Vec<u8> {
        [framing::header(body.as_bytes()).as_bytes(), body.as_bytes()].concat()
    }

    /// The methods of the messages that are read from a stream.
    fn methods(bytes: Vec<u8>) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async move {
            let mut input = BufReader::new(bytes.as_slice());
            let mut methods = Vec::new();
            while let Some(body) = next_message(&mut input).await {
                let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
                methods.push(value["method"].as_str().unwrap_or("").to_owned());
            }
            methods
        })
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[test]
    fn a_malformed_message_is_reported_and_the_next_one_is_read() {
        for bad in ["{\"jsonrpc", "[]", "7", "\"\"", "{}", "\u{fffd}"] {
            let stream = [frame(bad), frame(GOOD)].concat();
            assert_eq!(methods(stream), [MALFORMED, "exit"], "{bad}");
        }
        let utf8 = [b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec(), frame(GOOD)].concat();
        assert_eq!(methods(utf8), [MALFORMED, "exit"]);
    }

    #[test]
    fn a_message_with_invalid_characters_or_numbers_is_read() {
        // A lone surrogate and an invalid byte, also in a field that nothing reads.
        let half = r#"{"jsonrpc":"2.0","id":1,"method":"x","unread":"\ud800"}"#;
        let mut byte = frame(r#"{"jsonrpc":"2.0","method":"y","unread":"?"}"#);
        let place = byte.iter().rposition(|byte| *byte == b'?').unwrap();
        byte[place] = 0xff;
        let number = r#"{"id":1.0,"method":"z","params":{"x":1e999}}"#;
        let stream = [frame(half), byte, frame(number), frame(GOOD)].concat();
        assert_eq!(methods(stream), ["x", "y", "z", "exit"]);
    }

    #[test]
    fn a_malformed_change_is_reported_with_its_document() {
        let broken = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.prov"}"#;
        let body: serde_json::Value = serde_json::from_slice(&readable(broken.into())).unwrap();
        assert_eq!(body["method"], OUT_OF_SYNC);
        assert_eq!(body["params"]["uri"], "file:///a.prov");
        let length = MESSAGE_LIMIT + 1;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let body = runtime.block_on(async {
            let header = format!("Content-Length: {length}\r\n\r\n{broken}");
            let rest = tokio::io::repeat(b' ').take(length - broken.len() as u64);
            let stream = header
                .as_bytes()
                .chain(rest)
                .chain(frame(GOOD).leak() as &[u8]);
            next_message(&mut BufReader::new(stream)).await.unwrap()
        });
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["params"]["uri"], "file:///a.prov");
    }
}
