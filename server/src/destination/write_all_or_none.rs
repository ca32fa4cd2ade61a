//! Writes several files that belong together: all of them, or, as far as the system allows it, none.

use super::target::{Destination, Target};
use crate::errors::Error;
use provable::store::atomic_file::Backup;
use provable_host::fs;
use std::io::Write;
use std::path::PathBuf;

/// Writes several contents that belong together, the last first: all of them, or, as far as the system allows it, none.
/// Files appear once every one of them is complete and the pipes have taken theirs. The first content is the result of
/// the work.
///
/// # Errors
/// When one cannot be written; [`Error::Lost`] if the first was not.
pub fn write_all_or_none(contents: &[(&Destination, &[u8])]) -> Result<(), Error> {
    let mut first_is_out = false;
    written(contents, &mut first_is_out).map_err(|error| match first_is_out {
        true => error,
        false => Error::Lost(Box::new(error)),
    })
}

fn written(contents: &[(&Destination, &[u8])], first_is_out: &mut bool) -> Result<(), Error> {
    let mut prepared = Vec::new();
    for (place, (to, bytes)) in contents.iter().enumerate() {
        if let Target::File(real) = to.target() {
            prepared.push((
                place,
                *to,
                real,
                to.prepare(real, |out| out.write_all(bytes))?.0,
            ));
        }
    }
    for (place, (to, bytes)) in contents.iter().enumerate().rev() {
        if !to.is_file() {
            to.write(|out| out.write_all(bytes))?;
            *first_is_out |= place == 0;
        }
    }
    let mut out: Vec<(&PathBuf, bool, Option<Backup>)> = Vec::new();
    for (place, to, real, file) in prepared.into_iter().rev() {
        let was_there = fs::is_there(real);
        // On a file system without hard links there is no backup, and the rest works all the same.
        let former = was_there.then(|| Backup::of(real).ok()).flatten();
        if let Err(error) = file.persist() {
            for (path, was_there, former) in out {
                let _ = match former {
                    Some(former) => Backup::restore(former, path),
                    None if was_there => Ok(()),
                    None => fs::remove_file(path),
                };
            }
            return Err(to.write_error(error));
        }
        *first_is_out |= place == 0;
        out.push((real, was_there, former));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::destination::check_file;
    use crate::files::kind::FileKind;

    #[test]
    fn what_was_there_is_put_back_when_the_other_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let opening = at("opening.json");
        std::fs::write(&opening, "the former one").unwrap();
        let proof = check_file(FileKind::Proof, &at("proof.json")).unwrap();
        let opening = check_file(FileKind::Opening, &opening).unwrap();
        // It could be written when it was checked.
        std::fs::create_dir(at("proof.json")).unwrap();
        write_all_or_none(&[(&proof, b"proof"), (&opening, b"opening")]).unwrap_err();
        let left = std::fs::read_to_string(at("opening.json")).unwrap();
        assert_eq!(left, "the former one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);

        std::fs::remove_dir(at("proof.json")).unwrap();
        write_all_or_none(&[(&proof, b"proof"), (&opening, b"opening")]).unwrap();
        let left = std::fs::read_to_string(at("opening.json")).unwrap();
        assert_eq!(left, "opening");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
