(* Rows that compute: a sum, a difference, or what a coprocessor answers. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces Step.
Import ListNotations.
Open Scope Z_scope.

(* The value of an empty stack as the first operand makes no word, and no coprocessor answers it: so the operand is a word,
   and the result and the flag are those of the operation. *)
Lemma computed_operate u n rz A B cb q (f : bool) :
  word A \/ A = EMPTY -> word B ->
  word rz -> word n -> n = 0 \/ B = 0 -> (forall x, q = Some x -> answered x) -> computed u n rz (ofZ A) (ofZ B) cb q ->
  exists c, operate (operation u) A (B + n) = Some (rz, c) /\ word A /\
    new_flag u cb (ofB f) = ofB (match c with Some c => c | None => f end).
Proof.
  intros hA hB hr hn one ans h. unfold word, EMPTY in *. destruct u as [| |o].
  - destruct h as [e _]. rewrite <- !ofZ_add in e. assert (0 <= z_of cb <= 1) by (destruct cb; cbn; lia).
    apply ofZ_inj in e; [|lia]. exists (Some cb). cbn [operation operate new_flag].
    assert (e1 : (A + (B + n)) mod 2 ^ 32 = rz) by (symmetry; apply (Z.mod_unique _ _ (z_of cb)); [left; lia|lia]).
    assert (e2 : (2 ^ 32 <=? A + (B + n)) = cb) by (destruct cb; cbn [z_of] in *; [apply Z.leb_le; lia|apply Z.leb_gt; lia]).
    rewrite e1, e2. repeat split; lia.
  - destruct h as [e _]. rewrite <- !ofZ_sub in e. assert (0 <= z_of cb <= 1) by (destruct cb; cbn; lia).
    apply ofZ_inj in e; [|lia]. exists (Some cb). cbn [operation operate new_flag].
    assert (e1 : (A - (B + n)) mod 2 ^ 32 = rz) by (symmetry; apply (Z.mod_unique _ _ (- z_of cb)); [left; lia|lia]).
    assert (e2 : (A <? B + n) = cb) by (destruct cb; cbn [z_of] in *; [apply Z.ltb_lt; lia|apply Z.ltb_ge; lia]).
    rewrite e1, e2. repeat split; lia.
  - cbn [computed] in h. destruct (ans _ h o n cb A B rz eq_refl hA (or_introl hB) hr hn one) as (e & wA & _).
    exists (match o with CMul => Some cb | _ => None end). cbn [operation]. split; [exact e|].
    split; [exact wA|]. now destruct o.
Qed.

(* The top as an integer. *)
Definition top_number (st : list Z) : Z := match st with [] => EMPTY | a :: _ => a end.
Lemma top_is st : top_of st = ofZ (top_number st).
Proof. now destruct st. Qed.
Lemma top_word_or_empty st : Forall word st ->
  (word (top_number st) \/ top_number st = EMPTY) /\ (word (top_number st) -> exists st', st = top_number st :: st').
Proof.
  intro ws. destruct st as [|a st]; cbn [top_number].
  - split; [now right|]. unfold word, EMPTY. lia.
  - split; [left; exact (Forall_inv ws)|]. intros _. now exists st.
Qed.

Section Arithmetic.
  Variables (M : mem) (i : nat) (s : state) (j : nat) (rz : Z) (r n : columns) (Ad Rm : list Tup) (q : option F).
  Notation given m := (situation M i s m j rz r n Ad Rm q).
  Notation becomes m := (outcome M i s m n Ad Rm).

  Lemma step_bin u : given (RBin u) -> becomes (RBin u).
  Proof.
    intro S. open_situation S. destruct sp as (fill & y & cb & (t & _ & ->) & -> & -> & hc & nx).
    pose proof (held _ (or_introl eq_refl)) as my. cbn [key] in my.
    destruct (stack_pop M _ _ st t 1 fill rs my) as (b & st' & -> & tb & wb & tf & rs').
    destruct (top_word_or_empty st' (s_words _ _ _ _ rs')) as (b1 & b2). rewrite tf, tb, top_is in hc.
    destruct (computed_operate u 0 rz (top_number st') b cb q f b1 wb hr word_0 (or_introl eq_refl) ans hc)
      as (c & ex & la & ef).
    destruct (b2 la) as [st2 es]. set (a := top_number st') in *. clearbody a. subst st'. rewrite Z.add_0_r in ex.
    pose proof (stack_top _ _ _ _ _ rz rs' hr) as rs2. rewrite rf, ef in nx. split; run_memory; [exact I|].
    exists 0, (mk (p + 1) (rz :: st2) cs h (match c with Some c => c | None => f end) o ip).
    split; [cbn [row_exec]; now rewrite ex|]. split; [apply word_0|]. relate nx rs2 rc rh ro ri. next_pc here epc.
  Qed.
  Lemma step_bini u v : given (RBinI u v) -> becomes (RBinI u v).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (cb & -> & -> & hc & nx).
    destruct (top_word_or_empty st (s_words _ _ _ _ rs)) as (b1 & b2). rewrite (s_top _ _ _ _ rs), top_is in hc.
    destruct (computed_operate u v rz (top_number st) 0 cb q f b1 word_0 hr ok (or_intror eq_refl) ans hc)
      as (c & ex & la & ef).
    destruct (b2 la) as [st2 es]. set (a := top_number st) in *. clearbody a. subst st. rewrite Z.add_0_l in ex.
    pose proof (stack_top _ _ _ _ _ rz rs hr) as rs2. rewrite rf, ef in nx. split; run_memory; [exact I|].
    exists 0, (mk (p + 1) (rz :: st2) cs h (match c with Some c => c | None => f end) o ip).
    split; [cbn [row_exec]; now rewrite ex|]. split; [apply word_0|]. relate nx rs2 rc rh ro ri. next_pc here epc.
  Qed.
  Lemma step_copy u v : given (RCopy u v) -> becomes (RCopy u v).
  Proof.
    intro S. open_situation S. cbn [row_ok] in ok. destruct sp as (x & cb & (t & _ & ->) & -> & -> & hc & nx).
    destruct (top_word_or_empty st (s_words _ _ _ _ rs)) as (b1 & b2).
    pose proof hc as hc'. rewrite (s_top _ _ _ _ rs), top_is in hc'.
    destruct (computed_operate u v rz (top_number st) 0 cb q f b1 word_0 hr ok (or_intror eq_refl) ans hc')
      as (c & ex & la & ef).
    destruct (b2 la) as [st2 es]. clear hc hc'. set (a := top_number st) in *. clearbody a. rewrite Z.add_0_l in ex.
    destruct (stack_push M _ _ st t rz rs ltac:(lia) hr) as [fr rs']. rewrite rf, ef in nx. split; run_memory; [now split|].
    exists 0, (mk (p + 1) (rz :: st) cs h (match c with Some c => c | None => f end) o ip).
    split; [rewrite es; cbn [row_exec]; now rewrite ex|]. split; [apply word_0|]. relate nx rs' rc rh ro ri. next_pc here epc.
  Qed.
End Arithmetic.
