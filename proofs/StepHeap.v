(* Rows that load from the heap and store into it. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces Step.
Import ListNotations.
Open Scope Z_scope.

Lemma address_word z : word z -> address z = true.
Proof. intros [h1 h2]. unfold address. apply andb_true_intro. split; [now apply Z.leb_le|now apply Z.ltb_lt]. Qed.
(* The top and a distance make a word only if the top is a word: the value of an empty stack is too large. *)
Lemma base_address st d z : Forall word st -> - 2 ^ 31 <= d < 2 ^ 31 -> word z -> (top_of st + ofZ d)%F = ofZ z ->
  exists a st', st = a :: st' /\ a + d = z.
Proof.
  intros ws hd hz e. unfold word in hz. destruct st as [|a st]; cbn [top_of] in e; rewrite <- ofZ_add in e.
  - unfold EMPTY in e. apply ofZ_inj in e; lia.
  - pose proof (Forall_inv ws) as wa. unfold word in wa. cbn beta in wa. exists a, st. split; [reflexivity|].
    apply ofZ_inj in e; lia.
Qed.

Section Heap.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).
  Notation now := (Z.of_nat i + 1).

  Lemma step_load a : given (RLoad a) -> becomes (RLoad a).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok.
    destruct sp as (_ & x & y & e & (t & _ & ->) & (t' & _ & ->) & hu & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (heap_load M h _ t' e rz rh hu hr my) as (z & hz & ez & em & rh'). specialize (rh' now).
    apply word_inj in ez; [subst z|assumption..].
    destruct (stack_push M _ _ st t rz rs ltac:(lia) hr) as [fr rs'].
    split; run_memory; [split; [free_cell|split; [free_cell|exact I]]|].
    exists 0, (mk (p + 1) (rz :: st) cs h f o ip). split; [cbn [row_exec]; now rewrite em|]. split; [apply word_0|].
    relate nx rs' rc rh' ro ri. next_pc here epc.
  Qed.
  Lemma step_store a : given (RStore a) -> becomes (RStore a).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok.
    destruct sp as (_ & fill & y & z0 & e & (t & _ & ->) & (t' & _ & ->) & hu & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. pose proof (held _ (or_intror (or_introl eq_refl))) as mz. cbn [key] in my, mz.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (v & st' & -> & tv & wv & tf & rs'). rewrite tv in *.
    destruct (heap_store M h _ _ v rh wv mz) as (z & hz & ez & rh'). specialize (rh' now).
    apply word_inj in ez; [subst z|assumption..]. split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) st' cs (store h a v) f o ip). split; [reflexivity|]. split; [apply word_0|].
    relate nx rs' rc rh' ro ri. next_pc here epc.
  Qed.
  (* Where the stack is empty, the heap would hold the value of an empty stack. *)
  Lemma step_tee a : given (RTee a) -> becomes (RTee a).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (_ & z0 & e & (t' & _ & ->) & hu & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as mz. cbn [key] in mz.
    destruct st as [|v st].
    { exfalso. apply (noempty _ (or_introl eq_refl) eq_refl). exact (s_top _ _ _ _ rs). }
    pose proof (s_top _ _ _ _ rs : c_top r = ofZ v) as tv. pose proof (Forall_inv (s_words _ _ _ _ rs)) as wv.
    cbn beta in wv. rewrite tv in *.
    destruct (heap_store M h _ _ v rh wv mz) as (z & hz & ez & rh'). specialize (rh' now).
    apply word_inj in ez; [subst z|assumption..]. split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) (v :: st) cs (store h a v) f o ip). split; [reflexivity|]. split; [apply word_0|].
    relate nx rs rc rh' ro ri. next_pc here epc.
  Qed.
  Lemma step_loadx d : given (RLoadx d) -> becomes (RLoadx d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (_ & y & e & (t' & _ & ->) & hu & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (heap_load M h _ t' e rz rh hu hr my) as (z & hz & ez & em & rh'). specialize (rh' now).
    pose proof ez as ea. rewrite (s_top _ _ _ _ rs) in ea.
    destruct (base_address st d z (s_words _ _ _ _ rs) ok hz ea) as (a & st' & -> & az).
    pose proof (stack_top M _ _ a st' rz rs hr) as rs'. split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) (rz :: st') cs h f o ip). split; [cbn [row_exec]; now rewrite az, (address_word z hz), em|].
    split; [apply word_0|].
    relate nx rs' rc rh' ro ri. next_pc here epc.
  Qed.
  Lemma step_put d : given (RPut d) -> becomes (RPut d).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok.
    destruct sp as (_ & fill & y & z0 & e & (t & _ & ->) & (t' & _ & ->) & hu & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. pose proof (held _ (or_intror (or_introl eq_refl))) as mz. cbn [key] in my, mz.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (v & st' & -> & tv & wv & tf & rs'). rewrite tv in *.
    destruct (heap_store M h _ _ v rh wv mz) as (z & hz & ez & rh'). specialize (rh' now).
    pose proof ez as ea. rewrite tf in ea.
    destruct (base_address st' d z (s_words _ _ _ _ rs') ok hz ea) as (a & st2 & -> & az).
    split; run_memory; [split; [free_cell|exact I]|].
    exists 0, (mk (p + 1) (a :: st2) cs (store h z v) f o ip).
    split; [cbn [row_exec]; now rewrite az, (address_word z hz)|]. split; [apply word_0|].
    relate nx rs' rc rh' ro ri. next_pc here epc.
  Qed.
End Heap.
