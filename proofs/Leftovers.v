(* What is left on the two stacks at the end: each row of the tables of leftovers removes a tuple or is not active. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes
  Ranges Bag HeapRows.
Import ListNotations.
Open Scope Z_scope.

Section Leftovers.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  Section Table.
    Variables (b : block) (space : Z) (count : nat).
    Hypothesis a_stack : space = STACK \/ space = CALL_STACK.
    Hypothesis included : incl (flat_map (leftover_items b space) (seq 0 count)) (items all).

    Lemma leftover_included j : (j < count)%nat -> incl (leftover_items b space j) (items all).
    Proof. intros hj y hy. apply included, in_flat_map. exists j. split; [apply in_seq; lia|exact hy]. Qed.
    (* The term of a row, with the row's number as the address. *)
    Lemma leftover_terms j : terms a MemorySum (leftover_items b space j) =
      [ (#(-1) * a (Column b j 0),
         (a (Column b j 2) + #(2 ^ 24 * space + 2 ^ 32), a (Column b j 1), #(Z.of_nat j))) ]%F.
    Proof.
      unfold leftover_items, terms. cbv zeta. cbn [flat_map terms_of app boolean range]. cbn [sum_eq sum_rec sum_rect].
      unfold value_of, value_under, cell, under_beta, constant_under, pack_cell.
      cbn [packed at_beta at_beta_squared value shift].
      rewrite !eval_app, !eval_scale, !eval_v, !(eval_constant a one_is), !eval_nil, ofZ_add, ofZ_mul. cbn [app].
      f_equal. apply same_term; ring.
    Qed.
    (* A row removes one tuple, or none. *)
    Lemma leftover_row j : (j < count)%nat ->
      exists left (_ : unit),
        Forall leftover_ok left /\ reads (terms a MemorySum (leftover_items b space j)) [] left /\ (length left <= 1)%nat.
    Proof.
      intro hj. pose proof (leftover_included j hj) as inside. pose proof (range_size c s) as rs. rewrite leftover_terms.
      destruct (range_value c all others x a s ext ok (Fresh b j 0) (v (Column b j 2))) as (t & ht & et).
      { apply inside. right. now left. }
      rewrite eval_v in et. pose proof (local_boolean a one_is (items all) (v (Column b j 0)) (is_satisfied c all x a ok))
        as active.
      rewrite eval_v in active. specialize (active (inside _ (or_introl eq_refl))).
      destruct (isone (a (Column b j 0))); rewrite active.
      - exists [((t, space, 1), (#(Z.of_nat j))%F, a (Column b j 1))], tt. split; [|split; [|reflexivity]].
        + constructor; [|constructor]. exists t, space, (#(Z.of_nat j))%F, (a (Column b j 1)).
          repeat split; [lia|lia|exact a_stack].
        + apply reads_removed; [cbn [ofB]; ring|]. unfold enc. rewrite et, !ofZ_add, !ofZ_mul. f_equal. f_equal. ring.
      - exists [], tt. split; [constructor|]. split; [|cbn; lia]. apply reads_nothing. cbn [ofB]. ring.
    Qed.
    Lemma leftover_table : exists left, Forall leftover_ok left /\ (length left <= count)%nat /\
      reads (terms a MemorySum (flat_map (leftover_items b space) (seq 0 count))) [] left.
    Proof.
      destruct (choice (fun j left (_ : unit) => Forall leftover_ok left /\
          reads (terms a MemorySum (leftover_items b space j)) [] left /\ (length left <= 1)%nat)
        [] tt count leftover_row) as (left & _ & h).
      exists (tuples_upto left count). split; [apply upto_forall; intros j hj; now apply h|]. split.
      - replace count with (1 * count)%nat at 2 by lia. apply upto_length. intros j hj. now apply h.
      - rewrite terms_flat_map.
        assert (e : tuples_upto (fun _ => []) count = []).
        { clear. induction count as [|n IH]; [reflexivity|]. cbn. now rewrite IH. }
        rewrite <- e. apply reads_flat. intros j hj. now apply h.
    Qed.
  End Table.

  (* The leftovers of both stacks, in the form that `evidence` asks for. *)
  Theorem leftovers_mean : exists leftovers, Forall leftover_ok leftovers /\ Z.of_nat (length leftovers) <= 2 ^ 18 /\
    reads (terms a MemorySum (flat_map (leftover_items Stack STACK) (seq 0 (stack_rows c))) ++
           terms a MemorySum (flat_map (leftover_items Calls CALL_STACK) (seq 0 (call_rows c)))) [] leftovers.
  Proof.
    destruct (leftover_table Stack STACK (stack_rows c) (or_introl eq_refl)) as (l1 & o1 & n1 & r1).
    { intros y hy. apply (cells_included c all others a ext). unfold cell_items. rewrite !in_app_iff. tauto. }
    destruct (leftover_table Calls CALL_STACK (call_rows c) (or_intror eq_refl)) as (l2 & o2 & n2 & r2).
    { intros y hy. apply (cells_included c all others a ext). unfold cell_items. rewrite !in_app_iff. tauto. }
    exists (l1 ++ l2). split; [now apply Forall_app|]. split; [|exact (reads_app _ _ [] _ [] _ r1 r2)].
    destruct s as (_ & _ & _ & _ & _ & [_ f1] & [_ f2] & _). rewrite app_length. lia.
  Qed.
End Leftovers.
