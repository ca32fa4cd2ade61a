(* The arithmetic table in integers: what the booleans and the words of a row say is the operation that its number names. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows CoprocessorTuples.
Open Scope Z_scope.

(* A row: whether it is upward, a shift, and has the quotient or the high word as the result; a, the result, the other
   number, the factor, and the second word of the question. *)
Section Row.
  Variables upward shift quotient : bool.
  Variables a result other factor b : Z.
  Let high := if quotient then result else other.
  Let low := if quotient then other else result.
  Hypothesis a_word : word a.
  Hypothesis result_word : word result.
  Hypothesis other_word : word other.
  Hypothesis equation : if upward then a * factor = 2 ^ 32 * high + low else high * factor + low = a /\ low < factor.
  Hypothesis b_is : if shift then 0 <= b < 32 /\ factor = 2 ^ b else b = factor.
  Hypothesis factor_bound : 0 <= factor < 2 ^ 33.

  Lemma low_word : 0 <= low < 2 ^ 32.
  Proof using result_word other_word. clear equation b_is. unfold low, word in *. destruct quotient; lia. Qed.
  Lemma high_is : upward = true -> high = a * factor / 2 ^ 32.
  Proof. intro e. pose proof equation as eq. rewrite e in eq. apply (Z.div_unique _ _ _ low); [left; exact low_word|exact eq]. Qed.
  Lemma low_is : upward = true -> low = (a * factor) mod 2 ^ 32.
  Proof. intro e. pose proof equation as eq. rewrite e in eq. apply (Z.mod_unique _ _ high); [left; exact low_word|exact eq]. Qed.
  Lemma quotient_is : upward = false -> high = a / factor.
  Proof.
    intro e. pose proof equation as eq. rewrite e in eq. pose proof low_word. apply (Z.div_unique _ _ _ low); [left; lia|]. rewrite Z.mul_comm. lia.
  Qed.
  Lemma remainder_is : upward = false -> low = a mod factor.
  Proof.
    intro e. pose proof equation as eq. rewrite e in eq. pose proof low_word. apply (Z.mod_unique _ _ high); [left; lia|]. rewrite Z.mul_comm. lia.
  Qed.
  Lemma factor_positive : upward = false -> 0 < factor.
  Proof. intro e. pose proof equation as eq. rewrite e in eq. pose proof low_word. lia. Qed.
  Lemma shift_range : shift = true -> 0 <= b < 32 /\ factor = 2 ^ b.
  Proof. intro e. pose proof b_is as eq. now rewrite e in eq. Qed.
  Lemma b_small : Z.abs b < 2 ^ 33.
  Proof. destruct shift; lia. Qed.

  (* The first term of the row. *)
  Lemma first_answer o : 1 + z_of upward + 2 * z_of shift + 4 * z_of quotient = number o ->
    operate (binop_of o) a b = Some (result, flag_of o (if other =? 0 then 0 else 1)).
  Proof.
    pose proof high_is as hi. pose proof low_is as lo. pose proof quotient_is as qu. pose proof remainder_is as re.
    pose proof factor_positive as po. pose proof shift_range as sh. pose proof b_small as bs. unfold high, low in *.
    intro e. destruct o; cbn [number] in e; destruct upward, shift, quotient; cbn [z_of] in e; try lia; cbn [operate binop_of flag_of].
    - (* MOD *) rewrite b_is. specialize (po eq_refl). destruct (factor =? 0) eqn:z; [apply Z.eqb_eq in z; lia|].
      now rewrite (re eq_refl).
    - (* MUL *) rewrite b_is, <- (lo eq_refl), equation. do 3 f_equal. unfold word in *.
      destruct (other =? 0) eqn:z; [apply Z.eqb_eq in z|apply Z.eqb_neq in z].
      + apply Z.leb_gt. lia.
      + apply Z.leb_le. lia.
    - (* SHL *) destruct (sh eq_refl) as [r f]. destruct (b <? 32) eqn:z; [|apply Z.ltb_ge in z; lia]. now rewrite <- f, <- (lo eq_refl).
    - (* DIV *) rewrite b_is. specialize (po eq_refl). destruct (factor =? 0) eqn:z; [apply Z.eqb_eq in z; lia|].
      now rewrite (qu eq_refl).
    - (* MULHI *) now rewrite b_is, (hi eq_refl).
    - (* SHR *) destruct (sh eq_refl) as [r f]. destruct (b <? 32) eqn:z; [|apply Z.ltb_ge in z; lia]. now rewrite <- f, <- (qu eq_refl).
  Qed.
  (* The second term of the row. *)
  Lemma second_answer o c : 33 + z_of upward + 2 * z_of shift + 4 * z_of quotient = number o ->
    operate (binop_of o) a b = Some (result + other, flag_of o c).
  Proof.
    pose proof high_is as hi. pose proof low_is as lo. pose proof shift_range as sh. unfold high, low in *.
    intro e. destruct o; cbn [number] in e; destruct upward, shift, quotient; cbn [z_of] in e; try lia; cbn [operate binop_of flag_of].
    destruct (sh eq_refl) as [r f]. destruct (b <? 32) eqn:z; [|apply Z.ltb_ge in z; lia].
    rewrite <- f, <- (lo eq_refl), <- (hi eq_refl). now rewrite Z.add_comm.
  Qed.
End Row.

Lemma power_bound n : 0 <= n < 32 -> 1 <= 2 ^ n <= 2 ^ 31.
Proof. intro h. split; [pose proof (Z.pow_pos_nonneg 2 n); lia|apply Z.pow_le_mono_r; lia]. Qed.
