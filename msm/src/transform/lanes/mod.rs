//! The transforms four values at a time, in double-precision numbers, where a CPU has AVX2 and fused multiplication.
//!
//! Four values that follow each other lie side by side, so that blocks of eight and more are worked on vector by vector,
//! with one root for all lanes. Sixteen values are four vectors, which are turned for the last two levels: then each
//! lane has a block of four. Two levels at a time, so that memory is touched half as often.
//!
//! The way back begins with a block as soon as the way there has ended with it: it is still in the cache, and so are
//! its roots. They are the same because here both ways go with ω's powers, not with ω's and then its inverse's. So the
//! coefficients come in another order, f₋ₖ for fₖ, which ψ's powers at the same places take to values at ψ's inverse
//! powers: the coset, from its end to its beginning.

mod butterflies;
mod element;
mod multiply;
mod roots;

use crate::lanes::Wide;
use ark_bls12_381::Fr;
use ark_ff::Field;
use butterflies::*;
use multiply::*;
use rayon::prelude::*;
use roots::*;
use zeroize::{Zeroize, Zeroizing};

/// Vectors that are worth a task of their own.
const TASK: usize = 1 << 10;
/// Values that a turn takes.
pub(super) const LEAST: usize = 16;

/// Four values.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Four(Quad);

impl Zeroize for Four {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// See [`super::Transform`]. Of [`LEAST`] values or more.
pub(super) struct Transform {
    wide: Wide,
    /// Vectors.
    size: usize,
    roots: Roots,
    /// ψ's powers for the places of sixteen values, turned and divided by n; times ψ for the upper half of all.
    scales: [[Root; 4]; 2],
}

/// See [`super::Values`].
pub(super) struct Values(Zeroizing<Vec<Four>>);

impl Transform {
    /// For so many values, with ψ; `None` where the CPU cannot or it is not worth it.
    pub(super) fn new(size: usize, root: Fr) -> Option<Self> {
        let wide = Wide::detect()?;
        if size < LEAST {
            return None;
        }
        // powers[k] = ψ^(n/2^(k+1))
        let mut powers: Vec<Fr> = std::iter::successors(Some(root), |root| Some(root.square()))
            .take(size.ilog2() as usize)
            .collect();
        powers.reverse();
        let share = Fr::from(size as u64).inverse()?;
        // SAFETY: a `Wide` exists, so the CPU has the features.
        #[allow(unsafe_code)]
        let (roots, scales) = unsafe {
            let upper = scales(&powers, -share * root);
            (
                Roots::new(powers.get(..powers.len() - 1)?),
                [scales(&powers, -share), upper],
            )
        };
        Some(Transform {
            wide,
            size: size / 4,
            roots,
            scales,
        })
    }

    /// See [`super::Transform::on_coset`].
    pub(super) fn on_coset(&self, values: &[Fr]) -> Values {
        let Wide { .. } = self.wide;
        // SAFETY: as above.
        #[allow(unsafe_code)]
        unsafe {
            let mut values = self.vectors(values);
            self.block(&mut values, 0);
            Values(values)
        }
    }

    #[target_feature(enable = "avx2,fma")]
    fn vectors(&self, values: &[Fr]) -> Zeroizing<Vec<Four>> {
        let zero = Fr::default();
        let vectors = (0..self.size).into_par_iter().with_min_len(TASK);
        let vectors = vectors.map(|vector| {
            let value = |lane| values.get(4 * vector + lane).unwrap_or(&zero);
            Four(element::gather([value(0), value(1), value(2), value(3)]))
        });
        // As many as are known before: the vector does not grow.
        Zeroizing::new(vectors.collect())
    }

    /// There and back, in a block of four vectors or more.
    #[target_feature(enable = "avx2,fma")]
    fn block(&self, values: &mut [Four], block: usize) {
        match values {
            [x0, x1, x2, x3] => self.sixteen([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0], block),
            [x0, x1, x2, x3, y0, y1, y2, y3] => {
                let root = (block > 0).then(|| self.roots.single(block));
                let mut pairs = [(x0, y0), (x1, y1), (x2, y2), (x3, y3)];
                for (low, high) in &mut pairs {
                    split_once([&mut low.0, &mut high.0], root);
                }
                let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = &mut pairs;
                let (low, high) = (2 * block, 2 * block + 1);
                self.sixteen([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0], low);
                self.sixteen([&mut y0.0, &mut y1.0, &mut y2.0, &mut y3.0], high);
                for (low, high) in &mut pairs {
                    merge_once([&mut low.0, &mut high.0], root);
                }
            }
            values => self.quarters(values, block),
        }
    }

