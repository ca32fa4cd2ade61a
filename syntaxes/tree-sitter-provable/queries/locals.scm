(program) @local.scope

(label name: (name) @local.definition)

(constant name: (name) @local.definition)

(instruction operand: (name) @local.reference)

(instruction target: (name) @local.reference)
