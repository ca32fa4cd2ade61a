(* Each row executes an entry of the program table: by an induction over rows that bounds pc, and that uses nothing of the
   memory. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges.
Import ListNotations.
Open Scope Z_scope.

(* --- numbers of bits --- *)
Lemma number_of_bits_bound l : 0 <= number_of_bits l < 2 ^ Z.of_nat (length l).
Proof.
  induction l as [|b l IH]; cbn [number_of_bits length]; [lia|]. rewrite Nat2Z.inj_succ, Z.pow_succ_r by lia. unfold z_of.
  destruct b; lia.
Qed.
Lemma number_of_bits_inj l : forall l', length l = length l' -> number_of_bits l = number_of_bits l' -> l = l'.
Proof.
  induction l as [|b l IH]; intros [|b' l'] len n; try easy. cbn [number_of_bits] in n. injection len as len. unfold z_of in n.
  destruct b, b'; try lia; f_equal; apply IH; auto; lia.
Qed.
Lemma in_all_bits b : In b all_bits.
Proof. destruct b; cbn; tauto. Qed.
Lemma packed_bits_bound m : 0 <= packed_bits m < 2 ^ 19.
Proof. apply (number_of_bits_bound (map (has (bits_of m)) all_bits)). Qed.

(* An operand's width. *)
Lemma number_bound o : 0 < number o < 2 ^ 32.
Proof. destruct o; cbn; lia. Qed.
Lemma unit_operand_bound u n : word n -> Z.abs (unit_operand u n) < 2 ^ 69.
Proof. unfold word. destruct u as [| |o]; cbn [unit_operand]; [lia|lia|]. pose proof (number_bound o). lia. Qed.
Lemma operand_bound m : row_ok m -> Z.abs (operand_of m) < 2 ^ 69.
Proof.
  destruct m; cbn [row_ok operand_of]; intro h; unfold word, distance_ok in *; try lia; apply unit_operand_bound; unfold word; lia.
Qed.

Lemma triple_eq (x y z x' y' z' : F) : (x, y, z) = (x', y', z') -> x = x' /\ y = y' /\ z = z'.
Proof. intro h. apply pair_equal_spec in h. destruct h as [h h3]. apply pair_equal_spec in h. tauto. Qed.

Section Fetch.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis claimed : claim_ok c x.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  (* The value of a row's control bit, and what is to be shown of a row. *)
  Definition bit_at (i : nat) (b : bit) : F := eval a (Circuit.value_of c i b).
  Definition fetched (i j : nat) (m : row_op) : Prop :=
    nth_error (table x) j = Some (Some m) /\ (j < program_rows c)%nat /\ row_ok m /\ a (Column Step i PC) = (#(Z.of_nat j))%F /\
    (forall b, bit_at i b = ofB (has (bits_of m) b)) /\ a (Column Step i OPERAND) = (#(operand_of m))%F.

  Section Row.
    Variable i : nat.
    Hypothesis hi : (i < rows c)%nat.
    Let inside : incl (row_items c i) (items all) := row_included c all others a ext i hi.
    Let held := is_satisfied c all x a ok.

    Lemma bit_boolean b : bit_at i b = ofB (isone (bit_at i b)).
    Proof.
      unfold bit_at. destruct (Circuit.value_of c i b) as [|t l] eqn:e.
      - rewrite eval_nil. unfold isone. destruct (F_eq_dec _ _) as [h|_]; [|reflexivity]. exfalso. symmetry in h. exact (one_zero h).
      - apply (local_boolean a one_is (items all) _ held). apply inside. unfold row_items. apply in_or_app. left.
        unfold bits_items. apply in_flat_map. exists b. split; [apply in_all_bits|]. rewrite e. now left.
    Qed.
    Lemma packed_value : eval a (packed_from c i all_bits) = (#(number_of_bits (map (fun b => isone (bit_at i b)) all_bits)))%F.
    Proof.
      generalize all_bits. induction l as [|b l IH]; [reflexivity|]. cbn [packed_from map number_of_bits].
      rewrite eval_app, eval_scale, IH, ofZ_add, ofZ_mul. fold (bit_at i b). rewrite (bit_boolean b) at 1.
      destruct (isone (bit_at i b)); cbn [ofB z_of]; ring.
    Qed.
    Lemma fetch_found : exists j, (j < program_rows c)%nat /\
      (a (Column Step i PC) + #(2 ^ 80) * eval a (packed_from c i all_bits))%F = (#(Z.of_nat j + 2 ^ 80 * fst (entry (table x) j)))%F /\
      a (Column Step i OPERAND) = (#(snd (entry (table x) j)))%F.
    Proof.
      destruct (found c all others x a s ext ok FetchSum (fetch_term c i)
        (with_beta (at_ i PC ++ scale (2 ^ 80) (packed_from c i all_bits)) (under_beta (operand_beta c i) (at_ i OPERAND)))) as (j & hj & e).
      - auto.
      - cbn. auto.
      - apply inside. unfold row_items, fetch_items. rewrite !in_app_iff. do 2 right. left. right. left. reflexivity.
      - exists j. split; [exact hj|]. unfold value_of, value_under, with_beta, under_beta, fetch_entry in e.
        cbn [packed at_beta at_beta_squared value shift nothing] in e. apply triple_eq in e. destruct e as (e1 & e2 & _).
        unfold at_ in e1, e2.
        rewrite eval_app, eval_scale, eval_v in e1. rewrite eval_v in e2. split; [exact e1|]. rewrite <- e2. ring.
    Qed.

    (* A row whose pc is bounded executes an entry. *)
    Lemma fetch_row z : a (Column Step i PC) = (#z)%F -> - 2 ^ 72 < z < 2 ^ 72 -> exists j m, fetched i j m.
    Proof.
      intros pc hz. destruct fetch_found as (j & hj & e & op). rewrite pc, packed_value, <- ofZ_mul, <- ofZ_add in e.
      set (bl := map (fun b => isone (bit_at i b)) all_bits) in *.
      assert (nb : 0 <= number_of_bits bl < 2 ^ 19) by apply (number_of_bits_bound bl).
      pose proof (row_counts c s) as [_ pr]. exists j. unfold entry in e, op.
      destruct (nth_error (table x) j) as [[m|]|] eqn:em; cbn [fst snd] in e, op.
      - pose proof (packed_bits_bound m) as mb. apply ofZ_inj in e; [|lia].
        assert (z = Z.of_nat j /\ number_of_bits bl = packed_bits m) as [-> en] by lia.
        unfold packed_bits in en. apply number_of_bits_inj in en; [|unfold bl; now rewrite !map_length].
        exists m. repeat split; auto.
        + destruct claimed as (_ & rows_ok & _). apply nth_error_In in em. exact (proj1 (Forall_forall _ _) rows_ok _ em).
        + intro b. rewrite bit_boolean. f_equal. exact (ext_in_map en b (in_all_bits b)).
      - exfalso. unfold unfetchable in e. apply ofZ_inj in e; lia.
      - exfalso. unfold unfetchable in e. apply ofZ_inj in e; lia.
    Qed.

    Lemma result_word : exists z, word z /\ eval a (result c i) = (#z)%F.
    Proof.
      apply (word_value c all others x a s ext ok (fresh i) 0); [apply limbs_at_length|].
      intros y hy. apply inside. unfold row_items. rewrite !in_app_iff. right. now left.
    Qed.
    Lemma test_answer : a (where_zero c i) = (#0)%F \/ a (where_zero c i) = (bit_at i Jz - bit_at i Jnz)%F.
    Proof.
      assert (h : In (WhereZero (zero_inverse c i) (where_zero c i)
        (at_ i FLAG ++ v (Circuit.popped c i)) (minus (of c i Jz) (of c i Jnz))) (items all)).
      { apply inside. unfold row_items, taken_items. rewrite !in_app_iff. do 7 right. left. right. left. reflexivity. }
      rewrite (local_where_zero a (items all) _ _ _ _ held h), eval_minus. destruct (F_eq_dec _ _); [now right|now left].
    Qed.
  End Row.

  (* pc + 1, or r, plus -1, 0, 1 or 2 times the operand: bounded before anything is known of the memory. *)
  Lemma pc_next i j m : (S i < rows c)%nat -> fetched i j m ->
    exists z, a (Column Step (S i) PC) = (#z)%F /\ - 2 ^ 72 < z < 2 ^ 72.
  Proof.
    intros hi (_ & hj & good & pc & bits & op). assert (hi' : (i < rows c)%nat) by lia.
    destruct (result_word i hi') as [r [hr er]]. pose proof (row_included c all others a ext i hi') as inside.
    pose proof (is_satisfied c all x a ok) as held. pose proof (row_counts c s) as [_ pr]. pose proof (operand_bound m good) as ob.
    assert (hn : has_next c i = true) by (unfold has_next; apply Nat.ltb_lt; lia).
    assert (p : In (Product (returned c i) (of c i Ret) (minus (minus (result c i) (at_ i PC)) (constant 1))) (items all)).
    { apply inside. unfold row_items. rewrite hn. unfold next_items. rewrite !in_app_iff. do 8 right. do 3 right. left. reflexivity. }
    assert (q : In (Enforce (jump_taken c i) (at_ i OPERAND)
      (minus (minus (minus (next i PC) (at_ i PC)) (constant 1)) (v (returned c i)))) (items all)).
    { apply inside. unfold row_items. rewrite hn. unfold next_items. rewrite !in_app_iff. do 8 right. do 4 right. left. reflexivity. }
    apply (local_product a (items all) _ _ _ held) in p. apply (local_enforce a (items all) _ _ _ held) in q.
    unfold jump_taken, of, at_, next in *. rewrite !eval_minus, eval_v, (eval_constant a one_is), er, pc in p.
    rewrite eval_app, !eval_minus, !eval_v, (eval_constant a one_is), op, pc in q.
    change (eval a (Circuit.value_of c i Jnz)) with (bit_at i Jnz) in q. change (eval a (Circuit.value_of c i Ret)) with (bit_at i Ret) in p.
    pose proof (test_answer i hi') as t. rewrite bits in p. rewrite bits in q. rewrite !bits in t. rewrite p in q. clear p inside held.
    generalize dependent (operand_of m). intros d op' ob q.
    assert (g : exists k, 0 <= k + 1 <= 3 /\ (ofB (has (bits_of m) Jnz) + a (where_zero c i))%F = (#k)%F).
    { destruct t as [t|t]; rewrite t; destruct (has (bits_of m) Jnz), (has (bits_of m) Jz); cbn [ofB];
        [exists 1|exists 1|exists 0|exists 0|exists 1|exists 0|exists 1|exists 0]; (split; [lia|ring]). }
    destruct g as (k & hk & t'). rewrite t' in q.
    exists (Z.of_nat j + 1 + (if has (bits_of m) Ret then r - Z.of_nat j - 1 else 0) + k * d). split.
    - rewrite !ofZ_add, ofZ_mul. apply (lin _ _ _ _ (eq_sym q)).
      destruct (has (bits_of m) Ret); cbn [ofB]; rewrite ?ofZ_sub; ring.
    - unfold word in hr. assert (- 3 * 2 ^ 69 < k * d < 3 * 2 ^ 69) by nia. destruct (has (bits_of m) Ret); lia.
  Qed.

  Lemma initial_zero n : In n [DEPTH; CALLS; READ_; WRITTEN; FLAG; PC] -> a (Column Step 0 n) = (#0)%F.
  Proof.
    intro h. rewrite <- eval_v. apply (local_zero a one_is (items all) _ (is_satisfied c all x a ok)).
    apply (initial_included c all others a ext). unfold initial_items. rewrite in_app_iff, in_map_iff. cbn in h |- *.
    intuition; subst; eauto 10.
  Qed.

  (* Every row executes an entry. *)
  Theorem all_fetched i : (i < rows c)%nat -> exists j m, fetched i j m.
  Proof.
    induction i as [|i IH]; intro hi.
    - apply (fetch_row 0 hi 0); [|lia]. apply initial_zero. cbn. tauto.
    - destruct (IH ltac:(lia)) as (j & m & f). destruct (pc_next i j m hi f) as (z & e & hz). exact (fetch_row (S i) hi z e hz).
  Qed.

  (* The initial state. *)
  Theorem initial_columns : a (Column Step 0 TOP) = (#EMPTY)%F /\
    Forall (fun n => a (Column Step 0 n) = (#0)%F) [PC; DEPTH; CALLS; READ_; WRITTEN; FLAG].
  Proof.
    split.
    - assert (h : In (zero (minus (v (Column Step 0 TOP)) (constant EMPTY))) (items all)).
      { apply (initial_included c all others a ext). unfold initial_items. rewrite in_app_iff. right. now left. }
      apply (local_zero a one_is (items all) _ (is_satisfied c all x a ok)) in h.
      rewrite eval_minus, eval_v, (eval_constant a one_is) in h. apply (lin _ _ _ _ h). ring.
    - repeat apply Forall_cons; try apply Forall_nil; apply initial_zero; cbn; tauto.
  Qed.
End Fetch.
