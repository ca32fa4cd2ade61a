//! The error of a run that fits in no tier, or not in the one that was asked for.

use super::selection::TooLarge;
use super::tier::Tier;
use crate::vm::Trap;
use thiserror::Error;

/// Why a run has no proof in the tier that was asked for, or in any tier.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FitError {
    /// The run traps.
    #[error("{0}")]
    Trapped(Trap),
    /// The steps of the run take more rows than the largest tier has.
    #[error(
        "the run takes {steps} steps in more than {most} rows, and the largest tier holds {most} rows"
    )]
    TooLong {
        /// Its steps.
        steps: u64,
        /// The rows of the largest tier.
        most: u64,
    },
    /// The run does not fit in the tier that was asked for, or in any tier.
    #[error("{too_large}")]
    TooLarge {
        /// What that tier lacks, or the largest tier of each shape.
        too_large: TooLarge,
        /// The smallest tier that holds the run, if one does.
        fits: Option<&'static Tier>,
    },
}
