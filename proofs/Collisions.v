(* From poles to challenges. A tuple is three field elements, and the constraints see it as one: a polynomial in beta. Two
   tuples meet at two values of beta at most. So for a sum of n terms that is not balanced, at most n^2 of p values of the
   challenges let its fractions add up to zero: n (n - 1) for a beta at which two tuples meet, and n for a pole gamma. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Field Meaning Ideal Counting Polynomials Poles.
Import ListNotations.
Open Scope Z_scope.

(* The challenges gamma, beta and rho. *)
Definition challenges := (F * F * F)%type.

Definition tuple_at (beta : F) (x : F3) : F :=
  let '(packed, value, address) := x in (packed + beta * value + beta * beta * address)%F.
(* The terms of a sum as the constraints see them at beta. *)
Definition fractions_at (beta : F) (l : list term) : list fraction := map (fun '(m, x) => (m, tuple_at beta x)) l.

(* Two different tuples are equal at two values of beta at most. *)
Lemma few_meet x y : x <> y -> at_most 2 (fun beta => tuple_at beta x = tuple_at beta y).
Proof.
  intros ne l nd all. destruct (Z_le_gt_dec (size l) 2) as [|gt]; [assumption|exfalso; apply ne].
  destruct x as [[a b] d], y as [[a' b'] d'].
  assert (zero : Forall (fun z => z = ofZ 0) [a - a'; b - b'; d - d']%F).
  { apply (coefficients _ l nd).
    - unfold size in gt. cbn. lia.
    - intros beta i. specialize (all beta i). cbn in *. apply (lin _ _ _ _ all). ring. }
  inversion zero as [|? ? za r]; subst. inversion r as [|? ? zb r']; subst. inversion r' as [|? ? zd _]; subst.
  f_equal; [f_equal|]; [apply (lin _ _ _ _ za)|apply (lin _ _ _ _ zb)|apply (lin _ _ _ _ zd)]; ring.
Qed.

(* Two different tuples of a list are equal at beta. *)
Definition mixes (beta : F) (l : list F3) : Prop :=
  exists x y, In x l /\ In y l /\ x <> y /\ tuple_at beta x = tuple_at beta y.

Lemma few_meet_one x l : at_most (2 * size l) (fun beta => exists y, In y l /\ x <> y /\ tuple_at beta x = tuple_at beta y).
Proof.
  induction l as [|y l IH].
  - apply (at_most_none _). intros beta (y & [] & _).
  - apply (at_most_weaken _ (2 + 2 * size l) _ (fun beta => (x <> y /\ tuple_at beta x = tuple_at beta y) \/
      exists y, In y l /\ x <> y /\ tuple_at beta x = tuple_at beta y)).
    + rewrite size_cons. lia.
    + intros beta (z & [<-|i] & ne & e); [now left|right; now exists z].
    + apply at_most_or; [|exact IH]. destruct (F3_dec x y) as [e|ne].
      * apply (at_most_weaken _ 0 _ (fun _ => False)); [lia| |now apply at_most_none]. now intros beta [ne _].
      * apply (at_most_weaken _ 2 _ (fun beta => tuple_at beta x = tuple_at beta y)); [lia|tauto|now apply few_meet].
Qed.

(* n tuples have n (n - 1) / 2 pairs. *)
Lemma few_mix l : at_most (size l * (size l - 1)) (fun beta => mixes beta l).
Proof.
  induction l as [|x l IH].
  - apply (at_most_none _). intros beta (x & y & [] & _).
  - apply (at_most_weaken _ (2 * size l + size l * (size l - 1)) _ (fun beta =>
      (exists y, In y l /\ x <> y /\ tuple_at beta x = tuple_at beta y) \/ mixes beta l)).
    + rewrite size_cons. lia.
    + intros beta (y & z & [<-|iy] & [<-|iz] & ne & e).
      * easy.
      * left. now exists z.
      * left. exists y. repeat split; auto.
      * right. now exists y, z.
    + apply at_most_or; [apply few_meet_one|exact IH].
Qed.

Lemma mixes_dec beta l : {mixes beta l} + {~ mixes beta l}.
Proof.
  assert (one : forall x, {Exists (fun y => x <> y /\ tuple_at beta x = tuple_at beta y) l} +
    {~ Exists (fun y => x <> y /\ tuple_at beta x = tuple_at beta y) l}).
  { intro x. apply Exists_dec. intro y. destruct (F3_dec x y) as [e|ne]; [now right|].
    destruct (F_eq_dec (tuple_at beta x) (tuple_at beta y)) as [e|n]; [now left|now right]. }
  destruct (Exists_dec (fun x => Exists (fun y => x <> y /\ tuple_at beta x = tuple_at beta y) l) l one) as [e|n]; [left|right].
  - apply Exists_exists in e. destruct e as (x & ix & e). apply Exists_exists in e. destruct e as (y & iy & e). now exists x, y.
  - intros (x & y & ix & iy & e). apply n, Exists_exists. exists x. split; [exact ix|]. apply Exists_exists. now exists y.
Qed.

Lemma total_absent l x : ~ In x (map snd l) -> total l x = ofZ 0.
Proof.
  induction l as [|[m y] l IH]; cbn; intro no; [reflexivity|]. destruct (F3_dec y x) as [e|_]; [tauto|].
  rewrite IH by tauto. ring.
Qed.

(* Where no two tuples meet, the total of a tuple is that of its value at beta. *)
Lemma total_at beta all x l : ~ mixes beta all -> In x all -> incl (map snd l) all ->
  total l x = numerator_of (fractions_at beta l) (tuple_at beta x).
Proof.
  intros apart ix. induction l as [|[m y] l IH]; cbn; intro sub; [reflexivity|].
  rewrite IH by (intros z i; apply sub; now right). f_equal.
  destruct (F3_dec y x) as [->|ne].
  - destruct (F_eq_dec (tuple_at beta x) (tuple_at beta x)); [reflexivity|contradiction].
  - destruct (F_eq_dec (tuple_at beta y) (tuple_at beta x)) as [e|_]; [|reflexivity].
    destruct apart. exists y, x. repeat split; auto. apply sub. now left.
Qed.

Lemma balanced_at beta l : ~ mixes beta (map snd l) -> (forall t, numerator_of (fractions_at beta l) t = ofZ 0) -> balanced l.
Proof.
  intros apart zero x. destruct (in_dec F3_dec x (map snd l)) as [i|n]; [|now apply total_absent].
  rewrite (total_at beta (map snd l) x l apart i); [apply zero|easy].
Qed.

Lemma balanced_dec l : {balanced l} + {~ balanced l}.
Proof.
  destruct (Forall_dec (fun x => total l x = ofZ 0) (fun x => F_eq_dec _ _) (map snd l)) as [y|n].
  - left. intro x. destruct (in_dec F3_dec x (map snd l)) as [i|no]; [|now apply total_absent].
    rewrite Forall_forall in y. now apply y.
  - right. intro b. apply n, Forall_forall. intros x _. apply b.
Qed.

Section Challenges.
  (* The field has at most p elements. *)
  Variable p : Z.
  Hypothesis field_size : at_most p (fun _ : F => True).

  Lemma at_most_field (P : F -> Prop) : at_most p P.
  Proof. now apply (at_most_weaken p p P (fun _ => True)); [lia| |]. Qed.
  Lemma field_size_nonneg : 0 <= p.
  Proof. exact (at_most_nonneg _ _ field_size). Qed.

  (* Challenges counted by beta: few bad ones, and for each other one few pairs of the rest. *)
  Lemma by_beta few k (bad : F -> Prop) (P : F -> F * F -> Prop) : at_most few bad -> 0 <= k ->
    (forall beta, bad beta \/ at_most (k * p) (P beta)) ->
    at_most ((few + k) * p ^ 2) (fun x => P (fst x) (snd x)).
  Proof.
    intros h nonneg each. pose proof field_size_nonneg as pn.
    apply (at_most_weaken _ (few * (p * p) + p * (k * p)) _ (fun x => (bad (fst x) /\ P (fst x) (snd x)) \/
      (at_most (k * p) (P (fst x)) /\ P (fst x) (snd x)))).
    - lia.
    - intros [beta rest] holds. cbn in *. destruct (each beta); tauto.
    - apply at_most_or.
      + apply (at_most_pairs F_eq_dec few (p * p) bad P h); [nia|]. intros beta _.
        apply (at_most_weaken _ (p * p) _ (fun x : F * F => True /\ True)); [lia|tauto|].
        now apply (at_most_pairs F_eq_dec p p (fun _ => True) (fun _ _ => True)).
      + apply (at_most_pairs F_eq_dec p (k * p) (fun beta => at_most (k * p) (P beta)) P).
        * apply at_most_field.
        * nia.
        * tauto.
  Qed.

  (* A sum of n terms that is not balanced adds up to zero at most at n^2 of p challenges. *)
  Theorem few_sums l : ~ balanced l ->
    at_most (size l * size l * p ^ 2) (fun '((gamma, beta, _) : challenges) => adds_up gamma (fractions_at beta l) (ofZ 0)).
  Proof.
    intro unbalanced. pose proof field_size_nonneg as pn.
    assert (some : 1 <= size l).
    { destruct l as [|x l]; [destruct unbalanced; intro; reflexivity|]. rewrite size_cons. pose proof (size_nonneg l). lia. }
    apply (at_most_image _ (fun '((gamma, beta, rho) : F * F * F) => (beta, (gamma, rho))) _
      (fun x : F * (F * F) => adds_up (fst (snd x)) (fractions_at (fst x) l) (ofZ 0))).
    - intros [[g b] r] [[g' b'] r']. now intros [= -> -> ->].
    - now intros [[g b] r].
    - set (P := fun (beta : F) (rest : F * F) => adds_up (fst rest) (fractions_at beta l) (ofZ 0)).
      apply (at_most_weaken (size l * size l * p ^ 2) ((size l * (size l - 1) + (size l - 1)) * p ^ 2)
        _ (fun x => P (fst x) (snd x))); [|now intros|].
      { pose proof (Z.pow_nonneg p 2 pn). generalize dependent (p ^ 2). intros. nia. }
      apply (by_beta (size l * (size l - 1)) (size l - 1) (fun beta => mixes beta (map snd l)) P).
      + pose proof (few_mix (map snd l)) as few. rewrite size_map in few. exact few.
      + lia.
      + intro beta. destruct (mixes_dec beta (map snd l)) as [m|apart]; [now left|right].
        apply (at_most_weaken _ ((size l - 1) * p) _ (fun x : F * F => adds_up (fst x) (fractions_at beta l) (ofZ 0) /\ True));
          [lia|tauto|].
        apply (at_most_pairs F_eq_dec (size l - 1) p (fun gamma => adds_up gamma (fractions_at beta l) (ofZ 0)) (fun _ _ => True)).
        * intros G nd sums. destruct (Z_le_gt_dec (size G) (size l - 1)) as [|gt]; [assumption|]. destruct unbalanced.
          apply (balanced_at beta l apart). apply (poles _ G nd); [|exact sums].
          unfold fractions_at. rewrite map_length. unfold size, term in *. lia.
        * exact pn.
        * intros gamma _. apply at_most_field.
  Qed.
End Challenges.
