(* The secret words of a run, read off the columns of a committed block.

   A row that fetches SECRET leaves its word on top of the stack, in the next row's column TOP. So the block alone says which
   words its run takes: at each row but the last, PC says whether the row is SECRET, and the next row's TOP is then the word.
   Rows after the one that halts are HALT too, so they give no word. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Circuit Cells.
Import ListNotations.
Open Scope Z_scope.

Section Secrets.
  Variable R : list (option row_op).

  (* Whether a value of PC is the position of SECRET in the table. *)
  Definition secret_at (value : F) (j : nat) : bool :=
    match nth_error R j with
    | Some (Some RSecret) => if F_eq_dec value (#(Z.of_nat j))%F then true else false
    | _ => false
    end.
  Definition takes_secret (value : F) : bool := existsb (secret_at value) (seq 0 (length R)).

  (* What the first n rows take, from the values of PC and TOP at each row. *)
  Definition secret_of_row (pc top : nat -> F) (i : nat) : list F := if takes_secret (pc i) then [top (S i)] else [].
  Definition secrets_taken (pc top : nat -> F) (n : nat) : list F := flat_map (secret_of_row pc top) (seq 0 n).

  (* PC at the position of an entry: the row takes a word if and only if the entry is SECRET. *)
  Lemma takes_secret_at j m value : Z.of_nat (length R) < 2 ^ 24 -> nth_error R j = Some (Some m) ->
    value = ofZ (Z.of_nat j) -> takes_secret value = match m with RSecret => true | _ => false end.
  Proof.
    intros short e ->. assert (lt : (j < length R)%nat) by (apply nth_error_Some; congruence).
    assert (same : secret_at (ofZ (Z.of_nat j)) j = match m with RSecret => true | _ => false end).
    { unfold secret_at. rewrite e. destruct (F_eq_dec _ _) as [_|ne]; [now destruct m|now destruct ne]. }
    assert (only : forall k, In k (seq 0 (length R)) -> secret_at (ofZ (Z.of_nat j)) k = true -> k = j).
    { intros k i h. apply in_seq in i. unfold secret_at in h. destruct (nth_error R k) as [[[]|]|]; try discriminate h.
      destruct (F_eq_dec _ _) as [at_k|_]; [|discriminate h]. apply ofZ_inj in at_k; lia. }
    unfold takes_secret. rewrite <- same. apply eq_true_iff_eq. rewrite existsb_exists. split.
    - intros (k & i & h). pose proof (only k i h). now subst k.
    - intro h. exists j. split; [apply in_seq; lia|exact h].
  Qed.

  Lemma secrets_taken_S pc top n : secrets_taken pc top (S n) = secrets_taken pc top n ++ secret_of_row pc top n.
  Proof. unfold secrets_taken. rewrite seq_S, flat_map_app. cbn [flat_map Nat.add]. now rewrite app_nil_r. Qed.
  (* Only the values of PC and TOP matter. *)
  Lemma secrets_taken_ext pc top pc' top' n : (forall i, pc i = pc' i) -> (forall i, top i = top' i) ->
    secrets_taken pc top n = secrets_taken pc' top' n.
  Proof. intros p t. apply flat_map_ext. intro i. unfold secret_of_row. now rewrite p, t. Qed.

  (* What a committed block of T step rows takes. *)
  Definition secret_columns (T : nat) (w : block -> nat -> nat -> F) : list F :=
    secrets_taken (fun i => w Step i PC) (fun i => w Step i TOP) (T - 1).
  (* `secret` is the list of words that the block takes. *)
  Definition reads_secret (T : nat) (w : block -> nat -> nat -> F) (secret : list Z) : Prop :=
    Forall word secret /\ map ofZ secret = secret_columns T w.

  (* There is no other: the block determines the words. *)
  Theorem one_secret T w secret secret' : reads_secret T w secret -> reads_secret T w secret' -> secret = secret'.
  Proof.
    intros [words e] [words' e']. rewrite <- e in e'. clear e. revert secret' words' e'.
    induction words as [|z secret hz _ IH]; intros [|z' secret'] words' e; try discriminate e; [reflexivity|].
    cbn [map] in e. injection e as ez e. apply Forall_cons_iff in words'. destruct words' as [hz' words'].
    f_equal; [now apply word_inj|now apply IH].
  Qed.
  (* Blocks with the same columns take the same words. *)
  Lemma reads_secret_ext T w w' secret : (forall row column, w Step row column = w' Step row column) ->
    reads_secret T w secret -> reads_secret T w' secret.
  Proof. intros same [words e]. split; [exact words|]. rewrite e. now apply secrets_taken_ext. Qed.
End Secrets.
