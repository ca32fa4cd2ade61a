//! Suggestions ("did you mean"): the nearest of the known names.

use strsim::osa_distance;

/// The longest word, in characters, that gets a suggestion. Longer words are rarely mistyped, and the time of the
/// distance grows with the square of the length.
const LONGEST: usize = 64;
/// The longest name, in bytes, that is suggested.
const LONGEST_CANDIDATE: usize = 256;

/// The candidate nearest to `word`, if it is near enough to be a typing mistake. The distance is the optimal string
/// alignment distance (insertion, deletion, replacement, exchange of neighbours), without regard to letter case. The
/// limit is one edit for up to four characters, two for up to eight, and three for more.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let start = word.chars().take(LONGEST + 1);
    let word: String = start.flat_map(char::to_lowercase).collect();
    let length = word.chars().count();
    let limit = match length {
        0..=1 => return None,
        2..=4 => 1,
        5..=8 => 2,
        9..=LONGEST => 3,
        _ => return None,
    };
    let distance = |name: &str| {
        let name: String = name.chars().flat_map(char::to_lowercase).collect();
        let can_be_near = name.chars().count().abs_diff(length) <= limit;
        let distance = can_be_near.then(|| osa_distance(&word, &name))?;
        (distance <= limit).then_some(distance)
    };
    candidates
        .into_iter()
        .filter(|name| name.len() <= LONGEST_CANDIDATE)
        .filter_map(|name| Some((distance(name)?, name)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let names = ["PUSH", "POP", "SECRET", "loop_start"];
        assert_eq!(nearest("psuh", names), Some("PUSH"));
        assert_eq!(nearest("SECRTE", names), Some("SECRET"));
        assert_eq!(nearest("loop_strat", names), Some("loop_start"));
        assert_eq!(nearest("LDA", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn the_nearest_is_suggested_up_to_the_limit_of_edits() {
        assert_eq!(nearest("abcd", ["abxy", "abcx"]), Some("abcx"));
        assert_eq!(nearest("abcd", ["abxy"]), None);
        assert_eq!(nearest("abcdefgh", ["abcdefxy"]), Some("abcdefxy"));
        assert_eq!(nearest("abcdefgh", ["abcdexyz"]), None);
        assert_eq!(nearest("abcdefghi", ["abcdefxyz"]), Some("abcdefxyz"));
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
