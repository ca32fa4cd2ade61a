(* What the instructions look like that each function of Groups.v finds. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Groups.
Import ListNotations.
Open Scope Z_scope.

(* From `Some x = Some (k, y)`: the parts. `injection` would compute with numbers. *)
Lemma some_pair {A B} (k k' : A) (y y' : B) : Some (k, y) = Some (k', y') -> k' = k /\ y' = y.
Proof. intro e. split; congruence. Qed.

(* An operation on the top and a fixed word. *)
Lemma with_word_cases l k x : with_word l = Some (k, x) ->
  (exists n o o' more, l = PUSH n :: SWAP 1 :: BIN o :: more /\ mirrored o = Some o' /\ k = 3%nat /\ x = leftward o' n) \/
  (exists n o more, l = PUSH n :: BIN o :: more /\ k = 2%nat /\ x = leftward o n) \/
  (exists more, l = NOT :: more /\ k = 1%nat /\ x = (XOR, 2 ^ 32 - 1)) \/
  (exists o n more, l = BINI o n :: more /\ k = 1%nat /\ x = leftward o n).
Proof.
  intro e. destruct l as [|[] l]; try discriminate e; cbn [with_word] in e.
  - destruct l as [|[] l]; try discriminate e.
    + destruct l as [|[] l]; try discriminate e. match type of e with context [?d =? 1] => destruct (d =? 1) eqn:one; [|discriminate e] end.
      apply Z.eqb_eq in one. subst. match type of e with context [mirrored ?o] => destruct (mirrored o) as [o'|] eqn:m; [|discriminate e] end.
      apply some_pair in e. destruct e as [-> ->]. left. do 4 eexists. repeat split. exact m.
    + apply some_pair in e. destruct e as [-> ->]. right. left. do 3 eexists. repeat split.
  - apply some_pair in e. destruct e as [-> ->]. do 3 right. do 3 eexists. repeat split.
  - apply some_pair in e. destruct e as [-> ->]. do 2 right. left. eexists. repeat split.
Qed.

(* Two shifts and a join: the instructions of a rotation, and what is known of them. *)
Lemma word_again_cases i d copies : word_again i d = Some copies ->
  (i = DUP (d + 1) /\ copies = true) \/ (i = SWAP 1 /\ d = 0 /\ copies = false).
Proof.
  intro e. destruct i; try discriminate e; cbn [word_again] in e.
  - match type of e with context [?n =? d + 1] => destruct (n =? d + 1) eqn:q; [|discriminate e] end.
    apply Z.eqb_eq in q. subst. left. split; congruence.
  - match type of e with context [?x && ?y] => destruct (x && y) eqn:q; [|discriminate e] end.
    apply andb_true_iff in q. destruct q as [q1 q2]. apply Z.eqb_eq in q1. apply Z.eqb_eq in q2. subst. right. repeat split; congruence.
Qed.
Lemma joins_cases i adds : joins i = Some adds -> (i = BIN OR \/ i = BIN XOR) /\ adds = false \/ i = BIN ADD /\ adds = true.
Proof. intro e. destruct i; try discriminate e. match type of e with joins (BIN ?o) = _ => destruct o; try discriminate e end; injection e as <-; auto. Qed.
Lemma directions_cases o1 o2 n1 n2 n : directions o1 o2 n1 n2 = Some n -> o1 = SHL /\ o2 = SHR /\ n = n1 \/ o1 = SHR /\ o2 = SHL /\ n = n2.
Proof. intro e. destruct o1, o2; try discriminate e; injection e as <-; auto. Qed.
Lemma find_rotation_cases w r : find_rotation w = Some r ->
  exists d l k1 o1 n1 again l2 k2 o2 n2 join l3 adds copies n,
    block w = DUP d :: l /\ with_word l = Some (k1, (o1, n1)) /\ skipn k1 l = again :: l2 /\ word_again again d = Some copies /\
    with_word l2 = Some (k2, (o2, n2)) /\ skipn k2 l2 = join :: l3 /\ directions o1 o2 n1 n2 = Some n /\
    n1 <> 0 /\ n2 <> 0 /\ n1 + n2 = 32 /\ joins join = Some adds /\
    r = {| instructions := 3 + k1 + k2; depth := d; copies := copies; left_by := n;
           clears_carry := adds && carry_may_be_read (skipn (3 + k1 + k2) (all w)) |}.
Proof.
  intro e. unfold find_rotation in e. destruct (block w) as [|[] l] eqn:eb; try discriminate e.
  destruct (with_word l) as [[k1 [o1 n1]]|] eqn:w1; [|discriminate e]. destruct (skipn k1 l) as [|again l2] eqn:s1; [discriminate e|].
  match type of e with context [word_again again ?d] => destruct (word_again again d) as [cp|] eqn:wa; [|discriminate e] end.
  destruct (with_word l2) as [[k2 [o2 n2]]|] eqn:w2; [|discriminate e].
  destruct (directions o1 o2 n1 n2) as [bits|] eqn:dir; [|discriminate e]. destruct (skipn k2 l2) as [|join l3] eqn:s2; [discriminate e|].
  destruct ((n1 =? 0) || (n2 =? 0) || negb (n1 + n2 =? 32)) eqn:sum; [discriminate e|].
  apply orb_false_iff in sum. destruct sum as [sum t3]. apply orb_false_iff in sum. destruct sum as [t1 t2].
  apply Z.eqb_neq in t1. apply Z.eqb_neq in t2. apply negb_false_iff, Z.eqb_eq in t3.
  destruct (joins join) as [adds|] eqn:ej; [|discriminate e].
  match type of e with Some ?x = _ => assert (r = x) as -> by congruence end.
  do 15 eexists. repeat (split; [eassumption || reflexivity|]). reflexivity.
Qed.

(* EQ 0 and a test of its result. *)
Lemma zero_test_cases w k o n x : zero_test w k o n = Some x -> exists test more, skipn k (block w) = test :: more /\ o = EQ /\ n = 0 /\
  ((exists t, test = JZ t /\ x = One (JNZ t)) \/ (exists t, test = JNZ t /\ x = One (JZ t)) \/ test = ASSERT /\ x = AssertZero).
Proof.
  unfold zero_test. intro e. destruct (skipn k (block w)) as [|test more]; [discriminate e|]. exists test, more. split; [reflexivity|].
  destruct o; try discriminate e. destruct (n =? 0) eqn:n0; [|discriminate e]. apply Z.eqb_eq in n0. split; [reflexivity|]. split; [exact n0|].
  destruct test; try discriminate e; injection e as <-; eauto 6.
Qed.

(* STORE at a fixed address. *)
Lemma stored_at_cases l k a : stored_at l = Some (k, a) ->
  (exists more, l = PUSH a :: STORE :: more /\ k = 2%nat) \/ (exists more, l = STOREI a :: more /\ k = 1%nat).
Proof.
  intro e. destruct l as [|[] l]; try discriminate e; cbn [stored_at] in e.
  - destruct l as [|[] l]; try discriminate e. apply some_pair in e. destruct e as [-> ->]. left. eauto.
  - apply some_pair in e. destruct e as [-> ->]. right. eauto.
Qed.

(* Two instructions. *)
Lemma pair_group_cases i j f : pair_group i j = Some f ->
  (exists t, i = POP /\ j = JMP t /\ f = (2%nat, [PopJump t])) \/
  (exists a, i = PUSH a /\ j = LOAD /\ f = (2%nat, [One (LOADI a)])) \/
  (exists a, i = PUSH a /\ j = STORE /\ f = (2%nat, [One (STOREI a)])) \/
  (exists a, i = STOREI a /\ j = LOADI a /\ f = (2%nat, [Tee a])) \/
  (exists o o', i = SWAP 1 /\ j = BIN o /\ mirrored o = Some o' /\ f = (2%nat, [One (BIN o')])).
Proof.
  intro e. destruct i; try discriminate e; destruct j; try discriminate e; cbn [pair_group] in e.
  - match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. eauto 7.
  - match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. eauto 7.
  - match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. eauto 7.
  - match type of e with context [?d =? 1] => destruct (d =? 1) eqn:one; [|discriminate e] end. apply Z.eqb_eq in one. subst.
    match type of e with context [mirrored ?o] => destruct (mirrored o) as [o'|] eqn:m; [|discriminate e] end.
    match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. do 4 right. eauto 7.
  - match type of e with context [?a =? ?b] => destruct (a =? b) eqn:q; [|discriminate e] end. apply Z.eqb_eq in q. subst.
    match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. eauto 8.
Qed.

(* What makes the words of STORE. *)
Lemma address_first_cases i i' : address_first i = Some i' ->
  (exists a, i = LOADI a /\ i' = LOADI a) \/ (exists n, i = DUP n /\ 1 < n /\ i' = DUP (n - 1)).
Proof.
  intro e. destruct i; try discriminate e; cbn [address_first] in e.
  - match type of e with context [1 <? ?n] => destruct (1 <? n) eqn:l; [|discriminate e] end. apply Z.ltb_lt in l. injection e as <-. eauto.
  - injection e as <-. eauto.
Qed.
Lemma word_second_cases i i' : word_second i = Some i' ->
  (exists a, i = LOADI a /\ i' = LOADI a) \/ (exists n, i = PUSH n /\ i' = PUSH n) \/ (exists n, i = DUP n /\ n < 2 ^ 32 - 1 /\ i' = DUP (n + 1)).
Proof.
  intro e. destruct i; try discriminate e; cbn [word_second] in e.
  - injection e as <-. eauto.
  - match type of e with context [?n <? _] => destruct (n <? 2 ^ 32 - 1) eqn:l; [|discriminate e] end. apply Z.ltb_lt in l.
    match type of e with Some ?x = _ => assert (i' = x) as -> by congruence end. right. right. eexists. repeat split. exact l.
  - injection e as <-. eauto.
Qed.
Lemma store_of_made_cases l f : store_of_made l = Some f ->
  exists word address word' address' more, l = word :: address :: STORE :: more /\ address_first address = Some address' /\
    word_second word = Some word' /\ f = (3%nat, [One address'; One word'; One (PUT 0); One POP]).
Proof.
  intro e. unfold store_of_made in e. destruct l as [|word [|address [|[] more]]]; try discriminate e.
  destruct (address_first address) as [address'|] eqn:ea; [|discriminate e]. destruct (word_second word) as [word'|] eqn:ew; [|discriminate e].
  match type of e with Some ?x = _ => assert (f = x) as -> by congruence end. do 5 eexists. repeat split; eassumption.
Qed.
Lemma store_group_cases l f : store_group l = Some f ->
  (exists more, l = DUP 1 :: STORE :: more /\ f = (2%nat, [One (PUT 0)])) \/
  (exists more, l = SWAP 1 :: STORE :: more /\ f = (2%nat, [One (PUT 0); One POP])) \/ store_of_made l = Some f.
Proof.
  intro e. assert (c : (exists more, l = DUP 1 :: STORE :: more) \/ (exists more, l = SWAP 1 :: STORE :: more) \/ store_group l = store_of_made l).
  { destruct l as [|first l]; [auto|]. destruct first; auto.
    - match goal with |- context [DUP ?n] => destruct n as [|[]|]; auto end. destruct l as [|[] l]; eauto.
    - match goal with |- context [SWAP ?n] => destruct n as [|[]|]; auto end. destruct l as [|[] l]; eauto. }
  destruct c as [[more ->]|[[more ->]|c]].
  - left. exists more. split; [reflexivity|]. cbn [store_group] in e. congruence.
  - right. left. exists more. split; [reflexivity|]. cbn [store_group] in e. congruence.
  - right. right. congruence.
Qed.
Lemma copy_or_pair_cases w f : copy_or_pair w = Some f ->
  (exists more, block w = DUP 0 :: more /\ copy_group w = Some f) \/ (exists i j more, block w = i :: j :: more /\ pair_group i j = Some f).
Proof.
  unfold copy_or_pair. intro e. destruct (block w) as [|i l]; [discriminate e|].
  destruct i; try (destruct l as [|j l]; [discriminate e|]; right; do 3 eexists; split; [reflexivity|exact e]).
  match type of e with context [DUP ?n] => destruct n as [|[]|] end;
    try (destruct l as [|j l]; [discriminate e|]; right; do 3 eexists; split; [reflexivity|exact e]). left. eauto.
Qed.
