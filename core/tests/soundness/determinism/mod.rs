//! The constraints of a row are functions: they leave one next state, one result and one answer of a coprocessor.

mod constant_tables;
mod coprocessors;
mod step;
