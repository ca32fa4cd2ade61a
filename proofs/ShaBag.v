(* The equation of bags that `evidence` asks for, from one balanced list of terms, where rows of SHA256 have requests and the
   table of SHA-256 takes them: the rows' tuples with the cells that their requests replace. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Sha256 Machine Rows Builder Circuit Meaning Ideal Bag StepTuples OtherTuples ShaCompress ShaRequests.
Import ListNotations.
Open Scope Z_scope.

(* The tuples of a compression are within the widths of the format, and few. *)
Lemma cells_within base vs t : 0 <= t < 2 ^ 18 -> Forall within (cells_at base vs (stored_at t HEAP)).
Proof.
  intro ht. apply Forall_forall. intros y hy. apply in_cells_at in hy. destruct hy as (k & v & _ & ->). unfold stored_at, within, HEAP. lia.
Qed.
Lemma taken_within t l l' : 0 <= t < 2 ^ 18 -> Forall within l -> Forall2 (taken_before t) l l' -> Forall within l'.
Proof.
  intros ht h f. induction f as [|y z l l' p _ IH]; [constructor|]. constructor; [|apply IH; exact (Forall_inv_tail h)].
  destruct y as [[[[ty sp] e] a] v]. destruct p as (t' & hb & ->). pose proof (Forall_inv h) as w. unfold within in *. lia.
Qed.
Lemma compression_tuples h : compression_ok h -> Forall within (compression_adds h) /\ Forall within (compression_removes h) /\
  length (compression_adds h) = 24%nat /\ length (compression_removes h) = 25%nat.
Proof.
  intros (ht & wo & wb & lo & lb & f). unfold compression_adds, compression_removes, cells_of in *.
  split; [apply Forall_app; split; now apply cells_within|]. split; [constructor|split].
  - unfold request_of, stored_at, within, REQUEST. lia.
  - eapply taken_within; [exact ht| |exact f]. apply Forall_app. split; now apply cells_within.
  - rewrite app_length, !cells_at_length, compress_length, lb by exact lo. reflexivity.
  - apply Forall2_same_length in f. rewrite app_length, !cells_at_length, lo, lb in f. cbn [length]. now rewrite <- f.
Qed.
Lemma compressions_tuples hs : Forall compression_ok hs ->
  Forall within (flat_map compression_adds hs) /\ Forall within (flat_map compression_removes hs) /\
  (length (flat_map compression_adds hs) <= 24 * length hs)%nat /\ (length (flat_map compression_removes hs) <= 25 * length hs)%nat.
Proof.
  induction 1 as [|h hs ho _ IH]; cbn [flat_map length]; [repeat split; (constructor || lia)|].
  destruct (compression_tuples h ho) as (h1 & h2 & h3 & h4). destruct IH as (i1 & i2 & i3 & i4).
  rewrite !Forall_app, !app_length. repeat split; try assumption; lia.
Qed.

(* What the statement and the tables of cells add and remove is no request. *)
Lemma heap_firsts_free address n : no_request (tuples_upto (heap_first address) n).
Proof. apply upto_forall. intros h _. constructor; [discriminate|constructor]. Qed.
Lemma heap_lasts_free address heap_last n : (forall h, (h < n)%nat -> heap_last_ok (address h) (heap_last h)) ->
  no_request (tuples_upto (fun h => [heap_last h]) n).
Proof.
  intro h. apply upto_forall. intros k hk. constructor; [|constructor]. destruct (h k hk) as (t & e & v & -> & _). discriminate.
Qed.
Lemma leftovers_free l : Forall leftover_ok l -> no_request l.
Proof. intro h. eapply Forall_impl; [|exact h]. intros y (t & s & a & v & -> & _ & [->| ->]); discriminate. Qed.
Lemma added_free input data : no_request (added_tuples input data).
Proof. apply Forall_app. split; apply Forall_forall; intros y hy; apply in_map_iff in hy; destruct hy as ([b w] & <- & _); discriminate. Qed.
Lemma removed_free output data : no_request (removed_tuples output data).
Proof. apply Forall_app. split; apply Forall_forall; intros y hy; apply in_map_iff in hy; destruct hy as ([b w] & <- & _); discriminate. Qed.

(* Rows whose tuples are those of `row_meaning`, and the table's compressions, give rows whose tuples are those of
   `step_meaning`, and the equation of bags. The last row has no tuples. *)
Theorem bag_of_requests (x : claim) (T H : nat) (r : nat -> columns) (adds removes : nat -> list Tup) (question : nat -> option F)
  (address : nat -> Z) (heap_last : nat -> Tup) (leftovers : list Tup) (hs : list compression) (l : list term) :
  Z.of_nat T <= 2 ^ 17 -> Z.of_nat H <= 2 ^ 17 -> Z.of_nat (length leftovers) <= 2 ^ 18 -> Z.of_nat (length (input x)) <= 2 ^ 17 ->
  Z.of_nat (length (output x)) <= 2 ^ 17 -> Z.of_nat (length (heap_data x)) <= 2 ^ 17 -> Z.of_nat (length hs) <= 2 ^ 17 ->
  (forall i, (S i < T)%nat -> exists j m rz, nth_error (table x) j = Some (Some m) /\ c_pc (r i) = ofZ (Z.of_nat j) /\ row_ok m /\ word rz /\
    row_meaning m i rz (r i) (r (S i)) (adds i) (removes i) (question i)) ->
  (forall i, S i = T -> adds i = [] /\ removes i = []) ->
  (forall h, (h < H)%nat -> heap_last_ok (address h) (heap_last h)) -> Forall leftover_ok leftovers -> Forall compression_ok hs ->
  let added adds := tuples_upto adds T ++ tuples_upto (heap_first address) H ++ added_tuples (input x) (heap_data x) in
  let removed removes := tuples_upto removes T ++ tuples_upto (fun h => [heap_last h]) H ++ leftovers ++
    removed_tuples (output x) (heap_data x) in
  reads l (added adds ++ flat_map compression_adds hs) (removed removes ++ flat_map compression_removes hs) -> balanced l ->
  exists adds' removes',
    (forall i, (S i < T)%nat -> exists j m rz, nth_error (table x) j = Some (Some m) /\ c_pc (r i) = ofZ (Z.of_nat j) /\ row_ok m /\ word rz /\
      step_meaning m i rz (r i) (r (S i)) (adds' i) (removes' i) (question i)) /\
    (forall i, S i = T -> adds' i = [] /\ removes' i = []) /\
    forall y, tuple_count (added adds') y = tuple_count (removed removes') y.
Proof.
  intros hT hH hL hi ho hd hn rows last lasts lefts comps added removed R B.
  assert (ok : forall i, (i < T)%nat -> tuples_ok i (adds i) (removes i)).
  { intros i h. destruct (Nat.eq_dec (S i) T) as [e|ne].
    - destruct (last i e) as [-> ->]. split; [cbn; lia|]. split; [cbn; lia|]. split; constructor.
    - destruct (rows i ltac:(lia)) as (j & m & rz & _ & _ & _ & hw & hm). eapply row_meaning_tuples; [|exact hw|exact hm]. lia. }
  destruct (compressions_tuples hs comps) as (wa & wr & la' & lr').
  assert (bag : forall y, tuple_count (added adds ++ flat_map compression_adds hs) y =
    tuple_count (removed removes ++ flat_map compression_removes hs) y).
  { assert (big : 2 ^ 17 * 128 < 2 ^ 200) by reflexivity.
    assert (la : (length (tuples_upto adds T) <= 24 * T)%nat) by (apply upto_length; intros i h; apply (ok i h)).
    assert (lr : (length (tuples_upto removes T) <= 25 * T)%nat) by (apply upto_length; intros i h; apply (ok i h)).
    assert (lf : (length (tuples_upto (heap_first address) H) <= 1 * H)%nat) by (apply upto_length; intros; cbn [length heap_first]; lia).
    assert (ll : (length (tuples_upto (fun h => [heap_last h]) H) <= 1 * H)%nat) by (apply upto_length; intros; cbn [length]; lia).
    pose proof (added_tuples_length (input x) (heap_data x)) as ea. pose proof (removed_tuples_length (output x) (heap_data x)) as er.
    apply (reads_bag l _ _ R B); unfold added, removed.
    - rewrite !Forall_app. repeat apply conj; [apply upto_forall; intros i h; exact (added_within _ _ _ (ok i h))| | |exact wa].
      + apply upto_forall. intros. apply heap_first_within.
      + apply added_tuples_within.
    - rewrite !Forall_app. repeat apply conj; [apply upto_forall; intros i h; exact (removed_within _ _ _ (ok i h))| | | |exact wr].
      + apply upto_forall. intros h hh. constructor; [exact (heap_last_within _ _ (lasts h hh))|constructor].
      + eapply Forall_impl; [|exact lefts]. intro. apply leftover_within.
      + apply removed_tuples_within.
    - rewrite !app_length. lia.
    - rewrite !app_length. lia. }
  destruct (all_merged T r question
    (fun i m rz => exists j, nth_error (table x) j = Some (Some m) /\ c_pc (r i) = ofZ (Z.of_nat j) /\ row_ok m /\ word rz)
    (tuples_upto (heap_first address) H ++ added_tuples (input x) (heap_data x))
    (tuples_upto (fun h => [heap_last h]) H ++ leftovers ++ removed_tuples (output x) (heap_data x)))
    with (hs := hs) (adds := adds) (removes := removes)
    as (adds' & removes' & h1 & h2 & h3).
  - apply no_request_app. split; [apply heap_firsts_free|apply added_free].
  - rewrite !no_request_app. split; [now apply (heap_lasts_free address)|]. split; [now apply leftovers_free|apply removed_free].
  - exact comps.
  - intros i h. left. destruct (rows i h) as (j & m & rz & e1 & e2 & e3 & e4 & e5). exists m, rz. split; [now exists j|exact e5].
  - exact last.
  - intro y. specialize (bag y). unfold added, removed in bag. rewrite <- !app_assoc in bag. rewrite <- !app_assoc. exact bag.
  - exists adds', removes'. split; [|split; [exact h2|exact h3]].
    intros i h. destruct (h1 i h) as (m & rz & (j & e1 & e2 & e3 & e4) & e5). now exists j, m, rz.
Qed.
