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

(defun provable-test ()
  (cl-assert (eq major-mode 'provable-mode))
  (let ((binary (getenv "PROVABLE")))
    ;; Without the binary, what eglot says names it.
    (setq provable-command '("provable-that-is-nowhere" "lsp"))
    (let ((said (condition-case wrong
                    (progn (apply #'eglot--connect (eglot--guess-contact)) "nothing")
                  (error (error-message-string wrong)))))
      (cl-assert (string-match-p "provable-that-is-nowhere" said) nil said))
    (cl-assert (condition-case nil (progn (provable-run) nil) (user-error t)))
    (setq provable-command (list binary "lsp")))
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
  (message "emacs: the story is told"))
