//! What these tests share: programs, requests, one key for all, and the worker on a plain pipe.

use provable::circuit::tier::TIERS;
use provable::vm::Inputs;
use provable_server::worker::protocol::{
    Answer, Job, JobError, Message, ProveAnswer, Request, RunAnswer, Subject, VerifyAnswer, encode,
};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// Writes the public word and the secret word added up.
pub const SUM: &str = "READ\nSECRET\nADD\nWRITE\nHALT\n";
/// Never ends by itself.
pub const FOREVER: &str = "here: JMP here\n";
/// The secret word, which must appear nowhere.
pub const SECRET: u32 = 4_000_000_007;

/// Far more than anything here takes: a test that waits for what never comes fails and does not hang.
pub const GUARD: Duration = Duration::from_secs(300);

/// The built command.
pub fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_provable"))
}

/// A key store that has the smallest tier's key.
pub fn keys() -> &'static Path {
    static KEYS: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut setup = Command::new(binary());
        setup.args(["setup", "--tier", TIERS[0].name, "--keys"]);
        let output = setup.arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        folder
    });
    folder.path()
}

/// A key store of one's own that has the same key.
pub fn own_keys() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(keys()).unwrap() {
        let path = file.unwrap().path();
        // Only the key: other tests write their timings meanwhile.
        if path.extension().is_some_and(|ending| ending == "pk") {
            std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// A program with the inputs that [`SUM`] reads.
pub fn subject(program: &str) -> Subject {
    let reads = program == SUM;
    Subject {
        name: "sum.prov".into(),
        program: program.into(),
        inputs: Inputs {
            public: if reads { vec![35] } else { Vec::new() },
            secret: vec![SECRET],
        },
    }
}

pub fn run(program: &str) -> Request {
    run_for(program, u64::MAX)
}

pub fn run_for(program: &str, max_steps: u64) -> Request {
    Request::Run {
        subject: subject(program),
        max_steps,
        max_memory: 1 << 26,
    }
}

pub fn prove(program: &str, tier: Option<&str>, out: PathBuf) -> Request {
    Request::Prove {
        subject: subject(program),
        max_steps: 200_000,
        max_memory: 1 << 26,
        tier: tier.map(str::to_string),
        out,
    }
}

pub fn verify(program: &str, proof: &str) -> Request {
    Request::Verify {
        subject: subject(program),
        proof: proof.into(),
    }
}

/// A worker on a plain pipe. It is killed when this is dropped.
pub struct Worker {
    pub process: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Message>,
    jobs: u64,
}

/// The result of a job, and the progress before it.
pub struct JobOutcome {
    pub progress: Vec<(String, f64)>,
    pub result: Result<Answer, JobError>,
}

impl Worker {
    pub fn start(keys: &Path) -> Worker {
        let mut process = Command::new(binary())
            .args(["worker", "--keys"])
            .arg(keys)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Worker {
            stdin: process.stdin.take(),
            messages: listen(process.stdout.take().unwrap()),
            process,
            jobs: 0,
        }
    }

    /// Writes bytes to its stdin.
    pub fn write(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// Closes its stdin.
    pub fn close(&mut self) {
        self.stdin = None;
    }

    /// Sends a job and returns its number.
    pub fn send(&mut self, request: Request) -> u64 {
        self.jobs += 1;
        let id = self.jobs;
        self.write(&encode(&Job { id, request }).unwrap());
        id
    }

    /// The next message; `None` once its stdout is closed.
    pub fn next_message(&mut self) -> Option<Message> {
        match self.messages.recv_timeout(GUARD) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the worker neither answers nor ends"),
        }
    }

    /// Sends a job and waits for its result.
    pub fn ask(&mut self, request: Request) -> JobOutcome {
        let id = self.send(request);
        let mut progress = Vec::new();
        loop {
            let message = self.next_message().expect("the worker answers");
            assert_eq!(message.id(), Some(id));
            let result = match message {
                Message::Progress {
                    phase, fraction, ..
                } => {
                    progress.push((phase, fraction));
                    continue;
                }
                Message::Done { answer, .. } => Ok(*answer),
                Message::Failed { error, .. } => Err(error),
            };
            return JobOutcome { progress, result };
        }
    }

    pub fn run(&mut self, program: &str) -> RunAnswer {
        match self.ask(run(program)).result.unwrap() {
            Answer::Run(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    pub fn prove(&mut self, out: PathBuf) -> ProveAnswer {
        match self.ask(prove(SUM, None, out)).result.unwrap() {
            Answer::Prove(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    pub fn verify(&mut self, program: &str, proof: &str) -> VerifyAnswer {
        match self.ask(verify(program, proof)).result.unwrap() {
            Answer::Verify(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    pub fn refused(&mut self, request: Request) -> JobError {
        self.ask(request).result.unwrap_err()
    }
}

/// Reads messages until the worker closes its stdout.
fn listen(stdout: ChildStdout) -> Receiver<Message> {
    let (sender, messages) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines() {
            let message = serde_json::from_str(&line.unwrap()).unwrap();
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    messages
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
