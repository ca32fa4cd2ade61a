(* Requests and the rows that take them match one to one, so a row of SHA256 and its row of the table together replace cells.

   Rows of the table are merged into rows of the execution trace one after the other. The request of a row of the table is
   among the removed tuples, so it is among the added ones, and only a row of SHA256 that is not merged yet adds it. When all
   rows of the table are merged, no removed tuple is a request, so no row of SHA256 is left. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Sha256 Machine Rows Builder Circuit Meaning Ideal Bag StepTuples OtherTuples ShaCompress.
Import ListNotations.
Open Scope Z_scope.

Definition no_request (l : list Tup) : Prop := Forall (fun y => space_of y <> REQUEST) l.
Lemma no_request_app l l' : no_request (l ++ l') <-> no_request l /\ no_request l'.
Proof. apply Forall_app. Qed.
Lemma not_in_no_request l y : no_request l -> space_of y = REQUEST -> ~ In y l.
Proof. intros h e hy. exact (proj1 (Forall_forall _ _) h y hy e). Qed.

(* --- which rows have requests --- *)
Lemma pushed_no_request i s a v y : s <> REQUEST -> pushed i s a v y -> space_of y <> REQUEST.
Proof. intros h (t & _ & ->). exact h. Qed.
Lemma popped_no_request i s e a v y : s <> REQUEST -> popped i s e a v y -> space_of y <> REQUEST.
Proof. intros h (t & _ & ->). exact h. Qed.
Ltac no_requests := repeat apply Forall_cons; try apply Forall_nil;
  first [ eapply pushed_no_request; [|eassumption]; discriminate | eapply popped_no_request; [|eassumption]; discriminate | discriminate ].

(* Only SHA256 has a request, and it has nothing else; no row takes one. *)
Lemma row_no_request m i rz r n Ad Rm q : row_meaning m i rz r n Ad Rm q -> (m = RSha256 \/ no_request Ad) /\ no_request Rm.
Proof.
  intro h. unfold row_meaning in h.
  destruct m; try (match type of h with context [if ?z =? 0 then _ else _] => destruct (z =? 0) end);
    tuple_parts; subst Ad Rm; (split; [first [now left | right]|]); unfold no_request, stored, space_of; no_requests.
