//! `provable setup`: makes the key of a tier ahead of time. `prove` makes a missing key by the same function, so that
//! both give the same warning about a key made on one's own machine.

use super::args::SetupArgs;
use super::output::Output;
use super::progress::Bar;
use crate::errors::Error;
use crate::errors::failure::{Exit, Failure};
use crate::keys::{self, tier_named};
use provable::circuit::tier::{MOST_ROWS, TIERS, Tier};
use provable::proof::{KeyError, ProvingKey, setup_estimate};
use provable::store::KeyStore;
use serde_json::json;

pub fn command(args: &SetupArgs, output: &Output) -> Result<Exit, Failure> {
    let tier = match (&args.tier, args.steps) {
        (Some(name), _) => tier_named(name)?,
        (None, steps) => with_steps(steps.unwrap_or(1))?,
    };
    let store = keys::store(args.keys.dir.clone())?;
    let (key, setup_ms) = proving_key(&store, tier, output)?;
    let digest = hex::encode(key.verifying.digest());
    output.answer(
        || {
            json!({
                "status": "ok",
                "tier": tier.name,
                "rows": tier.capacities.rows,
                "setup_ms": setup_ms,
                "key": digest,
            })
        },
        || match setup_ms {
            0 => format!("the key of tier {} is there already: {digest}\n", tier.name),
            _ => format!(
                "made the key of tier {} in {}: {digest}\n",
                tier.name,
                seconds(setup_ms)
            ),
        },
    )?;
    Ok(Exit::Done)
}

/// The key of a tier, made when it is missing, and how long that took: 0 when it was there.
pub fn proving_key(
    store: &KeyStore,
    tier: &Tier,
    output: &Output,
) -> Result<(ProvingKey, u128), Failure> {
    if !store.has(tier) {
        store.try_place(tier).map_err(store_failure)?;
        let (time, bytes) = setup_estimate(tier);
        output.note(&format!(
            "making the key of tier {}: about {} and {} MB, once for every program of this size.\n\
             Whoever makes a key could forge proofs with it: one made here convinces you alone.",
            tier.name,
            // An estimate: rounded up, to tenths of a second.
            seconds(time.as_millis().div_ceil(100).max(1) * 100),
            bytes.div_ceil(1 << 20)
        ));
    }
    let bar = Bar::new("key");
    let (key, time) = keys::proving_key(store, tier, &bar)?;
    Ok((key, time.as_millis()))
}

fn with_steps(steps: u64) -> Result<&'static Tier, Failure> {
    TIERS
        .iter()
        .find(|tier| tier.capacities.rows as u64 >= steps)
        .ok_or_else(|| {
            Failure::unusable(format!("no tier has {steps} rows"))
                .help(format!("the largest has {MOST_ROWS}"))
        })
}

/// The key store cannot be used.
pub fn store_failure(error: KeyError) -> Failure {
    Error::Store(error).into()
}

/// A time for people.
pub fn seconds(ms: u128) -> String {
    if ms < 1000 {
        format!("{ms} ms")
    } else {
        format!("{:.1} s", ms as f64 / 1000.0)
    }
}
