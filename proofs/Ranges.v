(* What the lookups of single values show: limbs, ages and times are integers in a range, and the limbs of a word make a
   word. The same walk over all items shows that a term of the fetch sum has the tuple of an entry, or looks one up. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes.
Import ListNotations.
Open Scope Z_scope.

(* --- terms of the sums of single values and of the fetch sum --- *)

(* The items are the machine's and others, which may look up ranges but have no tables of them and fetch nothing. *)
Record extends (c : capacities) (all : circuit) (others : list item) (a : assignment) : Prop := {
  its_items : items all = machine_items c ++ others;
  its_sums : incl (machine_sums c) (sums all);
  fetch_nothing : without FetchSum others;
  look_up_only : forall s sign y t n, s = RangeSum \/ s = TopSum -> In (Term s sign y t n) others ->
    bit_numerator (#sign * eval a n)%F;
  are_few : Z.of_nat (length others) < 2 ^ 199 }.

Definition ranged (bits : Z) (x : F) : Prop := exists z, 0 <= z < 2 ^ bits /\ x = (#z)%F.

Section Ranges.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  (* The tuples of the tables. *)
  Definition fetch_entry (j : nat) : F3 := (#(Z.of_nat j + 2 ^ 80 * fst (entry (table x) j)), #(snd (entry (table x) j)), #0)%F.
  Definition entry_of (sum : sum) (t : F3) : Prop :=
    match sum with
    | RangeSum => exists z, 0 <= z < 2 ^ range_bits c /\ t = (#z, #0, #0)%F
    | TopSum => exists z, 0 <= z < 2 ^ top_bits c /\ t = (#z, #0, #0)%F
    | FetchSum => exists j, (j < program_rows c)%nat /\ t = fetch_entry j
    | _ => True
    end.
  Definition fits (i : item) : Prop :=
    match i with Term sum sign _ t n => bit_numerator (#sign * eval a n)%F \/ entry_of sum (value_of a t) | _ => True end.

  Lemma single_value l : value_of a (single l) = (eval a l, #0, #0)%F.
  Proof.
    unfold value_of, value_under, single, nothing; cbn [packed at_beta at_beta_squared value shift]. rewrite eval_nil.
    now replace (#0 + #0)%F with (#0)%F by ring.
  Qed.
  Lemma lookup_fits sum y t : fits (Term sum 1 y t (constant 1)).
  Proof. left. right. rewrite (eval_constant a one_is). ring. Qed.
  Lemma range_fits y l : fits (range y l). Proof. apply lookup_fits. Qed.
  Lemma top_range_fits y l : fits (top_range c y l).
  Proof. unfold top_range. destruct (has_top c); apply lookup_fits. Qed.
  Lemma word_fits y n l : Forall fits (word_items c y n l).
  Proof.
    revert n. induction l as [|limb l IH]; intro n; cbn [word_items]; [constructor|].
    destruct l as [|limb' l]; constructor; auto using range_fits, top_range_fits.
  Qed.
  Lemma numbers_fit sum b bits : (forall z, 0 <= z < 2 ^ bits -> entry_of sum (#z, #0, #0)%F) -> 0 <= bits ->
    Forall fits (table_items sum b (numbers bits)).
  Proof.
    intros h hb. apply Forall_forall. intros i hi. apply in_table_items in hi. destruct hi as (j & e & he & _ & ->).
    right. unfold numbers in he. apply in_map_iff in he. destruct he as [z [<- hz]]. apply in_seq in hz.
    rewrite single_value, (eval_constant a one_is). apply h. assert (0 < 2 ^ bits) by (apply Z.pow_pos_nonneg; lia). lia.
  Qed.
  Lemma table_fits sum b entries : (forall t, entry_of sum t) -> Forall fits (table_items sum b entries).
  Proof.
    intro h. apply Forall_forall. intros i hi. apply in_table_items in hi. destruct hi as (j & e & _ & _ & ->). now right.
  Qed.
  Lemma rows_fit {A} (f : A -> list item) l : (forall y, In y l -> Forall fits (f y)) -> Forall fits (flat_map f l).
  Proof. intro h. apply Forall_flat_map, Forall_forall. exact h. Qed.

  Ltac each := repeat (first [apply Forall_cons | apply Forall_nil]);
    first [exact I | apply range_fits | apply top_range_fits | apply lookup_fits | now right].
  Lemma row_fits i : Forall fits (row_items c i).
  Proof.
    unfold row_items, bits_items. rewrite !Forall_app. repeat apply conj; try apply word_fits.
    - apply rows_fit. intros b _. destruct (Circuit.value_of c i b); each.
    - each.
    - each.
    - each.
    - unfold general_items. rewrite !Forall_app. repeat apply conj; [each|destruct (has_next c i); each|each].
    - each.
    - each.
    - destruct (has_next c i); [unfold next_items|]; each.
  Qed.
  Lemma entry_fits j : (j < program_rows c)%nat -> Forall fits (entry_items c j).
  Proof.
    intro hj. unfold entry_items. apply Forall_app. split.
    - apply Forall_cons; [exact I|]. apply Forall_cons; [|constructor]. right. exists j. split; [exact hj|].
      unfold value_of, value_under, with_beta, under_beta, fetch_entry, entry_bits, entry_operand.
      cbn [packed at_beta at_beta_squared value shift nothing].
      rewrite eval_app, eval_scale, (eval_constant a one_is), !eval_v, eval_nil.
      destruct (program_table c all x a ok j hj) as [-> ->]. rewrite !ofZ_add, !ofZ_mul. f_equal; [f_equal|]; ring.
    - destruct (_ <? _)%nat; each.
  Qed.
  Lemma machine_fits : Forall fits (machine_items c).
  Proof.
    unfold machine_items, program_items, step_items, cell_items, lookup_items. rewrite !Forall_app.
    repeat apply conj; try (each; fail).
    - apply rows_fit. intros j hj. apply entry_fits. rewrite <- in_rev, in_seq in hj. lia.
    - apply rows_fit. intros i _. apply row_fits.
    - apply rows_fit. intros j _. unfold heap_items. cbn zeta. apply Forall_app. split; [|each].
      apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as [[n limb] [<- _]]. apply range_fits.
    - apply word_fits.
    - apply rows_fit. intros j _. each.
    - apply rows_fit. intros j _. each.
    - apply rows_fit. intros j _. unfold arithmetic_row. cbn zeta. apply Forall_app. split; [|each].
      apply rows_fit. intros n _. apply word_fits.
    - apply rows_fit. intros j _. unfold bitwise_row. apply Forall_app. split; [|each].
      apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as [n [<- _]]. apply lookup_fits.
    - apply rows_fit. intros j _. unfold compare_row. cbn zeta. apply Forall_app. split; [|each].
      apply rows_fit. intros n _. apply word_fits.
    - apply numbers_fit; [|destruct s; lia]. intros z hz. now exists z.
    - destruct (has_top c); [|constructor]. apply numbers_fit; [|pose proof (limbs_fit c s); lia]. intros z hz. now exists z.
    - now apply table_fits.
  Qed.

  (* A tuple that is looked up is an entry. *)
  Theorem found sum y t : sum = RangeSum \/ sum = TopSum \/ sum = FetchSum -> In sum (machine_sums c) ->
    In (Term sum 1 y t (constant 1)) (items all) -> entry_of sum (value_of a t).
  Proof.
    intros which hs h. destruct (partner a sum (items all) y t (constant 1)) as (sign & y' & t' & n' & hi & ev & no).
    - apply (sums_close c all x a ok); [now apply (its_sums _ _ _ _ ext)|]. intros ->. now destruct which as [|[|]].
    - rewrite (its_items _ _ _ _ ext), app_length. pose proof (machine_items_length c s). pose proof (are_few _ _ _ _ ext). lia.
    - exact h.
    - apply (eval_constant a one_is).
    - rewrite <- ev. rewrite (its_items _ _ _ _ ext) in hi. apply in_app_or in hi. destruct hi as [hi|hi].
      + destruct (proj1 (Forall_forall _ _) machine_fits _ hi) as [bit|e]; [now elim no|exact e].
      + exfalso. destruct which as [h'|[h'|h']].
        * exact (no (look_up_only _ _ _ _ ext sum sign y' t' n' (or_introl h') hi)).
        * exact (no (look_up_only _ _ _ _ ext sum sign y' t' n' (or_intror h') hi)).
        * subst sum. exact (not_in_without _ _ _ _ _ _ (fetch_nothing _ _ _ _ ext) hi).
  Qed.

  (* A value in the range table. *)
  Theorem range_value y l : In (range y l) (items all) -> ranged (range_bits c) (eval a l).
  Proof.
    intro h. destruct (found RangeSum y (single l)) as (z & hz & e); auto.
    - cbn. auto.
    - rewrite single_value in e. injection e as e. now exists z.
  Qed.
  Lemma top_value y l : In (top_range c y l) (items all) -> ranged (top_bits c) (eval a l).
  Proof.
    unfold top_range. destruct (has_top c) eqn:top; intro h.
    - destruct (found TopSum y (single l)) as (z & hz & e); auto.
      + unfold machine_sums. rewrite top. apply in_or_app. right. now left.
      + rewrite single_value in e. injection e as e. now exists z.
    - destruct (range_value y l h) as [z [hz e]]. exists z. split; [|exact e]. pose proof (limbs_fit c s) as [_ t].
      unfold has_top in top. apply Z.ltb_ge in top. now replace (top_bits c) with (range_bits c) by lia.
  Qed.
  Lemma limbs_value y l : l <> [] -> forall n, incl (word_items c y n l) (items all) ->
    ranged (range_bits c * (Z.of_nat (length l) - 1) + top_bits c) (eval a (word_of c l)).
  Proof.
    intro ne. pose proof (limbs_fit c s) as [_ t]. unfold word_of. induction l as [|limb l IH]; [easy|]. intros n h.
    cbn [recompose length]. rewrite eval_app, eval_scale. destruct l as [|limb' l].
    - destruct (top_value (y n) limb) as [z [hz ->]]; [apply h; now left|]. exists z. cbn [length recompose]. rewrite eval_nil.
      split; [|ring]. replace (range_bits c * (Z.of_nat 1 - 1) + top_bits c) with (top_bits c) by lia. exact hz.
    - destruct (range_value (y n) limb) as [z [hz ->]]; [apply h; now left|].
      destruct (IH ltac:(easy) (S n)) as [w [hw ->]]; [intros i hi; apply h; right; exact hi|].
      exists (z + 2 ^ range_bits c * w). split; [|rewrite ofZ_add, ofZ_mul; ring]. cbn [length] in hw |- *.
      replace (range_bits c * (Z.of_nat (S (S (length l))) - 1) + top_bits c)
        with (range_bits c + (range_bits c * (Z.of_nat (S (length l)) - 1) + top_bits c)) by lia.
      rewrite Z.pow_add_r by nia. assert (0 < 2 ^ range_bits c) by (apply Z.pow_pos_nonneg; lia). nia.
  Qed.
  (* As many limbs as a word has make a word. *)
  Theorem word_value y n l : length l = limbs c -> incl (word_items c y n l) (items all) ->
    exists z, word z /\ eval a (word_of c l) = (#z)%F.
  Proof.
    intros len h. pose proof (limbs_fit c s) as [b _].
    destruct (limbs_value y l) with (n := n) as [z [hz e]]; [now destruct l; cbn in len; [lia|]|exact h|].
    rewrite len, limbs_bits in hz. now exists z.
  Qed.

  Lemma row_included i : (i < rows c)%nat -> incl (row_items c i) (items all).
  Proof.
    intros hi y hy. rewrite (its_items _ _ _ _ ext). apply in_or_app. left. unfold machine_items, step_items.
    rewrite !in_app_iff, in_flat_map. do 2 right. left. right. exists i. split; [apply in_seq; lia|exact hy].
  Qed.
  Lemma initial_included : incl (initial_items) (items all).
  Proof.
    intros y hy. rewrite (its_items _ _ _ _ ext). apply in_or_app. left. unfold machine_items, step_items.
    rewrite !in_app_iff. tauto.
  Qed.
End Ranges.
