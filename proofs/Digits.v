(* Numbers digit by digit in base 2^k: a bitwise operation on the digits is that operation on the numbers. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows.
Import ListNotations.
Open Scope Z_scope.

Section Digits.
  Variable k : Z.
  Hypothesis k_positive : 0 < k.

  (* The number with these digits, the lowest first. *)
  Definition number_of (l : list Z) : Z := fold_right (fun d rest => d + 2 ^ k * rest) 0 l.
  Definition digit (d : Z) : Prop := 0 <= d < 2 ^ k.

  Lemma base_positive : 0 < 2 ^ k.
  Proof. apply Z.pow_pos_nonneg; lia. Qed.
  Lemma number_bound l : Forall digit l -> 0 <= number_of l < 2 ^ (k * Z.of_nat (length l)).
  Proof.
    pose proof base_positive as bp. induction 1 as [|d l hd _ IH]; cbn [number_of fold_right length].
    - rewrite Z.mul_0_r. cbn. lia.
    - fold (number_of l). replace (k * Z.of_nat (S (length l))) with (k + k * Z.of_nat (length l)) by lia.
      rewrite Z.pow_add_r by lia. unfold digit in hd. nia.
  Qed.
  (* As many digits that make the same number are the same. *)
  Lemma number_inj l : Forall digit l -> forall l', Forall digit l' -> length l = length l' -> number_of l = number_of l' -> l = l'.
  Proof.
    pose proof base_positive as bp. induction 1 as [|d l hd hl IH]; intros l' h' len e; destruct l' as [|d' l']; try discriminate; [reflexivity|].
    inversion h' as [|? ? hd' hl']; subst. cbn [number_of fold_right length] in *. fold (number_of l) (number_of l') in e. unfold digit in *.
    assert (q : number_of l = number_of l') by nia. f_equal; [rewrite q in e; lia|]. apply IH; auto.
  Qed.

  (* Bits of a number with a lowest digit. *)
  Lemma bit_of d n i : digit d -> 0 <= i -> Z.testbit (d + 2 ^ k * n) i = if i <? k then Z.testbit d i else Z.testbit n (i - k).
  Proof.
    intros hd hi. pose proof base_positive as bp. unfold digit in hd. destruct (i <? k) eqn:lt; [apply Z.ltb_lt in lt|apply Z.ltb_ge in lt].
    - rewrite <- (Z.mod_pow2_bits_low _ k) by lia. f_equal. symmetry. apply (Z.mod_unique _ _ n); [left; lia|lia].
    - replace i with (i - k + k) at 1 by lia. rewrite <- Z.div_pow2_bits by lia. f_equal. symmetry. apply (Z.div_unique _ _ _ d); [left; lia|lia].
  Qed.
  Lemma digit_high d i : digit d -> k <= i -> Z.testbit d i = false.
  Proof.
    intros hd hi. rewrite <- (Z.mod_small d (2 ^ k)) by exact hd. apply Z.mod_pow2_bits_high. lia.
  Qed.
  Lemma digit_from_bits z : (forall i, k <= i -> Z.testbit z i = false) -> digit z.
  Proof.
    intro h. assert (e : z mod 2 ^ k = z).
    { apply Z.bits_inj'. intros i hi. destruct (Z.lt_ge_cases i k); [apply Z.mod_pow2_bits_low; lia|].
      rewrite h by lia. apply Z.mod_pow2_bits_high. lia. }
    unfold digit. rewrite <- e. apply Z.mod_pos_bound, base_positive.
  Qed.

  (* An operation bit by bit. *)
  Variable f : bool -> bool -> bool.
  Variable op : Z -> Z -> Z.
  Hypothesis f_false : f false false = false.
  Hypothesis op_spec : forall x y i, Z.testbit (op x y) i = f (Z.testbit x i) (Z.testbit y i).

  Lemma op_digit x y : digit x -> digit y -> digit (op x y).
  Proof. intros hx hy. apply digit_from_bits. intros i hi. now rewrite op_spec, !digit_high. Qed.
  Theorem op_number (l : list (Z * Z)) : Forall (fun '(x, y) => digit x /\ digit y) l ->
    number_of (map (fun '(x, y) => op x y) l) = op (number_of (map fst l)) (number_of (map snd l)).
  Proof.
    induction 1 as [|[x y] l [hx hy] _ IH].
    - cbn. apply Z.bits_inj'. intros i _. now rewrite op_spec, Z.bits_0, f_false.
    - cbn [map number_of fold_right fst snd]. fold (number_of (map (fun '(x, y) => op x y) l)).
      fold (number_of (map fst l)). fold (number_of (map snd l)). rewrite IH. apply Z.bits_inj'. intros i hi.
      rewrite op_spec, !bit_of by auto using op_digit. rewrite !op_spec. now destruct (i <? k).
  Qed.
End Digits.
