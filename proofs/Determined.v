(* What the challenges cannot change. A variable is determined if the committed columns determine it: by products and zero
   tests of determined values. In a well-formed circuit, tuples and numerators are determined, and a variable under a power
   of beta is that power times a determined value. So the terms of a sum are the same for all challenges.

   This is the rule of core/src/circuit/bounds/fixed.rs. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field Builder Meaning Ideal Linear Collisions.
Import ListNotations.
Open Scope Z_scope.

Section Items.
  Variable l : list item.

  Inductive determined : var -> Prop :=
  | one_determined : determined One
  | column_determined b row column : determined (Column b row column)
  | product_determined x a b : In (Product x a b) l ->
      (forall y m, In (y, m) a -> determined y) -> (forall y m, In (y, m) b -> determined y) -> determined x
  | zero_test_determined inverse x value weight : In (WhereZero inverse x value weight) l ->
      (forall y m, In (y, m) value -> determined y) -> (forall y m, In (y, m) weight -> determined y) -> determined x.

  (* All variables of a linear combination are determined. *)
  Definition over (e : lc) : Prop := forall x m, In (x, m) e -> determined x.

  Definition well_under (times_power : var -> lc -> item) (u : under) : Prop :=
    match name u with
    | None => value u = []
    | Some x => over (value u) /\ In (times_power x (value u)) l
    end.
  Definition well_formed (i : item) : Prop :=
    match i with
    | Term _ _ _ t numerator => over (packed t) /\ over numerator /\
        well_under TimesBeta (at_beta t) /\ well_under TimesBetaSquared (at_beta_squared t)
    | _ => True
    end.
End Items.

(* More items determine more. *)
Lemma determined_incl l l' x : incl l l' -> determined l x -> determined l' x.
Proof.
  intros sub. induction 1 as [|b row column|x a b i _ IHa _ IHb|inverse x value weight i _ IHv _ IHw].
  - constructor.
  - constructor.
  - now apply (product_determined l' x a b); [apply sub|..].
  - now apply (zero_test_determined l' inverse x value weight); [apply sub|..].
Qed.
Lemma over_incl l l' e : incl l l' -> over l e -> over l' e.
Proof. intros sub h x m i. apply (determined_incl l); [exact sub|now apply (h x m)]. Qed.
Lemma well_formed_incl l l' i : incl l l' -> well_formed l i -> well_formed l' i.
Proof.
  intro sub. destruct i as [| | | | | | |s sign y t numerator]; cbn; auto. intros (hp & hn & hb & hs). pose proof (over_incl l l') as more.
  repeat split; auto; unfold well_under in *; [destruct (name (at_beta t))|destruct (name (at_beta_squared t))]; auto; firstorder.
Qed.

Lemma eval_same a a' e : (forall x m, In (x, m) e -> a x = a' x) -> eval a e = eval a' e.
Proof.
  unfold eval. induction e as [|[x m] e IH]; intro same; cbn; [reflexivity|].
  rewrite (same x m (or_introl eq_refl)), IH; [reflexivity|].
  intros y n i. apply (same y n). now right.
Qed.

(* The constraints of all items hold, those with challenges included. *)
Definition hold (a : assignment) (l : list item) : Prop := Forall (holds a) (flat_map constraints_of l).

Lemma item_holds a l i : hold a l -> In i l -> Forall (holds a) (constraints_of i).
Proof.
  unfold hold. rewrite !Forall_forall. intros h hi k hk. apply h, in_flat_map. now exists i.
Qed.

Lemma hold_local a l : hold a l -> local a l.
Proof.
  unfold hold, local. rewrite !Forall_forall. intros h k hk. apply h. apply in_flat_map in hk. destruct hk as (i & hi & hk).
  apply in_flat_map. exists i. apply filter_In in hi. now split.
Qed.

Section Agreement.
  Variables (l : list item) (a a' : assignment).
  Hypothesis columns : forall b row column, a (Column b row column) = a' (Column b row column).
  Hypotheses (one : a One = (#1)%F) (one' : a' One = (#1)%F).
  Hypotheses (local_a : local a l) (local_a' : local a' l).

  (* Two assignments to the same committed block agree on what it determines. *)
  Lemma agree x : determined l x -> a x = a' x.
  Proof.
    induction 1 as [|b row column|x e f i _ IHe _ IHf|inverse x value weight i _ IHv _ IHw].
    - now rewrite one, one'.
    - apply columns.
    - rewrite (local_product a l x e f local_a i), (local_product a' l x e f local_a' i).
      now rewrite (eval_same a a' e IHe), (eval_same a a' f IHf).
    - rewrite (local_where_zero a l inverse x value weight local_a i), (local_where_zero a' l inverse x value weight local_a' i).
      now rewrite (eval_same a a' value IHv), (eval_same a a' weight IHw).
  Qed.
  Lemma agree_over e : over l e -> eval a e = eval a' e.
  Proof. intro h. apply eval_same. intros x m i. apply agree. now apply (h x m). Qed.

  Lemma agree_under power u : well_under l power u -> value_under a u = value_under a' u.
  Proof.
    unfold well_under, value_under. destruct (name u); [intros [h _]; now rewrite (agree_over _ h)|now intros ->].
  Qed.
  (* The terms of a sum do not depend on the challenges. *)
  Lemma agree_terms s m : Forall (well_formed l) m -> terms a s m = terms a' s m.
  Proof.
    induction 1 as [|i m w _ IH]; [reflexivity|]. unfold terms in *. cbn [flat_map]. rewrite IH. f_equal.
    destruct i as [| | | | | | |s' sign y t numerator]; try reflexivity. cbn in *. destruct w as (hp & hn & hb & hs).
    destruct (sum_eq s s'); [|reflexivity].
    unfold value_of. now rewrite (agree_over _ hp), (agree_over _ hn), (agree_under _ _ hb), (agree_under _ _ hs).
  Qed.
End Agreement.

Section Tuples.
  Variables (l : list item) (a : assignment).
  Hypotheses (one : a One = (#1)%F) (satisfied : hold a l) (squared : In (TimesBeta BetaSquared (v Beta)) l).

  Lemma beta_squared : a BetaSquared = (a Beta * a Beta)%F.
  Proof.
    pose proof (Forall_inv (item_holds _ _ _ satisfied squared)) as h. cbn [holds] in h. now rewrite !eval_v in h.
  Qed.
  (* What is written under a power of beta is that power times the value. *)
  Lemma written_under u (times_power : var -> lc -> item) power :
    (forall x e, constraints_of (times_power x e) = [(e, v power, v x)]) -> well_under l times_power u ->
    eval a (written power u) = (a power * value_under a u)%F.
  Proof.
    intros made w. unfold written, value_under, well_under in *. rewrite eval_app.
    assert (e : eval a (if shift u =? 0 then [] else [(power, shift u)]) = (a power * #(shift u))%F).
    { destruct (Z.eqb_spec (shift u) 0) as [->|_]; cbn; ring. }
    transitivity (eval a (match name u with Some x => v x | None => [] end) + a power * #(shift u))%F; [now f_equal|].
    clear e. destruct (name u) as [x|].
    - destruct w as [_ i]. pose proof (item_holds _ _ _ satisfied i) as h. rewrite made in h. apply Forall_inv in h.
      cbn [holds] in h. rewrite !eval_v in h. rewrite eval_v, <- h. ring.
    - rewrite w. cbn. ring.
  Qed.
  (* The linear combination of a tuple is the tuple at beta. *)
  Lemma tuple_value t : well_under l TimesBeta (at_beta t) -> well_under l TimesBetaSquared (at_beta_squared t) ->
    eval a (lc_of t) = tuple_at (a Beta) (value_of a t).
  Proof.
    intros hb hs. unfold lc_of, value_of. cbn [tuple_at]. rewrite !eval_app.
    rewrite (written_under _ TimesBeta Beta (fun _ _ => eq_refl) hb).
    rewrite (written_under _ TimesBetaSquared BetaSquared (fun _ _ => eq_refl) hs), beta_squared. ring.
  Qed.
End Tuples.
