(* Every tuple with which a row of the comparison table answers is right. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Lookups Linear CoprocessorTuples.
Import ListNotations.
Open Scope Z_scope.

(* The row in integers: b, the difference a - b as a word, and three booleans. *)
Section Values.
  Variables eq gt carry : bool.
  Variables b difference : Z.
  Hypothesis b_word : word b.
  Hypothesis difference_word : word difference.
  Let a := b + difference - 2 ^ 32 * z_of carry.
  Let lt := 1 - z_of eq - z_of gt.
  Let tie := if difference =? 0 then z_of eq - z_of gt else 0.
  Let result := z_of gt + tie + (lt - z_of gt) * z_of carry.

  Lemma comparison o : 9 + z_of eq + 2 * z_of gt = number o -> 0 <= a -> operate (binop_of o) a b = Some (result, None).
  Proof.
    unfold result, tie, lt, a, word in *. clear a lt tie result. intros e pos.
    destruct o; cbn [number] in e; destruct eq, gt; cbn [z_of] in e; try lia; cbn [operate binop_of]; apply (f_equal (fun z => Some (z, None)));
      destruct carry, (difference =? 0) eqn:d; cbn [z_of] in *; first [apply Z.eqb_eq in d|apply Z.eqb_neq in d];
      match goal with |- z_of ?x = _ => destruct x eqn:t end; cbn [z_of]; lia.
  Qed.
  Lemma result_bound : -4 <= result <= 4.
  Proof. unfold result, tie, lt. destruct eq, gt, carry, (difference =? 0); cbn; lia. Qed.

  Theorem comparison_answers : answers (asked (#a) (#0) (#result) (#(9 + z_of eq + 2 * z_of gt)) (#b))%F.
  Proof.
    pose proof result_bound. exists a, 0, result, (9 + z_of eq + 2 * z_of gt), b.
    assert (bounds : - 2 ^ 32 <= a < 2 ^ 33) by (unfold a, word in *; destruct carry; cbn [z_of]; lia). unfold word in *.
    constructor; try lia; [reflexivity|destruct eq, gt; cbn [z_of]; lia|]. intros o e pos. split; [lia|].
    rewrite (comparison o e pos). do 2 f_equal. destruct o; cbn in e; destruct eq, gt; cbn in e; try lia; reflexivity.
  Qed.
End Values.

(* The row as it is built. *)
Section Row.
  Variable c : capacities.
  Variable s : assignment.
  Hypothesis one : s One = (#1)%F.
  Variable j : nat.
  Hypothesis is_local : local s (compare_row c j).
  Hypothesis limbs_word : forall n, (n < 2)%nat -> exists z, word z /\ eval s (word_of c (limbs_at c Compare j (4 + n * limbs c))) = (#z)%F.

  Theorem compare_answers : Forall (answers_rightly s) (compare_row c j).
  Proof.
    destruct (limbs_word 0) as (b & wb & eb); [lia|]. destruct (limbs_word 1) as (d & wd & ed); [lia|].
    revert is_local. unfold compare_row. cbv beta zeta.
    generalize dependent (word_of c (limbs_at c Compare j (4 + 0 * limbs c))). intros B eb.
    generalize dependent (word_of c (limbs_at c Compare j (4 + 1 * limbs c))). intros D ed.
    match goal with |- context [_ ++ ?l] => set (equations := l) end.
    set (limb_items := flat_map _ _). intros loc. apply Forall_app. split.
    { apply without_answers, without_flat_map. intros k _. apply without_word_items; discriminate. }
    apply local_app in loc. destruct loc as [_ loc].
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 0 eq_refl)) as heq.
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 1 eq_refl)) as hgt.
    pose proof (local_boolean s one equations _ loc (nth_error_In equations 2 eq_refl)) as hcarry.
    pose proof (local_where_zero s equations _ _ _ _ loc (nth_error_In equations 3 eq_refl)) as tie.
    pose proof (local_product s equations _ _ _ loc (nth_error_In equations 4 eq_refl)) as borrowed.
    clear loc limb_items limbs_word.
    evaluate one. rewrite ed in *.
    set (eq := isone _) in heq. set (gt := isone _) in hgt. set (carry := isone _) in hcarry.
    rewrite ?heq, ?hgt, ?hcarry in *. clearbody eq gt carry.
    assert (bit : forall x, ofB x = (#(z_of x))%F) by (intros []; reflexivity).
    assert (tie' : s (Fresh Compare j (2 * limbs c + 1)) = (#(if d =? 0 then z_of eq - z_of gt else 0))%F).
    { rewrite tie. destruct (F_eq_dec (#d)%F (#0)%F) as [z|n].
      - apply ofZ_inj in z; [|unfold word in wd; lia]. rewrite z, !bit. cbn [Z.eqb]. now rewrite ofZ_sub.
      - destruct (d =? 0) eqn:z; [|reflexivity]. apply Z.eqb_eq in z. now subst. }
    clear tie. pose proof (comparison_answers eq gt carry b d wb wd) as right.
    unfold equations.
    repeat (apply Forall_cons; [try exact I; unfold answers_rightly; rewrite value_single; eexists; (split; [reflexivity|]); rewrite eval_question|]);
      [|apply Forall_nil]; evaluate one; rewrite eb, ed, tie', borrowed, heq, hgt, hcarry, !bit.
    match goal with |- answers ?y => match type of right with answers ?z => replace y with z; [exact right|] end end.
    clear. rewrite !ofZ_add, !ofZ_sub, !ofZ_mul, !ofZ_add, !ofZ_sub. f_equal; ring.
  Qed.
End Row.
