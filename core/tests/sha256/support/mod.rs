//! A circuit with a SHA-256 table, honest rows, and the memory around them.

pub mod recount;

use ark_bls12_381::Fr;
use ark_ff::{Field, UniformRand, Zero};
use provable::circuit::execution_trace::Cell;
use provable::circuit::execution_trace::Compression;
use provable::circuit::field::pow2;
use provable::circuit::layout::statement;
use provable::circuit::sha256;
use provable::circuit::statement::Challenges;
use provable::circuit::tuple::Space;
use provable::circuit::{Capacities, Circuit, ExecutionTrace, Family};
use provable::lang::program::{Program, assemble};
use provable::vm::{Inputs, Limits};
use rand::rngs::OsRng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The initial state of SHA-256 (FIPS 180-4, section 5.3.3).
pub const INITIAL: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// A circuit with this many rows for SHA-256.
pub fn capacities(sha256: usize, range_bits: u32) -> Capacities {
    Capacities {
        rows: 4,
        program: 4,
        range_bits,
        heap: 1,
        stack: 1,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
        sha256,
    }
}

/// A circuit with two rows for SHA-256. Its words have four limbs.
pub static CIRCUIT: LazyLock<Circuit> = LazyLock::new(|| Circuit::new(capacities(2, 8)).unwrap());

/// The library's compression function.
pub fn compress(state: [u32; 8], block: [u32; 16]) -> [u32; 8] {
    let bytes: Vec<u8> = block.iter().flat_map(|word| word.to_be_bytes()).collect();
    let (mut state, block) = (
        state,
        sha2::digest::generic_array::GenericArray::clone_from_slice(&bytes),
    );
    sha2::compress256(&mut state, &[block]);
    state
}

/// The place of a compression in a run: its time, and the addresses of its words.
#[derive(Clone, Copy)]
pub struct Place {
    pub time: u32,
    pub state: u32,
    pub block: u32,
}

/// A memory tuple: time, space, set, value, address.
pub type Tuple = [Fr; 5];

pub fn tuple(
    time: u32,
    space: Space,
    set: bool,
    value: impl Into<Fr>,
    address: impl Into<Fr>,
) -> Tuple {
    [
        Fr::from(time),
        Fr::from(space as u64),
        Fr::from(u64::from(set)),
        value.into(),
        address.into(),
    ]
}

/// Rows of the table, and the memory around them.
pub struct Case {
    pub circuit: Circuit,
    pub assignment: Vec<Fr>,
    program: Program,
    compressions: Vec<Compression>,
    /// What step rows put and take: the tuples, with the number of times that each is put.
    pub outside: Vec<(Tuple, i64)>,
    heap: BTreeMap<u32, Cell>,
    /// Values of the heap at the end that are not those of the interpreter.
    claimed: BTreeMap<u32, Fr>,
}

impl Case {
    /// No row is active.
    pub fn new(circuit: &Circuit) -> Self {
        let mut case = Case {
            circuit: circuit.clone(),
            assignment: Vec::new(),
            program: assemble("HALT").program.unwrap(),
            compressions: Vec::new(),
            outside: Vec::new(),
            heap: BTreeMap::new(),
            claimed: BTreeMap::new(),
        };
        case.commit();
        case
    }

    /// One honest row.
    pub fn of(circuit: &Circuit, state: [u32; 8], block: [u32; 16]) -> Self {
        let mut case = Case::new(circuit);
        let place = Place {
            time: 9,
            state: 100,
            block: 200,
        };
        case.store(place.state, &state, 2);
        case.store(place.block, &block, 3);
        case.request(place);
        case.commit();
        case
    }

    /// A row like this puts words into the heap.
    pub fn store(&mut self, address: u32, words: &[u32], time: u32) {
        for (address, word) in (address..).zip(words) {
            let value = u64::from(*word);
            let before = self.heap.insert(address, Cell { value, time });
            assert!(before.is_none());
            self.outside
                .push((tuple(time, Space::Heap, true, value, address), 1));
        }
    }

    /// A step row requests a compression, and the interpreter executes it.
    pub fn request(&mut self, place: Place) {
        let Place { time, state, block } = place;
        self.outside
            .push((tuple(time, Space::Request, true, block, state), 1));
        let read = |heap: &BTreeMap<u32, Cell>, address: u32| heap[&address];
        let compression = Compression {
            time,
            block_address: block,
            state_address: state,
            block: std::array::from_fn(|word| read(&self.heap, block + word as u32)),
            state: std::array::from_fn(|word| read(&self.heap, state + word as u32)),
        };
        let new = compress(
            compression.state.map(|cell| cell.value as u32),
            compression.block.map(|cell| cell.value as u32),
        );
        for (address, cell) in (block..).zip(compression.block) {
            self.heap.insert(address, Cell { time, ..cell });
        }
        for (address, word) in (state..).zip(new) {
            self.heap.insert(
                address,
                Cell {
                    time,
                    value: word.into(),
                },
            );
        }
        self.compressions.push(compression);
    }

    /// Writes the committed block.
    pub fn commit(&mut self) {
        let inputs = Inputs::default();
        let mut trace = ExecutionTrace::new(&self.program, &inputs, Limits::default()).unwrap();
        trace.compressions.clone_from(&self.compressions);
        self.assignment = trace.commit(&self.circuit.layout).unwrap();
    }

