(* Numbers as lists of digits, words as lists of bits, and what a rotation or a shift does to the bits. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Sha256 Machine ShaPlan.
Import ListNotations.
Open Scope Z_scope.

Definition bit_of (w : Z) (i : nat) : Z := Z.b2z (Z.testbit w (Z.of_nat i)).

(* --- digits --- *)
Section Digits.
  Variable base : Z.
  Hypothesis positive : 1 < base.
  Definition all_below (l : list Z) : Prop := Forall (fun d => 0 <= d < base) l.

  Lemma value_app l l' : digits_value base (l ++ l') = digits_value base l + base ^ Z.of_nat (length l) * digits_value base l'.
  Proof.
    induction l as [|d l IH]; [cbn [app digits_value length Z.of_nat]; rewrite Z.pow_0_r; ring|].
    cbn [app digits_value length]. rewrite IH, Nat2Z.inj_succ, Z.pow_succ_r by lia. ring.
  Qed.
  (* A number has one list of digits of a length. *)
  Lemma value_inj l : forall l', length l = length l' -> all_below l -> all_below l' -> digits_value base l = digits_value base l' -> l = l'.
  Proof.
    induction l as [|d l IH]; intros [|d' l'] len b b' e; try easy. cbn [digits_value] in e. cbn [length] in len.
    pose proof (Forall_inv b) as hd. pose proof (Forall_inv b') as hd'. cbn beta in hd, hd'.
    assert (q : digits_value base l = digits_value base l').
    { assert (base * (digits_value base l - digits_value base l') = d' - d) by lia.
      destruct (Z.eq_dec (digits_value base l) (digits_value base l')) as [|ne]; [assumption|exfalso].
      assert (digits_value base l - digits_value base l' >= 1 \/ digits_value base l - digits_value base l' <= -1) as [h|h] by lia; nia. }
    f_equal; [lia|]. apply IH; auto; [exact (Forall_inv_tail b)|exact (Forall_inv_tail b')].
  Qed.
  Lemma value_bounds l top : 0 <= top < base -> Forall (fun d => 0 <= d <= top) l ->
    0 <= digits_value base l /\ (base - 1) * digits_value base l <= top * (base ^ Z.of_nat (length l) - 1).
  Proof.
    intros ht. induction 1 as [|d l hd _ IH]; [cbn [digits_value length Z.of_nat]; rewrite Z.pow_0_r; lia|]. cbn [digits_value length].
    rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia. destruct IH as [IH1 IH2]. split; [nia|].
    assert (base * ((base - 1) * digits_value base l) <= base * (top * (base ^ Z.of_nat (length l) - 1))) by (apply Z.mul_le_mono_nonneg_l; lia).
    nia.
  Qed.
  (* A weighted sum of three numbers has the weighted sums of their digits as digits. *)
  Lemma value_weighted A (p q r : Z) (f g h : A -> Z) l :
    digits_value base (map (fun i => p * f i + q * g i + r * h i) l) =
    p * digits_value base (map f l) + q * digits_value base (map g l) + r * digits_value base (map h l).
  Proof. induction l as [|i l IH]; cbn [map digits_value]; [ring|rewrite IH; ring]. Qed.

  (* Digits as a sum over places. *)
  Definition sum_over (l : list nat) (g : nat -> Z) : Z := fold_right (fun i s => g i + s) 0 l.
  Lemma sum_app l l' g : sum_over (l ++ l') g = sum_over l g + sum_over l' g.
  Proof. induction l as [|i l IH]; cbn; [reflexivity|]. fold (sum_over (l ++ l') g). rewrite IH. unfold sum_over. ring. Qed.
  Lemma sum_ext l g h : (forall i, In i l -> g i = h i) -> sum_over l g = sum_over l h.
  Proof.
    induction l as [|i l IH]; intro e; [reflexivity|]. unfold sum_over in *. cbn [fold_right]. rewrite IH, (e i); auto using in_eq, in_cons.
  Qed.
  Lemma sum_scale l m g : m * sum_over l g = sum_over l (fun i => m * g i).
  Proof. induction l as [|i l IH]; unfold sum_over in *; cbn [fold_right]; [ring|rewrite <- IH; ring]. Qed.
  Lemma sum_seq_shift g k n : forall s, sum_over (seq (k + s) n) g = sum_over (seq s n) (fun i => g (k + i)%nat).
  Proof.
    induction n as [|n IH]; intro s; [reflexivity|]. unfold sum_over in *. cbn [seq fold_right].
    replace (S (k + s)) with (k + S s)%nat by lia. now rewrite IH.
  Qed.
  Lemma value_sum b n : forall s, base ^ Z.of_nat s * digits_value base (map b (seq s n)) = sum_over (seq s n) (fun i => b i * base ^ Z.of_nat i).
  Proof.
    induction n as [|n IH]; intro s; [cbn; ring|]. unfold sum_over in *. cbn [seq map digits_value fold_right].
    rewrite <- IH, Nat2Z.inj_succ, Z.pow_succ_r by lia. ring.
  Qed.
  Lemma value_sum_0 b n : digits_value base (map b (seq 0 n)) = sum_over (seq 0 n) (fun i => b i * base ^ Z.of_nat i).
  Proof. rewrite <- value_sum. change (Z.of_nat 0) with 0. rewrite Z.pow_0_r. lia. Qed.
End Digits.

(* --- bits --- *)
Lemma bit_range w i : 0 <= bit_of w i <= 1.
Proof. unfold bit_of. destruct (Z.testbit _ _); cbn; lia. Qed.
Lemma bits_length n w : length (bits n w) = n.
Proof. unfold bits. now rewrite map_length, seq_length. Qed.
Lemma bits_below n w : Forall (fun d => 0 <= d <= 1) (bits n w).
Proof. apply Forall_forall. intros d h. apply in_map_iff in h. destruct h as [i [<- _]]. apply bit_range. Qed.
(* The bits of a number make its remainder. *)
Lemma bits_value n w : digits_value 2 (bits n w) = w mod 2 ^ Z.of_nat n.
Proof.
  revert w. induction n as [|n IH]; intro w; [cbn; now rewrite Z.mod_1_r|].
  change (bits (S n) w) with (bit_of w 0 :: map (bit_of w) (seq 1 n)). cbn [digits_value].
  assert (e : map (bit_of w) (seq 1 n) = bits n (w / 2)).
  { rewrite <- seq_shift, map_map. apply map_ext. intro i. unfold bit_of. f_equal.
    rewrite Nat2Z.inj_succ. rewrite <- Z.div2_div, Z.div2_spec, Z.shiftr_spec by lia. f_equal; lia. }
  rewrite e, IH. unfold bit_of. change (Z.of_nat 0) with 0. rewrite Z.bit0_mod.
  rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia.
  rewrite Z.rem_mul_r by lia. lia.
Qed.
Lemma word_bits w : word w -> digits_value 2 (bits 32 w) = w.
Proof. intro h. rewrite bits_value. apply Z.mod_small. exact h. Qed.
Lemma high_bit w i : word w -> (32 <= i)%nat -> Z.testbit w (Z.of_nat i) = false.
Proof.
  intros h hi. destruct (Z.eq_dec w 0) as [->|n]; [apply Z.bits_0|]. unfold word in h. apply Z.bits_above_log2; [lia|].
  assert (Z.log2 w < 32) by (apply Z.log2_lt_pow2; lia). lia.
Qed.
(* Numbers below 2^32 are the same if their bits are. *)
Lemma word_ext x y : word x -> word y -> (forall i, (i < 32)%nat -> Z.testbit x (Z.of_nat i) = Z.testbit y (Z.of_nat i)) -> x = y.
Proof.
  intros hx hy h. rewrite <- (word_bits x hx), <- (word_bits y hy). f_equal. unfold bits. apply map_ext_in. intros i hi.
  apply in_seq in hi. rewrite h by lia. reflexivity.
Qed.

(* --- turns --- *)
Definition turn_value (t : turn) (w : Z) : Z := match t with Rotate d => rotr (Z.of_nat d) w | Shift d => shr (Z.of_nat d) w end.
Lemma rotr_bit d w i : word w -> (d <= 32)%nat -> (i < 32)%nat ->
  Z.testbit (rotr (Z.of_nat d) w) (Z.of_nat i) = Z.testbit w (Z.of_nat (if (i <? 32 - d)%nat then i + d else i - (32 - d))).
Proof.
  intros hw hd hi. unfold rotr. rewrite Z.lor_spec, Z.land_spec, Z.shiftr_spec, Z.shiftl_spec by lia.
  change (2 ^ 32 - 1) with (Z.ones 32). rewrite Z.ones_spec_low by lia. rewrite andb_true_r.
  rewrite <- Nat2Z.inj_add. destruct (i <? 32 - d)%nat eqn:e.
  - apply Nat.ltb_lt in e. rewrite (Z.testbit_neg_r w (Z.of_nat i - _)) by lia. now rewrite orb_false_r.
  - apply Nat.ltb_ge in e. rewrite high_bit by (auto; lia). cbn [orb]. f_equal. lia.
Qed.
Lemma rotr_word d w : word w -> (d <= 32)%nat -> word (rotr (Z.of_nat d) w).
Proof.
  intros hw hd. unfold word in *. unfold rotr. set (y := Z.land _ _).
  assert (hy : 0 <= y < 2 ^ 32).
  { subst y. change (2 ^ 32 - 1) with (Z.ones 32). rewrite Z.land_ones by lia. apply Z.mod_pos_bound. lia. }
  assert (hx : 0 <= Z.shiftr w (Z.of_nat d) < 2 ^ 32).
  { rewrite Z.shiftr_div_pow2 by lia. assert (0 < 2 ^ Z.of_nat d) by (apply Z.pow_pos_nonneg; lia). split.
    - apply Z.div_pos; lia.
    - apply Z.div_lt_upper_bound; [lia|]. nia. }
  split; [apply Z.lor_nonneg; lia|]. generalize dependent y. generalize (Z.shiftr w (Z.of_nat d)) hx. clear. intros x hx y hy.
  destruct (Z.eq_dec (Z.lor x y) 0) as [->|n]; [lia|].
  assert (0 <= Z.lor x y) by (apply Z.lor_nonneg; lia).
  apply Z.log2_lt_pow2; [lia|]. rewrite Z.log2_lor by lia. apply Z.max_lub_lt.
  - destruct (Z.eq_dec x 0) as [->|]; [reflexivity|]. apply Z.log2_lt_pow2; lia.
  - destruct (Z.eq_dec y 0) as [->|]; [reflexivity|]. apply Z.log2_lt_pow2; lia.
Qed.
Lemma rotr_0 w : word w -> rotr 0 w = w.
Proof.
  intro h. apply word_ext; [exact (rotr_word 0 w h ltac:(lia))|exact h|]. intros i hi.
  change 0 with (Z.of_nat 0). rewrite rotr_bit by (auto; lia). rewrite Nat.sub_0_r, Nat.add_0_r.
  now rewrite (proj2 (Nat.ltb_lt i 32) hi).
Qed.
