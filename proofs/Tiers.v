(* The condition of the theorem on a tier's capacities as a check, which is computed for every tier of the code. *)
From Coq Require Import ZArith List Bool Lia.
From ProvableVM Require Import Capacities.
Import ListNotations.
Open Scope Z_scope.

Definition is_sound (c : capacities) : bool :=
  let fits n := (0 <? Z.of_nat n) && (Z.of_nat n <=? 2 ^ 17) in
  (4 <=? range_bits c) && (range_bits c <=? 18) && (Z.of_nat (rows c) <=? 2 ^ range_bits c) && fits (rows c) &&
  fits (program_rows c) && fits (heap_rows c) && fits (stack_rows c) && fits (call_rows c) && fits (arithmetic_rows c) &&
  fits (bitwise_rows c) && fits (compare_rows c) && (Z.of_nat (sha_rows c) <=? 2 ^ 10).

(* The check implies the condition. *)
Lemma sound_of_check c : is_sound c = true -> sound c.
Proof.
  unfold is_sound, sound. rewrite !andb_true_iff, !Z.ltb_lt, !Z.leb_le. intuition lia.
Qed.
Lemma sound_of_checks l : forallb is_sound l = true -> Forall sound l.
Proof.
  rewrite forallb_forall, Forall_forall. intros checks c inside. exact (sound_of_check c (checks c inside)).
Qed.
