[(section) (routine) (test)] @fold

(comment)+ @fold

(documents) @fold
