(* Which items of a circuit have terms in the sum of the memory: step rows, rows of the heap table, leftovers, and rows of
   the table of SHA-256. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field ShaPlan Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups
  ShaCircuit.
Import ListNotations.
Open Scope Z_scope.

Section Terms.
  Variable c : capacities.
  Variable a : assignment.
  (* Items without a term in the sum. *)
  Notation silent := (without MemorySum).

  Lemma silent_terms l : silent l -> terms a MemorySum l = [].
  Proof. apply without_terms. Qed.
  Lemma words_silent y n l : silent (word_items c y n l).
  Proof. apply without_word_items; discriminate. Qed.
  Lemma table_silent s b entries : s <> MemorySum -> silent (table_items s b entries).
  Proof.
    intro h. apply without_map. intros [j t] _. cbn [is_term].
    destruct (sum_eq MemorySum s) as [e|_]; [now elim h|reflexivity].
  Qed.
  Ltac each := repeat first [apply Forall_cons; [reflexivity|] | apply Forall_nil].

  Lemma program_silent : silent (program_items c).
  Proof.
    unfold program_items. apply without_app. split; [|each]. apply without_flat_map. intros j _.
    unfold Circuit.entry_items. apply without_app. split; [each|]. destruct (_ <? _)%nat; each.
  Qed.
  Lemma arithmetic_silent j : silent (arithmetic_row c j).
  Proof.
    unfold arithmetic_row. cbv zeta. apply without_app. split; [|each]. apply without_flat_map. intros n _.
    apply words_silent.
  Qed.
  Lemma bitwise_silent j : silent (bitwise_row c j).
  Proof. unfold bitwise_row. apply without_app. split; [now apply without_map|each]. Qed.
  Lemma compare_silent j : silent (compare_row c j).
  Proof.
    unfold compare_row. cbv zeta. apply without_app. split; [|each]. apply without_flat_map. intros n _. apply words_silent.
  Qed.
  Lemma lookups_silent : silent (lookup_items c).
  Proof.
    unfold lookup_items. rewrite !without_app. repeat apply conj; try (now apply table_silent); [|each].
    destruct (has_top c); [now apply table_silent|each].
  Qed.

  (* The terms of all items but those of SHA-256. *)
  Theorem machine_memory : terms a MemorySum (machine_items c) =
    flat_map (fun i => terms a MemorySum (row_items c i)) (seq 0 (rows c)) ++
    flat_map (fun h => terms a MemorySum (heap_items c h)) (seq 0 (heap_rows c)) ++
    terms a MemorySum (flat_map (leftover_items Stack STACK) (seq 0 (stack_rows c))) ++
    terms a MemorySum (flat_map (leftover_items Calls CALL_STACK) (seq 0 (call_rows c))).
  Proof.
    unfold machine_items, step_items, cell_items. rewrite !terms_app.
    rewrite (silent_terms [TimesBeta BetaSquared (v Beta)]) by each.
    rewrite (silent_terms (program_items c) program_silent).
    rewrite (silent_terms initial_items) by (unfold initial_items; each).
    rewrite (silent_terms (last_address_items c)) by apply words_silent.
    rewrite (silent_terms (flat_map (arithmetic_row c) _)) by (apply without_flat_map; intros; apply arithmetic_silent).
    rewrite (silent_terms (flat_map (bitwise_row c) _)) by (apply without_flat_map; intros; apply bitwise_silent).
    rewrite (silent_terms (flat_map (compare_row c) _)) by (apply without_flat_map; intros; apply compare_silent).
    rewrite (silent_terms (lookup_items c) lookups_silent).
    rewrite (terms_flat_map a _ MemorySum (row_items c)), (terms_flat_map a _ MemorySum (heap_items c)).
    cbn [app]. now rewrite !app_nil_r.
  Qed.

  Lemma entries_silent place l rest : (forall row, silent (rest row)) -> forall row, silent (entry_items place row l rest).
  Proof.
    intro h. induction l as [|e l IH]; intro row; cbn [entry_items]; [apply h|]. constructor; [reflexivity|apply IH].
  Qed.
  Lemma tables_silent l : forall place row, silent (sha_tables_from place row l).
  Proof.
    induction l as [|t l IH]; intros place row; cbn [sha_tables_from]; [constructor|]. apply entries_silent. intro r.
    apply IH.
  Qed.
  (* The fixed tables of SHA-256 have none. *)
  Theorem sha_memory : terms a MemorySum (sha_items c) =
    flat_map (fun row => terms a MemorySum (sha_row c row)) (seq 0 (sha_rows c)).
  Proof.
    unfold sha_items, has_sha. destruct (Nat.ltb_spec 0 (sha_rows c)) as [some|none].
    - rewrite terms_app, (silent_terms sha256_tables) by apply tables_silent. now rewrite app_nil_r, terms_flat_map.
    - replace (sha_rows c) with 0%nat by lia. reflexivity.
  Qed.
End Terms.
