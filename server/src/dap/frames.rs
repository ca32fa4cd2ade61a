//! Messages on a stream: a header with the length, an empty line, that many bytes of JSON. Whatever arrives, the next
//! good message is read.

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
    Some(match serde_json::from_slice(&body) {
        Ok(message) => Frame::Message(message),
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
