" Syntax of Provable VM programs, for those without the tree-sitter parser.
" The lists of words are held against the tables of instructions, directives and kinds of traps by tests/tests/grammars.rs.
if exists("b:current_syntax")
  finish
endif

syntax case ignore
syntax keyword provableInstruction PUSH POP DUP SWAP ADD SUB MUL DIV MOD AND OR XOR NOT SHL SHR EQ LT GT
syntax keyword provableInstruction LOAD STORE READ SECRET WRITE ASSERT NOP ROTL ROTR MULHI LOADX PUT SHA256
syntax keyword provableControl JMP JZ JNZ JC JNC CALL RET HALT
syntax match provableDirective "\k\@1<!\.\%(use\|const\|var\|data\|words\|bytes\|routine\|inline\|push\|loop\|test\|public\|secret\|output\|traps\|within\)\>"
syntax match provableDirective "\%(\.\%(data\|var\)\s\+[A-Za-z_][^#;]*\s\)\@<=at\>"
syntax match provableDirective "\%(\.use\s\+\"[^\"]*\"\s\+\)\@<=as\>"
syntax match provableFunction "\%(\%(\.inline\|\<call\)\s\+\)\@<=[A-Za-z_][A-Za-z0-9_.]*"
syntax match provableFunction "\%(\.test\s\+\%(\"\%([^\"\\]\|\\.\)*\"\s*\)\?\)\@<=[A-Za-z_][A-Za-z0-9_.]*"
" Kinds of traps, some of which are called like an instruction.
syntax match provableDirective "\k\@1<!\.traps\>" nextgroup=provableTrap skipwhite
syntax match provableTrap "\<\%(underflow\|target\|return\|address\|shift\|division\|assert\|public\|secret\|unread\|steps\|memory\|sha256\)\>" contained nextgroup=provableAt skipwhite
syntax match provableAt "\<at\>" contained
syntax match provableOperator "||\|&&\|[=!<>]=\|<<\|>>\|[-+*/%<>|^&~!]"
syntax match provableNumber "\%([[:alnum:]_.)']\@1<!-\)\?\<\%(0x\x\+\%(_\x\+\)*\|0b[01]\+\%(_[01]\+\)*\|\d\+\%(_\d\+\)*\)\>"
syntax case match
syntax match provableLength "\<len\ze\s*("
syntax match provableLabel "\<[A-Za-z_][A-Za-z0-9_.]*:"
" An effect, whose words may be called like an instruction.
syntax match provableRoutine "\c\%(\.routine\s\+\)\@<=[A-Za-z_][A-Za-z0-9_.]*" nextgroup=provableEffect skipwhite
syntax match provableEffect "([^#;)]*)\?" contained contains=provableArrow,provableNever,provableParameter nextgroup=provableParameters skipwhite
syntax match provableParameters "[^#;]\+" contained contains=provableParameter
syntax match provableParameter "[A-Za-z_][A-Za-z0-9_.]*" contained
syntax match provableNever "\%(--\s*\)\@<=never\ze\s*)" contained
syntax match provableArrow "--\|\.\.\." contained
" After the numbers, for a literal may hold a comment sign.
syntax match provableComment "[#;].*$" contains=@Spell
syntax match provableDocument "##.*$" contains=@Spell
syntax match provableCharacter "\%([[:alnum:]_.)']\@1<!-\)\?'\%([^'\\]\|\\[ntr0\\'\"]\)'"
syntax match provableString "\"\%([^\"\\]\|\\.\)*\%(\"\|$\)" contains=provableEscape
syntax match provableEscape "\\\%([ntr0\\'\"]\|x\x\x\)" contained

highlight default link provableInstruction Statement
highlight default link provableControl Conditional
highlight default link provableDirective PreProc
highlight default link provableAt PreProc
highlight default link provableFunction Function
highlight default link provableRoutine Function
highlight default link provableLength Function
highlight default link provableParameter Identifier
highlight default link provableNever PreProc
highlight default link provableArrow Operator
highlight default link provableOperator Operator
highlight default link provableTrap Constant
highlight default link provableNumber Number
highlight default link provableLabel Label
highlight default link provableComment Comment
highlight default link provableDocument SpecialComment
highlight default link provableCharacter Character
highlight default link provableString String
highlight default link provableEscape SpecialChar

let b:current_syntax = "provable"
