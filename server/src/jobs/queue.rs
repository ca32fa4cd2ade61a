//! The jobs that wait: first come, first served, and a document's newer request in place of its older one.

use super::JobId;
use crate::worker::protocol::Request;
use std::collections::VecDeque;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// A run.
    Run,
    /// A proof.
    Prove,
    /// A verification.
    Verify,
}

impl JobKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            JobKind::Run => "run",
            JobKind::Prove => "prove",
            JobKind::Verify => "verify",
        }
    }

    /// What this request asks for.
    pub fn of(request: &Request) -> JobKind {
        match request {
            Request::Run { .. } => JobKind::Run,
            Request::Prove { .. } => JobKind::Prove,
            Request::Verify { .. } => JobKind::Verify,
        }
    }

    /// Whether a request of this kind makes an older one of the same document pointless. Everything does so to its
    /// like. A proof does it to all: it begins with a run, and the proof file that was to be verified is replaced.
    /// Neither a run nor a verification says what the other would, or a proof.
    pub fn supersedes(self, older: JobKind) -> bool {
        self == older || self == JobKind::Prove
    }
}

/// A job that waits.
#[derive(Debug)]
pub struct Waiting {
    /// Its number.
    pub id: JobId,
    /// The document that it is about.
    pub document: String,
    /// What it asks for.
    pub request: Request,
}

/// The jobs that wait, the next first.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<Waiting>,
}

impl Queue {
    /// How many wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Puts a job last. Gives those that it supersedes, which are no longer there.
    pub fn push(&mut self, job: Waiting) -> Vec<JobId> {
        let kind = JobKind::of(&job.request);
        let superseded = self.take(|older| {
            older.document == job.document && kind.supersedes(JobKind::of(&older.request))
        });
        self.waiting.push_back(job);
        superseded
    }

    /// Takes the next.
    pub fn pop(&mut self) -> Option<Waiting> {
        self.waiting.pop_front()
    }

    /// Takes those that are asked for, and gives their numbers.
    pub fn take(&mut self, wanted: impl Fn(&Waiting) -> bool) -> Vec<JobId> {
        let mut taken = Vec::new();
        self.waiting.retain(|job| {
            let wanted = wanted(job);
            taken.extend(wanted.then_some(job.id));
            !wanted
        });
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::protocol::Subject;
    use provable::vm::Inputs;

    fn job(id: JobId, document: &str, kind: JobKind) -> Waiting {
        let subject = Subject {
            name: document.into(),
            program: String::new(),
            inputs: Inputs::default(),
        };
        let (max_steps, max_memory) = (0, 0);
        let request = match kind {
            JobKind::Run => Request::Run {
                subject,
                max_steps,
                max_memory,
            },
            JobKind::Prove => Request::Prove {
                subject,
                max_steps,
                max_memory,
                tier: None,
                out: "a.proof.json".into(),
            },
            JobKind::Verify => Request::Verify {
                subject,
                proof: String::new(),
            },
        };
        Waiting {
            id,
            document: document.into(),
            request,
        }
    }

    fn order(queue: &mut Queue) -> Vec<JobId> {
        std::iter::from_fn(|| queue.pop())
            .map(|job| job.id)
            .collect()
    }

    #[test]
    fn the_oldest_goes_first() {
        let mut queue = Queue::default();
        for (id, document) in [(1, "a"), (2, "b"), (3, "c")] {
            assert!(queue.push(job(id, document, JobKind::Run)).is_empty());
        }
        assert_eq!(order(&mut queue), [1, 2, 3]);
    }

    #[test]
    fn a_newer_request_goes_last_in_place_of_the_older_of_its_document() {
        let mut queue = Queue::default();
        queue.push(job(1, "a", JobKind::Run));
        queue.push(job(2, "b", JobKind::Run));
        assert_eq!(queue.push(job(3, "a", JobKind::Run)), [1]);
        assert_eq!(order(&mut queue), [2, 3]);
    }

    #[test]
    fn a_proof_supersedes_everything_of_its_document_and_is_superseded_by_a_proof_alone() {
        use JobKind::{Prove, Run, Verify};
        for (newer, older, superseded) in [
            (Run, Run, true),
            (Run, Verify, false),
            (Run, Prove, false),
            (Verify, Run, false),
            (Verify, Verify, true),
            (Verify, Prove, false),
            (Prove, Run, true),
            (Prove, Verify, true),
            (Prove, Prove, true),
        ] {
            assert_eq!(newer.supersedes(older), superseded, "{newer:?}, {older:?}");
        }
    }

    #[test]
    fn what_is_taken_is_not_there_any_more() {
        let mut queue = Queue::default();
        queue.push(job(1, "a", JobKind::Verify));
        queue.push(job(2, "b", JobKind::Run));
        queue.push(job(3, "a", JobKind::Run));
        assert_eq!(queue.take(|job| job.document == "a"), [1, 3]);
        assert_eq!(order(&mut queue), [2]);
    }
}
