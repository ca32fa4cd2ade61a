(* The circuit of a tier has fewer than 2^25 terms, the statement's included. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field ShaPlan Machine Rows Builder Capacities Circuit Ideal Counting ShaCircuit Challenge.
Import ListNotations.
Open Scope Z_scope.

Definition count (l : list item) : Z := size (filter is_term l).
Lemma count_app l m : count (l ++ m) = count l + count m.
Proof. unfold count. rewrite filter_app, size_app. reflexivity. Qed.
Lemma count_size l : count l <= size l.
Proof.
  unfold count. induction l as [|i l IH]; [reflexivity|]. cbn [filter]. rewrite size_cons.
  destruct (is_term i); rewrite ?size_cons; lia.
Qed.
Lemma count_cons i l : count (i :: l) = (if is_term i then 1 else 0) + count l.
Proof. unfold count. cbn [filter]. destruct (is_term i); rewrite ?size_cons; lia. Qed.
Lemma count_nil : count [] = 0.
Proof. reflexivity. Qed.
Lemma count_flat_map {A} (f : A -> list item) k l : (forall x, count (f x) <= k) -> count (flat_map f l) <= size l * k.
Proof.
  intro h. induction l as [|x l IH]; [reflexivity|]. cbn [flat_map]. rewrite count_app, size_cons. specialize (h x). lia.
Qed.
Lemma count_no_terms {A} (f : A -> list item) l : (forall x, count (f x) <= 0) -> count (flat_map f l) <= 0.
Proof. intro h. pose proof (count_flat_map f 0 l h). lia. Qed.
Lemma size_seq a n : size (seq a n) = Z.of_nat n.
Proof. unfold size. now rewrite seq_length. Qed.
Lemma count_words c x l : forall n, count (word_items c x n l) <= size l.
Proof.
  induction l as [|e l IH]; intro n; [reflexivity|]. rewrite size_cons. destruct l as [|e' l].
  - pose proof (count_size (word_items c x n [e])) as h. exact h.
  - change (word_items c x n (e :: e' :: l)) with (range (x n) e :: word_items c x (S n) (e' :: l)).
    rewrite count_cons. specialize (IH (S n)). cbn [is_term range]. lia.
Qed.
Lemma count_limbs c x n b row column : count (word_items c x n (limbs_at c b row column)) <= Z.of_nat (limbs c).
Proof.
  etransitivity; [apply count_words|]. unfold limbs_at. rewrite size_map, size_seq. reflexivity.
Qed.

(* Counts a list that is written out. *)
Ltac written_out := repeat (rewrite ?count_app; first [rewrite count_cons | rewrite count_nil]); cbn [is_term boolean zero range].

Section Count.
  Variable c : capacities.
  Hypothesis capacities_sound : sound c.

  Lemma few_limbs : (limbs c <= 8)%nat.
  Proof.
    destruct capacities_sound as [[low _] _]. unfold limbs. apply Nat2Z.inj_le. rewrite Z2Nat.id.
    - enough ((32 + range_bits c - 1) / range_bits c < 9) by lia. apply Z.div_lt_upper_bound; lia.
    - apply Z.div_pos; lia.
  Qed.
  Lemma few_digits : Z.of_nat (digits c) <= 16.
  Proof.
    unfold digits, digit_bits.
    match goal with |- context [if ?t then _ else _] => destruct t end; vm_compute; discriminate.
  Qed.

  Lemma count_step i : count (row_items c i) <= 15.
  Proof.
    unfold row_items. rewrite !count_app. pose proof few_limbs.
    assert (bits : count (bits_items c i) <= 0).
    { unfold bits_items. apply count_no_terms. intro b. destruct (Circuit.value_of c i b); [reflexivity|]. written_out. lia. }
    pose proof (count_limbs c (fresh i) 0 Step i LIMB) as words.
    assert (f : count (fetch_items c i) <= 1) by (unfold fetch_items; written_out; lia).
    assert (ar : count (arithmetic_items c i) <= 0) by (unfold arithmetic_items; written_out; lia).
    assert (s : count (stack_items c i) <= 2) by (unfold stack_items; written_out; lia).
    assert (g : count (general_items c i) <= 3).
    { unfold general_items. destruct (has_next c i); written_out; lia. }
    assert (q : count (question_items c i) <= 1) by (unfold question_items; written_out; lia).
    assert (t : count (taken_items c i) <= 0) by (unfold taken_items; written_out; lia).
    assert (n : count (if has_next c i then next_items c i else [zero (minus (any c i [Jz; Here]) (constant 2))]) <= 0).
    { destruct (has_next c i); [unfold next_items|]; written_out; lia. }
    lia.
  Qed.
  Lemma count_program : count (program_items c) <= Z.of_nat (program_rows c).
  Proof.
    unfold program_items. rewrite count_app.
    pose proof (count_flat_map (Circuit.entry_items c) 1 (rev (seq 0 (program_rows c)))) as h.
    assert (s : size (rev (seq 0 (program_rows c))) = Z.of_nat (program_rows c)).
    { unfold size. now rewrite rev_length, seq_length. }
    rewrite s in h. assert (last : count [zero (minus (evaluation c 0) (v ProgramAt))] <= 0) by (written_out; lia).
    enough (each : forall j, count (Circuit.entry_items c j) <= 1) by (specialize (h each); lia).
    intro j. unfold Circuit.entry_items. rewrite count_app. destruct (S j <? program_rows c)%nat; written_out; lia.
  Qed.
  Lemma size_higher b row column : size (higher c b row column) <= 8.
  Proof. unfold higher. rewrite size_map, size_seq. pose proof few_limbs. lia. Qed.
  Lemma count_heap j : count (heap_items c j) <= 12.
  Proof.
    unfold heap_items. rewrite count_app.
    match goal with |- count (map ?f ?l) + _ <= _ => assert (h : count (map f l) <= 7) end.
    { etransitivity; [apply count_size|]. rewrite size_map. unfold size. rewrite combine_length, seq_length.
      pose proof few_limbs. lia. }
    written_out. lia.
  Qed.
  Lemma count_cells :
    count (cell_items c) <= Z.of_nat (heap_rows c) * 12 + 9 + Z.of_nat (stack_rows c) * 2 + Z.of_nat (call_rows c) * 2.
  Proof.
    unfold cell_items. rewrite !count_app.
    assert (heap := count_flat_map (heap_items c) 12 (seq 0 (heap_rows c)) count_heap).
    assert (leftover : forall b space j, count (leftover_items b space j) <= 2).
    { intros. unfold leftover_items. written_out. lia. }
    assert (s := count_flat_map (leftover_items Stack STACK) 2 (seq 0 (stack_rows c)) (leftover _ _)).
    assert (k := count_flat_map (leftover_items Calls CALL_STACK) 2 (seq 0 (call_rows c)) (leftover _ _)).
    assert (last : count (last_address_items c) <= 9).
    { unfold last_address_items. etransitivity; [apply count_words|]. rewrite size_cons.
      pose proof (size_higher HeapEnd 0 0). lia. }
    rewrite size_seq in heap, s, k. lia.
  Qed.
  Lemma count_arithmetic j : count (arithmetic_row c j) <= 35.
  Proof.
    unfold arithmetic_row. rewrite count_app.
    match goal with |- count (flat_map ?f ?l) + _ <= _ => pose proof (count_flat_map f 8 l) as h end.
    rewrite size_seq in h. written_out. enough (each : forall n, count (word_items c (Fresh Arithmetic j) (n * limbs c)
      (limbs_at c Arithmetic j (6 + n * limbs c))) <= 8) by (specialize (h each); lia).
    intro n. etransitivity; [apply count_limbs|]. pose proof few_limbs. lia.
  Qed.
  Lemma count_compare j : count (compare_row c j) <= 17.
  Proof.
    unfold compare_row. rewrite count_app.
    match goal with |- count (flat_map ?f ?l) + _ <= _ => pose proof (count_flat_map f 8 l) as h end.
    rewrite size_seq in h. written_out. enough (each : forall n, count (word_items c (Fresh Compare j) (n * limbs c)
      (limbs_at c Compare j (4 + n * limbs c))) <= 8) by (specialize (h each); lia).
    intro n. etransitivity; [apply count_limbs|]. pose proof few_limbs. lia.
  Qed.
  Lemma count_bitwise j : count (bitwise_row c j) <= 17.
  Proof.
    unfold bitwise_row. rewrite count_app.
    match goal with |- count (map ?f ?l) + _ <= _ => pose proof (count_size (map f l)) as h end. rewrite size_map, size_seq in h.
    pose proof few_digits. written_out. lia.
  Qed.
  Lemma count_table s b entries : count (table_items s b entries) <= size entries.
  Proof.
    unfold table_items. etransitivity; [apply count_size|]. rewrite size_map. unfold size. rewrite combine_length. lia.
  Qed.
  Lemma size_numbers bits : 0 <= bits <= 18 -> size (numbers bits) <= 2 ^ 18.
  Proof.
    intros [pos le]. unfold numbers. rewrite size_map, size_seq, Z2Nat.id by (now apply Z.pow_nonneg).
    now apply Z.pow_le_mono_r.
  Qed.
  Lemma size_flat_map {A B} (f : A -> list B) k l : (forall x, size (f x) = k) -> size (flat_map f l) = size l * k.
  Proof. intro h. induction l as [|x l IH]; [reflexivity|]. cbn [flat_map]. rewrite size_app, size_cons, h, IH. lia. Qed.
  Lemma size_digit_entries : size (digit_entries c) <= 768.
  Proof.
    unfold digit_entries. set (n := map Z.of_nat (seq 0 (Z.to_nat (2 ^ digit_bits c)))).
    assert (s : 0 <= size n <= 16).
    { unfold n. rewrite size_map, size_seq. unfold digit_bits. match goal with |- context [if ?t then _ else _] => destruct t end;
        [change (Z.of_nat (Z.to_nat (2 ^ 4))) with 16|change (Z.of_nat (Z.to_nat (2 ^ 2))) with 4]; lia. }
    rewrite (size_flat_map _ (size n * size n)).
    - change (size [CAnd; COr; CXor]) with 3. nia.
    - intro kind. apply size_flat_map. intro y. apply size_map.
  Qed.
  Lemma count_lookups : count (lookup_items c) <= 2 ^ 19 + 800.
  Proof.
    unfold lookup_items. rewrite !count_app. destruct capacities_sound as [[low high] _].
    pose proof (count_table RangeSum Range (numbers (range_bits c))) as r.
    pose proof (size_numbers (range_bits c) ltac:(lia)) as r'.
    assert (t : count (if has_top c then table_items TopSum Top (numbers (top_bits c)) else []) <= 2 ^ 18).
    { destruct (has_top c) eqn:e; [|discriminate]. etransitivity; [apply count_table|]. apply size_numbers.
      unfold has_top in e. apply Z.ltb_lt in e. split; [|lia]. unfold top_bits, limbs.
      rewrite Z2Nat.id by (apply Z.div_pos; lia).
      pose proof (Z.mul_div_le (32 + range_bits c - 1) (range_bits c) ltac:(lia)). lia. }
    pose proof (count_table DigitSum Digit (map (fun e => single (constant e)) (digit_entries c))) as d. rewrite size_map in d.
    pose proof size_digit_entries.
    pose proof (count_table PowerSum Power powers) as p. assert (p' : size powers = 32) by reflexivity.
    assert (b : count [Enforce (v (Column Blind 0 0)) [] []] = 0) by reflexivity.
    change (2 ^ 19) with (2 * 2 ^ 18). lia.
  Qed.
End Count.
