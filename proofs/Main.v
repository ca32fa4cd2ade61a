(* The soundness theorem.

   `soundness`: if more than 2^50 p^2 of the p^3 challenges have a witness for a committed block, the secret words that the
   block's columns show (Secrets.v: at each row of SECRET, the next row's top) make the machine of docs/language.md halt with
   this output and the whole input read. So whoever knows the block knows such words: they are read off it, and do not depend
   on the challenges. That a prover knows the block that it commits to is the proof system's part, outside of this proof.
   `block_sound` says the same of a block that is ideal for the program's table.
   `unknown_secret` and `false_statement` turn it round: if the words of a block do not make the machine halt, whatever else
   exists, or if no words do, whatever the block, then at most 2^50 p^2 challenges have a witness. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Prime Field Machine Rows Builder Capacities Ideal Counting Collisions ShaCircuit Challenge
  CircuitChallenge Encode RefineTable Refine Soundness Evidence Secrets.
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

(* The machine of rows halts on the program's table, after fewer than T rows. *)
Definition halts_in_rows (P : program) (T : nat) (input secret output : list Z) : Prop :=
  exists n s, (n < T)%nat /\ row_steps (encode P) n (init P input) secret s /\ row_at (encode P) (pc s) = Some RHalt /\
    inp s = [] /\ rev (out s) = output.
(* The program halts with these secret words, with the whole input read and with this output: on its table in fewer rows
   than the tier has, and on the machine in fewer than eight times as many steps, for a row does at most eight. *)
Definition halts_within (c : capacities) (P : program) (input secret output : list Z) : Prop :=
  Forall word secret /\ halts_in_rows P (rows c) input secret output /\ halts P (8 * rows c) input secret output.

(* What a proof proves: there are such words. *)
Definition statement (c : capacities) (P : program) (input output : list Z) : Prop :=
  exists secret, halts_within c P input secret output.
(* What it proves of the block that it commits to: they are the words that the block shows. There is one such list
   (`one_secret`). *)
Definition knowledge (c : capacities) (P : program) (input output : list Z) (w : committed) : Prop :=
  exists secret, reads_secret (encode P) (rows c) w secret /\ halts_within c P input secret output.
Lemma knowledge_statement c P input output w : knowledge c P input output w -> statement c P input output.
Proof. intros (secret & _ & run). now exists secret. Qed.
(* Whatever list is read off the block, it is that of the run. *)
Lemma knowledge_any c P input output w : knowledge c P input output w ->
  forall secret, reads_secret (encode P) (rows c) w secret -> halts_within c P input secret output.
Proof. intros (secret & reads & run) secret' reads'. now rewrite (one_secret _ _ _ _ _ reads' reads). Qed.

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

  (* An ideal block is that of a run of fewer rows than the tier has, on the program's table, with the words that it shows. *)
  Theorem block_rows a : ideal c (full_circuit c) x a ->
    exists secret, reads_secret (encode P) (rows c) (fun b row column => a (Column b row column)) secret /\
      halts_in_rows P (rows c) input secret output.
  Proof.
    intro ok. destruct (circuit_evidence c x a (tier_sound _ _ _ _ accepted) claim_is_ok ok)
      as (adds & removes & question & address & heap_last & leftovers & e).
    destruct (rows_sound _ _ _ _ _ _ _ _ _ _ e) as (n & secret & s & few & words & shown & run).
    exists secret. split; [exact (conj words shown)|]. exists n, s. exact (conj few run).
  Qed.
  (* So it is that of a run of the program with these words. *)
  Theorem block_sound w a : (forall b row column, a (Column b row column) = w b row column) ->
    ideal c (full_circuit c) x a -> knowledge c P input output w.
  Proof.
    intros block ok. destruct (block_rows a ok) as (secret & reads & n & s & few & run & stop & whole & out). exists secret.
    split; [|split; [exact (proj1 reads)|split]].
    - exact (reads_secret_ext _ _ _ w secret (block Step) reads).
    - exists n, s. exact (conj few (conj run (conj stop (conj whole out)))).
    - exact (refine_halts P (rows c) input n secret s output (program_legal _ _ _ _ accepted) table_short
        (input_is_words _ _ _ _ accepted) few run stop whole out).
  Qed.

  (* Different challenges with a witness for one committed block. *)
  Theorem soundness w l : NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) ->
    2 ^ 50 * order ^ 2 < size l -> knowledge c P input output w.
  Proof.
    intros different all_have many.
    destruct (many_challenges c x w (tier_sound _ _ _ _ accepted) claim_is_ok l different all_have many) as (a & block & ok).
    exact (block_sound w a block ok).
  Qed.

  (* A block that does not show words with which the program halts has few challenges with a witness. *)
  Theorem unknown_secret w : ~ knowledge c P input output w ->
    at_most (2 ^ 50 * order ^ 2) (has_witness c (full_circuit c) x w).
  Proof.
    intro unknown. apply few_challenges; [apply accepted|exact claim_is_ok|]. intros (a & block & ok).
    exact (unknown (block_sound w a block ok)).
  Qed.
  (* In numbers: fewer than one of 2^204. *)
  Theorem unknown_secret_share w : ~ knowledge c P input output w ->
    forall l, NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) -> 2 ^ 204 * size l < order ^ 3.
  Proof.
    intro unknown. apply challenges_below_one_in_2_204; [apply accepted|exact claim_is_ok|].
    intros (a & block & ok). exact (unknown (block_sound w a block ok)).
  Qed.

  (* A false statement has few challenges with a witness, whatever block was committed. *)
  Theorem false_statement : ~ statement c P input output ->
    forall w, at_most (2 ^ 50 * order ^ 2) (has_witness c (full_circuit c) x w).
  Proof. intros false w. apply unknown_secret. intro known. exact (false (knowledge_statement _ _ _ _ _ known)). Qed.
  Theorem false_statement_share : ~ statement c P input output ->
    forall w l, NoDup l -> (forall at_, In at_ l -> has_witness c (full_circuit c) x w at_) -> 2 ^ 204 * size l < order ^ 3.
  Proof.
    intros false w. apply unknown_secret_share. intro known. exact (false (knowledge_statement _ _ _ _ _ known)).
  Qed.
End Main.
