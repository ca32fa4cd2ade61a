//! The style that the formatter writes, and its properties on every text.

use crate::texts::any_text;
use expect_test::expect;
use proptest::prelude::*;
use provable::lang::analysis::analyse;
use provable::lang::program::{Program, assemble};
use provable::lang::syntax::{TokenKind, format, format_tree, parse};

fn comments_of(text: &str) -> Vec<String> {
    let tree = parse(text);
    let comments = tree.lines().iter().flat_map(|line| tree.tokens(line));
    comments
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| {
            tree.slice(token.span)
                .trim_end_matches([' ', '\t'])
                .to_owned()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_is_idempotent(text in any_text()) {
        let once = format(&text);
        prop_assert_eq!(format(&once), once);
    }

    #[test]
    fn the_formatted_lines_make_up_the_formatted_text(text in any_text()) {
        let tree = parse(&text);
        let formatted = format_tree(&tree);
        let lines = 0..tree.lines().len();
        prop_assert_eq!(lines.map(|line| formatted.line(line)).collect::<String>(), format(&text));
    }

    #[test]
    fn formatting_keeps_every_comment(text in any_text()) {
        prop_assert_eq!(comments_of(&format(&text)), comments_of(&text));
    }

    #[test]
    fn formatting_keeps_the_program(text in any_text()) {
        let (before, after) = (assemble(&text), assemble(&format(&text)));
        let codes = |a: &[provable::lang::diagnostics::Diagnostic]| a.iter().map(|d| d.code).collect::<Vec<_>>();
        prop_assert_eq!(codes(&before.diagnostics), codes(&after.diagnostics));
        // Formatting keeps what comments allow.
        let (found, left) = (analyse(&before), analyse(&after));
        prop_assert_eq!(codes(&found.diagnostics), codes(&left.diagnostics), "{}", text);
        prop_assert_eq!(found.allowed, left.allowed);
        prop_assert_eq!(text.parse::<Program>().ok(), format(&text).parse::<Program>().ok());
    }
}

#[test]
fn the_formatter_writes_this_style() {
    let text = "\n\n#provable 1.0\r\n  # indented\r\n.CONST   N   0x10 ; sixteen\r\n.const LIMIT 5;five\r\n\r\n\r\nmain:push N#start\n  a:add\n\tswap 2   ;  the third  \nend_of_everything: halt;done\n PUSH 'x\n jmp   main\n\n\n";
    expect![[r#"
        #provable 1.0
            # indented
        .const N     0x10  ; sixteen
        .const LIMIT 5     ;five

        main:
            PUSH N  #start
        a:
            ADD
            SWAP 2  ;  the third
        end_of_everything:
            HALT    ;done
         PUSH 'x
            JMP main
    "#]]
    .assert_eq(&format(text));
    assert_eq!(format(""), "");
    assert_eq!(format(" \n\t\n"), "");
}

#[test]
fn each_line_has_its_formatted_text() {
    let tree = parse("\n a: add # x\n \n\n\npop\n\n");
    let formatted = format_tree(&tree);
    let lines: Vec<&str> = (0..tree.lines().len())
        .map(|line| formatted.line(line))
        .collect();
    assert_eq!(
        lines,
        ["", "a:\n    ADD  # x\n", "\n", "", "", "    POP\n", ""]
    );
    assert_eq!(formatted.line(99), "");
}

#[test]
fn every_construct_has_its_style() {
    let text = "\
.USE  \"std@1/math\"  as   m ; the library
.const\tN 3 +  4*( 2 - 1 )
.const LONGER   'a'
.var   v  N * 2   at 0x100+N
## Words.
.data  T at  7   1 ,N,  \"a  b\\n\"# some
.WORDS  N+1 ,  len( T )
\t.bytes   \"ab\\xffd\"
.push  T
.loop +  1 ,  N
again: read
call   f  1 ,  N - 1
l:.INLINE   m.min   # copied
## What it does.
  .routine   f   (  a   b  --   c )   P , Q
.routine g (--never)
.routine h ( -- never)
.test  \"a  title\"   f  (  1   2  --   ( N  +  P ) )   1 ,2
    .test f (1 -- 2) 1
.test \"whole\"
.public  1 ,  \"t  u\"
.secret N
.output
.within  N * 100
.traps  assert   at   again
";
    expect![[r#"
        .use "std@1/math" as m  ; the library
        .const N      3 + 4*( 2 - 1 )
        .const LONGER 'a'
        .var v N * 2 at 0x100+N
        ## Words.
        .data T at 7 1, N, "a  b\n"  # some
            .words N+1, len( T )
            .bytes "ab\xffd"
            .push T
            .loop +1, N
        again:
            READ
            CALL f 1, N - 1
        l:
            .inline m.min            # copied
        ## What it does.
        .routine f ( a b -- c ) P, Q
        .routine g (--never)
        .routine h ( -- never )
        .test "a  title" f ( 1 2 -- ( N + P ) ) 1, 2
        .test f ( 1 -- 2 ) 1
        .test "whole"
            .public 1, "t  u"
            .secret N
            .output
            .within N * 100
            .traps ASSERT at again
    "#]]
    .assert_eq(&format(text));
}
