//! The names of the store's files, which say where a key came from. Whoever may write in the store is trusted: its keys are
//! its user's.
//!
//! | name | what |
//! | --- | --- |
//! | `TIER-CIRCUIT.pk` | a proving key that was made here |
//! | `TIER-CIRCUIT.ceremony-N-N-HASH.pk` | a proving key from a verified ceremony: contributions to each phase, `p` before the first if it went on with published powers, and the hash of the last |
//! | `TIER-CIRCUIT.ceremony-N-N-HASH.vk` | its verifying key alone |
//! | `DIGEST.vk` | an imported verifying key |

use crate::proof::{CeremonyOrigin, Origin};
use std::path::Path;

const CEREMONY: &str = ".ceremony-";

/// How the number of contributions begins if phase 1 went on with published powers.
const IMPORTED: char = 'p';

/// The name of a key from a ceremony, without its extension. `stem` is the tier's.
pub(super) fn of_ceremony(stem: &str, ceremony: &CeremonyOrigin) -> String {
    let CeremonyOrigin { first, second, .. } = ceremony;
    let imported = if ceremony.is_imported { "p" } else { "" };
    let hash = hex::encode(ceremony.transcript);
    format!("{stem}{CEREMONY}{imported}{first}-{second}-{hash}")
}

/// How the name of every key of a tier from a ceremony begins.
pub(super) fn of_ceremonies(stem: &str) -> String {
    format!("{stem}{CEREMONY}")
}

/// The tier's part of the name of a key, without its extension.
pub(super) fn tier_part(stem: &str) -> &str {
    stem.split_once(CEREMONY).map_or(stem, |(tier, _)| tier)
}

/// Where the key in a file came from; none if the file is no key.
pub(super) fn origin_of(path: &Path) -> Option<Origin> {
    let plain = match path.extension()?.to_str()? {
        "pk" => Origin::Made,
        "vk" => Origin::Imported,
        _ => return None,
    };
    let stem = path.file_stem()?.to_str()?;
    let Some((tier, ceremony)) = stem.split_once(CEREMONY) else {
        return Some(plain);
    };
    let mut parts = ceremony.split('-');
    let (first, second, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut transcript = [0; 32];
    hex::decode_to_slice(hash, &mut transcript).ok()?;
    let found = CeremonyOrigin {
        is_imported: first.starts_with(IMPORTED),
        first: first.strip_prefix(IMPORTED).unwrap_or(first).parse().ok()?,
        second: second.parse().ok()?,
        transcript,
    };
    // A name has one form.
    (of_ceremony(tier, &found) == stem).then_some(Origin::Ceremony(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_where_a_key_came_from() {
        let of = |name: &str| origin_of(Path::new(name));
        assert_eq!(of("44-e1.pk"), Some(Origin::Made));
        assert_eq!(of("aa.vk"), Some(Origin::Imported));
        for (is_imported, shown) in [
            (
                false,
                "ceremony abababababababababababababababab of 2 + 3 contributions, verified here",
            ),
            (
                true,
                "ceremony abababababababababababababababab of published powers and 2 + 3 contributions, verified here",
            ),
        ] {
            let ceremony = CeremonyOrigin {
                is_imported,
                first: 2,
                second: 3,
                transcript: [0xab; 32],
            };
            let name = of_ceremony("44-e1", &ceremony);
            for extension in ["pk", "vk"] {
                let origin = Origin::Ceremony(ceremony);
                assert_eq!(of(&format!("{name}.{extension}")), Some(origin));
                assert_eq!(origin.to_string(), shown);
            }
        }
        for name in [
            "44.lock",
            "44.pk.1.part",
            "x.ceremony-1-3-ab.pk",
            "x.ceremony-n-.pk",
            "x.ceremony-.vk",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
        // One form for each: no signs, no zeros before, no capitals, nothing after.
        for (numbers, digits) in [
            ("+1-3", "ab"),
            ("01-3", "ab"),
            ("pp1-3", "ab"),
            ("p+1-3", "ab"),
            ("1-3", "AB"),
        ] {
            let name = format!("x.ceremony-{numbers}-{}.pk", digits.repeat(32));
            assert_eq!(of(&name), None, "{name}");
        }
        let after = format!("x.ceremony-1-3-{}-4.pk", "ab".repeat(32));
        assert_eq!(of(&after), None);
    }
}
