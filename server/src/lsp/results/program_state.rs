//! All that is known of one program, and how it stands now.

use super::binding::{Binding, Comparison, Now, Tapes};
use super::proof::{Check, NoProof, ProofState, digest_of};
use super::{Activity, Failure, Hash, JobKind, Run, State};
use crate::jobs::JobId;
use crate::worker::protocol::{ProveAnswer, TrapAnswer, VerifyAnswer};
use provable::proof::Proof;
use std::collections::VecDeque;

/// Valid proofs that are kept in mind.
const MOST_VALID: usize = 4;

/// All that is known of one program.
#[derive(Clone, Debug, Default)]
pub struct ProgramState {
    /// The job at work or waiting, the latest if there are several.
    pub activity: Option<Activity>,
    /// The last run.
    pub run: Option<Run>,
    /// The proof in the file beside the program.
    pub proof: Option<ProofState>,
    /// The last proofs that were found valid, whatever lies beside the program now. A proof is known by its file's text,
    /// which is all that the verdict was about but for the program, so one that comes back is still valid.
    valid: VecDeque<ProofState>,
    /// What lies in the place of a proof file, if it is none. Then there is no proof.
    pub no_proof: Option<NoProof>,
    /// The last job, if it failed.
    failure: Option<Failure>,
}

impl ProgramState {
    /// The state of the last run, and why it is stale.
    pub fn run_state(&self, now: &Now) -> (State, Option<&'static str>) {
        if let Some(state) = self.at_work(&[JobKind::Run]) {
            return (state, None);
        }
        match &self.run {
            _ if self.failed(&[JobKind::Run], now) => (State::Failed, None),
            None => (State::None, None),
            Some(run) => match run.binding.staleness(now) {
                Some(why) => (State::Stale, Some(why)),
                None if run.answer.trap.is_some() => (State::Failed, None),
                None => (State::Fresh, None),
            },
        }
    }

    /// The state of the last proof, and why it is stale.
    pub fn proof_state(&self, now: &Now) -> (State, Option<&'static str>) {
        const KINDS: [JobKind; 2] = [JobKind::Prove, JobKind::Verify];
        if let Some(state) = self.at_work(&KINDS) {
            return (state, None);
        }
        if self.failed(&KINDS, now) || self.no_proof.is_some() {
            return (State::Failed, None);
        }
        let Some(proof) = &self.proof else {
            return (State::None, None);
        };
        if let Some(why) = proof.binding.other_program(now) {
            return (State::Stale, Some(why));
        }
        // What proves nothing does so whatever the inputs are.
        if matches!(proof.check, Check::Invalid(_)) {
            return (State::Failed, None);
        }
        if proof.binding.tapes.compared(now) == Comparison::Different {
            return (State::Stale, Some("the inputs changed"));
        }
        match now.key {
            Some(_) => (State::Fresh, None),
            None => (State::Stale, Some("its key is not among those at hand")),
        }
    }

    /// The last job, if it failed and that still holds.
    pub fn failure(&self, now: &Now) -> Option<&Failure> {
        let holds = |failure: &&Failure| match failure.kind {
            JobKind::Run | JobKind::Prove => failure.binding.staleness(now).is_none(),
            JobKind::Verify => {
                let is_same = self.proof.as_ref().map(|proof| proof.file) == failure.proof;
                let is_here = failure.lacked_key && now.key.is_some();
                is_same && !is_here && failure.binding.other_program(now).is_none()
            }
        };
        self.failure.as_ref().filter(holds)
    }

    fn at_work(&self, kinds: &[JobKind]) -> Option<State> {
        let activity = self.activity.as_ref()?;
        kinds
            .contains(&activity.kind)
            .then_some(match activity.phase {
                Some(_) => State::Running,
                None => State::Queued,
            })
    }

    fn failed(&self, kinds: &[JobKind], now: &Now) -> bool {
        let failure = self.failure(now);
        failure.is_some_and(|failure| kinds.contains(&failure.kind))
    }

    /// Whether the last run of this program trapped, on whatever inputs.
    pub fn has_trapped(&self, program: &Hash) -> bool {
        let run = self.run.as_ref();
        let of_run = run.filter(|run| run.answer.trap.is_some());
        let of_failure = self.failure.as_ref().filter(|one| one.trap.is_some());
        let bindings = [
            of_run.map(|run| &run.binding),
            of_failure.map(|one| &one.binding),
        ];
        let mut bindings = bindings.into_iter().flatten();
        bindings.any(|binding| binding.program == *program)
    }

