//! What to do about a program that reads more input than there is.

use crate::cli::args::ProgramArgs;
use crate::cli::read::{beside, is_stdin, is_there, shown};
use provable::vm::{Trap, TrapReason};

/// Where the inputs came from and how to give more, when a run traps because a tape is exhausted.
pub fn exhausted(args: &ProgramArgs, trap: &Trap) -> Option<String> {
    let (tape, flag) = match trap.reason {
        TrapReason::PublicInputExhausted { .. } => ("public", "--public"),
        TrapReason::SecretInputExhausted { .. } => ("secret", "--secret"),
        _ => return None,
    };
    if let Some(path) = &args.inputs {
        return Some(format!("the inputs are those of {}", shown(path)));
    }
    let beside = (!is_stdin(&args.program)).then(|| beside(&args.program, "inputs.json"));
    let there = beside.as_ref().filter(|path| is_there(path));
    let given = match (&args.public, &args.secret) {
        (None, None) => None,
        (Some(_), None) => Some("--public"),
        (None, Some(_)) => Some("--secret"),
        (Some(_), Some(_)) => Some("--public and --secret"),
    };
    Some(match (given, there, beside.as_ref()) {
        (Some(given), there, _) => {
            let mut help = format!("the inputs are those of {given} alone");
            if let Some(path) = there {
                help.push_str(&format!("; {} is not read then", shown(path)));
            }
            if !given.contains(flag) {
                help.push_str(&format!("; give {flag} for the {tape} input"));
            }
            help
        }
        (None, Some(path), _) => format!("the inputs are those of {}", shown(path)),
        (None, None, Some(path)) => format!(
            "there is no {}, and so no input: write one, or give --inputs, --public or --secret",
            shown(path)
        ),
        (None, None, None) => {
            "a program from standard input has no inputs file: give --inputs, --public or --secret"
                .to_owned()
        }
    })
}
