(* Two shifts of one word, joined: what the instructions do that `find_rotation` finds. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode FusionWords Fusion.
Import ListNotations.
Open Scope Z_scope.

(* A prefix of the block is a prefix of all instructions. *)
Lemma block_prefix w b more : block w = b ++ more ->
  firstn (length b) (all w) = b /\ all w = b ++ skipn (length b) (all w).
Proof.
  intro e. unfold block in e. assert (f : firstn (length b) (all w) = b).
  { pose proof (firstn_skipn (free w) (all w)) as s. rewrite e, <- app_assoc in s. rewrite <- s, firstn_app, Nat.sub_diag, firstn_all.
    cbn [firstn]. apply app_nil_r. }
  split; [exact f|]. rewrite <- f at 1. now rewrite firstn_skipn.
Qed.
Lemma block_ok w : Forall operand_ok (all w) -> Forall operand_ok (block w).
Proof. intro h. rewrite <- (firstn_skipn (free w) (all w)) in h. now apply Forall_app in h. Qed.
Lemma skipn_exact {A} (b more : list A) : skipn (length b) (b ++ more) = more.
Proof. rewrite skipn_app, Nat.sub_diag, skipn_all. reflexivity. Qed.

(* The word that is rotated and the stack below the result. *)
Definition source (copies : bool) (d : Z) (st : list Z) (a : Z) (below : list Z) : Prop :=
  if copies then nth_word st d = Some a /\ below = st else d = 0 /\ st = a :: below.

Lemma nth_word_0 a l : nth_word (a :: l) 0 = Some a.
Proof. reflexivity. Qed.
Lemma nth_word_succ a l d : 0 <= d -> nth_word (a :: l) (d + 1) = nth_word l d.
Proof.
  intro h. unfold nth_word. destruct (d + 1 <? 0) eqn:x; [apply Z.ltb_lt in x; lia|]. destruct (d <? 0) eqn:y; [apply Z.ltb_lt in y; lia|].
  replace (Z.to_nat (d + 1)) with (S (Z.to_nat d)) by lia. reflexivity.
Qed.

(* The copy of the word for the first shift, and for the second. *)
Lemma first_copy copies d st a below len P CS h f out ip : source copies d st a below ->
  exec len (DUP d) (mk P st CS h f out ip) 0 = Some (mk (P + 1) (a :: st) CS h f out ip).
Proof.
  intro s. cbn [exec]. destruct copies; cbn [source] in s.
  - destruct s as [e ->]. now rewrite e.
  - destruct s as [-> ->]. now rewrite nth_word_0.
Qed.
Lemma second_copy i copies d st a x below len P CS h f out ip : 0 <= d -> word_again i d = Some copies -> source copies d st a below ->
  exec len i (mk P (x :: st) CS h f out ip) 0 = Some (mk (P + 1) (a :: x :: below) CS h f out ip) /\ straight_instr i = true.
Proof.
  intros hd e s. destruct i; try discriminate e; cbn [word_again] in e.
  - destruct (n =? d + 1) eqn:q; [|discriminate e]. apply Z.eqb_eq in q. subst n. injection e as <-. cbn [source] in s. destruct s as [s ->].
    cbn [exec]. rewrite nth_word_succ, s by exact hd. now split.
  - destruct ((n =? 1) && (d =? 0)) eqn:q; [|discriminate e]. apply andb_true_iff in q. destruct q as [q _]. apply Z.eqb_eq in q. subst n.
    injection e as <-. cbn [source] in s. destruct s as [_ ->]. now split; [apply swap_1|].
Qed.

(* The join of the two parts. Only ADD changes C: it clears it. *)
Lemma join_parts j adds x y a n len P st CS h f out ip : joins j = Some adds -> word a -> 0 < n < 32 ->
  (x = (a * 2 ^ n) mod 2 ^ 32 /\ y = a / 2 ^ (32 - n) \/ y = (a * 2 ^ n) mod 2 ^ 32 /\ x = a / 2 ^ (32 - n)) ->
  exec len j (mk P (y :: x :: st) CS h f out ip) 0 = Some (mk (P + 1) (rotated a n :: st) CS h (if adds then false else f) out ip) /\
  straight_instr j = true.
Proof.
  intros e wa hn hxy.
  pose proof (rotated_word a n wa ltac:(lia)) as wr.
  assert (ea : x + y = rotated a n).
  { destruct hxy as [[-> ->]|[-> ->]]; [|rewrite Z.add_comm]; apply joined_add; lia. }
  assert (eo : Z.lor x y = rotated a n).
  { destruct hxy as [[-> ->]|[-> ->]]; [|rewrite Z.lor_comm]; apply joined_or; (exact wa || lia). }
  assert (ex : Z.lxor x y = rotated a n).
  { destruct hxy as [[-> ->]|[-> ->]]; [|rewrite Z.lxor_comm]; apply joined_xor; (exact wa || lia). }
  destruct j as [| | | |o| | | | | | | | | | | | | | | | | | | | | |]; try discriminate e.
  destruct o; try discriminate e; injection e as <-; (split; [|reflexivity]); cbn [exec operate].
  - rewrite ea, Z.mod_small by exact wr. destruct (2 ^ 32 <=? rotated a n) eqn:l; [|reflexivity]. apply Z.leb_le in l. unfold word in wr. lia.
  - now rewrite eo.
  - now rewrite ex.
Qed.

Lemma shl_is a n r c : 0 <= n < 32 -> operate SHL a n = Some (r, c) <-> r = (a * 2 ^ n) mod 2 ^ 32 /\ c = None.
Proof. intro h. cbn [operate]. destruct (n <? 32) eqn:l; [|apply Z.ltb_ge in l; lia]. split; [intro e; split; congruence|intros [-> ->]; reflexivity]. Qed.
Lemma shr_is a n r c : 0 <= n < 32 -> operate SHR a n = Some (r, c) <-> r = a / 2 ^ n /\ c = None.
Proof. intro h. cbn [operate]. destruct (n <? 32) eqn:l; [|apply Z.ltb_ge in l; lia]. split; [intro e; split; congruence|intros [-> ->]; reflexivity]. Qed.

(* A rotation is its first instructions; they rotate the word that it says. *)
Theorem rotation_runs w r : find_rotation w = Some r -> Forall operand_ok (all w) ->
  exists b more, block w = b ++ more /\ length b = instructions r /\ (5 <= instructions r <= 7)%nat /\ forallb straight_instr b = true /\
    0 < left_by r < 32 /\ word (depth r) /\
    forall len P st a below CS h f out ip, source (copies r) (depth r) st a below -> word a ->
    exists P' fi, instr_run len b (mk P st CS h f out ip) = Some (mk P' (rotated a (left_by r) :: below) CS h fi out ip) /\
      (if clears_carry r then fi = false else fi = f \/ carry_may_be_read (skipn (length b) (all w)) = false).
