//! Places to stop at.

use serde::{Deserialize, Serialize};

/// A source file.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Its name, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// For a file that clients ask the adapter for: its number, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_reference: Option<u64>,
    /// Where it comes from, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// What else must hold, as the client writes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Rules {
    /// An expression that is not 0.
    pub condition: Option<String>,
    /// Which hits count.
    pub hit_condition: Option<String>,
    /// What to print in place of stopping.
    pub log_message: Option<String>,
}

/// A breakpoint on a line.
#[derive(Clone, Debug, Deserialize)]
pub struct SourceBreakpoint {
    /// The line.
    pub line: i64,
    /// What else must hold.
    #[serde(flatten)]
    pub rules: Rules,
}

/// All breakpoints of a source.
#[derive(Clone, Debug, Deserialize)]
pub struct SetBreakpoints {
    /// The source.
    pub source: Source,
    /// Its breakpoints.
    #[serde(default)]
    pub breakpoints: Vec<SourceBreakpoint>,
}

/// A breakpoint on a label.
#[derive(Clone, Debug, Deserialize)]
pub struct FunctionBreakpoint {
    /// The label.
    pub name: String,
    /// What else must hold.
    #[serde(flatten)]
    pub rules: Rules,
}

/// All breakpoints on labels.
#[derive(Clone, Debug, Deserialize)]
pub struct SetFunctionBreakpoints {
    /// The breakpoints.
    pub breakpoints: Vec<FunctionBreakpoint>,
}

/// A breakpoint on an instruction.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstructionBreakpoint {
    /// An instruction.
    pub instruction_reference: String,
    /// How many instructions after it.
    #[serde(default)]
    pub offset: i64,
    /// What else must hold.
    #[serde(flatten)]
    pub rules: Rules,
}

/// All breakpoints on instructions.
#[derive(Clone, Debug, Deserialize)]
pub struct SetInstructionBreakpoints {
    /// The breakpoints.
    pub breakpoints: Vec<InstructionBreakpoint>,
}

/// Which accesses a data breakpoint is for.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum AccessType {
    /// LOAD.
    Read,
    /// STORE.
    #[default]
    Write,
    /// Both.
    ReadWrite,
}

/// A question about what could be watched.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataBreakpointInfo {
    /// The group of variables that the name is in.
    #[serde(default)]
    pub variables_reference: Option<u64>,
    /// The variable, or an expression.
    pub name: String,
    /// The frame in which an expression has its meaning.
    #[serde(default)]
    pub frame_id: Option<u64>,
}

/// A breakpoint on a heap cell.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataBreakpoint {
    /// The cell, as it was called in the answer to the question about it.
    pub data_id: String,
    /// Which accesses.
    #[serde(default)]
    pub access_type: AccessType,
    /// What else must hold.
    #[serde(flatten)]
    pub rules: Rules,
}

/// All breakpoints on heap cells.
#[derive(Clone, Debug, Deserialize)]
pub struct SetDataBreakpoints {
    /// The breakpoints.
    pub breakpoints: Vec<DataBreakpoint>,
}

/// Which traps to stop at.
#[derive(Clone, Debug, Deserialize)]
pub struct SetExceptionBreakpoints {
    /// Names of filters.
    #[serde(default)]
    pub filters: Vec<String>,
}

/// Lines that could have breakpoints.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BreakpointLocations {
    /// The source; the main file without it.
    #[serde(default)]
    pub source: Option<Source>,
    /// The first line.
    pub line: i64,
    /// The last one.
    #[serde(default)]
    pub end_line: Option<i64>,
}

/// What came of a breakpoint.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Breakpoint {
    /// Its number.
    pub id: u64,
    /// Whether it will be hit when it is reached.
    pub verified: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// On which line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// At which instruction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instruction_reference: Option<String>,
}
