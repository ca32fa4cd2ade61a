//! The independent checker accepts the traces of honest runs, and refuses broken traces with the reason.

use crate::support::checker::{Claimed, Fault, Row, check, rows};
use crate::support::malicious_prover::MaliciousProver;
use crate::support::mutation_search::rewritten_runs::{self, Run};
use crate::support::mutation_search::sha256_programs;
use crate::support::random_programs::{program, word};
use crate::support::{PROGRAMS, assemble, tiny, with_sha256};
use provable::circuit::ExecutionTrace;
use provable::circuit::Layout;
use provable::circuit::field::FieldEncoding;
use provable::circuit::tier::Tier;
use provable::lang::program::Program;
use provable::vm::{Inputs, Limits};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeSet;
use std::path::Path;

/// The control bits of a row, in a circuit with a table of SHA-256.
const BITS: usize = 15;

/// The rows that an honest prover commits to, and the output.
fn honest(program: &Program, inputs: &Inputs, layout: &Layout) -> Option<(Vec<Row>, Vec<u32>)> {
    // A row may be several steps.
    let limits = Limits {
        max_steps: 20 * layout.capacities.rows as u64,
        ..Limits::default()
    };
    let trace = ExecutionTrace::new(program, inputs, limits).ok()?;
    let assignment = trace.commit(layout).ok()?;
    Some((rows(layout, &assignment), trace.outputs.clone()))
}

fn judge(program: &Program, input: &[u32], output: &[u32], rows: &[Row]) -> Result<(), Fault> {
    let claimed = Claimed {
        program: program.instructions(),
        data: program.data(),
        input,
        output,
    };
    check(claimed, rows)
}

#[test]
fn the_checker_accepts_the_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "prov") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let program: Program = text.parse().unwrap();
        let inputs = std::fs::read_to_string(path.with_extension("inputs.json"));
        let inputs = inputs.map_or_else(|_| Inputs::default(), |t| Inputs::from_json(&t).unwrap());
        let trace = ExecutionTrace::new(&program, &inputs, Limits::default()).unwrap();
        let tier = Tier::smallest(&trace.usage()).unwrap().tier;
        let layout = Layout::new(tier.capacities);
        let (rows, output) = honest(&program, &inputs, &layout).unwrap();
        let judged = judge(&program, &inputs.public, &output, &rows);
        assert_eq!(judged, Ok(()), "{}", path.display());
        // Another output is another statement.
        let mut other = output.clone();
        other.push(0);
        assert!(judge(&program, &inputs.public, &other, &rows).is_err());
        seen += 1;
    }
    assert!(seen >= 16, "{seen} examples");
}

#[test]
fn the_checker_accepts_honest_traces() {
    let layout = tiny().layout;
    let mut executed = BTreeSet::new();
    let mut valid = |program: &Program, inputs: &Inputs| {
        let Some((rows, output)) = honest(program, inputs, &layout) else {
            return false;
        };
        let judged = judge(program, &inputs.public, &output, &rows);
        assert_eq!(judged, Ok(()), "{program:?}, {inputs:?}");
        let encoding = FieldEncoding::new(program);
        let pcs: BTreeSet<i64> = rows.iter().filter_map(|row| row.pc).collect();
        for (index, instruction) in program.instructions().iter().enumerate() {
            let (_, places) = encoding.group(index).unwrap();
            if pcs.contains(&places.start.into()) {
                executed.insert(instruction.op);
            }
        }
        true
    };
    for (name, text, public, secret) in PROGRAMS {
        let inputs = Inputs {
            public: public.to_vec(),
            secret: secret.to_vec(),
        };
        assert!(valid(&assemble(text), &inputs), "{name}");
    }
    let mut rng = StdRng::seed_from_u64(1);
    let mut halted = 0;
    for _ in 0..20_000 {
        let program = program(&mut rng);
        let inputs = Inputs {
            public: (0..rng.gen_range(0..3)).map(|_| word(&mut rng)).collect(),
            secret: (0..rng.gen_range(0..4)).map(|_| word(&mut rng)).collect(),
        };
        halted += usize::from(valid(&program, &inputs));
    }
    assert!(halted > 300, "{halted} runs");
    // All but SHA256, which the test below has.
    assert_eq!(executed.len(), provable::lang::isa::SPECS.len() - 1);
}