    /// The words of the state at the end, as the heap has them.
    pub fn result(&self) -> Vec<u32> {
        let address = self.compressions[0].state_address;
        (address..address + 8)
            .map(|address| self.heap[&address].value as u32)
            .collect()
    }

    /// The variable of a named column of the first row.
    pub fn column(&self, name: &str) -> usize {
        let layout = &self.circuit.layout;
        let names = sha256::names(layout.capacities.word_limbs());
        let column = names.iter().position(|other| other == name);
        layout
            .sha256
            .at(0, column.unwrap_or_else(|| panic!("no column {name}")))
            .0 as usize
    }

    pub fn get(&self, name: &str) -> Fr {
        self.assignment[self.column(name)]
    }

    pub fn set(&mut self, name: &str, value: impl Into<Fr>) {
        let column = self.column(name);
        self.assignment[column] = value.into();
    }

    /// Commits a word under its name, in pieces or in limbs, with consistent spread forms.
    pub fn set_word(&mut self, name: &str, word: u32) {
        let limbs = self.circuit.layout.capacities.word_limbs();
        let names = sha256::names(limbs);
        let bits = self.circuit.layout.capacities.range_bits;
        for limb in 0..limbs as u32 {
            let column = format!("{name} limb {limb}");
            if names.contains(&column) {
                self.set(
                    &column,
                    u64::from(word) >> (bits * limb) & ((1 << bits) - 1),
                );
            }
        }
        let begins: Vec<u32> = (0..32)
            .filter(|bit| names.contains(&format!("{name} bit {bit}")))
            .collect();
        for (index, bit) in begins.iter().enumerate() {
            let end = begins.get(index + 1).copied().unwrap_or(32);
            let piece = word >> bit & ((1u64 << (end - bit)) - 1) as u32;
            self.set(&format!("{name} bit {bit}"), piece);
            if end - bit > 1 {
                self.set(&format!("{name} bit {bit} spread"), sha256::spread(piece));
            }
        }
    }

    /// The heap at the end has another value than the row made.
    pub fn change_result(&mut self, word: u32, value: u64) {
        let address = self.compressions[0].state_address + word;
        if let Some(cell) = self.heap.get_mut(&address) {
            cell.value = value;
        }
    }

    /// The heap at the end has what the first row says: a malicious prover reads the result from there.
    pub fn agree(&mut self) {
        let capacities = self.circuit.layout.capacities;
        let address = self.compressions[0].state_address;
        let names = [
            "a 64", "result 1", "result 2", "result 3", "e 64", "result 5", "result 6", "result 7",
        ];
        for (address, name) in (address..).zip(names) {
            let limb = |limb: usize| {
                self.get(&format!("{name} limb {limb}")) * pow2(capacities.range_bits * limb as u32)
            };
            let value = (0..capacities.word_limbs()).map(limb).sum();
            self.claimed.insert(address, value);
        }
    }

    /// The families that refuse the assignment, whatever multiplicities a malicious prover chooses. The memory at the
    /// end is what the heap says.
    pub fn violations(&mut self) -> BTreeSet<Family> {
        let end: Vec<_> = self
            .heap
            .iter()
            .map(|(address, cell)| {
                (
                    tuple(
                        cell.time,
                        Space::Heap,
                        true,
                        self.claimed
                            .get(address)
                            .copied()
                            .unwrap_or(Fr::from(cell.value)),
                        *address,
                    ),
                    -1,
                )
            })
            .collect();
        let outside: Vec<_> = self.outside.iter().cloned().chain(end).collect();
        self.violations_with(&outside)
    }

    /// The same, with all that is outside the table given.
    pub fn violations_with(&mut self, outside: &[(Tuple, i64)]) -> BTreeSet<Family> {
        let layout = &self.circuit.layout;
        self.assignment.truncate(layout.committed_end());
        let [gamma, beta, rho] = [(); 3].map(|()| Fr::rand(&mut OsRng));
        let challenges = Challenges { gamma, beta, rho };
        let mut values = provable::circuit::statement::statement(
            &self.program,
            &[],
            &[],
            &layout.capacities,
            &challenges,
        )
        .unwrap();
        for ([time, space, set, value, address], times) in outside {
            let tuple =
                *time + *space * pow2(24) + *set * pow2(32) + beta * (*value + beta * address);
            let term = (gamma - tuple).inverse().unwrap();
            values[statement::LEN - 1] += term * Fr::from(*times);
        }
        self.assignment[1..=statement::LEN].copy_from_slice(&values);
        recount::recount(&self.circuit, &mut self.assignment);
        self.circuit.derive(&mut self.assignment);
        self.violated()
    }

    /// The families of the constraints that do not hold.
    pub fn violated(&self) -> BTreeSet<Family> {
        let products = self.circuit.matrices.products();
        let mut violations = BTreeSet::new();
        for (row, family) in self.circuit.families.iter().enumerate() {
            let [a, b, c] = [0, 1, 2].map(|matrix| products.dot(matrix, row, &self.assignment));
            if !(a * b - c).is_zero() {
                violations.insert(*family);
            }
        }
        violations
    }
}
