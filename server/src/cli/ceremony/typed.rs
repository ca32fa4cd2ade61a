//! What a contributor types, so that their factors do not depend on the system's random numbers alone.

use crate::cli::output::Output;
use crate::errors::failure::Failure;
use std::io::{BufRead, IsTerminal, Read};
use zeroize::Zeroizing;

/// The most bytes of a line that are read.
const MOST: u64 = 4096;

/// A line that the user types, if somebody is there to type one. Nothing else is read from standard input.
pub fn line(output: &Output) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut line = Zeroizing::new(Vec::with_capacity(MOST as usize));
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        output.note(
            "type something that nobody can guess, and Enter: your factors depend on it and on the system's random numbers",
        );
        let mut reader = stdin.lock().take(MOST);
        reader
            .read_until(b'\n', &mut line)
            .map_err(|error| Failure::unusable(format!("standard input: {error}")))?;
    } else {
        output.note(
            "nobody is there to type: your factors depend on the system's random numbers alone",
        );
    }
    Ok(line)
}
