(* Lists of items that are well-formed by themselves, and how they combine. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Field Builder Capacities Circuit Determined.
Import ListNotations.
Open Scope Z_scope.

(* What the terms of a list take is determined by items of the list. *)
Definition closed (l : list item) : Prop := Forall (well_formed l) l.

Lemma closed_within l m : closed l -> incl l m -> Forall (well_formed m) l.
Proof.
  unfold closed. rewrite !Forall_forall. intros h sub i hi. now apply (well_formed_incl l m i sub), h.
Qed.
Lemma closed_app l m : closed l -> closed m -> closed (l ++ m).
Proof.
  intros hl hm. apply Forall_app. split; apply closed_within; auto; intros i h; apply in_or_app; auto.
Qed.
Lemma closed_flat_map {A} (f : A -> list item) l : (forall x, In x l -> closed (f x)) -> closed (flat_map f l).
Proof.
  induction l as [|x l IH]; intro h; [constructor|]. cbn [flat_map]. apply closed_app; [apply h; now left|].
  apply IH. intros y i. apply h. now right.
Qed.
Lemma closed_parts a b : (forall l, incl b l -> Forall (well_formed l) a /\ Forall (well_formed l) b) -> closed (a ++ b).
Proof. intro h. apply Forall_app. apply h. apply incl_appr, incl_refl. Qed.
(* Items that are no terms. *)
Definition not_term (i : item) : Prop := match i with Term _ _ _ _ _ => False | _ => True end.
Lemma closed_no_terms l : Forall not_term l -> closed l.
Proof. apply Forall_impl. now intros []. Qed.

Section Over.
  Variable l : list item.
  Lemma over_nil : over l [].
  Proof. intros x m []. Qed.
  Lemma over_cons x m e : determined l x -> over l e -> over l ((x, m) :: e).
  Proof. intros d h y n [[= <- <-]|i]; [exact d|now apply (h y n)]. Qed.
  Lemma over_app e f : over l e -> over l f -> over l (e ++ f).
  Proof. intros he hf x m i. apply in_app_or in i. destruct i as [i|i]; [now apply (he x m)|now apply (hf x m)]. Qed.
  Lemma over_scale n e : over l e -> over l (scale n e).
  Proof.
    intros h x m i. unfold scale in i. apply in_map_iff in i. destruct i as ([y k] & [= <- <-] & i). now apply (h y k).
  Qed.
  Lemma over_minus e f : over l e -> over l f -> over l (minus e f).
  Proof. intros he hf. apply over_app; [exact he|now apply over_scale]. Qed.
  Lemma over_v x : determined l x -> over l (v x).
  Proof. intro d. apply over_cons; [exact d|apply over_nil]. Qed.
  Lemma over_constant n : over l (constant n).
  Proof. apply over_cons; [apply one_determined|apply over_nil]. Qed.
  Lemma over_column b row column : over l (v (Column b row column)).
  Proof. apply over_v, column_determined. Qed.
  Lemma over_flat_map {A} (f : A -> lc) s : (forall x, over l (f x)) -> over l (flat_map f s).
  Proof. intro h. induction s as [|x s IH]; [apply over_nil|]. now apply over_app. Qed.
  Lemma over_recompose bits s : Forall (over l) s -> over l (recompose bits s).
  Proof. induction 1 as [|e s h _ IH]; [apply over_nil|]. apply over_app; [exact h|now apply over_scale]. Qed.
  Lemma over_limbs c b row column : Forall (over l) (limbs_at c b row column).
  Proof. apply Forall_forall. intros e i. apply in_map_iff in i. destruct i as (n & <- & _). apply over_column. Qed.
  Lemma over_word c b row column : over l (word_of c (limbs_at c b row column)).
  Proof. apply over_recompose, over_limbs. Qed.
  Lemma over_higher c b row column : Forall (over l) (higher c b row column).
  Proof. apply Forall_forall. intros e i. apply in_map_iff in i. destruct i as (n & <- & _). apply over_column. Qed.
  Lemma over_product x a b : In (Product x a b) l -> over l a -> over l b -> determined l x.
  Proof. apply product_determined. Qed.
  Lemma over_zero_test inverse x value weight : In (WhereZero inverse x value weight) l ->
    over l value -> over l weight -> determined l x.
  Proof. apply zero_test_determined. Qed.

  (* Terms with a packed tuple only. *)
  Lemma well_formed_single s sign x e numerator : over l e -> over l numerator ->
    well_formed l (Term s sign x (single e) numerator).
  Proof. now repeat split. Qed.
  Lemma well_formed_range x value : over l value -> well_formed l (range x value).
  Proof. intro h. apply well_formed_single; [exact h|apply over_constant]. Qed.
  Lemma well_formed_words c x s : forall n, Forall (over l) s -> Forall (well_formed l) (word_items c x n s).
  Proof.
    induction s as [|e s IH]; intros n h; [constructor|]. inversion h as [|? ? he hs]; subst. destruct s as [|e' s].
    - constructor; [|constructor]. unfold top_range. destruct (has_top c); [|now apply well_formed_range].
      apply well_formed_single; [exact he|apply over_constant].
    - constructor; [now apply well_formed_range|now apply IH].
  Qed.
  Lemma over_cell time space set : over l time -> over l space -> over l set -> over l (pack_cell time space set).
  Proof. intros. unfold pack_cell. repeat first [assumption | apply over_app | apply over_scale]. Qed.
  Lemma over_question a op c result b : over l a -> over l op -> over l c -> over l result -> over l b ->
    over l (pack_question a op c result b).
  Proof. intros. unfold pack_question. repeat first [assumption | apply over_app | apply over_scale]. Qed.
End Over.

(* Proves `over` for linear combinations of columns. *)
Ltac over := repeat first [apply over_nil | apply over_constant | apply over_column | apply over_word | apply over_minus
  | apply over_scale | apply over_app].
(* An item is in a list that is written out. *)
Ltac member := first [left; reflexivity | right; member | apply in_or_app; first [left; member | right; member]].
(* Goes through a list that is written out. Leaves the terms. *)
Ltac each_item := repeat first [apply Forall_nil | apply Forall_cons; [first [exact I | idtac] | ]].
