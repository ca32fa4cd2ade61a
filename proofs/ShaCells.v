(* The terms of the table of SHA-256 in the sum of the memory: an active row takes a request and replaces cells; a row that is
   not active does nothing. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Sha256 ShaPlan Machine Builder Capacities Circuit Meaning Ideal
  Linear Lookups Sizes Ranges Bag StepTuples ShaCircuit ShaLookups ShaWords ShaCompress.
Import ListNotations.
Open Scope Z_scope.

(* --- lists --- *)
Lemma list_by_places (l : list Z) : l = map (fun k => nth k l 0) (seq 0 (length l)).
Proof.
  induction l as [|y l IH]; [reflexivity|]. cbn [length seq map nth]. f_equal. rewrite <- seq_shift, map_map. exact IH.
Qed.
Lemma cells_by_places base l f : cells_at base l f = map (fun k => f (base + #(Z.of_nat k))%F (#(nth k l 0))%F) (seq 0 (length l)).
Proof.
  unfold cells_at. rewrite (list_by_places l) at 2. generalize (seq 0 (length l)). intro ks.
  induction ks as [|k ks IH]; [reflexivity|]. cbn [map combine]. now rewrite IH.
Qed.
Lemma forall2_map {A B C} (R : B -> C -> Prop) (f : A -> B) (g : A -> C) l : (forall k, In k l -> R (f k) (g k)) -> Forall2 R (map f l) (map g l).
Proof. induction l as [|k l IH]; intro h; cbn [map]; constructor; [apply h; now left|apply IH; intros; apply h; now right]. Qed.
Lemma reads_map {A} (f : A -> list term) (fa fr : A -> Tup) l : (forall k, In k l -> reads (f k) [fa k] [fr k]) ->
  reads (flat_map f l) (map fa l) (map fr l).
Proof.
  induction l as [|k l IH]; intro h; cbn [flat_map map]; [apply reads_nil|].
  apply (reads_app _ _ [fa k] [fr k]); [apply h; now left|apply IH; intros; apply h; now right].
Qed.
Lemma reads_none {A} (f : A -> list term) l : (forall k, In k l -> reads (f k) [] []) -> reads (flat_map f l) [] [].
Proof.
  induction l as [|k l IH]; intro h; cbn [flat_map]; [apply reads_nil|].
  apply (reads_app _ _ [] []); [apply h; now left|apply IH; intros; apply h; now right].
Qed.
(* Two lists of terms in the other order. *)
Lemma reads_swap l l' a r a' r' : reads l a r -> reads l' a' r' -> reads (l ++ l') (a' ++ a) (r' ++ r).
Proof.
  intros h h' x. rewrite total_app, h, h', !map_app, !cnt_app, <- ofZ_add. f_equal. lia.
Qed.

(* --- rows have cells in their last items only --- *)
Section Without.
  Variable c : capacities.
  Lemma gates_without row gates : forall words column n, without MemorySum (word_gates c row words gates column n).
  Proof.
    assert (p : forall l n, without MemorySum (piece_items row n l)).
    { induction l as [|p l IH]; intro n; cbn [piece_items]; [constructor|].
      destruct (bit_length p =? 1)%nat; repeat (constructor; [reflexivity|]); apply IH. }
    assert (k : forall cut column n, without MemorySum (cut_items c row cut column n)).
    { intros cut column n. destruct cut; cbn [cut_items]; try apply p. apply without_word_items; discriminate. }
    assert (q : forall l place n, without MemorySum (chunk_items row place n l)).
    { induction l as [|col l IH]; intros place n; cbn [chunk_items]; constructor; [reflexivity|apply IH]. }
    assert (f : forall l column n, without MemorySum (function_items row column n l)).
    { induction l as [|[f lane] l IH]; intros column n; cbn [function_items]; [constructor|]. apply without_app. split; [apply q|apply IH]. }
    induction gates as [|g gates IH]; intros words column n; cbn [word_gates]; [constructor|]. apply without_app. split; [|apply IH].
    unfold gate_items. destruct (makes g) as [ad|]; [|apply k]. cbv zeta. rewrite !without_app.
    split; [apply f|]. split; [apply k|]. constructor; [reflexivity|constructor].
  Qed.
  Lemma tables_without l : forall place row, without MemorySum (sha_tables_from place row l).
  Proof.
    induction l as [|t l IH]; intros place row; cbn [sha_tables_from]; [constructor|].
    generalize (table_entries t). intro es. revert row. induction es as [|e es IHe]; intro row; cbn [entry_items]; [apply IH|].
    constructor; [reflexivity|apply IHe].
  Qed.
  Lemma sha256_tables_without : without MemorySum sha256_tables.
  Proof. exact (tables_without sha_tables 0 0). Qed.
End Without.

Section Cells.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ok : ideal c (full_circuit c) x a.
  Hypothesis inverse : (#(2 ^ 32) * #INVERSE = #1)%F.
  Let one_is : a One = (#1)%F := one c _ x a ok.

  (* The tuple of a cell. *)
  Lemma cell_enc time space set value address t sp e av vv : eval a time = (#t)%F -> eval a space = (#sp)%F -> eval a set = (#e)%F ->
    value_under a value = vv -> value_under a address = av -> value_of a (cell time space set value address) = enc ((t, sp, e), av, vv).
  Proof.
    intros et es ee <- <-. unfold cell, value_of, enc. cbn [packed at_beta at_beta_squared]. unfold pack_cell.
    rewrite !eval_app, !eval_scale, et, es, ee, !ofZ_add, !ofZ_mul. do 2 f_equal. ring.
  Qed.
  Lemma under_value y l : value_under a (under_beta y l) = eval a l.
  Proof. unfold value_under, under_beta. cbn [value shift]. ring. Qed.
  Lemma beside_value y l k : value_under a (beside (under_beta y l) k) = (eval a l + #k)%F.
  Proof. unfold value_under, beside, under_beta. cbn [value shift]. now rewrite Z.add_0_l. Qed.

  Section Row.
    Variable row : nat.
    Hypothesis included : incl (sha_row c row) (sha_items c).
    Let words := sha_words c row plan WORDS.
    Let number place := word_number (nth place words no_word).
    Let n := fresh_of_plan c.
    Let B := eval a (sha_column row BLOCK).
    Let S_ := eval a (sha_column row STATE).

    Lemma request_included : incl (request_items row n) (sha_items c).
    Proof. intros i hi. apply included. unfold sha_row. cbv zeta. rewrite !in_app_iff. right. left. exact hi. Qed.
    Lemma cells_included : incl (cells_items row words n) (sha_items c).
    Proof. intros i hi. apply included. unfold sha_row. cbv zeta. rewrite !in_app_iff. right. right. exact hi. Qed.
    Lemma row_terms : terms a MemorySum (sha_row c row) =
      terms a MemorySum (request_items row n) ++ terms a MemorySum (cells_items row words n).
    Proof.
      unfold sha_row. cbv zeta. rewrite !terms_app, (without_terms _ _ _ (gates_without c row plan [] WORDS 0)). reflexivity.
    Qed.

    Lemma active_bit : exists b, eval a (active row) = (#(z_of b))%F.
    Proof. apply (sha_boolean c x a ok). apply request_included. unfold request_items. cbn [In]. tauto. Qed.
    Lemma time_fits : exists t, 0 <= t < 2 ^ 18 /\ eval a (time_of row) = (#t)%F.
    Proof.
      destruct (sha_range c x a s ok (sha_fresh row (2 + n)) (time_of row)) as (t & ht & e).
      - apply request_included. unfold request_items. cbn [In]. tauto.
      - pose proof (range_size c s). exists t. split; [lia|exact e].
    Qed.
    Lemma ages_fit k : (k < 24)%nat -> exists age, 0 <= age < 2 ^ 18 /\ eval a (sha_column row (CELL_AGE + k)) = (#age)%F.
    Proof.
      intro hk. pose proof (range_size c s) as rs. destruct (Nat.lt_ge_cases k 16) as [lt|ge].
      - destruct (sha_range c x a s ok (sha_fresh row (1 + (4 * k + 5 + n))) (sha_column row (CELL_AGE + k))) as (t & ht & e).
        + apply cells_included. unfold cells_items. cbv zeta. apply in_or_app. left. apply in_flat_map. exists k. split; [apply in_seq; lia|].
          unfold block_items. cbv zeta. right. left. reflexivity.
        + exists t. split; [lia|exact e].
      - destruct (sha_range c x a s ok (sha_fresh row (5 * (k - 16) + 69 + n)) (sha_column row (CELL_AGE + k))) as (t & ht & e).
        + apply cells_included. unfold cells_items. cbv zeta. apply in_or_app. right. apply in_flat_map. exists (k - 16)%nat.
          split; [apply in_seq; lia|]. unfold state_items. left. replace (16 + (k - 16))%nat with k by lia. reflexivity.
        + exists t. split; [lia|exact e].
    Qed.

    (* The terms of the request and of the cells. *)
    Definition request_term : term := (#(-1) * eval a (active row), value_of a
      (cell (time_of row) (constant REQUEST) (constant 1) (under_beta (sha_fresh row (3 + n)) (sha_column row BLOCK))
        (under_beta (sha_fresh row (1 + n)) (sha_column row STATE))))%F.
    Lemma request_terms : terms a MemorySum (request_items row n) = [request_term].
    Proof. reflexivity. Qed.
    Definition out_term (index : nat) (y z : var) (w base : lc) (k : Z) : term := (#(-1) * eval a (active row), value_of a
      (heap_cell (taken_time row index) (under_beta y w) (beside (under_beta z base) k)))%F.
    Definition in_term (y z : var) (w base : lc) (k : Z) : term := (#1 * eval a (active row), value_of a
      (heap_cell (time_of row) (under_beta y w) (beside (under_beta z base) k)))%F.
    Lemma block_terms m k w : terms a MemorySum (block_items row n m k w) =
      [out_term k (sha_fresh row m) (sha_fresh row n) w (sha_column row BLOCK) (Z.of_nat k);
       in_term (sha_fresh row m) (sha_fresh row n) w (sha_column row BLOCK) (Z.of_nat k)].
    Proof. reflexivity. Qed.
    Lemma state_terms m k w w' : terms a MemorySum (state_items row (1 + n) m k w w') =
      [out_term (16 + k) (sha_fresh row (1 + m)) (sha_fresh row (1 + n)) w (sha_column row STATE) (Z.of_nat k);
       in_term (sha_fresh row (2 + m)) (sha_fresh row (1 + n)) w' (sha_column row STATE) (Z.of_nat k)].
    Proof. reflexivity. Qed.

    (* A row that is not active. *)
    Lemma idle_reads : eval a (active row) = (#0)%F -> reads (terms a MemorySum (sha_row c row)) [] [].
    Proof.
      intro e. assert (z : forall y : F3, reads [(#(-1) * eval a (active row), y)%F] [] [] /\
        reads [(#1 * eval a (active row), y)%F] [] []).
      { intro y. rewrite e. split; apply reads_nothing; ring. }
      assert (two : forall y y' : F3, reads [(#(-1) * eval a (active row), y); (#1 * eval a (active row), y')]%F [] []).
      { intros y y'. apply (reads_app [_] [_] [] [] [] []); apply z. }
      rewrite row_terms, request_terms. apply (reads_app [_] _ [] [] [] []); [apply z|].
      unfold cells_items. cbv zeta. rewrite terms_app, !terms_flat_map. apply (reads_app _ _ [] [] [] []); apply reads_none; intros k _.
      - rewrite block_terms. apply two.
      - rewrite state_terms. apply two.
    Qed.

    (* An active row. *)
    Lemma active_reads : eval a (active row) = (#1)%F -> exists h, compression_ok h /\
      reads (terms a MemorySum (sha_row c row)) (compression_adds h) (compression_removes h).
    Proof.
      intro act. destruct time_fits as (t & ht & et).
      destruct (row_compresses c x a s ok inverse row included) as (old & block & wo & wb & lo & lb & eo & eb & er).
      assert (ages := ages_fit).
      assert (ages' : forall k, (k < 24)%nat -> exists age (u : unit), 0 <= age < 2 ^ 18 /\ eval a (sha_column row (CELL_AGE + k)) = (#age)%F).
      { intros k hk. destruct (ages k hk) as (age & h). now exists age, tt. }
      clear ages. apply (choice (fun k age _ => 0 <= age < 2 ^ 18 /\ eval a (sha_column row (CELL_AGE + k)) = (#age)%F) 0 tt 24) in ages'.
      destruct ages' as (age & _ & ages).
      set (old_cell := fun k => ((t - 1 - age k, HEAP, 1), (B + #(Z.of_nat k))%F, (#(nth k block 0))%F)).
      set (old_state_cell := fun k => ((t - 1 - age (16 + k)%nat, HEAP, 1), (S_ + #(Z.of_nat k))%F, (#(nth k old 0))%F)).
      set (h := {| at_time := t; state_at := S_; block_at := B; old_state := old; block_words := block;
        taken_cells := map old_state_cell (seq 0 8) ++ map old_cell (seq 0 16) |}).
      assert (eout : forall i y z w base k v, (i < 24)%nat -> eval a w = (#v)%F ->
        out_term i y z w base k = (#(-1), enc ((t - 1 - age i, HEAP, 1)%Z, (eval a base + #k)%F, (#v)%F))%F).
      { intros i y z w base k v hi ew. unfold out_term, heap_cell. rewrite act. f_equal; [ring|]. apply cell_enc.
        - destruct (ages i hi) as [_ e]. unfold taken_time. rewrite !eval_minus, et, e, (eval_constant a one_is), !ofZ_sub. reflexivity.
        - apply (eval_constant a one_is).
        - apply (eval_constant a one_is).
        - now rewrite under_value.
        - apply beside_value. }
      assert (ein : forall y z w base k v, eval a w = (#v)%F ->
        in_term y z w base k = (#1, enc (stored_at t HEAP (eval a base + #k)%F (#v)%F))%F).
      { intros y z w base k v ew. unfold in_term, heap_cell, stored_at. rewrite act. f_equal; [ring|]. apply cell_enc.
        - exact et.
        - apply (eval_constant a one_is).
        - apply (eval_constant a one_is).
        - now rewrite under_value.
        - apply beside_value. }
      exists h. split.
      - split; [exact ht|]. split; [exact wo|]. split; [exact wb|]. split; [exact lo|]. split; [exact lb|].
        unfold cells_of, h. cbn [at_time state_at block_at old_state block_words taken_cells]. rewrite !cells_by_places, lo, lb.
        apply Forall2_app; apply forall2_map; intros k hk; apply in_seq in hk; unfold stored_at, taken_before.
        + destruct (ages (16 + k)%nat ltac:(lia)) as [ha _]. exists (t - 1 - age (16 + k)%nat). split; [lia|reflexivity].
        + destruct (ages k ltac:(lia)) as [ha _]. exists (t - 1 - age k). split; [lia|reflexivity].
      - rewrite row_terms, request_terms. unfold compression_removes.
        apply (reads_app [_] _ [] [request_of h] (compression_adds h) (taken_cells h)).
        { apply reads_removed; [rewrite act; ring|]. unfold request_of, stored_at, h. cbn [at_time state_at block_at]. apply cell_enc.
          - exact et.
          - apply (eval_constant a one_is).
          - apply (eval_constant a one_is).
          - apply under_value.
          - apply under_value. }
        unfold cells_items. cbv zeta. rewrite terms_app, !terms_flat_map. unfold compression_adds, cells_of, h.
        cbn [at_time state_at block_at old_state block_words taken_cells].
        rewrite !cells_by_places, (compress_length old block lo), lb.
        apply reads_swap; apply reads_map; intros k hk; apply in_seq in hk.
        + rewrite block_terms. rewrite (eout _ _ _ _ _ _ (nth k block 0)) by (first [lia | apply eb; lia]).
          rewrite (ein _ _ _ _ _ (nth k block 0)) by (apply eb; lia).
          apply (reads_app [_] [_] [] [_] [_] []); [now apply reads_removed|now apply reads_added].
        + rewrite state_terms. rewrite (eout _ _ _ _ _ _ (nth k old 0)) by (first [lia | apply eo; lia]).
          rewrite (ein _ _ _ _ _ (nth k (compress old block) 0)) by (apply er; lia).
          apply (reads_app [_] [_] [] [_] [_] []); [now apply reads_removed|now apply reads_added].
    Qed.
  End Row.

  (* All rows: the active ones take requests and replace cells. *)
  Theorem table_reads : exists hs, Forall compression_ok hs /\ (length hs <= sha_rows c)%nat /\
    reads (terms a MemorySum (sha_items c)) (flat_map compression_adds hs) (flat_map compression_removes hs).
  Proof.
    unfold sha_items. destruct (has_sha c) eqn:has.
    2: { exists []. split; [constructor|]. split; [cbn; lia|]. apply reads_nil. }
    generalize sha256_tables_without. generalize sha256_tables. intros tables none.
    rewrite terms_app, (without_terms a MemorySum tables none), app_nil_r, terms_flat_map. clear tables none.
    assert (all : forall l, incl l (seq 0 (sha_rows c)) -> exists hs, Forall compression_ok hs /\ (length hs <= length l)%nat /\
      reads (flat_map (fun row => terms a MemorySum (sha_row c row)) l) (flat_map compression_adds hs) (flat_map compression_removes hs)).
    { induction l as [|row l IH]; intro hl; cbn [flat_map length].
      - exists []. split; [constructor|]. split; [cbn; lia|apply reads_nil].
      - destruct IH as (hs & h1 & h2 & h3); [intros k hk; apply hl; now right|].
        assert (inc : incl (sha_row c row) (sha_items c)).
        { intros i hi. unfold sha_items. rewrite has. apply in_or_app. left. apply in_flat_map. exists row. split; [apply hl; now left|exact hi]. }
        destruct (active_bit row inc) as [b eb]. destruct b; cbn [z_of] in eb.
        + destruct (active_reads row inc eb) as (h & ho & hr). exists (h :: hs). split; [now constructor|]. split; [cbn [length]; lia|].
          cbn [flat_map]. now apply reads_app.
        + exists hs. split; [exact h1|]. split; [lia|]. apply (reads_app _ _ [] []); [now apply idle_reads|exact h3]. }
    destruct (all _ (incl_refl _)) as (hs & h1 & h2 & h3). rewrite seq_length in h2. now exists hs.
  Qed.
End Cells.
