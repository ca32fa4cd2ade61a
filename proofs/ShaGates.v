(* What the items of all words of a row mean: each word that an addition makes is the sum, modulo 2^32, of the words and of
   the functions that the plan names. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Sha256 ShaPlan ShaDigits ShaTurns ShaFunctions ShaAddition Machine Builder Capacities Circuit
  Meaning Ideal Linear Sizes ShaCircuit ShaLookups ShaWords.
Import ListNotations.
Open Scope Z_scope.

(* --- the plan over numbers --- *)
Definition value_at (vals : list Z) (place : nat) : Z := nth place vals 0.
Definition applied_value (vals : list Z) (f : applied) : Z :=
  let '((x, tx), (y, ty), (z, tz)) := arguments f in
  apply_function (which f) (turn_value tx (value_at vals x)) (turn_value ty (value_at vals y)) (turn_value tz (value_at vals z)).
Definition sum_at (vals : list Z) (places : list nat) : Z := fold_right (fun p n => value_at vals p + n) 0 places.
Definition addition_value (vals : list Z) (ad : addition) : Z :=
  (start ad + sum_at vals (plus ad) - sum_at vals (less ad) + fold_right (fun f n => applied_value vals f + n) 0 (functions ad)) mod 2 ^ 32.
(* Words that follow the plan: each word that an addition makes, from those before it. *)
Fixpoint follows (vals : list Z) (gates : list gate) (made : list Z) : Prop :=
  match gates, made with
  | [], [] => True
  | g :: gates, w :: made =>
    word w /\ match makes g with Some ad => w = addition_value vals ad | None => True end /\ follows (vals ++ [w]) gates made
  | _, _ => False
  end.

(* --- what a plan must be like --- *)
Definition no_gate : gate := {| makes := None; cut_of := Limbs |}.
Definition argument_ok (known : list gate) (x : nat * turn) : bool :=
  let '(place, t) := x in (place <? length known)%nat && turnable t (cut_of (nth place known no_gate)).
Definition applied_ok (known : list gate) (f : applied) : bool :=
  let '(x, y, z) := arguments f in argument_ok known x && argument_ok known y && argument_ok known z.
Definition is_parity (f : function) : bool := match f with Parity => true | _ => false end.
Definition addition_ok (known : list gate) (ad : addition) : bool :=
  forallb (fun p => (p <? length known)%nat) (plus ad) && forallb (fun p => (p <? length known)%nat) (less ad) &&
  (length (plus ad) <=? 4)%nat && (length (less ad) <=? 4)%nat && (0 <=? start ad) && (start ad <=? 2 ^ 33) &&
  match functions ad with
  | [] => true
  | [f; g] => is_parity (which f) && applied_ok known f && applied_ok known g
  | _ => false
  end.
Definition gate_ok (known : list gate) (g : gate) : bool := match makes g with Some ad => addition_ok known ad | None => true end.
Fixpoint gates_ok (known gates : list gate) : bool :=
  match gates with [] => true | g :: gates => gate_ok known g && gates_ok (known ++ [g]) gates end.
Lemma plan_ok : gates_ok [] plan = true.
Proof. vm_compute. reflexivity. Qed.

Lemma turn_word t w : (places t <= 32)%nat -> word w -> word (turn_value t w).
Proof.
  intros ht hw. destruct t as [d|d]; cbn [turn_value places] in *; [now apply rotr_word|]. unfold word, shr in *.
  rewrite Z.shiftr_div_pow2 by lia. assert (0 < 2 ^ Z.of_nat d) by (apply Z.pow_pos_nonneg; lia).
  split; [apply Z.div_pos; lia|]. apply Z.div_lt_upper_bound; [lia|]. nia.
Qed.

Section Gates.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ok : ideal c (full_circuit c) x a.
  (* The inverse of 2^32 is its inverse. *)
  Hypothesis inverse : (#(2 ^ 32) * #INVERSE = #1)%F.
  Let one_is : a One = (#1)%F := one c _ x a ok.
  Variable row : nat.

  (* The words so far stand for numbers. *)
  Definition all_stand (known : list gate) (words : list sha_word) (vals : list Z) : Prop :=
    length words = length known /\ length vals = length known /\
    forall k, (k < length known)%nat -> stands a (cut_of (nth k known no_gate)) (nth k words no_word) (value_at vals k).
  Lemma all_stand_add known words vals g W w : all_stand known words vals -> stands a (cut_of g) W w ->
    all_stand (known ++ [g]) (words ++ [W]) (vals ++ [w]).
  Proof.
    intros (h1 & h2 & h3) h. split; [rewrite !app_length; cbn; lia|]. split; [rewrite !app_length; cbn; lia|].
    intros k hk. rewrite app_length in hk. cbn [length] in hk. unfold value_at.
    destruct (Nat.eq_dec k (length known)) as [->|ne].
    - rewrite nth_middle.
      replace (nth (length known) (words ++ [W]) no_word) with W by (rewrite <- h1; symmetry; apply nth_middle).
      replace (nth (length known) (vals ++ [w]) 0) with w by (rewrite <- h2; symmetry; apply nth_middle). exact h.
    - rewrite !app_nth1 by lia. apply h3. lia.
  Qed.

  Section Sums.
    Variable known : list gate.
    Variable words : list sha_word.
    Variable vals : list Z.
    Hypothesis stand : all_stand known words vals.
    Let number place := word_number (nth place words no_word).

    Lemma eval_numbers l : forallb (fun p => (p <? length known)%nat) l = true ->
      eval a (flat_map number l) = (#(sum_at vals l))%F /\ 0 <= sum_at vals l <= Z.of_nat (length l) * 2 ^ 32.
    Proof.
      induction l as [|p l IH]; cbn [forallb flat_map sum_at fold_right length]; intro h; [split; [reflexivity|lia]|].
      apply andb_true_iff in h. destruct h as [hp h]. apply Nat.ltb_lt in hp. destruct (IH h) as [e b].
      destruct stand as (_ & _ & st). destruct (st p hp) as (hw & en & _). fold (sum_at vals l). unfold number at 1.
      rewrite eval_app, e, en, ofZ_add. split; [reflexivity|]. unfold word in hw. lia.
    Qed.
    (* The digits to which a function is applied. *)
    Lemma eval_digits f : applied_ok known f = true -> exists u v w, word u /\
      eval a (digits_lc words f) = (#(weigh (which f) (spread 32 u) (spread 32 v) (spread 32 w)))%F /\
      applied_value vals f = apply_function (which f) u v w.
    Proof.
      unfold applied_ok, digits_lc, applied_value. destruct (arguments f) as [[[px tx] [py ty]] [pz tz]]. intro h.
      rewrite !andb_true_iff in h. unfold argument_ok in h. rewrite !andb_true_iff, !Nat.ltb_lt in h.
      destruct h as [[[h1 t1] [h2 t2]] [h3 t3]]. destruct stand as (_ & _ & st).
      destruct (st px h1) as (wx & _ & ex). destruct (st py h2) as (_ & _ & ey). destruct (st pz h3) as (_ & _ & ez).
      specialize (ex _ t1). specialize (ey _ t2). specialize (ez _ t3).
      exists (turn_value tx (value_at vals px)), (turn_value ty (value_at vals py)), (turn_value tz (value_at vals pz)).
      split; [apply turn_word; [|exact wx]; unfold turnable in t1; rewrite !andb_true_iff, Nat.leb_le in t1; tauto|].
      split; [|reflexivity]. unfold weigh. destruct (weights (which f)) as [[p q] r].
      rewrite !eval_app, !eval_scale, ex, ey, ez, !ofZ_add, !ofZ_mul. ring.
    Qed.
  End Sums.

  (* The word of a gate. *)
  Lemma gate_stands known words vals g column n : all_stand known words vals -> gate_ok known g = true ->
    incl (gate_items c row words g column n) (sha_items c) ->
    exists w, stands a (cut_of g) (gate_word c row g column) w /\
      match makes g with Some ad => w = addition_value vals ad | None => True end.
  Proof.
    intros stand hok h. unfold gate_items, gate_word, gate_ok in *. destruct (makes g) as [ad|].
    2: { destruct (cut_stands c x a s ok row (cut_of g) column n h) as [w hw]. exists w. split; [exact hw|exact I]. }
    cbv zeta in h.
    assert (hc : incl (cut_items c row (cut_of g) (functions_width (functions ad) + column)
      (functions_width (functions ad) + n)) (sha_items c)).
    { intros i hi. apply h. rewrite !in_app_iff. tauto. }
    destruct (cut_stands c x a s ok row _ _ _ hc) as [w hw]. exists w. split; [exact hw|].
    destruct hw as (ww & ew & _). unfold word in ww.
    assert (hr : In (range (sha_fresh row (functions_width (functions ad) + (cut_fresh c (cut_of g) + n)))
      (scale INVERSE (without_carry row words ad column (word_at c row (cut_of g) (functions_width (functions ad) + column)))))
      (sha_items c)).
    { apply h. rewrite !in_app_iff. right. right. now left. }
    assert (hf : incl (function_items row column n (combine (functions ad) lanes)) (sha_items c)).
    { intros i hi. apply h. rewrite !in_app_iff. tauto. }
    clear h hc. destruct (sha_range c x a s ok _ _ hr) as (carry & hcarry & ec). clear hr.
    assert (small : 0 <= carry < 2 ^ 18) by (pose proof (range_size c s); lia). clear hcarry.
    rewrite eval_scale in ec. apply (times_inverse _ _ _ inverse) in ec.
    unfold without_carry in ec. cbv zeta in ec. rewrite !eval_app, !eval_scale, ew, (eval_constant a one_is) in ec.
    unfold addition_ok in hok. rewrite !andb_true_iff, !Nat.leb_le, !Z.leb_le in hok.
    destruct hok as [[[[[[hp hl] np] nl] s0] s1] hfs].
    destruct (eval_numbers known words vals stand _ hp) as [ep bp]. destruct (eval_numbers known words vals stand _ hl) as [el bl].
    rewrite ep, el in ec. clear ep el hp hl. unfold addition_value.
    set (P := sum_at vals (plus ad)) in *. set (M := sum_at vals (less ad)) in *. clearbody P M.
    assert (terms : Z.abs (start ad + P - M) <= 2 ^ 40) by lia. clear bp bl np nl s0 s1.
    destruct (functions ad) as [|f1 [|f2 [|f3 fs]]]; try discriminate hfs.
    - cbn [fold_right combine flat_map] in *. unfold found in ec. cbn [functions_width fold_right seq flat_map] in ec. rewrite !eval_nil in ec.
      destruct (addition_word (start ad + P - M) w 0 0 0 0 0 0 carry) as (_ & _ & e); try lia.
      + rewrite <- ec. rewrite !ofZ_add, !ofZ_mul, !ofZ_sub, ofZ_add. ring.
      + rewrite e. f_equal. lia.
    - rewrite !andb_true_iff in hfs. destruct hfs as [[par ok1] ok2].
      assert (p1 : which f1 = Parity) by (destruct (which f1); easy). clear par.
      destruct (eval_digits known words vals stand f1 ok1) as (u1 & v1 & w1 & hu1 & d1 & a1).
      destruct (eval_digits known words vals stand f2 ok2) as (u2 & v2 & w2 & hu2 & d2 & a2).
      cbn [combine lanes flat_map] in ec. rewrite !eval_app, !eval_scale, d1, d2, eval_nil in ec. clear d1 d2.
      unfold found in ec. cbn [functions_width fold_right combine lanes function_items] in ec, hf.
      rewrite seq_app, flat_map_app, Nat.add_0_r, eval_app in ec.
      destruct (function_stands c x a s ok row (which f1) First column n) as (D1 & R1 & bD1 & bR1 & e1 & r1); [now left| |].
      { intros i hi. apply hf. apply in_or_app. now left. }
      destruct (function_stands c x a s ok row (which f2) Second (chunks (which f1) + column) (chunks (which f1) + n))
        as (D2 & R2 & bD2 & bR2 & e2 & r2); [now right| |].
      { intros i hi. apply hf. apply in_or_app. right. apply in_or_app. now left. }
      rewrite (Nat.add_comm column) in ec. rewrite e1, e2 in ec. clear e1 e2 hf.
      pose proof (weigh_bounds (which f1) u1 v1 w1) as b1. pose proof (weigh_bounds (which f2) u2 v2 w2) as b2.
      set (X1 := weigh (which f1) _ _ _) in *. set (X2 := weigh (which f2) _ _ _) in *.
      destruct (addition_word (start ad + P - M) w R1 R2 D1 D2 X1 X2 carry) as (E1 & E2 & e); try assumption.
      + rewrite <- ec. cbn [shift_of]. rewrite !ofZ_add, !ofZ_mul, !ofZ_sub, !ofZ_add, !ofZ_opp. ring.
      + cbn [fold_right]. rewrite a1, a2, e, (r1 _ _ _ hu1 E1), (r2 _ _ _ hu2 E2).
        rewrite Z.add_0_r, Zplus_mod_idemp_r, <- (Zplus_mod_idemp_l (_ + _ mod _)), Zplus_mod_idemp_r, Zplus_mod_idemp_l.
        f_equal. ring.
  Qed.

  (* All words of some gates. *)
  Theorem gates_stand gates : forall known words vals column n, all_stand known words vals -> gates_ok known gates = true ->
    incl (word_gates c row words gates column n) (sha_items c) ->
    exists made, all_stand (known ++ gates) (words ++ sha_words c row gates column) (vals ++ made) /\ follows vals gates made.
  Proof.
    induction gates as [|g gates IH]; intros known words vals column n st hok h.
    - exists []. cbn [sha_words follows]. rewrite !app_nil_r. now split.
    - cbn [gates_ok word_gates sha_words follows] in *. apply andb_true_iff in hok. destruct hok as [h1 h2].
      destruct (gate_stands known words vals g column n st h1) as (w & hw & e); [intros i hi; apply h, in_or_app; now left|].
      destruct (IH (known ++ [g]) (words ++ [gate_word c row g column]) (vals ++ [w])
        (gate_width c g + column)%nat (gate_fresh c g + n)%nat (all_stand_add _ _ _ _ _ _ st hw) h2) as (made & i1 & i2).
      { intros i hi. apply h, in_or_app. right. exact hi. }
      rewrite <- !app_assoc in i1. cbn [app] in i1. exists (w :: made). split; [exact i1|]. split; [apply hw|]. now split.
  Qed.
End Gates.
