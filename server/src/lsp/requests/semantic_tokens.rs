//! `textDocument/semanticTokens`: full, as a delta to what was sent last, and of a range.

use crate::lsp::position::Positions;
use crate::lsp::state::sent_tokens::SentTokens;
use crate::lsp::state::{Session, View};
use crate::mutex::lock;
use provable_ide::tokens::{SemanticToken as Token, tokens};
use std::ops::Range;
use tower_lsp_server::ls_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit,
    SemanticTokensFullDeltaResult,
};

/// Encodes tokens, each by its distance from the one before it in units of the position encoding.
fn encode(tokens: &[Token], positions: &Positions<'_>) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    tokens
        .iter()
        .map(|token| {
            let start = positions.position(token.span.start);
            let text = positions.text.get(token.span.clone()).unwrap_or("");
            let delta_line = start.line.saturating_sub(line);
            let delta_start = match delta_line {
                0 => start.character.saturating_sub(column),
                _ => start.character,
            };
            (line, column) = (start.line, start.character);
            SemanticToken {
                delta_line,
                delta_start,
                length: positions.encoding.units(text),
                token_type: token.kind.index(),
                token_modifiers_bitset: token.modifiers(),
            }
        })
        .collect()
}

fn of(view: &View, within: Range<usize>) -> Vec<SemanticToken> {
    encode(&tokens(view.snapshot(), within), &view.positions())
}

/// All tokens of a text.
pub fn full(session: &Session, view: &View) -> SemanticTokens {
    let data = of(view, 0..view.snapshot().text().len());
    let mut all = lock(&session.sent_tokens);
    let id = all.get(&view.uri).map_or(1, |sent| sent.id.wrapping_add(1));
    let tokens = data.clone();
    all.insert(view.uri.clone(), SentTokens { id, tokens });
    SemanticTokens {
        result_id: Some(id.to_string()),
        data,
    }
}

/// The tokens of a range.
pub fn range(view: &View, range: tower_lsp_server::ls_types::Range) -> SemanticTokens {
    SemanticTokens {
        result_id: None,
        data: of(view, view.positions().span(range)),
    }
}

/// What changed since the result with this identifier, or all tokens if it was not the last result.
pub fn delta(session: &Session, view: &View, previous: &str) -> SemanticTokensFullDeltaResult {
    let before = lock(&session.sent_tokens).get(&view.uri).cloned();
    let after = full(session, view);
    match before.filter(|sent| sent.id.to_string() == previous) {
        None => SemanticTokensFullDeltaResult::Tokens(after),
        Some(before) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
            edits: difference(&before.tokens, &after.data),
            result_id: after.result_id,
        }),
    }
}

/// The edit between the common start and the common end. An edit counts numbers, of which a token has five.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = |(a, b): &(&SemanticToken, &SemanticToken)| a == b;
    let start = before.iter().zip(after).take_while(same).count();
    let rest = before.len().min(after.len()) - start;
    let end = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take(rest)
        .take_while(same)
        .count();
    let gone = before.len() - start - end;
    let new = after.get(start..after.len() - end).unwrap_or(&[]);
    if gone == 0 && new.is_empty() {
        return Vec::new();
    }
    let numbers = |tokens: usize| u32::try_from(tokens.saturating_mul(5)).unwrap_or(u32::MAX);
    vec![SemanticTokensEdit {
        start: numbers(start),
        delete_count: numbers(gone),
        data: Some(new.to_vec()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn token(length: u32) -> SemanticToken {
        SemanticToken {
            delta_line: 0,
            delta_start: 1,
            length,
            token_type: 0,
            token_modifiers_bitset: 0,
        }
    }

    proptest! {
        #[test]
        fn a_delta_turns_the_tokens_before_into_those_after(
            before in prop::collection::vec(0u32..3, 0..12),
            after in prop::collection::vec(0u32..3, 0..12),
        ) {
            let [before, after] = [before, after].map(|list| list.into_iter().map(token).collect::<Vec<_>>());
            let mut patched = before.clone();
            for edit in difference(&before, &after) {
                let (start, gone) = (edit.start as usize / 5, edit.delete_count as usize / 5);
                patched.splice(start..start + gone, edit.data.unwrap_or_default());
            }
            prop_assert_eq!(patched, after);
        }
    }
}
