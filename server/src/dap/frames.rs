//! Messages on a stream: a header with the length, an empty line, that many bytes of JSON. Whatever arrives, the next
//! good message is read.

use crate::json::{mend_numbers, mended};
use serde_json::Value;
use std::io::{self, BufRead, Read, Write};

/// The largest message that is read, in bytes. A client sends breakpoints and expressions, never a text.
const MESSAGE_LIMIT: u64 = 4 << 20;
/// The longest line of a header, in bytes.
const HEADER_LIMIT: u64 = 4 << 10;

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
    let length = header(input)?;
    if length > MESSAGE_LIMIT {
        let skipped = io::copy(&mut input.take(length), &mut io::sink()).ok()?;
        return (skipped == length).then(|| {
            Frame::Malformed(format!(
                "a message of {length} bytes is too large; the most is {MESSAGE_LIMIT}"
            ))
        });
    }
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body).ok()?;
    if (read as u64) < length {
        return None;
    }
    // Half a character in an expression must not cost the request; what is JSON is read as it is.
    let read = serde_json::from_slice(&body).or_else(|_| serde_json::from_str(&mended(&body)));
    Some(match read {
        Ok(mut message) => {
            mend_numbers(&mut message);
            Frame::Message(message)
        }
        Err(error) => Frame::Malformed(format!("a message of {length} bytes is no JSON: {error}")),
    })
}

/// Writes a message.
///
/// # Errors
/// The stream's.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

/// Reads up to the empty line after a length. Lines that say nothing of a length are passed over, whatever they are.
fn header(input: &mut impl BufRead) -> Option<u64> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.take(HEADER_LIMIT).read_until(b'\n', &mut line).ok()?;
        if read == 0 {
            return None;
        }
        let line = line.trim_ascii();
        if let (true, Some(length)) = (line.is_empty(), length) {
            return Some(length);
        }
        if let Some(value) = after_name(line) {
            length = std::str::from_utf8(value.trim_ascii())
                .ok()
                .and_then(|text| text.parse().ok());
        }
    }
}

/// Header names are written in any letter case.
fn after_name(line: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"content-length:";
    let (name, value) = line.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then_some(value)
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

    #[test]
    fn what_is_no_header_is_passed_over() {
        let long = vec![b'x'; 3 * HEADER_LIMIT as usize];
        let stream = [
            b"GET / HTTP/1.1\r\n\r\ncontent-length: many\r\n\r\n",
            &long[..],
            b"\r\n",
            &frame(b"1"),
        ]
        .concat();
        assert_eq!(all(&stream), [Some(json!(1))]);
        assert_eq!(all(b"CONTENT-LENGTH:1\nX: y\n\n1"), [Some(json!(1))]);
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

        #[test]
        fn after_any_bytes_and_a_line_end_a_good_frame_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            // Bytes that hold a length themselves may claim what follows.
            prop_assume!(!bytes.to_ascii_lowercase().windows(15).any(|part| part == b"content-length:"));
            let stream = [bytes, b"\r\n".to_vec(), frame(b"{}")].concat();
            prop_assert_eq!(all(&stream), [Some(json!({}))]);
        }
    }
}
