//! The structure of the source: no circle of files, the order of the modules, the dependencies of each set of features.

mod checker;
mod circles;
mod dependencies;
mod order;
mod workspace;
