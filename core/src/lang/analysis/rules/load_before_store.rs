//! Loads from addresses that were never stored. An address is known if it is literal or pushed directly before, or if
//! LOADX or PUT makes it of such a one and its offset. A store to any other address may be a store to every address. The
//! addresses of data hold words from the start.
//!
//! Sixty-four addresses are followed at a time, one for each bit. If a program loads from so many addresses that this
//! would take too long, only the loads from addresses that it stores nowhere are reported.

use super::literal_operands::pushed_before;
use crate::lang::analysis::findings::Findings;
use crate::lang::analysis::flow::Flow;
use crate::lang::analysis::graph::Graph;
use crate::lang::analysis::loops::Loop;
use crate::lang::analysis::solve::{Domain, states, summaries};
use crate::lang::diagnostics::{Code, Diagnostic};
use crate::lang::isa::Op;
use crate::lang::program::{Section, SectionKind, SymbolKind};
use std::collections::{HashMap, HashSet};

/// Limit on the instructions that are visited, over all rounds of sixty-four addresses.
const BUDGET: usize = 2_000_000;

/// What an instruction does to the heap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Load(u32),
    Store(u32),
    StoreAnywhere,
}

/// Sets of addresses, one bit for each address.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stored {
    /// Stored on some path.
    some: u64,
    /// Stored on every path.
    every: u64,
}

struct Stores<'a> {
    accesses: &'a [Option<Access>],
    bits: HashMap<u32, u64>,
}

impl Stores<'_> {
    fn stored(&self, node: u32) -> u64 {
        match self.accesses.get(node as usize).copied().flatten() {
            Some(Access::Store(address)) => self.bits.get(&address).copied().unwrap_or(0),
            Some(Access::StoreAnywhere) => u64::MAX,
            _ => 0,
        }
    }
}

impl Domain for Stores<'_> {
    type Summary = Stored;
    type State = Stored;

    fn nothing(&self) -> Stored {
        Stored { some: 0, every: 0 }
    }

    fn summary(&self, node: u32) -> Stored {
        let stored = self.stored(node);
        Stored {
            some: stored,
            every: stored,
        }
    }

    fn then(&self, first: Stored, second: Stored) -> Stored {
        Stored {
            some: first.some | second.some,
            every: first.every | second.every,
        }
    }

    fn either(&self, old: Stored, new: Stored, _widen: bool) -> Stored {
        Stored {
            some: old.some | new.some,
            every: old.every & new.every,
        }
    }

    fn start(&self, section: &Section) -> Stored {
        match section.kind {
            SectionKind::Main => self.nothing(),
            // What was stored before is not known.
            _ => Stored {
                some: u64::MAX,
                every: u64::MAX,
            },
        }
    }

    fn enter(&self, before: Stored, _of: &Loop) -> Stored {
        // What a turn before may have stored.
        Stored {
            some: u64::MAX,
            ..before
        }
    }

    fn leave_summary(&self, rest: Stored, _of: &Loop) -> Stored {
        Stored {
            some: u64::MAX,
            ..rest
        }
    }

    fn after(&self, node: u32, before: Stored) -> Stored {
        self.then(before, self.summary(node))
    }

    fn inside_call(&self, _call: u32, before: Stored) -> Stored {
        before
    }

    fn after_call(&self, _call: u32, before: Stored, routine: Stored) -> Stored {
        self.then(before, routine)
    }

    fn meet(&self, old: Stored, new: Stored, widen: bool) -> Stored {
        self.either(old, new, widen)
    }
}

