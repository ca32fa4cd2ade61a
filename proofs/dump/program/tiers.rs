//! The capacities of all tiers, of which the theorem's condition is proved.

use crate::circuits::record;
use crate::text;
use anyhow::Result;
use provable::circuit::tier::TIERS;

/// The name and the text of the file.
///
/// # Errors
/// When the text can not be written.
pub fn file() -> Result<(String, String)> {
    let mut file = String::from("From Coq Require Import ZArith List.\n");
    file.push_str("From ProvableVM Require Import Capacities Tiers.\nImport ListNotations.\n");
    // Coq says of each number that it does not write it out.
    file.push_str("Set Warnings \"-abstract-large-number\".\n");
    let all: Vec<_> = TIERS.iter().map(|tier| record(&tier.capacities)).collect();
    text::definition(&mut file, "tiers", "capacities", &all)?;
    file.push_str("Theorem all_tiers_are_sound : Forall sound tiers.\n");
    file.push_str("Proof. apply sound_of_checks. vm_cast_no_check (@eq_refl bool true). Qed.\n");
    Ok(("AllTiers".into(), file))
}
