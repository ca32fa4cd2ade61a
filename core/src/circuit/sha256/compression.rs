//! The equations of the compression function, over whatever [`Gates`] compute with.

use super::constants::ROUND;
use super::cut::Cut;
use super::function::Function;
use super::{BLOCK_WORDS, STATE_WORDS};

/// A rotation or a shift to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// ROTR.
    Rotate(u32),
    /// SHR.
    Shift(u32),
}

/// The argument of a function: three turned words.
pub struct Digits<'a, Word> {
    /// The function.
    pub function: Function,
    /// The words, in the order of the function's weights.
    pub words: [(&'a Word, Turn); 3],
}

/// Words, a number and the results of at most two functions, to be added modulo 2^32.
pub struct Sum<'a, Word> {
    /// Words that are added.
    pub plus: Vec<&'a Word>,
    /// Words that are subtracted. The number makes up for them, so that no sum is negative.
    pub minus: Vec<&'a Word>,
    /// A number.
    pub number: u64,
    /// Functions: none, or one for each lane.
    pub functions: Option<[Digits<'a, Word>; 2]>,
}

/// What the compression function is computed with: expressions and their constraints, numbers, or names.
pub trait Gates {
    /// A committed word.
    type Word;

    /// A word that comes from the memory. The name is for people: what it is, and which.
    fn given(&mut self, name: (&'static str, usize), cut: Cut) -> Self::Word;

    /// The word that a sum makes modulo 2^32.
    fn add(
        &mut self,
        name: (&'static str, usize),
        sum: Sum<'_, Self::Word>,
        cut: Cut,
    ) -> Self::Word;
}

/// A number that makes a sum positive from which one word is subtracted.
const BORROW: u64 = 1 << 32;

/// The words of the block, of the state before and of the state afterwards.
pub struct Compressed<Word> {
    /// The block.
    pub block: Vec<Word>,
    /// The state before.
    pub state: Vec<Word>,
    /// The state afterwards.
    pub result: Vec<Word>,
}

/// The compression function (FIPS 180-4, section 6.2.2). The new a of a round is computed from the new e: a' = e' − d +
/// Σ₀(a) + Maj(a, b, c). The last round adds the old state at once.
pub fn compress<G: Gates>(gates: &mut G) -> Compressed<G::Word> {
    let state: Vec<G::Word> = [
        Cut::A,
        Cut::Plain,
        Cut::Plain,
        Cut::Limbs,
        Cut::E,
        Cut::Plain,
        Cut::Plain,
        Cut::Limbs,
    ]
    .into_iter()
    .enumerate()
    .map(|(index, cut)| gates.given(("state", index), cut))
    .collect();
    let mut schedule: Vec<G::Word> = (0..BLOCK_WORDS)
        .map(|word| gates.given(("block", word), Cut::of_schedule(word)))
        .collect();
    for word in BLOCK_WORDS..ROUND.len() {
        let added = scheduled(gates, &schedule, word);
        schedule.push(added);
    }

    let result = rounds(gates, &state, &schedule);
    schedule.truncate(BLOCK_WORDS);
    Compressed {
        block: schedule,
        state,
        result,
    }
}

/// W[t] = σ₁(W[t − 2]) + W[t − 7] + σ₀(W[t − 15]) + W[t − 16].
fn scheduled<G: Gates>(gates: &mut G, words: &[G::Word], word: usize) -> G::Word {
    use Turn::{Rotate, Shift};
    let [two, seven, fifteen, sixteen] = [2, 7, 15, 16].map(|back| &words[word - back]);
    let parity = |word, turns: [Turn; 3]| Digits {
        function: Function::Parity,
        words: turns.map(|turn| (word, turn)),
    };
    let sum = Sum {
        plus: vec![seven, sixteen],
        minus: vec![],
        number: 0,
        functions: Some([
            parity(fifteen, [Rotate(7), Rotate(18), Shift(3)]),
            parity(two, [Rotate(17), Rotate(19), Shift(10)]),
        ]),
    };
    gates.add(("schedule", word), sum, Cut::of_schedule(word))
}

/// The variables of a round as indices: `a[0]` to `a[3]` are d, c, b and a of the first round, and each round adds one.
/// The same for h, g, f and e.
fn rounds<G: Gates>(gates: &mut G, state: &[G::Word], schedule: &[G::Word]) -> Vec<G::Word> {
    use Turn::Rotate;
    let (mut new_a, mut new_e): (Vec<G::Word>, Vec<G::Word>) = (Vec::new(), Vec::new());
    let last = ROUND.len() - 1;
    for (round, (constant, word)) in ROUND.iter().zip(schedule).enumerate() {
        // The variables of the round: those of the rounds before, or of the state.
        let [a, b, c, d] = [0, 1, 2, 3].map(|back| variable(&new_a, &state[..4], back));
        let [e, f, g, h] = [0, 1, 2, 3].map(|back| variable(&new_e, &state[4..], back));
        let sum = Sum {
            plus: match round == last {
                true => vec![d, h, word, &state[4]],
                false => vec![d, h, word],
            },
            minus: vec![],
            number: u64::from(*constant),
            functions: Some([
                Digits {
                    function: Function::Parity,
                    words: [6, 11, 25].map(|distance| (e, Rotate(distance))),
                },
                Digits {
                    function: Function::Choice,
                    words: [e, f, g].map(|word| (word, Rotate(0))),
                },
            ]),
        };
        let cut = |cut| if round == last { Cut::Limbs } else { cut };
        let next_e = gates.add(("e", round + 1), sum, cut(Cut::E));
        let sum = Sum {
            plus: match round == last {
                true => vec![&next_e, &state[0]],
                false => vec![&next_e],
            },
            minus: match round == last {
                true => vec![d, &state[4]],
                false => vec![d],
            },
            number: BORROW * if round == last { 2 } else { 1 },
            functions: Some([
                Digits {
                    function: Function::Parity,
                    words: [2, 13, 22].map(|distance| (a, Rotate(distance))),
                },
                Digits {
                    function: Function::Majority,
                    words: [a, b, c].map(|word| (word, Rotate(0))),
                },
            ]),
        };
        let next_a = gates.add(("a", round + 1), sum, cut(Cut::A));
        new_e.push(next_e);
        new_a.push(next_a);
    }
    let mut result = Vec::with_capacity(STATE_WORDS);
    for (half, mut new) in [new_a, new_e].into_iter().enumerate() {
        let first = new.pop();
        let state = &state[4 * half..];
        let mut sums = Vec::new();
        for back in 0..3 {
            let sum = Sum {
                plus: vec![&state[back + 1], variable(&new, state, back)],
                minus: vec![],
                number: 0,
                functions: None,
            };
            sums.push(gates.add(("result", 4 * half + back + 1), sum, Cut::Limbs));
        }
        result.extend(first);
        result.extend(sums);
    }
    result
}

/// The word that was made `back` rounds before the last, or the word of the state from which the rounds began.
fn variable<'a, Word>(made: &'a [Word], state: &'a [Word], back: usize) -> &'a Word {
    match made.len().checked_sub(back + 1) {
        Some(index) => &made[index],
        None => &state[back - made.len()],
    }
}
