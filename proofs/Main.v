(* The soundness theorem.

   `block_sound`: a committed block that is ideal for the table of a legal program, with an input and an output, is the
   block of a run: some secret input makes the machine of docs/language.md halt with this output and the whole input read.
   `soundness`: so is a block for which more than 2^50 p^2 of the p^3 challenges have a witness.
   `false_statement` says the same of a false statement: whatever the block, at most 2^50 p^2 challenges have a witness. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Prime Field Machine Rows Builder Capacities Ideal Counting Collisions ShaCircuit Challenge
  CircuitChallenge Encode RefineTable Refine Soundness Evidence.
Import ListNotations.
Open Scope Z_scope.

(* What the verifier evaluates: the table of the program, its data, and the tapes. *)
Definition claim_of (P : program) (input output : list Z) : claim :=
  {| table := encode P; heap_data := data P; input := input; output := output |}.

(* What the verifier checks of a statement: the assembler can produce the program, the tapes are words, and all fits the
   tier. *)
Record acceptable (c : capacities) (P : program) (input output : list Z) : Prop := {
  tier_sound : sound c;
  program_legal : legal P;
  program_fits : (length (encode P) <= program_rows c)%nat;
  data_fits : (length (data P) <= heap_rows c)%nat;
  input_is_words : Forall word input;
  output_is_words : Forall word output;
  input_fits : (length input <= rows c)%nat;
  output_fits : (length output <= rows c)%nat }.

(* What a proof proves. The steps take fewer rows than the tier has (`block_rows`), and a row does at most eight of them. *)
Definition statement (c : capacities) (P : program) (input output : list Z) : Prop :=
  exists secret, Forall word secret /\ halts P (8 * rows c) input secret output.

Section Main.
  Variables (c : capacities) (P : program) (input output : list Z).
  Hypothesis accepted : acceptable c P input output.
  Notation x := (claim_of P input output).

  Lemma table_short : Z.of_nat (length (encode P)) < 2 ^ 24.
  Proof. destruct accepted as [(_ & _ & _ & [_ few] & _) _ fits _ _ _ _ _]. lia. Qed.
  Lemma claim_is_ok : claim_ok c x.
  Proof.
    pose proof table_short as short. destruct accepted as [_ [code_ok [data_ok apart]] fits dfits iw ow ifits ofits].
    repeat split; try assumption. apply encode_ok; [now repeat split|exact short].
  Qed.

  (* An ideal block is that of a run of fewer rows than the tier has, on the program's table. *)
  Theorem block_rows a : ideal c (full_circuit c) x a -> exists n secret s, (n < rows c)%nat /\ Forall word secret /\
    row_steps (encode P) n (init P input) secret s /\ row_at (encode P) (pc s) = Some RHalt /\ inp s = [] /\
    rev (out s) = output.
  Proof.
    intro ok. destruct (circuit_evidence c x a (tier_sound _ _ _ _ accepted) claim_is_ok ok)
      as (adds & removes & question & address & heap_last & leftovers & e).
    exact (rows_sound _ _ _ _ _ _ _ _ _ _ e).
  Qed.
  (* So it is that of a run of the program. *)
  Theorem block_sound a : ideal c (full_circuit c) x a -> statement c P input output.
  Proof.
    intro ok. destruct (block_rows a ok) as (n & secret & s & few & words & run & stop & whole & out). exists secret.
    split; [exact words|].
    exact (refine_halts P (rows c) input n secret s output (program_legal _ _ _ _ accepted) table_short
      (input_is_words _ _ _ _ accepted) few run stop whole out).
  Qed.

  (* Different challenges with a witness for one committed block. *)
  Theorem soundness w l : NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) ->
    2 ^ 50 * order ^ 2 < size l -> statement c P input output.
  Proof.
    intros different all_have many.
    destruct (many_challenges c x w (tier_sound _ _ _ _ accepted) claim_is_ok l different all_have many) as (a & _ & ok).
    exact (block_sound a ok).
  Qed.

  (* A false statement has few challenges with a witness, whatever block was committed. *)
  Theorem false_statement : ~ statement c P input output ->
    forall w, at_most (2 ^ 50 * order ^ 2) (has_witness c (full_circuit c) x w).
  Proof.
    intros false w. apply few_challenges; [apply accepted|exact claim_is_ok|]. intros (a & _ & ok).
    exact (false (block_sound a ok)).
  Qed.
  (* In numbers: fewer than one of 2^204. *)
  Theorem false_statement_share : ~ statement c P input output ->
    forall w l, NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) -> 2 ^ 204 * size l < order ^ 3.
  Proof.
    intros false w. apply challenges_below_one_in_2_204; [apply accepted|exact claim_is_ok|].
    intros (a & _ & ok). exact (false (block_sound a ok)).
  Qed.
End Main.
