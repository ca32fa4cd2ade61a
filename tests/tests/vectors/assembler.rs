//! Texts with the programs that they are: instructions, data, digest, and entries of the program table; and texts that are
//! refused.

use crate::folder::lines;
use crate::texts;
use provable::Program;
use provable::circuit::encoding::Encoding;
use provable::lang::isa::{OperandKind, SPECS};
use provable::lang::program::assemble;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

/// The file.
pub fn vectors() -> Vec<u8> {
    let mut accepted: Vec<(String, String)> = texts::accepted();
    accepted.extend(
        texts::PROVED
            .iter()
            .map(|run| (run.0.to_owned(), run.1.to_owned())),
    );
    accepted.extend(random());
    let accepted = accepted.iter().map(|(name, text)| {
        let program = assemble(text).program;
        let program = program.unwrap_or_else(|| panic!("{name} is no plain text"));
        described(name, text, &program)
    });
    let refused = texts::refused().into_iter().map(|(name, text)| {
        let program = text.parse::<Program>();
        assert!(program.is_err(), "{name} is accepted");
        json!({ "name": name, "text": text, "reason": "program-text" })
    });
    lines(&[
        ("accepted", accepted.collect()),
        ("refused", refused.collect()),
    ])
}

fn described(name: &str, text: &str, program: &Program) -> Value {
    let instructions = program.instructions().iter();
    let instructions: Vec<Value> = instructions
        .map(|one| json!([one.op as u8, one.operand]))
        .collect();
    let entries = Encoding::<i128>::new(program).entries;
    let entries = entries
        .iter()
        .map(|one| json!([one.bits, one.operand.to_string()]));
    json!({
        "name": name,
        "text": text,
        "instructions": instructions,
        "data": program.data(),
        "digest": hex::encode(program.digest()),
        "entries": entries.collect::<Vec<_>>(),
    })
}

/// Programs of instructions that often share a row, with jumps in between. They need not halt.
fn random() -> Vec<(String, String)> {
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let mut all = Vec::new();
    for number in 0..60 {
        let length = rng.gen_range(4..32);
        let mut text = String::new();
        for _ in 0..length {
            text += &line(&mut rng, length);
        }
        all.push((format!("random-{number}"), text));
    }
    all
}

fn line(rng: &mut ChaCha20Rng, length: u32) -> String {
    const OFTEN: [&str; 24] = [
        "DUP", "DUP", "DUP 1", "DUP 2", "DUP 3", "SWAP", "SWAP", "PUSH 5", "PUSH 27", "PUSH 0",
        "SHL 5", "SHR 27", "SHL", "SHR", "OR", "XOR", "ADD", "STORE", "STORE", "LOAD", "STORE 9",
        "LOAD 9", "EQ 0", "ASSERT",
    ];
    if rng.gen_bool(0.75) {
        return format!("{}\n", OFTEN[rng.gen_range(0..OFTEN.len())]);
    }
    let spec = SPECS[rng.gen_range(0..SPECS.len())];
    let has = match spec.operand {
        OperandKind::None => false,
        OperandKind::Word | OperandKind::Target => true,
        _ => rng.gen_bool(0.5),
    };
    if !has {
        return format!("{}\n", spec.mnemonic);
    }
    let operand = match spec.operand {
        OperandKind::Target => rng.gen_range(0..length + 3),
        _ if rng.gen_bool(0.5) => rng.gen_range(0..40),
        _ => rng.r#gen(),
    };
    format!("{} {operand}\n", spec.mnemonic)
}
