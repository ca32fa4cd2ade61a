(* The table of a program: where each group begins, in the program and in the table; and its operands are within their
   widths. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Machine Rows Encode FusionWords FusionGroup FusionAll.
Import ListNotations.
Open Scope Z_scope.

Lemma rows_from_length to l : forall p, length (rows_from to p l) = length l.
Proof. induction l as [|x l IH]; intro p; [reflexivity|]. cbn [rows_from length]. now rewrite IH. Qed.
Lemma rows_from_app to l1 l2 : forall p, rows_from to p (l1 ++ l2) = rows_from to p l1 ++ rows_from to (p + Z.of_nat (length l1)) l2.
Proof.
  induction l1 as [|x l1 IH]; intro p; cbn [rows_from app length]; [now rewrite Z.add_0_r|]. rewrite IH. do 3 f_equal. lia.
Qed.

(* A group that begins at index C and position c: its instructions are the first of `rest`, its rows stand at c. *)
Definition begins (rest : list instr) (ends : Z * Z -> Prop) (to : Z -> Z) (R : list (option row_op)) (c0 C c : Z) : Prop :=
  exists k free rows before after, rest <> [] /\ sound_group {| all := rest; free := free |} (k, rows) /\
    ends (C + Z.of_nat k, c + Z.of_nat (length rows)) /\
    R = before ++ rows_from to c rows ++ after /\ c = c0 + Z.of_nat (length before).

Lemma skipn_skipn {A} (l : list A) : forall m n, skipn m (skipn n l) = skipn (n + m) l.
Proof. intros m n. revert l. induction n as [|n IH]; intros [|x l]; cbn [skipn Nat.add]; auto using skipn_nil. Qed.

Lemma groups_of_cons most i l fr : exists k rows, group {| all := i :: l; free := hd O fr |} = (k, rows) /\
  groups_of (S most) (i :: l) fr = (k, rows) :: groups_of most (skipn (Nat.max k 1) (i :: l)) (skipn (Nat.max k 1) fr).
Proof. cbn [groups_of]. destruct (group _) as [k rows]. now exists k, rows. Qed.

Lemma starts_first C c l : In (C, c) (starts_from C c l).
Proof. destruct l; now left. Qed.

(* Each start is the end, or a group begins there. *)
Lemma groups_begin to : forall most l fr C0 c0, (length l <= most)%nat -> Forall operand_ok l ->
  let gs := groups_of most l fr in let R := rows_from to c0 (flat_map snd gs) in
  forall C c, In (C, c) (starts_from C0 c0 gs) -> C0 <= C /\ c0 <= c /\
  (C = C0 + Z.of_nat (length l) /\ c = c0 + Z.of_nat (length R) \/
   begins (skipn (Z.to_nat (C - C0)) l) (fun x => In x (starts_from C0 c0 gs)) to R c0 C c).
Proof.
  induction most as [|most IH]; intros l fr C0 c0 hl ok gs R C c h.
  - destruct l; [|cbn in hl; lia]. subst gs R. destruct h as [h|[]]. injection h as <- <-.
    split; [lia|]. split; [lia|]. left. cbn [length flat_map groups_of rows_from]. lia.
  - destruct l as [|i l].
    { subst gs R. destruct h as [h|[]]. injection h as <- <-. split; [lia|]. split; [lia|]. left. cbn [length flat_map groups_of rows_from]. lia. }
    destruct (groups_of_cons most i l fr) as (k & rows & eg & e). subst gs R. rewrite e in *.
    pose proof (group_sound {| all := i :: l; free := hd O fr |} ltac:(discriminate) ok) as sg. rewrite eg in sg.
    pose proof sg as sg'. unfold sound_group in sg. cbn [all] in sg. destruct sg as (lk & k1 & oc & oka).
    replace (Nat.max k 1) with k in * by lia. set (l' := skipn k (i :: l)) in *. set (fr' := skipn k fr) in *.
    assert (ll : (k + length l' = length (i :: l))%nat).
    { rewrite <- (firstn_skipn k (i :: l)), app_length, lk. reflexivity. }
    assert (okl : Forall operand_ok l') by (rewrite <- (firstn_skipn k (i :: l)) in ok; now apply Forall_app in ok).
    cbn [starts_from] in h. destruct h as [h|h].
    + injection h as <- <-. split; [lia|]. split; [lia|]. right. rewrite Z.sub_diag. cbn [Z.to_nat skipn].
      exists k, (hd O fr), rows, [], (rows_from to (c0 + Z.of_nat (length rows)) (flat_map snd (groups_of most l' fr'))).
      split; [discriminate|]. split; [exact sg'|]. split; [right; apply starts_first|]. cbn [flat_map snd app length]. rewrite rows_from_app.
      split; [reflexivity|lia].
    + specialize (IH l' fr' (C0 + Z.of_nat k) (c0 + Z.of_nat (length rows)) ltac:(lia) okl C c h). cbv zeta in IH.
      destruct IH as (h1 & h2 & IH). split; [lia|]. split; [lia|]. destruct IH as [[-> ->]|b].
      * left. cbn [flat_map snd]. rewrite !rows_from_length, app_length. lia.
      * right. destruct b as (k' & free' & rows' & before & after & ne & s' & en & eR & ec).
        assert (es : skipn (Z.to_nat (C - (C0 + Z.of_nat k))) l' = skipn (Z.to_nat (C - C0)) (i :: l)).
        { unfold l'. rewrite skipn_skipn. f_equal. lia. }
        rewrite es in *. exists k', free', rows', (rows_from to c0 rows ++ before), after.
        split; [exact ne|]. split; [exact s'|]. split; [right; exact en|]. cbn [flat_map snd]. rewrite rows_from_app, eR, <- app_assoc.
        split; [reflexivity|]. rewrite app_length, rows_from_length. lia.
Qed.
Lemma groups_actions : forall most l fr, Forall operand_ok l -> Forall action_ok (flat_map snd (groups_of most l fr)).
Proof.
  induction most as [|most IH]; intros l fr ok; [constructor|]. destruct l as [|i l]; [constructor|].
  destruct (groups_of_cons most i l fr) as (k & rows & eg & e). rewrite e. cbn [flat_map snd]. apply Forall_app. split.
  - pose proof (group_sound {| all := i :: l; free := hd O fr |} ltac:(discriminate) ok) as sg. rewrite eg in sg. apply sg.
  - apply IH. rewrite <- (firstn_skipn (Nat.max k 1) (i :: l)) in ok. now apply Forall_app in ok.
Qed.

(* A position is a start, or nowhere. *)
Lemma position_found l t : position l t = NOWHERE \/ In (t, position l t) l.
Proof.
  induction l as [|[C c] l IH]; [now left|]. cbn [position]. destruct (C =? t) eqn:e.
  - apply Z.eqb_eq in e. subst. right. now left.
  - destruct IH as [IH|IH]; [now left|right; now right].
Qed.

Section Program.
  Variable P : program.
  Hypothesis ok : legal P.
  Hypothesis short : Z.of_nat (length (encode P)) < 2 ^ 24.

  Definition to : Z -> Z := position (starts P).
  Definition own_rows : list (option row_op) := rows_from to 0 (actions P).
  Lemma encode_is : encode P = own_rows ++ [Some RHalt].
  Proof. reflexivity. Qed.
  Lemma own_rows_short : Z.of_nat (length own_rows) + 1 < 2 ^ 24.
  Proof. pose proof short as s. rewrite encode_is, app_length in s. cbn [length] in s. lia. Qed.

  (* Each start is the end, or a group begins there. *)
  Lemma start_cases C c : In (C, c) (starts P) -> 0 <= C /\ 0 <= c /\
    (C = length_of P /\ c = Z.of_nat (length own_rows) \/
     begins (skipn (Z.to_nat C) (code P)) (fun x => In x (starts P)) to own_rows 0 C c).
  Proof.
    intro h. destruct ok as [okc _].
    destruct (groups_begin to (length (code P)) (code P) (frees (targets (code P)) 0 (code P)) 0 0 ltac:(lia) okc C c h) as (h1 & h2 & b).
    rewrite Z.sub_0_r in b. repeat split; assumption.
  Qed.
  Lemma start_bounds C c : In (C, c) (starts P) -> 0 <= C <= length_of P /\ 0 <= c < 2 ^ 24.
  Proof.
    intro h. pose proof own_rows_short as s. destruct (start_cases C c h) as (h1 & h2 & [[-> ->]|b]); [lia|].
    destruct b as (k & free & rows & before & after & ne & _ & _ & e & ec). split.
    - split; [exact h1|]. unfold length_of. destruct (Z_lt_le_dec (Z.of_nat (length (code P))) C); [|lia].
      elim ne. apply skipn_all2. lia.
    - assert (l : length own_rows = (length before + (length (rows_from to c rows) + length after))%nat) by (rewrite e, !app_length; reflexivity).
      lia.
  Qed.
  Lemma first_start : In (0, 0) (starts P).
  Proof. apply starts_first. Qed.
  (* A target is nowhere, or a start within the program. *)
  Lemma to_start t : NOWHERE <= to t \/ t <= length_of P /\ In (t, to t) (starts P).
  Proof.
    destruct (position_found (starts P) t) as [e|e]; [left; unfold to; rewrite e; lia|]. right. split; [|exact e].
    apply start_bounds in e. lia.
  Qed.
  Lemma to_range t : 0 <= to t <= NOWHERE.
  Proof.
    unfold to, NOWHERE. destruct (position_found (starts P) t) as [e|e]; [rewrite e; unfold NOWHERE; lia|].
    apply start_bounds in e. lia.
  Qed.

  (* Rows of the table. *)
  Lemma row_at_nowhere z : NOWHERE <= z -> row_at (encode P) z = None.
  Proof.
    intro h. unfold row_at, NOWHERE in *. destruct (z <? 0); [reflexivity|]. assert (n : nth_error (encode P) (Z.to_nat z) = None); [|now rewrite n].
    apply nth_error_None. lia.
  Qed.
  Lemma row_at_end : row_at (encode P) (Z.of_nat (length own_rows)) = Some RHalt.
  Proof.
    unfold row_at. destruct (_ <? 0) eqn:l; [apply Z.ltb_lt in l; lia|]. rewrite Nat2Z.id, encode_is, nth_error_app2, Nat.sub_diag by lia. reflexivity.
  Qed.
  Lemma row_at_group before rows after c q r : own_rows = before ++ rows_from to c rows ++ after -> c = Z.of_nat (length before) ->
    nth_error (rows_from to c rows) q = Some r -> row_at (encode P) (c + Z.of_nat q) = r.
  Proof.
    intros e ec n. unfold row_at. destruct (_ <? 0) eqn:l; [apply Z.ltb_lt in l; lia|]. rewrite encode_is, e, <- !app_assoc.
    replace (Z.to_nat (c + Z.of_nat q)) with (length before + q)%nat by lia. rewrite nth_error_app2 by lia.
    replace (length before + q - length before)%nat with q by lia. rewrite nth_error_app1 by (apply nth_error_Some; congruence). now rewrite n.
  Qed.

  (* Each entry is a row with an operand within its width. *)
  Lemma row_of_ok x p : action_ok x -> 0 <= p < 2 ^ 24 -> exists r, row_of (translated to x) p = Some r /\ row_ok r.
  Proof.
    intros okx hp. assert (d : forall t, distance_ok (to t - p - 1)).
    { intro t. pose proof (to_range t) as h. unfold NOWHERE in h. unfold distance_ok. lia. }
    assert (n : distance_ok NOWHERE) by (unfold distance_ok, NOWHERE; lia).
    assert (u : forall o, o <> ROTR -> exists u, unit_of o = Some u) by (intros o h; destruct o; try (eexists; reflexivity); now elim h).
    destruct x as [i|o k|a|t|]; cbn [action_ok] in okx.
    - destruct okx as [oki en].
      destruct i; try destruct en; cbn [translated row_of operand_ok] in *;
        try (destruct (u o) as [u0 ->]; [intros ->; exact en|cbn [option_map]]);
        (eexists; split; [reflexivity|]; cbn [row_ok]; auto).
    - destruct okx as [nr wk]. destruct (u o nr) as [u0 e]. cbn [translated row_of]. rewrite e. eexists. split; [reflexivity|exact wk].
    - eexists. split; [reflexivity|exact okx].
    - eexists. split; [reflexivity|apply d].
    - eexists. split; [reflexivity|exact n].
  Qed.
  Lemma rows_from_ok l : forall p, Forall action_ok l -> 0 <= p -> p + Z.of_nat (length l) <= 2 ^ 24 ->
    Forall (fun r => exists r', r = Some r' /\ row_ok r') (rows_from to p l).
  Proof.
    induction l as [|x l IH]; intros p okl h0 h; [constructor|]. inversion okl as [|x' l' okx okl']; subst. cbn [length] in h.
    cbn [rows_from]. constructor; [apply row_of_ok; [exact okx|lia]|]. apply IH; [exact okl'|lia|lia].
  Qed.
  Theorem encode_rows : Forall (fun r => exists r', r = Some r' /\ row_ok r') (encode P).
  Proof.
    rewrite encode_is. apply Forall_app. split; [|constructor; [now exists RHalt|constructor]].
    pose proof own_rows_short as s. unfold own_rows in *. rewrite rows_from_length in s.
    apply rows_from_ok; [|lia|lia]. apply groups_actions. apply ok.
  Qed.
End Program.

(* Every entry of a legal program's table can be fetched, and its operand is within its width. *)
Theorem encode_ok P : legal P -> Z.of_nat (length (encode P)) < 2 ^ 24 ->
  Forall (fun r => match r with Some r => row_ok r | None => True end) (encode P).
Proof. intros ok short. eapply Forall_impl; [|apply encode_rows; assumption]. now intros r (r' & -> & h). Qed.
Theorem encode_fetchable P : legal P -> Z.of_nat (length (encode P)) < 2 ^ 24 -> Forall (fun r => r <> None) (encode P).
Proof. intros ok short. eapply Forall_impl; [|apply encode_rows; assumption]. now intros r (r' & -> & h). Qed.
