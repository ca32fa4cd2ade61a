//! The notations of a word.

use provable::lang::syntax::parse_number;

/// A word in each notation that programs may use. Reading any of them gives the word again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// Decimal.
    pub decimal: String,
    /// `0x…`, with `_` between groups of four digits.
    pub hexadecimal: String,
    /// `0b…`, with `_` between groups of four digits.
    pub binary: String,
    /// As a negative number, if the top bit is set.
    pub negative: Option<String>,
    /// As a character literal, if the word is the code point of a visible character or of one with an escape.
    pub character: Option<String>,
}

impl Forms {
    /// The forms of a word.
    pub fn new(word: u32) -> Self {
        let signed = word as i32;
        Forms {
            decimal: word.to_string(),
            hexadecimal: format!("0x{}", grouped(&format!("{word:X}"), 4, '_')),
            binary: format!("0b{}", grouped(&format!("{word:b}"), 4, '_')),
            negative: (signed < 0).then(|| signed.to_string()),
            character: character(word),
        }
    }
}

/// Digits with a separator between groups of this size, counted from the right.
pub fn grouped(digits: &str, size: usize, separator: char) -> String {
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(size) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn character(word: u32) -> Option<String> {
    let literal = match char::from_u32(word)? {
        '\n' => r"'\n'".to_owned(),
        '\t' => r"'\t'".to_owned(),
        '\r' => r"'\r'".to_owned(),
        '\0' => r"'\0'".to_owned(),
        '\\' => r"'\\'".to_owned(),
        '\'' => r"'\''".to_owned(),
        // Invisible characters, and those that look like a space, do not help a reader.
        other if other.escape_debug().len() == 1 && (other == ' ' || !other.is_whitespace()) => {
            format!("'{other}'")
        }
        '"' => "'\"'".to_owned(),
        _ => return None,
    };
    (parse_number(&literal) == Ok(word)).then_some(literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_as_the_word() {
        let words = (0..0x3000).chain([0xffff, 0x1f980, u32::MAX, 1 << 31, (1 << 31) - 1, 0xd800]);
        for word in words {
            let forms = Forms::new(word);
            let texts = [forms.decimal, forms.hexadecimal, forms.binary];
            for text in texts
                .into_iter()
                .chain(forms.negative)
                .chain(forms.character)
            {
                assert_eq!(parse_number(&text), Ok(word), "{text}");
            }
        }
    }

    #[test]
    fn forms_are_written_as_people_write_them() {
        let shown = |word| {
            let forms = Forms::new(word);
            [
                forms.hexadecimal,
                forms.binary,
                forms.negative.unwrap_or_default(),
                forms.character.unwrap_or_default(),
            ]
        };
        assert_eq!(shown(0), ["0x0", "0b0", "", r"'\0'"]);
        assert_eq!(shown(97), ["0x61", "0b110_0001", "", "'a'"]);
        assert_eq!(
            shown(0x1f980),
            ["0x1_F980", "0b1_1111_1001_1000_0000", "", "'🦀'"]
        );
        assert_eq!(shown(u32::MAX - 1)[2..], ["-2", ""]);
        assert_eq!(shown(0x0301)[3], "", "a combining accent");
        assert_eq!(shown(0xa0)[3], "", "a space that is none");
    }
}
