//! A search for counterexamples over the whole field, by linear algebra.
//!
//! A *skeleton* fixes what is discrete in a malicious prover's witness: the entry of the program that each row fetches; its
//! control bits, its carry and the outcome of its zero test; and the addition to the memory sum that each removal equals.
//!
//! All other constraints are then affine in the committed columns. An equality of two tuples holds for every β only if it
//! holds for each coefficient of β. So a linear system over the field decides whether the skeleton has a witness. In this
//! system one field of a packed tuple can compensate another by any field element, fractions included; no such case has
//! to be known in advance.
//!
//! What remains are columns in limbs. They must be small integers, in sums that are given field elements; `digits` finds them.
//!
//! | file | one idea |
//! | --- | --- |
//! | `form` | affine forms, and polynomials in β of them |
//! | `system`, `sums` | equations between them, with ranges |
//! | `digits` | small integers whose weighted sum is a field element |
//! | `radix` | a sum of numbers of very different sizes is several sums |
//! | `wiring` | the constraints of a table's row, and the kind of each |
//! | `rows`, `constraints` | from a row's constraints to equations and tuples |
//! | `setup` | the rows and tables of a skeleton |
//! | `honest` | the skeleton of an honest run |
//! | `layout` | what depends on the names of columns and bits |
//! | `sha256` | rows of the SHA-256 table, and which part of them the method reaches |
//! | `skeleton` | draws what is discrete in the rows |
//! | `matching`, `order` | draws the addition that each removal equals |
//! | `answers` | draws the row of a coprocessor's table that answers a question |
//! | `write` | from a solution to an assignment |
//! | `programs` | programs with long straight stretches |
//! | `steering` | pairs of instructions by which a prover steers a register to any field element |
//! | `trials`, `report` | the search, and what it found |

pub mod answers;
pub mod constraints;
pub mod digits;
pub mod form;
pub mod honest;
pub mod layout;
pub mod matching;
pub mod order;
pub mod programs;
pub mod radix;
pub mod report;
pub mod rows;
pub mod setup;
pub mod sha256;
pub mod skeleton;
pub mod steering;
pub mod sums;
pub mod system;
pub mod trials;
pub mod wiring;
pub mod write;
