//! `provable prove`: runs a program, proves the run, verifies the proof, and only then writes it.

use super::args::ProveArgs;
use super::destination::destinations;
use super::load::{InputFiles, LoadedProgram};
use super::output::Output;
use super::progress::Bar;
use super::read::{beside, is_stdin};
use super::setup;
use crate::destination::{Destination, write_all_or_none};
use crate::errors::Error;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::keys::{self, tier_named};
use provable::circuit::fit::fit;
use provable::circuit::fit_error::FitError;
use provable::circuit::tier::Tier;
use provable::proof::{self, ProofElements, Proved};
use provable::vm;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

pub fn command(args: &ProveArgs, output: &Output) -> Result<Exit, Failure> {
    let path = proof_path(args)?;
    let wanted = args.tier.as_deref().map(tier_named).transpose()?;
    let loaded = LoadedProgram::read(&args.program)?;
    let mut places = vec![(FileKind::Proof, path.as_path())];
    places.extend(
        args.opening
            .iter()
            .map(|path| (FileKind::Opening, path.as_path())),
    );
    let read = InputFiles::new(&args.program);
    let (to, output) = &destinations(&places, &read.named(), output)?;
    let found = fit(loaded.program(), &loaded.inputs, loaded.limits, wanted);
    let fit = found.map_err(|error| failed(args, &loaded, &error.into()))?;
    let tier = fit.tier;
    if let (Some(decided), false) = (fit.decided(), output.is_json()) {
        output.note(&format!("tier {}: {decided}", tier.name));
    }
    let store = keys::store(args.keys.dir.clone())?;
    let (key, setup_ms) = setup::proving_key(&store, tier, output)?;

    let start = Instant::now();
    let (program, inputs) = (loaded.program(), &loaded.inputs);
    let bar = Bar::new("proof");
    let proved = proof::prove_trace(
        &key,
        program,
        inputs,
        &fit.trace,
        &mut proof::system_rng(),
        &bar,
    )
    .map_err(|error| Error::of_proof(error, tier, &store))
    .map_err(|error| failed(args, &loaded, &error))?;
    drop(bar);
    let prove_ms = start.elapsed().as_millis();

    // Without its opening a proof can never be audited, so both are written or neither.
    let texts = [proved.proof.to_json(), proved.opening.to_json()];
    let contents: Vec<_> = to.iter().zip(texts.iter().map(String::as_bytes)).collect();
    write_all_or_none(&contents)?;
    for opening in to.iter().filter(|to| to.kind() == FileKind::Opening) {
        output.note(&format!(
            "{} reveals every secret of this run, to whomever it reaches",
            opening.name()
        ));
    }
    let proof = to.first().map(Destination::name).unwrap_or_default();
    let commitment = hex::encode(proved.proof.trace_commitment);
    output.answer(
        || {
            json!({
                "status": "proved",
                "proof": path.display().to_string(),
                "tier": tier.name,
                "rows": tier.capacities.rows,
                "steps": proved.steps,
                "constraints": proved.constraints,
                "setup_ms": setup_ms,
                "prove_ms": prove_ms,
                "proof_bytes": ProofElements::BYTES,
                "trace_commitment": commitment,
            })
        },
        || to_text(&proved, tier, prove_ms, &commitment, &proof),
    )?;
    Ok(Exit::Done)
}

/// Where the proof goes.
fn proof_path(args: &ProveArgs) -> Result<PathBuf, Failure> {
    match &args.output {
        Some(path) => Ok(path.clone()),
        None if is_stdin(&args.program.program) => Err(Failure::unusable(
            "a program from standard input has no name to call its proof by",
        )
        .help("say where the proof goes with -o OUT.proof.json")),
        None => Ok(beside(&args.program.program, "proof.json")),
    }
}

/// Why there is no proof of this run: a trap is shown at its instruction.
fn failed(args: &ProveArgs, loaded: &LoadedProgram, error: &Error) -> Failure {
    match error {
        Error::Fit(FitError::Trapped(trap)) => {
            // The trap alone is known. The same run ends in it again, with the calls that are open then.
            let outcome = vm::run(loaded.program(), &loaded.inputs, loaded.limits);
            loaded.trapped(&args.program, trap, &outcome.calls)
        }
        _ => Failure::of(loaded.name(), error),
    }
}

fn to_text(proved: &Proved, tier: &Tier, prove_ms: u128, commitment: &str, proof: &str) -> String {
    let mut text = format!("proved in {}, and verified\n", setup::seconds(prove_ms));
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<18}{value}\n"));
    line(
        "steps",
        format!(
            "{}, hidden in tier {} ({} rows)",
            proved.steps, tier.name, tier.capacities.rows
        ),
    );
    line("constraints", proved.constraints.to_string());
    line(
        "proof",
        format!("{} bytes, in {proof}", ProofElements::BYTES),
    );
    line("trace commitment", commitment.to_string());
    text
}
