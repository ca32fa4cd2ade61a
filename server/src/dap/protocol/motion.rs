//! Moving.

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
