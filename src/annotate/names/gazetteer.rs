//! A user's own list of names, which wins over the model: matched on whole tokens, longest name first, from left to right.
//!
//! Only hashes of the names are kept, so that a list of a million takes some 100 MB. Names are looked up by the 64-bit hash of their
//! words in lower case and told apart by that of their words as printed: with a million names, and a hundred million runs of words
//! looked up, a false match is to be expected once in 10^23 (both hashes agree), a list too large for one hash is years away.

use super::mentions::trimmed;
use crate::annotate::lexicon::{extend_phrase, word_hashes};
use crate::annotate::tokens::tokenize_entry;
use crate::document::{Case, Mention, NameType, Sentence, Token, TokenRange};
use crate::span::Span;
use rustc_hash::FxHashMap;

/// A list's entry, by number: what an article's mentions point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(super) u32);

/// One name of a list, with its other forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The full name, which an entity that matches any form bears.
    pub name: String,
    /// Places and others say that this is no person and no organisation.
    pub name_type: NameType,
    /// Its other forms, matched as `name` is.
    pub aliases: Vec<String>,
    /// Becomes the `key` of the entity.
    pub id: Option<String>,
}

/// Names that a user vouches for.
///
/// ```
/// use pullquote::annotate::names::{Entry, Gazetteer};
/// use pullquote::{Annotator, Article, Options, document::NameType};
///
/// let mut gazetteer = Gazetteer::default();
/// gazetteer.add(&Entry {
///     name: "Quayside".into(),
///     name_type: NameType::Organisation,
///     aliases: vec!["the Yard".into()],
///     id: Some("lei:5493001KJTIIGC8Y1R12".into()),
/// })?;
/// let mut options = Options::default();
/// options.gazetteer = Some(gazetteer.into());
/// let article = Article::from_text("Quayside lost money again. Nobody at the Yard would say why.");
/// let document = Annotator::new(&options).annotate(&article);
/// assert_eq!(document.entities.organisations[0].key, "lei:5493001KJTIIGC8Y1R12");
/// assert_eq!(document.entities.organisations[0].mentions.len(), 2);
/// # Ok::<(), pullquote::annotate::names::EntryError>(())
/// ```
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// Hash of a form's first word in lower case -> words of the longest form that begins with it.
    longest: FxHashMap<u64, u8>,
    /// Hash of a form's words in lower case -> the first of `forms` with these words.
    phrases: FxHashMap<u64, u32>,
    forms: Vec<Form>,
    entries: Vec<Listed>,
    /// Keys of all entries, one after the other.
    keys: String,
}

/// A name or alias.
#[derive(Debug)]
struct Form {
    /// Hash of the words as printed.
    exact: u64,
    entry: u32,
    /// Another form of the same words with other capitals; [`LAST`] for none.
    next: u32,
}

const LAST: u32 = u32::MAX;

#[derive(Debug)]
struct Listed {
    name_type: NameType,
    /// Where its key ends in `keys`.
    key_end: u32,
}

/// Why an entry cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Nothing in it could be matched.
    #[error("the name {0:?} has no letter and no digit")]
    NoWord(String),
    /// More words than are looked ahead for.
    #[error("the name {0:?} has more than {LONGEST} words")]
    TooLong(String),
    /// A form can mean one entry only.
    #[error("{form:?} is listed already as another name")]
    Taken {
        /// The form as it was given.
        form: String,
        /// The entry that has it already.
        earlier: EntryId,
    },
    /// Places in it are numbers of 32 bits.
    #[error("the list is too large: its keys come to more than 4 GB")]
    TooLarge,
}

/// Words of the longest name.
const LONGEST: usize = 24;

/// A form that the text holds.
struct Match {
    tokens: TokenRange,
    entry: u32,
}

