//! What is known of a program from having run or proved it, and whether that still holds. A result is bound to the
//! program that was assembled, the inputs and the key; it is fresh exactly while all three are what they were. So an
//! edit makes it stale, undoing the edit makes it fresh, and comments and spacing change nothing. A failure is bound
//! in the same way, and is forgotten while it does not hold.
//!
//! A proof needs no inputs: it says itself which public input and output it speaks of. Where there are inputs, they are
//! compared with it; where there are none, as whoever received the proof has none, that is said.

use super::inputs::Beside;
use crate::jobs::JobId;
use crate::worker::protocol::{ProveAnswer, RunAnswer, TrapAnswer, VerifyAnswer};
use provable_core::proof::ProofFile;
use provable_core::vm::Inputs;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Runs the program.
    Run,
    /// Runs it, proves the run and verifies the proof.
    Prove,
    /// Verifies the proof file beside the program.
    Verify,
}

impl Kind {
    /// For a title: `Running sum.prov`.
    pub fn doing(self) -> &'static str {
        match self {
            Kind::Run => "Running",
            Kind::Prove => "Proving",
            Kind::Verify => "Verifying",
        }
    }

    /// For a message: `the run of sum.prov …`.
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Run => "run",
            Kind::Prove => "proof",
            Kind::Verify => "verification",
        }
    }
}

/// The inputs a result is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tapes {
    /// Both tapes, as a digest: secrets are not kept.
    Both(Hash),
    /// The public one. This is all that a proof file says.
    Public(Vec<u32>),
}

impl Tapes {
    /// Binds to inputs.
    pub fn of(inputs: &Inputs) -> Tapes {
        let mut hash = Sha256::new();
        for tape in [&inputs.public, &inputs.secret] {
            hash.update((tape.len() as u64).to_le_bytes());
            for word in tape {
                hash.update(word.to_le_bytes());
            }
        }
        Tapes::Both(hash.finalize().into())
    }

    fn are(&self, inputs: &Inputs) -> bool {
        match self {
            Tapes::Both(_) => *self == Tapes::of(inputs),
            Tapes::Public(words) => *words == inputs.public,
        }
    }

    /// How these compare with what lies beside the program.
    pub fn compared(&self, now: &Now) -> Comparison {
        match &now.inputs {
            Beside::Wrong(_) => Comparison::Unreadable,
            Beside::Given(inputs) if self.are(inputs) => Comparison::Same,
            Beside::Given(_) => Comparison::Different,
            Beside::Absent if now.reads => Comparison::NoneHere,
            // A program that reads nothing has no use for a file with inputs.
            Beside::Absent => Comparison::Same,
        }
    }
}

/// What the inputs beside a program say about a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// The proof is of them, as far as it says what it is of.
    Same,
    /// The proof is of other ones.
    Different,
    /// There are none.
    #[serde(rename = "none")]
    NoneHere,
    /// They cannot be read.
    Unreadable,
}

/// What a result is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The program's digest.
    pub program: Hash,
    /// The inputs.
    pub tapes: Tapes,
}

/// How things are at present.
#[derive(Clone, Debug)]
pub struct Now {
    /// The digest of the program in the text; none while the text has errors.
    pub program: Option<Hash>,
    /// Whether that program reads inputs.
    pub reads: bool,
    /// The inputs beside it.
    pub inputs: Beside,
    /// Where the key of the proof came from; none if it is not among those at hand.
    pub key: Option<String>,
}

impl Binding {
    /// Why the program is no longer the one in the text.
    fn other_program(&self, now: &Now) -> Option<&'static str> {
        match &now.program {
            None => Some("the text has errors"),
            Some(program) if *program != self.program => Some("the program changed"),
            Some(_) => None,
        }
    }

    /// Why a run of this would no longer be one of what the text and the inputs are.
    fn staleness(&self, now: &Now) -> Option<&'static str> {
        let other_inputs = || match &now.inputs {
            Beside::Wrong(_) => Some("the inputs cannot be read"),
            Beside::Given(inputs) if self.tapes.are(inputs) => None,
            // Without a file there is nothing to read.
            Beside::Absent if self.tapes.are(&Inputs::default()) => None,
            _ => Some("the inputs changed"),
        };
        self.other_program(now).or_else(other_inputs)
    }
}

/// A run that ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was run.
    pub binding: Binding,
    /// What came of it.
    pub answer: RunAnswer,
}

/// Whether a proof was found to be one.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// It was found beside the program and nobody has looked.
    NotYet,
    /// It is: the prover checks what it makes, or Verify did.
    Valid,
    /// It is not, and why.
    Invalid(String),
}

/// A proof: made here, or found beside the program.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What was proved.
    pub binding: Binding,
    /// The digest of the proof file's text.
    pub file: Hash,
    /// The verifying key's digest, in hexadecimal digits.
    pub key: String,
    /// The trace commitment, in hexadecimal digits.
    pub commitment: String,
    /// The public input that it speaks of.
    pub public_input: Vec<u32>,
    /// The public output that it proves.
    pub public_output: Vec<u32>,
    /// Sizes and times, if it was made here.
    pub made: Option<ProveAnswer>,
    /// Whether it is valid.
    pub check: Check,
}

