(* What a row's tuples are like, whatever the row: their number, their widths, their times. The memory theorem asks for the
   times; the passage to bags asks for the widths. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Sha256 Memory Machine Rows Builder Circuit Meaning Ideal Bag.
Import ListNotations.
Open Scope Z_scope.

(* Added tuples are set and have the time of the row or a later one, or are output. Removed tuples have an earlier time, and
   are no output; the value that a row removes from the heap is a word. *)
Definition added_ok (i : nat) (x : Tup) : Prop :=
  within x /\ set_of x = 1 /\ (Z.of_nat i + 1 <= time_of x \/ space_of x = OUTPUT).
Definition removed_ok (i : nat) (x : Tup) : Prop :=
  within x /\ time_of x <= Z.of_nat i /\ space_of x <> OUTPUT /\
  (space_of x = HEAP -> exists v, word v /\ value_in x = ofZ v).
Definition tuples_ok (i : nat) (Ad Rm : list Tup) : Prop :=
  (length Ad <= 24)%nat /\ (length Rm <= 25)%nat /\ Forall (added_ok i) Ad /\ Forall (removed_ok i) Rm.

Lemma added_within i Ad Rm : tuples_ok i Ad Rm -> Forall within Ad.
Proof. intros (_ & _ & h & _). eapply Forall_impl; [|exact h]. now intros x [hx _]. Qed.
Lemma removed_within i Ad Rm : tuples_ok i Ad Rm -> Forall within Rm.
Proof. intros (_ & _ & _ & h). eapply Forall_impl; [|exact h]. now intros x [hx _]. Qed.

Lemma stored_ok i s a v : Z.of_nat i < 2 ^ 17 -> 0 <= s < 32 -> added_ok i (stored i s a v).
Proof. intros hi hs. unfold added_ok, stored, within, set_of, time_of, space_of. cbn [fst snd]. repeat split; try left; lia. Qed.
Lemma pushed_ok i s a v x : Z.of_nat i < 2 ^ 17 -> 0 <= s < 32 -> pushed i s a v x -> added_ok i x.
Proof.
  intros hi hs (t & ht & ->). unfold added_ok, within, set_of, time_of, space_of. cbn [fst snd].
  repeat split; try left; lia.
Qed.
Lemma output_ok i a v : added_ok i ((0, OUTPUT, 1), a, v).
Proof. unfold added_ok, within, set_of, time_of, space_of, OUTPUT. cbn [fst snd]. repeat split; try right; lia. Qed.
Lemma popped_ok i s e a v x : Z.of_nat i < 2 ^ 17 -> 0 <= s < 32 -> s <> OUTPUT -> -4 <= e <= 1 ->
  (s = HEAP -> exists z, word z /\ v = ofZ z) -> popped i s e a v x -> removed_ok i x.
Proof.
  intros hi hs ho he hv (t & ht & ->). unfold removed_ok, within, set_of, time_of, space_of, value_in. cbn [fst snd].
  repeat split; try lia; assumption.
Qed.

Ltac tuple_parts :=
  repeat match goal with
  | h : exists _, _ |- _ => destruct h
  | h : _ /\ _ |- _ => destruct h
  | h : next_row _ _ _ _ _ _ _ _ |- _ => clear h
  | h : computed _ _ _ _ _ _ _ |- _ => clear h
  | h : _ = None |- _ => clear h
  end.
Ltac tuple_ok :=
  first [ apply stored_ok; [assumption|unfold STACK, HEAP, REQUEST; lia]
        | eapply pushed_ok; [assumption| |eassumption]; unfold STACK, CALL_STACK; lia
        | apply output_ok
        | eapply popped_ok; [assumption| | | | |eassumption]; unfold STACK, CALL_STACK, HEAP, INPUT, OUTPUT; try lia;
          let e := fresh in intro e; first [exfalso; lia|eexists; split; [|reflexivity]; assumption] ].

Ltac all_tuples := repeat first [apply Forall_nil | apply Forall_cons; [tuple_ok|]].

(* The tuples of a row of the step, its request to the table of SHA-256 among them. *)
Lemma row_meaning_tuples m i rz r n Ad Rm q : Z.of_nat i < 2 ^ 17 -> word rz -> row_meaning m i rz r n Ad Rm q ->
  tuples_ok i Ad Rm.
Proof.
  intros hi hw h. unfold row_meaning in h. unfold used, unused in h.
  destruct m; try (match type of h with context [if ?z =? 0 then _ else _] => destruct (z =? 0) end);
    tuple_parts; subst Ad Rm; unfold tuples_ok; cbn [length]; (split; [lia|]); (split; [lia|]); (split; all_tuples).
Qed.

(* The cells of a list of words from an address on. *)
Lemma in_cells_at base vs f x : In x (cells_at base vs f) ->
  exists q v, nth_error vs q = Some v /\ x = f (base + ofZ (Z.of_nat q))%F (ofZ v).
Proof.
  unfold cells_at. intro h. apply in_map_iff in h. destruct h as ([q v] & <- & h). exists q, v. split; [|reflexivity].
  assert (g : forall l b, In (q, v) (combine (seq b (length l)) l) -> (b <= q)%nat /\ nth_error l (q - b) = Some v).
  { induction l as [|y l IH]; intros b hin; [easy|]. cbn [length seq combine] in hin. destruct hin as [e|hin].
    - injection e as <- <-. split; [lia|now rewrite Nat.sub_diag].
    - destruct (IH (S b) hin) as [hb e]. split; [lia|]. replace (q - b)%nat with (S (q - S b)) by lia. exact e. }
  destruct (g vs 0%nat h) as [_ e]. now rewrite Nat.sub_0_r in e.
Qed.
Lemma cells_at_length base vs f : length (cells_at base vs f) = length vs.
Proof. unfold cells_at. now rewrite map_length, combine_length, seq_length, Nat.min_id. Qed.

(* Each round of the compression leaves eight words; so does the compression. *)
Lemma round_length s kw : length s = 8%nat -> length (round s kw) = 8%nat.
Proof.
  destruct kw as [k w]. intro h. do 8 (destruct s as [|? s]; [discriminate h|]). destruct s; [reflexivity|discriminate h].
Qed.
Lemma rounds_length l : forall s, length s = 8%nat -> length (fold_left round l s) = 8%nat.
Proof. induction l as [|kw l IH]; intros s h; [exact h|]. cbn [fold_left]. now apply IH, round_length. Qed.
Lemma compress_length s b : length s = 8%nat -> length (compress s b) = 8%nat.
Proof.
  intro h. unfold compress. generalize (combine constants (schedule b)). intro l.
  rewrite map_length, combine_length, (rounds_length l s h), h. reflexivity.
Qed.
Lemma compress_words s b : Forall word (compress s b).
Proof.
  unfold compress. generalize (fold_left round (combine constants (schedule b)) s). intro l. apply Forall_forall. intros x hx.
  apply in_map_iff in hx. destruct hx as ([u w] & <- & _). unfold add, word. apply Z.mod_pos_bound. lia.
Qed.

(* The cells that SHA256 takes have the places and values of those it names, and earlier times. *)
Definition taken_from (i : nat) (x z : Tup) : Prop := let '((t, s, e), a, v) := x in popped i s e a v z.

Lemma Forall2_same_length {X Y} (Q : X -> Y -> Prop) l l' : Forall2 Q l l' -> length l = length l'.
Proof. induction 1 as [|x y l l' _ _ IH]; cbn [length]; [reflexivity|now rewrite IH]. Qed.

(* The tuples of a step, SHA256's cells among them. *)
Theorem step_meaning_tuples m i rz r n Ad Rm q : Z.of_nat i < 2 ^ 17 -> word rz -> step_meaning m i rz r n Ad Rm q ->
  tuples_ok i Ad Rm.
Proof.
  intros hi hw h. destruct m; try exact (row_meaning_tuples _ _ _ _ _ _ _ _ hi hw h).
  destruct h as [_ h]. destruct h as (fill & y & s & b & taken & py & ws & wb & ls & lb & ft & -> & -> & _).
  pose proof (compress_length s b ls) as lc. pose proof (Forall2_same_length _ _ _ ft) as lt.
  rewrite app_length, !cells_at_length in lt. rewrite ls, lb in lt.
  generalize dependent (compress s b). intros s' lc.
  split; [rewrite app_length, !cells_at_length; lia|]. split; [cbn [length]; lia|]. split.
  - apply Forall_forall. intros x hx. apply in_app_or in hx.
    destruct hx as [hx|hx]; apply in_cells_at in hx; destruct hx as (k & v & _ & ->); tuple_ok.
  - constructor; [eapply popped_ok; [assumption| | | | |exact py]; unfold STACK, HEAP, OUTPUT; try lia; intro e; discriminate e|].
    apply Forall_forall. intros z hz.
    assert (src : exists x, In x (cells_at fill s (stored i HEAP) ++ cells_at (c_top r) b (stored i HEAP)) /\ taken_from i x z).
    { revert hz. clear - ft. induction ft as [|x z' l l' p ft IH]; [easy|].
        intros [<-|hz]; [exists x; split; [now left|exact p]|].
      destruct (IH hz) as (x' & hin & p'). exists x'. split; [now right|exact p']. }
    destruct src as (x & hin & p). apply in_app_or in hin. destruct hin as [hin|hin]; apply in_cells_at in hin;
      destruct hin as (k & v & ev & ->); cbn [taken_from stored] in p;
      (eapply popped_ok; [assumption| | | | |exact p]; unfold STACK, HEAP, OUTPUT; try lia);
      intros _; exists v; (split; [|reflexivity]); apply nth_error_In in ev;
        first [exact (proj1 (Forall_forall _ _) ws v ev)|exact (proj1 (Forall_forall _ _) wb v ev)].
Qed.
