(* What instructions do one after the other, and what rows do, apart from any program; and what it means that rows do what
   instructions do. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode GroupsCases FusionWords.
Import ListNotations.
Open Scope Z_scope.

(* Instructions and rows in order. None of them is SECRET, so the secret word does not matter. *)
Fixpoint instr_run (len : Z) (l : list instr) (s : state) : option state :=
  match l with
  | [] => Some s
  | i :: l => match exec len i s 0 with Some s => instr_run len l s | None => None end
  end.
Fixpoint row_run (l : list row_op) (s : state) : option state :=
  match l with
  | [] => Some s
  | i :: l => match row_exec i s 0 with Some s => row_run l s | None => None end
  end.

Lemma instr_run_app len l1 l2 s : instr_run len (l1 ++ l2) s = match instr_run len l1 s with Some s => instr_run len l2 s | None => None end.
Proof. revert s. induction l1 as [|i l1 IH]; intro s; [reflexivity|]. cbn [instr_run app]. destruct (exec len i s 0); [apply IH|reflexivity]. Qed.

Lemma instr_run_cons len i l s s' : exec len i s 0 = Some s' -> instr_run len (i :: l) s = instr_run len l s'.
Proof. intro e. cbn [instr_run]. now rewrite e. Qed.

(* Instructions and rows that go on to the next one and leave the calls as they are. SECRET is not one of them here. *)
Definition straight_instr (i : instr) : bool :=
  match i with JMP _ | JZ _ | JNZ _ | JC _ | JNC _ | CALL _ | RET | HALT | SECRET => false | _ => true end.
Definition straight_row (i : row_op) : bool :=
  match i with RJmp _ | RJz _ | RJnz _ | RJc _ | RJnc _ | RCall _ | RRet | RPopJmp _ | RHalt | RSecret => false | _ => true end.

(* Splits a hypothesis "this step succeeds" into its cases. *)
Ltac succeeds e :=
  repeat (match type of e with
  | context [match nth_word ?l ?n with _ => _ end] => let q := fresh "at_" in destruct (nth_word l n) eqn:q
  | context [match operate ?o ?a ?b with _ => _ end] => let q := fresh "res" in destruct (operate o a b) as [[? ?]|] eqn:q
  | context [match hash ?h ?a ?b with _ => _ end] => let q := fresh "hashed" in destruct (hash h a b) eqn:q
  | context [if address ?a then _ else _] => let q := fresh "is_address" in destruct (address a) eqn:q
  | context [if ?a =? 0 then _ else _] => let q := fresh "zero" in destruct (a =? 0) eqn:q
  | context [if ?a <=? ?b then _ else _] => let q := fresh "inside" in destruct (a <=? b) eqn:q
  | context [match ?x with _ => _ end] => is_var x; destruct x
  | context [match ?h ?a with _ => _ end] => is_var h; let q := fresh "cell" in destruct (h a) eqn:q
  end; try discriminate e).

(* `injection` would compute with the numbers in the states. *)
Lemma same_state (x y : state) : Some x = Some y -> y = x.
Proof. congruence. Qed.

Lemma straight_exec len i s w s1 : straight_instr i = true -> exec len i s w = Some s1 -> pc s1 = pc s + 1.
Proof. intros st e. destruct s, i; try discriminate st; cbn [exec] in e; succeeds e; apply same_state in e; subst s1; reflexivity. Qed.
Lemma straight_row_exec i s w s1 : straight_row i = true -> row_exec i s w = Some s1 -> pc s1 = pc s + 1 /\ calls s1 = calls s.
Proof. intros st e. destruct s, i; try discriminate st; cbn [row_exec] in e; succeeds e; apply same_state in e; subst s1; now split. Qed.

Lemma straight_run len l : forall s s1, forallb straight_instr l = true -> instr_run len l s = Some s1 -> pc s1 = pc s + Z.of_nat (length l).
Proof.
  induction l as [|i l IH]; intros s s1 st e.
  - apply same_state in e; subst s1. cbn. lia.
  - cbn [forallb] in st. apply andb_true_iff in st. destruct st as [st1 st2]. cbn [instr_run] in e.
    destruct (exec len i s 0) as [s'|] eqn:x; [|discriminate e]. apply straight_exec in x; [|exact st1].
    rewrite (IH s' s1 st2 e), x. cbn [length]. lia.
Qed.
Lemma straight_row_run l : forall s s1, forallb straight_row l = true -> row_run l s = Some s1 -> pc s1 = pc s + Z.of_nat (length l).
Proof.
  induction l as [|i l IH]; intros s s1 st e.
  - apply same_state in e; subst s1. cbn. lia.
  - cbn [forallb] in st. apply andb_true_iff in st. destruct st as [st1 st2]. cbn [row_run] in e.
    destruct (row_exec i s 0) as [s'|] eqn:x; [|discriminate e]. apply straight_row_exec in x; [|exact st1].
    rewrite (IH s' s1 st2 e), (proj1 x). cbn [length]. lia.
Qed.

(* The rows do what the straight instructions b do, before `rest`: if the rows succeed then the instructions do, and they
   leave the same state, but for positions; and C may differ if it is set before it is read. *)
Definition does (b rest : list instr) (rows : list row_op) : Prop :=
  forall len P CS p cs st h f o ip s1, Forall word st -> row_run rows (mk p st cs h f o ip) = Some s1 ->
  exists P' p' st' h' f' fi o' ip', s1 = mk p' st' cs h' f' o' ip' /\
    instr_run len b (mk P st CS h f o ip) = Some (mk P' st' CS h' fi o' ip') /\
    (fi = f' \/ carry_may_be_read rest = false).

(* A unit computes its operation. *)
Lemma operation_unit o u : unit_of o = Some u -> operation u = o.
Proof. destruct o; intro e; try discriminate e; injection e as <-; reflexivity. Qed.
Lemma has_unit o : o <> ROTR -> exists u, unit_of o = Some u.
Proof. intro n. destruct (unit_of o) eqn:e; [eauto|]. destruct o; try discriminate e. now elim n. Qed.

(* SWAP 1. *)
Lemma swap_1 len p a b st cs h f o ip w : exec len (SWAP 1) (mk p (a :: b :: st) cs h f o ip) w = Some (mk (p + 1) (b :: a :: st) cs h f o ip).
Proof. reflexivity. Qed.

(* The new C. *)
Definition flag_after (c : option bool) (f : bool) : bool := match c with Some c => c | None => f end.

(* The instructions b replace the top by the result of an operation on it and n, and do nothing else. *)
Definition computes (b : list instr) (o : binop) (n : Z) : Prop :=
  forall len P a st CS h f out ip r c, word a -> operate o a n = Some (r, c) ->
  exists P', instr_run len b (mk P (a :: st) CS h f out ip) = Some (mk P' (r :: st) CS h (flag_after c f) out ip).
(* The same, but C may differ if it is set before it is read. *)
Definition computes_before (rest b : list instr) (o : binop) (n : Z) : Prop :=
  forall len P a st CS h f out ip r c, word a -> operate o a n = Some (r, c) ->
  exists P' fi, instr_run len b (mk P (a :: st) CS h f out ip) = Some (mk P' (r :: st) CS h fi out ip) /\
    (fi = flag_after c f \/ carry_may_be_read rest = false).
Lemma computes_weaker rest b o n : computes b o n -> computes_before rest b o n.
Proof.
  intros k len P a st CS h f out ip r c w e. destruct (k len P a st CS h f out ip r c w e) as [P' e'].
  exists P', (flag_after c f). split; [exact e'|now left].
Qed.

(* An operation on the top and a fixed word is some first instructions, which compute it. *)
Lemma with_word_computes l k o n : with_word l = Some (k, (o, n)) -> Forall operand_ok l ->
  exists b more, l = b ++ more /\ length b = k /\ (1 <= k <= 3)%nat /\ (o = SHL \/ o = SHR -> k <= 2)%nat /\ forallb straight_instr b = true /\ word n /\ o <> ROTR /\
    computes b o n.
Proof.
  intros e ok. destruct (with_word_cases _ _ _ e) as [(m & o1 & o2 & more & -> & mir & -> & x)|[(m & o1 & more & -> & -> & x)|[(more & -> & -> & x)|(o1 & m & more & -> & -> & x)]]];
    clear e; apply Forall_cons_iff in ok; destruct ok as [ok _]; cbn [operand_ok] in ok.
  - (* PUSH, SWAP 1, an operation that has a mirrored one *)
    assert (o = fst (leftward o2 m) /\ n = snd (leftward o2 m)) as [-> ->] by (rewrite <- x; now split). clear x.
    exists [PUSH m; SWAP 1; BIN o1], more. split; [reflexivity|]. split; [reflexivity|]. split; [lia|].
    split; [destruct o1; try discriminate mir; injection mir as <-; now intros [x|x]|]. split; [reflexivity|]. split; [now apply leftward_word|].
    split; [apply leftward_no_rotr|]. intros len P a st CS h f out ip r c wa e. exists (P + 1 + 1 + 1).
    rewrite operate_leftward in e by assumption. erewrite instr_run_cons by reflexivity.
    rewrite (instr_run_cons _ _ _ _ _ (swap_1 _ _ _ _ _ _ _ _ _ _ _)). cbn [instr_run exec]. rewrite (operate_mirrored _ _ m a mir), e. reflexivity.
  - (* PUSH, an operation *)
    assert (o = fst (leftward o1 m) /\ n = snd (leftward o1 m)) as [-> ->] by (rewrite <- x; now split). clear x.
    exists [PUSH m; BIN o1], more. split; [reflexivity|]. split; [reflexivity|]. split; [lia|]. split; [lia|]. split; [reflexivity|].
    split; [now apply leftward_word|]. split; [apply leftward_no_rotr|]. intros len P a st CS h f out ip r c wa e. exists (P + 1 + 1).
    rewrite operate_leftward in e by assumption. cbn [instr_run exec]. rewrite e. reflexivity.
  - (* NOT *)
    assert (o = XOR /\ n = 2 ^ 32 - 1) as [-> ->] by (split; congruence). clear x.
    exists [NOT], more. split; [reflexivity|]. split; [reflexivity|]. split; [lia|]. split; [lia|]. split; [reflexivity|]. split; [unfold word; lia|].
    split; [discriminate|]. intros len P a st CS h f out ip r c wa e. cbn [operate] in e.
    assert (er : Z.lxor a (2 ^ 32 - 1) = r /\ c = None) by (split; congruence). destruct er as [<- ->].
    exists (P + 1). rewrite xor_ones by exact wa. reflexivity.
  - (* an operation with an operand *)
    assert (o = fst (leftward o1 m) /\ n = snd (leftward o1 m)) as [-> ->] by (rewrite <- x; now split). clear x.
    exists [BINI o1 m], more. split; [reflexivity|]. split; [reflexivity|]. split; [lia|]. split; [lia|]. split; [reflexivity|].
    split; [now apply leftward_word|]. split; [apply leftward_no_rotr|]. intros len P a st CS h f out ip r c wa e. exists (P + 1).
    rewrite operate_leftward in e by assumption. cbn [instr_run exec]. rewrite e. reflexivity.
Qed.
