(comment) @comment

(mnemonic) @keyword

".const" @keyword.directive

(number) @constant.numeric

(character) @constant.character

(label name: (name) @label)

(instruction target: (name) @label)

(instruction operand: (name) @constant)

(constant name: (name) @constant)

(label ":" @punctuation.delimiter)
