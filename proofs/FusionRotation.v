(* Two shifts of one word, joined: what the instructions do that `find_rotation` finds. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode GroupsCases FusionWords Fusion.
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
  intros hd e s. destruct (word_again_cases _ _ _ e) as [[-> ->]|(-> & -> & ->)]; cbn [source] in s.
  - destruct s as [s ->]. cbn [exec]. rewrite nth_word_succ, s by exact hd. now split.
  - destruct s as [_ ->]. now split; [apply swap_1|].
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
  destruct (joins_cases _ _ e) as [[[-> | ->] ->]|[-> ->]]; (split; [|reflexivity]); cbn [exec operate].
  - now rewrite eo.
  - now rewrite ex.
  - rewrite ea, Z.mod_small by exact wr. destruct (2 ^ 32 <=? rotated a n) eqn:l; [|reflexivity]. apply Z.leb_le in l. unfold word in wr. lia.
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
  intros e ok. apply block_ok in ok.
  destruct (find_rotation_cases w r e) as (d & l & k1 & o1 & n1 & again & l2 & k2 & o2 & n2 & j & m2 & adds & cp & n & eb & w1 & sk1 & wa & w2 & sk2 & dir & t1 & t2 & t3 & ej & er).
  rewrite eb in ok. apply Forall_cons_iff in ok. destruct ok as [okd ok]. cbn [operand_ok] in okd.
  destruct (with_word_computes l k1 o1 n1 w1 ok) as (b1 & m1 & el & <- & k1b & k1s & s1 & wn1 & _ & c1). subst l. rewrite skipn_exact in sk1. subst m1.
  apply Forall_app in ok. destruct ok as [_ ok]. apply Forall_cons_iff in ok. destruct ok as [_ ok].
  destruct (with_word_computes l2 k2 o2 n2 w2 ok) as (b2 & m3 & el & <- & k2b & k2s & s2 & wn2 & _ & c2). subst l2. rewrite skipn_exact in sk2. subst m3.
  unfold word in wn1, wn2.
  assert (hn : 0 < n < 32) by (destruct (directions_cases _ _ _ _ _ dir) as [(_ & _ & ->)|(_ & _ & ->)]; lia).
  remember (DUP d :: b1 ++ again :: b2 ++ [j]) as b eqn:db. assert (lb : length b = (3 + length b1 + length b2)%nat).
  { subst b. cbn [length]. rewrite app_length. cbn [length]. rewrite app_length. cbn [length]. lia. }
  rewrite <- lb in er. subst r. cbn [instructions depth copies left_by clears_carry].
  assert (sj : straight_instr j = true) by (destruct (joins_cases _ _ ej) as [[[-> | ->] _]|[-> _]]; reflexivity).
  assert (sa : straight_instr again = true) by (destruct (word_again_cases _ _ _ wa) as [[-> _]|(-> & _ & _)]; reflexivity).
  exists b, m2. split; [subst b; cbn [app]; rewrite <- !app_assoc; cbn [app]; now rewrite <- app_assoc|]. split; [reflexivity|].
  split; [rewrite lb; destruct (directions_cases _ _ _ _ _ dir) as [(-> & -> & _)|(-> & -> & _)]; specialize (k1s ltac:(auto)); specialize (k2s ltac:(auto)); lia|].
  split; [subst b; cbn [forallb]; rewrite forallb_app; cbn [forallb]; rewrite forallb_app; cbn [forallb]; now rewrite s1, s2, sj, sa|].
  split; [exact hn|]. split; [exact okd|].
  intros len P st a below CS h f out ip src wd. unfold word in okd.
  assert (parts : exists x y, operate o1 a n1 = Some (x, None) /\ operate o2 a n2 = Some (y, None) /\
    (x = (a * 2 ^ n) mod 2 ^ 32 /\ y = a / 2 ^ (32 - n) \/ y = (a * 2 ^ n) mod 2 ^ 32 /\ x = a / 2 ^ (32 - n))).
  { destruct (directions_cases _ _ _ _ _ dir) as [(-> & -> & ->)|(-> & -> & ->)].
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
  intros fr c.
  destruct (find_rotation_cases w r fr) as (d & l & k1 & o1 & n1 & again & l2 & k2 & o2 & n2 & j & m2 & adds & cp & n & _ & _ & _ & wa & _ & _ & _ & _ & _ & _ & _ & ->).
  cbn [copies depth] in *. subst cp. destruct (word_again_cases _ _ _ wa) as [[_ q]|(_ & q & _)]; [discriminate q|exact q].
Qed.
