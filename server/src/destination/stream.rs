//! Writing to streams: standard output, a pipe, a device, a file that is open elsewhere.

use provable_host::fs;
use provable_host::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Sends content to a pipe or a device, or to the end of a file that is open elsewhere: what is in it stays.
///
/// # Errors
/// When it cannot be opened or does not take it.
pub fn write_to_path<T>(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    let is_file = fs::metadata(path)?.is_file();
    let mut options = File::options();
    let mut file = options.write(true).append(is_file).open(path)?;
    write_to(&mut file, content)
}

/// Sends content to an open stream.
///
/// # Errors
/// When it does not take it.
pub fn write_to<T>(
    stream: &mut dyn Write,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    let mut writer = BufWriter::new(stream);
    let result = content(&mut writer)?;
    writer.flush()?;
    Ok(result)
}
