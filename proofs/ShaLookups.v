(* The lookups of the table of SHA-256: its items extend the circuit as Ranges.v asks, and what a row looks up in a fixed
   table is an entry of the table. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field ShaPlan Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges ShaCircuit.
Import ListNotations.
Open Scope Z_scope.

(* The terms of the items: lookups of numerator 1, cells of the memory, and entries of fixed tables. *)
Definition sha_table_at (place : nat) : sha_table := nth place sha_tables (Pieces 0).
Definition is_lookup (s : sum) : Prop := match s with RangeSum | TopSum | ShaSum _ => True | _ => False end.
Definition sha_shape (i : item) : Prop :=
  match i with
  | Term s sign _ t n =>
    (is_lookup s /\ sign = 1 /\ n = constant 1) \/ s = MemorySum \/
    (exists place e, s = ShaSum place /\ In e (table_entries (sha_table_at place)) /\ t = entry_tuple e)
  | _ => True
  end.

Section Shapes.
  Variable c : capacities.
  Lemma shape_range y l : sha_shape (range y l).
  Proof. left. repeat split. Qed.
  Lemma shape_words y l : forall n, Forall sha_shape (word_items c y n l).
  Proof.
    induction l as [|limb l IH]; intro n; cbn [word_items]; [constructor|].
    destruct l as [|limb' l]; (constructor; [|apply IH || constructor]); [|apply shape_range].
    unfold top_range. destruct (has_top c); [|apply shape_range]. left. repeat split.
  Qed.
  Lemma shape_pieces row l : forall n, Forall sha_shape (piece_items row n l).
  Proof.
    induction l as [|p l IH]; intro n; cbn [piece_items]; [constructor|].
    destruct (bit_length p =? 1)%nat; repeat (constructor; auto); left; repeat split.
  Qed.
  Lemma shape_cut row cut column n : Forall sha_shape (cut_items c row cut column n).
  Proof. destruct cut; cbn [cut_items]; try apply shape_pieces. apply shape_words. Qed.
  Lemma shape_chunks row l : forall place n, Forall sha_shape (chunk_items row place n l).
  Proof. induction l as [|col l IH]; intros place n; cbn [chunk_items]; constructor; auto. left. repeat split. Qed.
  Lemma shape_functions row l : forall column n, Forall sha_shape (function_items row column n l).
  Proof.
    induction l as [|[f lane] l IH]; intros column n; cbn [function_items]; [constructor|]. apply Forall_app. split; auto using shape_chunks.
  Qed.
  Lemma shape_gate row words g column n : Forall sha_shape (gate_items c row words g column n).
  Proof.
    unfold gate_items. destruct (makes g) as [ad|]; [|apply shape_cut].
    rewrite !Forall_app. repeat split; auto using shape_functions, shape_cut. constructor; [apply shape_range|constructor].
  Qed.
  Lemma shape_gates row gates : forall words column n, Forall sha_shape (word_gates c row words gates column n).
  Proof.
    induction gates as [|g gates IH]; intros words column n; cbn [word_gates]; [constructor|].
    apply Forall_app. split; auto using shape_gate.
  Qed.
  Lemma shape_flat {A} (f : A -> list item) l : (forall y, Forall sha_shape (f y)) -> Forall sha_shape (flat_map f l).
  Proof. intro h. apply Forall_flat_map, Forall_forall. auto. Qed.
  Ltac each := repeat (first [apply Forall_cons | apply Forall_nil]); first [exact I | apply shape_range | right; left; reflexivity].
  Lemma shape_row row : Forall sha_shape (sha_row c row).
  Proof.
    unfold sha_row. generalize (sha_words c row plan WORDS). intro words. generalize (fresh_of_plan c). intro n. rewrite !Forall_app.
    split; [apply shape_gates|]. split; [unfold request_items; each|].
    unfold cells_items. apply Forall_app. split; apply shape_flat; intro index; [unfold block_items|unfold state_items]; each.
  Qed.
  Lemma shape_entries place l rest : (forall row, Forall sha_shape (rest row)) -> incl l (table_entries (sha_table_at place)) ->
    forall row, Forall sha_shape (entry_items place row l rest).
  Proof.
    intros hr. induction l as [|e l IH]; intros hl row; cbn [entry_items]; [apply hr|]. constructor.
    - right. right. exists place, e. split; [reflexivity|]. split; [apply hl; now left|reflexivity].
    - apply IH. intros e' he. apply hl. now right.
  Qed.
  Lemma shape_tables l : forall place row, (forall k t, nth_error l k = Some t -> sha_table_at (place + k) = t) ->
    Forall sha_shape (sha_tables_from place row l).
  Proof.
    induction l as [|t l IH]; intros place row h; cbn [sha_tables_from]; [constructor|]. apply shape_entries.
    - intro row'. apply IH. intros k t' e. rewrite <- (h (S k) t' e). f_equal. lia.
    - rewrite <- (h 0%nat t eq_refl), Nat.add_0_r. intros e he. exact he.
  Qed.
  Theorem sha_shapes : Forall sha_shape (sha_items c).
  Proof.
    unfold sha_items. destruct (has_sha c); [|constructor]. apply Forall_app. split; [apply shape_flat; apply shape_row|].
    apply shape_tables. intros k t e. apply nth_error_nth. exact e.
  Qed.
End Shapes.

(* --- the number of items --- *)
Section Count.
  Variable c : capacities.
  Hypothesis s : sound c.
  Lemma cut_items_length row cut column n : (length (cut_items c row cut column n) <= 16)%nat.
  Proof.
    assert (p : forall l n, (length (piece_items row n l) <= 2 * length l)%nat).
    { induction l as [|p l IH]; intro m; cbn [piece_items length]; [lia|]. pose proof (IH m). pose proof (IH (S (S m))).
      destruct (bit_length p =? 1)%nat; cbn [length]; lia. }
    assert (q : forall l column from, length (cut_pieces row column from l) = length l).
    { induction l as [|k l IH]; intros col from; cbn [cut_pieces]; [reflexivity|].
      destruct (k =? 1)%nat; cbn [length]; now rewrite IH. }
    pose proof (limbs_fit c s) as [l _].
    destruct cut; unfold cut_items; try (rewrite word_items_length, limbs_at_length; lia);
      (eapply Nat.le_trans; [apply p|]; rewrite q; cbn [lengths length]; lia).
  Qed.
  Definition functions_of (g : gate) : nat := match makes g with Some a => functions_width (functions a) | None => 0%nat end.
  Lemma chunk_items_length row l : forall place n, length (chunk_items row place n l) = length l.
  Proof. induction l as [|k l IH]; intros place n; cbn [chunk_items length]; [reflexivity|]. now rewrite IH. Qed.
  Lemma function_items_length row fs : forall ls column n, (length (function_items row column n (combine fs ls)) <= functions_width fs)%nat.
  Proof.
    induction fs as [|f fs IH]; intros [|l ls] column n; cbn [combine function_items functions_width fold_right length]; try lia.
    rewrite app_length, chunk_items_length, seq_length. fold (functions_width fs).
    pose proof (IH ls (chunks (which f) + column) (chunks (which f) + n))%nat. lia.
  Qed.
  Lemma gates_length row gates : forall words column n,
    (length (word_gates c row words gates column n) <= fold_right (fun g n => functions_of g + 17 + n) 0 gates)%nat.
  Proof.
    induction gates as [|g gates IH]; intros words column n; cbn [word_gates length fold_right]; [lia|]. rewrite app_length.
    specialize (IH (words ++ [gate_word c row g column]) (gate_width c g + column) (gate_fresh c g + n))%nat.
    assert (length (gate_items c row words g column n) <= functions_of g + 17)%nat; [|lia].
    unfold gate_items, functions_of. destruct (makes g) as [ad|].
    - rewrite !app_length. cbn [length]. pose proof (function_items_length row (functions ad) lanes column n).
      pose proof (cut_items_length row (cut_of g) (functions_width (functions ad) + column) (functions_width (functions ad) + n)). lia.
    - pose proof (cut_items_length row (cut_of g) column n). lia.
  Qed.
  Lemma plan_length row : Z.of_nat (length (sha_row c row)) <= 10000.
  Proof.
    unfold sha_row. rewrite !app_length. pose proof (gates_length row plan [] WORDS 0) as h.
    assert (e : Z.of_nat (fold_right (fun g n => functions_of g + 17 + n) 0 plan)%nat <= 6900) by (vm_compute; discriminate).
    generalize dependent (word_gates c row [] plan WORDS 0). intro items. generalize (sha_words c row plan WORDS). intros words h.
    generalize dependent (fold_right (fun g n => functions_of g + 17 + n) 0 plan)%nat. intros bound h e.
    assert (length (cells_items row words (fresh_of_plan c)) = 104)%nat by reflexivity.
    change (length (request_items row (fresh_of_plan c))) with 6%nat. lia.
  Qed.
  Lemma tables_length : Z.of_nat (length sha256_tables) = 13459.
  Proof. vm_compute. reflexivity. Qed.
  Theorem sha_items_length : Z.of_nat (length (sha_items c)) < 2 ^ 100.
  Proof.
    unfold sha_items. destruct (has_sha c); [|cbn; lia]. rewrite app_length, Nat2Z.inj_add, tables_length.
    pose proof (flat_map_length_le (sha_row c) (seq 0 (sha_rows c)) (Z.to_nat 10000)) as h.
    rewrite seq_length in h. assert (Z.of_nat (sha_rows c) <= 2 ^ 10) by apply s.
    assert (b : (length (flat_map (sha_row c) (seq 0 (sha_rows c))) <= Z.to_nat 10000 * sha_rows c)%nat).
    { apply h. intros row _. pose proof (plan_length row). lia. }
    clear h. generalize dependent (length (flat_map (sha_row c) (seq 0 (sha_rows c)))). intros n h. apply inj_le in h.
    rewrite Nat2Z.inj_mul, Z2Nat.id in h by lia. lia.
  Qed.
End Count.

(* --- lookups in fixed tables --- *)
Lemma machine_without c place : without (ShaSum place) (machine_items c).
Proof.
  assert (w : forall y n l, without (ShaSum place) (word_items c y n l)) by (intros; apply without_word_items; discriminate).
  assert (table : forall sum b entries, is_term (ShaSum place) (Term sum 1 One (single []) []) = false ->
    without (ShaSum place) (table_items sum b entries)).
  { intros sum b entries h. apply without_map. intros [j t] _. exact h. }
  unfold machine_items, program_items, step_items, cell_items, lookup_items. rewrite !without_app. repeat apply conj;
    try (repeat (constructor; try reflexivity); fail); try apply w; try (apply without_flat_map; intros j _).
  - unfold entry_items. apply without_app. split; [repeat (constructor; try reflexivity)|].
    destruct (_ <? _)%nat; repeat (constructor; try reflexivity).
  - unfold row_items, bits_items. rewrite !without_app. repeat apply conj; try apply w; try (repeat (constructor; try reflexivity); fail).
    + apply without_flat_map. intros b _. destruct (Circuit.value_of c j b); repeat (constructor; try reflexivity).
    + unfold general_items. rewrite !without_app. repeat apply conj; try (repeat (constructor; try reflexivity); fail).
      destruct (has_next c j); repeat (constructor; try reflexivity).
    + destruct (has_next c j); repeat (constructor; try reflexivity).
  - unfold heap_items. cbv zeta. apply without_app. split; [|repeat (constructor; try reflexivity)].
    apply without_map. intros [n limb] _. reflexivity.
  - repeat (constructor; try reflexivity).
  - repeat (constructor; try reflexivity).
  - unfold arithmetic_row. cbv zeta. apply without_app. split; [|repeat (constructor; try reflexivity)].
    apply without_flat_map. intros n _. apply w.
  - unfold bitwise_row. apply without_app. split; [|repeat (constructor; try reflexivity)]. apply without_map. reflexivity.
  - unfold compare_row. cbv zeta. apply without_app. split; [|repeat (constructor; try reflexivity)].
    apply without_flat_map. intros n _. apply w.
  - now apply table.
  - destruct (has_top c); [now apply table|constructor].
  - now apply table.
Qed.

Section Found.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ok : ideal c (full_circuit c) x a.
  Let one_is : a One = (#1)%F := one c _ x a ok.

  (* The table of SHA-256 extends the circuit by lookups and cells only. *)
  Theorem sha_extends : extends c (full_circuit c) (sha_items c) a.
  Proof.
    pose proof (sha_shapes c) as shapes. rewrite Forall_forall in shapes. constructor.
    - reflexivity.
    - intros y hy. cbn [sums full_circuit]. apply in_or_app. now left.
    - apply Forall_forall. intros i hi. apply shapes in hi. destruct i as [| | | | | | |s' sign y t n]; try reflexivity. cbn [is_term].
      destruct (sum_eq FetchSum s') as [<-|]; [|reflexivity]. exfalso.
      destruct hi as [[[] _]|[h|(place & e & h & _)]]; discriminate h.
    - intros s' sign y t n hs hi. apply shapes in hi. right.
      destruct hi as [(_ & -> & ->)|[->|(place & e & -> & _)]]; [|now destruct hs|now destruct hs].
      rewrite (eval_constant a one_is). ring.
    - pose proof (sha_items_length c s). lia.
  Qed.

  (* What is looked up in a fixed table is an entry. *)
  Theorem table_found place y t : (place < length sha_tables)%nat -> In (Term (ShaSum place) 1 y t (constant 1)) (sha_items c) ->
    exists e, In e (table_entries (sha_table_at place)) /\ value_of a (entry_tuple e) = value_of a t.
  Proof.
    intros hp h. assert (has : has_sha c = true).
    { destruct (has_sha c) eqn:e; [reflexivity|]. unfold sha_items in h. rewrite e in h. destruct h. }
    destruct (partner a (ShaSum place) (items (full_circuit c)) y t (constant 1)) as (sign & y' & t' & n' & hi & ev & no).
    - apply (sums_close c _ x a ok); [|discriminate]. cbn [sums full_circuit]. apply in_or_app. right. unfold sha_sums. rewrite has.
      apply in_map, in_seq. lia.
    - cbn [items full_circuit]. rewrite app_length. pose proof (machine_items_length c s). pose proof (sha_items_length c s). lia.
    - cbn [items full_circuit]. apply in_or_app. now right.
    - apply (eval_constant a one_is).
    - cbn [items full_circuit] in hi. apply in_app_or in hi. destruct hi as [hi|hi].
      + exfalso. exact (not_in_without _ _ _ _ _ _ (machine_without c place) hi).
      + apply (proj1 (Forall_forall _ _) (sha_shapes c)) in hi.
        destruct hi as [(_ & -> & ->)|[hm|(place' & e & hs & he & ->)]]; [|discriminate hm|].
        * exfalso. apply no. right. rewrite (eval_constant a one_is). ring.
        * injection hs as <-. now exists e.
  Qed.
End Found.
