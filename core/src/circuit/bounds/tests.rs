use super::context::Sum;
use super::fixed::Fixed;
use super::tuples::Tuple;
use super::*;
use crate::circuit::builder::Builder;
use crate::circuit::family::Family;
use crate::circuit::layout::statement::GAMMA;
use crate::circuit::layout::{Capacities, Layout, step};
use crate::circuit::sha256::{Function, Lane};
use crate::circuit::tuple::{FETCH, MEMORY};
use crate::circuit::variable::Var;

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
        sha256: 0,
    })
}

/// The refusal of a circuit that is written like this.
fn refused(write: impl Fn(&mut Context<'_>)) -> Option<String> {
    let (mut builder, layout) = (Builder::new(), layout());
    let mut context = Context::new(&mut builder, &layout);
    write(&mut context);
    let refusal = context.ledger.refusal.clone();
    refusal.map(|refusal| format!("{} of {}", refusal.field, refusal.tuple))
}

fn at(fact: Fact) -> Basis {
    Basis::of(fact)
}

fn bounded(ends: (i128, i128), fact: Fact) -> Bounded {
    Bounded::known(Var(9), Interval::of(ends.0, ends.1), at(fact))
}

/// A memory cell that is accepted.
fn cell(context: &mut Context<'_>) -> Memory {
    Memory {
        time: Bounded::constant(0),
        space: Bounded::constant(5),
        set: Bounded::constant(0),
        value: None,
        address: context.number_times_beta_squared(1),
    }
}

#[test]
fn sums_and_products_have_the_bounds_of_their_parts() {
    let one = bounded((-2, 3), Fact::Ranges);
    let other = bounded((-5, 1), Fact::Ranges);
    let sum = one.clone() + &other;
    assert_eq!(sum.interval, Interval::of(-7, 4));
    let difference = one.clone() - &other;
    assert_eq!(difference.interval, Interval::of(-3, 8));
    assert_eq!(one.interval * other.interval, Interval::of(-15, 10));
    assert_eq!(other.times(-3).interval, Interval::of(-3, 15));
}

/// A number that is not in the interval has no bound, and computing with it does not give one.
#[test]
fn a_bound_that_overflows_is_none_for_good() {
    let large = Bounded::constant(1 << 100).times(1 << 100);
    let other = Bounded::constant(1 << 90).times(1 << 90);
    let gone = large - other;
    assert_eq!(gone.interval.ends(), None);
    assert!(!gone.interval.is_within(Interval::of(i128::MIN, i128::MAX)));
    let packed = |context: &mut Context<'_>| {
        let fields = [gone.clone(), Bounded::constant(0)];
        context.pack(&FETCH, "row", &fields, 0);
    };
    assert_eq!(refused(packed).as_deref(), Some("pc of row"));
}

#[test]
fn a_field_wider_than_its_room_is_refused() {
    let pc = |max| {
        move |context: &mut Context<'_>| {
            let pc = bounded((0, max), Fact::Selections);
            let fields = [pc, Bounded::constant(3)];
            context.pack(&FETCH, "row", &fields, 0);
        }
    };
    assert_eq!(refused(pc(1 << 72)), None);
    assert_eq!(refused(pc((1 << 72) + 1)).as_deref(), Some("pc of row"));
}

#[test]
fn a_bound_that_rests_on_what_it_shows_is_refused() {
    let memory = |fact| {
        move |context: &mut Context<'_>| {
            let time = bounded((0, 1), fact);
            let fields = [time, Bounded::constant(1), Bounded::constant(1)];
            context.pack(&MEMORY, "pop", &fields, 0);
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
            let pc = Bounded::known(Var(9), Interval::of(0, 1), Basis { fact, row });
            context.pack(&FETCH, "row", &[pc, Bounded::constant(0)], 3);
        }
    };
    assert_eq!(refused(fetch(2)), None);
    assert_eq!(refused(fetch(3)).as_deref(), Some("pc of row"));
}

#[test]
fn a_value_that_memory_bounds_is_no_field_of_memory() {
    let packed = |context: &mut Context<'_>| {
        let selector = Bounded::constant(1);
        let base = context.base(Family::Base, 0, &selector);
        let words = context.words(0, &base, &Bounded::constant(0));
        let fields = [words.a, Bounded::constant(1), Bounded::constant(1)];
        context.pack(&MEMORY, "pop", &fields, 0);
    };
    assert_eq!(refused(packed).as_deref(), Some("time of pop"));
}

