(* What a balanced sum gives: a tuple that is looked up is a tuple of the table.

   The side that looks up has numerators 0 and 1. They are counted as integers, since there are far fewer terms than the
   field has elements. So some term with the same tuple has another numerator, and it is one of the table's. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Builder Capacities Circuit Meaning Ideal.
Import ListNotations.
Open Scope Z_scope.

(* --- terms --- *)
Lemma total_app (l l' : list term) x : total (l ++ l') x = (total l x + total l' x)%F.
Proof. induction l as [|[m y] l IH]; cbn; [ring|rewrite IH; ring]. Qed.

Definition bit_numerator (m : F) : Prop := m = (#0)%F \/ m = (#1)%F.
Lemma bit_numerator_dec m : {bit_numerator m} + {~ bit_numerator m}.
Proof.
  unfold bit_numerator. destruct (F_eq_dec m (#0)%F) as [h|h]; [now left; left|].
  destruct (F_eq_dec m (#1)%F) as [h'|h']; [now left; right|right; tauto].
Qed.

(* If all terms of x have numerators 0 and 1, their total is the number of ones. *)
Lemma total_counts (l : list term) x : (forall m, In (m, x) l -> bit_numerator m) ->
  exists k, 0 <= k <= Z.of_nat (length l) /\ total l x = (#k)%F /\ (In (#1, x)%F l -> 1 <= k).
Proof.
  induction l as [|[m y] l IH]; intro h; cbn [total length].
  - exists 0. split; [lia|]. split; [reflexivity|intros []].
  - destruct IH as (k & hk & e & one); [intros m' hm; apply h; now right|]. rewrite e. destruct (F3_dec y x) as [->|n].
    + destruct (h m (or_introl eq_refl)) as [->| ->].
      * exists k. split; [lia|]. split; [ring|]. intros [i|i]; [|now apply one].
        exfalso. apply one_zero. congruence.
      * exists (1 + k). split; [lia|]. split; [rewrite ofZ_add; ring|]. intros _. lia.
    + exists k. split; [lia|]. split; [ring|]. intros [i|i]; [|now apply one]. congruence.
Qed.

(* A tuple of a balanced sum that has the numerator 1 somewhere has a numerator other than 0 and 1 somewhere else. *)
Theorem balanced_finds (l : list term) x : balanced l -> Z.of_nat (length l) < 2 ^ 200 -> In (#1, x)%F l ->
  exists m, In (m, x) l /\ ~ bit_numerator m.
Proof.
  intros b small hx.
  destruct (Forall_Exists_dec (fun t : term => snd t = x -> bit_numerator (fst t))) with (l := l) as [all|some].
  - intros [m y]. cbn [fst snd]. destruct (F3_dec y x) as [->|n]; [|now left].
    destruct (bit_numerator_dec m) as [h|h]; [now left|right; tauto].
  - exfalso. rewrite Forall_forall in all. destruct (total_counts l x) as (k & hk & e & one).
    + intros m hm. exact (all _ hm eq_refl).
    + specialize (one hx). rewrite (b x) in e. assert (2 ^ 200 < 2 ^ 254) by reflexivity. apply ofZ_inj in e; lia.
  - apply Exists_exists in some. destruct some as [[m y] [hm n]]. cbn [fst snd] in n.
    destruct (F3_dec y x) as [->|ne]; [|tauto]. exists m. split; [exact hm|tauto].
Qed.


(* --- terms of items --- *)
Section Items.
  Variable a : assignment.

  Lemma terms_app s l l' : terms a s (l ++ l') = terms a s l ++ terms a s l'.
  Proof. apply flat_map_app. Qed.
  Lemma terms_flat_map A s (f : A -> list item) l : terms a s (flat_map f l) = flat_map (fun x => terms a s (f x)) l.
  Proof. induction l as [|x l IH]; [reflexivity|]. cbn [flat_map]. now rewrite terms_app, IH. Qed.
  Lemma terms_length s l : (length (terms a s l) <= length l)%nat.
  Proof.
    induction l as [|i l IH]; [reflexivity|]. unfold terms in *. cbn [flat_map]. rewrite app_length.
    assert (length (terms_of a s i) <= 1)%nat; [|cbn [length]; lia].
    destruct i; cbn; try lia. destruct (sum_eq s s0); cbn; lia.
  Qed.
  Lemma in_terms s l m x : In (m, x) (terms a s l) <->
    exists sign y t n, In (Term s sign y t n) l /\ m = (#sign * eval a n)%F /\ x = value_of a t.
  Proof.
    unfold terms. rewrite in_flat_map. split.
    - intros [i [hi h]]. destruct i; cbn in h; try contradiction. destruct (sum_eq s s0) as [<-|]; [|contradiction].
      destruct h as [h|[]]. injection h as <- <-. now repeat eexists; try exact hi.
    - intros (sign & y & t & n & hi & -> & ->). exists (Term s sign y t n). split; [exact hi|]. cbn.
      destruct (sum_eq s s) as [_|no]; [now left|now elim no].
  Qed.

  (* A term with numerator 1 has a partner: a term of the same sum and with the same tuple, whose numerator with its sign
     is neither 0 nor 1. *)
  Theorem partner s l y t n : balanced (terms a s l) -> Z.of_nat (length l) < 2 ^ 200 ->
    In (Term s 1 y t n) l -> eval a n = (#1)%F ->
    exists sign y' t' n', In (Term s sign y' t' n') l /\ value_of a t' = value_of a t /\ ~ bit_numerator (#sign * eval a n')%F.
  Proof.
    intros b small h e. destruct (balanced_finds _ (value_of a t) b) as (m & hm & no).
    - pose proof (terms_length s l). lia.
    - apply in_terms. exists 1, y, t, n. rewrite e. split; [exact h|]. split; [ring|reflexivity].
    - apply in_terms in hm. destruct hm as (sign & y' & t' & n' & hi & -> & ev). now exists sign, y', t', n'.
  Qed.

  (* Whether an item is a term of a sum. *)
  Definition is_term (s : sum) (i : item) : bool := match i with Term s' _ _ _ _ => if sum_eq s s' then true else false | _ => false end.
  Definition without (s : sum) (l : list item) : Prop := Forall (fun i => is_term s i = false) l.
  Lemma without_app s l l' : without s (l ++ l') <-> without s l /\ without s l'.
  Proof. apply Forall_app. Qed.
  Lemma without_flat_map A s (f : A -> list item) l : (forall x, In x l -> without s (f x)) -> without s (flat_map f l).
  Proof.
    intro h. apply Forall_forall. intros i hi. apply in_flat_map in hi. destruct hi as [x [hx hi]].
    exact (proj1 (Forall_forall _ _) (h x hx) i hi).
  Qed.
  Lemma without_map A s (f : A -> item) l : (forall x, In x l -> is_term s (f x) = false) -> without s (map f l).
  Proof. intro h. apply Forall_forall. intros i hi. apply in_map_iff in hi. destruct hi as [x [<- hx]]. now apply h. Qed.
  Lemma without_terms s l : without s l -> terms a s l = [].
  Proof.
    induction 1 as [|i l h _ IH]; [reflexivity|]. unfold terms in *. cbn [flat_map]. rewrite IH, app_nil_r.
    destruct i; cbn in *; try reflexivity. now destruct (sum_eq s s0).
  Qed.
  Lemma not_in_without s l sign y t n : without s l -> ~ In (Term s sign y t n) l.
  Proof.
    intros w h. apply (proj1 (Forall_forall _ _) w) in h. cbn in h. now destruct (sum_eq s s).
  Qed.

  (* The lookups of a word's limbs are in the two range sums only. *)
  Lemma without_word_items c s x l : s <> RangeSum -> s <> TopSum -> forall n, without s (word_items c x n l).
  Proof.
    intros h h'. assert (r : forall y w, is_term s (range y w) = false).
    { intros. cbn. now destruct (sum_eq s RangeSum). }
    assert (t : forall y w, is_term s (top_range c y w) = false).
    { intros. unfold top_range. destruct (has_top c); [|apply r]. cbn. now destruct (sum_eq s TopSum). }
    induction l as [|limb l IH]; intro n; cbn [word_items]; [constructor|].
    destruct l as [|limb' l]; (constructor; [auto|]); [constructor|apply (IH (S n))].
  Qed.

  (* The tuples of a table of constants. *)
  Lemma in_table_items s b entries i : In i (table_items s b entries) -> exists j e, In e entries /\
    nth_error entries j = Some e /\ i = Term s (-1) (Fresh b j 0) e (v (Column b j 0)).
  Proof.
    unfold table_items. intro h. apply in_map_iff in h. destruct h as [[j e] [<- h]]. exists j, e.
    split; [exact (in_combine_r _ _ _ _ h)|]. split; [|reflexivity].
    assert (g : forall k m, In (j, e) (combine (seq k m) entries) -> (k <= j)%nat /\ nth_error entries (j - k) = Some e).
    { clear h. induction entries as [|e' l IH]; intros k m h; destruct m; cbn in h; try contradiction.
      destruct h as [h|h].
      - injection h as <- <-. rewrite Nat.sub_diag. auto.
      - apply IH in h. destruct h as [h1 h2]. split; [lia|]. replace (j - k)%nat with (S (j - S k)) by lia. exact h2. }
    apply g in h. rewrite Nat.sub_0_r in h. apply h.
  Qed.

End Items.
