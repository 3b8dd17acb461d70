//! The types of a record's keys in the words of the programs that read it, from its JSON Schema: so they cannot differ from what is written.

use super::record::json_schema;
use serde_json::Value;

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DDL, for `spark.read.schema` and `from_json`.
    Spark,
    /// The struct that `read_json` takes as `columns`.
    DuckDb,
    /// The dict of a `polars.Schema`, as Python.
    Polars,
}

/// A type of JSON. Days and times are text in records; the tables have them as such.
enum JsonType {
    Text,
    Integer,
    Float,
    Boolean,
    List(Box<JsonType>),
    Object(Vec<(String, JsonType)>),
}

/// The keys of a record and their types, in the order in which they are written.
#[must_use]
pub fn types(dialect: Dialect) -> String {
    let schema = json_schema();
    let JsonType::Object(keys) = kind(&schema, &schema) else { return String::new() };
    match dialect {
        Dialect::Spark => list(&keys, ", ", |key, kind| format!("`{key}` {}", spark(kind))),
        Dialect::DuckDb => format!("{{{}}}", list(&keys, ", ", |key, kind| format!("\"{key}\": '{}'", duckdb(kind)))),
        Dialect::Polars => format!("{{\n{}}}", list(&keys, "", |key, kind| format!("    \"{key}\": {},\n", polars(kind)))),
    }
}

/// What a schema allows besides null. Our own types do not contain themselves, so this ends.
fn kind(schema: &Value, root: &Value) -> JsonType {
    if let Some(name) = schema["$ref"].as_str() {
        return kind(root.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null), root);
    }
    if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
        // Of an enumeration with notes every choice is a constant text.
        let choice = choices.iter().find(|choice| choice["type"] != "null");
        return choice.map_or(JsonType::Text, |choice| kind(choice, root));
    }
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|&name| name != "null"),
        name => name.as_str(),
    };
    match name {
        Some("integer") => JsonType::Integer,
        Some("number") => JsonType::Float,
        Some("boolean") => JsonType::Boolean,
        Some("array") => JsonType::List(Box::new(kind(&schema["items"], root))),
        Some("object") => {
            // Every key is required, and these stand in the order of the record.
            let keys = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            JsonType::Object(keys.map(|key| (key.to_owned(), kind(&schema["properties"][key], root))).collect())
        }
        _ => JsonType::Text,
    }
}

fn list(keys: &[(String, JsonType)], between: &str, one: impl Fn(&str, &JsonType) -> String) -> String {
    keys.iter().map(|(key, kind)| one(key, kind)).collect::<Vec<_>>().join(between)
}

fn spark(kind: &JsonType) -> String {
    match kind {
        JsonType::Text => "STRING".to_owned(),
        JsonType::Integer => "BIGINT".to_owned(),
        JsonType::Float => "DOUBLE".to_owned(),
        JsonType::Boolean => "BOOLEAN".to_owned(),
        JsonType::List(items) => format!("ARRAY<{}>", spark(items)),
        JsonType::Object(keys) => format!("STRUCT<{}>", list(keys, ", ", |key, kind| format!("`{key}`: {}", spark(kind)))),
    }
}

fn duckdb(kind: &JsonType) -> String {
    match kind {
        JsonType::Text => "VARCHAR".to_owned(),
        JsonType::Integer => "BIGINT".to_owned(),
        JsonType::Float => "DOUBLE".to_owned(),
        JsonType::Boolean => "BOOLEAN".to_owned(),
        JsonType::List(items) => format!("{}[]", duckdb(items)),
        JsonType::Object(keys) => format!("STRUCT({})", list(keys, ", ", |key, kind| format!("\"{key}\" {}", duckdb(kind)))),
    }
}

fn polars(kind: &JsonType) -> String {
    match kind {
        JsonType::Text => "pl.String".to_owned(),
        JsonType::Integer => "pl.Int64".to_owned(),
        JsonType::Float => "pl.Float64".to_owned(),
        JsonType::Boolean => "pl.Boolean".to_owned(),
        JsonType::List(items) => format!("pl.List({})", polars(items)),
        JsonType::Object(keys) => format!("pl.Struct({{{}}})", list(keys, ", ", |key, kind| format!("\"{key}\": {}", polars(kind)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_the_record_with_their_types() {
        let ddl = types(Dialect::Spark);
        assert!(ddl.starts_with("`schema` STRING, `id` STRING, `status` STRING, `error` STRUCT<`stage`: STRING, `code`: STRING,"), "{ddl}");
        assert!(ddl.contains("`words` BIGINT") && ddl.contains("`unit_assumed`: BOOLEAN") && ddl.contains("`si_value`: DOUBLE"), "{ddl}");
        assert!(ddl.contains("`parts`: ARRAY<STRUCT<`start`: BIGINT, `end`: BIGINT>>"), "{ddl}");
        assert!(ddl.ends_with("`warnings` ARRAY<STRING>"), "{ddl}");
        assert!(types(Dialect::DuckDb).contains("\"sentences\": 'STRUCT(\"start\" BIGINT, \"end\" BIGINT, \"paragraph\" BIGINT)[]'"));
        assert!(types(Dialect::Polars).contains("    \"warnings\": pl.List(pl.String),\n"));
    }
}
