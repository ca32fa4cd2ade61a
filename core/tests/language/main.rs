//! The language: what assembles and to what, the errors, the formatter, and the static analysis.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod analysis_against_runs;
mod analysis_allow;
mod analysis_depth;
mod analysis_findings;
mod analysis_speed;
mod assemble;
mod assemble_errors;
mod changes;
mod data;
mod draw;
mod expressions;
mod formatter;
mod generated;
mod linker;
mod linker_properties;
mod loops;
mod modules;
mod parser_properties;
mod routines;
mod several;
mod standard_library;
mod test_lines;
mod texts;
