(* The compression function of SHA-256 in the form that the circuit takes: which words are cut into which pieces, and which
   additions make them (core/src/circuit/sha256).

   A word is cut into pieces. The spread form of a number has its bit i at 8^i, so a rotation of a word is a sum of spread
   pieces times powers of eight, and a weighted sum of three spread words has one digit in base 8 for each bit. A function
   of three words maps each digit to a bit. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Sha256.
Import ListNotations.
Open Scope Z_scope.

(* The number with these digits, lowest first, and the lowest bits of a number. *)
Fixpoint digits_value (base : Z) (l : list Z) : Z := match l with [] => 0 | d :: l => d + base * digits_value base l end.
Definition bits (count : nat) (w : Z) : list Z := map (fun i => Z.b2z (Z.testbit w (Z.of_nat i))) (seq 0 count).
Definition spread (count : nat) (w : Z) : Z := digits_value 8 (bits count w).

(* Functions of three bits, as functions of one digit (sha256/function.rs). *)
Inductive function := Parity | Majority | Choice.
Definition results (f : function) : list Z :=
  match f with Parity => [0; 1; 0; 1] | Majority => [0; 0; 1; 1] | Choice => [0; 1; 0; 0; 1; 1; 1] end.
Definition weights (f : function) : Z * Z * Z := match f with Choice => (2, 3, 1) | _ => (1, 1, 1) end.
Definition chunk (f : function) : nat := match f with Choice => 3 | _ => 4 end.
Definition chunks (f : function) : nat := match f with Choice => 11 | _ => 8 end.
Definition digits_of_chunk (f : function) (position : nat) : nat := Nat.min (chunk f) (32 - position * chunk f).
Definition result_of (f : function) (digit : Z) : Z := nth (Z.to_nat digit) (results f) 0.

(* The place of the digits in the equation of an addition. *)
Inductive lane := First | Second.
Definition shift_of (l : lane) : Z := match l with First => 53 | Second => 152 end.

(* How a word is committed: the lengths of its pieces, lowest first; none for limbs (sha256/cut.rs). *)
Inductive cut := Limbs | Plain | CutA | CutE | Early | Late | Middle.
Definition lengths (c : cut) : list nat :=
  match c with
  | Limbs => [] | Plain => [11; 11; 10] | CutA => [2; 11; 9; 10] | CutE => [6; 5; 7; 7; 7] | Early => [3; 4; 11; 7; 7]
  | Late => [10; 7; 2; 6; 7] | Middle => [3; 4; 3; 7; 1; 1; 6; 7]
  end%nat.
Definition cut_of_schedule (t : nat) : cut :=
  if (t =? 0)%nat then Limbs else if (t <? 14)%nat then Early else if (t <? 49)%nat then Middle else if (t <? 62)%nat then Late else Limbs.

(* Rotations and shifts to the right. *)
Inductive turn := Rotate (n : nat) | Shift (n : nat).

(* What makes a word: a function of three turned words; words that are added and subtracted, a number, and the functions of
   the lanes, none or two. Words are named by their places in the plan. *)
Record applied := { which : function; arguments : (nat * turn) * (nat * turn) * (nat * turn) }.
Record addition := { plus : list nat; less : list nat; start : Z; functions : list applied }.
(* A word that the memory gives, or the sum of an addition. *)
Record gate := { makes : option addition; cut_of : cut }.
Definition given (c : cut) : gate := {| makes := None; cut_of := c |}.
Definition made_by (a : addition) (c : cut) : gate := {| makes := Some a; cut_of := c |}.

(* Where the words are: of the state, of the schedule, and e and a after so many rounds. *)
Definition state_place (i : nat) : nat := i.
Definition schedule_place (t : nat) : nat := 8 + t.
Definition e_place (round : nat) : nat := 72 + 2 * round.
Definition a_place (round : nat) : nat := 73 + 2 * round.
(* The variables of a round: a, b, c, d are 0 to 3 rounds back. *)
Definition a_back (round back : nat) : nat :=
  if (back <? round)%nat then a_place (round - back - 1) else state_place (back - round).
Definition e_back (round back : nat) : nat :=
  if (back <? round)%nat then e_place (round - back - 1) else state_place (4 + back - round).

Definition parity (w : nat) (x y z : turn) : applied := {| which := Parity; arguments := ((w, x), (w, y), (w, z)) |}.
Definition of_three (f : function) (x y z : nat) : applied :=
  {| which := f; arguments := ((x, Rotate 0), (y, Rotate 0), (z, Rotate 0)) |}.

Definition schedule_sum (t : nat) : addition :=
  {| plus := [schedule_place (t - 7); schedule_place (t - 16)]; less := []; start := 0;
     functions := [parity (schedule_place (t - 15)) (Rotate 7) (Rotate 18) (Shift 3);
                   parity (schedule_place (t - 2)) (Rotate 17) (Rotate 19) (Shift 10)] |}.
(* The last round adds the old state at once. *)
Definition is_last (round : nat) : bool := (round =? 63)%nat.
Definition e_sum (r : nat) : addition :=
  {| plus := [a_back r 3; e_back r 3; schedule_place r] ++ (if is_last r then [state_place 4] else []);
     less := []; start := nth r constants 0;
     functions := [parity (e_back r 0) (Rotate 6) (Rotate 11) (Rotate 25);
                   of_three Choice (e_back r 0) (e_back r 1) (e_back r 2)] |}.
Definition a_sum (r : nat) : addition :=
  {| plus := [e_place r] ++ (if is_last r then [state_place 0] else []);
     less := [a_back r 3] ++ (if is_last r then [state_place 4] else []);
     start := if is_last r then 2 ^ 33 else 2 ^ 32;
     functions := [parity (a_back r 0) (Rotate 2) (Rotate 13) (Rotate 22);
                   of_three Majority (a_back r 0) (a_back r 1) (a_back r 2)] |}.
Definition result_sum (old new : nat) : addition := {| plus := [old; new]; less := []; start := 0; functions := [] |}.

(* All words, in the order of their columns. *)
Definition plan : list gate :=
  map given [CutA; Plain; Plain; Limbs; CutE; Plain; Plain; Limbs] ++
  map (fun t => given (cut_of_schedule t)) (seq 0 16) ++
  map (fun t => made_by (schedule_sum t) (cut_of_schedule t)) (seq 16 48) ++
  flat_map (fun r =>
    [made_by (e_sum r) (if is_last r then Limbs else CutE); made_by (a_sum r) (if is_last r then Limbs else CutA)]) (seq 0 64) ++
  map (fun i => made_by (result_sum (state_place (S i)) (a_place (62 - i))) Limbs) (seq 0 3) ++
  map (fun i => made_by (result_sum (state_place (5 + i)) (e_place (62 - i))) Limbs) (seq 0 3).
(* Where the words of the result are. *)
Definition result_places : list nat := [a_place 63; 200; 201; 202; e_place 63; 203; 204; 205]%nat.

(* The fixed tables (sha256/table.rs). *)
Inductive sha_table := Pieces (length : nat) | Chunks (f : function) (l : lane) (position : nat).
Definition piece_lengths : list nat := [2; 3; 4; 5; 6; 7; 9; 10; 11]%nat.
Definition sha_tables : list sha_table :=
  map Pieces piece_lengths ++
  flat_map (fun '(f, l) => map (Chunks f l) (seq 0 (chunks f)))
    [(Parity, First); (Parity, Second); (Majority, Second); (Choice, Second)].
(* The place of a table among these; the first chunk of a function. *)
Definition piece_place (length : nat) : nat := if (length <? 8)%nat then length - 2 else length - 3.
Definition chunk_place (f : function) (l : lane) : nat :=
  match f, l with Parity, First => 9 | Parity, Second => 17 | Majority, _ => 25 | Choice, _ => 33 end.

(* The digits of a chunk, in the order of the entries, and the entry of some digits. *)
Definition digits_of (f : function) : list Z := map Z.of_nat (seq 0 (length (results f))).
Fixpoint digit_lists (digits : list Z) (count : nat) : list (list Z) :=
  match count with O => [[]] | S count => flat_map (fun rest => map (fun d => d :: rest) digits) (digit_lists digits count) end.
Definition chunk_entry (f : function) (l : lane) (position : nat) (ds : list Z) : Z :=
  let at_ := Z.of_nat (position * chunk f) in
  2 ^ shift_of l * (8 ^ at_ * digits_value 8 ds) + 2 ^ at_ * digits_value 2 (map (result_of f) ds).
(* What the entries of a table hold: what is packed, and what stands under beta. *)
Definition table_entries (t : sha_table) : list (Z * Z) :=
  match t with
  | Pieces n => map (fun x => (x, spread n x)) (map Z.of_nat (seq 0 (2 ^ n)))
  | Chunks f l position => map (fun ds => (chunk_entry f l position ds, 0)) (digit_lists (digits_of f) (digits_of_chunk f position))
  end.
