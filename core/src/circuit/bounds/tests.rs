use super::context::Sum;
use super::*;
use crate::circuit::builder::{Builder, Family, Var};
use crate::circuit::layout::{step, Capacities, Layout};
use crate::circuit::tuple::{FETCH, MEMORY};

fn layout() -> Layout {
    Layout::new(Capacities {
        rows: 4,
        program: 4,
        range_bits: 4,
        heap: 1,
        stack: 1,
        calls: 1,
        arithmetic: 1,
        bitwise: 1,
        compare: 1,
    })
}

/// What is refused when a circuit packs this.
fn refused(pack: impl Fn(&mut Context<'_>)) -> Option<String> {
    let (mut builder, layout) = (Builder::new(), layout());
    let mut context = Context::new(&mut builder, &layout);
    pack(&mut context);
    let refusal = context.ledger.refusal.clone();
    refusal.map(|refusal| format!("{} of {}", refusal.field, refusal.tuple))
}

fn at(fact: Fact) -> Basis {
    Basis::of(fact)
}

#[test]
fn sums_and_products_have_the_bounds_of_their_parts() {
    let bounded = |bounds| Bounded::known(Var(7), bounds, at(Fact::Ranges));
    let (one, other) = (bounded((-2, 3)), bounded((-5, 1)));
    let sum = one.clone() + &other;
    assert_eq!((sum.min, sum.max), (-7, 4));
    let difference = one.clone() - &other;
    assert_eq!((difference.min, difference.max), (-3, 8));
    assert_eq!(one.product_bounds(&other), (-15, 10));
    let negated = other.times(-3);
    assert_eq!((negated.min, negated.max), (-3, 15));
    // No bound stays none.
    let none = bounded((i128::MIN, i128::MAX));
    assert_eq!(none.product_bounds(&one), (i128::MIN, i128::MAX));
}

#[test]
fn a_field_wider_than_its_room_is_refused() {
    let pc = |max| {
        move |context: &mut Context<'_>| {
            let pc = Bounded::known(Var(9), (0, max), at(Fact::Selections));
            let bits = Bounded::constant(3);
            context.pack(&FETCH, "row", &[pc, bits], at(Fact::Fetch));
        }
    };
    assert_eq!(refused(pc(1 << 36)), None);
    assert_eq!(refused(pc((1 << 36) + 1)).as_deref(), Some("pc of row"));
    assert_eq!(refused(pc(i128::MAX)).as_deref(), Some("pc of row"));
}

#[test]
fn a_bound_that_rests_on_what_it_shows_is_refused() {
    let memory = |fact| {
        move |context: &mut Context<'_>| {
            let time = Bounded::known(Var(9), (0, 1), at(fact));
            let fields = [time, Bounded::constant(1), Bounded::constant(1)];
            context.pack(&MEMORY, "pop", &fields, at(Fact::MemoryTuples));
        }
    };
    assert_eq!(refused(memory(Fact::Fetch)), None);
    for late in [Fact::MemoryTuples, Fact::Memory, Fact::Words] {
        assert_eq!(refused(memory(late)).as_deref(), Some("time of pop"));
    }
    // A position that rests on the fetch of its own row.
    let fetch = |row| {
        move |context: &mut Context<'_>| {
            let fact = Fact::Fetch;
            let pc = Bounded::known(Var(9), (0, 1), Basis { fact, row });
            let serves = Basis { fact, row: 3 };
            context.pack(&FETCH, "row", &[pc, Bounded::constant(0)], serves);
        }
    };
    assert_eq!(refused(fetch(2)), None);
    assert_eq!(refused(fetch(3)).as_deref(), Some("pc of row"));
}

#[test]
fn a_value_that_memory_bounds_is_no_field_of_memory() {
    let packed = |context: &mut Context<'_>| {
        let [fill, _] = context.taken(0);
        let fields = [fill, Bounded::constant(1), Bounded::constant(1)];
        context.pack(&MEMORY, "pop", &fields, at(Fact::MemoryTuples));
    };
    assert_eq!(refused(packed).as_deref(), Some("time of pop"));
}

#[test]
fn a_multiplicity_in_the_memory_is_refused() {
    let free = |context: &mut Context<'_>| {
        let cell = Memory {
            time: Bounded::constant(0),
            space: Bounded::constant(5),
            set: Bounded::constant(0),
            value: None,
            address: context.number_times_beta_squared(1),
        };
        let tuple = context.memory_tuple("first", cell);
        let times = context.layout.step.at(0, step::AGE);
        let numerator = Numerator::Multiplicity(times);
        context.add(Sum::Memory, Family::HeapTable, tuple, numerator);
    };
    assert_eq!(refused(free).as_deref(), Some("the memory of a cell"));
}

#[test]
fn too_few_fields_are_refused() {
    let short = |context: &mut Context<'_>| {
        let pc = Bounded::constant(1);
        context.pack(&FETCH, "row", &[pc], at(Fact::Fetch));
    };
    assert!(refused(short).is_some());
}
