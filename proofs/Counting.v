(* "At most k elements have the property P", without a type's list of elements: no list of different elements with P is
   longer than k. All probabilities over the challenges are counted in this way. *)
From Coq Require Import ZArith Lia List FinFun.
Import ListNotations.
Open Scope Z_scope.

Definition size {A} (l : list A) : Z := Z.of_nat (length l).
Definition at_most {A} (k : Z) (P : A -> Prop) : Prop :=
  forall l, NoDup l -> (forall x, In x l -> P x) -> size l <= k.

Lemma size_nil {A} : size (@nil A) = 0.
Proof. reflexivity. Qed.
Lemma size_cons {A} (x : A) l : size (x :: l) = size l + 1.
Proof. unfold size. cbn [length]. lia. Qed.
Lemma size_app {A} (l m : list A) : size (l ++ m) = size l + size m.
Proof. unfold size. rewrite app_length. lia. Qed.
Lemma size_map {A B} (f : A -> B) l : size (map f l) = size l.
Proof. unfold size. now rewrite map_length. Qed.
Lemma size_nonneg {A} (l : list A) : 0 <= size l.
Proof. unfold size. lia. Qed.

Lemma at_most_nonneg {A} k (P : A -> Prop) : at_most k P -> 0 <= k.
Proof. intro few. apply (few []); [constructor|easy]. Qed.

Lemma at_most_weaken {A} n k (P Q : A -> Prop) : k <= n -> (forall x, P x -> Q x) -> at_most k Q -> at_most n P.
Proof. intros le sub few l nd all. specialize (few l nd (fun x i => sub x (all x i))). lia. Qed.

Lemma at_most_none {A} (P : A -> Prop) : (forall x, ~ P x) -> at_most 0 P.
Proof. intros none [|x l] _ all; [cbn; lia|]. destruct (none x). apply all. now left. Qed.

(* A list whose elements have P or Q splits into two. *)
Lemma split_list {A} (P Q : A -> Prop) l : NoDup l -> (forall x, In x l -> P x \/ Q x) ->
  exists m n, NoDup m /\ NoDup n /\ size l = size m + size n /\ incl m l /\ incl n l /\
    (forall x, In x m -> P x) /\ (forall x, In x n -> Q x).
Proof.
  induction 1 as [|x l new nd IH]; intro all.
  - exists [], []. repeat split; try constructor; try easy.
  - destruct IH as (m & n & ndm & ndn & e & im & in_ & pm & qn); [intros y i; apply all; now right|].
    destruct (all x (or_introl eq_refl)) as [p|q].
    + exists (x :: m), n. repeat split; auto.
      * constructor; [|exact ndm]. intro i. now apply new, im.
      * rewrite !size_cons. lia.
      * intros y [<-|i]; [now left|right; now apply im].
      * intros y i. right. now apply in_.
      * intros y [<-|i]; auto.
    + exists m, (x :: n). repeat split; auto.
      * constructor; [|exact ndn]. intro i. now apply new, in_.
      * rewrite !size_cons. lia.
      * intros y i. right. now apply im.
      * intros y [<-|i]; [now left|right; now apply in_].
      * intros y [<-|i]; auto.
Qed.

Lemma at_most_or {A} k n (P Q : A -> Prop) : at_most k P -> at_most n Q -> at_most (k + n) (fun x => P x \/ Q x).
Proof.
  intros few few' l nd all. destruct (split_list P Q l nd all) as (m & m' & ndm & ndm' & e & _ & _ & p & q).
  specialize (few m ndm p). specialize (few' m' ndm' q). lia.
Qed.

Lemma at_most_image {A B} k (f : A -> B) (P : A -> Prop) (Q : B -> Prop) :
  (forall x y, f x = f y -> x = y) -> (forall x, P x -> Q (f x)) -> at_most k Q -> at_most k P.
Proof.
  intros inj sub few l nd all. rewrite <- (size_map f). apply few.
  - now apply Injective_map_NoDup.
  - intros y i. apply in_map_iff in i. destruct i as (x & <- & i). now apply sub, all.
Qed.

(* Pairs: at most q first parts, and at most k second parts for each. *)
Section Pairs.
  Context {A B : Type} (A_dec : forall x y : A, {x = y} + {x <> y}).

  Lemma pairs_by_first k (P : A -> B -> Prop) : 0 <= k -> (forall a, at_most k (P a)) ->
    forall firsts l, NoDup l -> (forall x, In x l -> In (fst x) firsts /\ P (fst x) (snd x)) -> size l <= size firsts * k.
  Proof.
    intros nonneg few. induction firsts as [|a firsts IH]; intros l nd all.
    - destruct l as [|x l]; [reflexivity|]. destruct (all x (or_introl eq_refl)) as [[] _].
    - destruct (split_list (fun x => fst x = a) (fun x => fst x <> a) l nd) as (m & n & ndm & ndn & e & im & in_ & pm & qn).
      { intros x _. destruct (A_dec (fst x) a); auto. }
      assert (first : size m <= k).
      { rewrite <- (size_map snd m). apply (few a).
        - clear - ndm pm. induction ndm as [|x m new nd IH]; cbn; constructor.
          + intro i. apply in_map_iff in i. destruct i as (y & e & i). apply new. replace x with y; [exact i|].
            pose proof (pm x (or_introl eq_refl)) as ex. pose proof (pm y (or_intror i)) as ey.
            destruct x as [x1 x2], y as [y1 y2]. cbn in *. congruence.
          + apply IH. intros y i. apply pm. now right.
        - intros y i. apply in_map_iff in i. destruct i as (x & <- & i). rewrite <- (pm x i). now apply all, im. }
      assert (others : size n <= size firsts * k).
      { apply IH; [exact ndn|]. intros x i. destruct (all x (in_ x i)) as [[h|h] p]; [|now split].
        destruct (qn x i). now symmetry. }
      rewrite size_cons. lia.
  Qed.

  Lemma at_most_pairs q k (P : A -> Prop) (Q : A -> B -> Prop) : at_most q P -> 0 <= k -> (forall a, P a -> at_most k (Q a)) ->
    at_most (q * k) (fun x => P (fst x) /\ Q (fst x) (snd x)).
  Proof.
    intros few nonneg few' l nd all. set (firsts := nodup A_dec (map fst l)).
    assert (le : size l <= size firsts * k).
    { apply (pairs_by_first k (fun a b => P a /\ Q a b)); [exact nonneg| |exact nd|].
      - intros a [|b m] ndm p; [exact nonneg|]. apply (few' a); [apply (p b); now left|exact ndm|]. intros x i. now apply p.
      - intros x i. split; [|now apply all]. apply nodup_In, in_map, i. }
    assert (le' : size firsts <= q).
    { apply few; [apply NoDup_nodup|]. intros a i. apply nodup_In, in_map_iff in i. destruct i as (x & <- & i). now apply all. }
    nia.
  Qed.
End Pairs.
