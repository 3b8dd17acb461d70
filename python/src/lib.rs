//! `pullquote._pullquote`: the annotator and the tables for Python. Records cross as the JSON lines that the program writes, so that both
//! give the same; `pullquote/__init__.py` makes objects of them.

use pullquote::{
    Annotator, Article, Document, Options,
    annotate::names::{Gazetteer, GazetteerError, Model},
    article::{ArticleError, Meta, Source, Stage, article_id},
    batch::MOST_JOBS,
    read::{open_decompressed, parse_date},
    span::OffsetUnit,
    write::{
        jsonl,
        record::{Record, RecordOptions},
        tables::{TABLES, cells},
    },
};
use pyo3::{
    exceptions::{PyFileNotFoundError, PyOSError, PyValueError},
    prelude::*,
    types::PyBytes,
};
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::{
    convert::Infallible,
    io::{BufRead, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// An article as Python hands it over.
#[derive(FromPyObject)]
struct Given {
    text: String,
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    author: Option<String>,
    site: Option<String>,
    section: Option<String>,
    date: Option<String>,
}

impl Given {
    fn into_article(self, record: Option<u64>) -> Article {
        let id = match (&self.url, record) {
            (Some(url), _) => article_id(url, None),
            (None, record) => article_id(&self.text, record),
        };
        let (date, published_at) =
            self.date.as_deref().and_then(parse_date).map_or((None, None), |published| (Some(published.date), published.time));
        let meta =
            Meta { url: self.url, site: self.site, title: self.title, author: self.author, section: self.section, date, published_at };
        Article { id, source: Source { path: String::new(), record, id: self.id }, meta, text: self.text, ..Article::default() }
    }
}

#[pyclass(frozen)]
struct Core {
    annotator: Annotator,
    options: RecordOptions,
    pool: rayon::ThreadPool,
}

#[pymethods]
impl Core {
    #[new]
    #[pyo3(signature = (gazetteer, aliases, model, min_confidence, turns, offsets, jobs))]
    fn new(
        gazetteer: Vec<PathBuf>,
        aliases: Vec<PathBuf>,
        model: Option<PathBuf>,
        min_confidence: f32,
        turns: bool,
        offsets: &str,
        jobs: usize,
    ) -> PyResult<Self> {
        if !(0.0..=1.0).contains(&min_confidence) {
            return Err(PyValueError::new_err("min_confidence must be a number from 0 to 1"));
        }
        let offsets = match offsets {
            "codepoint" => OffsetUnit::CodePoint,
            "byte" => OffsetUnit::Byte,
            "utf16" => OffsetUnit::Utf16,
            other => return Err(PyValueError::new_err(format!("offsets must be codepoint, byte or utf16, not {other:?}"))),
        };
        let list = |paths: Vec<PathBuf>| {
            if paths.is_empty() {
                return Ok(None);
            }
            Gazetteer::from_files(&paths).map(|list| Some(Arc::new(list))).map_err(|error| match &error {
                GazetteerError::Unreadable(file) => cannot_open(file),
                _ => PyValueError::new_err(error.to_string()),
            })
        };
        let mut options = Options::default();
        options.gazetteer = list(gazetteer)?;
        options.aliases = list(aliases)?;
        options.min_confidence = min_confidence;
        options.turns = turns;
        if let Some(path) = model {
            let bytes = std::fs::read(&path).map_err(|error| {
                let message = format!("{}: {error}", path.display());
                if error.kind() == ErrorKind::NotFound { PyFileNotFoundError::new_err(message) } else { PyOSError::new_err(message) }
            })?;
            let model = Model::from_bytes(&bytes).map_err(|error| PyValueError::new_err(format!("{}: {error}", path.display())))?;
            options.model = Some(Arc::new(model));
        }
        if jobs > MOST_JOBS {
            return Err(PyValueError::new_err(format!("jobs must be a number from 0 to {MOST_JOBS}")));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(16 << 20).build();
        let pool = pool.map_err(|error| PyValueError::new_err(format!("could not start the threads: {error}")))?;
        Ok(Self { annotator: Annotator::new(&options), options: RecordOptions { offsets, ..RecordOptions::default() }, pool })
    }

    /// The record of one article, as a line of JSON.
    fn annotate<'py>(&self, py: Python<'py>, article: Given) -> Bound<'py, PyBytes> {
        let line = py.detach(|| self.line(&article.into_article(None)));
        PyBytes::new(py, &line)
    }

    /// The records of several articles, in their order, numbered from `first`; on all threads, without the interpreter's lock.
    fn annotate_all<'py>(&self, py: Python<'py>, articles: Vec<Given>, first: u64) -> Vec<Bound<'py, PyBytes>> {
        let lines: Vec<Vec<u8>> = py.detach(|| {
            let articles: Vec<Article> = (first..).zip(articles).map(|(record, given)| given.into_article(Some(record))).collect();
            self.pool.install(|| articles.par_iter().map(|article| self.line(article)).collect())
        });
        lines.iter().map(|line| PyBytes::new(py, line)).collect()
    }
}

