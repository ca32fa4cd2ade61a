//! `provable powers`: phase 1.

use super::files::{checked, destination, opened, powers};
use super::transcript::{YOURS, published, to_json, to_text};
use super::typed;
use crate::cli::args::{ContributeArgs, PowersAction, PowersArgs};
use crate::cli::output::Output;
use crate::cli::progress::Bar;
use crate::errors::failure::{Exit, Failure};
use crate::files::kind::FileKind;
use provable::circuit::tier::{TIERS, Tier};
use provable::lang::quote::quoted;
use provable::proof::ceremony::{Factors, MAX_BEACON_BYTES, PhaseOne};
use provable::proof::system_rng;
use serde_json::json;
use std::path::Path;

pub fn command(args: &PowersArgs, output: &Output) -> Result<Exit, Failure> {
    match &args.action {
        PowersAction::New { size, out } => {
            let bits = bits_of(size)?;
            let (to, output) = destination(FileKind::Powers, out, None, output)?;
            let first = PhaseOne::new(bits);
            to.write(|out| first.write(out))?;
            answer("began", &first, out, "", &output)?;
        }
        PowersAction::Contribute(args) => contribute(args, output)?,
        PowersAction::Import { file, size, out } => {
            let bits = bits_of(size)?;
            let read = Some(("the published powers", file.as_path()));
            let (to, output) = destination(FileKind::Powers, out, read, output)?;
            let bar = Bar::new("reading the powers");
            let first = checked(file, PhaseOne::import(&mut opened(file)?, bits, &bar))?;
            drop(bar);
            checked(file, check(&first))?;
            to.write(|out| first.write(out))?;
            answer("imported", &first, out, "", &output)?;
        }
        PowersAction::Verify { file } => {
            let first = powers(file)?;
            checked(file, check(&first))?;
            answer("verified", &first, file, "", output)?;
        }
    }
    Ok(Exit::Done)
}

fn contribute(args: &ContributeArgs, output: &Output) -> Result<(), Failure> {
    let read = Some(("the powers before", args.from.as_path()));
    let (to, output) = destination(FileKind::Powers, &args.out, read, output)?;
    let beacon = beacon(args)?;
    let first = powers(&args.from)?;
    let rng = &mut system_rng();
    let (next, yours) = match beacon {
        Some(value) => {
            let bar = Bar::new("contributing");
            (
                first.contribute_beacon(&value, args.beacon_bits, rng, &bar),
                "",
            )
        }
        None => {
            let factors = Factors::draw(rng, &typed::line(&output)?);
            let bar = Bar::new("contributing");
            (first.contribute(&factors, rng, &bar), YOURS)
        }
    };
    let next = checked(&args.from, next)?;
    to.write(|out| next.write(out))?;
    answer("contributed to", &next, &args.out, yours, &output)
}

fn check(first: &PhaseOne) -> Result<(), provable::proof::ceremony::CeremonyError> {
    let _bar = Bar::new("checking the powers");
    first.check(&mut system_rng())
}

/// The public value in place of a secret.
pub fn beacon(args: &ContributeArgs) -> Result<Option<Vec<u8>>, Failure> {
    let decode = |digits: &String| {
        let refuse = |why: String| {
            Failure::unusable(format!("--beacon {}: {why}", quoted(digits))).help(format!(
                "a beacon is a public value of 1 to {MAX_BEACON_BYTES} bytes in hexadecimal digits, two for each byte"
            ))
        };
        let value = hex::decode(digits).map_err(|error| refuse(error.to_string()))?;
        match value.len() {
            1..=MAX_BEACON_BYTES => Ok(value),
            0 => Err(refuse("there is no value".into())),
            bytes => Err(refuse(format!("it has {bytes} bytes"))),
        }
    };
    args.beacon.as_ref().map(decode).transpose()
}

/// The domain that a tier has, or that is given as a power of two. A tier's name goes first: one may be a number.
fn bits_of(size: &str) -> Result<u32, Failure> {
    if let Some(tier) = Tier::named(size) {
        return Ok(tier.domain_bits);
    }
    // No tier needs more.
    let most = TIERS.iter().map(|tier| tier.domain_bits).max().unwrap_or(0);
    let bits = size.parse().ok().filter(|bits| (2..=most).contains(bits));
    bits.ok_or_else(|| {
        Failure::unusable(format!(
            "there is no tier and no domain \"{}\"",
            quoted(size)
        ))
        .help(format!(
            "a domain is a power of two: give its exponent, from 2 to {most}; `provable setup --help` lists the tiers"
        ))
    })
}

fn answer(
    verb: &str,
    first: &PhaseOne,
    path: &Path,
    rest: &str,
    output: &Output,
) -> Result<(), Failure> {
    let points = first.powers().size();
    output.answer(
        || {
            json!({
                "status": "ok",
                "points": points,
                "published_powers": first.published().map(hex::encode),
                "contributors": first.chain().contributors(),
                "contributions": to_json(first.chain()),
                "hash": hex::encode(first.chain().hash()),
                "file": path.display().to_string(),
            })
        },
        || {
            let name = provable::lang::quote::path(path);
            format!(
                "{verb} the powers for {points} points in {name}\n{}{}{rest}",
                published(first),
                to_text(1, first.chain())
            )
        },
    )
}