/// Multiplicities that are refused: one that the prover chooses freely, one that is a looked-up number, one that is a
/// boolean of a table.
#[test]
fn a_cell_that_no_control_bit_puts_is_refused() {
    let free = |context: &mut Context<'_>| {
        let cell = cell(context);
        let tuple = context.memory_tuple("first", cell);
        let times = context.layout.step.at(0, step::AGE);
        let numerator = Numerator::Multiplicity(times);
        context.add(Sum::Memory, Family::HeapTable, tuple, numerator);
    };
    assert_eq!(refused(free).as_deref(), Some("the memory of a cell"));
    let often = |context: &mut Context<'_>| {
        let age = context.range(Family::Times, context.layout.step.at(0, step::AGE));
        let cell = cell(context);
        context.remove(Family::HeapTable, "last", cell, &age);
    };
    assert_eq!(refused(often).as_deref(), Some("a sum of a cell"));
    let own = |context: &mut Context<'_>| {
        let own = context.boolean(Family::HeapTable, context.layout.heap.at(0, 3));
        let cell = cell(context);
        context.put(Family::HeapTable, "first", cell, &own);
    };
    assert_eq!(refused(own).as_deref(), Some("the memory of first"));
    let carry = |context: &mut Context<'_>| {
        let carry = context.boolean(Family::CarryBit, context.layout.step.at(0, step::CARRY));
        let cell = cell(context);
        context.put(Family::HeapTable, "first", cell, &carry);
    };
    assert_eq!(refused(carry).as_deref(), Some("the memory of first"));
    let once = |context: &mut Context<'_>| {
        let cell = cell(context);
        context.put(Family::HeapTable, "first", cell, &Bounded::constant(1));
    };
    assert_eq!(refused(once), None);
}

/// A variable that a malicious prover chooses after it knows the pole: looked up, packed, or under β.
#[test]
fn what_is_not_fixed_before_the_challenges_is_refused() {
    let looked_up = |context: &mut Context<'_>| {
        let last = context.fresh(Fixed::Free);
        context.range(Family::Times, last);
    };
    assert_eq!(refused(looked_up).as_deref(), Some("a value of a lookup"));
    let pole = |context: &mut Context<'_>| {
        context.range(Family::Times, GAMMA);
    };
    assert_eq!(refused(pole).as_deref(), Some("a value of a lookup"));
    let counted = |context: &mut Context<'_>| {
        let last = context.fresh(Fixed::Free);
        let on = context.boolean(Family::Times, last);
        let cell = cell(context);
        context.remove(Family::HeapTable, "last", cell, &on);
    };
    assert_eq!(refused(counted).as_deref(), Some("a value of a numerator"));
    let packed = |context: &mut Context<'_>| {
        let last = context.fresh(Fixed::Free);
        let set = context.boolean(Family::Times, last);
        let cell = Memory {
            set,
            ..cell(context)
        };
        context.put(Family::HeapTable, "first", cell, &Bounded::constant(1));
    };
    assert_eq!(refused(packed).as_deref(), Some("a value of a tuple"));
    let tested = |context: &mut Context<'_>| {
        let value = context.layout.step.at(0, step::FILL);
        let scaled = context.times_beta(Family::StackPort, value);
        let one = Bounded::constant(1);
        let zero = context.where_zero(Family::ZeroTest, scaled.lc(), &one);
        context.range(Family::Times, zero);
    };
    assert_eq!(refused(tested).as_deref(), Some("a value of a lookup"));
    let squared = |context: &mut Context<'_>| {
        let value = context.layout.step.at(0, step::FILL);
        let once = context.times_beta(Family::StackPort, value);
        context.times_beta(Family::StackPort, once.lc());
    };
    let refused = refused(squared);
    assert_eq!(refused.as_deref(), Some("a value of a field under β"));
}

#[test]
fn a_shift_by_no_boolean_is_refused() {
    let shift = |context: &mut Context<'_>| {
        let shift = context.range(Family::Times, context.layout.step.at(0, step::AGE));
        let amount = context.layout.arithmetic.at(0, 4);
        context.shifted(
            Family::ArithmeticTable,
            &shift,
            amount,
            &Bounded::constant(1),
        );
    };
    assert_eq!(refused(shift).as_deref(), Some("its selector of a shift"));
}

