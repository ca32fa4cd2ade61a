//! Products in the base field, for any kind of [`Word`].
//!
//! A limb has 48 bits and the multiplier takes 52, so that sums and differences of a few elements are multiplied without
//! carries. The Montgomery radix is 2^384, as in arkworks and in a key's file.
//!
//! # Method
//!
//! Time is counted in multiply-adds. Karatsuba's method ("Multiplication of multidigit numbers on automata", Soviet Physics
//! Doklady 7, 1963) saves a quarter of them. With B = 2^48 and Y = B² an element is e(Y) + B·o(Y), of its even and odd
//! limbs, and
//!
//! (e + B·o)·(f + B·q) = e·f + B·((e + o)·(f + q) − e·f − o·q) + B²·o·q,
//!
//! three products of four limbs by four: 96 multiply-adds in place of 128. The reduction takes two limbs at a time in the
//! same way, and adds to the same sums:
//!
//! - The lowest two limbs v of T are folded three times: T/Y ≡ ⌊T/Y⌋ + v·C, with C = 1/Y modulo p. No quotient has to be
//!   waited for (Bos, Kaihara, Kleinjung, Lenstra, Montgomery, "Solving a 112-bit prime elliptic curve discrete logarithm
//!   problem on game consoles using sloppy reduction", International Journal of Applied Cryptography 2, 2012, folds in this
//!   manner). The third time −v and −C are taken, as −C modulo p is the smaller number.
//! - The last step is Montgomery's ("Modular multiplication without trial division", Mathematics of Computation 44, 1985)
//!   with the quotient v·(−1/p) modulo Y.
//!
//! 96 + 3·24 + 28 = 196 multiply-adds in all; limb by limb they are 264.
//!
//! # Bounds
//!
//! The tests run this code with intervals, which asserts for all operands that no word overflows and that the multiplier sees
//! every factor whole, with these exceptions, which are claimed by [`Word::at_most`]:
//!
//! - The upper parts of middle products, less those of the even and odd ones: ⌊(e + o)(f + q)/2^52⌋ ≥ ⌊ef/2^52⌋ +
//!   ⌊oq/2^52⌋, as (e + o)(f + q) ≥ ef + oq for numbers that are not negative, and floors of sums are no less than sums of
//!   floors. So the difference of the sums is not negative, and it is no more than the sum of the upper parts of the middle
//!   products.
//! - The uppermost limb of a result, from the size of the result. In units of p, which is below 0.1016·2^384, a result of
//!   operands a and b is at most 0.1016·a·b, and 0.15 for the third fold (−C is below 0.15p), 1 for the quotient, 1 for the
//!   multiple of p that the upper columns begin with, and 2^-90 for the earlier folds: below 0.1016·a·b + 2.16. It is at least
//!   1, the multiple, and the lower limbs stand for less than 1.001·2^336, so the uppermost is not negative.
//!
//! Limbs of a result but the uppermost are below 2^48 + 2^13: the upper columns begin with p, in which each lends 2^57 to the
//! one before (`OFFSET`), so that none is negative; then each carries once, all at the same time.

use super::limbs::{BITS, Limbs, MASK, MODULUS, lent};
use crate::simd52::Word;
use crate::unroll::unroll;

/// 2^-96 modulo p.
pub(super) const FOLD: Limbs = [
    0xb460e662617a,
    0xd06de91addb3,
    0xc130e130841d,
    0x40f40ee7ec89,
    0xdb6ba064bcaa,
    0xb65a67856c84,
    0x5607c5a8eeb2,
    0x16202514de46,
];
/// −2^-96 modulo p.
pub(super) const MINUS_FOLD: Limbs = [
    0x4b9f199d4931,
    0xe0e616e4dc4b,
    0x34f33d7b7be0,
    0x263cc3b90a27,
    0x701953205615,
    0x8cf14551f7f2,
    0x90928572b903,
    0x03e0ecd55b39,
];
/// −1/p modulo 2^96.
pub(super) const INVERSE: [u64; 2] = [0xfffcfffcfffd, 0xd9d113e889f3];

/// The greatest size of a product, in p.
pub(super) const LARGEST: u64 = 6;
/// The same of the sum of two products.
pub(super) const LARGEST_SUM: u64 = 10;

/// An even limb, the odd one after it, and their sum.
type Pair<W> = [W; 3];
type ConstantPair = [u64; 3];

const fn constant_pairs(limbs: &Limbs) -> [ConstantPair; 4] {
    let mut pairs = [[0; 3]; 4];
    let mut place = 0;
    while place < 4 {
        let (even, odd) = (limbs[2 * place], limbs[2 * place + 1]);
        pairs[place] = [even, odd, even.wrapping_add(odd)];
        place += 1;
    }
    pairs
}

static FOLD_PAIRS: [[ConstantPair; 4]; 2] = [constant_pairs(&FOLD), constant_pairs(&MINUS_FOLD)];
static MODULUS_PAIRS: [ConstantPair; 4] = constant_pairs(&MODULUS);
/// p with 2^57 lent: what the upper columns begin with.
static OFFSET: [ConstantPair; 4] = constant_pairs(&lent(1, 1 << 9));