pub(in crate::lang::analysis) fn report(
    graph: &Graph<'_>,
    flow: &Flow,
    findings: &mut Findings<'_>,
) {
    let accesses: Vec<Option<Access>> = (0..graph.end())
        .map(|node| access(graph, flow, node))
        .collect();
    let mut loads: Vec<u32> = Vec::new();
    let mut stored = HashSet::new();
    let mut is_anywhere = false;
    for access in accesses.iter().flatten() {
        match *access {
            Access::Load(address) => loads.extend(is_unset(findings, address).then_some(address)),
            Access::Store(address) => {
                stored.insert(address);
            }
            Access::StoreAnywhere => is_anywhere = true,
        }
    }
    loads.sort_unstable();
    loads.dedup();
    // Data of the files that the text uses may be anywhere.
    let mut symbols = findings.assembly.symbols.iter();
    let certain = match symbols.any(|symbol| symbol.kind == SymbolKind::File) {
        true => Code::PossibleLoadBeforeStore,
        false => Code::LoadBeforeStore,
    };
    let (followed, never): (Vec<u32>, Vec<u32>) = loads
        .into_iter()
        .partition(|address| is_anywhere || stored.contains(address));
    let never: HashSet<u32> = never.into_iter().collect();
    for (node, access) in (0u32..).zip(&accesses) {
        if let Some(Access::Load(address)) = access
            && never.contains(address)
        {
            found(findings, node, *address, certain);
        }
    }
    for addresses in followed.chunks(64).take(BUDGET / graph.nodes() + 1) {
        let bits = addresses
            .iter()
            .enumerate()
            .map(|(bit, &address)| (address, 1 << bit))
            .collect();
        let domain = Stores {
            accesses: &accesses,
            bits,
        };
        let routines = summaries(graph, &domain);
        let before = states(graph, &domain, &routines);
        for (node, (access, before)) in (0u32..).zip(accesses.iter().zip(before)) {
            let (Some(Access::Load(address)), Some(before)) = (access, before) else {
                continue;
            };
            let bit = domain.bits.get(address).copied().unwrap_or(0);
            if bit & !before.some != 0 {
                found(findings, node, *address, certain);
            } else if bit & !before.every != 0 {
                found(findings, node, *address, Code::PossibleLoadBeforeStore);
            }
        }
    }
}

/// Whether an address holds no word when a run starts.
fn is_unset(findings: &Findings<'_>, address: u32) -> bool {
    !findings.assembly.holds_data(address)
}

fn found(findings: &mut Findings<'_>, node: u32, address: u32, code: Code) {
    findings.push(|assembly| {
        let paths = if code == Code::LoadBeforeStore {
            "no path"
        } else {
            "not every path"
        };
        let mnemonic = assembly
            .instruction(node as usize)
            .map_or("", |instruction| instruction.op.spec().mnemonic);
        let message = format!("{paths} to this {mnemonic} has stored at address {address}");
        Diagnostic::new(code, assembly.span_of(node as usize), message)
    });
}

fn access(graph: &Graph<'_>, flow: &Flow, node: u32) -> Option<Access> {
    if !flow.is_reached(node) {
        return None;
    }
    let Some(instruction) = graph.instruction(node) else {
        // What a routine stores is not known, nor where an operand of the linker points.
        let may_store = !matches!(graph.word(node), "LOAD" | "LOADX" | "" | ".push" | "PUSH");
        return may_store.then_some(Access::StoreAnywhere);
    };
    let pushed = |node| match pushed_before(graph, flow, node) {
        Some((word, true)) => Some(word),
        _ => None,
    };
    // An offset that leads out of the addresses traps, so that the instruction touches none.
    let offset = instruction.operand.unwrap_or(0) as i32;
    let moved = |base: u32| base.checked_add_signed(offset);
    match instruction.op {
        Op::Load => instruction
            .operand
            .or_else(|| pushed(node))
            .map(Access::Load),
        Op::Loadx => pushed(node).and_then(moved).map(Access::Load),
        Op::Store => Some(match instruction.operand.or_else(|| pushed(node)) {
            Some(address) => Access::Store(address),
            None => Access::StoreAnywhere,
        }),
        // The word that it stores lies on the address.
        Op::Put => match pushed(node).and_then(|_| pushed(node.checked_sub(1)?)) {
            Some(base) => moved(base).map(Access::Store),
            None => Some(Access::StoreAnywhere),
        },
        _ => None,
    }
}
