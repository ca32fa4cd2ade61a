//! Additions of points four at a time, where a CPU has vectors of four double-precision numbers and fused
//! multiplication (AVX2 and FMA: 2013 and later).

mod adder;
pub(crate) mod columns;
mod coordinates;
mod element;
mod multiply;
mod points;

pub(crate) use adder::Lanes;

/// Exists where the CPU has what these folders need.
#[derive(Clone, Copy)]
pub(crate) struct Wide(());

impl Wide {
    pub(crate) fn detect() -> Option<Wide> {
        let all = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        all.then_some(Wide(()))
    }
}

#[cfg(test)]
mod tests;
