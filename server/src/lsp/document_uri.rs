//! The document that a URI names. Clients spell one path in many ways: `[` as it is or as `%5B`, digits of escapes in
//! either letter case, `C:` as `c%3A`; and a file can be reached through links. So URIs are not compared: documents are
//! identified by [`DocumentId`].

use crate::program_state::DocumentId;
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Uri;

impl DocumentId {
    /// The document as the client identifies it. A client may have a file open twice, through a link and by its real path,
    /// and then edits the two independently.
    pub fn of(uri: &Uri) -> DocumentId {
        match path_of(uri) {
            Some(path) => DocumentId::File(path),
            None => DocumentId::Other(uri.as_str().to_owned()),
        }
    }

    /// The file behind the document, with every link in its path resolved. Reads the file system.
    pub fn resolved(uri: &Uri) -> DocumentId {
        match DocumentId::of(uri) {
            DocumentId::File(path) => DocumentId::resolved_path(&path),
            other => other,
        }
    }

    /// The place of the document ([`DocumentId::placed_path`]). Reads the file system.
    pub fn placed(uri: &Uri) -> DocumentId {
        match DocumentId::of(uri) {
            DocumentId::File(path) => DocumentId::placed_path(&path),
            other => other,
        }
    }
}

/// The name of a document in messages: that of its file, else its URI.
pub fn name_of(uri: &Uri) -> String {
    let path = path_of(uri);
    let name = path.as_deref().and_then(|path| path.file_name());
    name.map_or_else(
        || uri.as_str().to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The path of a `file:` URI.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    // A URI with a query or a fragment names a part or a version of a file, which only its maker can read.
    if uri.query().is_some() || uri.fragment().is_some() {
        return None;
    }
    // A file on another host is another file. Windows has paths with a host.
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

/// The `file:` URI of a path from the root. None if it is no such path.
#[cfg(not(target_family = "wasm"))]
pub fn file_uri(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}

/// The `file:` URI of a path from the root. None if it is no such path. The standard library takes no path of this target for
/// absolute, so that the protocol's types make no URI of one.
#[cfg(target_family = "wasm")]
pub fn file_uri(path: &Path) -> Option<Uri> {
    let path = path.to_str().filter(|path| path.starts_with('/'))?;
    let mut uri = "file://".to_owned();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.parse().ok()
}

/// A path with the letter of its drive in upper case: Windows and clients take either letter case.
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
}
