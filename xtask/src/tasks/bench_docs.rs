//! `cargo xtask bench-docs`: minutes, on a machine that does nothing else. `core/benches/stock/main.rs` says which variables
//! of the environment choose what is measured. `SUMS` is what the names of the sums begin with that
//! `msm/examples/speed.rs` measures.

use crate::workspace::Workspace;
use anyhow::Result;
use std::fs::OpenOptions;
use std::io::Write;
use xshell::cmd;

/// What stands before the table of sums.
const SUMS: &str = "\
## Sums

Most of a proof is sums of multiples of points in G1 and in G2. A name says the group, the size of the scalars and the number of
terms. *full* scalars are of full size, *mixed* ones are about those of a witness, and *sparse* ones have a few bits in two
places, as entries of SHA-256's tables have. All are computed in turns in one process, and compared. The column `arkworks` is
`VariableBaseMSM::msm_bigint` of `ark-ec`, and `blst` is that library's own Pippenger, `blst_p1s_mult_pippenger` and
`blst_p2s_mult_pippenger`. The last columns say how many times as long they take.

";

pub fn run(workspace: &Workspace) -> Result<()> {
    let page = workspace.root.join("docs/benchmarks.md");
    cmd!(
        workspace.sh,
        "cargo bench --locked --package provable --features arkworks --bench stock"
    )
    .env("REPORT", &page)
    .run()?;
    let only = std::env::var("SUMS").unwrap_or_default();
    let sums = cmd!(
        workspace.sh,
        "cargo run --release --locked --package provable-msm --example speed -- {only}"
    )
    .env("RAYON_NUM_THREADS", "1")
    .read()?;
    let mut page = OpenOptions::new().append(true).open(page)?;
    writeln!(page, "{SUMS}{sums}")?;
    Ok(())
}
