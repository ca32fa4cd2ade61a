(* The constraints of a step row give the equations of the row. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges Fetch RowEquations.
Import ListNotations.
Open Scope Z_scope.

Lemma term_eq (m p v d m' p' v' d' : F) : m = m' -> p = p' -> v = v' -> d = d' -> (m, (p, v, d)) = (m', (p', v', d')).
Proof. now intros -> -> -> ->. Qed.
Lemma three_terms (t u w t' u' w' : term) : t = t' -> u = u' -> w = w' -> [t; u; w] = [t'; u'; w'].
Proof. now intros -> -> ->. Qed.

Section Constraints.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  (* The control bits of a kind of row. *)
  Definition bits_on (m : row_op) (b : bit) : F := ofB (has (bits_of m) b).
  Definition longest_age : Z := 2 ^ range_bits c - 1.

  Section Row.
    Variables (i j : nat) (m : row_op).
    Hypothesis hi : (i < rows c)%nat.
    Hypothesis f : fetched c x a i j m.
    Let inside : incl (row_items c i) (items all) := row_included c all others a ext i hi.
    Let held := is_satisfied c all x a ok.
    Let on := bits_on m.

    Lemma bit_is b : eval a (Circuit.value_of c i b) = on b.
    Proof. destruct f as (_ & _ & _ & _ & bits & _). exact (bits b). Qed.
    Lemma operand_is : a (Column Step i OPERAND) = (#(operand_of m))%F.
    Proof. destruct f as (_ & _ & _ & _ & _ & op). exact op. Qed.
    Lemma any_is l : eval a (any c i l) = fold_right (fun b sum => (on b + sum)%F) (#0)%F l.
    Proof. unfold any. rewrite eval_flat_map. induction l as [|b l IH]; cbn [fold_right]; [reflexivity|]. now rewrite IH, bit_is. Qed.
    Lemma of_is b : eval a (of c i b) = on b.
    Proof. apply bit_is. Qed.

    (* Where an item of a row stands. *)
    Lemma in_fetch y : In y (fetch_items c i) -> In y (items all).
    Proof. intro h. apply inside. unfold row_items. rewrite !in_app_iff. tauto. Qed.
    Lemma in_arithmetic y : In y (arithmetic_items c i) -> In y (items all).
    Proof. intro h. apply inside. unfold row_items. rewrite !in_app_iff. tauto. Qed.
    Lemma in_stack y : In y (stack_items c i) -> In y (items all).
    Proof. intro h. apply inside. unfold row_items. rewrite !in_app_iff. tauto. Qed.
    Lemma in_general y : In y (general_items c i) -> In y (items all).
    Proof. intro h. apply inside. unfold row_items. rewrite !in_app_iff. tauto. Qed.
    Lemma in_taken y : In y (taken_items c i) -> In y (items all).
    Proof. intro h. apply inside. unfold row_items. rewrite !in_app_iff. tauto. Qed.
    Lemma in_next y : has_next c i = true -> In y (next_items c i) -> In y (items all).
    Proof. intros hn h. apply inside. unfold row_items. rewrite hn, !in_app_iff. tauto. Qed.

    Notation at_column n := (a (Column Step i n)).
    Lemma base_is : a (base c i) = base_value (at_column FILL) on.
    Proof.
      rewrite (local_product a (items all) (base c i) (any c i [AtAddr; Here; Hash]) (at_ i FILL) held).
      - rewrite any_is. unfold at_. rewrite eval_v. unfold base_value. cbn [fold_right]. ring.
      - apply in_fetch. do 2 right. now left.
    Qed.
    Lemma carry_is : at_column CARRY = ofB (isone (at_column CARRY)).
    Proof.
      pose proof (local_boolean a one_is (items all) (at_ i CARRY) held) as h. unfold at_ in h. rewrite eval_v in h. apply h.
      apply in_arithmetic. now left.
    Qed.
    Lemma signed_is : a (signed c i) = ((on Add - on Sub - on Imm) * (at_column TOP - a (base c i) - #(2 ^ 32) * at_column CARRY))%F.
    Proof.
      rewrite (local_product a (items all) (signed c i) (minus (of c i Add) (any c i [Sub; Imm]))
        (minus (minus (at_ i TOP) (v (base c i))) (scale (2 ^ 32) (at_ i CARRY))) held).
      - unfold at_. rewrite !eval_minus, eval_scale, !eval_v, of_is, any_is. cbn [fold_right]. ring.
      - apply in_arithmetic. right. now left.
    Qed.
    Lemma away_is : a (away c i) = ((on Call + on Ret) * (at_column CALLS - at_column DEPTH))%F.
    Proof.
      rewrite (local_product a (items all) (away c i) (on_calls c i) (minus (at_ i CALLS) (at_ i DEPTH)) held).
      - unfold at_, on_calls. rewrite eval_minus, !eval_v, any_is. cbn [fold_right]. ring.
      - apply in_stack. do 3 right. now left.
    Qed.
    Lemma selected_is b column y : In (Product y (of c i b) (at_ i column)) (general_items c i) -> a y = (on b * at_column column)%F.
    Proof.
      intro h. apply in_general in h. rewrite (local_product a (items all) _ _ _ held h). unfold at_. now rewrite eval_v, of_is.
    Qed.
    Lemma tested_is : eval a (at_ i FLAG ++ v (Circuit.popped c i)) = tested (columns_of a i) on.
    Proof.
      assert (h : In (Product (Circuit.popped c i) (of c i Drop) (minus (at_ i TOP) (at_ i FLAG))) (items all)).
      { apply in_taken. now left. }
      unfold at_. rewrite eval_app, !eval_v, (local_product a (items all) _ _ _ held h). unfold at_.
      rewrite eval_minus, !eval_v, of_is. reflexivity.
    Qed.
    Lemma answer_is : a (where_zero c i) = answer (columns_of a i) on.
    Proof.
      assert (h : In (WhereZero (zero_inverse c i) (where_zero c i) (at_ i FLAG ++ v (Circuit.popped c i))
        (minus (of c i Jz) (of c i Jnz))) (items all)).
      { apply in_taken. right. now left. }
      rewrite (local_where_zero a (items all) _ _ _ _ held h), tested_is, eval_minus, !of_is. reflexivity.
    Qed.

    Lemma down_is : eval a (down c i) = goes_down on.
    Proof. unfold down, pop. rewrite eval_app, eval_minus, any_is, !of_is. unfold goes_down, pops. cbn [fold_right]. ring. Qed.
    Lemma up_is : eval a (up c i) = goes_up on.
    Proof. unfold up. rewrite any_is. unfold goes_up. cbn [fold_right]. ring. Qed.

    Lemma ages : exists az fz, 0 <= az <= longest_age /\ 0 <= fz <= longest_age /\ at_column AGE = (#az)%F /\
      (at_column FILL_AGE + #longest_age * goes_up on)%F = (#fz)%F.
    Proof.
      destruct (range_value c all others x a s ext ok (age_term c i) (at_ i AGE)) as [az [h e]].
      { apply in_general. unfold general_items. rewrite !in_app_iff. do 2 right. right. now left. }
      destruct (range_value c all others x a s ext ok (fill_age_term c i) (looked_up_age c i)) as [fz [h' e']].
      { apply in_stack. now left. }
      exists az, fz. unfold longest_age. split; [lia|]. split; [lia|]. unfold at_ in e. rewrite eval_v in e. split; [exact e|].
      unfold looked_up_age, at_ in e'. now rewrite eval_app, eval_scale, eval_v, up_is in e'.
    Qed.

    Section Next.
      Hypothesis hn : has_next c i = true.
      Lemma growth_is n : eval a (growth c i n) = (a (Column Step (S i) n) - at_column n)%F.
      Proof. unfold growth. rewrite hn, eval_minus. unfold next, at_. now rewrite !eval_v. Qed.
      Lemma put_is : eval a (put c i) = put_value (columns_of a i) (columns_of a (S i)) on.
      Proof.
        assert (h : In (Product (kept c i) (old c i) (minus (at_ i TOP) (next i TOP))) (items all)).
        { apply in_general. unfold general_items. rewrite hn, !in_app_iff. right. left. now left. }
        unfold put. rewrite hn. unfold next at 1. rewrite eval_app, !eval_v, (local_product a (items all) _ _ _ held h).
        unfold old, next, at_. rewrite !eval_minus, !eval_v, of_is, any_is. unfold put_value, kept_top, columns_of.
        cbn [c_top fold_right]. ring.
      Qed.
    End Next.

    (* The counters of the next row. *)
    Lemma counters_are : has_next c i = true ->
      a (Column Step (S i) DEPTH) = (at_column DEPTH + on Push - pops on)%F /\
      a (Column Step (S i) CALLS) = (at_column CALLS + on Call - on Ret)%F /\
      a (Column Step (S i) READ_) = (at_column READ_ + on Read)%F /\ a (Column Step (S i) WRITTEN) = (at_column WRITTEN + on Write)%F.
    Proof.
      intro hn. pose proof (bit_is Push) as e1. pose proof (bit_is Call) as e2. pose proof (bit_is Read) as e3. pose proof (bit_is Write) as e4.
      pose proof (bit_is Add) as b1. pose proof (bit_is Sub) as b2. pose proof (bit_is Cop) as b3. pose proof (bit_is CopCarry) as b4.
      pose proof (bit_is Drop) as b5. pose proof (bit_is Here) as b6. pose proof (bit_is Ret) as b7.
      cbn [Circuit.value_of] in *. rewrite hn in *. unfold pop in e1. cbn [flat_map] in e1. rewrite !app_nil_r in e1.
      rewrite eval_minus, !eval_app, b1, b2, b3, b4, b5, b6, (growth_is hn) in e1. rewrite eval_app, b7, (growth_is hn) in e2.
      rewrite (growth_is hn) in e3, e4. rewrite <- e1, <- e2, <- e3, <- e4. unfold pops. repeat split; ring.
    Qed.

    Let r := columns_of a i.
    Let n := columns_of a (S i).
    Let cb := isone (at_column CARRY).

    (* The equations of a row that has a next one, and its terms. *)
    Theorem row_holds : (S i < rows c)%nat -> exists rz az fz,
      eval a (result c i) = (#rz)%F /\
      row_equations longest_age r n (at_column FILL) (at_column SET) on (operand_of m) rz az fz cb /\
      terms a MemorySum (row_items c i) =
        [stack_port i longest_age r (at_column FILL) on fz; general_out i r (at_column FILL) (at_column SET) on (operand_of m) rz az;
         general_in i r n (at_column FILL) on (operand_of m)] /\
      terms a CoprocessorSum (row_items c i) = [question_term_value r (at_column FILL) on (operand_of m) rz cb].
    Proof.
      intro hs. assert (hn : has_next c i = true) by (unfold has_next; apply Nat.ltb_lt; lia).
      destruct (result_word c all others x a s ext ok i hi) as [rz [hr er]]. destruct ages as (az & fz & ha & hf & ea & ef).
      pose proof carry_is as ec. pose proof base_is as eb. pose proof operand_is as eo.
      exists rz, az, fz. split; [exact er|]. split; [|split].
      - destruct (counters_are hn) as (d1 & d2 & d3 & d4). constructor; try assumption.
        + assert (h : In (Enforce (any c i [Add; Sub; Imm; Ret])
            (minus (minus (minus (result c i) (at_ i FILL)) (at_ i OPERAND)) (v (signed c i))) []) (items all)).
          { apply in_arithmetic. do 2 right. now left. }
          apply (local_enforce a (items all) _ _ _ held) in h. unfold at_ in h.
          rewrite !eval_minus, !eval_v, eval_nil, any_is, er, eo, signed_is, eb, ec in h. fold cb in h. cbn [fold_right] in h.
          unfold r. cbn [columns_of c_top]. apply (lin _ _ _ _ h). ring.
        + assert (h : In (Enforce (any c i [Push; Here]) (minus (at_ i FILL) (at_ i TOP)) []) (items all)).
          { apply in_stack. right. now left. }
          apply (local_enforce a (items all) _ _ _ held) in h. unfold at_ in h. rewrite eval_minus, !eval_v, eval_nil, any_is in h.
          cbn [fold_right] in h. unfold r. cbn [columns_of c_top]. apply (lin _ _ _ _ h). ring.
        + assert (h : In (Enforce (of c i Call) (minus (minus (at_ i FILL) (at_ i PC)) (constant 1)) []) (items all)).
          { apply in_stack. do 2 right. now left. }
          apply (local_enforce a (items all) _ _ _ held) in h. unfold at_ in h.
          rewrite !eval_minus, !eval_v, (eval_constant a one_is), eval_nil, of_is in h. exact h.
        + assert (h : In (Enforce (minus (constant 1) (at_ i SET)) (minus (at_ i SET) (scale (-2) (Circuit.used c i))) []) (items all)).
          { apply in_general. unfold general_items. rewrite !in_app_iff. do 2 right. now left. }
          apply (local_enforce a (items all) _ _ _ held) in h. unfold at_, Circuit.used in h.
          rewrite !eval_minus, !eval_v, eval_scale, (eval_constant a one_is), eval_nil, any_is in h.
          cbn [fold_right] in h. apply (lin _ _ _ _ h). ring.
        + assert (h : In (Product (filled c i) (of c i Drop) (minus (at_ i FILL) (at_ i TOP))) (items all)).
          { apply (in_next _ hn). now left. }
          assert (h' : In (Enforce (minus (any c i [Push; Result] ++ any c i binary) (of c i Here)) (minus (result c i) (at_ i TOP))
            (minus (minus (next i TOP) (at_ i TOP)) (v (filled c i)))) (items all)).
          { apply (in_next _ hn). right. now left. }
          apply (local_product a (items all) _ _ _ held) in h. apply (local_enforce a (items all) _ _ _ held) in h'.
          unfold at_, next, binary in *. rewrite eval_minus, !eval_v, of_is in h.
          rewrite !eval_minus, !eval_v, eval_app, !any_is, of_is, er, h in h'. cbn [fold_right] in h'.
          unfold r, n. cbn [columns_of c_top]. apply (lin _ _ _ _ h'). ring.
        + assert (h : In (Enforce (any c i [Add; Sub; CopCarry])
            (minus (at_ i CARRY) (at_ i FLAG)) (minus (next i FLAG) (at_ i FLAG))) (items all)).
          { apply (in_next _ hn). do 2 right. now left. }
          apply (local_enforce a (items all) _ _ _ held) in h. unfold at_, next in h. rewrite !eval_minus, !eval_v, any_is, ec in h.
          fold cb in h. cbn [fold_right] in h. unfold r, n. cbn [columns_of c_flag]. apply (lin _ _ _ _ h). ring.
        + assert (h : In (Product (returned c i) (of c i Ret) (minus (minus (result c i) (at_ i PC)) (constant 1))) (items all)).
          { apply (in_next _ hn). do 3 right. now left. }
          assert (h' : In (Enforce (jump_taken c i) (at_ i OPERAND)
            (minus (minus (minus (next i PC) (at_ i PC)) (constant 1)) (v (returned c i)))) (items all)).
          { apply (in_next _ hn). do 4 right. now left. }
          apply (local_product a (items all) _ _ _ held) in h. apply (local_enforce a (items all) _ _ _ held) in h'.
          unfold at_, next, jump_taken in *. rewrite !eval_minus, !eval_v, (eval_constant a one_is), of_is, er in h.
          rewrite eval_app, !eval_minus, !eval_v, (eval_constant a one_is), of_is, answer_is, eo, h in h'. exact h'.
      - rewrite memory_terms.
        assert (ga : eval a (general_at c i) = general_address_value r (at_column FILL) on (operand_of m)).
        { unfold general_at, at_. rewrite !eval_app, !eval_v, eo, eb.
          rewrite (selected_is AtDepth DEPTH (at_depth c i)) by (now left).
          rewrite (selected_is Read READ_ (at_read c i)) by (right; now left).
          rewrite (selected_is Write WRITTEN (at_written c i)) by (do 2 right; now left).
          unfold general_address_value, r. cbn [columns_of c_depth c_read c_written]. ring. }
        assert (gs : eval a (general_space c i) = general_space_value on).
        { unfold general_space. rewrite !eval_app, !eval_scale, any_is, !of_is. unfold general_space_value. cbn [fold_right]. ring. }
        assert (fa : eval a (fill_age c i) = (#fz - #longest_age * goes_up on)%F).
        { unfold fill_age, looked_up_age, at_. rewrite eval_minus, eval_app, !eval_scale, eval_v, up_is, <- ef. reflexivity. }
        unfold stack_port, general_out, general_in, packed_cell, now_value.
        apply three_terms; unfold stack_cell, out_cell, in_cell, cell, general_under, value_of, value_under, under_beta;
          cbn [packed at_beta at_beta_squared value shift]; apply term_eq; unfold pack_cell, on_calls, replaced, now, STACK, CALL_STACK, at_;
          repeat rewrite ?eval_app, ?eval_minus, ?eval_scale, ?eval_v, ?(eval_constant a one_is), ?any_is, ?of_is;
          rewrite ?ga, ?gs, ?fa, ?er, ?ea, ?down_is, ?up_is, ?away_is, ?(put_is hn);
          unfold goes_up, replaces, r, n; cbn [fold_right columns_of c_depth c_calls c_top]; change (2 - 1) with 1; ring.
      - rewrite coprocessor_terms, single_value. unfold question_term_value, pack_question, asked, at_. do 2 f_equal.
        + rewrite any_is. cbn [fold_right]. ring.
        + f_equal. f_equal. rewrite !eval_app, !eval_scale, eval_minus, !eval_v, er, eo, eb, ec. fold cb. unfold r. cbn [columns_of c_top]. ring.
    Qed.
  End Row.
End Constraints.
