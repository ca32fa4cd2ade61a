//! Cuts: the lengths of the pieces of a word.

/// How a word is committed. Each rotation and shift of the word that is used needs a cut at its distance, so that no
/// piece is torn. Further cuts keep the tables of pieces short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// In limbs of the range table: a word of which no bit is used alone.
    Limbs,
    /// A word that is never rotated: b, c, f and g of the first round.
    Plain,
    /// The variable a of a round: rotated by 2, 13 and 22.
    A,
    /// The variable e of a round: rotated by 6, 11 and 25.
    E,
    /// A schedule word of which only σ₀ is taken: rotated by 7 and 18, shifted by 3.
    Early,
    /// A schedule word of which only σ₁ is taken: rotated by 17 and 19, shifted by 10.
    Late,
    /// A schedule word of which both are taken.
    Middle,
}

impl Cut {
    /// The lengths of the pieces in bits, lowest first. They add up to 32. None for limbs.
    pub const fn lengths(self) -> &'static [u32] {
        match self {
            Cut::Limbs => &[],
            Cut::Plain => &[11, 11, 10],
            Cut::A => &[2, 11, 9, 10],
            Cut::E => &[6, 5, 7, 7, 7],
            Cut::Early => &[3, 4, 11, 7, 7],
            Cut::Late => &[10, 7, 2, 6, 7],
            Cut::Middle => &[3, 4, 3, 7, 1, 1, 6, 7],
        }
    }

    /// The pieces: where each begins, and its length.
    pub fn pieces(self) -> impl Iterator<Item = (u32, u32)> {
        let lengths = self.lengths().iter();
        lengths.scan(0, |next, length| {
            let begins = *next;
            *next += length;
            Some((begins, *length))
        })
    }

    /// The cut of a schedule word.
    pub fn of_schedule(word: usize) -> Self {
        match word {
            1..14 => Cut::Early,
            14..49 => Cut::Middle,
            49..62 => Cut::Late,
            _ => Cut::Limbs,
        }
    }
}
