//! Which document a URI names, and what kind of document it is. Clients spell one path in many ways: `[` as it is or
//! as `%5B`, digits of escapes in either letter case, `C:` as `c%3A`; and a file can be reached through links. So nothing
//! compares URIs: documents are told apart by [`DocumentId`].

use crate::files::real_path::nearest_real_path;
use std::fmt;
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Uri;

/// What a URI names. Two URIs name the same document exactly if these are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// A file, by its decoded path.
    File(PathBuf),
    /// Something that is no file, by the URI as the client spells it.
    Other(String),
}

impl DocumentId {
    /// The document as the client tells documents apart: a client may have a file open twice, through a link and by its
    /// real path, and then edits the two apart.
    pub fn of(uri: &Uri) -> DocumentId {
        match path_of(uri) {
            Some(path) => DocumentId::File(path),
            None => DocumentId::Other(uri.as_str().to_owned()),
        }
    }

    /// The file behind the document, with every link in its path resolved. Asks the file system.
    pub fn resolved(uri: &Uri) -> DocumentId {
        match DocumentId::of(uri) {
            DocumentId::File(path) => DocumentId::of_path(&path),
            other => other,
        }
    }

    /// The file at a path, with every link in it resolved. Asks the file system.
    pub fn of_path(path: &Path) -> DocumentId {
        DocumentId::File(nearest_real_path(path))
    }

    /// Where the document lies: its own name in the real path of its folder. What lies beside a program lies beside this,
    /// also if the program is a link to one that lies elsewhere. Asks the file system.
    pub fn placed(uri: &Uri) -> DocumentId {
        match DocumentId::of(uri) {
            DocumentId::File(path) => DocumentId::place_of(&path),
            other => other,
        }
    }

    /// As [`Self::placed`], for a path.
    pub fn place_of(path: &Path) -> DocumentId {
        DocumentId::File(match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => nearest_real_path(folder).join(name),
            _ => path.to_path_buf(),
        })
    }

    /// Its new name, if it is the file at `old` or lies in that folder, which is now at `new`.
    pub fn renamed(&self, old: &Path, new: &Path) -> Option<DocumentId> {
        let DocumentId::File(path) = self else {
            return None;
        };
        let rest = path.strip_prefix(old).ok()?;
        let is_itself = rest.as_os_str().is_empty();
        Some(DocumentId::File(match is_itself {
            true => new.to_path_buf(),
            false => new.join(rest),
        }))
    }
}

/// As a job's document is named.
impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentId::File(path) => path.display().fmt(f),
            DocumentId::Other(uri) => f.write_str(uri),
        }
    }
}

/// The path of a `file:` URI.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    // What has a query or a fragment is a part or a state of a file, which only whoever made the URI can tell.
    if uri.query().is_some() || uri.fragment().is_some() {
        return None;
    }
    // On another host there is another file. Windows reaches it by a path with the host in it.
    let host = uri.authority().map_or("", |authority| authority.host());
    if !cfg!(windows) && !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return None;
    }
    let path = uri.to_file_path()?.into_owned();
    Some(if cfg!(windows) {
        with_capital_drive(path)
    } else {
        path
    })
}

/// Windows takes either letter case for a drive, and so do clients.
fn with_capital_drive(path: PathBuf) -> PathBuf {
    let Some(text) = path.to_str() else {
        return path;
    };
    match text.split_at_checked(1) {
        Some((drive, rest)) if rest.starts_with(':') => {
            PathBuf::from(drive.to_ascii_uppercase() + rest)
        }
        _ => path,
    }
}

/// What kind of document it is, and so what is offered for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A program in a file, or in a text that has no file yet.
    Program,
    /// The text of a program from elsewhere, such as a version in a repository's history: it can be read, and nothing
    /// is said about it or done with it.
    Copy,
    /// The inputs of a program: `NAME.inputs.json`.
    Inputs,
    /// Anything else.
    Other,
}

impl Role {
    /// The role of a document with this URI, which the client calls by this language.
    pub fn of(uri: &Uri, language: &str) -> Role {
        let scheme = uri.scheme().as_str().to_ascii_lowercase();
        let path = uri.path().decode().to_string_lossy();
        let is_file = path_of(uri).is_some();
        if path.ends_with(INPUTS) {
            return if is_file { Role::Inputs } else { Role::Other };
        }
        let is_program = language == LANGUAGE && !path.ends_with(".json");
        if !is_program && !path.ends_with(".prov") {
            return Role::Other;
        }
        match is_file || scheme == "untitled" {
            true => Role::Program,
            false => Role::Copy,
        }
    }

