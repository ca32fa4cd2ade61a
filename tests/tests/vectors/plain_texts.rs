//! Texts of the assembler's vectors that are programs, by name.

pub const ACCEPTED: &[(&str, &str)] = &[
    ("comments", "; one\n# two\n  ;#;\nPUSH 1#2\nPUSH 2;3"),
    ("line-ends", "PUSH 1\rPUSH 2\r\nPUSH 3\n\rPUSH 4\n\n"),
    ("byte-order-mark", "\u{feff}PUSH 1"),
    (
        "no-spaces",
        "PUSH(5)\nPUSH'a'\nPUSH-5\nADD~0\na:NOP#\n.const N 4\nPUSH-N\nADD N-N\nPUSH len#\n.const len 3;",
    ),
    ("tabs", "\tPUSH\t1\t"),
    ("letter-case", "pUsH 1\npop\nSha256\nMulHi"),
    (
        "signs-in-comments",
        "; \u{0}\u{b}\u{a0}\u{2028}\u{85} \u{1f980} \"'",
    ),
    (
        "numbers",
        "PUSH 0\nPUSH 007\nPUSH 1_000\nPUSH 4294967295\nPUSH 0xfF\nPUSH 0XFF_ff\nPUSH 0b10_01\nPUSH 0B1\nPUSH -1\n\
         PUSH -0\nPUSH -2147483648\nPUSH -0x8000_0000\nPUSH -0b1\nPUSH -00\nPUSH 0_1",
    ),
    (
        "characters",
        "PUSH 'a'\nPUSH '#'\nPUSH ';'\nPUSH ' '\nPUSH '\t'\nPUSH '\\n'\nPUSH '\\t'\nPUSH '\\r'\nPUSH '\\0'\nPUSH '\\\\'\n\
         PUSH '\\''\nPUSH '\\\"'\nPUSH '\"'\nPUSH ':'\nPUSH ','\nPUSH '('\nPUSH -'a'\nPUSH 'é'\nPUSH '🦀'\nPUSH '\u{feff}'",
    ),
    (
        "labels",
        "a:\nb_1.c: NOP\n_: ;c\nJMP a\nJZ b_1.c\nCALL _\nJNZ at\nJC A\nA:JNC at\nlen:\nat: \n",
    ),
    (
        "targets",
        ".const K 3\nJMP 0\nJMP K\nJMP K-1\nCALL K\nCALL 'a'\nJMP 4294967295\nJZ 8\nJNZ 9\nJC 10\nJNC -1",
    ),
    (
        "constants",
        ".const A B+1\n.const B 2\n.CONST a A*B\nPUSH A\nPUSH a\nPUSH B\n.Const late -5\nPUSH late",
    ),
    (
        "constants-keep-their-signs",
        ".const M -1\n.const U 4294967295\nPUSH M\nPUSH U\nPUSH M == U\nPUSH M < 0\nPUSH U > 0\nPUSH M + 1\nPUSH U / 2\nPUSH -U == -4294967295",
    ),
    (
        "operators-of-sums",
        "PUSH 1+2*3-4\nPUSH (1+2)*3\nPUSH 7/2\nPUSH -7/2\nPUSH 7/-2\nPUSH -7%3\nPUSH 7%-3\nPUSH 10-3-2\nPUSH 100/10/5\nPUSH 5-3\nPUSH 5 -3\nPUSH 5 - 3\nPUSH 5- -3\nPUSH - 5\nPUSH --5\nPUSH -(-5)",
    ),
    (
        "operators-of-bits",
        "PUSH 1<<4\nPUSH 1<<31>>3\nPUSH -16>>2\nPUSH ~0\nPUSH ~5&0xff\nPUSH 1|2^3&4\nPUSH 6&3|8\nPUSH 1+1<<2+1\nPUSH 1<<100>>98\nPUSH 0>>127\nPUSH -1>>127",
    ),
    (
        "operators-of-truth",
        "PUSH !0\nPUSH !5\nPUSH !!5\nPUSH 1==1\nPUSH 1!=1\nPUSH 1<2\nPUSH 2<=2\nPUSH 1>2\nPUSH 2>=3\nPUSH 1<2==1\nPUSH 3>2>1\nPUSH 1&2==2\nPUSH 5&&0\nPUSH 5&&6\nPUSH 0||0\nPUSH 0||9\nPUSH 1||0&&0\nPUSH 0&&1/0\nPUSH 1||1/0\nPUSH 0 && (1<<127)",
    ),
    (
        "operators-without-spaces",
        "PUSH 1<-1\nPUSH 1>-1\nPUSH 2*-3+7\nPUSH 1+-'a'+100\nPUSH 1<=-1\nPUSH 5!=-5\nPUSH 3-'a'+97",
    ),
    (
        "parts-that-are-not-computed",
        ".const A 1\n.data D at 0 1 -2\nPUSH 0 && len(A)\nPUSH 1 || D/0\nPUSH 0 && 4294967295*4294967295*4294967295*4294967295\nPUSH len(D)",
    ),
    (
        "lengths-in-definitions",
        ".data D at len(D)+N len(D), D, 9\n.const N len(E)\n.data E at D+3 \"\", \"ab\"\n.words 7\nPUSH len(D)\nPUSH len(E)\nPUSH E",
    ),
    (
        "large-numbers-in-between",
        "PUSH (1<<126)/(1<<125)\nPUSH 4294967295*4294967295>>32\nPUSH 4294967295*4294967295*4294967295/4294967295/4294967295\nPUSH (-(1<<126)-(1<<126))>>126\nPUSH ((1<<126)-1+(1<<126))>>126",
    ),
    (
        "expressions-as-operands",
        ".const N 4\nDUP N-3\nSWAP N/2\nADD N*2\nLOAD N+N\nSTORE (N)\nLOADX -N\nPUT N-5\nLOADX 4294967295\nPUT -2147483648",
    ),
    (
        "data",
        ".data A at 5 1, 2, 3\nPUSH A\nLOAD A+2\nPUSH len(A)\nPUSH len ( A )\n.data B at 0x100\n.words 1, A\n.words len(B), 'x'\n\n ; between\n.bytes \"abcd\"\n",
    ),
    (
        "data-by-address",
        ".data Z at 100 9\n.data Y at 7 8, 8\n.data X at 9 1\nNOP",
    ),
    ("data-at-the-end", ".data E at 4294967294 1, 2\nNOP"),
    (
        "data-at-minus-one",
        ".data E at -1 1\nPUSH E\nPUSH E+1\nPUSH E == -1",
    ),
    (
        "data-address-is-greedy",
        ".data A at 16 -1 2, 3\n.data B at 32 (5), 6\n.data C at 48 'a'\n.data D at len(C)*64 \"z\"\nNOP",
    ),
    (
        "data-named-at",
        ".data at at 3 1\n.data len at 9 at, len(len)\nPUSH at",
    ),
    (
        "data-texts",
        ".data T at 0 \"\", \"aé🦀\", \"\\x00\\xff\\n\\t\\r\\0\\\\\\'\\\"\", 'b', \";#,:\"\n.bytes \"\"\n.bytes \"é\\xC3\\xa9\"\nNOP",
    ),
    (
        "data-of-a-later-constant",
        ".data T at LATER 1, LATER, LATER * -1\n.const LATER 40\nNOP",
    ),
    (
        "data-between-instructions",
        "PUSH 1\n.data A at 0 1\nPUSH 2",
    ),
    (
        "loops",
        ".loop +1\na: JMP a\n.loop -2, 3\n; between\n\nb:\nNOP\n.loop + 0x10 , 2*3\nNOP\n.loop -'a',1\nNOP\n.loop +1\n.const C 1\nNOP",
    ),
    (
        "len-with-space",
        ".const len 9\n.data A at len (B) 1\n.data B at 5 2, 3\nPUSH len\nPUSH len\t(A)",
    ),
    ("quotes-in-texts", ".data T at 0 \"it's\", \"'\", '\"'"),
    ("data-without-instructions", ".data A at 7 1, 2\n.const C 3"),
    (
        "loops-of-the-largest-changes",
        ".loop +4294967295\nNOP\n.loop -4294967295\nNOP\n.loop -0xFFFF_FFFF, 4294967295\nNOP",
    ),
    ("last-label", "JMP end\nend:"),
    (
        "sixteen-entries",
        "NOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP\nNOP",
    ),
    (
        "shared-rows-of-words",
        "PUSH 5\nADD\nPUSH 5\nSWAP\nADD\nPUSH 5\nSWAP\nSUB\nPUSH 5\nSWAP\nLT\nPUSH 5\nSWAP\nGT\nPUSH 5\nSWAP\nDIV\nNOT\nROTR 5\nROTR 0\nROTR 32\nPUSH 3\nROTR\nPUSH 40\nROTR\nROTR",
    ),
    (
        "shared-rows-of-zero-tests",
        "EQ 0\nJZ 0\nEQ 0\nJNZ 99\nEQ 0\nASSERT\nPUSH 0\nEQ\nJZ 1\nPUSH 0\nSWAP\nEQ\nASSERT\nEQ 1\nJZ 0\nDUP\nEQ 0\nJZ 0\nDUP\nPUSH 0\nEQ\nASSERT\nDUP\nEQ 0\nPOP\nEQ 0\nWRITE",
    ),
    (
        "shared-rows-of-copies",
        "DUP\nADD 1\nDUP\nPUSH 1\nSUB\nDUP\nPUSH 1\nSWAP\nSUB\nDUP\nPUSH 1\nSWAP\nMUL\nDUP\nNOT\nDUP\nROTR 3\nDUP\nSTORE 4\nDUP\nPUSH 4\nSTORE\nDUP\nPUSH 4\nLOAD\nDUP\nDUP\nDUP 0\nDUP 1\nADD 2\nDUP\nMUL",
    ),
    (
        "shared-rows-of-pairs",
        "POP\nJMP 0\nPOP\nJMP 77\nPOP\nJZ 0\nPUSH 9\nLOAD\nPUSH 9\nLOAD 8\nPUSH 9\nSTORE\nSTORE 9\nLOAD 9\nSTORE 9\nLOAD 8\nSTORE\nLOAD\nSWAP\nSUB\nSWAP\nADD\nSWAP\nLT\nSWAP\nEQ 3\nSWAP 2\nADD\nSWAP\nSTORE\nSWAP\nSWAP\nMULHI",
    ),
    (
        "shared-rows-of-stores",
        "DUP 1\nSTORE\nPUSH 1\nLOAD 2\nSTORE\nLOAD 1\nLOAD 2\nSTORE\nDUP 3\nLOAD 2\nSTORE\nDUP\nLOAD 2\nSTORE\nPUSH 1\nDUP 2\nSTORE\nPUSH 1\nDUP\nSTORE\nLOAD\nDUP 5\nSTORE\nDUP 4294967295\nDUP 2\nSTORE\nDUP 4294967294\nDUP 4294967295\nSTORE\nREAD\nLOAD 3\nSTORE\nSTORE",
    ),
    (
        "rotations",
        "DUP\nSHL 5\nDUP 1\nSHR 27\nOR\nDUP 2\nSHR 1\nDUP 3\nSHL 31\nXOR\nDUP\nSHL 8\nSWAP\nSHR 24\nOR\nDUP\nPUSH 8\nSHR\nSWAP\nPUSH 24\nSHL\nXOR\nDUP\nDUP\nSHL 4\nSWAP\nSHR 28\nOR\nDUP\nDUP\nSHL 4\nSWAP\nSHR 28\nADD\nRET",
    ),
    (
        "rotations-by-sums",
        "DUP\nSHL 5\nDUP 1\nSHR 27\nADD\nMUL 2\nDUP 1\nSHL 5\nDUP 2\nSHR 27\nADD\nJC 0\nDUP\nSHL 5\nSWAP\nSHR 27\nADD\nLOAD 2\nHALT\nDUP\nSHL 5\nSWAP\nSHR 27\nADD\nPOP\nRET\nDUP\nSHL 5\nSWAP\nSHR 27\nADD",
    ),
    (
        "no-rotations",
        "DUP\nSHL 5\nDUP 1\nSHR 26\nOR\nDUP\nSHL 0\nDUP 1\nSHR 32\nOR\nDUP\nSHL 5\nDUP 2\nSHR 27\nOR\nDUP 1\nSHL 5\nSWAP\nSHR 27\nOR\nDUP\nSHL 5\nSWAP\nSHL 27\nOR\nDUP\nSHL 5\nSWAP\nSHR 27\nAND\nDUP 4294967295\nSHL 5\nDUP 0\nSHR 27\nOR\nDUP\nROTL 5\nDUP 1\nSHR 27\nOR",
    ),
    (
        "jumps-into-pairs",
        "PUSH 5\na: ADD\nDUP\nb: STORE 3\nPOP\nc: JMP a\nEQ 0\nd: JZ b\nPUSH 1\nLOAD 2\ne: STORE\nDUP\nSHL 5\nSWAP\nf: SHR 27\nOR\nJZ c\nJC d\nCALL e\nJNC f\nPUSH 8\nSWAP\ng: ADD\nJNZ g",
    ),
    (
        "jumps-behind-three-rows",
        "STORE\na: ROTR\nb: STORE\nJMP a\nJMP b\nJMP end\nCALL 0\nend:",
    ),
];
