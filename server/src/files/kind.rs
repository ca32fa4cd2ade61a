//! The kinds of files: those that are written, and those that are not written over.

use provable::store::atomic_file::FilePermissions;
use std::fmt;
use std::path::Path;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A proof file.
    Proof,
    /// The opening of a proof, with the secret input.
    Opening,
    /// A trace, with the secret input.
    Trace,
    /// A verifying key.
    Key,
    /// The powers of phase 1 of a ceremony.
    Powers,
    /// A ceremony, with the key that it has made so far.
    Ceremony,
    /// A program, in its own place.
    Program,
    /// The constraints of a tier.
    Constraints,
    /// The names that belong to them.
    Names,
    /// A contract in Solidity.
    Contract,
    /// The calldata of a proof.
    Calldata,
    /// Verdicts of tests.
    Verdicts,
    /// How often tests execute each line.
    Coverage,
    /// A profile as folded stacks.
    FoldedStacks,
    /// A profile for speedscope.
    Speedscope,
    /// A profile as a picture.
    Picture,
}

impl fmt::Display for FileKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            FileKind::Proof => "the proof",
            FileKind::Opening => "the opening",
            FileKind::Trace => "the trace",
            FileKind::Key => "the key",
            FileKind::Powers => "the powers",
            FileKind::Ceremony => "the ceremony",
            FileKind::Program => "the program",
            FileKind::Constraints => "the constraints",
            FileKind::Names => "the names",
            FileKind::Contract => "the contract",
            FileKind::Calldata => "the calldata",
            FileKind::Verdicts => "the verdicts",
            FileKind::Coverage => "the coverage",
            FileKind::FoldedStacks => "the folded stacks",
            FileKind::Speedscope => "the speedscope profile",
            FileKind::Picture => "the picture",
        })
    }
}

impl FileKind {
    /// Who may read it. What holds every secret is for its owner alone.
    pub fn permissions(self) -> FilePermissions {
        match self {
            FileKind::Opening | FileKind::Trace => FilePermissions::OwnerOnly,
            FileKind::Proof
            | FileKind::Key
            | FileKind::Powers
            | FileKind::Ceremony
            | FileKind::Program
            | FileKind::Constraints
            | FileKind::Names
            | FileKind::Contract
            | FileKind::Calldata
            | FileKind::Verdicts
            | FileKind::Coverage
            | FileKind::FoldedStacks
            | FileKind::Speedscope
            | FileKind::Picture => FilePermissions::Inherited,
        }
    }
}

/// Files that are not written over: those that calling the same command again does not restore, or that the user gives
/// to others. How their names end, what they hold, and the only kind that may take their place.
const PROTECTED: [(&str, &str, Option<FileKind>); 7] = [
    (".prov", "a program", Some(FileKind::Program)),
    (".inputs.json", "inputs", None),
    (".pk", "a proving key", None),
    (".vk", "a verifying key", Some(FileKind::Key)),
    (
        ".powers",
        "the powers of a ceremony",
        Some(FileKind::Powers),
    ),
    (".ceremony", "a ceremony", Some(FileKind::Ceremony)),
    (".proof.json", "a proof", Some(FileKind::Proof)),
];

/// What a protected file holds, by its name, and the only kind that may take its place.
pub fn protected(path: &Path) -> Option<(&'static str, Option<FileKind>)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let mut all = PROTECTED.iter();
    let found = all.find(|(ending, ..)| name.ends_with(ending));
    found.map(|(_, holds, own)| (*holds, *own))
}

/// What a protected file holds, by its name.
pub fn protected_content(path: &Path) -> Option<&'static str> {
    protected(path).map(|(holds, _)| holds)
}
