//! The tier that a run fits in, and the size of a proof of the run.

use super::execution_trace::ExecutionTrace;
use super::fit_error::FitError;
use super::selection::{RuledOut, Selection, TooLarge, in_words};
use super::shape::Shape;
use super::tier::{MOST_ROWS, Tier};
use super::usage::{TableUse, Usage};
use crate::lang::program::Program;
use crate::vm::{self, Inputs, Limits};
use serde::{Deserialize, Serialize};

/// A run and its tier.
pub struct Fit {
    /// The smallest tier that holds the run, or the tier that was asked for.
    pub tier: &'static Tier,
    /// The run, recorded for the prover.
    pub trace: ExecutionTrace,
    ruled_out: Vec<RuledOut>,
}

impl Fit {
    /// The reason why no smaller tier holds the run. `None` for the smallest tier, and for a tier that was asked for.
    pub fn decided(&self) -> Option<String> {
        (!self.ruled_out.is_empty()).then(|| decided(&self.ruled_out))
    }
}

/// Which capacities of smaller tiers are exceeded.
fn decided(ruled_out: &[RuledOut]) -> String {
    format!("no smaller one holds the run: {}", in_words(ruled_out))
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
    let smallest = Tier::smallest(&usage);
    let found = match wanted {
        None => smallest.clone(),
        Some(tier) => match tier.holds(&usage) {
            Ok(()) => Ok(Selection {
                tier,
                ruled_out: Vec::new(),
            }),
            Err(one) => Err(TooLarge {
                ruled_out: vec![one],
            }),
        },
    };
    match found {
        Ok(Selection { tier, ruled_out }) => Ok(Fit {
            tier,
            trace,
            ruled_out,
        }),
        Err(too_large) => Err(FitError::TooLarge {
            too_large,
            fits: smallest.ok().map(|selection| selection.tier),
        }),
    }
}

/// Records a run that is known to halt after this many steps. A run of more rows than any tier has is not recorded to its
/// end: that would take memory for each row, and be of no use. (Several steps may be one row.)
fn record(
    program: &Program,
    inputs: &Inputs,
    limits: Limits,
    steps: u64,
) -> Result<ExecutionTrace, FitError> {
    let most = MOST_ROWS as u64;
    let trace = ExecutionTrace::of_at_most(MOST_ROWS, program, inputs, limits);
    let trace = trace.map_err(FitError::Trapped)?;
    trace.ok_or(FitError::TooLong { steps, most })
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

impl From<&TableUse> for TableCost {
    fn from(table: &TableUse) -> TableCost {
        TableCost {
            table: table.table.to_string(),
            what: table.what.to_string(),
            used: table.used,
            capacity: table.capacity,
        }
    }
}

fn costs(tables: &[TableUse]) -> Vec<TableCost> {
    tables.iter().map(TableCost::from).collect()
}

/// A tier that does not hold a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuledOutCost {
    /// Its name.
    pub tier: String,
    /// Its tables that are too small.
    pub tables: Vec<TableCost>,
}

impl From<&RuledOut> for RuledOutCost {
    fn from(one: &RuledOut) -> RuledOutCost {
        RuledOutCost {
            tier: one.tier.name.to_string(),
            tables: costs(&one.shortage.tables),
        }
    }
}

fn ruled_out_costs(ruled_out: &[RuledOut]) -> Vec<RuledOutCost> {
    ruled_out.iter().map(RuledOutCost::from).collect()
}

