;;; test.el --- One program's life in Emacs -*- lexical-binding: t -*-

(require 'provable-mode)
(require 'flymake)
(require 'cl-lib)

(defun provable-test-wait (what is-so)
  "Wait until IS-SO gives something, and return it; fail with WHAT.  Only a failure takes all the time there is."
  (let ((end (+ (float-time) 240)) value)
    (while (and (not (setq value (funcall is-so)))
                (< (float-time) end))
      (accept-process-output nil 0.05))
    (or value (error "Failed: %s" what))))

(defun provable-test-status ()
  (provable--execute "provable.status"))

(defun provable-test-face (text)
  (goto-char (point-min))
  (search-forward text)
  (get-text-property (match-beginning 0) 'face))

(defun provable-test-connect ()
  "Connect, and return what is said if that does not succeed."
  (condition-case wrong
      (progn (apply #'eglot--connect (eglot--guess-contact)) nil)
    (error (error-message-string wrong))))

(defun provable-test-stand-in (script)
  "Have a shell SCRIPT stand in for the binary."
  (let ((file (make-temp-file "provable" nil nil (concat "#!/bin/sh\n" script "\n"))))
    (set-file-modes file #o700)
    (setq provable-command (list file "lsp"))))

(defvar provable-test-said nil "What Emacs said, latest first.")
(advice-add 'message :before
            (lambda (format &rest arguments)
              (when format (push (apply #'format-message format arguments) provable-test-said))))

(defun provable-test-has-said (pattern)
  (cl-some (lambda (said) (string-match-p pattern said)) provable-test-said))

(defun provable-test-failures ()
  (let ((says (lambda (pattern)
                (let ((said (provable-test-connect)))
                  (cl-assert (and said (string-match-p pattern said)) nil "%S" said)))))
    (setq provable-command '("provable-that-is-nowhere" "lsp"))
    (funcall says "there is no program \"provable-that-is-nowhere\"; run editors/install-server.sh")
    (cl-assert (condition-case nil (progn (provable-run) nil) (user-error t)))
    (provable-test-stand-in "echo provable 0.0.9")
    (funcall says "is version 0.0.9, and this mode needs 0.2.0 or later; run editors")
    (provable-test-stand-in "echo other 3.1")
    (funcall says "is not provable: it calls itself \"other 3.1\"; run editors")
    (provable-test-stand-in "echo no such library >&2; exit 127")
    (funcall says "failed with 127: no such library; run editors")
    (provable-test-stand-in "test \"$1\" = --version && echo provable 0.2.0 && exit; exit 3")
    (funcall says "server died\\|exited abnormally with code 3")
    ;; Killed while it serves.
    (provable-test-stand-in (format "exec '%s' \"$@\"" (getenv "PROVABLE")))
    (cl-assert (null (provable-test-connect)))
    (cl-assert (eglot-managed-p))
    (let ((eglot-autoreconnect nil))
      (signal-process (jsonrpc--process (eglot-current-server)) 'KILL)
      (provable-test-wait "Emacs does not say that the server was killed"
                          (lambda () (provable-test-has-said "language server ended; .*M-x eglot starts it again"))))
    (cl-assert (not (eglot-managed-p)))
    ;; Ended because one asked for it: nothing to say.
    (setq provable-test-said nil)
    (cl-assert (null (provable-test-connect)))
    (eglot-shutdown (eglot-current-server))
    (cl-assert (not (provable-test-has-said "language server ended")))))

(defun provable-test ()
  (cl-assert (eq major-mode 'provable-mode))
  (provable-test-failures)
  (setq provable-command (list (getenv "PROVABLE") "lsp"))
  (apply #'eglot--connect (eglot--guess-contact))
  (cl-assert (eglot-managed-p))

  (flymake-start)
  (let ((found (provable-test-wait "the depth error is not shown" #'flymake-diagnostics)))
    (cl-assert (string-match-p "stack" (flymake-diagnostic-text (car found))) nil
               (flymake-diagnostic-text (car found))))
  (goto-char (point-min))
  (insert "PUSH 3 # one more\n")
  (eglot--signal-textDocument/didChange)
  (provable-test-wait "the depth error stays" (lambda () (null (flymake-diagnostics))))

  (font-lock-ensure)
  (cl-assert (eq (provable-test-face "ADD") 'font-lock-keyword-face))
  (cl-assert (eq (provable-test-face "3") 'font-lock-constant-face))
  (cl-assert (memq (provable-test-face "one more") '(font-lock-comment-face)))

  (provable-run)
  (provable-test-wait "it does not run"
                      (lambda () (string-match-p "halted after 4 steps" (plist-get (provable-test-status) :text))))
  (provable-prove)
  (provable-test-wait "it is not proved"
                      (lambda () (eq t (plist-get (plist-get (provable-test-status) :proof) :verified))))
  (goto-char (point-max))
  (insert "NOP\n")
  (eglot--signal-textDocument/didChange)
  (cl-assert (equal "stale" (plist-get (plist-get (provable-test-status) :proof) :state)))
  (insert "\n.test \"it halts\"\n")
  (eglot--signal-textDocument/didChange)
  (setq provable-test-said nil)
  (provable-run-tests)
  (provable-test-wait "the tests do not run" (lambda () (provable-test-has-said "\\`Provable: 1 passed")))
  (message "emacs: the story is told"))
