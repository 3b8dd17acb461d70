//! Records -> flat tables for notebooks: one row for each article, entity, mention, figure, quote and error. Each row repeats which
//! article it is of, so that a group-by is one line. A column bears the record's key, nested keys joined by `_`.
//!
//! A table is a list of columns, and a column says where in the record its value stands ([`ValueSource`]): what is below is the whole of it.

mod cells;
mod parquet_table;
mod writer;

pub use cells::{Cell, cells};
pub use writer::{TableFormat, Tables};

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The file's name without its suffix.
    pub name: &'static str,
    /// What a row is of.
    pub rows: Rows,
    /// In the order in which they are written; the first five are the same in all tables.
    pub columns: &'static [Column],
}

/// What the rows of a table are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All articles, those that failed too.
    Articles,
    /// People, then organisations.
    Entities,
    /// The mentions of each of them.
    Mentions,
    /// Figures.
    Figures,
    /// Quotes of every kind.
    Quotes,
    /// Articles that failed.
    Errors,
}

/// A column: what it is called, of which type it is, and where its values stand.
#[derive(Debug)]
pub struct Column {
    /// The key of the record, nested ones joined by `_`.
    pub name: &'static str,
    /// Its type in typed formats.
    pub kind: ColumnKind,
    /// Where in the record.
    pub source: ValueSource,
}

/// The type of a column. Every column may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A string.
    Text,
    /// 64 bits, signed.
    Integer,
    /// 64 bits.
    Float,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A moment, in UTC.
    Time,
}

