//! Writing files: whole or not at all.

use super::Refusal;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// As the file before it, or as the system makes new files.
    Usual,
    /// The owner alone, whatever was there before.
    Owner,
}

/// Writes a file through a temporary one beside it, so that neither an error nor Ctrl-C leaves half of it.
///
/// # Errors
/// When the file cannot be written, or `content` fails.
pub fn whole<T>(
    path: &Path,
    audience: Audience,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> Result<T, Refusal> {
    replace(path, audience, content).map_err(|error| Refusal::Write {
        path: path.to_path_buf(),
        error,
    })
}

fn replace<T>(
    path: &Path,
    audience: Audience,
    content: impl FnOnce(&mut BufWriter<&mut dyn Write>) -> io::Result<T>,
) -> io::Result<T> {
    // A link stays a link: what it points to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    };
    if let Ok(metadata) = std::fs::metadata(&path) {
        if !metadata.is_file() {
            // A pipe or a device is written to, never replaced.
            let mut file = std::fs::OpenOptions::new().write(true).open(&path)?;
            let mut writer = BufWriter::new(&mut file as &mut dyn Write);
            let result = content(&mut writer)?;
            writer.flush()?;
            return Ok(result);
        }
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".provable-");
    if let Some(permissions) = permissions(audience) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    if let (Audience::Usual, Ok(metadata)) = (audience, std::fs::metadata(&path)) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    let mut writer = BufWriter::new(&mut file as &mut dyn Write);
    let result = content(&mut writer)?;
    writer.flush()?;
    drop(writer);
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(result)
}

#[cfg(unix)]
fn permissions(audience: Audience) -> Option<std::fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(match audience {
        Audience::Owner => std::fs::Permissions::from_mode(0o600),
        // The system takes the user's mask off these.
        Audience::Usual => std::fs::Permissions::from_mode(0o666),
    })
}

#[cfg(not(unix))]
fn permissions(_: Audience) -> Option<std::fs::Permissions> {
    None
}
