//! A session with an open text. The parts of the input are the text, after a byte for the unit of columns, and edits:
//! two places in four bytes, line and column each, and what comes in the stead of what is between them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use provable::lang::link::{Linked, link};
use provable_fuzz::{features, parts, text};
use provable_ide::Snapshot;
use provable_server::lsp::position_encoding::Encoding;
use provable_server::lsp::state::documents::Documents;
use tower_lsp_server::ls_types::{Position, Range, TextDocumentContentChangeEvent, Uri};

fuzz_target!(|data: &[u8]| {
    let mut parts = parts(data);
    let Some((unit, start)) = parts.next().and_then(<[u8]>::split_first) else {
        return;
    };
    let units = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    let encoding = units[usize::from(*unit) % units.len()];
    let uri: Uri = "file:///a.prov".parse().expect("an address");
    let documents = Documents::default();
    let mut plain = text(start).into_owned();
    documents.open(uri.clone(), "provable", 0, encoding, &plain);
    for (version, edit) in (1..).zip(parts) {
        let [a, b, c, d, new @ ..] = edit else {
            continue;
        };
        let place = |line: u8, column: u8| {
            let far = |number: u8| {
                if number == 0xfe {
                    u32::MAX
                } else {
                    number.into()
                }
            };
            Position::new(far(line), far(column))
        };
        let range = Range::new(place(*a, *b), place(*c, *d));
        let new = text(new).into_owned();
        plain = edited(&plain, range, &new, encoding);
        let change = TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: new,
        };
        let view = documents
            .change(&uri, version, vec![change])
            .expect("it is open");
        // Not after each edit: then it is known what came before the last, and before the one before.
        if a % 4 == 3 {
            continue;
        }
        let (snapshot, fresh) = (view.snapshot(), Snapshot::new(&plain));
        assert_eq!(snapshot.text(), plain);
        assert_eq!(
            snapshot.assembly.diagnostics, fresh.assembly.diagnostics,
            "{plain:?}"
        );
        assert_eq!(
            linked(snapshot).program,
            linked(&fresh).program,
            "{plain:?}"
        );
        assert_eq!(
            snapshot.analysis.diagnostics, fresh.analysis.diagnostics,
            "{plain:?}"
        );
        let positions = view.positions();
        let (at, end) = (positions.offset(range.start), positions.offset(range.end));
        assert_eq!(positions.offset(positions.position(at)), at);
        features::ask(snapshot, at, at.min(end)..at.max(end));
    }
});

fn linked(snapshot: &Snapshot) -> Linked {
    link(&snapshot.modules)
}

/// What an edit leaves. A client that counts 16-bit units may leave half a character, in whose stead there is U+FFFD.
fn edited(text: &str, range: Range, new: &str, encoding: Encoding) -> String {
    if encoding != Encoding::Utf16 {
        let (a, b) = (
            offset(text, range.start, encoding),
            offset(text, range.end, encoding),
        );
        return format!("{}{new}{}", &text[..a.min(b)], &text[a.max(b)..]);
    }
    let unit = |at: Position| {
        let start = offset(text, Position::new(at.line, 0), encoding);
        let line = text[start..].split(['\n', '\r']).next().unwrap_or("");
        let column = line.encode_utf16().count().min(at.character as usize);
        text[..start].encode_utf16().count() + column
    };
    let all: Vec<u16> = text.encode_utf16().collect();
    let (a, b) = (unit(range.start), unit(range.end));
    let new: Vec<u16> = new.encode_utf16().collect();
    String::from_utf16_lossy(&[&all[..a.min(b)], &new, &all[a.max(b)..]].concat())
}

/// Where a place is, told line by line.
fn offset(text: &str, at: Position, encoding: Encoding) -> usize {
    let mut start = 0;
    for _ in 0..at.line {
        let rest = &text[start..];
        match rest.find(['\n', '\r']) {
            None => return text.len(),
            Some(end) if rest[end..].starts_with("\r\n") => start += end + 2,
            Some(end) => start += end + 1,
        }
    }
    let (mut offset, mut units) = (start, 0);
    for c in text[start..]
        .chars()
        .take_while(|c| !matches!(c, '\n' | '\r'))
    {
        units += match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        };
        if units > at.character as usize {
            break;
        }
        offset += c.len_utf8();
    }
    offset
}
