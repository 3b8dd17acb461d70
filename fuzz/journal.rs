//! A run that goes on from a part and a journal of any bytes: it is refused and leaves the lines there are, or ends with one record of each
//! article, in order; with the very bytes of a run that was never cut off, if the part is of one.

use pullquote::{
    Annotator, Options,
    commands::{
        journal::{self, Journal},
        line::Maker,
        output::{self, Existing, Opened, Output, Written},
        resume::Items,
    },
    duplicates::{Dedupe, Seen},
    read::{Input, ReadOptions, Selection, Shard, articles},
    write::record::RecordOptions,
};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write as _},
    path::{Path, PathBuf},
    sync::{LazyLock, RwLock},
};

/// Articles of one file and of several, broken ones, a file that is named twice and one that is not there.
const INPUTS: [&str; 6] =
    ["jsonl-half-a-pair", "annotate-controls-between-sentences", "warc-no-length", "none", "jsonl-half-a-pair", "none"];

/// What a run is asked for, told by the bits of a byte.
#[derive(Clone, Copy)]
pub struct Run(pub u8);

impl Run {
    fn name(self) -> &'static str {
        ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.jsonl"][usize::from(self.0 & 3)]
    }

    /// Whether the part is told by [`scripted`], and not byte by byte.
    fn is_scripted(self) -> bool {
        self.0 & 16 != 0
    }

    /// Whether the run that was cut off left its journal; if not, there is what the bytes say.
    fn has_journal(self) -> bool {
        self.0 & 32 != 0
    }

    fn maker(self) -> Maker {
        Maker {
            annotator: Annotator::new(&Options::default()),
            read: ReadOptions::default(),
            record: RecordOptions::default(),
            selection: Selection { shard: (self.0 & 4 != 0).then_some(Shard { number: 1, of: 2 }), ..Selection::default() },
            dedupe: if self.0 & 8 != 0 { Dedupe::Exact } else { Dedupe::None },
            seen: RwLock::default(),
        }
    }

    /// The lines that are still to be made.
    fn lines(self, written: Written, mut line_made: impl FnMut(&[u8])) -> Result<(), String> {
        static MAKERS: LazyLock<[Maker; 4]> = LazyLock::new(|| [0, 4, 8, 12].map(|bits| Run(bits).maker()));
        let maker = &MAKERS[usize::from(self.0 >> 2 & 3)];
        *maker.seen.write().expect("one run at a time") = Seen::default();
        let inputs = INPUTS.map(|name| Input::Path(inputs().join(name)));
        let items = Items::new(articles(inputs.to_vec(), &maker.read), written, !maker.selection.is_all(), maker.dedupe != Dedupe::None);
        let fit = items.fit();
        for item in items {
            let line = maker.settle(maker.line(item));
            line.unfit.map_or(Ok(()), Err)?;
            line_made(&line.bytes);
        }
        fit.get().cloned().expect("all is read")
    }

    /// The lines of a run that is not cut off.
    pub fn whole(self) -> &'static [Vec<u8>] {
        static WHOLE: LazyLock<[Vec<Vec<u8>>; 4]> = LazyLock::new(|| [0, 4, 8, 12].map(|bits| whole(Run(bits))));
        &WHOLE[usize::from(self.0 >> 2 & 3)]
    }

    fn packed(self, lines: &[u8]) -> Vec<u8> {
        match self.0 & 3 {
            1 => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(lines).and_then(|()| encoder.finish()).expect("memory takes everything")
            }
            2 => zstd::encode_all(lines, 0).expect("memory takes everything"),
            _ => lines.to_vec(),
        }
    }

    /// What can be read of a file.
    fn unpacked(self, bytes: &[u8]) -> Vec<u8> {
        match self.0 & 3 {
            1 => readable(flate2::read::MultiGzDecoder::new(bytes)),
            2 => zstd::Decoder::new(bytes).map_or_else(|_| Vec::new(), readable),
            _ => bytes.to_vec(),
        }
    }
}

fn inputs() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = if root.ends_with("fuzz") { root.parent().unwrap_or(root) } else { root };
    root.join("tests/cases/fuzz")
}

fn whole(run: Run) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    run.lines(Written::default(), |line| lines.extend((!line.is_empty()).then(|| line.to_vec()))).expect("nothing is written");
    // A shard's share depends on the ids, and they on where the files are.
    assert!(run.0 & 4 != 0 || lines.len() > 3);
    lines
}

