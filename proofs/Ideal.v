(* What the committed block satisfies if the challenges were not chosen badly (Challenge.v): the constraints without a
   challenge, every sum as an equation of bags of tuples, and the program table entry by entry.

   A tuple is three field elements: what is packed, what stands under beta, what stands under beta squared. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning.
Import ListNotations.
Open Scope Z_scope.

Definition F2_dec (x y : F * F) : {x = y} + {x <> y}.
Proof. decide equality; apply F_eq_dec. Defined.
Definition F3_dec (x y : F3) : {x = y} + {x <> y}.
Proof. decide equality; [apply F_eq_dec|apply F2_dec]. Defined.

(* A term of a sum: how often it counts, and its tuple. *)
Definition term := (F * F3)%type.
Fixpoint total (l : list term) (x : F3) : F :=
  match l with [] => (#0)%F | (m, y) :: l => ((if F3_dec y x then m else #0) + total l x)%F end.
Definition balanced (l : list term) : Prop := forall x, total l x = (#0)%F.

Section Ideal.
  Variable a : assignment.

  Definition value_under (u : under) : F := (eval a (value u) + #(shift u))%F.
  Definition value_of (t : tuple) : F3 := (eval a (packed t), value_under (at_beta t), value_under (at_beta_squared t)).
  Definition terms_of (s : sum) (i : item) : list term :=
    match i with
    | Term s' sign _ t numerator => if sum_eq s s' then [(#sign * eval a numerator, value_of t)%F] else []
    | _ => []
    end.
  Definition terms (s : sum) (l : list item) : list term := flat_map (terms_of s) l.

  (* The constraints of an item that mention no challenge. *)
  Definition is_local (i : item) : bool :=
    match i with Enforce _ _ _ | Product _ _ _ | WhereZero _ _ _ _ | Inverse _ _ => true | _ => false end.
  Definition local (l : list item) : Prop := Forall (holds a) (flat_map constraints_of (filter is_local l)).
End Ideal.

(* What the verifier adds to the memory: the words of the input and of the data. It removes the words of the output, and
   the tuples, not set, with which the heap table begins the cells of the data (circuit/statement.rs). *)
Definition added_tuples (input : list Z) (data : list (Z * Z)) : list Tup :=
  map (fun '(j, w) => ((0, INPUT, 1), #(Z.of_nat j), #w)%F) (combine (seq 0 (length input)) input) ++
  map (fun '(at_, w) => ((0, HEAP, 1), #at_, #w)%F) data.
Definition removed_tuples (output : list Z) (data : list (Z * Z)) : list Tup :=
  map (fun '(j, w) => ((0, OUTPUT, 1), #(Z.of_nat j), #w)%F) (combine (seq 0 (length output)) output) ++
  map (fun '(at_, _) => ((0, HEAP, 0), #at_, #0)%F) data.
Definition statement_terms (input output : list Z) (data : list (Z * Z)) : list term :=
  map (fun x => (#1, enc x)%F) (added_tuples input data) ++ map (fun x => (#(-1), enc x)%F) (removed_tuples output data).

(* A statement: a table of rows, the data, and the tapes. *)
Record claim := { table : list (option row_op); heap_data : list (Z * Z); input : list Z; output : list Z }.
(* What the verifier checks of a claim for a tier: words, and lengths (circuit/statement.rs, proof/). *)
Definition claim_ok (c : capacities) (x : claim) : Prop :=
  (length (table x) <= program_rows c)%nat /\
  Forall (fun r => match r with Some r => row_ok r | None => True end) (table x) /\
  Forall (fun '(at_, w) => word at_ /\ word w) (heap_data x) /\ NoDup (map fst (heap_data x)) /\
  (length (heap_data x) <= heap_rows c)%nat /\
  Forall word (input x) /\ Forall word (output x) /\ (length (input x) <= rows c)%nat /\ (length (output x) <= rows c)%nat.

Record ideal (c : capacities) (all : circuit) (x : claim) (a : assignment) : Prop := {
  one : a One = (#1)%F;
  is_satisfied : local a (items all);
  sums_close : forall s, In s (sums all) -> s <> MemorySum -> balanced (terms a s (items all));
  memory_closes : balanced (terms a MemorySum (items all) ++ statement_terms (input x) (output x) (heap_data x));
  program_table : forall j, (j < program_rows c)%nat ->
    a (Column Program j 0) = (#(fst (entry (table x) j)))%F /\ a (Column Program j 1) = (#(snd (entry (table x) j)))%F }.
