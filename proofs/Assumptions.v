(* What the theorems rest on. Coq prints it when it compiles this file; a test reads it: nothing. *)
From ProvableVM Require Import Secrets Main Matrices Built.
Print Assumptions one_secret.
Print Assumptions block_rows.
Print Assumptions block_sound.
Print Assumptions soundness.
Print Assumptions unknown_secret_share.
Print Assumptions false_statement.
Print Assumptions false_statement_share.
Print Assumptions matrices_satisfied.
Print Assumptions column_committed.
Print Assumptions others_not_committed.
Print Assumptions step_columns.
Print Assumptions built_sound.
Print Assumptions built_unknown.
Print Assumptions built_false.
