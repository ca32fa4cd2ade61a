(* The tables of a tier without SHA-256's are well-formed: program, cells, coprocessors, constants. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field Rows Builder Capacities Circuit Determined Closed.
Import ListNotations.
Open Scope Z_scope.

Section Tables.
  Variable c : capacities.

  Lemma program_closed : closed (program_items c).
  Proof.
    unfold program_items. apply closed_app; [|apply closed_no_terms; each_item]. apply closed_flat_map. intros j _.
    unfold entry_items. apply closed_app.
    - unfold closed. each_item. repeat split; [over|over|over|member].
    - apply closed_no_terms. destruct (S j <? program_rows c)%nat; each_item.
  Qed.

  Lemma over_lowest l total limbs : over l total -> Forall (over l) limbs -> over l (lowest c total limbs).
  Proof. intros ht hl. apply over_minus; [exact ht|]. now apply over_scale, over_recompose. Qed.

  Lemma heap_closed j : closed (heap_items c j).
  Proof.
    unfold heap_items. apply closed_parts. intros row mine.
    assert (addressed : well_under row TimesBetaSquared (under_beta (Fresh Heap j (limbs c)) (address_of j))).
    { split; [apply over_column|]. apply mine. member. }
    split.
    - apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as ([n limb] & <- & hi). apply well_formed_range.
      apply in_combine_r in hi. revert limb hi. apply Forall_forall. apply over_higher.
    - each_item.
      + apply well_formed_range. apply over_lowest; [|apply over_higher]. destruct j; cbn [distance]; unfold address_of; over.
      + repeat split; [apply over_cell; over|over|apply addressed|apply addressed].
      + apply well_formed_range. over.
      + repeat split; [apply over_cell; over|over|over|apply mine; member|apply addressed|apply addressed].
  Qed.
  Lemma last_address_closed : closed (last_address_items c).
  Proof.
    unfold last_address_items. apply well_formed_words. constructor; [|apply over_higher].
    apply over_lowest; [apply over_column|apply over_higher].
  Qed.
  Lemma leftover_closed b space j : closed (leftover_items b space j).
  Proof.
    unfold leftover_items, closed. each_item; [apply well_formed_range; over|].
    repeat split; [apply over_cell; over|over|over|member].
  Qed.
  Lemma cells_closed : closed (cell_items c).
  Proof.
    unfold cell_items. repeat apply closed_app; try apply closed_flat_map; intros.
    - apply heap_closed.
    - apply last_address_closed.
    - apply leftover_closed.
    - apply leftover_closed.
  Qed.

  Lemma words_of_row l b row column first count :
    Forall (well_formed l)
      (flat_map (fun n => word_items c (Fresh b row) (n * first) (limbs_at c b row (column + n * first))) (seq 0 count)).
  Proof. apply Forall_flat_map, Forall_forall. intros n _. apply well_formed_words, over_limbs. Qed.

  Lemma arithmetic_closed j : closed (arithmetic_row c j).
  Proof.
    unfold arithmetic_row. apply closed_parts. intros row mine.
    assert (exchange : determined row (Fresh Arithmetic j (4 * limbs c + 0))).
    { eapply over_product; [apply mine; member| |]; over. }
    assert (below : determined row (Fresh Arithmetic j (4 * limbs c + 1))).
    { eapply over_product; [apply mine; member| |]; over. now apply over_v. }
    assert (over_ : determined row (Fresh Arithmetic j (4 * limbs c + 4))).
    { eapply over_product; [apply mine; member| |]; over. now apply over_v. }
    assert (fits : determined row (Fresh Arithmetic j (4 * limbs c + 8))).
    { eapply over_zero_test; [apply mine; member| |]; over. }
    split; [apply words_of_row|]. each_item.
    - repeat split; [over|over|over; now apply over_v|apply mine; member].
    - apply well_formed_single; [|over]. apply over_question; over; now apply over_v.
    - apply well_formed_single; [|over]. apply over_question; over; now apply over_v.
  Qed.
  Lemma compare_closed j : closed (compare_row c j).
  Proof.
    unfold compare_row. apply closed_parts. intros row mine.
    assert (tie : determined row (Fresh Compare j (2 * limbs c + 1))).
    { eapply over_zero_test; [apply mine; member| |]; over. }
    assert (borrowed : determined row (Fresh Compare j (2 * limbs c + 2))).
    { eapply over_product; [apply mine; member| |]; over. }
    split; [apply words_of_row|]. each_item.
    apply well_formed_single; [|over]. apply over_question; over; now apply over_v.
  Qed.
  Lemma bitwise_closed j : closed (bitwise_row c j).
  Proof.
    unfold bitwise_row, closed. apply Forall_app. split.
    - apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as (q & <- & _). apply well_formed_single; over.
    - each_item. apply well_formed_single; [|over]. apply over_recompose, Forall_forall. intros e he.
      apply in_map_iff in he. destruct he as (q & <- & _). over.
  Qed.

  (* A table of constant tuples. *)
  Definition constant_tuple (t : tuple) : Prop :=
    forall l, over l (packed t) /\ well_under l TimesBeta (at_beta t) /\ well_under l TimesBetaSquared (at_beta_squared t).
  Lemma table_closed s b entries : Forall constant_tuple entries -> closed (table_items s b entries).
  Proof.
    intro h. unfold closed, table_items. apply Forall_forall. intros i hi. apply in_map_iff in hi.
    destruct hi as ([j t] & <- & hi). apply in_combine_r in hi. rewrite Forall_forall in h.
    destruct (h t hi (table_items s b entries)) as (hp & hb & hs). repeat split; [exact hp|over|exact hb|exact hs].
  Qed.
  Lemma numbers_constant bits : Forall constant_tuple (numbers bits).
  Proof. apply Forall_forall. intros t ht. apply in_map_iff in ht. destruct ht as (n & <- & _). intro l. repeat split. over. Qed.
  Lemma powers_constant : Forall constant_tuple powers.
  Proof. apply Forall_forall. intros t ht. apply in_map_iff in ht. destruct ht as (n & <- & _). intro l. repeat split. over. Qed.
  Lemma lookups_closed : closed (lookup_items c).
  Proof.
    unfold lookup_items. repeat apply closed_app.
    - apply table_closed, numbers_constant.
    - destruct (has_top c); [apply table_closed, numbers_constant|constructor].
    - apply table_closed, Forall_forall. intros t ht. apply in_map_iff in ht. destruct ht as (e & <- & _). intro l.
      repeat split. over.
    - apply table_closed, powers_constant.
    - apply closed_no_terms. each_item.
  Qed.
End Tables.
