(program) @local.scope

(routine) @local.scope

(test) @local.scope

(use alias: (name) @local.definition)

(constant name: (name) @local.definition)

(variable name: (name) @local.definition)

(data name: (name) @local.definition)

(label name: (name) @local.definition)

(parameters (name) @local.definition)

((routine name: (name) @local.definition.function)
  (#set! definition.function.scope "parent"))

(name) @local.reference
