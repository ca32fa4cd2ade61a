(* `evidence` is not contradictory: the three rows SECRET, WRITE, HALT, with one word of data that is never used. The secret
   word is 5, and the columns show it. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Ideal Bag Secrets.
Import ListNotations.
Open Scope Z_scope.

Definition a_claim : claim :=
  {| table := [Some RSecret; Some RWrite; Some RHalt]; heap_data := [(3, 9)]; input := []; output := [5] |}.
Definition some_columns (pc depth written top : Z) : columns :=
  {| c_pc := ofZ pc; c_depth := ofZ depth; c_calls := ofZ 0; c_read := ofZ 0; c_written := ofZ written; c_top := ofZ top;
     c_flag := ofZ 0 |}.
Definition a_row (i : nat) : columns :=
  match i with
  | 0%nat => some_columns 0 0 0 EMPTY
  | 1%nat => some_columns 1 1 0 5
  | _ => some_columns 2 0 1 EMPTY
  end.
Definition spilled : Tup := ((1, STACK, 1), ofZ 0, ofZ EMPTY).
Definition some_adds (i : nat) : list Tup :=
  match i with 0%nat => [spilled] | 1%nat => [((0, OUTPUT, 1), ofZ 0, ofZ 5)] | _ => [] end.
Definition some_removes (i : nat) : list Tup := match i with 1%nat => [spilled] | _ => [] end.

Example some_evidence : evidence a_claim 3 1 a_row some_adds some_removes (fun _ => None) (fun _ => 3)
  (fun _ => ((0, HEAP, 1), ofZ 3, ofZ 9)) [].
Proof.
  assert (minus_1 : (ofZ 1 - ofZ 1)%F = ofZ 0) by (rewrite <- ofZ_sub; reflexivity).
  constructor; cbn [table heap_data input output a_claim length].
  - lia.
  - lia.
  - lia.
  - lia.
  - lia.
  - apply Forall_nil.
  - apply Forall_cons; [unfold word; lia|apply Forall_nil].
  - apply Forall_cons; [unfold word; lia|apply Forall_nil].
  - cbn [map fst]. apply NoDup_cons; [intros []|apply NoDup_nil].
  - unfold next_row. cbn. now repeat split.
  - intros i hi. destruct i as [|[|i]]; [| |lia].
    + exists 0%nat, RSecret, 5. split; [reflexivity|]. split; [reflexivity|]. split; [exact I|].
      split; [unfold word; lia|].
      split; [reflexivity|]. exists spilled. split; [exists 1; split; [lia|reflexivity]|]. split; [reflexivity|].
      split; [reflexivity|].
      unfold next_row. cbn. rewrite <- !ofZ_add. now repeat split.
    + exists 1%nat, RWrite, 0. split; [reflexivity|]. split; [reflexivity|]. split; [exact I|]. split; [unfold word; lia|].
      split; [reflexivity|]. exists (ofZ EMPTY), spilled. split; [exists 1; split; [lia|]; cbn; now rewrite minus_1|].
      split; [reflexivity|]. split; [reflexivity|]. unfold next_row. cbn. rewrite minus_1, <- !ofZ_add. now repeat split.
  - intros i hi. assert (i = 2%nat) as -> by lia. exists 2%nat. now repeat split.
  - intros i q _ h. discriminate h.
  - intros h hh. lia.
  - intros h _. unfold word. lia.
  - intros h _. exists 0, 1, (ofZ 9). split; [reflexivity|]. split; [lia|]. split; [now right|]. unfold EMPTY. intro e.
    apply ofZ_inj in e; lia.
  - apply Forall_nil.
  - intro y. cbn [upto some_adds some_removes heap_first added_tuples removed_tuples app map combine seq length Z.of_nat].
    unfold spilled. rewrite !cnt_cons. repeat (destruct (Tup_dec _ _)); try lia; congruence.
Qed.

Example its_secret : secrets_taken (table a_claim) (fun i => c_pc (a_row i)) (fun i => c_top (a_row i)) 2 = [ofZ 5].
Proof.
  unfold secrets_taken, secret_of_row. cbn [seq flat_map].
  rewrite (takes_secret_at _ 0 RSecret), (takes_secret_at _ 1 RWrite); reflexivity.
Qed.
