(program) @local.scope

(label name: (name) @local.definition)

(constant name: (name) @local.definition)

(data name: (name) @local.definition)

(data address: (name) @local.reference)

(data word: (name) @local.reference)

(words word: (name) @local.reference)

(instruction operand: (name) @local.reference)

(instruction target: (name) @local.reference)
