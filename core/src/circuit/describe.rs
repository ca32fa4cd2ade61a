//! Describes a row of the proof, for people who want to see how an instruction is proved.

use super::encoding::{Bit, Entry};
use super::family::Family;

/// The families whose constraints restrict a row that executes this entry, in the order in which they are written.
/// Every row has the families of its control bits, its fetch, the range of its result, its carry and its next state.
pub fn families<Number>(entry: &Entry<Number>) -> Vec<Family> {
    use Bit::*;
    let has = |bits: &[Bit]| entry.any(bits);
    let moves = entry.stack_port() != 0;
    let port = has(&[AtConst, AtAddr, AtDepth, Read, Write, Hash]);
    let says = |family: &Family| match family {
        Family::ControlBits
        | Family::ResultRange
        | Family::Fetch
        | Family::CarryBit
        | Family::Jump
        | Family::Top
        | Family::CarryFlag => true,
        Family::Arithmetic => has(&[Add, Sub, Imm, Ret]),
        Family::Base => has(&[AtAddr, Here, Hash]),
        Family::ZeroTest => has(&[Jz, Jnz]),
        Family::Spill => has(&[Push, Call, Here]),
        Family::StackPort => moves,
        Family::HeapPort => port,
        Family::SetBit => port && has(&[Push, Result]),
        Family::Times => moves || has(&[AtConst, AtAddr, AtDepth, Read]),
        Family::Coprocessor => has(&[Cop, CopCarry]),
        _ => false,
    };
    Family::ALL.iter().copied().filter(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::encoding::Encoding;
    use crate::lang::program::assemble;

    fn of(text: &str) -> Vec<Vec<Family>> {
        let program = assemble(text).program.unwrap();
        let encoding: Encoding = Encoding::new(&program);
        encoding.entries.iter().map(families).collect()
    }

    #[test]
    fn a_row_names_what_speaks_of_it() {
        use Family::*;
        let [add, halt] = &of("ADD")[..] else {
            panic!("one instruction and the end");
        };
        assert!(add.contains(&Arithmetic) && add.contains(&StackPort) && add.contains(&Times));
        assert!(
            ![Spill, HeapPort, SetBit, Coprocessor, ZeroTest]
                .iter()
                .any(|family| add.contains(family))
        );
        assert!(halt.contains(&ZeroTest) && !halt.contains(&StackPort));
        let [_, store, pop, _] = &of("STORE")[..] else {
            panic!("three rows and the end");
        };
        assert!(store.contains(&HeapPort) && !store.contains(&SetBit));
        assert!(pop.contains(&StackPort) && !pop.contains(&HeapPort));
        assert!(!of("ADD 5")[0].contains(&StackPort) && of("ADD 5")[0].contains(&Spill));
        assert!(of("LOAD 3")[0].contains(&SetBit) && of("EQ")[0].contains(&Coprocessor));
    }
}
