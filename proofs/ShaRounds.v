(* Words that follow the plan are those of FIPS 180-4: the words of the result are the compression of the state and the
   block. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Sha256 ShaPlan ShaDigits ShaFunctions Machine ShaGates.
Import ListNotations.
Open Scope Z_scope.

(* --- what the plan says of each word --- *)
Lemma follows_at gates : forall vals made k, follows vals gates made -> (k < length gates)%nat ->
  word (nth k made 0) /\
  match makes (nth k gates no_gate) with Some ad => nth k made 0 = addition_value (vals ++ firstn k made) ad | None => True end.
Proof.
  induction gates as [|g gates IH]; intros vals [|w made] k h hk; cbn [follows length] in *; try easy; try lia.
  destruct h as (hw & hg & h). destruct k as [|k]; cbn [nth firstn].
  - rewrite app_nil_r. now split.
  - specialize (IH (vals ++ [w]) made k h ltac:(lia)). now rewrite <- app_assoc in IH.
Qed.
Lemma follows_length gates : forall vals made, follows vals gates made -> length made = length gates.
Proof. induction gates as [|g gates IH]; intros vals [|w made] h; cbn in *; try easy. f_equal. eapply IH. apply h. Qed.

(* The words that an addition names. *)
Definition named (ad : addition) : list nat :=
  plus ad ++ less ad ++
  flat_map (fun f => let '((x, _), (y, _), (z, _)) := arguments f in [x; y; z]) (functions ad).
Lemma addition_value_ext v v' ad : (forall p, In p (named ad) -> value_at v p = value_at v' p) -> addition_value v ad = addition_value v' ad.
Proof.
  intro h. unfold addition_value, named in *.
  assert (e : forall l, (forall p, In p l -> value_at v p = value_at v' p) -> sum_at v l = sum_at v' l).
  { induction l as [|p l IH]; intro hl; [reflexivity|]. unfold sum_at in *. cbn [fold_right]. rewrite IH, (hl p); auto using in_eq, in_cons. }
  rewrite (e (plus ad)), (e (less ad)); try (intros; apply h; rewrite !in_app_iff; tauto).
  do 2 f_equal.
  assert (h' : forall p, In p (flat_map (fun f => let '((x, _), (y, _), (z, _)) := arguments f in [x; y; z]) (functions ad)) ->
    value_at v p = value_at v' p).
  { intros p hp. apply h. rewrite !in_app_iff. tauto. }
  clear h e. induction (functions ad) as [|f fs IH]; [reflexivity|]. cbn [fold_right flat_map] in *.
  rewrite IH by (intros; apply h', in_or_app; now right). f_equal. unfold applied_value.
  destruct (arguments f) as [[[px tx] [py ty]] [pz tz]]. rewrite (h' px), (h' py), (h' pz); auto; apply in_or_app; left; cbn; tauto.
Qed.
Definition names_before (k : nat) (g : gate) : bool :=
  match makes g with Some ad => forallb (fun p => (p <? k)%nat) (named ad) | None => true end.
Lemma plan_names_before : forallb (fun '(k, g) => names_before k g) (combine (seq 0 206) plan) = true.
Proof. vm_compute. reflexivity. Qed.

Definition count_of_words : nat := 206.
Lemma plan_count : length plan = count_of_words. Proof. reflexivity. Qed.
Lemma combine_nth_in (l : list gate) k : (k < length l)%nat -> In (k, nth k l no_gate) (combine (seq 0 (length l)) l).
Proof.
  intro h. assert (g : forall n, In (n + k, nth k l no_gate)%nat (combine (seq n (length l)) l)); [|exact (g 0%nat)].
  revert k h. induction l as [|y l IH]; intros k h n; cbn [length seq combine] in *; [lia|]. destruct k as [|k].
  - left. now rewrite Nat.add_0_r.
  - right. replace (n + S k)%nat with (S n + k)%nat by lia. apply IH. lia.
Qed.

Section Rounds.
  Variable vals : list Z.
  Hypothesis follow : follows [] plan vals.
  Let V := value_at vals.

  Lemma all_words k : (k < count_of_words)%nat -> word (V k).
  Proof. intro h. rewrite <- plan_count in h. apply (follows_at _ _ _ k follow h). Qed.
  Lemma word_of_plan k ad : (k < count_of_words)%nat -> makes (nth k plan no_gate) = Some ad -> V k = addition_value vals ad.
  Proof.
    intros h e. assert (hk := h). rewrite <- plan_count in hk. destruct (follows_at _ _ _ k follow hk) as [_ q]. rewrite e in q.
    cbn [app] in q. transitivity (addition_value (firstn k vals) ad); [exact q|]. apply addition_value_ext. intros p hp.
    pose proof plan_names_before as b. rewrite forallb_forall in b.
    specialize (b _ (combine_nth_in plan k hk)). cbn beta iota in b. unfold names_before in b. rewrite e in b.
    rewrite forallb_forall in b. specialize (b p hp). apply Nat.ltb_lt in b. unfold value_at.
    rewrite <- (firstn_skipn k vals) at 2. rewrite app_nth1; [reflexivity|]. rewrite firstn_length, (follows_length _ _ _ follow). lia.
  Qed.

  (* --- the equations of the words --- *)
  Lemma at_schedule t : (16 <= t < 64)%nat -> makes (nth (schedule_place t) plan no_gate) = Some (schedule_sum t).
  Proof.
    intro h. assert (e : map (fun t => makes (nth (schedule_place t) plan no_gate)) (seq 16 48) = map (fun t => Some (schedule_sum t)) (seq 16 48))
      by (vm_compute; reflexivity).
    apply (ext_in_map e). apply in_seq. lia.
  Qed.
  Lemma at_e r : (r < 64)%nat -> makes (nth (e_place r) plan no_gate) = Some (e_sum r).
  Proof.
    intro h. assert (e : map (fun r => makes (nth (e_place r) plan no_gate)) (seq 0 64) = map (fun r => Some (e_sum r)) (seq 0 64))
      by (vm_compute; reflexivity).
    apply (ext_in_map e). apply in_seq. lia.
  Qed.
  Lemma at_a r : (r < 64)%nat -> makes (nth (a_place r) plan no_gate) = Some (a_sum r).
  Proof.
    intro h. assert (e : map (fun r => makes (nth (a_place r) plan no_gate)) (seq 0 64) = map (fun r => Some (a_sum r)) (seq 0 64))
      by (vm_compute; reflexivity).
    apply (ext_in_map e). apply in_seq. lia.
  Qed.

  Definition W (t : nat) : Z := V (schedule_place t).
  Definition A (r back : nat) : Z := V (a_back r back).
  Definition E (r back : nat) : Z := V (e_back r back).
  Definition K (r : nat) : Z := nth r constants 0.
  Lemma schedule_word t : (16 <= t < 64)%nat ->
    W t = (small1 (W (t - 2)) + W (t - 7) + small0 (W (t - 15)) + W (t - 16)) mod 2 ^ 32.
  Proof.
    intro h. unfold W at 1. rewrite (word_of_plan (schedule_place t) _ ltac:(unfold schedule_place, count_of_words; lia) (at_schedule t h)).
    unfold addition_value, schedule_sum, sum_at, applied_value, parity.
    cbn [start plus less functions fold_right arguments which apply_function turn_value].
    fold V. fold (W (t - 7)) (W (t - 16)) (W (t - 2)) (W (t - 15)).
    change (Z.lxor (rotr (Z.of_nat 7) (W (t - 15))) (Z.lxor (rotr (Z.of_nat 18) (W (t - 15))) (shr (Z.of_nat 3) (W (t - 15)))))
      with (small0 (W (t - 15))).
    change (Z.lxor (rotr (Z.of_nat 17) (W (t - 2))) (Z.lxor (rotr (Z.of_nat 19) (W (t - 2))) (shr (Z.of_nat 10) (W (t - 2)))))
      with (small1 (W (t - 2))).
    f_equal. ring.
  Qed.
  Lemma a_back_word r back : (r < 65)%nat -> (back < 4)%nat -> word (A r back).
  Proof.
    intros h hb. apply all_words. unfold a_back, a_place, state_place, count_of_words. destruct (Nat.ltb_spec back r); lia.
  Qed.
  Lemma e_back_word r back : (r < 65)%nat -> (back < 4)%nat -> word (E r back).
  Proof.
    intros h hb. apply all_words. unfold e_back, e_place, state_place, count_of_words. destruct (Nat.ltb_spec back r); lia.
  Qed.
  (* The new e and the new a of a round; `last` is 1 in the last round, which adds the old state. *)
  Definition last_of (r : nat) (old : Z) : Z := if is_last r then old else 0.
  Lemma e_word r : (r < 64)%nat ->
    V (e_place r) = (A r 3 + E r 3 + big1 (E r 0) + ch (E r 0) (E r 1) (E r 2) + K r + W r + last_of r (V 4)) mod 2 ^ 32.
  Proof.
    intro h. rewrite (word_of_plan (e_place r) _ ltac:(unfold e_place, count_of_words; lia) (at_e r h)).
    unfold addition_value, e_sum, applied_value, parity, of_three.
    cbn [start plus less functions fold_right arguments which apply_function turn_value].
    change (Z.of_nat 0) with 0. fold V. fold (E r 0) (E r 1) (E r 2).
    rewrite !rotr_0 by (apply e_back_word; lia).
    change (Z.lxor (rotr (Z.of_nat 6) (E r 0)) (Z.lxor (rotr (Z.of_nat 11) (E r 0)) (rotr (Z.of_nat 25) (E r 0)))) with (big1 (E r 0)).
    unfold last_of. destruct (is_last r); cbn [sum_at fold_right app]; fold V; fold (A r 3) (E r 3) (W r) (K r);
      try change (state_place 4) with 4%nat; f_equal; ring.
  Qed.
  Lemma a_word r : (r < 64)%nat ->
    V (a_place r) = (V (e_place r) - A r 3 + big0 (A r 0) + maj (A r 0) (A r 1) (A r 2) + last_of r (V 0) - last_of r (V 4)) mod 2 ^ 32.
  Proof.
    intro h. rewrite (word_of_plan (a_place r) _ ltac:(unfold a_place, count_of_words; lia) (at_a r h)).
    unfold addition_value, a_sum, applied_value, parity, of_three.
    cbn [start plus less functions fold_right arguments which apply_function turn_value].
    change (Z.of_nat 0) with 0. fold V. fold (A r 0) (A r 1) (A r 2).
    rewrite !rotr_0 by (apply a_back_word; lia).
    change (Z.lxor (rotr (Z.of_nat 2) (A r 0)) (Z.lxor (rotr (Z.of_nat 13) (A r 0)) (rotr (Z.of_nat 22) (A r 0)))) with (big0 (A r 0)).
    generalize (big0 (A r 0)) (maj (A r 0) (A r 1) (A r 2)). intros S M.
    unfold last_of. destruct (is_last r); cbn [sum_at fold_right app]; fold V; fold (A r 3);
      try change (state_place 4) with 4%nat; try change (state_place 0) with 0%nat.
    - match goal with |- _ = ?y mod _ => rewrite <- (Z.mod_add y 2 (2 ^ 32)) by lia end. f_equal. ring.
    - match goal with |- _ = ?y mod _ => rewrite <- (Z.mod_add y 1 (2 ^ 32)) by lia end. f_equal. ring.
  Qed.

  (* --- the schedule --- *)
  Lemma nth_back m k : (k < m)%nat -> nth k (rev (map W (seq 0 m))) 0 = W (m - 1 - k).
  Proof.
    intro h. rewrite rev_nth by (rewrite map_length, seq_length; lia). rewrite map_length, seq_length.
    rewrite (nth_indep _ 0 (W 0)) by (rewrite map_length, seq_length; lia). rewrite map_nth, seq_nth by lia. f_equal. lia.
  Qed.
  Lemma expand_words count : forall m, (16 <= m)%nat -> (m + count <= 64)%nat ->
    expand count (rev (map W (seq 0 m))) = rev (map W (seq 0 (m + count))).
  Proof.
    induction count as [|count IH]; intros m hm hc; [now rewrite Nat.add_0_r|]. cbn [expand]. cbv zeta. rewrite !nth_back by lia.
    replace (m - 1 - 1)%nat with (m - 2)%nat by lia. replace (m - 1 - 6)%nat with (m - 7)%nat by lia.
    replace (m - 1 - 14)%nat with (m - 15)%nat by lia. replace (m - 1 - 15)%nat with (m - 16)%nat by lia.
    assert (e : add (add (small1 (W (m - 2))) (W (m - 7))) (add (small0 (W (m - 15))) (W (m - 16))) = W m).
    { rewrite (schedule_word m) by lia. unfold add. rewrite Zplus_mod_idemp_l, Zplus_mod_idemp_r. f_equal. ring. }
    rewrite e. replace (W m :: rev (map W (seq 0 m))) with (rev (map W (seq 0 (S m)))) by (rewrite seq_S, map_app, rev_app_distr; reflexivity).
    rewrite IH by lia. do 3 f_equal. lia.
  Qed.
  Lemma schedule_words : schedule (map W (seq 0 16)) = map W (seq 0 64).
  Proof. unfold schedule. rewrite expand_words by lia. apply rev_involutive. Qed.

  (* --- the rounds --- *)
  Definition state_before (r : nat) : list Z := [A r 0; A r 1; A r 2; A r 3; E r 0; E r 1; E r 2; E r 3].
  Lemma back_succ r back : (0 < back < 4)%nat -> A (S r) back = A r (back - 1) /\ E (S r) back = E r (back - 1).
  Proof.
    intro h. unfold A, E, a_back, e_back. destruct (Nat.ltb_spec back (S r)), (Nat.ltb_spec (back - 1) r); try lia;
      split; f_equal; unfold a_place, e_place, state_place; lia.
  Qed.
  Lemma back_zero r : A (S r) 0 = V (a_place r) /\ E (S r) 0 = V (e_place r).
  Proof. unfold A, E, a_back, e_back. cbn [Nat.ltb Nat.leb]. split; do 2 f_equal; lia. Qed.
  (* The state that a round leaves, before the old state is added. *)
  Lemma round_state r : (r < 64)%nat -> round (state_before r) (K r, W r) =
    [add (V (a_place r)) (- last_of r (V 0)); A r 0; A r 1; A r 2; add (V (e_place r)) (- last_of r (V 4)); E r 0; E r 1; E r 2].
  Proof.
    intro h. cbn [round state_before]. rewrite (a_word r h), (e_word r h). unfold add.
    generalize (big0 (A r 0)) (maj (A r 0) (A r 1) (A r 2)) (big1 (E r 0)) (ch (E r 0) (E r 1) (E r 2)) (K r) (W r) (A r 3) (E r 3)
      (last_of r (V 0)) (last_of r (V 4)). intros S0 M S1 C k w d hh l0 l4.
    f_equal; [|do 4 f_equal]; Z.div_mod_to_equations; lia.
  Qed.

  Lemma add_back w : word w -> add w (- 0) = w.
  Proof. intro h. unfold add. rewrite Z.add_0_r. now apply Z.mod_small. Qed.
  Lemma a_place_word r : (r < 64)%nat -> word (V (a_place r)).
  Proof. intro h. apply all_words. unfold a_place, count_of_words. lia. Qed.
  Lemma e_place_word r : (r < 64)%nat -> word (V (e_place r)).
  Proof. intro h. apply all_words. unfold e_place, count_of_words. lia. Qed.
  Lemma rounds_before r : (r <= 63)%nat -> fold_left round (map (fun r => (K r, W r)) (seq 0 r)) (state_before 0) = state_before r.
  Proof.
    induction r as [|r IH]; intro h; [reflexivity|]. rewrite seq_S, map_app, fold_left_app, IH by lia. cbn [Nat.add map fold_left].
    rewrite round_state by lia. unfold last_of, is_last. rewrite (proj2 (Nat.eqb_neq r 63)) by lia.
    rewrite !add_back by (apply a_place_word || apply e_place_word; lia). unfold state_before.
    destruct (back_zero r) as [-> ->]. destruct (back_succ r 1 ltac:(lia)) as [-> ->]. destruct (back_succ r 2 ltac:(lia)) as [-> ->].
    destruct (back_succ r 3 ltac:(lia)) as [-> ->]. reflexivity.
  Qed.
  Lemma round_inputs : combine constants (schedule (map W (seq 0 16))) = map (fun r => (K r, W r)) (seq 0 64).
  Proof.
    rewrite schedule_words. assert (e : constants = map K (seq 0 64)) by reflexivity. rewrite e.
    generalize (seq 0 64). induction l as [|r l IH]; [reflexivity|]. cbn [map combine]. now rewrite IH.
  Qed.

  (* The sums of the result. *)
  Definition results_at (i : nat) : option addition := makes (nth (200 + i) plan no_gate).
  Lemma result_word i old new : (i < 6)%nat -> results_at i = Some (result_sum old new) -> V (200 + i) = add (V old) (V new).
  Proof.
    intros hi e. rewrite (word_of_plan (200 + i) _ ltac:(unfold count_of_words; lia) e). unfold addition_value, result_sum, sum_at, add.
    cbn [start plus less functions fold_right]. fold V. f_equal. ring.
  Qed.

  (* The words of the result are the compression of the state and the block. *)
  Theorem compressed : compress (map V (seq 0 8)) (map W (seq 0 16)) = map V result_places.
  Proof.
    unfold compress. rewrite round_inputs. change (map V (seq 0 8)) with (state_before 0).
    change (seq 0 64) with (seq 0 63 ++ [63%nat]). rewrite map_app, fold_left_app, rounds_before by lia. cbn [map fold_left].
    rewrite round_state by lia. unfold last_of. change (is_last 63) with true. cbv iota.
    unfold state_before. cbn [combine map result_places].
    assert (r0 : V 200 = add (V 1) (V (a_place 62))) by (apply (result_word 0); [lia|reflexivity]).
    assert (r1 : V 201 = add (V 2) (V (a_place 61))) by (apply (result_word 1); [lia|reflexivity]).
    assert (r2 : V 202 = add (V 3) (V (a_place 60))) by (apply (result_word 2); [lia|reflexivity]).
    assert (r3 : V 203 = add (V 5) (V (e_place 62))) by (apply (result_word 3); [lia|reflexivity]).
    assert (r4 : V 204 = add (V 6) (V (e_place 61))) by (apply (result_word 4); [lia|reflexivity]).
    assert (r5 : V 205 = add (V 7) (V (e_place 60))) by (apply (result_word 5); [lia|reflexivity]).
    rewrite r0, r1, r2, r3, r4, r5. clear r0 r1 r2 r3 r4 r5.
    assert (back : forall z w, word w -> add z (add w (- z)) = w).
    { intros z w h. unfold add. rewrite Zplus_mod_idemp_r. replace (z + (w + - z)) with w by ring. now apply Z.mod_small. }
    change (A 0 0) with (V 0). change (E 0 0) with (V 4).
    rewrite !back by (apply a_place_word || apply e_place_word; lia). reflexivity.
  Qed.
End Rounds.
