//! The state of the language server. Nothing here imports a request, a notification or any other handler: handlers
//! import the state.

mod analysed;
mod cache_file;
pub mod client_capabilities;
pub mod config;
mod dependents;
pub mod diagnostics_queue;
mod document_locks;
pub mod documents;
mod edit;
mod file_id;
pub mod inputs;
mod library_files;
mod linked_program;
pub mod out_of_sync;
pub mod pending_job;
mod program;
mod program_texts;
pub mod reference;
pub mod refresh_requests;
pub mod sent_tokens;
mod session;
mod texts;
mod view;
pub mod view_test;
mod view_tests;
pub mod workspace_folders;

pub use session::Session;
pub use view::View;
