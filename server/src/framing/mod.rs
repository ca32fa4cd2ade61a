//! The framing of messages that the language server protocol and the debug adapter protocol share: header lines with
//! the length of the body in bytes, an empty line, the body.
//!
//! Damage is skipped: whatever comes in, the next valid message is read. A message that the end of the stream cuts off
//! is not read.

use std::io::{self, BufRead, ErrorKind, Write};
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// The longest part of a header line that is read at once, in bytes. A longer line counts as several lines.
const HEADER_LIMIT: usize = 4 << 10;
/// The bytes that are kept of a message that is too large, so that it can be told what it was.
const START: usize = 4 << 10;
/// The header with the length, in lower case. The names of headers have no letter case.
const CONTENT_LENGTH: &[u8] = b"content-length:";

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The body of a message.
    Body(Vec<u8>),
    /// A message that is longer than the limit. It was skipped.
    TooLarge {
        /// Its length in bytes, as its header says.
        length: u64,
        /// Its first bytes.
        start: Vec<u8>,
    },
}

/// Reads the next frame. A body may have `limit` bytes; memory is taken only for bytes that came in. None at the end of
/// the stream, or if it cannot be read.
pub fn read(input: &mut impl BufRead, limit: u64) -> Option<Frame> {
    let mut decoder = Decoder::new(limit);
    loop {
        let bytes = match input.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            other => other.ok()?,
        };
        if bytes.is_empty() {
            return None;
        }
        let (used, frame) = decoder.decode(bytes);
        input.consume(used);
        if frame.is_some() {
            return frame;
        }
    }
}

/// As [`read`], from an asynchronous stream.
pub async fn read_async(input: &mut (impl AsyncBufRead + Unpin), limit: u64) -> Option<Frame> {
    let mut decoder = Decoder::new(limit);
    loop {
        let bytes = input.fill_buf().await.ok()?;
        if bytes.is_empty() {
            return None;
        }
        let (used, frame) = decoder.decode(bytes);
        input.consume(used);
        if frame.is_some() {
            return frame;
        }
    }
}

/// The header of a message with this body.
pub fn header(body: &[u8]) -> String {
    format!("Content-Length: {}\r\n\r\n", body.len())
}

/// Writes a message.
///
/// # Errors
/// When the stream cannot be written.
pub fn write(output: &mut impl Write, body: &[u8]) -> io::Result<()> {
    output.write_all(header(body).as_bytes())?;
    output.write_all(body)?;
    output.flush()
}

/// Decodes one frame from bytes that come in pieces of any size.
struct Decoder {
    limit: u64,
    state: State,
}

enum State {
    /// In the header: the bytes of the present line, and the last length that was given.
    Header { line: Vec<u8>, length: Option<u64> },
    /// In the body: what came in of it, and its length.
    Body { body: Vec<u8>, length: u64 },
    /// In a body that is too large: what is kept of it, its length, and how much of it is still to come.
    TooLarge {
        start: Vec<u8>,
        length: u64,
        left: u64,
    },
}

impl Decoder {
    fn new(limit: u64) -> Decoder {
        let state = State::Header {
            line: Vec::new(),
            length: None,
        };
        Decoder { limit, state }
    }

    /// Takes in bytes up to the end of the frame. Returns how many it used, and the frame if it is whole. After that the
    /// decoder is done.
    fn decode(&mut self, input: &[u8]) -> (usize, Option<Frame>) {
        let mut rest = input;
        loop {
            match &mut self.state {
                State::Header { line, length } => {
                    let Some(length) = header_line(line, length, &mut rest) else {
                        return (input.len(), None);
                    };
                    if let Some(length) = length {
                        self.state = body_of(length, self.limit);
                    }
                }
                State::Body { body, length } => {
                    let left = *length - body.len() as u64;
                    body.extend(take(&mut rest, left));
                    let is_whole = body.len() as u64 == *length;
                    let frame = is_whole.then(|| Frame::Body(std::mem::take(body)));
                    return (input.len() - rest.len(), frame);
                }
                State::TooLarge {
                    start,
                    length,
                    left,
                } => {
                    let bytes = take(&mut rest, *left);
                    *left -= bytes.len() as u64;
                    let room = START - start.len();
                    start.extend(bytes.iter().take(room));
                    let frame = (*left == 0).then(|| Frame::TooLarge {
                        length: *length,
                        start: std::mem::take(start),
                    });
                    return (input.len() - rest.len(), frame);
                }
            }
        }
    }
}

/// Takes in the rest of a header line. None if the line has not ended; else the length of the body if the line ends the
/// header, which an empty line does after a valid length. Other lines than lengths are skipped; of several lengths the
/// last counts.
fn header_line(
    line: &mut Vec<u8>,
    length: &mut Option<u64>,
    input: &mut &[u8],
) -> Option<Option<u64>> {
    let room = HEADER_LIMIT - line.len();
    let seen = input.get(..room).unwrap_or(input);
    let end = seen.iter().position(|byte| *byte == b'\n');
    let count = end.map_or(seen.len(), |end| end + 1);
    line.extend(take(input, count as u64));
    if end.is_none() && line.len() < HEADER_LIMIT {
        return None;
    }
    let text = std::mem::take(line);
    let text = text.trim_ascii();
    if text.is_empty() {
        return Some(*length);
    }
    if let Some((name, value)) = text.split_at_checked(CONTENT_LENGTH.len())
        && name.eq_ignore_ascii_case(CONTENT_LENGTH)
    {
        let value = std::str::from_utf8(value.trim_ascii()).ok();
        *length = value.and_then(|value| value.parse().ok());
    }
    Some(None)
}

fn body_of(length: u64, limit: u64) -> State {
    match length > limit {
        true => State::TooLarge {
            start: Vec::new(),
            length,
            left: length,
        },
        false => State::Body {
            body: Vec::new(),
            length,
        },
    }
}

/// Takes up to `most` bytes from the front.
fn take<'a>(input: &mut &'a [u8], most: u64) -> &'a [u8] {
    let count = usize::try_from(most).map_or(input.len(), |most| most.min(input.len()));
    let (taken, rest) = input.split_at(count);
    *input = rest;
    taken
}

#[cfg(test)]
mod tests;
