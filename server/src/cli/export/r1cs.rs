//! `provable export r1cs`: the constraints of a tier, for other people's tools.

use crate::cli::destination::destinations;
use crate::cli::output::Output;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::keys::tier_named;
use provable::circuit::Circuit;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

pub fn command(tier: &str, path: &Path, output: &Output) -> Result<Exit, Failure> {
    let tier = tier_named(tier)?;
    let names = names_beside(path);
    let mut wanted = vec![(FileKind::Constraints, path)];
    wanted.extend(names.as_deref().map(|names| (FileKind::Names, names)));
    let (to, output) = destinations(&wanted, &[], output)?;
    // No sound capacities have a circuit that is refused, and every tier's are sound: a test holds it.
    let circuit = Circuit::new(tier.capacities)
        .map_err(|refusal| Failure::unusable(format!("tier {}: {refusal:?}", tier.name)))?;
    for to in &to {
        match to.kind() {
            FileKind::Names => to.write(|out| out.write_all(circuit.r1cs_names().as_bytes()))?,
            _ => to.write(|out| circuit.write_r1cs(out))?,
        }
    }
    let constraints = circuit.matrices.constraints();
    let written: Vec<String> = to.iter().map(|to| to.name()).collect();
    output.answer(
        || {
            json!({
                "status": "ok",
                "tier": tier.name,
                "circuit": tier.circuit,
                "constraints": constraints,
                "variables": circuit.variables,
                "files": to.iter().map(|to| to.path().display().to_string()).collect::<Vec<_>>(),
            })
        },
        || {
            format!(
                "exported the {constraints} constraints of tier {} to {}\n",
                tier.name,
                written.join(", with names in ")
            )
        },
    )?;
    Ok(Exit::Done)
}

/// Where the names go: beside the constraints, with another ending. None beside standard output.
fn names_beside(path: &Path) -> Option<PathBuf> {
    (path != Path::new("-")).then(|| path.with_extension("names.json"))
}
