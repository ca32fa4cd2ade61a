(* The equation of bags that `evidence` asks for, from one balanced list of terms, where no row's meaning asks for SHA-256's
   table: every tuple is within the widths of the format, and there are far fewer tuples than the field has elements. *)
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

(* A balanced list of terms that reads as the tuples of T rows, of H heap rows, of leftovers and of the statement. *)
Theorem bag_of_reads (x : claim) (T H : nat) (adds removes : nat -> list Tup) (address : nat -> Z) (heap_last : nat -> Tup)
  (leftovers : list Tup) (l : list term) :
  Z.of_nat T <= 2 ^ 17 -> Z.of_nat H <= 2 ^ 17 -> Z.of_nat (length leftovers) <= 2 ^ 18 ->
    Z.of_nat (length (input x)) <= 2 ^ 17 ->
  Z.of_nat (length (output x)) <= 2 ^ 17 -> Z.of_nat (length (heap_data x)) <= 2 ^ 17 ->
  (forall i, (i < T)%nat -> tuples_ok i (adds i) (removes i)) ->
  (forall h, (h < H)%nat -> heap_last_ok (address h) (heap_last h)) -> Forall leftover_ok leftovers ->
  let added := tuples_upto adds T ++ tuples_upto (heap_first address) H ++ added_tuples (input x) (heap_data x) in
  let removed := tuples_upto removes T ++ tuples_upto (fun h => [heap_last h]) H ++ leftovers ++
    removed_tuples (output x) (heap_data x) in
  reads l added removed -> balanced l -> forall y, tuple_count added y = tuple_count removed y.
Proof.
  intros hT hH hL hi ho hd rows lasts lefts added removed R B.
  assert (big : 2 ^ 17 * 64 < 2 ^ 200) by reflexivity.
  assert (la : (length (tuples_upto adds T) <= 24 * T)%nat) by (apply upto_length; intros i h; apply (rows i h)).
  assert (lr : (length (tuples_upto removes T) <= 25 * T)%nat) by (apply upto_length; intros i h; apply (rows i h)).
  assert (lf : (length (tuples_upto (heap_first address) H) <= 1 * H)%nat) by (apply upto_length; intros;
    cbn [length heap_first]; lia).
  assert (ll : (length (tuples_upto (fun h => [heap_last h]) H) <= 1 * H)%nat) by (apply upto_length; intros; cbn [length]; lia).
  pose proof (added_tuples_length (input x) (heap_data x)) as ea.
  pose proof (removed_tuples_length (output x) (heap_data x)) as er.
  apply (reads_bag l added removed R B); unfold added, removed.
  - rewrite !Forall_app. split; [apply upto_forall; intros i h; exact (added_within _ _ _ (rows i h))|].
    split; [apply upto_forall; intros; apply heap_first_within|apply added_tuples_within].
  - rewrite !Forall_app. split; [apply upto_forall; intros i h; exact (removed_within _ _ _ (rows i h))|].
    split; [apply upto_forall; intros h hh; apply Forall_cons; [exact (heap_last_within _ _ (lasts h hh))|apply Forall_nil]|].
    split; [eapply Forall_impl; [|exact lefts]; intros y; apply leftover_within|apply removed_tuples_within].
  - rewrite !app_length. lia.
  - rewrite !app_length. lia.
Qed.
