(* Rows that work on the stack alone: PUSH, POP, DUP, SWAP, SECRET, NOP. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces Step.
Import ListNotations.
Open Scope Z_scope.

Section Stack.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).

  Lemma step_push v : given (RPush v) -> becomes (RPush v).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (_ & x & (t & _ & ->) & -> & -> & nx).
    destruct (stack_push M _ _ st t v rs ltac:(lia) ok) as [fr rs']. split; run_memory; [now split|].
    exists 0, (mk (p + 1) (v :: st) cs h f o ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs' rc rh ro ri.
    next_pc here epc.
  Qed.
  Lemma step_secret : given RSecret -> becomes RSecret.
  Proof.
    intro S. open_situation S. destruct sp as (_ & x & (t & _ & ->) & -> & -> & nx).
    destruct (stack_push M _ _ st t rz rs ltac:(lia) hr) as [fr rs']. split; run_memory; [now split|].
    exists rz, (mk (p + 1) (rz :: st) cs h f o ip). split; [reflexivity|]. split; [exact hr|]. relate nx rs' rc rh ro ri.
    next_pc here epc.
  Qed.
  Lemma step_nop : given RNop -> becomes RNop.
  Proof.
    intro S. open_situation S. destruct sp as (_ & -> & -> & nx). split; run_memory; [exact I|].
    exists 0, (mk (p + 1) st cs h f o ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs rc rh ro ri.
    next_pc here epc.
  Qed.
  Lemma step_pop : given RPop -> becomes RPop.
  Proof.
    intro S. open_situation S. destruct sp as (_ & fill & y & (t & _ & ->) & -> & -> & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (a & st' & -> & ta & wa & tf & rs'). split; run_memory; [exact I|].
    exists 0, (mk (p + 1) st' cs h f o ip). split; [reflexivity|]. split; [apply word_0|]. relate nx rs' rc rh ro ri.
    next_pc here epc.
  Qed.

  (* A top that is a word with a carry is the word. *)
  Lemma top_word top st cb : top = top_of st -> Forall word st -> word rz -> top = ofZ (rz - 2 ^ 32 * z_of cb) ->
    exists st', st = rz :: st'.
  Proof.
    intros et ws hr e. rewrite et in e. unfold word in *.
    destruct st as [|a st']; cbn [top_of] in e.
    - unfold EMPTY in e. apply ofZ_inj in e; destruct cb; cbn [z_of] in *; lia.
    - pose proof (Forall_inv ws) as wa. cbn beta in wa. exists st'. f_equal.
      apply ofZ_inj in e; destruct cb; cbn [z_of] in *; lia.
  Qed.

  Lemma step_dup z : given (RDup z) -> becomes (RDup z).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (_ & sp). destruct (Z.eqb_spec z 0) as [->|nz].
    - destruct sp as (x & cb & (t & _ & ->) & -> & -> & et & nx).
      destruct (top_word _ _ cb (s_top _ _ _ _ rs) (s_words _ _ _ _ rs) hr et) as [st' ->].
      destruct (stack_push M _ _ _ t rz rs ltac:(lia) hr) as [fr rs']. split; run_memory; [now split|].
      exists 0, (mk (p + 1) (rz :: rz :: st') cs h f o ip). split; [reflexivity|]. split; [apply word_0|].
      rewrite <- (s_top _ _ _ _ rs : c_top r = ofZ rz) in rs'. relate nx rs' rc rh ro ri. next_pc here epc.
    - destruct sp as (x & y & e & (t & _ & ->) & (t' & _ & ->) & _ & -> & -> & nx). unfold word in ok.
      pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
      destruct (stack_read M _ _ st t' (Z.of_nat i + 1) e z rz rs ltac:(lia) hr my) as (en & apart & rs1).
      destruct (stack_push _ _ _ st t rz rs1 ltac:(lia) hr) as [fr rs'].
      assert (free : M (STACK, c_depth r) = None) by (apply (stack_push M _ _ st t rz rs); [lia|exact hr]).
      split; run_memory.
      + unfold Memory.put, Memory.del. cbn [key]. rewrite !kd_same, feq_refl.
        destruct (F_eq_dec _ (c_depth r)) as [a|_]; [now apply apart in a|]. split; [exact free|].
        destruct (F_eq_dec (c_depth r) _) as [a|_]; [now apply eq_sym, apart in a|]. split; [reflexivity|exact I].
      + exists 0, (mk (p + 1) (rz :: st) cs h f o ip). cbn [row_exec]. rewrite en. split; [reflexivity|]. split; [apply word_0|].
        eapply stack_agree in rs'; [|apply agree_swap; cbn [key]; intro a; injection a as a; exact (apart a)].
        relate nx rs' rc rh ro ri. next_pc here epc.
  Qed.

  Lemma step_swap z : given (RSwap z) -> becomes (RSwap z).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (_ & sp). destruct (Z.eqb_spec z 0) as [->|nz].
    - destruct sp as (cb & -> & -> & et & nx).
      destruct (top_word _ _ cb (s_top _ _ _ _ rs) (s_words _ _ _ _ rs) hr et) as [st' ->]. split; run_memory; [exact I|].
      exists 0, (mk (p + 1) (rz :: st') cs h f o ip). split; [reflexivity|]. split; [apply word_0|].
      relate nx rs rc rh ro ri. next_pc here epc.
    - destruct sp as (y & e & (t' & _ & ->) & _ & -> & -> & nx). unfold word in ok.
      pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
      destruct (stack_exchange M _ _ st t' (Z.of_nat i + 1) e z rz rs ltac:(lia) hr my) as (a & rest & -> & en & rs').
      split; run_memory.
      + unfold Memory.del. cbn [key]. rewrite kd_same, feq_refl. now split.
      + exists 0, (mk (p + 1) (replace (replace (a :: rest) (Z.to_nat z) a) 0 rz) cs h f o ip).
        cbn [row_exec]. rewrite en. split; [reflexivity|]. split; [apply word_0|].
        assert (same : length (replace (replace (a :: rest) (Z.to_nat z) a) 0 rz) = length (a :: rest)) by
          (now rewrite !replace_length).
        relate nx rs' rc rh ro ri. next_pc here epc.
  Qed.
End Stack.
