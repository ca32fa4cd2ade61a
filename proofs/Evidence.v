(* What an ideal circuit gives to the simulation: the meaning of every row, and the memory as one equation of bags of
   tuples. A row of SHA256 and the row of the table that takes its request are one step. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Capacities Circuit Meaning Ideal Lookups Ranges
  RowEquations RowMeans Coprocessor Bag ShaCircuit ShaLookups ShaCompress ShaCells ShaBag ShaInverse
  HeapRows Leftovers MemoryTerms RightAnswers.
Import ListNotations.
Open Scope Z_scope.

(* The items of SHA-256 are in no sum of a coprocessor. *)
Lemma sha_in_no_coprocessor c : Forall in_no_coprocessor (sha_items c).
Proof.
  eapply Forall_impl; [|apply sha_shapes]. intros i h. destruct i as [| | | | | | |s' sign y t n]; try exact I.
  cbn [in_no_coprocessor].
  destruct h as [(h & _)|[->|(place & e & -> & _)]]; [|reflexivity|reflexivity]. now destruct s'.
Qed.

Section Evidence.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis claimed : claim_ok c x.
  Hypothesis ok : ideal c (full_circuit c) x a.
  Let ext : extends c (full_circuit c) (sha_items c) a := sha_extends c x a s ok.

  (* Each row but the last has the meaning of the entry that it fetches; the last adds and removes nothing. Questions are
     answered. *)
  Theorem rows_mean : exists adds removes question,
    (forall i, (S i < rows c)%nat -> exists j m rz,
      nth_error (table x) j = Some (Some m) /\ c_pc (columns_of a i) = (#(Z.of_nat j))%F /\ row_ok m /\ word rz /\
      row_meaning m i rz (columns_of a i) (columns_of a (S i)) (adds i) (removes i) (question i)) /\
    (forall i, S i = rows c -> adds i = [] /\ removes i = []) /\
    (forall i q, (S i < rows c)%nat -> question i = Some q -> Bag.answered q) /\
    (forall i, (i < rows c)%nat -> reads (terms a MemorySum (row_items c i)) (adds i) (removes i)).
  Proof.
    destruct (choice (fun i (t : list Tup * list Tup) (q : option F) =>
      ((S i < rows c)%nat -> exists j m rz,
        nth_error (table x) j = Some (Some m) /\ c_pc (columns_of a i) = (#(Z.of_nat j))%F /\ row_ok m /\ word rz /\
        row_meaning m i rz (columns_of a i) (columns_of a (S i)) (fst t) (snd t) q) /\
      (S i = rows c -> fst t = [] /\ snd t = []) /\
      (forall y, (S i < rows c)%nat -> q = Some y -> Bag.answered y) /\
      reads (terms a MemorySum (row_items c i)) (fst t) (snd t)) ([], []) None (rows c)) as (t & q & h).
    - intros i hi. destruct (Nat.eq_dec (S i) (rows c)) as [last|more].
      + destruct (last_row_means c _ _ x a s ext claimed ok i last) as (_ & _ & _ & re & _). exists ([], []), None.
        split; [intro; lia|]. split; [now intros _|]. split; [discriminate|exact re].
      + destruct (row_means c _ _ x a s ext claimed ok i ltac:(lia))
          as (j & m & rz & Ad & Rm & q & em & rok & pc & hr & _ & me & re & _ & t & et & at_).
        exists (Ad, Rm), q. split.
        { intros _. exists j, m, rz. exact (conj em (conj pc (conj rok (conj hr me)))). }
        split; [intro; lia|]. split; [|exact re].
        intros y _ ->. exact (row_answered c _ _ x a s ext (sha_in_no_coprocessor c) claimed ok i t y hi et at_).
    - exists (fun i => fst (t i)), (fun i => snd (t i)), q.
      split; [intros i hi; apply h; lia|]. split; [intros i hi; apply h; lia|].
      split; [intros i y hi; apply h; lia|]. intros i hi. now apply h.
  Qed.

  (* All terms of the sum of the memory, the statement's among them, as tuples. *)
  Lemma memory_reads adds removes address heap_last leftovers hs :
    (forall i, (i < rows c)%nat -> reads (terms a MemorySum (row_items c i)) (adds i) (removes i)) ->
    (forall h, (h < heap_rows c)%nat -> reads (terms a MemorySum (heap_items c h)) (heap_first address h) [heap_last h]) ->
    reads (terms a MemorySum (flat_map (leftover_items Stack STACK) (seq 0 (stack_rows c))) ++
      terms a MemorySum (flat_map (leftover_items Calls CALL_STACK) (seq 0 (call_rows c)))) [] leftovers ->
    reads (terms a MemorySum (sha_items c)) (flat_map compression_adds hs) (flat_map compression_removes hs) ->
    reads (terms a MemorySum (items (full_circuit c)) ++ statement_terms (input x) (output x) (heap_data x))
      ((tuples_upto adds (rows c) ++ tuples_upto (heap_first address) (heap_rows c) ++
        added_tuples (input x) (heap_data x)) ++
        flat_map compression_adds hs)
      ((tuples_upto removes (rows c) ++ tuples_upto (fun h => [heap_last h]) (heap_rows c) ++ leftovers ++
        removed_tuples (output x) (heap_data x)) ++ flat_map compression_removes hs).
  Proof.
    intros row_reads heap_reads left_reads sha_reads. cbn [items full_circuit]. rewrite terms_app, machine_memory.
    pose proof (reads_app _ _ _ _ _ _ (reads_flat _ _ _ _ row_reads) (reads_app _ _ _ _ _ _ (reads_flat _ _ _ _ heap_reads)
      (reads_app _ _ _ _ _ _ left_reads (reads_app _ _ _ _ _ _ sha_reads
        (reads_statement (input x) (output x) (heap_data x)))))) as re.
    rewrite <- !app_assoc in *. intro y. rewrite (re y). f_equal. rewrite !map_app, !cnt_app. cbn [map].
    change (encoded_count [] y) with 0. lia.
  Qed.

  (* All together. *)
  Theorem circuit_evidence : exists adds removes question address heap_last leftovers,
    evidence x (rows c) (heap_rows c) (columns_of a) adds removes question address heap_last leftovers.
  Proof.
    destruct rows_mean as (adds & removes & question & step & last & answer & row_reads).
    destruct (heap_rows_mean c _ _ x a s ext ok) as (address & heap_last & increase & words & lasts & heap_reads).
    destruct (leftovers_mean c _ _ x a s ext ok) as (leftovers & lefts & few_left & left_reads).
    destruct (table_reads c x a s ok inverse) as (hs & hso & hsl & sha_reads).
    pose proof (memory_reads adds removes address heap_last leftovers hs row_reads heap_reads left_reads sha_reads)
      as all_reads.
    pose proof s as sizes. destruct sizes
      as (_ & _ & [some few] & [_ few_entries] & [_ few_cells] & _ & _ & _ & _ & _ & few_compressions).
    pose proof claimed as claim_parts. destruct claim_parts as (n1 & _ & dw & da & n2 & iw & ow & n3 & n4).
    destruct (bag_of_requests x (rows c) (heap_rows c) (columns_of a) adds removes question address heap_last leftovers hs _
      ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) ltac:(lia) step last lasts lefts hso all_reads
      (memory_closes _ _ _ _ ok)) as (adds' & removes' & step' & last' & bag').
    exists adds', removes', question, address, heap_last, leftovers. constructor; try assumption; try lia.
    - exact (first_row_means c _ _ x a ext ok).
    - intros i e. destruct (last_row_means c _ _ x a s ext claimed ok i e) as (j & em & pc & _). exists j.
      exact (conj em (conj pc (last' i e))).
  Qed.
End Evidence.
