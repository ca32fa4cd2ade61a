(* The coprocessor tuple a + 2^36 c + 2^40 result + 2^76 op + 2^112 b: within bounds it is read in one way.

   So it is enough to show of each row of the tables that its tuple is right: its fields are integers within bounds, and
   if op is the number of an operation, then the result is that of the operation. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Circuit Meaning Ideal Lookups Linear.
Import ListNotations.
Open Scope Z_scope.

Definition question (a c r op b : Z) : F := asked (#a)%F (#c)%F (#r)%F (#op)%F (#b)%F.
(* C after an operation of a coprocessor: only multiplication sets it. *)
Definition flag_of (o : cop) (c : Z) : option bool := match o with CMul => Some (c =? 1) | _ => None end.

(* A tuple with fields within bounds that answers every question which it can be taken for. *)
Record right (x : F) (a c r op b : Z) : Prop := {
  is_question : x = question a c r op b;
  bound_a : - 2 ^ 32 <= a < 2 ^ 33; bound_c : 0 <= c <= 1; bound_r : -4 <= r < 2 ^ 33; bound_op : 0 <= op < 2 ^ 32;
  bound_b : Z.abs b < 2 ^ 36;
  gives : forall o, op = number o -> 0 <= a -> b < 2 ^ 33 /\ operate (binop_of o) a b = Some (r, flag_of o c) }.
Definition answers (x : F) : Prop := exists a c r op b, right x a c r op b.

Lemma question_value a c r op b : question a c r op b = (#(a + 2 ^ 36 * c + 2 ^ 40 * r + 2 ^ 76 * op + 2 ^ 112 * b))%F.
Proof. unfold question, asked. now rewrite !ofZ_add, !ofZ_mul. Qed.

(* Fields within bounds are equal if the tuples are. *)
Lemma fields_apart a c r op b a' c' r' op' b' : Z.abs (a - a') < 2 ^ 35 -> Z.abs (c - c') <= 1 -> Z.abs (r - r') < 2 ^ 35 ->
  Z.abs (op - op') < 2 ^ 35 -> Z.abs (b - b') < 2 ^ 40 ->
  question a c r op b = question a' c' r' op' b' -> a = a' /\ c = c' /\ r = r' /\ op = op' /\ b = b'.
Proof.
  intros ha hc hr hop hb h. rewrite !question_value in h. apply ofZ_inj in h; [|lia].
  assert (hb' : b = b') by lia. assert (hop' : op = op') by lia. assert (hr' : r = r') by lia.
  assert (hc' : c = c') by lia. repeat split; lia.
Qed.

Lemma number_range o : 1 <= number o < 2 ^ 32.
Proof. destruct o; cbn; lia. Qed.

(* What is asked, with the word of the operand as a part of b. *)
Lemma asked_operand a c r op n b : asked a c r (#(op + 2 ^ 36 * n))%F (#b)%F = asked a c r (#op)%F (#(b + n))%F.
Proof. unfold asked. change (2 ^ 112) with (2 ^ 76 * 2 ^ 36). rewrite !ofZ_add, !ofZ_mul. ring. Qed.

(* A question whose tuple is that of a right row has the right answer. 2^33 is no word, and no question with it has an answer. *)
Theorem answer_right x o a c r n b : answers x -> x = asked (#a)%F (#c)%F (#r)%F (#(number o + 2 ^ 36 * n))%F (#b)%F ->
  0 <= a <= 2 ^ 33 -> 0 <= c <= 1 -> word r -> 0 <= b + n <= 2 ^ 33 ->
  a < 2 ^ 33 /\ b + n < 2 ^ 33 /\ operate (binop_of o) a (b + n) = Some (r, flag_of o c).
Proof.
  intros (a' & c' & r' & op' & b' & [e ba bc br bop bb g]) ex ha hc hr hb. rewrite asked_operand in ex. unfold word in hr.
  pose proof (number_range o) as hop. fold (question a c r (number o) (b + n)) in ex. rewrite e in ex.
  apply fields_apart in ex; try lia. destruct ex as (-> & -> & -> & -> & ->).
  destruct (g o eq_refl) as [gb ge]; [lia|]. split; [lia|]. split; [exact gb|exact ge].
Qed.

(* The value of a packed question. *)
Lemma eval_question s a op c r b :
  eval s (pack_question a op c r b) = asked (eval s a) (eval s c) (eval s r) (eval s op) (eval s b).
Proof. unfold pack_question, asked. rewrite !eval_app, !eval_scale. ring. Qed.

(* An item that answers questions answers with a right tuple. *)
Definition answers_rightly (s : assignment) (i : item) : Prop :=
  match i with Term CoprocessorSum _ _ t _ => exists x, Ideal.value_of s t = (x, #0, #0)%F /\ answers x | _ => True end.
Lemma without_answers s l : without CoprocessorSum l -> Forall (answers_rightly s) l.
Proof. apply Forall_impl. intros i h. destruct i; try exact I. cbn in h. now destruct s0. Qed.

(* The same for the question of a row (Meaning.v): its first word and the part of its second word that is no operand are
   registers, which hold a word or 2^33. *)
Theorem question_answered o n r first second carry q : computed (UCop o) n r (#first)%F (#second)%F carry (Some q) -> answers q ->
  word r -> word n -> word first \/ first = EMPTY -> word second \/ second = EMPTY -> n = 0 \/ second = 0 ->
  word first /\ word (second + n) /\
  operate (operation (UCop o)) first (second + n) = Some (r, match o with CMul => Some carry | _ => None end).
Proof.
  cbn [computed operation]. intros e right hr hn hf hs zero. injection e as e. unfold word, EMPTY in *.
  destruct (answer_right q o first (z_of carry) r n second right e) as (wf & ws & res); try lia; [destruct carry; cbn; lia|exact hr|].
  split; [lia|]. split; [lia|]. rewrite res. do 2 f_equal. unfold flag_of. destruct o; try reflexivity. now destruct carry.
Qed.