Qed.
Lemma cells_no_request base vs t : no_request (cells_at base vs (stored_at t HEAP)).
Proof. apply Forall_forall. intros y hy. apply in_cells_at in hy. destruct hy as (k & v & _ & ->). discriminate. Qed.
Lemma taken_no_request t l l' : no_request l -> Forall2 (taken_before t) l l' -> no_request l'.
Proof.
  intros h f. induction f as [|y z l l' p _ IH]; [constructor|]. constructor; [|apply IH; exact (Forall_inv_tail h)].
  destruct y as [[[[ty s] e] a] v]. destruct p as (t' & _ & ->). exact (Forall_inv h).
Qed.
Lemma compression_no_request h : compression_ok h -> no_request (compression_adds h) /\ no_request (taken_cells h).
Proof.
  intros (_ & _ & _ & _ & _ & f). split; [apply no_request_app; split; apply cells_no_request|].
  eapply taken_no_request; [|exact f]. apply no_request_app. split; apply cells_no_request.
Qed.
Lemma step_no_request m i rz r n Ad Rm q : step_meaning m i rz r n Ad Rm q -> no_request Ad /\ no_request Rm.
Proof.
  intro h. assert (hm : m = RSha256 \/ m <> RSha256) by (destruct m; (left; reflexivity) || (right; discriminate)).
  destruct hm as [->|ne].
  - destruct h as (_ & fill & y & s & b & taken & py & _ & _ & _ & _ & f & -> & -> & _). split.
    + apply no_request_app. split; apply (cells_no_request _ _ (Z.of_nat i + 1)).
    + constructor; [eapply popped_no_request; [|exact py]; discriminate|].
      assert (g : no_request (cells_at fill s (stored i HEAP) ++ cells_at (c_top r) b (stored i HEAP))).
      { apply no_request_app. split; apply (cells_no_request _ _ (Z.of_nat i + 1)). }
      clear py. revert g. induction f as [|u z l l' p _ IH]; intro g; [constructor|].
      constructor; [|apply IH; exact (Forall_inv_tail g)]. destruct u as [[[[t sp] e] a] v]. destruct p as (t' & _ & ->). exact (Forall_inv g).
  - assert (h' : row_meaning m i rz r n Ad Rm q) by (destruct m; (now elim ne) || exact h).
    destruct (row_no_request _ _ _ _ _ _ _ _ h') as [[e|g] g']; [now elim ne|]. now split.
Qed.

(* A row of SHA256 and its row of the table are the row's step. *)
Lemma merge i rz r n Ad Rm q h : compression_ok h -> row_meaning RSha256 i rz r n Ad Rm q -> In (request_of h) Ad ->
  Ad = [request_of h] /\ step_meaning RSha256 i rz r n (compression_adds h) (Rm ++ taken_cells h) q.
Proof.
  intros (_ & wo & wb & lo & lb & f) (hq & fill & y & py & -> & -> & next) [e|[]].
  unfold stored, request_of, stored_at in e. injection e as et es eb.
  split; [unfold request_of, stored, stored_at; now rewrite et, es, eb|]. split; [exact hq|].
  exists fill, y, (old_state h), (block_words h), (taken_cells h). split; [exact py|]. split; [exact wo|]. split; [exact wb|].
  split; [exact lo|]. split; [exact lb|]. split; [|split; [|split; [reflexivity|exact next]]].
  - unfold cells_of in f. rewrite <- et, <- es, <- eb in f. change (stored_at (Z.of_nat i + 1) HEAP) with (stored i HEAP) in f.
    revert f. generalize (cells_at fill (old_state h) (stored i HEAP) ++ cells_at (c_top r) (block_words h) (stored i HEAP)).
    generalize (taken_cells h). clear. intros l' l f. induction f as [|y z l l' p _ IH]; [constructor|]. constructor; [|exact IH].
    destruct y as [[[[t sp] e] a] v]. destruct p as (t' & ht & ->). exists t'. split; [lia|reflexivity].
  - unfold compression_adds, cells_of. rewrite <- et, <- es, <- eb. reflexivity.
Qed.

(* One entry of a table of tuples changed. *)
Definition changed (f : nat -> list Tup) (i : nat) (l : list Tup) : nat -> list Tup := fun k => if Nat.eq_dec k i then l else f k.
Lemma changed_count f i l n y : (i < n)%nat -> tuple_count (tuples_upto (changed f i l) n) y =
  tuple_count (tuples_upto f n) y - tuple_count (f i) y + tuple_count l y.
Proof.
  assert (same : forall n, (n <= i)%nat -> tuple_count (tuples_upto (changed f i l) n) y = tuple_count (tuples_upto f n) y).
  { induction n0 as [|k IH]; intro h; [reflexivity|]. cbn [upto]. rewrite !cnt_app, IH by lia. unfold changed.
    destruct (Nat.eq_dec k i); [lia|reflexivity]. }
  induction n as [|n IH]; intro h; [lia|]. cbn [upto]. rewrite !cnt_app. unfold changed at 2. destruct (Nat.eq_dec n i) as [->|ne].
  - rewrite same by lia. lia.
  - rewrite IH by lia. lia.
Qed.

Section Matching.
  Variable T : nat.
  Variable r : nat -> columns.
  Variable question : nat -> option F.
  (* What is known of the operation and of the result of a row. *)
  Variable context : nat -> row_op -> Z -> Prop.
  Definition pending (i : nat) (Ad Rm : list Tup) : Prop :=
    exists m rz, context i m rz /\ row_meaning m i rz (r i) (r (S i)) Ad Rm (question i).
  Definition merged (i : nat) (Ad Rm : list Tup) : Prop :=
    exists m rz, context i m rz /\ step_meaning m i rz (r i) (r (S i)) Ad Rm (question i).
  Definition ended (i : nat) (Ad Rm : list Tup) : Prop := S i = T -> Ad = [] /\ Rm = [].
  Variables rest_added rest_removed : list Tup.
  Hypothesis rest_added_free : no_request rest_added.
  Hypothesis rest_removed_free : no_request rest_removed.

  Lemma count_in l l' y : (forall y, tuple_count l y = tuple_count l' y) -> In y l' -> In y l.
  Proof. intros e h. apply (cnt_in Tup Tup_dec). rewrite e. now apply (cnt_in Tup Tup_dec). Qed.

  Theorem all_merged hs : Forall compression_ok hs -> forall adds removes,
    (forall i, (S i < T)%nat -> pending i (adds i) (removes i) \/ merged i (adds i) (removes i)) ->
    (forall i, ended i (adds i) (removes i)) ->
    (forall y, tuple_count (tuples_upto adds T ++ rest_added ++ flat_map compression_adds hs) y =
      tuple_count (tuples_upto removes T ++ rest_removed ++ flat_map compression_removes hs) y) ->
    exists adds' removes', (forall i, (S i < T)%nat -> merged i (adds' i) (removes' i)) /\
      (forall i, ended i (adds' i) (removes' i)) /\
      forall y, tuple_count (tuples_upto adds' T ++ rest_added) y = tuple_count (tuples_upto removes' T ++ rest_removed) y.
  Proof.
    assert (free : forall adds removes, (forall i, (S i < T)%nat -> pending i (adds i) (removes i) \/ merged i (adds i) (removes i)) ->
      (forall i, ended i (adds i) (removes i)) -> no_request (tuples_upto removes T)).
    { intros adds removes rows last. apply upto_forall. intros i hi. destruct (Nat.eq_dec (S i) T) as [e|ne].
      - destruct (last i e) as [_ ->]. constructor.
      - destruct (rows i ltac:(lia)) as [(m & rz & _ & h)|(m & rz & _ & h)];
          [apply (row_no_request _ _ _ _ _ _ _ _ h)|apply (step_no_request _ _ _ _ _ _ _ _ h)]. }
    induction 1 as [|h hs ho all IH]; intros adds removes rows last bag.
    - cbn [flat_map] in bag. rewrite !app_nil_r in bag. exists adds, removes. split; [|now split].
      intros i hi. destruct (rows i hi) as [(m & rz & hc & hm)|hm]; [|exact hm].
      assert (me : m = RSha256 \/ m <> RSha256) by (destruct m; (left; reflexivity) || (right; discriminate)). destruct me as [->|ne].
      + exfalso. destruct hm as (_ & fill & y & _ & ea & _).
        assert (hin : In (stored i REQUEST fill (c_top (r i))) (tuples_upto removes T ++ rest_removed)).
        { apply (count_in (tuples_upto removes T ++ rest_removed) (tuples_upto adds T ++ rest_added)); [intro; symmetry; apply bag|].
          apply in_or_app. left. apply in_upto. exists i. split; [lia|]. rewrite ea. now left. }
        revert hin. apply not_in_no_request; [|reflexivity]. apply no_request_app. split; [exact (free _ _ rows last)|exact rest_removed_free].
      + exists m, rz. split; [exact hc|]. destruct m; (now elim ne) || exact hm.
    - assert (hin : In (request_of h) (tuples_upto adds T ++ rest_added ++ flat_map compression_adds (h :: hs))).
      { apply (count_in _ _ _ bag). rewrite !in_app_iff. right. right. left. reflexivity. }
      assert (free_adds : no_request (flat_map compression_adds (h :: hs))).
      { apply Forall_flat_map. apply Forall_forall. intros h' hh. apply compression_no_request.
        exact (proj1 (Forall_forall _ _) (Forall_cons _ ho all) h' hh). }
      apply in_app_or in hin. destruct hin as [hin|hin].
      2: { exfalso. revert hin. apply not_in_no_request; [|reflexivity]. apply no_request_app. now split. }
      apply in_upto in hin. destruct hin as (i & hi & hin). destruct (Nat.eq_dec (S i) T) as [e|ne].
      { exfalso. destruct (last i e) as [en _]. rewrite en in hin. destruct hin. }
      destruct (rows i ltac:(lia)) as [(m & rz & hc & hm)|(m & rz & _ & hm)].
      2: { exfalso. revert hin. apply not_in_no_request; [|reflexivity]. apply (step_no_request _ _ _ _ _ _ _ _ hm). }
      assert (m = RSha256) as ->.
      { destruct (row_no_request _ _ _ _ _ _ _ _ hm) as [[em|fr] _]; [exact em|exfalso]. revert hin. now apply not_in_no_request. }
      destruct (merge _ _ _ _ _ _ _ h ho hm hin) as [ea step].
      apply (IH (changed adds i (compression_adds h)) (changed removes i (removes i ++ taken_cells h))).
      + intros k hk. unfold changed. destruct (Nat.eq_dec k i) as [->|_]; [|exact (rows k hk)]. right. now exists RSha256, rz.
      + intros k hk. unfold changed. destruct (Nat.eq_dec k i) as [->|_]; [now elim ne|exact (last k hk)].
      + intro y. specialize (bag y). cbn [flat_map] in bag. unfold compression_removes at 1 in bag.
        rewrite !cnt_app, cnt_cons in bag. rewrite !cnt_app, !changed_count, !cnt_app by exact hi. rewrite ea, cnt_cons.
        change (tuple_count [] y) with 0. lia.
  Qed.
End Matching.
