//! The files and folders, by their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A file.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// What it holds. Who reads it shares it, and a change copies it if it is shared.
    pub content: Arc<Vec<u8>>,
    /// Counts the changes of all files: a file that changed has another number.
    pub version: u64,
    pub is_readonly: bool,
}

/// The files and folders.
#[derive(Debug)]
pub(super) struct Tree {
    files: BTreeMap<PathBuf, Node>,
    folders: BTreeSet<PathBuf>,
    /// The paths that the program changed since the host was told.
    changed: BTreeSet<PathBuf>,
    version: u64,
}

static TREE: Mutex<Tree> = Mutex::new(Tree {
    files: BTreeMap::new(),
    folders: BTreeSet::new(),
    changed: BTreeSet::new(),
    version: 0,
});

/// The tree. No change of it is made in two steps, so it is whole also after a panic.
pub(super) fn tree() -> MutexGuard<'static, Tree> {
    TREE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path that the program wrote to, and the content; none if it was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The path.
    pub path: PathBuf,
    /// What the file holds.
    pub content: Option<Arc<Vec<u8>>>,
}

/// Puts a file here for the host, or removes it. Folders on the way are made. It is no change that the host is told of.
///
/// # Errors
/// When the path is that of a folder.
pub fn put(path: impl AsRef<Path>, content: Option<Vec<u8>>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    let mut tree = tree();
    match content {
        Some(content) if !tree.is_folder(&path) => {
            tree.make_folders(&path);
            tree.insert(path, content);
        }
        Some(_) => return Err(ErrorKind::IsADirectory.into()),
        None => drop(tree.files.remove(&path)),
    }
    Ok(())
}

/// What the program has written and removed since the last call.
pub fn take_written() -> Vec<Written> {
    let mut tree = tree();
    let changed = std::mem::take(&mut tree.changed).into_iter();
    let written = changed.map(|path| Written {
        content: tree.files.get(&path).map(|file| Arc::clone(&file.content)),
        path,
    });
    written.collect()
}

/// A path without `.` and `..`. A relative path begins at the root, since there is no current folder.
///
/// # Errors
/// When it leads above the root.
pub(super) fn whole(path: &Path) -> io::Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return Err(ErrorKind::NotFound.into());
    }
    let mut whole = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(name) => whole.push(name),
            Component::ParentDir if !whole.pop() => return Err(ErrorKind::NotFound.into()),
            _ => {}
        }
    }
    Ok(whole)
}

impl Tree {
    pub(super) fn file(&self, path: &Path) -> Option<&Node> {
        self.files.get(path)
    }

    pub(super) fn is_folder(&self, path: &Path) -> bool {
        path == Path::new("/") || self.folders.contains(path)
    }

    /// The names in a folder with whether each is a folder, in order.
    pub(super) fn names(&self, folder: &Path) -> Vec<PathBuf> {
        let inside = |path: &&PathBuf| path.parent() == Some(folder);
        let files = self.files.keys().filter(inside);
        let mut names: Vec<PathBuf> = files
            .chain(self.folders.iter().filter(inside))
            .cloned()
            .collect();
        names.sort();
        names
    }

    fn make_folders(&mut self, path: &Path) {
        let above = path.ancestors().skip(1);
        self.folders.extend(above.map(Path::to_path_buf));
    }

    fn insert(&mut self, path: PathBuf, content: Vec<u8>) {
        self.version += 1;
        let version = self.version;
        let node = self.files.entry(path).or_default();
        node.content = Arc::new(content);
        node.version = version;
    }

    /// Changes a file in place.
    ///
    /// # Errors
    /// When there is no such file.
    pub(super) fn change<T>(
        &mut self,
        path: &Path,
        change: impl FnOnce(&mut Vec<u8>) -> T,
    ) -> io::Result<T> {
        self.version += 1;
        let version = self.version;
        let node = self.files.get_mut(path).ok_or(ErrorKind::NotFound)?;
        node.version = version;
        let result = change(Arc::make_mut(&mut node.content));
        self.changed.insert(path.to_path_buf());
        Ok(result)
    }

