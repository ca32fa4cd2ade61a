(* The tuples that are no row's: those of the heap table, of the leftovers and of the statement. They are within the widths of
   the format, and the statement has as many as its tapes and data have words. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Ideal Bag StepTuples.
Import ListNotations.
Open Scope Z_scope.

Lemma heap_first_within address h : Forall within (heap_first address h).
Proof. apply Forall_cons; [|apply Forall_nil]. unfold within, HEAP. lia. Qed.
Lemma heap_last_within z y : heap_last_ok z y -> within y.
Proof. intros (t & e & v & -> & ht & he & _). unfold within, HEAP. lia. Qed.
Lemma leftover_within y : leftover_ok y -> within y.
Proof. intros (t & s & a & v & -> & ht & [->| ->]); unfold within, STACK, CALL_STACK; lia. Qed.
Lemma added_tuples_within input data : Forall within (added_tuples input data).
Proof.
  apply Forall_forall. intros y hy. apply in_app_or in hy.
  destruct hy as [hy|hy]; apply in_map_iff in hy; destruct hy as ([b w] & <- & _); unfold within, INPUT, HEAP; lia.
Qed.
Lemma removed_tuples_within output data : Forall within (removed_tuples output data).
Proof.
  apply Forall_forall. intros y hy. apply in_app_or in hy.
  destruct hy as [hy|hy]; apply in_map_iff in hy; destruct hy as ([b w] & <- & _); unfold within, OUTPUT, HEAP; lia.
Qed.
Lemma added_tuples_length input data : length (added_tuples input data) = (length input + length data)%nat.
Proof. unfold added_tuples. rewrite app_length, !map_length, combine_length, seq_length. lia. Qed.
Lemma removed_tuples_length output data : length (removed_tuples output data) = (length output + length data)%nat.
Proof. unfold removed_tuples. rewrite app_length, !map_length, combine_length, seq_length. lia. Qed.
