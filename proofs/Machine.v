(* The machine of docs/language.md: words, instructions, states, one step, runs.

   A word is an integer from 0 to 2^32 - 1. A step that traps has no successor. Limits of memory and of steps are not
   part of the machine. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Sha256.
Import ListNotations.
Open Scope Z_scope.

Definition word (z : Z) : Prop := 0 <= z < 2 ^ 32.

(* Operations of two words. *)
Inductive binop :=
| ADD | SUB | MUL | MULHI | DIV | MOD | AND | OR | XOR | SHL | SHR | ROTL | ROTR | EQ | LT | GT.

(* Instructions, with default operands written out: DUP is DUP 0, SWAP is SWAP 1, LOADX is LOADX 0, PUT is PUT 0. An
   operation has an operand (BINI) or takes its second word from the stack (BIN). The operand of LOADX and of PUT is
   the signed distance. The operand of a jump is the index of an instruction. *)
Inductive instr :=
| PUSH (n : Z) | POP | DUP (n : Z) | SWAP (n : Z)
| BIN (o : binop) | BINI (o : binop) (n : Z) | NOT
| JMP (t : Z) | JZ (t : Z) | JNZ (t : Z) | JC (t : Z) | JNC (t : Z) | CALL (t : Z) | RET
| LOAD | LOADI (a : Z) | STORE | STOREI (a : Z) | LOADX (d : Z) | PUT (d : Z)
| READ | SECRET | WRITE | ASSERT | NOP | HALT | SHA256.

Definition z_of (b : bool) : Z := if b then 1 else 0.

(* The result of an operation, and the new C: None if C stays. None as a whole is a trap. *)
Definition operate (o : binop) (a b : Z) : option (Z * option bool) :=
  let kept z := Some (z, None) in
  match o with
  | ADD => Some ((a + b) mod 2 ^ 32, Some (2 ^ 32 <=? a + b))
  | SUB => Some ((a - b) mod 2 ^ 32, Some (a <? b))
  | MUL => Some ((a * b) mod 2 ^ 32, Some (2 ^ 32 <=? a * b))
  | MULHI => kept (a * b / 2 ^ 32)
  | DIV => if b =? 0 then None else kept (a / b)
  | MOD => if b =? 0 then None else kept (a mod b)
  | AND => kept (Z.land a b)
  | OR => kept (Z.lor a b)
  | XOR => kept (Z.lxor a b)
  | SHL => if b <? 32 then kept ((a * 2 ^ b) mod 2 ^ 32) else None
  | SHR => if b <? 32 then kept (a / 2 ^ b) else None
  | ROTL => if b <? 32 then kept ((a * 2 ^ b) mod 2 ^ 32 + a * 2 ^ b / 2 ^ 32) else None
  | ROTR => if b <? 32 then kept ((a * 2 ^ (32 - b)) mod 2 ^ 32 + a / 2 ^ b) else None
  | EQ => kept (z_of (a =? b))
  | LT => kept (z_of (a <? b))
  | GT => kept (z_of (b <? a))
  end.

Definition memory := Z -> option Z.
Definition store (h : memory) (a v : Z) : memory := fun a' => if a =? a' then Some v else h a'.

(* `count` words from an address on. None if one of them was never stored or has no address. *)
Fixpoint words (h : memory) (a : Z) (count : nat) : option (list Z) :=
  match count with
  | O => Some []
  | S count =>
    match h a, words h (a + 1) count with
    | Some v, Some vs => if a <? 2 ^ 32 then Some (v :: vs) else None
    | _, _ => None
    end
  end.
Fixpoint store_words (h : memory) (a : Z) (vs : list Z) : memory :=
  match vs with [] => h | v :: vs => store_words (store h a v) (a + 1) vs end.

(* SHA256 at a state of 8 words and a block of 16 words, which do not overlap. *)
Definition hash (h : memory) (state block : Z) : option memory :=
  if (state + 8 <=? block) || (block + 16 <=? state) then
    match words h state 8, words h block 16 with
    | Some s, Some b => Some (store_words h state (compress s b))
    | _, _ => None
    end
  else None.

Record state := mk {
  pc : Z; stack : list Z (* top first *); calls : list Z; heap : memory; flag : bool;
  out : list Z (* last first *); inp : list Z (* what is left of the public input *) }.

Record program := { code : list instr; data : list (Z * Z) (* addresses and words *) }.

Definition init_heap (d : list (Z * Z)) : memory :=
  fold_right (fun '(a, v) h => store h a v) (fun _ => None) d.
Definition init (P : program) (input : list Z) : state := mk 0 [] [] (init_heap (data P)) false [] input.

(* Replaces the n-th word, counted from 0. *)
Fixpoint replace (l : list Z) (n : nat) (v : Z) : list Z :=
  match l, n with
  | [], _ => []
  | _ :: l, O => v :: l
  | x :: l, S n => x :: replace l n v
  end.
Definition nth_word (l : list Z) (n : Z) : option Z := if n <? 0 then None else nth_error l (Z.to_nat n).

Definition address (a : Z) : bool := (0 <=? a) && (a <? 2 ^ 32).

(* One step. w is the next secret word, which only SECRET looks at. None: a trap, or HALT. *)
Definition exec (len : Z) (i : instr) (s : state) (w : Z) : option state :=
  let '(mk pc st cs h f o ip) := s in
  let next st := Some (mk (pc + 1) st cs h f o ip) in
  let jump t st := if t <=? len then Some (mk t st cs h f o ip) else None in
  let put a v st := Some (mk (pc + 1) st cs (store h a v) f o ip) in
  let result o1 a b st := match operate o1 a b with
    | Some (r, c) => Some (mk (pc + 1) (r :: st) cs h (match c with Some c => c | None => f end) o ip)
    | None => None end in
  match i, st with
  | PUSH n, _ => next (n :: st)
  | POP, _ :: st => next st
  | DUP n, _ => match nth_word st n with Some v => next (v :: st) | None => None end
  | SWAP n, a :: rest => match nth_word st n with
      | Some v => next (replace (replace st (Z.to_nat n) a) 0 v) | None => None end
  | BIN o1, b :: a :: st => result o1 a b st
  | BINI o1 b, a :: st => result o1 a b st
  | NOT, a :: st => next (2 ^ 32 - 1 - a :: st)
  | JMP t, _ => jump t st
  | JZ t, a :: st => if a =? 0 then jump t st else next st
  | JNZ t, a :: st => if a =? 0 then next st else jump t st
  | JC t, _ => if f then jump t st else next st
  | JNC t, _ => if f then next st else jump t st
  | CALL t, _ => if t <=? len then Some (mk t st (pc + 1 :: cs) h f o ip) else None
  | RET, _ => match cs with c :: cs => Some (mk c st cs h f o ip) | [] => None end
  | LOAD, a :: st => match h a with Some v => next (v :: st) | None => None end
  | LOADI a, _ => match h a with Some v => next (v :: st) | None => None end
  | LOADX d, a :: st => if address (a + d) then
      match h (a + d) with Some v => next (v :: st) | None => None end else None
  | STORE, a :: v :: st => put a v st
  | STOREI a, v :: st => put a v st
  | PUT d, v :: a :: st => if address (a + d) then put (a + d) v (a :: st) else None
  | READ, _ => match ip with w :: ip => Some (mk (pc + 1) (w :: st) cs h f o ip) | [] => None end
  | SECRET, _ => next (w :: st)
  | WRITE, a :: st => Some (mk (pc + 1) st cs h f (a :: o) ip)
  | ASSERT, a :: st => if a =? 0 then None else next st
  | NOP, _ => next st
  | SHA256, block :: state :: st => match hash h state block with
      | Some h => Some (mk (pc + 1) (state :: st) cs h f o ip) | None => None end
  | _, _ => None
  end.

Definition length_of (P : program) : Z := Z.of_nat (length (code P)).
Definition fetch (P : program) (z : Z) : option instr := if z <? 0 then None else nth_error (code P) (Z.to_nat z).

Definition taken (i : instr) (w : Z) : list Z := match i with SECRET => [w] | _ => [] end.

(* n steps, with the secret words that they take. *)
Inductive steps (P : program) : nat -> state -> list Z -> state -> Prop :=
| steps_0 s : steps P 0 s [] s
| steps_S n s i w s1 ws s2 :
    fetch P (pc s) = Some i -> exec (length_of P) i s w = Some s1 -> word w -> steps P n s1 ws s2 ->
    steps P (S n) s (taken i w ++ ws) s2.

(* At HALT or at the end of the program, with the whole public input read. *)
Definition halted (P : program) (s : state) : Prop :=
  (fetch P (pc s) = Some HALT \/ pc s = length_of P) /\ inp s = [].

(* A program that the assembler can produce. *)
Definition operand_ok (i : instr) : Prop :=
  match i with
  | PUSH n | DUP n | SWAP n | BINI _ n | LOADI n | STOREI n => word n
  | JMP t | JZ t | JNZ t | JC t | JNC t | CALL t => word t
  | LOADX d | PUT d => - 2 ^ 31 <= d < 2 ^ 31
  | _ => True
  end.
Definition legal (P : program) : Prop :=
  Forall operand_ok (code P) /\
  Forall (fun '(a, v) => word a /\ word v) (data P) /\ NoDup (map fst (data P)).

(* The statement that a proof proves: the program halts on this input, within T steps, with this output. *)
Definition halts (P : program) (T : nat) (input secret output : list Z) : Prop :=
  exists n s, (n < T)%nat /\ steps P n (init P input) secret s /\ halted P s /\ rev (out s) = output.
