(* Pocklington's criterion: how a partial factorisation of n - 1 shows that n is prime.

   Let F be a factored divisor of n - 1 with F^2 > n, and a be a number with a^(n-1) = 1 modulo n such that, for each
   prime q of F, a^((n-1)/q) - 1 has no common divisor with n. Then F divides r - 1 for every prime divisor r of n, so
   r * r > n, and n is prime. `Prime.v` uses it for the order of the scalar field, which is too large for trial division.

   H. C. Pocklington, "The determination of the prime or composite nature of large numbers by Fermat's theorem",
   Proceedings of the Cambridge Philosophical Society 18, 1914; J. Brillhart, D. H. Lehmer, J. L. Selfridge, "New
   primality criteria and factorizations of 2^m ± 1", Mathematics of Computation 29, 1975. *)
From Coq Require Import ZArith Lia Znumtheory Zpow_facts List Permutation.
Import ListNotations.
Open Scope Z_scope.

(* PRIME DIVISORS *)

(* A number above 1 has a prime divisor. *)
Lemma prime_divisor n : 1 < n -> exists r, prime r /\ (r | n).
Proof.
  intro above. assert (0 <= n) as nonneg by lia. revert above.
  apply (Z_lt_induction (fun n => 1 < n -> exists r, prime r /\ (r | n))); [|exact nonneg].
  clear. intros n smaller above. destruct (prime_dec n) as [is|isnot].
  - exists n. split; [exact is|apply Z.divide_refl].
  - destruct (not_prime_divide n above isnot) as (d & range & divides).
    destruct (smaller d) as (r & is & divides_d); [lia|lia|].
    exists r. split; [exact is|]. now apply Z.divide_trans with d.
Qed.

(* A number is prime when the square of each of its prime divisors exceeds it. *)
Lemma prime_by_square n : 1 < n -> (forall r, prime r -> (r | n) -> n < r * r) -> prime n.
Proof.
  intros above large. destruct (prime_dec n) as [is|isnot]; [exact is|exfalso].
  destruct (not_prime_divide n above isnot) as (d & range & e & product).
  assert (1 < e) by nia.
  assert (forall x y, 1 < x <= y -> n = x * y -> False) as no.
  { intros x y order equal. destruct (prime_divisor x) as (r & is & divides); [lia|].
    assert (n < r * r) as exceeds.
    { apply large; [exact is|]. rewrite equal. now apply Z.divide_mul_l. }
    assert (r <= x) by (apply Z.divide_pos_le; [lia|exact divides]).
    pose proof (prime_ge_2 r is). nia. }
  destruct (Z.le_gt_cases d e); [apply (no d e)|apply (no e d)]; lia.
Qed.

(* FERMAT'S LITTLE THEOREM *)

(* The product of a list. *)
Definition product (l : list Z) : Z := fold_right Z.mul 1 l.

(* The order of the factors does not change a product. *)
Lemma product_permutation l l' : Permutation l l' -> product l = product l'.
Proof. unfold product. induction 1; cbn; [reflexivity|now f_equal|ring|congruence]. Qed.

(* The numbers 1 .. r-1. *)
Definition residues (r : Z) : list Z := map Z.of_nat (seq 1 (Z.to_nat (r - 1))).

(* The residues are the numbers of their range, each once. *)
Lemma in_residues r x : In x (residues r) <-> 1 <= x < r.
Proof.
  unfold residues. rewrite in_map_iff. split.
  - intros (k & <- & k_in). apply in_seq in k_in. lia.
  - intro range. exists (Z.to_nat x). rewrite in_seq. lia.
Qed.

Lemma residues_distinct r : NoDup (residues r).
Proof. apply FinFun.Injective_map_NoDup; [exact Nat2Z.inj|apply seq_NoDup]. Qed.

(* Multiplying each number of a list by a and reducing it multiplies the list's product, modulo r, by a to the list's
   length. *)
Lemma product_multiples r a l : (r | product (map (fun x => a * x mod r) l) - a ^ Z.of_nat (length l) * product l).
Proof.
  induction l as [|x l IH]; [cbn; now exists 0|].
  cbn [map product fold_right length]. fold (product l). fold (product (map (fun x => a * x mod r) l)).
  rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia.
  revert IH. generalize (product (map (fun x => a * x mod r) l)), (product l), (a ^ Z.of_nat (length l)).
  intros reduced rest power (k & equal).
  pose proof (Z_div_mod_eq_full (a * x) r) as division.
  exists (a * x * k - (a * x / r) * reduced).
  replace (a * x mod r) with (a * x - r * (a * x / r)) by lia.
  replace reduced with (k * r + power * rest) at 1 by lia.
  replace (power * rest) with (reduced - k * r) by lia. ring_simplify.
  replace reduced with (k * r + power * rest) by lia. ring.
Qed.

(* Multiplication by a number that the prime r does not divide permutes the residues. *)
Lemma residues_permuted r a : prime r -> ~ (r | a) ->
  Permutation (residues r) (map (fun x => a * x mod r) (residues r)).
Proof.
  intros is not_divides. pose proof (prime_ge_2 r is).
  apply NoDup_Permutation_bis; [apply residues_distinct|now rewrite map_length|].
  intros y y_in. apply in_residues in y_in. apply in_map_iff.
  destruct (rel_prime_bezout r a (prime_rel_prime r is a not_divides)) as [u v bezout].
  assert (a * (v * y mod r) mod r = y) as inverse.
  { rewrite Zmult_mod_idemp_r.
    replace (a * (v * y)) with (y + - (u * y) * r) by (rewrite <- (Z.mul_1_l y) at 1; rewrite <- bezout; ring).
    rewrite Z_mod_plus_full. apply Z.mod_small. lia. }
  exists (v * y mod r). split; [exact inverse|]. apply in_residues.
  pose proof (Z.mod_pos_bound (v * y) r). destruct (Z.eq_dec (v * y mod r) 0) as [zero|]; [|lia].
  rewrite zero, Z.mul_0_r, Zmod_0_l in inverse. lia.
Qed.

(* A prime does not divide a product of numbers none of which it divides. *)
Lemma prime_not_divides_product r l : prime r -> (forall x, In x l -> ~ (r | x)) -> ~ (r | product l).
Proof.
  intros is. pose proof (prime_ge_2 r is). induction l as [|x l IH]; cbn; intros none divides.
  - apply Z.divide_1_r_nonneg in divides; lia.
  - apply prime_mult in divides; [|exact is]. destruct divides as [divides|divides].
    + now apply (none x); [left|].
    + apply IH; [|exact divides]. intros y y_in. apply none. now right.
Qed.

(* Fermat: a prime r that does not divide a divides a^(r-1) - 1. *)
Theorem fermat r a : prime r -> ~ (r | a) -> (r | a ^ (r - 1) - 1).
Proof.
  intros is not_divides. pose proof (prime_ge_2 r is).
  pose proof (product_multiples r a (residues r)) as multiples.
  rewrite <- (product_permutation _ _ (residues_permuted r a is not_divides)) in multiples.
  replace (Z.of_nat (length (residues r))) with (r - 1) in multiples
    by (unfold residues; rewrite map_length, seq_length; lia).
  assert (~ (r | product (residues r))) as apart.
  { apply prime_not_divides_product; [exact is|]. intros x x_in divides. apply in_residues in x_in.
    apply Z.divide_pos_le in divides; lia. }
  apply Z.divide_opp_r in multiples.
  replace (- (product (residues r) - a ^ (r - 1) * product (residues r)))
    with (product (residues r) * (a ^ (r - 1) - 1)) in multiples by ring.
  apply prime_mult in multiples; [|exact is]. now destruct multiples.
Qed.

(* POWERS THAT ARE ONE *)

(* If b is one modulo r, so are its powers. *)
Lemma power_of_one r b k : 0 <= k -> (r | b - 1) -> (r | b ^ k - 1).
Proof.
  intros nonneg one. revert k nonneg. apply natlike_ind; [now exists 0|].
  intros k nonneg IH. rewrite Z.pow_succ_r by exact nonneg.
  replace (b * b ^ k - 1) with (b * (b ^ k - 1) + (b - 1)) by ring.
  apply Z.divide_add_r; [|exact one]. now apply Z.divide_mul_r.
Qed.

(* If a^m and a^n are one modulo r, so is a^k for every combination k of m and n. *)
Lemma power_combination r a m n u v : 0 < m -> 0 < n -> 0 <= u * m + v * n ->
  (r | a ^ m - 1) -> (r | a ^ n - 1) -> (r | a ^ (u * m + v * n) - 1).
Proof.
  intros m_pos n_pos nonneg one_m one_n.
  set (shift := Z.abs u + Z.abs v). set (x := u + n * shift). set (y := m * shift - v).
  assert (0 <= x /\ 0 <= y) as [x_nonneg y_nonneg] by (unfold x, y, shift; nia).
  apply (power_of_one _ _ x x_nonneg) in one_m. apply (power_of_one _ _ y y_nonneg) in one_n.
  rewrite <- Z.pow_mul_r in one_m, one_n by lia.
  replace (m * x) with (n * y + (u * m + v * n)) in one_m by (unfold x, y; ring).
  rewrite Z.pow_add_r in one_m by lia. revert nonneg one_m one_n. generalize (u * m + v * n). intros k _.
  generalize (a ^ (n * y)), (a ^ k). intros other power both one.
  replace (power - 1) with (other * power - 1 - power * (other - 1)) by ring.
  apply Z.divide_sub_r; [exact both|]. now apply Z.divide_mul_r.
Qed.

(* If a power of a is one modulo r, r does not divide a. *)
Lemma unit_not_divided r a k : 1 < r -> 0 < k -> (r | a ^ k - 1) -> ~ (r | a).
Proof.
  intros above k_pos one divides.
  assert (r | 1) as unit.
  { replace 1 with (a ^ k - (a ^ k - 1)) by ring. apply Z.divide_sub_r; [|exact one].
    replace k with (1 + (k - 1)) by ring. rewrite Z.pow_add_r, Z.pow_1_r by lia. now apply Z.divide_mul_l. }
  apply Z.divide_1_r_nonneg in unit; lia.
Qed.

(* THE CRITERION *)

(* What the certificate of n with base a says of a factor q^e of n - 1. *)
Definition certified (n a : Z) (factor : Z * Z) : Prop :=
  let (q, e) := factor in
  prime q /\ 0 < e /\ (q ^ e | n - 1) /\ rel_prime (a ^ ((n - 1) / q) - 1) n.

(* A certified factor of n - 1 divides r - 1 for every prime divisor r of n. *)
Lemma certified_divides n a q e r : 1 < n -> (n | a ^ (n - 1) - 1) -> certified n a (q, e) ->
  prime r -> (r | n) -> (q ^ e | r - 1).
Proof.
  intros above one (q_prime & e_pos & divides & apart) r_prime r_divides.
  pose proof (prime_ge_2 q q_prime). pose proof (prime_ge_2 r r_prime).
  assert (r | a ^ (n - 1) - 1) as one_n by (now apply Z.divide_trans with n).
  assert (r | a ^ (r - 1) - 1) as one_r.
  { apply fermat; [exact r_prime|]. apply unit_not_divided with (n - 1); [lia|lia|exact one_n]. }
  destruct (Zis_gcd_bezout _ _ _ (Zgcd_is_gcd (n - 1) (r - 1))) as [u v bezout].
  pose proof (Z.gcd_nonneg (n - 1) (r - 1)) as gcd_nonneg.
  pose proof (Z.gcd_divide_r (n - 1) (r - 1)) as divides_r.
  destruct (Z.gcd_divide_l (n - 1) (r - 1)) as [h cofactor].
  revert bezout gcd_nonneg divides_r cofactor. generalize (Z.gcd (n - 1) (r - 1)).
  intros g bezout gcd_nonneg divides_r cofactor.
  destruct (Zdivide_dec q h) as [[h' q_divides]|q_apart].
  - exfalso. assert (r | a ^ ((n - 1) / q) - 1) as one_q.
    { replace ((n - 1) / q) with (h' * u * (n - 1) + h' * v * (r - 1)).
      - apply power_combination; [lia|lia|nia|exact one_n|exact one_r].
      - rewrite cofactor at 2. rewrite q_divides. replace (h' * q * g) with (h' * g * q) by ring.
        rewrite Z.div_mul by lia. rewrite <- bezout. ring. }
    destruct apart as [_ _ greatest]. specialize (greatest r one_q r_divides).
    apply Z.divide_1_r_nonneg in greatest; lia.
  - apply Z.divide_trans with g; [|exact divides_r].
    apply Gauss with h; [now rewrite <- cofactor|].
    apply rel_prime_sym, rel_prime_Zpower_r; [lia|]. now apply rel_prime_sym, prime_rel_prime.
Qed.

(* A factored number is a list of primes with exponents. *)
Definition primes (factors : list (Z * Z)) : list Z := map fst factors.
Definition powers (factors : list (Z * Z)) : list Z := map (fun '(q, e) => q ^ e) factors.

(* A power of a prime has no divisor in common with a product of powers of other primes. *)
Lemma powers_apart q e factors : prime q -> 0 <= e -> ~ In q (primes factors) ->
  Forall (fun '(s, f) => prime s /\ 0 <= f) factors -> rel_prime (q ^ e) (product (powers factors)).
Proof.
  intros q_prime e_nonneg not_in all. induction factors as [|[s f] factors IH]; cbn.
  - apply rel_prime_sym, rel_prime_1.
  - apply Forall_cons_iff in all. destruct all as [[s_prime f_nonneg] all]. cbn in not_in.
    apply rel_prime_mult; [|apply IH; [now auto|exact all]].
    apply rel_prime_Zpower; [exact e_nonneg|exact f_nonneg|]. apply prime_rel_prime; [exact q_prime|].
    intro divides. apply not_in. left. symmetry. now apply prime_div_prime.
Qed.

(* What powers of distinct primes divide, their product divides. *)
Lemma powers_divide factors m : NoDup (primes factors) ->
  Forall (fun '(q, e) => (prime q /\ 0 <= e) /\ (q ^ e | m)) factors -> (product (powers factors) | m).
Proof.
  intros distinct all. induction factors as [|[q e] factors IH]; cbn; [apply Z.divide_1_l|].
  cbn in distinct. apply NoDup_cons_iff in distinct. destruct distinct as [not_in distinct].
  apply Forall_cons_iff in all. destruct all as [[[q_prime e_nonneg] [k divides]] all].
  assert (rel_prime (product (powers factors)) (q ^ e)) as apart.
  { apply rel_prime_sym, powers_apart; [exact q_prime|exact e_nonneg|exact not_in|].
    revert all. apply Forall_impl. now intros [s f]. }
  specialize (IH distinct all). rewrite divides, Z.mul_comm in IH. apply Gauss in IH; [|exact apart].
  rewrite divides, (Z.mul_comm (q ^ e)). now apply Z.mul_divide_mono_r.
Qed.

(* Pocklington: a number n with a certified factored divisor of n - 1 whose square exceeds n is prime. *)
Theorem pocklington n a factors : 1 < n -> (n | a ^ (n - 1) - 1) -> NoDup (primes factors) ->
  Forall (certified n a) factors -> n < product (powers factors) ^ 2 -> prime n.
Proof.
  intros above one distinct all large. apply prime_by_square; [exact above|].
  intros r r_prime r_divides. pose proof (prime_ge_2 r r_prime).
  assert (product (powers factors) | r - 1) as divides.
  { apply powers_divide; [exact distinct|]. revert all. apply Forall_impl. intros [q e] holds.
    split; [destruct holds as (q_prime & e_pos & _); split; [exact q_prime|lia]|].
    now apply (certified_divides n a). }
  assert (0 <= product (powers factors)) as nonneg.
  { unfold powers. clear distinct large divides. induction all as [|[q e] rest (q_prime & _) _ IH]; cbn; [lia|].
    pose proof (prime_ge_2 q q_prime). apply Z.mul_nonneg_nonneg; [apply Z.pow_nonneg; lia|exact IH]. }
  apply Z.divide_pos_le in divides; [|lia]. nia.
Qed.
