//! What the user named -> the list of files to read, in order: an argument at a time, a directory's files by the bytes of their paths.

use std::{
    borrow::Cow,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use ignore::{
    WalkBuilder,
    overrides::{Override, OverrideBuilder},
};

use super::{Format, Input, ReadOptions, compression::open_error};
use crate::article::{ArticleError, Stage};

/// A file to read, or why there is none.
#[derive(Debug)]
pub(super) enum Found {
    Stdin,
    File { path: PathBuf, bytes: u64 },
    Missing { path: PathBuf, error: ArticleError },
}

impl Found {
    fn path(&self) -> &Path {
        match self {
            Found::Stdin => Path::new("-"),
            Found::File { path, .. } | Found::Missing { path, .. } => path,
        }
    }
}

/// A path as text. Bytes of no encoding become `\xEB`, so that two files never bear one name and the file can be found by it.
#[must_use]
pub fn name_of(path: &Path) -> Cow<'_, str> {
    match path.to_str() {
        Some(name) => Cow::Borrowed(name),
        None if cfg!(unix) => {
            let mut name = String::new();
            for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
                name.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    let _ = write!(name, "\\x{byte:02X}");
                }
            }
            Cow::Owned(name)
        }
        None => path.to_string_lossy(),
    }
}

/// The path of these bytes, whatever their encoding.
#[cfg(unix)]
#[must_use]
pub fn path_of_bytes(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(name).into()
}

#[cfg(not(unix))]
#[must_use]
pub fn path_of_bytes(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}

pub(super) fn walk(inputs: Vec<Input>, options: &ReadOptions) -> Vec<Found> {
    let mut found = Vec::new();
    for input in inputs {
        match input {
            Input::Stdin => found.push(Found::Stdin),
            // Followed through links: what was named is wanted.
            Input::Path(path) => match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => directory(&path, options, &mut found),
                metadata => found.push(file(path, metadata)),
            },
        }
    }
    found
}

/// Opening a pipe or a device may wait for ever, so only plain files are read, and what the shell hands over as `/dev/fd/N` (`<(...)`).
fn file(path: PathBuf, metadata: std::io::Result<fs::Metadata>) -> Found {
    let error = match metadata {
        Ok(metadata) if metadata.is_file() => return Found::File { path, bytes: metadata.len() },
        Ok(_) if path.starts_with("/dev/fd") || path == Path::new("/dev/stdin") => return Found::File { path, bytes: 0 },
        Ok(_) => {
            let message = format!("{}: not a plain file (a pipe, socket or device); pipe its content to `-` instead", name_of(&path));
            ArticleError::new(Stage::Open, "not_a_file", message)
        }
        Err(error) => open_error(&error, &name_of(&path)),
    };
    Found::Missing { path, error }
}

/// The globs for the files of one directory; what is to be left out comes last, so it wins.
pub(super) fn overrides(root: &Path, options: &ReadOptions) -> Result<Override, ArticleError> {
    let mut builder = OverrideBuilder::new(root);
    let excludes = options.excludes.iter().map(|glob| format!("!{glob}"));
    let added = options.globs.iter().cloned().chain(excludes).try_for_each(|glob| builder.add(&glob).map(|_| ()));
    let overrides = added.and_then(|()| builder.build());
    overrides.map_err(|error| ArticleError::new(Stage::Open, "bad_glob", format!("{}: {error}; check --glob and --exclude", name_of(root))))
}

/// Which files are taken: of a directory, and of an archive.
pub(super) struct EntryRules {
    overrides: Override,
    hidden: bool,
    /// Files of any name that the globs let through, not only those whose name tells a format.
    any_name: bool,
}

impl EntryRules {
    /// The rules for paths relative to an archive.
    pub(super) fn new(options: &ReadOptions) -> Result<Self, ArticleError> {
        Self::of(Path::new(""), options)
    }

    fn of(root: &Path, options: &ReadOptions) -> Result<Self, ArticleError> {
        let hidden = options.globs.iter().any(|glob| glob.starts_with('.') || glob.contains("/."));
        // `--glob '!x'` only takes away.
        let any_name = options.globs.iter().any(|glob| !glob.starts_with('!'));
        Ok(Self { overrides: overrides(root, options)?, hidden, any_name })
    }

    /// Whether this file of an archive is wanted; so must be all the directories it lies in.
    pub(super) fn take(&self, path: &Path) -> bool {
        let left_out = |path: &Path, is_directory| self.overrides.matched(path, is_directory).is_ignore();
        let directories = path.ancestors().skip(1).filter(|directory| !directory.as_os_str().is_empty());
        let is_hidden = |name: &std::ffi::OsStr| name != ".." && name.as_encoded_bytes().starts_with(b".") || name == "__MACOSX";
        self.take_name(path)
            && (self.hidden || !path.iter().any(is_hidden))
            && !left_out(path, false)
            && !directories.clone().any(|directory| left_out(directory, true))
    }

    fn take_name(&self, path: &Path) -> bool {
        self.any_name || Format::of_path(path).is_some()
    }
}

fn directory(root: &Path, options: &ReadOptions, found: &mut Vec<Found>) {
    let first = found.len();
    let rules = match EntryRules::of(root, options) {
        Ok(rules) => rules,
        Err(error) => {
            found.push(Found::Missing { path: root.to_owned(), error });
            return;
        }
    };
    let hidden = rules.hidden;
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .follow_links(true)
        .overrides(rules.overrides.clone())
        .filter_entry(move |entry| entry.depth() == 0 || hidden || !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .build();
    let wanted = |path: &Path| rules.take_name(path);
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) if wanted(entry.path()) => {
                let metadata = fs::metadata(entry.path());
                found.push(file(entry.into_path(), metadata));
            }
            Ok(_) => {}
            Err(error) => found.extend(lost(root, &error, &wanted)),
        }
    }
    found[first..].sort_by(|a, b| a.path().as_os_str().as_encoded_bytes().cmp(b.path().as_os_str().as_encoded_bytes()));
}

/// What could not be walked: a directory without permission, a link in a circle, a link to nothing (which counts if its name would).
fn lost(root: &Path, error: &ignore::Error, wanted: &impl Fn(&Path) -> bool) -> Option<Found> {
    let path = path_of(error).unwrap_or_else(|| root.to_owned());
    let name = name_of(&path);
    if is_loop(error) {
        let message = format!("{name}: a link to a directory it lies in; leave it out with --exclude");
        return Some(Found::Missing { error: ArticleError::new(Stage::Open, "link_loop", message), path });
    }
    let error = match error.io_error() {
        Some(io) if io.kind() == std::io::ErrorKind::NotFound && !wanted(&path) => return None,
        Some(io) => open_error(io, &name),
        None => ArticleError::new(Stage::Open, "unreadable", format!("{name}: {error}")),
    };
    Some(Found::Missing { path, error })
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::Loop { child, .. } => Some(child.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            is_loop(err)
        }
        _ => false,
    }
}