impl Gazetteer {
    /// Adds an entry. The same entry twice is no error: the first one's number is given.
    pub fn add(&mut self, entry: &Entry) -> Result<EntryId, EntryError> {
        let number = self.entries.len() as u32;
        let key = match &entry.id {
            Some(id) => id.clone(),
            None => match entry.name_type {
                NameType::Person => format!("person:{}", entry.name.to_lowercase()),
                _ => format!("organisation:{}", entry.name.to_lowercase()),
            },
        };
        let mut hashes = Vec::with_capacity(entry.aliases.len() + 1);
        let mut same = None;
        for form in std::iter::once(&entry.name).chain(&entry.aliases) {
            let hash = FormHash::of(form)?;
            match self.form(hash.lower, hash.exact) {
                Some(known) if self.is_entry(known, entry.name_type, &key) => same = Some(known),
                Some(known) => return Err(EntryError::Taken { form: form.clone(), earlier: EntryId(known) }),
                None => hashes.push(hash),
            }
        }
        let number = match same {
            Some(known) => known,
            None => {
                self.keys.push_str(&key);
                let key_end = u32::try_from(self.keys.len()).map_err(|_| EntryError::TooLarge)?;
                self.entries.push(Listed { name_type: entry.name_type, key_end });
                number
            }
        };
        for hash in hashes {
            if self.form(hash.lower, hash.exact).is_some() {
                continue; // an alias given twice
            }
            let form = self.forms.len() as u32;
            let next = self.phrases.insert(hash.lower, form).unwrap_or(LAST);
            self.forms.push(Form { exact: hash.exact, entry: number, next });
            let longest = self.longest.entry(hash.first).or_default();
            *longest = (*longest).max(hash.words);
        }
        Ok(EntryId(number))
    }

    /// What joins the entry's mentions across articles: its id, or its type and name.
    #[must_use]
    pub fn key(&self, entry: EntryId) -> &str {
        let at = entry.0 as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.entries[before].key_end as usize);
        &self.keys[start..self.entries[at].key_end as usize]
    }

    /// The entry of the type with a form of these words, whatever their capitals; one that is printed like this goes first.
    pub(crate) fn entry_named(&self, name: &str, name_type: NameType) -> Option<EntryId> {
        let hash = FormHash::of(name).ok()?;
        let of_type = |form: &&Form| self.entries[form.entry as usize].name_type == name_type;
        let exact = self.forms_of(hash.lower).filter(of_type).find(|form| form.exact == hash.exact);
        exact.or_else(|| self.forms_of(hash.lower).find(of_type)).map(|form| EntryId(form.entry))
    }

    fn is_entry(&self, entry: u32, name_type: NameType, key: &str) -> bool {
        self.entries[entry as usize].name_type == name_type && self.key(EntryId(entry)) == key
    }

    fn forms_of(&self, lower: u64) -> impl Iterator<Item = &Form> {
        let mut at = self.phrases.get(&lower).copied().unwrap_or(LAST);
        std::iter::from_fn(move || {
            let form = self.forms.get(at as usize)?;
            at = form.next;
            Some(form)
        })
    }

    fn form(&self, lower: u64, exact: u64) -> Option<u32> {
        self.forms_of(lower).find(|form| form.exact == exact).map(|form| form.entry)
    }

    /// The mentions with the list's names in place of what the model says of the same words. Where a listed name is a part of a longer
    /// one that the model found, and of its type ("Reed" in "Jane Reed") or no person and no organisation ("Paris" in "Paris
    /// Saint-Germain"), the longer one stays: the list does not speak of it.
    pub(super) fn correct(&self, text: &str, tokens: &[Token], sentences: &[Sentence], found: Vec<Mention>) -> Vec<Mention> {
        let matches = self.matches(text, tokens, sentences);
        if matches.is_empty() {
            return found;
        }
        let mut mentions = Vec::with_capacity(found.len() + matches.len());
        let mut found = found.into_iter().peekable();
        // The stretch of a longer name that stays.
        let mut kept_end = 0;
        for listed in matches {
            let (start, end) = (listed.tokens.start, listed.tokens.end);
            while let Some(before) = found.next_if(|mention| mention.tokens.end <= start) {
                mentions.push(before);
            }
            if start < kept_end {
                continue;
            }
            let name_type = self.entries[listed.entry as usize].name_type;
            let longer = found.next_if(|mention| {
                let longer = mention.tokens.start <= start && mention.tokens.end >= end && mention.tokens.len() > listed.tokens.len();
                longer && (mention.name_type == name_type || !is_actor(name_type))
            });
            if let Some(longer) = longer {
                kept_end = longer.tokens.end;
                mentions.push(longer);
                continue;
            }
            while found.next_if(|mention| mention.tokens.start < end).is_some() {}
            let range = trimmed(tokens, listed.tokens.range());
            if !range.is_empty() {
                let span = Span::new(tokens[range.start].span.start(), tokens[range.end - 1].span.end());
                let tokens = TokenRange::new(range.start, range.end);
                mentions.push(Mention { span, tokens, name_type, confidence: 1.0, entry: Some(EntryId(listed.entry)) });
            }
        }
        mentions.extend(found);
        mentions
    }

    fn matches(&self, text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Match> {
        let mut matches = Vec::new();
        for sentence in sentences {
            let range = sentence.tokens.range();
            let mut at = range.start;
            while at < range.end {
                let (mut lower, mut exact) = form_hashes(tokens[at].span.of(text));
                let Some(&longest) = self.longest.get(&lower) else {
                    at += 1;
                    continue;
                };
                let mut found = None;
                let mut in_capitals = tokens[at].case == Case::Upper;
                let limit = range.end.min(at + usize::from(longest));
                let mut end = at + 1;
                loop {
                    let capitals = in_capitals && (end - at > 1 || tokens[at].span.len() > 1);
                    if let Some(form) = self.forms_of(lower).find(|form| form.exact == exact || capitals) {
                        found = Some(Match { tokens: TokenRange::new(at, end), entry: form.entry });
                    }
                    if end >= limit {
                        break;
                    }
                    let next = word_hashes(tokens[end].span.of(text));
                    lower = extend_phrase(lower, next.0);
                    exact = extend_phrase(exact, next.1);
                    in_capitals &= matches!(tokens[end].case, Case::Upper | Case::None);
                    end += 1;
                }
                match found {
                    Some(listed) => {
                        at = listed.tokens.end as usize;
                        matches.push(listed);
                    }
                    None => at += 1,
                }
            }
        }
        matches
    }
}

