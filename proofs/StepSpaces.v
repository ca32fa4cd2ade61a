(* The call stack, the heap and the tapes as views of the memory, and what a row does to each of them. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells.
Import ListNotations.
Open Scope Z_scope.

Lemma agree_put_both M M' x s : agree M M' s -> agree (mput M x) (mput M' x) s.
Proof. intros g a. unfold Memory.put. destruct (K_dec _ _); [reflexivity|apply g]. Qed.
Lemma agree_del_both M M' k s : agree M M' s -> agree (mdel M k) (mdel M' k) s.
Proof. intros g a. unfold Memory.del. destruct (K_dec _ _); [reflexivity|apply g]. Qed.
Lemma agree_swap M x y s : key x <> key y -> agree (mput (mput M x) y) (mput (mput M y) x) s.
Proof. intros n a. unfold Memory.put. destruct (K_dec (key x) _), (K_dec (key y) _); congruence. Qed.

(* The call stack holds positions, which are far below the order of the field. *)
Record calls_ok (M : mem) (number : F) (cs : list Z) : Prop := {
  k_number : number = len cs; k_cells : stacked M CALL_STACK (map ofZ cs); k_places : Forall (fun z => 0 <= z < 2 ^ 40) cs;
  k_small : Z.of_nat (length cs) <= 2 ^ 18 }.
Lemma calls_agree M M' n cs : agree M M' CALL_STACK -> calls_ok M n cs -> calls_ok M' n cs.
Proof. intros g [h1 h2 h3 h4]. constructor; try assumption. now apply (stacked_agree M). Qed.
Lemma calls_push M n cs t c : calls_ok M n cs -> Z.of_nat (length cs) < 2 ^ 18 -> 0 <= c < 2 ^ 40 ->
  M (CALL_STACK, n) = None /\ calls_ok (mput M ((t, CALL_STACK, 1), n, ofZ c)) (n + ofZ 1)%F (c :: cs).
Proof.
  intros [h1 h2 h3 h4] lt hc. subst n. rewrite <- len_map. split.
  - apply stacked_free; [unfold small; rewrite map_length; lia|exact h2].
  - constructor; [rewrite len_map; symmetry; apply len_S|cbn [map]; now apply stacked_push|now constructor|cbn [length]; lia].
Qed.
Lemma calls_pop M n cs t e w : calls_ok M n cs -> word w ->
  M (CALL_STACK, (n - ofZ 1)%F) = Some ((t, CALL_STACK, e), (n - ofZ 1)%F, ofZ w) ->
  exists cs', cs = w :: cs' /\ calls_ok (mdel M (CALL_STACK, (n - ofZ 1)%F)) (n - ofZ 1)%F cs'.
Proof.
  intros [h1 h2 h3 h4] hw m. unfold word in hw. subst n.
  assert (ed : (len cs - ofZ 1)%F = ofZ (Z.of_nat (length (map ofZ cs)) - 1)) by (unfold len; now rewrite map_length, ofZ_sub).
  rewrite ed in m. destruct (stacked_pop M CALL_STACK (map ofZ cs) t e (ofZ w) _ ltac:(unfold small; rewrite map_length;
    lia) eq_refl h2 m) as (l' & el & h2').
  destruct cs as [|c cs]; [discriminate el|]. cbn [map] in el. injection el as ec <-.
  pose proof (Forall_inv h3) as hc. apply ofZ_inj in ec; [|cbn beta in hc; lia]. subst c. exists cs. split; [reflexivity|].
  constructor; [apply len_pred|rewrite ed; exact h2'|exact (Forall_inv_tail h3)|cbn [length] in h4; lia].
Qed.

(* The heap: every cell has a word as its address; one that is set holds what the machine's memory has there. *)
Definition heap_ok (M : mem) (h : memory) : Prop := forall a x, M (HEAP, a) = Some x -> exists z, word z /\ a = ofZ z /\
  (set_of x = 0 \/ (set_of x = 1 /\ exists v, word v /\ h z = Some v /\ value_in x = ofZ v)).
Lemma heap_agree M M' h : agree M M' HEAP -> heap_ok M h -> heap_ok M' h.
Proof. intros g r a x e. rewrite g in e. now apply (r a). Qed.
Lemma heap_load M h a t e w : heap_ok M h -> used e -> word w -> M (HEAP, a) = Some ((t, HEAP, e), a, ofZ w) ->
  exists z, word z /\ a = ofZ z /\ h z = Some w /\ forall t', heap_ok (mput (mdel M (HEAP, a)) ((t', HEAP, 1), a, ofZ w)) h.
Proof.
  intros r hu hw m. destruct (r _ _ m) as (z & hz & ea & [q|(q & v & hv & em & ev)]); unfold set_of, value_in in *;
    cbn [fst snd] in *;
    [unfold used in hu; lia|].
  apply word_inj in ev; [subst v|assumption..]. exists z. split; [exact hz|]. split; [exact ea|]. split; [exact em|].
  intros t' b x.
  unfold Memory.put, Memory.del. cbn [key]. rewrite !kd_same. destruct (F_eq_dec a b) as [<-|n]; [|apply r].
  intro e'. injection e' as <-. exists z. split; [exact hz|]. split; [exact ea|]. right. split; [reflexivity|]. exists w.
  split; [exact hw|]. split; [exact em|reflexivity].
Qed.
Lemma heap_store M h a x v : heap_ok M h -> word v -> M (HEAP, a) = Some x ->
  exists z, word z /\ a = ofZ z /\ forall t', heap_ok (mput (mdel M (HEAP, a)) ((t', HEAP, 1), a, ofZ v)) (store h z v).
