//! Additions of pairs.

use crate::drawn::{Choices, added};
use crate::fp::{Fp, Fp2};
use crate::portable::PortableAdder;
#[cfg(target_arch = "x86_64")]
use crate::{
    cpu::{Avx2Fma, Ifma},
    lanes::LaneAdder,
};
use ark_bls12_381::{g1, g2};

/// One more than the most pairs: a group of sixteen, and one left over.
const PAIRS: u8 = 18;

macro_rules! agree {
    ($name:ident, $curve:ty, $coordinate:ty, $components:literal) => {
        /// Sums by the formula, the same for each backend.
        pub(super) fn $name(mut choices: Choices) {
            let count = choices.below(PAIRS).into();
            let mut adder = PortableAdder::<$coordinate>::new();
            let expected = added::<$curve, _>(&mut adder, choices, count);
            expected.assert_right();
            #[cfg(target_arch = "x86_64")]
            if let Some(cpu) = Avx2Fma::detect() {
                let mut adder = LaneAdder::<_, $coordinate, $components, 4>::new(cpu);
                let found = added::<$curve, _>(&mut adder, choices, count);
                assert!(found.sums == expected.sums);
            }
            #[cfg(target_arch = "x86_64")]
            if let Some(cpu) = Ifma::detect() {
                let mut adder = LaneAdder::<_, $coordinate, $components, 8>::new(cpu);
                let found = added::<$curve, _>(&mut adder, choices, count);
                assert!(found.sums == expected.sums);
            }
        }
    };
}

agree!(in_g1, g1::Config, Fp, 1);
agree!(in_g2, g2::Config, Fp2, 2);
