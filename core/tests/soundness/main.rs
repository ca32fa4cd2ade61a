//! Soundness of the circuit: a false witness is refused, whatever a malicious prover claims.
//!
//! | modules | what they show |
//! | --- | --- |
//! | `stale_memory`, `heap_table`, `aliased_tuples`, `stack_underflow`, `jumps`, `halting`, `call_stack`, `public_tapes`, `program_table`, `words_and_carries`, `coprocessor_answers`, `coprocessor_operations`, `data`, `traps` | a false witness about one thing is refused by the constraint families that are there for it |
//! | `columns`, `free_columns`, `families` | no column is free, and no constraint family is superfluous |
//! | `determinism` | a row's constraints leave one next state |
//! | `fusion` | instructions that share rows do what they do apart |
//! | `bounds`, `packed_widths`, `instruction_encoding` | what the argument in `docs/proof-system.md` assumes |
//! | `random_programs`, `random_false_witnesses`, `mutation_search`, `algebraic_search` | searches for counterexamples find none, and find one once a constraint is taken out |
//! | `return_address_vulnerability` | the vulnerability of the versions before 0.2.0, with its fixes and without |
//! | `transcript` | the challenges depend on everything that they check |
//! | `honest_witnesses`, `independent_checker` | controls: honest witnesses are accepted, and the checker of the searches is right |

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod algebraic_search;
mod aliased_tuples;
mod bounds;
mod call_stack;
mod columns;
mod coprocessor_answers;
mod coprocessor_operations;
mod data;
mod determinism;
mod families;
mod free_columns;
mod fusion;
mod halting;
mod heap_table;
mod honest_witnesses;
mod independent_checker;
mod instruction_encoding;
mod jumps;
mod mutation_search;
mod packed_widths;
mod program_table;
mod public_tapes;
mod random_false_witnesses;
mod random_programs;
mod return_address_vulnerability;
mod stack_underflow;
mod stale_memory;
mod support;
mod transcript;
mod traps;
mod words_and_carries;
