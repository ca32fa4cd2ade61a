(* The inverse of 2^32 that the constraints of SHA-256 take is its inverse. *)
From Coq Require Import ZArith.
From ProvableVM Require Import Prime Field ShaCircuit.
Open Scope Z_scope.
Lemma inverse : (#(2 ^ 32) * #INVERSE = #1)%F.
Proof.
  rewrite <- ofZ_mul. assert (e : 2 ^ 32 * INVERSE = 1 + (2 ^ 32 * INVERSE - 1) / order * order) by (vm_compute; reflexivity).
  rewrite e, ofZ_add, ofZ_mul, ofZ_order. ring.
Qed.
