//! The kinds of jobs.

use super::protocol::Request;

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// A run.
    Run,
    /// Runs of tests.
    Test,
    /// A proof.
    Prove,
    /// A verification.
    Verify,
}

impl JobKind {
    /// The kind of a request.
    pub fn of(request: &Request) -> JobKind {
        match request {
            Request::Run { .. } => JobKind::Run,
            Request::Test { .. } => JobKind::Test,
            Request::Prove { .. } => JobKind::Prove,
            Request::Verify { .. } => JobKind::Verify,
        }
    }

    /// The name in the log.
    pub fn name(self) -> &'static str {
        match self {
            JobKind::Run => "run",
            JobKind::Test => "test",
            JobKind::Prove => "prove",
            JobKind::Verify => "verify",
        }
    }

    /// The word in a title: `Running sum.prov`.
    pub fn participle(self) -> &'static str {
        match self {
            JobKind::Run => "Running",
            JobKind::Test => "Testing",
            JobKind::Prove => "Proving",
            JobKind::Verify => "Verifying",
        }
    }

    /// The word in a message: `the run of sum.prov …`.
    pub fn noun(self) -> &'static str {
        match self {
            JobKind::Run => "run",
            JobKind::Test => "test",
            JobKind::Prove => "proof",
            JobKind::Verify => "verification",
        }
    }

    /// Whether a new job of this kind replaces an older one of the same document. Each kind replaces its own. A proof
    /// replaces a run and a verification: it begins with a run, and it replaces the proof file that was to be verified. Any
    /// others do not replace each other: neither gives the result of the other.
    pub fn supersedes(self, older: JobKind) -> bool {
        self == older || (self == JobKind::Prove && older != JobKind::Test)
    }
}

#[cfg(test)]
mod tests {
    use super::JobKind::{Prove, Run, Test, Verify};

    #[test]
    fn a_proof_supersedes_runs_and_verifications_and_is_superseded_by_a_proof_alone() {
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
            (Test, Test, true),
            (Test, Run, false),
            (Run, Test, false),
            (Prove, Test, false),
        ] {
            assert_eq!(newer.supersedes(older), superseded, "{newer:?}, {older:?}");
        }
    }
}
