//! Where the log is written. A line is one write, so that lines of several threads and processes do not mix: a file in append
//! mode takes each write whole, and so does a pipe up to 4 KiB.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::Once;
use tracing_subscriber::fmt::MakeWriter;

/// The first byte of each line of a worker's log on standard error. Its server passes these lines on unchanged. It is the
/// record separator of ASCII, with which no other line begins.
pub const MARK: u8 = 0x1e;

/// Where the log is written.
#[derive(Clone, Debug)]
pub enum Sink {
    /// The end of a file.
    File(Arc<File>),
    /// Standard error.
    Stderr,
    /// Standard error of a worker, each line with the mark.
    Marked,
}

impl Sink {
    /// Writes a line, which includes its line end. If that fails, it is reported once, and the work goes on.
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

/// Writes whole lines.
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
