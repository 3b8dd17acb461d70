//! A record as one line of JSON.

use super::{json::Json, record::Record};
use serde::Serialize;

/// Appends `record` and a line break to `line`.
pub fn write_line(record: &Record, line: &mut Vec<u8>) {
    record.serialize(Json(line)).expect("a record holds nothing that JSON has no form for");
    line.push(b'\n');
}
