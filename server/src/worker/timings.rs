//! How long proofs took on this machine, by tier: `timings.json` in the key store's folder, `{"118": 310}` in
//! milliseconds. It serves estimates alone, so one that is damaged or missing counts as empty.

use crate::files::real_path::real_path;
use provable::circuit::tier::{TIERS, Tier};
use provable::store::atomic_file::{self, FilePermissions, Naming};
use provable::store::regular_file;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The most that is read, in bytes.
const LIMIT: u64 = 64 << 10;
/// Time of a proof for each point of the domain where nothing was measured yet: as measured on two cores, with the
/// reading of the key.
const MICROSECONDS_A_POINT: u64 = 20;

/// The times that were measured.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    path: PathBuf,
    prove_ms: BTreeMap<String, u64>,
}

impl Timings {
    /// The times kept in this folder.
    pub fn read(folder: &Path) -> Timings {
        let path = folder.join("timings.json");
        let parse = |path: &Path| -> io::Result<BTreeMap<String, u64>> {
            let mut text = String::new();
            regular_file::open(path)?
                .take(LIMIT)
                .read_to_string(&mut text)?;
            Ok(serde_json::from_str(&text)?)
        };
        let prove_ms = parse(&path).unwrap_or_default();
        Timings { path, prove_ms }
    }

    /// What a proof in this tier will take, in milliseconds: what the last one took; else by the size of the domain,
    /// from the nearest tier that was measured; else a guess.
    pub fn prove_ms(&self, tier: &Tier) -> u64 {
        let points = |tier: &Tier| 1u64 << tier.domain_bits;
        let measured = TIERS
            .iter()
            .filter_map(|other| Some((other, *self.prove_ms.get(other.name)?)));
        let nearest = measured.min_by_key(|(other, _)| points(other).abs_diff(points(tier)));
        let estimate = match nearest {
            Some((other, ms)) => ms.saturating_mul(points(tier)) / points(other),
            None => MICROSECONDS_A_POINT * points(tier) / 1000,
        };
        estimate.max(1)
    }

    /// Keeps what a proof took, in milliseconds.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&mut self, tier: &Tier, ms: u64) -> io::Result<()> {
        self.prove_ms.retain(|name, _| Tier::named(name).is_some());
        self.prove_ms.insert(tier.name.to_string(), ms);
        let path = real_path(&self.path)?;
        atomic_file::write(
            &path,
            Naming::Anonymous,
            FilePermissions::Inherited,
            |output| Ok(serde_json::to_writer(output, &self.prove_ms)?),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_kept_and_scaled_to_tiers_without_one() {
        let folder = tempfile::tempdir().unwrap();
        let guess = Timings::read(folder.path()).prove_ms(&TIERS[1]);
        assert!(guess > 0);
        Timings::read(folder.path()).keep(&TIERS[0], 100).unwrap();
        let kept = Timings::read(folder.path());
        assert_eq!(kept.prove_ms(&TIERS[0]), 100);
        assert_eq!(kept.prove_ms(&TIERS[1]), 200, "a domain of twice the size");
    }

    #[test]
    fn a_damaged_file_is_an_empty_one_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let guess = Timings::read(folder.path()).prove_ms(&TIERS[0]);
        let path = folder.path().join("timings.json");
        let large = format!("{}{}", " ".repeat(LIMIT as usize), r#"{"118":1}"#);
        for damaged in [
            "",
            "{\"120\":",
            "[120]",
            "{\"120\":-1}",
            "{\"120\":\"x\"}",
            &large,
        ] {
            std::fs::write(&path, damaged).unwrap();
            let mut timings = Timings::read(folder.path());
            assert_eq!(timings.prove_ms(&TIERS[0]), guess, "{}", damaged.len());
            timings.keep(&TIERS[0], 7).unwrap();
            assert_eq!(Timings::read(folder.path()).prove_ms(&TIERS[0]), 7);
        }
    }

    #[test]
    fn no_time_is_too_large() {
        let folder = tempfile::tempdir().unwrap();
        let mut timings = Timings::read(folder.path());
        timings.keep(&TIERS[0], u64::MAX).unwrap();
        assert!(TIERS.iter().all(|tier| timings.prove_ms(tier) > 0));
    }
}
