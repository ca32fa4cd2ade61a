(* Haboeck's lemma, counted: if the fractions of n terms can add up to zero at n different poles, every tuple has the total
   numerator zero. So fewer than n poles are bad for a sum that is not balanced. There is no division: a fraction is any h
   with h (gamma - t) = m, and where gamma is a tuple t and m is zero, h is free. Such poles are counted as all others. *)
From Coq Require Import ZArith Lia List.
From ProvableVM Require Import Field Polynomials.
Import ListNotations.

(* A term: its numerator, and its tuple as one field element. *)
Definition fraction := (F * F)%type.

(* The fractions of these terms at gamma can add up to this. *)
Inductive adds_up (gamma : F) : list fraction -> F -> Prop :=
| adds_up_nil : adds_up gamma [] (ofZ 0)
| adds_up_cons m t h l sum : (h * (gamma - t))%F = m -> adds_up gamma l sum -> adds_up gamma ((m, t) :: l) (h + sum)%F.

(* The total numerator of a tuple. *)
Fixpoint numerator_of (l : list fraction) (x : F) : F :=
  match l with [] => ofZ 0 | (m, t) :: l => ((if F_eq_dec t x then m else ofZ 0) + numerator_of l x)%F end.
Fixpoint numerators (l : list fraction) : F := match l with [] => ofZ 0 | (m, t) :: l => (m + numerators l)%F end.

Lemma adds_up_app gamma l m x y : adds_up gamma l x -> adds_up gamma m y -> adds_up gamma (l ++ m) (x + y)%F.
Proof.
  intros hl hm. induction hl as [|n t h l sum e hl IH]; cbn.
  - now replace (ofZ 0 + y)%F with y by ring.
  - replace (h + sum + y)%F with (h + (sum + y))%F by ring. now constructor.
Qed.

Lemma adds_up_first gamma m t l x : adds_up gamma ((m, t) :: l) x ->
  exists h sum, (h * (gamma - t))%F = m /\ x = (h + sum)%F /\ adds_up gamma l sum.
