(* What a row means that reads or writes the heap or a tape, or asks for a compression of SHA-256. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag RowPorts RowKinds.
Import ListNotations.
Open Scope Z_scope.


Lemma load_explained d : explained (RLoad d) [Push; AtConst].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  assert (htop : c_top n = (#rz)%F) by by_ htopeq. is_used e he hu hb.
  up STACK (c_depth r) as x px wx e1. takes HEAP e (#d)%F as y py wy e2. stores HEAP (#d)%F (#rz)%F as e3.
  effect [x; stored i HEAP (#d)%F (#rz)%F] [y] by e1 e2 e3.
  split; [reflexivity|]. exists x, y, e. split; [exact px|]. split; [exact py|]. split; [exact hu|]. repeat split; state.
Qed.
Lemma store_explained d : explained (RStore d) [Drop; AtConst].
Proof.
  equations. is_unused e he hu hb.
  down STACK (c_depth r - #1)%F as y py wy e1. takes HEAP e (#d)%F as z pz wz e2. stores HEAP (#d)%F (c_top r) as e3.
  effect [stored i HEAP (#d)%F (c_top r)] [y; z] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y, z, e. split; [exact py|]. split; [exact pz|]. split; [exact hu|]. repeat split; state.
Qed.
Lemma tee_explained d : explained (RTee d) [AtConst].
Proof.
  equations. is_unused e he hu hb.
  idle as e1. takes HEAP e (#d)%F as z pz wz e2. stores HEAP (#d)%F (c_top r) as e3.
  effect [stored i HEAP (#d)%F (c_top r)] [z] by e1 e2 e3.
  split; [reflexivity|]. exists z, e. split; [exact pz|]. split; [exact hu|]. repeat split; state.
Qed.
(* The stack port of LOADX would pop and push, so it does nothing. *)
Lemma loadx_explained d : explained (RLoadx d) [Drop; Push; AtAddr].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill.
  assert (htop : c_top n = (#rz)%F) by by_ htopeq. is_used e he hu hb.
  idle as e1. takes HEAP e (c_top r + #d)%F as y py wy e2. stores HEAP (c_top r + #d)%F (#rz)%F as e3.
  effect [stored i HEAP (c_top r + #d)%F (#rz)%F] [y] by e1 e2 e3.
  split; [reflexivity|]. exists y, e. split; [exact py|]. split; [exact hu|]. repeat split; state.
Qed.
Lemma put_explained d : explained (RPut d) [Drop; AtAddr].
Proof.
  equations. is_unused e he hu hb.
  down STACK (c_depth r - #1)%F as y py wy e1. takes HEAP e (fill + #d)%F as z pz wz e2. stores HEAP (fill + #d)%F (c_top r) as e3.
  effect [stored i HEAP (fill + #d)%F (c_top r)] [y; z] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y, z, e. split; [exact py|]. split; [exact pz|]. split; [exact hu|]. repeat split; state.
Qed.

(* Tapes. *)
Lemma read_explained : explained RRead [Push; Read].
Proof.
  equations. assert (hfill : fill = c_top r) by by_ hspill. subst fill. is_used e he hu hb.
  up STACK (c_depth r) as x px wx e1. takes INPUT e (c_read r) as y py wy e2. nothing in as e3.
  effect [x] [y] by e1 e2 e3.
  split; [reflexivity|]. exists x, y, e. split; [exact px|]. split; [exact py|]. split; [exact hu|]. repeat split; state.
Qed.
Lemma write_explained : explained RWrite [Drop; Write].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. writes (c_written r) (c_top r) as e3.
  effect [((0, OUTPUT, 1), c_written r, c_top r) : Tup] [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. repeat split; state.
Qed.

(* A request: the cells are replaced by the row of the table that takes it. *)
Lemma sha256_explained : explained RSha256 [Drop; Hash].
Proof.
  equations. down STACK (c_depth r - #1)%F as y py wy e1. nothing out as e2. stores REQUEST fill (c_top r) as e3.
  effect [stored i REQUEST fill (c_top r)] [y] by e1 e2 e3.
  split; [reflexivity|]. exists fill, y. split; [exact py|]. repeat split; state.
Qed.
