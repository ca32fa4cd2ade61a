(* SHA256 as a row: 24 cells of the heap are removed, and the same 24 are put back, 8 of them with the new state. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Sha256 Memory Machine Rows Builder Circuit Meaning Bag StepTuples Cells StepSpaces
  StepMany Step StepHeap.
Import ListNotations.
Open Scope Z_scope.

Lemma words_from h vs : forall a,
  (forall q v, nth_error vs q = Some v -> h (a + Z.of_nat q) = Some v /\ a + Z.of_nat q < 2 ^ 32) ->
  words h a (length vs) = Some vs.
Proof.
  induction vs as [|v vs IH]; intros a g; cbn [length words]; [reflexivity|].
  destruct (g 0%nat v eq_refl) as [e1 e2]. rewrite Z.add_0_r in e1, e2. rewrite e1, IH.
  - destruct (Z.ltb_spec a (2 ^ 32)); [reflexivity|lia].
  - intros q w e. destruct (g (S q) w e) as [g1 g2]. replace (a + 1 + Z.of_nat q) with (a + Z.of_nat (S q)) by lia. now split.
Qed.
Lemma store_words_other vs : forall h a b, b < a \/ a + Z.of_nat (length vs) <= b -> store_words h a vs b = h b.
Proof.
  induction vs as [|v vs IH]; intros h a b hb; cbn [length store_words] in *; [reflexivity|]. rewrite IH by lia.
  unfold store. destruct (Z.eqb_spec a b); [lia|reflexivity].
Qed.
Lemma store_words_at vs : forall h a q v, nth_error vs q = Some v -> store_words h a vs (a + Z.of_nat q) = Some v.
Proof.
  induction vs as [|w vs IH]; intros h a [|q] v e; cbn [nth_error] in e; try easy; cbn [store_words].
  - injection e as ->. rewrite store_words_other by lia. unfold store. rewrite Z.add_0_r. now rewrite Z.eqb_refl.
  - replace (a + Z.of_nat (S q)) with (a + 1 + Z.of_nat q) by lia. now apply IH.
Qed.

(* What is taken for a cell is a set tuple of the same place and value. *)
Lemma taken_keys i l taken : Forall2 (taken_from i) l taken -> map key taken = map key l.
Proof.
  induction 1 as [|x z l taken p _ IH]; [reflexivity|]. cbn [map]. rewrite IH. f_equal.
  destruct x as [[[[t s] e] a] v]. destruct p as (t' & _ & ->). reflexivity.
Qed.
Lemma taken_for i l taken s a v : Forall2 (taken_from i) l taken -> In (stored i s a v) l -> exists t, In ((t, s, 1), a, v) taken.
Proof.
  induction 1 as [|x z l taken p _ IH]; [easy|]. intros [->|h].
  - destruct p as (t' & _ & ->). exists t'. now left.
  - destruct (IH h) as [t ht]. exists t. now right.
Qed.

Section Sha.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).

  (* A list of words whose cells the memory holds, set, is in the machine's memory, at addresses that are words. *)
  Lemma held_words (h : memory) base vs taken l : heap_ok M h -> Forall word vs -> Forall2 (taken_from i) l taken ->
    (forall x, In x taken -> M (key x) = Some x) -> (forall x, In x (cells_at base vs (stored i HEAP)) -> In x l) ->
    forall k v, nth_error vs k = Some v -> exists z, word z /\ (base + ofZ (Z.of_nat k))%F = ofZ z /\ h z = Some v.
  Proof.
    intros rh ws ft held sub k v e. pose proof (cells_in base vs (stored i HEAP) k v e) as hin. apply sub in hin.
    destruct (taken_for _ _ _ _ _ _ ft hin) as [t ht]. pose proof (held _ ht) as m. cbn [key] in m.
    destruct (rh _ _ m) as (z & hz & ez & [z0|(_ & u & hu & em & eu)]); unfold set_of, value_in in *; cbn [fst snd] in *;
      [discriminate z0|].
    apply word_inj in eu; [subst u|exact (proj1 (Forall_forall _ _) ws v (nth_error_In _ _ e))|exact hu]. exists z.
    split; [exact hz|]. now split.
  Qed.
  (* The same with the address as an integer. *)
  Lemma held_words_at (h : memory) a vs : word a -> (length vs <= 16)%nat ->
    (forall k v, nth_error vs k = Some v -> exists z, word z /\ (ofZ a + ofZ (Z.of_nat k))%F = ofZ z /\ h z = Some v) ->
    forall k v, nth_error vs k = Some v -> h (a + Z.of_nat k) = Some v /\ word (a + Z.of_nat k).
  Proof.
    intros wa few g k v e. destruct (g k v e) as (z & hz & ez & em). unfold word in *.
    assert (k < length vs)%nat by (apply nth_error_Some; congruence).
    rewrite <- ofZ_add in ez. apply ofZ_inj in ez; [|lia]. rewrite ez. now split.
  Qed.

  Lemma step_sha : given RSha256 -> becomes RSha256.
  Proof.
    intro S. open_situation S.
    destruct sp as (_ & fill & y & s0 & b & taken & (t & _ & ->) & ws & wb & ls & lb & ft & eA & eR & nx).
    change (Forall2 (taken_from i) (cells_at fill s0 (stored i HEAP) ++ cells_at (c_top r) b (stored i HEAP)) taken) in ft.
    pose proof (compress_length s0 b ls) as lc. pose proof (compress_words s0 b) as wc.
    set (s1 := compress s0 b) in *. assert (hs1 : s1 = compress s0 b) by reflexivity. clearbody s1.
    subst Rm. pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    assert (held' : forall x, In x taken -> M (key x) = Some x) by (intros x hx; apply held; now right).
    destruct (stack_pop M _ _ st t 1 fill rs my) as (blk & st' & -> & tb & wblk & tf & rs').
    pose proof (held_words h fill s0 taken _ rh ws ft held' (fun x hx => in_or_app _ _ _ (or_introl hx))) as g1.
    pose proof (held_words h (c_top r) b taken _ rh wb ft held' (fun x hx => in_or_app _ _ _ (or_intror hx))) as g2.
    (* The address of the state is a word. *)
    assert (below_top : exists a st2, st' = a :: st2 /\ word a).
    { destruct s0 as [|v0 s0']; [discriminate ls|]. destruct (g1 0%nat v0 eq_refl) as (z & hz & ez & _). rewrite tf in ez.
        cbn [Z.of_nat] in ez.
      destruct (base_address st' 0 z (s_words _ _ _ _ rs') ltac:(lia) hz ez) as (a & st2 & -> & ea). exists a, st2.
      split; [reflexivity|].
      exact (Forall_inv (s_words _ _ _ _ rs')). }
    destruct below_top as (a & st2 & -> & wa). cbn [top_of] in tf. rewrite tf in *. rewrite tb in *.
    pose proof (held_words_at h a s0 wa ltac:(lia) g1) as at_state.
    pose proof (held_words_at h blk b wblk ltac:(lia) g2) as at_block.
    (* The 24 cells are different. *)
    pose proof (held_apart M _ once held) as apart. cbn [map] in apart. rewrite (taken_keys _ _ _ ft) in apart.
    apply NoDup_cons_iff in apart. destruct apart as [_ apart]. rewrite map_app, !cells_keys, ls, lb in apart.
    set (K1 := map (fun q => (HEAP, (ofZ a + ofZ (Z.of_nat q))%F)) (seq 0 8)) in *.
    set (K2 := map (fun q => (HEAP, (ofZ blk + ofZ (Z.of_nat q))%F)) (seq 0 16)) in *.
    assert (in1 : forall k, (k < 8)%nat -> In (HEAP, ofZ (a + Z.of_nat k)) K1).
    { intros k hk. apply in_map_iff. exists k. split; [now rewrite ofZ_add|apply in_seq; lia]. }
    assert (in2 : forall k, (k < 16)%nat -> In (HEAP, ofZ (blk + Z.of_nat k)) K2).
    { intros k hk. apply in_map_iff. exists k. split; [now rewrite ofZ_add|apply in_seq; lia]. }
    assert (no_overlap : a + 8 <= blk \/ blk + 16 <= a).
    { destruct (Z_le_gt_dec (a + 8) blk) as [|gt1]; [now left|]. destruct (Z_le_gt_dec (blk + 16) a) as [|gt2]; [now right|].
        exfalso.
      destruct (Z_le_gt_dec a blk) as [le|gt].
      - apply (NoDup_apart K1 K2 (HEAP, ofZ blk) apart).
        + replace blk with (a + Z.of_nat (Z.to_nat (blk - a))) by lia. apply in1. lia.
        + rewrite <- (Z.add_0_r blk). apply (in2 0%nat). lia.
      - apply (NoDup_apart K1 K2 (HEAP, ofZ a) apart).
        + rewrite <- (Z.add_0_r a). apply (in1 0%nat). lia.
        + replace a with (blk + Z.of_nat (Z.to_nat (a - blk))) by lia. apply in2. lia. }
    assert (hashed : hash h a blk = Some (store_words h a s1)).
    { unfold hash. replace ((a + 8 <=? blk) || (blk + 16 <=? a)) with true by (symmetry; apply orb_true_iff;
        rewrite !Z.leb_le; exact no_overlap).
      pose proof (words_from h s0 a) as w1. rewrite ls in w1.
      rewrite w1 by (intros k v e; destruct (at_state k v e) as [e1 [_ e2]]; now split).
      pose proof (words_from h b blk) as w2. rewrite lb in w2.
      rewrite w2 by (intros k v e; destruct (at_block k v e) as [e1 [_ e2]]; now split).
      now rewrite hs1. }
    assert (keys_taken : map key taken = K1 ++ K2) by (rewrite (taken_keys _ _ _ ft), map_app, !cells_keys, ls, lb; reflexivity).
    assert (keys_added : map key Ad = K1 ++ K2) by (rewrite eA, map_app, !cells_keys, lc, lb; reflexivity).
    assert (heap_keys : forall s', s' <> HEAP -> Forall (fun k : Z * F => fst k <> s') (K1 ++ K2)).
    { intros s' n'. apply Forall_forall. intros k hk. apply in_app_or in hk.
      destruct hk as [hk|hk]; apply in_map_iff in hk; destruct hk as (k' & <- & _); cbn [fst]; congruence. }
    (* Freshness, and the new memory. *)
    split.
    { apply fresh_all; [rewrite keys_added; exact apart|]. intros k hk. rewrite keys_added, <- keys_taken in hk.
        apply dels_in. cbn [map]. now right. }
    change (mdels M (((t, STACK, 1), (c_depth r - ofZ 1)%F, ofZ a) :: taken)) with
      (mdels (mdel M (STACK, (c_depth r - ofZ 1)%F)) taken).
    set (M1 := mdel M (STACK, (c_depth r - ofZ 1)%F)) in *.
    assert (same : forall s', s' <> HEAP -> agree M1 (mputs (mdels M1 taken) Ad) s').
    { intros s' n'. apply agree_many; [rewrite keys_taken|rewrite keys_added]; now apply heap_keys. }
    assert (rh' : heap_ok (mputs (mdels M1 taken) Ad) (store_words h a s1)).
    { intros c x e. apply puts_in in e. destruct e as [[e ne]|[hin ek]].
      - apply dels_some in e. destruct e as [e _]. unfold M1, Memory.del in e. rewrite kd_diff in e by discriminate.
        destruct (rh _ _ e) as (z & hz & ez & rest). exists z. split; [exact hz|]. split; [exact ez|].
        destruct rest as [z0|(o1 & v & hv & em & ev)]; [now left|right].
        split; [exact o1|]. exists v. split; [exact hv|]. split; [|exact ev]. rewrite store_words_other; [exact em|].
        destruct (Z_lt_ge_dec z a) as [|ge]; [now left|]. right. rewrite lc.
        destruct (Z_le_gt_dec (a + Z.of_nat 8) z) as [|gt]; [assumption|]. exfalso.
        apply ne. rewrite keys_added. apply in_or_app. left. rewrite ez.
        replace z with (a + Z.of_nat (Z.to_nat (z - a))) by lia. apply in1. lia.
      - rewrite eA in hin. apply in_app_or in hin.
        destruct hin as [hin|hin]; apply in_cells_at in hin; destruct hin as (k & v & ev & ->); injection ek as <-.
        + assert (hk : (k < 8)%nat) by (rewrite <- lc; apply nth_error_Some; congruence).
          destruct (nth_error s0 k) as [u|] eqn:eu; [|apply nth_error_None in eu; lia].
          exists (a + Z.of_nat k). split; [exact (proj2 (at_state k u eu))|]. split; [now rewrite ofZ_add|]. right.
          split; [reflexivity|]. exists v.
          split; [exact (proj1 (Forall_forall _ _) wc v (nth_error_In _ _ ev))|]. split; [now apply store_words_at|reflexivity].
        + assert (hk : (k < 16)%nat) by (rewrite <- lb; apply nth_error_Some; congruence).
          exists (blk + Z.of_nat k). split; [exact (proj2 (at_block k v ev))|]. split; [now rewrite ofZ_add|]. right.
          split; [reflexivity|]. exists v.
          split; [exact (proj1 (Forall_forall _ _) wb v (nth_error_In _ _ ev))|]. split; [|reflexivity].
          rewrite store_words_other by (rewrite lc; lia). exact (proj1 (at_block k v ev)). }
    assert (rc1 : calls_ok M1 (c_calls r) cs) by (unfold M1; kept rc).
    assert (ro1 : out_ok M1 (c_written r) o) by (unfold M1; kept ro).
    assert (ri1 : in_ok M1 (c_read r) ip) by (unfold M1; kept ri).
    exists 0, (mk (p + 1) (a :: st2) cs (store_words h a s1) f o ip). split; [cbn [row_exec]; now rewrite hashed|].
    split; [apply word_0|].
    eapply rel_next; [exact nx| | |eapply stack_agree; [|exact rs']; now apply same|eapply calls_agree; [|exact rc1];
      now apply same|exact rh'|exact rf
      |eapply out_agree; [|exact ro1]; now apply same|eapply in_agree; [|exact ri1]; now apply same|].
    - next_pc here epc.
    - lia.
    - cbn [length] in *. lia.
  Qed.
End Sha.
