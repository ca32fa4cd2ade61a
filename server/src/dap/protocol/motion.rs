//! Moving.

use super::breakpoints::Source;
use serde::Deserialize;

/// How far a step goes.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// A statement.
    #[default]
    Statement,
    /// A line.
    Line,
    /// An instruction.
    Instruction,
}

/// A step.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Step {
    /// How far it goes.
    #[serde(default)]
    pub granularity: Granularity,
}

/// A line to go to.
#[derive(Clone, Debug, Deserialize)]
pub struct GotoTargets {
    /// The source; the main file without it.
    #[serde(default)]
    pub source: Option<Source>,
    /// The line.
    pub line: i64,
}

/// One of the targets that were offered.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Goto {
    /// Its number.
    pub target_id: i64,
}

/// A position to go to.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct GotoStep {
    /// Steps taken there.
    pub step: u64,
}
