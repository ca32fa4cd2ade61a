(* Functions of three words by chunks of digits: if every chunk is an entry of the table of its position, and the digits of
   all chunks are the weighted sum of three spread words, then the results make the function of the words. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Sha256 Machine ShaPlan ShaDigits.
Import ListNotations.
Open Scope Z_scope.

(* A function on words, and on bits. *)
Definition apply_function (f : function) (x y z : Z) : Z :=
  match f with Parity => Z.lxor x (Z.lxor y z) | Majority => maj x y z | Choice => ch x y z end.
Definition apply_bits (f : function) (x y z : bool) : bool :=
  match f with
  | Parity => xorb x (xorb y z)
  | Majority => xorb (x && y) (xorb (x && z) (y && z))
  | Choice => xorb (x && y) (negb x && z)
  end.
Lemma apply_bit f x y z i : word x -> (i < 32)%nat ->
  Z.testbit (apply_function f x y z) (Z.of_nat i) =
  apply_bits f (Z.testbit x (Z.of_nat i)) (Z.testbit y (Z.of_nat i)) (Z.testbit z (Z.of_nat i)).
Proof.
  intros hx hi. destruct f; cbn [apply_function apply_bits]; unfold maj, ch; rewrite ?Z.lxor_spec, ?Z.land_spec; auto.
  f_equal. f_equal. change (2 ^ 32 - 1) with (Z.ones 32).
  assert (e : Z.ldiff x (Z.ones 32) = 0).
  { destruct (Z.eq_dec x 0) as [->|n]; [apply Z.ldiff_0_l|]. unfold word in hx. apply Z.ldiff_ones_r_low; [lia|].
    apply Z.log2_lt_pow2; lia. }
  rewrite (Z.sub_nocarry_ldiff _ _ e), Z.ldiff_spec, Z.ones_spec_low by lia. reflexivity.
Qed.

(* The digit of three bits, and its result. *)
Definition weigh (f : function) (x y z : Z) : Z := let '(p, q, r) := weights f in p * x + q * y + r * z.
Lemma result_of_bits f x y z : result_of f (weigh f (Z.b2z x) (Z.b2z y) (Z.b2z z)) = Z.b2z (apply_bits f x y z).
Proof. destruct f, x, y, z; reflexivity. Qed.
Lemma weigh_below f x y z : 0 <= weigh f (Z.b2z x) (Z.b2z y) (Z.b2z z) < 8.
Proof. destruct f, x, y, z; cbn; lia. Qed.

(* The digits of a weighted sum of spread words. *)
Lemma weigh_spread f x y z : weigh f (spread 32 x) (spread 32 y) (spread 32 z) =
  digits_value 8 (map (fun i => weigh f (bit_of x i) (bit_of y i) (bit_of z i)) (seq 0 32)).
Proof. unfold weigh, spread, bits. destruct (weights f) as [[p q] r]. symmetry. apply value_weighted. Qed.

(* Digits with the value of a weighted sum have the function of the words as their results. *)
Theorem digits_apply f x y z ds : word x -> length ds = 32%nat -> all_below 8 ds ->
  digits_value 8 ds = weigh f (spread 32 x) (spread 32 y) (spread 32 z) ->
  digits_value 2 (map (result_of f) ds) = apply_function f x y z mod 2 ^ 32.
Proof.
  intros hx len b e. rewrite weigh_spread in e. apply value_inj in e; [|lia|now rewrite map_length, seq_length|exact b|].
  - rewrite e, map_map. change (2 ^ 32) with (2 ^ Z.of_nat 32). rewrite <- bits_value. f_equal. unfold bits. apply map_ext_in.
    intros i hi. apply in_seq in hi. unfold bit_of. rewrite result_of_bits, apply_bit by (auto; lia). reflexivity.
  - apply Forall_forall. intros d hd. apply in_map_iff in hd. destruct hd as [i [<- _]]. apply weigh_below.
Qed.

(* --- the tables of chunks --- *)
Lemma in_digit_lists digits count l : In l (digit_lists digits count) <-> length l = count /\ Forall (fun d => In d digits) l.
Proof.
  revert l. induction count as [|count IH]; intro l; cbn [digit_lists].
  - split; [intros [<-|[]]; now split|]. intros [h _]. left. now destruct l.
  - rewrite in_flat_map. split.
    + intros [rest [h h']]. apply in_map_iff in h'. destruct h' as [d [<- hd]]. apply IH in h. destruct h as [h1 h2]. split; [cbn; lia|].
      now constructor.
    + intros [len h]. destruct l as [|d l]; [easy|]. exists l. split; [apply IH; split; [now injection len|exact (Forall_inv_tail h)]|].
      apply in_map_iff. exists d. split; [reflexivity|exact (Forall_inv h)].
Qed.
Lemma digits_range f d : In d (digits_of f) -> 0 <= d < Z.of_nat (length (results f)).
Proof. unfold digits_of. intro h. apply in_map_iff in h. destruct h as [i [<- h]]. apply in_seq in h. lia. Qed.
Lemma result_range f d : 0 <= result_of f d <= 1.
Proof.
  unfold result_of. generalize (Z.to_nat d). clear. intro n. destruct f; cbn [results]; do 8 (try destruct n as [|n]); cbn; lia.
Qed.

(* An entry for a position. *)
Definition is_entry (f : function) (l : lane) (position : nat) (e : Z) : Prop :=
  exists ds, length ds = digits_of_chunk f position /\ Forall (fun d => In d (digits_of f)) ds /\ e = chunk_entry f l position ds.
Lemma entry_of_table f l position e : In e (table_entries (Chunks f l position)) -> is_entry f l position (fst e) /\ snd e = 0.
Proof.
  cbn [table_entries]. intro h. apply in_map_iff in h. destruct h as [ds [<- h]]. apply in_digit_lists in h.
  split; [|reflexivity]. exists ds. tauto.
Qed.

Fixpoint are_entries (f : function) (l : lane) (position : nat) (es : list Z) : Prop :=
  match es with [] => True | e :: es => is_entry f l position e /\ are_entries f l (S position) es end.
Definition sum_of (es : list Z) : Z := fold_right Z.add 0 es.

(* The entries of all positions from one on make the digits and the results of the rest of a word. *)
Lemma entries_join f l es : forall position, are_entries f l position es -> (position + length es = chunks f)%nat ->
  exists ds, length ds = (32 - position * chunk f)%nat /\ Forall (fun d => In d (digits_of f)) ds /\
    sum_of es = chunk_entry f l position ds.
Proof.
  induction es as [|e es IH]; intros position h len.
  - exists []. split; [destruct f; cbn [chunk chunks length] in *; lia|]. split; [constructor|].
    unfold chunk_entry. cbn [sum_of fold_right map digits_value]. ring.
  - destruct h as [[ds (l1 & d1 & ->)] h]. cbn [length] in len. apply IH in h; [|lia]. destruct h as (rest & l2 & d2 & e2).
    exists (ds ++ rest). unfold digits_of_chunk in l1.
    change (S position * chunk f)%nat with (chunk f + position * chunk f)%nat in l2.
    split; [rewrite app_length; clear - l1 l2; generalize dependent (position * chunk f)%nat; lia|]. split; [now apply Forall_app|].
    cbn [sum_of fold_right]. fold (sum_of es). rewrite e2. unfold chunk_entry. cbv zeta.
    rewrite map_app, !value_app, map_length.
    destruct (Nat.le_gt_cases (chunk f) (32 - position * chunk f)) as [full|short].
    + rewrite Nat.min_l in l1 by exact full. rewrite l1.
      change (S position * chunk f)%nat with (chunk f + position * chunk f)%nat. rewrite Nat2Z.inj_add.
      rewrite !Z.pow_add_r by lia. ring.
    + destruct rest as [|r rest]; [cbn [map digits_value]; ring|].
      cbn [length] in l2. clear - l2 short. generalize dependent (position * chunk f)%nat. lia.
Qed.

(* What the entries of a whole word hold. *)
Theorem entries_word f l es : are_entries f l 0 es -> length es = chunks f ->
  exists ds, length ds = 32%nat /\ Forall (fun d => In d (digits_of f)) ds /\
    sum_of es = 2 ^ shift_of l * digits_value 8 ds + digits_value 2 (map (result_of f) ds).
Proof.
  intros h len. destruct (entries_join f l es 0 h len) as (ds & l1 & d1 & e). exists ds. split; [exact l1|]. split; [exact d1|].
  rewrite e. unfold chunk_entry. cbn [Nat.mul Z.of_nat]. rewrite !Z.pow_0_r. ring.
Qed.

(* Bounds of the digits and of the results of a word. *)
Lemma digits_bounds f ds : length ds = 32%nat -> Forall (fun d => In d (digits_of f)) ds ->
  all_below 8 ds /\ 0 <= digits_value 8 ds < 2 ^ 96 /\
  0 <= digits_value 2 (map (result_of f) ds) < 2 ^ 32.
Proof.
  intros len h.
  assert (r : forall top, Z.of_nat (length (results f)) - 1 = top -> Forall (fun d => 0 <= d <= top) ds).
  { intros top <-. eapply Forall_impl; [|exact h]. intros d hd. apply digits_range in hd. lia. }
  specialize (r _ eq_refl).
  assert (top : 0 <= Z.of_nat (length (results f)) - 1 <= 6) by (destruct f; cbn; lia).
  pose proof (value_bounds 8 ltac:(lia) ds (Z.of_nat (length (results f)) - 1) ltac:(lia) r) as b. rewrite len in b.
  pose proof (value_bounds 2 ltac:(lia) (map (result_of f) ds) 1 ltac:(lia)) as b2. rewrite map_length, len in b2.
  split; [eapply Forall_impl; [|exact r]; intros d hd; cbn beta in hd; lia|].
  change (8 ^ Z.of_nat 32) with (2 ^ 96) in b. change (2 ^ Z.of_nat 32) with (2 ^ 32) in b2.
  split; [destruct b as [b1 b]; split; [exact b1|];
    assert ((Z.of_nat (length (results f)) - 1) * (2 ^ 96 - 1) <= 6 * (2 ^ 96 - 1)) by (apply Z.mul_le_mono_nonneg_r; lia); lia|].
  assert (c : Forall (fun d => 0 <= d <= 1) (map (result_of f) ds)); [|apply b2 in c; lia].
  apply Forall_forall. intros d hd. apply in_map_iff in hd. destruct hd as [d' [<- _]]. apply result_range.
Qed.
(* Bounds of the digits of a weighted sum. *)
Lemma weigh_bounds f x y z : 0 <= weigh f (spread 32 x) (spread 32 y) (spread 32 z) < 2 ^ 96.
Proof.
  assert (b : forall w, 0 <= spread 32 w /\ 7 * spread 32 w <= 1 * (8 ^ Z.of_nat 32 - 1)).
  { intro w. unfold spread. pose proof (value_bounds 8 ltac:(lia) (bits 32 w) 1 ltac:(lia) (bits_below 32 w)) as b.
    rewrite bits_length in b. lia. }
  pose proof (b x). pose proof (b y). pose proof (b z). change (8 ^ Z.of_nat 32) with (2 ^ 96) in *.
  destruct f; cbn [weigh weights]; lia.
Qed.
