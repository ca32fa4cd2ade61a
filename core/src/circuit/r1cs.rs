//! Exports the constraints of a circuit for other tools: the binary format `.r1cs` of circom and snarkjs (iden3,
//! "Binary format for R1CS", version 1), and beside it the names of families and columns as JSON.
//!
//! Wire 0 is the constant one. Wires 1 to 5 are the statement (public inputs). Then come the committed block (private
//! inputs) and the derived variables. So the number of a wire is the index of the variable.

use super::Circuit;
use super::layout::{names, statement};
use ark_bls12_381::Fr;
use ark_ff::{BigInteger, PrimeField};
use serde::Serialize;
use std::io::{self, Write};

/// Bytes of a field element.
const FIELD_BYTES: usize = 32;
const HEADER: u32 = 1;
const CONSTRAINTS: u32 = 2;
const LABELS: u32 = 3;

impl Circuit {
    /// Writes the constraints as an `.r1cs` file.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write_r1cs(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"r1cs")?;
        numbers(out, [1, 3])?;
        self.write_header(out)?;
        self.write_constraints(out)?;
        section(out, LABELS, 8 * self.variables as u64)?;
        for wire in 0..self.variables as u64 {
            out.write_all(&wire.to_le_bytes())?;
        }
        Ok(())
    }

    fn write_header(&self, out: &mut impl Write) -> io::Result<()> {
        let committed = self.layout.committed_end() - self.layout.committed_start();
        section(out, HEADER, (4 + FIELD_BYTES + 4 * 4 + 8 + 4) as u64)?;
        numbers(out, [FIELD_BYTES as u32])?;
        out.write_all(&Fr::MODULUS.to_bytes_le())?;
        // Numbers of wires, public outputs, public inputs and private inputs.
        let wires = self.variables as u32;
        numbers(out, [wires, 0, statement::LEN as u32, committed as u32])?;
        out.write_all(&(self.variables as u64).to_le_bytes())?;
        numbers(out, [self.matrices.constraints() as u32])
    }

    fn write_constraints(&self, out: &mut impl Write) -> io::Result<()> {
        let matrices = &self.matrices;
        let rows = matrices.constraints();
        let terms: usize = matrices.abc.iter().map(|matrix| matrix.columns.len()).sum();
        let bytes = 4 * 3 * rows + (4 + FIELD_BYTES) * terms;
        section(out, CONSTRAINTS, bytes as u64)?;
        let bytes = |value: &Fr| value.into_bigint().to_bytes_le();
        let coefficients: Vec<Vec<u8>> = matrices.coefficients.iter().map(bytes).collect();
        for row in 0..rows {
            for matrix in &matrices.abc {
                numbers(out, [matrix.row(row).count() as u32])?;
                for (wire, coefficient) in matrix.row(row) {
                    numbers(out, [wire])?;
                    let bytes = coefficients.get(coefficient as usize);
                    out.write_all(bytes.map_or(&[0; FIELD_BYTES], |bytes| bytes.as_slice()))?;
                }
            }
        }
        Ok(())
    }

    /// The names that belong to the `.r1cs` file, as JSON: those of the statement's wires, of the blocks of committed
    /// wires and their columns, and of the family of each constraint.
    pub fn r1cs_names(&self) -> String {
        let mut families: Vec<FamilyRange> = Vec::new();
        for (constraint, family) in self.families.iter().enumerate() {
            let name = format!("{family:?}");
            match families.last_mut() {
                Some(last) if last.family == name => last.constraints += 1,
                _ => families.push(FamilyRange {
                    family: name,
                    purpose: family.purpose(),
                    first_constraint: constraint,
                    constraints: 1,
                }),
            }
        }
        let blocks = self
            .layout
            .blocks()
            .into_iter()
            .filter(|block| block.rows > 0);
        let blocks = blocks.map(|block| BlockNames {
            block: block.name,
            first_wire: block.start(),
            rows: block.rows,
            columns: self.layout.column_names(block),
        });
        let names = Names {
            circuit: hex::encode(self.id()),
            statement: names::STATEMENT,
            blocks: blocks.collect(),
            first_derived_wire: self.layout.committed_end(),
            families,
        };
        // Strings and integers always have a JSON form.
        serde_json::to_string_pretty(&names).unwrap_or_default() + "\n"
    }
}

