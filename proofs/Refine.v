(* A run of the machine of rows on an encoded program that ends at HALT is a run of the language's machine on the program.

   The proof goes group by group. Where a group begins, the two machines are in the same state, but for positions in place
   of indices. Within a group they may differ; no run ends there, because no group but HALT's own has the row RHalt. *)
From Coq Require Import ZArith Lia List Bool Arith.
From ProvableVM Require Import Machine Rows Encode FusionWords Fusion FusionLeap FusionGroup RefineTable RefineFlag.
Import ListNotations.
Open Scope Z_scope.

(* ---- rows one after the other ---- *)

Lemma row_exec_any_word i s w : i <> RSecret -> row_exec i s w = row_exec i s 0.
Proof. intro n. destruct s, i; try reflexivity. now elim n. Qed.
Lemma row_takes_nothing i w : i <> RSecret -> row_taken i w = [].
Proof. intro n. destruct i; try reflexivity. now elim n. Qed.

(* A run that ends at HALT and stands before another row takes that row. *)
Lemma row_is_taken R n s ws s2 r : row_steps R n s ws s2 -> row_at R (pc s2) = Some RHalt -> row_at R (pc s) = Some r -> r <> RHalt -> r <> RSecret ->
  exists m s1, n = S m /\ row_exec r s 0 = Some s1 /\ row_steps R m s1 ws s2.
Proof.
  intros st hl ra nh ns. inversion st as [s'|m s' i w s1 ws' s2' a e hw st']; subst; [congruence|].
  rewrite ra in a. assert (i = r) as -> by congruence. exists m, s1. rewrite (row_takes_nothing r w ns).
  rewrite (row_exec_any_word r s w ns) in e. now repeat split.
Qed.
Lemma rows_are_taken R : forall rr n s ws s2, row_steps R n s ws s2 -> row_at R (pc s2) = Some RHalt ->
  (forall q r, nth_error rr q = Some r -> row_at R (pc s + Z.of_nat q) = Some r) -> forallb straight_row rr = true ->
  exists m s1, n = (length rr + m)%nat /\ row_run rr s = Some s1 /\ row_steps R m s1 ws s2.
Proof.
  induction rr as [|r rr IH]; intros n s ws s2 st hl at_ sr; [now exists n, s|].
  cbn [forallb] in sr. apply andb_true_iff in sr. destruct sr as [sr1 sr2].
  assert (a0 : row_at R (pc s) = Some r) by (rewrite <- (at_ 0%nat r eq_refl); f_equal; cbn; lia).
  destruct (row_is_taken R n s ws s2 r st hl a0) as (m & s1 & -> & e & st1); [destruct r; discriminate|destruct r; discriminate|].
  destruct (straight_row_exec r s 0 s1 sr1 e) as [ep _].
  destruct (IH m s1 ws s2 st1 hl) as (m' & s3 & -> & e3 & st3); [|exact sr2|].
  - intros q r' n. rewrite ep. replace (pc s + 1 + Z.of_nat q) with (pc s + Z.of_nat (S q)) by lia. now apply at_.
  - exists m', s3. split; [reflexivity|]. split; [|exact st3]. cbn [row_run]. now rewrite e.
Qed.

(* ---- instructions one after the other ---- *)

Lemma takes_nothing i w : i <> SECRET -> taken i w = [].
Proof. intro n. destruct i; try reflexivity. now elim n. Qed.

Lemma steps_app P n1 : forall s ws1 s1, steps P n1 s ws1 s1 -> forall n2 ws2 s2, steps P n2 s1 ws2 s2 -> steps P (n1 + n2) s (ws1 ++ ws2) s2.
Proof.
  intros s ws1 s1 h. induction h as [s|n s i w s1 ws s2 fe e ww h IH]; intros n2 ws2 s3 h2; [exact h2|].
  rewrite <- app_assoc. cbn [Nat.add]. eapply steps_S; eauto.
Qed.
Lemma one_step P i s s1 : fetch P (pc s) = Some i -> i <> SECRET -> exec (length_of P) i s 0 = Some s1 -> steps P 1 s [] s1.
Proof.
  intros fe ns e. rewrite <- (takes_nothing i 0 ns). rewrite <- (app_nil_r (taken i 0)).
  eapply steps_S; [exact fe|exact e|unfold word; lia|constructor].
Qed.
(* Straight instructions that stand in the program at pc. *)
Lemma steps_of_straight P : forall b s s1, instr_run (length_of P) b s = Some s1 -> forallb straight_instr b = true ->
  (forall q i, nth_error b q = Some i -> fetch P (pc s + Z.of_nat q) = Some i) -> steps P (length b) s [] s1.
Proof.
  induction b as [|i b IH]; intros s s1 e st at_; [apply same_state in e; subst; constructor|].
  cbn [forallb] in st. apply andb_true_iff in st. destruct st as [st1 st2]. cbn [instr_run] in e.
  destruct (exec (length_of P) i s 0) as [s2|] eqn:x; [|discriminate e].
  assert (f0 : fetch P (pc s) = Some i) by (rewrite <- (at_ 0%nat i eq_refl); f_equal; cbn; lia).
  pose proof (straight_exec _ _ _ _ _ st1 x) as ep.
  apply (steps_app P 1 s [] s2); [apply (one_step P i); [exact f0|destruct i; discriminate|exact x]|].
  apply IH; [exact e|exact st2|]. intros q j n. rewrite ep. replace (pc s + 1 + Z.of_nat q) with (pc s + Z.of_nat (S q)) by lia. now apply at_.
Qed.
(* The same with one more instruction, which may jump. *)
Lemma steps_of_jump P b0 i s s1 : instr_run (length_of P) (b0 ++ [i]) s = Some s1 -> forallb straight_instr b0 = true -> i <> SECRET ->
  (forall q j, nth_error (b0 ++ [i]) q = Some j -> fetch P (pc s + Z.of_nat q) = Some j) -> steps P (length (b0 ++ [i])) s [] s1.
Proof.
  intros e st ns at_. rewrite instr_run_app in e. destruct (instr_run (length_of P) b0 s) as [s2|] eqn:x; [|discriminate e].
  rewrite run_one in e. rewrite app_length. apply (steps_app P (length b0) s [] s2).
  - apply steps_of_straight; [exact x|exact st|]. intros q j n. apply at_. rewrite nth_error_app1; [exact n|]. apply nth_error_Some. congruence.
  - apply (one_step P i); [|exact ns|exact e]. rewrite (straight_run _ _ _ _ st x). apply at_. rewrite nth_error_app2, Nat.sub_diag by lia. reflexivity.
Qed.

(* ---- the simulation ---- *)

Section Program.
  Variable P : program.
  Hypothesis ok : legal P.
  Hypothesis short : Z.of_nat (length (encode P)) < 2 ^ 24.

  (* An index and the position at which its group begins. *)
  Definition place (C c : Z) : Prop := In (C, c) (starts P).
  (* The machine's state and the state of the machine of rows. *)
  Record same (S s : state) : Prop := {
    at_place : place (pc S) (pc s); same_calls : Forall2 place (calls S) (calls s); same_stack : stack s = stack S;
    same_heap : heap s = heap S; same_flag : flag s = flag S; same_out : out s = out S; same_inp : inp s = inp S;
    of_words : all_words S }.

  (* The instructions of a group stand in the program. *)
  Lemma fetch_group C c k b : place C c -> firstn k (skipn (Z.to_nat C) (code P)) = b ->
    forall q i, nth_error b q = Some i -> fetch P (C + Z.of_nat q) = Some i.
  Proof.
    intros pl <- q i n. apply (start_bounds P ok short) in pl. unfold fetch. destruct (_ <? 0) eqn:l; [apply Z.ltb_lt in l; lia|].
    replace (Z.to_nat (C + Z.of_nat q)) with (Z.to_nat C + q)%nat by lia.
    rewrite <- (firstn_skipn (Z.to_nat C) (code P)) at 1. assert (lc : length (firstn (Z.to_nat C) (code P)) = Z.to_nat C).
    { apply firstn_length_le. unfold length_of in pl. lia. }
    rewrite nth_error_app2; rewrite lc; [|lia]. replace (Z.to_nat C + q - Z.to_nat C)%nat with q by lia.
    rewrite <- (firstn_skipn k (skipn (Z.to_nat C) (code P))). rewrite nth_error_app1; [exact n|]. apply nth_error_Some. congruence.
  Qed.

  (* What is left to show at each group: the rest of the run is given by the induction on the number of rows. *)
  Definition refined (n : nat) (S : state) (ws : list Z) (s2 : state) : Prop :=
    exists n' S2, (n' <= 8 * n)%nat /\ steps P n' S ws S2 /\ (fetch P (pc S2) = Some HALT \/ pc S2 = length_of P) /\ out S2 = out s2 /\ inp S2 = inp s2.
  Lemma refined_after k m n S S1 S1' ws1 ws s2 : steps P k S ws1 S1 -> alike P S1' S1 -> refined m S1' ws s2 -> (k + 8 * m <= 8 * n)%nat ->
    refined n S (ws1 ++ ws) s2.
  Proof.
    intros h al (n' & S2' & ln & h' & hl & ho & hi) le. destruct (alike_steps P n' S1' ws S2' h' S1 al) as (S2 & h2 & f & -> & _).
    exists (k + n')%nat, (with_flag f S2'). split; [lia|]. split; [now apply (steps_app P k S ws1 S1)|]. now repeat split.
  Qed.

  Theorem refine_from : forall n s ws s2 S, row_steps (encode P) n s ws s2 -> row_at (encode P) (pc s2) = Some RHalt -> same S s ->
    refined n S ws s2.
  Proof.
    induction n as [n IH] using lt_wf_ind. intros s ws s2 S st hl sm.
    destruct (start_cases P ok (pc S) (pc s) (at_place _ _ sm)) as (hC & hc & [[eC ec]|g]).
    { (* the end *)
      assert (ra : row_at (encode P) (pc s) = Some RHalt) by (rewrite ec; apply row_at_end).
      inversion st as [s'|m s' i w s1 ws' s2' a e hw st']; subst.
      - exists 0%nat, S. split; [lia|]. split; [constructor|]. split; [now right|]. now rewrite (same_out _ _ sm), (same_inp _ _ sm).
      - rewrite ra in a. injection a as <-. destruct s; discriminate e. }
    destruct g as (k & free & rows & before & after & ne & sg & en & eR & ec). cbn beta in en. rewrite Z.add_0_l in ec.
    unfold sound_group in sg. cbn [all] in sg. destruct sg as (lk & k1 & oc & _).
    set (b := firstn k (skipn (Z.to_nat (pc S)) (code P))) in *. set (rest := skipn k (skipn (Z.to_nat (pc S)) (code P))) in *.
    assert (fb : forall q i, nth_error b q = Some i -> fetch P (pc S + Z.of_nat q) = Some i) by (apply (fetch_group _ (pc s) k); [apply sm|reflexivity]).
    assert (er : rest = skipn (Z.to_nat (pc S + Z.of_nat k)) (code P)) by (unfold rest; rewrite skipn_skipn; f_equal; lia).
    assert (okb : Forall operand_ok b).
    { destruct ok as [okc _]. rewrite <- (firstn_skipn (Z.to_nat (pc S)) (code P)) in okc. apply Forall_app in okc. destruct okc as [_ okc].
      rewrite <- (firstn_skipn k (skipn (Z.to_nat (pc S)) (code P))) in okc. now apply Forall_app in okc. }
    assert (at_ : forall q r, nth_error (rows_from (to P) (pc s) rows) q = Some r -> row_at (encode P) (pc s + Z.of_nat q) = r)
      by (intros q r nq; exact (row_at_group P before rows after (pc s) q r eR ec nq)).
    clearbody b rest. clear eR ec.
    destruct S as [C ST CS H FL O IP], s as [c st0 cs h f o ip]. destruct sm as [pl fc q1 q2 q3 q4 q5 aw].
    cbn [pc stack calls heap flag out inp] in *. subst.
    pose proof aw as (wst & _ & _). cbn [stack] in wst.
    destruct oc as [rr err nrr srr sb lb does_|b0 i x -> -> sb0 ns lb nr lp| -> ->| -> ->].
    - (* rows that go on *)
      assert (atr : forall q r, nth_error rr q = Some r -> row_at (encode P) (c + Z.of_nat q) = Some r).
      { intros q r nq. apply at_. rewrite err, nth_error_map, nq. reflexivity. }
      destruct (rows_are_taken (encode P) rr n _ ws s2 st hl atr srr) as (m & s1 & -> & run & st1).
      pose proof (straight_row_run rr _ _ srr run) as ps.
      destruct (does_ (length_of P) C CS c cs ST H FL O IP s1 wst run) as (C' & c' & st' & h' & f' & fi & o' & ip' & -> & run' & fl).
      pose proof (straight_run _ b _ _ sb run') as pS. cbn [pc] in ps, pS.
      assert (lr : length rows = length rr) by (pose proof (f_equal (@length _) (err (to P) c)) as l; rewrite rows_from_length, map_length in l; exact l).
      assert (pl' : place C' c') by (rewrite ps, pS; rewrite <- lr; exact en).
      apply (refined_after (length b) m _ _ (mk C' st' CS h' fi o' ip') (mk C' st' CS h' f' o' ip') [] ws s2).
      + apply steps_of_straight; [exact run'|exact sb|exact fb].
      + exists fi. split; [reflexivity|]. destruct fl as [fl|fl]; [now left|right]. cbn [pc]. rewrite pS. exact fl.
      + apply (IH m ltac:(destruct rr; [easy|cbn [length]; lia]) _ ws s2 _ st1 hl). constructor; try reflexivity; try assumption.
        apply (run_words _ _ _ _ okb run' aw).
      + lia.
    - (* a jump *)
      assert (at0 : row_at (encode P) c = row_of (translated (to P) x) c) by (rewrite <- (at_ 0%nat _ eq_refl); f_equal; cbn; lia).
      destruct (row_of (translated (to P) x) c) as [r|] eqn:er'.
      2: { inversion st as [s'|m s' j w s1 ws' s2' a e hw st']; subst; cbn [pc] in *; congruence. }
      destruct (nr (to P) c) as [nr1 nr2]. rewrite er' in nr1, nr2.
      destruct (row_is_taken (encode P) n _ ws s2 r st hl at0) as (m & s1 & -> & e & st1); [congruence|congruence|].
      cbn [length] in en. destruct (lp (length_of P) (to P) place (to_start P ok short) c r er' hc C CS cs ST H FL O IP s1 en fc wst e)
        as [lost|(C' & c' & CS' & cs' & st' & -> & run' & pl' & fc')].
      + exfalso. apply (row_at_nowhere P short) in lost. inversion st1 as [s'|m' s' j w s3 ws' s2' a e' hw st']; subst; congruence.
      + apply (refined_after (length (b0 ++ [i])) m _ _ (mk C' st' CS' H FL O IP) (mk C' st' CS' H FL O IP) [] ws s2).
        * apply steps_of_jump; [exact run'|exact sb0|exact ns|exact fb].
        * apply alike_refl.
        * apply (IH m ltac:(lia) _ ws s2 _ st1 hl). constructor; try reflexivity; try assumption. apply (run_words _ _ _ _ okb run' aw).
        * lia.
    - (* SECRET *)
      assert (at0 : row_at (encode P) c = Some RSecret) by (rewrite <- (at_ 0%nat (Some RSecret) eq_refl); f_equal; cbn; lia).
      inversion st as [s'|m s' j w s1 ws' s2' a e hw st']; subst; cbn [pc] in *; [congruence|].
      assert (j = RSecret) as -> by congruence. cbn [row_exec] in e. apply same_state in e. subst s1.
      assert (ex : exec (length_of P) SECRET (mk C ST CS H FL O IP) w = Some (mk (C + 1) (w :: ST) CS H FL O IP)) by reflexivity.
      apply (refined_after 1 m _ _ (mk (C + 1) (w :: ST) CS H FL O IP) (mk (C + 1) (w :: ST) CS H FL O IP) [w] ws' s2).
      + change [w] with (taken SECRET w ++ []). eapply steps_S; [|exact ex|exact hw|constructor]. cbn [pc].
        rewrite <- (fb 0%nat SECRET eq_refl). f_equal. cbn. lia.
      + apply alike_refl.
      + apply (IH m ltac:(lia) _ ws' s2 _ st' hl). constructor; try reflexivity; try assumption.
        apply (exec_words (length_of P) SECRET _ w _ I hw ex aw).
      + lia.
    - (* HALT *)
      assert (at0 : row_at (encode P) c = Some RHalt) by (rewrite <- (at_ 0%nat (Some RHalt) eq_refl); f_equal; cbn; lia).
      inversion st as [s'|m s' j w s1 ws' s2' a e hw st']; subst; cbn [pc] in *; [|assert (j = RHalt) as -> by congruence; discriminate e].
      eexists 0%nat, _. split; [lia|]. split; [constructor|]. split; [left|now split]. cbn [pc]. rewrite <- (fb 0%nat HALT eq_refl). f_equal. cbn. lia.
  Qed.
End Program.

(* A run of n rows that halts with the whole input read is a run of the program with the same secret words and the same
   output. A row does at most eight steps: DUP and a rotation made of seven instructions. *)
Theorem refine P input n ws s : legal P -> Z.of_nat (length (encode P)) < 2 ^ 24 -> Forall word input ->
  row_steps (encode P) n (init P input) ws s -> row_at (encode P) (pc s) = Some RHalt -> inp s = [] ->
  exists n' S, (n' <= 8 * n)%nat /\ steps P n' (init P input) ws S /\ halted P S /\ out S = out s.
Proof.
  intros ok short wi st hl hi. destruct (refine_from P ok short n (init P input) ws s (init P input) st hl) as (n' & S & ln & h & hS & ho & hi').
  - constructor; try reflexivity; [apply first_start|constructor|now apply init_words].
  - exists n', S. split; [exact ln|]. split; [exact h|]. split; [|exact ho]. split; [exact hS|congruence].
Qed.

(* The same in the words of the statement. Steps may be more than rows (`rotated_copy` in Encode.v), so their bound is
   eight times that of the rows. *)
Corollary refine_halts P T input n ws s output : legal P -> Z.of_nat (length (encode P)) < 2 ^ 24 -> Forall word input -> (n < T)%nat ->
  row_steps (encode P) n (init P input) ws s -> row_at (encode P) (pc s) = Some RHalt -> inp s = [] -> rev (out s) = output ->
  halts P (8 * T) input ws output.
Proof.
  intros ok short wi lt st hl hi ho. destruct (refine P input n ws s ok short wi st hl hi) as (n' & S & ln & h & hS & e).
  exists n', S. split; [lia|]. split; [exact h|]. split; [exact hS|]. now rewrite e.
Qed.
