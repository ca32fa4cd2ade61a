//! What is in a module's file and not needed to run it.

use anyhow::{Context, Result, bail};

/// A module without its custom sections: the names of functions, and who produced it
/// (WebAssembly Core Specification, section 5.5.3). They are of no use to whoever runs it, and the second tells of this machine's compiler.
pub fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    let Some((header, mut rest)) = module.split_at_checked(8) else {
        bail!("the file is no WebAssembly module");
    };
    if header != b"\0asm\x01\0\0\0" {
        bail!("the file is no WebAssembly module of version 1");
    }
    let mut kept = header.to_vec();
    while let Some(kind) = rest.first() {
        let (length, start) = number(rest.get(1..).unwrap_or_default())
            .context("a section of the module has no length")?;
        let end = 1 + start + length;
        let (section, after) = rest
            .split_at_checked(end)
            .context("a section of the module is cut off")?;
        if *kind != 0 {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Ok(kept)
}

/// A number in LEB128, and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_alone_are_left_out() {
        let header = b"\0asm\x01\0\0\0".as_slice();
        let long = [vec![0, 0x80, 1], vec![7; 128]].concat();
        let module = [header, &[0, 1, 9], &[1, 2, 5, 6], &long, &[3, 0]].concat();
        let kept = [header, &[1, 2, 5, 6], &[3, 0]].concat();
        assert_eq!(without_custom_sections(&module).unwrap(), kept);
        assert_eq!(without_custom_sections(&kept).unwrap(), kept);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(without_custom_sections(b"\0asm").is_err());
        assert!(without_custom_sections(b"\0asm\x02\0\0\0").is_err());
        assert!(without_custom_sections(b"\0asm\x01\0\0\0\x01\x05\0").is_err());
    }
}