/// The names that belong to an `.r1cs` file.
#[derive(Serialize)]
struct Names {
    /// The circuit's identity, in hexadecimal digits.
    circuit: String,
    /// The names of wires 1 to 5.
    statement: [&'static str; statement::LEN],
    blocks: Vec<BlockNames>,
    first_derived_wire: usize,
    /// In the order of the constraints.
    families: Vec<FamilyRange>,
}

/// A block of wires: `rows` rows with one wire for each column.
#[derive(Serialize)]
struct BlockNames {
    block: &'static str,
    first_wire: usize,
    rows: usize,
    columns: Vec<String>,
}

/// Consecutive constraints of one family.
#[derive(Serialize)]
struct FamilyRange {
    family: String,
    purpose: &'static str,
    first_constraint: usize,
    constraints: usize,
}

fn numbers<const N: usize>(out: &mut impl Write, numbers: [u32; N]) -> io::Result<()> {
    numbers
        .iter()
        .try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

fn section(out: &mut impl Write, kind: u32, bytes: u64) -> io::Result<()> {
    numbers(out, [kind])?;
    out.write_all(&bytes.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::circuit::tier::TIERS;
    use ark_ff::Zero;

    /// Reads a file by the specification alone, independent of the code that wrote it.
    struct Reader<'a>(&'a [u8]);

    impl Reader<'_> {
        fn bytes(&mut self, count: usize) -> &[u8] {
            let (bytes, rest) = self.0.split_at(count);
            self.0 = rest;
            bytes
        }

        fn u32(&mut self) -> u32 {
            u32::from_le_bytes(self.bytes(4).try_into().unwrap())
        }

        fn u64(&mut self) -> u64 {
            u64::from_le_bytes(self.bytes(8).try_into().unwrap())
        }
    }

    #[test]
    fn the_file_read_back_has_the_circuits_constraints() {
        let circuit = Circuit::new(TIERS[0].capacities).unwrap();
        let mut file = Vec::new();
        circuit.write_r1cs(&mut file).unwrap();
        let mut reader = Reader(&file);
        assert_eq!(reader.bytes(4), b"r1cs");
        assert_eq!([reader.u32(), reader.u32()], [1, 3]);

        let (kind, size) = (reader.u32(), reader.u64() as usize);
        assert_eq!((kind, size), (1, 64));
        assert_eq!(reader.u32(), 32);
        assert_eq!(reader.bytes(32), Fr::MODULUS.to_bytes_le());
        let wires = reader.u32() as usize;
        let inputs = [reader.u32(), reader.u32(), reader.u32()];
        let committed = circuit.layout.committed_end() - 6;
        assert_eq!(
            (wires, inputs),
            (circuit.variables, [0, 5, committed as u32])
        );
        assert_eq!(reader.u64() as usize, wires);
        let constraints = reader.u32() as usize;
        assert_eq!(constraints, circuit.matrices.constraints());

        let (kind, size) = (reader.u32(), reader.u64() as usize);
        assert_eq!(kind, 2);
        let before = reader.0.len();
        for row in 0..constraints {
            for matrix in &circuit.matrices.abc {
                let terms: Vec<(u32, Fr)> = (0..reader.u32())
                    .map(|_| (reader.u32(), Fr::from_le_bytes_mod_order(reader.bytes(32))))
                    .collect();
                let expected: Vec<(u32, Fr)> = matrix
                    .row(row)
                    .map(|(wire, index)| (wire, circuit.matrices.coefficients[index as usize]))
                    .collect();
                assert_eq!(terms, expected, "constraint {row}");
                assert!(
                    terms
                        .iter()
                        .all(|(wire, value)| { (*wire as usize) < wires && !value.is_zero() })
                );
            }
        }
        assert_eq!(before - reader.0.len(), size);

        let (kind, size) = (reader.u32(), reader.u64() as usize);
        assert_eq!((kind, size), (3, 8 * wires));
        assert!((0..wires as u64).all(|label| reader.u64() == label));
        assert!(reader.0.is_empty());
    }

    #[test]
    fn the_names_cover_every_constraint_and_every_committed_wire() {
        let circuit = Circuit::new(TIERS[0].capacities).unwrap();
        let names: serde_json::Value = serde_json::from_str(&circuit.r1cs_names()).unwrap();
        assert_eq!(names["circuit"], TIERS[0].circuit);
        let number = |value: &serde_json::Value| value.as_u64().unwrap() as usize;
        let mut next = 0;
        for range in names["families"].as_array().unwrap() {
            assert_eq!(number(&range["first_constraint"]), next);
            for constraint in next..next + number(&range["constraints"]) {
                let family = format!("{:?}", circuit.families[constraint]);
                assert_eq!(range["family"], family);
            }
            next += number(&range["constraints"]);
        }
        assert_eq!(next, circuit.matrices.constraints());
        let mut wire = circuit.layout.committed_start();
        for block in names["blocks"].as_array().unwrap() {
            assert_eq!(number(&block["first_wire"]), wire);
            wire += number(&block["rows"]) * block["columns"].as_array().unwrap().len();
        }
        assert_eq!(wire, number(&names["first_derived_wire"]));
    }
}
