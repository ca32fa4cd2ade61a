(* Many cells of the memory at once: what is where after a list of tuples was removed or added. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Memory Machine Rows Builder Circuit Meaning Bag Cells StepSpaces StepTuples.
Import ListNotations.
Open Scope Z_scope.

Lemma NoDup_map_in {X Y} (f : X -> Y) l : NoDup l -> (forall x y, In x l -> In y l -> f x = f y -> x = y) -> NoDup (map f l).
Proof.
  induction 1 as [|x l n d IH]; intro inj; cbn [map]; constructor.
  - intro h. apply in_map_iff in h. destruct h as (y & e & hy). apply n.
    rewrite <- (inj y x); [exact hy|now right|now left|exact e].
  - apply IH. intros y z hy hz. apply inj; now right.
Qed.
Lemma NoDup_app {X} (l l' : list X) : NoDup l -> NoDup l' -> (forall x, In x l -> In x l' -> False) -> NoDup (l ++ l').
Proof.
  induction 1 as [|x l n d IH]; intros d' apart; cbn [app]; [exact d'|]. constructor.
  - intro h. apply in_app_or in h. destruct h as [h|h]; [now apply n|]. apply (apart x); [now left|exact h].
  - apply IH; [exact d'|]. intros y hy. apply apart. now right.
Qed.
Lemma NoDup_apart {X} (l l' : list X) x : NoDup (l ++ l') -> In x l -> In x l' -> False.
Proof.
  induction l as [|y l IH]; cbn [app]; intros d h h'; [easy|]. inversion d as [|y' l'' n d' e]. destruct h as [<-|h].
  - apply n. apply in_or_app. now right.
  - now apply IH.
Qed.

Lemma puts_other l : forall M k, ~ In k (map key l) -> mputs M l k = M k.
Proof.
  induction l as [|y l IH]; intros M k n; [reflexivity|]. cbn [map] in n. cbn [Memory.puts fold_left].
  fold (mputs (mput M y) l). rewrite IH by (intro h; apply n; now right). unfold Memory.put.
  destruct (K_dec (key y) k) as [e|e]; [|reflexivity]. contradiction n. now left.
Qed.
Lemma puts_in l : forall M k x, mputs M l k = Some x -> (M k = Some x /\ ~ In k (map key l)) \/ (In x l /\ key x = k).
Proof.
  induction l as [|y l IH]; intros M k x h; [left; split; [exact h|easy]|]. cbn [Memory.puts fold_left] in h.
  fold (mputs (mput M y) l) in h. apply IH in h. destruct h as [[h n]|[h1 h2]].
  - unfold Memory.put in h. destruct (K_dec (key y) k) as [e|e]; [injection h as <-; right; split; [now left|exact e]|].
    left. split; [exact h|]. cbn [map]. intros [q|q]; [now apply e|now apply n].
  - right. split; [now right|exact h2].
Qed.
Lemma dels_other l : forall M k, ~ In k (map key l) -> mdels M l k = M k.
Proof.
  induction l as [|y l IH]; intros M k n; [reflexivity|]. cbn [map] in n. cbn [Memory.dels fold_left].
  fold (mdels (mdel M (key y)) l). rewrite IH by (intro h; apply n; now right). unfold Memory.del.
  destruct (K_dec (key y) k) as [e|e]; [|reflexivity]. contradiction n. now left.
Qed.
Lemma dels_in l : forall M k, In k (map key l) -> mdels M l k = None.
Proof.
  induction l as [|y l IH]; intros M k h; [easy|]. cbn [map] in h. cbn [Memory.dels fold_left]. fold (mdels (mdel M (key y)) l).
  destruct (in_dec K_dec k (map key l)) as [i|n]; [now apply IH|]. rewrite dels_other by exact n. unfold Memory.del.
  destruct h as [->|h]; [|easy]. destruct (K_dec k k); [reflexivity|easy].
Qed.
Lemma dels_some l M k x : mdels M l k = Some x -> M k = Some x /\ ~ In k (map key l).
Proof.
  intro h. destruct (in_dec K_dec k (map key l)) as [i|n]; [now rewrite dels_in in h|]. split; [|exact n].
  now rewrite dels_other in h.
Qed.
Lemma fresh_all l : forall M, NoDup (map key l) -> (forall k, In k (map key l) -> M k = None) -> mfresh M l.
Proof.
  induction l as [|y l IH]; intros M d h; [exact I|]. cbn [map] in *. inversion d as [|k ks n d' e]. cbn [Memory.fresh].
  split; [apply h; now left|]. apply IH; [exact d'|]. intros k' hk. unfold Memory.put.
  destruct (K_dec (key y) k') as [q|q]; [subst k'; contradiction|]. apply h. now right.
Qed.

(* Different tuples that one memory holds are in different cells. *)
Lemma held_apart (M : mem) l : NoDup l -> (forall x, In x l -> M (key x) = Some x) -> NoDup (map key l).
Proof.
  intros d h. apply NoDup_map_in; [exact d|]. intros x y hx hy e. apply h in hx. apply h in hy. rewrite e, hy in hx. congruence.
Qed.

(* Removals and additions in other spaces. *)
Lemma agree_many M l l' s : Forall (fun k => fst k <> s) (map key l) -> Forall (fun k => fst k <> s) (map key l') ->
  agree M (mputs (mdels M l) l') s.
Proof.
  intros h h' a. rewrite puts_other, dels_other; [reflexivity| |]; intro i.
  - exact (proj1 (Forall_forall _ _) h _ i eq_refl).
  - exact (proj1 (Forall_forall _ _) h' _ i eq_refl).
Qed.

(* The keys of a list of words from an address on. *)
Lemma cells_keys base vs i s : map key (cells_at base vs (stored i s)) =
  map (fun q => (s, (base + ofZ (Z.of_nat q))%F)) (seq 0 (length vs)).
Proof.
  unfold cells_at. generalize 0%nat. induction vs as [|v vs IH]; intro b; [reflexivity|].
  cbn [length seq combine map]. now rewrite IH.
Qed.
Lemma cells_in base vs f q v : nth_error vs q = Some v -> In (f (base + ofZ (Z.of_nat q))%F (ofZ v)) (cells_at base vs f).
Proof.
  intro e. unfold cells_at. apply in_map_iff. exists (q, v). split; [reflexivity|].
  assert (g : forall l b p, nth_error l p = Some v -> In ((b + p)%nat, v) (combine (seq b (length l)) l)).
  { induction l as [|y l IH]; intros b [|p] h; cbn in h; try easy; cbn [length seq combine].
    - injection h as ->. left. f_equal. lia.
    - right. replace (b + S p)%nat with (S b + p)%nat by lia. now apply IH. }
  exact (g vs 0%nat q e).
Qed.
