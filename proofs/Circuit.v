(* The circuit of a tier, without the table of SHA-256 (core/src/circuit/tables). Each definition has the name and the order
   of constraints of the function of the builder that it mirrors. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Field Builder Capacities Machine Rows.
Import ListNotations.
Open Scope Z_scope.

(* Committed columns (layout/columns.rs). *)
Definition PC := 0%nat. Definition DEPTH := 1%nat. Definition CALLS := 2%nat. Definition READ_ := 3%nat. Definition WRITTEN := 4%nat.
Definition TOP := 5%nat. Definition FLAG := 6%nat. Definition OPERAND := 7%nat. Definition CARRY := 8%nat. Definition FILL := 9%nat.
Definition FILL_AGE := 10%nat. Definition AGE := 11%nat. Definition SET := 12%nat. Definition BIT := 13%nat. Definition LIMB := 27%nat.

(* The value of the top register while the stack is empty. *)
Definition EMPTY : Z := 2 ^ 33.

(* Spaces of the memory. *)
Definition STACK := 1. Definition CALL_STACK := 2. Definition INPUT := 3. Definition OUTPUT := 4. Definition HEAP := 5. Definition REQUEST := 6.

(* A cell of the memory, and a question to a coprocessor: packed. *)
Definition pack_cell (time space set : lc) : lc := time ++ scale (2 ^ 24) space ++ scale (2 ^ 32) set.
Definition pack_question (a op c result b : lc) : lc :=
  a ++ scale (2 ^ 36) c ++ scale (2 ^ 40) result ++ scale (2 ^ 76) op ++ scale (2 ^ 112) b.
Definition cell (time space set : lc) (value address : under) : tuple :=
  {| packed := pack_cell time space set; at_beta := value; at_beta_squared := address |}.

Section Circuit.
  Variable c : capacities.

  (* The range lookup of a value; x is the variable of its term. *)
  Definition range (x : var) (value : lc) : item := Term RangeSum 1 x (single value) (constant 1).
  Definition top_range (x : var) (value : lc) : item :=
    if has_top c then Term TopSum 1 x (single value) (constant 1) else range x value.
  (* The lookups of the limbs of a word; the variables of their terms are x n, x (n + 1), ... *)
  Fixpoint word_items (x : nat -> var) (n : nat) (l : list lc) : list item :=
    match l with
    | [] => []
    | [top] => [top_range (x n) top]
    | limb :: l => range (x n) limb :: word_items x (S n) l
    end.
  Fixpoint recompose (bits : Z) (l : list lc) : lc :=
    match l with [] => [] | limb :: l => limb ++ scale (2 ^ bits) (recompose bits l) end.
  Definition word_of (l : list lc) : lc := recompose (range_bits c) l.
  Definition limbs_at (b : block) (row column : nat) : list lc :=
    map (fun n => v (Column b row (column + n))) (seq 0 (limbs c)).

  Section Row.
    Variable i : nat.
    Definition at_ (n : nat) : lc := v (Column Step i n).
    Definition next (n : nat) : lc := v (Column Step (S i) n).
    Definition has_next : bool := (S i <? rows c)%nat.
    Definition growth (n : nat) : lc := if has_next then minus (next n) (at_ n) else [].
    Definition fresh (n : nat) : var := Fresh Step i n.

    (* The place of a control bit's column. *)
    Definition place (b : bit) : nat :=
      match b with
      | Add => 0 | Sub => 1 | Imm => 2 | Here => 3 | Cop => 4 | CopCarry => 5 | Jz => 6 | Jnz => 7 | Drop => 8 | AtConst => 9
      | AtAddr => 10 | AtDepth => 11 | Result => 12 | Ret => 13 | _ => 0
      end%nat.
    Definition pop : list bit := [Add; Sub; Cop; CopCarry; Drop].
    Definition binary : list bit := [Add; Sub; Cop; CopCarry].
    Definition column (b : bit) : lc := at_ (BIT + place b).
    Definition value_of (b : bit) : lc :=
      match b with
      | Push => if has_next then minus (growth DEPTH ++ flat_map column pop) (column Here) else []
      | Call => if has_next then growth CALLS ++ column Ret else []
      | Read => if has_next then growth READ_ else []
      | Write => if has_next then growth WRITTEN else []
      | Hash => if (0 <? sha_rows c)%nat then at_ (LIMB + limbs c) else []
      | b => column b
      end.
    Definition any (l : list bit) : lc := flat_map value_of l.
    Definition of (b : bit) : lc := value_of b.
    Definition bits_items : list item :=
      flat_map (fun b => match value_of b with [] => [] | l => [boolean l] end) all_bits.
    Fixpoint packed_from (l : list bit) : lc :=
      match l with [] => [] | b :: l => value_of b ++ scale 2 (packed_from l) end.
    Definition result : lc := word_of (limbs_at Step i LIMB).
    Definition now : lc := constant (Z.of_nat i + 1).

    (* Fresh variables, in the order in which the builder makes them. *)
    Definition L := limbs c.
    Definition operand_beta := fresh L.
    Definition fetch_term := fresh (L + 1).
    Definition base := fresh (L + 2).
    Definition signed := fresh (L + 3).
    Definition fill_age_term := fresh (L + 4).
    Definition away := fresh (L + 5).
    Definition fill_beta := fresh (L + 6).
    Definition stack_address := fresh (L + 7).
    Definition stack_term := fresh (L + 8).
    Definition at_depth := fresh (L + 9).
    Definition at_read := fresh (L + 10).
    Definition at_written := fresh (L + 11).
    Definition general_address := fresh (L + 12).
    (* The last row keeps no word, so it has one variable less before these. *)
    Definition kept := fresh (L + 13).
    Definition later (n : nat) : var := fresh (L + 13 + (if has_next then S n else n)).
    Definition age_term := later 0.
    Definition result_beta := later 1.
    Definition out_term := later 2.
    Definition put_beta := later 3.
    Definition in_term := later 4.
    Definition question_term := later 5.
    Definition popped := later 6.
    Definition zero_inverse := later 7.
    Definition where_zero := later 8.
    Definition filled := later 9.
    Definition returned := later 10.

    Definition fetch_items : list item :=
      [ TimesBeta operand_beta (at_ OPERAND);
        Term FetchSum 1 fetch_term
          (with_beta (at_ PC ++ scale (2 ^ 80) (packed_from all_bits)) (under_beta operand_beta (at_ OPERAND))) (constant 1);
        Product base (any [AtAddr; Here; Hash]) (at_ FILL) ].

    Definition arithmetic_items : list item :=
      [ boolean (at_ CARRY);
        Product signed (minus (of Add) (any [Sub; Imm])) (minus (minus (at_ TOP) (v base)) (scale (2 ^ 32) (at_ CARRY)));
        Enforce (any [Add; Sub; Imm; Ret]) (minus (minus (minus result (at_ FILL)) (at_ OPERAND)) (v signed)) [] ].

    Definition up : lc := any [Push; Call].
    Definition down : lc := minus (any pop) (of Here) ++ of Ret.
    Definition longest : Z := 2 ^ range_bits c - 1.
    Definition looked_up_age : lc := at_ FILL_AGE ++ scale longest up.
    Definition fill_age : lc := minus looked_up_age (scale longest up).
    Definition on_calls : lc := any [Call; Ret].
    Definition stack_items : list item :=
      [ range fill_age_term looked_up_age;
        Enforce (any [Push; Here]) (minus (at_ FILL) (at_ TOP)) [];
        Enforce (of Call) (minus (minus (at_ FILL) (at_ PC)) (constant 1)) [];
        Product away on_calls (minus (at_ CALLS) (at_ DEPTH));
        TimesBeta fill_beta (at_ FILL);
        TimesBetaSquared stack_address (minus (at_ DEPTH) down ++ v away);
        Term MemorySum 1 stack_term
          (cell (minus (minus now down) fill_age) (constant STACK ++ scale (CALL_STACK - STACK) on_calls) (constant 1)
            (under_beta fill_beta (at_ FILL)) (under_beta stack_address (minus (at_ DEPTH) down ++ v away)))
          (minus up down) ].

    Definition general_space : lc :=
      scale HEAP (any [AtConst; AtAddr]) ++ scale STACK (of AtDepth) ++ scale INPUT (of Read) ++ scale OUTPUT (of Write) ++
      scale REQUEST (of Hash).
    Definition general_at : lc := at_ OPERAND ++ v base ++ v at_depth ++ v at_read ++ v at_written.
    Definition old : lc := minus (any [AtConst; AtAddr; AtDepth; Write; Hash]) (of Push).
    Definition put : lc := if has_next then next TOP ++ v kept else at_ TOP.
    Definition replaced : lc := any [AtConst; AtAddr; AtDepth].
    Definition used : lc := any [Push; Result].
    Definition general_under : under := under_beta general_address general_at.
    Definition general_items : list item :=
      [ Product at_depth (of AtDepth) (at_ DEPTH);
        Product at_read (of Read) (at_ READ_);
        Product at_written (of Write) (at_ WRITTEN);
        TimesBetaSquared general_address general_at ] ++
      (if has_next then [Product kept old (minus (at_ TOP) (next TOP))] else []) ++
      [ Enforce (minus (constant 1) (at_ SET)) (minus (at_ SET) (scale (-2) used)) [];
        range age_term (at_ AGE);
        TimesBeta result_beta result;
        Term MemorySum (-1) out_term
          (cell (minus (minus now (constant 1)) (at_ AGE)) general_space (at_ SET) (under_beta result_beta result) general_under)
          (replaced ++ of Read);
        TimesBeta put_beta put;
        Term MemorySum 1 in_term
          (cell (minus now (scale (Z.of_nat i + 1) (of Write))) general_space (constant 1) (under_beta put_beta put) general_under)
          (replaced ++ any [Write; Hash]) ].

    (* The operand is the operation, plus 2^36 times the word that is part of b. *)
    Definition question_items : list item :=
      [ Term CoprocessorSum 1 question_term
          (single (pack_question (at_ FILL) (at_ OPERAND) (at_ CARRY) result (minus (at_ TOP) (v base)))) (any [Cop; CopCarry]) ].

    Definition taken_items : list item :=
      [ Product popped (of Drop) (minus (at_ TOP) (at_ FLAG));
        WhereZero zero_inverse where_zero (at_ FLAG ++ v popped) (minus (of Jz) (of Jnz)) ].
    Definition jump_taken : lc := of Jnz ++ v where_zero.

    Definition next_items : list item :=
      [ Product filled (of Drop) (minus (at_ FILL) (at_ TOP));
        Enforce (minus (any [Push; Result] ++ any binary) (of Here)) (minus result (at_ TOP))
          (minus (minus (next TOP) (at_ TOP)) (v filled));
        Enforce (any [Add; Sub; CopCarry]) (minus (at_ CARRY) (at_ FLAG)) (minus (next FLAG) (at_ FLAG));
        Product returned (of Ret) (minus (minus result (at_ PC)) (constant 1));
        Enforce jump_taken (at_ OPERAND) (minus (minus (minus (next PC) (at_ PC)) (constant 1)) (v returned)) ].

    Definition row_items : list item :=
      bits_items ++ word_items fresh 0 (limbs_at Step i LIMB) ++ fetch_items ++ arithmetic_items ++ stack_items ++ general_items ++
      question_items ++ taken_items ++
      (if has_next then next_items else [zero (minus (any [Jz; Here]) (constant 2))]).
  End Row.

  Definition initial_items : list item :=
    map (fun n => zero (v (Column Step 0 n))) [DEPTH; CALLS; READ_; WRITTEN; FLAG] ++
    [zero (minus (v (Column Step 0 TOP)) (constant EMPTY)); zero (v (Column Step 0 PC))].
  Definition step_items : list item := initial_items ++ flat_map row_items (seq 0 (rows c)).

  (* The program table, from its last entry (bounds/program.rs). *)
  Section Program.
    Definition entry_bits (j : nat) : lc := v (Column Program j 0).
    Definition entry_operand (j : nat) : lc := v (Column Program j 1).
    Definition entry_beta (j : nat) : var := Fresh Program j 0.
    Definition entry_term (j : nat) : var := Fresh Program j 1.
    Definition horner (j : nat) : var := Fresh Program j 2.
    (* The evaluation of entries j and after. *)
    Definition evaluation (j : nat) : lc :=
      (if (S j <? program_rows c)%nat then v (horner j) else []) ++ entry_bits j ++ v (entry_beta j).
    Definition entry_items (j : nat) : list item :=
      [ TimesBeta (entry_beta j) (entry_operand j);
        Term FetchSum (-1) (entry_term j)
          (with_beta (constant (Z.of_nat j) ++ scale (2 ^ 80) (entry_bits j)) (under_beta (entry_beta j) (entry_operand j)))
          (v (Column Program j 2)) ] ++
      (if (S j <? program_rows c)%nat then [TimesRho (horner j) (evaluation (S j))] else []).
    Definition program_items : list item :=
      flat_map entry_items (rev (seq 0 (program_rows c))) ++ [zero (minus (evaluation 0) (v ProgramAt))].
  End Program.

  (* Heap cells from their first tuple to their last, and leftovers (tables/cells.rs). *)
  Section Cells.
    Definition higher (b : block) (j column : nat) : list lc := map (fun n => v (Column b j (column + n))) (seq 0 (limbs c - 1)).
    Definition lowest (total : lc) (limbs : list lc) : lc := minus total (scale (2 ^ range_bits c) (recompose (range_bits c) limbs)).
    Definition address_of (j : nat) : lc := v (Column Heap j 0).
    Definition distance (j : nat) : lc :=
      match j with O => address_of 0 | S before => minus (minus (address_of j) (address_of before)) (constant 1) end.
    Definition heap_items (j : nat) : list item :=
      let fresh n := Fresh Heap j n in
      let l := limbs c in
      let value := v (Column Heap j 1) in
      let time := v (Column Heap j 2) in
      let set := v (Column Heap j 3) in
      let address := under_beta (fresh l) (address_of j) in
      map (fun '(n, limb) => range (fresh n) limb) (combine (seq 0 (l - 1)) (higher Heap j 4)) ++
      [ range (fresh (l - 1)%nat) (lowest (distance j) (higher Heap j 4));
        TimesBetaSquared (fresh l) (address_of j);
        Term MemorySum 1 (fresh (l + 1)%nat) (cell [] (constant HEAP) [] nothing address) (constant 1);
        boolean set;
        range (fresh (l + 2)%nat) time;
        TimesBeta (fresh (l + 3)%nat) value;
        Term MemorySum (-1) (fresh (l + 4)%nat) (cell time (constant HEAP) set (under_beta (fresh (l + 3)%nat) value) address) (constant 1);
        Inverse (fresh (l + 5)%nat) (minus value (constant EMPTY)) ].
    Definition last_address_items : list item :=
      let high := higher HeapEnd 0 0 in
      word_items (Fresh HeapEnd 0) 0 (lowest (address_of (heap_rows c - 1)) high :: high).
    Definition leftover_items (b : block) (space : Z) (j : nat) : list item :=
      let active := v (Column b j 0) in
      let value := v (Column b j 1) in
      let time := v (Column b j 2) in
      [ boolean active;
        range (Fresh b j 0) time;
        TimesBeta (Fresh b j 1) value;
        Term MemorySum (-1) (Fresh b j 2) (cell time (constant space) (constant 1) (under_beta (Fresh b j 1) value) (constant_under (Z.of_nat j)))
          active ].
    Definition cell_items : list item :=
      flat_map heap_items (seq 0 (heap_rows c)) ++ last_address_items ++
      flat_map (leftover_items Stack STACK) (seq 0 (stack_rows c)) ++
      flat_map (leftover_items Calls CALL_STACK) (seq 0 (call_rows c)).
  End Cells.

  (* Products, quotients and shifts (tables/arithmetic.rs). *)
  Definition arithmetic_row (j : nat) : list item :=
    let l := limbs c in
    let at_ n := v (Column Arithmetic j n) in
    let fresh n := Fresh Arithmetic j (4 * l + n) in
    let limbs_of n := limbs_at Arithmetic j (6 + n * l) in
    let word n := word_of (limbs_of n) in
    let '(a, result, other, rest) := (word 0, word 1, word 2, word 3)%nat in
    let '(upward, shift, quotient, amount) := (at_ 1, at_ 2, at_ 3, at_ 4)%nat in
    let op := constant 1 ++ upward ++ scale 2 shift ++ scale 4 quotient in
    let exchange := fresh 0%nat in
    let high := other ++ v exchange in
    let low := minus result (v exchange) in
    let below := fresh 1%nat in
    let factor := rest ++ v below in
    let '(multiplied, carried, over) := (fresh 2, fresh 3, fresh 4)%nat in
    let '(factor_beta, power_term, fits_inverse, fits) := (fresh 5, fresh 6, fresh 7, fresh 8)%nat in
    let carry := minus (constant 1) (v fits) in
    let b := factor ++ v over in
    flat_map (fun n => word_items (Fresh Arithmetic j) (n * l) (limbs_of n)) (seq 0 4) ++
    [ boolean upward; boolean shift; boolean quotient;
      Product exchange quotient (minus result other);
      Product below (minus (constant 1) upward) (low ++ constant 1);
      Product multiplied upward (minus a high);
      Product carried upward (minus (scale (2 ^ 32) high ++ scale 2 low) a);
      Enforce (high ++ v multiplied) factor (minus a low ++ v carried);
      Product over shift (minus amount factor);
      TimesBeta factor_beta factor;
      Term PowerSum 1 power_term (with_beta amount (under_beta factor_beta factor)) shift;
      WhereZero fits_inverse fits other (constant 1);
      Term CoprocessorSum (-1) (fresh 9%nat) (single (pack_question a op carry result b)) (at_ 0%nat);
      Term CoprocessorSum (-1) (fresh 10%nat) (single (pack_question a (op ++ constant 32) carry (result ++ other) b)) (at_ 5%nat) ].

  Definition bitwise_row (j : nat) : list item :=
    let n := digits c in
    let digit q := v (Column Bitwise j (1 + q)) in
    map (fun q => Term DigitSum 1 (Fresh Bitwise j q) (single (digit q)) (constant 1)) (seq 0 n) ++
    [ Term CoprocessorSum (-1) (Fresh Bitwise j n) (single (recompose (digit_bits c) (map digit (seq 0 n)))) (v (Column Bitwise j 0)) ].

  Definition compare_row (j : nat) : list item :=
    let l := limbs c in
    let at_ n := v (Column Compare j n) in
    let fresh n := Fresh Compare j (2 * l + n) in
    let limbs_of n := limbs_at Compare j (4 + n * l) in
    let '(b, difference) := (word_of (limbs_of 0%nat), word_of (limbs_of 1%nat)) in
    let '(eq, gt, carry) := (at_ 1, at_ 2, at_ 3)%nat in
    let op := constant 9 ++ eq ++ scale 2 gt in
    let lt := minus (minus (constant 1) eq) gt in
    let '(tie_inverse, tie, borrowed) := (fresh 0, fresh 1, fresh 2)%nat in
    flat_map (fun n => word_items (Fresh Compare j) (n * l) (limbs_of n)) (seq 0 2) ++
    [ boolean eq; boolean gt; boolean carry;
      WhereZero tie_inverse tie difference (minus eq gt);
      Product borrowed (minus lt gt) carry;
      Term CoprocessorSum (-1) (fresh 3%nat)
        (single (pack_question (minus (b ++ difference) (scale (2 ^ 32) carry)) op [] (gt ++ v tie ++ v borrowed) b)) (at_ 0%nat) ].

  (* Tables of constants (tables/lookup.rs, bounds/ranges.rs, bounds/digits.rs). *)
  Definition digit_entry (kind : cop) (x y : Z) : Z :=
    let answer := match kind with CAnd => Z.land x y | COr => Z.lor x y | _ => Z.lxor x y end in
    x + 2 ^ 40 * answer + 2 ^ 76 * (Rows.number kind mod 2 ^ digit_bits c) + 2 ^ 112 * y.
  Definition digit_entries : list Z :=
    let n := map Z.of_nat (seq 0 (Z.to_nat (2 ^ digit_bits c))) in
    flat_map (fun kind => flat_map (fun y => map (fun x => digit_entry kind x y) n) n) [CAnd; COr; CXor].
  Definition table_items (s : sum) (b : block) (entries : list tuple) : list item :=
    map (fun '(j, t) => Term s (-1) (Fresh b j 0) t (v (Column b j 0))) (combine (seq 0 (length entries)) entries).
  Definition numbers (bits : Z) : list tuple := map (fun n => single (constant (Z.of_nat n))) (seq 0 (Z.to_nat (2 ^ bits))).
  Definition powers : list tuple :=
    map (fun n => with_beta (constant (Z.of_nat n)) (constant_under (2 ^ Z.of_nat n))) (seq 0 32).
  Definition lookup_items : list item :=
    table_items RangeSum Range (numbers (range_bits c)) ++
    (if has_top c then table_items TopSum Top (numbers (top_bits c)) else []) ++
    table_items DigitSum Digit (map (fun e => single (constant e)) digit_entries) ++
    table_items PowerSum Power powers ++
    [Enforce (v (Column Blind 0 0)) [] []].

  (* All but the table of SHA-256. The first item defines the square of beta. *)
  Definition machine_items : list item :=
    [TimesBeta BetaSquared (v Beta)] ++ program_items ++ step_items ++ cell_items ++
    flat_map arithmetic_row (seq 0 (arithmetic_rows c)) ++ flat_map bitwise_row (seq 0 (bitwise_rows c)) ++
    flat_map compare_row (seq 0 (compare_rows c)) ++ lookup_items.
  Definition machine_sums : list sum :=
    [MemorySum; RangeSum; FetchSum; CoprocessorSum; DigitSum; PowerSum] ++ (if has_top c then [TopSum] else []).
End Circuit.
