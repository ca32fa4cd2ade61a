; What documents a routine or a test is around it.
((documents)? @function.around
  .
  (routine body: (body)? @function.inside) @function.around)

((documents)? @test.around
  .
  (test body: (body)? @test.inside) @test.around)

(parameters ((name) @parameter.inside . ","? @parameter.around) @parameter.around)

(arguments ((_) @parameter.inside . ","? @parameter.around) @parameter.around)

[(comment) (document)] @comment.inside

(comment)+ @comment.around

(documents) @comment.around

(data word: (_) @entry.around)

(words word: (_) @entry.around)