Proof. intro r. inversion r as [|? ? h ? sum e r']. now exists h, sum. Qed.

(* Multiplied by gamma - t0. *)
Lemma adds_up_times gamma t0 l sum : adds_up gamma l sum ->
  adds_up gamma (map (fun '(m, t) => (m * (t - t0), t)%F) l) ((gamma - t0) * sum - numerators l)%F.
Proof.
  induction 1 as [|m t h l sum e hl IH]; cbn.
  - replace ((gamma - t0) * #0 - #0)%F with (#0)%F by ring. constructor.
  - replace ((gamma - t0) * (h + sum) - (m + numerators l))%F with (h * (t - t0) + ((gamma - t0) * sum - numerators l))%F.
    + constructor; [rewrite <- e; ring|exact IH].
    + rewrite <- e. ring.
Qed.

Lemma numerators_zero l : (forall m t, In (m, t) l -> m = ofZ 0) -> numerators l = ofZ 0.
Proof.
  induction l as [|[m t] l IH]; cbn; intro z; [reflexivity|]. rewrite (z m t (or_introl eq_refl)), IH; [ring|].
  intros m' t' i. apply (z m' t'). now right.
Qed.

(* Terms with different tuples, whose fractions add up to a polynomial, at more poles than terms and coefficients: all
   numerators are zero. *)
Lemma vanish n : forall l d c G, length l = n -> NoDup (map snd l) -> NoDup G -> (n + d <= length G)%nat -> poly d c ->
  (forall g, In g G -> adds_up g l (c g)) -> (forall m t, In (m, t) l -> m = ofZ 0) /\ forall x, c x = ofZ 0.
Proof.
  induction n as [|n IH]; intros [|[m0 t0] l] d c G en keys nd le hp sums; try easy.
  - split; [easy|]. apply (roots G d c nd); [lia|exact hp|]. intros g i. specialize (sums g i). now inversion sums.
  - cbn in keys. inversion keys as [|? ? new keys']; subst. cbn in en.
    set (l' := map (fun '(m, t) => (m * (t - t0), t)%F) l).
    assert (same : map snd l' = map snd l). { unfold l'. rewrite map_map. apply map_ext. now intros []. }
    destruct (IH l' (S d) (fun x => (x - t0) * c x + #(-1) * (m0 + numerators l))%F G) as [z1 z2].
    + unfold l'. rewrite map_length. lia.
    + now rewrite same.
    + exact nd.
    + lia.
    + now apply poly_mul.
    + intros g i. destruct (adds_up_first g m0 t0 l (c g) (sums g i)) as (h & sum & e & ec & r).
      apply (adds_up_times g t0) in r. fold l' in r.
      replace ((g - t0) * c g + #(-1) * (m0 + numerators l))%F with ((g - t0) * sum - numerators l)%F; [exact r|].
      rewrite ec, <- e. ring.
    + assert (zl : forall m t, In (m, t) l -> m = ofZ 0).
      { intros m t i. destruct (F_integral m (t - t0)%F) as [h|h]; [|exact h|].
        - apply (z1 _ t). unfold l'. apply in_map_iff. now exists (m, t).
        - exfalso. apply new. replace t0 with t by (apply (lin _ _ _ _ h); ring). apply in_map_iff. now exists (m, t). }
      pose proof (numerators_zero l zl) as ms.
      assert (m00 : m0 = ofZ 0). { pose proof (z2 t0) as e. cbn in e. rewrite ms in e. apply (lin _ _ _ _ (eq_sym e)). ring. }
      split; [intros m t [[= <- <-]|i]; [exact m00|now apply (zl m t)]|].
      (* (x - t0) c is zero everywhere: c has its d roots in G without t0 *)
      apply (roots (remove F_eq_dec t0 G) d c); [now apply nodup_remove|pose proof (length_remove t0 G nd); lia|exact hp|].
      intros g i. apply in_remove in i. destruct i as [_ ne]. pose proof (z2 g) as e. cbn beta in e. rewrite ms, m00 in e.
      destruct (F_integral (g - t0)%F (c g)) as [h|h]; [rewrite <- e; ring| |exact h].
      exfalso. apply ne. apply (lin _ _ _ _ h). ring.
Qed.

(* Terms with the same tuple together. *)
Fixpoint insert (m t : F) (l : list fraction) : list fraction :=
  match l with [] => [(m, t)] | (m', t') :: l => if F_eq_dec t t' then (m + m', t')%F :: l else (m', t') :: insert m t l end.
Fixpoint merge (l : list fraction) : list fraction := match l with [] => [] | (m, t) :: l => insert m t (merge l) end.

Lemma insert_adds_up gamma m t h l : forall sum, (h * (gamma - t))%F = m -> adds_up gamma l sum ->
  adds_up gamma (insert m t l) (h + sum)%F.
Proof.
  induction l as [|[m' t'] l IH]; cbn; intros sum e r; [now constructor|].
  destruct (adds_up_first _ _ _ _ _ r) as (h' & sum' & e' & -> & r'). destruct (F_eq_dec t t') as [<-|ne].
  - replace (h + (h' + sum'))%F with ((h + h') + sum')%F by ring. constructor; [rewrite <- e, <- e'; ring|exact r'].
  - replace (h + (h' + sum'))%F with (h' + (h + sum'))%F by ring. constructor; [exact e'|]. now apply IH.
Qed.
Lemma merge_adds_up gamma l sum : adds_up gamma l sum -> adds_up gamma (merge l) sum.
Proof. induction 1 as [|m t h l sum e r IH]; cbn; [constructor|]. now apply insert_adds_up. Qed.
Lemma insert_keys m t l x : In x (map snd (insert m t l)) -> x = t \/ In x (map snd l).
Proof.
  induction l as [|[m' t'] l IH]; cbn; [intuition|]. destruct (F_eq_dec t t') as [<-|ne]; cbn; intuition.
Qed.
Lemma insert_nodup m t l : NoDup (map snd l) -> NoDup (map snd (insert m t l)).
Proof.
  induction l as [|[m' t'] l IH]; cbn; intro h; [repeat constructor; easy|]. inversion h; subst.
  destruct (F_eq_dec t t') as [<-|ne]; cbn; [exact h|]. constructor; [|now apply IH]. intro i. apply insert_keys in i. intuition.
Qed.
Lemma merge_nodup l : NoDup (map snd (merge l)).
Proof. induction l as [|[m t] l IH]; cbn; [constructor|now apply insert_nodup]. Qed.
Lemma insert_length m t l : (length (insert m t l) <= S (length l))%nat.
Proof. induction l as [|[m' t'] l IH]; cbn; [lia|]. destruct (F_eq_dec t t'); cbn; lia. Qed.
Lemma merge_length l : (length (merge l) <= length l)%nat.
Proof. induction l as [|[m t] l IH]; cbn; [lia|]. pose proof (insert_length m t (merge l)). lia. Qed.
Lemma insert_numerator m t l x : numerator_of (insert m t l) x = numerator_of ((m, t) :: l) x.
Proof.
  induction l as [|[m' t'] l IH]; [reflexivity|]. cbn in *. destruct (F_eq_dec t t') as [<-|ne]; cbn.
  - destruct (F_eq_dec t x); ring.
  - rewrite IH. ring.
Qed.
Lemma merge_numerator l x : numerator_of (merge l) x = numerator_of l x.
Proof. induction l as [|[m t] l IH]; [reflexivity|]. cbn [merge]. rewrite insert_numerator. cbn. now rewrite IH. Qed.

(* n terms whose fractions can add up to zero at n poles: every tuple's numerators add up to zero. *)
Theorem poles l G : NoDup G -> (length l <= length G)%nat -> (forall g, In g G -> adds_up g l (ofZ 0)) ->
  forall x, numerator_of l x = ofZ 0.
Proof.
  intros nd le sums x. rewrite <- merge_numerator.
  destruct (vanish (length (merge l)) (merge l) 0 (fun _ => ofZ 0) G eq_refl (merge_nodup l) nd) as [z _].
  - pose proof (merge_length l). lia.
  - intro; reflexivity.
  - intros g i. apply merge_adds_up. now apply sums.
  - clear - z. induction (merge l) as [|[m t] r IH]; [reflexivity|]. cbn. rewrite (z m t (or_introl eq_refl)), IH.
    + destruct (F_eq_dec t x); ring.
    + intros m' t' i. apply (z m' t'). now right.
Qed.
