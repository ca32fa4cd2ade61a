(* The encoder: from a program to the rows of its table. It is the verifier's (core/src/circuit/encoding), function by
   function: `find_rotation`, `group`, `groups` and the rest have the cases of the Rust code.

   Several instructions may become one row, or fewer rows than they are ("a group"). So a position in the table differs
   from the index of an instruction, and the targets of jumps are translated. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine Rows.
Import ListNotations.
Open Scope Z_scope.

(* ---- window.rs: the instructions that a group may take, and small patterns of them ---- *)

(* All instructions from some point on, and how many of them come before the next target of a jump. *)
Record window := { all : list instr; free : nat }.
Definition block (w : window) : list instr := firstn (free w) (all w).
Definition skip (count : nat) (w : window) : window := {| all := skipn count (all w); free := free w - count |}.

(* The operation with its words exchanged, if there is one. *)
Definition mirrored (o : binop) : option binop :=
  match o with
  | ADD | MUL | MULHI | AND | OR | XOR | EQ => Some o
  | LT => Some GT
  | GT => Some LT
  | _ => None
  end.
(* A rotation to the right as one to the left. 32 or more has no result in either direction. *)
Definition leftward (o : binop) (n : Z) : binop * Z :=
  match o with ROTR => (ROTL, if n <? 32 then (32 - n) mod 32 else n) | _ => (o, n) end.

(* An operation on the top and a fixed word, and how many instructions it takes. *)
Definition with_word (l : list instr) : option (nat * (binop * Z)) :=
  match l with
  | PUSH n :: SWAP d :: BIN o :: _ =>
    if d =? 1 then match mirrored o with Some o => Some (3%nat, leftward o n) | None => None end else None
  | PUSH n :: BIN o :: _ => Some (2%nat, leftward o n)
  | NOT :: _ => Some (1%nat, (XOR, 2 ^ 32 - 1))
  | BINI o n :: _ => Some (1%nat, leftward o n)
  | _ => None
  end.

(* ---- rotation.rs: rotations that are made of two shifts ---- *)

(* Whether C may be read before it is set. Only what certainly follows is looked at. The end of the program halts. *)
Fixpoint carry_may_be_read (after : list instr) : bool :=
  match after with
  | [] | HALT :: _ => false
  | (BIN ADD | BIN SUB | BIN MUL | BINI ADD _ | BINI SUB _ | BINI MUL _) :: _ => false
  | (JMP _ | JZ _ | JNZ _ | JC _ | JNC _ | CALL _ | RET) :: _ => true
  | _ :: after => carry_may_be_read after
  end.

(* `DUP d, SHL n, DUP d + 1, SHR 32 - n, OR`, or `DUP, SHL n, SWAP, SHR 32 - n, OR`. The shifts may be exchanged. XOR does
   what OR does, and so does ADD, which also clears C. *)
Record rotation := {
  instructions : nat; depth : Z (* of the word *); copies : bool (* the word stays where it is *);
  left_by : Z (* bits *); clears_carry : bool (* and C may be read afterwards *) }.

Definition directions (one_way other_way : binop) (by_ rest : Z) : option Z :=
  match one_way, other_way with SHL, SHR => Some by_ | SHR, SHL => Some rest | _, _ => None end.
Definition joins (i : instr) : option bool :=
  match i with BIN OR | BIN XOR => Some false | BIN ADD => Some true | _ => None end.
Definition word_again (i : instr) (d : Z) : option bool :=
  match i with
  | DUP d' => if d' =? d + 1 then Some true else None
  | SWAP d' => if (d' =? 1) && (d =? 0) then Some false else None
  | _ => None
  end.
Definition find_rotation (w : window) : option rotation :=
  match block w with
  | DUP d :: l =>
    match with_word l with
    | Some (first, (one_way, by_)) =>
      match skipn first l with
      | again :: l =>
        match word_again again d, with_word l with
        | Some copies, Some (second, (other_way, rest)) =>
          match directions one_way other_way by_ rest, skipn second l with
          | Some to_left, join :: _ =>
            if (by_ =? 0) || (rest =? 0) || negb (by_ + rest =? 32) then None
            else match joins join with
            | Some adds =>
              let length := (3 + first + second)%nat in
              Some {| instructions := length; depth := d; copies := copies; left_by := to_left;
                      clears_carry := adds && carry_may_be_read (skipn length (all w)) |}
            | None => None
            end
          | _, _ => None
          end
        | _, _ => None
        end
      | [] => None
      end
    | None => None
    end
  | _ => None
  end.

(* ---- action.rs: what one row does ---- *)

(* One: what an instruction does that takes one row. Until `translated`, the operand of a jump is the index of an
   instruction, then it is a position. *)
Inductive action :=
| One (i : instr)
| Copy (o : binop) (n : Z)   (* pushes the result of an operation on the top and a word; the top stays *)
| Tee (a : Z)                (* stores the top at an address; the top stays *)
| PopJump (t : Z)            (* pops a word and jumps *)
| AssertZero.                (* pops a word, which must be 0 *)
Definition fused := (nat * list action)%type.

(* The rows of an instruction that stands alone. *)
Definition expand (i : instr) : list action :=
  match i with
  | STORE => [One (SWAP 1); One (PUT 0); One POP]
  | BIN ROTR => [One (BINI XOR 31); One (BIN ROTL); One (BINI ROTL 1)]
  | NOT => [One (BINI XOR (2 ^ 32 - 1))]
  | LOAD => [One (LOADX 0)]
  | BINI o n => let '(o, n) := leftward o n in [One (BINI o n)]
  | i => [One i]
  end.

