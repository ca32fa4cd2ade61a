//! The names of the store's files, which say where a key came from. Whoever may write in the store is trusted: its keys are
//! its user's.
//!
//! | name | what |
//! | --- | --- |
//! | `TIER-CIRCUIT.pk` | a proving key that was made here |
//! | `TIER-CIRCUIT.ceremony-N-HASH.pk` | a proving key from a verified ceremony: contributions, and the hash of the last |
//! | `TIER-CIRCUIT.ceremony-N-HASH.vk` | its verifying key alone |
//! | `DIGEST.vk` | an imported verifying key |

use crate::proof::Origin;
use std::path::Path;

const CEREMONY: &str = ".ceremony-";

/// The name of a key from a ceremony, without its extension. `stem` is the tier's.
pub(super) fn of_ceremony(stem: &str, contributors: u32, transcript: &[u8; 32]) -> String {
    format!("{stem}{CEREMONY}{contributors}-{}", hex::encode(transcript))
}

/// Where the key in a file came from; none if the file is no key.
pub(super) fn origin_of(path: &Path) -> Option<Origin> {
    let plain = match path.extension()?.to_str()? {
        "pk" => Origin::Made,
        "vk" => Origin::Imported,
        _ => return None,
    };
    let stem = path.file_stem()?.to_str()?;
    let Some((_, ceremony)) = stem.split_once(CEREMONY) else {
        return Some(plain);
    };
    let (contributors, transcript) = ceremony.split_once('-')?;
    let mut hash = [0; 32];
    hex::decode_to_slice(transcript, &mut hash).ok()?;
    Some(Origin::Ceremony {
        contributors: contributors.parse().ok()?,
        transcript: hash,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_where_a_key_came_from() {
        let of = |name: &str| origin_of(Path::new(name));
        assert_eq!(of("44-e1.pk"), Some(Origin::Made));
        assert_eq!(of("aa.vk"), Some(Origin::Imported));
        let name = of_ceremony("44-e1", 3, &[0xab; 32]);
        let origin = Origin::Ceremony {
            contributors: 3,
            transcript: [0xab; 32],
        };
        for extension in ["pk", "vk"] {
            assert_eq!(of(&format!("{name}.{extension}")), Some(origin));
        }
        assert_eq!(
            origin.to_string(),
            "ceremony abababababababab of 3 contributions, verified here"
        );
        for name in [
            "44.lock",
            "44.pk.1.part",
            "x.ceremony-3-ab.pk",
            "x.ceremony-n-.pk",
            "x.ceremony-.vk",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
