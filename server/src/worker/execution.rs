//! The program, the inputs and the limits of a job.

#[cfg(feature = "prover")]
use super::protocol::TrapAnswer;
use super::protocol::{JobError, Subject};
#[cfg(feature = "prover")]
use crate::errors::Error;
use crate::program_files::LibraryRefusal;
use crate::source::{Positions, Source};
#[cfg(feature = "prover")]
use provable::circuit::fit_error::FitError;
use provable::lang::program::{Program, assemble};
#[cfg(feature = "prover")]
use provable::vm::run;
use provable::vm::{Inputs, Limits};

/// An assembled program with inputs and limits.
pub struct Execution {
    /// The name of the program in messages.
    pub name: String,
    /// The program.
    pub program: Program,
    /// The inputs.
    pub inputs: Inputs,
    /// The limits of the run.
    pub limits: Limits,
}

impl Execution {
    /// Assembles the program of a subject.
    ///
    /// # Errors
    /// When the program has errors, or is a library.
    pub fn new(subject: Subject, max_steps: u64, max_memory: usize) -> Result<Self, JobError> {
        let source = Source {
            name: subject.name,
            text: subject.program,
        };
        let program = source
            .program()
            .map_err(|errors| JobError::new(Positions::new(&source).summary(&errors)))?;
        // Every program with an instruction has main code.
        if program.instructions().is_empty()
            && let Some(refusal) =
                LibraryRefusal::of(&assemble(&source.text), &source.name, &source.name)
        {
            return Err(JobError::new(refusal.in_one_line()));
        }
        Ok(Execution {
            name: source.name,
            program,
            inputs: subject.inputs,
            limits: Limits {
                max_steps,
                max_memory,
            },
        })
    }

    /// An error in one line, for a person.
    #[cfg(feature = "prover")]
    pub fn failed(&self, error: &Error) -> JobError {
        let mut message = format!("{}: {error}", self.name);
        if let Some(help) = error.help() {
            message.push_str(&format!("; {help}"));
        }
        let trap = match error {
            Error::Fit(FitError::Trapped(trap)) => {
                // The same run ends in it again, with the calls that are open then.
                let outcome = run(&self.program, &self.inputs, self.limits);
                Some(TrapAnswer::from(trap).called(&outcome.calls))
            }
            _ => None,
        };
        JobError {
            message,
            trap,
            lacked_key: matches!(error, Error::NoKey { .. }),
        }
    }
}
