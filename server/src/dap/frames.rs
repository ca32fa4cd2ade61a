//! Messages on a stream: JSON in the frames of [`crate::framing`]. Whatever arrives, the next good message is read.

use crate::framing;
use crate::lenient_json::{repair, repair_numbers};
use serde_json::Value;
use std::io::{self, BufRead, Write};

/// The largest message that is read, in bytes. A client sends breakpoints and expressions, never a text.
const MESSAGE_LIMIT: u64 = 4 << 20;

/// What came in.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// JSON.
    Message(Value),
    /// A frame that is none, and why.
    Malformed(String),
}

/// The next frame; none at the end of the stream, or when it cannot be read.
pub fn read(input: &mut impl BufRead) -> Option<Frame> {
    let body = match framing::read(input, MESSAGE_LIMIT)? {
        framing::Frame::Body(body) => body,
        framing::Frame::TooLarge { length, .. } => {
            return Some(Frame::Malformed(format!(
                "a message of {length} bytes is too large; the most is {MESSAGE_LIMIT}"
            )));
        }
    };
    Some(Frame::of(&body))
}

impl Frame {
    /// What the body of a frame is.
    pub fn of(body: &[u8]) -> Frame {
        // Half a character in an expression must not cost the request; what is JSON is read as it is.
        let read = serde_json::from_slice(body).or_else(|_| serde_json::from_str(&repair(body)));
        match read {
            Ok(mut message) => {
                repair_numbers(&mut message);
                Frame::Message(message)
            }
            Err(error) => {
                let length = body.len();
                Frame::Malformed(format!("a message of {length} bytes is no JSON: {error}"))
            }
        }
    }
}

/// Writes a message.
///
/// # Errors
/// The stream's.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    framing::write(output, message.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn frame(body: &[u8]) -> Vec<u8> {
        [
            format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(),
            body,
        ]
        .concat()
    }

    fn all(bytes: &[u8]) -> Vec<Option<Value>> {
        let mut input = bytes;
        let frames = std::iter::from_fn(|| read(&mut input));
        let good = |frame| match frame {
            Frame::Message(message) => Some(message),
            Frame::Malformed(_) => None,
        };
        frames.map(good).collect()
    }

    #[test]
    fn what_is_nearly_json_is_read() {
        let half = frame(br#"{"expression":"\ud800x","line":3.0}"#);
        let byte = frame(b"[\"\xff\"]");
        assert_eq!(
            all(&[half, byte].concat()),
            [
                Some(json!({ "expression": "\u{fffd}x", "line": 3 })),
                Some(json!(["\u{fffd}"]))
            ]
        );
    }

    #[test]
    fn a_frame_that_makes_no_sense_costs_itself_alone() {
        for bad in [&b"{"[..], b"", b"\xff\xfe", b"nothing"] {
            let stream = [frame(bad), frame(b"{}")].concat();
            assert_eq!(all(&stream), [None, Some(json!({}))], "{bad:?}");
        }
        let large = vec![b' '; MESSAGE_LIMIT as usize + 1];
        assert_eq!(
            all(&[frame(&large), frame(b"7")].concat()),
            [None, Some(json!(7))]
        );
        // One that never comes is never waited for in memory.
        assert_eq!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}"), []);
        assert_eq!(all(b"Content-Length: 5\r\n\r\n{}"), []);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(texts in prop::collection::vec(any::<String>(), 0..6)) {
            let mut stream = Vec::new();
            for text in &texts {
                write(&mut stream, &json!({ "text": text })).unwrap();
            }
            let expected: Vec<_> = texts.iter().map(|text| Some(json!({ "text": text }))).collect();
            prop_assert_eq!(all(&stream), expected);
        }
    }
}
