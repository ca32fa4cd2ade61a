(* Constraints as data, as the builder writes them (core/src/circuit/builder.rs, bounds/context.rs).

   A circuit is a list of items in the order in which the builder writes them. An item is one constraint, or two, and
   says which variable it determines. Variables have names; `Numbering.v` numbers them as the builder does. *)
From Coq Require Import ZArith List Bool.
From ProvableVM Require Import Field.
Import ListNotations.
Open Scope Z_scope.

(* The blocks of the committed part (layout/mod.rs), in order. *)
Inductive block := Step | Heap | HeapEnd | Stack | Calls | Program | Arithmetic | Bitwise | Compare | Range | Top | Digit
  | Power | Sha | ShaTable | Blind.

(* A variable: the constant one, the statement, a committed column, beta squared, or the n-th variable that a row of a
   block determines. *)
Inductive var :=
| One | Gamma | Beta | Rho | ProgramAt | Tapes
| Column (b : block) (row column : nat)
| BetaSquared
| Fresh (b : block) (row number : nat).

Definition lc := list (var * Z).
Definition assignment := var -> F.
Definition eval (a : assignment) (l : lc) : F := fold_right (fun '(x, m) sum => (#m * a x + sum)%F) (#0)%F l.

Definition constant (n : Z) : lc := [(One, n)].
Definition v (x : var) : lc := [(x, 1)].
Definition scale (n : Z) (l : lc) : lc := map (fun '(x, m) => (x, n * m)) l.
Definition minus (a b : lc) : lc := a ++ scale (-1) b.

(* The sums of logarithmic derivatives. *)
Inductive sum := MemorySum | RangeSum | TopSum | FetchSum | CoprocessorSum | DigitSum | PowerSum | ShaSum (place : nat).

(* What stands under a power of beta in a tuple: nothing; a variable, which is that power times a value; a number times
   that power; or both of the last two. *)
Record under := { name : option var; value : lc; shift : Z }.
Definition nothing : under := {| name := None; value := []; shift := 0 |}.
Definition under_beta (x : var) (value : lc) : under := {| name := Some x; value := value; shift := 0 |}.
Definition beside (u : under) (n : Z) : under := {| name := name u; value := value u; shift := shift u + n |}.
Definition constant_under (n : Z) : under := {| name := None; value := []; shift := n |}.

Record tuple := { packed : lc; at_beta : under; at_beta_squared : under }.
Definition single (l : lc) : tuple := {| packed := l; at_beta := nothing; at_beta_squared := nothing |}.
Definition with_beta (l : lc) (u : under) : tuple := {| packed := l; at_beta := u; at_beta_squared := nothing |}.

Definition written (power : var) (u : under) : lc :=
  (match name u with Some x => v x | None => [] end) ++ (if shift u =? 0 then [] else [(power, shift u)]).
(* The linear combination that is subtracted from the pole. *)
Definition lc_of (t : tuple) : lc := packed t ++ written Beta (at_beta t) ++ written BetaSquared (at_beta_squared t).

Inductive item :=
| Enforce (a b c : lc)                                  (* a . b = c *)
| Product (x : var) (a b : lc)                          (* x is a . b *)
| TimesBeta (x : var) (l : lc)                          (* x is l . beta *)
| TimesBetaSquared (x : var) (l : lc)                   (* x is l . beta^2 *)
| TimesRho (x : var) (l : lc)                           (* x is l . rho *)
| WhereZero (inverse x : var) (value weight : lc)       (* x is weight where value is zero, else zero *)
| Inverse (x : var) (value : lc)                        (* value is not zero *)
| Term (s : sum) (sign : Z) (x : var) (t : tuple) (numerator : lc). (* x is numerator / (gamma - t), and sign . x is in the sum *)

(* The constraints of an item, in order: a . b = c. *)
Definition constraints_of (i : item) : list (lc * lc * lc) :=
  match i with
  | Enforce a b c => [(a, b, c)]
  | Product x a b => [(a, b, v x)]
  | TimesBeta x l => [(l, v Beta, v x)]
  | TimesBetaSquared x l => [(l, v BetaSquared, v x)]
  | TimesRho x l => [(l, v Rho, v x)]
  | WhereZero inverse x value weight => [(v x, value, []); (v inverse, value, minus weight (v x))]
  | Inverse x value => [(v x, value, v One)]
  | Term _ _ x t numerator => [(v x, minus (v Gamma) (lc_of t), numerator)]
  end.

Definition boolean (l : lc) : item := Enforce l (minus (constant 1) l) [].
Definition zero (l : lc) : item := Enforce l (v One) [].

Definition sum_eq (x y : sum) : {x = y} + {x <> y}.
Proof. repeat decide equality. Defined.

(* The constraint that closes a sum. The statement's part is in that of the memory. *)
Definition closing (items : list item) (s : sum) : lc :=
  flat_map (fun i => match i with Term s' sign x _ _ => if sum_eq s s' then [(x, sign)] else [] | _ => [] end) items ++
  match s with MemorySum => v Tapes | _ => [] end.

Definition holds (a : assignment) (c : lc * lc * lc) : Prop := let '(x, y, z) := c in (eval a x * eval a y = eval a z)%F.

(* A circuit: its items, and the sums that it closes, in order. *)
Record circuit := { items : list item; sums : list sum }.
Definition constraints (c : circuit) : list (lc * lc * lc) :=
  flat_map constraints_of (items c) ++ map (fun s => (closing (items c) s, v One, [])) (sums c).
Definition satisfies (a : assignment) (c : circuit) : Prop := a One = (#1)%F /\ Forall (holds a) (constraints c).