/// People and organisations can be quoted; nothing else is kept of the rest.
fn is_actor(name_type: NameType) -> bool {
    matches!(name_type, NameType::Person | NameType::Organisation)
}

/// Hashes of a word in lower case and as printed; "The" opens a sentence as often as "the" goes on with one.
fn form_hashes(word: &str) -> (u64, u64) {
    let (lower, exact) = word_hashes(word);
    if word == "The" { (lower, lower) } else { (lower, exact) }
}

/// What is kept of a form.
struct FormHash {
    first: u64,
    lower: u64,
    exact: u64,
    words: u8,
}

impl FormHash {
    fn of(form: &str) -> Result<Self, EntryError> {
        if !form.chars().any(char::is_alphanumeric) {
            return Err(EntryError::NoWord(form.to_owned()));
        }
        let tokens = tokenize_entry(form);
        let mut words = tokens.iter().map(|token| token.span.of(form)).peekable();
        let mut hash: Option<Self> = None;
        while let Some(word) = words.next() {
            // The point of "Inc." is the sentence's as often as the name's.
            if word == "." && words.peek().is_none() && hash.is_some() {
                break;
            }
            let (lower, exact) = form_hashes(word);
            hash = Some(match hash {
                None => Self { first: lower, lower, exact, words: 1 },
                Some(hash) => Self {
                    lower: extend_phrase(hash.lower, lower),
                    exact: extend_phrase(hash.exact, exact),
                    words: hash.words.saturating_add(1),
                    ..hash
                },
            });
        }
        match hash {
            Some(hash) if usize::from(hash.words) <= LONGEST => Ok(hash),
            Some(_) => Err(EntryError::TooLong(form.to_owned())),
            None => Err(EntryError::NoWord(form.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{lexicon::Lexicon, sentences, tokens::tokenize};

    fn entry(name: &str, name_type: NameType, aliases: &[&str], id: Option<&str>) -> Entry {
        Entry { name: name.into(), name_type, aliases: aliases.iter().map(|&a| a.into()).collect(), id: id.map(Into::into) }
    }

    fn gazetteer(entries: &[Entry]) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        for entry in entries {
            gazetteer.add(entry).unwrap();
        }
        gazetteer
    }

    /// The text of each mention with its key, the model having found `model`.
    fn corrected<'t>(gazetteer: &Gazetteer, text: &'t str, model: &[(&str, NameType)]) -> Vec<(&'t str, Option<String>)> {
        let lexicon = Lexicon::english();
        let tokens = tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let mentions = model.iter().map(|&(name, name_type)| {
            let start = text.find(name).unwrap();
            let first = tokens.iter().position(|token| token.span.start() == start).unwrap();
            let end = tokens.iter().position(|token| token.span.end() == start + name.len()).unwrap() + 1;
            let span = Span::new(start, start + name.len());
            Mention { span, tokens: TokenRange::new(first, end), name_type, confidence: 0.8, entry: None }
        });
        let corrected = gazetteer.correct(text, &tokens, &sentences, mentions.collect());
        corrected.iter().map(|mention| (mention.span.of(text), mention.entry.map(|entry| gazetteer.key(entry).to_owned()))).collect()
    }

    fn key(key: &str) -> Option<String> {
        Some(key.to_owned())
    }

    #[test]
    fn the_longest_name_is_taken_and_possessives_and_articles_are_not() {
        let list = gazetteer(&[
            entry("Vell", NameType::Location, &[], None),
            entry("Port Vell Ferries Inc.", NameType::Organisation, &["the Ferries"], Some("f1")),
            entry("easyBoat", NameType::Organisation, &[], None),
        ]);
        let text = "Port Vell Ferries Inc. lost easyBoat’s custom, the Ferries’ owner said. EASYBOAT easyboat";
        let found = corrected(&list, text, &[]);
        assert_eq!(
            found,
            [
                ("Port Vell Ferries Inc", key("f1")),
                ("easyBoat", key("organisation:easyboat")),
                ("Ferries", key("f1")),
                ("EASYBOAT", key("organisation:easyboat")),
            ]
        );
    }

    #[test]
    fn the_list_wins_but_does_not_cut_longer_names_it_says_nothing_of() {
        let list = gazetteer(&[
            entry("Reed", NameType::Person, &[], Some("r")),
            entry("Paris", NameType::Location, &[], None),
            entry("Amber", NameType::Organisation, &[], Some("a")),
        ]);
        let model = [("Jane Reed", NameType::Person), ("Paris Saint-Ouen", NameType::Organisation), ("Amber Cole", NameType::Person)];
        let found = corrected(&list, "Jane Reed left Paris Saint-Ouen for Amber Cole. Reed smiled.", &model);
        assert_eq!(found, [("Jane Reed", None), ("Paris Saint-Ouen", None), ("Amber", key("a")), ("Reed", key("r"))]);
    }

    #[test]
    fn a_form_has_one_owner() {
        let mut list = gazetteer(&[entry("Kestrel", NameType::Organisation, &["the Bird"], Some("k1"))]);
        let again = list.add(&entry("Kestrel", NameType::Organisation, &["Kestrel plc"], Some("k1")));
        assert_eq!((again, list.entries.len()), (Ok(EntryId(0)), 1));
        let other = list.add(&entry("the Bird", NameType::Person, &[], None));
        assert_eq!(other, Err(EntryError::Taken { form: "the Bird".into(), earlier: EntryId(0) }));
        assert!(matches!(list.add(&entry("–", NameType::Person, &[], None)), Err(EntryError::NoWord(_))));
        assert!(matches!(list.add(&entry(&"x ".repeat(30), NameType::Person, &[], None)), Err(EntryError::TooLong(_))));
    }
}
