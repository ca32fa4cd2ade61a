(* NIST's examples of SHA-256 (FIPS 180-4, "SHA256" in the examples with intermediate values): `Sha256.v` has the message of
   one block; here are the message of two blocks and the empty message. *)
From Coq Require Import ZArith List.
From ProvableVM Require Import Sha256.
Import ListNotations.
Open Scope Z_scope.

(* "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" *)
Definition two_blocks : list (list Z) := [
  [0x61626364; 0x62636465; 0x63646566; 0x64656667; 0x65666768; 0x66676869; 0x6768696a; 0x68696a6b;
   0x696a6b6c; 0x6a6b6c6d; 0x6b6c6d6e; 0x6c6d6e6f; 0x6d6e6f70; 0x6e6f7071; 0x80000000; 0];
  [0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 0; 448]].
Example message_of_two_blocks : fold_left compress two_blocks initial = [
  0x248d6a61; 0xd20638b8; 0xe5c02693; 0x0c3e6039; 0xa33ce459; 0x64ff2167; 0xf6ecedd4; 0x19db06c1].
Proof. vm_compute. reflexivity. Qed.

Example empty_message : compress initial (0x80000000 :: repeat 0 15) = [
  0xe3b0c442; 0x98fc1c14; 0x9afbf4c8; 0x996fb924; 0x27ae41e4; 0x649b934c; 0xa495991b; 0x7852b855].
Proof. vm_compute. reflexivity. Qed.
