//! A table as Parquet: columns are gathered for some rows and written as a row group.

use super::{Cell, ColumnKind, Table};
use parquet::{
    basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::Result,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type,
};
use std::{io::Write, sync::Arc};

/// A row group is written when its rows are this many, or take this many bytes: memory stays bounded, groups stay worth skipping.
const ROWS: usize = 64 * 1024;
const BYTES: usize = 8 << 20;

pub(super) struct ParquetTable<W: Write + Send> {
    file: SerializedFileWriter<W>,
    columns: Vec<Gathered>,
    rows: usize,
    bytes: usize,
}

/// Values that are there, and for each row whether one is.
struct Gathered {
    there: Vec<i16>,
    values: Values,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Float(Vec<f64>),
    Boolean(Vec<bool>),
    /// Days since 1970.
    Date(Vec<i32>),
    /// Microseconds since 1970.
    Time(Vec<i64>),
}

impl<W: Write + Send> ParquetTable<W> {
    pub(super) fn new(table: &Table, out: W) -> Result<Self> {
        let fields = table.columns.iter().map(|column| field(column.name, column.kind).map(Arc::new)).collect::<Result<Vec<_>>>()?;
        let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
        // Snappy: every reader has it.
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by(CREATED_BY.to_owned()).build();
        let file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        let columns = table.columns.iter().map(|column| Gathered { there: Vec::new(), values: Values::of(column.kind) }).collect();
        Ok(Self { file, columns, rows: 0, bytes: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            let mut writer = group.next_column()?.expect("the schema has a column for each that is gathered");
            column.write(&mut writer)?;
            writer.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    /// Writes what is gathered and the file's end.
    pub(super) fn finish(mut self) -> Result<W> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.file.into_inner()
    }
}

/// The same in every version: the same records give the same bytes.
const CREATED_BY: &str = "pullquote";

fn field(name: &str, kind: ColumnKind) -> Result<Type> {
    let (physical, logical) = match kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Float => (Physical::DOUBLE, None),
        ColumnKind::Boolean => (Physical::BOOLEAN, None),
        ColumnKind::Date => (Physical::INT32, Some(LogicalType::Date)),
        ColumnKind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .with_converted_type(ConvertedType::NONE)
        .build()
}

impl Values {
    fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text(Vec::new()),
            ColumnKind::Integer => Self::Integer(Vec::new()),
            ColumnKind::Float => Self::Float(Vec::new()),
            ColumnKind::Boolean => Self::Boolean(Vec::new()),
            ColumnKind::Date => Self::Date(Vec::new()),
            ColumnKind::Time => Self::Time(Vec::new()),
        }
    }
}

impl Gathered {
    /// Takes a value; how many bytes it needs.
    fn push(&mut self, cell: &Cell) -> usize {
        let taken = match (&mut self.values, cell) {
            (Values::Text(values), Cell::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                Some(text.len() + 32)
            }
            (Values::Integer(values), &Cell::Integer(value)) => {
                values.push(value);
                Some(8)
            }
            (Values::Float(values), &Cell::Float(value)) => {
                values.push(value);
                Some(8)
            }
            (Values::Boolean(values), &Cell::Boolean(value)) => {
                values.push(value);
                Some(1)
            }
            (Values::Date(values), Cell::Text(text)) => text.parse().ok().map(|date: jiff::civil::Date| {
                values.push(days(date));
                4
            }),
            (Values::Time(values), Cell::Text(text)) => text.parse().ok().map(|time: jiff::Timestamp| {
                values.push(time.as_microsecond());
                8
            }),
            _ => None,
        };
        self.there.push(i16::from(taken.is_some()));
        taken.unwrap_or(0) + 2
    }

    fn write(&mut self, writer: &mut SerializedColumnWriter) -> Result<()> {
        let there = Some(self.there.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                writer.typed::<ByteArrayType>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Integer(values) | Values::Time(values) => {
                writer.typed::<Int64Type>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Float(values) => {
                writer.typed::<DoubleType>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Boolean(values) => {
                writer.typed::<BoolType>().write_batch(values, there, None)?;
                values.clear();
            }
            Values::Date(values) => {
                writer.typed::<Int32Type>().write_batch(values, there, None)?;
                values.clear();
            }
        }
        self.there.clear();
        Ok(())
    }
}

fn days(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).map_or(0, |span| span.get_days())
}
