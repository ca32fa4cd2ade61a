(* How many limbs a word has and how many items a circuit has: so few that the count of a sum's terms does not wrap around
   the field's order. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups.
Import ListNotations.
Open Scope Z_scope.

(* --- numbers of limbs --- *)
Section Limbs.
  Variable c : capacities.
  Hypothesis s : sound c.
  Lemma limbs_fit : (2 <= limbs c <= 8)%nat /\ 0 < top_bits c <= range_bits c.
  Proof.
    destruct s as [h _]. unfold top_bits, limbs. set (q := (32 + range_bits c - 1) / range_bits c).
    assert (e := Z.div_mod (32 + range_bits c - 1) (range_bits c) ltac:(lia)). fold q in e.
    assert (m := Z.mod_pos_bound (32 + range_bits c - 1) (range_bits c) ltac:(lia)).
    assert (2 <= q <= 8) by nia. rewrite Z2Nat.id by lia. split; [lia|nia].
  Qed.
  Lemma limbs_bits : range_bits c * (Z.of_nat (limbs c) - 1) + top_bits c = 32.
  Proof. unfold top_bits. lia. Qed.
  Lemma range_size : 2 ^ 4 <= 2 ^ range_bits c <= 2 ^ 18.
  Proof. destruct s as [h _]. split; apply Z.pow_le_mono_r; lia. Qed.
  Lemma row_counts : Z.of_nat (rows c) <= 2 ^ 17 /\ Z.of_nat (program_rows c) <= 2 ^ 17.
  Proof. destruct s as (_ & _ & h & h' & _). split; [apply h|apply h']. Qed.
End Limbs.

(* --- the number of items --- *)
Lemma flat_map_length_le {A B} (f : A -> list B) l b : (forall x, In x l -> (length (f x) <= b)%nat) ->
  (length (flat_map f l) <= b * length l)%nat.
Proof.
  induction l as [|x l IH]; intro h; cbn [flat_map length]; [lia|]. rewrite app_length.
  assert (length (f x) <= b)%nat by (apply h; now left). assert (length (flat_map f l) <= b * length l)%nat; [|lia].
  apply IH. intros; apply h; now right.
Qed.
Lemma rows_length {A} (f : nat -> list A) n b : (forall j, (length (f j) <= b)%nat) -> (length (flat_map f (seq 0 n)) <= b * n)%nat.
Proof. intro h. rewrite <- (seq_length n 0) at 2. apply flat_map_length_le. auto. Qed.
Lemma word_items_length c x n l : length (word_items c x n l) = length l.
Proof.
  revert n. induction l as [|y l IH]; intro n; [reflexivity|]. cbn [word_items]. destruct l; [reflexivity|].
  cbn [length] in *. now rewrite IH.
Qed.
Lemma limbs_at_length c b row column : length (limbs_at c b row column) = limbs c.
Proof. unfold limbs_at. now rewrite map_length, seq_length. Qed.
Lemma table_items_length s b entries : length (table_items s b entries) = length entries.
Proof. unfold table_items. rewrite map_length, combine_length, seq_length. lia. Qed.

Section Count.
  Variable c : capacities.
  Hypothesis s : sound c.
  Lemma row_items_length i : (length (row_items c i) <= 100)%nat.
  Proof.
    pose proof (limbs_fit c s) as [l _]. unfold row_items. rewrite !app_length, word_items_length, limbs_at_length.
    assert (length (bits_items c i) <= 1 * 19)%nat.
    { unfold bits_items. apply (flat_map_length_le _ all_bits). intros b _. destruct (Circuit.value_of c i b); cbn; lia. }
    unfold fetch_items, arithmetic_items, stack_items, general_items, question_items, taken_items, next_items.
    rewrite !app_length. destruct (has_next c i); cbn [length]; lia.
  Qed.
  Lemma numbers_length b : 0 <= b <= 18 -> Z.of_nat (length (numbers b)) <= 2 ^ 18.
  Proof.
    intro h. unfold numbers. rewrite map_length, seq_length.
    assert (0 < 2 ^ b <= 2 ^ 18) by (split; [apply Z.pow_pos_nonneg|apply Z.pow_le_mono_r]; lia). lia.
  Qed.
  Lemma digit_entries_length : (length (digit_entries c) <= 768)%nat.
  Proof.
    unfold digit_entries, digit_bits. destruct (_ <=? _); vm_compute; lia.
  Qed.
  (* So counts of terms do not wrap around the field's order. *)
  Lemma machine_items_length : Z.of_nat (length (machine_items c)) < 2 ^ 40.
  Proof.
    pose proof (limbs_fit c s) as [l t]. destruct s as (rb & _ & f1 & f2 & f3 & f4 & f5 & f6 & f7 & f8 & _).
    unfold machine_items, program_items, step_items, initial_items, cell_items, last_address_items, lookup_items.
    rewrite !app_length, !map_length.
    assert (a1 : (length (flat_map (entry_items c) (rev (seq 0 (program_rows c)))) <= 3 * program_rows c)%nat).
    { rewrite <- (seq_length (program_rows c) 0) at 2. rewrite <- (rev_length (seq _ _)). apply flat_map_length_le. intros j _. unfold entry_items.
      destruct (_ <? _)%nat; cbn; lia. }
    assert (a2 : (length (flat_map (row_items c) (seq 0 (rows c))) <= 100 * rows c)%nat).
    { apply rows_length. intro i. apply row_items_length. }
    assert (a3 : (length (flat_map (heap_items c) (seq 0 (heap_rows c))) <= 20 * heap_rows c)%nat).
    { apply rows_length. intro i. unfold heap_items, higher. cbn zeta.
      rewrite app_length, map_length, combine_length, !seq_length. cbn [length]. lia. }
    assert (a4 : forall b space n, (length (flat_map (leftover_items b space) (seq 0 n)) <= 4 * n)%nat).
    { intros b space n. apply rows_length. intro j. cbn. lia. }
    assert (a5 : (length (flat_map (arithmetic_row c) (seq 0 (arithmetic_rows c))) <= 60 * arithmetic_rows c)%nat).
    { apply rows_length. intro i. unfold arithmetic_row. cbn zeta.
      rewrite app_length. cbn [seq flat_map]. rewrite !app_length, !word_items_length, !limbs_at_length. cbn [length]. lia. }
    assert (a6 : (length (flat_map (bitwise_row c) (seq 0 (bitwise_rows c))) <= 20 * bitwise_rows c)%nat).
    { apply rows_length. intro i. unfold bitwise_row.
      rewrite app_length, map_length, seq_length. cbn [length]. unfold digits, digit_bits. destruct (_ <=? _); cbn; lia. }
    assert (a7 : (length (flat_map (compare_row c) (seq 0 (compare_rows c))) <= 40 * compare_rows c)%nat).
    { apply rows_length. intro i. unfold compare_row. cbn zeta.
      rewrite app_length. cbn [seq flat_map]. rewrite !app_length, !word_items_length, !limbs_at_length. cbn [length]. lia. }
    pose proof (a4 Stack STACK (stack_rows c)) as a8. pose proof (a4 Calls CALL_STACK (call_rows c)) as a9.
    pose proof (numbers_length (range_bits c) ltac:(lia)) as n1. pose proof (numbers_length (top_bits c) ltac:(lia)) as n2.
    pose proof digit_entries_length as n3.
    assert (n4 : (length (if has_top c then table_items TopSum Top (numbers (top_bits c)) else []) <= length (numbers (top_bits c)))%nat).
    { destruct (has_top c); [rewrite table_items_length|cbn]; lia. }
    rewrite word_items_length, !table_items_length, !map_length. cbn [length]. unfold higher, powers. rewrite !map_length, !seq_length.
    cbn zeta in *. clear a4 t rb. lia.
  Qed.
End Count.

