(* A word in pieces: if no piece is torn, the spread pieces at their new places make the spread form of the turned word. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Sha256 Machine ShaPlan ShaDigits.
Import ListNotations.
Open Scope Z_scope.

(* The number that pieces of these lengths make. *)
Fixpoint joined (lengths : list nat) (pieces : list Z) : Z :=
  match lengths, pieces with l :: lengths, x :: pieces => x + 2 ^ Z.of_nat l * joined lengths pieces | _, _ => 0 end.
Definition total_length (lengths : list nat) : nat := fold_right Nat.add 0%nat lengths.
Definition fits_length (l : nat) (x : Z) : Prop := 0 <= x < 2 ^ Z.of_nat l.
Definition in_pieces (lengths : list nat) (pieces : list Z) : Prop := Forall2 fits_length lengths pieces.

(* The weight of the bit at a place after a turn, and whether a turn tears no piece. *)
Definition weight_after (t : turn) (i : nat) : Z :=
  match t with
  | Rotate d => 8 ^ Z.of_nat (if (i <? d)%nat then i + 32 - d else i - d)
  | Shift d => if (i <? d)%nat then 0 else 8 ^ Z.of_nat (i - d)
  end.
Definition places (t : turn) : nat := match t with Rotate d | Shift d => d end.
Fixpoint untorn (d from : nat) (lengths : list nat) : bool :=
  match lengths with
  | [] => true
  | l :: lengths => ((d <=? from)%nat || (l + from <=? d)%nat) && untorn d (l + from) lengths
  end.
Fixpoint turned_sum (t : turn) (from : nat) (lengths : list nat) (pieces : list Z) : Z :=
  match lengths, pieces with
  | l :: lengths, x :: pieces => weight_after t from * spread l x + turned_sum t (l + from) lengths pieces
  | _, _ => 0
  end.

Lemma joined_bounds lengths pieces : in_pieces lengths pieces -> 0 <= joined lengths pieces < 2 ^ Z.of_nat (total_length lengths).
Proof.
  induction 1 as [|l x lengths pieces hx _ IH]; [cbn; lia|]. unfold fits_length in hx. cbn [joined total_length fold_right].
  fold (total_length lengths). rewrite Nat2Z.inj_add, Z.pow_add_r by lia. nia.
Qed.

(* The weights of the bits of one piece. *)
Lemma weight_in_piece t from l i : (places t <= 32)%nat -> (places t <=? from)%nat || (l + from <=? places t)%nat = true -> (i < l)%nat ->
  weight_after t (from + i) = weight_after t from * 8 ^ Z.of_nat i.
Proof.
  intros hd h hi. rewrite orb_true_iff, !Nat.leb_le in h.
  destruct t as [d|d]; cbn [weight_after places] in *;
    destruct (from <? d)%nat eqn:e; destruct (from + i <? d)%nat eqn:e'; rewrite ?Nat.ltb_lt, ?Nat.ltb_ge in *; try lia;
    rewrite <- ?Z.pow_add_r, <- ?Nat2Z.inj_add by lia; do 2 f_equal; lia.
Qed.

(* The spread pieces after a turn, as a sum over the bits of the word. *)
Lemma turned_bits t w : (places t <= 32)%nat -> forall lengths pieces from, in_pieces lengths pieces ->
  joined lengths pieces = Z.shiftr w (Z.of_nat from) -> untorn (places t) from lengths = true ->
  turned_sum t from lengths pieces = sum_over (seq from (total_length lengths)) (fun i => bit_of w i * weight_after t i).
Proof.
  intros hd lengths pieces from h. revert from. induction h as [|l x lengths pieces hx _ IH]; intros from e u; [reflexivity|].
  cbn [joined untorn turned_sum total_length fold_right] in *. fold (total_length lengths) in *.
  apply andb_true_iff in u. destruct u as [u1 u2]. unfold fits_length in hx.
  assert (pos : 0 < 2 ^ Z.of_nat l) by (apply Z.pow_pos_nonneg; lia).
  rewrite seq_app, sum_app. rewrite (Nat.add_comm from l). f_equal.
  - assert (eb : bits l x = map (fun i => bit_of w (from + i)) (seq 0 l)).
    { unfold bits. apply map_ext_in. intros i hi. apply in_seq in hi. unfold bit_of. f_equal.
      replace x with ((Z.shiftr w (Z.of_nat from)) mod 2 ^ Z.of_nat l).
      - rewrite Z.mod_pow2_bits_low by lia. rewrite Z.shiftr_spec by lia. f_equal. lia.
      - rewrite <- e. rewrite Z.mul_comm, Z.mod_add by lia. apply Z.mod_small. lia. }
    unfold spread. rewrite eb, value_sum_0, sum_scale.
    replace (seq from l) with (seq (from + 0) l) by (now rewrite Nat.add_0_r). rewrite sum_seq_shift.
    apply sum_ext. intros i hi. apply in_seq in hi.
    rewrite (weight_in_piece t from l i hd u1) by lia. ring.
  - apply IH; [|exact u2]. rewrite Nat2Z.inj_add, Z.add_comm, <- Z.shiftr_shiftr by lia. rewrite <- e.
    rewrite Z.shiftr_div_pow2 by lia. rewrite Z.mul_comm, Z.div_add by lia. rewrite Z.div_small by lia. lia.
Qed.

(* The bits of a word with their new weights make the spread form of the turned word. *)
Lemma bits_turned t w : word w -> (places t <= 32)%nat ->
  sum_over (seq 0 32) (fun i => bit_of w i * weight_after t i) = spread 32 (turn_value t w).
Proof.
  intros hw hd. unfold spread, bits. rewrite value_sum_0. fold (bit_of (turn_value t w)). destruct t as [d|d]; cbn [places turn_value] in *.
  - transitivity (sum_over (seq 0 d) (fun i => bit_of w i * weight_after (Rotate d) i) +
      sum_over (seq d (32 - d)) (fun i => bit_of w i * weight_after (Rotate d) i)).
    { rewrite <- sum_app, <- seq_app. do 2 f_equal. lia. }
    transitivity (sum_over (seq 0 (32 - d)) (fun i => Z.b2z (Z.testbit (rotr (Z.of_nat d) w) (Z.of_nat i)) * 8 ^ Z.of_nat i) +
      sum_over (seq (32 - d) d) (fun i => Z.b2z (Z.testbit (rotr (Z.of_nat d) w) (Z.of_nat i)) * 8 ^ Z.of_nat i)).
    + rewrite Z.add_comm. f_equal.
      * replace (seq d (32 - d)) with (seq (d + 0) (32 - d)) by (now rewrite Nat.add_0_r). rewrite sum_seq_shift.
        apply sum_ext. intros i hi. apply in_seq in hi.
        rewrite rotr_bit by (auto; lia). rewrite (proj2 (Nat.ltb_lt i (32 - d))) by lia. cbn [weight_after].
        rewrite (proj2 (Nat.ltb_ge (d + i) d)) by lia. unfold bit_of. rewrite (Nat.add_comm i d).
        replace (d + i - d)%nat with i by lia. reflexivity.
      * replace (seq (32 - d) d) with (seq (32 - d + 0) d) by (now rewrite Nat.add_0_r). rewrite sum_seq_shift.
        apply sum_ext. intros i hi. apply in_seq in hi.
        rewrite rotr_bit by (auto; lia). rewrite (proj2 (Nat.ltb_ge (32 - d + i) (32 - d))) by lia. cbn [weight_after].
        rewrite (proj2 (Nat.ltb_lt i d)) by lia. unfold bit_of.
        replace (32 - d + i - (32 - d))%nat with i by lia. replace (i + 32 - d)%nat with (32 - d + i)%nat by lia. reflexivity.
    + rewrite <- sum_app. f_equal. change (seq 0 (32 - d) ++ seq (0 + (32 - d)) d = seq 0 32). rewrite <- seq_app. f_equal. lia.
  - transitivity (sum_over (seq 0 d) (fun i => bit_of w i * weight_after (Shift d) i) +
      sum_over (seq d (32 - d)) (fun i => bit_of w i * weight_after (Shift d) i)).
    { rewrite <- sum_app, <- seq_app. do 2 f_equal. lia. }
    transitivity (sum_over (seq 0 (32 - d)) (fun i => Z.b2z (Z.testbit (shr (Z.of_nat d) w) (Z.of_nat i)) * 8 ^ Z.of_nat i) +
      sum_over (seq (32 - d) d) (fun i => Z.b2z (Z.testbit (shr (Z.of_nat d) w) (Z.of_nat i)) * 8 ^ Z.of_nat i)).
    + assert (zero : forall l g, (forall i, In i l -> g i = 0) -> sum_over l g = 0).
      { intros l g h. rewrite (sum_ext l g (fun _ => 0) h). clear h. induction l as [|i l IH]; [reflexivity|]. exact IH. }
      rewrite Z.add_comm. f_equal.
      * replace (seq d (32 - d)) with (seq (d + 0) (32 - d)) by (now rewrite Nat.add_0_r). rewrite sum_seq_shift.
        apply sum_ext. intros i hi. apply in_seq in hi.
        cbn [weight_after]. rewrite (proj2 (Nat.ltb_ge (d + i) d)) by lia. unfold bit_of, shr. rewrite Z.shiftr_spec by lia.
        replace (d + i - d)%nat with i by lia. rewrite <- Nat2Z.inj_add. now rewrite (Nat.add_comm i d).
      * rewrite (zero (seq 0 d)), (zero (seq (32 - d) d)); [reflexivity| |]; intros i hi; apply in_seq in hi.
        -- unfold shr. rewrite Z.shiftr_spec by lia. rewrite <- Nat2Z.inj_add, high_bit by (auto; lia). reflexivity.
        -- cbn [weight_after]. rewrite (proj2 (Nat.ltb_lt i d)) by lia. lia.
    + rewrite <- sum_app. f_equal. change (seq 0 (32 - d) ++ seq (0 + (32 - d)) d = seq 0 32). rewrite <- seq_app. f_equal. lia.
Qed.

(* The spread pieces of a word after a turn. *)
Theorem turned_pieces t lengths pieces : in_pieces lengths pieces -> total_length lengths = 32%nat -> (places t <= 32)%nat ->
  untorn (places t) 0 lengths = true -> turned_sum t 0 lengths pieces = spread 32 (turn_value t (joined lengths pieces)).
Proof.
  intros h len hd u. assert (b := joined_bounds _ _ h). rewrite len in b.
  rewrite (turned_bits t (joined lengths pieces) hd lengths pieces 0 h); [|now rewrite Z.shiftr_0_r|exact u].
  rewrite len. apply bits_turned; [exact b|exact hd].
Qed.
