//! The file of a ceremony. It has everything that is needed to contribute to it, to check it and to make its key.
//!
//! | bytes | what |
//! | --- | --- |
//! | 16 | the tag |
//! | as many as it has | phase 1, as in its own file but for the tag |
//! | 32 | the circuit's identity |
//! | as many as they have | the contributions to phase 2: see `records_format` |
//! | 96 or 192 a point | A, B in G1, B in G2, S, P, L and K, H, and δ in G1; as many as the circuit has |
//!
//! γ, δ and κ are those of the last contribution. A file has one decoding, and nothing may follow.

use super::ceremony::{Ceremony, PhaseOne, start};
use super::error::CeremonyError;
use super::initial::domain_of;
use super::point_lists::{self, exact};
use super::powers_file::{nothing_more, one};
use super::records_format;
use super::tags::Kind;
use super::values::Values;
use crate::circuit::Circuit;
use crate::circuit::tier::{TIERS, Tier};
use crate::progress::Progress;
use ark_poly::EvaluationDomain;
use std::io::{Read, Write};

impl Ceremony {
    /// Whether a file that begins so is one of a ceremony, of any version.
    pub fn begins_with(start: &[u8]) -> bool {
        Kind::of(start) == Some(Kind::Ceremony)
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When `writer` fails.
    pub fn write(&self, writer: &mut impl Write) -> std::io::Result<()> {
        Kind::Ceremony.write(writer)?;
        self.first.write_rest(writer)?;
        writer.write_all(&self.circuit.id())?;
        records_format::write(&self.chain, writer)?;
        let values = &self.values;
        point_lists::write(&values.a, writer)?;
        point_lists::write(&values.b_g1, writer)?;
        point_lists::write(&values.b_g2, writer)?;
        point_lists::write(&values.statement, writer)?;
        point_lists::write(&values.committed, writer)?;
        point_lists::write(&values.l, writer)?;
        point_lists::write(&values.h, writer)?;
        point_lists::write(&[values.delta_g1], writer)
    }

    /// Reads the file. Each point and each contribution is checked. Whether the powers are consistent and the key is the
    /// circuit's is another check: [`check`](Self::check).
    ///
    /// # Errors
    /// If the file cannot be read or is malformed, or is for a circuit that this version does not have; or the work is
    /// cancelled.
    pub fn read(reader: &mut impl Read, progress: &dyn Progress) -> Result<Self, CeremonyError> {
        Ceremony::read_for(reader, progress, |id, points| {
            let id = hex::encode(id);
            let is_wanted = |tier: &&Tier| tier.circuit == id && 1 << tier.domain_bits == points;
            // Before the circuit is built, which may take seconds.
            let tier = TIERS.iter().find(is_wanted)?;
            let circuit = Circuit::new(tier.capacities).ok()?;
            (hex::encode(circuit.id()) == id).then_some(circuit)
        })
    }

    /// As [`read`](Self::read); the caller says which circuit has an identity and a domain of so many points. So a ceremony of
    /// a circuit of no tier can be read too.
    ///
    /// # Errors
    /// As there.
    pub fn read_for(
        reader: &mut impl Read,
        progress: &dyn Progress,
        circuit_of: impl Fn(&[u8; 32], usize) -> Option<Circuit>,
    ) -> Result<Self, CeremonyError> {
        Kind::Ceremony.read(reader)?;
        let first = PhaseOne::read_rest(reader, progress)?;
        let mut id = [0; 32];
        exact("its circuit", reader, &mut id)?;
        let circuit = circuit_of(&id, first.powers.size()).ok_or(CeremonyError::UnknownCircuit)?;
        let n = domain_of(&circuit, &first.powers)?.size();
        let chain = records_format::read(start(&circuit, &first), reader)?;
        let [gamma, delta, kappa] = chain.values();
        let variables = circuit.variables;
        let (from, end) = (
            circuit.layout.committed_start(),
            circuit.layout.committed_end(),
        );
        let values = Values {
            a: point_lists::read("the A bases", variables, reader, progress)?,
            b_g1: point_lists::read("the B bases in G1", variables, reader, progress)?,
            b_g2: point_lists::read("the B bases in G2", variables, reader, progress)?,
            statement: point_lists::read("the statement bases", from, reader, progress)?,
            committed: point_lists::read("the committed bases", end - from, reader, progress)?,
            l: point_lists::read("the witness bases", variables, reader, progress)?,
            h: point_lists::read("the quotient bases", n, reader, progress)?,
            delta_g1: one("delta in G1", reader, progress)?,
            gamma,
            delta,
            kappa,
        };
        nothing_more(reader)?;
        Ok(Ceremony {
            circuit,
            first,
            values,
            chain,
        })
    }
}
