//! Looking at a state, and changing it.

use super::breakpoints::Source;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How numbers are written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Format {
    /// In hexadecimal digits.
    pub hex: bool,
}

/// A part of the stack's frames.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StackTrace {
    /// The first one wanted.
    pub start_frame: Option<u64>,
    /// How many; none or 0 for all.
    pub levels: Option<u64>,
}

/// A frame. Where its instruction ends is not told: clients select what lies between, and typing would replace it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct StackFrame {
    pub id: u64,
    pub name: String,
    pub source: Source,
    pub line: i64,
    pub column: usize,
    pub instruction_pointer_reference: String,
}

/// Which of several variables are wanted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Filter {
    /// Those of a list.
    Indexed,
    /// Those with names.
    Named,
}

/// The variables in a scope or in another variable.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Variables {
    pub variables_reference: u64,
    #[serde(default)]
    pub filter: Option<Filter>,
    #[serde(default)]
    pub start: Option<u64>,
    #[serde(default)]
    pub count: Option<u64>,
    #[serde(default)]
    pub format: Option<Format>,
}

/// A group of variables.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Scope {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presentation_hint: Option<&'static str>,
    pub variables_reference: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indexed_variables: Option<u64>,
    pub expensive: bool,
}

/// How a variable is to be shown.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Hint {
    /// `readOnly`, `hasSideEffects` and the like.
    pub attributes: &'static [&'static str],
}

/// It cannot be set.
pub const READ_ONLY: Hint = Hint {
    attributes: &["readOnly"],
};

/// A variable.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Variable {
    pub name: String,
    pub value: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presentation_hint: Option<Hint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluate_name: Option<String>,
    pub variables_reference: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indexed_variables: Option<u64>,
}

/// A variable to change.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct SetVariable {
    pub variables_reference: u64,
    pub name: String,
    pub value: String,
    #[serde(default)]
    pub format: Option<Format>,
}

/// What an expression names, to change.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct SetExpression {
    pub expression: String,
    #[serde(default)]
    pub frame_id: Option<u64>,
    pub value: String,
    #[serde(default)]
    pub format: Option<Format>,
}

/// An expression, or a command of the console.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Evaluate {
    pub expression: String,
    #[serde(default)]
    pub frame_id: Option<u64>,
    #[serde(default)]
    pub context: Option<String>,
    #[serde(default)]
    pub format: Option<Format>,
}

/// What is being typed in the console.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Completions {
    pub text: String,
    #[serde(default)]
    pub frame_id: Option<u64>,
    pub column: i64,
}

/// The text of a source that the adapter has.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct SourceText {
    #[serde(default)]
    pub source: Option<Source>,
    #[serde(default)]
    pub source_reference: u64,
}

/// Instructions around a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Disassemble {
    pub memory_reference: String,
    #[serde(default)]
    pub offset: Option<i64>,
    #[serde(default)]
    pub instruction_offset: Option<i64>,
    pub instruction_count: u64,
}

/// An instruction.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct DisassembledInstruction {
    pub address: String,
    pub instruction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presentation_hint: Option<&'static str>,
}

/// A value.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Evaluated {
    pub result: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presentation_hint: Option<Hint>,
    pub variables_reference: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indexed_variables: Option<u64>,
}

/// A completion; where it goes is said in UTF-16 units.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // the protocol's own names
pub struct CompletionItem {
    pub label: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub start: i64,
    pub length: usize,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub detail: Value,
}
