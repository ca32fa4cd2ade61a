(* A row of the table of SHA-256: its words are a state, a block and the compression of both, and its terms in the sum of the
   memory say that it takes a request and replaces cells, if it is active. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Sha256 ShaPlan ShaDigits Machine Builder Capacities Circuit Meaning Ideal
  Linear Lookups Sizes Ranges Bag StepTuples ShaCircuit ShaLookups ShaWords ShaGates ShaRounds.
Import ListNotations.
Open Scope Z_scope.

(* An active row: its time, the addresses, the words, and the cells that it takes: those of the state and of the block, at
   earlier times. *)
Record compression := {
  at_time : Z; state_at : F; block_at : F; old_state : list Z; block_words : list Z; taken_cells : list Tup }.
Definition stored_at (t s : Z) (a v : F) : Tup := ((t, s, 1), a, v).
Definition taken_before (t : Z) (x z : Tup) : Prop :=
  let '((_, s, e), a, v) := x in exists t', - 2 ^ 20 <= t' <= t - 1 /\ z = ((t', s, e), a, v).
Definition cells_of (h : compression) (state : list Z) : list Tup :=
  cells_at (state_at h) state (stored_at (at_time h) HEAP) ++ cells_at (block_at h) (block_words h) (stored_at (at_time h) HEAP).
Definition compression_ok (h : compression) : Prop :=
  0 <= at_time h < 2 ^ 18 /\ Forall word (old_state h) /\ Forall word (block_words h) /\
  length (old_state h) = 8%nat /\ length (block_words h) = 16%nat /\ Forall2 (taken_before (at_time h)) (cells_of h (old_state h)) (taken_cells h).
Definition request_of (h : compression) : Tup := stored_at (at_time h) REQUEST (state_at h) (block_at h).
Definition compression_adds (h : compression) : list Tup := cells_of h (compress (old_state h) (block_words h)).
Definition compression_removes (h : compression) : list Tup := request_of h :: taken_cells h.

Section Row.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ok : ideal c (full_circuit c) x a.
  Hypothesis inverse : (#(2 ^ 32) * #INVERSE = #1)%F.
  Let one_is : a One = (#1)%F := one c _ x a ok.

  Section Words.
    Variable row : nat.
    Hypothesis included : incl (sha_row c row) (sha_items c).
    Let words := sha_words c row plan WORDS.
    Let number place := word_number (nth place words no_word).

    (* The words of a row are those of a compression. *)
    Theorem row_compresses : exists old block, Forall word old /\ Forall word block /\ length old = 8%nat /\ length block = 16%nat /\
      (forall i, (i < 8)%nat -> eval a (number (state_place i)) = (#(nth i old 0))%F) /\
      (forall i, (i < 16)%nat -> eval a (number (schedule_place i)) = (#(nth i block 0))%F) /\
      (forall i, (i < 8)%nat -> eval a (number (nth i result_places 0%nat)) = (#(nth i (compress old block) 0))%F).
    Proof.
      destruct (gates_stand c x a s ok inverse row plan [] [] [] WORDS 0) as (vals & (_ & _ & st) & follow).
      - split; [reflexivity|]. split; [reflexivity|]. cbn [length]. intros; lia.
      - exact plan_ok.
      - intros i hi. apply included. unfold sha_row. apply in_or_app. now left.
      - cbn [app] in st. fold words in st.
        assert (value : forall k, (k < count_of_words)%nat -> eval a (number k) = (#(value_at vals k))%F).
        { intros k hk. rewrite <- plan_count in hk. destruct (st k hk) as (_ & e & _). exact e. }
        assert (at_ : forall l i, (i < length l)%nat -> nth i (map (value_at vals) l) 0 = value_at vals (nth i l 0%nat)).
        { intros l i hi. rewrite (nth_indep _ 0 (value_at vals 0)) by (now rewrite map_length). apply map_nth. }
        exists (map (value_at vals) (seq 0 8)), (map (value_at vals) (map schedule_place (seq 0 16))).
        repeat apply conj.
        + apply Forall_forall. intros w hw. apply in_map_iff in hw. destruct hw as (k & <- & hk). apply in_seq in hk.
          apply (all_words vals follow). unfold count_of_words. lia.
        + apply Forall_forall. intros w hw. apply in_map_iff in hw. destruct hw as (k & <- & hk). apply in_map_iff in hk.
          destruct hk as (t & <- & ht). apply in_seq in ht. apply (all_words vals follow). unfold count_of_words, schedule_place. lia.
        + now rewrite map_length, seq_length.
        + now rewrite !map_length, seq_length.
        + intros i hi. rewrite at_ by (now rewrite seq_length). rewrite seq_nth by lia. apply value. unfold count_of_words, state_place. lia.
        + intros i hi. rewrite at_ by (now rewrite map_length, seq_length).
          rewrite (nth_indep _ 0%nat (schedule_place 0)) by (now rewrite map_length, seq_length). rewrite map_nth, seq_nth by lia.
          apply value. unfold count_of_words, schedule_place. lia.
        + intros i hi. rewrite map_map. change (map (fun t => value_at vals (schedule_place t)) (seq 0 16)) with (map (W vals) (seq 0 16)).
          rewrite (compressed vals follow). rewrite at_ by exact hi. apply value.
          assert (b : Forall (fun p => (p < count_of_words)%nat) result_places)
            by (repeat constructor; unfold count_of_words, a_place, e_place; lia).
          exact (proj1 (Forall_forall _ _) b _ (nth_In result_places 0%nat hi)).
    Qed.
  End Words.
End Row.