Proof.
  intros r hv m. destruct (r _ _ m) as (z & hz & ea & _). exists z. split; [exact hz|]. split; [exact ea|]. intros t' b y.
  unfold Memory.put, Memory.del. cbn [key]. rewrite !kd_same. destruct (F_eq_dec a b) as [<-|n].
  - intro e. injection e as <-. exists z. split; [exact hz|]. split; [exact ea|]. right. split; [reflexivity|]. exists v.
    split; [exact hv|]. split; [unfold store; now rewrite Z.eqb_refl|reflexivity].
  - intro e. destruct (r _ _ e) as (z' & hz' & eb & [q|(q & v' & hv' & em & ev)]); exists z'; (split; [exact hz'|]);
      (split; [exact eb|]);
      [now left|right]. split; [exact q|]. exists v'. split; [exact hv'|]. split; [|exact ev]. unfold store.
    destruct (Z.eqb_spec z z') as [<-|_]; [congruence|exact em].
Qed.

(* The words written so far, last first. *)
Record out_ok (M : mem) (number : F) (o : list Z) : Prop := {
  o_number : number = len o;
  o_cells : forall a, M (OUTPUT, a) = option_map (fun v => ((0, OUTPUT, 1), a, v)) (lookup (map ofZ o) a);
  o_words : Forall word o; o_small : Z.of_nat (length o) <= 2 ^ 18 }.
Lemma out_agree M M' n o : agree M M' OUTPUT -> out_ok M n o -> out_ok M' n o.
Proof. intros g [h1 h2 h3 h4]. constructor; try assumption. intro a. rewrite g. apply h2. Qed.
Lemma out_push M n o w : out_ok M n o -> Z.of_nat (length o) < 2 ^ 18 -> word w ->
  M (OUTPUT, n) = None /\ out_ok (mput M ((0, OUTPUT, 1), n, ofZ w)) (n + ofZ 1)%F (w :: o).
Proof.
  intros [h1 h2 h3 h4] lt hw. subst n. rewrite <- (len_map o). split.
  - rewrite h2. unfold len. rewrite lookup_none; [reflexivity|unfold small; rewrite map_length; lia|lia|rewrite map_length; lia].
  - constructor; [rewrite len_map; symmetry; apply len_S| |now constructor|cbn [length]; lia].
    intro a. unfold Memory.put. cbn [key lookup map]. rewrite kd_same. destruct (F_eq_dec _ a) as [<-|]; [reflexivity|apply h2].
Qed.

(* What is left of the input, from the number of words read on. *)
Record in_ok (M : mem) (number : F) (ip : list Z) : Prop := {
  i_number : exists rd, number = ofZ rd /\ 0 <= rd /\ rd + Z.of_nat (length ip) <= 2 ^ 18 /\
    (forall a x, M (INPUT, a) = Some x ->
       exists q w, a = ofZ (rd + Z.of_nat q) /\ nth_error ip q = Some w /\ x = ((0, INPUT, 1), a, ofZ w)) /\
    (forall q w, nth_error ip q = Some w -> exists x, M (INPUT, ofZ (rd + Z.of_nat q)) = Some x);
  i_words : Forall word ip }.
Lemma in_agree M M' n ip : agree M M' INPUT -> in_ok M n ip -> in_ok M' n ip.
Proof.
  intros g [(rd & h1 & h2 & h3 & h4 & h5) h6]. constructor; [|exact h6]. exists rd. split; [exact h1|]. split; [exact h2|].
  split; [exact h3|]. split; [intros a x e; rewrite g in e; now apply h4|intros q w e; rewrite g; now apply (h5 q w)].
Qed.
Lemma in_take M n ip t e w : in_ok M n ip -> word w -> M (INPUT, n) = Some ((t, INPUT, e), n, ofZ w) ->
  exists ip', ip = w :: ip' /\ in_ok (mdel M (INPUT, n)) (n + ofZ 1)%F ip'.
Proof.
  intros [(rd & -> & h0 & hb & h1 & h2) hw] ww m. destruct (h1 _ _ m) as (q & w0 & eq & en & ex).
  assert (ql : (q < length ip)%nat) by (apply nth_error_Some; congruence). apply ofZ_inj in eq; [|lia].
  assert (q = O) by lia. subst q.
  destruct ip as [|w1 ip]; [easy|]. cbn in en. injection en as ->. injection ex as _ _ ew.
  apply word_inj in ew; [subst w0|exact ww|exact (Forall_inv hw)]. exists ip. split; [reflexivity|]. cbn [length] in hb.
  constructor; [|exact (Forall_inv_tail hw)]. exists (rd + 1). split; [now rewrite ofZ_add|]. split; [lia|]. split; [lia|]. split.
  - intros a x ex. unfold Memory.del in ex. rewrite kd_same in ex. destruct (F_eq_dec (ofZ rd) a) as [ea|na]; [easy|].
    destruct (h1 _ _ ex) as ([|q] & w' & eq' & en' & ->); [exfalso; apply na; rewrite eq'; f_equal; lia|].
    exists q, w'. split; [rewrite eq'; f_equal; lia|]. now split.
  - intros q w' ex. destruct (h2 (S q) w' ex) as [x hx]. exists x. unfold Memory.del. rewrite kd_same.
    assert (q < length ip)%nat by (apply nth_error_Some; congruence).
    destruct (F_eq_dec _ _) as [ea|na]; [apply ofZ_inj in ea; lia|]. rewrite <- hx. do 3 f_equal. lia.
Qed.
