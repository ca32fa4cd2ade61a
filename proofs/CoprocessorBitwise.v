(* Every tuple with which a row of the bitwise table answers is right. It is the sum of the tuples of its digits, so each of
   its fields is the number with the digits of that field. The number of an operation has the same pattern in each digit, so
   a row that mixes operations makes a number of none. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Lookups Linear Digits CoprocessorTuples.
Import ListNotations.
Open Scope Z_scope.

Definition cop_dec (x y : cop) : {x = y} + {x <> y}.
Proof. decide equality. Defined.
Definition bitwise : list cop := [CAnd; COr; CXor].
Definition bit_operation (o : cop) : Z -> Z -> Z := match o with CAnd => Z.land | COr => Z.lor | _ => Z.lxor end.

(* Four bits and eight digits, or two bits and sixteen. *)
Definition width (k : Z) (n : nat) : Prop := (k = 4 /\ n = 8%nat) \/ (k = 2 /\ n = 16%nat).
Lemma digits_width c : width (digit_bits c) (digits c).
Proof.
  unfold digits, digit_bits. cbv zeta. destruct (_ <=? _); [left|right]; split; reflexivity.
Qed.

Definition pattern (k : Z) (o : cop) : Z := number o mod 2 ^ k.
(* The digits of an operation's number. *)
Definition digits_of (k : Z) (n : nat) (o : cop) : list Z := map (fun i => number o / 2 ^ (k * Z.of_nat i) mod 2 ^ k) (seq 0 n).

Section Numbers.
  Variable k : Z.
  Variable n : nat.
  Hypothesis widths : width k n.
  Lemma k_positive : 0 < k. Proof. destruct widths; lia. Qed.
  Lemma k_digits : k * Z.of_nat n = 32. Proof. destruct widths; lia. Qed.

  Lemma digits_make o : number_of k (digits_of k n o) = number o.
  Proof. destruct widths as [[-> ->]|[-> ->]]; destruct o; reflexivity. Qed.
  Lemma digits_are o : Forall (digit k) (digits_of k n o).
  Proof.
    unfold digits_of. apply Forall_forall. intros d hd. apply in_map_iff in hd. destruct hd as [i [<- _]].
    apply Z.mod_pos_bound, base_positive, k_positive.
  Qed.
  Lemma pattern_digit o : digit k (pattern k o).
  Proof. apply Z.mod_pos_bound, base_positive, k_positive. Qed.
  Lemma same_pattern o d : In o bitwise -> In d (digits_of k n o) -> d = pattern k o.
  Proof.
    destruct widths as [[-> ->]|[-> ->]]; intros [<-|[<-|[<-|[]]]] h; vm_compute in h |- *; repeat destruct h as [h|h];
      first [contradiction|congruence].
  Qed.
  Lemma other_zero o : ~ In o bitwise -> In 0 (digits_of k n o).
  Proof.
    intro h. destruct widths as [[-> ->]|[-> ->]]; destruct o; try (exfalso; apply h; unfold bitwise; cbn; tauto); vm_compute; tauto.
  Qed.
  Lemma pattern_not_zero o : In o bitwise -> pattern k o <> 0.
  Proof. destruct widths as [[-> ->]|[-> ->]]; intros [<-|[<-|[<-|[]]]]; discriminate. Qed.
  Lemma pattern_inj o o' : In o bitwise -> In o' bitwise -> pattern k o = pattern k o' -> o = o'.
  Proof.
    destruct widths as [[-> ->]|[-> ->]]; intros [<-|[<-|[<-|[]]]] [<-|[<-|[<-|[]]]] h; first [reflexivity|vm_compute in h; discriminate].
  Qed.

  (* If the patterns of n operations make the number of an operation, then all are this operation. *)
  Lemma all_the_same l o : length l = n -> Forall (fun o => In o bitwise) l -> number_of k (map (pattern k) l) = number o ->
    Forall (eq o) l.
  Proof.
    intros len hl e. rewrite <- (digits_make o) in e. apply (number_inj k k_positive) in e.
    - assert (ho : In o bitwise).
      { destruct (in_dec cop_dec o bitwise) as [h|h]; [exact h|exfalso].
        apply other_zero in h. rewrite <- e in h. apply in_map_iff in h. destruct h as (o' & z & h).
        exact (pattern_not_zero o' (proj1 (Forall_forall _ _) hl _ h) z). }
      apply Forall_forall. intros o' h'. apply pattern_inj; [exact ho|exact (proj1 (Forall_forall _ _) hl _ h')|].
      symmetry. apply (same_pattern o _ ho). rewrite <- e. now apply in_map.
    - apply Forall_forall. intros d hd. apply in_map_iff in hd. destruct hd as [o' [<- _]]. apply pattern_digit.
    - apply digits_are.
    - unfold digits_of. now rewrite !map_length, seq_length.
  Qed.

  (* Digits of an operation and of two words. *)
  Definition digit_row := (cop * (Z * Z))%type.
  Definition is_row (d : digit_row) : Prop := In (fst d) bitwise /\ digit k (fst (snd d)) /\ digit k (snd (snd d)).
  Definition answer_of (d : digit_row) : Z := bit_operation (fst d) (fst (snd d)) (snd (snd d)).
  Definition entry_of (d : digit_row) : Z := fst (snd d) + 2 ^ 40 * answer_of d + 2 ^ 76 * pattern k (fst d) + 2 ^ 112 * snd (snd d).

  Lemma answer_digit d : is_row d -> digit k (answer_of d).
  Proof.
    intros (ho & hx & hy). unfold answer_of. destruct ho as [<-|[<-|[<-|[]]]]; cbn [bit_operation].
    - exact (op_digit k k_positive andb Z.land eq_refl Z.land_spec _ _ hx hy).
    - exact (op_digit k k_positive orb Z.lor eq_refl Z.lor_spec _ _ hx hy).
    - exact (op_digit k k_positive xorb Z.lxor eq_refl Z.lxor_spec _ _ hx hy).
  Qed.
  Lemma bit_operation_number o l : In o bitwise -> Forall (fun '(x, y) => digit k x /\ digit k y) l ->
    number_of k (map (fun '(x, y) => bit_operation o x y) l) = bit_operation o (number_of k (map fst l)) (number_of k (map snd l)).
  Proof.
    intros [<-|[<-|[<-|[]]]] h; cbn [bit_operation].
    - exact (op_number k k_positive andb Z.land eq_refl Z.land_spec _ h).
    - exact (op_number k k_positive orb Z.lor eq_refl Z.lor_spec _ h).
    - exact (op_number k k_positive xorb Z.lxor eq_refl Z.lxor_spec _ h).
  Qed.
  Lemma entries_number l : number_of k (map entry_of l) =
    number_of k (map fst (map snd l)) + 2 ^ 40 * number_of k (map answer_of l) + 2 ^ 76 * number_of k (map (pattern k) (map fst l)) +
    2 ^ 112 * number_of k (map snd (map snd l)).
  Proof.
    induction l as [|d l IH]; [reflexivity|]. cbn [map number_of fold_right]. fold (number_of k (map entry_of l)).
    rewrite IH. unfold number_of, entry_of. ring.
  Qed.
  Lemma word_number l : length l = n -> Forall (digit k) l -> word (number_of k l).
  Proof. intros len h. pose proof (number_bound k k_positive l h) as b. rewrite len, k_digits in b. exact b. Qed.

  Theorem digits_answer l : length l = n -> Forall is_row l -> answers (#(number_of k (map entry_of l)))%F.
  Proof.
    intros len h. rewrite entries_number. rewrite Forall_forall in h.
    assert (wx : word (number_of k (map fst (map snd l)))).
    { apply word_number; [now rewrite !map_length|]. apply Forall_forall. intros z hz. rewrite map_map in hz. apply in_map_iff in hz.
      destruct hz as [d [<- hd]]. apply (h d hd). }
    assert (wy : word (number_of k (map snd (map snd l)))).
    { apply word_number; [now rewrite !map_length|]. apply Forall_forall. intros z hz. rewrite map_map in hz. apply in_map_iff in hz.
      destruct hz as [d [<- hd]]. apply (h d hd). }
    assert (wr : word (number_of k (map answer_of l))).
    { apply word_number; [now rewrite !map_length|]. apply Forall_forall. intros z hz. apply in_map_iff in hz.
      destruct hz as [d [<- hd]]. apply answer_digit, (h d hd). }
    assert (wo : word (number_of k (map (pattern k) (map fst l)))).
    { apply word_number; [now rewrite !map_length|]. apply Forall_forall. intros z hz. apply in_map_iff in hz.
      destruct hz as [d [<- hd]]. apply pattern_digit. }
    exists (number_of k (map fst (map snd l))), 0, (number_of k (map answer_of l)),
      (number_of k (map (pattern k) (map fst l))), (number_of k (map snd (map snd l))).
    unfold word in *. constructor; try lia.
    - rewrite question_value. f_equal. lia.
    - intros o e _. split; [lia|]. clear wx wy wr wo.
      assert (os : forall d, In d l -> In (fst d) bitwise) by (intros d hd; apply (h d hd)).
      apply all_the_same in e; [|now rewrite map_length|].
      + rewrite Forall_forall in e. assert (ho : In o bitwise).
        { destruct l as [|d l]; [|rewrite (e (fst d) (or_introl eq_refl)); apply os; now left].
          exfalso. cbn in len. destruct widths; lia. }
        assert (r : number_of k (map answer_of l) = bit_operation o (number_of k (map fst (map snd l))) (number_of k (map snd (map snd l)))).
        { rewrite <- (bit_operation_number o (map snd l) ho).
          - f_equal. rewrite map_map. apply map_ext_in. intros d hd. unfold answer_of. rewrite <- (e (fst d)); [|now apply in_map].
            now destruct d as [o' [x y]].
          - apply Forall_forall. intros [x y] hz. apply in_map_iff in hz. destruct hz as [d [ed hd]]. destruct (h d hd) as [_ hxy].
            rewrite ed in hxy. exact hxy. }
        rewrite r. clear - ho. destruct ho as [<-|[<-|[<-|[]]]]; reflexivity.
      + apply Forall_forall. intros o' h'. apply in_map_iff in h'. destruct h' as [d [<- hd]]. now apply os.
  Qed.
End Numbers.

(* The row as it is built. *)
Section Row.
  Variable c : capacities.
  Variable s : assignment.
  Variable j : nat.
  Hypothesis digits_found : forall q, (q < digits c)%nat -> exists e, In e (digit_entries c) /\ s (Column Bitwise j (1 + q)) = (#e)%F.

  Lemma entry_row e : In e (digit_entries c) -> exists d, is_row (digit_bits c) d /\ e = entry_of (digit_bits c) d.
  Proof.
    assert (range : forall x, In x (map Z.of_nat (seq 0 (Z.to_nat (2 ^ digit_bits c)))) -> digit (digit_bits c) x).
    { intros x hx. apply in_map_iff in hx. destruct hx as [m [<- hm]]. apply in_seq in hm.
      pose proof (base_positive _ (k_positive _ _ (digits_width c))). unfold digit. lia. }
    intro h. unfold digit_entries in h. apply in_flat_map in h. destruct h as [o [ho h]]. apply in_flat_map in h.
    destruct h as [y [hy h]]. apply in_map_iff in h. destruct h as [x [<- hx]]. exists (o, (x, y)). split.
    - repeat split; cbn [fst snd]; try apply range; auto.
    - unfold digit_entry, entry_of, answer_of, pattern. cbn [fst snd]. destruct ho as [<-|[<-|[<-|[]]]]; reflexivity.
  Qed.
  Lemma rows_found l : (forall q, In q l -> (q < digits c)%nat) -> exists ds, length ds = length l /\ Forall (is_row (digit_bits c)) ds /\
    eval s (recompose (digit_bits c) (map (fun q => v (Column Bitwise j (1 + q))) l)) =
      (#(number_of (digit_bits c) (map (entry_of (digit_bits c)) ds)))%F.
  Proof.
    induction l as [|q l IH]; intro h.
    - exists []. repeat split. constructor.
    - destruct IH as (ds & len & hd & e); [intros q' hq; apply h; now right|].
      destruct (digits_found q) as (z & hz & ez); [apply h; now left|]. destruct (entry_row z hz) as (d & h' & ->).
      exists (d :: ds). cbn [length map recompose number_of fold_right]. split; [now rewrite len|]. split; [now constructor|].
      fold (number_of (digit_bits c) (map (entry_of (digit_bits c)) ds)).
      now rewrite eval_app, eval_scale, eval_v, e, ez, ofZ_add, ofZ_mul.
  Qed.

  Theorem bitwise_answers : Forall (answers_rightly s) (bitwise_row c j).
  Proof.
    unfold bitwise_row. cbv zeta. apply Forall_app. split.
    - apply without_answers, without_map. reflexivity.
    - apply Forall_cons; [|apply Forall_nil]. unfold answers_rightly. rewrite value_single. eexists. split; [reflexivity|].
      destruct (rows_found (seq 0 (digits c))) as (ds & len & hd & ->); [intros q hq; apply in_seq in hq; lia|].
      rewrite seq_length in len. exact (digits_answer _ _ (digits_width c) ds len hd).
  Qed.
End Row.