#[test]
fn the_checker_accepts_honest_traces_with_sha256() {
    let circuit = with_sha256();
    let mut rng = StdRng::seed_from_u64(1);
    for _ in 0..60 {
        let run = sha256_programs::draw(&circuit, &mut rng).unwrap();
        let inputs = Inputs {
            public: run.public.clone(),
            secret: run.secret.clone(),
        };
        let (rows, output) = honest(&run.program, &inputs, &circuit.layout).unwrap();
        assert_eq!(judge(&run.program, &[], &output, &rows), Ok(()), "{run:?}");
        // Another output, and an execution that the row does not request.
        let mut other = output.clone();
        other[0] ^= 1;
        assert!(judge(&run.program, &[], &other, &rows).is_err());
        let hash = BITS - 1;
        let mut silent = rows.clone();
        let row = silent.iter_mut().find(|row| row.bits[hash] == Some(1));
        row.unwrap().bits[hash] = Some(0);
        let judged = judge(&run.program, &[], &output, &silent);
        let why = "another instruction than the program's";
        assert_eq!(judged.unwrap_err().why, why);
    }
}

/// The rows do what their instructions do, as far as there is a result: a trap at SHA256 has none.
#[test]
fn the_checker_refuses_every_trap_of_sha256() {
    let circuit = with_sha256();
    let mut rng = StdRng::seed_from_u64(1);
    let mut found = BTreeSet::new();
    for _ in 0..60 {
        let (program, inputs) = sha256_programs::trapping(&circuit, &mut rng);
        let run = Run {
            program,
            public: vec![],
            secret: inputs.secret.clone(),
            outputs: vec![],
        };
        let attempt = rewritten_runs::write(&circuit, &run, None, |_, _| {});
        let rows = rows(&circuit.layout, &attempt.case.assignment);
        let judged = judge(&run.program, &[], &[], &rows);
        found.insert(judged.unwrap_err().why);
    }
    let expected = [
        "a SHA256 of what was never stored",
        "a state and a block with a word in common",
        "a word past the last address",
    ];
    assert!(found.is_superset(&BTreeSet::from(expected)), "{found:?}");
}

/// Words that another state or block leaves, another time of its cells, one word on the stack.
#[test]
fn the_checker_refuses_broken_traces_of_sha256_with_the_reason() {
    let circuit = with_sha256();
    let data = (0..24).map(|word| (word + 10, word * 7));
    let text = "PUSH 10,PUSH 18,SHA256,LOADX 3,WRITE";
    let program = assemble(text).with_data(data.clone());
    let (honest, output) = honest(&program, &Inputs::default(), &circuit.layout).unwrap();
    let changes: [(Break, usize, &str); 4] = [
        (
            |rows| rows[3].result = Some(5),
            3,
            "r is not what the instruction finds or computes",
        ),
        (|rows| rows[3].age = Some(3), 3, "a cell of another time"),
        (
            |rows| rows[2].fill = Some(11),
            2,
            "a pop fills another word than the one below",
        ),
        (|rows| rows[3].top = Some(18), 3, "top is not the top word"),
    ];
    for (change, row, why) in changes {
        let mut rows = honest.clone();
        change(&mut rows);
        let judged = judge(&program, &[], &output, &rows);
        assert_eq!(judged, Err(Fault { row, why }));
    }
    // A circuit without the table has no column for the bit.
    let mut rows = honest;
    rows.iter_mut().for_each(|row| row.bits.truncate(BITS - 1));
    let why = "another instruction than the program's";
    let judged = judge(&program, &[], &output, &rows);
    assert_eq!(judged, Err(Fault { row: 2, why }));
}

/// A change to the rows of an honest run.
type Break = fn(&mut Vec<Row>);

