//! What is read of an object or a table, and by which names it is found there.

use std::{fmt, str::FromStr};

/// What can be read from an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The article itself; an object without it is an error.
    Text,
    /// [`crate::article::Meta::title`].
    Title,
    /// [`crate::article::Meta::url`].
    Url,
    /// [`crate::article::Meta::date`] and, where a time stands with it, [`crate::article::Meta::published_at`].
    Date,
    /// [`crate::article::Meta::author`].
    Author,
    /// [`crate::article::Meta::site`].
    Site,
    /// [`crate::article::Meta::section`].
    Section,
    /// [`crate::article::Source::id`].
    Id,
}

impl Field {
    const ALL: [Field; 8] = [Field::Text, Field::Title, Field::Url, Field::Date, Field::Author, Field::Site, Field::Section, Field::Id];

    fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The names understood, the first found wins. The first one is also the field's name in `--field`.
    fn names(self) -> &'static [&'static str] {
        match self {
            Field::Text => &["text", "maintext", "plain_text", "raw_text", "content", "body", "article", "story"],
            Field::Title => &["title", "headline"],
            Field::Url => &["url", "link", "canonical_link", "source_url"],
            Field::Date => &["date", "published_at", "date_publish", "publish_date", "published_date", "publishing_date", "pubDate"],
            Field::Author => &["author", "authors", "byline"],
            Field::Site => &["site", "source_domain", "hostname", "sitename", "publisher"],
            Field::Section => &["section"],
            Field::Id => &["id", "doc_id", "uri", "_id"],
        }
    }

    /// What `name` stands for and how early it is asked: `--field` comes before the list.
    pub(super) fn of_name(name: &str, overrides: &[FieldOverride]) -> Option<(Field, usize)> {
        if let Some(given) = overrides.iter().find(|given| given.name == name) {
            return Some((given.field, 0));
        }
        // A time says more than the day beside it.
        if name == "published_at" {
            return Some((Field::Date, 1));
        }
        Field::ALL.into_iter().find_map(|field| Some((field, field.names().iter().position(|known| *known == name)? + 2)))
    }
}

/// `--field text=body`: read a thing from another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOverride {
    /// What is read.
    pub field: Field,
    /// The key it is read from, as it is spelt in the input.
    pub name: String,
}

impl FromStr for FieldOverride {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let names = || Field::ALL.map(Field::name).join(", ");
        let parts = given.split_once('=').filter(|(_, name)| !name.is_empty());
        let (field, name) = parts.ok_or_else(|| format!("`{given}`: write FIELD=NAME, as in text=body"))?;
        let field = Field::ALL.into_iter().find(|known| known.name() == field);
        let field = field.ok_or_else(|| format!("unknown field in `{given}`: use one of {}", names()))?;
        Ok(Self { field, name: name.to_owned() })
    }
}

impl fmt::Display for FieldOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.field.name(), self.name)
    }
}

/// Whether a name stands for anything that is read.
pub(super) fn is_known(name: &str, overrides: &[FieldOverride]) -> bool {
    Field::of_name(name, overrides).is_some()
}

/// Whether a name stands for the text.
pub(super) fn is_text(name: &str, overrides: &[FieldOverride]) -> bool {
    Field::of_name(name, overrides).is_some_and(|(field, _)| field == Field::Text)
}
