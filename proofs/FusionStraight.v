(* Groups without a jump: their rows do what their instructions do. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode GroupsCases FusionWords Fusion FusionRotation.
Import ListNotations.
Open Scope Z_scope.

(* Enters `does`: the row hypothesis is split into its cases. *)
Ltac done_by_rows :=
  intros len P CS p cs st h f o ip s1 ws e; cbn [row_run row_exec] in e; succeeds e; apply same_state in e; subst s1;
  do 8 eexists; split; [reflexivity|].

(* ---- one instruction and one row ---- *)

(* Instructions that take one row which does the same. *)
Definition same_row (i : instr) (r : row_op) : Prop :=
  forall len P CS p cs st h f o ip s1, row_exec r (mk p st cs h f o ip) 0 = Some s1 ->
  exists st' h' f' o' ip', s1 = mk (p + 1) st' cs h' f' o' ip' /\ exec len i (mk P st CS h f o ip) 0 = Some (mk (P + 1) st' CS h' f' o' ip').
Lemma same_row_does i r rest : same_row i r -> does [i] rest [r].
Proof.
  intros s len P CS p cs st h f o ip s1 ws e. cbn [row_run] in e. destruct (row_exec r _ 0) as [s2|] eqn:x; [|discriminate e].
  apply same_state in e. subst s1. destruct (s len P CS p cs st h f o ip s2 x) as (st' & h' & f' & o' & ip' & -> & y).
  exists (P + 1), (p + 1), st', h', f', f', o', ip'. cbn [instr_run]. rewrite y. split; [reflexivity|]. split; [reflexivity|now left].
Qed.
Lemma alone_same_row i p r : straight_instr i = true -> i <> ASSERT -> row_of (One i) p = Some r -> same_row i r.
Proof.
  intros st na e. assert (u : forall o u, unit_of o = Some u -> operation u = o) by apply operation_unit.
  destruct i; try discriminate st; try discriminate e; try congruence; cbn [row_of] in e;
    try (destruct (unit_of o) as [u0|] eqn:eu; [specialize (u o u0 eu)|discriminate e]; cbn [option_map] in e);
    match type of e with Some ?x = _ => assert (r = x) as -> by congruence end;
    intros len P CS pp cs st0 h f o' ip s1 x; cbn [row_exec exec] in *; try rewrite u in x; succeeds x; apply same_state in x; subst s1;
    do 5 eexists; (split; [reflexivity|]); reflexivity.
Qed.
Lemma load_same_row : same_row LOAD (RLoadx 0).
Proof.
  intros len P CS p cs st h f o ip s1 e. cbn [row_exec exec] in *. succeeds e. apply same_state in e. subst s1. rewrite Z.add_0_r in cell.
  rewrite cell. do 5 eexists. split; reflexivity.
Qed.

(* ---- operations on the top and a fixed word ---- *)

Lemma computes_does rest b o n u : computes_before rest b o n -> unit_of o = Some u -> does b rest [RBinI u n].
Proof.
  intros c eu len P CS p cs st h f out ip s1 ws e. cbn [row_run row_exec] in e. rewrite (operation_unit o u eu) in e.
  destruct st as [|a st]; [discriminate e|]. inversion ws as [|a' st' wa wst]; subst. destruct (operate o a n) as [[r cc]|] eqn:x; [|discriminate e].
  apply same_state in e. subst s1. destruct (c len P a st CS h f out ip r cc wa x) as (P' & fi & y & z).
  exists P', (p + 1), (r :: st), h, (flag_after cc f), fi, out, ip. repeat split; [exact y|exact z].
Qed.
Lemma copy_does rest b o n u : computes_before rest b o n -> unit_of o = Some u -> does (DUP 0 :: b) rest [RCopy u n].
Proof.
  intros c eu len P CS p cs st h f out ip s1 ws e. cbn [row_run row_exec] in e. rewrite (operation_unit o u eu) in e.
  destruct st as [|a st]; [discriminate e|]. inversion ws as [|a' st' wa wst]; subst. destruct (operate o a n) as [[r cc]|] eqn:x; [|discriminate e].
  apply same_state in e. subst s1. destruct (c len (P + 1) a (a :: st) CS h f out ip r cc wa x) as (P' & fi & y & z).
  exists P', (p + 1), (r :: a :: st), h, (flag_after cc f), fi, out, ip. split; [reflexivity|]. erewrite instr_run_cons by reflexivity.
  split; [exact y|exact z].
Qed.

(* ---- rotations made of shifts ---- *)

(* What `rotation_runs` says of the instructions b. *)
Definition rotates (b rest : list instr) (copies : bool) (d n : Z) (clears : bool) : Prop :=
  forall len P st a below CS h f out ip, source copies d st a below -> word a ->
  exists P' fi, instr_run len b (mk P st CS h f out ip) = Some (mk P' (rotated a n :: below) CS h fi out ip) /\
    (if clears then fi = false else fi = f \/ carry_may_be_read rest = false).

Lemma operate_rotl a n : n < 32 -> operate ROTL a n = Some (rotated a n, None).
Proof. intro l. apply Z.ltb_lt in l. cbn [operate]. now rewrite l. Qed.
Lemma add_0 a : word a -> operate ADD a 0 = Some (a, Some false).
Proof.
  intro w. cbn [operate]. rewrite Z.add_0_r, Z.mod_small by exact w. destruct (2 ^ 32 <=? a) eqn:l; [|reflexivity].
  apply Z.leb_le in l. unfold word in w. lia.
Qed.

(* A rotation of the top whose C does not matter is an operation on the top. *)
Lemma rotates_computes b rest n : rotates b rest false 0 n false -> 0 < n < 32 -> computes_before rest b ROTL n.
Proof.
  intros r hn len P a st CS h f out ip x c wa e. rewrite operate_rotl in e by lia. assert (x = rotated a n /\ c = None) as [-> ->] by (split; congruence).
  destruct (r len P (a :: st) a st CS h f out ip) as (P' & fi & y & z); [now split|exact wa|]. exists P', fi. now split.
Qed.

(* The rows of a rotation. *)
Definition rotation_rows (copies : bool) (d n : Z) (clears : bool) : list row_op :=
  (if negb copies then [RBinI (UCop CRotl) n] else if d =? 0 then [RCopy (UCop CRotl) n] else [RDup d; RBinI (UCop CRotl) n]) ++
  (if clears then [RBinI UAdd 0] else []).
Lemma row_run_app l1 l2 s : row_run (l1 ++ l2) s = match row_run l1 s with Some s => row_run l2 s | None => None end.
Proof. revert s. induction l1 as [|i l1 IH]; intro s; [reflexivity|]. cbn [row_run app]. destruct (row_exec i s 0); [apply IH|reflexivity]. Qed.

Lemma nth_word_in l d a : nth_word l d = Some a -> In a l.
Proof. unfold nth_word. destruct (d <? 0); [discriminate|]. apply nth_error_In. Qed.
Lemma rotation_does b rest copies d n clears : rotates b rest copies d n clears -> (copies = false -> d = 0) -> 0 < n < 32 ->
  does b rest (rotation_rows copies d n clears).
Proof.
  intros r hd hn len P CS p cs st h f out ip s1 ws e. unfold rotation_rows in e. rewrite row_run_app in e.
  set (first := if negb copies then _ else _) in e.
  assert (src : exists a below, source copies d st a below /\ word a /\
    exists p', row_run first (mk p st cs h f out ip) = Some (mk p' (rotated a n :: below) cs h f out ip)).
  { subst first. rewrite Forall_forall in ws. destruct copies; cbn [negb] in *.
    - destruct (d =? 0) eqn:d0.
      + apply Z.eqb_eq in d0. subst d. cbn [row_run row_exec operation binop_of] in e |- *. destruct st as [|a st]; [discriminate e|].
        exists a, (a :: st). split; [now split|]. split; [apply ws; now left|]. rewrite operate_rotl by lia. now eexists.
      + cbn [row_run row_exec operation binop_of] in e |- *. destruct (nth_word st d) as [a|] eqn:x; [|discriminate e].
        exists a, st. split; [now split|]. split; [apply ws; now apply nth_word_in in x|]. cbn [row_exec operation binop_of]. rewrite operate_rotl by lia. now eexists.
    - cbn [row_run row_exec operation binop_of] in e |- *. destruct st as [|a st]; [discriminate e|].
      exists a, st. split; [split; [now apply hd|reflexivity]|]. split; [apply ws; now left|]. rewrite operate_rotl by lia. now eexists. }
  destruct src as (a & below & src & wa & p' & x). rewrite x in e. clear x first.
  destruct (r len P st a below CS h f out ip src wa) as (P' & fi & y & z). destruct clears.
  - cbn [row_run row_exec operation] in e. rewrite add_0 in e by (apply rotated_word; [exact wa|lia]). apply same_state in e. subst s1 fi.
    exists P', (p' + 1), (rotated a n :: below), h, false, false, out, ip. repeat split; [exact y|now left].
  - cbn [row_run] in e. apply same_state in e. subst s1. exists P', p', (rotated a n :: below), h, f, fi, out, ip. repeat split; [exact y|exact z].
Qed.

(* ROTR of two words of the stack. *)
Lemma rotr_does rest : does [BIN ROTR] rest [RBinI (UCop CXor) 31; RBin (UCop CRotl); RBinI (UCop CRotl) 1].
Proof.
  intros len P CS p cs st h f out ip s1 ws e. cbn [row_run row_exec operation binop_of] in e.
  destruct st as [|n st]; [discriminate e|]. change (operate XOR n 31) with (Some (Z.lxor n 31, None : option bool)) in e. cbn [row_exec operation binop_of] in e.
  destruct st as [|a st]; [discriminate e|]. inversion ws as [|n' st' wn ws']; subst. inversion ws' as [|a' st' wa wst]; subst.
  destruct (operate ROTL a (Z.lxor n 31)) as [[x c]|] eqn:ex; [|discriminate e]. cbn [row_exec operation binop_of] in e. destruct (operate ROTL x 1) as [[y c']|] eqn:ey; [|discriminate e].
  assert (c = None) as -> by (cbn [operate] in ex; destruct (Z.lxor n 31 <? 32); congruence).
  assert (c' = None) as -> by (cbn [operate] in ey; destruct (1 <? 32); congruence).
  apply same_state in e. subst s1. exists (P + 1), (p + 1 + 1 + 1), (y :: st), h, f, f, out, ip. split; [reflexivity|]. split; [|now left].
  cbn [instr_run exec]. rewrite (rotr_as_rotl a n x y wa wn ex ey). reflexivity.
Qed.

(* ---- loads, stores, SWAP ---- *)

Lemma load_fixed_does a rest : does [PUSH a; LOAD] rest [RLoad a].
Proof. done_by_rows. cbn [instr_run exec]. rewrite cell. split; [reflexivity|now left]. Qed.
Lemma store_fixed_does a rest : does [PUSH a; STORE] rest [RStore a].
Proof. done_by_rows. cbn [instr_run exec]. split; [reflexivity|now left]. Qed.
Lemma tee_push_does a rest : does [DUP 0; PUSH a; STORE] rest [RTee a].
Proof. done_by_rows. cbn [instr_run exec]. rewrite nth_word_0. split; [reflexivity|now left]. Qed.
Lemma tee_does a rest : does [DUP 0; STOREI a] rest [RTee a].
Proof. done_by_rows. cbn [instr_run exec]. rewrite nth_word_0. split; [reflexivity|now left]. Qed.
Lemma store_load_does a rest : does [STOREI a; LOADI a] rest [RTee a].
Proof. done_by_rows. cbn [instr_run exec]. unfold store at 1. rewrite Z.eqb_refl. split; [reflexivity|now left]. Qed.
Lemma swap_does o o' u rest : mirrored o = Some o' -> unit_of o' = Some u -> does [SWAP 1; BIN o] rest [RBin u].
Proof.
  intros m eu len P CS p cs st h f out ip s1 ws e. cbn [row_run row_exec] in e. rewrite (operation_unit o' u eu) in e.
  destruct st as [|b [|a st]]; try discriminate e. destruct (operate o' a b) as [[r c]|] eqn:x; [|discriminate e].
  apply same_state in e. subst s1. exists (P + 1 + 1), (p + 1), (r :: st), h, (flag_after c f), (flag_after c f), out, ip.
  split; [reflexivity|]. rewrite (instr_run_cons _ _ _ _ _ (swap_1 _ _ _ _ _ _ _ _ _ _ _)). cbn [instr_run exec].
  rewrite (operate_mirrored o o' b a m), x. split; [reflexivity|now left].
Qed.

(* STORE alone: SWAP 1, PUT 0, POP. *)
Lemma store_does rest : does [STORE] rest [RSwap 1; RPut 0; RPop].
Proof.
  intros len P CS p cs st h f out ip s1 ws e. destruct st as [|a [|v st]]; try discriminate e.
  cbn [row_run] in e. change (row_exec (RSwap 1) _ 0) with (Some (mk (p + 1) (v :: a :: st) cs h f out ip)) in e.
  cbn [row_exec] in e. rewrite Z.add_0_r in e. destruct (address a); [|discriminate e]. apply same_state in e. subst s1.
  do 8 eexists. split; [reflexivity|]. split; [reflexivity|now left].
Qed.
Lemma dup_store_does rest : does [DUP 1; STORE] rest [RPut 0].
Proof.
  intros len P CS p cs st h f out ip s1 ws e. destruct st as [|v [|a st]]; try discriminate e.
  cbn [row_run row_exec] in e. rewrite Z.add_0_r in e. destruct (address a); [|discriminate e]. apply same_state in e. subst s1.
  do 8 eexists. split; [reflexivity|]. split; [reflexivity|now left].
Qed.
Lemma swap_store_does rest : does [SWAP 1; STORE] rest [RPut 0; RPop].
Proof.
  intros len P CS p cs st h f out ip s1 ws e. destruct st as [|v [|a st]]; try discriminate e.
  cbn [row_run row_exec] in e. rewrite Z.add_0_r in e. destruct (address a); [|discriminate e]. apply same_state in e. subst s1.
  do 8 eexists. split; [reflexivity|]. split; [reflexivity|now left].
Qed.

(* STORE after what makes its words: the address is made first. *)
Lemma address_first_runs i i' r' p len : address_first i = Some i' -> row_of (One i') p = Some r' ->
  forall P q w st CS cs h f out ip s1, row_exec r' (mk q st cs h f out ip) 0 = Some s1 ->
  exists a, s1 = mk (q + 1) (a :: st) cs h f out ip /\ exec len i (mk P (w :: st) CS h f out ip) 0 = Some (mk (P + 1) (a :: w :: st) CS h f out ip).
Proof.
  intros e er P q w st CS cs h f out ip s1 x. destruct (address_first_cases _ _ e) as [(b & -> & ->)|(n & -> & l & ->)]; cbn [row_of] in er.
  - assert (r' = RLoad b) as -> by congruence. cbn [row_exec] in x.
    destruct (h b) as [v|] eqn:y; [|discriminate x]. apply same_state in x. subst s1. exists v. split; [reflexivity|].
    cbn [exec]. now rewrite y.
  - assert (r' = RDup (n - 1)) as -> by congruence. cbn [row_exec] in x. destruct (nth_word st (n - 1)) as [a|] eqn:y; [|discriminate x].
    apply same_state in x. subst s1. exists a. split; [reflexivity|]. cbn [exec]. replace n with (n - 1 + 1) at 1 by lia.
    rewrite nth_word_succ, y by lia. reflexivity.
Qed.
Lemma word_second_runs i i' r' p len : word_second i = Some i' -> row_of (One i') p = Some r' -> operand_ok i ->
  forall P q a st CS cs h f out ip s1, row_exec r' (mk q (a :: st) cs h f out ip) 0 = Some s1 ->
  exists v, s1 = mk (q + 1) (v :: a :: st) cs h f out ip /\ exec len i (mk P st CS h f out ip) 0 = Some (mk (P + 1) (v :: st) CS h f out ip).
Proof.
  intros e er ok P q a st CS cs h f out ip s1 x.
  destruct (word_second_cases _ _ e) as [(b & -> & ->)|[(n & -> & ->)|(n & -> & l & ->)]]; cbn [row_of operand_ok] in *.
  - assert (r' = RLoad b) as -> by congruence. cbn [row_exec] in x.
    destruct (h b) as [v|] eqn:y; [|discriminate x]. apply same_state in x. subst s1. exists v. split; [reflexivity|].
    cbn [exec]. now rewrite y.
  - assert (r' = RPush n) as -> by congruence. cbn [row_exec] in x. apply same_state in x. subst s1. exists n. now split.
  - assert (r' = RDup (n + 1)) as -> by congruence. unfold word in ok. cbn [row_exec] in x. rewrite nth_word_succ in x by lia.
    destruct (nth_word st n) as [v|] eqn:y; [|discriminate x]. apply same_state in x. subst s1. exists v. split; [reflexivity|].
    cbn [exec]. now rewrite y.
Qed.
Lemma made_store_does iw ia iw' ia' rw ra pw pa rest : address_first ia = Some ia' -> word_second iw = Some iw' -> operand_ok iw ->
  row_of (One ia') pa = Some ra -> row_of (One iw') pw = Some rw -> does [iw; ia; STORE] rest [ra; rw; RPut 0; RPop].
Proof.
  intros ea ew ok era erw len P CS p cs st h f out ip s1 ws e. cbn [row_run] in e.
  destruct (row_exec ra _ 0) as [s2|] eqn:xa; [|discriminate e].
  (* The address does not depend on the word, which only one of the two machines has by then. *)
  assert (exists a, s2 = mk (p + 1) (a :: st) cs h f out ip) as [a ->].
  { destruct (address_first_runs ia ia' ra pa len ea era P p 0 st CS cs h f out ip s2 xa) as (a & -> & _). now exists a. }
  destruct (row_exec rw _ 0) as [s3|] eqn:xw; [|discriminate e].
  destruct (word_second_runs iw iw' rw pw len ew erw ok P (p + 1) a st CS cs h f out ip s3 xw) as (v & -> & yw).
  destruct (address_first_runs ia ia' ra pa len ea era (P + 1) p v st CS cs h f out ip _ xa) as (a0 & q & ya).
  assert (a0 = a) as -> by congruence. clear q xa xw.
  cbn [row_exec] in e. rewrite Z.add_0_r in e. destruct (address a); [|discriminate e]. apply same_state in e. subst s1.
  do 8 eexists. split; [reflexivity|]. erewrite instr_run_cons by exact yw. erewrite instr_run_cons by exact ya. split; [reflexivity|now left].
Qed.
