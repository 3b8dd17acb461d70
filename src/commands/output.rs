//! Where the records of a run go: standard output, or a file that has its name only when it is whole. Until then it is called
//! `NAME.partial`, and a killed run goes on from there.

use anyhow::Context;
use pullquote::read::name_of;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use std::{
    fs::{self, File, OpenOptions},
    hash::BuildHasher as _,
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Only whole lines are handed on, so that whatever ends the run leaves whole lines.
pub struct Output {
    writer: Writer,
    /// The file's names while it is written and when it is whole.
    names: Option<(PathBuf, PathBuf)>,
}

enum Writer {
    Plain(BufWriter<Box<dyn Write>>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstandard(zstd::Encoder<'static, BufWriter<File>>),
}

/// What to do where the output or a part of it is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Refuse,
    Replace,
    Resume,
}

/// An output that is ready to be written to.
pub enum Opened {
    /// What is there already: nothing, or the records of a run that was cut off.
    Begun(Box<Output>, Written),
    /// The run to resume was finished before.
    Whole,
}

/// What a part of an output holds: the [`place`] of each record, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub places: Vec<u64>,
}

/// Where an article stands, as 64 bits: its file and its number there. Several may stand in one place: a file may be named twice, and what
/// is broken in an archive is told under the archive's name.
pub fn place(path: &str, record: Option<u64>) -> u64 {
    FxBuildHasher.hash_one((path, record))
}

/// The place of the article of a line. What is passed over in it is text at least: JSON that is not UTF-8 is read by nobody.
pub fn place_of(line: &[u8]) -> anyhow::Result<u64> {
    let Placed { source } = serde_json::from_str(std::str::from_utf8(line)?)?;
    Ok(place(&source.path, source.record))
}

/// What is read of a record to know its article again.
#[derive(Deserialize)]
struct Placed {
    source: SourceRow,
}

#[derive(Deserialize)]
struct SourceRow {
    path: String,
    record: Option<u64>,
}

const BUFFER: usize = 1 << 16;

impl Output {
    pub fn open(path: Option<&Path>, existing: Existing) -> anyhow::Result<Opened> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            let writer = Writer::Plain(BufWriter::with_capacity(BUFFER, Box::new(io::stdout())));
            return Ok(Opened::Begun(Box::new(Self { writer, names: None }), Written::default()));
        };
        if let Some(remedy) = misnamed(path) {
            anyhow::bail!("{}: records are written as JSON Lines, whatever the name says; {remedy}", name_of(path));
        }
        refuse_directory(path)?;
        let partial = partial(path);
        if is_device(path) {
            let file = OpenOptions::new().write(true).open(path).with_context(|| failed(path))?;
            return Ok(Opened::Begun(Box::new(Self { writer: Writer::of(path, file)?, names: None }), Written::default()));
        }
        let shown = name_of(path);
        match existing {
            Existing::Resume if path.exists() && !partial.exists() => return Ok(Opened::Whole),
            Existing::Refuse if path.exists() => anyhow::bail!("{shown} exists; replace it with --force, or write somewhere else"),
            Existing::Refuse if partial.exists() => {
                anyhow::bail!("{} is left of a run that was cut off; go on with --resume, or begin anew with --force", name_of(&partial))
            }
            Existing::Resume if partial.exists() => {
                let (writer, written) =
                    Writer::go_on(path, &partial).with_context(|| format!("could not go on with {}", name_of(&partial)))?;
                return Ok(Opened::Begun(Box::new(Self { writer, names: Some((partial, path.to_owned())) }), written));
            }
            _ => {}
        }
        let file = File::create(&partial).with_context(|| failed(path))?;
        let writer = Writer::of(path, file)?;
        Ok(Opened::Begun(Box::new(Self { writer, names: Some((partial, path.to_owned())) }), Written::default()))
    }

    pub fn write_all(&mut self, line: &[u8]) -> io::Result<()> {
        self.writer.write_line(line)
    }

    /// Hands on what is buffered. Compressed output is not flushed: it would grow.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Plain(out) => out.flush(),
            Writer::Gzip(_) | Writer::Zstandard(_) => Ok(()),
        }
    }

    /// Ends the output. A whole one gets its name; that of a run cut off keeps the name of a part.
    pub fn finish(self, whole: bool) -> io::Result<()> {
        match self.writer {
            Writer::Plain(mut out) => out.flush()?,
            Writer::Gzip(out) => out.finish()?.flush()?,
            Writer::Zstandard(out) => out.finish()?.flush()?,
        }
        match self.names {
            Some((partial, name)) if whole => fs::rename(partial, name),
            _ => Ok(()),
        }
    }
}

