//! The page with the figures.

mod keys;
mod markdown;
mod proofs;
mod runs;

use crate::chart;
use crate::found::Found;
use crate::long::Long;
use crate::programs::Proved;
use provable::proof::Backend;
use provable::proof::measure::processor;
use std::path::PathBuf;

/// What is on the page.
pub struct Page {
    /// How many times each proof was made.
    pub runs: usize,
    pub threads: usize,
    /// What the processor has, the fastest last.
    pub backends: Vec<Backend>,
    pub found: Vec<Found>,
    pub programs: Vec<Proved>,
    pub long: Vec<Long>,
}

impl Page {
    pub fn text(&self) -> String {
        let mut page = String::from("# How long a proof takes\n\n");
        page += "`cargo xtask bench-docs` measures everything again and writes this page. `provable bench` \
                 [measures proofs](cost.md#how-long-it-takes) on any machine.\n\n";
        page += &proofs::section(self);
        page += &runs::programs(self);
        page += &runs::long(self);
        page += &keys::keys(self);
        page += &keys::verification(self);
        page += &proofs::parts(self);
        page
    }

    /// Writes the page to the file that `REPORT` names, and the picture beside it.
    pub fn write(&self) {
        if let Ok(file) = std::env::var("REPORT") {
            let file = PathBuf::from(file);
            let picture = chart::picture(&self.found, &self.backends);
            std::fs::write(file.with_extension("svg"), picture).unwrap();
            std::fs::write(file, self.text()).unwrap();
        }
    }

    /// The backend that the prover takes.
    fn fastest(&self) -> Backend {
        self.backends.last().copied().unwrap_or(Backend::Portable)
    }

    /// The processor, and which of the backends it has.
    fn machine(&self) -> String {
        let name = processor();
        let name = name.as_deref().unwrap_or("a processor without a name");
        let is_missing = |backend: &&Backend| !self.backends.contains(backend);
        let missing = Backend::ALL.iter().filter(is_missing);
        let missing: Vec<String> = missing.map(|one| format!("`{one}`")).collect();
        let lacks = match missing.as_slice() {
            [] => "This processor has all of them.".to_owned(),
            [one] => format!("This processor lacks what {one} needs."),
            some => format!("This processor lacks what {} need.", some.join(" and ")),
        };
        format!(
            "Medians of {} runs on {} threads of {name}. A *backend* is an implementation of the arithmetic: `portable` for \
             any processor, `avx2` for those with AVX2 and FMA, `ifma` for those with AVX-512 and IFMA. {lacks} The prover \
             takes the fastest that there is, here `{}`.\n\n",
            self.runs,
            self.threads,
            self.fastest(),
        )
    }
}
