//! tar and zip: an archive -> the files in it that hold articles, one after the other, each as a stream. They are taken by the same rules
//! as those of a directory. A thread of its own unpacks, a little ahead of the reader: what panics on a broken archive there is an error
//! here, and both formats are one to the rest of the program.

use std::{
    fs::File,
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
};

use super::{
    ReadOptions, UNPACKING_THREAD,
    compression::Stream,
    walk::{EntryRules, name_of, path_of_bytes},
};
use crate::article::{ArticleError, Stage};

/// Bytes of a file that are handed over together, and how many such pieces may wait.
const CHUNK: usize = 64 * 1024;
const AHEAD: usize = 8;

/// What the unpacking thread has to say.
enum Event {
    /// A file begins.
    File(PathBuf),
    Chunk(Vec<u8>),
    /// The file cannot be read to its end.
    Broken(String),
    EndOfFile,
    /// The archive cannot be read to its end.
    Lost(String),
    End,
}

/// An archive, opened.
pub(super) struct Archive {
    pub(super) path: PathBuf,
    events: Arc<Mutex<Events>>,
}

struct Events {
    receiver: Receiver<Event>,
    /// Whether the last file's end has not been met.
    in_file: bool,
    /// Whether the archive's end has, or it is lost.
    ended: bool,
}

impl Events {
    fn next(&mut self) -> Event {
        if self.ended {
            return Event::End;
        }
        let event = self.receiver.recv().unwrap_or_else(|_| Event::Lost("it is damaged".to_owned()));
        match event {
            Event::File(_) => self.in_file = true,
            Event::EndOfFile => self.in_file = false,
            Event::Lost(_) | Event::End => (self.in_file, self.ended) = (false, true),
            Event::Chunk(_) | Event::Broken(_) => {}
        }
        event
    }
}

impl Archive {
    pub(super) fn tar(path: &Path, stream: Stream, options: &ReadOptions) -> Result<Self, ArticleError> {
        let rules = EntryRules::new(options)?;
        Self::unpack(path, move |events| send_tar(stream, &rules, events))
    }

    pub(super) fn zip(path: &Path, options: &ReadOptions) -> Result<Self, ArticleError> {
        let rules = EntryRules::new(options)?;
        let file = File::open(path).map_err(|error| super::compression::open_error(&error, &name_of(path)))?;
        Self::unpack(path, move |events| send_zip(file, &rules, events))
    }

    /// `send` gives `None` when nobody listens any more.
    fn unpack(path: &Path, send: impl FnOnce(&SyncSender<Event>) -> Option<()> + Send + 'static) -> Result<Self, ArticleError> {
        let (sender, receiver) = sync_channel(AHEAD);
        let thread = std::thread::Builder::new().name(UNPACKING_THREAD.to_owned()).spawn(move || send(&sender));
        thread.map_err(|error| broken(path, &error.to_string()))?;
        Ok(Self { path: path.to_owned(), events: Arc::new(Mutex::new(Events { receiver, in_file: false, ended: false })) })
    }

    /// The next file: its path under that of the archive, and its content. What the reader left of the one before is passed over.
    pub(super) fn next(&mut self) -> Option<Result<(PathBuf, Entry), ArticleError>> {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let in_file = events.in_file;
            match events.next() {
                Event::File(name) => {
                    let content = Entry { events: Arc::clone(&self.events), chunk: Cursor::default(), ended: false };
                    return Some(Ok((self.path.join(name), content)));
                }
                // Told by the entry if anybody reads so far.
                Event::Broken(problem) if !in_file => return Some(Err(broken(&self.path, &problem))),
                Event::Chunk(_) | Event::Broken(_) | Event::EndOfFile => {}
                Event::Lost(problem) => return Some(Err(broken(&self.path, &format!("{problem}; the rest of it is left")))),
                Event::End => return None,
            }
        }
    }
}

fn broken(path: &Path, problem: &str) -> ArticleError {
    let message = format!("{}: cannot be unpacked ({problem}); is the archive whole?", name_of(path));
    ArticleError::new(Stage::Decompress, "bad_archive", message)
}

/// A file in an archive, as a stream.
pub(super) struct Entry {
    events: Arc<Mutex<Events>>,
    chunk: Cursor<Vec<u8>>,
    ended: bool,
}

impl Read for Entry {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.chunk.read(out)?;
            if read > 0 || self.ended || out.is_empty() {
                return Ok(read);
            }
            let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
            match events.next() {
                Event::Chunk(chunk) => self.chunk = Cursor::new(chunk),
                Event::Broken(problem) | Event::Lost(problem) => {
                    self.ended = true;
                    return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
                }
                Event::EndOfFile | Event::End | Event::File(_) => self.ended = true,
            }
        }
    }
}

fn send_tar(stream: Stream, rules: &EntryRules, events: &SyncSender<Event>) -> Option<()> {
    let mut archive = tar::Archive::new(stream);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return events.send(Event::Lost(error.to_string())).ok(),
    };
    for entry in entries {
        // After a broken header nothing tells where the next one is.
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return events.send(Event::Lost(error.to_string())).ok(),
        };
        let path = inner_path(&entry.path_bytes());
        let kind = entry.header().entry_type();
        if (kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) && rules.take(&path) {
            let size = entry.size();
            send_file(path, &mut entry, size, events)?;
        }
    }
    events.send(Event::End).ok()
}

fn send_zip(file: File, rules: &EntryRules, events: &SyncSender<Event>) -> Option<()> {
    let mut archive = match zip::ZipArchive::new(io::BufReader::new(file)) {
        Ok(archive) => archive,
        Err(error) => return events.send(Event::Lost(error.to_string())).ok(),
    };
    for number in 0..archive.len() {
        match archive.by_index(number) {
            Ok(mut entry) => {
                let path = inner_path(entry.name_raw());
                if entry.is_file() && rules.take(&path) {
                    let size = entry.size();
                    send_file(path, &mut entry, size, events)?;
                }
            }
            // The directory at the archive's end tells where the next one is.
            Err(error) => events.send(Event::Broken(format!("file {number} in it: {error}"))).ok()?,
        }
    }
    events.send(Event::End).ok()
}

/// The path of a file in an archive, as the archive gives it. It only names an article: nothing is ever written there.
fn inner_path(mut name: &[u8]) -> PathBuf {
    while let Some(rest) = name.strip_prefix(b"./") {
        name = rest;
    }
    // Joined to the archive's path, an absolute one would take its place.
    path_of_bytes(name.iter().position(|&byte| byte != b'/').map_or(&[], |start| &name[start..]))
}

fn send_file(path: PathBuf, content: &mut impl Read, size: u64, events: &SyncSender<Event>) -> Option<()> {
    events.send(Event::File(path)).ok()?;
    let mut sent = 0;
    let problem = loop {
        let mut chunk = Vec::new();
        match content.take(CHUNK as u64).read_to_end(&mut chunk) {
            Ok(0) if sent < size => break Some(format!("it ends after {sent} of {size} bytes")),
            Ok(0) => break None,
            Ok(read) => sent += read as u64,
            Err(error) => break Some(error.to_string()),
        }
        events.send(Event::Chunk(chunk)).ok()?;
    };
    if let Some(problem) = problem {
        events.send(Event::Broken(problem)).ok()?;
    }
    events.send(Event::EndOfFile).ok()
}