#[test]
fn too_few_fields_or_limbs_are_refused() {
    let short = |context: &mut Context<'_>| {
        let pc = Bounded::constant(1);
        context.pack(&FETCH, "row", &[pc], 0);
    };
    assert!(refused(short).is_some());
    for limbs in [7, 9] {
        let long = |context: &mut Context<'_>| {
            let limbs = vec![context.layout.step.at(0, step::AGE); limbs];
            context.word(Family::ResultRange, &limbs);
        };
        assert_eq!(refused(long).as_deref(), Some("limbs of a word"));
    }
}

#[test]
fn two_fields_under_one_power_are_refused() {
    let with = |fields: usize| {
        move |context: &mut Context<'_>| {
            let mut tuple = Tuple::single(Lc::zero());
            for _ in 0..fields {
                tuple = tuple.under_beta(context.number_times_beta(5u64.into()));
            }
            context.add(Sum::Power, Family::PowersOfTwo, tuple, Numerator::one());
        }
    };
    assert_eq!(refused(with(1)), None);
    assert_eq!(refused(with(2)).as_deref(), Some("fields of a tuple"));
}

/// A request that a number takes, and a replaced cell that may be later than its row.
#[test]
fn a_request_by_no_boolean_and_a_cell_of_the_future_are_refused() {
    let request = |context: &mut Context<'_>, time: Bounded| Request {
        time,
        value: context.number_times_beta(5u64.into()),
        address: context.number_times_beta_squared(7),
    };
    let often = |context: &mut Context<'_>| {
        let often = context.range(Family::Times, context.layout.step.at(0, step::AGE));
        let request = request(context, Bounded::constant(3));
        context.requested(Family::Sha256Requests, request, often);
    };
    let refusal = refused(often);
    assert_eq!(refusal.as_deref(), Some("its selector of a request"));
    let replaced = |age: (i128, i128)| {
        move |context: &mut Context<'_>| {
            let own = context.boolean(Family::Sha256Requests, context.layout.heap.at(0, 3));
            let request = request(context, Bounded::constant(3));
            let row = context.requested(Family::Sha256Requests, request, own);
            let value = context.number_times_beta(5u64.into());
            let cell = Replaced {
                address: context.number_times_beta_squared(7),
                age: bounded(age, Fact::Ranges),
                old: value.clone(),
                new: value,
            };
            context.replace(Family::Sha256Memory, &row, cell);
        }
    };
    assert_eq!(refused(replaced((0, 9))), None);
    let refusal = refused(replaced((-1, 9)));
    assert_eq!(refusal.as_deref(), Some("a time of requested, out"));
}

/// The digits of both functions in one lane, terms without a bound, too few chunks, and a piece without a table.
#[test]
fn additions_and_lookups_that_are_not_unique_are_refused() {
    let chunks = |count: u32| -> Vec<Var> { (10..10 + count).map(Var).collect() };
    let applied = |context: &mut Context<'_>, lane| Applied {
        found: context.chunks(Function::Parity, lane, &chunks(8)),
        digits: bounded((0, 7), Fact::Ranges),
    };
    let addition = |lanes: [Lane; 2], terms: (i128, i128)| {
        move |context: &mut Context<'_>| {
            let functions = lanes.map(|lane| applied(context, lane)).into();
            let terms = bounded(terms, Fact::Ranges);
            let word = bounded((0, 15), Fact::Ranges);
            context.added(&terms, functions, &word);
        }
    };
    let word = (0, i128::from(u32::MAX));
    assert_eq!(refused(addition(Lane::ALL, word)), None);
    let refusal = refused(addition([Lane::First; 2], word));
    assert_eq!(refusal.as_deref(), Some("a function of an addition"));
    let refusal = refused(addition(Lane::ALL, (0, 1 << 60)));
    assert_eq!(refusal.as_deref(), Some("sum of addition"));
    let short = |context: &mut Context<'_>| {
        context.chunks(Function::Choice, Lane::Second, &chunks(10));
    };
    assert_eq!(refused(short).as_deref(), Some("chunks of a function"));
    let length = |context: &mut Context<'_>| {
        context.piece(8, &chunks(2));
    };
    assert_eq!(refused(length).as_deref(), Some("a length of a lookup"));
}
