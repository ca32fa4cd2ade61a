//! Lists of points in files, uncompressed: 96 bytes a point in G1 and 192 in G2, big-endian, as published powers have them.
//! Each point is checked as it is read: that it is on the curve and in the group of prime order, in its only form.

use super::error::CeremonyError;
use crate::progress::Progress;
use crate::proof::pairing::Decode;
use ark_ec::AffineRepr;
use rayon::prelude::*;
use std::io::{Read, Write};

/// Points that are read before they are checked together.
const PIECE: usize = 1 << 13;

/// Writes points.
pub(super) fn write<P: AffineRepr>(points: &[P], writer: &mut impl Write) -> std::io::Result<()> {
    for point in points {
        point
            .serialize_uncompressed(&mut *writer)
            .map_err(|error| match error {
                ark_serialize::SerializationError::IoError(error) => error,
                error => std::io::Error::other(error),
            })?;
    }
    Ok(())
}

/// Reads this many points. `what` names them.
///
/// # Errors
/// If there are fewer, or one is not a point of the group.
pub(super) fn read<P: Decode>(
    what: &'static str,
    count: usize,
    reader: &mut impl Read,
    progress: &dyn Progress,
) -> Result<Vec<P>, CeremonyError> {
    let bytes = 2 * P::BYTES;
    let mut points = Vec::new();
    while points.len() < count {
        if progress.is_cancelled() {
            return Err(CeremonyError::Cancelled);
        }
        let piece = PIECE.min(count - points.len());
        let mut buffer = vec![0; piece * bytes];
        exact(what, reader, &mut buffer)?;
        let decoded: Vec<Option<P>> = buffer
            .par_chunks(bytes)
            .map(P::decode_uncompressed)
            .collect();
        for point in decoded {
            let number = points.len();
            points.push(point.ok_or(CeremonyError::Point { what, number })?);
        }
    }
    Ok(points)
}

/// Reads exactly as many bytes as there is space for.
pub(super) fn exact(
    what: &'static str,
    reader: &mut impl Read,
    bytes: &mut [u8],
) -> Result<(), CeremonyError> {
    reader
        .read_exact(bytes)
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                CeremonyError::Malformed(format!("it ends within {what}"))
            }
            _ => CeremonyError::Read(error),
        })
}
