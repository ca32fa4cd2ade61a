//! The jobs that wait, in the order in which they came. A newer job of a document replaces the older ones that it
//! supersedes.

use super::event::JobId;
use crate::worker::job_kind::JobKind;
use crate::worker::protocol::Request;
use std::collections::VecDeque;

/// A job that waits.
#[derive(Debug)]
pub struct QueuedJob {
    /// Its number.
    pub id: JobId,
    /// The document that it is about.
    pub document: String,
    /// Its request.
    pub request: Request,
}

/// The jobs that wait, the next one first.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<QueuedJob>,
}

impl Queue {
    /// How many jobs wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Queues a job last. Removes the jobs that it supersedes, and returns their numbers.
    pub fn push(&mut self, job: QueuedJob) -> Vec<JobId> {
        let kind = JobKind::of(&job.request);
        let superseded = self.take(|older| {
            older.document == job.document && kind.supersedes(JobKind::of(&older.request))
        });
        self.waiting.push_back(job);
        superseded
    }

    /// Takes the next job.
    pub fn pop(&mut self) -> Option<QueuedJob> {
        self.waiting.pop_front()
    }

    /// Removes the jobs for which `wanted` is true, and returns their numbers.
    pub fn take(&mut self, wanted: impl Fn(&QueuedJob) -> bool) -> Vec<JobId> {
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
    use crate::worker::protocol::{Subject, TestSubject};
    use provable::vm::Inputs;

    fn job(id: JobId, document: &str, kind: JobKind) -> QueuedJob {
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
            JobKind::Test => Request::Test {
                subject: TestSubject {
                    name: document.into(),
                    files: Vec::new(),
                    tests: Vec::new(),
                    seed: 0,
                    coverage: false,
                },
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
        QueuedJob {
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
    fn the_oldest_job_is_taken_first() {
        let mut queue = Queue::default();
        for (id, document) in [(1, "a"), (2, "b"), (3, "c")] {
            assert!(queue.push(job(id, document, JobKind::Run)).is_empty());
        }
        assert_eq!(order(&mut queue), [1, 2, 3]);
    }

    #[test]
    fn a_newer_job_replaces_the_older_of_its_document_and_is_queued_last() {
        let mut queue = Queue::default();
        queue.push(job(1, "a", JobKind::Run));
        queue.push(job(2, "b", JobKind::Run));
        assert_eq!(queue.push(job(3, "a", JobKind::Run)), [1]);
        assert_eq!(order(&mut queue), [2, 3]);
    }

    #[test]
    fn removed_jobs_are_not_in_the_queue() {
        let mut queue = Queue::default();
        queue.push(job(1, "a", JobKind::Verify));
        queue.push(job(2, "b", JobKind::Run));
        queue.push(job(3, "a", JobKind::Run));
        assert_eq!(queue.take(|job| job.document == "a"), [1, 3]);
        assert_eq!(order(&mut queue), [2]);
    }
}
