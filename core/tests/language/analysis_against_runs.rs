//! The analysis compared with runs. A small interpreter executes random programs. Every trap and depth must be one that the analysis
//! foresees.

use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::isa::Op;
use provable::lang::program::{Program, assemble};
use std::collections::HashMap;

#[derive(Debug, PartialEq, Clone, Copy)]
enum Trap {
    Underflow,
    RetWithoutCall,
    JumpOutside,
    NothingStored,
    NoAddress,
    DivisionByZero,
    ShiftTooFar,
}

struct Machine<'a> {
    program: &'a Program,
    pc: usize,
    stack: Vec<u32>,
    calls: Vec<usize>,
    heap: HashMap<u32, u32>,
    /// Inputs, and the outcomes of conditional jumps: any outcome must be foreseen.
    random: u64,
}

impl Machine<'_> {
    fn chance(&mut self) -> u32 {
        self.random = self
            .random
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.random >> 61) as u32
    }

    fn pop(&mut self) -> u32 {
        self.stack.pop().unwrap()
    }

    fn go(&mut self, target: u32) -> Result<(), Trap> {
        self.pc = target as usize;
        let end = self.program.instructions().len();
        if self.pc > end {
            Err(Trap::JumpOutside)
        } else {
            Ok(())
        }
    }

    fn step(&mut self) -> Result<(), Trap> {
        let instruction = self.program.instructions()[self.pc];
        let operand = instruction.operand.unwrap_or(0);
        let effect = instruction.op.effect(instruction.operand);
        if (self.stack.len() as u64) < effect.needs {
            return Err(Trap::Underflow);
        }
        self.pc += 1;
        match instruction.op {
            Op::Push => self.stack.push(operand),
            Op::Read => {
                let word = self.chance();
                self.stack.push(word);
            }
            Op::Jmp => self.go(operand)?,
            Op::Jz | Op::Jnz | Op::Jc | Op::Jnc => {
                if effect.change < 0 {
                    self.pop();
                }
                if self.chance() & 1 == 0 {
                    self.go(operand)?;
                }
            }
            Op::Call => {
                self.calls.push(self.pc);
                self.go(operand)?;
            }
            Op::Ret => self.pc = self.calls.pop().ok_or(Trap::RetWithoutCall)?,
            Op::Load => {
                let address = instruction.operand.unwrap_or_else(|| self.pop());
                let word = *self.heap.get(&address).ok_or(Trap::NothingStored)?;
                self.stack.push(word);
            }
            Op::Store => {
                let address = instruction.operand.unwrap_or_else(|| self.pop());
                let word = self.pop();
                self.heap.insert(address, word);
            }
            Op::Loadx => {
                let address = self.pop().checked_add_signed(operand as i32);
                let address = address.ok_or(Trap::NoAddress)?;
                let word = *self.heap.get(&address).ok_or(Trap::NothingStored)?;
                self.stack.push(word);
            }
            Op::Put => {
                let (word, base) = (self.pop(), self.pop());
                let address = base.checked_add_signed(operand as i32);
                self.heap.insert(address.ok_or(Trap::NoAddress)?, word);
                self.stack.push(base);
            }
            Op::Div | Op::Shl | Op::Rotl | Op::Rotr => {
                let b = instruction.operand.unwrap_or_else(|| self.pop());
                let a = self.pop();
                match instruction.op {
                    Op::Div if b == 0 => return Err(Trap::DivisionByZero),
                    Op::Shl | Op::Rotl | Op::Rotr if b >= 32 => return Err(Trap::ShiftTooFar),
                    _ => self.stack.push(a),
                }
            }
            Op::Halt => self.pc = self.program.instructions().len(),
            Op::Dup => self.stack.push(0),
            // Of the others the depth is all that matters here.
            _ => {
                let depth = self
                    .stack
                    .len()
                    .saturating_add_signed(effect.change as isize);
                self.stack.resize(depth, 0);
            }
        }
        Ok(())
    }
}

