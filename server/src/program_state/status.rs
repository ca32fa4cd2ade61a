//! What is known of a program, in words and as JSON. A word such as "verified" is used only while it is true of the
//! present text.

use super::binding::{Comparison, Current};
use super::key_origins::is_made_here;
use super::proof::{ProofState, Verdict};
use super::results::{Activity, ResultState};
use super::state::ProgramState;
use crate::show::forms;
use provable::lang::quote::plural;
use serde_json::{Value, json};

/// The job that runs or waits.
pub fn activity(activity: &Activity) -> String {
    let doing = activity.kind.participle();
    match &activity.phase {
        None => format!("{doing}: waiting"),
        Some(phase) => format!("{doing}: {phase}"),
    }
}

/// The outcome of the last run.
pub fn run(program_state: &ProgramState, current: &Current) -> Option<String> {
    let run = program_state.run.as_ref()?;
    let (state, why) = program_state.run_state(current);
    let answer = &run.answer;
    let mut text = match &answer.trap {
        Some(trap) => {
            let steps = plural(answer.steps, "step");
            format!("trapped after {steps}: {}", trap.message)
        }
        None => format!(
            "halted after {}, output {}",
            plural(answer.steps, "step"),
            words(&answer.outputs, 6)
        ),
    };
    if let Some(digest) = &answer.trace_digest {
        text.push_str(&format!(", trace {}", short(digest)));
    }
    Some(with_state(text, state, why))
}

/// The last proof, in a line. Of a proof that was made elsewhere it says what it proves and where its key came from:
/// nothing else shows that.
pub fn proof(program_state: &ProgramState, current: &Current) -> Option<String> {
    if let Some(one) = &program_state.invalid_proof_file {
        return Some(format!(
            "the file beside the program is no proof: {}",
            one.why
        ));
    }
    let proof = program_state.proof.as_ref()?;
    let (state, why) = program_state.proof_state(current);
    let commitment = format!("commitment {}", short(&proof.commitment));
    let mut text = match (&proof.verdict, state) {
        (Verdict::Valid, ResultState::Fresh) => match &proof.made {
            Some(_) => format!("verified, {commitment}"),
            // What it proves comes first: on a narrow screen it is the end that is cut off.
            None => format!(
                "verified: public input {}, public output {}, key {}, {commitment}",
                words(&proof.public_input, 6),
                words(&proof.public_output, 6),
                origin_of_key(current.key.as_deref()),
            ),
        },
        (Verdict::Invalid(reason), _) => format!("NOT valid: {reason}"),
        (Verdict::Unknown, ResultState::Fresh) => {
            format!("a proof lies beside the program, not verified yet, {commitment}")
        }
        _ => commitment,
    };
    if let Some(made) = &proof.made {
        text.push_str(&format!(
            ", {} bytes, proved in {}",
            made.proof_bytes,
            seconds(made.prove_ms)
        ));
        if state == ResultState::Fresh {
            let origin = origin_of_key(current.key.as_deref());
            text.push_str(&format!(", key {origin}"));
        }
    }
    if let (ResultState::Fresh, Some(note)) = (state, not_compared(proof, current)) {
        text.push_str(&format!("; {note}"));
    }
    Some(with_state(text, state, why))
}

/// The origin of a key, to follow the word "key", and whom it convinces if that is not in the words.
pub fn origin_of_key(origin: Option<&str>) -> String {
    match origin {
        Some(origin) if is_made_here(origin) => {
            format!("{origin}, so it convinces you alone")
        }
        Some(origin) => origin.to_owned(),
        None => "not among those at hand".to_owned(),
    }
}

/// Why a proof was not compared with inputs; none if it was.
fn not_compared(proof: &ProofState, current: &Current) -> Option<&'static str> {
    match proof.binding.tapes.compared(current) {
        Comparison::NoneHere => Some("no inputs are here to compare it with"),
        Comparison::Unreadable => {
            Some("the inputs here cannot be read, so it was not compared with them")
        }
        Comparison::Same | Comparison::Different => None,
    }
}

/// The statement of the last proof. It is known to be true only if the proof is verified.
fn statement(program_state: &ProgramState, current: &Current) -> Vec<String> {
    let Some(proof) = &program_state.proof else {
        return Vec::new();
    };
    let [input, output] = [&proof.public_input, &proof.public_output];
    let mut lines = forms("public input", input);
    lines.extend(forms("public output", output));
    lines.push(format!(
        "key {}: {}",
        origin_of_key(current.key.as_deref()),
        proof.key
    ));
    lines.push(format!("trace commitment {}", proof.commitment));
    lines.extend(not_compared(proof, current).map(str::to_owned));
    lines
}

/// The output of the last run, a line for each form: in decimal, in hexadecimal, and as text if it is text.
pub fn output(program_state: &ProgramState, current: &Current) -> Vec<String> {
    let is_shown = |state| matches!(state, ResultState::Fresh | ResultState::Stale);
    let run = program_state.run.as_ref();
    let run = run.filter(|_| is_shown(program_state.run_state(current).0));
    run.map_or_else(Vec::new, |run| forms("output", &run.answer.outputs))
}

