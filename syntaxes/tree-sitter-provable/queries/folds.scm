(section) @fold

(comment)+ @fold
