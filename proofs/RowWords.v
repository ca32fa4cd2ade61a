(* What a row means that computes: ADD, SUB and the questions to the coprocessors, on two words of the stack, on the top and a
   word, or with the top kept. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag RowPorts RowKinds.
Import ListNotations.
Open Scope Z_scope.

(* On two words of the stack. *)
Lemma two_add_explained : explained (RBin UAdd) [Add].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) [y] by e1 e2 e3.
  exists fill, y, cb. split; [exact py|]. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma two_sub_explained : explained (RBin USub) [Sub].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) [y] by e1 e2 e3.
  exists fill, y, cb. split; [exact py|]. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma two_mul_explained : explained (RBin (UCop CMul)) [CopCarry].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) [y] asking (asked fill (#(z_of cb)) (#rz) (#(number CMul + 2 ^ 36 * 0)) (c_top r))%F by e1 e2 e3.
  exists fill, y, cb. split; [exact py|]. unfold new_flag; rewrite ?ofB_z; repeat split; state.
Qed.
Lemma two_cop_explained o : (forall cb f, new_flag (UCop o) cb f = f) -> explained (RBin (UCop o)) [Cop].
Proof.
  intro hflag. equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) [y] asking (asked fill (#(z_of cb)) (#rz) (#(number o + 2 ^ 36 * 0)) (c_top r))%F by e1 e2 e3.
  exists fill, y, cb. split; [exact py|]. rewrite hflag; repeat split; state.
Qed.

(* On the top and a word. *)
Lemma top_add_explained w : explained (RBinI UAdd w) [Add; Here; Result].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  exists cb. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma top_sub_explained w : explained (RBinI USub w) [Sub; Here; Result].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) (@nil Tup) by e1 e2 e3.
  exists cb. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma top_mul_explained w : explained (RBinI (UCop CMul) w) [CopCarry; Here; Result].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) (@nil Tup) asking (asked (c_top r) (#(z_of cb)) (#rz) (#(number CMul + 2 ^ 36 * w)) (#0)%F)%F by e1 e2 e3.
  exists cb. unfold new_flag; rewrite ?ofB_z; repeat split; state.
Qed.
Lemma top_cop_explained o w : (forall cb f, new_flag (UCop o) cb f = f) -> explained (RBinI (UCop o) w) [Cop; Here; Result].
Proof.
  intro hflag. equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  idle as e1. nothing out as e2. nothing in as e3.
  effect (@nil Tup) (@nil Tup) asking (asked (c_top r) (#(z_of cb)) (#rz) (#(number o + 2 ^ 36 * w)) (#0)%F)%F by e1 e2 e3.
  exists cb. rewrite hflag; repeat split; state.
Qed.

(* With the top kept. *)
Lemma copy_add_explained w : explained (RCopy UAdd w) [Push; Add; Here].
Proof.
  equations. assert (hfill : fill = c_top r).
  { assert (h : ((#1 + #1) * (fill - c_top r) = #0)%F) by by_ hspill. apply half in h. by_ h. }
  subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3.
  effect [y] (@nil Tup) by e1 e2 e3.
  exists y, cb. split; [exact py|]. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma copy_sub_explained w : explained (RCopy USub w) [Push; Sub; Here].
Proof.
  equations. assert (hfill : fill = c_top r).
  { assert (h : ((#1 + #1) * (fill - c_top r) = #0)%F) by by_ hspill. apply half in h. by_ h. }
  subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3.
  effect [y] (@nil Tup) by e1 e2 e3.
  exists y, cb. split; [exact py|]. unfold new_flag; rewrite ofB_z. repeat split; first [by_ harith | state].
Qed.
Lemma copy_mul_explained w : explained (RCopy (UCop CMul) w) [Push; CopCarry; Here].
Proof.
  equations. assert (hfill : fill = c_top r).
  { assert (h : ((#1 + #1) * (fill - c_top r) = #0)%F) by by_ hspill. apply half in h. by_ h. }
  subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3.
  effect [y] (@nil Tup) asking (asked (c_top r) (#(z_of cb)) (#rz) (#(number CMul + 2 ^ 36 * w)) (#0)%F)%F by e1 e2 e3.
  exists y, cb. split; [exact py|]. unfold new_flag; rewrite ?ofB_z; repeat split; state.
Qed.
Lemma copy_cop_explained o w : (forall cb f, new_flag (UCop o) cb f = f) -> explained (RCopy (UCop o) w) [Push; Cop; Here].
Proof.
  intro hflag. equations. assert (hfill : fill = c_top r).
  { assert (h : ((#1 + #1) * (fill - c_top r) = #0)%F) by by_ hspill. apply half in h. by_ h. }
  subst fill.
  up STACK (c_depth r) as y py wy e1. nothing out as e2. nothing in as e3.
  effect [y] (@nil Tup) asking (asked (c_top r) (#(z_of cb)) (#rz) (#(number o + 2 ^ 36 * w)) (#0)%F)%F by e1 e2 e3.
  exists y, cb. split; [exact py|]. rewrite hflag; repeat split; state.
Qed.

