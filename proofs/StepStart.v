(* The memory before the first row, and what the equation of bags says of all rows.

   The verifier is like a row before the first: it removes the first tuples of the cells of the data, and adds the words of
   the data and of the input. So the memory's rows are the verifier's, which is number 0, and row i, which is number i + 1. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Ideal Bag StepTuples Cells StepSpaces
  StepMany Step.
Import ListNotations.
Open Scope Z_scope.

Lemma in_combine_seq {X} (l : list X) : forall b q w,
  In (q, w) (combine (seq b (length l)) l) <-> ((b <= q)%nat /\ nth_error l (q - b) = Some w).
Proof.
  induction l as [|x l IH]; intros b q w; cbn [length seq combine].
  - split; [easy|]. intros [_ h]. now destruct (q - b)%nat.
  - cbn [In]. rewrite IH. split.
    + intros [[= <- <-]|[h e]]; [split; [lia|now rewrite Nat.sub_diag]|]. split; [lia|].
      replace (q - b)%nat with (S (q - S b)) by lia. exact e.
    + intros [h e]. destruct (Nat.eq_dec b q) as [<-|n]; [left; rewrite Nat.sub_diag in e; now injection e as ->|right].
      split; [lia|]. replace (q - b)%nat with (S (q - S b)) in e by lia. exact e.
Qed.

(* A tape, as tuples of its space; the data, before and after the verifier. *)
Definition tape (s : Z) (l : list Z) : list Tup :=
  map (fun '(j, w) => ((0, s, 1), ofZ (Z.of_nat j), ofZ w)) (combine (seq 0 (length l)) l).
Definition data_cells (d : list (Z * Z)) : list Tup := map (fun '(a, w) => ((0, HEAP, 1), ofZ a, ofZ w)) d.
Definition data_firsts (d : list (Z * Z)) : list Tup := map (fun '(a, _) => ((0, HEAP, 0), ofZ a, ofZ 0)) d.

Lemma added_tuples_parts input d : added_tuples input d = tape INPUT input ++ data_cells d.
Proof. reflexivity. Qed.
Lemma removed_tuples_parts output d : removed_tuples output d = tape OUTPUT output ++ data_firsts d.
Proof. reflexivity. Qed.

Lemma in_tape s l x : In x (tape s l) <-> exists q w, nth_error l q = Some w /\ x = ((0, s, 1), ofZ (Z.of_nat q), ofZ w).
Proof.
  unfold tape. rewrite in_map_iff. split.
  - intros ([q w] & <- & h). apply in_combine_seq in h. rewrite Nat.sub_0_r in h. exists q, w. now split.
  - intros (q & w & e & ->). exists (q, w). split; [reflexivity|]. apply in_combine_seq. rewrite Nat.sub_0_r.
    split; [lia|exact e].
Qed.
Lemma in_data_cells d x : In x (data_cells d) <-> exists a w, In (a, w) d /\ x = ((0, HEAP, 1), ofZ a, ofZ w).
Proof.
  unfold data_cells. rewrite in_map_iff. split; [intros ([a w] & <- & h); exists a, w; now split|].
  intros (a & w & h & ->). exists (a, w). now split.
Qed.
Lemma in_data_firsts d x : In x (data_firsts d) <-> exists a w, In (a, w) d /\ x = ((0, HEAP, 0), ofZ a, ofZ 0).
Proof.
  unfold data_firsts. rewrite in_map_iff. split; [intros ([a w] & <- & h); exists a, w; now split|].
  intros (a & w & h & ->). exists (a, w). now split.
Qed.
Lemma tape_keys s l : map key (tape s l) = map (fun q => (s, ofZ (Z.of_nat q))) (seq 0 (length l)).
Proof.
  unfold tape. generalize 0%nat. induction l as [|w l IH]; intro b; [reflexivity|]. cbn [length seq combine map]. now rewrite IH.
Qed.
Lemma data_cells_keys d : map key (data_cells d) = map (fun a => (HEAP, ofZ a)) (map fst d).
Proof. induction d as [|[a w] d IH]; [reflexivity|]. cbn [data_cells map]. fold (data_cells d). now rewrite IH. Qed.
Lemma data_firsts_keys d : map key (data_firsts d) = map (fun a => (HEAP, ofZ a)) (map fst d).
Proof. induction d as [|[a w] d IH]; [reflexivity|]. cbn [data_firsts map]. fold (data_firsts d). now rewrite IH. Qed.

(* What the machine's memory holds at first. *)
Lemma init_heap_in d a w : NoDup (map fst d) -> In (a, w) d -> init_heap d a = Some w.
Proof.
  induction d as [|[b u] d IH]; intros n h; [easy|]. cbn [map fst] in n. inversion n as [|b' l n1 n2 e].
  cbn [init_heap fold_right]. fold (init_heap d). unfold store. destruct h as [h|h].
  - injection h as -> ->. now rewrite Z.eqb_refl.
  - destruct (Z.eqb_spec b a) as [->|_]; [|now apply IH]. exfalso. apply n1. apply in_map_iff. exists (a, w). now split.
Qed.

Lemma upto_first f n y :
  tuple_count (tuples_upto f (S n)) y = tuple_count (f 0%nat) y + tuple_count (tuples_upto (fun k => f (S k)) n) y.
Proof.
  induction n as [|n IH]; [cbn [upto app]; rewrite (cnt_notin Tup Tup_dec []) by easy; lia|].
  change (tuples_upto f (S (S n))) with (tuples_upto f (S n) ++ f (S n)). cbn [upto] in *. rewrite !cnt_app in *. lia.
Qed.

Section Start.
  Variables (x : claim) (T H : nat) (r : nat -> columns) (adds removes : nat -> list Tup) (question : nat -> option F)
    (address : nat -> Z) (heap_last : nat -> Tup) (leftovers : list Tup).
  Hypothesis E : evidence x T H r adds removes question address heap_last leftovers.

  Definition added (k : nat) : list Tup := match k with O => tape INPUT (input x) ++ data_cells (heap_data x) | S i => adds i end.
  Definition removed (k : nat) : list Tup := match k with O => data_firsts (heap_data x) | S i => removes i end.
  Definition firsts : list Tup := tuples_upto (heap_first address) H.
  Definition lasts : list Tup := tuples_upto (fun h => [heap_last h]) H ++ leftovers ++ tape OUTPUT (output x).

  Lemma balance y : tuple_count firsts y + tuple_count (tuples_upto added (S T)) y =
    tuple_count (tuples_upto removed (S T)) y + tuple_count lasts y.
  Proof.
    pose proof (bag E y) as b. unfold firsts, lasts. rewrite !upto_first.
    change (tuples_upto (fun k => added (S k)) T) with (tuples_upto adds T).
    change (tuples_upto (fun k => removed (S k)) T) with (tuples_upto removes T).
    cbn [added removed]. rewrite added_tuples_parts, removed_tuples_parts in b.
    rewrite !cnt_app in *. lia.
  Qed.

  Lemma rows_ok i : (i < T)%nat -> tuples_ok i (adds i) (removes i).
  Proof.
    intro hi. pose proof (few_rows E). destruct (Nat.eq_dec (S i) T) as [e|e].
    - destruct (last_row E i e) as (j & _ & _ & -> & ->). unfold tuples_ok. cbn [length].
      split; [lia|]. split; [lia|]. split; apply Forall_nil.
    - destruct (step_row E i ltac:(lia)) as (j & m & rz & _ & _ & _ & hr & sp).
      eapply step_meaning_tuples; [lia|exact hr|exact sp].
  Qed.
  Lemma adds_ok i y : (i < T)%nat -> In y (adds i) -> added_ok i y.
  Proof. intros hi hy. destruct (rows_ok i hi) as (_ & _ & h & _). exact (proj1 (Forall_forall _ _) h y hy). Qed.
  Lemma removes_ok i y : (i < T)%nat -> In y (removes i) -> removed_ok i y.
  Proof. intros hi hy. destruct (rows_ok i hi) as (_ & _ & _ & h). exact (proj1 (Forall_forall _ _) h y hy). Qed.

  Lemma order i j y : (j <= i < S T)%nat -> In y (removed j) -> In y (added i) -> False.
  Proof.
    intros hij hr ha.
    assert (is_set : set_of y = 1).
    { destruct i as [|i]; cbn [added] in ha; [|exact (proj1 (proj2 (adds_ok i y ltac:(lia) ha)))].
      apply in_app_or in ha. destruct ha as [ha|ha]; [apply in_tape in ha|apply in_data_cells in ha];
        destruct ha as (? & ? & _ & ->); reflexivity. }
    destruct j as [|j]; cbn [removed] in hr.
    - apply in_data_firsts in hr. destruct hr as (? & ? & _ & ->). discriminate is_set.
    - destruct i as [|i]; [lia|]. cbn [added] in ha. destruct (adds_ok i y ltac:(lia) ha) as (_ & _ & ta).
      destruct (removes_ok j y ltac:(lia) hr) as (_ & tr & so & _). destruct ta as [ta|ta]; [lia|contradiction].
  Qed.

  (* No row puts the value of an empty stack into the heap: nothing would remove it. *)
  Lemma no_empty_value i y : (i < T)%nat -> In y (adds i) -> space_of y = HEAP -> value_in y <> ofZ EMPTY.
  Proof.
    intros hi hy sp ev.
    assert (count : In y (tuples_upto removes T ++ tuples_upto (fun h => [heap_last h]) H ++ leftovers ++
      removed_tuples (output x) (heap_data x))).
    { apply (cnt_in Tup Tup_dec). rewrite <- (bag E y). apply (cnt_in Tup Tup_dec). apply in_or_app. left.
      apply in_upto. exists i. now split. }
    apply in_app_or in count. destruct count as [h|count].
    { apply in_upto in h. destruct h as (k & hk & h). destruct (removes_ok k y hk h) as (_ & _ & _ & v).
        destruct (v sp) as (z & hz & ez).
      rewrite ev in ez. exact (not_empty z hz (eq_sym ez)). }
    apply in_app_or in count. destruct count as [h|count].
    { apply in_upto in h. destruct h as (k & hk & [<-|[]]). destruct (heap_lasts E k hk) as (t & e & v & ek & _ & _ & nv).
      rewrite ek in ev. exact (nv ev). }
    apply in_app_or in count. destruct count as [h|count].
    { pose proof (proj1 (Forall_forall _ _) (leftovers_ok E) y h) as (t & s & a & v & -> & _ & [->| ->]); discriminate sp. }
    rewrite removed_tuples_parts in count. apply in_app_or in count. destruct count as [h|h].
    - apply in_tape in h. destruct h as (q & w & _ & ->). discriminate sp.
    - apply in_data_firsts in h. destruct h as (a & w & _ & ->). unfold value_in in ev. cbn [snd] in ev.
      exact (not_empty 0 word_0 ev).
  Qed.

  (* The cells of the heap. *)
  Lemma addresses_apart h h' : (h < H)%nat -> (h' < H)%nat -> ofZ (address h) = ofZ (address h') -> h = h'.
  Proof.
    intros hh hh' e. apply word_inj in e; [|now apply (addresses_words E)..].
    assert (up : forall d k, (k + S d < H)%nat -> address k < address (k + S d)).
    { induction d as [|d IH]; intros k hk.
      - replace (k + 1)%nat with (S k) in * by lia. now apply (addresses_increase E).
      - pose proof (IH k ltac:(lia)). pose proof (addresses_increase E (k + S d) ltac:(lia)).
        replace (k + S (S d))%nat with (S (k + S d)) by lia. lia. }
    destruct (lt_eq_lt_dec h h') as [[lt|eq]|gt]; [|exact eq|]; exfalso.
    - pose proof (up (h' - h - 1)%nat h) as u. replace (h + S (h' - h - 1))%nat with h' in u by lia. specialize (u hh'). lia.
    - pose proof (up (h - h' - 1)%nat h') as u. replace (h' + S (h - h' - 1))%nat with h in u by lia. specialize (u hh). lia.
  Qed.
  Lemma firsts_map : firsts = map (fun h => ((0, HEAP, 0), ofZ (address h), ofZ 0)) (seq 0 H).
  Proof.
    unfold firsts. generalize H. intro n. induction n as [|n IH]; [reflexivity|]. rewrite seq_S, map_app.
    cbn [upto map Nat.add]. now rewrite IH.
  Qed.
  Lemma firsts_apart : NoDup (map key firsts).
  Proof.
    rewrite firsts_map, map_map. apply NoDup_map_in; [apply seq_NoDup|]. intros h h' hh hh' e. apply in_seq in hh, hh'.
    cbn [key] in e. injection e as e. apply addresses_apart in e; [exact e|lia..].
  Qed.
  Lemma in_firsts y : In y firsts -> exists h, (h < H)%nat /\ y = ((0, HEAP, 0), ofZ (address h), ofZ 0).
  Proof. rewrite firsts_map. intro h. apply in_map_iff in h. destruct h as (k & <- & hk). apply in_seq in hk. exists k.
  split; [lia|reflexivity]. Qed.

  Definition empty_memory : mem := fun _ => None.
  Definition memory_0 : mem := mputs empty_memory firsts.
  (* The memory before row k of the memory's rows. *)
  Definition memory_at (k : nat) : mem := Memory.memory Tup (Z * F) K_dec key added removed memory_0 k.
  Definition live_at (k : nat) : Tup -> Z := Memory.live Tup Tup_dec firsts added removed k.
  Definition sane (k : nat) : Prop := Memory.keyed Tup (Z * F) key (memory_at k) /\
    Memory.rep Tup (Z * F) Tup_dec key (memory_at k) (live_at k).

  Lemma sane_0 : sane 0.
  Proof.
    destruct (Memory.rep_puts Tup (Z * F) Tup_dec K_dec key firsts empty_memory (fun _ => 0)) as [b1 b2]; try easy.
    - apply fresh_all; [apply firsts_apart|reflexivity].
    - split; [exact b1|]. intro y. change (memory_at 0) with memory_0. rewrite <- b2. unfold live_at, Memory.live.
      cbn [upto]. unfold cnt. cbn. lia.
  Qed.
  (* One row of the memory: it removes what is there, each tuple once. *)
  Lemma memory_row k : (k < S T)%nat -> sane k ->
    (forall y, In y (removed k) -> memory_at k (key y) = Some y) /\ NoDup (removed k) /\
    (mfresh (mdels (memory_at k) (removed k)) (added k) -> sane (S k)).
  Proof.
    intros hk [hkey hrep].
    destruct (Memory.memory_step Tup (Z * F) Tup_dec K_dec key (S T) firsts lasts added removed balance order memory_0 k hk
      hkey hrep)
      as [got go]. split; [exact got|]. split; [|exact go].
    apply (NoDup_count_occ Tup_dec). intro y.
    destruct (in_dec Tup_dec y (removed k)) as [i|n]; [|apply (count_occ_not_In Tup_dec) in n; lia].
    pose proof (Memory.removes_live Tup Tup_dec (S T) firsts lasts added removed balance order k y hk i) as le.
    fold (live_at k) in le. rewrite (hrep y) in le. unfold cnt in le. unfold Memory.holds in le.
    destruct (memory_at k (key y)); [|lia].
    destruct (Tup_dec t y); lia.
  Qed.

  Lemma data_apart_keys : NoDup (map (fun a => (HEAP, ofZ a)) (map fst (heap_data x))).
  Proof.
    apply NoDup_map_in; [exact (data_apart E)|]. pose proof (data_words E) as dw.
    assert (w : forall a, In a (map fst (heap_data x)) -> word a).
    { intros a h. apply in_map_iff in h. destruct h as ([b u] & <- & h). apply (proj1 (Forall_forall _ _) dw) in h. apply h. }
    intros a b ha hb e. injection e as e. apply word_inj in e; auto.
  Qed.
  Lemma sane_1 : sane 1.
  Proof.
    destruct (memory_row 0 ltac:(lia) sane_0) as (_ & _ & go). apply go. cbn [added removed]. change (memory_at 0) with memory_0.
    pose proof (short_input E) as si.
    apply fresh_all; rewrite map_app, tape_keys, data_cells_keys.
    - apply NoDup_app; [|exact data_apart_keys|].
      + apply NoDup_map_in; [apply seq_NoDup|]. intros a b ha hb e. apply in_seq in ha, hb. injection e as e.
        apply ofZ_inj in e; lia.
      + intros k h1 h2. apply in_map_iff in h1. apply in_map_iff in h2. destruct h1 as (q & <- & _).
        destruct h2 as (a & e & _). discriminate e.
    - intros k h. apply in_app_or in h. destruct h as [h|h].
      + apply in_map_iff in h. destruct h as (q & <- & _). destruct (mdels _ _ _) as [y|] eqn:e; [|reflexivity]. exfalso.
        apply dels_some in e. destruct e as [e _]. apply puts_in in e. destruct e as [[e _]|[e ek]]; [discriminate e|].
        apply in_firsts in e. destruct e as (h & _ & ->). discriminate ek.
      + apply dels_in. rewrite data_firsts_keys. exact h.
  Qed.

  (* What the memory holds before the first row. *)
  Lemma memory_1 k y : memory_at 1 k = Some y -> key y = k /\
    ((exists q w, nth_error (input x) q = Some w /\ y = ((0, INPUT, 1), ofZ (Z.of_nat q), ofZ w)) \/
     (exists a w, In (a, w) (heap_data x) /\ y = ((0, HEAP, 1), ofZ a, ofZ w)) \/
     (exists h, (h < H)%nat /\ y = ((0, HEAP, 0), ofZ (address h), ofZ 0))).
  Proof.
    intro e. change (memory_at 1) with (mputs (mdels memory_0 (data_firsts (heap_data x))) (tape INPUT (input x) ++
      data_cells (heap_data x))) in e.
    apply puts_in in e. destruct e as [[e _]|[e ek]].
    - apply dels_some in e. destruct e as [e _]. apply puts_in in e. destruct e as [[e _]|[e ek]]; [discriminate e|].
      split; [exact ek|]. right. right. now apply in_firsts.
    - split; [exact ek|]. apply in_app_or in e.
      destruct e as [e|e]; [left; now apply in_tape|right; left; now apply in_data_cells].
  Qed.
  Lemma memory_1_input q w : nth_error (input x) q = Some w -> exists y, memory_at 1 (INPUT, ofZ (Z.of_nat q)) = Some y.
  Proof.
    intro e. exists ((0, INPUT, 1), ofZ (Z.of_nat q), ofZ w).
    assert (live : live_at 1 ((0, INPUT, 1), ofZ (Z.of_nat q), ofZ w) > 0).
    { unfold live_at, Memory.live. cbn [upto app added removed]. rewrite (cnt_notin Tup Tup_dec (data_firsts _)).
      - assert (i : In ((0, INPUT, 1), ofZ (Z.of_nat q), ofZ w) (tape INPUT (input x) ++ data_cells (heap_data x))).
        { apply in_or_app. left. apply in_tape. exists q, w. now split. }
        apply (cnt_in Tup Tup_dec) in i. pose proof (cnt_nonneg Tup Tup_dec firsts ((0, INPUT, 1), ofZ (Z.of_nat q), ofZ w)). lia.
      - intro i. apply in_data_firsts in i. destruct i as (a & u & _ & i). discriminate i. }
    rewrite (proj2 sane_1) in live. apply Z.gt_lt in live. exact (Memory.holds_some Tup (Z * F) Tup_dec key _ _ live).
  Qed.

  (* The first row's columns and memory are the machine's first state. *)
  Lemma related_first : rel (memory_at 1) 0 (r 0%nat) (mk 0 [] [] (init_heap (heap_data x)) false [] (input x)).
  Proof.
    pose proof (short_input E) as si.
    assert (none : forall s a, s <> INPUT -> s <> HEAP -> memory_at 1 (s, a) = None).
    { intros s a n1 n2. destruct (memory_at 1 (s, a)) as [y|] eqn:e; [|reflexivity]. exfalso.
      apply memory_1 in e. destruct e as [ek [(q & w & _ & ->)|[(b & w & _ & ->)|(h & _ & ->)]]]; injection ek as es _;
        congruence. }
    eapply rel_next; [exact (first_row E)|reflexivity|lia| | | |reflexivity| | |cbn [length]; lia].
    - constructor; [reflexivity|reflexivity| |apply Forall_nil|cbn [length]; lia]. intro a. rewrite none by discriminate.
      reflexivity.
    - constructor; [reflexivity| |apply Forall_nil|cbn [length]; lia]. intro a. rewrite none by discriminate. reflexivity.
    - intros a y e. apply memory_1 in e. destruct e as [ek [(q & w & _ & ->)|[(b & w & hin & ->)|(h & hh & ->)]]];
        [discriminate ek|injection ek as <-..].
      + exists b. pose proof (proj1 (Forall_forall _ _) (data_words E) _ hin) as [wa ww]. split; [exact wa|].
        split; [reflexivity|].
        right. split; [reflexivity|]. exists w. split; [exact ww|]. split; [|reflexivity].
        apply init_heap_in; [exact (data_apart E)|exact hin].
      + exists (address h). split; [now apply (addresses_words E)|]. split; [reflexivity|now left].
    - constructor; [reflexivity| |apply Forall_nil|cbn [length]; lia]. intro a. now apply none.
    - constructor; [|exact (input_words E)]. exists 0. split; [reflexivity|]. split; [lia|]. split; [lia|]. split.
      + intros a y e. apply memory_1 in e. destruct e as [ek [(q & w & eq & ->)|[(b & w & _ & ->)|(h & _ & ->)]]];
          [|discriminate ek..].
        injection ek as <-. exists q, w. split; [reflexivity|]. now split.
      + intros q w e. now apply (memory_1_input q w).
  Qed.
End Start.
Arguments balance {_ _ _ _ _ _ _ _ _ _}.
Arguments no_empty_value {_ _ _ _ _ _ _ _ _ _}.
Arguments memory_row {_ _ _ _ _ _ _ _ _ _}.
Arguments sane_1 {_ _ _ _ _ _ _ _ _ _}.
Arguments related_first {_ _ _ _ _ _ _ _ _ _}.
