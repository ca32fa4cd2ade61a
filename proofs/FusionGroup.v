(* What `group` finds: whatever it takes, its rows do what its instructions do, and each of its actions has a row. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode FusionWords Fusion FusionRotation FusionLeap FusionStraight.
Import ListNotations.
Open Scope Z_scope.

(* An action that has a row, with an operand of the row's width. *)
Definition action_ok (x : action) : Prop :=
  match x with
  | One i => operand_ok i /\ match i with NOT | STORE | LOAD | BIN ROTR | BINI ROTR _ => False | _ => True end
  | Copy o n => o <> ROTR /\ word n
  | Tee a => word a
  | PopJump _ | AssertZero => True
  end.

(* A group's instructions b, what follows them, and its actions. *)
Inductive outcome (b rest : list instr) (rows : list action) : Prop :=
| goes_on rr : (forall to p, rows_from to p rows = map Some rr) -> rr <> [] -> forallb straight_row rr = true ->
    forallb straight_instr b = true -> (length b <= 8 * length rr)%nat -> does b rest rr -> outcome b rest rows
| jumps b0 i x : rows = [x] -> b = b0 ++ [i] -> forallb straight_instr b0 = true -> i <> SECRET ->
    (length b <= 8)%nat -> (forall to p, row_of (translated to x) p <> Some RSecret /\ row_of (translated to x) p <> Some RHalt) ->
    leaps b x -> outcome b rest rows
| takes_secret : b = [SECRET] -> rows = [One SECRET] -> outcome b rest rows
| stops : b = [HALT] -> rows = [One HALT] -> outcome b rest rows.

Definition sound_group (w : window) (f : fused) : Prop :=
  let '(k, rows) := f in
  length (firstn k (all w)) = k /\ (1 <= k)%nat /\ outcome (firstn k (all w)) (skipn k (all w)) rows /\ Forall action_ok rows.

(* It is enough to look at a prefix of the block. *)
Lemma prefix_sound w b more rows : block w = b ++ more -> b <> [] -> outcome b (skipn (length b) (all w)) rows -> Forall action_ok rows ->
  sound_group w (length b, rows).
Proof.
  intros e ne o ok. destruct (block_prefix w b more e) as [f _]. unfold sound_group. rewrite f. repeat split; try assumption.
  destruct b; [easy|cbn [length]; lia].
Qed.

(* ---- one instruction ---- *)

Ltac ok_rows := repeat constructor; cbn [operand_ok]; unfold word; try lia; try discriminate; auto.

Lemma alone_outcome i rest : operand_ok i -> outcome [i] rest (expand i) /\ Forall action_ok (expand i).
Proof.
  intro ok. assert (plain : forall rr, expand i = [One i] -> straight_instr i = true -> i <> ASSERT ->
    (forall to p, row_of (translated to (One i)) p = Some rr) -> straight_row rr = true ->
    match i with NOT | STORE | LOAD | BIN ROTR | BINI ROTR _ => False | _ => True end ->
    outcome [i] rest (expand i) /\ Forall action_ok (expand i)).
  { intros rr -> si na er sr en. split; [|repeat constructor; assumption].
    apply (goes_on _ _ _ [rr]); [intros; cbn [rows_from map]; now rewrite er|discriminate|cbn [forallb]; now rewrite sr|cbn [forallb]; now rewrite si|cbn; lia|].
    apply same_row_does, (alone_same_row i 0 rr si na). specialize (er (fun t => t) 0). destruct i; try discriminate si; exact er. }
  assert (leap : forall x, (straight_instr i = false \/ i = ASSERT) -> expand i = [x] -> i <> SECRET -> (forall to p, row_of (translated to x) p <> Some RSecret /\ row_of (translated to x) p <> Some RHalt) ->
    leaps [i] x -> action_ok x -> outcome [i] rest (expand i) /\ Forall action_ok (expand i)).
  { intros x _ -> ns nr l okx. split; [|now repeat constructor]. apply (jumps _ _ _ [] i x); try easy. cbn. lia. }
  destruct i; try (eapply plain; [reflexivity|reflexivity|discriminate|intros; reflexivity|reflexivity|exact I]);
    try (eapply leap; [now auto|reflexivity|discriminate|split; discriminate| |now split]).
  - (* BIN *) destruct o; try (eapply plain; [reflexivity|reflexivity|discriminate|intros; reflexivity|reflexivity|exact I]).
    split; [|ok_rows]. apply (goes_on _ _ _ [RBinI (UCop CXor) 31; RBin (UCop CRotl); RBinI (UCop CRotl) 1]);
      [reflexivity|discriminate|reflexivity|reflexivity|cbn; lia|apply rotr_does].
  - (* BINI *) assert (e : with_word [BINI o n] = Some (1%nat, (fst (leftward o n), snd (leftward o n)))) by (cbn [with_word]; now rewrite <- surjective_pairing).
    assert (x : expand (BINI o n) = [One (BINI (fst (leftward o n)) (snd (leftward o n)))]) by (cbn [expand]; now destruct (leftward o n)).
    rewrite x. destruct (with_word_computes _ _ _ _ e (Forall_cons _ ok (Forall_nil _))) as (b & more & eb & lb & _ & _ & _ & wn & nr & c).
    assert (b = [BINI o n]) as ->. { destruct b as [|y [|z b]]; try discriminate lb. cbn [app] in eb. congruence. }
    destruct (has_unit _ nr) as [u eu]. split.
    + apply (goes_on _ _ _ [RBinI u (snd (leftward o n))]); [intros; cbn [rows_from map translated row_of]; now rewrite eu|discriminate|reflexivity|reflexivity|cbn; lia|].
      eapply computes_does; [apply computes_weaker; exact c|exact eu].
    + constructor; [|constructor]. split; [exact wn|]. destruct (fst (leftward o n)); try exact I. now apply nr.
  - (* NOT *) split; [|ok_rows]. apply (goes_on _ _ _ [RBinI (UCop CXor) (2 ^ 32 - 1)]); [reflexivity|discriminate|reflexivity|reflexivity|cbn; lia|].
    destruct (with_word_computes [NOT] 1 XOR (2 ^ 32 - 1) eq_refl (Forall_cons _ ok (Forall_nil _))) as (b & more & eb & lb & _ & _ & _ & wn & nr & c).
    assert (b = [NOT]) as -> by (destruct b as [|y [|z b]]; try discriminate lb; cbn [app] in eb; congruence).
    eapply computes_does; [apply computes_weaker; exact c|reflexivity].
  - apply jmp_leaps.
  - apply jz_leaps.
  - apply jnz_leaps.
  - apply jc_leaps.
  - apply jnc_leaps.
  - apply call_leaps.
  - apply ret_leaps.
  - (* LOAD *) split; [|ok_rows]. apply (goes_on _ _ _ [RLoadx 0]); [reflexivity|discriminate|reflexivity|reflexivity|cbn; lia|].
    apply same_row_does, load_same_row.
  - (* STORE *) split; [|ok_rows]. apply (goes_on _ _ _ [RSwap 1; RPut 0; RPop]); [reflexivity|discriminate|reflexivity|reflexivity|cbn; lia|apply store_does].
  - (* SECRET *) split; [now apply takes_secret|ok_rows].
  - apply assert_leaps.
  - (* HALT *) split; [now apply stops|ok_rows].
Qed.
Lemma alone_sound w : all w <> [] -> Forall operand_ok (all w) -> sound_group w (alone w).
Proof.
  intros ne ok. unfold alone, sound_group. destruct (all w) as [|i l]; [easy|]. inversion ok as [|i' l' ok1 okl]; subst.
  cbn [firstn skipn length]. destruct (alone_outcome i l ok1). repeat split; assumption || lia.
Qed.

(* ---- rotations ---- *)

Lemma rotation_sound w f : any_rotation w = Some f -> Forall operand_ok (all w) -> sound_group w f.
Proof.
  intros e ok. unfold any_rotation in e. destruct (find_rotation w) as [r|] eqn:fr; [|discriminate e].
  destruct (rotation_runs w r fr ok) as (b & more & eb & lb & kb & sb & hn & wd & runs).
  pose proof (turned_in_place w r fr) as hd.
  match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. clear e. rewrite <- lb in *.
  apply (prefix_sound w b more); [exact eb|destruct b; [cbn in kb; lia|discriminate]| |].
  - apply (goes_on _ _ _ (rotation_rows (copies r) (depth r) (left_by r) (clears_carry r))).
    + intros to p. unfold rotation_rows. destruct (copies r), (depth r =? 0), (clears_carry r); reflexivity.
    + unfold rotation_rows. destruct (copies r), (depth r =? 0); discriminate.
    + unfold rotation_rows. destruct (copies r), (depth r =? 0), (clears_carry r); reflexivity.
    + exact sb.
    + unfold rotation_rows. rewrite app_length. destruct (copies r), (depth r =? 0); cbn [length negb]; lia.
    + apply rotation_does; [exact runs|exact hd|exact hn].
  - assert (wl : word (left_by r)) by (unfold word; lia).
    destruct (copies r), (depth r =? 0), (clears_carry r); cbn [negb app]; repeat constructor; cbn [operand_ok]; unfold word in *; try lia; discriminate.
Qed.

(* ---- operations on the top and a fixed word ---- *)

Lemma operation_runs w k o n : operation_of w = Some (k, (o, n)) -> Forall operand_ok (all w) ->
  exists b more, block w = b ++ more /\ length b = k /\ (1 <= k <= 7)%nat /\ forallb straight_instr b = true /\ word n /\ o <> ROTR /\
    computes_before (skipn k (all w)) b o n /\ (o = EQ -> computes b o n).
Proof.
  intros e ok. unfold operation_of in e. destruct (with_word (block w)) as [[k' [o' n']]|] eqn:ww.
  - assert (k' = k /\ o' = o /\ n' = n) as (-> & -> & ->) by (repeat split; congruence).
    destruct (with_word_computes _ _ _ _ ww (block_ok w ok)) as (b & more & eb & lb & kb & _ & sb & wn & nr & c).
    exists b, more. repeat split; try assumption; try lia; try apply wn. now apply computes_weaker. now intros _.
  - unfold in_place in e. destruct (find_rotation w) as [r|] eqn:fr; [|discriminate e].
    destruct (rotation_runs w r fr ok) as (b & more & eb & lb & kb & sb & hn & wd & runs).
    destruct (negb (copies r) && negb (clears_carry r)) eqn:q; [|discriminate e].
    apply andb_true_iff in q. destruct q as [q1 q2]. apply negb_true_iff in q1. apply negb_true_iff in q2. rewrite q1, q2 in runs.
    assert (k = instructions r /\ o = ROTL /\ n = left_by r) as (-> & -> & ->) by (repeat split; congruence).
    exists b, more. rewrite <- lb in *. repeat split; try assumption; try lia; try discriminate.
    apply rotates_computes; [|exact hn]. intros len P st a below CS h f out ip [_ ->] wa.
    destruct (runs len P (a :: below) a below CS h f out ip) as (P' & fi & y & z); [|exact wa|now exists P', fi].
    split; [now apply (turned_in_place w r fr)|reflexivity].
Qed.
