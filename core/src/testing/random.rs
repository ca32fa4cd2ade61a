//! Random words for tests: often near the boundaries of a word, and the same for the same seed.

/// The generator SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014, figure 16).
/// It needs not be hard to predict.
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A word: near 0, near a power of two, near the largest word, or any.
    pub fn word(&mut self) -> u32 {
        let drawn = self.next();
        let near = ((drawn >> 32) & 3) as u32;
        let bit = ((drawn >> 40) & 31) as u32;
        match drawn & 7 {
            0 => near,
            1 => u32::MAX - near,
            2 => (1u32 << bit).wrapping_sub(near.min(1)),
            3 => (1u32 << bit).wrapping_add(near),
            4 => (drawn >> 32) as u32 & ((1u32 << bit) | ((1u32 << bit) - 1)),
            _ => (drawn >> 32) as u32,
        }
    }
}

/// Simpler words than this one, the simplest first.
pub(super) fn simpler(word: u32) -> Vec<u32> {
    let mut words = vec![0, 1, word / 2, word.saturating_sub(1)];
    words.extend((0..32).map(|bit| word & !(1 << bit)));
    words.retain(|&one| one < word);
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_for_a_seed_and_reach_every_boundary() {
        let draw = |seed| {
            let mut random = Random::new(seed);
            (0..2000).map(|_| random.word()).collect::<Vec<u32>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        for boundary in [0, 1, 1 << 31, (1 << 31) - 1, u32::MAX, 1 << 16] {
            assert!(draw(1).contains(&boundary), "{boundary}");
        }
    }

    #[test]
    fn simpler_words_are_less_and_end_at_zero() {
        for word in [2, 0xdead_beef, 1 << 31, u32::MAX] {
            let words = simpler(word);
            assert_eq!(words.first(), Some(&0));
            assert_eq!(words.last(), Some(&(word - 1)));
        }
        assert_eq!(simpler(0), Vec::<u32>::new());
        assert_eq!(simpler(1), [0]);
    }
}
