//! JSON as clients write it that do not quite write JSON: half characters, bytes that are no UTF-8, control characters
//! in strings, numbers past the largest. What stands for a character that is none is U+FFFD, one for each, so that
//! columns stay what they are for the client.

use serde_json::{Number, Value};

/// The largest number below which every whole number is a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

const LARGEST: &str = "1.7976931348623157e308";

/// The text of a message, so that a reader of JSON can read it. What else is wrong with it stays wrong.
pub fn mended(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut out = String::with_capacity(rest.len());
    // A string and what is between strings by turns.
    while !rest.is_empty() {
        let (between, after) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        push_between(&mut out, between);
        rest = after;
        if let Some(string) = rest.strip_prefix('"') {
            out.push('"');
            rest = push_string(&mut out, string);
        }
    }
    out
}

/// Writes what is not in a string.
fn push_between(out: &mut String, mut text: &str) {
    let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    while let Some(start) = text.find(is_of_a_word) {
        let (before, from) = text.split_at(start);
        let end = from.find(|c| !is_of_a_word(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        match word {
            "NaN" => out.push_str("null"),
            // Also a number with more digits than a double has room for. The words for infinity parse too.
            _ => match word.parse::<f64>() {
                Ok(number) if number == f64::INFINITY => out.push_str(LARGEST),
                Ok(number) if number == f64::NEG_INFINITY => {
                    out.push('-');
                    out.push_str(LARGEST);
                }
                _ => out.push_str(word),
            },
        }
        text = after;
    }
    out.push_str(text);
}

/// Writes a string with its closing quote; what comes after it.
fn push_string<'a>(out: &mut String, mut rest: &'a str) -> &'a str {
    loop {
        let is_special = |c: char| c == '"' || c == '\\' || c < ' ';
        let (plain, after) = rest.split_at(rest.find(is_special).unwrap_or(rest.len()));
        out.push_str(plain);
        let mut characters = after.chars();
        rest = match characters.next() {
            None => return "",
            Some('\\') => push_escape(out, characters.as_str()),
            Some('"') => {
                out.push('"');
                return characters.as_str();
            }
            Some(control) => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
                characters.as_str()
            }
        };
    }
}

/// Writes an escape, after its backslash; what comes after it.
fn push_escape<'a>(out: &mut String, rest: &'a str) -> &'a str {
    let Some((first, after)) = unit(rest.strip_prefix('u')) else {
        // One character, so that a quote or a backslash does not count for one.
        let mut characters = rest.chars();
        out.push('\\');
        out.extend(characters.next());
        return characters.as_str();
    };
    let second = unit(after.strip_prefix("\\u"));
    let written = |from: &'a str, to: &str| from.get(..from.len() - to.len()).unwrap_or("");
    match (first, second) {
        (0xd800..0xdc00, Some((0xdc00..0xe000, end))) => {
            out.push('\\');
            out.push_str(written(rest, end));
            end
        }
        (0xd800..0xe000, _) => {
            out.push('\u{fffd}');
            after
        }
        _ => {
            out.push('\\');
            out.push_str(written(rest, after));
            after
        }
    }
}

/// Four hexadecimal digits, and what comes after them.
fn unit(text: Option<&str>) -> Option<(u32, &str)> {
    let (digits, rest) = text?.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|one| one.is_ascii_hexdigit());
    let unit = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((unit, rest))
}

/// A whole number that is written with a point or an exponent.
pub fn integral(number: &mut Number) {
    let double = number.as_f64().filter(|_| number.is_f64());
    if let Some(double) = double.filter(|one| one.fract() == 0.0 && one.abs() < EXACT) {
        *number = (double as i64).into();
    }
}

/// All whole numbers of a message that are written with a point or an exponent.
pub fn mend_numbers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mend_numbers),
        Value::Object(fields) => fields.values_mut().for_each(mend_numbers),
        Value::Number(number) => integral(number),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_characters_and_bytes_that_are_none_are_replaced() {
        let cases: [(&[u8], Value); 8] = [
            (br#""a\ud800b""#, "a\u{fffd}b".into()),
            (br#""\udc00\ud834\udd1e\ud834""#, "\u{fffd}𝄞\u{fffd}".into()),
            (br#""\ud800\u0041\\ud800\"""#, "\u{fffd}A\\ud800\"".into()),
            (br#""\ud8""#, Value::Null),
            (b"\"a\xff\xfeb\"", "a\u{fffd}\u{fffd}b".into()),
            (b"\"a\tb\"", "a\tb".into()),
            (
                b"[1e999,-1e999,-Infinity]",
                serde_json::json!([f64::MAX, f64::MIN, f64::MIN]),
            ),
            (b"\xef\xbb\xbf[NaN,true]", serde_json::json!([null, true])),
        ];
        for (written, read) in cases {
            let text = mended(written);
            let value: Value = serde_json::from_str(&text).unwrap_or_default();
            assert_eq!(value, read, "{text}");
        }
    }

    #[test]
    fn a_whole_number_with_a_point_is_that_number() {
        for (written, read) in [
            ("2.0", "2"),
            ("-3e0", "-3"),
            ("1.5", "1.5"),
            ("1e300", "1e+300"),
        ] {
            let mut number: Number = serde_json::from_str(written).unwrap();
            integral(&mut number);
            assert_eq!(number.to_string(), read, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_is_json_is_left_as_it_is_and_mending_twice_changes_nothing_more(
            strings in prop::collection::vec(any::<String>(), 0..4),
            number in any::<f64>(),
            bytes in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let json = serde_json::json!([strings, number, { "a": strings }]).to_string();
            prop_assert_eq!(mended(json.as_bytes()), json);
            let once = mended(&bytes);
            prop_assert_eq!(mended(once.as_bytes()), once.clone());
        }

        #[test]
        fn any_string_of_units_is_read_with_each_half_replaced(units in prop::collection::vec(
            prop_oneof![0xd7f0u16..0xe010, 0x20u16..0x80], 0..24)
        ) {
            let escaped: String = units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
            let read: String = serde_json::from_str(&mended(format!("\"{escaped}\"").as_bytes())).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
