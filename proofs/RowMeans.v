(* From a circuit whose sums are balanced to the meaning of each row: what it executes, what it leaves to the next row, what
   it adds to the memory and removes, and what it asks a coprocessor. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges Fetch RowEquations
  RowConstraints Bag RowPorts RowKinds RowStack RowJumps RowMemory RowWords.
Import ListNotations.
Open Scope Z_scope.

(* The coprocessor operations that leave C are those with the bit Cop. *)
Lemma cop_cases o : o = CMul \/ (unit_bit (UCop o) = Cop /\ forall cb f, new_flag (UCop o) cb f = f).
Proof. destruct o; (now left) || (right; split; reflexivity). Qed.

(* Every kind of row. *)
Theorem all_explained m : explained m (bits_of m).
Proof.
  destruct m as [n| |n|n|u|u n|u n|d|d|d|d|d|d| |d|d|d|d|d|d| | | | | |].
  - apply push_explained.
  - apply pop_explained.
  - cbn [bits_of]. destruct (n =? 0) eqn:e; [apply Z.eqb_eq in e; subst n; apply dup_top_explained|now apply dup_explained].
  - cbn [bits_of]. destruct (n =? 0) eqn:e; [apply Z.eqb_eq in e; subst n; apply swap_top_explained|now apply swap_explained].
  - destruct u as [| |o]; [apply two_add_explained|apply two_sub_explained|]. destruct (cop_cases o) as [->|[b h]]; [apply two_mul_explained|].
    cbn [bits_of]. rewrite b. now apply two_cop_explained.
  - destruct u as [| |o]; [apply top_add_explained|apply top_sub_explained|]. destruct (cop_cases o) as [->|[b h]]; [apply top_mul_explained|].
    cbn [bits_of]. rewrite b. now apply top_cop_explained.
  - destruct u as [| |o]; [apply copy_add_explained|apply copy_sub_explained|]. destruct (cop_cases o) as [->|[b h]]; [apply copy_mul_explained|].
    cbn [bits_of]. rewrite b. now apply copy_cop_explained.
  - apply jmp_explained.
  - apply jz_explained.
  - apply jnz_explained.
  - apply jc_explained.
  - apply jnc_explained.
  - apply call_explained.
  - apply ret_explained.
  - apply pop_jmp_explained.
  - apply load_explained.
  - apply store_explained.
  - apply tee_explained.
  - apply loadx_explained.
  - apply put_explained.
  - apply read_explained.
  - apply secret_explained.
  - apply write_explained.
  - apply nop_explained.
  - apply halt_explained.
  - apply sha256_explained.
Qed.

(* Only HALT has the bits Jz and Here. *)
Lemma only_halt m : has (bits_of m) Jz = true -> has (bits_of m) Here = true -> m = RHalt.
Proof.
  destruct m as [n| |n|n|u|u n|u n|d|d|d|d|d|d| |d|d|d|d|d|d| | | | | |]; cbn [bits_of]; try destruct (n =? 0); try destruct u as [| |o];
    try destruct (cop_cases o) as [->|[-> _]]; cbn; intros; easy.
Qed.

Section Means.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis claimed : claim_ok c x.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  (* Each row but the last. *)
  Theorem row_means i : (S i < rows c)%nat -> exists j m rz Ad Rm question,
    nth_error (table x) j = Some (Some m) /\ row_ok m /\ c_pc (columns_of a i) = (#(Z.of_nat j))%F /\
    word rz /\ eval a (result c i) = (#rz)%F /\
    row_meaning m i rz (columns_of a i) (columns_of a (S i)) Ad Rm question /\
    reads (terms a MemorySum (row_items c i)) Ad Rm /\ Forall within (Ad ++ Rm) /\
    exists t, terms a CoprocessorSum (row_items c i) = [t] /\ asks t question.
  Proof.
    intro hi. assert (hi' : (i < rows c)%nat) by lia. destruct (all_fetched c all others x a s ext claimed ok i hi') as (j & m & f).
    destruct (row_holds c all others x a s ext ok i j m hi' f hi) as (rz & az & fz & er & e & tm & tc).
    pose proof (range_size c s) as rs. pose proof (row_counts c s) as [rc _]. destruct f as (em & _ & good & pc & _ & _).
    destruct (all_explained m i (longest_age c) (columns_of a i) (columns_of a (S i)) (a (Column Step i FILL)) (a (Column Step i SET)) rz az fz
      (isone (a (Column Step i CARRY)))) as (Ad & Rm & q & me & ef & wi & qu).
    - lia.
    - unfold longest_age. lia.
    - exact good.
    - exact e.
    - exists j, m, rz, Ad, Rm, q. rewrite tm, tc. split; [exact em|]. split; [exact good|]. split; [exact pc|].
      split; [exact (word_result _ _ _ _ _ _ _ _ _ _ _ e)|]. split; [exact er|]. split; [exact me|]. split; [exact ef|]. split; [exact wi|].
      eexists. split; [reflexivity|exact qu].
  Qed.

  (* The last row is HALT, and it neither adds nor removes nor asks. *)
  Theorem last_row_means i : S i = rows c -> exists j,
    nth_error (table x) j = Some (Some RHalt) /\ c_pc (columns_of a i) = (#(Z.of_nat j))%F /\
    reads (terms a MemorySum (row_items c i)) [] [] /\
    exists t, terms a CoprocessorSum (row_items c i) = [t] /\ asks t None.
  Proof.
    intro hi. assert (hi' : (i < rows c)%nat) by lia. destruct (all_fetched c all others x a s ext claimed ok i hi') as (j & m & f).
    assert (hn : has_next c i = false) by (unfold has_next; apply Nat.ltb_ge; lia).
    assert (h : In (zero (minus (any c i [Jz; Here]) (constant 2))) (items all)).
    { apply (row_included c all others a ext i hi'). unfold row_items. rewrite hn, !in_app_iff. do 8 right. now left. }
    apply (local_zero a one_is _ _ (is_satisfied c all x a ok)) in h.
    rewrite eval_minus, (eval_constant a one_is), (any_is c x a i j m f) in h. cbn [fold_right] in h.
    assert (m = RHalt) as ->.
    { assert (e : (#(z_of (has (bits_of m) Jz) + z_of (has (bits_of m) Here)))%F = (#2)%F).
      { rewrite ofZ_add, <- !ofB_z. unfold bits_on in h. apply (lin _ _ _ _ h). ring. }
      apply ofZ_inj in e; [|destruct (has _ Jz), (has _ Here); reflexivity].
      apply only_halt; [destruct (has _ Jz)|destruct (has _ Here)]; try reflexivity; cbn [z_of] in e; destruct (has _ _); discriminate. }
    exists j. destruct (f) as (em & _ & _ & pc & _ & _). split; [exact em|]. split; [exact pc|]. split.
    - rewrite memory_terms. apply (reads_app [_] [_; _] [] [] [] []); [|apply (reads_app [_] [_] [] [] [] [])]; apply reads_nothing.
      + rewrite eval_minus, (up_is c x a i j RHalt f), (down_is c x a i j RHalt f).
        change (bits_on RHalt) with (on_list [Jz; Jnz; Drop; Here; Result]). bits. ring.
      + rewrite eval_app, (of_is c x a i j RHalt f). unfold replaced. rewrite (any_is c x a i j RHalt f).
        change (bits_on RHalt) with (on_list [Jz; Jnz; Drop; Here; Result]). cbn [fold_right]. bits. ring.
      + rewrite eval_app, (any_is c x a i j RHalt f). unfold replaced. rewrite (any_is c x a i j RHalt f).
        change (bits_on RHalt) with (on_list [Jz; Jnz; Drop; Here; Result]). cbn [fold_right]. bits. ring.
    - eexists. split; [apply coprocessor_terms|]. cbn [asks fst]. rewrite (any_is c x a i j RHalt f).
      change (bits_on RHalt) with (on_list [Jz; Jnz; Drop; Here; Result]). cbn [fold_right]. bits. ring.
  Qed.

  (* The first row is the machine's initial state. *)
  Theorem first_row_means : next_row (columns_of a 0) (#0) (#0) (#0) (#0) (#0) (#0) (#EMPTY).
  Proof.
    destruct (initial_columns c all others x a ext ok) as [top rest].
    repeat match goal with h : Forall _ (_ :: _) |- _ => apply Forall_cons_iff in h; destruct h end. repeat split; assumption.
  Qed.
End Means.
