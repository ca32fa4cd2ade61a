//! The questions of the rows to the coprocessors, and rows of their tables that answer them.
//!
//! The booleans of a table's row are drawn, and its words are unknowns. A product of two unknowns becomes linear when one factor is
//! a drawn number. Then the whole tuples must be equal.

use super::form::{Form, Poly, integer, small};
use super::layout::{ANSWERS, asked, asked_word, operands, prepare_answer, serves};
use super::rows::Rows;
use super::system::Contradiction;
use provable::circuit::operations::COP_ROTL;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// The number of rows that are tried for one question.
const TRIES: usize = 60;

/// A factor that a product may have, or another number that a program may push.
pub fn number(rng: &mut StdRng) -> u32 {
    match rng.gen_range(0..6) {
        0 => rng.r#gen(),
        1 => 1 << rng.gen_range(0..32),
        2 => u32::MAX,
        _ => rng.gen_range(0..8),
    }
}

/// Finds rows that answer all questions. Returns the block and the number of each.
pub fn answer(rows: &mut Rows<'_>, rng: &mut StdRng) -> Option<Vec<(usize, usize)>> {
    let mut found = Vec::new();
    let questions = std::mem::take(&mut rows.questions);
    let mut all = true;
    for (row, question) in &questions {
        // Each question has a row of its own, so that rows do not differ by what was asked before.
        let index = found.len();
        let op = asked(rows, *row);
        let hints = rows.hints.len();
        for column in operands(&rows.wiring.circuit.layout, *row) {
            let form = rows.system.reduced(&Form::var(column));
            let word = small(form.constant).filter(|_| form.terms.is_empty());
            rows.hints
                .extend(word.and_then(|word| u32::try_from(word).ok()));
        }
        rows.hints.extend(asked_word(rows, *row));
        let place = (0..TRIES).find_map(|_| {
            // Mostly a row of the operation that is asked for.
            let op = op.filter(|_| rng.gen_range(0..8) > 0);
            let drawn = ANSWERS[rng.gen_range(0..ANSWERS.len())];
            let place = (op.map_or(drawn, serves), index);
            let (mark, apart) = (rows.system.mark(), rows.nonzero.len());
            let fits = one(rows, place, (question, op), rng).is_ok();
            if !fits {
                rows.system.back(mark);
                rows.nonzero.truncate(apart);
            }
            fits.then_some(place)
        });
        rows.hints.truncate(hints);
        match place {
            Some(place) => found.push(place),
            None => {
                all = false;
                break;
            }
        }
    }
    rows.questions = questions;
    all.then_some(found)
}

fn one(
    rows: &mut Rows<'_>,
    place: (usize, usize),
    (question, op): (&Poly, Option<u64>),
    rng: &mut StdRng,
) -> Result<(), Contradiction> {
    let blocks = rows.wiring.circuit.layout.blocks();
    if place.1 >= blocks[place.0].rows {
        return Err(Contradiction);
    }
    prepare_answer(rows, place, op, rng);
    let hint = rows.hints.choose(rng).copied();
    let hint = hint.filter(|_| rng.gen_range(0..4) > 0);
    let factor = hint.unwrap_or_else(|| number(rng));
    // A shift's factor is a power of two.
    rows.amount = u64::from(factor % 32);
    let factor = if rng.r#gen() {
        factor
    } else {
        1 << rows.amount
    };
    rows.factor = integer(factor.into());
    rows.answers.clear();
    rows.take(place, rng.r#gen())?;
    // A row of the arithmetic table has two tuples, the second of which is that of a rotation.
    let count = rows.answers.len();
    let index = match op {
        Some(COP_ROTL) => count.checked_sub(1),
        Some(_) => Some(0),
        None => Some(rng.gen_range(0..count.max(1))),
    };
    let answer = index.and_then(|index| rows.answers.get(index));
    let answer = answer.cloned().ok_or(Contradiction)?;
    rows.system.same(question, &answer)?;
    rows.system.propagate()
}
