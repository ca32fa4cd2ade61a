//! From a request's body to the verdict.

use crate::answer::Answer;
use provable::{Program, Proof, Verifier};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The body of a request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request<'a> {
    /// The program's text.
    program: String,
    /// The proof file, as the object that it holds or as a string with its text.
    #[serde(borrow)]
    proof: &'a RawValue,
}

/// The answer to a body.
pub fn verdict(verifier: &Verifier, body: &[u8]) -> Answer {
    let request: Request = match serde_json::from_slice(body) {
        Ok(request) => request,
        Err(error) => return Answer::unusable(&format!("the body: {error}")),
    };
    let program: Program = match request.program.parse() {
        Ok(program) => program,
        Err(error) => return Answer::unusable(&format!("the program: {error}")),
    };
    let text = request.proof.get();
    // The library reads the file itself, so that it refuses here what it refuses in a file.
    let proof = match serde_json::from_str::<String>(text) {
        Ok(inner) => Proof::from_json(&inner),
        Err(_) => Proof::from_json(text),
    };
    match proof.and_then(|proof| verifier.verify(&program, &proof)) {
        Ok(statement) => Answer::valid(&statement),
        Err(error) => Answer::invalid(&error),
    }
}