/// Whether something that is no file has this name. A device or pipe is written to as it is: under another name first, and then renamed,
/// an output would take its place.
pub fn is_device(path: &Path) -> bool {
    path.exists() && !path.is_file()
}

/// Told before the work is done, not when it is written.
pub fn refuse_directory(path: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(!path.is_dir(), "{} is a directory; name a file in it", name_of(path));
    Ok(())
}

/// What is read must not be replaced by what is made of it, whatever `--force` says.
pub fn refuse_input<'a>(inputs: impl IntoIterator<Item = &'a Path>, output: &Path) -> anyhow::Result<()> {
    let is_same = |input: &Path| matches!((input.canonicalize(), output.canonicalize()), (Ok(a), Ok(b)) if a == b && a.is_file());
    let is_input = inputs.into_iter().any(is_same);
    anyhow::ensure!(!is_input, "{} is both input and output; write somewhere else", name_of(output));
    Ok(())
}

/// What to do instead, where the name of an output promises what is not written: told before a long run, not by what opens the file.
fn misnamed(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "csv" | "tsv" | "xlsx" | "parquet" => Some("write to a .jsonl file, and `pullquote tables` makes tables of it"),
        "html" => Some("write to a .jsonl file, and `pullquote report` makes a page of it"),
        "bz2" | "xz" | "zip" | "lz4" | "7z" => Some("only .gz and .zst compress"),
        _ => None,
    }
}

/// The name of an output while it is written.
pub fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// The name of a part while it is compressed again.
pub fn again(path: &Path) -> PathBuf {
    let mut name = partial(path).into_os_string();
    name.push(".again");
    PathBuf::from(name)
}

fn failed(path: &Path) -> String {
    format!("could not create {} (does its directory exist, and may you write there?)", name_of(path))
}

impl Writer {
    /// Compressed as the file's name says.
    fn of(path: &Path, file: File) -> anyhow::Result<Self> {
        Ok(match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Self::Gzip(flate2::write::GzEncoder::new(BufWriter::new(file), flate2::Compression::default())),
            Some("zst") => Self::Zstandard(zstd::Encoder::new(BufWriter::new(file), 0).with_context(|| failed(path))?),
            _ => Self::Plain(BufWriter::with_capacity(BUFFER, Box::new(file))),
        })
    }

    fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(out) => {
                // A buffer that cannot hold the line is emptied first: no flush ends in the middle of one.
                if out.buffer().len() + line.len() > out.capacity() {
                    out.flush()?;
                }
                out.write_all(line)
            }
            Self::Gzip(out) => out.write_all(line),
            Self::Zstandard(out) => out.write_all(line),
        }
    }

    /// Goes on after the whole lines of a part. A plain file is cut behind them; a compressed one, which ends in the middle of a block, is
    /// written again from its lines, so that it ends with the bytes of a run that was never cut off.
    fn go_on(path: &Path, partial: &Path) -> anyhow::Result<(Self, Written)> {
        let mut file = OpenOptions::new().read(true).write(true).open(partial)?;
        let compressed: Option<Box<dyn Read>> = match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Some(Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file.try_clone()?)))),
            Some("zst") => Some(Box::new(zstd::Decoder::new(file.try_clone()?)?)),
            _ => None,
        };
        let Some(lines) = compressed else {
            let (written, length) = whole_lines(BufReader::new(&file), |_| Ok(()))?;
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            return Ok((Self::of(path, file)?, written));
        };
        let again = again(path);
        let mut writer = Self::of(path, File::create(&again)?)?;
        let (written, _) = whole_lines(BufReader::new(lines), |line| writer.write_line(line))?;
        fs::rename(&again, partial)?;
        Ok((writer, written))
    }
}