    /// Whether the text is a program's.
    pub fn is_program_text(self) -> bool {
        matches!(self, Role::Program | Role::Copy)
    }
}

/// What clients call the language.
pub const LANGUAGE: &str = "provable";
const INPUTS: &str = ".inputs.json";

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn every_spelling_of_a_path_names_one_document() {
        for (one, other) in [
            ("file:///a+b/x.prov", "file:///a%2Bb/x.prov"),
            ("file:///a%2bb/x.prov", "file:///a%2Bb/x.prov"),
            (
                "file:///(a),=@'/x.prov",
                "file:///%28a%29%2C%3D%40%27/x.prov",
            ),
            ("file:///%5Bslug%5D/x.prov", "file:///%5bslug%5d/x.prov"),
            ("FILE:///a/x.prov", "file:///a/x.prov"),
            ("file:///a//x.prov", "file:///a/x.prov"),
            ("file://localhost/a/x.prov", "file:///a/x.prov"),
        ] {
            assert_eq!(
                DocumentId::of(&uri(one)),
                DocumentId::of(&uri(other)),
                "{one}, {other}"
            );
        }
        for (one, other) in [
            ("file:///a/x.prov", "file:///a/X.prov"),
            ("file:///a/x.prov", "git:///a/x.prov"),
            ("file:///a/x.prov", "file://elsewhere/a/x.prov"),
            ("file:///a/x.prov", "file:///a/x.prov?ref=HEAD"),
            ("file:///a/x.prov", "file:///a/x.prov#L1"),
            ("untitled:Untitled-1", "untitled:Untitled-2"),
            ("file:///a%252Bb/x.prov", "file:///a%2Bb/x.prov"),
        ] {
            assert_ne!(
                DocumentId::of(&uri(one)),
                DocumentId::of(&uri(other)),
                "{one}, {other}"
            );
        }
    }

    #[test]
    fn a_drive_is_the_same_in_either_letter_case() {
        let drive = |text: &str| with_capital_drive(PathBuf::from(text));
        assert_eq!(drive("c:/a/x.prov"), drive("C:/a/x.prov"));
        assert_eq!(drive("/a/x.prov"), PathBuf::from("/a/x.prov"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_to_the_file_also_before_there_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        std::fs::write(real.join("x.prov"), "HALT").unwrap();
        std::os::unix::fs::symlink(real.join("x.prov"), real.join("y.prov")).unwrap();
        let files = ["x.prov", "y.prov"].map(|name| link.join(name));
        let [x, y] = files.each_ref().map(|path| DocumentId::of_path(path));
        assert_eq!(x, y);
        let [x, y] = files.each_ref().map(|path| DocumentId::place_of(path));
        assert_eq!(x, DocumentId::place_of(&real.join("x.prov")));
        assert_eq!(y, DocumentId::place_of(&real.join("y.prov")));
        assert_ne!(x, y);
        assert_eq!(
            DocumentId::of_path(&link.join("new/x.prov")),
            DocumentId::of_path(&real.join("new/x.prov"))
        );
    }

    #[test]
    fn what_is_offered_for_a_document_follows_from_its_name_and_scheme() {
        for (text, language, role) in [
            ("file:///a/x.prov", "provable", Role::Program),
            ("file:///a/x.prov", "plaintext", Role::Program),
            ("file:///a/x", "provable", Role::Program),
            ("untitled:Untitled-1", "provable", Role::Program),
            ("git:///a/x.prov?ref=HEAD", "provable", Role::Copy),
            ("file:///a/x.inputs.json", "json", Role::Inputs),
            ("file:///a/x.inputs%2Ejson", "provable", Role::Inputs),
            ("git:///a/x.inputs.json", "json", Role::Other),
            ("file:///a/x.proof.json", "json", Role::Other),
            ("file:///a/x.proof.json", "provable", Role::Other),
            ("file:///a/package.json", "json", Role::Other),
            ("untitled:Untitled-1", "plaintext", Role::Other),
        ] {
            assert_eq!(Role::of(&uri(text), language), role, "{text}");
        }
    }
}
