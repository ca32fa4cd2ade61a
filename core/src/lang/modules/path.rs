//! Paths of `.use` lines.

use super::file_error::FileError;
use crate::lang::quote::quoted;
use crate::lang::std_library;
use crate::lang::syntax::is_alias;

/// The extension of a program's file.
const EXTENSION: &str = ".prov";

/// What a `.use` line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModulePath {
    /// A file beside the one that says so: a path that begins with `./` or `../`, with the extension.
    Relative(String),
    /// A file of the standard library, such as `std@1/math`.
    Standard(String),
}

impl ModulePath {
    /// Reads the text of a path.
    ///
    /// # Errors
    /// Why it is none. The files beside are not looked at.
    pub fn of(text: &str) -> Result<ModulePath, FileError> {
        if let Some(rest) = text.strip_prefix("std@") {
            return standard(text, rest);
        }
        if text == "std" || text.starts_with("std/") {
            let newest = std_library::NEWEST;
            let error = FileError::new(format!(
                "the standard library is used with its version: `std@{newest}/...`"
            ));
            let name = text.strip_prefix("std/").and_then(nearest_standard);
            return Err(match name {
                Some(id) => error.meant(id),
                None => error,
            });
        }
        let bad = |message: &str| Err(FileError::new(message));
        if !(text.starts_with("./") || text.starts_with("../")) {
            return bad("a path begins with `./`, `../` or `std@`");
        }
        if text.contains('\\') {
            return bad("the parts of a path are separated by `/`");
        }
        let parts = || text.split('/');
        if parts().any(str::is_empty) {
            return bad("a part of the path is empty");
        }
        if text.chars().any(char::is_control) {
            return bad("a path has no control characters");
        }
        let last = parts().next_back().unwrap_or_default();
        let name = last.strip_suffix(EXTENSION).unwrap_or(last);
        if matches!(name, "" | "." | "..") {
            return bad("the path names no file");
        }
        let folder = text.get(..text.len() - last.len()).unwrap_or_default();
        Ok(ModulePath::Relative(format!("{folder}{name}{EXTENSION}")))
    }
}

/// The file of the newest standard library with a name like this.
pub(super) fn nearest_standard(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix(EXTENSION).unwrap_or(name);
    let newest = format!("std@{}/", std_library::NEWEST);
    let wanted = format!("{newest}{name}");
    let names = std_library::names();
    let mut all = names.into_iter();
    let exact = all.find(|id| *id == wanted);
    let of_newest = || std_library::names().into_iter();
    let named = of_newest().filter_map(|id| id.strip_prefix(newest.as_str()));
    let near = || crate::lang::suggest::nearest(name, named);
    exact.or_else(|| {
        let near = format!("{newest}{}", near()?);
        of_newest().find(|id| *id == near)
    })
}

fn standard(text: &str, rest: &str) -> Result<ModulePath, FileError> {
    let Some((version, name)) = rest.split_once('/') else {
        return Err(FileError::new(
            "a path of the standard library is `std@VERSION/NAME`",
        ));
    };
    let name = name.strip_suffix(EXTENSION).unwrap_or(name);
    let newest = std_library::NEWEST;
    if !version
        .parse()
        .is_ok_and(|number: u32| (1..=newest).contains(&number))
    {
        return Err(FileError::new(format!(
            "there is no version {} of the standard library; the newest is `std@{newest}`",
            quoted(version)
        )));
    }
    let id = format!("std@{version}/{name}");
    if std_library::text(&id).is_some() {
        return Ok(ModulePath::Standard(id));
    }
    let names = std_library::names();
    let error = FileError::new(format!(
        "there is no `{}` in the standard library",
        quoted(text)
    ));
    let near = crate::lang::suggest::nearest(&id, names.iter().copied());
    Err(match near.or_else(|| nearest_standard(name)) {
        Some(near) => error.meant(near),
        None => error,
    })
}

/// The path of another file in the folder of a path, as a `.use` line has it.
pub fn spelled_like(path: &str, name: &str) -> String {
    let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
    format!("{folder}/{}", name.strip_suffix(EXTENSION).unwrap_or(name))
}

/// The name that a file gets if its `.use` line gives none, and where in the path it stands; none if the last part of the
/// path is no name.
pub fn default_alias(path: &str) -> Option<(usize, &str)> {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let last = path.get(start..)?;
    let name = last.strip_suffix(EXTENSION).unwrap_or(last);
    is_alias(name).then_some((start, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_with_its_control_characters_escaped() {
        for text in ["std@1/bi\u{4}ts", "std@\u{1b}[2J/bits"] {
            let error = ModulePath::of(text).unwrap_err();
            assert!(!error.message.contains(char::is_control), "{error:?}");
        }
        let long = ModulePath::of(&format!("std@1/{}", "x".repeat(9_000))).unwrap_err();
        assert!(long.message.len() < 1_000);
    }

    #[test]
    fn a_path_is_relative_or_of_the_standard_library() {
        let relative = |text: &str| ModulePath::Relative(text.to_owned());
        for (text, path) in [
            ("./x", relative("./x.prov")),
            ("./x.prov", relative("./x.prov")),
            ("../a/b", relative("../a/b.prov")),
        ] {
            assert_eq!(ModulePath::of(text), Ok(path), "{text}");
        }
        for text in [
            "",
            "x",
            "/x",
            "./",
            "..",
            "../..",
            ".//x",
            "./a\\b",
            "std/math",
            "std@0/math",
            "std@99/math",
            "std@1",
            "std@1/nothing",
            "http://x",
            "./\u{7}x",
        ] {
            assert!(ModulePath::of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_last_part_of_a_path_is_the_alias() {
        assert_eq!(default_alias("./a/math.prov"), Some((4, "math")));
        assert_eq!(default_alias("std@1/sha256"), Some((6, "sha256")));
        assert_eq!(default_alias("./a-b"), None);
    }
}
