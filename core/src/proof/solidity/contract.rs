//! The contract of a key and a program.

use super::Evaluation;
use super::coefficients::COEFFICIENTS;
use super::encoding::{constants, g1, g2};
use super::error::SolidityError;
use super::table::Table;
use super::template::{fill, literal, literals};
use crate::circuit::encoding::{Encoding, Entry, UNFETCHABLE};
use crate::circuit::field::FieldEncoding;
use crate::circuit::statement::check_lengths;
use crate::circuit::tuple::{MEMORY, Space};
use crate::lang::program::Program;
use crate::proof::transcript::{Hash, prefix};
use crate::proof::{Origin, VerifyingKey};

const CONTRACT: &str = include_str!("templates/contract.sol");
const TABLE: &str = include_str!("templates/table.sol");
const OPENING: &str = include_str!("templates/kzg.sol");
const DATA: &str = include_str!("templates/data.sol");

/// How each line of a contract begins that says where the key came from. They are all that depends on who exports it.
pub const ORIGIN: &str = "/// Origin of the key: ";

/// Entries from which on an opening takes less gas than a table. `docs/ethereum.md` has the figures.
const OPENING_FROM: usize = 620;

/// The most bytes of tables for which the compiled contract is below the 24,576 bytes of EIP-170.
const MOST_BYTES: usize = 15_000;

/// Whether an opening takes less gas than a table for programs of so many entries.
pub fn is_opening_cheaper(entries: usize) -> bool {
    (OPENING_FROM..=COEFFICIENTS).contains(&entries)
}

/// A contract that verifies proofs of one program under one key.
#[derive(Clone, Debug)]
pub struct Contract<'a> {
    key: &'a VerifyingKey,
    program: &'a Program,
    evaluation: Evaluation<'a>,
    tier: &'static str,
}

impl<'a> Contract<'a> {
    /// The contract for this key and this program.
    ///
    /// # Errors
    /// When the program does not fit in the key's circuit, in a contract, or in the setup.
    pub fn new(
        key: &'a VerifyingKey,
        program: &'a Program,
        evaluation: Evaluation<'a>,
    ) -> Result<Self, SolidityError> {
        let tier = key.tier().ok_or(SolidityError::UnknownCircuit)?.name;
        check_lengths(program, &[], &[], &key.capacities())?;
        let contract = Contract {
            key,
            program,
            evaluation,
            tier,
        };
        let entries = contract.entries();
        if matches!(evaluation, Evaluation::Opening(_)) && entries.len() > COEFFICIENTS {
            let entries = entries.len();
            return Err(SolidityError::TooLargeForOpening { entries });
        }
        let table = match evaluation {
            Evaluation::Table => Table::new(entries, key.capacities().program).bytes.len(),
            Evaluation::Opening(_) => 0,
        };
        let bytes = table + contract.data().len();
        if bytes > MOST_BYTES {
            let most = MOST_BYTES;
            return Err(SolidityError::TooLargeForCode { bytes, most });
        }
        Ok(contract)
    }

    /// The source, with this name for the contract. The origin is that of the key, if it is known; it is written down, and
    /// nothing else depends on it.
    ///
    /// # Errors
    /// When the name is none of Solidity's.
    pub fn source(&self, name: &str, origin: Option<Origin>) -> Result<String, SolidityError> {
        if !is_name(name) {
            return Err(SolidityError::Name);
        }
        let capacities = self.key.capacities();
        let capacity = capacities.program;
        let data = self.program.data();
        let with_data = |text: &str| match data.is_empty() {
            true => String::new(),
            false => text.to_string(),
        };
        let (input, output) = (cell(Space::Input, true), cell(Space::Output, true));
        let proof = match self.evaluation {
            Evaluation::Table => ("", 672),
            Evaluation::Opening(_) => (
                ",\n    /// the program's evaluation (32), and the opening that shows it (48, compressed)",
                752,
            ),
        };
        let public = [
            &self.key.circuit(),
            &self.key.digest(),
            &self.program.digest(),
        ];
        let slots = [
            ("program", self.evaluation_source()),
            ("data", with_data(&self.data_source())),
            ("header", self.header(origin)),
            ("name", name.to_string()),
            ("program_digest", digits(&self.program.digest())),
            ("key_digest", digits(&self.key.digest())),
            ("circuit_id", digits(&self.key.circuit())),
            ("most_words", capacities.rows.to_string()),
            ("proof_rest", proof.0.to_string()),
            ("proof_bytes", proof.1.to_string()),
            ("capacity", capacity.to_string()),
            (
                "capacity_bit",
                (1u64 << capacity.max(1).ilog2()).to_string(),
            ),
            ("empty_bits", format!("{UNFETCHABLE:#x}")),
            ("input_cell", input),
            ("output_cell", output),
            ("key", self.key_source()),
            ("transcript", literal(&prefix(public))),
            (
                "data_note",
                with_data(", and what belongs to the program's data"),
            ),
            (
                "data_call",
                with_data("        (numerator, denominator) = _data(x, numerator, denominator);\n"),
            ),
        ];
        Ok(fill(CONTRACT, &slots))
    }

