(* Groups that jump or may trap by a jump to nowhere: their one row does what their instructions do, or it leads to a
   position at which no table has a row. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode FusionWords Fusion.
Import ListNotations.
Open Scope Z_scope.

(* `to` translates targets to positions. `starts` pairs the first index of each group with its position, and the end of the
   program with that of its HALT. The group b is at index P, its row x at position p. *)
Definition leaps (b : list instr) (x : action) : Prop :=
  forall len to (starts : Z -> Z -> Prop), (forall t, NOWHERE <= to t \/ t <= len /\ starts t (to t)) ->
  forall p r, row_of (translated to x) p = Some r -> 0 <= p ->
  forall P CS cs st h f o ip s1, starts (P + Z.of_nat (length b)) (p + 1) -> Forall2 starts CS cs -> Forall word st ->
  row_exec r (mk p st cs h f o ip) 0 = Some s1 ->
  NOWHERE <= pc s1 \/
  exists P' p' CS' cs' st', s1 = mk p' st' cs' h f o ip /\ instr_run len b (mk P st CS h f o ip) = Some (mk P' st' CS' h f o ip) /\
    starts P' p' /\ Forall2 starts CS' cs'.

(* A jump is taken, or leads to nowhere. *)
Lemma jump_lands len to (starts : Z -> Z -> Prop) t p st cs h f o ip s1 CS :
  (forall t, NOWHERE <= to t \/ t <= len /\ starts t (to t)) ->
  Some (mk (p + 1 + (to t - p - 1)) st cs h f o ip) = Some s1 -> Forall2 starts CS cs ->
  NOWHERE <= pc s1 \/
  exists P' p' CS' cs' st', s1 = mk p' st' cs' h f o ip /\
    (if t <=? len then Some (mk t st CS h f o ip) else None) = Some (mk P' st' CS' h f o ip) /\ starts P' p' /\ Forall2 starts CS' cs'.
Proof.
  intros ht e hc. apply same_state in e. subst s1. cbn [pc]. replace (p + 1 + (to t - p - 1)) with (to t) by lia.
  destruct (ht t) as [l|[l s]]; [now left|right]. exists t, (to t), CS, cs, st. split; [reflexivity|].
  apply Z.leb_le in l. rewrite l. now repeat split.
Qed.
(* A jump is not taken. *)
Lemma next_lands (starts : Z -> Z -> Prop) p st cs h f o ip s1 P CS :
  Some (mk (p + 1) st cs h f o ip) = Some s1 -> starts (P + 1) (p + 1) -> Forall2 starts CS cs ->
  NOWHERE <= pc s1 \/
  exists P' p' CS' cs' st', s1 = mk p' st' cs' h f o ip /\
    Some (mk (P + 1) st CS h f o ip) = Some (mk P' st' CS' h f o ip) /\ starts P' p' /\ Forall2 starts CS' cs'.
Proof.
  intros e s hc. apply same_state in e. subst s1. right. exists (P + 1), (p + 1), CS, cs, st. now repeat split.
Qed.

Lemma run_one len i s : instr_run len [i] s = exec len i s 0.
Proof. cbn [instr_run]. now destruct (exec len i s 0). Qed.

Ltac leap :=
  intros len to starts ht p r er hp P CS cs st h f o ip s1 hs hc hw e;
  cbn [translated row_of] in er;
  match type of er with Some ?x = _ => assert (r = x) as -> by congruence end;
  clear er; cbn [row_exec] in e; rewrite ?run_one; cbn [exec]; cbn [length] in hs.

(* Jumps that stand alone. *)
Lemma jmp_leaps t : leaps [JMP t] (One (JMP t)).
Proof. leap. eapply jump_lands; eassumption. Qed.
Lemma jz_leaps t : leaps [JZ t] (One (JZ t)).
Proof. leap. destruct st as [|a st]; [discriminate e|]. destruct (a =? 0); [eapply jump_lands|eapply next_lands]; eassumption. Qed.
Lemma jnz_leaps t : leaps [JNZ t] (One (JNZ t)).
Proof. leap. destruct st as [|a st]; [discriminate e|]. destruct (a =? 0); [eapply next_lands|eapply jump_lands]; eassumption. Qed.
Lemma jc_leaps t : leaps [JC t] (One (JC t)).
Proof. leap. destruct f; [eapply jump_lands|eapply next_lands]; eassumption. Qed.
Lemma jnc_leaps t : leaps [JNC t] (One (JNC t)).
Proof. leap. destruct f; [eapply next_lands|eapply jump_lands]; eassumption. Qed.
Lemma call_leaps t : leaps [CALL t] (One (CALL t)).
Proof. leap. eapply jump_lands; [eassumption|eassumption|]. now constructor. Qed.
Lemma ret_leaps : leaps [RET] (One RET).
Proof.
  leap. destruct cs as [|c cs]; [discriminate e|]. apply same_state in e. subst s1. right. inversion hc as [|C c' CS' cs' hC hCS]; subst.
  now exists C, c, CS', cs, st.
Qed.

(* POP and JMP. *)
Lemma pop_jmp_leaps t : leaps [POP; JMP t] (PopJump t).
Proof.
  leap. destruct st as [|a st]; [discriminate e|]. erewrite instr_run_cons by reflexivity. rewrite run_one. cbn [exec].
  eapply jump_lands; eassumption.
Qed.

(* ASSERT jumps to nowhere if the top is zero. *)
Lemma assert_leaps : leaps [ASSERT] (One ASSERT).
Proof.
  leap. destruct st as [|a st]; [discriminate e|]. destruct (a =? 0).
  - apply same_state in e. subst s1. left. cbn [pc]. lia.
  - eapply next_lands; eassumption.
Qed.

(* The instructions b0 leave 1 if the top is zero, else 0. *)
Lemma eq_0_runs b0 len P a st CS h f out ip : computes b0 EQ 0 -> forallb straight_instr b0 = true -> word a ->
  instr_run len b0 (mk P (a :: st) CS h f out ip) = Some (mk (P + Z.of_nat (length b0)) (z_of (a =? 0) :: st) CS h f out ip).
Proof.
  intros c s w. destruct (c len P a st CS h f out ip (z_of (a =? 0)) None w eq_refl) as [P' e]. rewrite e.
  apply straight_run in e; [|exact s]. cbn [pc] in e. now rewrite e.
Qed.
Lemma after_length (b0 : list instr) i P : P + Z.of_nat (length (b0 ++ [i])) = P + Z.of_nat (length b0) + 1.
Proof. rewrite app_length. cbn [length]. lia. Qed.

(* EQ 0 and a test of its result: the opposite test of the word. *)
Lemma zero_jz_leaps b0 t : computes b0 EQ 0 -> forallb straight_instr b0 = true -> leaps (b0 ++ [JZ t]) (One (JNZ t)).
Proof.
  intros c s. leap. rewrite after_length in hs. destruct st as [|a st]; [discriminate e|]. inversion hw as [|a' st' wa wst]; subst.
  rewrite instr_run_app, (eq_0_runs b0) by assumption. rewrite run_one. cbn [exec].
  destruct (a =? 0); cbn [z_of]; [change (1 =? 0) with false|change (0 =? 0) with true]; cbn iota; [eapply next_lands|eapply jump_lands]; eassumption.
Qed.
Lemma zero_jnz_leaps b0 t : computes b0 EQ 0 -> forallb straight_instr b0 = true -> leaps (b0 ++ [JNZ t]) (One (JZ t)).
Proof.
  intros c s. leap. rewrite after_length in hs. destruct st as [|a st]; [discriminate e|]. inversion hw as [|a' st' wa wst]; subst.
  rewrite instr_run_app, (eq_0_runs b0) by assumption. rewrite run_one. cbn [exec].
  destruct (a =? 0); cbn [z_of]; [change (1 =? 0) with false|change (0 =? 0) with true]; cbn iota; [eapply jump_lands|eapply next_lands]; eassumption.
Qed.
Lemma zero_assert_leaps b0 : computes b0 EQ 0 -> forallb straight_instr b0 = true -> leaps (b0 ++ [ASSERT]) AssertZero.
Proof.
  intros c s. leap. rewrite after_length in hs. destruct st as [|a st]; [discriminate e|]. inversion hw as [|a' st' wa wst]; subst.
  rewrite instr_run_app, (eq_0_runs b0) by assumption. rewrite run_one. cbn [exec].
  destruct (a =? 0); cbn [z_of]; [change (1 =? 0) with false|change (0 =? 0) with true]; cbn iota.
  - eapply next_lands; eassumption.
  - apply same_state in e. subst s1. left. cbn [pc]. lia.
Qed.