Proof.
  intros e ok. apply block_ok in ok. unfold find_rotation in e.
  destruct (block w) as [|[| |d| | | | | | | | | | | | | | | | | | | | | | | |] l] eqn:eb; try discriminate e.
  apply Forall_cons_iff in ok. destruct ok as [okd ok]. cbn [operand_ok] in okd.
  destruct (with_word l) as [[k1 [o1 n1]]|] eqn:w1; [|discriminate e].
  destruct (with_word_computes l k1 o1 n1 w1 ok) as (b1 & m1 & el & <- & k1b & k1s & s1 & wn1 & _ & c1). subst l. rewrite skipn_exact in e.
  apply Forall_app in ok. destruct ok as [_ ok]. destruct m1 as [|again l]; [discriminate e|].
  apply Forall_cons_iff in ok. destruct ok as [_ ok].
  destruct (word_again again d) as [cp|] eqn:wa; [|discriminate e].
  destruct (with_word l) as [[k2 [o2 n2]]|] eqn:w2; [|discriminate e].
  destruct (with_word_computes l k2 o2 n2 w2 ok) as (b2 & m2 & el & <- & k2b & k2s & s2 & wn2 & _ & c2). subst l. rewrite skipn_exact in e.
  destruct (directions o1 o2 n1 n2) as [n|] eqn:dir; [|discriminate e]. destruct m2 as [|j m2]; [discriminate e|].
  destruct ((n1 =? 0) || (n2 =? 0) || negb (n1 + n2 =? 32)) eqn:sum; [discriminate e|].
  apply orb_false_iff in sum. destruct sum as [sum t3]. apply orb_false_iff in sum. destruct sum as [t1 t2].
  apply Z.eqb_neq in t1. apply Z.eqb_neq in t2. apply negb_false_iff, Z.eqb_eq in t3. unfold word in wn1, wn2.
  destruct (joins j) as [adds|] eqn:ej; [|discriminate e].
  assert (hn : 0 < n < 32) by (destruct o1, o2; cbn [directions] in dir; try discriminate dir; injection dir as <-; lia).
  remember (DUP d :: b1 ++ again :: b2 ++ [j]) as b eqn:db. assert (lb : length b = (3 + length b1 + length b2)%nat).
  { subst b. cbn [length]. rewrite app_length. cbn [length]. rewrite app_length. cbn [length]. lia. }
  rewrite <- lb in e. match type of e with Some ?x = _ => assert (r = x) as -> by congruence end. clear e. cbn [instructions depth copies left_by clears_carry].
  assert (sj : straight_instr j = true) by (destruct j as [| | | |[]| | | | | | | | | | | | | | | | | | | | | |]; try discriminate ej; reflexivity).
  assert (sa : straight_instr again = true) by (destruct again; try discriminate wa; reflexivity).
  exists b, m2. split; [subst b; cbn [app]; rewrite <- !app_assoc; cbn [app]; now rewrite <- app_assoc|]. split; [reflexivity|].
  split; [rewrite lb; destruct o1, o2; try discriminate dir; specialize (k1s ltac:(auto)); specialize (k2s ltac:(auto)); lia|].
  split; [subst b; cbn [forallb]; rewrite forallb_app; cbn [forallb]; rewrite forallb_app; cbn [forallb]; now rewrite s1, s2, sj, sa|].
  split; [exact hn|]. split; [exact okd|].
  intros len P st a below CS h f out ip src wd. unfold word in okd.
  assert (parts : exists x y, operate o1 a n1 = Some (x, None) /\ operate o2 a n2 = Some (y, None) /\
    (x = (a * 2 ^ n) mod 2 ^ 32 /\ y = a / 2 ^ (32 - n) \/ y = (a * 2 ^ n) mod 2 ^ 32 /\ x = a / 2 ^ (32 - n))).
  { destruct o1, o2; cbn [directions] in dir; try discriminate dir; injection dir as <-.
    - exists ((a * 2 ^ n1) mod 2 ^ 32), (a / 2 ^ n2). split; [apply shl_is; [lia|auto]|]. split; [apply shr_is; [lia|auto]|].
      left. split; [reflexivity|]. do 2 f_equal. lia.
    - exists (a / 2 ^ n1), ((a * 2 ^ n2) mod 2 ^ 32). split; [apply shr_is; [lia|auto]|]. split; [apply shl_is; [lia|auto]|].
      right. split; [reflexivity|]. do 2 f_equal. lia. }
  destruct parts as (x & y & ex & ey & xy).
  assert (run : exists P', instr_run len b (mk P st CS h f out ip) = Some (mk P' (rotated a n :: below) CS h (if adds then false else f) out ip)).
  { rewrite db. erewrite instr_run_cons by (apply (first_copy cp d st a below); exact src). rewrite instr_run_app.
    destruct (c1 len (P + 1) a st CS h f out ip x None wd ex) as [P1 ->]. cbn [flag_after].
    erewrite instr_run_cons by (apply (second_copy again cp d st a x below); [lia|exact wa|exact src]). rewrite instr_run_app.
    destruct (c2 len (P1 + 1) a (x :: below) CS h f out ip y None wd ey) as [P2 ->]. cbn [flag_after].
    erewrite instr_run_cons by (apply (join_parts j adds x y a n); [exact ej|exact wd|exact hn|exact xy]). cbn [instr_run].
    now exists (P2 + 1). }
  destruct run as [P' run]. exists P', (if adds then false else f). split; [exact run|].
  destruct adds; cbn [andb]; [|now left]. destruct (carry_may_be_read (skipn (length b) (all w))); [reflexivity|now right].
Qed.

(* The word is the top if it does not stay. *)
Lemma turned_in_place w r : find_rotation w = Some r -> copies r = false -> depth r = 0.
Proof.
  intros fr c. unfold find_rotation in fr.
  destruct (block w) as [|[| |d| | | | | | | | | | | | | | | | | | | | | | | |] l]; try discriminate fr.
  destruct (with_word l) as [[k1 [o1 n1]]|]; [|discriminate fr]. destruct (skipn k1 l) as [|again m]; [discriminate fr|].
  destruct (word_again again d) as [cp|] eqn:wa; [|discriminate fr]. destruct (with_word m) as [[k2 [o2 n2]]|]; [|discriminate fr].
  destruct (directions o1 o2 n1 n2); [|discriminate fr]. destruct (skipn k2 m); [discriminate fr|].
  destruct (_ || _); [discriminate fr|]. destruct (joins i); [|discriminate fr].
  match type of fr with Some ?x = _ => assert (r = x) as -> by congruence end. cbn [copies depth] in *. subst cp.
  destruct again; try discriminate wa; cbn [word_again] in wa.
  - destruct (n =? d + 1); discriminate wa.
  - destruct ((n =? 1) && (d =? 0)) eqn:q; [|discriminate wa]. apply andb_true_iff in q. now apply Z.eqb_eq.
Qed.
