(* What a row means that jumps, calls or returns. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag RowPorts RowKinds.
Import ListNotations.
Open Scope Z_scope.


Lemma jmp_explained t : explained (RJmp t) [Jz; Jnz].
Proof.
  equations. idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. repeat split; state.
Qed.
Lemma pop_jmp_explained t : explained (RPopJmp t) [Jz; Jnz; Drop].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3. effect (@nil Tup) [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. repeat split; state.
Qed.

(* The tested value is the top. *)
Lemma jz_explained t : explained (RJz t) [Jz; Drop].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3. effect (@nil Tup) [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. destruct (F_eq_dec (c_top r) (#0)%F); repeat split; state.
Qed.
Lemma jnz_explained t : explained (RJnz t) [Jnz; Drop].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3. effect (@nil Tup) [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. destruct (F_eq_dec (c_top r) (#0)%F); repeat split; state.
Qed.

(* The tested value is C. *)
Lemma jc_explained t : explained (RJc t) [Jnz].
Proof.
  equations. idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. destruct (F_eq_dec (c_flag r) (#0)%F); repeat split; state.
Qed.
Lemma jnc_explained t : explained (RJnc t) [Jz].
Proof.
  equations. idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. destruct (F_eq_dec (c_flag r) (#0)%F); repeat split; state.
Qed.

(* A call puts the next position; a return takes a position, which is the result. *)
Lemma call_explained t : explained (RCall t) [Jz; Jnz; Call].
Proof.
  equations. assert (hfill : fill = (c_pc r + #1)%F) by by_ hcall. subst fill.
  up CALL_STACK (c_calls r) as y py wy e1. nothing out as e2. nothing in as e3. effect [y] (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. exists y. split; [exact py|]. repeat split; state.
Qed.
Lemma ret_explained : explained RRet [Ret].
Proof.
  equations. assert (hfill : fill = (#rz)%F) by by_ harith. subst fill.
  down CALL_STACK (c_calls r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3. effect (@nil Tup) [y] by e1 e2 e3.
  split; [reflexivity|]. exists y. split; [exact py|]. repeat split; state.
Qed.
