//! The names of commands. Each takes the URI of the program as its one argument, alone or as `{"uri": …}`.

/// Runs the program.
pub const RUN: &str = "provable.run";
/// Proves a run of it.
pub const PROVE: &str = "provable.prove";
/// Verifies the proof file beside it.
pub const VERIFY: &str = "provable.verify";
/// Lists its tests, with their last results, as JSON.
pub const TESTS: &str = "provable.tests";
/// Runs its tests, or the one whose `id` the argument gives, and returns the results as JSON when they are there.
pub const TEST: &str = "provable.test";
/// Cancels its jobs.
pub const CANCEL: &str = "provable.cancel";
/// Returns its status as JSON.
pub const STATUS: &str = "provable.status";
/// Shows its status as a message.
pub const SHOW: &str = "provable.show";
/// Creates its inputs file.
pub const CREATE_INPUTS: &str = "provable.createInputs";

/// Debugs it. This is a command of the client, which starts the debug adapter. Its argument is `{"uri": …}`, with the
/// `step` to stop at if there is one, or the id of the `test` to debug.
pub const DEBUG: &str = "provable.debug";

/// The commands of the server.
#[cfg(feature = "prover")]
pub const ALL: &[&str] = &[
    RUN,
    TESTS,
    TEST,
    PROVE,
    VERIFY,
    CANCEL,
    STATUS,
    SHOW,
    CREATE_INPUTS,
];
/// The commands of a server without proofs.
#[cfg(not(feature = "prover"))]
pub const ALL: &[&str] = &[RUN, TESTS, TEST, CANCEL, STATUS, SHOW, CREATE_INPUTS];
