(comment) @comment

(mnemonic) @keyword

".const" @keyword.directive

(number) @number

(character) @character

(label name: (name) @label)

(instruction target: (name) @label)

(instruction operand: (name) @constant)

(constant name: (name) @constant)

(label ":" @punctuation.delimiter)
