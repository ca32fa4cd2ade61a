//! What the protocol's rules stop, carried out without them.

mod leaked_bases;
mod reference;
