(* The values of linear combinations, and what the constraints of an item say about them. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Builder Capacities Circuit Meaning Ideal.
Import ListNotations.
Open Scope Z_scope.

Section Linear.
  Variable a : assignment.

  Lemma eval_app l l' : eval a (l ++ l') = (eval a l + eval a l')%F.
  Proof. unfold eval. induction l as [|[x m] l IH]; cbn; [ring|rewrite IH; ring]. Qed.
  Lemma eval_scale n l : eval a (scale n l) = (#n * eval a l)%F.
  Proof. unfold eval, scale. induction l as [|[x m] l IH]; cbn; [ring|rewrite IH, ofZ_mul; ring]. Qed.
  Lemma eval_minus l l' : eval a (minus l l') = (eval a l - eval a l')%F.
  Proof. unfold minus. rewrite eval_app, eval_scale. ring. Qed.
  Lemma eval_v x : eval a (v x) = a x.
  Proof. cbn. ring. Qed.
  Lemma eval_nil : eval a [] = (#0)%F.
  Proof. reflexivity. Qed.
  Lemma eval_flat_map A (f : A -> lc) l : eval a (flat_map f l) = fold_right (fun x sum => (eval a (f x) + sum)%F) (#0)%F l.
  Proof. induction l as [|x l IH]; [reflexivity|]. cbn [flat_map fold_right]. now rewrite eval_app, IH. Qed.

  (* The values of tuples. *)
  Lemma value_single l : value_of a (single l) = (eval a l, #0, #0)%F.
  Proof.
    unfold value_of, value_under. cbn [single packed at_beta at_beta_squared nothing value shift]. rewrite eval_nil. f_equal; [f_equal|]; ring.
  Qed.
  Lemma value_with_beta l x u : value_of a (with_beta l (under_beta x u)) = (eval a l, eval a u, #0)%F.
  Proof.
    unfold value_of, value_under. cbn [with_beta under_beta packed at_beta at_beta_squared nothing value shift]. rewrite eval_nil.
    f_equal; [f_equal|]; ring.
  Qed.
  Lemma value_with_constant l n : value_of a (with_beta l (constant_under n)) = (eval a l, #n, #0)%F.
  Proof.
    unfold value_of, value_under. cbn [with_beta constant_under packed at_beta at_beta_squared nothing value shift]. rewrite eval_nil.
    f_equal; [f_equal|]; ring.
  Qed.

  Hypothesis one : a One = (#1)%F.
  Lemma eval_constant n : eval a (constant n) = (#n)%F.
  Proof. cbn. rewrite one. ring. Qed.

  (* Constraints of items. *)
  Lemma local_app l l' : local a (l ++ l') <-> local a l /\ local a l'.
  Proof. unfold local. now rewrite filter_app, flat_map_app, Forall_app. Qed.
  Lemma local_in l i : local a l -> In i l -> is_local i = true -> Forall (holds a) (constraints_of i).
  Proof.
    intros h hi e. unfold local in h. rewrite Forall_forall in *. intros x hx. apply h. apply in_flat_map.
    exists i. split; [|exact hx]. now apply filter_In.
  Qed.
  Lemma local_incl l l' : local a l -> incl l' l -> local a l'.
  Proof.
    intros h sub. unfold local in *. rewrite Forall_forall in *. intros x hx. apply h. apply in_flat_map in hx.
    destruct hx as [i [hi hx]]. apply in_flat_map. exists i. split; [|exact hx]. apply filter_In in hi. apply filter_In.
    split; [now apply sub|apply hi].
  Qed.
  Lemma local_enforce l x y z : local a l -> In (Enforce x y z) l -> (eval a x * eval a y = eval a z)%F.
  Proof. intros h hi. exact (Forall_inv (local_in _ _ h hi eq_refl)). Qed.
  Lemma local_product l x y z : local a l -> In (Product x y z) l -> a x = (eval a y * eval a z)%F.
  Proof. intros h hi. pose proof (Forall_inv (local_in _ _ h hi eq_refl)) as e. cbn [holds] in e. now rewrite eval_v in e. Qed.
  Lemma local_zero l x : local a l -> In (zero x) l -> eval a x = (#0)%F.
  Proof.
    intros h hi. assert (e := local_enforce _ _ _ _ h hi). rewrite eval_v, one, eval_nil in e. rewrite <- e. ring.
  Qed.
  Lemma local_boolean l x : local a l -> In (boolean x) l -> eval a x = ofB (isone (eval a x)).
  Proof.
    intros h hi. assert (e := local_enforce _ _ _ _ h hi). rewrite eval_minus, eval_constant, eval_nil in e.
    now apply Field.boolean.
  Qed.
  (* The weight where the value is zero, else zero. *)
  Lemma local_where_zero l inverse x value weight : local a l -> In (WhereZero inverse x value weight) l ->
    a x = if F_eq_dec (eval a value) (#0)%F then eval a weight else (#0)%F.
  Proof.
    intros h hi. pose proof (local_in _ _ h hi eq_refl) as e. pose proof (Forall_inv e) as e1.
    pose proof (Forall_inv (Forall_inv_tail e)) as e2. cbn [holds] in e1, e2. rewrite !eval_v in *. rewrite eval_minus, eval_v in e2.
    destruct (F_eq_dec (eval a value) (#0)%F) as [z|n].
    - rewrite z in e2. apply (lin _ _ _ _ e2). ring.
    - rewrite eval_nil in e1. destruct (F_integral _ _ e1) as [z|z]; [exact z|now elim n].
  Qed.
  (* A value with an inverse is not zero. *)
  Lemma local_inverse l x value : local a l -> In (Inverse x value) l -> eval a value <> (#0)%F.
  Proof.
    intros h hi z. pose proof (Forall_inv (local_in _ _ h hi eq_refl)) as e. cbn [holds] in e. rewrite !eval_v, z, one in e.
    apply one_zero. rewrite <- e. ring.
  Qed.
End Linear.

(* Turns the value of a linear combination that is built from variables into field operations on their values. *)
Ltac evaluate one := repeat first [rewrite eval_app in * | rewrite eval_minus in * | rewrite eval_scale in * | rewrite eval_v in *
  | rewrite (eval_constant _ one) in * | rewrite eval_nil in *].