impl Core {
    /// Whatever happens to the article: a record that says so is better than a batch that ends.
    fn line(&self, article: &Article) -> Vec<u8> {
        let line = catch_unwind(AssertUnwindSafe(|| self.line_of(&self.annotator.annotate(article))));
        line.unwrap_or_else(|_| {
            let message = "the program met a bug in this article and went on; please report it";
            let error = Some(ArticleError::new(Stage::Annotate, "panic", message));
            self.line_of(&Document::without_layers(&Article { error, ..article.clone() }))
        })
    }

    fn line_of(&self, document: &Document) -> Vec<u8> {
        let mut line = Vec::with_capacity(document.text().len() * 4 + 1024);
        jsonl::write_line(&Record::new(document, self.options), &mut line);
        line.pop();
        line
    }
}

/// The lines of a file, whatever it is compressed with.
#[pyclass]
struct Lines {
    path: PathBuf,
    lines: Mutex<Box<dyn BufRead + Send>>,
}

#[pymethods]
impl Lines {
    #[new]
    fn new(path: PathBuf) -> PyResult<Self> {
        let lines = open_decompressed(&path).map_err(|error| cannot_open(&error))?;
        Ok(Self { path, lines: Mutex::new(lines) })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    /// The next line that is not blank.
    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let mut line = Vec::new();
        let read = py.detach(|| {
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            while lines.read_until(b'\n', &mut line)? > 0 {
                if !line.trim_ascii().is_empty() {
                    return Ok(true);
                }
                line.clear();
            }
            Ok(false)
        });
        match read {
            Ok(true) => Ok(Some(PyBytes::new(py, line.trim_ascii()))),
            Ok(false) => Ok(None),
            Err(error) => Err(cannot_read(&self.path, &error)),
        }
    }
}

fn cannot_open(error: &ArticleError) -> PyErr {
    match error.code {
        "not_found" => PyFileNotFoundError::new_err(error.to_string()),
        _ => PyOSError::new_err(error.to_string()),
    }
}

fn cannot_read(path: &Path, error: &std::io::Error) -> PyErr {
    PyOSError::new_err(format!("{}: cannot be read ({error}); is the file whole?", path.display()))
}

/// The rows that records give in a table, as a JSON array of objects.
#[pyfunction]
fn rows(py: Python<'_>, records: Vec<Vec<u8>>, table: &str) -> PyResult<String> {
    let names = || TABLES.iter().map(|table| table.name).collect::<Vec<_>>().join(", ");
    let wanted = TABLES.iter().find(|known| known.name == table);
    let table = wanted.ok_or_else(|| PyValueError::new_err(format!("there is no table {table:?}; there are {}", names())))?;
    py.detach(|| {
        let mut rows: Vec<Value> = Vec::new();
        for record in records {
            let record: Value = serde_json::from_slice(&record).map_err(|error| PyValueError::new_err(format!("no record: {error}")))?;
            let Ok(()) = cells(table, &record, |cells| {
                let row: Map<String, Value> =
                    table.columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), Value::from(cell))).collect();
                rows.push(row.into());
                Ok::<(), Infallible>(())
            });
        }
        serde_json::to_string(&rows).map_err(|error| PyValueError::new_err(error.to_string()))
    })
}

/// Names of a table's columns with their types (`text integer float boolean date time`).
#[pyfunction]
fn columns(table: &str) -> Vec<(&'static str, String)> {
    let known = TABLES.iter().find(|known| known.name == table);
    known.map_or_else(Vec::new, |table| {
        table.columns.iter().map(|column| (column.name, format!("{:?}", column.kind).to_lowercase())).collect()
    })
}

/// The program on a command line, of which the first is its name; gives the exit code. Blocks until the run is over.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| pullquote::commands::run(arguments).number())
}

#[pymodule]
fn _pullquote(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Core>()?;
    module.add_class::<Lines>()?;
    module.add_function(wrap_pyfunction!(rows, module)?)?;
    module.add_function(wrap_pyfunction!(columns, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