fn readable(stream: impl Read) -> Vec<u8> {
    let (mut bytes, mut stream) = (Vec::new(), BufReader::new(stream));
    while let Ok(more @ 1..) = stream.fill_buf().map(|more| {
        bytes.extend(more);
        more.len()
    }) {
        stream.consume(more);
    }
    bytes
}

/// A part of whole lines, cut lines and noise; the last byte says how much of the file's end is lost.
fn scripted(script: &[u8], run: Run) -> Vec<u8> {
    let (&lost, script) = script.split_last().unwrap_or((&0, &[]));
    let lines = run.whole();
    let mut part = Vec::new();
    for &byte in script.iter().take(64) {
        match byte {
            0..128 => part.extend(&lines[usize::from(byte) % lines.len()]),
            128..192 => {
                let line = &lines[part.len() % lines.len()];
                part.extend(&line[..line.len() * usize::from(byte - 128) / 64]);
            }
            192..255 => part.push(byte - 192 + b' '),
            255 => part.push(b'\n'),
        }
    }
    let mut part = run.packed(&part);
    part.truncate(part.len().saturating_sub(lost.into()));
    part
}

/// A byte for the [`Run`], the journal up to a zero byte, the part.
pub fn journal(bytes: &[u8]) {
    let Some((&run, rest)) = bytes.split_first() else { return };
    let run = Run(run);
    let end = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
    let (left, rest) = (&rest[..end], rest.get(end + 1..).unwrap_or_default());
    let part = if run.is_scripted() { scripted(rest, run) } else { rest.to_vec() };

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(run.name());
    let partial = output::partial(&path);
    fs::write(&partial, &part).expect("a part");
    let journal = Journal::of(&path, "the same flags");
    if run.has_journal() {
        journal.begin().expect("a journal");
    } else if !left.is_empty() {
        fs::write(journal::name(&path), left).expect("a journal");
    }

    let agrees = journal.agrees();
    if !run.has_journal() && !left.is_empty() {
        let told = serde_json::from_slice::<Value>(left).unwrap_or_default();
        let mine = Journal::of(&path, "the same flags");
        assert_eq!(agrees.is_ok(), mine.is_of(&told), "{told}");
    }
    let outcome = agrees.map_err(|error| format!("{error:#}")).and_then(|()| go_on(run, &path));
    let lines = run.unpacked(&part);
    let lines: Vec<&[u8]> = lines.split_inclusive(|&byte| byte == b'\n').filter(|line| line.ends_with(b"\n")).collect();
    let is_of_the_run = run.whole().starts_with(&lines.iter().map(|line| line.to_vec()).collect::<Vec<_>>());
    match outcome {
        Ok(()) => {
            let out = run.unpacked(&fs::read(&path).expect("it has its name"));
            let place = |line: &[u8]| output::place_of(line).expect("a record");
            let found = out.split_inclusive(|&byte| byte == b'\n').map(place);
            let expected = run.whole().iter().map(|line| place(line));
            assert!(found.eq(expected), "a record is lost or doubled: {}", String::from_utf8_lossy(&out));
            assert!(!is_of_the_run || out == run.whole().concat(), "other bytes than those of one run");
            assert!(!partial.exists() && !output::again(&path).exists());
        }
        Err(error) => {
            assert!(!is_of_the_run || !agrees_with_any(&error), "refused: {error}");
            assert!(!error.is_empty() && !path.exists());
            let kept = run.unpacked(&fs::read(&partial).expect("it is still there"));
            assert!(kept.starts_with(&lines.concat()), "a line of the part is lost");
        }
    }
}

/// Whether the journal was no reason to refuse.
fn agrees_with_any(error: &str) -> bool {
    !error.contains(".run.json") && !error.contains("other flags")
}

fn go_on(run: Run, path: &Path) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| format!("{error:#}");
    let opened = Output::open(Some(path), Existing::Resume).map_err(|error| told(&error))?;
    let Opened::Begun(mut output, written) = opened else { panic!("only the part is there") };
    let made = run.lines(written, |line| output.write_all(line).expect("there is room"));
    output.finish(made.is_ok()).expect("there is room");
    made
}
