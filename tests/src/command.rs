//! The command `provable` as a user has it: the built binary, its streams and its exit status.

use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::OnceLock;

/// A call of the command, before it is made.
pub struct Command {
    process: Process,
    stdin: Vec<u8>,
}

/// What a call came to.
#[derive(Debug)]
pub struct Answer {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// A call with these arguments. Nothing of the caller's environment decides what it shows or where it keeps keys.
pub fn provable<I, S>(arguments: I) -> Command
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut process = Process::new(binary());
    process
        .args(arguments)
        .env_remove("PROVABLE_HOME")
        .env_remove("PROVABLE_LOG")
        .env_remove("CLICOLOR_FORCE");
    Command {
        process,
        stdin: Vec::new(),
    }
}

impl Command {
    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.process.arg(argument);
        self
    }

    /// Runs in this folder.
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.process.current_dir(folder);
        self
    }

    /// Sets a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.process.env(name, value);
        self
    }

    /// Gives this to standard input.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Makes the call.
    pub fn call(mut self) -> Answer {
        let mut child = self
            .process
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let bytes = self.stdin;
        // From a thread of its own, so that a full pipe stops neither side; a child that does not read it is fine.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&bytes)));
        let output = child.wait_with_output().expect("the binary ends");
        writer.join().expect("the writer ends");
        Answer {
            status: output
                .status
                .code()
                .expect("the binary is not killed by a signal"),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

impl Answer {
    /// Checks the exit status.
    #[track_caller]
    pub fn status(self, expected: i32) -> Self {
        assert_eq!(self.status, expected, "{self:#?}");
        self
    }

    /// Checks that standard error has each of these texts.
    #[track_caller]
    pub fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(
                self.stderr.contains(text),
                "no {text:?} in:\n{}",
                self.stderr
            );
        }
        self
    }

    /// Standard output as the one line of JSON that it must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.stdout.matches('\n').count(), 1, "{self:#?}");
        assert!(self.stdout.ends_with('\n'), "{self:#?}");
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }
}

/// The binary of the profile that the tests were built in. Cargo has built it already when the whole workspace is
/// tested; for this crate alone it is built here.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let tests = std::env::current_exe().expect("a test has a path");
        let folder = tests
            .parent()
            .and_then(Path::parent)
            .expect("target/PROFILE/deps/TEST");
        let mut cargo = Process::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--locked", "--bin", "provable"]);
        if folder.ends_with("release") {
            cargo.args(["--package", "provable-server", "--release"]);
        } else {
            // The same targets as a test of the workspace, so that its dependencies are built with the same features
            // and not a second time.
            cargo.args(["--workspace", "--tests"]);
        }
        cargo
            .arg("--target-dir")
            .arg(folder.parent().expect("target/PROFILE"));
        let built = cargo
            .current_dir(crate::root())
            .status()
            .expect("cargo starts");
        assert!(built.success(), "the binary does not build");
        folder.join(format!("provable{}", std::env::consts::EXE_SUFFIX))
    })
}
