(* The equations of a step row, as equations of field elements: what the constraints of the row say once its control bits
   and its operand are known. The rest of the proof works with this record and not with lists of constraints. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges Fetch.
Import ListNotations.
Open Scope Z_scope.

(* The state that is in the columns of a row. *)
Definition columns_of (a : assignment) (i : nat) : columns := {|
  c_pc := a (Column Step i PC); c_depth := a (Column Step i DEPTH); c_calls := a (Column Step i CALLS); c_read := a (Column Step i READ_);
  c_written := a (Column Step i WRITTEN); c_top := a (Column Step i TOP); c_flag := a (Column Step i FLAG) |}.

Section Equations.
  (* The row's number, the largest number in the range table, the columns of the row and of the next, two more columns of
     the row, its control bits, its operand, its result, what it looks up for its two ages, its carry. *)
  Variables (i : nat) (longest : Z) (r n : columns) (fill set : F) (on : bit -> F) (op rz az fz : Z) (cb : bool).

  Definition pops : F := (on Add + on Sub + on Cop + on CopCarry + on Drop - on Here)%F.
  Definition base_value : F := ((on AtAddr + on Here + on Hash) * fill)%F.
  Definition goes_up : F := (on Push + on Call)%F.
  Definition goes_down : F := (pops + on Ret)%F.
  Definition tested : F := (c_flag r + on Drop * (c_top r - c_flag r))%F.
  Definition answer : F := if F_eq_dec tested (#0)%F then (on Jz - on Jnz)%F else (#0)%F.
  Definition kept_top : F := (on AtConst + on AtAddr + on AtDepth + on Write + on Hash - on Push)%F.
  Definition put_value : F := (c_top n + kept_top * (c_top r - c_top n))%F.
  Definition replaces : F := (on AtConst + on AtAddr + on AtDepth)%F.
  Definition general_space_value : F :=
    (#HEAP * (on AtConst + on AtAddr) + #STACK * on AtDepth + #INPUT * on Read + #OUTPUT * on Write + #REQUEST * on Hash)%F.
  Definition general_address_value : F :=
    (#op + base_value + on AtDepth * c_depth r + on Read * c_read r + on Write * c_written r)%F.
  Definition packed_cell (time space set : F) : F := (time + #(2 ^ 24) * space + #(2 ^ 32) * set)%F.
  Definition now_value : F := (#(Z.of_nat i + 1))%F.

  (* The row's terms in the sum of the memory: the stack port, and the two of the general port. *)
  Definition stack_port : term :=
    (goes_up - goes_down,
      (packed_cell (now_value - goes_down - (#fz - #longest * goes_up)) (#1 + on Call + on Ret) (#1), fill,
       c_depth r - goes_down + (on Call + on Ret) * (c_calls r - c_depth r)))%F.
  Definition general_out : term :=
    (#(-1) * (replaces + on Read),
      (packed_cell (now_value - #1 - #az) general_space_value set, #rz, general_address_value))%F.
  Definition general_in : term :=
    (replaces + on Write + on Hash,
      (packed_cell (now_value - now_value * on Write) general_space_value (#1), put_value, general_address_value))%F.
  Definition question_term_value : term :=
    (on Cop + on CopCarry, (asked fill (ofB cb) (#rz) (#op) (c_top r - base_value), #0, #0))%F.

  Record row_equations : Prop := {
    word_result : word rz;
    age_fits : 0 <= az <= longest;
    fill_age_fits : 0 <= fz <= longest;
    arithmetic : ((on Add + on Sub + on Imm + on Ret) *
      (#rz - fill - #op - (on Add - on Sub - on Imm) * (c_top r - base_value - #(2 ^ 32) * ofB cb)) = #0)%F;
    spill : ((on Push + on Here) * (fill - c_top r) = #0)%F;
    spill_call : (on Call * (fill - c_pc r - #1) = #0)%F;
    set_choice : ((#1 - set) * (set + #2 * (on Push + on Result)) = #0)%F;
    next_depth : (c_depth n = c_depth r + on Push - pops)%F;
    next_calls : (c_calls n = c_calls r + on Call - on Ret)%F;
    next_read : (c_read n = c_read r + on Read)%F;
    next_written : (c_written n = c_written r + on Write)%F;
    next_top : ((on Push + on Result + on Add + on Sub + on Cop + on CopCarry - on Here) * (#rz - c_top r) =
      c_top n - c_top r - on Drop * (fill - c_top r))%F;
    next_flag : ((on Add + on Sub + on CopCarry) * (ofB cb - c_flag r) = c_flag n - c_flag r)%F;
    next_pc : ((on Jnz + answer) * #op = c_pc n - c_pc r - #1 - on Ret * (#rz - c_pc r - #1))%F }.
End Equations.

(* The terms of a row in two sums, as the circuit writes them. *)
Section Terms.
  Variable c : capacities.
  Variable i : nat.
  Variable a : assignment.

  Definition stack_cell : tuple :=
    cell (minus (minus (now i) (down c i)) (fill_age c i)) (constant STACK ++ scale (CALL_STACK - STACK) (on_calls c i)) (constant 1)
      (under_beta (fill_beta c i) (at_ i FILL)) (under_beta (stack_address c i) (minus (at_ i DEPTH) (down c i) ++ v (away c i))).
  Definition out_cell : tuple :=
    cell (minus (minus (now i) (constant 1)) (at_ i AGE)) (general_space c i) (at_ i SET) (under_beta (result_beta c i) (result c i))
      (general_under c i).
  Definition in_cell : tuple :=
    cell (minus (now i) (scale (Z.of_nat i + 1) (of c i Write))) (general_space c i) (constant 1) (under_beta (put_beta c i) (put c i))
      (general_under c i).
  Lemma no_terms s l : Forall (fun y => match y with Term _ _ _ _ _ => False | _ => True end) l -> terms a s l = [].
  Proof. induction 1 as [|y l hy _ IH]; [reflexivity|]. unfold terms in *. cbn [flat_map]. rewrite IH. now destruct y. Qed.
  Lemma bits_no_terms s : terms a s (bits_items c i) = [].
  Proof.
    apply no_terms. unfold bits_items. apply Forall_flat_map, Forall_forall. intros b _.
    destruct (Circuit.value_of c i b); repeat constructor.
  Qed.
  Lemma memory_terms : terms a MemorySum (row_items c i) =
    [ (#1 * eval a (minus (up c i) (down c i)), value_of a stack_cell);
      (#(-1) * eval a (replaced c i ++ of c i Read), value_of a out_cell);
      (#1 * eval a (replaced c i ++ any c i [Write; Hash]), value_of a in_cell) ]%F.
  Proof.
    unfold row_items, general_items. rewrite !terms_app, bits_no_terms.
    rewrite (without_terms a MemorySum (word_items _ _ _ _)) by (apply without_word_items; discriminate).
    now destruct (has_next c i).
  Qed.
  Lemma coprocessor_terms : terms a CoprocessorSum (row_items c i) =
    [ (#1 * eval a (any c i [Cop; CopCarry]),
       value_of a (single (pack_question (at_ i FILL) (at_ i OPERAND) (at_ i CARRY) (result c i) (minus (at_ i TOP) (v (base c i)))))) ]%F.
  Proof.
    unfold row_items, general_items. rewrite !terms_app, bits_no_terms.
    rewrite (without_terms a CoprocessorSum (word_items _ _ _ _)) by (apply without_word_items; discriminate).
    now destruct (has_next c i).
  Qed.
End Terms.
