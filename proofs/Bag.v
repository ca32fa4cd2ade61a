(* The memory as an equation of bags of integer tuples: from sums of field elements to it, and what it consists of.

   `evidence` is what the equations of a whole circuit give: for each row its meaning, and one equation of bags. It mentions
   neither a circuit nor an assignment. Soundness.v makes a run of it. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Ideal.
Import ListNotations.
Open Scope Z_scope.

Definition Z3_dec (x y : Z * Z * Z) : {x = y} + {x <> y}.
Proof. decide equality; [apply Z.eq_dec|decide equality; apply Z.eq_dec]. Defined.
Definition Tup_dec (x y : Tup) : {x = y} + {x <> y}.
Proof. decide equality; [apply F_eq_dec|decide equality; [apply F_eq_dec|apply Z3_dec]]. Defined.
Definition K_dec (x y : Z * F) : {x = y} + {x <> y}.
Proof. decide equality; [apply F_eq_dec|apply Z.eq_dec]. Defined.

(* How often a tuple is in a list, and the tuples of rows 0 .. n - 1. *)
Notation tuple_count := (cnt Tup Tup_dec).
Notation encoded_count := (cnt F3 F3_dec).
Notation tuples_upto := (upto Tup).

Definition time_of (x : Tup) : Z := fst (fst (fst (fst x))).
Definition space_of (x : Tup) : Z := snd (fst (fst (fst x))).
Definition set_of (x : Tup) : Z := snd (fst (fst x)).
Definition value_in (x : Tup) : F := snd x.

(* A list of terms says that these tuples are added and removed. *)
Definition reads (l : list term) (Ad Rm : list Tup) : Prop :=
  forall x, total l x = ofZ (encoded_count (map enc Ad) x - encoded_count (map enc Rm) x).

(* The answer to a question, asked with integers: the result is that of the operation, and a and b are words. The value
   of an empty stack, 2^33, may be asked about and has no answer. *)
Definition answered (q : F) : Prop := forall o n cb A B rz,
  q = asked (ofZ A) (ofZ (z_of cb)) (ofZ rz) (ofZ (number o + 2 ^ 36 * n)) (ofZ B) ->
  word A \/ A = EMPTY -> word B \/ B = EMPTY -> word rz -> word n -> n = 0 \/ B = 0 ->
  operate (binop_of o) A (B + n) = Some (rz, match o with CMul => Some cb | _ => None end) /\ word A /\ word (B + n).

(* The first tuple of a heap cell. *)
Definition heap_first (address : nat -> Z) (h : nat) : list Tup := [((0, HEAP, 0), ofZ (address h), ofZ 0)].
(* A tuple that is left in a heap cell or on a stack at the end. *)
Definition heap_last_ok (address : Z) (x : Tup) : Prop :=
  exists t e v, x = ((t, HEAP, e), ofZ address, v) /\ 0 <= t < 2 ^ 18 /\ (e = 0 \/ e = 1) /\ v <> ofZ EMPTY.
Definition leftover_ok (x : Tup) : Prop :=
  exists t s a v, x = ((t, s, 1), a, v) /\ 0 <= t < 2 ^ 18 /\ (s = STACK \/ s = CALL_STACK).

(* T rows with their columns, tuples and questions; H heap rows with their addresses and last tuples; leftovers. *)
Record evidence (x : claim) (T H : nat) (r : nat -> columns) (adds removes : nat -> list Tup) (question : nat -> option F)
  (address : nat -> Z) (heap_last : nat -> Tup) (leftovers : list Tup) : Prop := {
  some_row : (0 < T)%nat;
  few_rows : Z.of_nat T <= 2 ^ 17;
  short_table : Z.of_nat (length (table x)) <= 2 ^ 17;
  short_input : Z.of_nat (length (input x)) <= 2 ^ 17;
  short_output : Z.of_nat (length (output x)) <= 2 ^ 17;
  input_words : Forall word (input x);
  output_words : Forall word (output x);
  data_words : Forall (fun '(a, w) => word a /\ word w) (heap_data x);
  data_apart : NoDup (map fst (heap_data x));
  first_row : next_row (r 0%nat) (ofZ 0) (ofZ 0) (ofZ 0) (ofZ 0) (ofZ 0) (ofZ 0) (ofZ EMPTY);
  step_row : forall i, (S i < T)%nat -> exists j m rz,
    nth_error (table x) j = Some (Some m) /\ c_pc (r i) = ofZ (Z.of_nat j) /\ row_ok m /\ word rz /\
    step_meaning m i rz (r i) (r (S i)) (adds i) (removes i) (question i);
  last_row : forall i, S i = T -> exists j,
    nth_error (table x) j = Some (Some RHalt) /\ c_pc (r i) = ofZ (Z.of_nat j) /\ adds i = [] /\ removes i = [];
  answers : forall i q, (S i < T)%nat -> question i = Some q -> answered q;
  addresses_increase : forall h, (S h < H)%nat -> address h < address (S h);
  addresses_words : forall h, (h < H)%nat -> word (address h);
  heap_lasts : forall h, (h < H)%nat -> heap_last_ok (address h) (heap_last h);
  leftovers_ok : Forall leftover_ok leftovers;
  bag : forall y,
    tuple_count (tuples_upto adds T ++ tuples_upto (heap_first address) H ++ added_tuples (input x) (heap_data x)) y =
    tuple_count (tuples_upto removes T ++ tuples_upto (fun h => [heap_last h]) H ++ leftovers ++
                 removed_tuples (output x) (heap_data x)) y }.

(* The evidence alone names all of that. *)
Arguments some_row {_ _ _ _ _ _ _ _ _ _}.
Arguments few_rows {_ _ _ _ _ _ _ _ _ _}.
Arguments short_table {_ _ _ _ _ _ _ _ _ _}.
Arguments short_input {_ _ _ _ _ _ _ _ _ _}.
Arguments short_output {_ _ _ _ _ _ _ _ _ _}.
Arguments input_words {_ _ _ _ _ _ _ _ _ _}.
Arguments output_words {_ _ _ _ _ _ _ _ _ _}.
Arguments data_words {_ _ _ _ _ _ _ _ _ _}.
Arguments data_apart {_ _ _ _ _ _ _ _ _ _}.
Arguments first_row {_ _ _ _ _ _ _ _ _ _}.
Arguments step_row {_ _ _ _ _ _ _ _ _ _}.
Arguments last_row {_ _ _ _ _ _ _ _ _ _}.
Arguments answers {_ _ _ _ _ _ _ _ _ _}.
Arguments addresses_increase {_ _ _ _ _ _ _ _ _ _}.
Arguments addresses_words {_ _ _ _ _ _ _ _ _ _}.
Arguments heap_lasts {_ _ _ _ _ _ _ _ _ _}.
Arguments leftovers_ok {_ _ _ _ _ _ _ _ _ _}.
Arguments bag {_ _ _ _ _ _ _ _ _ _}.

(* Lists of terms, one by one and together. *)
Lemma total_app l l' x : total (l ++ l') x = (total l x + total l' x)%F.
Proof. induction l as [|[m y] l IH]; cbn; [ring|rewrite IH; ring]. Qed.
Lemma reads_nil : reads [] [] [].
Proof. intro x. reflexivity. Qed.
Lemma reads_app l l' a r a' r' : reads l a r -> reads l' a' r' -> reads (l ++ l') (a ++ a') (r ++ r').
Proof.
  intros h h' x. rewrite total_app, h, h', !map_app, !cnt_app, <- ofZ_add. f_equal. lia.
Qed.
Lemma reads_added m y t : m = ofZ 1 -> y = enc t -> reads [(m, y)] [t] [].
Proof.
  intros -> -> x. cbn [total map]. rewrite cnt_cons. unfold cnt; cbn [count_occ Z.of_nat].
  destruct (F3_dec (enc t) x); rewrite <- ofZ_add; f_equal.
Qed.
Lemma reads_removed m y t : m = ofZ (-1) -> y = enc t -> reads [(m, y)] [] [t].
Proof.
  intros -> -> x. cbn [total map]. rewrite cnt_cons. unfold cnt; cbn [count_occ Z.of_nat].
  destruct (F3_dec (enc t) x); rewrite <- ofZ_add; f_equal.
Qed.
Lemma reads_nothing m y : m = ofZ 0 -> reads [(m, y)] [] [].
Proof.
  intros -> x. cbn [total map]. unfold cnt; cbn [count_occ Z.of_nat]. destruct (F3_dec y x); rewrite <- ofZ_add; f_equal.
Qed.
Lemma reads_flat f fa fr n : (forall j, (j < n)%nat -> reads (f j) (fa j) (fr j)) ->
  reads (flat_map f (seq 0 n)) (tuples_upto fa n) (tuples_upto fr n).
Proof.
  induction n as [|n IH]; intro h; [intro x; reflexivity|].
  rewrite seq_S, flat_map_app. cbn [flat_map upto Nat.add]. rewrite app_nil_r. apply reads_app; [apply IH; intros; apply h; lia|].
  apply h. lia.
Qed.
Lemma reads_all_added l : reads (map (fun x => (ofZ 1, enc x)) l) l [].
Proof. induction l as [|y l IH]; [apply reads_nil|].
exact (reads_app [_] _ [y] [] _ _ (reads_added _ _ y eq_refl eq_refl) IH). Qed.
Lemma reads_all_removed l : reads (map (fun x => (ofZ (-1), enc x)) l) [] l.
Proof. induction l as [|y l IH]; [apply reads_nil|].
exact (reads_app [_] _ [] [y] _ _ (reads_removed _ _ y eq_refl eq_refl) IH). Qed.
Lemma reads_statement input output data :
  reads (statement_terms input output data) (added_tuples input data) (removed_tuples output data).
Proof.
  unfold statement_terms. rewrite <- (app_nil_r (added_tuples input data)).
  rewrite <- (app_nil_l (removed_tuples output data)) at 2.
  apply reads_app; [rewrite app_nil_r; apply reads_all_added|apply reads_all_removed].
Qed.

(* Tuples within the widths of the format have one encoding each. *)
Lemma enc_inj x y : within x -> within y -> enc x = enc y -> x = y.
Proof.
  destruct x as [[[[t s] e] a] v], y as [[[[t' s'] e'] a'] v']. unfold within, enc. intros h h' q.
  apply pair_equal_spec in q. destruct q as [q ->]. apply pair_equal_spec in q. destruct q as [q ->].
  apply ofZ_inj in q; [|lia]. assert (t = t' /\ s = s' /\ e = e') as (-> & -> & ->) by lia. reflexivity.
Qed.
Lemma cnt_enc l x : Forall within l -> within x -> encoded_count (map enc l) (enc x) = tuple_count l x.
Proof.
  intros hl hx. induction hl as [|y l hy hl IH]; [reflexivity|]. cbn [map]. rewrite !cnt_cons, IH.
  destruct (Tup_dec y x) as [->|n]; destruct (F3_dec _ _) as [e|e]; try easy. now apply enc_inj in e.
Qed.
Lemma cnt_le X d l x : cnt X d l x <= Z.of_nat (length l).
Proof. unfold cnt. pose proof (count_occ_bound d x l). lia. Qed.

(* From balanced sums to bags: as many of each tuple are added as are removed. *)
Theorem reads_bag l a r : reads l a r -> balanced l -> Forall within a -> Forall within r ->
  Z.of_nat (length a) < 2 ^ 200 -> Z.of_nat (length r) < 2 ^ 200 -> forall x, tuple_count a x = tuple_count r x.
Proof.
  intros h b ha hr la lr x.
  assert (i : within x \/ ~ within x). { destruct x as [[[[t s] e] u] v]. unfold within. lia. }
  destruct i as [i|i].
  - specialize (b (enc x)). rewrite h, !cnt_enc in b by assumption. apply ofZ_inj in b; [lia|].
    pose proof (cnt_nonneg Tup Tup_dec a x). pose proof (cnt_nonneg Tup Tup_dec r x).
    pose proof (cnt_le Tup Tup_dec a x). pose proof (cnt_le Tup Tup_dec r x). lia.
  - rewrite !cnt_notin; [reflexivity| |]; intro hx; apply i;
      [exact (proj1 (Forall_forall _ _) hr x hx)|exact (proj1 (Forall_forall _ _) ha x hx)].
Qed.

(* What to ask of every row, for the bounds that `reads_bag` asks for. *)
Lemma upto_length X (f : nat -> list X) b n : (forall i, (i < n)%nat -> (length (f i) <= b)%nat) ->
  (length (upto X f n) <= b * n)%nat.
Proof.
  induction n as [|n IH]; intro h; cbn; [lia|]. rewrite app_length. pose proof (h n ltac:(lia)).
  assert (length (upto X f n) <= b * n)%nat by (apply IH; intros; apply h; lia). lia.
Qed.
Lemma upto_forall X (f : nat -> list X) (Q : X -> Prop) n : (forall i, (i < n)%nat -> Forall Q (f i)) -> Forall Q (upto X f n).
Proof.
  intro h. apply Forall_forall. intros x hx. apply in_upto in hx. destruct hx as [i [hi hx]].
  exact (proj1 (Forall_forall _ _) (h i hi) x hx).
Qed.

(* Choice over the rows of a table: what exists for each row is a function of the row. *)
Lemma choice {A B} (Q : nat -> A -> B -> Prop) (a0 : A) (b0 : B) n : (forall i, (i < n)%nat -> exists a b, Q i a b) ->
  exists fa fb, forall i, (i < n)%nat -> Q i (fa i) (fb i).
Proof.
  induction n as [|n IH]; intro h.
  - exists (fun _ => a0), (fun _ => b0). intros; lia.
  - destruct IH as (fa & fb & g); [intros i hi; apply h; lia|]. destruct (h n ltac:(lia)) as (a & b & q).
    exists (fun i => if Nat.eq_dec i n then a else fa i), (fun i => if Nat.eq_dec i n then b else fb i).
    intros i hi. destruct (Nat.eq_dec i n) as [->|]; [exact q|apply g; lia].
Qed.
