(* Encodings and runs of programs, compared with those of the encoder and of the interpreter. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine Rows Run Encode.
Import ListNotations.
Open Scope Z_scope.

Definition same_list {X} (eqb : X -> X -> bool) (a b : list X) : bool :=
  (length a =? length b)%nat && forallb (fun '(x, y) => eqb x y) (combine a b).
Definition same_numbers : list Z -> list Z -> bool := same_list Z.eqb.

Definition same_cell (a b : option Z) : bool :=
  match a, b with Some v, Some w => v =? w | None, None => true | _, _ => false end.

(* The entries of a program, and one that pads its table. *)
Definition same_encoding (x : program * list (Z * Z)) : bool :=
  let '(P, entries) := x in
  let R := encode P in
  same_list (fun '(b, n) '(b', n') => (b =? b') && (n =? n')) (map (entry R) (seq 0 (S (length R)))) entries.

(* A run: the program, its inputs, and the final state; stacks from the top, the output from its last
   word, and the first cells of the heap. *)
Record run_of := {
  of_program : program; public : list Z; secret : list Z;
  ends : ending; at_ : Z; words_ : list Z; open_calls : list Z; carry : bool; written_ : list Z; cells : list (option Z) }.
Definition same_ending (a b : ending) : bool :=
  match a, b with Halted, Halted | Trapped, Trapped | Running, Running => true | _, _ => false end.
Definition same_run (most : nat) (x : run_of) : bool :=
  let '(e, _, s) := run (of_program x) most (init (of_program x) (public x)) (secret x) in
  same_ending e (ends x) && (pc s =? at_ x) && same_numbers (stack s) (words_ x) && same_numbers (calls s) (open_calls x) &&
  Bool.eqb (flag s) (carry x) && same_numbers (out s) (written_ x) &&
  same_list same_cell (map (fun a => heap s (Z.of_nat a)) (seq 0 (length (cells x)))) (cells x).
