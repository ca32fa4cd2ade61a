;;; provable-mode.el --- Programs of Provable VM -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Colours, and the language server `provable lsp' through eglot.  Eglot shows mistakes, hints and quick fixes; it shows
;; no lenses, so what they start is here as commands.

;;; Code:

(require 'eglot)

(defgroup provable nil "Programs of Provable VM." :group 'languages)

(defcustom provable-command '("provable" "lsp")
  "The command that serves the editor."
  :type '(repeat string))

;; These lists are held against the tables of instructions, directives and kinds of traps by tests/tests/grammars.rs.
(defconst provable-mode-mnemonics
  '("PUSH" "POP" "DUP" "SWAP" "ADD" "SUB" "MUL" "DIV" "MOD" "AND" "OR" "XOR" "NOT" "SHL" "SHR" "EQ" "LT" "GT"
    "JMP" "JZ" "JNZ" "JC" "JNC" "CALL" "RET" "LOAD" "STORE" "READ" "SECRET" "WRITE" "ASSERT" "NOP" "HALT"
    "ROTL" "ROTR" "MULHI" "LOADX" "PUT" "SHA256"))

(defconst provable-mode-directives
  '("use" "const" "var" "data" "words" "bytes" "routine" "inline" "push" "loop" "test" "public" "secret" "output" "traps"
    "within"))

(defconst provable-mode-traps
  '("UNDERFLOW" "TARGET" "RETURN" "ADDRESS" "SHIFT" "DIVISION" "ASSERT" "PUBLIC" "SECRET" "UNREAD" "STEPS" "MEMORY"
    "SHA256"))

(defconst provable-mode-font-lock
  (let ((name "[A-Za-z_][A-Za-z0-9_.]*"))
    `(;; The words of an effect and the kinds of traps, before the instructions that are called like them.
      (,(concat "\\_<\\.routine[ \t]+\\(" name "\\)") (1 font-lock-function-name-face)
       ("[A-Za-z_][A-Za-z0-9_.]*" nil nil (0 (if (equal (match-string 0) "never")
                                                 'font-lock-preprocessor-face
                                               'font-lock-variable-name-face))))
      (,(concat "\\_<\\.traps[ \t]+" (regexp-opt provable-mode-traps t) "\\_>") 1 font-lock-builtin-face)
      (,(concat "\\_<\\." (regexp-opt provable-mode-directives) "\\_>") . font-lock-preprocessor-face)
      ("\\_<\\.\\(?:data\\|var\\|traps\\)[ \t][^#;\n]*[ \t]\\(at\\)\\_>" 1 font-lock-preprocessor-face)
      (,(concat "\\_<\\.use[ \t].*[ \t]\\(as\\)[ \t]+\\(" name "\\)")
       (1 font-lock-preprocessor-face) (2 font-lock-type-face))
      (,(concat "\\_<\\(?:\\.inline\\|CALL\\)[ \t]+\\(" name "\\)") 1 font-lock-function-name-face)
      (,(concat "\\_<\\.test\\(?:[ \t]*\"\\(?:[^\"\\\n]\\|\\\\.\\)*\"\\)?[ \t]+\\(" name "\\)")
       1 font-lock-function-name-face)
      (,(regexp-opt provable-mode-mnemonics 'symbols) . font-lock-keyword-face)
      (,(concat "\\_<\\(" name "\\):") 1 font-lock-function-name-face)
      ("\\_<len\\_>[ \t]*(" . font-lock-builtin-face)
      ("-?\\_<[0-9][0-9A-Fa-fxXbB_]*\\_>" . font-lock-constant-face)
      ("\\\\\\(?:[ntr0\\'\"]\\|x[0-9A-Fa-f]\\{2\\}\\)"
       0 (provable-mode--escape-face) t)))
  "What is coloured, besides strings and comments.")

(defun provable-mode--escape-face ()
  "The face of the escape that was matched, if it stands in a string."
  (and (nth 3 (save-excursion (save-match-data (syntax-ppss (match-beginning 0)))))
       'font-lock-escape-face))

;; Only what is closed within its line is a string: one that is still being typed leaves the lines after it as they are.
(defconst provable-mode-propertize
  (syntax-propertize-rules
   ("[#;].*\\|\\(\"\\)\\(?:[^\"\\\n]\\|\\\\.\\)*\\(\"\\)\\|\\('\\)\\(?:[^'\\\n]\\|\\\\.\\)\\('\\)"
    (1 "|") (2 "|") (3 "|") (4 "|"))))

(defun provable-mode--comment-face (state)
  "The face of the string or the comment that STATE stands in."
  (cond ((nth 3 state) 'font-lock-string-face)
        ((eq (char-after (1+ (nth 8 state))) ?#) 'font-lock-doc-face)
        (t 'font-lock-comment-face)))

(defvar provable-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\; "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?' "." table)
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (operator '(?+ ?- ?* ?/ ?% ?< ?> ?= ?! ?& ?| ?^ ?~))
      (modify-syntax-entry operator "." table))
    table))

;;;###autoload
(define-derived-mode provable-mode prog-mode "Provable"
  "Programs of Provable VM."
  (setq-local comment-start "# "
              comment-start-skip "[#;]+[ \t]*"
              indent-tabs-mode nil
              tab-width 4
              syntax-propertize-function provable-mode-propertize
              font-lock-defaults '(provable-mode-font-lock
                                   nil t nil (font-lock-syntactic-face-function . provable-mode--comment-face))
              imenu-generic-expression
              '(("Tests" "^[ \t]*\\.test[ \t]+\\([^#;\n]+\\)" 1)
                ("Routines" "^[ \t]*\\.routine[ \t]+\\([A-Za-z_][A-Za-z0-9_.]*\\)" 1)))
  (add-hook 'eglot-managed-mode-hook #'provable--follow nil t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.prov\\'" . provable-mode))

;; The oldest server whose commands are those of this mode.
(defconst provable--needs "0.2.0")

(defconst provable--way-out
  "run editors/install-server.sh in the project's folder, or set `provable-command'; then M-x eglot")

(defun provable--problem (program)
  "What is wrong with PROGRAM as a server, in words, or nil."
  (if (not (executable-find program))
      (format "there is no program \"%s\"" program)
    (with-temp-buffer
      (let* ((status (condition-case wrong
                         (call-process program nil t nil "--version")
                       (error (error-message-string wrong))))
             (said (string-trim (buffer-string)))
             (version (and (equal status 0)
                           (string-match "\\`provable \\([0-9]+\\(?:\\.[0-9]+\\)*\\)" said)
                           (match-string 1 said))))
        (cond ((not (equal status 0)) (format "\"%s --version\" failed with %s: %s" program status said))
              ((not version) (format "%s is not provable: it calls itself \"%s\"" program said))
              ((version< version provable--needs)
               (format "%s is version %s, and this mode needs %s or later" program version provable--needs)))))))

(defun provable--contact (&rest _)
  "The command that serves the editor; an error that says how to mend it if it cannot."
  (let ((problem (provable--problem (car provable-command))))
    (when problem
      (user-error "Provable: %s; %s" problem provable--way-out)))
  provable-command)

(add-to-list 'eglot-server-programs '(provable-mode . provable--contact))

(defvar-local provable--server nil "The server that serves this buffer, or did until it ended.")

(defun provable--follow ()
  "Remember who serves this buffer, and say so if it ended by accident."
  (if (eglot-managed-p)
      (setq provable--server (eglot-current-server))
    (when (and provable--server
               (not (jsonrpc-running-p provable--server))
               (not (eglot--shutdown-requested provable--server)))
      (message "Provable: the language server ended; the text is untouched.  M-x eglot starts it again, and %s"
               "M-x eglot-stderr-buffer shows what it said last"))
    (setq provable--server nil)))

(defun provable--server-here ()
  "The server that serves this buffer; an error that says how to start it if there is none."
  (or (eglot-current-server)
      (user-error "No language server serves this buffer: M-x eglot starts it")))

(defun provable--uri ()
  "The URI of the program in this buffer."
  (plist-get (eglot--TextDocumentIdentifier) :uri))

(defun provable--execute (command)
  "Have the server do COMMAND for the program in this buffer, and return its answer."
  (jsonrpc-request (provable--server-here) :workspace/executeCommand
                   (list :command command :arguments (vector (provable--uri)))))

(defun provable-run ()
  "Run the program in this buffer."
  (interactive)
  (provable--execute "provable.run"))

(defun provable-prove ()
  "Run the program in this buffer, prove the run, and verify the proof."
  (interactive)
  (provable--execute "provable.prove"))

(defun provable-verify ()
  "Verify the proof that lies beside the program in this buffer."
  (interactive)
  (provable--execute "provable.verify"))

(defun provable-run-tests ()
  "Run the tests in this buffer, and say so if all passed.  That some failed, the server says."
  (interactive)
  ;; They may run for longer than a request is waited for.
  (jsonrpc-async-request
   (provable--server-here) :workspace/executeCommand
   (list :command "provable.test" :arguments (vector (list :uri (provable--uri))))
   :success-fn (lambda (answer)
                 (when (zerop (plist-get answer :failed))
                   (message "Provable: %d passed" (plist-get answer :passed))))
   :error-fn (lambda (problem) (message "Provable: %s" (plist-get problem :message)))
   :timeout nil))

(defun provable-cancel ()
  "Stop what was started for this buffer."
  (interactive)
  (provable--execute "provable.cancel"))

(defun provable-status ()
  "Show all that is known of the program in this buffer."
  (interactive)
  (message "%s" (plist-get (provable--execute "provable.status") :text)))

(provide 'provable-mode)
;;; provable-mode.el ends here
