(* What it means that the builder's matrices are those of the circuit (`same_matrices`, Numbering.v): whoever satisfies the
   matrices satisfies the circuit, the statement is in the variables 1 to 5, and the committed block has all columns.

   A vector z is an element for each number of a variable. The assignment that it gives takes each variable of the circuit at
   its number. `matrices_satisfied` says that this assignment satisfies the circuit. Nothing here asks that different
   variables have different numbers: two with one number would only have to be equal. *)
From Coq Require Import ZArith Lia List Bool FMapPositive.
From ProvableVM Require Import Field Builder Capacities Circuit Linear Numbering.
Import ListNotations.
Open Scope Z_scope.

(* The integer of a natural number is the usual one. *)
Lemma count_from_integer x : forall sum, count_from sum x = sum + Z.of_nat x.
Proof.
  induction x as [x IH] using (well_founded_induction lt_wf). intro sum.
  do 16 (destruct x as [|x]; [reflexivity|]). cbn [count_from]. rewrite IH by lia. lia.
Qed.
Lemma n_integer x : n x = Z.of_nat x.
Proof. exact (count_from_integer x 0). Qed.

(* REMAINDERS *)

(* A number is the same element as its remainder. *)
Lemma modulo_element x : ofZ (x mod Prime.order) = ofZ x.
Proof. rewrite (Z_div_mod_eq_full x Prime.order) at 2. rewrite ofZ_add, ofZ_mul, ofZ_order. ring. Qed.

(* A map from integers to integers that are the same elements. *)
Definition right (known : Map.t Z) : Prop := forall p r, Map.find p known = Some r -> ofZ r = ofZ (Zpos p).
Lemma fold_left_keeps {X Y} (keeps : Y -> Prop) (f : Y -> X -> Y) l : (forall y x, keeps y -> keeps (f y x)) ->
  forall y, keeps y -> keeps (fold_left f l y).
Proof. intro each. induction l as [|x l IH]; intros y h; [exact h|]. apply IH, each, h. Qed.
Lemma divide_once_right known x : right known -> right (divide_once Prime.order known x).
Proof.
  intro known_right. destruct x as [name value]. unfold divide_once. cbn [snd].
  assert (added : forall p, right (Map.add p (Zpos p mod Prime.order) known)).
  { intros p q r found. destruct (Pos.eq_dec q p) as [->|other].
    - rewrite PositiveMap.gss in found. injection found as <-. apply modulo_element.
    - rewrite PositiveMap.gso in found by exact other. now apply known_right. }
  destruct value as [|p|p]; [exact known_right| |];
    (destruct (Zpos p <? Prime.order); [exact known_right|]; destruct (Map.find p known); [exact known_right|apply added]).
Qed.
Lemma remainders_right l : right (remainders Prime.order l).
Proof.
  unfold remainders. apply (fold_left_keeps right).
  - intros known [[a b] c] h. do 3 (apply (fold_left_keeps right); [exact divide_once_right|]). exact h.
  - intros p r found. rewrite PositiveMap.gempty in found. discriminate.
Qed.

(* THE ROWS OF A MATRIX *)

