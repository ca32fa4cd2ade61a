//! From a program to a job that can be queued.

use crate::lsp::companion_files::{PROOF, companion_path};
use crate::lsp::document_uri::name_of;
use crate::lsp::errors::request_failed;
use crate::lsp::state::{Session, View};
use crate::program_files::LibraryRefusal;
use crate::program_state::{Binding, Hash, ProofFile, Tapes};
use crate::text_file;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::{NO_PROVER, Request, Subject};
use provable::lang::diagnostics::{Diagnostic, Severity};
use provable::lang::program::Program;
use provable::vm::Inputs;
use std::path::Path;
use std::sync::Arc;
use tower_lsp_server::jsonrpc::Result;

/// A job that can be queued.
pub struct PreparedJob {
    /// The kind of job.
    pub kind: JobKind,
    /// The program.
    pub view: Arc<View>,
    /// The tests in the program, with the digests of what they run, if some are to be run.
    pub tests: Vec<(String, Hash)>,
    /// The request to the worker.
    pub request: Request,
    /// What the result is bound to.
    pub binding: Binding,
    /// The text of the proof file, if it is verified.
    pub proof: Option<String>,
}

/// Prepares a job. What makes the job impossible is an error here, so that the user is told at once.
///
/// # Errors
/// Why the job cannot be done.
pub fn prepare(session: &Session, view: Arc<View>, kind: JobKind) -> Result<PreparedJob> {
    if kind != JobKind::Run && !cfg!(feature = "prover") {
        return Err(request_failed(NO_PROVER));
    }
    let name = name_of(&view.uri);
    let (text, digest) = linked_text(&view, &name)?;
    let subject = |inputs| Subject {
        name: name.clone(),
        program: text,
        inputs,
    };
    let path = || {
        companion_path(&view.uri, PROOF).ok_or_else(|| {
            request_failed(format!(
                "{name} is no file, so there is no place for its proof: save it first"
            ))
        })
    };
    if kind == JobKind::Verify {
        // The public input is taken from the proof: the receiver of a proof has no other source for it.
        let (text, proof) = proof_at(&path()?, || is_being_proved(session, &view))?;
        let binding = Binding {
            program: digest,
            tapes: Tapes::Public(proof.public_input),
        };
        return Ok(PreparedJob {
            kind,
            tests: Vec::new(),
            request: Request::Verify {
                subject: subject(Inputs::default()),
                proof: text.clone(),
            },
            binding,
            proof: Some(text),
            view,
        });
    }
    let inputs = session.inputs(&view.uri).map_err(|problem| {
        let path = problem.path.display();
        request_failed(format!("{path}: {}", problem.message))
    })?;
    let inputs = inputs.unwrap_or_default();
    let binding = Binding {
        program: digest,
        tapes: Tapes::of(&inputs),
    };
    let config = session.config();
    let (max_steps, max_memory) = (config.limits.max_steps, config.limits.max_memory);
    let subject = subject(inputs);
    let request = match kind {
        JobKind::Prove => Request::Prove {
            subject,
            max_steps,
            max_memory,
            tier: config.tier,
            out: path()?,
        },
        _ => Request::Run {
            subject,
            max_steps,
            max_memory,
        },
    };
    Ok(PreparedJob {
        kind,
        tests: Vec::new(),
        view,
        request,
        binding,
        proof: None,
    })
}

/// The program as one plain text, which the worker assembles, and its digest.
fn linked_text(view: &View, name: &str) -> Result<(String, [u8; 32])> {
    let Some(digest) = view.digest() else {
        return Err(request_failed(errors_in(view, name)));
    };
    if let Some(refusal) = LibraryRefusal::of(&view.snapshot().assembly, name, name) {
        return Err(request_failed(refusal.in_one_line()));
    }
    let text = view.flat_text().unwrap_or_default();
    // What is run and proved is the program that the results are told of.
    let is_same = view.is_plain()
        || text
            .parse::<Program>()
            .is_ok_and(|program| program.digest() == digest);
    match is_same {
        true => Ok((text, digest)),
        false => Err(request_failed(format!(
            "{name}: the linked text is another program, which is a fault of this version: please report it"
        ))),
    }
}

/// Why there is no program, in the words of the way out: the text has errors, or a file that it uses has.
fn errors_in(view: &View, name: &str) -> String {
    let linked = view.linked();
    let is_error =
        |(file, one): &(usize, Diagnostic)| *file != 0 && one.severity == Severity::Error;
    let own = view.snapshot().assembly.has_errors();
    let mut used = linked.assemblies.iter().skip(1);
    let others = used.any(|one| one.first_error_outside_tests().is_some())
        || linked.diagnostics.iter().any(is_error);
    match others && !own {
        true => format!("a file that {name} uses has errors: mend them first"),
        false => format!("{name} has errors: mend them first"),
    }
}

/// Whether a proof of the program is being made, or waits to be.
fn is_being_proved(session: &Session, view: &View) -> bool {
    let number = session.program_states.known_number(&view.place);
    let pending = session.pending_jobs();
    let mut jobs = pending.values();
    jobs.any(|job| job.kind == JobKind::Prove && Some(job.number) == number)
}

/// The proof file at a path.
fn proof_at(path: &Path, is_being_made: impl Fn() -> bool) -> Result<(String, ProofFile)> {
    let text = text_file::read(path).map_err(request_failed)?;
    let text = text.ok_or_else(|| {
        let way = match is_being_made() {
            true => "it is being made: verify it when it is there",
            false => "prove first",
        };
        request_failed(format!("there is no proof {}: {way}", path.display()))
    })?;
    let proof = ProofFile::read(&text)
        .map_err(|error| request_failed(format!("{} is no proof: {error}", path.display())))?;
    Ok((text, proof))
}
