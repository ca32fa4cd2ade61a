(* The two stacks as views of the memory: which tuples are in their spaces while a list of words is on the stack.

   The stack holds its words below the top, and at the bottom the value of an empty stack. The word at depth d of a list of
   values is in the cell whose address is the number of values below it. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag.
Import ListNotations.
Open Scope Z_scope.

Notation mem := (Memory.mem Tup (Z * F)).
Notation mdel := (Memory.del Tup (Z * F) K_dec).
Notation mput := (Memory.put Tup (Z * F) K_dec key).
Notation mdels := (Memory.dels Tup (Z * F) K_dec key).
Notation mputs := (Memory.puts Tup (Z * F) K_dec key).
Notation mfresh := (Memory.fresh Tup (Z * F) K_dec key).

Lemma kd_same {X} s a a' (p q : X) : (if K_dec (s, a) (s, a') then p else q) = if F_eq_dec a a' then p else q.
Proof. destruct (K_dec _ _) as [e|e]; destruct (F_eq_dec a a'); congruence. Qed.
Lemma kd_diff {X} s s' a a' (p q : X) : s <> s' -> (if K_dec (s, a) (s', a') then p else q) = q.
Proof. intro n. destruct (K_dec _ _) as [e|e]; congruence. Qed.
Lemma feq_refl {X} a (p q : X) : (if F_eq_dec a a then p else q) = p.
Proof. destruct (F_eq_dec a a); congruence. Qed.

Lemma word_inj a b : word a -> word b -> ofZ a = ofZ b -> a = b.
Proof. unfold word. intros. apply ofZ_inj; [lia|assumption]. Qed.
Lemma not_empty a : word a -> ofZ a <> ofZ EMPTY.
Proof. unfold word, EMPTY. intros h e. apply ofZ_inj in e; lia. Qed.

(* Two memories agree on a space. *)
Definition agree (M M' : mem) (s : Z) : Prop := forall a, M' (s, a) = M (s, a).
Lemma agree_refl M s : agree M M s.
Proof. intro a. reflexivity. Qed.
Lemma agree_put M M' x s : space_of x <> s -> agree M M' s -> agree M (mput M' x) s.
Proof.
  intros n g a. unfold Memory.put. destruct x as [[[[t s'] e] b] v]. cbn [key]. unfold space_of in n. cbn [fst snd] in n.
  rewrite kd_diff by exact n. apply g.
Qed.
Lemma agree_del M M' k s : fst k <> s -> agree M M' s -> agree M (mdel M' k) s.
Proof. intros n g a. unfold Memory.del. destruct k as [s' b]. cbn [fst] in n. rewrite kd_diff by exact n. apply g. Qed.

Definition small (n : nat) : Prop := Z.of_nat n < 2 ^ 20.
Definition len {X} (l : list X) : F := ofZ (Z.of_nat (length l)).
Lemma len_S {X} (x : X) l : len (x :: l) = (len l + ofZ 1)%F.
Proof. unfold len. cbn [length]. rewrite Nat2Z.inj_succ, <- ofZ_add. f_equal. Qed.
Lemma len_pred {X} (x : X) l : (len (x :: l) - ofZ 1)%F = len l.
Proof. rewrite len_S. ring. Qed.
Lemma len_map (l : list Z) : len (map ofZ l) = len l.
Proof. unfold len. now rewrite map_length. Qed.

(* The value at an address: the last value of the list is at 0, the first at the length of what is below it. *)
Fixpoint lookup (l : list F) (a : F) : option F :=
  match l with [] => None | v :: l => if F_eq_dec (len l) a then Some v else lookup l a end.

Lemma lookup_none l : small (length l) -> forall z, (z < 0 \/ Z.of_nat (length l) <= z) -> Z.abs z < 2 ^ 100 ->
  lookup l (ofZ z) = None.
Proof.
  induction l as [|v l IH]; intros s z hz hb; [reflexivity|]. cbn [lookup length] in *. unfold small in *.
  destruct (F_eq_dec _ _) as [e|e]; [|apply IH; lia]. exfalso. unfold len in e. apply ofZ_inj in e; lia.
Qed.
Lemma lookup_some l : small (length l) -> forall z v, Z.abs z < 2 ^ 100 -> lookup l (ofZ z) = Some v ->
  0 <= z < Z.of_nat (length l) /\ nth_error l (length l - 1 - Z.to_nat z) = Some v.
Proof.
  induction l as [|w l IH]; intros s z v hb h; [easy|]. cbn [lookup length] in *. unfold small in *.
  destruct (F_eq_dec _ _) as [e|e].
  - unfold len in e. apply ofZ_inj in e; [|lia]. injection h as ->. split; [lia|].
    replace (S (length l) - 1 - Z.to_nat z)%nat with O by lia. reflexivity.
  - destruct (IH ltac:(lia) z v hb h) as [h1 h2]. split; [lia|].
    replace (S (length l) - 1 - Z.to_nat z)%nat with (S (length l - 1 - Z.to_nat z)) by lia. exact h2.
Qed.
Lemma lookup_nth l : small (length l) -> forall q v, (q < length l)%nat -> nth_error l (length l - 1 - q) = Some v ->
  lookup l (ofZ (Z.of_nat q)) = Some v.
Proof.
  induction l as [|w l IH]; intros sm q v h e; cbn [length lookup] in *; [lia|]. unfold small in *.
  destruct (F_eq_dec _ _) as [e'|e'].
  - unfold len in e'. apply ofZ_inj in e'; [|lia]. replace (S (length l) - 1 - q)%nat with O in e by lia. exact e.
  - assert (q <> length l) by (intros ->; now apply e'). apply IH; [lia|lia|].
    replace (S (length l) - 1 - q)%nat with (S (length l - 1 - q)) in e by lia. exact e.
Qed.

(* A space is a stack of these values: one set tuple for each, at any time. *)
Definition set_val (x : Tup) : Z * F := let '((t, s, e), a, v) := x in (e, v).
Definition stacked (M : mem) (s : Z) (l : list F) : Prop :=
  forall a, option_map set_val (M (s, a)) = option_map (fun v => (1, v)) (lookup l a).
Lemma stacked_agree M M' s l : agree M M' s -> stacked M s l -> stacked M' s l.
Proof. intros g h a. rewrite g. apply h. Qed.
Lemma stacked_free M s l : small (length l) -> stacked M s l -> M (s, len l) = None.
Proof.
  intros sm h. specialize (h (len l)). unfold len in *. rewrite lookup_none in h; [|exact sm|lia|unfold small in sm; lia].
  destruct (M _); easy.
Qed.
Lemma stacked_push M s l t v : stacked M s l -> stacked (mput M ((t, s, 1), len l, v)) s (v :: l).
Proof.
  intros h a. unfold Memory.put. cbn [key lookup]. rewrite kd_same. destruct (F_eq_dec (len l) a); [reflexivity|apply h].
Qed.
Lemma stacked_pop M s l t e v z : small (length l) -> z = Z.of_nat (length l) - 1 -> stacked M s l ->
  M (s, ofZ z) = Some ((t, s, e), ofZ z, v) ->
  exists l', l = v :: l' /\ stacked (mdel M (s, ofZ z)) s l'.
Proof.
  intros sm -> h m. pose proof (h (ofZ (Z.of_nat (length l) - 1))) as h0. rewrite m in h0. cbn in h0.
  destruct l as [|w l].
  - cbn in h0. easy.
  - cbn [length] in *. unfold small in sm. replace (Z.of_nat (S (length l)) - 1) with (Z.of_nat (length l)) in * by lia.
    cbn [lookup] in h0. change (ofZ (Z.of_nat (length l))) with (len l) in *. rewrite feq_refl in h0. cbn in h0.
    injection h0 as -> ->.
    exists l. split; [reflexivity|]. intro a. unfold Memory.del. rewrite kd_same.
    destruct (F_eq_dec (len l) a) as [<-|n].
    + unfold len. rewrite (lookup_none l) with (z := Z.of_nat (length l)); [reflexivity|unfold small; lia|lia|lia].
    + rewrite (h a). cbn [lookup]. now destruct (F_eq_dec (len l) a).
Qed.

(* The value in the top register, and the cells below it. *)
Definition full (st : list Z) : list F := map ofZ st ++ [ofZ EMPTY].
Definition top_of (st : list Z) : F := match st with [] => ofZ EMPTY | a :: _ => ofZ a end.
Definition below (st : list Z) : list F := match st with [] => [] | _ :: st => full st end.
Lemma full_parts st : full st = top_of st :: below st.
Proof. now destruct st. Qed.
Lemma full_length st : length (full st) = S (length st).
Proof. unfold full. rewrite app_length, map_length. cbn. lia. Qed.
Lemma below_length st : length (below st) = length st.
Proof. destruct st; [reflexivity|]. apply full_length. Qed.
Lemma len_below st : len (below st) = len st.
Proof. unfold len. now rewrite below_length. Qed.
Lemma full_nth st q w : word w -> Forall word st -> nth_error (full st) q = Some (ofZ w) -> nth_error st q = Some w.
Proof.
  intros hw. revert q. induction st as [|v st IH]; intros [|q] f e; cbn in e; try easy.
  - injection e as e. exact (False_ind _ (not_empty w hw (eq_sym e))).
  - destruct q; easy.
  - injection e as e. inversion f; subst. cbn. f_equal. now apply word_inj.
  - inversion f; subst. now apply IH.
Qed.

Record stack_ok (M : mem) (depth top : F) (st : list Z) : Prop := {
  s_depth : depth = len st; s_top : top = top_of st; s_cells : stacked M STACK (below st); s_words : Forall word st;
  s_small : Z.of_nat (length st) <= 2 ^ 18 }.

Lemma stack_agree M M' d top st : agree M M' STACK -> stack_ok M d top st -> stack_ok M' d top st.
Proof. intros g [h1 h2 h3 h4 h5]. constructor; try assumption. now apply (stacked_agree M). Qed.

(* A push spills the top into the free cell above. *)
Lemma stack_push M d top st t w : stack_ok M d top st -> Z.of_nat (length st) < 2 ^ 18 -> word w ->
  M (STACK, d) = None /\ stack_ok (mput M ((t, STACK, 1), d, top)) (d + ofZ 1)%F (ofZ w) (w :: st).
Proof.
  intros [h1 h2 h3 h4 h5] lt hw. subst d top. rewrite <- len_below. split.
  - apply stacked_free; [unfold small; rewrite below_length; lia|exact h3].
  - constructor; [rewrite len_below; symmetry; apply len_S|reflexivity| |now constructor|cbn [length]; lia].
    cbn [below]. rewrite full_parts. now apply stacked_push.
Qed.

(* A pop finds the word below the top, or the value of an empty stack below the last word. *)
Lemma stack_pop M d top st t e fill : stack_ok M d top st ->
  M (STACK, (d - ofZ 1)%F) = Some ((t, STACK, e), (d - ofZ 1)%F, fill) ->
  exists a st', st = a :: st' /\ top = ofZ a /\ word a /\ fill = top_of st' /\
    stack_ok (mdel M (STACK, (d - ofZ 1)%F)) (d - ofZ 1)%F fill st'.
Proof.
  intros [h1 h2 h3 h4 h5] m. subst d top.
  assert (ed : (len st - ofZ 1)%F = ofZ (Z.of_nat (length (below st)) - 1)) by (unfold len; now rewrite below_length, ofZ_sub).
  rewrite ed in m.
  destruct (stacked_pop M STACK (below st) t e fill _ ltac:(unfold small; rewrite below_length; lia) eq_refl h3 m) as
    (l' & el & h3').
  destruct st as [|a st]; [discriminate el|]. cbn [below] in el. rewrite full_parts in el. injection el as <- <-.
  inversion h4; subst. exists a, st. split; [reflexivity|]. split; [reflexivity|]. split; [assumption|]. split; [reflexivity|].
  constructor; [apply len_pred|reflexivity| |assumption|].
  - rewrite ed. exact h3'.
  - cbn [length] in h5. lia.
Qed.

(* A row that replaces the top. *)
Lemma stack_top M d top a st w : stack_ok M d top (a :: st) -> word w -> stack_ok M d (ofZ w) (w :: st).
Proof.
  intros [h1 h2 h3 h4 h5] hw. inversion h4; subst. constructor; [reflexivity|reflexivity|exact h3|now constructor|exact h5].
Qed.

(* The cell of the k-th word from the top, replaced. *)
Lemma replace_length l : forall k v, length (replace l k v) = length l.
Proof. induction l as [|x l IH]; intros [|k] v; cbn [replace length]; [reflexivity..|]. now rewrite IH. Qed.
Lemma replace_same l : forall k v, nth_error l k = Some v -> replace l k v = l.
Proof.
  induction l as [|x l IH]; intros [|k] v h; cbn in *; [easy..|injection h as ->; reflexivity|]. now rewrite IH.
Qed.
Lemma replace_words l : forall k v, word v -> Forall word l -> Forall word (replace l k v).
Proof.
  induction l as [|x l IH]; intros [|k] v hv h; cbn [replace]; inversion h; subst; constructor; auto.
Qed.
Lemma lookup_replace st b v : Z.of_nat (length st) <= 2 ^ 18 -> forall k, (k < length st)%nat ->
  lookup (full (replace st k v)) b = if F_eq_dec (ofZ (Z.of_nat (length st - k))) b then Some (ofZ v) else lookup (full st) b.
Proof.
  induction st as [|x st IH]; intros sm k hk; cbn [length] in *; [lia|].
  change (full (x :: st)) with (ofZ x :: full st). destruct k as [|k]; cbn [replace].
  - change (full (v :: st)) with (ofZ v :: full st). cbn [lookup]. unfold len. rewrite full_length.
    replace (S (length st) - 0)%nat with (S (length st)) by lia. destruct (F_eq_dec _ b); reflexivity.
  - change (full (x :: replace st k v)) with (ofZ x :: full (replace st k v)). cbn [lookup]. unfold len.
    rewrite !full_length, replace_length, (IH ltac:(lia) k ltac:(lia)).
    replace (S (length st) - S k)%nat with (length st - k)%nat by lia.
    destruct (F_eq_dec (ofZ (Z.of_nat (S (length st)))) b) as [<-|n]; [|reflexivity].
    destruct (F_eq_dec _ _) as [e|]; [|reflexivity]. apply ofZ_inj in e; lia.
Qed.
Lemma stacked_replace M st t k v : Z.of_nat (length st) <= 2 ^ 18 -> (k < length st)%nat -> stacked M STACK (full st) ->
  let a := ofZ (Z.of_nat (length st - k)) in stacked (mput (mdel M (STACK, a)) ((t, STACK, 1), a, ofZ v)) STACK
    (full (replace st k v)).
Proof.
  intros sm hk h a b. rewrite (lookup_replace st b v sm k hk). unfold Memory.put, Memory.del. cbn [key]. rewrite !kd_same. fold a.
  destruct (F_eq_dec a b); [reflexivity|apply h].
Qed.

(* The word at depth z >= 1, in its cell. *)
Lemma stack_deep M d top st t e z w : stack_ok M d top st -> 1 <= z < 2 ^ 32 -> word w ->
  M (STACK, (d - ofZ z)%F) = Some ((t, STACK, e), (d - ofZ z)%F, ofZ w) ->
  exists a rest k, st = a :: rest /\ z = Z.of_nat (S k) /\ (k < length rest)%nat /\ nth_error rest k = Some w /\
    (d - ofZ z)%F = ofZ (Z.of_nat (length rest - k)).
Proof.
  intros [h1 h2 h3 h4 h5] hz hw m.
  assert (ed : (d - ofZ z)%F = ofZ (Z.of_nat (length (below st)) - z)) by (rewrite h1; unfold len; now rewrite below_length,
    ofZ_sub).
  pose proof (h3 (d - ofZ z)%F) as lk. rewrite m in lk. cbn [option_map set_val] in lk.
  destruct (lookup (below st) (d - ofZ z)%F) as [u|] eqn:eu; [|discriminate lk]. cbn [option_map] in lk.
  injection lk as _ lk. subst u.
  rewrite ed in eu. apply lookup_some in eu; [|unfold small; rewrite below_length; lia|rewrite below_length; lia].
  destruct eu as [bound en]. destruct st as [|a rest]; [cbn in bound; lia|]. cbn [below] in bound, en, ed.
  rewrite full_length in bound, en, ed.
  exists a, rest, (Z.to_nat (z - 1)). inversion h4; subst.
  replace (S (length rest) - 1 - Z.to_nat (Z.of_nat (S (length rest)) - z))%nat with (Z.to_nat (z - 1)) in en by lia.
  apply full_nth in en; [|assumption..].
  assert (Z.to_nat (z - 1) < length rest)%nat by (apply nth_error_Some; congruence).
  split; [reflexivity|]. split; [lia|]. split; [assumption|]. split; [exact en|]. rewrite ed. f_equal. lia.
Qed.
Lemma nth_word_deep a rest k w : nth_error rest k = Some w -> nth_word (a :: rest) (Z.of_nat (S k)) = Some w.
Proof. intro h. unfold nth_word. destruct (Z.ltb_spec (Z.of_nat (S k)) 0); [lia|]. now rewrite Nat2Z.id. Qed.

(* A row that takes the word at depth z and puts it back. *)
Lemma stack_read M d top st t t' e z w : stack_ok M d top st -> 1 <= z < 2 ^ 32 -> word w ->
  M (STACK, (d - ofZ z)%F) = Some ((t, STACK, e), (d - ofZ z)%F, ofZ w) ->
  nth_word st z = Some w /\
    (d - ofZ z)%F <> d /\
  stack_ok (mput (mdel M (STACK, (d - ofZ z)%F)) ((t', STACK, 1), (d - ofZ z)%F, ofZ w)) d top st.
Proof.
  intros ok hz hw m. destruct (stack_deep _ _ _ _ _ _ _ _ ok hz hw m) as (a & rest & k & -> & -> & hk & en & ed).
  destruct ok as [h1 h2 h3 h4 h5]. cbn [length] in h5. split; [now apply nth_word_deep|]. split.
  - rewrite ed, h1. unfold len. intro q. cbn [length] in q. apply ofZ_inj in q; lia.
  - constructor; try assumption. cbn [below] in *. rewrite ed.
    pose proof (stacked_replace M rest t' k w ltac:(lia) hk h3) as g. rewrite (replace_same rest k w en) in g. exact g.
Qed.
(* A row that takes the word at depth z and puts the top there. *)
Lemma stack_exchange M d top st t t' e z w : stack_ok M d top st -> 1 <= z < 2 ^ 32 -> word w ->
  M (STACK, (d - ofZ z)%F) = Some ((t, STACK, e), (d - ofZ z)%F, ofZ w) ->
  exists a rest, st = a :: rest /\ nth_word st z = Some w /\
  stack_ok (mput (mdel M (STACK, (d - ofZ z)%F)) ((t', STACK, 1), (d - ofZ z)%F, top)) d (ofZ w)
    (replace (replace st (Z.to_nat z) a) 0 w).
Proof.
  intros ok hz hw m. destruct (stack_deep _ _ _ _ _ _ _ _ ok hz hw m) as (a & rest & k & -> & -> & hk & en & ed).
  destruct ok as [h1 h2 h3 h4 h5]. cbn [length] in h5. exists a, rest. split; [reflexivity|]. split; [now apply nth_word_deep|].
  rewrite Nat2Z.id. cbn [replace]. pose proof (Forall_inv_tail h4) as hr. constructor.
  - rewrite h1. unfold len. cbn [length]. now rewrite replace_length.
  - reflexivity.
  - cbn [below top_of] in *. rewrite ed, h2. exact (stacked_replace M rest t' k a ltac:(lia) hk h3).
  - constructor; [exact hw|]. apply replace_words; [exact (Forall_inv h4)|exact hr].
  - cbn [length]. rewrite replace_length. exact h5.
Qed.
