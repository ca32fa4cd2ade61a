//! The CPU features that the lanes need.

/// A value of this type exists only on a CPU with AVX2 and FMA. It permits calls of functions with these target features.
#[derive(Clone, Copy)]
pub(crate) struct Avx2Fma(());

impl Avx2Fma {
    pub(crate) fn detect() -> Option<Self> {
        let all = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        all.then_some(Avx2Fma(()))
    }
}
