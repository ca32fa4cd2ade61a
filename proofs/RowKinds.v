(* What the equations of a row mean, kind by kind: the statement, and the tactics of the proofs. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Machine Rows Builder Capacities Circuit Meaning Ideal RowEquations Bag RowPorts.
Import ListNotations.
Open Scope Z_scope.

(* The control bits of a list. *)
Definition on_list (l : list bit) (b : bit) : F := ofB (has l b).

(* The equations of a row of kind m with the control bits l give its meaning, what it adds and removes, and its question. *)
Definition explained (m : row_op) (l : list bit) : Prop :=
  forall i longest r n fill set rz az fz cb, Z.of_nat i < 2 ^ 17 -> 0 <= longest < 2 ^ 18 -> row_ok m ->
  row_equations longest r n fill set (on_list l) (operand_of m) rz az fz cb ->
  exists Ad Rm question,
    row_meaning m i rz r n Ad Rm question /\
    reads [stack_port i longest r fill (on_list l) fz; general_out i r fill set (on_list l) (operand_of m) rz az;
      general_in i r n fill (on_list l) (operand_of m)] Ad Rm /\
    Forall within (Ad ++ Rm) /\ asks (question_term_value r fill (on_list l) (operand_of m) rz cb) question.

Lemma three_reads t1 t2 t3 A1 A2 A3 R1 R2 R3 : reads [t1] A1 R1 -> reads [t2] A2 R2 -> reads [t3] A3 R3 ->
  reads [t1; t2; t3] (A1 ++ A2 ++ A3) (R1 ++ R2 ++ R3).
Proof. intros h1 h2 h3. exact (reads_app [t1] [t2; t3] _ _ _ _ h1 (reads_app [t2] [t3] _ _ _ _ h2 h3)). Qed.

Lemma asks_some m q q' : m = (#1)%F -> q = q' -> asks (m, (q, #0, #0))%F (Some q').
Proof. now intros -> ->. Qed.
(* Push and Here together force `fill` as each alone does. *)
Lemma half x : ((#1 + #1) * x = #0)%F -> x = (#0)%F.
Proof. intro h. destruct (F_integral _ _ h) as [e|e]; [|exact e]. rewrite <- ofZ_add in e. apply ofZ_inj in e; [discriminate|reflexivity]. Qed.

(* Control bits become 0 and 1. *)
Ltac bits_in h := cbv [on_list has existsb bit_eq bit_rec bit_rect orb goes_up goes_down pops replaces general_space_value base_value
  general_address_value put_value kept_top question_term_value fst snd operand_of unit_operand] in h; cbn [ofB] in h.
Ltac bits := cbv [on_list has existsb bit_eq bit_rec bit_rect orb goes_up goes_down pops replaces general_space_value base_value
  general_address_value put_value kept_top question_term_value fst snd operand_of unit_operand]; cbn [ofB].
(* An equation that follows from another by linear steps. *)
Ltac by_ h := first [apply (lin _ _ _ _ h); num | apply (lin _ _ _ _ (eq_sym h)); num].
(* The equations of a row, with its control bits put in: `h...` is the equation of that name in `row_equations`. *)
Ltac equations :=
  intros i longest r n fill set rz az fz cb early short good e;
  destruct e as [hword hage hfage harith hspill hcall hset hdepth hcalls hread hwritten htopeq hflageq hpc];
  first [rewrite answer_none in hpc by reflexivity | rewrite answer_top in hpc by reflexivity | rewrite answer_flag in hpc by reflexivity];
  bits_in harith; bits_in hspill; bits_in hcall; bits_in hdepth; bits_in hcalls; bits_in hread; bits_in hwritten; bits_in htopeq;
  bits_in hflageq; bits_in hpc; rewrite ?ofB_z in harith, hflageq.
Ltac side := first [assumption | reflexivity | unfold STACK, CALL_STACK, INPUT, OUTPUT, HEAP, REQUEST; lia |
  bits; unfold STACK, CALL_STACK, INPUT, OUTPUT, HEAP, REQUEST; num].

(* What a port does. `up s d as y p w e` names a tuple y that the stack port pushes, in space s at address d: p says so, w
   that y is within its widths, and e that this is all that the term of the port adds and removes. `down` is the same for a
   pop, and `takes` for the general port, where the second argument is `set`. `idle`, `nothing out` and `nothing in` are
   for ports that do nothing, and `stores` and `writes` for what the general port puts. *)
Tactic Notation "up" constr(s) constr(d) "as" ident(y) ident(p) ident(w) ident(e) :=
  match goal with |- context [stack_port ?i ?longest ?r ?fill ?on ?fz] =>
    destruct (port_up i longest r fill on fz ltac:(assumption) ltac:(assumption) ltac:(assumption) s d) as (y & p & w & e); [side..|] end.
Tactic Notation "down" constr(s) constr(d) "as" ident(y) ident(p) ident(w) ident(e) :=
  match goal with |- context [stack_port ?i ?longest ?r ?fill ?on ?fz] =>
    destruct (port_down i longest r fill on fz ltac:(assumption) ltac:(assumption) ltac:(assumption) s d) as (y & p & w & e); [side..|] end.
Tactic Notation "idle" "as" ident(e) :=
  match goal with |- context [stack_port ?i ?longest ?r ?fill ?on ?fz] =>
    assert (e : reads [stack_port i longest r fill on fz] [] []) by (apply port_idle; side) end.
Tactic Notation "nothing" "out" "as" ident(e) :=
  match goal with |- context [general_out ?i ?r ?fill ?set ?on ?op ?rz ?az] =>
    assert (e : reads [general_out i r fill set on op rz az] [] []) by (apply out_idle; side) end.
Tactic Notation "nothing" "in" "as" ident(e) :=
  match goal with |- context [general_in ?i ?r ?n ?fill ?on ?op] =>
    assert (e : reads [general_in i r n fill on op] [] []) by (apply in_idle; side) end.
(* A value of the general port may be that of the next top. *)
Ltac value_side := first [side | bits; match goal with h : c_top _ = _ |- _ => rewrite h end; num].
Tactic Notation "takes" constr(s) constr(e) constr(d) "as" ident(y) ident(p) ident(w) ident(ef) :=
  match goal with |- context [general_out ?i ?r ?fill ?set ?on ?op ?rz ?az] =>
    match goal with short : 0 <= ?longest < 2 ^ 18, hage : 0 <= az <= ?longest |- _ =>
      destruct (out_takes i longest r fill set on op rz az ltac:(assumption) short hage s e d) as (y & p & w & ef); [side..|] end end.
Tactic Notation "stores" constr(s) constr(d) constr(v) "as" ident(e) :=
  match goal with |- context [general_in ?i ?r ?n ?fill ?on ?op] =>
    assert (e : reads [general_in i r n fill on op] [stored i s d v] []) by (apply in_stores; value_side) end.
Tactic Notation "writes" constr(d) constr(v) "as" ident(e) :=
  match goal with |- context [general_in ?i ?r ?n ?fill ?on ?op] =>
    assert (e : reads [general_in i r n fill on op] [((0, OUTPUT, 1), d, v)] []) by (apply in_writes; side) end.
(* `set` of what is taken. *)
Tactic Notation "is_used" ident(e) ident(he) ident(hu) ident(hb) :=
  match goal with h : ((#1 - ?set) * _ = #0)%F |- _ => destruct (set_used _ _ h) as (e & he & hu & hb); [side|] end.
Tactic Notation "is_unused" ident(e) ident(he) ident(hu) ident(hb) :=
  match goal with h : ((#1 - ?set) * _ = #0)%F |- _ => destruct (set_unused _ _ h) as (e & he & hu & hb); [side|] end.

(* The next row's state. *)
Ltac state := unfold next_row; repeat apply conj; match goal with h : context [?f ?n] |- ?f ?n = _ => by_ h end.
(* The tuples that the row adds and removes, by what its three terms do, and what it asks: the meaning is left. *)
Ltac all_within := cbn [app]; repeat (apply Forall_cons; [first [assumption |
  apply stored_within; [assumption | unfold STACK, HEAP, REQUEST; lia] | unfold within, OUTPUT; lia]|]); apply Forall_nil.
Tactic Notation "effect" constr(Ad) constr(Rm) "by" constr(e1) constr(e2) constr(e3) :=
  exists Ad, Rm, None; split; [|split; [exact (three_reads _ _ _ _ _ _ _ _ _ e1 e2 e3)|split; [all_within|cbn [asks]; bits; num]]].
Tactic Notation "effect" constr(Ad) constr(Rm) "asking" constr(q) "by" constr(e1) constr(e2) constr(e3) :=
  exists Ad, Rm, (Some q); split; [|split; [exact (three_reads _ _ _ _ _ _ _ _ _ e1 e2 e3)|split; [all_within|
    apply asks_some; [bits; num|unfold asked; rewrite ?ofB_z; bits; num]]]].