/// Program, public input, the change, the row in which it is found, the reason.
#[rustfmt::skip]
const BROKEN: &[(&str, &[u32], Break, usize, &str)] = &[
    ("PUSH 1", &[], |rows| rows[0].flag = Some(1), 0, "flag is not the carry flag"),
    ("PUSH 1", &[], |rows| rows[0].top = Some(0), 0, "top is not the top word"),
    ("PUSH 1,PUSH 2,ADD", &[], |rows| rows[1].result = Some(4), 1, "r is not what the instruction finds or computes"),
    ("PUSH 1,PUSH 2,ADD", &[], |rows| rows[1].fill = Some(4), 1, "fill is not the top on which the row works"),
    ("PUSH 1,PUSH 2,ADD", &[], |rows| rows[2].top = Some(4), 2, "top is not the top word"),
    ("PUSH 1,PUSH 2,ADD", &[], |rows| rows[1].carry = Some(1), 1, "a wrong carry"),
    ("PUSH 1,PUSH 2,NOP,ADD", &[], |rows| rows[3].result = Some(4), 3, "r is not what the instruction finds or computes"),
    ("PUSH 1,PUSH 2,NOP,ADD", &[], |rows| rows[3].carry = Some(1), 3, "a wrong carry"),
    ("PUSH 1,PUSH 2,NOP,LT", &[], |rows| rows[4].top = Some(0), 4, "top is not the top word"),
    ("PUSH 6,PUSH 2,NOP,DIV", &[], |rows| rows[3].fill = Some(7), 3, "a pop fills another word than the one below"),
    ("PUSH 6,DIV 2", &[], |rows| rows[1].operand = Some(5 + (3 << 36)), 1, "another operand than the program's"),
    ("PUSH 6,DUP 0,MUL 2", &[], |rows| rows[1].fill = Some(7), 1, "a push spills another word than the top"),
    ("PUSH 6,DUP 0,STORE 2", &[], |rows| rows[1].result = Some(6), 1, "r is not what the instruction finds or computes"),
    ("PUSH 6,SWAP 0", &[], |rows| rows[1].fill = Some(5), 1, "fill is not the top on which the row works"),
    ("PUSH 6,DUP 0", &[], |rows| rows[1].carry = Some(1), 1, "a wrong carry"),
    ("PUSH 6,PUSH 5,PUT 1,LOADX 1", &[], |rows| rows[3].fill = Some(5), 3, "fill is not the top on which the row works"),
    ("PUSH 6,PUSH 5,PUT 1,LOADX 1", &[], |rows| rows[3].result = Some(6), 3, "r is not what the instruction finds or computes"),
    ("PUSH 6,PUSH 5,PUT 1,LOADX 1", &[], |rows| rows[2].fill = Some(5), 2, "a pop fills another word than the one below"),
    ("PUSH 6,HALT", &[], |rows| rows[1].fill = Some(5), 1, "fill is not the top on which the row works"),
    ("PUSH 6,PUSH 7,POP", &[], |rows| rows[1].fill = Some(5), 1, "a push spills another word than the top"),
    ("PUSH 6,PUSH 7,POP", &[], |rows| rows[1].fill_age = Some(1), 1, "a push before its time"),
    ("PUSH 6,PUSH 7,POP", &[], |rows| rows[2].fill_age = Some(1), 2, "a cell of another time"),
    ("PUSH 6,PUSH 7,POP", &[], |rows| rows[3].depth = Some(2), 3, "depth is not the stack's"),
    ("PUSH 6,JZ 0", &[], |rows| rows[2].pc = Some(0), 2, "pc is not the next instruction's"),
    ("PUSH 6,PUSH 1", &[], |rows| rows[1].result = Some(0), 1, "r is not what the instruction finds or computes"),
    ("PUSH 6,NOT", &[], |rows| rows[1].result = Some(6), 1, "r is not what the instruction finds or computes"),
    ("PUSH 6,PUSH 1,NOP,STORE", &[], |rows| rows[5].pc = Some(6), 5, "pc is not the next instruction's"),
    ("PUSH 6,NOP", &[], |rows| rows[1].bits[3] = Some(1), 1, "another instruction than the program's"),
    ("PUSH 6,NOP", &[], |rows| rows[1].bits[3] = None, 1, "another instruction than the program's"),
    ("PUSH 6,NOP", &[], |rows| rows[0].operand = Some(5), 0, "another operand than the program's"),
    ("PUSH 6,STORE 1,PUSH 7,STORE 1,NOP,LOAD 1", &[], |rows| rows[5].result = Some(6), 5, "r is not what the instruction finds or computes"),
    ("PUSH 6,STORE 1,PUSH 7,STORE 1,NOP,LOAD 1", &[], |rows| rows[5].age = Some(2), 5, "a cell of another time"),
    ("PUSH 6,STORE 1,PUSH 7,STORE 1,LOAD 1", &[], |rows| rows[1].set = Some(1), 1, "a wrong set bit"),
    ("PUSH 1,PUSH 2,SWAP 1,DUP 1", &[], |rows| rows[3].age = Some(1), 3, "a cell of another time"),
    ("CALL 2,HALT,RET", &[], |rows| rows[0].fill = Some(2), 0, "a call leaves another address"),
    ("CALL 2,HALT,RET", &[], |rows| rows[1].fill = Some(2), 1, "a return to another address"),
    ("CALL 2,HALT,RET", &[], |rows| rows[1].fill_age = Some(1), 1, "a cell of another time"),
    ("CALL 2,HALT,RET", &[], |rows| rows[1].calls = Some(0), 1, "calls is not the open calls'"),
    ("READ,READ", &[5, 6], |rows| rows[1].result = Some(5), 1, "r is not what the instruction finds or computes"),
    ("READ,READ", &[5, 6], |rows| rows[1].read = Some(0), 1, "read is not the words read so far"),
    ("READ,WRITE", &[5], |rows| rows[2].written = Some(0), 2, "written is not the words written so far"),
    ("SECRET", &[], |rows| rows[0].result = Some(1 << 32), 0, "a secret that is no word"),
    ("NOP,HALT", &[], |rows| rows[31].pc = Some(2), 31, "pc is not the next instruction's"),
    ("NOP,HALT", &[], |rows| rows[31].bits[3] = Some(0), 31, "another instruction than the program's"),
    ("NOP,NOP,HALT", &[], |rows| rows.truncate(2), 1, "the last row has not halted"),
    ("NOP,NOP,HALT", &[], |rows| rows.swap(0, 1), 0, "pc is not the next instruction's"),
];

