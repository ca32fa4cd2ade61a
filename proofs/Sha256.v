(* FIPS 180-4: the compression function of SHA-256 on words, as integers from 0 to 2^32 - 1. *)
From Coq Require Import ZArith List.
Import ListNotations.
Open Scope Z_scope.

Definition rotr (n x : Z) : Z := Z.lor (Z.shiftr x n) (Z.land (Z.shiftl x (32 - n)) (2 ^ 32 - 1)).
Definition shr (n x : Z) : Z := Z.shiftr x n.
Definition ch (e f g : Z) : Z := Z.lxor (Z.land e f) (Z.land (2 ^ 32 - 1 - e) g).
Definition maj (a b c : Z) : Z := Z.lxor (Z.land a b) (Z.lxor (Z.land a c) (Z.land b c)).
Definition big0 (x : Z) : Z := Z.lxor (rotr 2 x) (Z.lxor (rotr 13 x) (rotr 22 x)).
Definition big1 (x : Z) : Z := Z.lxor (rotr 6 x) (Z.lxor (rotr 11 x) (rotr 25 x)).
Definition small0 (x : Z) : Z := Z.lxor (rotr 7 x) (Z.lxor (rotr 18 x) (shr 3 x)).
Definition small1 (x : Z) : Z := Z.lxor (rotr 17 x) (Z.lxor (rotr 19 x) (shr 10 x)).
Definition add (x y : Z) : Z := (x + y) mod 2 ^ 32.

(* Section 4.2.2. *)
Definition constants : list Z := [
  0x428a2f98; 0x71374491; 0xb5c0fbcf; 0xe9b5dba5; 0x3956c25b; 0x59f111f1; 0x923f82a4; 0xab1c5ed5;
  0xd807aa98; 0x12835b01; 0x243185be; 0x550c7dc3; 0x72be5d74; 0x80deb1fe; 0x9bdc06a7; 0xc19bf174;
  0xe49b69c1; 0xefbe4786; 0x0fc19dc6; 0x240ca1cc; 0x2de92c6f; 0x4a7484aa; 0x5cb0a9dc; 0x76f988da;
  0x983e5152; 0xa831c66d; 0xb00327c8; 0xbf597fc7; 0xc6e00bf3; 0xd5a79147; 0x06ca6351; 0x14292967;
  0x27b70a85; 0x2e1b2138; 0x4d2c6dfc; 0x53380d13; 0x650a7354; 0x766a0abb; 0x81c2c92e; 0x92722c85;
  0xa2bfe8a1; 0xa81a664b; 0xc24b8b70; 0xc76c51a3; 0xd192e819; 0xd6990624; 0xf40e3585; 0x106aa070;
  0x19a4c116; 0x1e376c08; 0x2748774c; 0x34b0bcb5; 0x391c0cb3; 0x4ed8aa4a; 0x5b9cca4f; 0x682e6ff3;
  0x748f82ee; 0x78a5636f; 0x84c87814; 0x8cc70208; 0x90befffa; 0xa4506ceb; 0xbef9a3f7; 0xc67178f2].

(* Section 6.2.2, step 1: the schedule, last word first. *)
Fixpoint expand (count : nat) (w : list Z) : list Z :=
  match count with
  | O => w
  | S count =>
    let at_ n := nth n w 0 in
    expand count (add (add (small1 (at_ 1%nat)) (at_ 6%nat)) (add (small0 (at_ 14%nat)) (at_ 15%nat)) :: w)
  end.
Definition schedule (block : list Z) : list Z := rev (expand 48 (rev block)).

(* Step 3: one round, on a, b, c, d, e, f, g, h. *)
Definition round (s : list Z) (kw : Z * Z) : list Z :=
  let '(k, w) := kw in
  match s with
  | [a; b; c; d; e; f; g; h] =>
    let t1 := add (add (add h (big1 e)) (add (ch e f g) k)) w in
    let t2 := add (big0 a) (maj a b c) in
    [add t1 t2; a; b; c; add d t1; e; f; g]
  | _ => s
  end.

(* The state after a block. *)
Definition compress (s block : list Z) : list Z :=
  map (fun '(x, y) => add x y) (combine s (fold_left round (combine constants (schedule block)) s)).

(* Section 5.3.3. *)
Definition initial : list Z := [
  0x6a09e667; 0xbb67ae85; 0x3c6ef372; 0xa54ff53a; 0x510e527f; 0x9b05688c; 0x1f83d9ab; 0x5be0cd19].

(* NIST's examples: "abc" in one block, and the message of two blocks. *)
Definition padded_abc : list Z := [0x61626380; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 24].
Example abc : compress initial padded_abc = [
  0xba7816bf; 0x8f01cfea; 0x414140de; 0x5dae2223; 0xb00361a3; 0x96177a9c; 0xb410ff61; 0xf20015ad].
Proof. vm_compute. reflexivity. Qed.