/// Sums of products of even limbs, of odd ones, and of sums: lower and upper parts.
#[derive(Clone, Copy)]
struct Sums<W> {
    lower: [W; 3],
    upper: [W; 3],
    /// Products in each.
    products: u64,
}

impl<W: Word> Sums<W> {
    #[inline(always)]
    fn new(even: u64, middle: u64) -> Self {
        let zero = W::splat(0);
        Sums {
            lower: [W::splat(even), zero, W::splat(middle)],
            upper: [zero; 3],
            products: 0,
        }
    }

    #[inline(always)]
    fn add_product(&mut self, a: &Pair<W>, b: &Pair<W>) {
        unroll!(I in 0 1 2 => {
            self.lower[I] = self.lower[I].madd_low(a[I], b[I]);
            self.upper[I] = self.upper[I].madd_high(a[I], b[I]);
        });
        self.products += 1;
    }
}

#[inline(always)]
fn pair<W: Word>(even: W, odd: W) -> Pair<W> {
    [even, odd, even.add(odd)]
}

#[inline(always)]
fn splat<W: Word>(constants: &ConstantPair) -> Pair<W> {
    let [even, odd, sum] = *constants;
    [W::splat(even), W::splat(odd), W::splat(sum)]
}

#[inline(always)]
fn pairs<W: Word>(a: &[W; 8]) -> [Pair<W>; 4] {
    let [a, b, c, d, e, f, g, h] = *a;
    [pair(a, b), pair(c, d), pair(e, f), pair(g, h)]
}

/// What two columns leave to the next two.
#[derive(Clone, Copy)]
struct Carried<W> {
    /// For the even column.
    even: W,
    /// For the odd column: upper parts.
    odd: W,
}

/// 2^52 in units of 2^48.
#[inline(always)]
fn upper_part<W: Word>(upper: W) -> W {
    upper.shift_left::<4>()
}

#[inline(always)]
fn carry<W: Word>(column: W) -> W {
    column.shift_right_arithmetic::<BITS>()
}

#[inline(always)]
fn low<W: Word>(column: W) -> W {
    column.and(MASK)
}

/// Two columns, and what they leave.
#[inline(always)]
fn columns<W: Word>(sums: &Sums<W>, carried: &Carried<W>) -> ([W; 2], Carried<W>) {
    let [even, odd, middle] = sums.lower;
    let [even_upper, odd_upper, middle_upper] = sums.upper;
    let columns = [
        even.add(carried.even),
        middle
            .sub(even.add(odd))
            .add(upper_part(even_upper.add(carried.odd))),
    ];
    let middle_upper = middle_upper
        .sub(even_upper.add(odd_upper))
        .at_most(sums.products << crate::simd52::BITS);
    let carried = Carried {
        even: odd.add(upper_part(middle_upper)),
        odd: odd_upper,
    };
    (columns, carried)
}

/// The reduced product: of `terms`. `largest` is the size of the result in p, from
/// the sizes of the operands.
// The body is written out once for each two columns, and the last needs no carries.
#[allow(unused_assignments)]
#[inline(always)]
fn reduced<W: Word>(largest: u64, terms: &impl Terms<W>) -> [W; 8] {
    let zero = W::splat(0);
    let mut carried = Carried {
        even: zero,
        odd: zero,
    };
    let mut folded = [pair(zero, zero); 3];
    let mut quotient = pair(zero, zero);
    let mut carry_in = zero;
    let mut result = [zero; 8];
    // An aligned stack frame: otherwise the compiler, which learns only at register allocation that it will spill vectors,
    // lets the spilled ones cross cache lines.
    std::hint::black_box(&mut result);
    unroll!(M in 0 1 2 3 4 5 6 7 => {
        let mut sums = if M < 4 {
            Sums::new(0, 0)
        } else {
            let [even, _, middle] = OFFSET[M % 4];
            Sums::new(even, middle)
        };
        terms.add(M, &mut sums);
        unroll!(F in 0 1 2 => if is_product(M, F + 1, 4) {
            sums.add_product(&folded[F], &splat(&FOLD_PAIRS[F / 2][(M + 7 - F) % 4]));
        });
        if is_product(M, 4, 3) {
            sums.add_product(&quotient, &splat(&MODULUS_PAIRS[(M + 1) % 4]));
        }
        let ([even, odd], next) = columns(&sums, &carried);
        carried = next;
        let even = even.add(carry_in);
        if M < 2 {
            let odd = odd.add(carry(even));
            folded[M % 3] = pair(low(even), low(odd));
            carry_in = carry(odd);
        } else if M == 2 {
            let minus_even = low(zero.sub(even));
            let odd = odd.add(carry(even.add(minus_even)));
            let minus_odd = low(zero.sub(odd));
            folded[M % 3] = pair(minus_even, minus_odd);
            carry_in = carry(odd.add(minus_odd));
        } else if M == 3 {
            let odd = odd.add(carry(even));
            let (v, w) = (low(even), low(odd));
            let (inverse, inverse_upper) = (W::splat(INVERSE[0]), W::splat(INVERSE[1]));
            let first = zero.madd_low(v, inverse);
            let second = zero.madd_low(w, inverse).madd_low(v, inverse_upper);
            let second = second.add(carry(first));
            let second = second.add(upper_part(zero.madd_high(v, inverse)));
            quotient = pair(low(first), low(second));
            // Both columns become zero; what they carry counts.
            let mut sums = Sums::new(0, 0);
            sums.add_product(&quotient, &splat(&MODULUS_PAIRS[0]));
            let ([v, more], next) = columns(&sums, &Carried { even: v, odd: zero });
            let w = w.add(more).add(carry(v));
            carry_in = carry(odd).add(carry(w));
            carried.even = carried.even.add(next.even);
            carried.odd = carried.odd.add(next.odd);
        } else {
            carry_in = zero;
            result[2 * M % 8] = even;
            result[(2 * M + 1) % 8] = odd;
        }
    });
    let mut settled = result;
    unroll!(I in 0 1 2 3 4 5 6 => settled[I] = low(settled[I]));
    unroll!(I in 0 1 2 3 4 5 6 => settled[I + 1] = settled[I + 1].add(carry(result[I])));
    settled[7] = settled[7].at_most(largest * (MODULUS[7] + 1));
    settled
}

