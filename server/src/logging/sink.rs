//! Where the log goes. A line is one write, so that lines of several threads and processes are not torn apart: a file
//! that is appended to takes each whole, and so does a pipe up to 4 KiB.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::Once;
use tracing_subscriber::fmt::MakeWriter;

/// What a worker's line on standard error begins with if it is one of its log: its server passes it on as it is. It is
/// ASCII's record separator, with which no other line begins.
pub const MARK: u8 = 0x1e;

/// Where the log goes.
#[derive(Clone, Debug)]
pub enum Sink {
    /// The end of a file.
    File(Arc<File>),
    /// Standard error.
    Stderr,
    /// Standard error, which a server reads.
    Marked,
}

impl Sink {
    /// Writes a line, its line end included. That it cannot be written is said once, and is no reason to fail.
    pub fn line(&self, line: &[u8]) {
        static FAILED: Once = Once::new();
        let result = match self {
            Sink::File(file) => (&**file).write_all(line),
            Sink::Stderr => io::stderr().lock().write_all(line),
            Sink::Marked => {
                let marked = [&[MARK], line].concat();
                io::stderr().lock().write_all(&marked)
            }
        };
        if let Err(error) = result {
            FAILED.call_once(|| {
                let _ = writeln!(io::stderr(), "the log is not complete: {error}");
            });
        }
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Lines<'a>;

    fn make_writer(&'a self) -> Lines<'a> {
        Lines(self)
    }
}

/// Takes whole lines.
pub struct Lines<'a>(&'a Sink);

impl Write for Lines<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.line(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
