//! Published powers, such as those of Zcash and Filecoin: for N points, 2N − 1 times τⁱG, N times τⁱH, N times ατⁱG, N times
//! βτⁱG, and βH, all uncompressed. Some files have a hash of 64 bytes before them. The powers for fewer points are the
//! beginnings of the lists.

use super::ceremony::PhaseOne;
use super::error::CeremonyError;
use super::point_lists;
use super::powers::Powers;
use super::powers_file::{MAX_BITS, one};
use super::tags::Kind;
use crate::progress::Progress;
use std::io::{Read, Seek, SeekFrom};

const G1: u64 = 96;
const G2: u64 = 192;
/// Bytes of the hash that some files begin with.
const HASH: u64 = 64;

impl PhaseOne {
    /// Reads the powers for a domain of 2^bits points from a published file. Each point is checked; whether they are consistent
    /// is another check: [`check`](Self::check).
    ///
    /// # Errors
    /// If the file cannot be read, is not of this layout, or has too few powers; or the work is cancelled.
    pub fn import(
        file: &mut (impl Read + Seek),
        bits: u32,
        progress: &dyn Progress,
    ) -> Result<Self, CeremonyError> {
        let length = file.seek(SeekFrom::End(0)).map_err(CeremonyError::Read)?;
        let Some((start, total)) = layout(length) else {
            return Err(no_powers(file, length));
        };
        if !(1..=MAX_BITS).contains(&bits) || 1u64 << bits > total {
            return Err(CeremonyError::Malformed(format!(
                "it has powers for {total} points, and 2^{bits} are wanted"
            )));
        }
        let n = 1usize << bits;
        let tau_g1 = start;
        let tau_g2 = tau_g1 + (2 * total - 1) * G1;
        let alpha_g1 = tau_g2 + total * G2;
        let beta_g1 = alpha_g1 + total * G1;
        let beta_g2 = beta_g1 + total * G1;
        go_to(file, tau_g1)?;
        let tau_g1 = point_lists::read("the powers of tau in G1", 2 * n - 1, file, progress)?;
        go_to(file, tau_g2)?;
        let tau_g2 = point_lists::read("the powers of tau in G2", n, file, progress)?;
        go_to(file, alpha_g1)?;
        let alpha_g1 = point_lists::read("the powers with alpha", n, file, progress)?;
        go_to(file, beta_g1)?;
        let beta_g1 = point_lists::read("the powers with beta", n, file, progress)?;
        go_to(file, beta_g2)?;
        let beta_g2 = one("beta in G2", file, progress)?;
        let powers = Powers {
            tau_g1,
            tau_g2,
            alpha_g1,
            beta_g1,
            beta_g2,
        };
        Ok(PhaseOne::imported(powers))
    }
}

/// Why a file of this length is refused.
fn no_powers(file: &mut (impl Read + Seek), length: u64) -> CeremonyError {
    let mut start = Vec::new();
    let read = go_to(file, 0)
        .and_then(|()| (file.take(HASH).read_to_end(&mut start)).map_err(CeremonyError::Read));
    match (read, Kind::of(&start)) {
        (Err(error), _) => error,
        (_, Some(kind)) => CeremonyError::Kind {
            found: kind.shown(),
            wanted: "a file of published powers",
        },
        _ => CeremonyError::Malformed(format!(
            "published powers have (4·2^k − 1)·96 + (2^k + 1)·192 bytes for some k, or 64 more; this has {length}"
        )),
    }
}

fn go_to(file: &mut impl Seek, place: u64) -> Result<(), CeremonyError> {
    let found = file.seek(SeekFrom::Start(place));
    found.map(drop).map_err(CeremonyError::Read)
}

/// Where the powers begin in a file of this length, and for how many points they are.
fn layout(length: u64) -> Option<(u64, u64)> {
    let starts = [0, HASH].into_iter();
    let mut all = starts.flat_map(|start| (1..=MAX_BITS).map(move |bits| (start, 1u64 << bits)));
    all.find(|(start, n)| start + (4 * n - 1) * G1 + (n + 1) * G2 == length)
}
