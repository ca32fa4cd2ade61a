//! Any state that a recording shows is the interpreter's at that step, however it was reached.
