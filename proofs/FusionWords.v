(* Arithmetic of words that fusion needs: operations with exchanged words, rotations to the right as rotations to the
   left, rotations that are made of two shifts, NOT as XOR; and that results of operations are words. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Encode.
Import ListNotations.
Open Scope Z_scope.

(* ---- powers of two and parts of words ---- *)

Lemma two_parts i j : 0 <= i -> 0 <= j -> i + j = 32 -> 2 ^ i * 2 ^ j = 2 ^ 32.
Proof. intros. rewrite <- Z.pow_add_r by lia. now f_equal. Qed.
Lemma power_pos i : 0 <= i -> 0 < 2 ^ i.
Proof. intro. apply Z.pow_pos_nonneg; lia. Qed.

(* A word a = u * 2^j + v, with i + j = 32, shifted left by i: what stays is v, what leaves the word is u. *)
Lemma shifted_left a i j : 0 <= i -> 0 <= j -> i + j = 32 -> (a * 2 ^ i) mod 2 ^ 32 = a mod 2 ^ j * 2 ^ i.
Proof. intros. rewrite <- (two_parts i j), (Z.mul_comm (2 ^ i)) by lia. pose proof (power_pos i). pose proof (power_pos j). apply Z.mul_mod_distr_r; lia. Qed.
Lemma shifted_out a i j : 0 <= i -> 0 <= j -> i + j = 32 -> a * 2 ^ i / 2 ^ 32 = a / 2 ^ j.
Proof. intros. rewrite <- (two_parts i j), (Z.mul_comm (2 ^ i)) by lia. pose proof (power_pos i). pose proof (power_pos j). apply Z.div_mul_cancel_r; lia. Qed.

(* ---- rotations ---- *)

Definition rotated (a n : Z) : Z := (a * 2 ^ n) mod 2 ^ 32 + a * 2 ^ n / 2 ^ 32.

Lemma rotated_parts a i j : 0 <= i -> 0 <= j -> i + j = 32 -> rotated a i = a mod 2 ^ j * 2 ^ i + a / 2 ^ j.
Proof. intros. unfold rotated. now rewrite (shifted_left a i j), (shifted_out a i j). Qed.
Lemma rotated_0 a : word a -> rotated a 0 = a.
Proof. intros w. unfold rotated, word in *. change (2 ^ 0) with 1. rewrite Z.mul_1_r, Z.mod_small, Z.div_small; lia. Qed.
Lemma parts_bound a i j : word a -> 0 <= i -> 0 <= j -> i + j = 32 -> 0 <= a mod 2 ^ j < 2 ^ j /\ 0 <= a / 2 ^ j < 2 ^ i.
Proof.
  intros w hi hj e. pose proof (power_pos i hi). pose proof (power_pos j hj). split; [apply Z.mod_pos_bound; lia|].
  split; [apply Z.div_pos; unfold word in w; lia|]. apply Z.div_lt_upper_bound; [lia|].
  rewrite Z.mul_comm, two_parts by lia. apply w.
Qed.
Lemma rotated_word a n : word a -> 0 <= n < 32 -> word (rotated a n).
Proof.
  intros w h. rewrite (rotated_parts a n (32 - n)) by lia. destruct (parts_bound a n (32 - n) w) as [h1 h2]; try lia.
  pose proof (two_parts (32 - n) n). unfold word. nia.
Qed.

(* Words whose ones do not overlap: v below 2^i, and a multiple of 2^i. *)
Lemma no_common_ones u v i : 0 <= i -> 0 <= v < 2 ^ i -> Z.land (u * 2 ^ i) v = 0.
Proof.
  intros hi hv. apply Z.bits_inj'. intros n hn. rewrite Z.land_spec, Z.bits_0. destruct (Z_lt_ge_dec n i).
  - now rewrite Z.mul_pow2_bits_low.
  - rewrite <- (Z.mod_small v (2 ^ i)) by lia. rewrite (Z.mod_pow2_bits_high v i n) by lia. apply andb_false_r.
Qed.

(* Two shifts that add up to 32 bits, joined by ADD, XOR or OR, are a rotation. *)
Lemma joined_add a i j : 0 <= i -> 0 <= j -> i + j = 32 -> (a * 2 ^ i) mod 2 ^ 32 + a / 2 ^ j = rotated a i.
Proof. intros. rewrite (shifted_left a i j), (rotated_parts a i j); lia. Qed.
Lemma joined_xor a i j : word a -> 0 <= i -> 0 <= j -> i + j = 32 -> Z.lxor ((a * 2 ^ i) mod 2 ^ 32) (a / 2 ^ j) = rotated a i.
Proof.
  intros w hi hj e. rewrite <- (joined_add a i j), (shifted_left a i j) by lia. symmetry. apply Z.add_nocarry_lxor.
  apply no_common_ones; [lia|]. now apply (parts_bound a i j).
Qed.
Lemma joined_or a i j : word a -> 0 <= i -> 0 <= j -> i + j = 32 -> Z.lor ((a * 2 ^ i) mod 2 ^ 32) (a / 2 ^ j) = rotated a i.
Proof.
  intros w hi hj e. rewrite <- (joined_xor a i j), (shifted_left a i j) by (exact w || lia). symmetry. apply Z.lxor_lor.
  apply no_common_ones; [lia|]. now apply (parts_bound a i j).
Qed.

(* One bit more. *)
Lemma rotated_once_more a k : word a -> 0 <= k < 31 -> rotated (rotated a k) 1 = rotated a (k + 1).
Proof.
  intros w hk. rewrite (rotated_parts a (k + 1) (31 - k)), (rotated_parts a k (32 - k)) by lia.
  rewrite (rotated_parts _ 1 31) by lia. change (2 ^ 1) with 2.
  replace (32 - k) with (31 - k + 1) by lia. rewrite !Z.pow_add_r, (Z.pow_1_r 2) by lia.
  pose proof (two_parts (k + 1) (31 - k) ltac:(lia) ltac:(lia) ltac:(lia)) as e. rewrite Z.pow_add_r, Z.pow_1_r in e by lia.
  assert (e' : 2 ^ k * 2 ^ (31 - k) = 2 ^ 31) by (rewrite <- Z.pow_add_r by lia; f_equal; lia). clear e.
  set (p := 2 ^ (31 - k)) in *. set (q := 2 ^ k) in *. assert (0 < p) by (apply power_pos; lia). assert (0 < q) by (apply power_pos; lia).
  pose proof (Z.div_mod a p ltac:(lia)) as d. pose proof (Z.mod_pos_bound a p ltac:(lia)) as by_.
  set (x := a / p) in *. set (y := a mod p) in *. pose proof (Z.div_mod x 2 ltac:(lia)) as d2. pose proof (Z.mod_pos_bound x 2 ltac:(lia)) as bt.
  set (u := x / 2) in *. set (t := x mod 2) in *. clearbody x y u t p q.
  assert (ub : 0 <= u < q). { unfold word in w. change (2 ^ 32) with (2 ^ 31 * 2) in w. rewrite <- e' in w. nia. }
  assert (e1 : a / (p * 2) = u) by (symmetry; apply (Z.div_unique_pos a (p * 2) u (t * p + y)); nia).
  assert (e2 : a mod (p * 2) = t * p + y) by (symmetry; apply (Z.mod_unique_pos a (p * 2) u (t * p + y)); nia).
  rewrite e1, e2. assert (s : 0 <= y * q + u < 2 ^ 31) by (rewrite <- e'; nia).
  replace ((t * p + y) * q + u) with (2 ^ 31 * t + (y * q + u)) by (rewrite <- e'; ring).
  rewrite <- (Z.mod_unique_pos (2 ^ 31 * t + (y * q + u)) (2 ^ 31) t (y * q + u)) by lia.
  rewrite <- (Z.div_unique_pos (2 ^ 31 * t + (y * q + u)) (2 ^ 31) t (y * q + u)) by lia. rewrite d2. ring.
Qed.
Lemma rotated_twice_31 a : word a -> rotated (rotated a 31) 1 = a.
Proof.
  intro w. rewrite (rotated_parts a 31 1), (rotated_parts _ 1 31) by lia. change (2 ^ 1) with 2.
  pose proof (Z.div_mod a 2 ltac:(lia)) as d. pose proof (Z.mod_pos_bound a 2 ltac:(lia)) as b. unfold word in w.
  set (u := a / 2) in *. set (t := a mod 2) in *. clearbody u t. assert (0 <= u < 2 ^ 31) by lia.
  rewrite <- (Z.mod_unique_pos (t * 2 ^ 31 + u) (2 ^ 31) t u) by lia.
  rewrite <- (Z.div_unique_pos (t * 2 ^ 31 + u) (2 ^ 31) t u) by lia. lia.
Qed.

(* n bits to the right. *)
Lemma rotated_right a n : 0 <= n <= 32 -> (a * 2 ^ (32 - n)) mod 2 ^ 32 + a / 2 ^ n = rotated a (32 - n).
Proof. intro. apply joined_add; lia. Qed.

(* ---- operations of two words ---- *)

Lemma operate_mirrored o o' a b : mirrored o = Some o' -> operate o a b = operate o' b a.
Proof.
  destruct o; intro e; try discriminate e; injection e as <-; cbn [operate];
    rewrite ?(Z.add_comm b), ?(Z.mul_comm b), ?(Z.land_comm b), ?(Z.lor_comm b), ?(Z.lxor_comm b), ?(Z.eqb_sym b); reflexivity.
Qed.
Lemma operate_leftward o a n : word a -> word n -> operate (fst (leftward o n)) a (snd (leftward o n)) = operate o a n.
Proof.
  intros wa wn. destruct o; try reflexivity. cbn [leftward fst snd operate]. unfold word in wn.
  destruct (n <? 32) eqn:l; [|now rewrite l]. apply Z.ltb_lt in l. rewrite rotated_right by lia.
  assert (c : n = 0 \/ 0 < n) by lia. destruct c as [->|p].
  - change ((32 - 0) mod 32 <? 32) with true. cbn iota. do 2 f_equal. change ((32 - 0) mod 32) with 0. fold (rotated a 0).
    rewrite rotated_0 by exact wa. change (32 - 0) with 32. rewrite (rotated_parts a 32 0) by lia. change (2 ^ 0) with 1.
    rewrite Z.mod_1_r, Z.div_1_r. reflexivity.
  - rewrite Z.mod_small by lia. destruct (32 - n <? 32) eqn:l'; [|apply Z.ltb_ge in l'; lia]. reflexivity.
Qed.
Lemma leftward_word o n : word n -> word (snd (leftward o n)).
Proof.
  intro w. destruct o; try exact w. cbn [leftward snd]. destruct (n <? 32); [|exact w].
  pose proof (Z.mod_pos_bound (32 - n) 32 ltac:(lia)). unfold word. lia.
Qed.
Lemma leftward_no_rotr o n : fst (leftward o n) <> ROTR.
Proof. destruct o; discriminate. Qed.

(* NOT is XOR with the word of ones. *)
Lemma xor_ones a : word a -> Z.lxor a (2 ^ 32 - 1) = 2 ^ 32 - 1 - a.
Proof.
  intro w. change (2 ^ 32 - 1) with (Z.ones 32). assert (e : a + Z.lxor a (Z.ones 32) = Z.ones 32); [|lia].
  assert (z : Z.land a (Z.lxor a (Z.ones 32)) = 0).
  { apply Z.bits_inj'. intros n hn. rewrite Z.land_spec, Z.lxor_spec, Z.bits_0. destruct (Z_lt_ge_dec n 32).
    - rewrite Z.ones_spec_low by lia. now destruct (Z.testbit a n).
    - rewrite <- (Z.mod_small a (2 ^ 32)) by apply w. rewrite Z.mod_pow2_bits_high by lia. reflexivity. }
  rewrite Z.add_nocarry_lxor by exact z. rewrite <- Z.lxor_assoc, Z.lxor_nilpotent, Z.lxor_0_l. reflexivity.
Qed.

(* XOR 31 of a number of bits below 32 is 31 less that number; other words stay 32 or more. *)
Lemma xor_31_small n : 0 <= n < 32 -> Z.lxor n 31 = 31 - n.
Proof.
  intro h. assert (c : forallb (fun k => Z.lxor (Z.of_nat k) 31 =? 31 - Z.of_nat k) (seq 0 32) = true) by (vm_compute; reflexivity).
  rewrite forallb_forall in c. specialize (c (Z.to_nat n)). rewrite Z2Nat.id in c by lia. apply Z.eqb_eq, c, in_seq. lia.
Qed.
Lemma xor_31_large n : 32 <= n -> 32 <= Z.lxor n 31.
Proof.
  intro h. assert (nn : 0 <= Z.lxor n 31) by (apply Z.lxor_nonneg; lia).
  assert (e : Z.lxor n 31 / 2 ^ 5 = n / 2 ^ 5).
  { rewrite <- !Z.shiftr_div_pow2, Z.shiftr_lxor by lia. change (Z.shiftr 31 5) with 0. now rewrite Z.lxor_0_r. }
  change (2 ^ 5) with 32 in e. pose proof (Z.div_le_lower_bound n 32 1 ltac:(lia) ltac:(lia)).
  pose proof (Z.mul_div_le (Z.lxor n 31) 32 ltac:(lia)). lia.
Qed.

(* ---- results are words ---- *)

Lemma bitwise_word (f : Z -> Z -> Z) (g : bool -> bool -> bool) a b :
  g false false = false -> (forall x y n, 0 <= n -> Z.testbit (f x y) n = g (Z.testbit x n) (Z.testbit y n)) ->
  (0 <= a -> 0 <= b -> 0 <= f a b) -> word a -> word b -> word (f a b).
Proof.
  intros g0 spec nn [wa1 wa2] [wb1 wb2]. specialize (nn wa1 wb1). split; [exact nn|].
  assert (e : f a b mod 2 ^ 32 = f a b); [|rewrite <- e; apply Z.mod_pos_bound; lia].
  apply Z.bits_inj'. intros n hn. destruct (Z_lt_ge_dec n 32); [now rewrite Z.mod_pow2_bits_low|].
  rewrite Z.mod_pow2_bits_high, spec by lia. rewrite <- (Z.mod_small a (2 ^ 32)), <- (Z.mod_small b (2 ^ 32)) by lia.
  rewrite !Z.mod_pow2_bits_high by lia. now rewrite g0.
Qed.
Lemma mod_word z : word (z mod 2 ^ 32).
Proof. apply Z.mod_pos_bound. lia. Qed.
Lemma bool_word b : word (z_of b).
Proof. destruct b; split; cbn; lia. Qed.
Lemma divided_word a b : word a -> 0 < b -> word (a / b).
Proof. intros [w1 w2] p. split; [now apply Z.div_pos|]. apply Z.le_lt_trans with a; [|lia]. apply Z.div_le_upper_bound; nia. Qed.

(* `injection` would compute with the numbers. *)
Lemma result_is (x r : Z) (y c : option bool) : Some (x, y) = Some (r, c) -> x = r.
Proof. congruence. Qed.
Lemma operate_word o a b r c : word a -> word b -> operate o a b = Some (r, c) -> word r.
Proof.
  intros wa wb e. pose proof wa as [wa1 wa2]. pose proof wb as [wb1 wb2].
  destruct o; cbn [operate] in e; try (destruct (b =? 0) eqn:z; [discriminate e|apply Z.eqb_neq in z]);
    try (destruct (b <? 32) eqn:l; [apply Z.ltb_lt in l|discriminate e]); apply result_is in e; subst r; try apply mod_word; try apply bool_word.
  - split; [apply Z.div_pos; nia|]. apply Z.div_lt_upper_bound; nia.
  - apply divided_word; [exact wa|lia].
  - pose proof (Z.mod_pos_bound a b ltac:(lia)). unfold word. lia.
  - apply (bitwise_word Z.land andb); auto using Z.land_spec. intros. apply Z.land_nonneg. now left.
  - apply (bitwise_word Z.lor orb); auto using Z.lor_spec. intros. now apply Z.lor_nonneg.
  - apply (bitwise_word Z.lxor xorb); auto using Z.lxor_spec. intros. apply Z.lxor_nonneg. tauto.
  - apply divided_word; [exact wa|]. apply power_pos. lia.
  - apply rotated_word; [exact wa|lia].
  - rewrite rotated_right by lia. assert (cs : b = 0 \/ 0 < b) by lia. destruct cs as [->|p].
    + change (32 - 0) with 32. rewrite (rotated_parts a 32 0) by lia. change (2 ^ 0) with 1. now rewrite Z.mod_1_r, Z.div_1_r.
    + apply rotated_word; [exact wa|lia].
Qed.

(* ROTR of words of the stack: XOR 31, ROTL, ROTL 1. *)
Lemma rotr_as_rotl a n x r : word a -> word n -> operate ROTL a (Z.lxor n 31) = Some (x, None) -> operate ROTL x 1 = Some (r, None) ->
  operate ROTR a n = Some (r, None).
Proof.
  intros wa wn e1 e2. cbn [operate] in *. unfold word in wn.
  destruct (n <? 32) eqn:l; [apply Z.ltb_lt in l|apply Z.ltb_ge in l; pose proof (xor_31_large n l) as g;
    apply Z.ltb_ge in g; rewrite g in e1; discriminate e1].
  rewrite xor_31_small in e1 by lia. destruct (31 - n <? 32) eqn:l'; [|apply Z.ltb_ge in l'; lia].
  apply result_is in e1. subst x. change (1 <? 32) with true in e2. apply result_is in e2. subst r. do 2 f_equal. rewrite rotated_right by lia.
  change (rotated a (32 - n) = rotated (rotated a (31 - n)) 1). assert (c : n = 0 \/ 0 < n) by lia. destruct c as [->|p].
  - rewrite rotated_twice_31 by exact wa. change (32 - 0) with 32. rewrite (rotated_parts a 32 0) by lia. change (2 ^ 0) with 1.
    now rewrite Z.mod_1_r, Z.div_1_r.
  - rewrite rotated_once_more by (exact wa || lia). f_equal. lia.
Qed.