/// What lies in the place of a proof file and is none.
#[derive(Clone, Debug)]
pub struct NoProof {
    /// The digest of the text; none if it cannot be read.
    file: Option<Hash>,
    /// What is wrong with it.
    pub why: String,
}

/// A job that came to nothing.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which.
    pub kind: Kind,
    /// Why, and the way out.
    pub message: String,
    /// What it was to be done with.
    pub binding: Binding,
    /// The proof file that was to be verified.
    pub proof: Option<Hash>,
    /// Whether it failed for want of that proof's key.
    pub lacked_key: bool,
    /// The trap, if that is why.
    pub trap: Option<TrapAnswer>,
}

/// A job that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Its number.
    pub job: JobId,
    /// What it does.
    pub kind: Kind,
    /// None while it waits, then what it is at.
    pub phase: Option<String>,
}

/// How far a result can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is none.
    None,
    /// It is waiting to be worked out.
    Queued,
    /// It is being worked out.
    Running,
    /// It is of what the text, the inputs and the key are now.
    Fresh,
    /// It is of something else.
    Stale,
    /// It did not come about, or is invalid.
    Failed,
}

/// All that is known of one program.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The job at work or waiting, the latest if there are several.
    pub activity: Option<Activity>,
    /// The last run.
    pub run: Option<Run>,
    /// The last proof.
    pub proof: Option<Proof>,
    /// What lies in the place of a proof file, if it is none. Then there is no proof.
    pub no_proof: Option<NoProof>,
    /// The last job, if it failed.
    failure: Option<Failure>,
}

impl Sheet {
    /// The state of the last run, and why it is stale.
    pub fn run_state(&self, now: &Now) -> (State, Option<&'static str>) {
        if let Some(state) = self.at_work(&[Kind::Run]) {
            return (state, None);
        }
        match &self.run {
            _ if self.failed(&[Kind::Run], now) => (State::Failed, None),
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
        const KINDS: [Kind; 2] = [Kind::Prove, Kind::Verify];
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
            Kind::Run | Kind::Prove => failure.binding.staleness(now).is_none(),
            Kind::Verify => {
                let is_same = self.proof.as_ref().map(|proof| proof.file) == failure.proof;
                let is_here = failure.lacked_key && now.key.is_some();
                is_same && !is_here && failure.binding.other_program(now).is_none()
            }
        };
        self.failure.as_ref().filter(holds)
    }

    fn at_work(&self, kinds: &[Kind]) -> Option<State> {
        let activity = self.activity.as_ref()?;
        kinds
            .contains(&activity.kind)
            .then_some(match activity.phase {
                Some(_) => State::Running,
                None => State::Queued,
            })
    }

    fn failed(&self, kinds: &[Kind], now: &Now) -> bool {
        let failure = self.failure(now);
        failure.is_some_and(|failure| kinds.contains(&failure.kind))
    }

    /// Whether a run of this program trapped, on whatever inputs.
    pub fn may_have_trapped(&self, program: &Hash) -> bool {
        let of_run = self.run.as_ref().map(|run| run.binding.program);
        let of_failure = self.failure.as_ref().map(|one| one.binding.program);
        [of_run, of_failure].contains(&Some(*program))
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
    pub fn asked(&mut self, job: JobId, kind: Kind) {
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
        self.no_proof = None;
        self.proof = Some(Proof {
            binding,
            file: made.file_digest,
            key: made.key_digest.clone(),
            commitment: made.trace_commitment.clone(),
            public_input: made.public_input.clone(),
            public_output: made.public_output.clone(),
            made: Some(made),
            check: Check::Valid,
        });
        self.failure = None;
    }

    /// Takes in what Verify said of a proof file with this text.
    pub fn verified(&mut self, program: Hash, answer: VerifyAnswer, text: &str) {
        let file = digest_of(text);
        // A proof that was made here stays bound to the secret input too.
        let known = self.proof.take().filter(|proof| proof.file == file);
        let made_here = known.filter(|proof| proof.made.is_some());
        let (binding, made) = match made_here {
            Some(proof) => (proof.binding, proof.made),
            None => {
                let tapes = Tapes::Public(answer.public_input.clone());
                (Binding { program, tapes }, None)
            }
        };
        self.no_proof = None;
        self.proof = Some(Proof {
            binding,
            file,
            key: answer.key_digest,
            commitment: answer.trace_commitment,
            public_input: answer.public_input,
            public_output: answer.public_output,
            made,
            check: match answer.valid {
                true => Check::Valid,
                false => Check::Invalid(answer.reason.unwrap_or_default()),
            },
        });
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
        let read = match ProofFile::from_json(text) {
            Ok(read) => read,
            Err(error) => return self.found_no_proof(Some(file), error.to_string()),
        };
        self.no_proof = None;
        self.proof = Some(Proof {
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

/// The digest of a proof file's text.
pub fn digest_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}
