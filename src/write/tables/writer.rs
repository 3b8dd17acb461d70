//! All tables of a folder, written side by side.

use super::{Cell, TABLES, Table, cells, parquet_table::ParquetTable};
use serde::Serializer as _;
use serde_json::Value;
use std::{
    fmt, fs,
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    str::FromStr,
};

/// How tables are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Typed and compressed.
    Parquet,
    /// One object a row.
    JsonLines,
    /// With a header; text that a spreadsheet would run as a formula is marked as text.
    Csv,
}

impl TableFormat {
    const ALL: [TableFormat; 3] = [TableFormat::Parquet, TableFormat::JsonLines, TableFormat::Csv];

    /// The name on the command line, and the suffix of the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }
}

impl fmt::Display for TableFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for TableFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| format!("unknown format `{name}`: use one of parquet, jsonl, csv"))
    }
}

/// The tables of a folder while they are written. A file gets its name when it is whole.
pub struct Tables {
    tables: Vec<(&'static Table, Writer)>,
    paths: Vec<PathBuf>,
    rows: [u64; TABLES.len()],
}

enum Writer {
    Parquet(Box<ParquetTable<BufWriter<File>>>),
    JsonLines(BufWriter<File>),
    Csv(Box<csv::Writer<BufWriter<File>>>),
}

impl Tables {
    /// Where the tables of a folder lie.
    pub fn paths(folder: &Path, format: TableFormat) -> impl Iterator<Item = PathBuf> {
        TABLES.iter().map(move |table| folder.join(format!("{}.{format}", table.name)))
    }

    /// Opens all tables in `folder`, which is made where it is missing. Fails where a file cannot be made.
    pub fn create(folder: &Path, format: TableFormat) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut begun =
            Self { tables: Vec::with_capacity(TABLES.len()), paths: Self::paths(folder, format).collect(), rows: [0; TABLES.len()] };
        for (table, path) in TABLES.iter().zip(&begun.paths) {
            let out = BufWriter::with_capacity(1 << 16, File::create(partial(path))?);
            let writer = match format {
                TableFormat::Parquet => Writer::Parquet(Box::new(ParquetTable::new(table, out).map_err(io::Error::other)?)),
                TableFormat::JsonLines => Writer::JsonLines(out),
                TableFormat::Csv => {
                    let mut writer = csv::Writer::from_writer(out);
                    writer.write_record(table.columns.iter().map(|column| column.name)).map_err(io::Error::other)?;
                    Writer::Csv(Box::new(writer))
                }
            };
            begun.tables.push((table, writer));
        }
        Ok(begun)
    }

    /// Writes the rows of one record.
    pub fn add(&mut self, record: &Value) -> io::Result<()> {
        for ((table, writer), rows) in self.tables.iter_mut().zip(&mut self.rows) {
            cells(table, record, |cells| {
                *rows += 1;
                writer.row(table, cells)
            })?;
        }
        Ok(())
    }

    /// Ends the files; the name and number of rows of each table.
    pub fn finish(mut self) -> io::Result<Vec<(&'static str, u64)>> {
        let mut written = Vec::with_capacity(TABLES.len());
        for (((table, writer), path), rows) in std::mem::take(&mut self.tables).into_iter().zip(&self.paths).zip(self.rows) {
            writer.finish()?;
            fs::rename(partial(path), path)?;
            written.push((table.name, rows));
        }
        Ok(written)
    }
}

/// What is not whole when it is given up is of no use: half a table of Parquet cannot be read.
impl Drop for Tables {
    fn drop(&mut self) {
        for path in &self.paths {
            let _ = fs::remove_file(partial(path));
        }
    }
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

impl Writer {
    fn row(&mut self, table: &Table, cells: &[Cell]) -> io::Result<()> {
        match self {
            Self::Parquet(table) => table.row(cells).map_err(io::Error::other),
            Self::JsonLines(out) => {
                // In the order of the columns, which a map would not keep.
                let fields = table.columns.iter().zip(cells).map(|(column, cell)| (column.name, Value::from(cell)));
                serde_json::Serializer::new(&mut *out).collect_map(fields)?;
                out.write_all(b"\n")
            }
            Self::Csv(out) => {
                let fields = cells.iter().map(field);
                out.write_record(fields).map_err(io::Error::other)
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Parquet(table) => table.finish().map_err(io::Error::other)?.flush(),
            Self::JsonLines(mut out) => out.flush(),
            Self::Csv(mut out) => out.flush(),
        }
    }
}

/// A cell of CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text.
fn field(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        // Also where a date should stand: records may come from anybody.
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text.to_string(),
        Cell::Integer(value) => value.to_string(),
        Cell::Float(value) => value.to_string(),
        Cell::Boolean(value) => value.to_string(),
    }
}
