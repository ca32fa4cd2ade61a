(* Operations, runs and encodings, compared with those of the interpreter and of the encoder. `provable-dump` writes what is
   compared as lists of machine integers, which Coq reads fast. *)
From Coq Require Import ZArith List Bool Uint63.
From ProvableVM Require Import Machine Rows Run Encode.
Import ListNotations.
Open Scope Z_scope.

Notation ints := (list int).
Definition integers (l : ints) : list Z := map Uint63.to_Z l.

Definition same_list {X} (eqb : X -> X -> bool) (a b : list X) : bool :=
  (length a =? length b)%nat && forallb (fun '(x, y) => eqb x y) (combine a b).
Definition same_numbers (a : list Z) (b : ints) : bool := same_list Z.eqb a (integers b).

(* ---- Programs ---- *)

(* An instruction: the number of its operation, in the order of the code's list; 2^6 if it has an operand; and 2^7 times that. *)
Definition instruction (x : int) : instr :=
  let given := Uint63.bit x 6 in
  let n := Uint63.to_Z (x >> 7)%uint63 in
  let or default := if given then n else default in
  let signed := if or 0 <? 2 ^ 31 then or 0 else n - 2 ^ 32 in
  let op o := if given then BINI o n else BIN o in
  nth (Z.to_nat (Uint63.to_Z (x land 63)%uint63))
    [ PUSH n; POP; DUP (or 0); SWAP (or 1); op ADD; op SUB; op MUL; op DIV; op MOD; op AND; op OR; op XOR; NOT; op SHL; op SHR;
      op EQ; op LT; op GT; JMP n; JZ n; JNZ n; JC n; JNC n; CALL n; RET; if given then LOADI n else LOAD;
      if given then STOREI n else STORE; READ; SECRET; WRITE; ASSERT; NOP; HALT; op ROTL; op ROTR; op MULHI; LOADX signed;
      PUT signed; SHA256 ] NOP.
Fixpoint pairs (l : list Z) : list (Z * Z) := match l with a :: b :: l => (a, b) :: pairs l | _ => [] end.
Definition program_of (instructions datum : ints) : program :=
  {| code := map instruction instructions; data := pairs (integers datum) |}.

(* ---- Operations ---- *)

Definition operations : list binop :=
  [ADD; SUB; MUL; MULHI; DIV; MOD; AND; OR; XOR; SHL; SHR; ROTL; ROTR; EQ; LT; GT].
(* What an instruction leaves of these words and C: the word, and C at bit 32; 2^33 if it traps. *)
Definition outcome (i : instr) (words : list Z) (carry : bool) : Z :=
  match exec 1 i (mk 0 words [] (fun _ => None) carry [] []) 0 with
  | Some (mk _ [word] _ _ carry _ _) => word + 2 ^ 32 * z_of carry
  | Some _ => -1
  | None => 2 ^ 33
  end.
(* All operations on two words of a list, in both forms, with C clear and set before. *)
Definition outcomes (words : list Z) : list Z :=
  let each (f : Z -> Z -> bool -> Z) :=
    flat_map (fun a => flat_map (fun b => map (f a b) [false; true]) words) words in
  flat_map (fun o => each (fun a b => outcome (BIN o) [b; a]) ++ each (fun a b => outcome (BINI o b) [a])) operations.
Definition same_operations (words rows : ints) : bool := same_numbers (outcomes (integers words)) rows.

(* ---- Encodings ---- *)

(* Two numbers for each entry: its bits with 2^21 times a word, and a number from -2^40 on. *)
Fixpoint entries_of (l : ints) : list (Z * Z) :=
  match l with
  | first :: second :: l =>
    (Uint63.to_Z (first land 0x1fffff)%uint63, Uint63.to_Z second - 2 ^ 40 + 2 ^ 36 * Uint63.to_Z (first >> 21)%uint63) :: entries_of l
  | _ => []
  end.
(* The entries of a program, and one that pads its table. *)
Definition same_encoding (x : ints * ints) : bool :=
  let '(instructions, entries) := x in
  let R := encode (program_of instructions []) in
  same_list (fun '(b, n) '(b', n') => (b =? b') && (n =? n')) (map (entry R) (seq 0 (S (length R)))) (entries_of entries).

(* ---- Runs ---- *)

(* A run: the program, its inputs, and the final state; stacks from the top, the output from its last word, how many words of
   the secret input are used, and for each of some addresses the number after the word there, or 0. *)
Record run_of := {
  of_program : program; public : ints; secret : ints;
  ends : ending; at_ : ints; words_ : ints; open_calls : ints; carry : bool; written_ : ints; used : ints; cells : ints }.
Definition same_ending (a b : ending) : bool :=
  match a, b with Halted, Halted | Trapped, Trapped | Running, Running => true | _, _ => false end.
Definition same_cell (h : memory) (x : Z * Z) : bool :=
  let '(address, after) := x in after =? match h address with Some v => v + 1 | None => 0 end.
Definition same_run (most : nat) (x : run_of) : bool :=
  let words := integers (secret x) in
  let '(e, _, rest, s) := run (of_program x) most (init (of_program x) (integers (public x))) words in
  let taken := Z.of_nat (length words) - Z.of_nat (length rest) in
  same_ending e (ends x) && same_numbers [pc s] (at_ x) && same_numbers (stack s) (words_ x) &&
  same_numbers (calls s) (open_calls x) && Bool.eqb (flag s) (carry x) && same_numbers (out s) (written_ x) &&
  same_numbers [taken] (used x) && forallb (same_cell (heap s)) (pairs (integers (cells x))).