/// The size of a proof of a run: its tier, and how full each table of the tier is.
#[derive(Clone, Debug)]
pub struct Size {
    /// The smallest tier that holds the run; none if no tier does.
    pub tier: Option<&'static Tier>,
    /// Each shape that suits the run, and its smallest tier that holds the run; none if none does.
    pub shapes: Vec<(Shape, Option<&'static Tier>)>,
    /// What the run uses of every table of that tier, or of the largest tier of the first suited shape if no tier holds the run. Empty for
    /// a run that is too long to be recorded.
    pub tables: Vec<TableCost>,
    /// Of each shape the last tier before that tier, or the largest one if no tier holds the run, and its tables that
    /// are too small. Empty for the smallest tier and for a run that is too long to be recorded.
    pub ruled_out: Vec<RuledOutCost>,
    /// For people: why it is this tier and no smaller one, or why it is none.
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
                shapes: Vec::new(),
                tables: Vec::new(),
                ruled_out: Vec::new(),
                decided: error.to_string(),
            },
        }
    }

    fn of(usage: &Usage) -> Size {
        let suited = Shape::suited(usage.sha256 > 0).iter();
        let shapes = suited.map(|shape| (*shape, Tier::smallest_of(*shape, usage)));
        let shapes = shapes.collect();
        match Tier::smallest(usage) {
            Ok(Selection { tier, ruled_out }) => Size {
                tier: Some(tier),
                shapes,
                tables: costs(&usage.tables(&tier.capacities)),
                ruled_out: ruled_out_costs(&ruled_out),
                decided: match ruled_out.is_empty() {
                    true => "it fits in the smallest tier".to_string(),
                    false => decided(&ruled_out),
                },
            },
            Err(too_large) => Size {
                tier: None,
                shapes,
                tables: match too_large.ruled_out.first() {
                    Some(first) => costs(&usage.tables(&first.tier.capacities)),
                    None => Vec::new(),
                },
                ruled_out: ruled_out_costs(&too_large.ruled_out),
                decided: format!("it fits in no tier: {}", in_words(&too_large.ruled_out)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::tier::{LARGEST, TIERS};
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
        assert_eq!(tier, &TIERS[3]);
        assert!(decided.unwrap().contains("rows"));
        let refused = fitted(text, Some(&TIERS[0])).unwrap_err();
        assert!(
            matches!(&refused, FitError::TooLarge { fits: Some(tier), .. } if *tier == &TIERS[3]),
            "{refused:?}"
        );
    }

    /// 100 distinct bitwise operations in a run of at most 10 rows for each.
    const BITWISE: &str =
        "PUSH 100\nagain: DUP\nPUSH 21\nAND\nPOP\nPUSH 1\nSUB\nDUP\nJNZ again\nHALT";

    #[test]
    fn a_run_of_bitwise_operations_takes_a_wide_tier_and_what_both_shapes_lack_is_told() {
        let (program, inputs) = (program(BITWISE), Inputs::default());
        let fit = fit(&program, &inputs, Limits::default(), None).unwrap();
        assert_eq!(fit.tier.shape, Shape::Wide);
        let steps = fit.trace.steps;
        let size = Size::of_halted(&program, &inputs, Limits::default(), steps);
        assert_eq!(size.tier, Some(fit.tier));
        let [(Shape::Plain, Some(plain)), (Shape::Wide, wide)] = size.shapes[..] else {
            panic!("{:?}", size.shapes);
        };
        assert_eq!(wide, Some(fit.tier));
        assert!(plain.domain_bits > fit.tier.domain_bits);
        // Of each shape the next smaller tier; and every table of it that is too small.
        let [smaller, same] = &size.ruled_out[..] else {
            panic!("{:?}", size.ruled_out);
        };
        let names = [smaller, same].map(|one| Tier::named(&one.tier).unwrap());
        assert_eq!(names.map(|tier| tier.shape), [Shape::Wide, Shape::Plain]);
        assert_eq!(names[1].domain_bits, fit.tier.domain_bits);
        assert_eq!(Some(size.decided), fit.decided());
        for (one, tier) in [smaller, same].into_iter().zip(names) {
            let usage = fit.trace.usage();
            let short = usage.fits(&tier.capacities).unwrap_err();
            assert_eq!(one.tables, costs(&short.tables));
            let told = fit.decided().unwrap();
            for table in &one.tables {
                let TableCost { used, capacity, .. } = table;
                let part = format!("{capacity} of {used} {}", table.what);
                assert!(told.contains(&part), "{part:?} is not in {told:?}");
            }
        }
    }

    #[test]
    fn a_run_that_fits_in_no_tier_is_refused_with_what_the_largest_of_each_shape_lacks() {
        // 9,000 words are left on the stack.
        let deep = "PUSH 9000\nagain: DUP\nPUSH 1\nSUB\nDUP\nJNZ again";
        let refused = fitted(deep, None).unwrap_err();
        let FitError::TooLarge { too_large, fits } = &refused else {
            panic!("{refused:?}");
        };
        assert_eq!(*fits, None);
        let tiers: Vec<&Tier> = too_large.ruled_out.iter().map(|one| one.tier).collect();
        assert_eq!(tiers, LARGEST[..2]);
        for tier in &LARGEST[..2] {
            let (name, most) = (tier.name, tier.capacities.stack);
            let part = format!("tier {name} holds {most} of 9001 words left on the stack");
            assert!(refused.to_string().contains(&part), "{refused}");
        }
    }

    #[test]
    fn a_run_of_more_steps_than_rows_fits() {
        let text = "PUSH 33000\nagain: PUSH 1\nSUB\nDUP\nJNZ again\nHALT";
        let fit = fit(&program(text), &Inputs::default(), Limits::default(), None).unwrap();
        assert_eq!((fit.trace.steps, fit.trace.rows.len()), (132_002, 99_002));
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
