//! The language reference on the user's disk, so that the code of a diagnostic leads somewhere in every editor and
//! without a network: written once a version, from the text that this program was built with.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tower_lsp_server::ls_types::Uri;

const TEXT: &str = include_str!("../../../docs/language.md");

/// Where each code is explained.
#[derive(Debug, Default)]
pub struct Reference {
    links: HashMap<String, Uri>,
}

impl Reference {
    /// Writes the reference, unless it is there. Where it cannot be written, codes lead nowhere.
    pub fn new() -> Reference {
        let path = directories::ProjectDirs::from("", "", "provable").map(|user| {
            let name = concat!("language-", env!("CARGO_PKG_VERSION"), ".md");
            user.cache_dir().join(name)
        });
        path.filter(|path| write(path).is_ok())
            .map_or_else(Reference::default, |path| Reference::at(&path))
    }

    fn at(path: &Path) -> Reference {
        let Some(base) = Uri::from_file_path(path) else {
            return Reference::default();
        };
        // Editors open a file at a line; few look for an anchor in its text.
        let links = TEXT.lines().zip(1..).filter_map(|(line, number)| {
            let code = line.split("<a id=\"").nth(1)?.split('"').next()?;
            let link = format!("{}#L{number}", base.as_str()).parse().ok()?;
            Some((code.to_owned(), link))
        });
        Reference {
            links: links.collect(),
        }
    }

    /// Where a code is explained.
    pub fn link(&self, code: &str) -> Option<Uri> {
        self.links.get(code).cloned()
    }
}

fn write(path: &Path) -> std::io::Result<()> {
    if std::fs::read(path).is_ok_and(|text| text == TEXT.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    std::fs::create_dir_all(&folder)?;
    let file = tempfile::NamedTempFile::new_in(folder)?;
    std::fs::write(file.path(), TEXT)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use provable::lang::diagnostics::Code;

    #[test]
    fn every_code_leads_to_the_line_that_explains_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("language.md");
        write(&path).unwrap();
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
