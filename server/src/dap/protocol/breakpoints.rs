//! Places to stop at.

use serde::{Deserialize, Serialize};

/// A source file.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
pub struct Source {
    /// Its name, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// A breakpoint on a line.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceBreakpoint {
    /// The line.
    pub line: i64,
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
}
