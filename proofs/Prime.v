(* The order of the scalar field of BLS12-381 is prime, by a certificate that this file computes.

   The order is z^4 - z^2 + 1, where z is the curve's parameter up to sign (S. Bowe, "BLS12-381: New zk-SNARK elliptic
   curve construction", 2017). So z^2 divides the order less one, and its square exceeds the order: with the
   factorisation of z, three primes in all, Pocklington's criterion applies. The base is 7. Trial division shows that the
   three primes are prime: they are below 2^28. *)
From Coq Require Import ZArith Lia Znumtheory Zpow_facts List Bool.
From ProvableVM Require Import Pocklington.
Import ListNotations.
Open Scope Z_scope.

(* Closes an equation whose sides compute to the same value; only the kernel computes it, once. *)
Ltac computed := match goal with |- _ = ?value => vm_cast_no_check (eq_refl value) end.

(* TRIAL DIVISION *)

(* None of the given number of numbers from d on divides n. *)
Fixpoint undivided (n d : Z) (count : nat) : bool :=
  match count with O => true | S count => negb (n mod d =? 0) && undivided n (d + 1) count end.

(* What `undivided` checks. *)
Lemma undivided_sound n d count : undivided n d count = true -> forall x, d <= x < d + Z.of_nat count -> ~ (x | n).
Proof.
  revert d. induction count as [|count IH]; cbn [undivided]; intros d holds x range divides; [lia|].
  apply andb_true_iff in holds. destruct holds as [first rest].
  destruct (Z.eq_dec x d) as [->|differs].
  - apply Zdivide_mod in divides. now rewrite divides in first.
  - apply (IH (d + 1) rest x); [lia|exact divides].
Qed.

(* A number that no number from 2 to its square root divides is prime. *)
Lemma trial_division n : 1 < n -> undivided n 2 (Z.to_nat (Z.sqrt n)) = true -> prime n.
Proof.
  intros above holds. apply prime_by_square; [exact above|]. intros r r_prime divides.
  pose proof (prime_ge_2 r r_prime).
  destruct (Z.lt_ge_cases n (r * r)) as [less|not_less]; [exact less|exfalso].
  apply Z.sqrt_le_square in not_less; [|lia|lia].
  apply (undivided_sound _ _ _ holds r); [lia|exact divides].
Qed.

(* THE CERTIFICATE *)

(* The order of the field, the curve's parameter without its sign, and the base of the certificate. *)
Definition order : Z := 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001.
Definition parameter : Z := 0xd201000000010000.
Definition base : Z := 7.
(* The primes of the parameter's square, with their exponents. *)
Definition factors : list (Z * Z) := [(2, 32); (906349, 2); (254760293, 2)].

(* The order is a polynomial in the parameter, and the factors are those of the parameter's square. *)
Lemma order_of_parameter : order = parameter ^ 4 - parameter ^ 2 + 1.
Proof. reflexivity. Qed.
Lemma factors_of_parameter : product (powers factors) = parameter ^ 2.
Proof. reflexivity. Qed.

(* The two odd primes of the parameter. *)
Lemma prime_906349 : prime 906349.
Proof. apply trial_division; [reflexivity|computed]. Qed.
Lemma prime_254760293 : prime 254760293.
Proof. apply trial_division; [reflexivity|computed]. Qed.

(* Fermat's condition, computed by squaring and multiplying. *)
Lemma base_power : (order | base ^ (order - 1) - 1).
Proof.
  apply Zmod_divide; [discriminate|]. rewrite Zminus_mod, <- Zpow_mod_correct by discriminate. computed.
Qed.

(* The condition on a factor, computed: the power less one is reduced before its greatest common divisor is taken. *)
Lemma certified_by_computation q e : prime q -> 0 < e -> (order - 1) mod q ^ e = 0 ->
  Z.gcd (Zpow_mod base ((order - 1) / q) order - 1) order = 1 -> certified order base (q, e).
Proof.
  intros q_prime e_pos divides apart. pose proof (prime_ge_2 q q_prime).
  split; [exact q_prime|split; [exact e_pos|split]].
  - apply Zmod_divide; [|exact divides]. apply Z.pow_nonzero; lia.
  - apply rel_prime_mod_rev; [reflexivity|]. rewrite Zpow_mod_correct in apart by discriminate.
    apply Zgcd_1_rel_prime in apart. apply rel_prime_mod in apart; [|reflexivity].
    now rewrite Zminus_mod_idemp_l in apart.
Qed.

(* The factors of the parameter's square satisfy Pocklington's conditions. *)
Lemma factors_certified : Forall (certified order base) factors.
Proof.
  unfold factors. repeat apply Forall_cons; [| | |apply Forall_nil];
    (apply certified_by_computation; [|reflexivity|computed|computed]).
  - exact prime_2.
  - exact prime_906349.
  - exact prime_254760293.
Qed.

(* The order of the scalar field is prime. *)
Theorem order_prime : prime order.
Proof.
  apply pocklington with base factors.
  - reflexivity.
  - exact base_power.
  - repeat constructor; cbn; intuition discriminate.
  - exact factors_certified.
  - reflexivity.
Qed.
