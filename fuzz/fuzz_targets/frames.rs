//! Framed input: any bytes, through the decoder of frames, the language server's reader of messages, and the framework behind
//! it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable_server::framing::{self, Frame};
use provable_server::lsp::frames;
use std::io::BufReader;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower_lsp_server::jsonrpc::{Request, Response, Result};
use tower_lsp_server::ls_types::{InitializeParams, InitializeResult};
use tower_lsp_server::{LanguageServer, LspService, Server};

const FIRST: &str =
    r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}"#;
const LAST: &str = r#"{"jsonrpc":"2.0","method":"provable/last"}"#;

/// Counts the messages that say they are the last.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl LanguageServer for Counter {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

impl Counter {
    async fn last(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A limit that short inputs exceed too.
const LIMIT: u64 = 64;

fuzz_target!(|data: &[u8]| {
    let size = data.first().map_or(1, |byte| 1 + usize::from(*byte));
    let whole = decoded(data, usize::MAX);
    assert_eq!(decoded(data, size), whole, "pieces of {size} bytes");

    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime without threads");
    runtime.block_on(async {
        let frames = through(data.to_vec(), usize::MAX).await;
        assert_eq!(
            through(data.to_vec(), size).await,
            frames,
            "pieces of {size} bytes"
        );

        let stream = [data.to_vec(), b"\n".to_vec(), frame(LAST)].concat();
        let frames = messages(&through(stream.clone(), usize::MAX).await);
        let ends = |one: &Request| matches!(one.method(), "exit" | "shutdown" | "initialize");
        if frames.iter().any(ends) {
            return;
        }
        let last = frames
            .iter()
            .filter(|one| one.method() == "provable/last" && one.id().is_none());
        assert_eq!(
            served(stream).await,
            last.count(),
            "the framework missed some"
        );
    });
});

/// The frames of bytes that come in pieces of this size.
fn decoded(bytes: &[u8], size: usize) -> Vec<Frame> {
    let mut input = BufReader::with_capacity(size.min(bytes.len()).max(1), bytes);
    let mut found = Vec::new();
    while let Some(frame) = framing::read(&mut input, LIMIT) {
        match &frame {
            Frame::Body(body) => assert!(body.len() as u64 <= LIMIT),
            Frame::TooLarge { length, start } => {
                assert!(*length > LIMIT && start.len() as u64 <= *length);
            }
        }
        found.push(frame);
    }
    found
}

/// How many messages say that they are the last, as the framework understands what the decoder leaves of the bytes.
async fn served(stream: Vec<u8>) -> usize {
    let counter = Counter::default();
    let count = Arc::clone(&counter.0);
    let (service, socket) = LspService::build(|_| counter)
        .custom_method("provable/last", Counter::last)
        .finish();
    let (mut client, input) = tokio::io::duplex(64 << 10);
    let (output, mut answers) = tokio::io::duplex(64 << 10);
    let server = Server::new(frames::readable_messages(input), output, socket).serve(service);
    tokio::spawn(async move {
        client
            .write_all(&frame(FIRST))
            .await
            .expect("the server reads");
        // What comes before the first answer is refused.
        let mut first = [0];
        answers
            .read_exact(&mut first)
            .await
            .expect("the server answers");
        tokio::spawn(async move { tokio::io::copy(&mut answers, &mut tokio::io::sink()).await });
        let _ = client.write_all(&stream).await;
    });
    server.await;
    count.load(Ordering::Relaxed)
}

fn frame(body: &str) -> Vec<u8> {
    [framing::header(body.as_bytes()).as_bytes(), body.as_bytes()].concat()
}

/// What comes out of the decoder when the bytes come in pieces of this size.
async fn through(bytes: Vec<u8>, size: usize) -> Vec<u8> {
    let (mut write, read) = tokio::io::duplex(64 << 10);
    tokio::spawn(async move {
        for piece in bytes.chunks(size.min(bytes.len()).max(1)) {
            if write.write_all(piece).await.is_err() {
                return;
            }
        }
    });
    let mut out = Vec::new();
    frames::readable_messages(read)
        .read_to_end(&mut out)
        .await
        .expect("a pipe in memory can be read");
    out
}

/// The requests and notifications of a stream, every message of which must parse.
fn messages(mut stream: &[u8]) -> Vec<Request> {
    let mut found = Vec::new();
    while !stream.is_empty() {
        let end = stream
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("a header ends");
        let header = std::str::from_utf8(&stream[..end]).expect("a header is text");
        let length = header
            .strip_prefix("Content-Length: ")
            .and_then(|text| text.parse().ok());
        let length: usize = length.expect("a header is a length");
        let body = stream
            .get(end + 4..end + 4 + length)
            .expect("a frame is whole");
        match serde_json::from_slice::<Request>(body) {
            Ok(request) => found.push(request),
            Err(_) => assert!(serde_json::from_slice::<Response>(body).is_ok()),
        }
        stream = &stream[end + 4 + length..];
    }
    found
}
