//! The values of a record's rows.

use super::{ColumnKind, Rows, Table, ValueSource};
use serde_json::Value;
use std::borrow::Cow;

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value, or one of another type than the column's.
    Null,
    /// Text, and days and moments as ISO 8601 has them.
    Text(Cow<'a, str>),
    /// A count, an offset, an index.
    Integer(i64),
    /// A value, a confidence.
    Float(f64),
    /// A flag.
    Boolean(bool),
}

impl From<&Cell<'_>> for Value {
    fn from(cell: &Cell<'_>) -> Self {
        match cell {
            Cell::Null => Value::Null,
            Cell::Text(text) => Value::from(text.as_ref()),
            &Cell::Integer(number) => number.into(),
            &Cell::Float(number) => number.into(),
            &Cell::Boolean(is) => is.into(),
        }
    }
}

/// What a row is of, with the entity it belongs to and that one's type.
#[derive(Clone, Copy)]
struct Row<'a> {
    item: &'a Value,
    owner: &'a Value,
    owner_type: &'static str,
}

/// Hands on the rows that a record gives in a table, each as its cells in the order of the columns.
pub fn cells<'a, E>(table: &Table, record: &'a Value, mut row_done: impl FnMut(&[Cell<'a>]) -> Result<(), E>) -> Result<(), E> {
    let mut cells = Vec::with_capacity(table.columns.len());
    let mut row = |row: Row<'a>| {
        cells.clear();
        cells.extend(table.columns.iter().map(|column| cell(column.source, column.kind, record, row)));
        row_done(&cells)
    };
    let whole = Row { item: record, owner: record, owner_type: "" };
    let list = |key: &str| record.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    match table.rows {
        Rows::Articles => row(whole),
        Rows::Errors if record.get("error").is_some_and(|error| !error.is_null()) => row(whole),
        Rows::Errors => Ok(()),
        Rows::Figures | Rows::Quotes => {
            let key = if table.rows == Rows::Quotes { "quotes" } else { "figures" };
            list(key).iter().try_for_each(|item| row(Row { item, ..whole }))
        }
        Rows::Entities | Rows::Mentions => {
            [("people", "person"), ("organisations", "organisation")].into_iter().try_for_each(|(key, owner_type)| {
                list(key).iter().try_for_each(|owner| {
                    if table.rows == Rows::Entities {
                        return row(Row { item: owner, owner, owner_type });
                    }
                    let mentions = owner.get("mentions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                    mentions.iter().try_for_each(|item| row(Row { item, owner, owner_type }))
                })
            })
        }
    }
}

fn cell<'a>(source: ValueSource, kind: ColumnKind, record: &'a Value, row: Row<'a>) -> Cell<'a> {
    let count = |list: Option<&Value>| list.and_then(Value::as_array).map_or(Cell::Null, |list| Cell::Integer(list.len() as i64));
    match source {
        ValueSource::Article(key) => typed(record.pointer(key), kind),
        ValueSource::Item(key) => typed(row.item.pointer(key), kind),
        ValueSource::Owner(key) => typed(row.owner.pointer(key), kind),
        ValueSource::OwnerType => Cell::Text(row.owner_type.into()),
        ValueSource::ArticleCount(key) => count(record.pointer(key)),
        ValueSource::Count(key) => count(row.item.pointer(key)),
        ValueSource::List(key) => {
            let words: Vec<&str> =
                row.item.pointer(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
            if words.is_empty() { Cell::Null } else { Cell::Text(words.join("|").into()) }
        }
        ValueSource::Entity { id, key } => {
            entity(record, row.item.pointer(id)).map_or(Cell::Null, |(entity, _)| typed(entity.pointer(key), kind))
        }
        ValueSource::EntityType { id } => entity(record, row.item.pointer(id)).map_or(Cell::Null, |(_, name)| Cell::Text(name.into())),
    }
}

/// The entity of an id, which is its place in its list (`p3`, `o0`), and its type.
fn entity<'a>(record: &'a Value, id: Option<&Value>) -> Option<(&'a Value, &'static str)> {
    let id = id?.as_str()?;
    let (list, name) = if id.starts_with('p') { ("people", "person") } else { ("organisations", "organisation") };
    let entity = record.get(list)?.get(id.get(1..)?.parse::<usize>().ok()?)?;
    Some((entity, name))
}

fn typed(value: Option<&Value>, kind: ColumnKind) -> Cell<'_> {
    let Some(value) = value else { return Cell::Null };
    match (kind, value) {
        (ColumnKind::Text | ColumnKind::Date | ColumnKind::Time, Value::String(text)) => Cell::Text(text.as_str().into()),
        (ColumnKind::Integer, value) => value.as_i64().map_or(Cell::Null, Cell::Integer),
        (ColumnKind::Float, value) => value.as_f64().map_or(Cell::Null, Cell::Float),
        (ColumnKind::Boolean, Value::Bool(value)) => Cell::Boolean(*value),
        _ => Cell::Null,
    }
}