/// Where a column's value stands in the record.
#[derive(Clone, Copy, Debug)]
pub enum ValueSource {
    /// In the article.
    Article(&'static str),
    /// The number of things in one of the article's lists.
    ArticleCount(&'static str),
    /// In what the row is of.
    Item(&'static str),
    /// The number of things in a list of it.
    Count(&'static str),
    /// A list of words in it, joined by `|`.
    List(&'static str),
    /// The entity that a mention is of.
    Owner(&'static str),
    /// `person` or `organisation`: which list the entity is of.
    OwnerType,
    /// The person or organisation whose id stands in the item: what `key` says of it.
    Entity {
        /// Where in the item the id stands, as all of these a JSON pointer.
        id: &'static str,
        /// What is taken of the entity.
        key: &'static str,
    },
    /// The same: `person` or `organisation`.
    EntityType {
        /// Where in the item the id stands.
        id: &'static str,
    },
}

use ColumnKind::{Boolean, Date, Float, Integer, Text, Time};
use ValueSource::{Article, ArticleCount, Count, Entity, EntityType, Item, List, Owner, OwnerType};

const fn column(name: &'static str, kind: ColumnKind, source: ValueSource) -> Column {
    Column { name, kind, source }
}

/// The columns that begin every table, and those that follow in one of them.
macro_rules! columns {
    ($($name:literal $kind:ident $source:expr),* $(,)?) => {
        &[
            column("article_id", Text, Article("/id")),
            column("url", Text, Article("/url")),
            column("site", Text, Article("/site")),
            column("date", Date, Article("/date")),
            column("title", Text, Article("/title")),
            $(column($name, $kind, $source)),*
        ]
    };
}

/// All tables.
pub const TABLES: [Table; 6] = [
    Table {
        name: "articles",
        rows: Rows::Articles,
        columns: columns![
            "author" Text Article("/author"),
            "section" Text Article("/section"),
            "published_at" Time Article("/published_at"),
            "language" Text Article("/language"),
            "status" Text Article("/status"),
            "words" Integer Article("/words"),
            "sentences" Integer ArticleCount("/sentences"),
            "people" Integer ArticleCount("/people"),
            "organisations" Integer ArticleCount("/organisations"),
            "figures" Integer ArticleCount("/figures"),
            "quotes" Integer ArticleCount("/quotes"),
            "warnings" Text List("/warnings"),
            "source_path" Text Article("/source/path"),
            "source_record" Integer Article("/source/record"),
            "source_id" Text Article("/source/id"),
        ],
    },
    Table {
        name: "entities",
        rows: Rows::Entities,
        columns: columns![
            "id" Text Item("/id"),
            "type" Text OwnerType,
            "key" Text Item("/key"),
            "name" Text Item("/name"),
            "aliases" Text List("/aliases"),
            "role" Text Item("/role"),
            "organisation" Text Item("/organisation"),
            "organisation_name" Text Entity { id: "/organisation", key: "/name" },
            "gender" Text Item("/gender"),
            "gender_basis" Text Item("/gender_basis"),
            "mentions" Integer Count("/mentions"),
        ],
    },
    Table {
        name: "mentions",
        rows: Rows::Mentions,
        columns: columns![
            "entity_id" Text Owner("/id"),
            "entity_type" Text OwnerType,
            "entity_key" Text Owner("/key"),
            "entity_name" Text Owner("/name"),
            "start" Integer Item("/start"),
            "end" Integer Item("/end"),
            "text" Text Item("/text"),
            "kind" Text Item("/kind"),
            "sentence" Integer Item("/sentence"),
            "confidence" Float Item("/confidence"),
        ],
    },
    Table {
        name: "figures",
        rows: Rows::Figures,
        columns: columns![
            "id" Text Item("/id"),
            "start" Integer Item("/start"),
            "end" Integer Item("/end"),
            "text" Text Item("/text"),
            "kind" Text Item("/kind"),
            "value" Float Item("/value"),
            "value_min" Float Item("/value_min"),
            "value_max" Float Item("/value_max"),
            "value_text" Text Item("/value_text"),
            "unit" Text Item("/unit"),
            "unit_assumed" Boolean Item("/unit_assumed"),
            "per" Text Item("/per"),
            "dimension" Text Item("/dimension"),
            "si_value" Float Item("/si_value"),
            "si_unit" Text Item("/si_unit"),
            "approx" Text Item("/approx"),
            "trend" Text Item("/trend"),
            "role" Text Item("/role"),
            "item" Text Item("/item"),
            "date_start" Date Item("/date_start"),
            "date_end" Date Item("/date_end"),
            "timex" Text Item("/timex"),
            "anchored" Boolean Item("/anchored"),
            "subject_name" Text Entity { id: "/subject", key: "/name" },
            "subject_type" Text EntityType { id: "/subject" },
            "subject_key" Text Entity { id: "/subject", key: "/key" },
            "quote" Text Item("/quote"),
            "sentence" Integer Item("/sentence"),
        ],
    },
    Table {
        name: "quotes",
        rows: Rows::Quotes,
        columns: columns![
            "id" Text Item("/id"),
            "start" Integer Item("/start"),
            "end" Integer Item("/end"),
            "text" Text Item("/text"),
            "content" Text Item("/content"),
            "kind" Text Item("/kind"),
            "speaker_id" Text Item("/speaker/id"),
            "speaker_type" Text Item("/speaker/type"),
            "speaker_name" Text Item("/speaker/name"),
            "speaker_key" Text Entity { id: "/speaker/id", key: "/key" },
            "speaker_role" Text Item("/speaker/role"),
            "speaker_gender" Text Entity { id: "/speaker/id", key: "/gender" },
            "speaker_mention_text" Text Item("/speaker/mention/text"),
            "speaker_mention_kind" Text Item("/speaker/mention/kind"),
            "cue_text" Text Item("/cue/text"),
            "cue_lemma" Text Item("/cue/lemma"),
            "rule" Text Item("/rule"),
            "confidence" Float Item("/confidence"),
            "flags" Text List("/flags"),
            "parts" Integer Count("/parts"),
            "sentence_start" Integer Item("/sentence_start"),
            "sentence_end" Integer Item("/sentence_end"),
        ],
    },
    Table {
        name: "errors",
        rows: Rows::Errors,
        columns: columns![
            "source_path" Text Article("/source/path"),
            "source_record" Integer Article("/source/record"),
            "source_id" Text Article("/source/id"),
            "error_stage" Text Article("/error/stage"),
            "error_code" Text Article("/error/code"),
            "error_message" Text Article("/error/message"),
        ],
    },
];

#[cfg(test)]
mod tests;
