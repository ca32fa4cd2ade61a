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
    let mut table = Table::default();
    candidates
        .into_iter()
        .filter(|name| name.len() <= 256)
        .filter_map(|name| Some((table.distance(&word, name, limit)?, name)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// Three neighbouring rows of the table of distances between the beginnings of two names, and the name along a row; kept
/// from one candidate to the next.
#[derive(Default)]
struct Table {
    other: Vec<char>,
    older: Vec<usize>,
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Table {
    /// Edits (insertion, deletion, replacement, exchange of neighbours) between two names, if they are few enough.
    fn distance(&mut self, word: &[char], name: &str, limit: usize) -> Option<usize> {
        self.other.clear();
        self.other.extend(name.chars().flat_map(char::to_lowercase));
        // Names of one program are often alike but for a number: what they share at both ends costs nothing.
        let (a, b) = differing(word, &self.other);
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        self.older.clear();
        self.old.clear();
        self.old.extend(0..=b.len());
        let mut before: Option<char> = None;
        for (i, &x) in a.iter().enumerate() {
            self.new.clear();
            self.new.push(i + 1);
            for (j, &y) in b.iter().enumerate() {
                let at = |row: &[usize], column: usize| {
                    row.get(column).copied().unwrap_or(usize::MAX / 2)
                };
                let mut best = (at(&self.old, j) + usize::from(x != y))
                    .min(at(&self.old, j + 1) + 1)
                    .min(at(&self.new, j) + 1);
                let previous = j.checked_sub(1).and_then(|j| b.get(j));
                if before == Some(y) && previous == Some(&x) {
                    best = best.min(at(&self.older, j - 1) + 1);
                }
                self.new.push(best);
            }
            // Two rows, as an exchange looks past one.
            let least = self.new.iter().chain(&self.old).min();
            if least.is_some_and(|&least| least > limit) {
                return None;
            }
            before = Some(x);
            std::mem::swap(&mut self.older, &mut self.old);
            std::mem::swap(&mut self.old, &mut self.new);
        }
        self.old.last().copied().filter(|&edits| edits <= limit)
    }
}

/// Two words without what they begin and end with in common.
fn differing<'a>(a: &'a [char], b: &'a [char]) -> (&'a [char], &'a [char]) {
    let same = |(a, b): &(&char, &char)| a == b;
    let head = a.iter().zip(b).take_while(same).count();
    let (a, b) = (a.get(head..).unwrap_or(a), b.get(head..).unwrap_or(b));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(same).count();
    let cut = |word: &'a [char]| word.get(..word.len() - tail).unwrap_or(word);
    (cut(a), cut(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distance by its definition, over whole words.
    fn plain(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, n) | (n, 0) => n,
                    _ => {
                        let edit = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        let one = edit.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            one.min(table[i - 2][j - 2] + 1)
                        } else {
                            one
                        }
                    }
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn short_cuts_do_not_change_the_distance(a in "[abc]{0,9}", b in "[abc]{0,9}", limit in 0usize..4) {
            let word: Vec<char> = a.chars().collect();
            let other: Vec<char> = b.chars().collect();
            let edits = plain(&word, &other);
            let expected = (edits <= limit).then_some(edits);
            prop_assert_eq!(Table::default().distance(&word, &b, limit), expected);
        }
    }

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
