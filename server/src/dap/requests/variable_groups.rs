//! The groups of variables. A group's number never changes, so that a client can keep open what was open.

use crate::dap::expression::List;
use provable::vm::{Inputs, Machine};

pub const STACK: u64 = 1;
pub const HEAP: u64 = 2;
pub const FLAGS: u64 = 3;
pub const TAPES: u64 = 4;
pub const MACHINE: u64 = 5;
pub const PUBLIC: u64 = 6;
pub const SECRET: u64 = 7;
pub const OUTPUT: u64 = 8;
pub const CALLS: u64 = 9;

/// The group of a list, and its length.
pub fn group_of(list: List, machine: &Machine<'_>, inputs: &Inputs) -> (u64, usize) {
    match list {
        List::Stack => (STACK, machine.stack().len()),
        List::Heap => (HEAP, machine.heap_len()),
        List::Calls => (CALLS, machine.calls().len()),
        List::Public => (PUBLIC, inputs.public.len()),
        List::Secret => (SECRET, inputs.secret.len()),
        List::Output => (OUTPUT, machine.outputs().len()),
    }
}
