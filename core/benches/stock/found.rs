//! What was found at one size.

use crate::library::Library;
use crate::ours::{Ours, PHASES};
use crate::support::median;
use provable::circuit::tier::Tier;
use provable::proof::Backend;
use std::time::Duration;

/// The time of a proof, and of its parts by name.
type Run = (Duration, Vec<(String, Duration)>);

pub struct Found {
    /// Rows that the tier holds, nearly all of which the run takes.
    pub rows: usize,
    pub constraints: usize,
    /// Points of the domain on which the polynomials are: ours, and the library's, whose reduction adds a row for each
    /// public input.
    pub domains: [usize; 2],
    pub open: Duration,
    /// Making the key: ours, and the library's from the same matrices.
    pub setups: [Duration; 2],
    /// A verification of ours: with a ready key, with the key's bytes, of 16 and of 64 together.
    pub verifications: [Duration; 4],
    /// A verification of the library's with a ready key.
    pub library_verification: Duration,
    /// A proof of ours, with each backend, the fastest last.
    pub ours: Vec<Duration>,
    pub library: Duration,
    pub parts: Vec<Part>,
}

/// A part of a proof.
pub struct Part {
    pub name: &'static str,
    /// With each backend.
    pub ours: Vec<Duration>,
    /// If the library has this part.
    pub library: Option<Duration>,
}

impl Found {
    /// Measures a tier: a proof with each backend, then one of the library, and so on.
    pub fn measure(tier: &Tier, backends: &[Backend], runs: usize) -> Found {
        eprintln!("tier {}: keys", tier.name);
        let ours = Ours::new(tier);
        let library = Library::new(&ours);
        let mut our_runs: Vec<Vec<Run>> = vec![Vec::new(); backends.len()];
        let mut library_runs: Vec<Run> = Vec::new();
        for run in 0..runs {
            for (backend, runs) in backends.iter().zip(&mut our_runs) {
                runs.push(ours.prove(*backend));
            }
            library_runs.push((library.prove(), library.phases()));
            let times: Vec<Duration> = our_runs.iter().map(|runs| runs[run].0).collect();
            eprintln!(
                "tier {}: run {} of {runs}: {times:?}, the library {:?}",
                tier.name,
                run + 1,
                library_runs[run].0
            );
        }
        let parts = PHASES.iter().map(|name| Part {
            name,
            ours: our_runs
                .iter()
                .map(|runs| part(runs, name).unwrap_or_default())
                .collect(),
            library: part(&library_runs, name),
        });
        Found {
            rows: tier.capacities.rows,
            constraints: ours.circuit.matrices.constraints(),
            domains: [ours.domain(), library.domain()],
            open: ours.open,
            setups: [ours.setup, library.setup],
            verifications: ours.verifications(),
            library_verification: library.verification(),
            ours: our_runs.iter().map(|runs| whole(runs)).collect(),
            library: whole(&library_runs),
            parts: parts.collect(),
        }
    }

    /// A proof of ours, with the fastest backend.
    pub fn best(&self) -> Duration {
        self.ours.last().copied().unwrap_or_default()
    }

    /// How many times as long the library takes.
    pub fn ratio(&self) -> f64 {
        self.library.as_secs_f64() / self.best().as_secs_f64()
    }
}

fn whole(runs: &[Run]) -> Duration {
    let mut times: Vec<Duration> = runs.iter().map(|(time, _)| *time).collect();
    median(&mut times)
}

/// The median of the part of this name, if there is one.
fn part(runs: &[Run], name: &str) -> Option<Duration> {
    let parts = runs.iter().flat_map(|(_, parts)| parts);
    let named = parts.filter(|(found, _)| found == name);
    let mut times: Vec<Duration> = named.map(|(_, time)| *time).collect();
    (!times.is_empty()).then(|| median(&mut times))
}
