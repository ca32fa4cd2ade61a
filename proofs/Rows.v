(* The machine of rows: what one row of the execution trace does, and the entry of the program table that makes a row do
   it (core/src/circuit/encoding/action.rs, entry.rs).

   A row's state is that of the machine, but positions of the program table take the place of indices of instructions. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Sha256 Machine.
Import ListNotations.
Open Scope Z_scope.

(* What computes a binary operation. ROTR is none of these. *)
Inductive cop := CMod | CMul | CShl | CDiv | CMulhi | CShr | CLt | CEq | CGt | CRotl | CAnd | COr | CXor.
Inductive unit_ := UAdd | USub | UCop (o : cop).

Definition binop_of (o : cop) : binop :=
  match o with
  | CMod => MOD | CMul => MUL | CShl => SHL | CDiv => DIV | CMulhi => MULHI | CShr => SHR | CLt => LT | CEq => EQ | CGt => GT
  | CRotl => ROTL | CAnd => AND | COr => OR | CXor => XOR
  end.
Definition operation (u : unit_) : binop := match u with UAdd => ADD | USub => SUB | UCop o => binop_of o end.

(* The number of a coprocessor operation. *)
Definition number (o : cop) : Z :=
  match o with
  | CMod => 1 | CMul => 2 | CShl => 4 | CDiv => 5 | CMulhi => 6 | CShr => 7 | CLt => 9 | CEq => 10 | CGt => 11
  | CRotl => 40 | CAnd => 0x55555555 | COr => 0xAAAAAAAA | CXor => 0xFFFFFFFF
  end.

(* What one row does. The distance of a jump is counted from the next row. *)
Inductive row_op :=
| RPush (n : Z) | RPop | RDup (n : Z) | RSwap (n : Z)
| RBin (u : unit_)            (* two words of the stack *)
| RBinI (u : unit_) (n : Z)   (* the top and a word *)
| RCopy (u : unit_) (n : Z)   (* the same, and the top stays *)
| RJmp (d : Z) | RJz (d : Z) | RJnz (d : Z) | RJc (d : Z) | RJnc (d : Z) | RCall (d : Z) | RRet
| RPopJmp (d : Z)
| RLoad (a : Z) | RStore (a : Z) | RTee (a : Z) | RLoadx (d : Z) | RPut (d : Z)
| RRead | RSecret | RWrite | RNop | RHalt | RSha256.

(* One row's step. w is the next secret word. *)
Definition row_exec (i : row_op) (s : state) (w : Z) : option state :=
  let '(mk pc st cs h f o ip) := s in
  let next st := Some (mk (pc + 1) st cs h f o ip) in
  let jump d st := Some (mk (pc + 1 + d) st cs h f o ip) in
  let put a v st := Some (mk (pc + 1) st cs (store h a v) f o ip) in
  let result u a b st := match operate (operation u) a b with
    | Some (r, c) => Some (mk (pc + 1) (r :: st) cs h (match c with Some c => c | None => f end) o ip)
    | None => None end in
  match i, st with
  | RPush n, _ => next (n :: st)
  | RPop, _ :: st => next st
  | RDup n, _ => match nth_word st n with Some v => next (v :: st) | None => None end
  | RSwap n, a :: rest => match nth_word st n with
      | Some v => next (replace (replace st (Z.to_nat n) a) 0 v) | None => None end
  | RBin u, b :: a :: st => result u a b st
  | RBinI u b, a :: st => result u a b st
  | RCopy u b, a :: _ => result u a b st
  | RJmp d, _ => jump d st
  | RJz d, a :: st => if a =? 0 then jump d st else next st
  | RJnz d, a :: st => if a =? 0 then next st else jump d st
  | RJc d, _ => if f then jump d st else next st
  | RJnc d, _ => if f then next st else jump d st
  | RCall d, _ => Some (mk (pc + 1 + d) st (pc + 1 :: cs) h f o ip)
  | RRet, _ => match cs with c :: cs => Some (mk c st cs h f o ip) | [] => None end
  | RPopJmp d, _ :: st => jump d st
  | RLoad a, _ => match h a with Some v => next (v :: st) | None => None end
  | RStore a, v :: st => put a v st
  | RTee a, v :: _ => put a v st
  | RLoadx d, a :: st => if address (a + d) then
      match h (a + d) with Some v => next (v :: st) | None => None end else None
  | RPut d, v :: a :: st => if address (a + d) then put (a + d) v (a :: st) else None
  | RRead, _ => match ip with w :: ip => Some (mk (pc + 1) (w :: st) cs h f o ip) | [] => None end
  | RSecret, _ => next (w :: st)
  | RWrite, a :: st => Some (mk (pc + 1) st cs h f (a :: o) ip)
  | RNop, _ => next st
  | RSha256, block :: state :: st => match hash h state block with
      | Some h => Some (mk (pc + 1) (state :: st) cs h f o ip) | None => None end
  | _, _ => None
  end.

Definition row_at (R : list (option row_op)) (z : Z) : option row_op :=
  if z <? 0 then None else match nth_error R (Z.to_nat z) with Some r => r | None => None end.
Definition row_taken (i : row_op) (w : Z) : list Z := match i with RSecret => [w] | _ => [] end.

(* n rows, with the secret words that they take. A table is a list of rows; None is an entry that no row can fetch. *)
Inductive row_steps (R : list (option row_op)) : nat -> state -> list Z -> state -> Prop :=
| row_steps_0 s : row_steps R 0 s [] s
| row_steps_S n s i w s1 ws s2 : row_at R (pc s) = Some i -> row_exec i s w = Some s1 -> word w -> row_steps R n s1 ws s2 ->
    row_steps R (S n) s (row_taken i w ++ ws) s2.

(* Control bits, in the order of their numbers (core/src/circuit/encoding/bit.rs). *)
Inductive bit := Add | Sub | Imm | Here | Cop | CopCarry | Jz | Jnz | Drop | AtConst | AtAddr | AtDepth | Result | Ret
  | Push | Call | Read | Write | Hash.
Definition all_bits : list bit :=
  [Add; Sub; Imm; Here; Cop; CopCarry; Jz; Jnz; Drop; AtConst; AtAddr; AtDepth; Result; Ret; Push; Call; Read; Write; Hash].
Definition bit_eq (x y : bit) : {x = y} + {x <> y}.
Proof. decide equality. Defined.
Definition has (l : list bit) (b : bit) : bool := existsb (fun x => if bit_eq x b then true else false) l.
Fixpoint number_of_bits (l : list bool) : Z := match l with [] => 0 | b :: l => z_of b + 2 * number_of_bits l end.

(* The control bits and the operand of a row. *)
Definition unit_bit (u : unit_) : bit := match u with UAdd => Add | USub => Sub | UCop CMul => CopCarry | UCop _ => Cop end.
Definition unit_operand (u : unit_) (n : Z) : Z :=
  match u with UAdd => n | USub => - n | UCop o => number o + 2 ^ 36 * n end.
Definition bits_of (i : row_op) : list bit :=
  match i with
  | RPush _ => [Push; Imm] | RPop => [Drop]
  | RDup n => if n =? 0 then [Push; Imm; Drop; Here] else [Push; AtDepth]
  | RSwap n => if n =? 0 then [Imm; Drop; Here; Result] else [Result; AtDepth]
  | RBin u => [unit_bit u] | RBinI u _ => [unit_bit u; Here; Result] | RCopy u _ => [Push; unit_bit u; Here]
  | RJmp _ => [Jz; Jnz] | RJz _ => [Jz; Drop] | RJnz _ => [Jnz; Drop] | RJc _ => [Jnz] | RJnc _ => [Jz]
  | RCall _ => [Jz; Jnz; Call] | RRet => [Ret] | RPopJmp _ => [Jz; Jnz; Drop]
  | RLoad _ => [Push; AtConst] | RStore _ => [Drop; AtConst] | RTee _ => [AtConst]
  | RLoadx _ => [Drop; Push; AtAddr] | RPut _ => [Drop; AtAddr]
  | RRead => [Push; Read] | RSecret => [Push] | RWrite => [Drop; Write] | RNop => []
  | RHalt => [Jz; Jnz; Drop; Here; Result] | RSha256 => [Drop; Hash]
  end.
Definition operand_of (i : row_op) : Z :=
  match i with
  | RPush n => n | RDup n => - n | RSwap n => - n
  | RBin u => unit_operand u 0 | RBinI u n | RCopy u n => unit_operand u n
  | RJmp d | RJz d | RJnz d | RJc d | RJnc d | RCall d | RPopJmp d => d
  | RLoad a | RStore a | RTee a => a | RLoadx d | RPut d => d
  | RHalt => -1
  | RPop | RRet | RRead | RSecret | RWrite | RNop | RSha256 => 0
  end.

(* What the verifier's encoding makes: operands within their widths. *)
Definition distance_ok (d : Z) : Prop := - 2 ^ 32 < d < 2 ^ 32.
Definition row_ok (i : row_op) : Prop :=
  match i with
  | RPush n | RDup n | RSwap n | RBinI _ n | RCopy _ n | RLoad n | RStore n | RTee n => word n
  | RJmp d | RJz d | RJnz d | RJc d | RJnc d | RCall d | RPopJmp d => distance_ok d
  | RLoadx d | RPut d => - 2 ^ 31 <= d < 2 ^ 31
  | _ => True
  end.

(* The number that a row's control bits make, of an entry that a row can fetch or not. *)
Definition unfetchable : Z := 2 ^ 20.
Definition packed_bits (i : row_op) : Z := number_of_bits (map (has (bits_of i)) all_bits).
Definition entry (R : list (option row_op)) (j : nat) : Z * Z :=
  match nth_error R j with
  | Some (Some i) => (packed_bits i, operand_of i)
  | _ => (unfetchable, 0)
  end.
