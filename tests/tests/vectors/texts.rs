//! Programs whose runs are proved beside the examples, and texts for the assembler.

use crate::plain_texts::ACCEPTED;
use crate::refused_texts::REFUSED;
use provable::lang::isa::{OperandKind, SPECS};
/// A run: its name, text, public and secret input, and the tier of its proof.
pub type Proved = (
    &'static str,
    &'static str,
    &'static [u32],
    &'static [u32],
    &'static str,
);

/// The run whose proof the refused ones come from.
pub const BASE: &str = "sum";

/// The program of [`BASE`].
pub const SUM: &str = "\
; A sum of a public and a secret word, times a word of data.
.data TABLE at 0x100 5, 7
        READ
        SECRET
        ADD
        LOAD TABLE
        MUL
        WRITE
        READ
        WRITE
";

/// Instructions that the encoding joins to fewer rows.
const FUSED: &str = "\
; Forms that the encoding joins to fewer rows. Public input: 0x12345678, 5.
.data T at 0x200 1, 2, 3, 4
        PUSH T
        LOAD
        DUP
        STORE 7
        PUSH 8
        STORE
        READ
        DUP 0
        SHL 7
        DUP 1
        SHR 25
        OR
        WRITE
        DUP
        PUSH 28
        SHR
        SWAP
        PUSH 4
        SHL
        XOR
        WRITE
        READ
        DUP
        DUP 1
        SHL 3
        DUP 2
        SHR 29
        ADD
        WRITE
        DUP
        ROTR 5
        WRITE
        PUSH 100
        SWAP
        SUB
        DUP
        EQ 0
        JZ more
        HALT
more:   PUSH 7
        SWAP
        LT
        PUSH 3
        STORE 9
        LOAD 9
        SWAP
        AND
        NOT
        NOT
        POP
        PUSH 77
        PUSH 0x300
        SWAP 1
        STORE
        PUSH 6
        LOAD 9
        STORE
        PUSH 5
        DUP
        PUSH 32
        PUSH 1
        DUP 2
        STORE
        POP
        POP
        POP
        PUSH 0
        EQ 0
        ASSERT
        PUSH 0
        EQ 0
        ASSERT
        PUSH 3
        PUSH 2
        PUSH 1
        ROTR
        GT
        JMP last
        NOP
last:   POP
        JMP end
        ASSERT
end:
";

/// Bitwise operations of many words.
const XOR: &str = "\
; Bitwise operations of many words.
        PUSH 40
again:  DUP
        STORE 0
        LOAD 0
        MUL 2654435761
        LOAD 1
        XOR
        STORE 1
        SUB 1
        DUP
        JNZ again
        LOAD 1
        WRITE
        HALT
.data H at 1 0
";

/// Everything that a plain text may have and that is easily read wrong.
const EDGE: &str = concat!(
    "\u{feff}#provable 1.0\r",
    ".CONST Ten 0XA ; hexadecimal\r\n",
    ".Data at AT 0B1_00 +-'a'+101 \"\\x7f\u{e9}\", len(at), ';' # words\n",
    "\n",
    "\t.words less == 4294967295, less == -1, ( less ), Ten\n",
    ".bytes \"\\0\\0\\0\u{e9}\\xFF;#\"\n",
    ".const less -1\n",
    ".loop +1 , Ten-9\n",
    "l.oop:  push Ten ; a label may not begin with a dot\n",
    "_1: nOp\r",
    "\r",
    "dup   # DUP 0\n",
    " jz l.oop\n",
    "PUSH 1\n",
    "ADD -1\n",
    "LOADX at\n",
    "PUSH\t'\\''\n",
    "SWAP\n",
    "PUT less\n",
    "JMP Ten/2*2+4-1\n",
    "PUSH 00000000000000000000000000007\n",
    "HALT",
);

/// The runs.
pub const PROVED: [Proved; 7] = [
    (BASE, SUM, &[35, 9], &[7], "44"),
    ("sum-113", SUM, &[35, 9], &[7], "113"),
    ("empty", "", &[], &[], "44"),
    ("edge", EDGE, &[], &[], "44"),
    ("fused", FUSED, &[0x1234_5678, 5], &[], "113"),
    ("sum-sha256", SUM, &[0, 1], &[0xffff_ffff], "113-sha256"),
    ("xor", XOR, &[], &[], "475-wide"),
];

fn named(texts: &[(&str, &str)]) -> Vec<(String, String)> {
    let named = texts.iter();
    named
        .map(|(name, text)| ((*name).into(), (*text).into()))
        .collect()
}

/// A number with signs around it.
fn nested(open: &str, depth: usize, close: &str) -> String {
    format!("PUSH {}1{}", open.repeat(depth), close.repeat(depth))
}

/// Every instruction, with an operand and without, as far as it may be so.
fn instructions() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for spec in &SPECS {
        let name = spec.mnemonic;
        let (without, with) = match spec.operand {
            OperandKind::None => (true, false),
            OperandKind::Word | OperandKind::Target => (false, true),
            _ => (true, true),
        };
        if without {
            all.push((format!("instruction-{name}"), format!("{name}\n")));
        }
        for operand in ["0", "1", "31", "32", "-1"].iter().filter(|_| with) {
            all.push((
                format!("instruction-{name}-{operand}"),
                format!("{name} {operand}\n"),
            ));
        }
    }
    all
}

/// Plain texts that are programs.
pub fn accepted() -> Vec<(String, String)> {
    let mut all = named(ACCEPTED);
    all.extend(instructions());
    let zeros = |count: usize| "0".repeat(count);
    all.push(("brackets-63".into(), nested("(", 63, ")")));
    all.push(("signs-63".into(), nested("~", 63, "")));
    all.push((
        "number-of-2001-bytes".into(),
        format!("PUSH {}7", zeros(2000)),
    ));
    all.push((
        "expression-of-1024-bytes".into(),
        format!("PUSH 1+{}7", zeros(1021)),
    ));
    all
}

/// Texts that are none.
pub fn refused() -> Vec<(String, String)> {
    let mut all = named(REFUSED);
    for spec in &SPECS {
        let name = spec.mnemonic;
        let text = match spec.operand {
            OperandKind::None => format!("{name} 1"),
            OperandKind::Word | OperandKind::Target => name.to_owned(),
            _ => format!("{name} 1 2"),
        };
        all.push((format!("instruction-{name}"), text));
    }
    all.push(("brackets-64".into(), nested("(", 64, ")")));
    all.push(("signs-64".into(), nested("~", 64, "")));
    all.push((
        "expression-of-1025-bytes".into(),
        format!("PUSH 1+{}7", "0".repeat(1022)),
    ));
    all
}
