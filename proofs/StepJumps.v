(* Rows that jump, call and return, and HALT. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces Step.
Import ListNotations.
Open Scope Z_scope.

Section Jumps.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).

  Lemma step_jmp d : given (RJmp d) -> becomes (RJmp d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok. destruct sp as (_ & -> & -> & nx).
    split; run_memory; [exact I|].
    exists 0, (mk (p + 1 + d) st cs h f o ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs rc rh ro ri.
    next_pc here epc.
  Qed.
  Lemma step_popjmp d : given (RPopJmp d) -> becomes (RPopJmp d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok.
    destruct sp as (_ & fill & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (a & st' & -> & ta & wa & tf & rs'). split; run_memory; [exact I|].
    exists 0, (mk (p + 1 + d) st' cs h f o ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs' rc rh ro ri.
    next_pc here epc.
  Qed.

  (* A test of the top, which is a word. *)
  Lemma zero_test a (x y : F) : word a -> (if F_eq_dec (ofZ a) (ofZ 0) then x else y) = if a =? 0 then x else y.
  Proof.
    intro wa. destruct (F_eq_dec _ _) as [e|e], (Z.eqb_spec a 0) as [z|z]; try reflexivity; [|now subst a].
    apply word_inj in e; [easy|exact wa|apply word_0].
  Qed.
  Lemma step_jz d : given (RJz d) -> becomes (RJz d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok.
    destruct sp as (_ & fill & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (a & st' & -> & ta & wa & tf & rs'). split; run_memory; [exact I|].
    rewrite ta, zero_test in nx by exact wa.
    exists 0, (mk (if a =? 0 then p + 1 + d else p + 1) st' cs h f o ip).
    split; [cbn [row_exec]; now destruct (a =? 0)|]. split; [apply word_0|]. relate nx rs' rc rh ro ri.
    - destruct (a =? 0); next_pc here epc.
    - destruct (a =? 0); lia.
  Qed.
  Lemma step_jnz d : given (RJnz d) -> becomes (RJnz d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok.
    destruct sp as (_ & fill & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (a & st' & -> & ta & wa & tf & rs'). split; run_memory; [exact I|].
    rewrite ta, zero_test in nx by exact wa.
    exists 0, (mk (if a =? 0 then p + 1 else p + 1 + d) st' cs h f o ip).
    split; [cbn [row_exec]; now destruct (a =? 0)|]. split; [apply word_0|]. relate nx rs' rc rh ro ri.
    - destruct (a =? 0); next_pc here epc.
    - destruct (a =? 0); lia.
  Qed.

  (* A test of the carry flag. *)
  Lemma flag_test (f : bool) (x y : F) : (if F_eq_dec (ofB f) (ofZ 0) then x else y) = if f then y else x.
  Proof.
    destruct f; cbn [ofB]; destruct (F_eq_dec _ _) as [e|e]; try reflexivity; [now apply one_zero in e|now contradiction e].
  Qed.
  Lemma step_jc d : given (RJc d) -> becomes (RJc d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok. destruct sp as (_ & -> & -> & nx).
    split; run_memory; [exact I|].
    rewrite rf, flag_test in nx. exists 0, (mk (if f then p + 1 + d else p + 1) st cs h f o ip).
    split; [cbn [row_exec]; now destruct f|]. split; [apply word_0|]. relate nx rs rc rh ro ri.
    - destruct f; next_pc here epc.
    - destruct f; lia.
  Qed.
  Lemma step_jnc d : given (RJnc d) -> becomes (RJnc d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok. destruct sp as (_ & -> & -> & nx).
    split; run_memory; [exact I|].
    rewrite rf, flag_test in nx. exists 0, (mk (if f then p + 1 else p + 1 + d) st cs h f o ip).
    split; [cbn [row_exec]; now destruct f|]. split; [apply word_0|]. relate nx rs rc rh ro ri.
    - destruct f; next_pc here epc.
    - destruct f; lia.
  Qed.

  Lemma step_call d : given (RCall d) -> becomes (RCall d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. unfold distance_ok in ok.
    destruct sp as (_ & x & (t & _ & ->) & -> & -> & nx).
    destruct (calls_push M _ cs t (p + 1) rc ltac:(lia) ltac:(lia)) as [fr rc'].
    assert (e : (c_pc r + ofZ 1)%F = ofZ (p + 1)) by (rewrite rp; now rewrite ofZ_add). rewrite e in *.
    split; run_memory; [now split|].
    exists 0, (mk (p + 1 + d) st (p + 1 :: cs) h f o ip). split; [reflexivity|]. split; [apply word_0|].
    relate nx rs rc' rh ro ri.
    now rewrite (ofZ_add (p + 1)).
  Qed.
  Lemma step_ret : given RRet -> becomes RRet.
  Proof.
    intro S. open_situation S. destruct sp as (_ & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (calls_pop M _ cs t 1 rz rc hr my) as (cs' & -> & rc'). split; run_memory; [exact I|].
    exists 0, (mk rz st cs' h f o ip). split; [reflexivity|]. split; [apply word_0|]. unfold word in hr.
    relate nx rs rc' rh ro ri.
  Qed.

  (* HALT is no step, and leaves everything as it is. *)
  Lemma step_halt : given RHalt -> Ad = [] /\ Rm = [] /\ rel M (S i) n s.
  Proof.
    intro S. open_situation S. destruct sp as (_ & -> & -> & nx). split; [reflexivity|]. split; [reflexivity|].
    relate nx rs rc rh ro ri.
  Qed.
End Jumps.
Arguments step_halt {_ _ _ _ _ _ _ _ _ _}.
