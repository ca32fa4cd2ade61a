"""A second verifier of proofs of Provable VM, written from docs/formats.md, docs/language.md and tests/vectors alone."""
