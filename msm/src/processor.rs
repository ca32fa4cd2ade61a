//! What the processor calls itself.

/// The name of the processor, as `AMD EPYC 9R14`, if it has one: an x86-64 processor answers CPUID leaves 0x80000002 to
/// 0x80000004 with it ("AMD64 Architecture Programmer's Manual", volume 3, appendix E.4.2). Other processors are not asked.
pub fn processor() -> Option<String> {
    let name = brand();
    let text: String = String::from_utf8_lossy(&name)
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The bytes of the name, padded with zeros.
#[cfg(target_arch = "x86_64")]
fn brand() -> Vec<u8> {
    const LEAVES: std::ops::RangeInclusive<u32> = 0x8000_0002..=0x8000_0004;
    if leaf(0x8000_0000)[0] < *LEAVES.end() {
        return Vec::new();
    }
    let registers = LEAVES.flat_map(leaf);
    registers.flat_map(u32::to_le_bytes).collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn brand() -> Vec<u8> {
    Vec::new()
}

/// The registers EAX to EDX after CPUID.
#[cfg(target_arch = "x86_64")]
// The intrinsic is unsafe up to Rust 1.93 and safe from then on.
#[allow(unsafe_code, unused_unsafe)]
fn leaf(leaf: u32) -> [u32; 4] {
    // SAFETY: every x86-64 processor has the instruction CPUID. It answers an unknown leaf with numbers that mean nothing.
    let found = unsafe { std::arch::x86_64::__cpuid(leaf) };
    [found.eax, found.ebx, found.ecx, found.edx]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_one_line_of_words() {
        let Some(name) = processor() else { return };
        assert!(!name.is_empty() && name.len() <= 48, "{name:?}");
        assert_eq!(name, name.trim());
        assert!(!name.contains(char::is_control), "{name:?}");
    }
}
