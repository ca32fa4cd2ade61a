(* One honest assignment of the prover, checked against the circuit of the theorem: its constraints hold, and the statement's
   numbers are those that the theorem speaks of. So the theorem's premises are not contradictory, and the verifier computes
   the statement as Challenge.v says (core/src/circuit/statement.rs). The statement alone is checked for more programs. *)
From Coq Require Import ZArith List Bool FMapPositive Uint63.
From ProvableVM Require Import Machine Rows Encode Builder Capacities Circuit Numbering Comparison.
Import ListNotations.
Open Scope Z_scope.

Section Witness.
  Variable order : Z.
  Variable value : var -> option Z.
  Definition modulo (z : Z) : Z := z mod order.
  Fixpoint value_of_lc (l : lc) : option Z :=
    match l with
    | [] => Some 0
    | (x, m) :: l => match value x, value_of_lc l with Some z, Some rest => Some (modulo (m * z + rest)) | _, _ => None end
    end.
  Definition constraint_holds (k : lc * lc * lc) : bool :=
    let '(a, b, c) := k in
    match value_of_lc a, value_of_lc b, value_of_lc c with
    | Some x, Some y, Some z => modulo (x * y) =? z
    | _, _, _ => false
    end.

  Variables gamma beta rho : Z.
  (* The program table at beta and rho, from its last entry. *)
  Definition program_evaluation (R : list (option row_op)) (capacity : nat) : Z :=
    fold_right (fun j sum => let '(bits, operand) := entry R j in modulo (sum * rho + bits + beta * operand)) 0 (seq 0 capacity).
  (* The pole minus a tuple of the verifier. *)
  Definition apart (space set at_ v : Z) : Z := modulo (gamma - (2 ^ 24 * space + 2 ^ 32 * set) - beta * (v + beta * at_)).
  Definition verifier_fractions (input output : list Z) (data : list (Z * Z)) : list (Z * Z) :=
    let tape space words := map (fun '(j, w) => apart space 1 (Z.of_nat j) w) (combine (seq 0 (length words)) words) in
    map (fun d => (1, d)) (tape INPUT input ++ map (fun '(a, w) => apart HEAP 1 a w) data) ++
    map (fun d => (-1, d)) (tape OUTPUT output ++ map (fun '(a, _) => apart HEAP 0 a 0) data).
  (* Whether a number is a sum of fractions: both times all denominators. None of these is zero. *)
  Definition is_sum (sum : Z) (l : list (Z * Z)) : bool :=
    let '(numerator, denominator) :=
      fold_left (fun '(n, d) '(m, e) => (modulo (n * e + m * d), modulo (d * e))) l (0, 1) in
    negb (denominator =? 0) && (modulo (sum * denominator) =? numerator).
End Witness.

(* A statement of the verifier: the program, its tapes, the entries of its table, and gamma, beta, rho, the program's evaluation
   and the sum. *)
Definition same_statement (order : Z) (x : program * ints * ints * int * list Z) : bool :=
  let '(P, input, output, capacity, stated) := x in
  match stated with
  | [gamma; beta; rho; evaluation; sum] =>
    (program_evaluation order beta rho (encode P) (Z.to_nat (Uint63.to_Z capacity)) =? evaluation) &&
    is_sum order sum (verifier_fractions order gamma beta (integers input) (integers output) (data P))
  | _ => false
  end.

(* A program with its tapes, and the prover's assignment by the builder's numbers: one, the statement, the committed block, the
   rest. *)
Definition honest (c : capacities) (all : circuit) (sha_width sha_entries order : Z) (P : program) (input output : list Z)
  (z : list Z) : bool :=
  let blocks := layout c sha_width sha_entries in
  let '(last, _) := nth 15 blocks (0, 0) in
  let numbered := combine (map Z.of_nat (seq 0 (length z))) z in
  let values := fold_left (fun m '(at_, v) => Map.add (Z.to_pos (at_ + 1)) v m) numbered (Map.empty Z) in
  match numbers_of (flat_map determined (items all)) (last + 1) (Map.empty Z) with
  | None => false
  | Some fresh =>
    let value x := match number_of blocks fresh x with Some at_ => Map.find (Z.to_pos (at_ + 1)) values | None => None end in
    match value Gamma, value Beta, value Rho, value ProgramAt, value Tapes with
    | Some gamma, Some beta, Some rho, Some program, Some tapes =>
      forallb (constraint_holds order value) (constraints all) &&
      (program_evaluation order beta rho (encode P) (program_rows c) =? program) &&
      is_sum order tapes (verifier_fractions order gamma beta input output (data P))
    | _, _, _, _, _ => false
    end
  end.