/// The codes that foresee a trap, certain and possible. That an offset leads out of the addresses is not foreseen.
fn codes(trap: Trap) -> [&'static str; 2] {
    match trap {
        Trap::Underflow => ["E101", "W101"],
        Trap::RetWithoutCall => ["E104", "W104"],
        Trap::JumpOutside => ["E107", "W107"],
        Trap::NothingStored | Trap::NoAddress => ["E108", "W108"],
        Trap::DivisionByZero => ["E109", "W109"],
        Trap::ShiftTooFar => ["E110", "W110"],
    }
}

fn programs() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        6 => prop::sample::select(vec![
            "PUSH 0", "PUSH 3", "PUSH 40", "PUSH 1", "POP", "DUP", "DUP 2", "SWAP", "ADD", "NOT", "READ", "DIV", "SHL",
            "LOAD 3", "STORE 3", "STORE 1", "LOAD 1", "LOAD", "STORE", "HALT", "RET", "RET", "NOP", "WRITE", "EQ",
            "ADD 2", "EQ 3", "DIV 0", "DIV 2", "SHL 40", "SHL 4", "ROTL", "ROTL 32", "ROTR 3", "MULHI", "MULHI 7",
            "LOADX", "LOADX 2", "LOADX -2", "PUT", "PUT 2", "PUT -2",
        ]).prop_map(str::to_owned),
        2 => (prop::sample::select(vec!["JZ", "JNZ", "JC", "JNC", "JMP", "CALL", "CALL"]), 0..17u32)
            .prop_map(|(mnemonic, target)| format!("{mnemonic} {target}")),
    ];
    let data = prop::sample::select(vec!["", "", ".data D at 3 7\n", ".data D at 0 5, 6\n"]);
    (data, prop::collection::vec(line, 1..16)).prop_map(|(data, lines)| {
        // Words to work with, so that runs get somewhere before they trap.
        format!("{data}READ\nREAD\n{}", lines.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_trap_and_depth_of_a_run_is_foreseen(text in programs(), seeds in prop::collection::vec(any::<u64>(), 8)) {
        let assembly = assemble(&text);
        let analysis = analyse(&assembly);
        let program = assembly.program.as_ref().unwrap();
        let said = |index: usize, code: &str| {
            let span = assembly.span_of(index);
            analysis.diagnostics.iter().any(|d| d.code.as_str() == code && d.span == span)
        };
        for random in seeds {
            let mut machine = Machine { program, pc: 0, stack: vec![], calls: vec![], heap: program.data().iter().copied().collect(), random };
            for _ in 0..300 {
                let at = machine.pc;
                if at >= program.instructions().len() {
                    break;
                }
                let depth = machine.stack.len() as u64;
                let Some(foreseen) = analysis.depth_before[at] else {
                    panic!("instruction {at} is reached");
                };
                prop_assert!(foreseen.min <= depth, "{at}: {depth} is not {foreseen}");
                prop_assert!(foreseen.max.is_none_or(|max| depth <= max), "{at}: {depth} is not {foreseen}");
                let outcome = machine.step();
                // A certain error stands where every execution traps.
                for code in ["E101", "E104", "E107", "E108", "E109", "E110"] {
                    prop_assert!(!said(at, code) || outcome.is_err(), "{at}: {code} but no trap");
                }
                let Err(trap) = outcome else { continue };
                let instruction = program.instructions()[at];
                // Values are foreseen only where they are literal, and no store may be a store to anywhere.
                let is_literal = match trap {
                    Trap::NothingStored => {
                        let anywhere = |line: &str| line == "STORE" || line.starts_with("PUT");
                        instruction.op == Op::Load && instruction.operand.is_some() && !text.lines().any(anywhere)
                    }
                    Trap::DivisionByZero | Trap::ShiftTooFar => instruction.operand.is_some(),
                    Trap::NoAddress => false,
                    _ => true,
                };
                let [certain, possible] = codes(trap);
                prop_assert!(!is_literal || said(at, certain) || said(at, possible), "{at}: {trap:?} is not foreseen");
                break;
            }
        }
    }
}
