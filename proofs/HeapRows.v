(* The heap table: the address, the first tuple and the last tuple of each of its rows. The addresses are words that
   increase, so no cell has two rows.

   The distance of two addresses, minus one, is made of limbs, and is never negative. There are too few rows for their sum
   to wrap around the field's order, so the last address is the largest, and it is a word. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes
  Ranges Bag.
Import ListNotations.
Open Scope Z_scope.

(* Terms are equal if their parts are. *)
Lemma same_term (m p v d m' p' v' d' : F) : m = m' -> p = p' -> v = v' -> d = d' -> (m, (p, v, d)) = (m', (p', v', d')).
Proof. now intros -> -> -> ->. Qed.

(* The addresses of rows whose distances are given: each is larger by one and a distance. *)
Fixpoint address_from (distance : nat -> Z) (j : nat) : Z :=
  match j with O => distance 0%nat | S before => address_from distance before + 1 + distance j end.

Section Addresses.
  Variables (distance : nat -> Z) (bound : Z) (n : nat).
  Hypothesis fits : forall j, (j < n)%nat -> 0 <= distance j < bound.
  Lemma address_bound j : (j < n)%nat -> 0 <= address_from distance j < (Z.of_nat j + 1) * (bound + 1).
  Proof.
    induction j as [|j IH]; intro hj; cbn [address_from]; [specialize (fits 0%nat hj); lia|].
    specialize (IH ltac:(lia)). specialize (fits (S j) hj). lia.
  Qed.
  Lemma address_step j : (S j < n)%nat -> address_from distance j < address_from distance (S j).
  Proof. intro hj. cbn [address_from]. specialize (fits (S j) hj). lia. Qed.
  Lemma address_order i j : (i <= j)%nat -> (j < n)%nat -> address_from distance i <= address_from distance j.
  Proof.
    intros le. induction le as [|j le IH]; intro hj; [lia|]. pose proof (address_step j hj). specialize (IH ltac:(lia)).
    lia.
  Qed.
End Addresses.

