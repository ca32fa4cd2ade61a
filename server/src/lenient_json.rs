//! Reading JSON that is not quite valid, as some clients write it: lone surrogates, bytes that are not UTF-8, control
//! characters in strings, numbers that are too large. Each invalid character becomes one U+FFFD, so that the columns after
//! it stay what they are for the client.

use serde_json::{Number, Value};

/// Every whole number up to this one is a double: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

const LARGEST: &str = "1.7976931348623157e308";

/// Repairs the text of a message so that a JSON parser accepts it. Damage of any other kind stays.
pub fn repair(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut out = String::with_capacity(rest.len());
    // Alternately what is between strings, and a string.
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

/// Writes a part that is outside strings.
fn push_between(out: &mut String, mut text: &str) {
    let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    while let Some(start) = text.find(is_of_a_word) {
        let (before, from) = text.split_at(start);
        let end = from.find(|c| !is_of_a_word(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        out.push_str(before);
        match word {
            "NaN" => out.push_str("null"),
            // A number that is larger than every double parses as infinity, and so do the words for infinity.
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

/// Writes a string with its closing quote. Returns what comes after it.
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

/// Writes an escape, whose backslash was read already. Returns what comes after it.
fn push_escape<'a>(out: &mut String, rest: &'a str) -> &'a str {
    let Some((first, after)) = unit(rest.strip_prefix('u')) else {
        // One character, so that an escaped quote or backslash is not taken for a quote or a backslash.
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

/// Four hexadecimal digits, which are a UTF-16 unit, and what comes after them.
fn unit(text: Option<&str>) -> Option<(u32, &str)> {
    let (digits, rest) = text?.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|one| one.is_ascii_hexdigit());
    let unit = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some((unit, rest))
}

/// Turns a whole number that is written with a point or an exponent into an integer.
pub fn whole_number(number: &mut Number) {
    let double = number.as_f64().filter(|_| number.is_f64());
    if let Some(double) = double.filter(|one| one.fract() == 0.0 && one.abs() < EXACT) {
        *number = (double as i64).into();
    }
}

/// As [`whole_number`], for all numbers of a message.
pub fn repair_numbers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(repair_numbers),
        Value::Object(fields) => fields.values_mut().for_each(repair_numbers),
        Value::Number(number) => whole_number(number),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lone_surrogates_and_invalid_bytes_are_replaced() {
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
            let text = repair(written);
            let value: Value = serde_json::from_str(&text).unwrap_or_default();
            assert_eq!(value, read, "{text}");
        }
    }

    #[test]
    fn a_whole_number_with_a_point_becomes_an_integer() {
        for (written, read) in [
            ("2.0", "2"),
            ("-3e0", "-3"),
            ("1.5", "1.5"),
            ("1e300", "1e+300"),
        ] {
            let mut number: Number = serde_json::from_str(written).unwrap();
            whole_number(&mut number);
            assert_eq!(number.to_string(), read, "{written}");
        }
    }

    proptest! {
        #[test]
        fn valid_json_is_unchanged_and_a_second_repair_changes_nothing(
            strings in prop::collection::vec(any::<String>(), 0..4),
            number in any::<f64>(),
            bytes in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let json = serde_json::json!([strings, number, { "a": strings }]).to_string();
            prop_assert_eq!(repair(json.as_bytes()), json);
            let once = repair(&bytes);
            prop_assert_eq!(repair(once.as_bytes()), once.clone());
        }

        #[test]
        fn each_lone_surrogate_of_any_string_is_replaced(units in prop::collection::vec(
            prop_oneof![0xd7f0u16..0xe010, 0x20u16..0x80], 0..24)
        ) {
            let escaped: String = units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
            let read: String = serde_json::from_str(&repair(format!("\"{escaped}\"").as_bytes())).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&units));
        }
    }
}
