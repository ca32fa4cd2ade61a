(* Variables as the builder numbers them, and the comparison of a circuit with the builder's matrices.

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

  Definition n (x : nat) : Z := Z.of_nat x.
  (* Rows and columns of each block, in the order of the layout. *)
  Definition sizes : list (Z * Z) :=
    let l := n (limbs c) in
    let hash := if (0 <? sha_rows c)%nat then 1 else 0 in
    [ (n (rows c), n LIMB + l + hash); (n (heap_rows c), 4 + l - 1); (1, l - 1); (n (stack_rows c), 3); (n (call_rows c), 3);
      (n (program_rows c), 3); (n (arithmetic_rows c), 6 + 4 * l); (n (bitwise_rows c), 1 + n (digits c));
      (n (compare_rows c), 4 + 2 * l); (2 ^ range_bits c, 1); ((if has_top c then 2 ^ top_bits c else 0), 1);
      (3 * 2 ^ (2 * digit_bits c), 1); (32, 1); (n (sha_rows c), sha_width); (sha_entries, 1); (1, 1) ].
  Fixpoint bases (from : Z) (l : list (Z * Z)) : list (Z * Z) :=
    match l with [] => [] | (rows, width) :: l => (from, width) :: bases (from + rows * width) l end.
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
  Variable fresh : Map.t Z.
  Definition number_of (x : var) : option Z :=
    match x with
    | One => Some 0 | Gamma => Some 1 | Beta => Some 2 | Rho => Some 3 | ProgramAt => Some 4 | Tapes => Some 5
    | Column b row column =>
        let '(base, width) := nth (Z.to_nat (block_index b)) blocks (0, 0) in
        if n column <? width then Some (base + n row * width + n column) else None
    | BetaSquared | Fresh _ _ _ => Map.find (key_of x) fresh
    end.

  (* A linear combination as a map from numbers to coefficients below the order of the field, without zeros. *)
  Variable order : Z.
  (* The same modulo the order; the division is for the few numbers that need one. *)
  Definition reduced (z : Z) : Z :=
    if z <? 0 then if - order <? z then z + order else z mod order else if z <? order then z else z mod order.
  Definition add_to (m : Map.t Z) (at_ value : Z) : Map.t Z :=
    let key := Z.to_pos (at_ + 1) in
    let sum := reduced (match Map.find key m with Some s => s | None => 0 end + reduced value) in
    if sum =? 0 then Map.remove key m else Map.add key sum m.
  Definition numbered (l : lc) : option (Map.t Z) :=
    fold_left (fun m '(x, value) => match m, number_of x with Some m, Some at_ => Some (add_to m at_ value) | _, _ => None end)
      l (Some (Map.empty Z)).
  Definition dumped (l : list (Z * Z)) : Map.t Z := fold_left (fun m '(at_, value) => add_to m at_ value) l (Map.empty Z).
  Definition same_lc (l : lc) (d : list (Z * Z)) : bool :=
    match numbered l with Some m => Map.equal Z.eqb m (dumped d) | None => false end.
  Definition same_constraint (x : (lc * lc * lc) * (list (Z * Z) * list (Z * Z) * list (Z * Z))) : bool :=
    let '((a, b, c), (a', b', c')) := x in same_lc a a' && same_lc b b' && same_lc c c'.
End Numbering.

(* A dump: coefficients, and for each constraint three lists of a variable and the index of a coefficient. *)
Definition dumped_lc := list (int * int).
Definition dump := list (dumped_lc * dumped_lc * dumped_lc).

(* What a dump says beside its constraints: where the committed block begins and ends, and how many variables there are. *)
Record extent := { committed_start : Z; committed_end : Z; variables : Z }.

Definition same (c : capacities) (all : circuit) (sha_width sha_entries order : Z) (e : extent) (coefficients : list Z) (d : dump) : bool :=
  let blocks := layout c sha_width sha_entries in
  let '(last, _) := nth 15 blocks (0, 0) in
  let table := fold_left (fun m '(at_, value) => Map.add (Z.to_pos (at_ + 1)) value m)
    (combine (map Z.of_nat (seq 0 (length coefficients))) coefficients) (Map.empty Z) in
  let coefficient x := match Map.find (Z.to_pos (Uint63.to_Z x + 1)) table with Some value => value | None => 0 end in
  let lc_of l := map (fun '(at_, x) => (Uint63.to_Z at_, coefficient x)) l in
  let names := flat_map determined (items all) in
  match numbers_of names (last + 1) (Map.empty Z) with
  | None => false
  | Some fresh =>
    (committed_start e =? 6) && (committed_end e =? last + 1) && (variables e =? last + 1 + n (length names)) &&
    (length (constraints all) =? length d)%nat &&
    forallb (fun '(x, (a, b, c)) => same_constraint blocks fresh order (x, (lc_of a, lc_of b, lc_of c))) (combine (constraints all) d)
  end.
