(* Every group is sound: case by case through `group`. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode GroupsCases FusionWords Fusion FusionRotation FusionLeap FusionStraight FusionGroup.
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
  - destruct (zero_test_cases _ _ _ _ _ z) as (test & more' & sk & -> & -> & cases). rewrite eb, skipn_exact in sk. subst more.
    specialize (exact_ eq_refl). pose proof (block_ok w ok) as okb. rewrite eb in okb. apply Forall_app in okb. destruct okb as [_ okb].
    apply Forall_cons_iff in okb. destruct okb as [okt _].
    replace (S (length b)) with (length (b ++ [test])) by (rewrite app_length; cbn [length]; lia).
    apply (prefix_sound w (b ++ [test]) more'); [now rewrite <- app_assoc|destruct b; discriminate| |].
    + destruct cases as [(t & -> & ->)|[(t & -> & ->)|[-> ->]]];
        (eapply jumps; [reflexivity|reflexivity|exact sb|discriminate|rewrite app_length; cbn [length]; lia|split; discriminate|]);
        [now apply zero_jz_leaps|now apply zero_jnz_leaps|now apply zero_assert_leaps].
    + destruct cases as [(t & -> & ->)|[(t & -> & ->)|[-> ->]]]; one_ok.
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
  - assert (f = (S k, [Tee a])) as -> by congruence. clear e.
    destruct (stored_at_cases _ _ _ s) as [(more & -> & ->)|(more & -> & ->)]; apply Forall_cons_iff in okr; destruct okr as [oka1 _]; cbn [operand_ok] in oka1.
    + apply (prefix_sound w [DUP 0; PUSH a; STORE] more); [exact e0|discriminate| |one_ok].
      apply (goes_on _ _ _ [RTee a]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply tee_push_does].
    + apply (prefix_sound w [DUP 0; STOREI a] more); [exact e0|discriminate| |one_ok].
      apply (goes_on _ _ _ [RTee a]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply tee_does].
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
  destruct (pair_group_cases _ _ _ e) as [(t & -> & -> & ->)|[(a & -> & -> & ->)|[(a & -> & -> & ->)|[(a & -> & -> & ->)|(o & o' & -> & -> & m & ->)]]]];
    cbn [operand_ok] in *.
  - apply (prefix_sound w [POP; JMP t] rest); [exact e0|discriminate| |one_ok].
    apply (jumps _ _ _ [POP] (JMP t) (PopJump t)); try easy; [cbn [length]; lia|]. apply pop_jmp_leaps.
  - apply (go [RLoad a]); try easy; [apply load_fixed_does|one_ok].
  - apply (go [RStore a]); try easy; [apply store_fixed_does|one_ok].
  - apply (go [RTee a]); try easy; [apply store_load_does|one_ok].
  - assert (nr : o' <> ROTR) by (destruct o; try discriminate m; injection m as <-; discriminate). destruct (has_unit o' nr) as [u eu].
    apply (go [RBin u]); try easy; [intros; cbn [rows_from map translated row_of]; now rewrite eu|now apply swap_does with (o' := o')|].
    constructor; [|constructor]. split; [exact I|]. destruct o'; try exact I. now apply nr.
Qed.

(* STORE without operand after what makes its words. *)
Lemma store_made_sound w f : store_of_made (block w) = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e ok. pose proof (block_ok w ok) as okb. destruct (store_of_made_cases _ _ e) as (iw & ia & iw' & ia' & rest & e0 & ea & ew & ->).
  rewrite e0 in okb. apply Forall_cons_iff in okb. destruct okb as [okw okb]. apply Forall_cons_iff in okb. destruct okb as [oka _].
  assert (ha : exists ra, (forall to p, row_of (translated to (One ia')) p = Some ra) /\ straight_row ra = true /\ action_ok (One ia') /\ straight_instr ia = true /\ row_of (One ia') 0 = Some ra).
  { destruct (address_first_cases _ _ ea) as [(a & -> & ->)|(n & -> & l & ->)]; cbn [operand_ok] in *.
    - exists (RLoad a). repeat split; apply oka.
    - exists (RDup (n - 1)). repeat split; cbn [operand_ok]; unfold word in *; lia. }
  assert (hw : exists rw, (forall to p, row_of (translated to (One iw')) p = Some rw) /\ straight_row rw = true /\ action_ok (One iw') /\ straight_instr iw = true /\ row_of (One iw') 0 = Some rw).
  { destruct (word_second_cases _ _ ew) as [(a & -> & ->)|[(n & -> & ->)|(n & -> & l & ->)]]; cbn [operand_ok] in *.
    - exists (RLoad a). repeat split; apply okw.
    - exists (RPush n). repeat split; apply okw.
    - exists (RDup (n + 1)). repeat split; cbn [operand_ok]; unfold word in *; lia. }
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
Lemma store_sound w f : store_group (block w) = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e ok. destruct (store_group_cases _ _ e) as [(more & e0 & ->)|[(more & e0 & ->)|m]].
  - apply (prefix_sound w [DUP 1; STORE] more); [exact e0|discriminate| |ok_rows].
    apply (goes_on _ _ _ [RPut 0]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply dup_store_does].
  - apply (prefix_sound w [SWAP 1; STORE] more); [exact e0|discriminate| |ok_rows].
    apply (goes_on _ _ _ [RPut 0; RPop]); [reflexivity|discriminate|reflexivity|reflexivity|cbn [length]; lia|apply swap_store_does].
  - now apply store_made_sound.
Qed.
(* The rows of a group do what its instructions do. *)
Theorem group_sound w : all w <> [] -> Forall operand_ok (all w) -> sound_group w (group w).
Proof.
  intros ne ok. unfold group. destruct (any_rotation w) as [f|] eqn:r; [now apply rotation_sound|].
  destruct (operation_of w) as [[k [o n]]|] eqn:op; [now apply operation_sound|].
  destruct (copy_or_pair w) as [f|] eqn:cp.
  - destruct (copy_or_pair_cases w f cp) as [(more & e0 & e)|(i & j & more & e0 & e)]; [now apply (copy_sound w f more)|now apply (pair_sound w f i j more)].
  - destruct (store_group (block w)) as [f|] eqn:s; [now apply store_sound|now apply alone_sound].
Qed.
