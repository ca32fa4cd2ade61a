(* What a row means: for each kind of row, the state that it leaves and the tuples that it adds to the memory and removes.

   This is the boundary between the field and the machine. The equations of a row imply `row_meaning` (RowEquations.v).
   `row_meaning` and the memory imply that the row is a step of the machine of rows (Step.v). *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Field Sha256 Machine Rows Builder Circuit.
Import ListNotations.
Open Scope Z_scope.

(* A memory tuple: time, space and set are integers; address and value are field elements without a bound. *)
Definition Tup := ((Z * Z * Z) * F * F)%type.
Definition F3 := (F * F * F)%type.
(* What the sum compares: the packed part, what stands under beta, what stands under beta squared. *)
Definition enc (x : Tup) : F3 := let '((t, s, e), a, v) := x in (#(t + 2 ^ 24 * s + 2 ^ 32 * e), v, a)%F.
Definition key (x : Tup) : Z * F := let '((t, s, e), a, v) := x in (s, a).
(* Within the widths of the format. *)
Definition within (x : Tup) : Prop := let '((t, s, e), a, v) := x in - 2 ^ 20 <= t <= 2 ^ 21 /\ 0 <= s < 32 /\ -4 <= e <= 1.

(* The state that a row reads and leaves. *)
Record columns := { c_pc : F; c_depth : F; c_calls : F; c_read : F; c_written : F; c_top : F; c_flag : F }.

(* A cell that row i adds, at its own time or later; one that it removes, older than the row; one that it adds at its time. *)
Definition pushed (i : nat) (s : Z) (a v : F) (x : Tup) : Prop :=
  exists t, Z.of_nat i + 1 <= t <= 2 ^ 20 /\ x = ((t, s, 1), a, v).
Definition popped (i : nat) (s e : Z) (a v : F) (x : Tup) : Prop :=
  exists t, - 2 ^ 20 <= t <= Z.of_nat i /\ x = ((t, s, e), a, v).
Definition stored (i : nat) (s : Z) (a v : F) : Tup := ((Z.of_nat i + 1, s, 1), a, v).
(* `set` of a removed cell, where the value is used and where it is not. *)
Definition used (e : Z) : Prop := e = 1 \/ e = -2.
Definition unused (e : Z) : Prop := e = 0 \/ e = 1.

Definition next_row (n : columns) (pc depth calls read written flag top : F) : Prop :=
  c_pc n = pc /\ c_depth n = depth /\ c_calls n = calls /\ c_read n = read /\ c_written n = written /\ c_flag n = flag /\ c_top n = top.

(* A question to a coprocessor, packed: a, the carry, the result, the operand, and the part of b that is no operand. *)
Definition asked (a c r op b : F) : F := (a + #(2 ^ 36) * c + #(2 ^ 40) * r + #(2 ^ 76) * op + #(2 ^ 112) * b)%F.

(* The result rz of an operation on the word a, which is `fill`, and on b: the sum of a fixed word n and of top minus base. *)
Definition computed (u : unit_) (n : Z) (rz : Z) (fill other : F) (cb : bool) (question : option F) : Prop :=
  match u with
  | UAdd => (fill + other + #n = #(rz + 2 ^ 32 * z_of cb))%F /\ question = None
  | USub => (fill - other - #n = #(rz - 2 ^ 32 * z_of cb))%F /\ question = None
  | UCop o => question = Some (asked fill (#(z_of cb)) (#rz) (#(number o + 2 ^ 36 * n)) other)%F
  end.
Definition new_flag (u : unit_) (cb : bool) (flag : F) : F :=
  match u with UAdd | USub | UCop CMul => ofB cb | UCop _ => flag end.

(* What a row removes and adds for SHA256 once its row of the table is found: the cells of the state and of the block. *)
Definition cells_at (base : F) (vs : list Z) (f : F -> F -> Tup) : list Tup :=
  map (fun '(q, v) => f (base + #(Z.of_nat q))%F (#v)%F) (combine (seq 0 (length vs)) vs).

(* The meaning of row i with columns r, whose next row has columns n; rz is the row's result, a word. Ad and Rm are what it
   adds to the memory and removes, `question` is what it asks a coprocessor. *)
Definition row_meaning (m : row_op) (i : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (question : option F) : Prop :=
  let p1 := (c_pc r + #1)%F in let d := c_depth r in let cl := c_calls r in let rd := c_read r in let w := c_written r in
  let f := c_flag r in let top := c_top r in
  let silent := question = None in
  let push x := pushed i STACK d top x in
  let pop fill y := popped i STACK 1 (d - #1)%F fill y in
  let jump t := next_row n (c_pc r + #1 + #t)%F in
  match m with
  | RPush v => silent /\ exists x, push x /\ Ad = [x] /\ Rm = [] /\ next_row n p1 (d + #1) cl rd w f (#v)
  | RSecret => silent /\ exists x, push x /\ Ad = [x] /\ Rm = [] /\ next_row n p1 (d + #1) cl rd w f (#rz)
  | RDup z => silent /\ if z =? 0
      then exists x cb, push x /\ Ad = [x] /\ Rm = [] /\ top = #(rz - 2 ^ 32 * z_of cb) /\ next_row n p1 (d + #1) cl rd w f top
      else exists x y e, push x /\ popped i STACK e (d - #z) (#rz) y /\ used e /\
           Ad = [x; stored i STACK (d - #z) (#rz)] /\ Rm = [y] /\ next_row n p1 (d + #1) cl rd w f (#rz)
  | RSwap z => silent /\ if z =? 0
      then exists cb, Ad = [] /\ Rm = [] /\ top = #(rz - 2 ^ 32 * z_of cb) /\ next_row n p1 d cl rd w f top
      else exists y e, popped i STACK e (d - #z) (#rz) y /\ used e /\
           Ad = [stored i STACK (d - #z) top] /\ Rm = [y] /\ next_row n p1 d cl rd w f (#rz)
  | RPop => silent /\ exists fill y, pop fill y /\ Ad = [] /\ Rm = [y] /\ next_row n p1 (d - #1) cl rd w f fill
  | RBin u => exists fill y cb, pop fill y /\ Ad = [] /\ Rm = [y] /\ computed u 0 rz fill top cb question /\
      next_row n p1 (d - #1) cl rd w (new_flag u cb f) (#rz)
  | RBinI u v => exists cb, Ad = [] /\ Rm = [] /\ computed u v rz top (#0) cb question /\ next_row n p1 d cl rd w (new_flag u cb f) (#rz)
  | RCopy u v => exists x cb, push x /\ Ad = [x] /\ Rm = [] /\ computed u v rz top (#0) cb question /\
      next_row n p1 (d + #1) cl rd w (new_flag u cb f) (#rz)
  | RJmp t => silent /\ Ad = [] /\ Rm = [] /\ jump t d cl rd w f top
  | RJz t => silent /\ exists fill y, pop fill y /\ Ad = [] /\ Rm = [y] /\
      next_row n (if F_eq_dec top (#0) then p1 + #t else p1) (d - #1) cl rd w f fill
  | RJnz t => silent /\ exists fill y, pop fill y /\ Ad = [] /\ Rm = [y] /\
      next_row n (if F_eq_dec top (#0) then p1 else p1 + #t) (d - #1) cl rd w f fill
  | RJc t => silent /\ Ad = [] /\ Rm = [] /\ next_row n (if F_eq_dec f (#0) then p1 else p1 + #t) d cl rd w f top
  | RJnc t => silent /\ Ad = [] /\ Rm = [] /\ next_row n (if F_eq_dec f (#0) then p1 + #t else p1) d cl rd w f top
  | RPopJmp t => silent /\ exists fill y, pop fill y /\ Ad = [] /\ Rm = [y] /\ jump t (d - #1) cl rd w f fill
  | RCall t => silent /\ exists x, pushed i CALL_STACK cl p1 x /\ Ad = [x] /\ Rm = [] /\ jump t d (cl + #1) rd w f top
  | RRet => silent /\ exists y, popped i CALL_STACK 1 (cl - #1) (#rz) y /\ Ad = [] /\ Rm = [y] /\
      next_row n (#rz) d (cl - #1) rd w f top
  | RLoad a => silent /\ exists x y e, push x /\ popped i HEAP e (#a) (#rz) y /\ used e /\
      Ad = [x; stored i HEAP (#a) (#rz)] /\ Rm = [y] /\ next_row n p1 (d + #1) cl rd w f (#rz)
  | RStore a => silent /\ exists fill y z e, pop fill y /\ popped i HEAP e (#a) (#rz) z /\ unused e /\
      Ad = [stored i HEAP (#a) top] /\ Rm = [y; z] /\ next_row n p1 (d - #1) cl rd w f fill
  | RTee a => silent /\ exists z e, popped i HEAP e (#a) (#rz) z /\ unused e /\
      Ad = [stored i HEAP (#a) top] /\ Rm = [z] /\ next_row n p1 d cl rd w f top
  | RLoadx t => silent /\ exists y e, popped i HEAP e (top + #t) (#rz) y /\ used e /\
      Ad = [stored i HEAP (top + #t) (#rz)] /\ Rm = [y] /\ next_row n p1 d cl rd w f (#rz)
  | RPut t => silent /\ exists fill y z e, pop fill y /\ popped i HEAP e (fill + #t) (#rz) z /\ unused e /\
      Ad = [stored i HEAP (fill + #t) top] /\ Rm = [y; z] /\ next_row n p1 (d - #1) cl rd w f fill
  | RRead => silent /\ exists x y e, push x /\ popped i INPUT e rd (#rz) y /\ used e /\
      Ad = [x] /\ Rm = [y] /\ next_row n p1 (d + #1) cl (rd + #1) w f (#rz)
  | RWrite => silent /\ exists fill y, pop fill y /\ Ad = [((0, OUTPUT, 1), w, top)] /\ Rm = [y] /\
      next_row n p1 (d - #1) cl rd (w + #1) f fill
  | RNop => silent /\ Ad = [] /\ Rm = [] /\ next_row n p1 d cl rd w f top
  | RHalt => silent /\ Ad = [] /\ Rm = [] /\ next_row n (c_pc r) d cl rd w f top
  | RSha256 => silent /\ exists fill y, pop fill y /\ Ad = [stored i REQUEST fill top] /\ Rm = [y] /\
      next_row n p1 (d - #1) cl rd w f fill
  end%F.

(* The meaning of a row of SHA256 together with the row of the table that takes its request: instead of adding the request,
   it replaces the cells of the state and puts back those of the block. *)
Definition hash_meaning (i : nat) (r n : columns) (Ad Rm : list Tup) : Prop :=
  exists fill y s b taken, popped i STACK 1 (c_depth r - #1)%F fill y /\
    Forall word s /\ Forall word b /\ length s = 8%nat /\ length b = 16%nat /\
    Forall2 (fun x z => let '((t, sp, e), a, v) := x in popped i sp e a v z)
      (cells_at fill s (stored i HEAP) ++ cells_at (c_top r) b (stored i HEAP)) taken /\
    Ad = cells_at fill (compress s b) (stored i HEAP) ++ cells_at (c_top r) b (stored i HEAP) /\
    Rm = y :: taken /\
    next_row n (c_pc r + #1)%F (c_depth r - #1)%F (c_calls r) (c_read r) (c_written r) (c_flag r) fill.
Definition step_meaning (m : row_op) (i : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (question : option F) : Prop :=
  match m with
  | RSha256 => question = None /\ hash_meaning i r n Ad Rm
  | m => row_meaning m i rz r n Ad Rm question
  end.
