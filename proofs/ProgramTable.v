(* The program table at a point (beta, rho), counted: two tables of P entries that differ have the same evaluation at most at
   P of p values of the challenges: one beta at which a given different entry agrees, and for each other beta fewer than P
   values of rho. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Field Counting Polynomials Poles Collisions.
Import ListNotations.
Open Scope Z_scope.

(* A table gives the control bits and the operand of an entry. *)
Definition evaluation_at (table : nat -> F * F) (count : nat) (beta rho : F) : F :=
  polynomial (map (fun j => fst (table j) + beta * snd (table j))%F (seq 0 count)) rho.

Lemma polynomial_difference (f g : nat -> F) x l :
  polynomial (map (fun j => f j - g j)%F l) x = (polynomial (map f l) x - polynomial (map g l) x)%F.
Proof. unfold polynomial. induction l as [|j l IH]; cbn; [ring|]. rewrite IH. ring. Qed.

(* Two different entries agree at one beta at most. *)
Lemma few_entries (x y : F * F) : x <> y -> at_most 1 (fun beta => (fst x + beta * snd x = fst y + beta * snd y)%F).
Proof.
  intros ne l nd all. destruct (Z_le_gt_dec (size l) 1) as [|gt]; [assumption|exfalso; apply ne].
  destruct x as [a b], y as [a' b'].
  assert (zero : Forall (fun z => z = ofZ 0) [a - a'; b - b']%F).
  { apply (coefficients _ l nd).
    - unfold size in gt. cbn. lia.
    - intros beta i. specialize (all beta i). cbn in *. apply (lin _ _ _ _ all). ring. }
  inversion zero as [|? ? za r]; subst. inversion r as [|? ? zb _]; subst.
  f_equal; [apply (lin _ _ _ _ za)|apply (lin _ _ _ _ zb)]; ring.
Qed.

(* Polynomials with a different coefficient agree at fewer points than they have coefficients. *)
Lemma few_points (f g : nat -> F) count j : (j < count)%nat -> f j <> g j ->
  at_most (Z.of_nat count - 1) (fun rho => polynomial (map f (seq 0 count)) rho = polynomial (map g (seq 0 count)) rho).
Proof.
  intros lt ne l nd all. destruct (Z_le_gt_dec (size l) (Z.of_nat count - 1)) as [|gt]; [assumption|exfalso; apply ne].
  assert (zero : Forall (fun z => z = ofZ 0) (map (fun j => f j - g j)%F (seq 0 count))).
  { apply (coefficients _ l nd).
    - unfold size in gt. rewrite map_length, seq_length. lia.
    - intros rho i. rewrite polynomial_difference, (all rho i). ring. }
  rewrite Forall_forall in zero. assert (z : (f j - g j)%F = (#0)%F).
  { apply zero, in_map_iff. exists j. split; [reflexivity|]. apply in_seq. lia. }
  apply (lin _ _ _ _ z). ring.
Qed.

Section Challenges.
  Variable p : Z.
  Hypothesis field_size : at_most p (fun _ : F => True).

  Theorem few_evaluations (table table' : nat -> F * F) count j : (j < count)%nat -> table j <> table' j ->
    at_most (Z.of_nat count * p ^ 2)
      (fun '((_, beta, rho) : challenges) => evaluation_at table count beta rho = evaluation_at table' count beta rho).
  Proof.
    intros lt ne. pose proof (field_size_nonneg p field_size) as pn.
    set (P := fun (beta : F) (rest : F * F) =>
      evaluation_at table count beta (fst rest) = evaluation_at table' count beta (fst rest)).
    apply (at_most_image _ (fun '((gamma, beta, rho) : F * F * F) => (beta, (rho, gamma))) _ (fun x => P (fst x) (snd x))).
    - intros [[g b] r] [[g' b'] r']. now intros [= -> -> ->].
    - now intros [[g b] r].
    - replace (Z.of_nat count) with (1 + (Z.of_nat count - 1)) by lia.
      apply (by_beta p field_size 1 (Z.of_nat count - 1)
        (fun beta => (fst (table j) + beta * snd (table j) = fst (table' j) + beta * snd (table' j))%F) P).
      + now apply few_entries.
      + lia.
      + intro beta.
        destruct (F_eq_dec (fst (table j) + beta * snd (table j))%F (fst (table' j) + beta * snd (table' j))%F) as [e|n].
        * now left.
        * right. apply (at_most_weaken _ ((Z.of_nat count - 1) * p) _ (fun x : F * F =>
            evaluation_at table count beta (fst x) = evaluation_at table' count beta (fst x) /\ True)); [lia|now split|].
          apply (at_most_pairs F_eq_dec (Z.of_nat count - 1) p
            (fun rho => evaluation_at table count beta rho = evaluation_at table' count beta rho) (fun _ _ => True)).
          -- now apply (few_points _ _ count j).
          -- exact pn.
          -- intros rho _. now apply at_most_field.
  Qed.
End Challenges.
