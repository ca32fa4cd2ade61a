//! The tier that a run fits in, and the size of a proof of the run.

use super::execution_trace::ExecutionTrace;
use super::fit_error::FitError;
use super::tier::{LARGEST, MOST_ROWS, Tier};
use super::usage::{Shortage, TableUse, Usage};
use crate::lang::program::Program;
use crate::vm::{self, Inputs, Limits};
use serde::{Deserialize, Serialize};

/// A run and its tier.
pub struct Fit {
    /// The smallest tier that holds the run, or the tier that was asked for.
    pub tier: &'static Tier,
    /// The run, recorded for the prover.
    pub trace: ExecutionTrace,
    ruled_out: Option<Shortage>,
}

impl Fit {
    /// The reason why the next smaller tier does not hold the run. `None` for the smallest tier, and for a tier that
    /// was asked for.
    pub fn decided(&self) -> Option<String> {
        self.ruled_out.as_ref().map(decided)
    }
}

/// Which capacities of the next smaller tier are exceeded.
fn decided(ruled_out: &Shortage) -> String {
    format!("for the one before it, {ruled_out}")
}

/// Runs a program and finds its tier: the smallest, or the wanted tier if the run fits.
///
/// # Errors
/// The trap, or what the tier lacks.
pub fn fit(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    wanted: Option<&'static Tier>,
) -> Result<Fit, FitError> {
    // The first run records nothing, so that a run that is far too long takes no memory.
    let outcome = vm::run(program, inputs, limits);
    if let Some(trap) = outcome.trap() {
        return Err(FitError::Trapped(trap.clone()));
    }
    let trace = record(program, inputs, limits, outcome.steps)?;
    let usage = trace.usage();
    let found = match wanted {
        None => Tier::smallest(&usage),
        Some(tier) => usage.fits(&tier.capacities).map(|()| (tier, None)),
    };
    match found {
        Ok((tier, ruled_out)) => Ok(Fit {
            tier,
            trace,
            ruled_out,
        }),
        Err(shortage) => {
            let smallest = Tier::smallest(&usage).ok();
            Err(FitError::TooLarge {
                shortage,
                fits: smallest.map(|(tier, _)| tier),
            })
        }
    }
}

/// Records a run that is known to halt after this many steps. If no tier has that many rows, records nothing: a
/// recording takes memory for each step, and for such a run it is of no use.
fn record(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
) -> Result<ExecutionTrace, FitError> {
    let most = MOST_ROWS as u64;
    if steps > most {
        return Err(FitError::TooLong { steps, most });
    }
    ExecutionTrace::new(program, inputs, limits).map_err(FitError::Trapped)
}

/// How full a table is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCost {
    /// Its name.
    pub table: String,
    /// What it holds, for people.
    pub what: String,
    /// Rows that the run uses.
    pub used: usize,
    /// Rows that the tier has.
    pub capacity: usize,
}

fn costs(tables: &[TableUse]) -> Vec<TableCost> {
    let cost = |table: &TableUse| TableCost {
        table: table.table.to_string(),
        what: table.what.to_string(),
        used: table.used,
        capacity: table.capacity,
    };
    tables.iter().map(cost).collect()
}

/// The size of a proof of a run: its tier, and how full each table of the tier is.
#[derive(Clone, Debug)]
pub struct Size {
    /// The smallest tier that holds the run; none if no tier does.
    pub tier: Option<&'static Tier>,
    /// What the run uses of every table of that tier, or of the largest tier if no tier holds the run. Empty for a run
    /// that is too long to be recorded.
    pub tables: Vec<TableCost>,
    /// The tables of the next smaller tier that are too small. Empty for the smallest tier and for a run that fits in
    /// no tier.
    pub ruled_out: Vec<TableCost>,
    /// For people: why it is this tier and not the next smaller one, or why it is none.
    pub decided: String,
}

impl Size {
    /// The size of a run that is known to halt after this many steps. The run is repeated. For the longest run that is
    /// recorded this takes some hundredths of a second and 16 MB.
    pub fn of_halted(program: &Program, inputs: &Inputs, limits: Limits, steps: u64) -> Size {
        match record(program, inputs, limits, steps) {
            Ok(trace) => Size::of(&trace.usage()),
            Err(error) => Size {
                tier: None,
                tables: Vec::new(),
                ruled_out: Vec::new(),
                decided: error.to_string(),
            },
        }
    }

    fn of(usage: &Usage) -> Size {
        match Tier::smallest(usage) {
            Ok((tier, ruled_out)) => Size {
                tier: Some(tier),
                tables: costs(&usage.tables(&tier.capacities)),
                decided: match &ruled_out {
                    Some(shortage) => decided(shortage),
                    None => "it fits in the smallest tier".to_string(),
                },
                ruled_out: ruled_out.map_or_else(Vec::new, |shortage| costs(&shortage.tables)),
            },
            Err(shortage) => Size {
                tier: None,
                tables: costs(&usage.tables(&LARGEST.capacities)),
                ruled_out: Vec::new(),
                decided: format!("it fits in no tier: for the largest, {shortage}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::tier::TIERS;
    use crate::lang::program::assemble;

    fn program(text: &str) -> Program {
        assemble(text).program.unwrap()
    }

    /// The tier of a run, and the reason why the next smaller tier does not hold it.
    fn fitted(
        text: &str,
        wanted: Option<&'static Tier>,
    ) -> Result<(&'static Tier, Option<String>), FitError> {
        let (inputs, limits) = (Inputs::default(), Limits::default());
        let fit = fit(&program(text), &inputs, limits, wanted)?;
        Ok((fit.tier, fit.decided()))
    }

    #[test]
    fn a_short_run_fits_the_smallest_tier_and_a_wanted_one() {
        assert_eq!(fitted("HALT", None), Ok((&TIERS[0], None)));
        assert_eq!(fitted("HALT", Some(&TIERS[2])), Ok((&TIERS[2], None)));
    }

    #[test]
    fn a_run_that_does_not_fit_is_refused_with_the_tier_that_would_do() {
        let text = "PUSH 100\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nHALT";
        let (tier, decided) = fitted(text, None).unwrap();
        assert_eq!(tier, &TIERS[2]);
        assert!(decided.unwrap().contains("rows"));
        let refused = fitted(text, Some(&TIERS[0])).unwrap_err();
        assert!(
            matches!(&refused, FitError::TooLarge { fits: Some(tier), .. } if *tier == &TIERS[2]),
            "{refused:?}"
        );
    }

    #[test]
    fn a_trap_and_a_run_that_is_too_long_are_refused() {
        let trapped = fitted("PUSH 1\nPUSH 0\nDIV", None).unwrap_err();
        assert!(matches!(trapped, FitError::Trapped(_)), "{trapped:?}");
        let text = "PUSH 50000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nHALT";
        let long = fitted(text, None).unwrap_err();
        assert!(matches!(long, FitError::TooLong { .. }), "{long:?}");
        let size = Size::of_halted(
            &program(text),
            &Inputs::default(),
            Limits::default(),
            200_002,
        );
        assert!(size.tier.is_none() && size.decided.contains("200002 steps"));
    }
}
