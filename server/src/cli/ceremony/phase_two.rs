//! `provable ceremony`: phase 2.

use super::files::{ceremony, checked, destination, powers};
use super::phase_one::beacon;
use super::transcript::{YOURS, published, to_json, to_text};
use super::typed;
use crate::cli::args::{CeremonyAction, CeremonyArgs, ContributeArgs};
use crate::cli::output::Output;
use crate::cli::progress::Bar;
use crate::cli::setup::store_failure;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use crate::keys::{self, tier_named};
use provable::circuit::Circuit;
use provable::lang::quote;
use provable::proof::ceremony::{Ceremony, CeremonyError, Factors};
use provable::proof::system_rng;
use provable::store::KeyStore;
use serde_json::{Value, json};
use std::path::Path;

pub fn command(args: &CeremonyArgs, output: &Output) -> Result<Exit, Failure> {
    match &args.action {
        CeremonyAction::New {
            tier,
            powers: file,
            out,
        } => {
            let tier = tier_named(tier)?;
            let read = Some(("the powers", file.as_path()));
            let (to, output) = destination(FileKind::Ceremony, out, read, output)?;
            let first = powers(file)?;
            let found = first.powers().size();
            let first = first.for_domain(tier.domain_bits).ok_or_else(|| {
                let name = quote::path(file);
                let needed = 1u64 << tier.domain_bits;
                Failure::unusable(format!(
                    "{name} has powers for {found} points, and tier {} needs {needed}",
                    tier.name
                ))
                .help(format!(
                    "`provable powers new {} OUT.powers` begins with enough",
                    tier.name
                ))
            })?;
            // No sound capacities have a circuit that is refused, and every tier's are sound: a test holds it.
            let circuit = Circuit::new(tier.capacities)
                .map_err(|refusal| Failure::unusable(format!("tier {}: {refusal:?}", tier.name)))?;
            let bar = Bar::new("starting");
            let ceremony = Ceremony::new(circuit, first, &mut system_rng(), &bar);
            drop(bar);
            let ceremony = checked(file, ceremony)?;
            to.write(|out| ceremony.write(out))?;
            answer("began", &ceremony, out, "", json!({}), &output)?;
        }
        CeremonyAction::Contribute(args) => contribute(args, output)?,
        CeremonyAction::Verify { file } => {
            let ceremony = ceremony(file)?;
            checked(file, check(&ceremony))?;
            checked(file, ceremony.has_secrets())?;
            answer(
                "verified",
                &ceremony,
                file,
                &trust(&ceremony),
                json!({}),
                output,
            )?;
        }
        CeremonyAction::Finish {
            file,
            verifying,
            keys,
        } => finish(file, *verifying, &keys::store(keys.dir.clone())?, output)?,
    }
    Ok(Exit::Done)
}

fn contribute(args: &ContributeArgs, output: &Output) -> Result<(), Failure> {
    let read = Some(("the ceremony before", args.from.as_path()));
    let (to, output) = destination(FileKind::Ceremony, &args.out, read, output)?;
    let beacon = beacon(args)?;
    let before = ceremony(&args.from)?;
    let rng = &mut system_rng();
    let (next, yours) = match beacon {
        Some(value) => {
            let bar = Bar::new("contributing");
            (
                before.contribute_beacon(&value, args.beacon_bits, rng, &bar),
                "",
            )
        }
        None => {
            let factors = Factors::draw(rng, &typed::line(&output)?);
            let bar = Bar::new("contributing");
            (before.contribute(&factors, rng, &bar), YOURS)
        }
    };
    let next = checked(&args.from, next)?;
    to.write(|out| next.write(out))?;
    answer(
        "contributed to",
        &next,
        &args.out,
        yours,
        json!({}),
        &output,
    )
}

fn check(ceremony: &Ceremony) -> Result<(), CeremonyError> {
    let _bar = Bar::new("checking the ceremony");
    ceremony.check(&mut system_rng())
}

fn finish(
    file: &Path,
    is_verifying_only: bool,
    store: &KeyStore,
    output: &Output,
) -> Result<(), Failure> {
    store.try_add().map_err(store_failure)?;
    let ceremony = ceremony(file)?;
    let bar = Bar::new("checking the ceremony");
    let key = ceremony.finish(&mut system_rng());
    drop(bar);
    let key = checked(file, key)?;
    let entry = store
        .add_verified(&key, &ceremony.origin(), !is_verifying_only)
        .map_err(store_failure)?;
    let fields = json!({ "key": hex::encode(entry.digest), "can_prove": entry.is_proving() });
    let digest = hex::encode(entry.digest);
    let rest = format!(
        "the key is {digest}: {}\n{}",
        match entry.is_proving() {
            true => "proofs of this tier are made with it from now on, and verified",
            false => "proofs under it are verified from now on",
        },
        trust(&ceremony)
    );
    answer("finished", &ceremony, file, &rest, fields, output)
}

/// Who can make false proofs under the key of a ceremony that has secrets in both phases.
fn trust(ceremony: &Ceremony) -> String {
    let second = ceremony.chain().contributors();
    let first = ceremony.first().chain().contributors();
    let with = match ceremony.first().is_imported() {
        // They may be others than the published ones, with relations that whoever imported them knows.
        true => {
            " and the makers of the published powers, or whoever imported them unless that hash is theirs,"
        }
        false => "",
    };
    format!(
        "false proofs can be made by all {first} contributors to phase 1{with} together, or by all {second} contributors to phase 2 together, if each kept their factors\n"
    )
}

fn answer(
    verb: &str,
    ceremony: &Ceremony,
    path: &Path,
    rest: &str,
    fields: Value,
    output: &Output,
) -> Result<(), Failure> {
    let first = ceremony.first();
    let tier = ceremony.tier().map_or("unknown", |tier| tier.name);
    output.answer(
        || {
            let mut answer = json!({
                "status": "ok",
                "tier": tier,
                "published_powers": first.published().map(hex::encode),
                "phase_1": to_json(first.chain()),
                "phase_2": to_json(ceremony.chain()),
                "contributors": ceremony.chain().contributors(),
                "hash": hex::encode(ceremony.chain().hash()),
                "file": path.display().to_string(),
            });
            if let (Some(answer), Value::Object(fields)) = (answer.as_object_mut(), fields) {
                answer.extend(fields);
            }
            answer
        },
        || {
            format!(
                "{verb} the ceremony of tier {tier} in {}\n{}{}{}{rest}",
                quote::path(path),
                published(first),
                to_text(1, first.chain()),
                to_text(2, ceremony.chain())
            )
        },
    )
}
