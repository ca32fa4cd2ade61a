//! `provable prove`: runs a program, proves the run, verifies the proof, and only then writes it.

use super::args::ProveArgs;
use super::exit::{Exit, Failure};
use super::input::{beside, is_stdin};
use super::output::Output;
use super::progress::Bar;
use super::run::Statement;
use super::setup;
use super::write::{self, Audience};
use provable_core::circuit::witness::{Recording, Shortage};
use provable_core::circuit::Layout;
use provable_core::proof::store::KeyStore;
use provable_core::proof::tier::{Tier, TIERS};
use provable_core::proof::{self, Proof, ProveError, Proved};
use provable_core::vm::{self, Trap};
use rand::rngs::OsRng;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Runs the command.
pub fn command(args: &ProveArgs, output: &Output) -> Result<Exit, Failure> {
    let path = proof_path(args)?;
    let wanted = args.tier.as_deref().map(setup::by_name).transpose()?;
    let statement = Statement::read(&args.program)?;
    let (tier, decided, recording) = fitting(&statement, wanted)?;
    if let (Some(shortage), false) = (&decided, output.is_json()) {
        output.note(&format!(
            "tier {}: for the one before it, {shortage}",
            tier.name
        ));
    }
    let store = KeyStore::open(args.keys.dir.clone()).map_err(setup::store_failure)?;
    let (key, setup_ms) = setup::proving_key(&store, tier, output)?;

    let start = Instant::now();
    let Statement {
        program, inputs, ..
    } = &statement;
    let bar = Bar::new("proof");
    let proved = proof::prove_recording(&key, program, inputs, &recording, &mut OsRng, &bar)
        .map_err(|error| failed(&statement, &error))?;
    drop(bar);
    let prove_ms = start.elapsed().as_millis();

    let text = proved.file.to_json();
    write::whole(&path, Audience::Usual, |out| out.write_all(text.as_bytes()))?;
    if let Some(opening) = &args.opening {
        let text = proved.opening.to_json();
        write::whole(opening, Audience::Owner, |out| {
            out.write_all(text.as_bytes())
        })?;
        output.note(&format!(
            "{} reveals every secret of this run, to whomever it reaches",
            opening.display()
        ));
    }
    let commitment = hex::encode(proved.file.trace_commitment);
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
                "proof_bytes": Proof::BYTES,
                "trace_commitment": commitment,
            })
        },
        || to_text(&proved, tier, prove_ms, &commitment, &path),
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

/// The tier that the run fits in: the smallest, with what ruled out the one before it, or the one asked for.
fn fitting(
    statement: &Statement,
    wanted: Option<&'static Tier>,
) -> Result<(&'static Tier, Option<Shortage>, Recording), Failure> {
    let Statement {
        program,
        inputs,
        limits,
        source,
        ..
    } = statement;
    let trapped = |trap: &Trap| {
        Failure::negative(format!("{}: {trap}", source.name))
            .shown(statement.trap(trap))
            .field("reason", json!(trap.reason.to_string()))
            .field("line", json!(trap.line))
            .help("a run that traps has no proof; `provable run` shows the state it stopped in")
    };
    // A plain run first: one that is far too long is not recorded.
    let outcome = vm::run(program, inputs, *limits);
    if let Some(trap) = outcome.trap() {
        return Err(trapped(trap));
    }
    let most = TIERS
        .iter()
        .map(|tier| tier.capacities.rows as u64)
        .max()
        .unwrap_or(0);
    if outcome.steps > most {
        return Err(Failure::negative(format!(
            "{}: the run takes {} steps, and the largest tier holds {most}",
            source.name, outcome.steps
        )));
    }
    let recording = Recording::new(program, inputs, *limits).map_err(|trap| trapped(&trap))?;
    let fit = match wanted {
        None => Tier::smallest(&recording),
        Some(tier) => recording
            .fits(&Layout::new(tier.capacities))
            .map(|()| (tier, None)),
    };
    match fit {
        Ok((tier, decided)) => Ok((tier, decided, recording)),
        Err(shortage) => {
            let failure = Failure::negative(format!("{}: {shortage}", source.name));
            Err(match (wanted, Tier::smallest(&recording)) {
                (Some(_), Ok((tier, _))) => failure.help(format!("it fits in tier {}", tier.name)),
                _ => failure.help("it fits in no tier"),
            })
        }
    }
}

/// No proof of a run that fits: the statement is at fault, or the key.
fn failed(statement: &Statement, error: &ProveError) -> Failure {
    let message = format!("{}: {error}", statement.source.name);
    match error {
        ProveError::Trapped(_) | ProveError::TooLarge(_) | ProveError::Statement(_) => {
            Failure::negative(message)
        }
        _ => Failure::unusable(message),
    }
}

fn to_text(
    proved: &Proved,
    tier: &Tier,
    prove_ms: u128,
    commitment: &str,
    path: &std::path::Path,
) -> String {
    let mut text = format!("proved in {}, and verified\n", setup::seconds(prove_ms));
    let mut line = |name: &str, value: String| text.push_str(&format!("  {name:<18}{value}\n"));
    line(
        "steps",
        format!(
            "{}, hidden among {} (tier {})",
            proved.steps, tier.capacities.rows, tier.name
        ),
    );
    line("constraints", proved.constraints.to_string());
    line(
        "proof",
        format!("{} bytes, in {}", Proof::BYTES, path.display()),
    );
    line("trace commitment", commitment.to_string());
    text
}
