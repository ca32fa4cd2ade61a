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

;; Held against the instruction table by tests/tests/grammars.rs.
(defconst provable-mode-mnemonics
  '("PUSH" "POP" "DUP" "SWAP" "ADD" "SUB" "MUL" "DIV" "MOD" "AND" "OR" "XOR" "NOT" "SHL" "SHR" "EQ" "LT" "GT"
    "JMP" "JZ" "JNZ" "JC" "JNC" "CALL" "RET" "LOAD" "STORE" "READ" "SECRET" "WRITE" "ASSERT" "NOP" "HALT"))

(defconst provable-mode-font-lock
  `((,(regexp-opt provable-mode-mnemonics 'symbols) . font-lock-keyword-face)
    ("\\_<\\.const\\_>" . font-lock-preprocessor-face)
    ("\\_<\\([A-Za-z_][A-Za-z0-9_.]*\\):" 1 font-lock-function-name-face)
    ("-?\\_<[0-9][0-9A-Fa-fxXbB_]*\\_>" . font-lock-constant-face)))

(defvar provable-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\; "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?' "\"" table)
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?_ "_" table)
    table))

;;;###autoload
(define-derived-mode provable-mode prog-mode "Provable"
  "Programs of Provable VM."
  (setq-local comment-start "# "
              comment-start-skip "[#;]+[ \t]*"
              indent-tabs-mode nil
              tab-width 4
              font-lock-defaults '(provable-mode-font-lock nil t)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.prov\\'" . provable-mode))

(add-to-list 'eglot-server-programs
             `(provable-mode . ,(lambda (&rest _) provable-command)))

(defun provable--execute (command)
  "Have the server do COMMAND for the program in this buffer, and return its answer."
  (let ((server (eglot-current-server)))
    (unless server
      (user-error "No language server serves this buffer: M-x eglot starts it"))
    (jsonrpc-request server :workspace/executeCommand
                     (list :command command
                           :arguments (vector (plist-get (eglot--TextDocumentIdentifier) :uri))))))

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
