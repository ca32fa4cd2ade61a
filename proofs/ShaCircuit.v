(* The table of SHA-256 as the builder writes it (core/src/circuit/tables/sha256.rs, bounds/sha256.rs, bounds/requests.rs):
   rows, then the fixed tables. `full_circuit` is the whole circuit of a tier. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Field ShaPlan Builder Capacities Machine Rows Circuit.
Import ListNotations.
Open Scope Z_scope.

(* Columns of a row (sha256/columns.rs). *)
Definition ACTIVE := 0%nat. Definition TIME := 1%nat. Definition BLOCK := 2%nat. Definition STATE := 3%nat.
Definition CELL_AGE := 4%nat. Definition WORDS := 28%nat.

(* The inverse of 2^32 in the field. *)
Definition INVERSE : Z := 0x73eda752b5afd5f5099c5abfd667fffd4a1bcbfdac40b7fc0001a40000000002.

(* A piece of a word: where it begins, its length, its number and its spread form; a word: its number and its pieces. *)
Record piece := { begins : nat; bit_length : nat; piece_number : lc; form : lc }.
Record sha_word := { word_number : lc; pieces : list piece }.
Definition no_word : sha_word := {| word_number := []; pieces := [] |}.

(* The spread form of a turned word. *)
Definition turned_piece (t : turn) (p : piece) : lc :=
  match t with
  | Rotate d => scale (8 ^ Z.of_nat (if (begins p <? d)%nat then begins p + 32 - d else begins p - d)%nat) (form p)
  | Shift d => if (begins p <? d)%nat then [] else scale (8 ^ Z.of_nat (begins p - d)) (form p)
  end.
Definition turned (t : turn) (w : sha_word) : lc := flat_map (turned_piece t) (pieces w).
Definition digits_lc (words : list sha_word) (f : applied) : lc :=
  let '(x, y, z) := arguments f in
  let '(wx, wy, wz) := weights (which f) in
  let one '(place, t) := turned t (nth place words no_word) in
  scale wx (one x) ++ scale wy (one y) ++ scale wz (one z).

Definition lanes : list lane := [First; Second].

Section Row.
  Variable c : capacities.
  Variable row : nat.
  Definition sha_column (n : nat) : lc := v (Column Sha row n).
  Definition sha_fresh (n : nat) : var := Fresh Sha row n.

  (* Pieces from a column on: two columns each, or one for a single bit. *)
  Fixpoint cut_pieces (column from : nat) (lengths : list nat) : list piece :=
    match lengths with
    | [] => []
    | l :: rest =>
      let p form := {| begins := from; bit_length := l; piece_number := sha_column column; form := sha_column form |} in
      if (l =? 1)%nat then p column :: cut_pieces (S column) (l + from) rest
      else p (S column) :: cut_pieces (S (S column)) (l + from) rest
    end.
  Definition word_at (cut : cut) (column : nat) : sha_word :=
    match cut with
    | Limbs => {| word_number := word_of c (limbs_at c Sha row column); pieces := [] |}
    | _ =>
      let pieces := cut_pieces column 0 (lengths cut) in
      {| word_number := flat_map (fun p => scale (2 ^ Z.of_nat (begins p)) (piece_number p)) pieces; pieces := pieces |}
    end.
  Fixpoint piece_items (n : nat) (l : list piece) : list item :=
    match l with
    | [] => []
    | p :: l =>
      if (bit_length p =? 1)%nat then boolean (piece_number p) :: piece_items n l
      else
        TimesBeta (sha_fresh n) (form p) ::
        Term (ShaSum (piece_place (bit_length p))) 1 (sha_fresh (S n))
          (with_beta (piece_number p) (under_beta (sha_fresh n) (form p))) (constant 1) ::
        piece_items (S (S n)) l
    end.
  Definition cut_items (cut : cut) (column n : nat) : list item :=
    match cut with
    | Limbs => word_items c sha_fresh n (limbs_at c Sha row column)
    | _ => piece_items n (cut_pieces column 0 (lengths cut))
    end.
  (* How many columns and how many fresh variables a cut takes. *)
  Definition cut_width (cut : cut) : nat :=
    match cut with Limbs => limbs c | _ => fold_right (fun l n => if (l =? 1)%nat then S n else S (S n)) 0%nat (lengths cut) end.
  Definition cut_fresh (cut : cut) : nat :=
    match cut with Limbs => limbs c | _ => fold_right (fun l n => if (l =? 1)%nat then n else S (S n)) 0%nat (lengths cut) end.

  (* The chunks of a function: lookups from a place on. *)
  Fixpoint chunk_items (place n : nat) (columns : list nat) : list item :=
    match columns with
    | [] => []
    | column :: columns =>
      Term (ShaSum place) 1 (sha_fresh n) (single (sha_column column)) (constant 1) :: chunk_items (S place) (S n) columns
    end.
  (* The lookups of all functions of an addition, and the sum of the entries. *)
  Fixpoint function_items (column n : nat) (l : list (applied * lane)) : list item :=
    match l with
    | [] => []
    | (f, lane) :: l =>
      let k := chunks (which f) in
      chunk_items (chunk_place (which f) lane) n (seq column k) ++ function_items (k + column) (k + n) l
    end.
  Definition functions_width (l : list applied) : nat := fold_right (fun f n => chunks (which f) + n)%nat 0%nat l.
  Definition found (column : nat) (l : list applied) : lc := flat_map sha_column (seq column (functions_width l)).

  (* What an addition leaves for the carry, times 2^32. *)
  Definition without_carry (words : list sha_word) (a : addition) (column : nat) (new : sha_word) : lc :=
    let number place := word_number (nth place words no_word) in
    constant (start a) ++ flat_map number (plus a) ++ scale (-1) (flat_map number (less a)) ++ scale (-1) (word_number new) ++
    flat_map (fun '(f, lane) => scale (- 2 ^ shift_of lane) (digits_lc words f)) (combine (functions a) lanes) ++
    found column (functions a).

  (* The items of one word, the word, and the next column and fresh variable. *)
  Definition gate_width (g : gate) : nat :=
    (match makes g with Some a => functions_width (functions a) | None => 0 end + cut_width (cut_of g))%nat.
  Definition gate_fresh (g : gate) : nat :=
    (match makes g with Some a => S (functions_width (functions a)) | None => 0 end + cut_fresh (cut_of g))%nat.
  Definition gate_word (g : gate) (column : nat) : sha_word :=
    word_at (cut_of g) (match makes g with Some a => functions_width (functions a) | None => 0 end + column)%nat.
  Definition gate_items (words : list sha_word) (g : gate) (column n : nat) : list item :=
    match makes g with
    | None => cut_items (cut_of g) column n
    | Some a =>
      let k := functions_width (functions a) in
      function_items column n (combine (functions a) lanes) ++ cut_items (cut_of g) (k + column) (k + n) ++
      [range (sha_fresh (k + (cut_fresh (cut_of g) + n))) (scale INVERSE (without_carry words a column (gate_word g column)))]
    end.
  (* All words of some gates, and their items. *)
  Fixpoint sha_words (gates : list gate) (column : nat) : list sha_word :=
    match gates with [] => [] | g :: gates => gate_word g column :: sha_words gates (gate_width g + column) end.
  Fixpoint word_gates (words : list sha_word) (gates : list gate) (column n : nat) : list item :=
    match gates with
    | [] => []
    | g :: gates =>
      gate_items words g column n ++
      word_gates (words ++ [gate_word g column]) gates (gate_width g + column) (gate_fresh g + n)
    end.
  Definition fresh_of_plan : nat := fold_left (fun n g => gate_fresh g + n)%nat plan 0%nat.

  (* The request, and the cells of the memory. *)
  Definition active : lc := sha_column ACTIVE.
  Definition time_of : lc := sha_column TIME.
  Definition heap_cell (time : lc) (value address : under) : tuple := cell time (constant HEAP) (constant 1) value address.
  Definition taken_time (index : nat) : lc := minus (minus time_of (constant 1)) (sha_column (CELL_AGE + index)).
  Definition request_items (n : nat) : list item :=
    [ TimesBetaSquared (sha_fresh n) (sha_column BLOCK);
      TimesBetaSquared (sha_fresh (1 + n)) (sha_column STATE);
      range (sha_fresh (2 + n)) time_of;
      TimesBeta (sha_fresh (3 + n)) (sha_column BLOCK);
      boolean active;
      Term MemorySum (-1) (sha_fresh (4 + n))
        (cell time_of (constant REQUEST) (constant 1) (under_beta (sha_fresh (3 + n)) (sha_column BLOCK))
          (under_beta (sha_fresh (1 + n)) (sha_column STATE))) active ].
  Definition block_address (n index : nat) : under := beside (under_beta (sha_fresh n) (sha_column BLOCK)) (Z.of_nat index).
  Definition state_address (n index : nat) : under := beside (under_beta (sha_fresh n) (sha_column STATE)) (Z.of_nat index).
  (* A word of the block is put as it was taken. n is the variable of the address, m the first of the cell. *)
  Definition block_items (n m index : nat) (w : lc) : list item :=
    let value := under_beta (sha_fresh m) w in
    [ TimesBeta (sha_fresh m) w;
      range (sha_fresh (1 + m)) (sha_column (CELL_AGE + index));
      Term MemorySum (-1) (sha_fresh (2 + m)) (heap_cell (taken_time index) value (block_address n index)) active;
      Term MemorySum 1 (sha_fresh (3 + m)) (heap_cell time_of value (block_address n index)) active ].
  Definition state_items (n m index : nat) (before after : lc) : list item :=
    [ range (sha_fresh m) (sha_column (CELL_AGE + (16 + index)));
      TimesBeta (sha_fresh (1 + m)) before;
      TimesBeta (sha_fresh (2 + m)) after;
      Term MemorySum (-1) (sha_fresh (3 + m))
        (heap_cell (taken_time (16 + index)) (under_beta (sha_fresh (1 + m)) before) (state_address n index)) active;
      Term MemorySum 1 (sha_fresh (4 + m))
        (heap_cell time_of (under_beta (sha_fresh (2 + m)) after) (state_address n index)) active ].
  Definition cells_items (words : list sha_word) (n : nat) : list item :=
    let number place := word_number (nth place words no_word) in
    flat_map (fun index => block_items n (4 * index + 5 + n) index (number (schedule_place index))) (seq 0 16) ++
    flat_map (fun index => state_items (1 + n) (5 * index + 69 + n) index (number (state_place index))
      (number (nth index result_places 0%nat))) (seq 0 8).

  Definition sha_row : list item :=
    let words := sha_words plan WORDS in
    word_gates [] plan WORDS 0 ++ request_items fresh_of_plan ++ cells_items words fresh_of_plan.
End Row.

(* The fixed tables: one row for each entry, in order. *)
Definition entry_tuple (e : Z * Z) : tuple := with_beta (constant (fst e)) (constant_under (snd e)).
Fixpoint entry_items (place row : nat) (l : list (Z * Z)) (rest : nat -> list item) : list item :=
  match l with
  | [] => rest row
  | e :: l => Term (ShaSum place) (-1) (Fresh ShaTable row 0) (entry_tuple e) (v (Column ShaTable row 0)) :: entry_items place (S row) l rest
  end.
Fixpoint sha_tables_from (place row : nat) (l : list sha_table) : list item :=
  match l with [] => [] | t :: l => entry_items place row (table_entries t) (fun row => sha_tables_from (S place) row l) end.
Definition sha256_tables : list item := sha_tables_from 0 0 sha_tables.

Definition has_sha (c : capacities) : bool := (0 <? sha_rows c)%nat.
Definition sha_items (c : capacities) : list item :=
  if has_sha c then flat_map (sha_row c) (seq 0 (sha_rows c)) ++ sha256_tables else [].
Definition sha_sums (c : capacities) : list sum := if has_sha c then map ShaSum (seq 0 (length sha_tables)) else [].

(* How many columns a row has, and how many entries the fixed tables. *)
Definition sha_width (c : capacities) : nat := fold_left (fun n g => gate_width c g + n)%nat plan WORDS.
Definition sha_entries : nat := fold_left (fun n t => length (table_entries t) + n)%nat sha_tables 0%nat.

(* The whole circuit of a tier. *)
Definition full_circuit (c : capacities) : circuit :=
  {| items := machine_items c ++ sha_items c; sums := machine_sums c ++ sha_sums c |}.
