//! The CPU features that vectors of numbers need. A value of one of these types exists only on a CPU that has the features,
//! and permits calls of functions with these target features.

/// AVX2 and FMA: four double-precision numbers (Haswell and Zen 1, and later).
#[derive(Clone, Copy)]
pub(crate) struct Avx2Fma(());

impl Avx2Fma {
    pub(crate) fn detect() -> Option<Self> {
        let all = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        all.then_some(Avx2Fma(()))
    }
}

/// AVX-512 with IFMA, its 52-bit integer multiply-add: eight 64-bit integers (Ice Lake and Zen 4, and later).
#[derive(Clone, Copy)]
pub(crate) struct Ifma(());

impl Ifma {
    pub(crate) fn detect() -> Option<Self> {
        let all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512ifma");
        all.then_some(Ifma(()))
    }
}
