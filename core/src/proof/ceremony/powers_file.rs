//! The file of phase 1.
//!
//! | bytes | what |
//! | --- | --- |
//! | 16 | the tag |
//! | 1 | the domain: 2 to the power of this number of points |
//! | 1 | 0 if phase 1 began here, 1 if it goes on with the powers of others |
//! | 144 if it goes on | τG, αG and βG of those, compressed |
//! | as many as they have | the contributions: see `records_format` |
//! | as many as they have | the powers: see [`PhaseOne::write_powers`] |
//!
//! A file has one decoding, and nothing may follow.

use super::ceremony::PhaseOne;
use super::error::CeremonyError;
use super::point_lists::{self, exact};
use super::powers::Powers;
use super::records_format;
use super::tags::Kind;
use crate::progress::Progress;
use crate::proof::pairing::Decode;
use ark_bls12_381::G1Affine;
use ark_serialize::CanonicalSerialize;
use std::io::{Read, Write};

/// The largest domain that is read: that of the largest published powers.
pub(super) const MAX_BITS: u32 = 27;

impl PhaseOne {
    /// Writes the file.
    ///
    /// # Errors
    /// When `writer` fails.
    pub fn write(&self, writer: &mut impl Write) -> std::io::Result<()> {
        Kind::Powers.write(writer)?;
        self.write_rest(writer)
    }

    pub(super) fn write_rest(&self, writer: &mut impl Write) -> std::io::Result<()> {
        let mut header = vec![
            self.powers.size().trailing_zeros() as u8,
            u8::from(self.is_imported()),
        ];
        if self.is_imported() {
            for value in &self.chain.start().values {
                // Writing to a vector cannot fail.
                let _ = value.serialize_compressed(&mut header);
            }
        }
        writer.write_all(&header)?;
        records_format::write(&self.chain, writer)?;
        self.write_powers(writer)
    }

    /// Writes the powers in the layout of published files: for n points, 2n − 1 times τⁱG, n times τⁱH, n times ατⁱG, n times
    /// βτⁱG, and βH.
    ///
    /// # Errors
    /// When `writer` fails.
    pub fn write_powers(&self, writer: &mut impl Write) -> std::io::Result<()> {
        point_lists::write(&self.powers.tau_g1, writer)?;
        point_lists::write(&self.powers.tau_g2, writer)?;
        point_lists::write(&self.powers.alpha_g1, writer)?;
        point_lists::write(&self.powers.beta_g1, writer)?;
        point_lists::write(&[self.powers.beta_g2], writer)
    }

    /// Reads the file. Each point and each contribution is checked. Whether the powers are consistent is another check:
    /// [`check`](Self::check).
    ///
    /// # Errors
    /// If the file cannot be read or is malformed; or the work is cancelled.
    pub fn read(reader: &mut impl Read, progress: &dyn Progress) -> Result<Self, CeremonyError> {
        Kind::Powers.read(reader)?;
        let found = PhaseOne::read_rest(reader, progress)?;
        nothing_more(reader)?;
        Ok(found)
    }

    pub(super) fn read_rest(
        reader: &mut impl Read,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        let mut header = [0; 2];
        exact("its header", reader, &mut header)?;
        let [bits, origin] = header;
        if !(1..=MAX_BITS).contains(&u32::from(bits)) {
            return Err(CeremonyError::Malformed(format!(
                "its domain has 2^{bits} points, and it should have 2^1 to 2^{MAX_BITS}"
            )));
        }
        let start = match origin {
            0 => PhaseOne::start(),
            1 => {
                let mut value = || -> Result<G1Affine, CeremonyError> {
                    let mut bytes = [0; G1Affine::BYTES];
                    exact("its header", reader, &mut bytes)?;
                    let what = "its header";
                    G1Affine::decode(&bytes).ok_or(CeremonyError::Point { what, number: 0 })
                };
                PhaseOne::imported_start([value()?, value()?, value()?])
            }
            _ => {
                return Err(CeremonyError::Malformed(
                    "its powers have an origin that this version does not know".into(),
                ));
            }
        };
        let chain = records_format::read(start, reader)?;
        let n = 1usize << bits;
        let powers = Powers {
            tau_g1: point_lists::read("the powers of tau in G1", 2 * n - 1, reader, progress)?,
            tau_g2: point_lists::read("the powers of tau in G2", n, reader, progress)?,
            alpha_g1: point_lists::read("the powers with alpha", n, reader, progress)?,
            beta_g1: point_lists::read("the powers with beta", n, reader, progress)?,
            beta_g2: one("beta in G2", reader, progress)?,
        };
        Ok(PhaseOne { powers, chain })
    }
}

/// One point.
pub(super) fn one<P: Decode>(
    what: &'static str,
    reader: &mut impl Read,
    progress: &dyn Progress,
) -> Result<P, CeremonyError> {
    let mut points = point_lists::read(what, 1, reader, progress)?;
    points.pop().ok_or(CeremonyError::Point { what, number: 0 })
}

/// Refuses bytes after the end.
pub(super) fn nothing_more(reader: &mut impl Read) -> Result<(), CeremonyError> {
    let mut more = [0; 1];
    match reader.read(&mut more) {
        Ok(0) => Ok(()),
        Ok(_) => Err(CeremonyError::Malformed("more bytes follow its end".into())),
        Err(error) => Err(CeremonyError::Read(error)),
    }
}
