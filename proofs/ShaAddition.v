(* The equation of an addition: one sum of three fields, the word and the digits of two functions.

   Each field is a bounded integer, so a sum that is zero has three fields that are zero: the digits of the entries are the
   digits that the functions are applied to, and the word is the sum modulo 2^32. *)
From Coq Require Import ZArith Lia.
From ProvableVM Require Import Field.
Open Scope Z_scope.

(* Three fields of a packed sum that is zero are zero. *)
Lemma three_fields t a b : Z.abs t < 2 ^ 52 -> Z.abs a <= 2 ^ 96 -> Z.abs b <= 2 ^ 96 ->
  (#(t + 2 ^ 53 * a + 2 ^ 152 * b) = #0)%F -> t = 0 /\ a = 0 /\ b = 0.
Proof.
  intros ht ha hb h. apply ofZ_inj in h; [|lia].
  assert (b = 0) by lia. subst b. assert (a = 0) by lia. lia.
Qed.

(* The word w of an addition: `terms` are the words that are added and subtracted, r1 and r2 the results of entries with the
   digits d1 and d2, and x1 and x2 the digits that the functions are applied to. *)
Theorem addition_word terms w r1 r2 d1 d2 x1 x2 carry :
  Z.abs terms <= 2 ^ 40 -> 0 <= w < 2 ^ 32 -> 0 <= r1 < 2 ^ 32 -> 0 <= r2 < 2 ^ 32 ->
  0 <= d1 < 2 ^ 96 -> 0 <= d2 < 2 ^ 96 -> 0 <= x1 < 2 ^ 96 -> 0 <= x2 < 2 ^ 96 -> 0 <= carry < 2 ^ 18 ->
  (#(terms - w + r1 + r2 + 2 ^ 53 * (d1 - x1) + 2 ^ 152 * (d2 - x2)) = #(2 ^ 32 * carry))%F ->
  d1 = x1 /\ d2 = x2 /\ w = (terms + r1 + r2) mod 2 ^ 32.
Proof.
  intros ht hw h1 h2 hd1 hd2 hx1 hx2 hc h.
  destruct (three_fields (terms - w + r1 + r2 - 2 ^ 32 * carry) (d1 - x1) (d2 - x2)) as (e & e1 & e2); try lia.
  - apply (lin _ _ _ _ h). rewrite <- !ofZ_sub. f_equal. ring.
  - split; [lia|]. split; [lia|]. apply (Z.mod_unique _ _ carry); lia.
Qed.

(* What is looked up is the sum divided by 2^32. *)
Lemma times_inverse inverse (x : F) carry : (#(2 ^ 32) * #inverse = #1)%F -> (#inverse * x = #carry)%F -> x = (#(2 ^ 32 * carry))%F.
Proof.
  intros hi h. rewrite ofZ_mul, <- h. replace (#(2 ^ 32) * (#inverse * x))%F with ((#(2 ^ 32) * #inverse) * x)%F by ring.
  rewrite hi. ring.
Qed.
