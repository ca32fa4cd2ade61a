//! Files in memory do what files on disk do.

use super::temporary::Builder;
use super::*;
use proptest::prelude::*;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The tests share the files: each has a folder of its own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new("/tests").join(name);
    create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_host_is_told_of_what_the_program_wrote_and_not_of_what_it_put_itself() {
    let folder = folder("told");
    put(folder.join("a.prov"), Some(b"HALT".to_vec())).unwrap();
    assert_eq!(read_to_string(folder.join("a.prov")).unwrap(), "HALT");
    write(folder.join("a.proof.json"), "{}").unwrap();
    remove_file(folder.join("a.prov")).unwrap();
    let told = take_written().into_iter();
    let mut told: Vec<_> = told
        .filter(|one| one.path.starts_with(&folder))
        .map(|one| (one.path.file_name().unwrap().to_owned(), one.content))
        .collect();
    told.sort();
    assert_eq!(told[0].0, "a.proof.json");
    assert_eq!(told[0].1.as_ref().unwrap().as_slice(), b"{}");
    assert_eq!(told[1], ("a.prov".into(), None));
}

#[test]
fn a_file_has_another_time_after_each_change() {
    let path = folder("time").join("a");
    write(&path, "one").unwrap();
    let first = metadata(&path).unwrap().modified().unwrap();
    write(&path, "two").unwrap();
    assert_ne!(metadata(&path).unwrap().modified().unwrap(), first);
}

#[test]
fn a_temporary_file_is_gone_unless_it_is_given_a_name() {
    let folder = folder("temporary");
    drop(Builder::new().prefix("x").tempfile_in(&folder).unwrap());
    assert_eq!(read_dir(&folder).unwrap().count(), 0);
    let mut file = Builder::new().suffix(".part").tempfile_in(&folder).unwrap();
    file.write_all(b"whole").unwrap();
    file.persist(folder.join("named")).unwrap();
    let names: Vec<_> = read_dir(&folder)
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    assert_eq!(names, ["named"]);
    assert_eq!(read(folder.join("named")).unwrap(), b"whole");
}

#[test]
fn nothing_is_written_to_a_file_that_is_open_for_reading_or_read_only() {
    let path = folder("refused").join("a");
    write(&path, "kept").unwrap();
    File::open(&path).unwrap().write_all(b"lost").unwrap_err();
    let mut permissions = metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    set_permissions(&path, permissions).unwrap();
    write(&path, "lost").unwrap_err();
    OpenOptions::new().write(true).open(&path).unwrap_err();
    assert_eq!(read(&path).unwrap(), b"kept");
}

#[test]
fn a_position_in_a_file_is_where_it_was_sought() {
    let path = folder("sought").join("a");
    let mut file = File::create_new(&path).unwrap();
    file.write_all(b"0123456789").unwrap();
    file.seek(SeekFrom::Start(3)).unwrap();
    file.write_all(b"xy").unwrap();
    file.seek(SeekFrom::Current(-3)).unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "2xy56789");
    file.seek(SeekFrom::End(-100)).unwrap_err();
    File::create_new(&path).unwrap_err();
}

/// What a program may do with files.
#[derive(Clone, Debug)]
enum Act {
    Write(usize, u8),
    Append(usize, u8),
    Rename(usize, usize),
    Remove(usize),
    MakeFolder(usize),
    RemoveFolder(usize),
    CreateNew(usize),
}

/// Paths that stand for each other's folders, with and without detours.
const PATHS: [&str; 7] = ["a", "b", "c/d", "c", "c/../a", "./c/./d", "b/.."];

fn act() -> impl Strategy<Value = Act> {
    let path = || 0..PATHS.len();
    prop_oneof![
        (path(), any::<u8>()).prop_map(|(at, byte)| Act::Write(at, byte)),
        (path(), any::<u8>()).prop_map(|(at, byte)| Act::Append(at, byte)),
        (path(), path()).prop_map(|(from, to)| Act::Rename(from, to)),
        path().prop_map(Act::Remove),
        path().prop_map(Act::MakeFolder),
        path().prop_map(Act::RemoveFolder),
        path().prop_map(Act::CreateNew),
    ]
}

/// Performs an act in a folder with the functions of a module; whether it was done.
macro_rules! perform {
    ($fs:path, $root:expr, $act:expr) => {{
        use $fs as fs;
        let at = |path: &usize| $root.join(PATHS[*path]);
        match $act {
            Act::Write(path, byte) => fs::write(at(path), [*byte]).is_ok(),
            Act::Append(path, byte) => fs::OpenOptions::new()
                .append(true)
                .open(at(path))
                .and_then(|mut file| file.write_all(&[*byte]))
                .is_ok(),
            Act::Rename(from, to) => fs::rename(at(from), at(to)).is_ok(),
            Act::Remove(path) => fs::remove_file(at(path)).is_ok(),
            Act::MakeFolder(path) => fs::create_dir(at(path)).is_ok(),
            Act::RemoveFolder(path) => fs::remove_dir(at(path)).is_ok(),
            Act::CreateNew(path) => fs::File::create_new(at(path)).is_ok(),
        }
    }};
}

/// What is at each path: whether it is a folder, and what it holds.
macro_rules! state {
    ($fs:path, $root:expr) => {{
        use $fs as fs;
        let seen = ["a", "b", "c", "c/d"].map(|path| {
            let path = $root.join(path);
            let kind = fs::metadata(&path).ok().map(|data| data.is_dir());
            (kind, fs::read(&path).ok())
        });
        seen
    }};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    /// Where a path leads through a file or a folder of another name, systems differ: such acts are left out.
    #[test]
    fn files_in_memory_are_as_files_on_disk(acts in prop::collection::vec(act(), 0..25), name in "[a-z]{12}") {
        let disk = tempfile::tempdir().unwrap();
        let memory = folder(&name);
        for act in &acts {
            let is_folder = |path: &usize| disk.path().join(PATHS[*path]).is_dir();
            let passes_file = |path: &usize| {
                let path = PATHS[*path];
                path.contains("..") && !disk.path().join(path.split_once("/..").unwrap().0).is_dir()
            };
            let skipped = match act {
                // Folders are not renamed.
                Act::Rename(from, to) => is_folder(from) || is_folder(to) || passes_file(from) || passes_file(to),
                Act::Write(path, _) | Act::Append(path, _) | Act::Remove(path) | Act::MakeFolder(path)
                | Act::RemoveFolder(path) | Act::CreateNew(path) => passes_file(path) || PATHS[*path].ends_with(".."),
            };
            if skipped {
                continue;
            }
            let done = perform!(std::fs, disk.path(), act);
            prop_assert_eq!(perform!(crate::memory, &memory, act), done, "{:?} of {:?}", act, acts);
        }
        prop_assert_eq!(state!(crate::memory, &memory), state!(std::fs, disk.path()), "{:?}", acts);
    }
}
