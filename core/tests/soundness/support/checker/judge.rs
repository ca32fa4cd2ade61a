//! What single columns of a row have to say.

use super::encoding::BITS;
use super::{Judged, Raw, Row, require};

/// Why a result is refused.
pub const RESULT: &str = "r is not what the instruction finds or computes";

/// Requires that the row has exactly these control bits and this operand.
pub fn executes(row: &Row, (bits, operand): (Vec<&str>, i128)) -> Judged {
    let columns = &BITS[..row.bits.len().min(BITS.len())];
    let right = row.bits.len() + 1 >= BITS.len()
        && bits.iter().all(|bit| columns.contains(bit))
        && columns
            .iter()
            .zip(&row.bits)
            .all(|(name, bit)| *bit == Some(i64::from(bits.contains(name))));
    require(right, "another instruction than the program's")?;
    require(
        row.operand == Some(operand),
        "another operand than the program's",
    )
}

/// A row whose result is a word that it has, without a carry.
pub fn imm(row: &Row, word: u32) -> Judged {
    require(row.result == Some(i64::from(word)), RESULT)?;
    require(row.carry == Some(0), "a wrong carry")
}

/// When what is pushed is there: no earlier than now.
pub fn put(row: &Row, now: i64) -> Result<i64, &'static str> {
    let age = row.fill_age.filter(|age| *age <= 0);
    Ok(now - age.ok_or("a push before its time")?)
}

/// The removed cell is the one that was put there last.
pub fn removed(age: Raw, now: i64, time: i64) -> Judged {
    let found = age.map(|age| now - 1 - age);
    require(found == Some(time), "a cell of another time")
}

/// The same through the general port, with its set bit.
pub fn general(row: &Row, now: i64, time: i64, set: bool) -> Judged {
    removed(row.age, now, time)?;
    require(row.set == Some(i64::from(set)), "a wrong set bit")
}
