;;; test-colours.el --- The colours of every construct -*- lexical-binding: t -*-

(require 'provable-mode)
(require 'cl-lib)

(defun provable-test-faces (line)
  "The faces of the words of LINE, as `word=face' without what all faces are called; words of no face are left out."
  (with-temp-buffer
    ;; The next line shows whether something goes on in it.
    (insert line "\nPOP 1")
    (provable-mode)
    (font-lock-ensure)
    (cl-assert (eq (get-text-property (+ (length line) 2) 'face) 'font-lock-keyword-face) nil
               "It goes on behind its end: %s" line)
    (let ((at (point-min)) found)
      (while (< at (1+ (length line)))
        (let* ((face (get-text-property at 'face))
               (end (min (next-single-property-change at 'face nil (point-max)) (1+ (length line)))))
          (when face
            (push (format "%s=%s" (string-trim (buffer-substring-no-properties at end))
                          (string-remove-suffix
                           "-face" (string-remove-prefix "font-lock-" (symbol-name (if (consp face) (car face) face)))))
                  found))
          (setq at end)))
      (string-join (nreverse found) " "))))

(defun provable-test-colours ()
  (dolist (case
           '((".use \"std@1/a\" as sha" ".use=preprocessor \"std@1/a\"=string as=preprocessor sha=type")
             (".var V 2*N at 0x10" ".var=preprocessor 2=constant at=preprocessor 0x10=constant")
             (".data K 1, 'a', '#', '\\''" ".data=preprocessor 1=constant 'a'=string '#'=string '=string \\'=escape '=string")
             (".DATA K at len(T)-1" ".DATA=preprocessor at=preprocessor len(=builtin -1=constant")
             (".bytes \"a#b;\\x00\" # c" ".bytes=preprocessor \"a#b;=string \\x00=escape \"=string #=comment-delimiter c=comment")
             (".use \"./check" ".use=preprocessor")
             ("PUSH 'a" "PUSH=keyword")
             (".public 1" ".public=preprocessor 1=constant")
             (".secret N" ".secret=preprocessor")
             (".output N" ".output=preprocessor")
             (".within 9" ".within=preprocessor 9=constant")
             (".loop +2, 64" ".loop=preprocessor 2=constant 64=constant")
             (".push K" ".push=preprocessor")
             (".words -1" ".words=preprocessor -1=constant")
             (".inline bits.rotl 7" ".inline=preprocessor bits.rotl=function-name 7=constant")
             ("CALL sha.block 7" "CALL=keyword sha.block=function-name 7=constant")
             ("a: JNZ a" "a=function-name JNZ=keyword")
             (".routine rot ( ... add -- y ) D"
              ".routine=preprocessor rot=function-name add=variable-name y=variable-name D=variable-name")
             (".routine stop ( -- never )" ".routine=preprocessor stop=function-name never=preprocessor")
             (".routine f ( a # c" ".routine=preprocessor f=function-name a=variable-name #=comment-delimiter c=comment")
             (".test mulmod ( 7 -- (a) )" ".test=preprocessor mulmod=function-name 7=constant")
             (".test \"two words\" f ( -- )" ".test=preprocessor \"two words\"=string f=function-name")
             (".traps ASSERT at fill" ".traps=preprocessor ASSERT=builtin at=preprocessor")
             (".traps sha256" ".traps=preprocessor sha256=builtin")
             ("## Adds." "## Adds.=doc")))
    (let ((found (provable-test-faces (car case))))
      (cl-assert (equal found (cadr case)) nil "%s is coloured as\n  %s\nand not as\n  %s" (car case) found (cadr case))))
  (message "emacs: every construct has its colours"))
