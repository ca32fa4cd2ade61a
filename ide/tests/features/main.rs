//! The answers of the editor features, drawn beside the programs that they are about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod completion;
mod costs;
mod display;
mod fixes;
mod formatting;
mod generated;
mod hover;
mod hover_names;
mod modules;
mod navigation;
mod outline;
mod refactor;
mod routines;
mod routines_offered;
mod signature;
mod support;
mod total;
