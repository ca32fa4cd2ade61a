(* What the theorems rest on. Coq prints it when it compiles this file; a test reads it: nothing. *)
From ProvableVM Require Import Main.
Print Assumptions block_sound.
Print Assumptions soundness.
Print Assumptions false_statement.
