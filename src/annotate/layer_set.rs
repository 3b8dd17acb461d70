//! Which layers of an article are wanted. What is not wanted is not looked for, unless a wanted layer needs it.

use std::{fmt, str::FromStr};

/// A set of the layers that a record holds. All by default.
///
/// ```
/// use pullquote::annotate::LayerSet;
///
/// let wanted: LayerSet = "figures,quotes".parse().unwrap();
/// assert!(wanted.holds(LayerSet::QUOTES) && !wanted.holds(LayerSet::PEOPLE));
/// assert!("quote".parse::<LayerSet>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LayerSet(u8);

impl LayerSet {
    /// The record's `sentences`. Other layers need them as well and find them without being asked.
    pub const SENTENCES: Self = Self(1);
    /// `people`.
    pub const PEOPLE: Self = Self(1 << 1);
    /// `organisations`.
    pub const ORGANISATIONS: Self = Self(1 << 2);
    /// `figures`: alone much the fastest, for it needs no names.
    pub const FIGURES: Self = Self(1 << 3);
    /// `quotes` with their speakers.
    pub const QUOTES: Self = Self(1 << 4);
    /// Whatever there is.
    pub const ALL: Self = Self(0b1_1111);
    /// What a document has when nothing was looked for.
    pub const NONE: Self = Self(0);

    /// Each layer with the key it has in a record.
    const NAMED: [(&'static str, Self); 5] = [
        ("sentences", Self::SENTENCES),
        ("people", Self::PEOPLE),
        ("organisations", Self::ORGANISATIONS),
        ("figures", Self::FIGURES),
        ("quotes", Self::QUOTES),
    ];

    /// Whether any of `layers` is in the set.
    #[must_use]
    pub fn holds(self, layers: Self) -> bool {
        self.0 & layers.0 != 0
    }

    /// The layers of both sets.
    #[must_use]
    pub const fn with(self, layers: Self) -> Self {
        Self(self.0 | layers.0)
    }

    /// Whether names must be found: speakers are among them.
    pub(crate) fn needs_names(self) -> bool {
        self.holds(Self::PEOPLE.with(Self::ORGANISATIONS).with(Self::QUOTES))
    }
}

impl Default for LayerSet {
    fn default() -> Self {
        Self::ALL
    }
}

impl FromStr for LayerSet {
    type Err = String;

    /// Keys of the record with commas between them.
    fn from_str(list: &str) -> Result<Self, String> {
        list.split(',').map(str::trim).try_fold(Self::NONE, |set, name| {
            let layer = Self::NAMED.iter().find(|(known, _)| *known == name);
            let (_, layer) = layer
                .ok_or_else(|| format!("unknown layer `{name}`: use one or more of sentences, people, organisations, figures, quotes"))?;
            Ok(set.with(*layer))
        })
    }
}

impl fmt::Debug for LayerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Self::NAMED.iter().filter(|(_, layer)| self.holds(*layer)).map(|(name, _)| *name).collect();
        f.write_str(&names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_named_as_in_the_record() {
        let all: LayerSet = "sentences, people,organisations,figures,quotes".parse().expect("all are known");
        assert_eq!((all, format!("{all:?}").as_str()), (LayerSet::ALL, "sentences,people,organisations,figures,quotes"));
        assert!("".parse::<LayerSet>().unwrap_err().contains("unknown layer ``"));
    }

    #[test]
    fn speakers_need_names_and_figures_do_not() {
        assert!(LayerSet::QUOTES.needs_names() && LayerSet::PEOPLE.needs_names());
        assert!(!LayerSet::FIGURES.with(LayerSet::SENTENCES).needs_names());
    }
}
