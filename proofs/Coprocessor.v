(* A question that a step row asks is answered: its tuple is that of a right answer, so the result is that of the operation.

   First the sums of digits and of powers, whose lookups find entries of their tables; so each row of the three tables has
   right tuples; so a question, which is in a balanced sum with these, has one. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges
  Digits CoprocessorTuples CoprocessorArithmetic CoprocessorCompare CoprocessorBitwise.
Import ListNotations.
Open Scope Z_scope.

(* The sums of the coprocessors. *)
Definition coprocessor_sum (s : sum) : bool := match s with CoprocessorSum | DigitSum | PowerSum => true | _ => false end.
Definition in_no_coprocessor (i : item) : Prop := match i with Term s _ _ _ _ => coprocessor_sum s = false | _ => True end.

(* What holds of items outside of these sums, of the questions, of the rows of the three tables and of the tables of
   constants holds of all items of the machine. *)
Section Walk.
  Variable c : capacities.
  Variable P : item -> Prop.
  Hypothesis outside : forall i, in_no_coprocessor i -> P i.
  Hypothesis questions : forall i, (i < rows c)%nat -> Forall P (question_items c i).
  Hypothesis arithmetic : forall j, (j < arithmetic_rows c)%nat -> Forall P (arithmetic_row c j).
  Hypothesis bitwise : forall j, (j < bitwise_rows c)%nat -> Forall P (bitwise_row c j).
  Hypothesis compare : forall j, (j < compare_rows c)%nat -> Forall P (compare_row c j).
  Hypothesis digit_table : Forall P (table_items DigitSum Digit (map (fun e => single (constant e)) (digit_entries c))).
  Hypothesis power_table : Forall P (table_items PowerSum Power powers).

  Lemma rows_walk (f : nat -> list item) n : (forall j, (j < n)%nat -> Forall P (f j)) -> Forall P (flat_map f (seq 0 n)).
  Proof. intro h. apply Forall_flat_map, Forall_forall. intros j hj. apply in_seq in hj. apply h. lia. Qed.
  Lemma range_walk x l : P (range x l).
  Proof. now apply outside. Qed.
  Lemma top_walk x l : P (top_range c x l).
  Proof. unfold top_range. destruct (has_top c); now apply outside. Qed.
  Lemma word_walk x n l : Forall P (word_items c x n l).
  Proof.
    revert n. induction l as [|limb l IH]; intro n; cbn [word_items]; [constructor|].
    destruct l as [|limb' l]; constructor; auto using range_walk, top_walk.
  Qed.
  Lemma table_walk s b entries : coprocessor_sum s = false -> Forall P (table_items s b entries).
  Proof.
    intro h. apply Forall_forall. intros i hi. apply in_table_items in hi. destruct hi as (j & e & _ & _ & ->). now apply outside.
  Qed.
  Ltac each := repeat first [apply Forall_cons; [apply outside; first [exact I | reflexivity]|] | apply Forall_nil].
  Lemma row_walk i : (i < rows c)%nat -> Forall P (row_items c i).
  Proof.
    intro hi. unfold row_items, bits_items. rewrite !Forall_app. repeat apply conj; try apply word_walk; try (now apply questions).
    - apply Forall_flat_map, Forall_forall. intros b _. destruct (Circuit.value_of c i b); each.
    - each.
    - each.
    - each.
    - unfold general_items. rewrite !Forall_app. repeat apply conj; [each|destruct (has_next c i); each|each].
    - each.
    - destruct (has_next c i); [unfold next_items|]; each.
  Qed.
  Lemma machine_walk : Forall P (machine_items c).
  Proof.
    unfold machine_items, program_items, step_items, cell_items, lookup_items. rewrite !Forall_app.
    repeat apply conj; try (each; fail).
    - apply Forall_flat_map, Forall_forall. intros j _. unfold entry_items. apply Forall_app. split; [each|].
      destruct (_ <? _)%nat; each.
    - apply rows_walk, row_walk.
    - apply rows_walk. intros j _. unfold heap_items. cbn zeta. apply Forall_app. split; [|each].
      apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as [[n limb] [<- _]]. apply range_walk.
    - apply word_walk.
    - apply rows_walk. intros j _. each.
    - apply rows_walk. intros j _. each.
    - apply rows_walk, arithmetic.
    - apply rows_walk, bitwise.
    - apply rows_walk, compare.
    - now apply table_walk.
    - destruct (has_top c); [now apply table_walk|constructor].
    - exact digit_table.
    - exact power_table.
  Qed.
End Walk.

Section Coprocessor.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis outside : Forall in_no_coprocessor others.
  Hypothesis ok : ideal c all x a.
  (* Of each step row: it asks or it does not. *)
  Definition asks (i : nat) : F := eval a (any c i [Cop; CopCarry]).
  Hypothesis asks_bit : forall i, (i < rows c)%nat -> bit_numerator (asks i).
  Let one_is : a One = (#1)%F := one c all x a ok.

  Lemma machine_local l : incl l (machine_items c) -> local a l.
  Proof.
    intro h. apply (local_incl a (items all)); [exact (is_satisfied c all x a ok)|]. rewrite (its_items _ _ _ _ ext).
    now apply incl_appl.
  Qed.
  Lemma machine_included l : incl l (machine_items c) -> incl l (items all).
  Proof. intro h. rewrite (its_items _ _ _ _ ext). now apply incl_appl. Qed.
  Lemma arithmetic_included j : (j < arithmetic_rows c)%nat -> incl (arithmetic_row c j) (machine_items c).
  Proof.
    intros hj i hi. unfold machine_items. rewrite !in_app_iff. do 4 right. left. apply in_flat_map. exists j.
    split; [apply in_seq; lia|exact hi].
  Qed.
  Lemma bitwise_included j : (j < bitwise_rows c)%nat -> incl (bitwise_row c j) (machine_items c).
  Proof.
    intros hj i hi. unfold machine_items. rewrite !in_app_iff. do 5 right. left. apply in_flat_map. exists j.
    split; [apply in_seq; lia|exact hi].
  Qed.
  Lemma compare_included j : (j < compare_rows c)%nat -> incl (compare_row c j) (machine_items c).
  Proof.
    intros hj i hi. unfold machine_items. rewrite !in_app_iff. do 6 right. left. apply in_flat_map. exists j.
    split; [apply in_seq; lia|exact hi].
  Qed.
  Lemma question_included i : (i < rows c)%nat -> incl (question_items c i) (items all).
  Proof.
    intros hi y hy. apply (row_included c all others a ext i hi). unfold row_items. rewrite !in_app_iff. tauto.
  Qed.

  (* --- digits and powers --- *)
  Definition constant_fits (i : item) : Prop :=
    match i with
    | Term DigitSum sign _ t n => bit_numerator (#sign * eval a n)%F \/ exists e, In e (digit_entries c) /\ value_of a t = (#e, #0, #0)%F
    | Term PowerSum sign _ t n => bit_numerator (#sign * eval a n)%F \/ exists k, 0 <= k < 32 /\ value_of a t = (#k, #(2 ^ k), #0)%F
    | _ => True
    end.
  Lemma word_limbs_fit x' n l : Forall constant_fits (word_items c x' n l).
  Proof. apply (word_walk c constant_fits). intros i h. destruct i as [| | | | | | |s' sign y t m]; try exact I. now destruct s'. Qed.
  Lemma constants_fit : Forall constant_fits (machine_items c).
  Proof.
    apply machine_walk.
    - intros i h. destruct i as [| | | | | | |s' sign y t m]; try exact I. now destruct s'.
    - intros i _. apply Forall_cons; [exact I|constructor].
    - intros j hj. pose proof (machine_local _ (arithmetic_included j hj)) as loc. unfold arithmetic_row in loc |- *. cbv zeta in loc |- *.
      apply local_app in loc. destruct loc as [_ loc]. apply Forall_app. split.
      + apply Forall_flat_map, Forall_forall. intros n _. apply word_limbs_fit.
      + match type of loc with local a ?l => pose proof (local_boolean a one_is l _ loc (nth_error_In l 1 eq_refl)) as b end. clear loc.
        repeat (apply Forall_cons; [try exact I|]); [|apply Forall_nil]. left. rewrite b. destruct (isone _); [right|left]; cbn [ofB]; ring.
    - intros j _. unfold bitwise_row. apply Forall_app. split.
      + apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as [q [<- _]]. left. right.
        rewrite (eval_constant a one_is). ring.
      + apply Forall_cons; [exact I|constructor].
    - intros j _. unfold compare_row. cbv zeta. apply Forall_app. split.
      + apply Forall_flat_map, Forall_forall. intros n _. apply word_limbs_fit.
      + repeat (apply Forall_cons; [exact I|]). apply Forall_nil.
    - apply Forall_forall. intros i hi. apply in_table_items in hi. destruct hi as (j & e & he & _ & ->). right.
      apply in_map_iff in he. destruct he as [z [<- hz]]. exists z. split; [exact hz|]. now rewrite value_single, (eval_constant a one_is).
    - apply Forall_forall. intros i hi. apply in_table_items in hi. destruct hi as (j & e & he & _ & ->). right.
      apply in_map_iff in he. destruct he as [z [<- hz]]. apply in_seq in hz. exists (Z.of_nat z). split; [lia|].
      now rewrite value_with_constant, (eval_constant a one_is).
  Qed.

  (* A term of a coprocessor's sum with numerator 1 has a partner among the items of the machine. *)
  Lemma machine_partner sum y t n : coprocessor_sum sum = true -> In (Term sum 1 y t n) (items all) -> eval a n = (#1)%F ->
    exists sign y' t' n', In (Term sum sign y' t' n') (machine_items c) /\ value_of a t' = value_of a t /\ ~ bit_numerator (#sign * eval a n')%F.
  Proof.
    intros hs h e. destruct (partner a sum (items all) y t n) as (sign & y' & t' & n' & hi & ev & no).
    - apply (sums_close c all x a ok); [|now intros ->]. apply (its_sums _ _ _ _ ext). unfold machine_sums. apply in_or_app. left.
      destruct sum; try discriminate hs; cbn; tauto.
    - rewrite (its_items _ _ _ _ ext), app_length. pose proof (machine_items_length c s). pose proof (are_few _ _ _ _ ext). lia.
    - exact h.
    - exact e.
    - exists sign, y', t', n'. split; [|split; [exact ev|exact no]]. rewrite (its_items _ _ _ _ ext) in hi. apply in_app_or in hi.
      destruct hi as [hi|hi]; [exact hi|]. apply (proj1 (Forall_forall _ _) outside) in hi. cbn in hi. congruence.
  Qed.
  Lemma digit_found y l : In (Term DigitSum 1 y (single l) (constant 1)) (items all) -> exists e, In e (digit_entries c) /\ eval a l = (#e)%F.
  Proof.
    intro h. destruct (machine_partner DigitSum y (single l) (constant 1) eq_refl h (eval_constant a one_is 1))
      as (sign & y' & t' & n' & hi & ev & no).
    destruct (proj1 (Forall_forall _ _) constants_fit _ hi) as [bit|[e [he ee]]]; [now elim no|]. exists e. split; [exact he|].
    rewrite ev, value_single in ee. now injection ee.
  Qed.
  Lemma power_found y t n : In (Term PowerSum 1 y t n) (items all) -> eval a n = (#1)%F ->
    exists k, 0 <= k < 32 /\ value_of a t = (#k, #(2 ^ k), #0)%F.
  Proof.
    intros h e. destruct (machine_partner PowerSum y t n eq_refl h e) as (sign & y' & t' & n' & hi & ev & no).
    destruct (proj1 (Forall_forall _ _) constants_fit _ hi) as [bit|[k [hk ek]]]; [now elim no|]. exists k. now rewrite <- ev.
  Qed.

  (* --- answers --- *)
  Lemma arithmetic_right j : (j < arithmetic_rows c)%nat -> Forall (answers_rightly a) (arithmetic_row c j).
  Proof.
    intro hj. pose proof (arithmetic_included j hj) as inc. apply arithmetic_answers; [exact one_is|now apply machine_local| |].
    - intros n hn. apply (word_value c all others x a s ext ok (Fresh Arithmetic j) (n * limbs c)); [apply limbs_at_length|].
      intros i hi. apply (machine_included _ inc). unfold arithmetic_row. cbv zeta. apply in_or_app. left. apply in_flat_map.
      exists n. split; [apply in_seq; lia|exact hi].
    - intros y t n h e. exact (power_found y t n (machine_included _ inc _ h) e).
  Qed.
  Lemma bitwise_right j : (j < bitwise_rows c)%nat -> Forall (answers_rightly a) (bitwise_row c j).
  Proof.
    intro hj. pose proof (bitwise_included j hj) as inc. apply bitwise_answers. intros q hq.
    destruct (digit_found (Fresh Bitwise j q) (v (Column Bitwise j (1 + q)))) as [e [he ee]]; [|exists e; now rewrite eval_v in ee].
    apply (machine_included _ inc). unfold bitwise_row. apply in_or_app. left. apply in_map_iff. exists q.
    split; [reflexivity|apply in_seq; lia].
  Qed.
  Lemma compare_right j : (j < compare_rows c)%nat -> Forall (answers_rightly a) (compare_row c j).
  Proof.
    intro hj. pose proof (compare_included j hj) as inc. apply compare_answers; [exact one_is|now apply machine_local|].
    intros n hn. apply (word_value c all others x a s ext ok (Fresh Compare j) (n * limbs c)); [apply limbs_at_length|].
    intros i hi. apply (machine_included _ inc). unfold compare_row. cbv zeta. apply in_or_app. left. apply in_flat_map.
    exists n. split; [apply in_seq; lia|exact hi].
  Qed.
  Definition right_or_question (i : item) : Prop :=
    match i with Term CoprocessorSum sign _ _ n => bit_numerator (#sign * eval a n)%F \/ answers_rightly a i | _ => True end.
  Lemma rightly_fits l : Forall (answers_rightly a) l -> Forall right_or_question l.
  Proof. apply Forall_impl. intros i h. destruct i as [| | | | | | |s' sign y t n]; try exact I. destruct s'; try exact I. now right. Qed.
  Lemma all_right : Forall right_or_question (machine_items c).
  Proof.
    apply machine_walk.
    - intros i h. destruct i as [| | | | | | |s' sign y t n]; try exact I. now destruct s'.
    - intros i hi. apply Forall_cons; [|constructor]. left. fold (asks i).
      destruct (asks_bit i hi) as [e|e]; rewrite e; [left|right]; ring.
    - intros j hj. now apply rightly_fits, arithmetic_right.
    - intros j hj. now apply rightly_fits, bitwise_right.
    - intros j hj. now apply rightly_fits, compare_right.
    - apply Forall_forall. intros i hi. apply in_table_items in hi. now destruct hi as (j & e & _ & _ & ->).
    - apply Forall_forall. intros i hi. apply in_table_items in hi. now destruct hi as (j & e & _ & _ & ->).
  Qed.

  (* What a row asks, packed. *)
  Definition question_of (i : nat) : F :=
    asked (a (Column Step i FILL)) (a (Column Step i CARRY)) (eval a (result c i)) (a (Column Step i OPERAND))
      (a (Column Step i TOP) - a (base c i))%F.
  (* A question that is asked has a right answer. *)
  Theorem question_answers i : (i < rows c)%nat -> asks i = (#1)%F -> answers (question_of i).
  Proof.
    intros hi ask. destruct (machine_partner CoprocessorSum (question_term c i)
      (single (pack_question (at_ i FILL) (at_ i OPERAND) (at_ i CARRY) (result c i) (minus (at_ i TOP) (v (base c i))))) (any c i [Cop; CopCarry]))
      as (sign & y' & t' & n' & h & ev & no); [reflexivity| |exact ask|].
    - apply (question_included i hi). now left.
    - destruct (proj1 (Forall_forall _ _) all_right _ h) as [bit|(q & eq & right)]; [now elim no|].
      rewrite ev, value_single, eval_question in eq. apply pair_equal_spec in eq. destruct eq as [eq _].
      apply pair_equal_spec in eq. destruct eq as [eq _]. rewrite <- eq in right.
      unfold question_of. unfold at_ in right. now rewrite eval_minus, !eval_v in right.
  Qed.

  (* A question about integers within bounds has the result of the operation. With 2^33 for a or b there is no question. *)
  Theorem answered i o first carry r n second : (i < rows c)%nat -> asks i = (#1)%F ->
    question_of i = asked (#first)%F (#carry)%F (#r)%F (#(number o + 2 ^ 36 * n))%F (#second)%F ->
    0 <= first <= 2 ^ 33 -> 0 <= carry <= 1 -> word r -> 0 <= second + n <= 2 ^ 33 ->
    first < 2 ^ 33 /\ second + n < 2 ^ 33 /\ operate (binop_of o) first (second + n) = Some (r, flag_of o carry).
  Proof.
    intros hi ask e. exact (answer_right _ o first carry r n second (question_answers i hi ask) e).
  Qed.
End Coprocessor.
