//! The tier that a run fits in.

use super::Refusal;
use provable::circuit::tier::{LARGEST, MOST_ROWS, Tier};
use provable::circuit::{ExecutionTrace, Shortage, TableUse, Usage};
use provable::lang::program::Program;
use provable::vm::{self, Inputs, Limits};
use serde::{Deserialize, Serialize};

/// A run and its tier.
pub struct Fit {
    /// The smallest tier, or the one that was asked for.
    pub tier: &'static Tier,
    /// What the prover needs to know of the run.
    pub trace: ExecutionTrace,
    ruled_out: Option<Shortage>,
}

impl Fit {
    /// What ruled out the tier before this one; `None` for the smallest tier, and for one that was asked for.
    pub fn decided(&self) -> Option<String> {
        self.ruled_out.as_ref().map(decided)
    }
}

/// Which capacities ruled out the tier before the one that a run needs.
fn decided(ruled_out: &Shortage) -> String {
    format!("for the one before it, {ruled_out}")
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
            Err(Refusal::TooLarge {
                shortage,
                fits: smallest.map(|(tier, _)| tier),
            })
        }
    }
}

/// Records a run that is known to halt after this many steps, unless no tier has that many rows: a trace takes
/// memory for each step, and of such a run it would tell nothing.
fn record(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
) -> Result<ExecutionTrace, Refusal> {
    let most = MOST_ROWS as u64;
    if steps > most {
        return Err(Refusal::TooLong { steps, most });
    }
    ExecutionTrace::new(program, inputs, limits).map_err(Refusal::Trapped)
}

/// How full a table is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCost {
    /// Its name.
    pub table: String,
    /// What it holds, in words.
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

/// What a proof of a run takes: its tier, and how full each of the tier's tables is.
#[derive(Clone, Debug)]
pub struct Size {
    /// The smallest tier that holds the run; none if it fits in no tier.
    pub tier: Option<&'static Tier>,
    /// What the run uses of every table of that tier, or of the largest; empty for a run that is too long to be
    /// recorded.
    pub tables: Vec<TableCost>,
    /// The tables of the tier before that are too small; empty for the smallest tier and for a run in no tier.
    pub ruled_out: Vec<TableCost>,
    /// Why it is this tier and not the one before it, or why it is none, for a person.
    pub decided: String,
}

impl Size {
    /// The size of a run that is known to halt after this many steps. The run is repeated, and of the longest that is
    /// recorded that takes some hundredths of a second and 16 MB.
    pub fn of_halted(program: &Program, inputs: &Inputs, limits: Limits, steps: u64) -> Size {
        match record(program, inputs, limits, steps) {
            Ok(trace) => Size::of(&trace.usage()),
            Err(refusal) => Size {
                tier: None,
                tables: Vec::new(),
                ruled_out: Vec::new(),
                decided: refusal.to_string(),
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
