([(comment) (document)] @injection.content
  (#set! injection.language "comment"))
