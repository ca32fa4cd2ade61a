//! What is known of one program.

use super::binding::{Binding, Comparison, Current, Hash, Tapes};
use super::proof::{InvalidProofFile, ProofState, Verdict, digest_of};
use super::proof_file::ProofFile;
use super::results::{Activity, JobFailure, ResultState, RunResult};
use super::test_results::TestResults;
use crate::jobs::JobId;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::{ProveAnswer, TestAnswer, TrapAnswer, VerifyAnswer};
use std::collections::VecDeque;

/// How many valid proofs are remembered.
const MAX_VALID: usize = 4;

/// What is known of one program.
#[derive(Clone, Debug, Default)]
pub struct ProgramState {
    /// The job that runs or waits; of several the last one.
    pub activity: Option<Activity>,
    /// The last run.
    pub run: Option<RunResult>,
    /// The proof in the file beside the program.
    pub proof: Option<ProofState>,
    /// The last proofs that were found valid, whatever lies beside the program current. A proof is known by its file's text,
    /// which is all that the verdict was about but for the program, so one that comes back is still valid.
    valid: VecDeque<ProofState>,
    /// The proof file, if it holds no proof. Then `proof` is none.
    pub invalid_proof_file: Option<InvalidProofFile>,
    /// The last results of its tests.
    pub tests: TestResults,
    /// The last job, if it failed.
    failure: Option<JobFailure>,
}

impl ProgramState {
    /// The state of the last run, and why it is stale.
    pub fn run_state(&self, current: &Current) -> (ResultState, Option<&'static str>) {
        if let Some(state) = self.activity_state(&[JobKind::Run]) {
            return (state, None);
        }
        match &self.run {
            _ if self.has_failed(&[JobKind::Run], current) => (ResultState::Failed, None),
            None => (ResultState::None, None),
            Some(run) => match run.binding.staleness(current) {
                Some(why) => (ResultState::Stale, Some(why)),
                None if run.answer.trap.is_some() => (ResultState::Failed, None),
                None => (ResultState::Fresh, None),
            },
        }
    }

    /// The state of the last proof, and why it is stale.
    pub fn proof_state(&self, current: &Current) -> (ResultState, Option<&'static str>) {
        const KINDS: [JobKind; 2] = [JobKind::Prove, JobKind::Verify];
        if let Some(state) = self.activity_state(&KINDS) {
            return (state, None);
        }
        if self.has_failed(&KINDS, current) || self.invalid_proof_file.is_some() {
            return (ResultState::Failed, None);
        }
        let Some(proof) = &self.proof else {
            return (ResultState::None, None);
        };
        if let Some(why) = proof.binding.other_program(current) {
            return (ResultState::Stale, Some(why));
        }
        // An invalid proof is invalid whatever the inputs are.
        if matches!(proof.verdict, Verdict::Invalid(_)) {
            return (ResultState::Failed, None);
        }
        if proof.binding.tapes.compared(current) == Comparison::Different {
            return (ResultState::Stale, Some("the inputs changed"));
        }
        match current.key {
            Some(_) => (ResultState::Fresh, None),
            None => (
                ResultState::Stale,
                Some("its key is not among those at hand"),
            ),
        }
    }

    /// The failure of the last job, while its binding holds.
    pub fn failure(&self, current: &Current) -> Option<&JobFailure> {
        let holds = |failure: &&JobFailure| match failure.kind {
            JobKind::Run | JobKind::Prove => failure.binding.staleness(current).is_none(),
            JobKind::Test => failure.binding.other_program(current).is_none(),
            JobKind::Verify => {
                let is_same = self.proof.as_ref().map(|proof| proof.file) == failure.proof;
                let is_here = failure.lacked_key && current.key.is_some();
                is_same && !is_here && failure.binding.other_program(current).is_none()
            }
        };
        self.failure.as_ref().filter(holds)
    }

    fn activity_state(&self, kinds: &[JobKind]) -> Option<ResultState> {
        let activity = self.activity.as_ref()?;
        kinds
            .contains(&activity.kind)
            .then_some(match activity.phase {
                Some(_) => ResultState::Running,
                None => ResultState::Queued,
            })
    }

    fn has_failed(&self, kinds: &[JobKind], current: &Current) -> bool {
        let failure = self.failure(current);
        failure.is_some_and(|failure| kinds.contains(&failure.kind))
    }

    /// Whether the last run trapped, of any program.
    pub fn may_have_trapped(&self) -> bool {
        let of_run = self.run.as_ref().and_then(|run| run.answer.trap.as_ref());
        let of_failure = self.failure.as_ref().and_then(|one| one.trap.as_ref());
        of_run.or(of_failure).is_some()
    }

    /// Whether the last run was of this program and trapped, on any inputs.
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

