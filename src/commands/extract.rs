//! `pullquote extract`: articles in, one record a line out.

use super::{
    ExitCode,
    progress::{Progress, Totals},
};
use crate::cli::{ExtractArgs, InputArgs, ReadingArgs};
use anyhow::Context;
use pullquote::{
    Annotator, Article, Document,
    article::{ArticleError, Stage, article_id},
    batch,
    read::{self, Input, RawArticle, ReadOptions},
    write::{
        jsonl,
        record::{Record, RecordOptions},
    },
};
use std::{
    cell::RefCell,
    fs::File,
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// Bytes of articles in flight: read and not yet written.
const BUDGET: usize = 16 << 20;

/// Stack of a worker thread. Deep HTML is cut before it is walked; this is the margin.
const STACK: usize = 16 << 20;

pub fn run(args: ExtractArgs) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let options = read_options(&args.input.reading);
    options.check()?;
    let inputs = inputs(&args.input);
    let annotator = super::annotator(&args.names)?;
    let record_options = RecordOptions { offsets: args.offsets.into(), text: !args.no_text };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs).stack_size(STACK).build().context("could not start the threads")?;
    let pool = Arc::new(pool);
    let mut survey = read::survey(inputs, &options);
    if let Some(path) = &args.output {
        // Told apart from what is read: a second run must not read the first one's records, nor overwrite what it reads.
        let output_is_input = args.input.paths.iter().any(|input| input.is_file() && is_same_file(input, path));
        anyhow::ensure!(!output_is_input, "{} is both input and output; write somewhere else", path.display());
        survey.leave_out(path);
    }
    let mut output = Output::open(args.output.as_deref())?;
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("could not listen for Ctrl-C")?;
    remember_panics();

    let progress = Progress::new(args.progress, args.quiet, survey.bytes);
    let mut totals = Totals::default();
    let mut written: io::Result<()> = Ok(());
    let articles = survey.articles(&options);
    let consumed = articles.consumed();
    batch::map_ordered(
        &pool,
        articles,
        BUDGET,
        RawArticle::size,
        move |raw| line(raw, &annotator, &options, record_options),
        &interrupted,
        |done| {
            let Some(done) = done else {
                written = output.flush(); // whoever reads a slow pipe wants what there is
                return if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            };
            if let Some(failure) = &done.failure {
                progress.note(&format!("pullquote: {failure}"));
            }
            totals.add(&done.totals);
            progress.article_done(consumed.load(Ordering::Relaxed));
            written = output.write_all(&done.bytes);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    progress.finish();
    written.and_then(|()| output.finish()).with_context(|| match &args.output {
        Some(path) => format!("could not write {}", path.display()),
        None => "could not write to standard output".to_owned(),
    })?;
    if !args.quiet {
        anstream::eprintln!("{}", totals.summary(started));
    }
    Ok(if interrupted.load(Ordering::Relaxed) {
        ExitCode::Interrupted
    } else if args.strict && totals.failed > 0 {
        ExitCode::SomeFailed
    } else {
        ExitCode::Done
    })
}

/// The flags that say what to read, as the reader takes them.
pub fn read_options(args: &ReadingArgs) -> ReadOptions {
    ReadOptions {
        format: args.format,
        globs: args.glob.clone(),
        excludes: args.exclude.clone(),
        fields: args.field.clone(),
        max_article_bytes: args.max_article_bytes,
    }
}

/// The paths of the command line; `-` is standard input.
pub fn inputs(args: &InputArgs) -> Vec<Input> {
    args.paths.iter().map(|path| if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path.clone()) }).collect()
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// One article's line, ready to be written.
struct Line {
    bytes: Vec<u8>,
    totals: Totals,
    /// What to tell the user, if the article failed.
    failure: Option<String>,
}

/// From raw bytes to a line. Whatever happens to the article, a line comes out.
fn line(raw: RawArticle, annotator: &Annotator, options: &ReadOptions, record_options: RecordOptions) -> Line {
    let source = raw.source.clone();
    let whole = catch_unwind(AssertUnwindSafe(|| {
        let article = raw.into_article(options);
        let document = if article.error.is_some() { Document::without_layers(&article) } else { annotator.annotate(&article) };
        line_of(&document, record_options)
    }));
    whole.unwrap_or_else(|_| {
        let message = format!("the program met a bug in this article and went on; please report it: {}", last_panic());
        let article = Article {
            id: article_id(&source.path, source.record),
            source,
            error: Some(ArticleError::new(Stage::Annotate, "panic", message)),
            ..Article::default()
        };
        line_of(&Document::without_layers(&article), record_options)
    })
}

fn line_of(document: &Document, options: RecordOptions) -> Line {
    let mut bytes = Vec::with_capacity(document.text().len() * 4 + 1024);
    jsonl::write_line(&Record::new(document, options), &mut bytes);
    let failure = document.article.error.as_ref().map(|error| {
        let source = &document.article.source;
        // The reader's messages begin with the file; those of later steps do not.
        if error.message.starts_with(&source.path) { error.to_string() } else { format!("{}: {error}", source.path) }
    });
    Line { bytes, totals: Totals::of(document), failure }
}

thread_local! {
    /// Message and place of this thread's last panic: the article's record reports it.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics of a worker go into a record, not onto the terminal.
fn remember_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if rayon::current_thread_index().is_some() {
            LAST_PANIC.with_borrow_mut(|last| *last = panic.to_string().replace('\n', " "));
        } else {
            default(panic);
        }
    }));
}

fn last_panic() -> String {
    LAST_PANIC.with_borrow(Clone::clone)
}

/// Where records go. Only whole lines are handed on, so that whatever ends the run leaves whole lines.
enum Output {
    Plain(BufWriter<Box<dyn Write>>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstandard(zstd::Encoder<'static, BufWriter<File>>),
}

impl Output {
    fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Plain(BufWriter::with_capacity(1 << 16, Box::new(io::stdout()))));
        };
        let failed = || format!("could not create {}: does its directory exist, and may you write there?", path.display());
        let file = File::create(path).with_context(failed)?;
        Ok(match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Self::Gzip(flate2::write::GzEncoder::new(BufWriter::new(file), flate2::Compression::default())),
            Some("zst") => Self::Zstandard(zstd::Encoder::new(BufWriter::new(file), 0).with_context(failed)?),
            _ => Self::Plain(BufWriter::with_capacity(1 << 16, Box::new(file))),
        })
    }

    fn write_all(&mut self, line: &[u8]) -> io::Result<()> {
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

    /// Hands on what is buffered. Compressed output is not flushed: it would grow.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(_) | Self::Zstandard(_) => Ok(()),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut out) => out.flush(),
            Self::Gzip(out) => out.finish()?.flush(),
            Self::Zstandard(out) => out.finish()?.flush(),
        }
    }
}
