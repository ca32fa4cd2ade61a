(* The soundness theorem about the matrices that the builder writes.

   Here is no circuit with named variables: a proof is checked against three matrices, over a vector whose first places hold
   one, the challenges and the statement, then the committed block, then the rest. `built_sound` says of matrices which the
   comparison accepts (Numbering.v; proofs/dump computes it on those of the builder): if more than 2^50 p^2 of the p^3
   challenges have a solution for a committed block, the block shows secret words with which the statement holds.
   `step_columns` says which elements of the block show them.
   `built_unknown` and `built_false` turn it round. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Prime Field Machine Rows Builder Capacities Circuit Ideal Counting Poles Collisions
  ProgramTable ShaCircuit Challenge CircuitChallenge Encode Numbering Matrices Main.
Import ListNotations.
Open Scope Z_scope.

(* A solution of the matrices for a committed block and for challenges, with the statement as the verifier computes it. *)
Record solution (c : capacities) (e : extent) (m : matrices) (x : claim) (block : Z -> F) (at_ : challenges)
  (z : Z -> F) : Prop := {
  one_at_0 : z 0 = (#1)%F;
  gamma_at_1 : z 1 = fst (fst at_);
  beta_at_2 : z 2 = snd (fst at_);
  rho_at_3 : z 3 = snd at_;
  program_at_4 : z 4 = evaluation_at (verifier_table x) (program_rows c) (z 2) (z 3);
  tapes_at_5 : adds_up (z 1) (fractions_at (z 2) (verifier_terms x)) (z 5);
  block_from_6 : forall place, committed_start e <= place < committed_end e -> z place = block place;
  solves_all : solves z m }.

Section Built.
  Variables (c : capacities) (sha_width sha_entries : Z) (e : extent) (m : matrices).
  Hypothesis same_as_built : same_matrices c (full_circuit c) sha_width sha_entries order e m = true.
  Variables (P : program) (input output : list Z).
  Hypothesis accepted : acceptable c P input output.
  Notation x := (claim_of P input output).
  Variable block : Z -> F.

  (* The columns of the committed block, by name. A column that the block does not have is zero. *)
  Definition columns : committed := fun b row column =>
    match column_number (layout c sha_width sha_entries) b row column with Some at_ => block at_ | None => (#0)%F end.

  Definition step_width : Z := n LIMB + n (limbs c) + (if (0 <? sha_rows c)%nat then 1 else 0).

  (* A solution is a witness of the circuit. *)
  Lemma solution_witness at_ z : solution c e m x block at_ z ->
    witness c (full_circuit c) x columns at_
      (assigned z (layout c sha_width sha_entries) (fresh_numbers (full_circuit c) e)).
  Proof.
    intros [one gamma beta rho program tapes committed solved]. constructor; try assumption.
    - intros b row column. unfold assigned, columns. cbn [number_of].
      destruct (column_number (layout c sha_width sha_entries) b row column) as [place|] eqn:number; [|reflexivity].
      apply committed. exact (column_committed _ _ _ _ _ _ same_as_built b row column place number).
    - exact (matrices_satisfied _ _ _ _ _ _ same_as_built z one solved).
  Qed.
  Lemma solvable_witness at_ : (exists z, solution c e m x block at_ z) -> has_witness c (full_circuit c) x columns at_.
  Proof. intros [z solved]. eexists. exact (solution_witness at_ z solved). Qed.

  (* The columns of the rows of steps, with which the block begins. *)
  Lemma step_columns row column : (row < rows c)%nat -> (column < LIMB)%nat ->
    columns Step row column = block (6 + Z.of_nat row * step_width + Z.of_nat column).
  Proof.
    intros within low. unfold columns, column_number, layout, sizes. cbn [block_index Z.to_nat bases nth]. fold step_width.
    rewrite !n_integer. assert (wide : Z.of_nat LIMB <= step_width).
    { unfold step_width. rewrite !n_integer. destruct (0 <? sha_rows c)%nat; lia. }
    destruct (Z.ltb_spec (Z.of_nat column) step_width) as [_|]; [|lia].
    destruct (Z.ltb_spec (6 + Z.of_nat row * step_width + Z.of_nat column) (6 + Z.of_nat (rows c) * step_width)) as [_|out];
      [reflexivity|nia].
  Qed.

  (* Different challenges with a solution for one committed block. *)
  Theorem built_sound l : NoDup l -> (forall at_, In at_ l -> exists z, solution c e m x block at_ z) ->
    2 ^ 50 * order ^ 2 < size l -> knowledge c P input output columns.
  Proof.
    intros different all_have many. apply (soundness c P input output accepted columns l different); [|exact many].
    intros at_ i. apply solvable_witness, all_have, i.
  Qed.

  (* A false statement has few challenges with a solution, whatever block was committed: fewer than one of 2^204. So has a
     block that does not show words with which the program halts. *)
  Theorem built_unknown : ~ knowledge c P input output columns ->
    forall l, NoDup l -> (forall at_, In at_ l -> exists z, solution c e m x block at_ z) -> 2 ^ 204 * size l < order ^ 3.
  Proof.
    intros unknown l different all_have.
    apply (unknown_secret_share c P input output accepted columns unknown l different).
    intros at_ i. apply solvable_witness, all_have, i.
  Qed.
  Theorem built_false : ~ statement c P input output ->
    forall l, NoDup l -> (forall at_, In at_ l -> exists z, solution c e m x block at_ z) -> 2 ^ 204 * size l < order ^ 3.
  Proof. intro false. apply built_unknown. intro known. exact (false (knowledge_statement _ _ _ _ _ known)). Qed.
End Built.
