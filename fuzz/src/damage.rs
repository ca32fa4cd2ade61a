//! Honest files of ceremonies, cut into their fields, and damage to them. Bytes alone would hardly ever be points of the
//! group: what is put together from an honest file's fields gets further.

use provable::proof::ceremony::{Chain, Phase, Source};

/// Bytes of a point of G1 and of G2, compressed.
pub const POINTS: [usize; 2] = [48, 96];
/// A reader hashes a beacon 2^26 times, which takes seconds. Here it is hashed as often as this power of two at most.
const MOST_DOUBLINGS: u8 = 10;

/// An honest file and where its fields end.
pub struct Honest {
    fields: Vec<Vec<u8>>,
}

impl Honest {
    /// Of the whole file and the lengths of its fields.
    pub fn new(bytes: &[u8], lengths: &[usize]) -> Self {
        assert_eq!(
            bytes.len(),
            lengths.iter().sum::<usize>(),
            "these are all fields"
        );
        let mut rest = bytes;
        let fields = lengths.iter().map(|length| {
            let (field, after) = rest.split_at(*length);
            rest = after;
            field.to_vec()
        });
        Honest {
            fields: fields.collect(),
        }
    }

    /// The file with damage, four bytes each: what is done, two places, and a value.
    pub fn damaged(&self, damage: &[u8]) -> Vec<u8> {
        let mut fields = self.fields.clone();
        for change in damage.chunks_exact(4) {
            let [what, one, other, value] = [change[0], change[1], change[2], change[3]];
            let Some(at) = usize::from(one).checked_rem(fields.len()) else {
                break;
            };
            let to = usize::from(other) % fields.len();
            match what % 8 {
                // A bit anywhere in a field.
                0 => {
                    let place = usize::from(other) % fields[at].len().max(1);
                    if let Some(byte) = fields[at].get_mut(place) {
                        *byte ^= value;
                    }
                }
                // A number, or how a point is encoded.
                1 => {
                    if let Some(byte) = fields[at].first_mut() {
                        *byte = value;
                    }
                }
                2 => fields[to] = fields[at].clone(),
                3 => drop(fields.remove(at)),
                4 => fields.insert(to, fields[at].clone()),
                5 => fields.swap(at, to),
                // The point at infinity, compressed or not, and bytes that are none.
                6 => fields[at] = infinity(fields[at].len(), value),
                // The end is missing.
                _ => {
                    fields.truncate(at + 1);
                    fields[at].truncate(usize::from(value));
                }
            }
        }
        fields.concat()
    }
}

fn infinity(length: usize, first: u8) -> Vec<u8> {
    let mut bytes = vec![0; length];
    if let Some(byte) = bytes.first_mut() {
        *byte = first;
    }
    bytes
}

/// The file in an input: after `f` its bytes; after any other byte damage to one of the honest files. None if the input is empty.
pub fn file_in(input: &[u8], honest: &[Honest]) -> Option<Vec<u8>> {
    match input.split_first()? {
        (b'f', file) => Some(file.to_vec()),
        (number, damage) => {
            let number = usize::from(*number).checked_rem(honest.len())?;
            Some(honest.get(number)?.damaged(damage))
        }
    }
}

/// The lengths of the contributions' fields, their number first. A compressed point has `point` bytes.
pub fn chain<G: Phase>(chain: &Chain<G>, point: usize) -> Vec<usize> {
    let mut lengths = vec![4];
    for record in chain.records() {
        lengths.extend([point, point, point, 1]);
        match record.source() {
            Source::Secret(_) => lengths.extend([point, 32].repeat(3)),
            Source::Beacon { value, .. } => lengths.extend([1, 2, value.len()]),
        }
    }
    lengths
}

/// The lengths of the powers' fields for n points: each is one point.
pub fn powers(n: usize) -> Vec<usize> {
    let [g1, g2] = POINTS.map(|point| 2 * point);
    let lists = [(g1, 2 * n - 1), (g2, n), (g1, 2 * n), (g2, 1)];
    let lengths = lists.iter().map(|(length, count)| vec![*length; *count]);
    lengths.flatten().collect()
}

/// Where the contributions of phase 1 begin, by the header of a file that begins with a tag.
pub fn first_phase(bytes: &[u8]) -> usize {
    match bytes.get(17) {
        Some(1) => 18 + 3 * POINTS[0],
        _ => 18,
    }
}

/// Lowers how often beacons are hashed, from where the contributions begin. Returns where they end.
pub fn with_quick_beacons(bytes: &mut [u8], start: usize, point: usize) -> Option<usize> {
    let mut at = start + 4;
    let count = u32::from_le_bytes(bytes.get(start..at)?.try_into().ok()?);
    for _ in 0..count {
        at += 3 * point;
        match bytes.get(at)? {
            0 => at += 1 + 3 * (point + 32),
            1 => {
                let doublings = bytes.get_mut(at + 1)?;
                if (MOST_DOUBLINGS..=26).contains(doublings) {
                    *doublings %= MOST_DOUBLINGS;
                }
                let length = bytes.get(at + 2..at + 4)?.try_into().ok()?;
                at += 4 + usize::from(u16::from_le_bytes(length));
            }
            _ => return None,
        }
    }
    Some(at)
}
