(* Every group is sound: case by case through `group`. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode FusionWords Fusion FusionRotation FusionLeap FusionStraight FusionGroup.
Import ListNotations.
Open Scope Z_scope.

Ltac one_ok := apply Forall_cons; [|apply Forall_nil]; first [exact I|assumption|split; (assumption || exact I)].

(* An operation on the top and a fixed word, with or without a test of its result after it. *)
Lemma operation_sound w k o n : operation_of w = Some (k, (o, n)) -> Forall operand_ok (all w) ->
  sound_group w (match zero_test w k o n with Some test => (S k, [test]) | None => (k, [One (BINI o n)]) end).
Proof.
  intros e ok. destruct (operation_runs w k o n e ok) as (b & more & eb & <- & kb & sb & wn & nr & c & exact_).
  assert (ne : b <> []) by (destruct b; [cbn in kb; lia|discriminate]).
  destruct (zero_test w (length b) o n) as [x|] eqn:z.
  - unfold zero_test in z. rewrite eb, skipn_exact in z. destruct more as [|test more]; [discriminate z|].
    destruct o; try discriminate z. destruct (n =? 0) eqn:n0; [|discriminate z]. apply Z.eqb_eq in n0. subst n.
    specialize (exact_ eq_refl). pose proof (block_ok w ok) as okb. rewrite eb in okb. apply Forall_app in okb. destruct okb as [_ okb].
    inversion okb as [|t' m' okt okm]; subst.
    replace (S (length b)) with (length (b ++ [test])) by (rewrite app_length; cbn [length]; lia).
    apply (prefix_sound w (b ++ [test]) more); [now rewrite <- app_assoc|destruct b; discriminate| |].
    + destruct test; try discriminate z; match type of z with Some ?y = _ => assert (x = y) as -> by congruence end;
        (eapply jumps; [reflexivity|reflexivity|exact sb|discriminate|rewrite app_length; cbn [length]; lia|split; discriminate|]);
        [now apply zero_jz_leaps|now apply zero_jnz_leaps|now apply zero_assert_leaps].
    + destruct test; try discriminate z; match type of z with Some ?y = _ => assert (x = y) as -> by congruence end; one_ok.
  - destruct (has_unit o nr) as [u eu]. apply (prefix_sound w b more); [exact eb|exact ne| |].
    + apply (goes_on _ _ _ [RBinI u n]); [intros; cbn [rows_from map translated row_of]; now rewrite eu|discriminate|reflexivity|exact sb|cbn [length]; lia|].
      now apply computes_does with (o := o).
    + constructor; [|constructor]. split; [exact wn|]. destruct o; try exact I. now apply nr.
Qed.

(* DUP 0 and what works on the copy. *)
Lemma copy_sound w f rest : block w = DUP 0 :: rest -> copy_group w = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e0 e ok. unfold copy_group in e.
  assert (ea : all w = DUP 0 :: all (skip 1 w) /\ block (skip 1 w) = rest).
  { unfold block in *. unfold skip. cbn [all free]. destruct (free w) as [|m]; [discriminate e0|]. destruct (all w) as [|i l]; [discriminate e0|].
    cbn [firstn] in e0. cbn [skipn]. replace (S m - 1)%nat with m by lia. split; congruence. }
  destruct ea as [ea eb]. assert (oka : Forall operand_ok (all (skip 1 w))) by (rewrite ea in ok; now inversion ok).
  assert (okr : Forall operand_ok rest) by (rewrite <- eb; now apply block_ok).
  rewrite eb in e. destruct (stored_at rest) as [[k a]|] eqn:s.
  - assert (f = (S k, [Tee a])) as -> by congruence. clear e. destruct rest as [|i rest]; [discriminate s|]. inversion okr as [|i' r' ok1 okl]; subst.
    destruct i; try discriminate s; cbn [stored_at operand_ok] in *.
    + destruct rest as [|[] rest]; try discriminate s. assert (k = 2%nat /\ a = n) as [-> ->] by (split; congruence).
      apply (prefix_sound w [DUP 0; PUSH n; STORE] rest); [exact e0|discriminate| |one_ok].
      apply (goes_on _ _ _ [RTee n]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply tee_push_does].
    + assert (k = 1%nat /\ a = a0) as [-> ->] by (split; congruence).
      apply (prefix_sound w [DUP 0; STOREI a0] rest); [exact e0|discriminate| |one_ok].
      apply (goes_on _ _ _ [RTee a0]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply tee_does].
  - destruct (operation_of (skip 1 w)) as [[k [o n]]|] eqn:op; [|discriminate e].
    destruct (zero_test (skip 1 w) k o n); [discriminate e|]. assert (f = (S k, [Copy o n])) as -> by congruence. clear e.
    destruct (operation_runs _ _ _ _ op oka) as (b & more & ebb & <- & kb & sb & wn & nr & c & _). rewrite eb in ebb. rewrite ebb in e0.
    destruct (has_unit o nr) as [u eu]. change (S (length b)) with (length (DUP 0 :: b)).
    apply (prefix_sound w (DUP 0 :: b) more); [exact e0|discriminate| |].
    + apply (goes_on _ _ _ [RCopy u n]); [intros; cbn [rows_from map translated row_of]; now rewrite eu|discriminate|reflexivity|exact sb|cbn [length]; lia|].
      apply copy_does with (o := o); [|exact eu]. rewrite ea. exact c.
    + constructor; [|constructor]. now split.
Qed.

(* Two instructions. *)
Lemma pair_sound w f i j rest : block w = i :: j :: rest -> pair_group i j = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e0 e ok. pose proof (block_ok w ok) as okb. rewrite e0 in okb. inversion okb as [|i' r' oki okr]; subst. inversion okr as [|j' r' okj okr']; subst.
  assert (go : forall rr rows, rows <> [] -> (forall to p, rows_from to p rows = map Some rr) -> rr <> [] -> forallb straight_row rr = true ->
    straight_instr i = true -> straight_instr j = true -> does [i; j] (skipn 2 (all w)) rr -> Forall action_ok rows -> sound_group w (2%nat, rows)).
  { intros rr rows _ er ner sr si sj d oka. apply (prefix_sound w [i; j] rest); [exact e0|discriminate| |exact oka].
    apply (goes_on _ _ _ rr); try assumption; [cbn [forallb]; now rewrite si, sj|]. destruct rr; [easy|cbn [length]; lia]. }
  destruct i; try discriminate e; cbn [pair_group operand_ok] in *.
  - (* PUSH *) destruct j; try discriminate e; match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    + apply (go [RLoad n]); try easy; [apply load_fixed_does|one_ok].
    + apply (go [RStore n]); try easy; [apply store_fixed_does|one_ok].
  - (* POP *) destruct j; try discriminate e; match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    apply (prefix_sound w [POP; JMP t] rest); [exact e0|discriminate| |one_ok].
    apply (jumps _ _ _ [POP] (JMP t) (PopJump t)); try easy; [cbn [length]; lia|]. apply pop_jmp_leaps.
  - (* SWAP *) destruct j; try discriminate e. destruct (n =? 1) eqn:n1; [|discriminate e]. apply Z.eqb_eq in n1. subst n.
    destruct (mirrored o) as [o'|] eqn:m; [|discriminate e]. match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    assert (nr : o' <> ROTR) by (destruct o; try discriminate m; injection m as <-; discriminate). destruct (has_unit o' nr) as [u eu].
    apply (go [RBin u]); try easy; [intros; cbn [rows_from map translated row_of]; now rewrite eu|now apply swap_does with (o' := o')|].
    constructor; [|constructor]. split; [exact I|]. destruct o'; try exact I. now apply nr.
  - (* STOREI *) destruct j; try discriminate e. destruct (a =? a0) eqn:q; [|discriminate e]. apply Z.eqb_eq in q. subst a0.
    match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    apply (go [RTee a]); try easy; [apply store_load_does|one_ok].
Qed.

(* STORE without operand after what makes its words. *)
Lemma store_made_sound w f : store_of_made (block w) = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e ok. pose proof (block_ok w ok) as okb. unfold store_of_made in e.
  destruct (block w) as [|iw [|ia [|[] rest]]] eqn:e0; try discriminate e.
  inversion okb as [|i' r' okw okr]; subst. inversion okr as [|j' r' oka okr']; subst.
  destruct (address_first ia) as [ia'|] eqn:ea; [|discriminate e]. destruct (word_second iw) as [iw'|] eqn:ew; [|discriminate e].
  match type of e with Some ?y = _ => assert (f = y) as -> by congruence end. clear e.
  assert (ha : exists ra, (forall to p, row_of (translated to (One ia')) p = Some ra) /\ straight_row ra = true /\ action_ok (One ia') /\ straight_instr ia = true /\ row_of (One ia') 0 = Some ra).
  { destruct ia; try discriminate ea; cbn [address_first operand_ok] in *.
    - destruct (1 <? n) eqn:l; [|discriminate ea]. apply Z.ltb_lt in l. assert (ia' = DUP (n - 1)) as -> by congruence. exists (RDup (n - 1)).
      repeat split; cbn [operand_ok]; unfold word in *; lia.
    - assert (ia' = LOADI a) as -> by congruence. exists (RLoad a). repeat split; apply oka. }
  assert (hw : exists rw, (forall to p, row_of (translated to (One iw')) p = Some rw) /\ straight_row rw = true /\ action_ok (One iw') /\ straight_instr iw = true /\ row_of (One iw') 0 = Some rw).
  { destruct iw; try discriminate ew; cbn [word_second operand_ok] in *.
    - assert (iw' = PUSH n) as -> by congruence. exists (RPush n). repeat split; apply okw.
    - destruct (n <? 2 ^ 32 - 1) eqn:l; [|discriminate ew]. apply Z.ltb_lt in l. assert (iw' = DUP (n + 1)) as -> by congruence. exists (RDup (n + 1)).
      repeat split; cbn [operand_ok]; unfold word in *; lia.
    - assert (iw' = LOADI a) as -> by congruence. exists (RLoad a). repeat split; apply okw. }
  destruct ha as (ra & era & sra & aoka & sia & era0). destruct hw as (rw & erw & srw & aokw & siw & erw0).
  apply (prefix_sound w [iw; ia; STORE] rest); [exact e0|discriminate| |].
  - apply (goes_on _ _ _ [ra; rw; RPut 0; RPop]).
    + intros to p. cbn [rows_from map]. now rewrite era, erw.
    + discriminate.
    + cbn [forallb]. now rewrite sra, srw.
    + cbn [forallb]. now rewrite sia, siw.
    + cbn [length]. lia.
    + exact (made_store_does iw ia iw' ia' rw ra 0 0 _ ea ew okw era0 erw0).
  - constructor; [exact aoka|]. constructor; [exact aokw|]. ok_rows.
Qed.
(* One of the shorter forms, or what makes the words. *)
Lemma store_cases l : (exists m, l = DUP 1 :: STORE :: m) \/ (exists m, l = SWAP 1 :: STORE :: m) \/
store_group l = store_of_made l.
Proof.
  destruct l as [|[] l]; auto.
  - destruct n as [|[]|]; auto. destruct l as [|[] l]; eauto.
  - destruct n as [|[]|]; auto. destruct l as [|[] l]; eauto.
Qed.
Lemma store_sound w f : store_group (block w) = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e ok. destruct (store_cases (block w)) as [[m q]|[[m q]|q]].
  - rewrite q in e. cbn [store_group] in e. match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    apply (prefix_sound w [DUP 1; STORE] m); [exact q|discriminate| |ok_rows].
    apply (goes_on _ _ _ [RPut 0]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply dup_store_does].
  - rewrite q in e. cbn [store_group] in e. match type of e with Some ?y = _ => assert (f = y) as -> by congruence end.
    apply (prefix_sound w [SWAP 1; STORE] m); [exact q|discriminate| |ok_rows].
    apply (goes_on _ _ _ [RPut 0; RPop]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply swap_store_does].
  - rewrite q in e. now apply store_made_sound.
Qed.
Lemma copy_or_pair_cases w : (exists m, block w = DUP 0 :: m /\ copy_or_pair w = copy_group w) \/
  (exists i j m, block w = i :: j :: m /\ copy_or_pair w = pair_group i j) \/ copy_or_pair w = None.
Proof.
  unfold copy_or_pair. destruct (block w) as [|i l]; [auto|].
  destruct i as [| |[]| | | | | | | | | | | | | | | | | | | | | | | |]; try (left; now exists l); right; destruct l as [|j l]; auto; left; now eexists _, _, l.
Qed.

(* The rows of a group do what its instructions do. *)
Theorem group_sound w : all w <> [] -> Forall operand_ok (all w) -> sound_group w (group w).
Proof.
  intros ne ok. unfold group. destruct (any_rotation w) as [f|] eqn:r; [now apply rotation_sound|].
  destruct (operation_of w) as [[k [o n]]|] eqn:op; [now apply operation_sound|].
  destruct (copy_or_pair w) as [f|] eqn:cp.
  - destruct (copy_or_pair_cases w) as [(m & e0 & q)|[(i & j & m & e0 & q)|q]]; rewrite q in cp.
    + now apply (copy_sound w f m).
    + now apply (pair_sound w f i j m).
    + discriminate cp.
  - destruct (store_group (block w)) as [f|] eqn:s; [now apply store_sound|now apply alone_sound].
Qed.
