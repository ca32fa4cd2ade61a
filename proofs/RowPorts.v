(* What a row's three terms in the sum of the memory add and remove, as tuples of integers and field elements: the stack
   port pushes, pops, calls, returns or does nothing; the general port takes a cell and puts one, or does nothing. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag.
Import ListNotations.
Open Scope Z_scope.

(* The term of a question. *)
Definition asks (t : term) (question : option F) : Prop :=
  match question with Some q => t = (#1, (q, #0, #0))%F | None => fst t = (#0)%F end.

Lemma enc_cell time space set value address t s e v d : time = (#t)%F -> space = (#s)%F -> set = (#e)%F -> value = v -> address = d ->
  (packed_cell time space set, value, address) = enc ((t, s, e), d, v).
Proof. intros -> -> -> -> ->. unfold packed_cell, enc. rewrite !ofZ_add, !ofZ_mul. reflexivity. Qed.

Lemma ofB_z b : ofB b = (#(z_of b))%F.
Proof. now destruct b. Qed.

Ltac num := repeat rewrite ?ofZ_add, ?ofZ_sub, ?ofZ_mul, ?ofZ_opp; ring.

Section Ports.
  Variables (i : nat) (longest : Z) (r n : columns) (fill set : F) (on : bit -> F) (op rz az fz : Z).
  Hypothesis early : Z.of_nat i < 2 ^ 17.
  Hypothesis short : 0 <= longest < 2 ^ 18.
  Hypothesis age_fits : 0 <= az <= longest.
  Hypothesis fill_age_fits : 0 <= fz <= longest.

  Lemma stored_within s d v : 0 <= s < 32 -> within (stored i s d v).
  Proof. unfold within, stored. lia. Qed.

  (* The stack port. *)
  Notation port := (stack_port i longest r fill on fz).
  Lemma port_idle : goes_up on = goes_down on -> reads [port] [] [].
  Proof. intro h. apply reads_nothing. rewrite h. ring. Qed.
  Lemma port_up s d : goes_up on = (#1)%F -> goes_down on = (#0)%F -> (#1 + on Call + on Ret)%F = (#s)%F -> 0 <= s < 32 ->
    (c_depth r + (on Call + on Ret) * (c_calls r - c_depth r))%F = d ->
    exists y, pushed i s d fill y /\ within y /\ reads [port] [y] [].
  Proof.
    intros u dn hs bs hd. exists ((Z.of_nat i + 1 - fz + longest, s, 1), d, fill). split; [|split].
    - exists (Z.of_nat i + 1 - fz + longest). split; [lia|reflexivity].
    - unfold within. lia.
    - apply reads_added; [rewrite u, dn; ring|]. rewrite u, dn, hs. apply enc_cell; try reflexivity.
      + unfold now_value. num.
      + rewrite <- hd. ring.
  Qed.
  Lemma port_down s d : goes_up on = (#0)%F -> goes_down on = (#1)%F -> (#1 + on Call + on Ret)%F = (#s)%F -> 0 <= s < 32 ->
    (c_depth r - #1 + (on Call + on Ret) * (c_calls r - c_depth r))%F = d ->
    exists y, popped i s 1 d fill y /\ within y /\ reads [port] [] [y].
  Proof.
    intros u dn hs bs hd. exists ((Z.of_nat i - fz, s, 1), d, fill). split; [|split].
    - exists (Z.of_nat i - fz). split; [lia|reflexivity].
    - unfold within. lia.
    - apply reads_removed; [rewrite u, dn; ring|]. rewrite u, dn, hs. apply enc_cell; try reflexivity.
      + unfold now_value. num.
      + exact hd.
  Qed.

  (* The general port takes a cell whose value is the result. *)
  Notation out := (general_out i r fill set on op rz az).
  Notation in_ := (general_in i r n fill on op).
  Lemma out_idle : (replaces on + on Read)%F = (#0)%F -> reads [out] [] [].
  Proof. intro h. apply reads_nothing. rewrite h. ring. Qed.
  Lemma out_takes s e d : (replaces on + on Read)%F = (#1)%F -> general_space_value on = (#s)%F -> 0 <= s < 32 ->
    set = (#e)%F -> -4 <= e <= 1 -> general_address_value r fill on op = d ->
    exists y, popped i s e d (#rz)%F y /\ within y /\ reads [out] [] [y].
  Proof.
    intros h hs bs he be hd. exists ((Z.of_nat i - az, s, e), d, (#rz)%F). split; [|split].
    - exists (Z.of_nat i - az). split; [lia|reflexivity].
    - unfold within. lia.
    - apply reads_removed; [rewrite h; ring|]. apply enc_cell; auto. unfold now_value. num.
  Qed.
  Lemma in_idle : (replaces on + on Write + on Hash)%F = (#0)%F -> reads [in_] [] [].
  Proof. intro h. now apply reads_nothing. Qed.
  Lemma in_stores s d v : (replaces on + on Write + on Hash)%F = (#1)%F -> on Write = (#0)%F -> general_space_value on = (#s)%F ->
    general_address_value r fill on op = d -> put_value r n on = v -> reads [in_] [stored i s d v] [].
  Proof. intros h hw hs hd hv. apply reads_added; [exact h|]. apply enc_cell; auto. rewrite hw. unfold now_value. ring. Qed.
  Lemma in_writes d v : (replaces on + on Write + on Hash)%F = (#1)%F -> on Write = (#1)%F -> general_space_value on = (#OUTPUT)%F ->
    general_address_value r fill on op = d -> put_value r n on = v -> reads [in_] [((0, OUTPUT, 1), d, v)] [].
  Proof. intros h hw hs hd hv. apply reads_added; [exact h|]. apply enc_cell; auto. rewrite hw. unfold now_value. ring. Qed.

  (* The zero test's answer, for an unconditional row, for a tested top and for a tested flag. *)
  Lemma answer_none : on Jz = on Jnz -> answer r on = (#0)%F.
  Proof. intro h. unfold answer. rewrite h. destruct (F_eq_dec _ _); ring. Qed.
  Lemma answer_top : on Drop = (#1)%F -> answer r on = if F_eq_dec (c_top r) (#0)%F then (on Jz - on Jnz)%F else (#0)%F.
  Proof. intro h. unfold answer, tested. rewrite h. now replace (c_flag r + #1 * (c_top r - c_flag r))%F with (c_top r) by ring. Qed.
  Lemma answer_flag : on Drop = (#0)%F -> answer r on = if F_eq_dec (c_flag r) (#0)%F then (on Jz - on Jnz)%F else (#0)%F.
  Proof. intro h. unfold answer, tested. rewrite h. now replace (c_flag r + #0 * (c_top r - c_flag r))%F with (c_flag r) by ring. Qed.

  (* `set` of a cell whose value is used, and where it is not. *)
  Lemma set_used : ((#1 - set) * (set + #2 * (on Push + on Result)) = #0)%F -> (on Push + on Result)%F = (#1)%F ->
    exists e, set = (#e)%F /\ used e /\ -4 <= e <= 1.
  Proof.
    intros h hu. rewrite hu in h. destruct (F_integral _ _ h) as [g|g].
    - exists 1. split; [apply (lin _ _ _ _ (eq_sym g)); ring|]. split; [now left|clear; lia].
    - exists (-2). split; [apply (lin _ _ _ _ g); ring|]. split; [now right|clear; lia].
  Qed.
  Lemma set_unused : ((#1 - set) * (set + #2 * (on Push + on Result)) = #0)%F -> (on Push + on Result)%F = (#0)%F ->
    exists e, set = (#e)%F /\ unused e /\ -4 <= e <= 1.
  Proof.
    intros h hu. rewrite hu in h. destruct (F_integral _ _ h) as [g|g].
    - exists 1. split; [apply (lin _ _ _ _ (eq_sym g)); ring|]. split; [now right|clear; lia].
    - exists 0. split; [apply (lin _ _ _ _ g); ring|]. split; [now left|clear; lia].
  Qed.
End Ports.
