//! "Did you mean": the nearest of the known names.

/// The candidate nearest to `word` by edit distance, letter case aside, if one is near enough to be a slip: one
/// edit for up to four characters, two for up to eight, then three. Swapped neighbours count as one edit.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(65).flat_map(char::to_lowercase).collect();
    let limit = match word.len() {
        0..=1 => return None,
        2..=4 => 1,
        5..=8 => 2,
        9..=64 => 3,
        // Nobody mistypes a name this long, and the distance costs the square of it.
        _ => return None,
    };
    candidates
        .into_iter()
        .filter(|name| name.len() <= 256)
        .map(|name| (distance(&word, name), name))
        .filter(|&(distance, _)| distance <= limit)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Edits (insertion, deletion, replacement, exchange of neighbours) between two names.
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let width = b.len() + 1;
    let mut older: Vec<usize> = vec![0; width];
    let mut old: Vec<usize> = (0..width).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut new = Vec::with_capacity(width);
        new.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&old, j) + usize::from(x != y))
                .min(at(&old, j + 1) + 1)
                .min(at(&new, j) + 1);
            if i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x) {
                best = best.min(at(&older, j - 1) + 1);
            }
            new.push(best);
        }
        older = std::mem::replace(&mut old, new);
    }
    old.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let names = ["PUSH", "POP", "SECRET", "loop_start"];
        assert_eq!(nearest("psuh", names), Some("PUSH"));
        assert_eq!(nearest("SECRTE", names), Some("SECRET"));
        assert_eq!(nearest("loop_strat", names), Some("loop_start"));
        assert_eq!(nearest("LDA", names), None);
        assert_eq!(nearest("", names), None);
    }
}
