(* Variables as the builder numbers them, and the comparison of a circuit with the builder's matrices. `Matrices.v` shows what
   it means that the comparison succeeds.

   The statement comes first, then the committed blocks row by row (layout/mod.rs), then the variables that items determine,
   in the order of the items. *)
From Coq Require Import ZArith List Bool FMapPositive Uint63.
From ProvableVM Require Import Field Builder Capacities Circuit.
Import ListNotations.
Open Scope Z_scope.

Module Map := PositiveMap.

Definition block_index (b : block) : Z :=
  match b with
  | Step => 0 | Heap => 1 | HeapEnd => 2 | Stack => 3 | Calls => 4 | Program => 5 | Arithmetic => 6 | Bitwise => 7 | Compare => 8
  | Range => 9 | Top => 10 | Digit => 11 | Power => 12 | Sha => 13 | ShaTable => 14 | Blind => 15
  end.

Section Numbering.
  Variable c : capacities.
  (* Columns of a row of the table of SHA-256, and entries of its tables. *)
  Variables sha_width sha_entries : Z.

  (* The integer of a natural number: Z.of_nat, sixteen steps at a time, because rows are many. *)
  Fixpoint count_from (sum : Z) (x : nat) : Z :=
    match x with
    | S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S x))))))))))))))) => count_from (16 + sum) x
    | x => sum + Z.of_nat x
    end.
  Definition n (x : nat) : Z := count_from 0 x.
  (* Rows and columns of each block, in the order of the layout. *)
  Definition sizes : list (Z * Z) :=
    let l := n (limbs c) in
    let hash := if (0 <? sha_rows c)%nat then 1 else 0 in
    [ (n (rows c), n LIMB + l + hash); (n (heap_rows c), 4 + l - 1); (1, l - 1); (n (stack_rows c), 3); (n (call_rows c), 3);
      (n (program_rows c), 3); (n (arithmetic_rows c), 6 + 4 * l); (n (bitwise_rows c), 1 + n (digits c));
      (n (compare_rows c), 4 + 2 * l); (2 ^ range_bits c, 1); ((if has_top c then 2 ^ top_bits c else 0), 1);
      (3 * 2 ^ (2 * digit_bits c), 1); (32, 1); (n (sha_rows c), sha_width); (sha_entries, 1); (1, 1) ].
  (* Where each block begins, with its columns; then where the last one ends. *)
  Fixpoint bases (from : Z) (l : list (Z * Z)) : list (Z * Z) :=
    match l with [] => [(from, 0)] | (rows, width) :: l => (from, width) :: bases (from + rows * width) l end.
  Definition layout : list (Z * Z) := bases 6 sizes.

  (* A key for each variable that an item determines. *)
  Definition fresh_key (b : block) (row number : nat) : positive :=
    Z.to_pos ((n row * 2 ^ 16 + n number) * 16 + block_index b + 2).
  Definition determined (i : item) : list var :=
    match i with
    | Enforce _ _ _ => []
    | Product x _ _ | TimesBeta x _ | TimesBetaSquared x _ | TimesRho x _ | Inverse x _ | Term _ _ x _ _ => [x]
    | WhereZero inverse x _ _ => [inverse; x]
    end.
  Definition key_of (x : var) : positive := match x with Fresh b row number => fresh_key b row number | _ => 1%positive end.
  (* The numbers of these variables, from a number on. None if two have one name. *)
  Fixpoint numbers_of (l : list var) (next : Z) (m : Map.t Z) : option (Map.t Z) :=
    match l with
    | [] => Some m
    | x :: l => match Map.find (key_of x) m with
                | Some _ => None
                | None => numbers_of l (next + 1) (Map.add (key_of x) next m)
                end
    end.

  Variable blocks : list (Z * Z).
  (* The number of a column. It lies in its row, and its row in its block. *)
  Definition column_number (b : block) (row column : nat) : option Z :=
    let place := Z.to_nat (block_index b) in
    let '(base, width) := nth place blocks (0, 0) in
    let '(after, _) := nth (S place) blocks (0, 0) in
    let column := n column in
    let number := base + n row * width + column in
    if column <? width then if number <? after then Some number else None else None.
  Variable fresh : Map.t Z.
  Definition number_of (x : var) : option Z :=
    match x with
    | One => Some 0 | Gamma => Some 1 | Beta => Some 2 | Rho => Some 3 | ProgramAt => Some 4 | Tapes => Some 5
    | Column b row column => column_number b row column
    | BetaSquared | Fresh _ _ _ => Map.find (key_of x) fresh
    end.

  Variable order : Z.

  (* Few coefficients are longer than the order, and they come often: each is divided once. The map is from these to their
     remainders. *)
  Definition divide_once (known : Map.t Z) (x : var * Z) : Map.t Z :=
    match snd x with
    | Z0 => known
    | Zpos p | Zneg p =>
      if Zpos p <? order then known
      else match Map.find p known with Some _ => known | None => Map.add p (Zpos p mod order) known end
    end.
  Definition remainders (l : list (lc * lc * lc)) : Map.t Z :=
    fold_left (fun known '(a, b, c) => fold_left divide_once c (fold_left divide_once b (fold_left divide_once a known))) l
      (Map.empty Z).
  Variable known : Map.t Z.
  Definition remainder (z : Z) : Z :=
    match z with
    | Z0 => 0
    | Zpos p => match Map.find p known with Some r => r | None => z end
    | Zneg p => match Map.find p known with Some r => - r | None => z end
    end.

  (* A row of a matrix: numbers of variables, with coefficients. *)
  Definition row := list (Z * Z).
  Fixpoint numbered (l : lc) : option row :=
    match l with
    | [] => Some []
    | (x, value) :: l =>
      match number_of x, numbered l with Some at_, Some r => Some ((at_, remainder value) :: r) | _, _ => None end
    end.

  (* Whether all coefficients of a row vanish in the field: a map from numbers to the sums of their coefficients. *)
  Definition add_to (m : Map.t Z) (at_ value : Z) : Map.t Z :=
    let key := Z.to_pos (at_ + 1) in
    Map.add key (match Map.find key m with Some sum => sum + value | None => value end) m.
  Fixpoint summed (r : row) (m : Map.t Z) : option (Map.t Z) :=
    match r with [] => Some m | (at_, value) :: r => if at_ <? 0 then None else summed r (add_to m at_ value) end.
  Definition is_zero (z : Z) : bool := if z =? 0 then true else if Z.abs z =? order then true else z mod order =? 0.
  Fixpoint all_zero (m : Map.t Z) : bool :=
    match m with
    | Map.Leaf _ => true
    | Map.Node l value r =>
      if match value with Some z => is_zero z | None => true end then if all_zero l then all_zero r else false else false
    end.
  Definition vanishes (r : row) : bool := match summed r (Map.empty Z) with Some m => all_zero m | None => false end.

  (* A linear combination is a row if their difference vanishes. *)
  Definition less (r : row) : row := map (fun '(at_, value) => (at_, - value)) r.
  Definition same_lc (l : lc) (r : row) : bool :=
    match numbered l with Some numbers => vanishes (numbers ++ less r) | None => false end.
  Fixpoint same_constraints (l : list (lc * lc * lc)) (m : list (row * row * row)) : bool :=
    match l, m with
    | [], [] => true
    | (a, b, c) :: l, (a', b', c') :: m =>
      if same_lc a a' then if same_lc b b' then if same_lc c c' then same_constraints l m else false else false else false
    | _, _ => false
    end.
End Numbering.

(* The three matrices: for each constraint, its rows. *)
Definition matrices := list (row * row * row).

(* What the builder says beside the matrices: where the committed block begins and ends, and how many variables there are. *)
Record extent := { committed_start : Z; committed_end : Z; variables : Z }.

Definition same_matrices (c : capacities) (all : circuit) (sha_width sha_entries order : Z) (e : extent) (m : matrices) :
  bool :=
  let blocks := layout c sha_width sha_entries in
  let '(last, _) := nth 15 blocks (0, 0) in
  let names := flat_map determined (items all) in
  let compared := constraints all in
  match numbers_of names (last + 1) (Map.empty Z) with
  | None => false
  | Some fresh =>
    (committed_start e =? 6) && (committed_end e =? last + 1) && (variables e =? last + 1 + n (length names)) &&
    forallb (fun '(base, _) => (6 <=? base) && (base <=? last + 1)) blocks &&
    same_constraints blocks fresh order (remainders order compared) compared m
  end.

(* A dump: coefficients, and for each constraint three lists of a variable and the index of a coefficient. *)
Definition dumped_lc := list (int * int).
Definition dump := list (dumped_lc * dumped_lc * dumped_lc).
Definition matrices_of (coefficients : list Z) (d : dump) : matrices :=
  let '(table, _) := fold_left (fun '(m, at_) value => (Map.add (Z.to_pos (at_ + 1)) value m, at_ + 1)) coefficients
    (Map.empty Z, 0) in
  let coefficient x := match Map.find (Z.to_pos (Uint63.to_Z x + 1)) table with Some value => value | None => 0 end in
  let row_of l := map (fun '(at_, x) => (Uint63.to_Z at_, coefficient x)) l in
  map (fun '(a, b, c) => (row_of a, row_of b, row_of c)) d.

(* Whether the matrices of a dump are those of a circuit. *)
Definition same (c : capacities) (all : circuit) (sha_width sha_entries order : Z) (e : extent)
  (coefficients : list Z) (d : dump) : bool :=
  same_matrices c all sha_width sha_entries order e (matrices_of coefficients d).
