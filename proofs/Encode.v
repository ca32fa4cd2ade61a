(* The encoder: from a program to the rows of its table. It is the verifier's (core/src/circuit/encoding), function by
   function.

   Several instructions may become one row, or fewer rows than they are ("a group": Groups.v). So a position in the table
   differs from the index of an instruction, and the targets of jumps are translated. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine Rows.
From ProvableVM Require Export Groups.
Import ListNotations.
Open Scope Z_scope.

(* ---- mod.rs: groups, their positions, and the table ---- *)

Definition target (i : instr) : option Z :=
  match i with JMP t | JZ t | JNZ t | JC t | JNC t | CALL t => Some t | _ => None end.
Definition targets (l : list instr) : list Z :=
  flat_map (fun i => match target i with Some t => [t] | None => [] end) l.
(* For each instruction from index j on: how many, itself included, come before the next target. *)
Fixpoint frees (targets : list Z) (j : Z) (l : list instr) : list nat :=
  match l with
  | [] => []
  | _ :: l =>
    let rest := frees targets (j + 1) l in
    S (if existsb (Z.eqb (j + 1)) targets then O else hd O rest) :: rest
  end.
(* The groups of the instructions l, with what `frees` says of each. `most` is a bound of their number. *)
Fixpoint groups_of (most : nat) (l : list instr) (free : list nat) : list fused :=
  match most, l with
  | S most, _ :: _ =>
    let '(length, rows) := group {| all := l; free := hd O free |} in
    (length, rows) :: groups_of most (skipn (Nat.max length 1) l) (skipn (Nat.max length 1) free)
  | _, _ => []
  end.
Definition groups (l : list instr) : list fused := groups_of (length l) l (frees (targets l) 0 l).

(* For each group: the index of its first instruction, and the position of its first row. The last is the end. *)
Fixpoint starts_from (first position : Z) (l : list fused) : list (Z * Z) :=
  (first, position) :: match l with
  | [] => []
  | (length, rows) :: l => starts_from (first + Z.of_nat length) (position + Z.of_nat (List.length rows)) l
  end.
Definition starts (P : program) : list (Z * Z) := starts_from 0 0 (groups (code P)).

(* A position that no program has: tables are shorter than 2^24. As the distance of a jump it leads to no row either. *)
Definition NOWHERE : Z := 2 ^ 32 - 1.
(* The position of an instruction that is the first of its group, or of the end. *)
Fixpoint position (starts : list (Z * Z)) (index : Z) : Z :=
  match starts with
  | [] => NOWHERE
  | (first, place) :: starts => if first =? index then place else position starts index
  end.
(* The action with the target of its jump as a position. *)
Definition translated (position : Z -> Z) (x : action) : action :=
  match x with
  | One (JMP t) => One (JMP (position t))
  | One (JZ t) => One (JZ (position t))
  | One (JNZ t) => One (JNZ (position t))
  | One (JC t) => One (JC (position t))
  | One (JNC t) => One (JNC (position t))
  | One (CALL t) => One (CALL (position t))
  | PopJump t => PopJump (position t)
  | x => x
  end.

(* What computes a binary operation. *)
Definition unit_of (o : binop) : option unit_ :=
  match o with
  | ADD => Some UAdd | SUB => Some USub
  | MUL => Some (UCop CMul) | MULHI => Some (UCop CMulhi) | DIV => Some (UCop CDiv) | MOD => Some (UCop CMod)
  | AND => Some (UCop CAnd) | OR => Some (UCop COr) | XOR => Some (UCop CXor)
  | SHL => Some (UCop CShl) | SHR => Some (UCop CShr) | ROTL => Some (UCop CRotl) | ROTR => None
  | EQ => Some (UCop CEq) | LT => Some (UCop CLt) | GT => Some (UCop CGt)
  end.
(* The row of an action at a position. None: an entry that no row can fetch; no action of a group is one. ASSERT is a jump
   to nowhere if the top is zero. *)
Definition row_of (x : action) (position : Z) : option row_op :=
  let distance target := target - position - 1 in
  match x with
  | One (PUSH n) => Some (RPush n) | One POP => Some RPop | One (DUP n) => Some (RDup n) | One (SWAP n) => Some (RSwap n)
  | One (BIN o) => option_map RBin (unit_of o)
  | One (BINI o n) => option_map (fun u => RBinI u n) (unit_of o)
  | One (JMP t) => Some (RJmp (distance t)) | One (JZ t) => Some (RJz (distance t)) | One (JNZ t) => Some (RJnz (distance t))
  | One (JC t) => Some (RJc (distance t)) | One (JNC t) => Some (RJnc (distance t))
  | One (CALL t) => Some (RCall (distance t)) | One RET => Some RRet
  | One (LOADI a) => Some (RLoad a) | One (STOREI a) => Some (RStore a)
  | One (LOADX d) => Some (RLoadx d) | One (PUT d) => Some (RPut d)
  | One READ => Some RRead | One SECRET => Some RSecret | One WRITE => Some RWrite
  | One ASSERT => Some (RJz NOWHERE) | One NOP => Some RNop | One HALT => Some RHalt | One SHA256 => Some RSha256
  | One NOT | One STORE | One LOAD => None
  | Copy o n => option_map (fun u => RCopy u n) (unit_of o)
  | Tee a => Some (RTee a)
  | PopJump t => Some (RPopJmp (distance t))
  | AssertZero => Some (RJnz NOWHERE)
  end.
Fixpoint rows_from (to : Z -> Z) (place : Z) (l : list action) : list (option row_op) :=
  match l with [] => [] | x :: l => row_of (translated to x) place :: rows_from to (place + 1) l end.
Definition actions (P : program) : list action := flat_map snd (groups (code P)).

(* The table of a program: its rows, then HALT. *)
Definition encode (P : program) : list (option row_op) :=
  rows_from (position (starts P)) 0 (actions P) ++ [Some RHalt].

(* A copy and a rotation that is made of seven instructions: eight steps in one row. *)
Example rotated_copy :
  encode {| code := [DUP 0; DUP 0; PUSH 5; BIN SHL; SWAP 1; PUSH 27; BIN SHR; BIN OR]; data := [] |} =
  [Some (RCopy (UCop CRotl) 5); Some RHalt].
Proof. reflexivity. Qed.
(* A target keeps the instructions before it and after it apart. A jump to the end leads to its HALT. *)
Example targets_part_groups :
  encode {| code := [PUSH 1; STORE; JNZ 1; JMP 4]; data := [] |} =
  [Some (RPush 1); Some (RSwap 1); Some (RPut 0); Some RPop; Some (RJnz (-4)); Some (RJmp 0); Some RHalt].
Proof. reflexivity. Qed.
(* A target outside the program leads to no row. *)
Example nowhere :
  encode {| code := [SECRET; JZ 9; ASSERT]; data := [] |} = [Some RSecret; Some (RJz (NOWHERE - 2)); Some (RJz NOWHERE); Some RHalt].
Proof. reflexivity. Qed.
