//! The bytes of contributions: three compressed points; a byte 0 and three proofs of knowledge, each a compressed point and a
//! number of 32 bytes; or a byte 1 and a beacon, as the number of its doublings, the length of its value in two bytes, and the
//! value. Numbers are little-endian.

use super::chain::{Chain, Phase, Record, Source, Start};
use super::error::{CeremonyError, MAX_BEACON_BYTES};
use super::knowledge::Knowledge;
use super::point_lists::exact;
use crate::proof::pairing::Decode;
use ark_bls12_381::Fr;
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use std::io::{Read, Write};

/// The most contributions to a phase: each costs whoever checks it some milliseconds.
pub(super) const MAX_RECORDS: u32 = 1 << 12;

/// Writes the number of contributions and each of them.
pub(super) fn write<G: Phase>(chain: &Chain<G>, writer: &mut impl Write) -> std::io::Result<()> {
    let mut bytes = (chain.records().len() as u32).to_le_bytes().to_vec();
    for record in chain.records() {
        for value in &record.values {
            put(value, &mut bytes);
        }
        match &record.source {
            Source::Secret(proofs) => {
                bytes.push(0);
                for proof in proofs {
                    put(&proof.commitment, &mut bytes);
                    put(&proof.response, &mut bytes);
                }
            }
            Source::Beacon { value, bits } => {
                bytes.extend([1, *bits]);
                bytes.extend((value.len() as u16).to_le_bytes());
                bytes.extend(value);
            }
        }
    }
    writer.write_all(&bytes)
}

fn put(value: &impl CanonicalSerialize, bytes: &mut Vec<u8>) {
    // Writing to a vector cannot fail.
    let _ = value.serialize_compressed(bytes);
}

/// Reads contributions, and checks each of them.
///
/// # Errors
/// If the bytes are no contributions, or one is not valid.
pub(super) fn read<G: Phase>(
    start: Start<G>,
    reader: &mut impl Read,
) -> Result<Chain<G>, CeremonyError>
where
    G::Affine: Decode,
{
    let count = u32::from_le_bytes(array(reader)?);
    if count > MAX_RECORDS {
        return Err(CeremonyError::Malformed(format!(
            "it has {count} contributions, and at most {MAX_RECORDS} are read"
        )));
    }
    let mut chain = Chain::new(start);
    for number in 1..=count as usize {
        chain.follow(record(number, reader)?)?;
    }
    Ok(chain)
}

fn record<G: Phase>(number: usize, reader: &mut impl Read) -> Result<Record<G>, CeremonyError>
where
    G::Affine: Decode,
{
    let values = [
        point(number, reader)?,
        point(number, reader)?,
        point(number, reader)?,
    ];
    let [kind] = array(reader)?;
    let source = match kind {
        0 => {
            let mut proof = || -> Result<Knowledge<G>, CeremonyError> {
                Ok(Knowledge {
                    commitment: point(number, reader)?,
                    response: scalar(number, reader)?,
                })
            };
            Source::Secret([proof()?, proof()?, proof()?])
        }
        1 => {
            let [bits] = array(reader)?;
            let length = usize::from(u16::from_le_bytes(array(reader)?));
            if length > MAX_BEACON_BYTES {
                return Err(malformed(number, "a beacon that is too long"));
            }
            let mut value = vec![0; length];
            exact("a contribution", reader, &mut value)?;
            Source::Beacon { value, bits }
        }
        _ => return Err(malformed(number, "a kind that this version does not know")),
    };
    Ok(Record { values, source })
}

fn point<P: Decode>(number: usize, reader: &mut impl Read) -> Result<P, CeremonyError> {
    let mut bytes = vec![0; P::BYTES];
    exact("a contribution", reader, &mut bytes)?;
    P::decode(&bytes).ok_or_else(|| malformed(number, "bytes that are no point of the group"))
}

fn scalar(number: usize, reader: &mut impl Read) -> Result<Fr, CeremonyError> {
    let bytes: [u8; 32] = array(reader)?;
    Fr::deserialize_compressed(&bytes[..])
        .map_err(|_| malformed(number, "a number that is not below the group's order"))
}

fn array<const N: usize>(reader: &mut impl Read) -> Result<[u8; N], CeremonyError> {
    let mut bytes = [0; N];
    exact("its contributions", reader, &mut bytes)?;
    Ok(bytes)
}

fn malformed(number: usize, problem: &str) -> CeremonyError {
    CeremonyError::Malformed(format!("contribution {number} has {problem}"))
}
