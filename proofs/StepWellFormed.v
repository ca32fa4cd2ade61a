(* A step row is well-formed: its tuples and numerators are determined by the committed block, for all capacities. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field Rows Builder Capacities Circuit Determined Closed.
Import ListNotations.
Open Scope Z_scope.

Section Row.
  Variable c : capacities.
  Variable i : nat.

  Lemma over_bit l b : over l (Circuit.value_of c i b).
  Proof.
    unfold Circuit.value_of, growth. destruct b; try apply over_column;
      try (destruct (has_next c i); [|apply over_nil]); over; try apply over_flat_map; intros; try apply over_column.
    destruct (0 <? sha_rows c)%nat; [apply over_column|apply over_nil].
  Qed.
  Lemma over_any l bits : over l (any c i bits).
  Proof. apply over_flat_map. intro b. apply over_bit. Qed.
  Lemma over_of l b : over l (of c i b).
  Proof. apply over_bit. Qed.
  Lemma over_result l : over l (result c i).
  Proof. apply over_word. Qed.
  Lemma over_packed l bits : over l (packed_from c i bits).
  Proof. induction bits as [|b bits IH]; [apply over_nil|]. apply over_app; [apply over_bit|now apply over_scale]. Qed.

  (* Any list with the items of the row. *)
  Variable l : list item.
  Hypothesis whole : incl (row_items c i) l.

  Lemma of_fetch x : In x (fetch_items c i) -> In x l.
  Proof. intro h. apply whole. unfold row_items. rewrite !in_app_iff. tauto. Qed.
  Lemma of_stack x : In x (stack_items c i) -> In x l.
  Proof. intro h. apply whole. unfold row_items. rewrite !in_app_iff. tauto. Qed.
  Lemma of_general x : In x (general_items c i) -> In x l.
  Proof. intro h. apply whole. unfold row_items. rewrite !in_app_iff. tauto. Qed.

  Ltac over_row := repeat first [apply over_any | apply over_of | apply over_result | apply over_packed | progress over].

  Lemma base_determined : determined l (base c i).
  Proof. eapply over_product; [apply of_fetch; member| |]; over_row. Qed.
  Lemma away_determined : determined l (away c i).
  Proof. eapply over_product; [apply of_stack; member| |]; over_row. Qed.
  Lemma at_depth_determined : determined l (at_depth c i).
  Proof. eapply over_product; [apply of_general; member| |]; over_row. Qed.
  Lemma at_read_determined : determined l (at_read c i).
  Proof. eapply over_product; [apply of_general; member| |]; over_row. Qed.
  Lemma at_written_determined : determined l (at_written c i).
  Proof. eapply over_product; [apply of_general; member| |]; over_row. Qed.
  Lemma kept_determined : has_next c i = true -> determined l (kept c i).
  Proof.
    intro next. apply (over_product l (kept c i) (old c i) (minus (at_ i TOP) (Circuit.next i TOP))).
    - apply of_general. unfold general_items. rewrite next. member.
    - unfold old. over_row.
    - over_row.
  Qed.
  Lemma over_put : over l (put c i).
  Proof.
    unfold put. destruct (has_next c i) eqn:next; [|apply over_column].
    apply over_app; [apply over_column|]. now apply over_v, kept_determined.
  Qed.
  Lemma over_general : over l (general_at c i).
  Proof.
    unfold general_at. over_row; apply over_v;
      auto using base_determined, at_depth_determined, at_read_determined, at_written_determined.
  Qed.
  Lemma over_general_space : over l (general_space c i).
  Proof. unfold general_space. over_row. Qed.

  Lemma fetch_well_formed : Forall (well_formed l) (fetch_items c i).
  Proof.
    unfold fetch_items. each_item. repeat split; [over_row|over_row|over_row|apply of_fetch; member].
  Qed.
  Lemma stack_well_formed : Forall (well_formed l) (stack_items c i).
  Proof.
    unfold stack_items. each_item.
    - apply well_formed_range. unfold looked_up_age, up. over_row.
    - assert (at_stack : over l (minus (at_ i DEPTH) (down c i) ++ v (away c i))).
      { unfold down. over_row. apply over_v, away_determined. }
      repeat split.
      + apply over_cell; unfold down, fill_age, looked_up_age, up, on_calls; over_row.
      + unfold up, down. over_row.
      + over_row.
      + apply of_stack. member.
      + exact at_stack.
      + apply of_stack. member.
  Qed.
  Lemma general_well_formed : Forall (well_formed l) (general_items c i).
  Proof.
    unfold general_items. apply Forall_app. split; [each_item|]. apply Forall_app. split.
    { destruct (has_next c i); each_item. }
    each_item.
    - apply well_formed_range. over_row.
    - repeat split.
      + apply over_cell; [over_row|apply over_general_space|over_row].
      + unfold replaced. over_row.
      + over_row.
      + apply of_general. member.
      + apply over_general.
      + apply of_general. member.
    - repeat split.
      + apply over_cell; [over_row|apply over_general_space|over_row].
      + unfold replaced. over_row.
      + apply over_put.
      + apply of_general. member.
      + apply over_general.
      + apply of_general. member.
  Qed.
  Lemma question_well_formed : Forall (well_formed l) (question_items c i).
  Proof.
    unfold question_items. each_item. apply well_formed_single; [|over_row].
    unfold pack_question. over_row. apply over_v, base_determined.
  Qed.

  Lemma row_well_formed : Forall (well_formed l) (row_items c i).
  Proof.
    unfold row_items. rewrite !Forall_app. repeat split.
    - unfold bits_items. apply Forall_flat_map, Forall_forall. intros b _. destruct (Circuit.value_of c i b); each_item.
    - apply well_formed_words, over_limbs.
    - apply fetch_well_formed.
    - unfold arithmetic_items. each_item.
    - apply stack_well_formed.
    - apply general_well_formed.
    - apply question_well_formed.
    - unfold taken_items. each_item.
    - destruct (has_next c i); [unfold next_items|]; each_item.
  Qed.
End Row.

Lemma step_closed c : closed (step_items c).
Proof.
  unfold step_items. apply closed_app; [apply closed_no_terms; unfold initial_items; each_item|].
  apply closed_flat_map. intros i _. now apply row_well_formed.
Qed.
