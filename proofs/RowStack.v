(* What a row means that pushes, pops, copies or exchanges words. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag RowPorts RowKinds.
Import ListNotations.
Open Scope Z_scope.

(* PUSH. *)
Lemma push_explained v : explained (RPush v) [Push; Imm].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill.
  assert (hr : (#rz = #(v + 2 ^ 32 * z_of cb))%F) by (rewrite hfill in harith; by_ harith).
  cbn [row_ok] in good. unfold word in *. apply ofZ_inj in hr; [|destruct cb; cbn [z_of]; lia].
  assert (rz = v) as -> by (destruct cb; cbn [z_of] in hr; lia). clear hr harith. subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3. effect [y] (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. exists y. split; [exact py|]. repeat split; state.
Qed.

(* SECRET. *)
Lemma secret_explained : explained RSecret [Push].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3. effect [y] (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. exists y. split; [exact py|]. repeat split; state.
Qed.

(* POP. *)
Lemma pop_explained : explained RPop [Drop].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3. effect (@nil Tup) [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. repeat split; state.
Qed.

(* DUP 0: the top is a word, or it is below zero. *)
Lemma dup_top_explained : explained (RDup 0) [Push; Imm; Drop; Here].
Proof.
  equations. assert (hfill : fill = c_top r).
  { assert (h : ((#1 + #1) * (fill - c_top r) = #0)%F) by by_ hspill. apply half in h. by_ h. }
  subst fill. up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3. effect [y] (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. exists y, cb. split; [exact py|]. repeat split; first [by_ harith | state].
Qed.

(* DUP n. *)
Lemma dup_explained z : (z =? 0) = false -> explained (RDup z) [Push; AtDepth].
Proof.
  intro hz. equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  assert (htop : c_top n = (#rz)%F) by by_ htopeq. is_used e he hu hb.
  up STACK (c_depth r) as x px wx e1. takes STACK e (c_depth r - #z)%F as y py wy e2. stores STACK (c_depth r - #z)%F (#rz)%F as e3.
  effect [x; stored i STACK (c_depth r - #z)%F (#rz)%F] [y] by e1 e2 e3.
  split; [reflexivity|]. rewrite hz. exists x, y, e. split; [exact px|]. split; [exact py|]. split; [exact hu|]. repeat split; state.
Qed.

(* SWAP 0. *)
Lemma swap_top_explained : explained (RSwap 0) [Imm; Drop; Here; Result].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. exists cb. repeat split; first [by_ harith | state].
Qed.

(* SWAP n. *)
Lemma swap_explained z : (z =? 0) = false -> explained (RSwap z) [Result; AtDepth].
Proof.
  intro hz. equations. is_used e he hu hb.
  idle as e1. takes STACK e (c_depth r - #z)%F as y py wy e2. stores STACK (c_depth r - #z)%F (c_top r) as e3.
  effect [stored i STACK (c_depth r - #z)%F (c_top r)] [y] by e1 e2 e3.
  split; [reflexivity|]. rewrite hz. exists y, e. split; [exact py|]. split; [exact hu|]. repeat split; state.
Qed.

(* NOP and HALT. *)
Lemma nop_explained : explained RNop [].
Proof.
  equations. idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. repeat split; state.
Qed.
Lemma halt_explained : explained RHalt [Jz; Jnz; Drop; Here; Result].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3. effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  split; [reflexivity|]. repeat split; state.
Qed.
