//! A proof to ask about. It is made once.

use provable_tests::{Answer, example, provable};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The seed's program with a proof and an opening of its run, and the keys that made them.
pub struct Proved {
    pub folder: tempfile::TempDir,
    pub answer: Value,
}

pub fn proved() -> &'static Proved {
    static PROVED: OnceLock<Proved> = OnceLock::new();
    PROVED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(example("seed.prov"), folder.path().join("seed.prov")).unwrap();
        let arguments = [
            "prove",
            "seed.prov",
            "--opening",
            "seed.opening.json",
            "--keys",
            "keys",
            "--json",
        ];
        let answer = provable(arguments)
            .in_folder(folder.path())
            .call()
            .status(0);
        Proved {
            answer: answer.json(),
            folder,
        }
    })
}

impl Proved {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn call(&self, arguments: &[&str]) -> Answer {
        let arguments = arguments.iter().chain(&["--keys", "keys"]);
        provable(arguments).in_folder(self.folder.path()).call()
    }

    /// Verifies another text in place of the proof.
    pub fn verify(&self, name: &str, proof: impl AsRef<[u8]>) -> Answer {
        std::fs::write(self.path(name), proof).unwrap();
        self.call(&["verify", "seed.prov", name, "--json"])
    }

    pub fn proof(&self) -> String {
        std::fs::read_to_string(self.path("seed.proof.json")).unwrap()
    }
}

/// Names in a folder, in order.
pub fn names(here: &Path) -> Vec<String> {
    let files = std::fs::read_dir(here).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