    /// The trap of the last run, or of the one that was to be proved, while it is one of what is here now.
    pub fn trap(&self, now: &Now) -> Option<&TrapAnswer> {
        let run = self.run.as_ref();
        let of_run = run.filter(|run| run.binding.staleness(now).is_none());
        let of_failure = self.failure(now).and_then(|failure| failure.trap.as_ref());
        of_run
            .and_then(|run| run.answer.trap.as_ref())
            .or(of_failure)
    }

    /// Takes in that a job was asked for.
    pub fn asked(&mut self, job: JobId, kind: JobKind) {
        self.failure = None;
        self.activity = Some(Activity {
            job,
            kind,
            phase: None,
        });
    }

    /// Takes in a run.
    pub fn ran(&mut self, run: Run) {
        self.run = Some(run);
        self.failure = None;
    }

    /// Forgets that a job came to nothing.
    pub fn forget_failure(&mut self) {
        self.failure = None;
    }

    /// Takes in that a job came to nothing.
    pub fn failed_to(&mut self, failure: Failure) {
        self.failure = Some(failure);
    }

    /// Takes in a proof that was just made and written.
    pub fn proved(&mut self, binding: Binding, made: ProveAnswer) {
        self.found_valid(ProofState {
            binding,
            file: made.file_digest,
            key: made.key_digest.clone(),
            commitment: made.trace_commitment.clone(),
            public_input: made.public_input.clone(),
            public_output: made.public_output.clone(),
            made: Some(made),
            check: Check::Valid,
        });
    }

    /// Takes in what Verify said of a proof file with this text and this program, and how that was told.
    pub fn verified(&mut self, program: Hash, answer: VerifyAnswer, text: &str, told: String) {
        let file = digest_of(text);
        if !answer.valid {
            // Of the same program there is one verdict, and this is the later.
            self.valid
                .retain(|one| one.file != file || one.binding.program != program);
        }
        let known = self.valid.iter().find(|proof| proof.file == file);
        let tapes = Tapes::Public(answer.public_input.clone());
        let mut proof = ProofState {
            binding: Binding { program, tapes },
            file,
            key: answer.key_digest,
            commitment: answer.trace_commitment,
            public_input: answer.public_input,
            public_output: answer.public_output,
            made: None,
            check: Check::Valid,
        };
        if answer.valid {
            // One that was made here stays bound to the secret input too.
            let made_here = known.filter(|known| known.made.is_some());
            let made_here = made_here.filter(|known| known.binding.program == program);
            self.found_valid(made_here.cloned().unwrap_or(proof));
        } else if known.is_some() {
            // It is one of another program, and is valid again when the text is.
            self.failure = Some(Failure {
                kind: JobKind::Verify,
                message: told,
                binding: proof.binding,
                proof: Some(file),
                lacked_key: false,
                trap: None,
            });
        } else {
            proof.check = Check::Invalid(answer.reason.unwrap_or_default());
            (self.proof, self.no_proof, self.failure) = (Some(proof), None, None);
        }
    }

    fn found_valid(&mut self, proof: ProofState) {
        self.valid.retain(|one| one.file != proof.file);
        self.valid.push_front(proof.clone());
        self.valid.truncate(MOST_VALID);
        // Whether it is the one that lies there is seen when that is read.
        self.proof = Some(proof);
        self.no_proof = None;
        self.failure = None;
    }

    /// Takes in the text of the proof file beside the program, unless it is the one already known; or why it cannot be
    /// read. A proof of another version needs nobody to look.
    pub fn found(&mut self, text: Result<Option<&str>, &str>) {
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.found_no_proof(None, why.to_owned()),
        };
        let Some(text) = text else {
            (self.proof, self.no_proof) = (None, None);
            return;
        };
        let file = digest_of(text);
        let known = self.proof.as_ref().map(|proof| proof.file);
        let refused = self.no_proof.as_ref().and_then(|one| one.file);
        if known == Some(file) || refused == Some(file) {
            return;
        }
        self.no_proof = None;
        let is_it = |proof: &&ProofState| proof.file == file;
        if let Some(proof) = self.valid.iter().find(is_it) {
            self.proof = Some(proof.clone());
            return;
        }
        let read = match Proof::from_json(text) {
            Ok(read) => read,
            Err(error) => return self.found_no_proof(Some(file), error.to_string()),
        };
        self.proof = Some(ProofState {
            check: match read.tier() {
                Ok(_) => Check::NotYet,
                Err(error) => Check::Invalid(error.to_string()),
            },
            binding: Binding {
                program: read.program,
                tapes: Tapes::Public(read.public_input.clone()),
            },
            file,
            key: hex::encode(read.key),
            commitment: hex::encode(read.trace_commitment),
            public_input: read.public_input,
            public_output: read.public_output,
            made: None,
        });
    }

    fn found_no_proof(&mut self, file: Option<Hash>, why: String) {
        self.proof = None;
        self.no_proof = Some(NoProof { file, why });
    }
}
