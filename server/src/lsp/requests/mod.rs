//! One file a request, or a family of them. Each takes a view of the text and answers with the protocol's values;
//! what it says comes from [`provable_ide`].

pub mod action;
pub mod calls;
pub mod completion;
pub mod diagnostic;
pub mod file_names;
pub mod folding;
pub mod formatting;
pub mod hints;
pub mod hover;
pub mod lens;
pub mod navigation;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod symbols;
pub mod tokens;
