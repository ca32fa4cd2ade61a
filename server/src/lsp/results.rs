//! What is known of a program from having run or proved it, and whether that still holds. A result is bound to the
//! program that was assembled, the inputs and the key; it is fresh exactly while all three are what they were. So an
//! edit makes it stale, undoing the edit makes it fresh, and comments and spacing change nothing.

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
    /// The inputs beside it; none while they cannot be read.
    pub inputs: Option<Inputs>,
    /// Whether the key of the proof is among those at hand.
    pub key_is_here: bool,
}

impl Binding {
    /// Why this is no longer what the text and the inputs are.
    fn staleness(&self, now: &Now) -> Option<&'static str> {
        match (&now.program, &now.inputs) {
            (None, _) => Some("the text has errors"),
            (Some(program), _) if *program != self.program => Some("the program changed"),
            (_, None) => Some("the inputs cannot be read"),
            (_, Some(inputs)) if !self.tapes.are(inputs) => Some("the inputs changed"),
            _ => None,
        }
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
    /// The public output it proves.
    pub outputs: Vec<u32>,
    /// Sizes and times, if it was made here.
    pub made: Option<ProveAnswer>,
    /// Whether it is valid.
    pub check: Check,
}

/// A job that came to nothing.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which.
    pub kind: Kind,
    /// Why, and the way out.
    pub message: String,
    /// The trap, if that is why, and the digest of the program that trapped.
    pub trap: Option<(Hash, TrapAnswer)>,
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
    /// The last job, if it failed.
    pub failure: Option<Failure>,
}

impl Sheet {
    /// The state of the last run, and why it is stale.
    pub fn run_state(&self, now: &Now) -> (State, Option<&'static str>) {
        if let Some(state) = self.at_work(&[Kind::Run]) {
            return (state, None);
        }
        match &self.run {
            _ if self.failed(&[Kind::Run]) => (State::Failed, None),
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
        match &self.proof {
            _ if self.failed(&KINDS) => (State::Failed, None),
            None => (State::None, None),
            Some(proof) => match proof.binding.staleness(now) {
                Some(why) => (State::Stale, Some(why)),
                None if matches!(proof.check, Check::Invalid(_)) => (State::Failed, None),
                None if !now.key_is_here => {
                    (State::Stale, Some("its key is not among those at hand"))
                }
                None => (State::Fresh, None),
            },
        }
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

    fn failed(&self, kinds: &[Kind]) -> bool {
        let failure = self.failure.as_ref();
        failure.is_some_and(|failure| kinds.contains(&failure.kind))
    }

    /// The trap of the last run, or of the one that was to be proved, if it was of this program.
    pub fn trap(&self, program: &Hash) -> Option<&TrapAnswer> {
        let run = self.run.as_ref();
        let of_run = run.filter(|run| run.binding.program == *program);
        let failure = self.failure.as_ref();
        let of_failure = failure.and_then(|failure| failure.trap.as_ref());
        of_run
            .and_then(|run| run.answer.trap.as_ref())
            .or(of_failure
                .filter(|(of, _)| of == program)
                .map(|(_, trap)| trap))
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

    /// Takes in a proof that was just made, and written as this text.
    pub fn proved(&mut self, binding: Binding, made: ProveAnswer, text: &str) {
        self.proof = Some(Proof {
            binding,
            file: digest_of(text),
            key: made.key_digest.clone(),
            commitment: made.trace_commitment.clone(),
            outputs: made.public_output.clone(),
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
        let (binding, made) = match known {
            Some(proof) => (proof.binding, proof.made),
            None => {
                let tapes = Tapes::Public(answer.public_input);
                (Binding { program, tapes }, None)
            }
        };
        self.proof = Some(Proof {
            binding,
            file,
            key: answer.key_digest,
            commitment: answer.trace_commitment,
            outputs: answer.public_output,
            made,
            check: match answer.valid {
                true => Check::Valid,
                false => Check::Invalid(answer.reason.unwrap_or_default()),
            },
        });
        self.failure = None;
    }

    /// Takes in the text of the proof file beside the program, unless it is the one already known. What cannot be
    /// read as one is no proof; Verify says what is wrong with it. One of another version needs nobody to look.
    pub fn found(&mut self, text: Option<&str>) {
        let file = text.map(digest_of);
        if self.proof.as_ref().map(|proof| proof.file) == file {
            return;
        }
        let read = text.and_then(|text| ProofFile::from_json(text).ok());
        self.proof = read.zip(file).map(|(read, file)| Proof {
            check: match read.tier() {
                Ok(_) => Check::NotYet,
                Err(error) => Check::Invalid(error.to_string()),
            },
            binding: Binding {
                program: read.program,
                tapes: Tapes::Public(read.public_input),
            },
            file,
            key: hex::encode(read.key),
            commitment: hex::encode(read.trace_commitment),
            outputs: read.public_output,
            made: None,
        });
    }
}

fn digest_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}
