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
    "JMP" "JZ" "JNZ" "JC" "JNC" "CALL" "RET" "LOAD" "STORE" "READ" "SECRET" "WRITE" "ASSERT" "NOP" "HALT"
    "ROTL" "ROTR" "MULHI" "LOADX" "PUT" "SHA256"))

(defconst provable-mode-font-lock
  `((,(regexp-opt provable-mode-mnemonics 'symbols) . font-lock-keyword-face)
    ("\\_<\\.\\(?:const\\|data\\|words\\)\\_>" . font-lock-preprocessor-face)
    ("\\_<\\.data[ \t]+[A-Za-z_][A-Za-z0-9_.]*[ \t]+\\(at\\)\\_>" 1 font-lock-preprocessor-face)
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
              font-lock-defaults '(provable-mode-font-lock nil t))
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
