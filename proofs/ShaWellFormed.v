(* The table of SHA-256 is well-formed: everything in its tuples is a sum of committed columns. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field ShaPlan Builder Capacities Circuit Determined Closed TablesWellFormed ShaCircuit.
Import ListNotations.
Open Scope Z_scope.

(* A sum of columns: determined whatever the items are. *)
Definition of_columns (e : lc) : Prop := forall l, over l e.
Definition word_of_columns (w : sha_word) : Prop :=
  of_columns (word_number w) /\ Forall (fun p => of_columns (piece_number p) /\ of_columns (form p)) (pieces w).

Lemma no_word_of_columns : word_of_columns no_word.
Proof. split; [intro l; apply over_nil|constructor]. Qed.
Lemma nth_of_columns words n : Forall word_of_columns words -> word_of_columns (nth n words no_word).
Proof.
  intro h. destruct (nth_in_or_default n words no_word) as [i|e].
  - revert i. generalize (nth n words no_word). now apply Forall_forall.
  - rewrite e. apply no_word_of_columns.
Qed.
Lemma number_of_columns words n : Forall word_of_columns words -> of_columns (word_number (nth n words no_word)).
Proof. intro h. now apply nth_of_columns. Qed.

Lemma turned_of_columns t w : word_of_columns w -> of_columns (turned t w).
Proof.
  intros [_ h] l. unfold turned. induction h as [|p ps [_ hf] _ IH]; [apply over_nil|]. apply over_app; [|exact IH].
  unfold turned_piece. destruct t as [d|d]; [apply over_scale, hf|].
  destruct (begins p <? d)%nat; [apply over_nil|apply over_scale, hf].
Qed.
Lemma digits_of_columns words f : Forall word_of_columns words -> of_columns (digits_lc words f).
Proof.
  intros h l. unfold digits_lc. destruct (arguments f) as [[[x tx] [y ty]] [z tz]]. destruct (weights (which f)) as [[wx wy] wz].
  repeat apply over_app; apply over_scale, turned_of_columns; now apply nth_of_columns.
Qed.

Section Row.
  Variable c : capacities.
  Variable row : nat.

  Lemma cut_pieces_of_columns ls : forall column from,
    Forall (fun p => of_columns (piece_number p) /\ of_columns (form p)) (cut_pieces row column from ls).
  Proof.
    induction ls as [|n ls IH]; intros column from; [constructor|]. cbn [cut_pieces].
    destruct (n =? 1)%nat; constructor; try apply IH; split; intro l; apply over_column.
  Qed.
  Lemma word_at_of_columns cut column : word_of_columns (word_at c row cut column).
  Proof.
    assert (cut_word : forall ls, word_of_columns
      (let pieces := cut_pieces row column 0 ls in
       {| word_number := flat_map (fun p => scale (2 ^ Z.of_nat (begins p)) (piece_number p)) pieces; pieces := pieces |})).
    { intro ls. pose proof (cut_pieces_of_columns ls column 0) as h. split; [intro l|exact h]. cbn [word_number].
      induction h as [|p ps [hn _] _ IH]; [apply over_nil|]. apply over_app; [apply over_scale, hn|exact IH]. }
    destruct cut; try apply cut_word. split; [intro l; apply over_word|constructor].
  Qed.
  Lemma piece_items_closed ps : Forall (fun p => of_columns (piece_number p) /\ of_columns (form p)) ps ->
    forall n, closed (piece_items row n ps).
  Proof.
    induction 1 as [|p ps [hn hf] _ IH]; intro n; [constructor|]. cbn [piece_items]. destruct (bit_length p =? 1)%nat.
    - apply (closed_app [_]); [apply closed_no_terms; each_item|apply IH].
    - apply (closed_app [_; _]); [|apply IH]. unfold closed. each_item. repeat split; [apply hn|over|apply hf|member].
  Qed.
  Lemma cut_items_closed cut column n : closed (cut_items c row cut column n).
  Proof. destruct cut; try apply piece_items_closed, cut_pieces_of_columns. apply well_formed_words, over_limbs. Qed.
  Lemma chunk_items_closed columns : forall place n, closed (chunk_items row place n columns).
  Proof.
    induction columns as [|column columns IH]; intros place n; [constructor|]. cbn [chunk_items].
    apply (closed_app [_]); [|apply IH]. unfold closed. each_item. apply well_formed_single; [apply over_column|over].
  Qed.
  Lemma function_items_closed fs : forall column n, closed (function_items row column n fs).
  Proof.
    induction fs as [|[f lane] fs IH]; intros column n; [constructor|]. cbn [function_items].
    apply closed_app; [apply chunk_items_closed|apply IH].
  Qed.
  Lemma without_carry_of_columns words a column new : Forall word_of_columns words -> word_of_columns new ->
    of_columns (without_carry row words a column new).
  Proof.
    intros h hnew l. unfold without_carry. repeat apply over_app; try apply over_scale.
    - over.
    - apply over_flat_map. intro n. now apply number_of_columns.
    - apply over_flat_map. intro n. now apply number_of_columns.
    - apply hnew.
    - apply over_flat_map. intros [f lane]. now apply over_scale, digits_of_columns.
    - apply over_flat_map. intro n. apply over_column.
  Qed.
  Lemma gate_items_closed words g column n : Forall word_of_columns words -> closed (gate_items c row words g column n).
  Proof.
    intro h. unfold gate_items. destruct (makes g) as [a|]; [|apply cut_items_closed]. repeat apply closed_app.
    - apply function_items_closed.
    - apply cut_items_closed.
    - unfold closed. each_item. apply well_formed_range, over_scale, without_carry_of_columns; [exact h|apply word_at_of_columns].
  Qed.
  Lemma word_gates_closed gates : forall words column n, Forall word_of_columns words ->
    closed (word_gates c row words gates column n).
  Proof.
    induction gates as [|g gates IH]; intros words column n h; [constructor|]. cbn [word_gates].
    apply closed_app; [now apply gate_items_closed|]. apply IH. apply Forall_app. split; [exact h|].
    constructor; [apply word_at_of_columns|constructor].
  Qed.
  Lemma sha_words_of_columns gates : forall column, Forall word_of_columns (sha_words c row gates column).
  Proof. induction gates as [|g gates IH]; intro column; constructor; [apply word_at_of_columns|apply IH]. Qed.

  (* The items of a request, with the addresses, and of its cells. *)
  Lemma request_closed n : closed (request_items row n).
  Proof.
    unfold request_items, closed. each_item; [apply well_formed_range, over_column|].
    repeat split; [apply over_cell; over|over|over|member|over|member].
  Qed.
  Lemma taken_time_of_columns index : of_columns (taken_time row index).
  Proof. intro l. unfold taken_time, time_of. over. Qed.
  Lemma block_well_formed l n m index w : of_columns w -> In (TimesBetaSquared (sha_fresh row n) (sha_column row BLOCK)) l ->
    incl (block_items row n m index w) l -> Forall (well_formed l) (block_items row n m index w).
  Proof.
    intros hw address mine. unfold block_items. each_item; [apply well_formed_range, over_column| |];
      (repeat split; [apply over_cell; try apply taken_time_of_columns; over|over|apply hw|apply mine; member|over|exact address]).
  Qed.
  Lemma state_well_formed l n m index before after : of_columns before -> of_columns after ->
    In (TimesBetaSquared (sha_fresh row n) (sha_column row STATE)) l ->
    incl (state_items row n m index before after) l -> Forall (well_formed l) (state_items row n m index before after).
  Proof.
    intros hb ha address mine. unfold state_items. each_item; [apply well_formed_range, over_column| |].
    - repeat split; [apply over_cell; try apply taken_time_of_columns; over|over|apply hb|apply mine; member|over|exact address].
    - repeat split; [apply over_cell; over|over|apply ha|apply mine; member|over|exact address].
  Qed.
  Lemma sha_cells_closed words n : Forall word_of_columns words -> closed (request_items row n ++ cells_items row words n).
  Proof.
    intro h. unfold closed. set (l := request_items row n ++ cells_items row words n) at 1.
    assert (mine : incl (cells_items row words n) l) by (apply incl_appr, incl_refl).
    assert (block : In (TimesBetaSquared (sha_fresh row n) (sha_column row BLOCK)) l) by (now left).
    assert (state : In (TimesBetaSquared (sha_fresh row (1 + n)) (sha_column row STATE)) l) by (right; now left).
    apply Forall_app. split; [apply closed_within; [apply request_closed|apply incl_appl, incl_refl]|].
    clearbody l. unfold cells_items in *. apply Forall_app. split; apply Forall_flat_map, Forall_forall; intros index hi.
    - apply block_well_formed; [now apply number_of_columns|exact block|].
      intros i k. apply mine, in_or_app. left. apply in_flat_map. now exists index.
    - apply state_well_formed; [now apply number_of_columns|now apply number_of_columns|exact state|].
      intros i k. apply mine, in_or_app. right. apply in_flat_map. now exists index.
  Qed.
  Lemma sha_row_closed : closed (sha_row c row).
  Proof.
    unfold sha_row. apply closed_app; [apply word_gates_closed; constructor|]. apply sha_cells_closed, sha_words_of_columns.
  Qed.
End Row.

Lemma entry_items_closed rest place entries : (forall row, closed (rest row)) ->
  forall row, closed (entry_items place row entries rest).
Proof.
  intro h. induction entries as [|e entries IH]; intro row; [apply h|]. cbn [entry_items].
  apply (closed_app [_]); [|apply IH]. unfold closed. each_item. repeat split; over.
Qed.
Lemma sha_tables_closed tables : forall place row, closed (sha_tables_from place row tables).
Proof.
  induction tables as [|t tables IH]; intros place row; [constructor|]. cbn [sha_tables_from].
  apply entry_items_closed. intro. apply IH.
Qed.
Lemma sha_closed c : closed (sha_items c).
Proof.
  unfold sha_items. destruct (has_sha c); [|constructor]. apply closed_app; [|apply sha_tables_closed].
  apply closed_flat_map. intros row _. apply sha_row_closed.
Qed.
