//! The language reference in a file of the user, so that the code of a diagnostic links to its explanation in every editor,
//! without a network. The file is written once for each version, from the text that this program was built with.

use super::cache_file;
use crate::lsp::document_uri::file_uri;
use std::collections::HashMap;
use std::path::Path;
use tower_lsp_server::ls_types::Uri;

const TEXT: &str = include_str!("../../../docs/language.md");

/// The places where codes are explained.
#[derive(Debug, Default)]
pub struct Reference {
    links: HashMap<String, Uri>,
}

impl Reference {
    /// Writes the reference unless the file is up to date. If it cannot be written, codes have no links.
    pub fn new() -> Reference {
        let path = cache_file::path(concat!("language-", env!("CARGO_PKG_VERSION"), ".md"));
        path.filter(|path| cache_file::write(path, TEXT, true).is_ok())
            .map_or_else(Reference::default, |path| Reference::at(&path))
    }

    fn at(path: &Path) -> Reference {
        let Some(base) = file_uri(path) else {
            return Reference::default();
        };
        // Editors open a file at a line; few support anchors.
        let links = TEXT.lines().zip(1..).filter_map(|(line, number)| {
            let code = line.split("<a id=\"").nth(1)?.split('"').next()?;
            let link = format!("{}#L{number}", base.as_str()).parse().ok()?;
            Some((code.to_owned(), link))
        });
        Reference {
            links: links.collect(),
        }
    }

    /// The place where a code is explained.
    pub fn link(&self, code: &str) -> Option<Uri> {
        self.links.get(code).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use provable::lang::diagnostics::Code;

    #[test]
    fn every_code_links_to_the_line_that_explains_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("language.md");
        cache_file::write(&path, TEXT, true).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        let reference = Reference::at(&path);
        for code in Code::ALL {
            let link = reference.link(code.as_str()).unwrap();
            let (_, line) = link.as_str().rsplit_once("#L").unwrap();
            let line = lines[line.parse::<usize>().unwrap() - 1];
            assert!(line.contains(&format!("`{code}`")), "{code}: {line}");
        }
    }
}
