(routine body: (body) @function.inner) @function.outer

(test body: (body) @test.inner) @test.outer

(parameters ((name) @parameter.inner . ","? @parameter.outer) @parameter.outer)

(arguments ((_) @parameter.inner . ","? @parameter.outer) @parameter.outer)

(call) @call.outer

(inline) @call.outer

[(comment) (document)] @comment.inner

(comment)+ @comment.outer

(documents) @comment.outer