(* ---- rotation.rs: rotations as rows ---- *)

(* A rotation of the top: how many instructions it takes, and by how many bits to the left it rotates. *)
Definition in_place (w : window) : option (nat * Z) :=
  match find_rotation w with
  | Some r => if negb (copies r) && negb (clears_carry r) then Some (instructions r, left_by r) else None
  | None => None
  end.
Definition any_rotation (w : window) : option fused :=
  match find_rotation w with
  | Some r =>
    let rows :=
      if negb (copies r) then [One (BINI ROTL (left_by r))]
      else if depth r =? 0 then [Copy ROTL (left_by r)]
      else [One (DUP (depth r)); One (BINI ROTL (left_by r))] in
    Some (instructions r, rows ++ (if clears_carry r then [One (BINI ADD 0)] else []))
  | None => None
  end.

(* ---- fuse.rs: several instructions that become one row, or fewer rows ---- *)

(* An operation on the top and a fixed word, and how many instructions it takes. *)
Definition operation_of (w : window) : option (nat * (binop * Z)) :=
  match with_word (block w) with
  | Some x => Some x
  | None => match in_place w with Some (length, n) => Some (length, (ROTL, n)) | None => None end
  end.
(* EQ 0 and what tests its result: the opposite test of the word itself. *)
Definition zero_test (w : window) (length : nat) (o : binop) (n : Z) : option action :=
  match skipn length (block w) with
  | test :: _ =>
    match o with
    | EQ =>
      if n =? 0 then
        match test with
        | JZ t => Some (One (JNZ t))
        | JNZ t => Some (One (JZ t))
        | ASSERT => Some AssertZero
        | _ => None
        end
      else None
    | _ => None
    end
  | [] => None
  end.
(* STORE at a fixed address, and how many instructions it takes. *)
Definition stored_at (l : list instr) : option (nat * Z) :=
  match l with
  | PUSH a :: STORE :: _ => Some (2%nat, a)
  | STOREI a :: _ => Some (1%nat, a)
  | _ => None
  end.
(* DUP 0 and what works on the copy. The copy and a zero test take two rows, and no row of a table. *)
Definition copy_group (w : window) : option fused :=
  let after := skip 1 w in
  match stored_at (block after) with
  | Some (length, a) => Some (S length, [Tee a])
  | None =>
    match operation_of after with
    | Some (length, (o, n)) =>
      match zero_test after length o n with
      | Some _ => None
      | None => Some (S length, [Copy o n])
      end
    | None => None
    end
  end.
(* Two instructions that begin with neither DUP 0 nor an operation on a fixed word. *)
Definition pair_group (first second : instr) : option fused :=
  match first, second with
  | POP, JMP t => Some (2%nat, [PopJump t])
  | PUSH a, LOAD => Some (2%nat, [One (LOADI a)])
  | PUSH a, STORE => Some (2%nat, [One (STOREI a)])
  | STOREI a, LOADI b => if a =? b then Some (2%nat, [Tee a]) else None
  | SWAP d, BIN o =>
    if d =? 1 then match mirrored o with Some o => Some (2%nat, [One (BIN o)]) | None => None end else None
  | _, _ => None
  end.
(* What makes the words of STORE. The address is made first, so the word is one deeper then, and the address one less deep. *)
Definition address_first (i : instr) : option instr :=
  match i with LOADI a => Some (LOADI a) | DUP n => if 1 <? n then Some (DUP (n - 1)) else None | _ => None end.
Definition word_second (i : instr) : option instr :=
  match i with
  | LOADI a => Some (LOADI a) | PUSH n => Some (PUSH n)
  | DUP n => if n <? 2 ^ 32 - 1 then Some (DUP (n + 1)) else None
  | _ => None
  end.
(* STORE without operand after what makes its words. *)
Definition store_of_made (l : list instr) : option fused :=
  match l with
  | word :: address :: STORE :: _ =>
    match address_first address, word_second word with
    | Some address, Some word => Some (3%nat, [One address; One word; One (PUT 0); One POP])
    | _, _ => None
    end
  | _ => None
  end.
Definition store_group (l : list instr) : option fused :=
  match l with
  | DUP 1 :: STORE :: _ => Some (2%nat, [One (PUT 0)])
  | SWAP 1 :: STORE :: _ => Some (2%nat, [One (PUT 0); One POP])
  | _ => store_of_made l
  end.

(* The first group: how many instructions it takes, and its rows. *)
Definition alone (w : window) : fused := (1%nat, match all w with i :: _ => expand i | [] => [] end).
Definition copy_or_pair (w : window) : option fused :=
  match block w with
  | DUP 0 :: _ => copy_group w
  | first :: second :: _ => pair_group first second
  | _ => None
  end.
Definition group (w : window) : fused :=
  match any_rotation w with
  | Some f => f
  | None =>
    match operation_of w with
    | Some (length, (o, n)) =>
      match zero_test w length o n with
      | Some test => (S length, [test])
      | None => (length, [One (BINI o n)])
      end
    | None =>
      match copy_or_pair w with
      | Some f => f
      | None => match store_group (block w) with Some f => f | None => alone w end
      end
    end
  end.

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
