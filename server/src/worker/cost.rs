//! What a proof of a run takes on this machine.

use super::execution::Execution;
use super::key_cache::KeyCache;
use super::protocol::{Cost, ShapeCost};
use super::timings::Timings;
use provable::circuit::fit::Size;
use provable::proof::setup_estimate;

/// What a proof of the run takes. If the key store cannot be opened, no key exists and no time was measured.
pub fn cost(keys: &KeyCache, execution: &Execution, steps: u64) -> Option<Cost> {
    let Execution {
        program,
        inputs,
        limits,
        ..
    } = execution;
    let size = Size::of_halted(program, inputs, *limits, steps);
    let tier = size.tier?;
    let store = keys.store().ok();
    let key_ready = store.as_ref().is_some_and(|store| store.has(tier));
    let timings = store.map_or_else(Timings::default, |store| Timings::read(store.folder()));
    Some(Cost {
        tier: tier.name.to_string(),
        rows: tier.capacities.rows,
        key_ready,
        setup_ms: match key_ready {
            true => 0,
            false => setup_estimate(tier).0.as_millis() as u64,
        },
        prove_ms: timings.prove_ms(tier),
        decided: size.decided,
        shapes: size
            .shapes
            .iter()
            .filter_map(|(shape, tier)| {
                let tier = (*tier)?;
                Some(ShapeCost {
                    shape: shape.name().to_string(),
                    tier: tier.name.to_string(),
                    prove_ms: timings.prove_ms(tier),
                })
            })
            .collect(),
        tables: size.tables,
    })
}