Section Rows.
  Variable z : Z -> F.
  (* The value of a row. *)
  Fixpoint row_value (r : row) : F :=
    match r with [] => (#0)%F | (at_, value) :: r => (#value * z at_ + row_value r)%F end.
  Lemma row_value_app r r' : row_value (r ++ r') = (row_value r + row_value r')%F.
  Proof. induction r as [|[at_ value] r IH]; cbn [app row_value]; [|rewrite IH]; ring. Qed.
  Lemma row_value_less r : row_value (less r) = (#0 - row_value r)%F.
  Proof.
    induction r as [|[at_ value] r IH]; cbn [less map row_value]; [ring|]. fold (less r). rewrite IH, ofZ_opp. ring.
  Qed.

  (* The value of a map, where f has the elements of its keys. *)
  Fixpoint total_of (f : positive -> F) (m : Map.t Z) : F :=
    match m with
    | Map.Leaf _ => (#0)%F
    | Map.Node l value r =>
      (total_of (fun key => f (xO key)) l + match value with Some v => #v * f xH | None => #0 end +
        total_of (fun key => f (xI key)) r)%F
    end.
  Lemma total_add key value : forall f m,
    total_of f (Map.add key (match Map.find key m with Some sum => sum + value | None => value end) m) =
    (total_of f m + #value * f key)%F.
  Proof.
    induction key as [key IH|key IH|]; intros f m; destruct m as [|l old r]; cbn [Map.add Map.find total_of].
    - pose proof (IH (fun k => f (xI k)) (Map.Leaf Z)) as e. cbn [total_of] in e. rewrite PositiveMap.gleaf in e.
      rewrite e. ring.
    - rewrite IH. ring.
    - pose proof (IH (fun k => f (xO k)) (Map.Leaf Z)) as e. cbn [total_of] in e. rewrite PositiveMap.gleaf in e.
      rewrite e. ring.
    - rewrite IH. ring.
    - ring.
    - destruct old as [sum|]; [rewrite ofZ_add|]; ring.
  Qed.

  (* The element of a key. *)
  Definition at_key (key : positive) : F := z (Z.pos key - 1).
  Lemma summed_value r : forall m m', summed r m = Some m' -> total_of at_key m' = (total_of at_key m + row_value r)%F.
  Proof.
    induction r as [|[at_ value] r IH]; intros m m' e; cbn [summed] in e.
    - injection e as <-. cbn. ring.
    - destruct (Z.ltb_spec at_ 0) as [|nonneg]; [discriminate|]. rewrite (IH _ _ e). unfold add_to. rewrite total_add.
      unfold at_key at 2. rewrite Z2Pos.id by lia. replace (at_ + 1 - 1) with at_ by lia. cbn [row_value]. ring.
  Qed.

  (* A multiple of the order is zero. *)
  Lemma is_zero_element x : is_zero Prime.order x = true -> ofZ x = ofZ 0.
  Proof.
    unfold is_zero. destruct (Z.eqb_spec x 0) as [zero|_]; [now rewrite zero|].
    destruct (Z.eqb_spec (Z.abs x) Prime.order) as [long|_]; intro e.
    - assert (either : x = Prime.order \/ x = - Prime.order) by lia.
      destruct either as [->| ->]; rewrite ?ofZ_opp, ofZ_order; ring.
    - apply Z.eqb_eq in e. now rewrite <- modulo_element, e.
  Qed.
  Lemma all_zero_value m : forall f, all_zero Prime.order m = true -> total_of f m = (#0)%F.
  Proof.
    induction m as [|l IHl value r IHr]; intros f e; cbn [all_zero total_of] in *; [reflexivity|].
    destruct value as [v|].
    - destruct (is_zero Prime.order v) eqn:zero; [|discriminate]. destruct (all_zero Prime.order l); [|discriminate].
      rewrite IHl, IHr, (is_zero_element v) by trivial. ring.
    - destruct (all_zero Prime.order l); [|discriminate]. rewrite IHl, IHr by trivial. ring.
  Qed.
  Lemma vanishes_value r : vanishes Prime.order r = true -> row_value r = (#0)%F.
  Proof.
    unfold vanishes. destruct (summed r (Map.empty Z)) as [m|] eqn:e; [|discriminate]. intro zero.
    apply summed_value in e. rewrite (all_zero_value m _ zero) in e. cbn [total_of Map.empty] in e.
    change (Map.empty Z) with (Map.Leaf Z) in e. cbn [total_of] in e. rewrite e. ring.
  Qed.

  (* THE ASSIGNMENT OF A VECTOR *)

  Variables (blocks : list (Z * Z)) (fresh : Map.t Z).
  Definition assigned (x : var) : F := match number_of blocks fresh x with Some at_ => z at_ | None => (#0)%F end.

  Variable known : Map.t Z.
  Hypothesis known_right : right known.
  Lemma remainder_element value : ofZ (remainder known value) = ofZ value.
  Proof.
    destruct value as [|p|p]; cbn [remainder]; [reflexivity| |]; destruct (Map.find p known) as [r|] eqn:found; trivial.
    - now apply known_right.
    - rewrite ofZ_opp, (known_right _ _ found). now rewrite <- ofZ_opp.
  Qed.

  Lemma numbered_value l : forall r, numbered blocks fresh known l = Some r -> eval assigned l = row_value r.
  Proof.
    induction l as [|[x value] l IH]; intros r e; cbn [numbered] in e; [now injection e as <-|].
    destruct (number_of blocks fresh x) as [at_|] eqn:number; [|discriminate].
    destruct (numbered blocks fresh known l) as [rest|]; [|discriminate]. injection e as <-. cbn [eval fold_right row_value].
    fold (eval assigned l). rewrite (IH rest eq_refl), remainder_element. unfold assigned. now rewrite number.
  Qed.
  (* A linear combination has the value of its row. *)
  Lemma same_lc_value l r : same_lc blocks fresh Prime.order known l r = true -> eval assigned l = row_value r.
  Proof.
    unfold same_lc. destruct (numbered blocks fresh known l) as [numbers|] eqn:e; [|discriminate]. intro same.
    rewrite (numbered_value _ _ e). apply vanishes_value in same. rewrite row_value_app, row_value_less in same.
    apply (lin _ _ _ _ same). ring.
  Qed.

  (* The constraint of three rows, and all of some matrices. *)
  Definition row_holds (rows : row * row * row) : Prop :=
    let '(a, b, c) := rows in (row_value a * row_value b = row_value c)%F.
  Definition solves (m : matrices) : Prop := Forall row_holds m.
  Lemma same_constraints_hold l : forall m, same_constraints blocks fresh Prime.order known l m = true -> solves m ->
    Forall (holds assigned) l.
  Proof.
    induction l as [|[[a b] c] l IH]; intros m same solved; [constructor|]. destruct m as [|[[a' b'] c'] m]; [discriminate|].
    cbn [same_constraints] in same. destruct (same_lc blocks fresh Prime.order known a a') eqn:same_a; [|discriminate].
    destruct (same_lc blocks fresh Prime.order known b b') eqn:same_b; [|discriminate].
    destruct (same_lc blocks fresh Prime.order known c c') eqn:same_c; [|discriminate].
    inversion solved as [|first rest holds_first holds_rest]. constructor; [|now apply (IH m)]. cbn [holds].
    rewrite (same_lc_value _ _ same_a), (same_lc_value _ _ same_b), (same_lc_value _ _ same_c). exact holds_first.
  Qed.
End Rows.

(* THE CIRCUIT *)

Section Matrices.
  Variables (c : capacities) (all : circuit) (sha_width sha_entries : Z) (e : extent) (m : matrices).
  Hypothesis same_as_built : same_matrices c all sha_width sha_entries Prime.order e m = true.
  Let blocks := layout c sha_width sha_entries.

  (* The numbers of the variables that items determine. *)
  Definition fresh_numbers : Map.t Z :=
    match numbers_of (flat_map determined (items all)) (committed_end e) (Map.empty Z) with
    | Some fresh => fresh
    | None => Map.empty Z
    end.

  (* What the comparison has compared. *)
  Lemma compared : committed_start e = 6 /\
    numbers_of (flat_map determined (items all)) (committed_end e) (Map.empty Z) = Some fresh_numbers /\
    variables e = committed_end e + Z.of_nat (length (flat_map determined (items all))) /\
    Forall (fun b => 6 <= fst b <= committed_end e) blocks /\
    same_constraints blocks fresh_numbers Prime.order (remainders Prime.order (constraints all)) (constraints all) m = true.
  Proof.
    pose proof same_as_built as same. unfold same_matrices in same. fold blocks in same. unfold fresh_numbers.
    destruct (nth 15 blocks (0, 0)) as [last width].
    destruct (numbers_of (flat_map determined (items all)) (last + 1) (Map.empty Z)) as [fresh|] eqn:numbers; [|discriminate].
    apply andb_true_iff in same as [same constraints_same]. apply andb_true_iff in same as [same within].
    apply andb_true_iff in same as [same count]. apply andb_true_iff in same as [start stop].
    apply Z.eqb_eq in start, stop, count. rewrite stop, numbers. rewrite n_integer in count.
    split; [exact start|]. split; [reflexivity|]. split; [exact count|]. split; [|exact constraints_same].
    apply Forall_forall. intros [base wide] i. rewrite forallb_forall in within. specialize (within _ i). cbn in within.
    apply andb_true_iff in within. cbn [fst]. lia.
  Qed.

  (* Every vector that solves the matrices, with one in its first place, satisfies the circuit. *)
  Theorem matrices_satisfied z : z 0 = (#1)%F -> solves z m -> satisfies (assigned z blocks fresh_numbers) all.
  Proof.
    intros one solved. destruct compared as (_ & _ & _ & _ & same). split; [exact one|].
    exact (same_constraints_hold z blocks fresh_numbers _ (remainders_right _) (constraints all) m same solved).
  Qed.

  (* The constant and the statement have the numbers 0 to 5. *)
  Theorem statement_numbers : map (number_of blocks fresh_numbers) [One; Gamma; Beta; Rho; ProgramAt; Tapes] =
    map Some [0; 1; 2; 3; 4; 5].
  Proof. reflexivity. Qed.

  (* A column's number is in the committed block. *)
  Theorem column_committed b row column at_ : column_number blocks b row column = Some at_ ->
    committed_start e <= at_ < committed_end e.
  Proof.
    destruct compared as (start & _ & _ & within & _). unfold column_number.
    set (place := Z.to_nat (block_index b)). rewrite !n_integer.
    destruct (nth_in_or_default place blocks (0, 0)) as [here|none].
    - destruct (nth place blocks (0, 0)) as [base width]. destruct (nth_in_or_default (S place) blocks (0, 0)) as [next|none].
      + destruct (nth (S place) blocks (0, 0)) as [after width']. rewrite Forall_forall in within. apply within in here, next.
        cbn [fst] in here, next. destruct (Z.ltb_spec (Z.of_nat column) width) as [in_row|]; [|discriminate].
        destruct (Z.ltb_spec (base + Z.of_nat row * width + Z.of_nat column) after) as [in_block|]; [|discriminate].
        intro some. injection some as <-. rewrite start. nia.
      + rewrite none. rewrite Forall_forall in within. apply within in here. cbn [fst] in here.
        destruct (Z.ltb_spec (Z.of_nat column) width) as [in_row|]; [|discriminate].
        destruct (Z.ltb_spec (base + Z.of_nat row * width + Z.of_nat column) 0) as [in_block|]; [|discriminate]. nia.
    - rewrite none. destruct (nth (S place) blocks (0, 0)) as [after width'].
      destruct (Z.ltb_spec (Z.of_nat column) 0) as [in_row|]; [lia|discriminate].
  Qed.

  Lemma numbers_within l : forall next fresh fresh', numbers_of l next fresh = Some fresh' ->
    forall key at_, Map.find key fresh' = Some at_ -> Map.find key fresh = Some at_ \/ next <= at_ < next + Z.of_nat (length l).
  Proof.
    induction l as [|x l IH]; intros next fresh fresh' numbers key at_ found; cbn [numbers_of] in numbers.
    - injection numbers as <-. now left.
    - destruct (Map.find (key_of x) fresh); [discriminate|]. cbn [length].
      destruct (IH _ _ _ numbers key at_ found) as [before|within]; [|right; lia].
      destruct (Pos.eq_dec key (key_of x)) as [->|other].
      + rewrite PositiveMap.gss in before. injection before as <-. right. lia.
      + rewrite PositiveMap.gso in before by exact other. now left.
  Qed.
  (* The other variables come after the committed block. *)
  Theorem others_not_committed x at_ : number_of blocks fresh_numbers x = Some at_ ->
    match x with BetaSquared | Fresh _ _ _ => committed_end e <= at_ < variables e | _ => True end.
  Proof.
    destruct compared as (_ & numbers & count & _).
    assert (within : forall key, Map.find key fresh_numbers = Some at_ -> committed_end e <= at_ < variables e).
    { intros key found. destruct (numbers_within _ _ _ _ numbers key at_ found) as [none|within]; [|lia].
      rewrite PositiveMap.gempty in none. discriminate. }
    destruct x; trivial; cbn [number_of]; apply within.
  Qed.
End Matrices.
