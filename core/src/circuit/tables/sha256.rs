//! SHA-256's compression function: one row for each execution of the instruction.
//!
//! A row that is active takes the request of its step row, which holds the addresses of the block and of the state. It
//! reads the 16 words of the block and replaces the 8 words of the state. A row that is not active computes on numbers
//! that mean nothing, and touches no cell. Every lookup of a row counts once whether the row is active or not.

use crate::circuit::bounds::{Applied, Bounded, Context, Replaced, Request};
use crate::circuit::family::Family;
use crate::circuit::layout::Block;
use crate::circuit::sha256::{
    ACTIVE, AGE, BLOCK, BLOCK_WORDS, Cut, Digits, Gates, Lane, STATE, Sum, TIME, Turn, WORDS,
    compress,
};
use crate::circuit::variable::Var;

pub fn constrain(context: &mut Context<'_>) {
    for row in 0..context.layout.sha256.rows {
        constrain_row(context, row);
    }
    context.sha256_tables();
}

fn constrain_row(context: &mut Context<'_>, row: usize) {
    let block = context.layout.sha256;
    let mut gates = Constraints {
        context,
        block,
        row,
        next: WORDS,
    };
    let words = compress(&mut gates);

    let (family, at) = (Family::Sha256Requests, |column| block.at(row, column));
    let block_address = context.times_beta_squared(Family::Sha256Memory, at(BLOCK));
    let state_address = context.times_beta_squared(family, at(STATE));
    let request = Request {
        time: context.range(family, at(TIME)),
        value: context.times_beta(family, at(BLOCK)),
        address: state_address.clone(),
    };
    let active = context.boolean(family, at(ACTIVE));
    let requested = context.requested(family, request, active);

    let family = Family::Sha256Memory;
    for (index, word) in words.block.iter().enumerate() {
        let value = context.times_beta(family, &word.number);
        let cell = Replaced {
            address: context.beside(&block_address, index as u64),
            age: context.range(family, at(AGE + index)),
            old: value.clone(),
            new: value,
        };
        context.replace(family, &requested, cell);
    }
    for (index, (old, new)) in words.state.iter().zip(&words.result).enumerate() {
        let cell = Replaced {
            address: context.beside(&state_address, index as u64),
            age: context.range(family, at(AGE + BLOCK_WORDS + index)),
            old: context.times_beta(family, &old.number),
            new: context.times_beta(family, &new.number),
        };
        context.replace(family, &requested, cell);
    }
}

/// A committed word.
struct Word {
    number: Bounded,
    /// Where each piece begins, and its spread form. None for a word in limbs.
    pieces: Vec<(u32, Bounded)>,
}

impl Word {
    /// The spread form of the word after a turn. A cut at the distance of the turn keeps each piece whole.
    fn turned(&self, turn: Turn) -> Bounded {
        let distance = match turn {
            Turn::Rotate(distance) | Turn::Shift(distance) => distance,
        };
        let mut sum = Bounded::constant(0);
        for (begins, form) in &self.pieces {
            let to = match (begins.checked_sub(distance), turn) {
                (Some(to), _) => to,
                (None, Turn::Rotate(_)) => begins + u32::BITS - distance,
                (None, Turn::Shift(_)) => continue,
            };
            sum = sum + form.times(1 << (3 * to));
        }
        sum
    }
}

/// Writes the constraints of one row.
struct Constraints<'a, 'b> {
    context: &'a mut Context<'b>,
    block: Block,
    row: usize,
    next: usize,
}

impl Constraints<'_, '_> {
    /// The next columns.
    fn columns(&mut self, count: usize) -> Vec<Var> {
        let columns = self.block.span(self.row, self.next, count);
        self.next += count;
        columns
    }
}

impl Gates for Constraints<'_, '_> {
    type Word = Word;

    fn given(&mut self, _: (&'static str, usize), cut: Cut) -> Word {
        if cut == Cut::Limbs {
            let limbs = self.columns(self.context.layout.capacities.word_limbs());
            let number = self.context.word(Family::Sha256Words, &limbs);
            return Word {
                number,
                pieces: Vec::new(),
            };
        }
        let (mut number, mut pieces) = (Bounded::constant(0), Vec::new());
        for (begins, length) in cut.pieces() {
            let columns = self.columns(if length == 1 { 1 } else { 2 });
            let [piece, form] = self.context.piece(length, &columns);
            number = number + piece.times(1 << begins);
            pieces.push((begins, form));
        }
        Word { number, pieces }
    }

    fn add(&mut self, name: (&'static str, usize), sum: Sum<'_, Word>, cut: Cut) -> Word {
        let mut terms = Bounded::constant(sum.number.into());
        for word in &sum.plus {
            terms = terms + &word.number;
        }
        for word in &sum.minus {
            terms = terms - &word.number;
        }
        let mut functions = Vec::new();
        for (Digits { function, words }, lane) in sum.functions.iter().flatten().zip(Lane::ALL) {
            let columns = self.columns(function.chunks() as usize);
            let found = self.context.chunks(*function, lane, &columns);
            let weighted = words.iter().zip(function.weights());
            let digits = weighted.fold(Bounded::constant(0), |sum, ((word, turn), weight)| {
                sum + word.turned(*turn).times(weight.into())
            });
            functions.push(Applied { found, digits });
        }
        let word = self.given(name, cut);
        self.context.added(&terms, functions, &word.number);
        word
    }
}
