//! The tier that a run fits in.

use super::Refusal;
use provable_core::circuit::witness::{Recording, Shortage};
use provable_core::circuit::Layout;
use provable_core::program::Program;
use provable_core::proof::tier::{Tier, MOST_ROWS};
use provable_core::vm::{self, Inputs, Limits};

/// A run and its tier.
pub struct Fit {
    /// The smallest tier, or the one that was asked for.
    pub tier: &'static Tier,
    /// What the prover needs to know of the run.
    pub recording: Recording,
    ruled_out: Option<Shortage>,
}

impl Fit {
    /// What ruled out the tier before this one; `None` for the smallest tier, and for one that was asked for.
    pub fn decided(&self) -> Option<String> {
        self.ruled_out
            .map(|shortage| format!("for the one before it, {shortage}"))
    }
}

/// The tier of this name.
///
/// # Errors
/// When there is none.
pub fn tier_named(name: &str) -> Result<&'static Tier, Refusal> {
    Tier::named(name).ok_or_else(|| Refusal::NoTier(name.to_string()))
}

/// Runs a program and finds its tier: the smallest, or the one that is wanted if the run fits.
///
/// # Errors
/// The trap, or what the tier lacks.
pub fn fit(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    wanted: Option<&'static Tier>,
) -> Result<Fit, Refusal> {
    // A plain run first: one that is far too long is not recorded.
    let outcome = vm::run(program, inputs, limits);
    if let Some(trap) = outcome.trap() {
        return Err(Refusal::Trapped(trap.clone()));
    }
    fit_halted(program, inputs, limits, outcome.steps, wanted)
}

/// As [`fit`], for a run that is known to halt after this many steps.
///
/// # Errors
/// As [`fit`].
pub fn fit_halted(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
    wanted: Option<&'static Tier>,
) -> Result<Fit, Refusal> {
    let most = MOST_ROWS as u64;
    if steps > most {
        return Err(Refusal::TooLong { steps, most });
    }
    let recording = Recording::new(program, inputs, limits).map_err(Refusal::Trapped)?;
    let found = match wanted {
        None => Tier::smallest(&recording),
        Some(tier) => recording
            .fits(&Layout::new(tier.capacities))
            .map(|()| (tier, None)),
    };
    match found {
        Ok((tier, ruled_out)) => Ok(Fit {
            tier,
            recording,
            ruled_out,
        }),
        Err(shortage) => {
            let smallest = Tier::smallest(&recording).ok();
            Err(Refusal::TooLarge {
                shortage,
                fits: smallest.map(|(tier, _)| tier),
            })
        }
    }
}
