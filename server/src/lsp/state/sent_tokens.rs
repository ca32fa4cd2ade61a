//! The semantic tokens that the client has, which a delta is computed against.

use tower_lsp_server::ls_types::SemanticToken;

/// The semantic tokens that were sent last for a text.
#[derive(Clone, Debug)]
pub struct SentTokens {
    /// The number of the result.
    pub id: u64,
    /// The tokens.
    pub tokens: Vec<SemanticToken>,
}