    /// Makes an empty file, or empties one.
    ///
    /// # Errors
    /// When its folder is missing, or the path is that of a folder.
    pub(super) fn make(&mut self, path: &Path) -> io::Result<()> {
        if self.is_folder(path) {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !path.parent().is_some_and(|folder| self.is_folder(folder)) {
            return Err(ErrorKind::NotFound.into());
        }
        self.insert(path.to_path_buf(), Vec::new());
        self.changed.insert(path.to_path_buf());
        Ok(())
    }

    pub(super) fn set_readonly(&mut self, path: &Path, is_readonly: bool) -> io::Result<()> {
        let node = self.files.get_mut(path).ok_or(ErrorKind::NotFound)?;
        node.is_readonly = is_readonly;
        Ok(())
    }

    fn take(&mut self, path: &Path) -> io::Result<Node> {
        let node = self.files.remove(path).ok_or(ErrorKind::NotFound)?;
        self.changed.insert(path.to_path_buf());
        Ok(node)
    }

    fn place(&mut self, path: PathBuf, node: Node) -> io::Result<()> {
        self.make(&path)?;
        self.version += 1;
        let version = self.version;
        self.files.insert(path, Node { version, ..node });
        Ok(())
    }
}

/// As `std::path::absolute`, without `..`. A relative path begins at the root.
///
/// # Errors
/// When the path is empty, or leads above the root.
pub fn absolute(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    whole(path.as_ref())
}

/// As `std::fs::canonicalize`.
///
/// # Errors
/// When there is nothing at the path.
pub fn canonicalize(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    let path = whole(path.as_ref())?;
    let tree = tree();
    match tree.is_folder(&path) || tree.file(&path).is_some() {
        true => Ok(path),
        false => Err(ErrorKind::NotFound.into()),
    }
}

/// As `std::fs::read_link`: there are no links.
///
/// # Errors
/// Always.
pub fn read_link(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    canonicalize(path).and(Err(ErrorKind::InvalidInput.into()))
}

/// As `std::fs::read`.
///
/// # Errors
/// When there is no such file.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let path = whole(path.as_ref())?;
    let tree = tree();
    let node = tree.file(&path).ok_or(ErrorKind::NotFound)?;
    Ok(node.content.to_vec())
}

/// As `std::fs::read_to_string`.
///
/// # Errors
/// When there is no such file, or it is not UTF-8 text.
pub fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| ErrorKind::InvalidData.into())
}

/// As `std::fs::write`.
///
/// # Errors
/// When the folder is missing, or the path is that of a folder or of a read-only file.
pub fn write(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    let mut tree = tree();
    if tree.file(&path).is_some_and(|node| node.is_readonly) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    tree.make(&path)?;
    tree.change(&path, |bytes| bytes.extend_from_slice(content.as_ref()))
}

/// As `std::fs::rename`, for files.
///
/// # Errors
/// When there is no such file, or the new path is that of a folder or in none.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (whole(from.as_ref())?, whole(to.as_ref())?);
    let mut tree = tree();
    let node = tree.file(&from).ok_or(ErrorKind::NotFound)?.clone();
    tree.place(to.clone(), node)?;
    if from != to {
        tree.take(&from)?;
    }
    Ok(())
}

/// As `std::fs::hard_link`; but the two share their content only until one is changed.
///
/// # Errors
/// When there is no such file, something is at the new path, or its folder is missing.
pub fn hard_link(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (whole(from.as_ref())?, whole(to.as_ref())?);
    let mut tree = tree();
    let node = tree.file(&from).ok_or(ErrorKind::NotFound)?.clone();
    if tree.file(&to).is_some() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    tree.place(to, node)
}

/// As `std::fs::remove_file`.
///
/// # Errors
/// When there is no such file.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    tree().take(&path).map(drop)
}

/// As `std::fs::create_dir`.
///
/// # Errors
/// When something is at the path, or the folder above is missing.
pub fn create_dir(path: impl AsRef<Path>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    let mut tree = tree();
    if tree.is_folder(&path) || tree.file(&path).is_some() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    match path.parent().is_some_and(|folder| tree.is_folder(folder)) {
        true => drop(tree.folders.insert(path)),
        false => return Err(ErrorKind::NotFound.into()),
    }
    Ok(())
}

/// As `std::fs::create_dir_all`.
///
/// # Errors
/// When a file is at the path or on the way.
pub fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    let mut tree = tree();
    if path.ancestors().any(|part| tree.file(part).is_some()) {
        return Err(ErrorKind::AlreadyExists.into());
    }
    tree.make_folders(&path.join("."));
    tree.folders.insert(path);
    Ok(())
}

/// As `std::fs::remove_dir`.
///
/// # Errors
/// When there is no such folder, or it is not empty.
pub fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    let path = whole(path.as_ref())?;
    let mut tree = tree();
    if !tree.names(&path).is_empty() {
        return Err(ErrorKind::DirectoryNotEmpty.into());
    }
    match tree.folders.remove(&path) {
        true => Ok(()),
        false => Err(ErrorKind::NotFound.into()),
    }
}
