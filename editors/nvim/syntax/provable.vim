" Syntax of Provable VM programs, for those without the tree-sitter parser.
" The mnemonics are held against the instruction table by tests/tests/grammars.rs.
if exists("b:current_syntax")
  finish
endif

syntax case ignore
syntax keyword provableInstruction PUSH POP DUP SWAP ADD SUB MUL DIV MOD AND OR XOR NOT SHL SHR EQ LT GT
syntax keyword provableInstruction LOAD STORE READ SECRET WRITE ASSERT NOP ROTL ROTR MULHI LOADX PUT SHA256
syntax keyword provableControl JMP JZ JNZ JC JNC CALL RET HALT
syntax match provableDirective "\.\%(const\|data\|words\)\>"
syntax match provableDirective "\%(\.data\s\+[A-Za-z_][A-Za-z0-9_.]*\s\+\)\@<=at\>"
syntax match provableNumber "-\?\<\%(0x\x\+\%(_\x\+\)*\|0b[01]\+\%(_[01]\+\)*\|\d\+\%(_\d\+\)*\)\>"
syntax case match
syntax match provableLabel "\<[A-Za-z_][A-Za-z0-9_.]*:"
" After the numbers, for a literal may hold a comment sign.
syntax match provableComment "[#;].*$" contains=@Spell
syntax match provableCharacter "-\?'\%([^'\\]\|\\[ntr0\\'\"]\)'"

highlight default link provableInstruction Statement
highlight default link provableControl Conditional
highlight default link provableDirective PreProc
highlight default link provableNumber Number
highlight default link provableLabel Label
highlight default link provableComment Comment
highlight default link provableCharacter Character

let b:current_syntax = "provable"
