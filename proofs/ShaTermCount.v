(* How many terms the table of SHA-256 has, and so the whole circuit: fewer than 2^25, the statement's included. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field ShaPlan Machine Rows Builder Capacities Circuit Meaning Ideal Counting Collisions ShaCircuit
  Challenge TermCount.
Import ListNotations.
Open Scope Z_scope.

Section Row.
  Variable c : capacities.
  Hypothesis capacities_sound : sound c.
  Variable row : nat.

  Lemma count_pieces ps : forall n, count (piece_items row n ps) <= size ps.
  Proof.
    induction ps as [|p ps IH]; intro n; [reflexivity|]. cbn [piece_items]. rewrite size_cons.
    destruct (bit_length p =? 1)%nat; rewrite !count_cons; cbn [is_term boolean];
      [specialize (IH n)|specialize (IH (S (S n)))]; lia.
  Qed.
  Lemma size_pieces ls : forall column from, size (cut_pieces row column from ls) = size ls.
  Proof.
    induction ls as [|n ls IH]; intros column from; [reflexivity|]. cbn [cut_pieces].
    destruct (n =? 1)%nat; now rewrite !size_cons, IH.
  Qed.
  Lemma count_cut cut column n : count (cut_items c row cut column n) <= 8.
  Proof.
    pose proof (few_limbs c capacities_sound).
    destruct cut; cbn [cut_items]; [etransitivity; [apply count_limbs|lia]|..]; (etransitivity; [apply count_pieces|]);
      rewrite size_pieces; apply Z.leb_le; reflexivity.
  Qed.
  Lemma count_chunk columns : forall place n, count (chunk_items row place n columns) <= size columns.
  Proof.
    induction columns as [|k columns IH]; intros place n; [reflexivity|]. cbn [chunk_items]. rewrite count_cons, size_cons.
    cbn [is_term]. specialize (IH (S place) (S n)). lia.
  Qed.
  Lemma few_chunks f : Z.of_nat (chunks f) <= 11.
  Proof. destruct f; apply Z.leb_le; reflexivity. Qed.
  Lemma count_functions fs : forall column n, count (function_items row column n fs) <= size fs * 11.
  Proof.
    induction fs as [|[f lane] fs IH]; intros column n; [reflexivity|]. cbn [function_items]. rewrite count_app, size_cons.
    specialize (IH (chunks (which f) + column)%nat (chunks (which f) + n)%nat).
    pose proof (count_chunk (seq column (chunks (which f))) (chunk_place (which f) lane) n) as h. rewrite size_seq in h.
    pose proof (few_chunks (which f)). lia.
  Qed.
  Lemma count_gate words g column n : count (gate_items c row words g column n) <= 31.
  Proof.
    unfold gate_items. destruct (makes g) as [a|]; [|etransitivity; [apply count_cut|lia]]. rewrite !count_app.
    match goal with |- count ?x + (count ?y + count ?z) <= _ =>
      assert (hx : count x <= 22); [|assert (hy : count y <= 8); [apply count_cut|assert (hz : count z <= 1); [|lia]]] end.
    - etransitivity; [apply count_functions|]. unfold size. rewrite combine_length. change (length lanes) with 2%nat. lia.
    - unfold range. rewrite count_cons, count_nil. cbn [is_term]. lia.
  Qed.
  Lemma count_gates gates : forall words column n, count (word_gates c row words gates column n) <= size gates * 31.
  Proof.
    induction gates as [|g gates IH]; intros words column n; [reflexivity|]. cbn [word_gates]. rewrite count_app, size_cons.
    pose proof (count_gate words g column n).
    specialize (IH (words ++ [gate_word c row g column]) (gate_width c g + column)%nat (gate_fresh c g + n)%nat). lia.
  Qed.
  Lemma count_request n : count (request_items row n) <= 2.
  Proof. unfold request_items. written_out. lia. Qed.
  Lemma count_sha_cells words n : count (cells_items row words n) <= 72.
  Proof.
    unfold cells_items. rewrite count_app.
    match goal with |- count (flat_map ?f ?l) + count (flat_map ?g ?m) <= _ =>
      pose proof (count_flat_map f 3 l) as hb; pose proof (count_flat_map g 3 m) as hs end.
    rewrite size_seq in hb, hs. lapply hb; [clear hb; intro hb|intro; unfold block_items; written_out; lia].
    lapply hs; [clear hs; intro hs|intro; unfold state_items; written_out; lia]. lia.
  Qed.
  (* 206 words, with at most 31 lookups for each. *)
  Lemma count_sha_row : count (sha_row c row) <= 6460.
  Proof.
    unfold sha_row. rewrite !count_app. pose proof (count_gates plan [] WORDS 0) as h.
    assert (s : size plan = 206) by (vm_compute; reflexivity). rewrite s in h.
    pose proof (count_request (fresh_of_plan c)). pose proof (count_sha_cells (sha_words c row plan WORDS) (fresh_of_plan c)). lia.
  Qed.
End Row.

Lemma count_sha_tables : count sha256_tables <= 2 ^ 14.
Proof. etransitivity; [apply count_size|]. vm_compute. discriminate. Qed.

Lemma count_sha c : sound c -> count (sha_items c) <= 2 ^ 10 * 6460 + 2 ^ 14.
Proof.
  intro ok. unfold sha_items. destruct (has_sha c); [|discriminate]. rewrite count_app.
  pose proof (count_flat_map (sha_row c) 6460 (seq 0 (sha_rows c)) (count_sha_row c ok)) as h. rewrite size_seq in h.
  pose proof count_sha_tables. destruct ok as (_ & _ & _ & _ & _ & _ & _ & _ & _ & _ & few).
  apply (Z.mul_le_mono_nonneg_r _ _ 6460) in few; lia.
Qed.

(* The words of the tapes, and two tuples for each word of data. *)
Lemma count_statement c x : sound c -> claim_ok c x -> size (verifier_terms x) <= 4 * 2 ^ 17.
Proof.
  intros (_ & _ & [_ r] & _ & [_ h] & _) (_ & _ & _ & _ & data & _ & _ & i & o).
  unfold verifier_terms, statement_terms, added_tuples, removed_tuples. rewrite size_app, !size_map, !size_app, !size_map.
  unfold size. rewrite !combine_length, !seq_length, !Nat.min_id. lia.
Qed.

Theorem few_terms c x : sound c -> claim_ok c x -> term_count (full_circuit c) x <= 2 ^ 25.
Proof.
  intros ok ok'. unfold term_count. pose proof (count_statement c x ok ok') as s. fold (count (items (full_circuit c))).
  cbn [items full_circuit]. rewrite count_app. pose proof (count_sha c ok) as sha. unfold machine_items. rewrite !count_app.
  assert (b : count [TimesBeta BetaSquared (v Beta)] = 0) by reflexivity.
  pose proof (count_program c) as p. pose proof (count_cells c ok) as cells. pose proof (count_lookups c ok) as l.
  assert (st : count (step_items c) <= Z.of_nat (rows c) * 15).
  { unfold step_items. rewrite count_app. pose proof (count_flat_map (row_items c) 15 (seq 0 (rows c)) (count_step c ok)) as h.
    rewrite size_seq in h. assert (count initial_items = 0) by reflexivity. lia. }
  pose proof (count_flat_map (arithmetic_row c) 35 (seq 0 (arithmetic_rows c)) (count_arithmetic c ok)) as a.
  pose proof (count_flat_map (bitwise_row c) 17 (seq 0 (bitwise_rows c)) (count_bitwise c)) as bw.
  pose proof (count_flat_map (compare_row c) 17 (seq 0 (compare_rows c)) (count_compare c ok)) as cmp.
  rewrite size_seq in a, bw, cmp.
  destruct ok as (_ & _ & [_ r1] & [_ r2] & [_ r3] & [_ r4] & [_ r5] & [_ r6] & [_ r7] & [_ r8] & _).
  change (2 ^ 25) with 33554432. change (2 ^ 10) with 1024 in *. change (2 ^ 14) with 16384 in *. change (2 ^ 19) with 524288 in *.
  change (2 ^ 17) with 131072 in *. lia.
Qed.
