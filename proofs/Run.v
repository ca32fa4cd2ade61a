(* The machine as a function, which is compared with the interpreter on random programs. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Machine.
Import ListNotations.
Open Scope Z_scope.

Inductive ending := Halted | Trapped | Running.

(* At most `fuel` steps, with the words of the secret input. The steps and the words that are left, and the final state. *)
Fixpoint run (P : program) (fuel : nat) (s : state) (secret : list Z) : ending * nat * list Z * state :=
  let stops e := (e, fuel, secret, s) in
  match fuel with
  | O => stops Running
  | S less =>
    let step i w rest := match exec (length_of P) i s w with Some s => run P less s rest | None => stops Trapped end in
    match fetch P (pc s), secret with
    | Some HALT, _ => stops (match inp s with [] => Halted | _ => Trapped end)
    | Some SECRET, [] => stops Trapped
    | Some SECRET, w :: rest => step SECRET w rest
    | Some i, rest => step i 0 rest
    | None, _ => stops (if (pc s =? length_of P) && (match inp s with [] => true | _ => false end) then Halted else Trapped)
    end
  end.


(* A run that halts is a run of the relation of which the theorem speaks. *)
Theorem run_is_steps P fuel : forall s secret left rest s2, Forall word secret -> run P fuel s secret = (Halted, left, rest, s2) ->
  exists used, secret = used ++ rest /\ steps P (fuel - left) s used s2 /\ halted P s2 /\ (left <= fuel)%nat.
Proof.
  assert (zero_word : word 0) by (unfold word; split; [discriminate|reflexivity]).
  induction fuel as [|fuel IH]; intros s secret left rest s2 words h; [discriminate h|].
  assert (stops : forall e, (e, S fuel, secret, s) = (Halted, left, rest, s2) -> halted P s -> exists used, secret = used ++ rest /\
    steps P (S fuel - left) s used s2 /\ halted P s2 /\ (left <= S fuel)%nat).
  { intros e q hs. injection q as _ <- <- <-. exists []. rewrite Nat.sub_diag. repeat split; auto; [constructor|apply hs|apply hs]. }
  assert (goes : forall i w after, fetch P (pc s) = Some i -> word w -> Forall word after -> secret = taken i w ++ after ->
    match exec (length_of P) i s w with Some s1 => run P fuel s1 after | None => (Trapped, S fuel, secret, s) end = (Halted, left, rest, s2) ->
    exists used, secret = used ++ rest /\ steps P (S fuel - left) s used s2 /\ halted P s2 /\ (left <= S fuel)%nat).
  { intros i w after f hw hafter q e. destruct (exec _ i s w) as [s1|] eqn:x; [|discriminate e].
    destruct (IH s1 after left rest s2 hafter e) as (used & q' & st & hs & l). exists (taken i w ++ used).
    rewrite q, q', <- app_assoc. repeat split; auto; try apply hs. replace (S fuel - left)%nat with (S (fuel - left)) by (apply eq_sym, Nat.sub_succ_l, l).
    apply (steps_S P _ s i w s1 used s2); auto. }
  cbn [run] in h. cbv zeta in h. revert h. case_eq (fetch P (pc s)); [intros i f h|intros f h].
  - destruct i; try (apply (goes _ 0 secret f zero_word words eq_refl h)).
    + destruct secret as [|w after]; [discriminate h|]. inversion words; subst. apply (goes SECRET w after); auto.
    + destruct (inp s) eqn:i; [|discriminate h]. apply (stops Halted h). split; [left; exact f|exact i].
  - destruct (pc s =? length_of P) eqn:e; cbn [andb] in h; [|discriminate h]. destruct (inp s) eqn:i; [|discriminate h].
    apply (stops Halted h). split; [right; now apply Z.eqb_eq|exact i].
Qed.
