//! Ten thousand random edits and requests: the server stays alive and small, and in the end it has the text that a
//! plain model has, and knows of it what it would know had it just been opened.

use provable_tests::lsp::{Client, capabilities};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

const ACTIONS: usize = 10_000;
const PROGRAM: &str = "file:///[random] é.prov";
const PIECES: [&str; 27] = [
    "PUSH 1\n",
    "ADD\n",
    "loop:\n",
    "JNZ loop\n",
    "STORE 3\n",
    "LOAD 3\n",
    "CALL f\n",
    "f:\n",
    "RET\n",
    "HALT\n",
    ".const n 7\n",
    ".data k at 3 1, n\n",
    ".words 2, k\n",
    "ADD 1\n",
    "LOADX -1\n",
    "PUT n\n",
    "PUSH n",
    "\r\n",
    "\r",
    "\n",
    " ",
    "# é 𝄞 comment\n",
    "x",
    "𝄞",
    "DUP 1 2",
    ":",
    "'",
];
const REQUESTS: [&str; 9] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/semanticTokens/full",
    "textDocument/codeLens",
    "textDocument/foldingRange",
];

/// A text, and where each of its places is, counted as the protocol does.
struct Model {
    text: String,
}

impl Model {
    fn position(&self, offset: usize) -> Value {
        let before = &self.text[..offset];
        let ends_a_line = |(at, c): &(usize, char)| match c {
            '\n' => true,
            // A CR before a LF that is part of the text, even one after the place, ends no line of its own.
            '\r' => !self.text[at + 1..].starts_with('\n'),
            _ => false,
        };
        let ends: Vec<usize> = before
            .char_indices()
            .filter(ends_a_line)
            .map(|(at, _)| at + 1)
            .collect();
        let start = ends.last().copied().unwrap_or(0);
        let column = before[start..].encode_utf16().count();
        json!({ "line": ends.len(), "character": column })
    }

    /// A place as one client or another writes it: whole numbers with a point, the end of a line as any larger column.
    fn spelled(&self, offset: usize, random: &mut ChaCha8Rng) -> Value {
        let mut place = self.position(offset);
        let is_end_of_line = matches!(self.text.as_bytes().get(offset), None | Some(b'\n' | b'\r'));
        match random.gen_range(0..6) {
            0 => place["character"] = json!(place["character"].as_f64()),
            1 => place["line"] = json!(place["line"].as_f64()),
            2 if is_end_of_line => place["character"] = json!(f64::MAX),
            3 if is_end_of_line => place["character"] = json!(u64::MAX),
            4 if place["character"] == 0 => place["character"] = json!(-1),
            _ => {}
        }
        place
    }

    /// A boundary between characters, not one inside of CR LF.
    fn place(&self, random: &mut ChaCha8Rng) -> usize {
        loop {
            let at = random.gen_range(0..=self.text.len());
            let is_split =
                self.text.as_bytes().get(at) == Some(&b'\n') && self.text[..at].ends_with('\r');
            if self.text.is_char_boundary(at) && !is_split {
                return at;
            }
        }
    }

    fn edit(&mut self, random: &mut ChaCha8Rng) -> Value {
        let start = self.place(random);
        let mut end = start;
        if random.gen_bool(0.4) {
            let other = self.place(random);
            if other.abs_diff(start) < 60 || self.text.len() > 4_000 {
                end = other;
            }
        }
        let (start, end) = (start.min(end), start.max(end));
        let pieces = random.gen_range(0..3);
        let new: String = (0..pieces)
            .map(|_| *PIECES.choose(random).unwrap())
            .collect();
        let change = json!({
            "range": { "start": self.spelled(start, random), "end": self.spelled(end, random) },
            "text": new,
        });
        self.text.replace_range(start..end, &new);
        change
    }
}

#[test]
fn the_server_agrees_with_a_plain_model_after_any_edits() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let keys = tempfile::tempdir().unwrap();
    let mut client = Client::start(keys.path(), &capabilities(), &[]);
    let mut model = Model {
        text: "PUSH 1\nHALT\n".repeat(50),
    };
    client.open(PROGRAM, &model.text);
    let mut version = 1;
    let mut open: Vec<u64> = Vec::new();
    for _ in 0..ACTIONS {
        if random.gen_bool(0.5) {
            version += 1;
            // Some clients number no change, or by the time.
            let written = match random.gen_range(0..4) {
                0 => Value::Null,
                1 => json!(1_764_446_400_000_i64 + version),
                _ => json!(version),
            };
            let changes: Vec<Value> = (0..random.gen_range(1..3))
                .map(|_| model.edit(&mut random))
                .collect();
            let document = json!({ "uri": PROGRAM, "version": written });
            client.notify(
                "textDocument/didChange",
                json!({ "textDocument": document, "contentChanges": changes }),
            );
        } else {
            let at =
                json!({ "line": random.gen_range(0..200), "character": random.gen_range(0..20) });
            let method = REQUESTS.choose(&mut random).unwrap();
            let document = json!({ "uri": PROGRAM });
            open.push(client.ask(method, json!({ "textDocument": document, "position": at })));
        }
        // Several requests are under way at any time, and each is answered.
        if open.len() > 8 {
            for id in open.drain(..) {
                client.answer(id).expect("an answer and no error");
            }
            client.forget_notifications();
        }
    }
    for id in open {
        client.answer(id).expect("an answer and no error");
    }
    version += 1;
    client.change(PROGRAM, version, json!([]));
    let edited = client.diagnostics(PROGRAM, version);
    client.open("file:///fresh.prov", &model.text);
    let mut fresh = client.diagnostics("file:///fresh.prov", 1);
    let rename = |value: &mut Value| {
        *value = serde_json::from_str(&value.to_string().replace("file:///fresh.prov", PROGRAM))
            .unwrap();
    };
    fresh.iter_mut().for_each(rename);
    assert_eq!(edited, fresh);
    let mut tokens = |uri: &str| {
        client.request(
            "textDocument/semanticTokens/full",
            json!({ "textDocument": { "uri": uri } }),
        )["data"]
            .take()
    };
    assert_eq!(tokens(PROGRAM), tokens("file:///fresh.prov"));
    #[cfg(target_os = "linux")]
    assert!(client.memory() < 150 << 20, "{} bytes", client.memory());
    assert_eq!(client.shut_down(), 0);
}
