//! The answers of the editor features, drawn beside the programs that they are about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calls;
mod completion;
mod display;
mod fixes;
mod formatting;
mod hover;
mod hover_names;
mod navigation;
mod outline;
mod refactor;
mod signature;
mod support;
mod total;
