(* The questions of all step rows are answered rightly, in the form that `evidence` asks for. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal Linear Lookups Sizes Ranges
  Fetch RowEquations RowPorts RowMeans CoprocessorTuples Coprocessor Bag.
Import ListNotations.
Open Scope Z_scope.

(* A question with a right answer is answered. *)
Lemma answers_answered q : CoprocessorTuples.answers q -> Bag.answered q.
Proof.
  intros right o n cb A B rz e hA hB hr hn zero.
  assert (h : computed (UCop o) n rz (#A)%F (#B)%F cb (Some q)) by (cbn [computed]; now rewrite e).
  destruct (question_answered o n rz A B cb q h right hr hn hA hB zero) as (wA & wB & res). split; [exact res|]. now split.
Qed.

Section Answers.
  Variable c : capacities.
  Variable all : circuit.
  Variable others : list item.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ext : extends c all others a.
  Hypothesis outside : Forall in_no_coprocessor others.
  Hypothesis claimed : claim_ok c x.
  Hypothesis ok : ideal c all x a.
  Let one_is : a One = (#1)%F := one c all x a ok.

  (* What a row's only term in the sum of the coprocessors says: whether the row asks, and what. *)
  Lemma question_term_says i t q : terms a CoprocessorSum (row_items c i) = [t] -> RowPorts.asks t q ->
    match q with
    | Some y => Coprocessor.asks c a i = (#1)%F /\ question_of c a i = y
    | None => Coprocessor.asks c a i = (#0)%F
    end.
  Proof.
    rewrite coprocessor_terms. intro h. apply (f_equal (hd t)) in h. cbn [hd] in h. subst t. unfold Coprocessor.asks.
    destruct q as [y|]; cbn [RowPorts.asks fst].
    - intro e. apply pair_equal_spec in e. destruct e as [e1 e2]. split.
      + apply (lin _ _ _ _ e1). ring.
      + rewrite value_single, eval_question in e2. apply pair_equal_spec in e2. destruct e2 as [e2 _].
        apply pair_equal_spec in e2. destruct e2 as [<- _]. unfold question_of, at_. now rewrite eval_minus, !eval_v.
    - intro e. apply (lin _ _ _ _ e). ring.
  Qed.
  Lemma asks_bit i : (i < rows c)%nat -> bit_numerator (Coprocessor.asks c a i).
  Proof.
    intro hi. destruct (Nat.eq_dec (S i) (rows c)) as [last|more].
    - destruct (last_row_means c all others x a s ext claimed ok i last) as (_ & _ & _ & _ & t & et & at_). left.
      exact (question_term_says i t None et at_).
    - destruct (row_means c all others x a s ext claimed ok i ltac:(lia))
        as (_ & _ & _ & _ & _ & q & _ & _ & _ & _ & _ & _ & _ & _ & t & et & at_).
      pose proof (question_term_says i t q et at_) as h. destruct q; [right; apply h|left; exact h].
  Qed.

  Theorem row_answered i t q : (i < rows c)%nat -> terms a CoprocessorSum (row_items c i) = [t] ->
    RowPorts.asks t (Some q) -> Bag.answered q.
  Proof.
    intros hi et at_. destruct (question_term_says i t (Some q) et at_) as [asks <-].
    apply answers_answered. exact (question_answers c all others x a s ext outside ok asks_bit i hi asks).
  Qed.
End Answers.
