(* The encoder's fusion: several instructions become one row, or fewer rows than they are. It is the verifier's
   (core/src/circuit/encoding), function by function; the headings name the Rust files. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine.
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
