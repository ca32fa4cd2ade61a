//! Every packed value has a bound, each bound rests on earlier facts only, and `docs/proof-system.md` lists them.
use provable::circuit::shape::{Shape, capacities};
use provable::circuit::tuple::FORMATS;
use provable::circuit::{Capacities, Circuit};
use provable::circuit::{bounds::Ledger, fact::Fact};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The ledger of the circuit in the documentation.
fn ledger() -> Ledger {
    let capacities = Capacities {
        sha256: 1,
        ..capacities(4096, 12, Shape::Plain)
    };
    Circuit::ledger(capacities).unwrap()
}

/// An order of all facts in which each comes after those that it rests on. A fact of a row may rest on the same fact of an earlier
/// row: that is an induction, and no circle.
fn order(edges: &BTreeSet<(Fact, Fact)>) -> Option<Vec<Fact>> {
    let mut left: BTreeSet<Fact> = Fact::ALL.into_iter().collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let rests = |fact: &Fact, on: &Fact| edges.contains(&(*fact, *on));
        let ready = left
            .iter()
            .find(|fact| !left.iter().any(|other| rests(fact, other)))
            .copied()?;
        left.remove(&ready);
        order.push(ready);
    }
    Some(order)
}

fn edges(ledger: &Ledger) -> BTreeSet<(Fact, Fact)> {
    let packed = ledger.edges.iter();
    let packed = packed.filter(|(fact, on, earlier_row)| fact != on || !earlier_row);
    let packed = packed.map(|(fact, on, _)| (*fact, *on));
    let shown = Fact::ALL
        .into_iter()
        .flat_map(|fact| fact.uses().iter().map(move |on| (fact, *on)));
    packed.chain(shown).collect()
}

#[test]
fn bounds_rest_on_earlier_facts() {
    let ledger = ledger();
    let edges = edges(&ledger);
    assert!(order(&edges).is_some(), "{edges:?}");
    for (fact, on) in &edges {
        assert!(on < fact, "{fact:?} rests on {on:?}");
    }
    // No fact below the memory rests on the memory.
    let mut below = BTreeSet::from([Fact::Memory]);
    while let Some((_, on)) = edges
        .iter()
        .find(|(fact, on)| below.contains(fact) && !below.contains(on))
    {
        below.insert(*on);
    }
    assert!(!below.contains(&Fact::Words) && below.contains(&Fact::Fetch));
    // The fetch is the only induction over rows.
    let rows = ledger.edges.iter().filter(|(fact, on, _)| fact == on);
    let rows: Vec<_> = rows.copied().collect();
    assert_eq!(rows, [(Fact::Fetch, Fact::Fetch, true)]);
}

/// The control: with one more edge there is a circle.
#[test]
fn a_circular_bound_has_no_order() {
    let mut edges = edges(&ledger());
    edges.insert((Fact::Fetch, Fact::Memory));
    assert_eq!(order(&edges), None);
}

/// Each format serves one fact, and that fact comes before its uses.
#[test]
fn each_format_serves_its_fact() {
    let served: Vec<Fact> = FORMATS.iter().map(|format| format.serves).collect();
    let facts = [
        Fact::MemoryTuples,
        Fact::Fetch,
        Fact::Coprocessors,
        Fact::Answers,
    ];
    assert_eq!(served, facts);
    assert!(Fact::MemoryTuples < Fact::Memory && Fact::Memory < Fact::Words);
    assert!(Fact::Words < Fact::Coprocessors && Fact::Fetch < Fact::MemoryTuples);
    let recorded: BTreeSet<Fact> = ledger().edges.iter().map(|edge| edge.0).collect();
    assert_eq!(recorded, facts.into_iter().collect());
}

