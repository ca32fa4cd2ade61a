(* The wrapper for the circuit of a tier, in numbers: if the committed block is not ideal, fewer than one of 2^204 challenges
   has a witness. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Prime Field Capacities Ideal Counting Collisions ShaCircuit Challenge WellFormed ShaTermCount.
Import ListNotations.
Open Scope Z_scope.

Lemma field_size : at_most order (fun _ : F => True).
Proof. intros l different _. now apply F_size. Qed.

Section Circuit.
  Variables (c : capacities) (x : claim) (w : committed).

  (* In terms of the number N of the circuit's terms and of the P rows of the program table: max(N^2, P) of `order`. *)
  Theorem challenges_for_terms : ~ block_ideal c (full_circuit c) x w ->
    at_most (bad_challenges order c (full_circuit c) x) (has_witness c (full_circuit c) x w).
  Proof. apply few_witnesses; [apply field_size|apply circuit_well_formed]. Qed.

  Lemma bad_challenges_few : sound c -> claim_ok c x -> bad_challenges order c (full_circuit c) x <= 2 ^ 50 * order ^ 2.
  Proof.
    intros ok ok'. unfold bad_challenges. pose proof (few_terms c x ok ok') as n.
    assert (0 <= term_count (full_circuit c) x) by (unfold term_count; pose proof (size_nonneg (verifier_terms x));
      pose proof (size_nonneg (filter is_term (Builder.items (full_circuit c)))); lia).
    destruct ok as (_ & _ & _ & [_ p] & _). apply Z.mul_le_mono_nonneg_r; [apply Z.pow_nonneg; discriminate|].
    apply Z.max_lub.
    - change (2 ^ 50) with (2 ^ 25 * 2 ^ 25). now apply Z.mul_le_mono_nonneg.
    - etransitivity; [exact p|]. discriminate.
  Qed.

  (* The challenges gamma, beta and rho are drawn from `order` elements each. *)
  Theorem few_challenges : sound c -> claim_ok c x -> ~ block_ideal c (full_circuit c) x w ->
    at_most (2 ^ 50 * order ^ 2) (has_witness c (full_circuit c) x w).
  Proof.
    intros ok ok' not. apply (at_most_weaken _ (bad_challenges order c (full_circuit c) x) _ (has_witness c (full_circuit c) x w)).
    - now apply bad_challenges_few.
    - trivial.
    - now apply challenges_for_terms.
  Qed.
  Theorem challenges_below_one_in_2_204 : sound c -> claim_ok c x -> ~ block_ideal c (full_circuit c) x w ->
    forall l, NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) -> 2 ^ 204 * size l < order ^ 3.
  Proof.
    intros ok ok' not l different all_have. pose proof (few_challenges ok ok' not l different all_have) as h.
    apply (Z.le_lt_trans _ (2 ^ 204 * (2 ^ 50 * order ^ 2))).
    - apply Z.mul_le_mono_nonneg_l; [discriminate|exact h].
    - reflexivity.
  Qed.

  (* What soundness takes from it: more challenges than that with a witness make the committed block ideal. *)
  Theorem many_challenges : sound c -> claim_ok c x ->
    forall l, NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) -> 2 ^ 50 * order ^ 2 < size l ->
    block_ideal c (full_circuit c) x w.
  Proof.
    intros ok ok' l different all_have many.
    apply (many_witnesses order field_size _ _ _ _ (circuit_well_formed c) l different all_have).
    pose proof (bad_challenges_few ok ok'). lia.
  Qed.
End Circuit.