/// What a proof of the last run takes on this machine, as long as there is no proof of it.
pub fn cost(program_state: &ProgramState, current: &Current) -> Option<String> {
    let run = program_state.run.as_ref()?;
    let is_proved =
        program_state.proof.is_some() && program_state.proof_state(current).0 == ResultState::Fresh;
    if is_proved || program_state.run_state(current).0 != ResultState::Fresh {
        return None;
    }
    let cost = run.answer.cost.as_ref()?;
    let key = match cost.key_ready {
        true => String::new(),
        false => format!(", and once {} for its key", seconds(cost.setup_ms)),
    };
    Some(format!(
        "{}, tier {}: a proof takes about {}{key}",
        plural(run.answer.steps, "step"),
        cost.tier,
        seconds(cost.prove_ms)
    ))
}

/// What decides the tier of the last run, and what a proof takes in each shape, while [`cost`] is told.
fn cost_details(program_state: &ProgramState, current: &Current) -> Vec<String> {
    let run = program_state.run.as_ref();
    let known = run.filter(|_| cost(program_state, current).is_some());
    let Some(cost) = known.and_then(|run| run.answer.cost.as_ref()) else {
        return Vec::new();
    };
    let mut lines = vec![cost.decided.clone()];
    lines.extend(cost.shapes.iter().map(|one| {
        let time = seconds(one.prove_ms);
        format!("{}: tier {}, about {time}", one.shape, one.tier)
    }));
    lines
}

fn with_state(text: String, state: ResultState, why: Option<&str>) -> String {
    match (state, why) {
        (ResultState::Stale, Some(why)) => format!("stale ({why}): {text}"),
        (ResultState::Stale, None) => format!("stale: {text}"),
        _ => text,
    }
}

/// Everything, for the command `provable.status`.
pub fn to_json(program_state: &ProgramState, current: &Current) -> Value {
    let (run_state, run_why) = program_state.run_state(current);
    let (proof_state, proof_why) = program_state.proof_state(current);
    let failure = program_state
        .failure(current)
        .map(|failure| &failure.message);
    let mut lines: Vec<String> = program_state
        .activity
        .as_ref()
        .map(activity)
        .into_iter()
        .collect();
    lines.extend(failure.cloned());
    lines.extend(run(program_state, current));
    let details = output(program_state, current);
    lines.extend(details.into_iter().map(|line| format!("  {line}")));
    lines.extend(cost(program_state, current));
    let details = cost_details(program_state, current);
    lines.extend(details.into_iter().map(|line| format!("  {line}")));
    if let Some(proof) = proof(program_state, current) {
        lines.push(proof);
        let details = statement(program_state, current);
        lines.extend(details.into_iter().map(|line| format!("  {line}")));
    }
    let text = match lines.is_empty() {
        true => "neither run nor proved yet".to_owned(),
        false => lines.join("\n"),
    };
    let known = program_state.proof.as_ref();
    json!({
        "run": {
            "state": run_state,
            "why": run_why,
            "answer": program_state.run.as_ref().map(|run| &run.answer),
        },
        "proof": {
            "state": proof_state,
            "why": proof_why,
            "verified": proof_state == ResultState::Fresh
                && known.is_some_and(|proof| proof.verdict == Verdict::Valid),
            "no_proof": program_state.invalid_proof_file.as_ref().map(|one| &one.why),
            "trace_commitment": known.map(|proof| &proof.commitment),
            "public_input": known.map(|proof| &proof.public_input),
            "public_output": known.map(|proof| &proof.public_output),
            "key": known.map(|proof| json!({ "digest": proof.key, "origin": current.key })),
            "inputs": known.map(|proof| proof.binding.tapes.compared(current)),
            "answer": known.and_then(|proof| proof.made.as_ref()),
        },
        "activity": program_state.activity.as_ref().map(activity),
        "failure": failure,
        "text": text,
    })
}

/// The first digits of a digest.
pub fn short(digest: &str) -> String {
    match digest.get(..12) {
        Some(start) => format!("{start}…"),
        None => digest.to_owned(),
    }
}

/// Words in decimal, at most `most` of them.
pub fn words(words: &[u32], most: usize) -> String {
    let mut text: Vec<String> = words.iter().take(most).map(u32::to_string).collect();
    if words.len() > most {
        text.push("…".into());
    }
    match text.is_empty() {
        true => "none".into(),
        false => text.join(", "),
    }
}

/// A time in milliseconds, rounded for people.
pub fn seconds(ms: u64) -> String {
    match ms {
        0..=999 => format!("{ms} ms"),
        1000..=9_949 => format!("{}.{} s", (ms + 50) / 1000, (ms + 50) % 1000 / 100),
        9_950..=119_499 => format!("{} s", (ms + 500) / 1000),
        _ => format!("{} min", ms.saturating_add(30_000) / 60_000),
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn a_time_is_rounded_to_the_nearest_value_of_its_form() {
        for (ms, text) in [
            (999, "999 ms"),
            (1_000, "1.0 s"),
            (1_770, "1.8 s"),
            (9_949, "9.9 s"),
            (9_950, "10 s"),
            (119_499, "119 s"),
            (119_500, "2 min"),
            (170_000, "3 min"),
            (u64::MAX, "307445734561825 min"),
        ] {
            assert_eq!(seconds(ms), text);
        }
    }
}
