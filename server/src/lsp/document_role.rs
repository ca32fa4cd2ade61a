//! The kinds of documents, and so what is offered for them.

use super::document_uri::path_of;
use tower_lsp_server::ls_types::Uri;

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A program in a file, or in a text that has no file yet.
    Program,
    /// A copy of a program that is not a file, such as an earlier version in a repository. It can be read; it gets no
    /// diagnostics and no commands.
    Copy,
    /// The inputs of a program: `NAME.inputs.json`.
    Inputs,
    /// Anything else.
    Other,
}

impl Role {
    /// The role of a document with this URI and this language identifier.
    pub fn of(uri: &Uri, language: &str) -> Role {
        let scheme = uri.scheme().as_str().to_ascii_lowercase();
        let path = uri.path().decode().to_string_lossy();
        let is_file = path_of(uri).is_some();
        if path.ends_with(INPUTS) {
            return if is_file { Role::Inputs } else { Role::Other };
        }
        let is_program = language == LANGUAGE && !path.ends_with(".json");
        if !is_program && !path.ends_with(".prov") {
            return Role::Other;
        }
        match is_file || scheme == "untitled" {
            true => Role::Program,
            false => Role::Copy,
        }
    }

    /// Whether the text is a program.
    pub fn is_program_text(self) -> bool {
        matches!(self, Role::Program | Role::Copy)
    }
}

/// The language identifier of programs.
pub const LANGUAGE: &str = "provable";
const INPUTS: &str = ".inputs.json";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_of_a_document_follows_from_its_uri_and_language() {
        for (text, language, role) in [
            ("file:///a/x.prov", "provable", Role::Program),
            ("file:///a/x.prov", "plaintext", Role::Program),
            ("file:///a/x", "provable", Role::Program),
            ("untitled:Untitled-1", "provable", Role::Program),
            ("git:///a/x.prov?ref=HEAD", "provable", Role::Copy),
            ("file:///a/x.inputs.json", "json", Role::Inputs),
            ("file:///a/x.inputs%2Ejson", "provable", Role::Inputs),
            ("git:///a/x.inputs.json", "json", Role::Other),
            ("file:///a/x.proof.json", "json", Role::Other),
            ("file:///a/x.proof.json", "provable", Role::Other),
            ("file:///a/package.json", "json", Role::Other),
            ("untitled:Untitled-1", "plaintext", Role::Other),
        ] {
            assert_eq!(Role::of(&text.parse().unwrap(), language), role, "{text}");
        }
    }
}