/// Hands on the whole records at the start of a part: their places and the bytes they take. What follows them, or cannot be decompressed,
/// is left.
fn whole_lines(mut lines: impl BufRead, mut line_read: impl FnMut(&[u8]) -> io::Result<()>) -> anyhow::Result<(Written, u64)> {
    let (mut written, mut length) = (Written::default(), 0);
    let mut line = Vec::new();
    // A cut stream ends in an error: what came before it counts.
    while matches!(lines.read_until(b'\n', &mut line), Ok(1..)) && line.last() == Some(&b'\n') {
        let number = written.places.len() + 1;
        written.places.push(place_of(&line).with_context(|| format!("its line {number} is no record"))?);
        line_read(&line)?;
        length += line.len() as u64;
        line.clear();
    }
    Ok((written, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(record: u64) -> String {
        format!("{{\"source\": {{\"path\": \"a.jsonl\", \"record\": {record}}}, \"text\": \"{}\"}}\n", "rain ".repeat(400))
    }

    /// Writes ten lines, the run being cut off after `kept` bytes of the file and resumed; gives the whole file.
    fn resumed(name: &str, kept: Option<usize>) -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        let begin = |existing| match Output::open(Some(&path), existing).expect("an output") {
            Opened::Begun(output, written) => (output, written),
            Opened::Whole => panic!("whole already"),
        };
        let (mut output, _) = begin(Existing::Refuse);
        for record in 0..10 {
            output.write_all(line(record).as_bytes()).expect("written");
        }
        if let Some(kept) = kept {
            output.finish(false).expect("ended");
            let bytes = fs::read(partial(&path)).expect("a part");
            fs::write(partial(&path), &bytes[..kept.min(bytes.len())]).expect("cut");
            let (mut output, written) = begin(Existing::Resume);
            let written = written.places.len() as u64;
            for record in written..10 {
                output.write_all(line(record).as_bytes()).expect("written");
            }
            output.finish(true).expect("ended");
        } else {
            output.finish(true).expect("ended");
        }
        assert!(!partial(&path).exists());
        fs::read(&path).expect("the output")
    }

    #[test]
    fn a_run_cut_off_anywhere_ends_with_the_same_bytes() {
        for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
            let whole = resumed(name, None);
            for kept in [0, 1, 100, whole.len() / 3, whole.len() / 2, whole.len() - 1, whole.len()] {
                assert!(resumed(name, Some(kept)) == whole, "{name} cut at {kept}");
            }
        }
    }

    #[test]
    fn what_is_there_is_not_overwritten_unasked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.jsonl");
        let refused = |existing| Output::open(Some(&path), existing).err().map(|error| error.to_string()).unwrap_or_default();
        fs::write(partial(&path), "").expect("a part");
        assert!(refused(Existing::Refuse).contains("--resume"));
        fs::remove_file(partial(&path)).expect("removed");
        fs::write(&path, "kept\n").expect("a file");
        assert!(refused(Existing::Refuse).contains("--force"));
        assert!(matches!(Output::open(Some(&path), Existing::Resume), Ok(Opened::Whole)));
        assert!(matches!(Output::open(Some(&path), Existing::Replace), Ok(Opened::Begun(..))));
        assert_eq!(fs::read(&path).expect("still there until the new one is whole"), b"kept\n");
    }
}
