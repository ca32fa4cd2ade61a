(* What the items of one word mean: its pieces or limbs make a word, its spread pieces make the spread form of the word after
   every turn that tears none, and the chunks of a function hold digits and their results. *)
From Coq Require Import ZArith Lia List Bool.
From ProvableVM Require Import Field Sha256 ShaPlan ShaDigits ShaTurns ShaFunctions Machine Builder Capacities Circuit Meaning Ideal
  Linear Lookups Sizes Ranges ShaCircuit ShaLookups.
Import ListNotations.
Open Scope Z_scope.

Section Words.
  Variable c : capacities.
  Variable x : claim.
  Variable a : assignment.
  Hypothesis s : sound c.
  Hypothesis ok : ideal c (full_circuit c) x a.
  Let one_is : a One = (#1)%F := one c _ x a ok.
  Variable row : nat.

  Lemma included l : incl l (sha_items c) -> incl l (items (full_circuit c)).
  Proof. intros h i hi. cbn [items full_circuit]. apply in_or_app. right. now apply h. Qed.
  Lemma sha_boolean l : In (boolean l) (sha_items c) -> exists b, eval a l = (#(z_of b))%F.
  Proof.
    intro h.
    pose proof (local_boolean a one_is _ l (is_satisfied c _ x a ok)
      (included [boolean l] ltac:(intros i [<-|[]]; exact h) _ (or_introl eq_refl))) as e.
    exists (isone (eval a l)). rewrite e at 1. now destruct (isone _).
  Qed.
  Lemma sha_range y l : In (range y l) (sha_items c) -> exists z, 0 <= z < 2 ^ range_bits c /\ eval a l = (#z)%F.
  Proof.
    intro h. apply (range_value c _ _ x a s (sha_extends c x a s ok) ok y l). cbn [items full_circuit]. apply in_or_app. now right.
  Qed.

  (* --- pieces --- *)
  Definition length_ok (l : nat) : Prop := l = 1%nat \/ ((piece_place l < length sha_tables)%nat /\ sha_table_at (piece_place l) = Pieces l).
  Lemma lengths_ok cut : Forall length_ok (lengths cut).
  Proof.
    assert (ok_of : forall l, In l (1%nat :: piece_lengths) -> length_ok l).
    { intros l h. unfold piece_lengths in h. cbn [In] in h.
      destruct h as [<-|h]; [now left|]. right.
      repeat (destruct h as [<-|h]; [split; [apply Nat.ltb_lt; reflexivity|reflexivity]|]). destruct h. }
    apply Forall_forall. intros l h. apply ok_of. destruct cut; cbn [lengths piece_lengths In] in h |- *; tauto.
  Qed.

  Lemma piece_value p n : bit_length p <> 1%nat -> length_ok (bit_length p) -> incl (piece_items row n [p]) (sha_items c) ->
    exists z, fits_length (bit_length p) z /\ eval a (piece_number p) = (#z)%F /\ eval a (form p) = (#(spread (bit_length p) z))%F.
  Proof.
    intros n1 hl h. destruct hl as [hl|[hp ht]]; [now elim n1|]. cbn [piece_items] in h. apply Nat.eqb_neq in n1. rewrite n1 in h.
    destruct (table_found c x a s ok _ _ _ hp (h _ (or_intror (or_introl eq_refl)))) as (e & he & ev).
    rewrite ht in he. cbn [table_entries] in he. apply in_map_iff in he. destruct he as [z [<- hz]].
    apply in_map_iff in hz. destruct hz as [k [<- hk]]. apply in_seq in hk. exists (Z.of_nat k).
    unfold value_of, value_under, with_beta, entry_tuple, with_beta, under_beta, constant_under in ev.
    cbn [packed at_beta at_beta_squared value shift nothing fst snd] in ev. rewrite (eval_constant a one_is) in ev.
    injection ev as e1 e2. split; [|split].
    - unfold fits_length. split; [lia|]. rewrite <- (Nat2Z.inj_pow 2). lia.
    - now rewrite <- e1.
    - apply (lin _ _ _ _ (eq_sym e2)). ring.
  Qed.
  Lemma bit_value p n : bit_length p = 1%nat -> form p = piece_number p -> incl (piece_items row n [p]) (sha_items c) ->
    exists z, fits_length (bit_length p) z /\ eval a (piece_number p) = (#z)%F /\ eval a (form p) = (#(spread (bit_length p) z))%F.
  Proof.
    intros n1 hf h. cbn [piece_items] in h. rewrite n1 in h |- *. cbn [Nat.eqb] in h.
    destruct (sha_boolean _ (h _ (or_introl eq_refl))) as [b e]. exists (z_of b). rewrite hf, e.
    split; [|split; [reflexivity|]]; [unfold fits_length; destruct b; cbn; lia|now destruct b].
  Qed.

  (* Pieces from a place on make a number, and their spread forms make its turns. *)
  Lemma pieces_stand ls : Forall length_ok ls -> forall column from n, incl (piece_items row n (cut_pieces row column from ls)) (sha_items c) ->
    exists zs, in_pieces ls zs /\
      eval a (flat_map (fun p => scale (2 ^ Z.of_nat (begins p)) (piece_number p)) (cut_pieces row column from ls)) =
        (#(2 ^ Z.of_nat from * joined ls zs))%F /\
      forall t, eval a (flat_map (turned_piece t) (cut_pieces row column from ls)) = (#(turned_sum t from ls zs))%F.
  Proof.
    induction 1 as [|l ls hl _ IH]; intros column from n h.
    - exists []. split; [constructor|]. cbn [cut_pieces flat_map joined turned_sum]. rewrite eval_nil, Z.mul_0_r. now split.
    - assert (step : exists p n' column', cut_pieces row column from (l :: ls) = p :: cut_pieces row column' (l + from) ls /\
        begins p = from /\ bit_length p = l /\ (l = 1%nat -> form p = piece_number p) /\
        incl (piece_items row n [p]) (sha_items c) /\ incl (piece_items row n' (cut_pieces row column' (l + from) ls)) (sha_items c)).
      { cbn [cut_pieces] in h |- *. destruct (l =? 1)%nat eqn:e; cbn [piece_items bit_length] in h; rewrite e in h.
        - do 3 eexists. split; [reflexivity|]. cbn [begins bit_length piece_number form piece_items]. rewrite e. repeat split.
          + intros i [<-|[]]. apply h. now left.
          + intros i hi. apply h. right. exact hi.
        - do 3 eexists. split; [reflexivity|]. cbn [begins bit_length piece_number form piece_items]. rewrite e. apply Nat.eqb_neq in e.
          repeat split; [easy| |].
          + intros i hi. apply h. destruct hi as [<-|[<-|[]]]; cbn; auto.
          + intros i hi. apply h. right. right. exact hi. }
      destruct step as (p & n' & column' & -> & hb & hbl & hf & hp & hrest).
      destruct (IH _ _ _ hrest) as (zs & h1 & h2 & h3).
      assert (pv : exists z, fits_length l z /\ eval a (piece_number p) = (#z)%F /\ eval a (form p) = (#(spread l z))%F).
      { rewrite <- hbl in *. destruct (Nat.eq_dec (bit_length p) 1) as [e|e]; [apply (bit_value p n)|apply (piece_value p n)]; auto. }
      destruct pv as (z & hz & e1 & e2). exists (z :: zs). split; [now constructor|]. cbn [flat_map joined turned_sum]. split.
      + rewrite eval_app, eval_scale, h2, e1, hb, <- ofZ_mul, <- ofZ_add. f_equal.
        rewrite Nat2Z.inj_add, Z.pow_add_r by lia. ring.
      + intro t. rewrite eval_app, h3, ofZ_add, ofZ_mul, <- e2. f_equal.
        destruct t as [d|d]; cbn [turned_piece weight_after]; rewrite hb.
        * apply eval_scale.
        * destruct (from <? d)%nat; [rewrite eval_nil; ring|apply eval_scale].
  Qed.

  (* A word of the circuit stands for a word: its number, and its spread form after every turn that tears no piece. *)
  Definition turnable (t : turn) (cut : cut) : bool :=
    (places t <=? 32)%nat && untorn (places t) 0 (lengths cut) && (total_length (lengths cut) =? 32)%nat.
  Definition stands (cut : cut) (W : sha_word) (w : Z) : Prop :=
    word w /\ eval a (word_number W) = (#w)%F /\
    forall t, turnable t cut = true -> eval a (turned t W) = (#(spread 32 (turn_value t w)))%F.

  Theorem cut_stands cut column n : incl (cut_items c row cut column n) (sha_items c) ->
    exists w, stands cut (word_at c row cut column) w.
  Proof.
    intro h. destruct (Nat.eq_dec (length (lengths cut)) 0) as [limbs|no].
    - assert (cut = Limbs) as -> by (destruct cut; easy). cbn [cut_items word_at] in *.
      destruct (word_value c _ _ x a s (sha_extends c x a s ok) ok (sha_fresh row) n (limbs_at c Sha row column)) as (w & hw & e).
      + apply limbs_at_length.
      + apply included. exact h.
      + exists w. split; [exact hw|]. split; [exact e|]. intros t ht. exfalso. unfold turnable in ht.
        cbn [lengths total_length fold_right] in ht. now rewrite andb_false_r in ht.
    - assert (hi : incl (piece_items row n (cut_pieces row column 0 (lengths cut))) (sha_items c)) by (destruct cut; [now elim no|..]; exact h).
      assert (hw : word_at c row cut column =
        {| word_number := flat_map (fun p => scale (2 ^ Z.of_nat (begins p)) (piece_number p)) (cut_pieces row column 0 (lengths cut));
           pieces := cut_pieces row column 0 (lengths cut) |}) by (destruct cut; [now elim no|..]; reflexivity).
      assert (len : total_length (lengths cut) = 32%nat) by (destruct cut; [now elim no|..]; reflexivity).
      destruct (pieces_stand _ (lengths_ok cut) _ _ _ hi) as (zs & h1 & h2 & h3). clear hi h. rewrite hw. clear hw.
      exists (joined (lengths cut) zs). pose proof (joined_bounds _ _ h1) as b. rewrite len in b. split; [exact b|].
      cbn [word_number]. split; [rewrite h2; cbn [Z.of_nat]; f_equal; rewrite Z.pow_0_r; ring|].
      intros t ht. unfold turned. cbn [pieces]. rewrite h3. f_equal. unfold turnable in ht.
      rewrite !andb_true_iff, Nat.leb_le in ht. apply turned_pieces; tauto.
  Qed.

  (* --- chunks --- *)
  Definition lane_ok (f : function) (l : lane) : Prop := f = Parity \/ l = Second.
  Lemma chunk_table f l position : lane_ok f l -> (position < chunks f)%nat ->
    (chunk_place f l + position < length sha_tables)%nat /\ sha_table_at (chunk_place f l + position) = Chunks f l position.
  Proof.
    intros hl hp. destruct f, l; try (exfalso; destruct hl; discriminate);
      cbn [chunks] in hp; do 11 (try destruct position as [|position]); try lia; split; try reflexivity; cbn; lia.
  Qed.
  Lemma chunks_stand f l k : lane_ok f l -> forall position column n, (position + k = chunks f)%nat ->
    incl (chunk_items row (chunk_place f l + position) n (seq column k)) (sha_items c) ->
    exists es, length es = k /\ are_entries f l position es /\ eval a (flat_map (sha_column row) (seq column k)) = (#(sum_of es))%F.
  Proof.
    intro hl. induction k as [|k IH]; intros position column n hp h.
    - exists []. repeat split.
    - cbn [seq chunk_items flat_map] in *. destruct (chunk_table f l position hl ltac:(lia)) as [hp' ht].
      destruct (table_found c x a s ok _ _ _ hp' (h _ (or_introl eq_refl))) as (e & he & ev). rewrite ht in he.
      apply entry_of_table in he. destruct he as [he hs].
      destruct (IH (S position) (S column) (S n) ltac:(lia)) as (es & h1 & h2 & h3).
      { intros i hi. apply h. right. now rewrite Nat.add_succ_r in hi. }
      exists (fst e :: es). split; [cbn; lia|]. split; [now split|]. rewrite eval_app, h3. cbn [sum_of fold_right]. fold (sum_of es).
      rewrite ofZ_add. f_equal. unfold value_of, entry_tuple, with_beta, single in ev. cbn [packed] in ev.
      rewrite (eval_constant a one_is) in ev. injection ev as ev _. symmetry. exact ev.
  Qed.
  (* The chunks of a function hold digits and a result: if the digits are those of a weighted sum of three spread words, the
     result is the function of the words. *)
  Theorem function_stands f l column n : lane_ok f l -> incl (chunk_items row (chunk_place f l) n (seq column (chunks f))) (sha_items c) ->
    exists digits result, 0 <= digits < 2 ^ 96 /\ 0 <= result < 2 ^ 32 /\
      eval a (flat_map (sha_column row) (seq column (chunks f))) = (#(2 ^ shift_of l * digits + result))%F /\
      forall u v w, word u -> digits = weigh f (spread 32 u) (spread 32 v) (spread 32 w) -> result = apply_function f u v w mod 2 ^ 32.
  Proof.
    intros hl h. destruct (chunks_stand f l (chunks f) hl 0 column n eq_refl) as (es & h1 & h2 & h3); [now rewrite Nat.add_0_r|].
    destruct (entries_word f l es h2 h1) as (ds & l1 & l2 & e). destruct (digits_bounds f ds l1 l2) as (b & b8 & b2).
    exists (digits_value 8 ds), (digits_value 2 (map (result_of f) ds)). rewrite h3, e. repeat split; try apply b8; try apply b2.
    intros u v w hu hd. now apply digits_apply.
  Qed.
End Words.