    #[target_feature(enable = "avx2,fma")]
    fn quarters(&self, values: &mut [Four], block: usize) {
        let length = values.len();
        let root = self.roots.single(block);
        let halves = [2 * block, 2 * block + 1].map(|half| self.roots.single(half));
        match block {
            0 => across(values, |x| split_first(x, halves[1])),
            _ => across(values, |x| split(x, root, halves)),
        }
        let quarters = values.chunks_exact_mut(length / 4).zip(4 * block..);
        if length > TASK {
            rayon::scope(|scope| {
                for (values, block) in quarters {
                    scope.spawn(move |_| self.block(values, block));
                }
            });
        } else {
            quarters.for_each(|(values, block)| self.block(values, block));
        }
        match block {
            0 => across(values, |x| merge_first(x, halves[1])),
            _ => across(values, |x| merge(x, root, halves)),
        }
    }

    /// Sixteen values, there and back.
    #[target_feature(enable = "avx2,fma")]
    fn sixteen(&self, [x0, x1, x2, x3]: [&mut Quad; 4], block: usize) {
        let root = self.roots.single(block);
        let halves = [2 * block, 2 * block + 1].map(|half| self.roots.single(half));
        match block {
            0 => split_first([x0, x1, x2, x3], halves[1]),
            _ => split([x0, x1, x2, x3], root, halves),
        }
        // The lanes' blocks are 0, 2, 1 and 3, as pairs of roots fall apart.
        turn([x0, x2, x1, x3]);
        let roots = self.roots.turned(block);
        let [root, left, right] = [0, 1, 2].map(|which| Each(&roots[which]));
        split([x0, x2, x1, x3], root, [left, right]);
        let quarter = self.size / 8;
        let (scales, place) = match block.checked_sub(quarter) {
            Some(place) if quarter > 0 => (&self.scales[1], place),
            _ => (&self.scales[0], block),
        };
        let common = self.roots.single(16 * place);
        let [a, b, c, d] = scales;
        scale([&mut *x0, &mut *x2], (place > 0).then_some(common), [a, b]);
        scale([&mut *x1, &mut *x3], (place > 0).then_some(common), [c, d]);
        if block == 0 {
            negate_first(x0);
        }
        merge([x0, x2, x1, x3], root, [left, right]);
        turn([x0, x2, x1, x3]);
        let root = self.roots.single(block);
        match block {
            0 => merge_first([x0, x1, x2, x3], halves[1]),
            _ => merge([x0, x1, x2, x3], root, halves),
        }
    }
}

/// Does something to every fourth part of a block at once.
#[target_feature(enable = "avx2,fma")]
fn across(values: &mut [Four], each: impl Fn([&mut Quad; 4]) + Sync) {
    let (low, high) = values.split_at_mut(values.len() / 2);
    let (x0, x1) = low.split_at_mut(low.len() / 2);
    let (x2, x3) = high.split_at_mut(high.len() / 2);
    if x0.len() > TASK {
        let all = x0.par_iter_mut().zip(x1).zip(x2.par_iter_mut().zip(x3));
        all.with_min_len(TASK / 4)
            .for_each(|((x0, x1), (x2, x3))| each([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0]));
    } else {
        let all = x0.iter_mut().zip(x1).zip(x2.iter_mut().zip(x3));
        all.for_each(|((x0, x1), (x2, x3))| each([&mut x0.0, &mut x1.0, &mut x2.0, &mut x3.0]));
    }
}

/// ψ's powers for the places of sixteen values, times a factor.
#[target_feature(enable = "avx2,fma")]
fn scales(powers: &[Fr], factor: Fr) -> [Root; 4] {
    let scale = |place: usize| {
        let bits = powers.iter().enumerate().take(4);
        let bits = bits.filter(|(bit, _)| place >> bit & 1 == 1);
        bits.fold(factor, |scale, (_, power)| scale * power)
    };
    [0, 1, 2, 3].map(|within| Root::of([0, 2, 1, 3].map(|lane| scale(4 * lane + within))))
}

impl Values {
    /// How many vectors of four there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// See [`super::Values::times`].
    pub(super) fn times(&self, other: &Values) -> Zeroizing<Vec<Fr>> {
        let mut products = Zeroizing::new(vec![Fr::default(); 4 * self.0.len()]);
        let all = products
            .par_rchunks_exact_mut(4)
            .zip(&*self.0)
            .zip(&*other.0);
        all.with_min_len(TASK).for_each(|((products, one), other)| {
            // SAFETY: there are values, so there is the `Transform` that made them.
            #[allow(unsafe_code)]
            let [one, other] =
                [one, other].map(|four| unsafe { element::scatter(&fresh(&four.0)) });
            let pairs = one.into_iter().zip(other);
            for (product, (one, other)) in products.iter_mut().rev().zip(pairs) {
                *product = one * other;
            }
        });
        products
    }
}

#[cfg(test)]
mod tests;
