#![allow(missing_docs, clippy::print_stdout)]
use provable_core::circuit::Circuit;
#[test]
fn count() {
    for t in provable_core::proof::tier::TIERS {
        if t.capacities.rows > 24000 {
            continue;
        }
        let c = Circuit::new(t.capacities);
        let n = c.matrices.constraints();
        println!(
            "{} {} {:.3} per step {:.2}, vars {} committed {}",
            t.name,
            n,
            n as f64 / n.next_power_of_two() as f64,
            n as f64 / t.capacities.rows as f64,
            c.variables,
            c.layout.committed_end()
        );
    }
}
