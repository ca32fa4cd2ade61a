//! What is known of a program, in words and as JSON. A word such as "verified" stands only where it is true of the
//! text as it is.

use super::results::{Activity, Check, Now, Sheet, State};
use serde_json::{json, Value};

/// The job at work, with how to stop it.
pub fn activity(activity: &Activity) -> String {
    let doing = activity.kind.doing();
    match &activity.phase {
        None => format!("{doing}: waiting"),
        Some(phase) => format!("{doing}: {phase}"),
    }
}

/// The outcome of the last run.
pub fn run(sheet: &Sheet, now: &Now) -> Option<String> {
    let run = sheet.run.as_ref()?;
    let (state, why) = sheet.run_state(now);
    let answer = &run.answer;
    let mut text = match &answer.trap {
        Some(trap) => format!("trapped after {} steps: {}", answer.steps, trap.message),
        None => format!(
            "halted after {} steps, output {}",
            answer.steps,
            words(&answer.outputs, 6)
        ),
    };
    if let Some(digest) = &answer.trace_digest {
        text.push_str(&format!(", trace {}", short(digest)));
    }
    Some(with_state(text, state, why))
}

/// The last proof.
pub fn proof(sheet: &Sheet, now: &Now) -> Option<String> {
    let proof = sheet.proof.as_ref()?;
    let (state, why) = sheet.proof_state(now);
    let commitment = short(&proof.commitment);
    let mut text = match (&proof.check, state) {
        (Check::Valid, State::Fresh) => format!("verified, commitment {commitment}"),
        (Check::Invalid(reason), _) => format!("NOT valid: {reason}"),
        (Check::NotYet, State::Fresh) => {
            format!("a proof lies beside the program, not verified yet, commitment {commitment}")
        }
        _ => format!("commitment {commitment}"),
    };
    if let Some(made) = &proof.made {
        text.push_str(&format!(
            ", {} bytes, proved in {}",
            made.proof_bytes,
            seconds(made.prove_ms)
        ));
    }
    Some(with_state(text, state, why))
}

/// What a proof of the last run takes on this machine, while there is none.
pub fn cost(sheet: &Sheet, now: &Now) -> Option<String> {
    let run = sheet.run.as_ref()?;
    let is_proved = sheet.proof.is_some() && sheet.proof_state(now).0 == State::Fresh;
    if is_proved || sheet.run_state(now).0 != State::Fresh {
        return None;
    }
    let cost = run.answer.cost.as_ref()?;
    let key = match cost.key_ready {
        true => String::new(),
        false => format!(", and once {} for its key", seconds(cost.setup_ms)),
    };
    Some(format!(
        "{} steps, tier {}: a proof takes about {}{key}",
        run.answer.steps,
        cost.tier,
        seconds(cost.prove_ms)
    ))
}

fn with_state(text: String, state: State, why: Option<&str>) -> String {
    match (state, why) {
        (State::Stale, Some(why)) => format!("stale ({why}): {text}"),
        (State::Stale, None) => format!("stale: {text}"),
        _ => text,
    }
}

/// All of it, for `provable.status`.
pub fn to_json(sheet: &Sheet, now: &Now) -> Value {
    let (run_state, run_why) = sheet.run_state(now);
    let (proof_state, proof_why) = sheet.proof_state(now);
    let lines: Vec<String> = sheet
        .activity
        .as_ref()
        .map(activity)
        .into_iter()
        .chain(
            sheet
                .failure
                .as_ref()
                .map(|failure| failure.message.clone()),
        )
        .chain(run(sheet, now))
        .chain(cost(sheet, now))
        .chain(proof(sheet, now))
        .collect();
    let text = match lines.is_empty() {
        true => "neither run nor proved yet".to_owned(),
        false => lines.join("\n"),
    };
    json!({
        "run": {
            "state": run_state,
            "why": run_why,
            "answer": sheet.run.as_ref().map(|run| &run.answer),
        },
        "proof": {
            "state": proof_state,
            "why": proof_why,
            "verified": proof_state == State::Fresh
                && sheet.proof.as_ref().is_some_and(|proof| proof.check == Check::Valid),
            "trace_commitment": sheet.proof.as_ref().map(|proof| &proof.commitment),
            "public_output": sheet.proof.as_ref().map(|proof| &proof.outputs),
            "answer": sheet.proof.as_ref().and_then(|proof| proof.made.as_ref()),
        },
        "activity": sheet.activity.as_ref().map(activity),
        "failure": sheet.failure.as_ref().map(|failure| &failure.message),
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

/// Words for people, the first few of many.
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

/// Milliseconds for people.
pub fn seconds(ms: u64) -> String {
    match ms {
        0..=999 => format!("{ms} ms"),
        1000..=9_999 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        10_000..=119_999 => format!("{} s", ms / 1000),
        _ => format!("{} min", ms / 60_000),
    }
}