    fn entries(&self) -> Vec<Entry> {
        Encoding::new(self.program).entries
    }

    /// What the contract is, and where its parts came from.
    fn header(&self, origin: Option<Origin>) -> String {
        let origin = match origin {
            Some(Origin::Made) => [
                "MADE ON ONE MACHINE. WHOEVER HAS THAT MACHINE CAN MAKE PROOFS OF FALSE STATEMENTS,",
                "and this contract accepts them. It is for tests, or for those who trust that one person with everything",
                "that the contract guards.",
            ]
            .map(|line| format!("{ORIGIN}{line}"))
            .join("\n"),
            Some(Origin::Imported) => format!(
                "{ORIGIN}imported. It is as trustworthy as the person who made it, who can make proofs of false statements."
            ),
            Some(origin @ Origin::Ceremony(_)) => {
                let shown = origin.to_string();
                format!("{ORIGIN}{}.", shown.replace("verified here", "verified by who exported this"))
            }
            None => format!(
                "{ORIGIN}a file, of which no more is known here. It is as trustworthy as the person who made it."
            ),
        };
        let evaluation = match self.evaluation {
            Evaluation::Table => "by Horner's rule over a table in the code",
            Evaluation::Opening(_) => {
                "by an opening of a commitment (EIP-4844's precompile and ceremony)"
            }
        };
        [
            "/// Verifies proofs of one program of the Provable VM, under one key. Written by `provable export solidity`".to_string(),
            format!("/// of version {}: it writes the same file again from the same program and key.", env!("CARGO_PKG_VERSION")),
            "///".to_string(),
            format!("/// Program: {}", hex::encode(self.program.digest())),
            format!("/// Evaluated {evaluation}, {} entries", self.entries().len()),
            format!("/// Key: {}", hex::encode(self.key.digest())),
            format!("/// Tier of the key: {}, circuit {}", self.tier, hex::encode(self.key.circuit())),
            origin,
        ]
        .join("\n")
    }

    /// The points of the key as constants. Those of G2 are negated, so that they stand on the side of e(A, B).
    fn key_source(&self) -> String {
        let key = self.key;
        let mut text = constants("ALPHA", &g1(&key.alpha));
        for (name, point) in [
            ("BETA", key.beta),
            ("KAPPA", key.kappa),
            ("GAMMA", key.gamma),
            ("DELTA", key.delta),
        ] {
            text.push_str(&constants(&format!("MINUS_{name}"), &g2(&-point)));
        }
        for (index, point) in key.statement().iter().enumerate() {
            text.push_str(&constants(&format!("S{index}"), &g1(point)));
        }
        text.trim_end().to_string()
    }

    fn evaluation_source(&self) -> String {
        let entries = self.entries();
        let count = ("entries", entries.len().to_string());
        let text = match self.evaluation {
            Evaluation::Table => {
                let table = Table::new(entries, self.key.capacities().program);
                let slots = [
                    count,
                    ("entry_bytes", table.entry.to_string()),
                    ("entries_after", table.after.to_string()),
                    ("table", literals(&table.bytes, 4 * table.entry, 12)),
                ];
                fill(TABLE, &slots)
            }
            Evaluation::Opening(setup) => {
                let entries = FieldEncoding::new(self.program).entries;
                let [bits, operands] = setup.commitments(&entries);
                let points = constants("BITS", &g1(&bits)) + &constants("OPERANDS", &g1(&operands));
                let slots = [count, ("commitments", points.trim_end().to_string())];
                fill(OPENING, &slots)
            }
        };
        text.trim_end().to_string()
    }

    fn data(&self) -> Vec<u8> {
        let words = self.program.data().iter();
        let bytes = words.flat_map(|(at, word)| [at.to_be_bytes(), word.to_be_bytes()].concat());
        bytes.collect()
    }

    fn data_source(&self) -> String {
        let [.., set] = MEMORY.fields else {
            return String::new();
        };
        let slots = [
            ("data_words", self.program.data().len().to_string()),
            ("data_table", literals(&self.data(), 32, 12)),
            ("heap_cell", cell(Space::Heap, false)),
            ("set", format!("{:#x}", 1u64 << set.shift)),
        ];
        fill(DATA, &slots)
    }
}

/// The constant part of a cell of the verifier's own: its space, and whether it is set.
fn cell(space: Space, is_set: bool) -> String {
    let [_, at_space, at_set] = MEMORY.fields else {
        return String::new();
    };
    let set = u64::from(is_set) << at_set.shift;
    format!("{:#x}", ((space as u64) << at_space.shift) + set)
}

fn digits(hash: &Hash) -> String {
    format!("0x{}", hex::encode(hash))
}

/// Whether this can be the name of a contract. Words of the language are left to its compiler.
fn is_name(name: &str) -> bool {
    let first = name.bytes().next();
    first.is_some_and(|byte| byte.is_ascii_alphabetic())
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
