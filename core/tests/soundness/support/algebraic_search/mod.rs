//! A search for accepted lies over the whole field, as an algebraist would.
//!
//! A *skeleton* fixes what is discrete in a cheating prover's witness: which entry of the program each row fetches and
//! with which control bits, carries, outcomes of zero tests; and which addition to the memory sum each removal equals.
//! All other constraints are then affine in the committed columns, and an equality of two tuples holds for every β only
//! if it holds coefficient by coefficient. So a linear system over the field says whether the skeleton has a witness.
//! Fields of a packed tuple trade against each other there by whatever field elements it takes, fractions included,
//! without anybody having thought of the trade. What is left are columns in limbs, which must be small integers, in
//! sums that must make given field elements; `digits` makes them.
//!
//! | file | one idea |
//! | --- | --- |
//! | `form` | affine forms, and polynomials in β of them |
//! | `system`, `sums` | equations between them, with ranges |
//! | `digits` | small integers whose weighted sum is a field element |
//! | `radix` | a sum of numbers of very different sizes is several sums |
//! | `wiring` | which constraints a row of a table has, and what each is |
//! | `rows`, `constraints` | from a row's constraints to equations and tuples |
//! | `setup` | the rows and tables of a skeleton |
//! | `honest` | the skeleton of an honest run |
//! | `layout` | what depends on the names of columns and bits |
//! | `skeleton` | drawing what is discrete in the rows |
//! | `matching`, `order` | drawing which addition a removal equals |
//! | `answers` | drawing which row of a coprocessor's table answers a question |
//! | `write` | from a solution to an assignment |
//! | `programs` | programs with long straight stretches |
//! | `pumps` | pairs of instructions that let a prover steer a register to any field element |
//! | `trials`, `tally` | all together |

pub mod answers;
pub mod constraints;
pub mod digits;
pub mod form;
pub mod honest;
pub mod layout;
pub mod matching;
pub mod order;
pub mod programs;
pub mod pumps;
pub mod radix;
pub mod rows;
pub mod setup;
pub mod skeleton;
pub mod sums;
pub mod system;
pub mod tally;
pub mod trials;
pub mod wiring;
pub mod write;
