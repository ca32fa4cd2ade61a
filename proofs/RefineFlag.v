(* A rotation by ADD leaves another C than its instructions if C is set before it is read. Two states that differ only so
   run alike. And words stay words. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Sha256 Machine Rows Encode FusionWords Fusion FusionStraight.
Import ListNotations.
Open Scope Z_scope.

Definition with_flag (f : bool) (s : state) : state := mk (pc s) (stack s) (calls s) (heap s) f (out s) (inp s).
(* The same state, but for a C that is set before it is read. *)
Definition alike (P : program) (s s' : state) : Prop :=
  exists f, s' = with_flag f s /\ (f = flag s \/ carry_may_be_read (skipn (Z.to_nat (pc s)) (code P)) = false).

Lemma alike_refl P s : alike P s s.
Proof. exists (flag s). split; [now destruct s|now left]. Qed.

Lemma skipn_nth {A} (l : list A) : forall n x, nth_error l n = Some x -> skipn n l = x :: skipn (S n) l.
Proof. induction l as [|y l IH]; intros [|n] x e; try discriminate e; [now injection e as ->|]. cbn [skipn nth_error] in *. now apply IH. Qed.
Lemma fetch_code P z i : fetch P z = Some i -> 0 <= z /\ nth_error (code P) (Z.to_nat z) = Some i.
Proof. unfold fetch. destruct (z <? 0) eqn:l; [discriminate|]. apply Z.ltb_ge in l. now split. Qed.

(* One step from states that are alike. *)
Lemma alike_exec P i s s' w s1 : fetch P (pc s) = Some i -> exec (length_of P) i s w = Some s1 -> alike P s s' ->
  exists s1', exec (length_of P) i s' w = Some s1' /\ alike P s1 s1'.
Proof.
  intros fe e (f & -> & [->|dead]).
  { exists s1. split; [now destruct s|apply alike_refl]. }
  apply fetch_code in fe. destruct fe as [h0 fe]. rewrite (skipn_nth _ _ _ fe) in dead.
  assert (next : forall s2, pc s2 = pc s + 1 -> carry_may_be_read (skipn (S (Z.to_nat (pc s))) (code P)) = false -> alike P s2 (with_flag f s2)).
  { intros s2 e2 d. exists f. split; [reflexivity|]. right. rewrite e2. replace (Z.to_nat (pc s + 1)) with (S (Z.to_nat (pc s))) by lia. exact d. }
  destruct s as [p st cs h f0 o ip]. cbn [pc] in *. unfold with_flag. cbn [pc stack calls heap out inp].
  assert (set_ : forall o1 a b st', match operate o1 a b with
      | Some (r, c) => Some (mk (p + 1) (r :: st') cs h (match c with Some c => c | None => f0 end) o ip) | None => None end = Some s1 ->
      (o1 = ADD \/ o1 = SUB \/ o1 = MUL \/ carry_may_be_read (skipn (S (Z.to_nat p)) (code P)) = false) ->
      exists s1', match operate o1 a b with
      | Some (r, c) => Some (mk (p + 1) (r :: st') cs h (match c with Some c => c | None => f end) o ip) | None => None end = Some s1' /\ alike P s1 s1').
  { intros o1 a b st' x d. destruct (operate o1 a b) as [[r c]|] eqn:op; [|discriminate x]. apply same_state in x. subst s1. eexists. split; [reflexivity|].
    destruct c as [c|]; [apply alike_refl|]. apply (next (mk (p + 1) (r :: st') cs h f0 o ip)); [reflexivity|].
    destruct d as [->|[->|[->|d]]]; [discriminate op|discriminate op|discriminate op|exact d]. }
  destruct i; cbn [carry_may_be_read] in dead; try discriminate dead;
    try (match type of fe with context [BIN ?b] => destruct b | context [BINI ?b _] => destruct b end; cbn [carry_may_be_read] in dead);
    cbn [exec] in e |- *; try discriminate e;
    try (repeat (match type of e with context [match ?x with _ => _ end] => is_var x; destruct x; try discriminate e end);
      apply set_; [exact e|auto]; fail);
    succeeds e; apply same_state in e; subst s1; (eexists; split; [reflexivity|]);
    match goal with |- alike P ?x _ => apply (next x); [reflexivity|exact dead] end.
Qed.
Lemma alike_steps P n : forall s ws s2, steps P n s ws s2 -> forall s', alike P s s' -> exists s2', steps P n s' ws s2' /\ alike P s2 s2'.
Proof.
  intros s ws s2 h. induction h as [s|n s i w s1 ws s2 fe e ww h IH]; intros s' al.
  - exists s'. split; [constructor|exact al].
  - destruct (alike_exec P i s s' w s1 fe e al) as (s1' & e' & al1). destruct (IH s1' al1) as (s2' & h' & al2).
    exists s2'. split; [|exact al2]. apply (steps_S P n s' i w s1' ws s2'); try assumption. destruct al as (f & -> & _). exact fe.
Qed.

(* ---- words stay words ---- *)

Definition all_words (s : state) : Prop :=
  Forall word (stack s) /\ (forall a v, heap s a = Some v -> word v) /\ Forall word (inp s).

Lemma replace_words l : forall n v, Forall word l -> word v -> Forall word (replace l n v).
Proof. induction l as [|x l IH]; intros [|n] v h hv; cbn [replace]; try exact h; inversion h; subst; constructor; auto. Qed.
Lemma nth_words l n v : Forall word l -> nth_word l n = Some v -> word v.
Proof. intros h e. rewrite Forall_forall in h. apply h. now apply nth_word_in in e. Qed.
Lemma store_heap h a v : word v -> (forall a v, h a = Some v -> word v) -> forall b x, store h a v b = Some x -> word x.
Proof. intros hv hh b x e. unfold store in e. destruct (a =? b); [congruence|now apply hh in e]. Qed.
Lemma store_words_heap vs : forall h a, Forall word vs -> (forall a v, h a = Some v -> word v) -> forall b x, store_words h a vs b = Some x -> word x.
Proof.
  induction vs as [|v vs IH]; intros h a hv hh b x e; [now apply hh in e|]. inversion hv; subst. cbn [store_words] in e.
  apply IH in e; [exact e|assumption|]. now apply store_heap.
Qed.
Lemma compress_words s b : Forall word (compress s b).
Proof. unfold compress. apply Forall_map. apply Forall_forall. intros [x y] _. apply mod_word. Qed.
Lemma hash_heap h a b h' : hash h a b = Some h' -> (forall a v, h a = Some v -> word v) -> forall c x, h' c = Some x -> word x.
Proof.
  unfold hash. intros e hh. destruct (_ || _); [|discriminate e]. destruct (words h a 8); [|discriminate e]. destruct (words h b 16); [|discriminate e].
  injection e as <-. apply store_words_heap; [apply compress_words|exact hh].
Qed.

Lemma exec_words len i s w s1 : operand_ok i -> word w -> exec len i s w = Some s1 -> all_words s -> all_words s1.
Proof.
  intros ok ww e (hs & hh & hi). destruct s as [p st cs h f o ip]. cbn [stack heap inp] in *.
  assert (wn : forall a, word a -> word (2 ^ 32 - 1 - a)) by (unfold word; lia).
  destruct i; cbn [exec operand_ok] in *; succeeds e; try discriminate e; apply same_state in e; subst s1; unfold all_words; cbn [stack heap inp];
    repeat (match goal with h : Forall word (_ :: _) |- _ => inversion h; subst; clear h end);
    (split; [|split]); try assumption; try (now apply store_heap); try (now eapply hash_heap; eauto);
    try (repeat (first [assumption|apply replace_words|eapply nth_words; [|eassumption]|eapply operate_word; [| |eassumption]|apply wn|constructor|eapply hh; eassumption]); fail).
Qed.
Lemma run_words len l : forall s s1, Forall operand_ok l -> instr_run len l s = Some s1 -> all_words s -> all_words s1.
Proof.
  induction l as [|i l IH]; intros s s1 ok e h; [apply same_state in e; now subst|]. inversion ok; subst. cbn [instr_run] in e.
  destruct (exec len i s 0) as [s2|] eqn:x; [|discriminate e]. apply exec_words in x; [now apply IH in e|assumption|unfold word; lia|exact h].
Qed.
Lemma init_words P input : legal P -> Forall word input -> all_words (init P input).
Proof.
  intros (_ & hd & _) hi. unfold all_words, init. cbn [stack heap inp]. split; [constructor|]. split; [|exact hi].
  induction (data P) as [|[a v] d IH]; cbn [init_heap fold_right]; [discriminate|]. apply Forall_cons_iff in hd. destruct hd as [[wa wv] hd].
  apply store_heap; [exact wv|]. now apply IH.
Qed.
