//! Step 3: a [`Document`](crate::Document) becomes a record, one line of JSON. The contract is the record's schema (`pullquote schema`).

mod id;
mod json;
mod json_number;
mod json_string;
pub mod jsonl;
mod layers;
pub mod record;
pub mod report;
pub mod schema;
pub mod tables;
pub mod terminal;
