//! Parquet: the rows of a file as JSON objects, which the JSON reader understands. Only the columns that may say something of an article
//! are read.
//!
//! A thread of its own decodes them, a few rows ahead: what panics on a broken file there is an error here.

use std::{
    fs::File,
    io,
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use parquet::{
    basic::Compression,
    errors::ParquetError,
    file::{
        metadata::{ColumnChunkMetaData, RowGroupMetaData},
        reader::FileReader,
        serialized_reader::SerializedFileReader,
    },
    record::{Field, Row, reader::RowIter},
    schema::types::Type,
};
use serde_json::{Map, Value};

use super::{
    UNPACKING_THREAD,
    field::{FieldOverride, is_known, is_text},
    parquet_pages::CheckedFile,
};
use crate::article::{ArticleError, Stage};

/// Rows decoded and not yet taken.
const AHEAD: usize = 8;

pub(super) struct Rows {
    rows: Receiver<Next>,
}

/// What the decoding thread has to say.
enum Next {
    Row(Vec<u8>),
    Failed(String),
    End,
}

impl Rows {
    /// Opens the file and reads its schema.
    pub(super) fn open(path: &Path, name: &str, overrides: &[FieldOverride]) -> Result<Self, ArticleError> {
        let broken = |error: &dyn std::fmt::Display| {
            ArticleError::new(Stage::Parse, "bad_parquet", format!("{name}: cannot be read as Parquet ({error}); is the file whole?"))
        };
        let file = File::open(path).map_err(|error| super::compression::open_error(&error, name))?;
        let open = std::thread::Builder::new().name(UNPACKING_THREAD.to_owned()).spawn(move || SerializedFileReader::new(file));
        let opened = open.map_err(|error| broken(&error))?.join();
        let reader = opened.map_err(|_| broken(&"its footer is damaged"))?.map_err(|error| broken(&error))?;
        let schema = reader.metadata().file_metadata().schema().clone();
        let columns: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
        if !columns.iter().any(|column| is_text(column, overrides)) {
            let columns = columns.iter().take(20).map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
            let message = format!("{name}: no text column (columns found: {columns}); name it with --field text=NAME");
            return Err(ArticleError::new(Stage::Parse, "no_text_field", message));
        }
        let wanted = schema.get_fields().iter().filter(|field| is_known(field.name(), overrides)).cloned().collect();
        let projection = Type::group_type_builder(schema.name()).with_fields(wanted).build().map_err(|error| broken(&error))?;
        let chunks = reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns);
        let is_read = |chunk: &&ColumnChunkMetaData| chunk.column_path().parts().first().is_some_and(|name| is_known(name, overrides));
        if let Some(codec) = chunks.filter(is_read).find_map(|chunk| unread(chunk.compression())) {
            let message = format!("{name}: its columns are compressed with {codec}, which is not read; write it with zstd, snappy or gzip");
            return Err(ArticleError::new(Stage::Decompress, "bad_parquet", message));
        }
        let (sender, rows) = sync_channel(AHEAD);
        std::thread::Builder::new()
            .name(UNPACKING_THREAD.to_owned())
            .spawn(move || {
                if let Err(error) = decode(reader, projection, &sender) {
                    // Nobody listens when the run is over.
                    let _ = sender.send(Next::Failed(error.to_string()));
                }
            })
            .map_err(|error| broken(&error))?;
        Ok(Self { rows })
    }

    /// The next row as a JSON object; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        match self.rows.recv() {
            Ok(Next::Row(row)) => Ok(Some(row)),
            Ok(Next::End) => Ok(None),
            Ok(Next::Failed(problem)) => Err(io::Error::new(io::ErrorKind::InvalidData, problem)),
            Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "a column is damaged")),
        }
    }
}

/// The name of a compression that this program is built without.
fn unread(compression: Compression) -> Option<&'static str> {
    match compression {
        Compression::LZO => Some("LZO"),
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZ4 | Compression::LZ4_RAW => Some("LZ4"),
        Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) | Compression::ZSTD(_) => None,
    }
}

fn decode(reader: SerializedFileReader<File>, projection: Type, rows: &SyncSender<Next>) -> Result<(), ParquetError> {
    for row in RowIter::from_file_into(Box::new(CheckedFile(reader))).project(Some(projection))? {
        if rows.send(Next::Row(object(&row?))).is_err() {
            return Ok(());
        }
    }
    let _ = rows.send(Next::End);
    Ok(())
}

/// A row as a JSON object; text that the file calls bytes is text all the same.
fn object(row: &Row) -> Vec<u8> {
    let value = |field: &Field| match field {
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        other => other.to_json_value(),
    };
    let object: Map<String, Value> = row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect();
    serde_json::to_vec(&object).unwrap_or_default()
}
