//! Names of the committed columns, for people who read the constraints with other tools.

use super::{Block, Layout, arithmetic, bitwise, compare, heap, leftover, program, step};
use crate::circuit::encoding::{Bit, COLUMNS};
use crate::circuit::sha256;

/// The name of each element of the statement, in order.
pub const STATEMENT: [&str; super::statement::LEN] = ["gamma", "beta", "rho", "program", "tapes"];

/// Names for the columns before `limbs`, followed by `name limb i` for the limbs of each word.
fn with_limbs(fixed: &[&str], words: &[&str], limbs: usize) -> Vec<String> {
    let limb = |word: &&str| -> Vec<String> {
        let name = |index| format!("{word} limb {index}");
        (0..limbs).map(name).collect()
    };
    let fixed = fixed.iter().map(|name| name.to_string());
    fixed.chain(words.iter().flat_map(limb)).collect()
}

impl Layout {
    /// The name of each column of a block, in order.
    pub fn column_names(&self, block: &Block) -> Vec<String> {
        let limbs = self.capacities.word_limbs();
        match block.name {
            "step" => {
                let bits = Bit::ALL
                    .iter()
                    .take(COLUMNS)
                    .map(|bit| format!("bit {bit:?}"));
                let mut names: Vec<String> = step::NAMES.iter().map(|n| n.to_string()).collect();
                names.extend(bits);
                names.extend(with_limbs(&[], &["result"], limbs));
                names.extend(self.hash().map(|_| "bit Hash".to_string()));
                names
            }
            "heap" => {
                let mut names = with_limbs(&["address", "value", "time", "set"], &[], 0);
                let upper = (1..limbs).map(|index| format!("distance limb {index}"));
                names.extend(upper);
                names
            }
            "heap end" => {
                let upper = (1..limbs).map(|index| format!("last address limb {index}"));
                upper.collect()
            }
            "stack" | "calls" => with_limbs(&["active", "value", "time"], &[], 0),
            "program" => with_limbs(&["bits", "operand", "multiplicity"], &[], 0),
            "arithmetic" => with_limbs(
                &[
                    "multiplicity",
                    "upward",
                    "shift",
                    "quotient",
                    "amount",
                    "rotated",
                ],
                &["a", "result", "other", "rest"],
                limbs,
            ),
            "bitwise" => {
                let digits = block.width - bitwise::DIGIT;
                let mut names = with_limbs(&["multiplicity"], &[], 0);
                names.extend((0..digits).map(|index| format!("digit {index}")));
                names
            }
            "compare" => with_limbs(
                &["multiplicity", "eq", "gt", "carry"],
                &["b", "difference"],
                limbs,
            ),
            "sha256" if block.rows > 0 => sha256::names(limbs),
            "sha256" => Vec::new(),
            "blind" => vec!["blind".to_string()],
            _ => vec!["multiplicity".to_string()],
        }
    }
}

// The names are in the order of the columns.
const _: () = {
    assert!(heap::ADDRESS == 0 && heap::VALUE == 1 && heap::TIME == 2 && heap::SET == 3);
    assert!(leftover::ACTIVE == 0 && leftover::VALUE == 1 && leftover::TIME == 2);
    assert!(program::BITS == 0 && program::OPERAND == 1 && program::MULTIPLICITY == 2);
    assert!(arithmetic::MULTIPLICITY == 0 && arithmetic::UPWARD == 1 && arithmetic::SHIFT == 2);
    assert!(arithmetic::QUOTIENT == 3 && arithmetic::AMOUNT == 4 && arithmetic::ROTATED == 5);
    assert!(arithmetic::LIMB == 6 && super::heap_end::LIMB == 0);
    assert!(compare::MULTIPLICITY == 0 && compare::KIND == 1 && compare::CARRY == 3);
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::tier::TIERS;

    #[test]
    fn every_column_of_every_tier_has_one_name_of_its_own() {
        for tier in &TIERS {
            let layout = Layout::new(tier.capacities);
            for block in layout.blocks() {
                let names = layout.column_names(block);
                assert_eq!(names.len(), block.width, "{} {}", tier.name, block.name);
                let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
                assert_eq!(distinct.len(), names.len(), "{} {}", tier.name, block.name);
            }
        }
    }
}
