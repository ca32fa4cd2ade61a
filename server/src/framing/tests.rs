use super::*;
use proptest::prelude::*;

const LIMIT: u64 = 1 << 20;

fn frame(body: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    write(&mut stream, body).unwrap();
    stream
}

/// The frames of a stream that comes in pieces of this size.
fn frames_in_pieces(stream: &[u8], size: usize) -> Vec<Frame> {
    let mut input = std::io::BufReader::with_capacity(size, stream);
    std::iter::from_fn(|| read(&mut input, LIMIT)).collect()
}

fn frames(stream: &[u8]) -> Vec<Frame> {
    let found = frames_in_pieces(stream, 8 << 10);
    assert_eq!(frames_in_pieces(stream, 1), found);
    assert_eq!(frames_in_pieces(stream, 7), found);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let read_all = async {
        let mut input = tokio::io::BufReader::new(stream);
        let mut found = Vec::new();
        while let Some(frame) = read_async(&mut input, LIMIT).await {
            found.push(frame);
        }
        found
    };
    assert_eq!(runtime.unwrap().block_on(read_all), found);
    found
}

fn body(body: &[u8]) -> Frame {
    Frame::Body(body.to_vec())
}

#[test]
fn lines_that_are_no_length_are_skipped() {
    let long = vec![b'x'; 3 * HEADER_LIMIT];
    let stream = [
        b"GET / HTTP/1.1\r\n\r\ncontent-length: many\r\n\r\n",
        &long[..],
        b"\r\n",
        &frame(b"1"),
    ]
    .concat();
    assert_eq!(frames(&stream), [body(b"1")]);
    assert_eq!(frames(b"CONTENT-LENGTH:1\nX: y\n\n1"), [body(b"1")]);
}

#[test]
fn of_several_lengths_the_last_counts() {
    let stream = b"Content-Length: 9\r\nContent-Length: 1\r\n\r\n1";
    assert_eq!(frames(stream), [body(b"1")]);
    let stream = [
        b"Content-Length: 1\r\nContent-Length: ?\r\n\r\n",
        &frame(b"22")[..],
    ]
    .concat();
    assert_eq!(frames(&stream), [body(b"22")]);
}

#[test]
fn an_empty_body_is_a_frame() {
    let stream = [frame(b""), frame(b"1")].concat();
    assert_eq!(frames(&stream), [body(b""), body(b"1")]);
}

#[test]
fn a_frame_that_the_end_cuts_off_is_not_read() {
    let whole = frame(b"0123456789");
    for length in 0..whole.len() {
        assert_eq!(frames(&whole[..length]), [], "{length}");
    }
    let cut = b"Content-Length: 18446744073709551615\r\n\r\n{}";
    assert_eq!(frames(cut), []);
}

#[test]
fn a_frame_over_the_limit_is_skipped_and_its_start_is_kept() {
    let mut large = vec![b' '; LIMIT as usize + 1];
    large[0] = b'{';
    let stream = [frame(&large), frame(&large[..LIMIT as usize]), frame(b"1")].concat();
    let too_large = Frame::TooLarge {
        length: LIMIT + 1,
        start: large[..START].to_vec(),
    };
    let found = frames(&stream);
    assert_eq!(
        found,
        [too_large, body(&large[..LIMIT as usize]), body(b"1")]
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..6)
    ) {
        let stream: Vec<u8> = bodies.iter().flat_map(|body| frame(body)).collect();
        let expected: Vec<_> = bodies.into_iter().map(Frame::Body).collect();
        prop_assert_eq!(frames(&stream), expected);
    }

    #[test]
    fn after_any_bytes_and_a_line_end_a_frame_is_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        // Bytes that hold a length themselves may claim what follows.
        prop_assume!(!bytes.to_ascii_lowercase().windows(15).any(|part| part == b"content-length:"));
        let stream = [bytes, b"\r\n".to_vec(), frame(b"{}")].concat();
        prop_assert_eq!(frames(&stream), [body(b"{}")]);
    }
}
