//! The notifications of the client, a file for each family.

pub mod configuration;
pub mod out_of_sync;
pub mod text_document;
pub mod workspace;
