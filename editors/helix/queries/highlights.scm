(comment) @comment.line

(document) @comment.line.documentation

(mnemonic) @keyword

[
  ".const" ".var" ".data" ".words" ".bytes" "at"
  ".routine" "never" ".inline" ".push" ".loop"
  ".test" ".public" ".secret" ".output" ".traps" ".within"
] @keyword.directive

[".use" "as"] @keyword.control.import

(number) @constant.numeric

(character) @constant.character

(string) @string

(escape) @constant.character.escape

(trap) @constant.builtin

"len" @function.builtin

(use alias: (name) @namespace)

(routine name: (name) @function)

(test target: (name) @function)

(inline target: (name) @function)

(call target: (name) @function)

(label name: (name) @label)

(instruction target: (name) @label)

(traps target: (name) @label)

(effect (name) @variable.parameter)

(values (name) @variable.parameter)

(parameters (name) @variable.parameter)

(constant (name) @constant)

(variable (name) @constant)

(data (name) @constant)

(words (name) @constant)

(push (name) @constant)

(tape (name) @constant)

(loop (name) @constant)

(within (name) @constant)

(instruction operand: (name) @constant)

(arguments (name) @constant)

(length (name) @constant)

(unary (name) @constant)

(binary (name) @constant)

(parentheses (name) @constant)

(unary operator: _ @operator)

(binary operator: _ @operator)

(growth ["+" "-"] @operator)

(effect ["--" "..."] @operator)

(values "--" @operator)

["(" ")"] @punctuation.bracket

(label ":" @punctuation.delimiter)

"," @punctuation.delimiter