Section HeapRows.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  Lemma cells_included : incl (cell_items c) (items all).
  Proof.
    intros y hy. rewrite (its_items _ _ _ _ ext). apply in_or_app. left. unfold machine_items. rewrite !in_app_iff. tauto.
  Qed.
  Lemma heap_included j : (j < heap_rows c)%nat -> incl (heap_items c j) (items all).
  Proof.
    intros hj y hy. apply cells_included. unfold cell_items. apply in_or_app. left. apply in_flat_map. exists j.
    split; [apply in_seq; lia|exact hy].
  Qed.
  Lemma last_included : incl (last_address_items c) (items all).
  Proof. intros y hy. apply cells_included. unfold cell_items. rewrite !in_app_iff. tauto. Qed.
  Lemma heap_rows_fit : (0 < heap_rows c)%nat /\ Z.of_nat (heap_rows c) <= 2 ^ 17.
  Proof. destruct s as (_ & _ & _ & _ & h & _). exact h. Qed.

  (* Limbs in the range table make a number that fits the bits of them all. *)
  Lemma limbs_number l : (forall limb, In limb l -> ranged (range_bits c) (eval a limb)) ->
    ranged (range_bits c * Z.of_nat (length l)) (eval a (recompose (range_bits c) l)).
  Proof.
    destruct s as [rb _]. assert (p : 0 < 2 ^ range_bits c) by (apply Z.pow_pos_nonneg; lia).
    induction l as [|limb l IH]; intro h; cbn [recompose length].
    - exists 0. rewrite Z.mul_0_r. split; [lia|apply eval_nil].
    - destruct (h limb (or_introl eq_refl)) as (z & hz & e).
      destruct IH as (w & hw & ew); [intros m hm; apply h; now right|].
      exists (z + 2 ^ range_bits c * w). rewrite eval_app, eval_scale, e, ew, ofZ_add, ofZ_mul. split; [|reflexivity].
      replace (range_bits c * Z.of_nat (S (length l))) with (range_bits c + range_bits c * Z.of_nat (length l)) by lia.
      rewrite Z.pow_add_r by lia. nia.
  Qed.

  Section Row.
    Variable j : nat.
    Hypothesis hj : (j < heap_rows c)%nat.
    Let inside : incl (heap_items c j) (items all) := heap_included j hj.
    Let l := limbs c.
    Let fresh n := Fresh Heap j n.
    Let held := is_satisfied c all x a ok.

    Lemma in_tail y : In y
      [ range (fresh (l - 1)%nat) (lowest c (distance j) (higher c Heap j 4));
        TimesBetaSquared (fresh l) (address_of j);
        Term MemorySum 1 (fresh (l + 1)%nat) (cell [] (constant HEAP) [] nothing (under_beta (fresh l) (address_of j)))
          (constant 1);
        boolean (v (Column Heap j 3));
        range (fresh (l + 2)%nat) (v (Column Heap j 2));
        TimesBeta (fresh (l + 3)%nat) (v (Column Heap j 1));
        Term MemorySum (-1) (fresh (l + 4)%nat) (cell (v (Column Heap j 2)) (constant HEAP) (v (Column Heap j 3))
          (under_beta (fresh (l + 3)%nat) (v (Column Heap j 1))) (under_beta (fresh l) (address_of j))) (constant 1);
        Inverse (fresh (l + 5)%nat) (minus (v (Column Heap j 1)) (constant EMPTY)) ] -> In y (items all).
    Proof. intro h. apply inside. unfold heap_items. cbv zeta. apply in_or_app. right. exact h. Qed.

    (* The distance from the address before, or from zero, is an integer of less than 50 bits. *)
    Lemma distance_value : exists z, 0 <= z < 2 ^ 50 /\ eval a (distance j) = (#z)%F.
    Proof.
      assert (low : ranged (range_bits c) (eval a (lowest c (distance j) (higher c Heap j 4)))).
      { apply (range_value c all others x a s ext ok (fresh (l - 1)%nat)). apply in_tail. now left. }
      assert (high : ranged (range_bits c * Z.of_nat (length (higher c Heap j 4)))
        (eval a (recompose (range_bits c) (higher c Heap j 4)))).
      { apply limbs_number. intros limb hl. apply In_nth_error in hl. destruct hl as [n hn].
        apply (range_value c all others x a s ext ok (fresh n)). apply inside. unfold heap_items. cbv zeta.
        apply in_or_app. left.
        apply in_map_iff. exists (n, limb). split; [reflexivity|].
        assert (g : forall k (m : list lc) q y, nth_error m q = Some y ->
          In ((k + q)%nat, y) (combine (seq k (length m)) m)).
        { clear. intros k m. revert k. induction m as [|z m IH]; intros k q y e; [now destruct q|].
          destruct q as [|q]; cbn in e |- *.
          - left. injection e as ->. f_equal. lia.
          - right. replace (k + S q)%nat with (S k + q)%nat by lia. now apply IH. }
        pose proof (g 0%nat _ _ _ hn) as h. unfold higher in h at 1. now rewrite map_length, seq_length in h. }
      destruct low as (z & hz & e). destruct high as (w & hw & ew). unfold lowest in e.
      rewrite eval_minus, eval_scale, ew in e.
      exists (z + 2 ^ range_bits c * w). split.
      - pose proof (limbs_fit c s) as [lf tb]. pose proof (limbs_bits c) as lb. destruct s as [rb _].
        unfold higher in hw. rewrite map_length, seq_length in hw.
        assert (2 ^ (range_bits c + range_bits c * Z.of_nat (limbs c - 1)) <= 2 ^ 50) by (apply Z.pow_le_mono_r; nia).
        rewrite Z.pow_add_r in H by nia. assert (0 < 2 ^ range_bits c) by (apply Z.pow_pos_nonneg; lia). nia.
      - rewrite ofZ_add, ofZ_mul. apply (lin _ _ _ _ e). ring.
    Qed.
    Lemma set_value : exists b, a (Column Heap j 3) = ofB b.
    Proof.
      eexists. rewrite <- (eval_v a (Column Heap j 3)) at 1. apply (local_boolean a one_is (items all) _ held).
      apply in_tail. do 3 right. now left.
    Qed.
    Lemma time_value : ranged (range_bits c) (a (Column Heap j 2)).
    Proof.
      rewrite <- eval_v. apply (range_value c all others x a s ext ok (fresh (l + 2)%nat)). apply in_tail. do 4 right.
      now left.
    Qed.
    (* The value that is left in a cell is not that of an empty stack. *)
    Lemma value_not_empty : a (Column Heap j 1) <> (#EMPTY)%F.
    Proof.
      assert (h : In (Inverse (fresh (l + 5)%nat) (minus (v (Column Heap j 1)) (constant EMPTY))) (items all)).
      { apply in_tail. do 7 right. now left. }
      apply (local_inverse a one_is (items all) _ _ held) in h. rewrite eval_minus, eval_v, (eval_constant a one_is) in h.
      intro e. apply h. rewrite e. ring.
    Qed.
    (* A row adds the first tuple of its cell and removes the last. *)
    Lemma heap_terms : terms a MemorySum (heap_items c j) =
      [ (#1, (#(2 ^ 24 * HEAP), #0, a (Column Heap j 0)));
        (#(-1), (a (Column Heap j 2) + #(2 ^ 24 * HEAP) + #(2 ^ 32) * a (Column Heap j 3), a (Column Heap j 1),
          a (Column Heap j 0))) ]%F.
    Proof.
      unfold heap_items. cbv zeta. rewrite terms_app, (without_terms a MemorySum (map _ _)).
      2:{ apply without_map. intros [n limb] _. reflexivity. }
      unfold terms. cbn [flat_map terms_of app boolean range]. cbn [sum_eq sum_rec sum_rect].
      unfold value_of, value_under, cell, under_beta, nothing, pack_cell, address_of.
      cbn [packed at_beta at_beta_squared value shift].
      rewrite !eval_app, !eval_scale, !eval_v, !(eval_constant a one_is), !eval_nil. unfold HEAP.
      cbn [app]. f_equal; [|f_equal]; apply same_term; rewrite ?ofZ_mul; ring.
    Qed.
  End Row.

  (* The rows of the heap table, in the form that `evidence` asks for. *)
  Theorem heap_rows_mean : exists address heap_last,
    (forall h, (S h < heap_rows c)%nat -> address h < address (S h)) /\
    (forall h, (h < heap_rows c)%nat -> word (address h)) /\
    (forall h, (h < heap_rows c)%nat -> heap_last_ok (address h) (heap_last h)) /\
    (forall h, (h < heap_rows c)%nat -> reads (terms a MemorySum (heap_items c h)) (heap_first address h) [heap_last h]).
  Proof.
    pose proof heap_rows_fit as [pos few].
    destruct (choice (fun j z (_ : unit) => 0 <= z < 2 ^ 50 /\ eval a (distance j) = (#z)%F) 0 tt (heap_rows c))
      as (d & _ & hd).
    { intros j hj. destruct (distance_value j hj) as [z h]. now exists z, tt. }
    assert (bounded : forall j, (j < heap_rows c)%nat -> 0 <= d j < 2 ^ 50) by (intros j hj; now apply hd).
    assert (at_ : forall j, (j < heap_rows c)%nat -> a (Column Heap j 0) = (#(address_from d j))%F).
    { induction j as [|j IH]; intro hj; destruct (hd _ hj) as [_ e]; unfold distance, address_of in e.
      - now rewrite eval_v in e.
      - rewrite !eval_minus, !eval_v, (eval_constant a one_is), (IH ltac:(lia)) in e. cbn [address_from]. rewrite !ofZ_add.
        apply (lin _ _ _ _ e). ring. }
    assert (largest : word (address_from d (heap_rows c - 1))).
    { destruct (word_value c all others x a s ext ok (Fresh HeapEnd 0) 0
        (lowest c (address_of (heap_rows c - 1)) (higher c HeapEnd 0 0) :: higher c HeapEnd 0 0))
        as (z & hz & e).
      - cbn [length]. unfold higher. rewrite map_length, seq_length. pose proof (limbs_fit c s) as [lf _]. lia.
      - apply last_included.
      - unfold word_of in e. cbn [recompose] in e. rewrite eval_app, eval_scale in e. unfold lowest, address_of in e.
        rewrite eval_minus, eval_scale, eval_v, (at_ (heap_rows c - 1)%nat) in e by lia.
        assert (q : (#(address_from d (heap_rows c - 1)))%F = (#z)%F) by (apply (lin _ _ _ _ e); ring).
        pose proof (address_bound d (2 ^ 50) (heap_rows c) bounded (heap_rows c - 1) ltac:(lia)) as b. unfold word in hz.
        apply ofZ_inj in q; [rewrite q; exact hz|]. lia. }
    destruct (choice (fun j (t : Z) (b : bool) =>
      0 <= t < 2 ^ range_bits c /\ a (Column Heap j 2) = (#t)%F /\ a (Column Heap j 3) = ofB b)
      0 false (heap_rows c)) as (t & b & htb).
    { intros j hj. destruct (time_value j hj) as (t & ht & et). destruct (set_value j hj) as [b eb]. now exists t, b. }
    exists (address_from d), (fun h => ((t h, HEAP, z_of (b h)), (#(address_from d h))%F, a (Column Heap h 1))).
    split; [|split; [|split]].
    - intros h hh. exact (address_step d (2 ^ 50) (heap_rows c) bounded h hh).
    - intros h hh. pose proof (address_bound d (2 ^ 50) (heap_rows c) bounded h hh).
      pose proof (address_order d (2 ^ 50) (heap_rows c) bounded h (heap_rows c - 1) ltac:(lia) ltac:(lia)).
      unfold word in *. lia.
    - intros h hh. destruct (htb h hh) as (ht & _ & _). pose proof (range_size c s) as rs.
      exists (t h), (z_of (b h)), (a (Column Heap h 1)). split; [reflexivity|]. split; [lia|].
      split; [destruct (b h); [now right|now left]|now apply value_not_empty].
    - intros h hh. destruct (htb h hh) as (_ & et & eb). rewrite heap_terms, et, eb, (at_ h hh).
      refine (reads_app [_] [_] [_] [] [] [_] _ _); [apply reads_added|apply reads_removed]; try reflexivity; unfold enc;
        f_equal; f_equal.
      rewrite !ofZ_add, !ofZ_mul. destruct (b h); cbn [ofB z_of]; ring.
  Qed.
End HeapRows.
