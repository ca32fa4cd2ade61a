(* The circuit of a tier is well-formed for all capacities, so the wrapper (Challenge.v) is about it. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Field Builder Capacities Circuit Ideal Counting Poles Collisions Determined Closed StepWellFormed
  TablesWellFormed ShaCircuit ShaWellFormed Challenge.
Import ListNotations.
Open Scope Z_scope.

Lemma machine_closed c : closed (machine_items c).
Proof.
  unfold machine_items. apply closed_app; [apply closed_no_terms; each_item|].
  apply closed_app; [apply program_closed|]. apply closed_app; [apply step_closed|]. apply closed_app; [apply cells_closed|].
  apply closed_app; [apply closed_flat_map; intros j _; apply arithmetic_closed|].
  apply closed_app; [apply closed_flat_map; intros j _; apply bitwise_closed|].
  apply closed_app; [apply closed_flat_map; intros j _; apply compare_closed|]. apply lookups_closed.
Qed.

(* The machine's items with more items that are well-formed, whatever they are. *)
Theorem machine_well_formed c more sums : closed more -> In MemorySum sums ->
  well_formed_circuit c {| items := machine_items c ++ more; sums := sums |}.
Proof.
  intros h memory. constructor; cbn [items Builder.sums].
  - now left.
  - apply incl_appl. unfold machine_items. apply incl_appr, incl_appl, incl_refl.
  - exact memory.
  - apply closed_app; [apply machine_closed|exact h].
Qed.

(* The whole circuit. *)
Theorem circuit_well_formed c : well_formed_circuit c (full_circuit c).
Proof. apply machine_well_formed; [apply sha_closed|]. now left. Qed.

