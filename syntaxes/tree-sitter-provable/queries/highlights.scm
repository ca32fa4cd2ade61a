(comment) @comment

(document) @comment.documentation

(mnemonic) @keyword

[
  ".const" ".var" ".data" ".words" ".bytes" "at"
  ".routine" "never" ".inline" ".push" ".loop"
  ".test" ".public" ".secret" ".output" ".traps" ".within"
] @keyword.directive

[".use" "as"] @keyword.import

(number) @number

(character) @character

(string) @string

(escape) @string.escape

(trap) @constant.builtin

"len" @function.builtin

(use alias: (name) @module)

(routine name: (name) @function)

(test target: (name) @function.call)

(inline target: (name) @function.call)

(call target: (name) @function.call)

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