/// The numbered facts of the documentation, each with the numbers that it cites.
fn facts(docs: &str) -> Vec<(usize, BTreeSet<usize>)> {
    let (_, argument) = docs.split_once("## The argument").unwrap();
    let (argument, _) = argument.split_once("\n## ").unwrap();
    let mut facts: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    for line in argument.lines() {
        let heading = line
            .strip_prefix("**")
            .and_then(|line| line.split_once(". "));
        if let Some(number) = heading.and_then(|(number, _)| number.parse().ok()) {
            facts.push((number, BTreeSet::new()));
        }
        let Some((_, cited)) = facts.last_mut() else {
            continue;
        };
        let brackets = line
            .split('[')
            .skip(1)
            .filter_map(|rest| rest.split_once(']'));
        cited.extend(brackets.filter_map(|(number, _)| number.parse::<usize>().ok()));
    }
    facts
}

#[test]
fn each_fact_cites_only_earlier_facts() {
    let facts = facts(&docs());
    let numbers: Vec<usize> = facts.iter().map(|fact| fact.0).collect();
    assert_eq!(numbers, (0..=16).collect::<Vec<_>>());
    for (number, cited) in &facts {
        assert!(
            cited.iter().all(|other| other < number),
            "{number}: {cited:?}"
        );
    }
    // All that a fact rests on.
    let below = |fact: usize| {
        let mut below = BTreeSet::from([fact]);
        while let Some(more) = below
            .iter()
            .flat_map(|fact| facts[*fact].1.iter().copied())
            .find(|cited| !below.contains(cited))
        {
            below.insert(more);
        }
        below
    };
    // The documentation cites every fact that the code uses.
    for fact in Fact::ALL {
        let below = below(fact as usize);
        for used in fact.uses() {
            assert!(below.contains(&(*used as usize)), "{fact:?}: {used:?}");
        }
    }
    // The memory, and all that it rests on, cites nothing of words, answers or depths.
    assert_eq!(below(9), (0..=9).collect());
}

fn docs() -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/proof-system.md");
    std::fs::read_to_string(docs).unwrap()
}

/// A table of the fields of each format: width, what each tuple holds, and by which fact.
#[test]
fn the_documentation_lists_every_packed_field() {
    let ledger = ledger();
    let docs = docs();
    for format in FORMATS {
        let mut table = String::from(
            "| field | begins at bit | width | tuple | holds | enforced by | fact |\n",
        );
        table.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
        for field in format.fields {
            let tuples: BTreeMap<_, _> = ledger
                .uses
                .iter()
                .filter(|((name, _, found), _)| *name == format.name && *found == field.name)
                .map(|((_, tuple, _), found)| (*tuple, *found))
                .collect();
            assert!(!tuples.is_empty(), "{} {}", format.name, field.name);
            for (tuple, found) in tuples {
                table.push_str(&format!(
                    "| {} | {} | {} | {tuple} | {} | {} | {} |\n",
                    field.name,
                    field.shift,
                    interval(field.min, field.max),
                    found
                        .interval
                        .ends()
                        .map_or("?".into(), |(min, max)| interval(min, max)),
                    found.fact.enforced_by(),
                    found.fact as u8,
                ));
            }
        }
        assert!(
            docs.contains(&table),
            "docs/proof-system.md has no\n\n{table}"
        );
    }
}

/// An interval whose large ends are sums of powers of two.
fn interval(min: i128, max: i128) -> String {
    match min == max {
        true => number(min),
        false => format!("{} to {}", number(min), number(max)),
    }
}

fn number(value: i128) -> String {
    let size = value.unsigned_abs();
    let sign = if value < 0 { "−" } else { "" };
    if size < 1 << 16 {
        return format!("{sign}{size}");
    }
    let power = size.next_power_of_two();
    let (power, rest) = match power - size < size - power / 2 {
        true => (power, -((power - size) as i128)),
        false => (power / 2, (size - power / 2) as i128),
    };
    let exponent = power.trailing_zeros();
    let rest = match rest {
        0 => String::new(),
        rest if rest < 0 => match number(-rest) {
            several if several.contains(' ') => format!(" − ({several})"),
            one => format!(" − {one}"),
        },
        rest => format!(" + {}", number(rest)),
    };
    match value < 0 && !rest.is_empty() {
        true => format!("−(2^{exponent}{rest})"),
        false => format!("{sign}2^{exponent}{rest}"),
    }
}
