//! Reads a user's list of names: JSON Lines or CSV, told by the first character, gzipped or zstandard-compressed or not. Every error
//! names the file, the line and what to do.

use super::gazetteer::{Entry, EntryError, Gazetteer};
use crate::article::ArticleError;
use crate::document::NameType;
use crate::read::read_decompressed;
use serde_json::Value;
use std::path::Path;

/// A list that cannot be used: what is wrong, where, and the remedy.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(ArticleError),
    /// What it holds is no list.
    #[error("{0}")]
    Invalid(String),
}

const TYPES: &str = "person, organisation, place, other";
const COLUMNS: [&str; 4] = ["name", "type", "aliases", "id"];

impl Gazetteer {
    /// Reads several lists as one.
    pub fn from_files<P: AsRef<Path>>(paths: &[P]) -> Result<Self, GazetteerError> {
        let mut reading = Reading { gazetteer: Self::default(), places: Vec::new(), files: Vec::new() };
        for path in paths {
            reading.read(path.as_ref())?;
        }
        Ok(reading.gazetteer)
    }
}

struct Reading {
    gazetteer: Gazetteer,
    /// By entry: number of its file, and its line.
    places: Vec<(u32, u32)>,
    files: Vec<String>,
}

impl Reading {
    fn read(&mut self, path: &Path) -> Result<(), GazetteerError> {
        let file = crate::read::name_of(path).into_owned();
        let bytes = read_decompressed(path).map_err(GazetteerError::Unreadable)?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.trim_start_matches('\u{FEFF}'),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
                return Err(GazetteerError::Invalid(format!("{file}: line {line} is not UTF-8; save the list as UTF-8")));
            }
        };
        self.files.push(file);
        if text.trim_start().starts_with('{') { self.read_json(text) } else { self.read_csv(text) }
    }

    fn wrong(&self, line: usize, message: &str) -> GazetteerError {
        GazetteerError::Invalid(format!("{}: line {line}: {message}", self.files.last().map_or("", String::as_str)))
    }

    fn read_json(&mut self, text: &str) -> Result<(), GazetteerError> {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = number + 1;
            let row: Value = serde_json::from_str(line)
                .map_err(|error| self.wrong(number, &format!("broken JSON ({error}); write one object a line, or a CSV file")))?;
            let field = |name: &str| match &row[name] {
                Value::Null => Ok(None),
                Value::String(text) => Ok(Some(text.as_str())),
                _ => Err(self.wrong(number, &format!("`{name}` must be a string"))),
            };
            let (name, name_type, id) = (field("name")?, field("type")?, field("id")?);
            let aliases = match &row["aliases"] {
                Value::Null => Vec::new(),
                Value::Array(aliases) if aliases.iter().all(Value::is_string) => aliases.iter().filter_map(Value::as_str).collect(),
                _ => return Err(self.wrong(number, "`aliases` must be a list of strings, as in [\"ICE\"]")),
            };
            self.add(number, name, name_type, &aliases, id)?;
        }
        Ok(())
    }

    fn read_csv(&mut self, text: &str) -> Result<(), GazetteerError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| self.wrong(1, &format!("broken CSV ({error})")))?.clone();
        let column = |name: &str| header.iter().position(|found| found.eq_ignore_ascii_case(name));
        let columns = COLUMNS.map(column);
        let missing: Vec<&str> = COLUMNS[..2].iter().zip(columns).filter(|(_, column)| column.is_none()).map(|(name, _)| *name).collect();
        if !missing.is_empty() {
            let found = header.iter().collect::<Vec<_>>().join(", ");
            let message = format!(
                "no column {} in the header ({found}); the first line must name the columns: name and type, and if you like aliases \
                 (with | between them) and id",
                missing.join(" and no column ")
            );
            return Err(self.wrong(1, &message));
        }
        for row in reader.records() {
            let row = row.map_err(|error| {
                let line = error.position().map_or(1, csv::Position::line);
                self.wrong(line as usize, &format!("broken CSV ({error}); put fields that hold a comma or a quote in quotes"))
            })?;
            let line = row.position().map_or(1, csv::Position::line) as usize;
            let [name, name_type, aliases, id] = columns.map(|column| row.get(column?).filter(|field| !field.is_empty()));
            let aliases: Vec<&str> = aliases.map_or(Vec::new(), |all| all.split('|').map(str::trim).filter(|a| !a.is_empty()).collect());
            self.add(line, name, name_type, &aliases, id)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        line: usize,
        name: Option<&str>,
        name_type: Option<&str>,
        aliases: &[&str],
        id: Option<&str>,
    ) -> Result<(), GazetteerError> {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            return Err(self.wrong(line, "no `name`; every entry needs one"));
        };
        let Some(printed_type) = name_type else {
            return Err(self.wrong(line, &format!("{name:?} has no `type`; give one of {TYPES}")));
        };
        let name_type = match printed_type.trim().to_lowercase().as_str() {
            "person" | "per" => NameType::Person,
            "organisation" | "organization" | "org" | "company" => NameType::Organisation,
            "place" | "location" | "loc" => NameType::Location,
            "other" | "none" | "misc" => NameType::Other,
            _ => return Err(self.wrong(line, &format!("{name:?} has the unknown type {printed_type:?}; give one of {TYPES}"))),
        };
        let entry = Entry {
            name: name.to_owned(),
            name_type,
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            id: id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned),
        };
        match self.gazetteer.add(&entry) {
            Ok(added) => {
                if added.0 as usize == self.places.len() {
                    self.places.push((self.files.len() as u32 - 1, line as u32));
                }
                Ok(())
            }
            Err(EntryError::Taken { form, earlier }) => {
                let (file, earlier) = self.places[earlier.0 as usize];
                let message = format!(
                    "{form:?} stands already in line {earlier} of {} with another type or id; keep one of the two",
                    self.files[file as usize]
                );
                Err(self.wrong(line, &message))
            }
            Err(error) => Err(self.wrong(line, &format!("{error}; mend or remove the entry"))),
        }
    }
}
