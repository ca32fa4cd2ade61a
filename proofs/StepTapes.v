(* Rows that read the public input and write the public output. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces Step.
Import ListNotations.
Open Scope Z_scope.

Section Tapes.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).

  Lemma step_read : given RRead -> becomes RRead.
  Proof.
    intro S. open_situation S. destruct sp as (_ & x & y & e & (t & _ & ->) & (t' & _ & ->) & _ & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (in_take M _ ip t' e rz ri hr my) as (ip' & -> & ri').
    destruct (stack_push M _ _ st t rz rs ltac:(lia) hr) as [fr rs']. split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) (rz :: st) cs h f o ip'). split; [reflexivity|]. split; [apply word_0|]. relate nx rs' rc rh ro ri'.
    next_pc here epc.
  Qed.
  Lemma step_write : given RWrite -> becomes RWrite.
  Proof.
    intro S. open_situation S. destruct sp as (_ & fill & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (a & st' & -> & ta & wa & tf & rs').
    destruct (out_push M _ o a ro ltac:(lia) wa) as [fr ro']. rewrite ta in *.
    split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) st' cs h f (a :: o) ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs' rc rh ro' ri.
    next_pc here epc.
  Qed.
End Tapes.