/// Whether the factors at `index` and `place` − `index` exist, of `count` factors.
#[inline(always)]
const fn is_product(place: usize, index: usize, count: usize) -> bool {
    index <= place && place < index + count
}

/// Whether the factor at `index` is the first of two whose indices sum up to `place`, or both are the same.
#[inline(always)]
const fn is_first(place: usize, index: usize) -> bool {
    index + index <= place
}

/// What a product adds to the sums of two columns. A closure would not be inlined into functions with other target features.
trait Terms<W> {
    /// Adds the products of the columns 2·`place` and 2·`place` + 1.
    fn add(&self, place: usize, sums: &mut Sums<W>);
}

struct Product<W>([Pair<W>; 4], [Pair<W>; 4]);

impl<W: Word> Terms<W> for Product<W> {
    #[inline(always)]
    fn add(&self, place: usize, sums: &mut Sums<W>) {
        unroll!(I in 0 1 2 3 => if is_product(place, I, 4) {
            sums.add_product(&self.0[I], &self.1[(place - I) % 4]);
        });
    }
}

struct SumOfProducts<W>([Product<W>; 2]);

impl<W: Word> Terms<W> for SumOfProducts<W> {
    #[inline(always)]
    fn add(&self, place: usize, sums: &mut Sums<W>) {
        let [one, other] = &self.0;
        unroll!(I in 0 1 2 3 => if is_product(place, I, 4) {
            sums.add_product(&one.0[I], &one.1[(place - I) % 4]);
            sums.add_product(&other.0[I], &other.1[(place - I) % 4]);
        });
    }
}

/// A square: its operand, and twice that.
struct Square<W>([Pair<W>; 4], [Pair<W>; 4]);

impl<W: Word> Terms<W> for Square<W> {
    #[inline(always)]
    fn add(&self, place: usize, sums: &mut Sums<W>) {
        unroll!(I in 0 1 2 3 => if is_product(place, I, 4) && is_first(place, I) {
            let other = if 2 * I == place { &self.0[I] } else { &self.1[(place - I) % 4] };
            sums.add_product(&self.0[I], other);
        });
    }
}

/// a·b. Operands have limbs below 2^51 and sizes whose product is at most 36 in p²; the size of the product is at most
/// [`LARGEST`].
#[inline(always)]
pub(super) fn product<W: Word>(a: &[W; 8], b: &[W; 8]) -> [W; 8] {
    reduced(LARGEST, &Product(pairs(a), pairs(b)))
}

/// a·b + c·d. Operands have limbs below 2^51 and sizes whose products sum up to at most 72 in p²; the size of the sum is at
/// most [`LARGEST_SUM`].
#[inline(always)]
pub(super) fn sum_of_products<W: Word>([a, b]: [&[W; 8]; 2], [c, d]: [&[W; 8]; 2]) -> [W; 8] {
    let (one, other) = (Product(pairs(a), pairs(b)), Product(pairs(c), pairs(d)));
    reduced(LARGEST_SUM, &SumOfProducts([one, other]))
}

/// a². The operand has limbs below 2^50 and a size of at most [`LARGEST`].
#[inline(always)]
pub(super) fn square<W: Word>(a: &[W; 8]) -> [W; 8] {
    let a = pairs(a);
    let mut doubled = a;
    unroll!(I in 0 1 2 3 => unroll!(J in 0 1 2 => doubled[I][J] = a[I][J].add(a[I][J])));
    reduced(LARGEST, &Square(a, doubled))
}
