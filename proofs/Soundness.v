(* From the rows, the heap table, the leftovers and the balanced memory to a run of the machine of rows, whose secret words
   are those that the columns show (Secrets.v). *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Ideal Bag StepTuples Cells StepSpaces
  StepMany Step StepJumps StepAll StepStart Secrets.
Import ListNotations.
Open Scope Z_scope.

Lemma nth_ext_some {X} (l : list X) : forall l', (forall q w, nth_error l q = Some w <-> nth_error l' q = Some w) -> l = l'.
Proof.
  induction l as [|x l IH]; intros [|y l'] h.
  - reflexivity.
  - discriminate (proj2 (h 0%nat y) eq_refl).
  - discriminate (proj1 (h 0%nat x) eq_refl).
  - assert (e : Some y = Some x) by exact (proj1 (h 0%nat x) eq_refl). injection e as ->. f_equal. apply IH. intros q w.
    exact (h (S q) w).
Qed.
Lemma nth_rev {X} (l : list X) q : (q < length l)%nat -> nth_error (rev l) q = nth_error l (length l - 1 - q).
Proof.
  induction l as [|x l IH]; cbn [length rev]; intro h; [lia|]. destruct (Nat.eq_dec q (length l)) as [->|n].
  - rewrite nth_error_app2; rewrite rev_length; [|lia]. rewrite Nat.sub_diag.
    now replace (S (length l) - 1 - length l)%nat with O by lia.
  - rewrite nth_error_app1 by (rewrite rev_length; lia). rewrite IH by lia.
    now replace (S (length l) - 1 - q)%nat with (S (length l - 1 - q)) by lia.
Qed.
Lemma row_steps_snoc {R n s ws s1 i w s2} : row_steps R n s ws s1 -> row_at R (pc s1) = Some i ->
  row_exec i s1 w = Some s2 -> word w ->
  row_steps R (S n) s (ws ++ row_taken i w) s2.
Proof.
  induction 1 as [s|n s i0 w0 s0 ws s1 e0 x0 h0 _ IH]; intros e x h.
  - cbn [app]. rewrite <- (app_nil_r (row_taken i w)). now apply (row_steps_S R 0 s i w s2 [] s2 e x h (row_steps_0 R s2)).
  - rewrite <- app_assoc. exact (row_steps_S R (S n) s i0 w0 s0 _ s2 e0 x0 h0 (IH e x h)).
Qed.

(* After SECRET, the next row's column TOP is the word that it took. *)
Lemma secret_in_top {s w s' M i n} : row_exec RSecret s w = Some s' -> rel M i n s' -> c_top n = ofZ w.
Proof.
  intros e related. destruct s as [p st cs h f o ip]. cbn [row_exec] in e. injection e as <-.
  exact (s_top _ _ _ _ (at_stack _ _ _ _ related)).
Qed.

Section Soundness.
  Variables (x : claim) (T H : nat) (r : nat -> columns) (adds removes : nat -> list Tup) (question : nat -> option F)
    (address : nat -> Z) (heap_last : nat -> Tup) (leftovers : list Tup).
  Hypothesis E : evidence x T H r adds removes question address heap_last leftovers.

  Definition first_state : state := mk 0 [] [] (init_heap (heap_data x)) false [] (input x).
  Notation before i := (memory_at x H adds removes address (S i)).
  Notation sane_before i := (sane x H adds removes address (S i)).
  (* The secret words that the columns of the first i rows show. *)
  Notation columns_secret := (secrets_taken (table x) (fun i => c_pc (r i)) (fun i => c_top (r i))).

  Lemma position_small j (m : option row_op) : nth_error (table x) j = Some m -> Z.of_nat j < 2 ^ 17.
  Proof.
    intro e. assert (j < length (table x))%nat by (apply nth_error_Some; congruence).
    pose proof (short_table E). lia.
  Qed.
  Lemma fetched j m z : nth_error (table x) j = Some (Some m) -> z = Z.of_nat j -> row_at (table x) z = Some m.
  Proof. intros e ->. unfold row_at. destruct (Z.ltb_spec (Z.of_nat j) 0); [lia|]. now rewrite Nat2Z.id, e. Qed.

  (* Before each row, the machine is in the state that the memory and the row's columns show, after as many rows or fewer,
     and it has taken the secret words that the columns show. *)
  Lemma simulation i : (i < T)%nat -> exists n ws s, (n <= i)%nat /\ Forall word ws /\ map ofZ ws = columns_secret i /\
    row_steps (table x) n first_state ws s /\ rel (before i) i (r i) s /\ sane_before i.
  Proof.
    induction i as [|i IH]; intro hi.
    - exists 0%nat, [], first_state. split; [lia|]. split; [apply Forall_nil|]. split; [reflexivity|].
      split; [apply row_steps_0|].
      split; [exact (related_first E)|exact (sane_1 E)].
    - destruct (IH ltac:(lia)) as (n & ws & s & hn & hws & shown & hs & hrel & hsane).
      destruct (step_row E i hi) as (j & m & rz & em & epc & ok & hr & sp).
      destruct (memory_row E (S i) ltac:(lia) hsane) as (got & nodup & go).
      pose proof (few_rows E) as small_T.
      assert (here : situation (before i) i s m j rz (r i) (r (S i)) (adds i) (removes i) (question i)).
      { constructor; try assumption; [lia|exact (position_small j _ em)| |].
        - intros q hq. exact (answers E i q hi hq).
        - intros y hy. apply (no_empty_value E i); [lia|exact hy]. }
      assert (at_pc : row_at (table x) (pc s) = Some m) by (eapply fetched; [exact em|exact (pc_is here)]).
      assert (shows := takes_secret_at (table x) j m _ ltac:(pose proof (short_table E); lia) em epc).
      assert (halt : m = RHalt \/ m <> RHalt) by (destruct m; first [left; reflexivity|right; discriminate]).
      destruct halt as [->|no_halt].
      + destruct (step_halt here) as (ea & er & rel').
        exists n, ws, s. split; [lia|]. split; [exact hws|]. split.
        { rewrite secrets_taken_S. unfold secret_of_row. rewrite shows, app_nil_r. exact shown. }
        split; [exact hs|].
        assert (same : before (S i) = before i).
        { unfold memory_at. cbn [Memory.memory]. cbn [added removed]. now rewrite ea, er. }
        split; [rewrite same; exact rel'|]. apply go. cbn [added removed]. now rewrite ea.
      + destruct (step_any here no_halt) as (fr & w & s' & ex & hw & rel').
        exists (S n), (ws ++ row_taken m w), s'. split; [lia|]. split.
        { apply Forall_app. split; [exact hws|]. destruct m; cbn [row_taken]; try apply Forall_nil. now constructor. }
        split.
        { rewrite secrets_taken_S, map_app, shown. unfold secret_of_row. rewrite shows. f_equal.
          destruct m; cbn [row_taken map]; try reflexivity. now rewrite (secret_in_top ex rel'). }
        split; [exact (row_steps_snoc hs at_pc ex hw)|]. split; [exact rel'|]. now apply go.
  Qed.

  (* The theorem: there is a run of the machine of rows that halts, with the secret words that the columns show, with the
     whole input read and with this output. *)
  Theorem rows_sound : exists n ws s, (n < T)%nat /\ Forall word ws /\ map ofZ ws = columns_secret (T - 1)%nat /\
    row_steps (table x) n first_state ws s /\ row_at (table x) (pc s) = Some RHalt /\ inp s = [] /\
    rev (out s) = output x.
  Proof.
    pose proof (some_row E) as pos. pose proof (short_output E) as so.
    set (i := (T - 1)%nat). assert (hi : S i = T) by lia.
    destruct (simulation i ltac:(lia)) as (n & ws & s & hn & hws & shown & hs & hrel & hsane).
    destruct (last_row E i hi) as (j & em & epc & ea & er).
    exists n, ws, s. split; [lia|]. split; [exact hws|]. split; [exact shown|]. split; [exact hs|].
    assert (here : pc s = Z.of_nat j).
    { pose proof (at_pc _ _ _ _ hrel) as e. pose proof (near_pc _ _ _ _ hrel). pose proof (position_small j _ em).
      rewrite epc in e. apply ofZ_inj in e; lia. }
    split; [exact (fetched j _ _ em here)|].
    destruct (memory_row E (S i) ltac:(lia) hsane) as (_ & _ & go). cbn [added removed] in go. rewrite ea, er in go.
    specialize (go I). destruct go as [_ hrep].
    assert (same : memory_at x H adds removes address (S (S i)) = before i) by (unfold memory_at;
      cbn [Memory.memory added removed]; now rewrite ea, er).
    rewrite same in hrep.
    assert (left_over : forall y,
      tuple_count (lasts x H heap_last leftovers) y = Memory.holds Tup (Z * F) Tup_dec key (before i) y).
    { intro y. rewrite <- hrep. rewrite hi. symmetry.
      exact (Memory.live_last Tup Tup_dec (S T) _ _ _ _ (balance E) y). }
    assert (held_left : forall y, before i (key y) = Some y -> In y (lasts x H heap_last leftovers)).
    { intros y e. apply (cnt_in Tup Tup_dec). rewrite left_over. unfold Memory.holds. rewrite e.
        destruct (Tup_dec y y); [lia|easy]. }
    assert (left_held : forall y, In y (lasts x H heap_last leftovers) -> before i (key y) = Some y).
    { intros y e. apply (cnt_in Tup Tup_dec) in e. rewrite left_over in e.
        exact (Memory.holds_some Tup (Z * F) Tup_dec key _ _ e). }
    clear left_over hrep.
    (* Of the tapes, only the output is among them. *)
    assert (others : forall y, In y (lasts x H heap_last leftovers) -> space_of y <> INPUT /\
      (space_of y = OUTPUT -> In y (tape OUTPUT (output x)))).
    { intros y e. unfold lasts in e. apply in_app_or in e. destruct e as [e|e].
      - apply in_upto in e. destruct e as (k & hk & [<-|[]]). destruct (heap_lasts E k hk) as (t & e & v & -> & _).
        split; [discriminate|]. intro a. discriminate a.
      - apply in_app_or in e. destruct e as [e|e].
        + pose proof (proj1 (Forall_forall _ _) (leftovers_ok E) y e) as (t & s' & a & v & -> & _ & [->| ->]);
            (split; [discriminate|]); intro b; discriminate b.
        + split; [|now intros _]. apply in_tape in e. destruct e as (q & w & _ & ->). discriminate. }
    destruct (at_input _ _ _ _ hrel) as [(rd & _ & _ & _ & in1 & in2) _]. destruct (at_output _ _ _ _ hrel) as [_ oc ow osm].
    assert (sm : small (length (map ofZ (out s)))) by (unfold small; rewrite map_length; lia).
    split.
    - destruct (inp s) as [|w ip]; [reflexivity|exfalso]. destruct (in2 0%nat w eq_refl) as [y ey].
      destruct (in1 _ _ ey) as (q & w' & _ & _ & ->).
      exact (proj1 (others _ (held_left ((0, INPUT, 1), _, _) ey)) eq_refl).
    - apply nth_ext_some. intros q w. split; intro e.
      + assert (qb : (q < length (out s))%nat) by (rewrite <- (rev_length (out s)); apply nth_error_Some; congruence).
        rewrite nth_rev in e by exact qb.
        assert (lk : lookup (map ofZ (out s)) (ofZ (Z.of_nat q)) = Some (ofZ w)).
        { apply lookup_nth; [exact sm|now rewrite map_length|]. rewrite map_length. now apply map_nth_error. }
        pose proof (oc (ofZ (Z.of_nat q))) as mq. rewrite lk in mq. cbn [option_map] in mq.
        pose proof (proj2 (others _ (held_left ((0, OUTPUT, 1), _, _) mq)) eq_refl) as hin. apply in_tape in hin.
        destruct hin as (q' & w' & en & eq). injection eq as eq1 eq2.
        assert (q' < length (output x))%nat by (apply nth_error_Some; congruence).
        apply ofZ_inj in eq1; [|lia]. assert (q' = q) by lia. subst q'.
        assert (ww : word w) by (apply nth_error_In in e; exact (proj1 (Forall_forall _ _) ow w e)).
        assert (ww' : word w') by (apply nth_error_In in en; exact (proj1 (Forall_forall _ _) (output_words E) w' en)).
        apply word_inj in eq2; [now subst w'|assumption..].
      + assert (hin : In ((0, OUTPUT, 1), ofZ (Z.of_nat q), ofZ w) (lasts x H heap_last leftovers)).
        { unfold lasts. apply in_or_app. right. apply in_or_app. right. apply in_tape. exists q, w. now split. }
        apply left_held in hin. cbn [key] in hin. rewrite oc in hin.
        destruct (lookup _ _) as [v|] eqn:lk; [|easy]. cbn [option_map] in hin. injection hin as ->.
        assert (q < length (output x))%nat by (apply nth_error_Some; congruence).
        destruct (lookup_some _ sm (Z.of_nat q) _ ltac:(lia) lk) as [lb ln]. rewrite map_length, Nat2Z.id in *.
        rewrite nth_rev by lia. rewrite nth_error_map in ln. destruct (nth_error (out s) _) as [w'|] eqn:ew; [|easy].
        cbn in ln. injection ln as ln.
        assert (ww' : word w') by (apply nth_error_In in ew; exact (proj1 (Forall_forall _ _) ow w' ew)).
        assert (ww : word w) by (apply nth_error_In in e; exact (proj1 (Forall_forall _ _) (output_words E) w e)).
        apply word_inj in ln; [now subst w'|assumption..].
  Qed.
End Soundness.
