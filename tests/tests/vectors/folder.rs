//! The files of the folder: made, compared with those that are there, or written over them.

use provable_tests::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files by their paths in the folder.
#[derive(Default)]
pub struct Folder(BTreeMap<String, Vec<u8>>);

/// Whether files are to be written instead of compared.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE_VECTORS").is_some()
}

/// Where a file of the folder lies.
pub fn path(name: &str) -> PathBuf {
    root().join("tests/vectors").join(name)
}

/// A file that is there already.
pub fn kept(name: &str) -> Option<Vec<u8>> {
    std::fs::read(path(name)).ok()
}

/// An object whose lists have one entry a line; a list of one number is the number.
pub fn lines(lists: &[(&str, Vec<Value>)]) -> Vec<u8> {
    let mut text = String::from("{\n");
    for (place, (name, list)) in lists.iter().enumerate() {
        let end = if place + 1 == lists.len() { "" } else { "," };
        match list.as_slice() {
            [Value::Number(number)] => text += &format!("\"{name}\": {number}{end}\n"),
            entries => {
                let entries: Vec<String> = entries.iter().map(Value::to_string).collect();
                text += &format!("\"{name}\": [\n{}\n]{end}\n", entries.join(",\n"));
            }
        }
    }
    (text + "}\n").into_bytes()
}

impl Folder {
    /// Puts a file into the folder.
    pub fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        let before = self.0.insert(name.to_owned(), content.into());
        assert!(before.is_none(), "{name} is there twice");
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.0[name]).unwrap()
    }

    /// Whether a file has these signs in it.
    pub fn mentions(&self, signs: &str) -> bool {
        let mut files = self.0.values();
        files.any(|content| String::from_utf8_lossy(content).contains(signs))
    }

    /// Compares the folder with the one on disk, or writes it there.
    #[track_caller]
    pub fn compare(&self) {
        let mut there = Vec::new();
        list(&path(""), "", &mut there);
        there.retain(|name| name != "README.md");
        for name in there.iter().filter(|name| !self.0.contains_key(*name)) {
            assert!(is_update(), "tests/vectors/{name} belongs to no vector");
            std::fs::remove_file(path(name)).unwrap();
        }
        for (name, content) in &self.0 {
            if kept(name).as_ref() == Some(content) {
                continue;
            }
            assert!(
                is_update(),
                "tests/vectors/{name} is not what the code says; UPDATE_VECTORS=1 makes it anew"
            );
            std::fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            std::fs::write(path(name), content).unwrap();
        }
    }
}

fn list(folder: &Path, before: &str, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => list(&entry.path(), &format!("{name}/"), names),
            false => names.push(name),
        }
    }
}