#[test]
fn the_checker_refuses_broken_traces_with_the_reason() {
    let layout = tiny().layout;
    for (index, (text, input, change, row, why)) in BROKEN.iter().enumerate() {
        let program = assemble(text);
        let inputs = Inputs {
            public: input.to_vec(),
            secret: vec![7],
        };
        let (mut rows, output) = honest(&program, &inputs, &layout).unwrap();
        change(&mut rows);
        let judged = judge(&program, input, &output, &rows);
        let expected = Err(Fault { row: *row, why });
        assert_eq!(judged, expected, "number {index}, {text}");
    }
}

/// A trap has no valid trace. Here the malicious prover claims one.
#[test]
fn the_checker_refuses_every_trap() {
    let circuit = tiny();
    for (text, input, why) in [
        ("POP", &[][..], "too few words on the stack"),
        ("PUSH 1,ADD", &[], "too few words on the stack"),
        ("PUSH 1,PUSH 2,DUP 2", &[], "too few words on the stack"),
        ("PUSH 1,PUSH 0,DIV", &[], "a division by zero"),
        ("PUSH 1,PUSH 32,SHL", &[], "a shift by 32 or more"),
        ("PUSH 1,ROTL 32", &[], "a shift by 32 or more"),
        ("PUSH 1,PUSH 32,NOP,ROTR", &[], "a shift by 32 or more"),
        ("ADD 1", &[], "too few words on the stack"),
        ("DUP 0,ADD 1", &[], "too few words on the stack"),
        ("DUP 0,STORE 1", &[], "too few words on the stack"),
        ("PUSH 1,PUT 0", &[], "too few words on the stack"),
        ("PUSH 0,LOADX 4294967295", &[], "a distance to no address"),
        ("PUSH 5,EQ 0,ASSERT", &[], "a failed ASSERT"),
        ("PUSH 0,ASSERT", &[], "a failed ASSERT"),
        ("LOAD 7", &[], "a LOAD of what was never stored"),
        ("RET", &[], "a RET without a CALL"),
        ("JMP 9", &[], "a jump to a place outside the program"),
        ("READ", &[], "a READ past the end of the input"),
        ("HALT", &[1], "public input is left unread"),
    ] {
        let inputs = Inputs {
            public: input.to_vec(),
            secret: vec![],
        };
        let program = assemble(text);
        let mut found = BTreeSet::new();
        for seed in 0..20 {
            let mut rng = StdRng::seed_from_u64(seed);
            let Some(attempt) =
                MaliciousProver::attempt(&circuit, &program, &inputs, None, &mut rng)
            else {
                continue;
            };
            let rows = rows(&circuit.layout, &attempt.case.assignment);
            let judged = judge(&program, input, &attempt.case.outputs, &rows);
            found.insert(judged.unwrap_err().why);
        }
        assert!(found.contains(why), "{text}: {found:?}");
    }
}