    /// The trap of the last run or of the last run that was to be proved, while it is fresh.
    pub fn trap(&self, current: &Current) -> Option<&TrapAnswer> {
        let run = self.run.as_ref();
        let of_run = run.filter(|run| run.binding.staleness(current).is_none());
        let of_failure = self
            .failure(current)
            .and_then(|failure| failure.trap.as_ref());
        of_run
            .and_then(|run| run.answer.trap.as_ref())
            .or(of_failure)
    }

    /// Notes that a job was queued.
    pub fn job_queued(&mut self, job: JobId, kind: JobKind) {
        self.failure = None;
        self.activity = Some(Activity {
            job,
            kind,
            phase: None,
        });
    }

    /// Notes a run that ended.
    pub fn job_ran(&mut self, run: RunResult) {
        self.run = Some(run);
        self.tests.failing = None;
        self.failure = None;
    }

    /// Notes how tests came out. `tests` are those that the text had, with the digests of what they run.
    pub fn job_tested(&mut self, tests: &[(String, Hash)], answer: TestAnswer) {
        self.tests.note(tests, answer);
        self.failure = None;
    }

    /// Forgets the failure of the last job.
    pub fn forget_failure(&mut self) {
        self.failure = None;
    }

    /// Notes that a job failed.
    pub fn job_failed(&mut self, failure: JobFailure) {
        self.failure = Some(failure);
    }

    /// Notes a proof that was made and written.
    pub fn job_proved(&mut self, binding: Binding, made: ProveAnswer) {
        self.set_valid(ProofState {
            binding,
            file: made.file_digest,
            key: made.key_digest.clone(),
            commitment: made.trace_commitment.clone(),
            public_input: made.public_input.clone(),
            public_output: made.public_output.clone(),
            made: Some(made),
            verdict: Verdict::Valid,
        });
    }

    /// Notes the verdict on a proof file with this text, about this program. `message` is what the user was told.
    pub fn job_verified(
        &mut self,
        program: Hash,
        answer: VerifyAnswer,
        text: &str,
        message: String,
    ) {
        let file = digest_of(text);
        if !answer.valid {
            // The later verdict about the same program counts.
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
            verdict: Verdict::Valid,
        };
        if answer.valid {
            // A proof that was made here stays bound to the secret input too.
            let made_here = known.filter(|known| known.made.is_some());
            let made_here = made_here.filter(|known| known.binding.program == program);
            self.set_valid(made_here.cloned().unwrap_or(proof));
        } else if known.is_some() {
            // It is a valid proof of another program, and is valid again when the text is that program.
            self.failure = Some(JobFailure {
                kind: JobKind::Verify,
                message,
                binding: proof.binding,
                proof: Some(file),
                lacked_key: false,
                trap: None,
            });
        } else {
            proof.verdict = Verdict::Invalid(answer.reason.unwrap_or_default());
            (self.proof, self.invalid_proof_file, self.failure) = (Some(proof), None, None);
        }
    }

    fn set_valid(&mut self, proof: ProofState) {
        self.valid.retain(|one| one.file != proof.file);
        self.valid.push_front(proof.clone());
        self.valid.truncate(MAX_VALID);
        // Whether this is the proof in the file shows when the file is read.
        self.proof = Some(proof);
        self.invalid_proof_file = None;
        self.failure = None;
    }

    /// Notes the present text of the proof file beside the program, or why the file cannot be read. A text that is known
    /// changes nothing. A proof for a circuit that this version does not have is invalid without being verified.
    pub fn set_proof_file(&mut self, text: Result<Option<&str>, &str>) {
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.set_invalid_file(None, why.to_owned()),
        };
        let Some(text) = text else {
            (self.proof, self.invalid_proof_file) = (None, None);
            return;
        };
        let file = digest_of(text);
        let known = self.proof.as_ref().map(|proof| proof.file);
        let refused = self.invalid_proof_file.as_ref().and_then(|one| one.file);
        if known == Some(file) || refused == Some(file) {
            return;
        }
        self.invalid_proof_file = None;
        let is_same = |proof: &&ProofState| proof.file == file;
        if let Some(proof) = self.valid.iter().find(is_same) {
            self.proof = Some(proof.clone());
            return;
        }
        let read = match ProofFile::read(text) {
            Ok(read) => read,
            Err(why) => return self.set_invalid_file(Some(file), why),
        };
        self.proof = Some(ProofState {
            verdict: match read.unknown_circuit {
                None => Verdict::Unknown,
                Some(why) => Verdict::Invalid(why),
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

    fn set_invalid_file(&mut self, file: Option<Hash>, why: String) {
        self.proof = None;
        self.invalid_proof_file = Some(InvalidProofFile { file, why });
    }
}
