//! What the machine does, as specifications.
