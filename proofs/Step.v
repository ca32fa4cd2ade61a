(* When a memory and a row's columns are those of a state of the machine, and what is to be shown of a row: that from its
   meaning, and from what the memory holds, it is one step. StepStack.v to StepSha.v show it, kind of row by kind of row. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces.
Import ListNotations.
Open Scope Z_scope.

Record rel (M : mem) (i : nat) (r : columns) (s : state) : Prop := {
  at_pc : c_pc r = ofZ (pc s); near_pc : Z.abs (pc s) < 2 ^ 41;
  at_stack : stack_ok M (c_depth r) (c_top r) (stack s);
  at_calls : calls_ok M (c_calls r) (calls s);
  at_heap : heap_ok M (heap s);
  at_flag : c_flag r = ofB (flag s);
  at_output : out_ok M (c_written r) (out s);
  at_input : in_ok M (c_read r) (inp s);
  at_most : Z.of_nat (length (stack s)) <= Z.of_nat i /\ Z.of_nat (length (calls s)) <= Z.of_nat i /\
    Z.of_nat (length (out s)) <= Z.of_nat i }.

(* What a step is shown from: row i, at position j, with its meaning, in the state s; the memory M holds what it removes, once
   each; questions are answered; no row puts the value of an empty stack into the heap. *)
Record situation (M : mem) (i : nat) (s : state) (m : row_op) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup)
  (question : option F) : Prop := {
  early : Z.of_nat i < 2 ^ 17;
  position : Z.of_nat j < 2 ^ 17;
  column_pc : c_pc r = ofZ (Z.of_nat j);
  operand : row_ok m;
  result_word : word rz;
  meaning : step_meaning m i rz r n Ad Rm question;
  related : rel M i r s;
  held : forall x, In x Rm -> M (key x) = Some x;
  once : NoDup Rm;
  answer : forall q, question = Some q -> answered q;
  no_empty : forall x, In x Ad -> space_of x = HEAP -> value_in x <> ofZ EMPTY }.

(* What is added goes to free cells, and the machine of rows steps to a state that is that of the next row. *)
Definition outcome (M : mem) (i : nat) (s : state) (m : row_op) (n : columns) (Ad Rm : list Tup) : Prop :=
  mfresh (mdels M Rm) Ad /\
  exists w s', row_exec m s w = Some s' /\ word w /\ rel (mputs (mdels M Rm) Ad) (S i) n s'.

Lemma word_0 : word 0.
Proof. unfold word. lia. Qed.

(* The position of a row is the state's. *)
Lemma pc_is {M i s m j rz r n Ad Rm q} : situation M i s m j rz r n Ad Rm q -> pc s = Z.of_nat j.
Proof.
  intros [_ hj e _ _ _ [h1 h2] _ _ _ _]. rewrite e in h1. apply ofZ_inj in h1; [easy|lia].
Qed.

(* A memory that was changed in other spaces only. *)
Ltac not_here := unfold space_of, stored, STACK, CALL_STACK, INPUT, OUTPUT, HEAP, REQUEST; cbn [fst snd]; lia.
Ltac elsewhere := repeat first [apply agree_refl | apply agree_put; [not_here|] | apply agree_del; [not_here|]
  | apply agree_put_both | apply agree_del_both].
Ltac kept h := first [exact h | eapply stack_agree; [|exact h]; elsewhere | eapply calls_agree; [|exact h]; elsewhere
  | eapply heap_agree; [|exact h]; elsewhere | eapply out_agree; [|exact h]; elsewhere | eapply in_agree; [|exact h]; elsewhere].

(* Takes a situation apart; the state becomes mk p st cs h f o ip. *)
Ltac open_situation S :=
  pose proof (pc_is S) as here;
  destruct S as [hi hj epc ok hr sp R held once ans noempty];
  destruct R as [rp rn rs rc rh rf ro ri (l1 & l2 & l3)];
  match goal with s : state |- _ => destruct s as [p st cs h f o ip] end;
  cbn [pc stack calls heap flag out inp] in *.
Ltac free_cell := unfold Memory.put, Memory.del; cbn [key]; rewrite ?kd_same, ?feq_refl; repeat (rewrite kd_diff by discriminate);
  rewrite ?kd_same, ?feq_refl; first [reflexivity|assumption].
Ltac run_memory := cbn [Memory.dels Memory.puts fold_left Memory.fresh key stored].
(* The next state is related: from the parts that a row leaves. *)
Lemma rel_next M i n pc' depth number read written flag' top p st cs h (f : bool) o ip :
  next_row n pc' depth number read written flag' top -> pc' = ofZ p -> Z.abs p < 2 ^ 41 -> stack_ok M depth top st ->
  calls_ok M number cs -> heap_ok M h -> flag' = ofB f -> out_ok M written o -> in_ok M read ip ->
  Z.of_nat (length st) <= Z.of_nat i /\ Z.of_nat (length cs) <= Z.of_nat i /\ Z.of_nat (length o) <= Z.of_nat i ->
  rel M i n (mk p st cs h f o ip).
Proof. intros (<- & <- & <- & <- & <- & <- & <-). intros. now constructor. Qed.
Ltac relate nx rs rc rh ro ri :=
  eapply rel_next; [exact nx | | | kept rs | kept rc | kept rh | | kept ro | kept ri | ]; try (cbn [length] in *; lia);
    try congruence.
Ltac next_pc here epc := rewrite epc, <- here, ?ofZ_add; reflexivity.
