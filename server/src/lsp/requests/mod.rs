//! One file for each request, or for a family of requests that LSP names together. A request that is about a text takes a
//! view of it and returns the values of the protocol; the features come from [`provable_ide`].

pub mod call_hierarchy;
pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod definition;
pub mod diagnostic;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod execute_command;
mod files_beside;
pub mod folding_range;
pub mod formatting;
pub mod heat_hints;
pub mod hint;
pub mod hover;
pub mod initialize;
pub mod inlay_hint;
pub mod program_files;
pub mod references;
pub mod rename;
pub mod rename_files;
pub mod selection_range;
pub mod semantic_tokens;
pub mod signature_help;
mod test_actions;
mod test_hints;
mod value_hints;
pub mod workspace_symbol;
