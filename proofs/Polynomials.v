(* Polynomial functions over the field, and how many roots they have. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Field.
Import ListNotations.

(* Polynomial functions of degree below d. *)
Fixpoint poly (d : nat) (f : F -> F) : Prop :=
  match d with O => forall x, f x = ofZ 0 | S d => exists a q, poly d q /\ forall x, f x = (a + x * q x)%F end.

Lemma poly_ext d : forall f g, (forall x, f x = g x) -> poly d f -> poly d g.
Proof.
  destruct d as [|d]; cbn; intros f g e h; [intro x; rewrite <- e; apply h|].
  destruct h as (a & q & hq & h). exists a, q. split; [exact hq|]. intro x. rewrite <- e. apply h.
Qed.
Lemma poly_add d : forall f g, poly d f -> poly d g -> poly d (fun x => f x + g x)%F.
Proof.
  induction d as [|d IH]; cbn; intros f g hf hg; [intro x; rewrite hf, hg; ring|].
  destruct hf as (a & q & hq & ef), hg as (b & r & hr & eg). exists (a + b)%F, (fun x => q x + r x)%F. split; [now apply IH|].
  intro x. rewrite ef, eg. ring.
Qed.
Lemma poly_scale d k : forall f, poly d f -> poly d (fun x => k * f x)%F.
Proof.
  induction d as [|d IH]; cbn; intros f hf; [intro x; rewrite hf; ring|].
  destruct hf as (a & q & hq & ef). exists (k * a)%F, (fun x => k * q x)%F. split; [now apply IH|]. intro x. rewrite ef. ring.
Qed.
Lemma poly_up d : forall f, poly d f -> poly (S d) f.
Proof.
  induction d as [|d IH]; intros f h; cbn in *.
  - exists (ofZ 0), (fun _ => ofZ 0). split; [intro; reflexivity|]. intro x. rewrite h. ring.
  - destruct h as (a & q & hq & ef). exists a, q. split; [now apply IH|exact ef].
Qed.
(* (x - t) f + k *)
Lemma poly_mul d f t k : poly d f -> poly (S d) (fun x => (x - t) * f x + k)%F.
Proof.
  intro h. apply (poly_ext _ (fun x => (k + x * f x) + (#(-1) * t) * f x)%F); [intro; ring|].
  apply (poly_add (S d) (fun x => k + x * f x)%F); [exists k, f; now split|]. apply poly_scale. now apply poly_up.
Qed.
(* Division by x - g. *)
Lemma poly_divide d : forall f g, poly (S d) f -> exists q, poly d q /\ forall x, f x = (f g + (x - g) * q x)%F.
Proof.
  induction d as [|d IH]; intros f g (a & q & hq & ef).
  - exists (fun _ => ofZ 0). split; [intro; reflexivity|]. intro x. cbn in hq. rewrite !ef, !hq. ring.
  - destruct (IH q g hq) as (q' & hq' & eq). exists (fun x => q x + g * q' x)%F. split.
    + apply poly_add; [exact hq|]. apply (poly_scale (S d) g). now apply poly_up.
    + intro x. rewrite !ef, (eq x). ring.
Qed.

(* A polynomial of degree below d with d roots is zero everywhere. *)
Lemma roots G : forall d f, NoDup G -> (d <= length G)%nat -> poly d f -> (forall g, In g G -> f g = ofZ 0) ->
  forall x, f x = ofZ 0.
Proof.
  induction G as [|g G IH]; intros d f nd hd hp hz.
  - destruct d; [exact hp|cbn in hd; lia].
  - destruct d as [|d]; [exact hp|]. destruct (poly_divide d f g hp) as (q & hq & ef). inversion nd as [|? ? ng nd']; subst.
    assert (fg : f g = ofZ 0) by (apply hz; now left).
    assert (q0 : forall x, q x = ofZ 0).
    { apply (IH d q nd'); [cbn in hd; lia|exact hq|]. intros g' hg'. pose proof (ef g') as e.
      rewrite fg, (hz g' (or_intror hg')) in e.
      destruct (F_integral (g' - g)%F (q g')) as [h|h]; [apply (lin _ _ _ _ (eq_sym e)); ring| |exact h].
      exfalso. apply ng. replace g with g' by (apply (lin _ _ _ _ h); ring). exact hg'. }
    intro x. rewrite ef, fg, q0. ring.
Qed.

Lemma nodup_remove (t : F) G : NoDup G -> NoDup (remove F_eq_dec t G).
Proof.
  induction 1 as [|g G n nd IH]; cbn; [constructor|]. destruct (F_eq_dec t g); [exact IH|]. constructor; [|exact IH].
  intro i. apply n. now apply in_remove in i.
Qed.
Lemma length_remove (t : F) G : NoDup G -> (length G <= S (length (remove F_eq_dec t G)))%nat.
Proof.
  induction 1 as [|g G n nd IH]; cbn; [lia|]. destruct (F_eq_dec t g) as [->|e]; cbn; [|lia].
  rewrite notin_remove by exact n. lia.
Qed.

(* The value of a polynomial, by Horner's rule. The lowest coefficient is the first. *)
Definition polynomial (l : list F) (x : F) : F := fold_right (fun a sum => (a + x * sum)%F) (ofZ 0) l.

Lemma polynomial_cons a l x : polynomial (a :: l) x = (a + x * polynomial l x)%F.
Proof. reflexivity. Qed.
Lemma polynomial_poly l : poly (length l) (polynomial l).
Proof.
  induction l as [|a l IH]; [intro; reflexivity|]. exists a, (polynomial l). split; [exact IH|]. intro x. reflexivity.
Qed.

(* n coefficients whose polynomial has n roots are all zero. *)
Lemma coefficients l : forall G, NoDup G -> (length l <= length G)%nat -> (forall g, In g G -> polynomial l g = ofZ 0) ->
  Forall (fun a => a = ofZ 0) l.
Proof.
  induction l as [|a l IH]; intros G nd le zero; [constructor|].
  assert (all : forall x, polynomial (a :: l) x = ofZ 0).
  { apply (roots G (length (a :: l))); [exact nd|exact le|apply polynomial_poly|exact zero]. }
  assert (e : a = ofZ 0).
  { pose proof (all (ofZ 0)) as h. cbn in h. apply (lin _ _ _ _ h). ring. }
  constructor; [exact e|]. apply (IH (remove F_eq_dec (ofZ 0) G)).
  - now apply nodup_remove.
  - pose proof (length_remove (ofZ 0) G nd). cbn in le. lia.
  - intros g i. apply in_remove in i. destruct i as [_ ne]. pose proof (all g) as h. cbn in h. rewrite e in h.
    destruct (F_integral g (polynomial l g)) as [z|z]; [rewrite <- h; unfold polynomial; ring|contradiction|exact z].
Qed.
