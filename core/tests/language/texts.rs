//! Random texts: programs, near programs, and texts that come from one another by edits.

use proptest::prelude::*;

/// Texts from pieces of the language. Most lines are nearly right: that is where parsers fail.
pub fn nearly_programs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "PUSH",
        "push ",
        "ADD",
        "jmp",
        "JZ ",
        "CALL ",
        "RET",
        "HALT",
        "DUP",
        "LOAD ",
        "STORE 1",
        "DIV",
        "a",
        "b:",
        "a:",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        ":",
        "# x ",
        "; y",
        "'",
        "'#'",
        "'\\''",
        "'\\",
        "-",
        "0",
        "1",
        "2",
        "12_3",
        "0x1f",
        "0b",
        ".const ",
        "; allow W105 H106 ",
        "N",
        "é",
        "\u{feff}",
        "\u{a0}",
        ",",
        "\u{b}",
        "POP",
        "READ",
        "\u{2028}",
        "ADD 1",
        "LOADX -1",
        "PUT",
        "ROTL ",
        ".data N at 1 ",
        ".data ",
        " at ",
        ".words 1",
        ".WORDS ",
        ", 2",
        "\n.routine f ( a -- b ) P\n",
        ".routine ",
        "\nRET\n",
        " ( ",
        " ) ",
        " -- ",
        "...",
        "never",
        ".use \"std@1/math\"\n",
        ".use \"./x\" as m",
        "math.min",
        "m.x",
        ".var v 2",
        ".VAR ",
        ".bytes \"abcd\"",
        "\"",
        "\\",
        "\\x41",
        ".inline f 1",
        ".inline ",
        ".push N",
        ".loop +1, 2",
        ".loop -",
        "\n.test \"t\"",
        ".test f ( 1 2 -- 3 ) 4",
        ".test ",
        ".public 1, \"x\"",
        ".secret ",
        ".output 2",
        ".traps ASSERT at a",
        ".traps ",
        ".within 9",
        "CALL f 1",
        " + ",
        "*",
        "<<",
        "~",
        "!",
        "len(N)",
        "P",
        "## d",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Programs that assemble, with all kinds of comments and spacing.
pub fn programs() -> impl Strategy<Value = String> {
    let line = (
        prop::sample::select(vec!["", " ", "\t\t", "        "]),
        prop::sample::select(vec![
            "",
            "",
            "push 1",
            "PUSH  'a'",
            "Pop",
            "add",
            "dup",
            "swap  2",
            "jmp x",
            "JZ  y",
            "call 3",
            "ret",
            "halt",
            "load",
            "load  N",
            "store\t7",
            "PUSH ';'",
            "jnz 0",
            "div",
            "shl",
            "add 1",
            "LT  'a'",
            "rotl N",
            "mulhi  tab",
            "loadx -2",
            "put\t1",
        ]),
        prop::sample::select(vec![
            "",
            "",
            " ",
            "#",
            " # note  ",
            ";;x\t",
            "  ; é 'quoted",
            " ; allow W101 W102, W103: meant",
            "# allow H106",
        ]),
        prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n\n"]),
    )
        .prop_map(|(indent, code, comment, end)| format!("{indent}{code}{comment}{end}"));
    let places = (0..30usize, 0..30usize, 0..30usize);
    (prop::collection::vec(line, 0..30), places).prop_map(|(mut lines, (x, y, z))| {
        let data = ".DATA  tab AT 0x20 1,N , '#'# d\r\n\n; e\n\t.words  tab,-1\n.words 'a' ;f\n";
        lines.insert(z.min(lines.len()), data.into());
        lines.insert(x.min(lines.len()), "x: ".into());
        lines.insert(y.min(lines.len()), "  a_long_label_y:nop # y\n".into());
        lines.push(".CONST   N   0x10\n".into());
        let text = lines.concat();
        // Two labels cannot share a line.
        text.replace("x: ", "x:\n")
            .replace("  a_long_label_y:", "\ny:")
    })
}

/// A program with each construct, from lines that may be left out.
pub fn whole_programs() -> impl Strategy<Value = String> {
    const LINES: &str = "\
.USE  \"std@1/math\"  as   m ; the library
.const\tN 3 +  4*( 2 - 1 )
.const LONGER_NAME   'a'
.var   v  N * 2   at 0x100+N
.var w
## Words.
.data  T   1 ,N,  \"a  b\\n\"# some
   .WORDS  N+1 ,  len( T )
.bytes   \"ab\\xffd\"
.data U at  0x300  ( N )
 push   N  +  1
  store v
.push  T
.loop +  1 ,  N
again: read
 jnz   again
call   f  1 ,  N - 1
.INLINE   m.min
halt

## What it does.
.routine   f   (  a   b  --   c )   P , Q
  add  P
x:add
 jz  x
 RET
.routine g ( ... --   never )
  dup  3
  halt
.test  \"a  title\"   f  (  1   2  --   ( N  +  P ) )   1 ,2
.test f ( a  b -- (a+b) ) 1,2
.test \"whole\"
.public  1 ,  \"t  u\"
.secret N
.output  7
.within  N * 100
.test \"trap\"
push 1
.traps  assert   at   again
";
    prop::collection::vec(0usize..8, 45).prop_map(|kept| {
        let lines = LINES.lines().zip(kept);
        let kept = lines.filter(|(_, number)| *number > 0);
        kept.map(|(line, _)| format!("{line}\n")).collect()
    })
}

pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        nearly_programs(),
        programs(),
        whole_programs(),
        any::<String>()
    ]
}

/// A text, and the texts after each of some edits.
pub fn edited() -> impl Strategy<Value = Vec<String>> {
    let edit = (any::<prop::sample::Index>(), 0usize..9, nearly_programs());
    let small = prop_oneof![Just(String::new()), "[ #\r\n:a1]{1,2}"];
    let edits = prop_oneof![
        3 => (any::<prop::sample::Index>(), 0usize..3, small),
        1 => edit,
    ];
    (any_text(), prop::collection::vec(edits, 1..8)).prop_map(|(text, edits)| {
        let mut texts = vec![text];
        for (at, removed, new) in edits {
            let old: Vec<char> = texts.last().unwrap().chars().collect();
            let start = at.index(old.len() + 1);
            let end = (start + removed).min(old.len());
            let (head, tail) = (&old[..start], &old[end..]);
            texts.push(
                head.iter()
                    .copied()
                    .chain(new.chars())
                    .chain(tail.iter().copied())
                    .collect(),
            );
        }
        texts
    })
}
