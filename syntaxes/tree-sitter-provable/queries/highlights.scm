(comment) @comment

(mnemonic) @keyword

[".const" ".data" "at" ".words"] @keyword.directive

(number) @number

(character) @character

(label name: (name) @label)

(instruction target: (name) @label)

(instruction operand: (name) @constant)

(constant name: (name) @constant)

(data (name) @constant)

(words (name) @constant)

(label ":" @punctuation.delimiter)

"," @punctuation.delimiter
