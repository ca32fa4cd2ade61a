(* Every row is a step of the machine of rows, or HALT. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field Machine Rows Meaning Bag Cells Step StepStack StepJumps StepArithmetic StepHeap
  StepTapes StepSha.

(* A row that is not HALT, in a state that the memory and its columns show, is one step. *)
Theorem step_any {M i s m j rz r n Ad Rm q} : situation M i s m j rz r n Ad Rm q -> m <> RHalt -> outcome M i s m n Ad Rm.
Proof.
  intros S no_halt. destruct m; [..|now contradiction no_halt|].
  - eapply step_push; exact S.
  - eapply step_pop; exact S.
  - eapply step_dup; exact S.
  - eapply step_swap; exact S.
  - eapply step_bin; exact S.
  - eapply step_bini; exact S.
  - eapply step_copy; exact S.
  - eapply step_jmp; exact S.
  - eapply step_jz; exact S.
  - eapply step_jnz; exact S.
  - eapply step_jc; exact S.
  - eapply step_jnc; exact S.
  - eapply step_call; exact S.
  - eapply step_ret; exact S.
  - eapply step_popjmp; exact S.
  - eapply step_load; exact S.
  - eapply step_store; exact S.
  - eapply step_tee; exact S.
  - eapply step_loadx; exact S.
  - eapply step_put; exact S.
  - eapply step_read; exact S.
  - eapply step_secret; exact S.
  - eapply step_write; exact S.
  - eapply step_nop; exact S.
  - eapply step_sha; exact S.
Qed.
