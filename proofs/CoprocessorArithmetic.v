(* Every tuple with which a row of the arithmetic table answers is right: products, quotients, shifts and rotations. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Lookups Linear CoprocessorTuples CoprocessorNumbers.
Import ListNotations.
Open Scope Z_scope.

(* The row in values: booleans, words, and the equations as they are built. *)
Section Values.
  Variables upward shift quotient : bool.
  Variables a result other rest : Z.
  Variables exchange below multiplied carried over fits amount : F.
  Hypothesis a_word : word a.
  Hypothesis result_word : word result.
  Hypothesis other_word : word other.
  Hypothesis rest_word : word rest.
  Let high := (#other + exchange)%F.
  Let low := (#result - exchange)%F.
  Let factor := (#rest + below)%F.
  Hypothesis exchange_is : exchange = (ofB quotient * (#result - #other))%F.
  Hypothesis below_is : below = ((#1 - ofB upward) * (low + #1))%F.
  Hypothesis multiplied_is : multiplied = (ofB upward * (#a - high))%F.
  Hypothesis carried_is : carried = (ofB upward * (#(2 ^ 32) * high + #2 * low - #a))%F.
  Hypothesis product : ((high + multiplied) * factor = #a - low + carried)%F.
  Hypothesis over_is : over = (ofB shift * (amount - factor))%F.
  Hypothesis power : shift = true -> exists n, 0 <= n < 32 /\ amount = (#n)%F /\ factor = (#(2 ^ n))%F.
  Hypothesis fits_is : fits = if F_eq_dec (#other)%F (#0)%F then (#1)%F else (#0)%F.

  Let high_word := if quotient then result else other.
  Let low_word := if quotient then other else result.
  Let factor_number := if upward then rest else rest + low_word + 1.

  Lemma high_value : high = (#high_word)%F.
  Proof. unfold high, high_word. rewrite exchange_is. destruct quotient; cbn [ofB]; ring. Qed.
  Lemma low_value : low = (#low_word)%F.
  Proof. unfold low, low_word. rewrite exchange_is. destruct quotient; cbn [ofB]; ring. Qed.
  Lemma words : word high_word /\ word low_word.
  Proof. unfold high_word, low_word. destruct quotient; auto. Qed.
  Lemma factor_value : factor = (#factor_number)%F.
  Proof. unfold factor, factor_number. rewrite below_is, low_value. destruct upward; cbn [ofB]; rewrite ?ofZ_add; ring. Qed.
  Lemma factor_bound : 0 <= factor_number < 2 ^ 33.
  Proof. destruct words as [_ w]. unfold factor_number, word in *. destruct upward; lia. Qed.
  Lemma low_below : upward = false -> low_word < factor_number.
  Proof. intro u. unfold factor_number. rewrite u. unfold word in *. lia. Qed.
  Lemma integer_product :
    if upward then a * factor_number = 2 ^ 32 * high_word + low_word else high_word * factor_number + low_word = a /\ low_word < factor_number.
  Proof.
    destruct words as [h l]. pose proof factor_bound as fb. pose proof product as p.
    rewrite factor_value, multiplied_is, carried_is, high_value, low_value in p. pose proof low_below as lb.
    clearbody factor_number.
    assert (n : 0 <= a * factor_number < 2 ^ 65) by (unfold word in *; nia).
    assert (m : 0 <= high_word * factor_number < 2 ^ 65) by (unfold word in *; nia).
    unfold word in *. revert p lb. destruct upward; cbn [ofB]; intros p lb.
    - apply ofZ_inj; [lia|]. rewrite ofZ_add, !ofZ_mul. apply (lin _ _ _ _ p). ring.
    - split; [|auto].
      apply ofZ_inj; [lia|]. rewrite ofZ_add, !ofZ_mul. apply (lin _ _ _ _ p). ring.
  Qed.

  (* The second word of the question. *)
  Lemma b_value : exists b, (factor + over)%F = (#b)%F /\ (if shift then 0 <= b < 32 /\ factor_number = 2 ^ b else b = factor_number).
  Proof.
    rewrite over_is, factor_value. destruct shift; cbn [ofB].
    - destruct (power eq_refl) as (n & hn & -> & ef). exists n. split; [ring|]. split; [exact hn|].
      rewrite factor_value in ef. apply ofZ_inj in ef; [exact ef|]. pose proof (power_bound n hn). pose proof factor_bound. lia.
    - exists factor_number. split; [ring|reflexivity].
  Qed.
  Lemma carry_value : (#1 - fits)%F = (#(if other =? 0 then 0 else 1))%F.
  Proof.
    rewrite fits_is. destruct (F_eq_dec (#other) (#0))%F as [z|n].
    - apply ofZ_inj in z; [|unfold word in *; lia]. rewrite z. cbn [Z.eqb]. ring.
    - destruct (other =? 0) eqn:z; [|ring]. apply Z.eqb_eq in z. now subst.
  Qed.

  Definition row_number : Z := 1 + z_of upward + 2 * z_of shift + 4 * z_of quotient.
  Lemma row_number_value : (#1 + ofB upward + #2 * ofB shift + #4 * ofB quotient)%F = (#row_number)%F.
  Proof. unfold row_number. rewrite !ofZ_add, !ofZ_mul. destruct upward, shift, quotient; cbn [ofB z_of]; ring. Qed.
  Lemma row_number_bound : 1 <= row_number <= 8.
  Proof. unfold row_number. destruct upward, shift, quotient; cbn [z_of]; lia. Qed.

  Theorem first_answers : answers (asked (#a) (#1 - fits) (#result) (#1 + ofB upward + #2 * ofB shift + #4 * ofB quotient) (factor + over))%F.
  Proof.
    rewrite carry_value, row_number_value. destruct b_value as (b & -> & hb). pose proof factor_bound as fb.
    assert (bb : Z.abs b < 2 ^ 33) by (clear - hb fb; destruct shift; lia). pose proof row_number_bound.
    exists a, (if other =? 0 then 0 else 1), result, row_number, b. unfold word in *.
    constructor; try lia; [reflexivity|destruct (other =? 0); lia|]. intros o e _. split; [lia|].
    apply (first_answer upward shift quotient a result other factor_number b); auto. apply integer_product.
  Qed.
  Theorem second_answers :
    answers (asked (#a) (#1 - fits) (#result + #other) (#1 + ofB upward + #2 * ofB shift + #4 * ofB quotient + #32) (factor + over))%F.
  Proof.
    rewrite carry_value, row_number_value. destruct b_value as (b & -> & hb). pose proof factor_bound as fb.
    assert (bb : Z.abs b < 2 ^ 33) by (clear - hb fb; destruct shift; lia). pose proof row_number_bound.
    exists a, (if other =? 0 then 0 else 1), (result + other), (row_number + 32), b. unfold word in *.
    constructor; try lia; [unfold question; now rewrite !ofZ_add|destruct (other =? 0); lia|]. intros o e _. split; [lia|].
    apply (second_answer upward shift quotient a result other factor_number b); auto; [apply integer_product|].
    unfold row_number in e. lia.
  Qed.
End Values.

(* The row as it is built. *)
Section Row.
  Variable c : capacities.
  Variable s : assignment.
  Hypothesis one : s One = (#1)%F.
  Variable j : nat.
  Hypothesis is_local : local s (arithmetic_row c j).
  Hypothesis limbs_word : forall n, (n < 4)%nat -> exists z, word z /\ eval s (word_of c (limbs_at c Arithmetic j (6 + n * limbs c))) = (#z)%F.
  Hypothesis power_found : forall x t n, In (Term PowerSum 1 x t n) (arithmetic_row c j) -> eval s n = (#1)%F ->
    exists k, 0 <= k < 32 /\ value_of s t = (#k, #(2 ^ k), #0)%F.

  Theorem arithmetic_answers : Forall (answers_rightly s) (arithmetic_row c j).
  Proof.
    destruct (limbs_word 0) as (a & wa & ea); [lia|]. destruct (limbs_word 1) as (r & wr & er); [lia|].
    destruct (limbs_word 2) as (o & wo & eo); [lia|]. destruct (limbs_word 3) as (m & wm & em); [lia|].
    revert is_local power_found. unfold arithmetic_row. cbv beta zeta.
    generalize dependent (word_of c (limbs_at c Arithmetic j (6 + 0 * limbs c))). intros A ea.
    generalize dependent (word_of c (limbs_at c Arithmetic j (6 + 1 * limbs c))). intros R er.
    generalize dependent (word_of c (limbs_at c Arithmetic j (6 + 2 * limbs c))). intros O eo.
    generalize dependent (word_of c (limbs_at c Arithmetic j (6 + 3 * limbs c))). intros M em.
    match goal with |- context [_ ++ ?l] => set (equations := l) end.
    set (limb_items := flat_map _ _). intros loc pow. apply Forall_app. split.
    { apply without_answers, without_flat_map. intros k _. apply without_word_items; discriminate. }
    apply local_app in loc. destruct loc as [_ loc]. specialize (pow _ _ _ (in_or_app _ _ _ (or_intror (nth_error_In equations 10 eq_refl)))).
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 0 eq_refl)) as hup.
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 1 eq_refl)) as hsh.
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 2 eq_refl)) as hqu.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 3 eq_refl)) as exchange.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 4 eq_refl)) as below.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 5 eq_refl)) as multiplied.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 6 eq_refl)) as carried.
    pose proof (local_enforce s equations _ _ _ loc (nth_error_In equations 7 eq_refl)) as product.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 8 eq_refl)) as over.
    pose proof (local_where_zero s equations _ _ _ _ loc (nth_error_In equations 11 eq_refl)) as fits.
    clear loc limb_items limbs_word.
    evaluate one. rewrite ea, er, eo, em in *.
    set (up := isone _) in hup. set (sh := isone _) in hsh. set (qu := isone _) in hqu.
    rewrite ?hup, ?hsh, ?hqu in *. clearbody up sh qu.
    assert (pw : sh = true -> exists k, 0 <= k < 32 /\ s (Column Arithmetic j 4) = (#k)%F /\
      (#m + s (Fresh Arithmetic j (4 * limbs c + 1)))%F = (#(2 ^ k))%F).
    { intros ->. destruct (pow eq_refl) as (k & hk & e). exists k. split; [exact hk|].
      rewrite value_with_beta in e. evaluate one. rewrite em in e. apply pair_equal_spec in e. destruct e as [e _].
      apply pair_equal_spec in e. exact e. }
    clear pow. pose proof (first_answers _ _ _ _ _ _ _ _ _ _ _ _ _ _ wa wr wo wm exchange below multiplied carried product over pw fits) as first.
    pose proof (second_answers _ _ _ _ _ _ _ _ _ _ _ _ _ _ wa wr wo wm exchange below multiplied carried product over pw fits) as second.
    clear exchange below multiplied carried product over pw fits.
    unfold equations.
    repeat (apply Forall_cons; [try exact I; unfold answers_rightly; rewrite value_single; eexists; (split; [reflexivity|]); rewrite eval_question|]);
      [ | |apply Forall_nil]; evaluate one; rewrite ea, er, ?eo, hup, hsh, hqu, em.
    - clear second. match goal with |- answers ?y => match type of first with answers ?z => replace y with z; [exact first|] end end.
      f_equal. ring.
    - clear first. match goal with |- answers ?y => match type of second with answers ?z => replace y with z; [exact second|] end end.
      f_equal. ring.
  Qed.
End Row.
