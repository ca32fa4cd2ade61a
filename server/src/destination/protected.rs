//! Files that are not replaced: somebody needs them, or the system does not let them be replaced.

use crate::errors::DestinationError;
use crate::files::kind::{FileKind, protected};
use crate::files::opening_mark::begins_as_opening;
#[cfg(unix)]
use provable::store::atomic_file::folder_of;
use provable::store::regular_file;
use provable_host::fs;
use std::io::Read;
use std::path::Path;

/// Bytes at the beginning of a file from which an opening is recognised.
const START: u64 = 64;

/// Refuses to replace a file that by its name or content is of another kind.
pub(super) fn check_content(
    kind: FileKind,
    path: &Path,
    real: &Path,
) -> Result<(), DestinationError> {
    if !fs::is_there(real) {
        return Ok(());
    }
    let path_buf = || path.to_path_buf();
    let mut holding = [path, real].into_iter().filter_map(protected);
    if let Some((holds, _)) = holding.find(|(_, own)| *own != Some(kind)) {
        return Err(DestinationError::Kept {
            kind,
            holds,
            path: path_buf(),
        });
    }
    match kind != FileKind::Opening && is_opening(real) {
        true => Err(DestinationError::Opening {
            kind,
            path: path_buf(),
        }),
        false => Ok(()),
    }
}

/// Whether a file begins as an opening does, without which its proof can never be audited.
fn is_opening(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = regular_file::open(path).and_then(|file| file.take(START).read_to_end(&mut start));
    read.is_ok() && begins_as_opening(&start)
}

/// Refuses a file that the system does not let this user replace.
#[cfg(unix)]
pub(super) fn check_replaceable(
    kind: FileKind,
    path: &Path,
    real: &Path,
) -> Result<(), DestinationError> {
    use std::os::unix::fs::MetadataExt;
    let refuse = |why| {
        Err(DestinationError::Fixed {
            kind,
            path: path.to_path_buf(),
            why,
        })
    };
    let folder = fs::metadata(folder_of(real));
    let (Ok(file), Ok(folder)) = (fs::metadata(real), folder) else {
        return Ok(());
    };
    let me = rustix::process::geteuid().as_raw();
    if is_anothers(folder.mode(), [folder.uid(), file.uid()], me) {
        return refuse("it is another user's, in a folder where each may replace only his own");
    }
    match file.dev() != folder.dev() || is_mounted(real) {
        true => refuse("something is mounted on it"),
        false => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn check_replaceable(_: FileKind, _: &Path, _: &Path) -> Result<(), DestinationError> {
    Ok(())
}

/// Whether a user may not replace a file in a folder of this mode, since he owns neither (`owners`).
#[cfg(unix)]
fn is_anothers(mode: u32, owners: [u32; 2], me: u32) -> bool {
    const STICKY: u32 = 0o1000;
    mode & STICKY != 0 && me != 0 && !owners.contains(&me)
}

#[cfg(target_os = "linux")]
fn is_mounted(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, path, AtFlags::empty(), StatxFlags::BASIC_STATS);
    found.is_ok_and(|data| data.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_mounted(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn in_a_sticky_folder_another_users_file_is_refused() {
        for (mode, owners, me, is_refused) in [
            (0o41777, [0, 1001], 1000, true),
            (0o41777, [0, 1000], 1000, false),
            (0o41777, [1000, 1001], 1000, false),
            (0o41777, [1001, 1001], 0, false),
            (0o40777, [0, 1001], 1000, false),
        ] {
            assert_eq!(is_anothers(mode, owners, me), is_refused, "{mode:o} {me}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_on_which_another_is_mounted_is_refused() {
        assert!(is_mounted(Path::new("/proc")));
        assert!(!is_mounted(Path::new("/proc/version")));
    }
}
