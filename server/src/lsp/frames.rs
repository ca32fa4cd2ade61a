//! What comes in, frame by frame. The framework stops reading for good at the first frame that it cannot make sense of,
//! so none of those reaches it: whatever arrives, the next good frame is read. What is nearly JSON is mended first.

use super::lenient::{OUT_OF_STEP, text};
use crate::json;
use serde::Deserialize;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream,
};
use tower_lsp_server::jsonrpc::{Request, Response};

/// The largest message that is read, in bytes. A text can have 64 MiB, and its escapes take room.
const MESSAGE_LIMIT: u64 = 160 << 20;
/// The longest line of a header, in bytes.
const HEADER_LIMIT: u64 = 4 << 10;
/// Bytes at the start of a message that is too large which are looked at, to find out what it was.
const HEAD: u64 = 4 << 10;
/// Bytes that wait between here and the framework.
const WAITING: usize = 64 << 10;

/// A message, read as the framework reads it: it looks at every field, also at those that belong to neither kind, so
/// an escape that is no character counts wherever it is.
#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code)] // what matters is that there is one
enum Message {
    Response(Response),
    Request(Request),
}

/// The notification that stands for a frame that made no sense.
pub const MALFORMED: &str = "provable/malformed";

/// The good frames of a stream.
pub fn sound(input: impl AsyncRead + Unpin + Send + 'static) -> DuplexStream {
    let (mut output, sound) = tokio::io::duplex(WAITING);
    tokio::spawn(async move {
        let mut input = BufReader::new(input);
        while let Some(body) = next(&mut input).await {
            let header = format!("Content-Length: {}\r\n\r\n", body.len());
            let sent = output.write_all(header.as_bytes()).await;
            if sent.is_err() || output.write_all(&body).await.is_err() {
                return;
            }
        }
    });
    sound
}

/// The next message, or what stands for one that made no sense; none at the end of the stream.
async fn next(input: &mut (impl AsyncBufRead + Unpin)) -> Option<Vec<u8>> {
    let length = header(input).await?;
    if length > MESSAGE_LIMIT {
        let mut head = Vec::new();
        let mut start = (&mut *input).take(length.min(HEAD));
        start.read_to_end(&mut head).await.ok()?;
        let mut rest = input.take(length.saturating_sub(HEAD));
        tokio::io::copy(&mut rest, &mut tokio::io::sink())
            .await
            .ok()?;
        let what = format!("a message of {length} bytes is too large");
        return Some(malformed(what, &head));
    }
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body).await.ok()?;
    if (read as u64) < length {
        return None;
    }
    Some(understood(body))
}

/// A message as the framework understands it: as it is if it can be, mended, or what stands for one that makes no
/// sense.
fn understood(body: Vec<u8>) -> Vec<u8> {
    let is_message = |text: &str| serde_json::from_str::<Message>(text).is_ok();
    // As a text: in a field that nobody reads, the reader of bytes lets pass what is none.
    if std::str::from_utf8(&body).is_ok_and(is_message) {
        return body;
    }
    let mended = json::mended(&body);
    if is_message(&mended) {
        return mended.into_bytes();
    }
    if let Some(enveloped) = text::enveloped(&mended).filter(|text| is_message(text)) {
        return enveloped.into_bytes();
    }
    let length = body.len();
    let what = format!("a message of {length} bytes is no request, notification or response");
    malformed(what, &body)
}

/// Reads up to the empty line after a length. Lines that say nothing of a length are passed over, whatever they are.
async fn header(input: &mut (impl AsyncBufRead + Unpin)) -> Option<u64> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = (&mut *input)
            .take(HEADER_LIMIT)
            .read_until(b'\n', &mut line)
            .await
            .ok()?;
        if read == 0 {
            return None;
        }
        let line = line.trim_ascii();
        if let (true, Some(length)) = (line.is_empty(), length) {
            return Some(length);
        }
        if let Some(value) = strip_name(line) {
            length = std::str::from_utf8(value.trim_ascii())
                .ok()
                .and_then(|text| text.parse().ok());
        }
    }
}

/// Header names are written in any letter case.
fn strip_name(line: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"content-length:";
    let (name, value) = line.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then_some(value)
}

fn malformed(what: String, body: &[u8]) -> Vec<u8> {
    let (method, params) = match text::changes_a_text(body) {
        Some(uri) => (
            OUT_OF_STEP,
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
    use proptest::prelude::*;

    fn frame(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    /// What comes through of a stream: messages by their method.
    fn methods(bytes: Vec<u8>) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async move {
            let mut input = BufReader::new(bytes.as_slice());
            let mut methods = Vec::new();
            while let Some(body) = next(&mut input).await {
                let value: serde_json::Value = serde_json::from_slice(&body).unwrap();
                methods.push(value["method"].as_str().unwrap_or("").to_owned());
            }
            methods
        })
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[test]
    fn a_frame_that_makes_no_sense_costs_itself_alone() {
        for bad in ["{\"jsonrpc", "[]", "7", "\"\"", "{}", "\u{fffd}"] {
            let stream = [frame(bad), frame(GOOD)].concat();
            assert_eq!(methods(stream), [MALFORMED, "exit"], "{bad}");
        }
        let utf8 = [b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec(), frame(GOOD)].concat();
        assert_eq!(methods(utf8), [MALFORMED, "exit"]);
    }

    #[test]
    fn what_is_nearly_a_message_is_read() {
        // Half a character and a byte that is none, also in a field that nobody reads.
        let half = r#"{"jsonrpc":"2.0","id":1,"method":"x","unread":"\ud800"}"#;
        let mut byte = frame(r#"{"jsonrpc":"2.0","method":"y","unread":"?"}"#);
        let place = byte.iter().rposition(|byte| *byte == b'?').unwrap();
        byte[place] = 0xff;
        let number = r#"{"id":1.0,"method":"z","params":{"x":1e999}}"#;
        let stream = [frame(half), byte, frame(number), frame(GOOD)].concat();
        assert_eq!(methods(stream), ["x", "y", "z", "exit"]);
    }

    #[test]
    fn a_change_that_makes_no_sense_is_told_with_its_document() {
        let broken = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.prov"}"#;
        let body: serde_json::Value = serde_json::from_slice(&understood(broken.into())).unwrap();
        assert_eq!(body["method"], OUT_OF_STEP);
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
            next(&mut BufReader::new(stream)).await.unwrap()
        });
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["params"]["uri"], "file:///a.prov");
    }

    #[test]
    fn what_is_no_header_is_passed_over() {
        let garbage = b"GET / HTTP/1.1\r\n\r\ncontent-length: many\r\n\r\n".to_vec();
        let long = vec![b'x'; 3 * HEADER_LIMIT as usize];
        let stream = [garbage, long, b"\r\n".to_vec(), frame(GOOD)].concat();
        assert_eq!(methods(stream), ["exit"]);
    }

    #[test]
    fn half_a_frame_at_the_end_is_the_end() {
        let mut stream = frame(GOOD);
        stream.truncate(stream.len() - 3);
        assert_eq!(methods(stream), [""; 0]);
    }

    proptest! {
        #[test]
        fn after_any_bytes_and_a_line_end_a_good_frame_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            // Bytes that hold a length themselves may claim what follows.
            prop_assume!(!bytes.to_ascii_lowercase().windows(15).any(|part| part == b"content-length:"));
            let stream = [bytes, b"\r\n".to_vec(), frame(GOOD)].concat();
            prop_assert_eq!(methods(stream), ["exit"]);
        }
    }
}
