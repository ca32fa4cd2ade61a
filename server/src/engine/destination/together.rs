//! Several files that belong together: all are written, or as far as the system allows none.

use super::{Destination, Place};
use crate::engine::Refusal;
use crate::engine::write::{self, Former};
use std::io::Write;
use std::path::PathBuf;

/// Writes several things that belong together, the last first: all, or as far as the system allows none. Files appear
/// when every one of them is complete and what goes to pipes has gone there. The first of them is the one for which the
/// work was done.
///
/// # Errors
/// When one cannot be written; whether the first is lost is part of it.
pub fn together(contents: &[(&Destination, &[u8])]) -> Result<(), Refusal> {
    let mut first_is_out = false;
    written(contents, &mut first_is_out).map_err(|refusal| match first_is_out {
        true => refusal,
        false => Refusal::Lost(Box::new(refusal)),
    })
}

fn written(contents: &[(&Destination, &[u8])], first_is_out: &mut bool) -> Result<(), Refusal> {
    let mut drafts = Vec::new();
    for (place, (to, bytes)) in contents.iter().enumerate() {
        if let Place::File(real) = &to.place {
            let draft = write::draft(real, to.kind.audience(), |out| out.write_all(bytes));
            let (draft, ()) = draft.map_err(|error| to.refusal(error))?;
            drafts.push((place, *to, real, draft));
        }
    }
    for (place, (to, bytes)) in contents.iter().enumerate().rev() {
        if !matches!(to.place, Place::File(_)) {
            to.write(|out| out.write_all(bytes))?;
            *first_is_out |= place == 0;
        }
    }
    let mut out: Vec<(&PathBuf, bool, Option<Former>)> = Vec::new();
    for (place, to, real, draft) in drafts.into_iter().rev() {
        let was_there = real.exists();
        // A file system without hard links lets nothing be kept, and the rest is as good there.
        let former = was_there.then(|| Former::keep(real).ok()).flatten();
        if let Err(error) = draft.publish() {
            for (path, was_there, former) in out {
                let _ = match former {
                    Some(former) => Former::put_back(former, path),
                    None if was_there => Ok(()),
                    None => std::fs::remove_file(path),
                };
            }
            return Err(to.refusal(error));
        }
        *first_is_out |= place == 0;
        out.push((real, was_there, former));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{FileKind, file};
    use super::*;

    #[test]
    fn what_was_there_is_put_back_when_the_other_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let opening = at("opening.json");
        std::fs::write(&opening, "the former one").unwrap();
        let proof = file(FileKind::Proof, &at("proof.json")).unwrap();
        let opening = file(FileKind::Opening, &opening).unwrap();
        // It could be written when it was tried.
        std::fs::create_dir(at("proof.json")).unwrap();
        together(&[(&proof, b"proof"), (&opening, b"opening")]).unwrap_err();
        let left = std::fs::read_to_string(at("opening.json")).unwrap();
        assert_eq!(left, "the former one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);

        std::fs::remove_dir(at("proof.json")).unwrap();
        together(&[(&proof, b"proof"), (&opening, b"opening")]).unwrap();
        let left = std::fs::read_to_string(at("opening.json")).unwrap();
        assert_eq!(left, "opening");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
