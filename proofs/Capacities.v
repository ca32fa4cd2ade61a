(* The capacities of a tier (core/src/circuit/layout/capacities.rs). *)
From Coq Require Import ZArith.
Open Scope Z_scope.

Record capacities := {
  rows : nat; program_rows : nat; range_bits : Z; heap_rows : nat; stack_rows : nat; call_rows : nat;
  arithmetic_rows : nat; bitwise_rows : nat; compare_rows : nat; sha_rows : nat }.

Section Capacities.
  Variable c : capacities.
  (* Limbs of a word, and the bits of the top one. *)
  Definition limbs : nat := Z.to_nat ((32 + range_bits c - 1) / range_bits c).
  Definition top_bits : Z := 32 - range_bits c * (Z.of_nat limbs - 1).
  (* Whether top limbs have a table of their own. *)
  Definition has_top : bool := top_bits <? range_bits c.
  Definition digit_bits : Z :=
    let constraints bits := 3 * 2 ^ (2 * bits) + Z.of_nat (bitwise_rows c) * (32 / bits) in
    if constraints 4 <=? constraints 2 then 4 else 2.
  Definition digits : nat := Z.to_nat (32 / digit_bits).

  Definition sound : Prop :=
    let fits n := (0 < n)%nat /\ Z.of_nat n <= 2 ^ 17 in
    4 <= range_bits c <= 18 /\ Z.of_nat (rows c) <= 2 ^ range_bits c /\ fits (rows c) /\ fits (program_rows c) /\
    fits (heap_rows c) /\ fits (stack_rows c) /\ fits (call_rows c) /\ fits (arithmetic_rows c) /\ fits (bitwise_rows c) /\
    fits (compare_rows c) /\ Z.of_nat (sha_rows c) <= 2 ^ 10.
End Capacities.
