//! The words a language needs: `lexicon/en/*.txt`, parsed once. Each stage keeps the type of its own lists in its own file;
//! this one knows how the files are written and holds them together. A second language would be a second folder beside `en`.

mod vocabulary;
mod word_hash;
mod word_list;
mod word_map;

pub use vocabulary::Vocabulary;
pub(crate) use vocabulary::{NOT_NUMBERED, NUMBERS};
pub(crate) use word_hash::{AsciiHash, exact_hash, extend_phrase, named_hash, word_hash, word_hashes};
pub(crate) use word_list::{List, WordList};
pub(crate) use word_map::WordMap;

use super::{entities, figures, names, quotes, sentences, speakers};

/// All word lists of one language.
pub struct Lexicon {
    /// Where sentences end.
    pub sentences: sentences::SentenceLexicon,
    /// Which marks are quotation marks.
    pub quotes: quotes::QuoteLexicon,
    /// Numerals, units, currencies, months.
    pub figures: figures::FigureLexicon,
    /// What is beside names, and part of them.
    pub names: names::NameLexicon,
    /// Titles, roles, pronouns, nouns for people and organisations.
    pub entities: entities::EntityLexicon,
    /// Verbs of saying, and who can speak; with the learnt weights.
    pub speakers: speakers::SpeakerLexicon,
    /// The words of those that are asked of every token.
    pub vocabulary: Box<Vocabulary>,
}

impl Lexicon {
    /// The lists of `lexicon/en`. Takes some milliseconds: make it once. Panics on a file with a slip in it, which tests would show.
    #[must_use]
    pub fn english() -> Self {
        let mut lexicon = Self {
            sentences: sentences::SentenceLexicon::english(),
            quotes: quotes::QuoteLexicon::english(),
            figures: figures::FigureLexicon::english(),
            names: names::NameLexicon::english(),
            entities: entities::EntityLexicon::english(),
            speakers: speakers::SpeakerLexicon::english(),
            vocabulary: Box::default(),
        };
        lexicon.number();
        lexicon
    }

    /// Numbers the words of the lists that are asked of every token.
    fn number(&mut self) {
        let mut lists: Vec<&mut dyn List> = Vec::new();
        lists.extend(self.figures.lists());
        lists.extend(self.names.lists());
        lists.extend(self.entities.lists());
        lists.extend(self.speakers.lists());
        self.vocabulary = Vocabulary::of(lists.iter().flat_map(|list| list.words()));
        for list in lists {
            list.number(&self.vocabulary);
        }
    }
}

/// The files are part of the program: a word in them that nothing knows is a slip to be seen at once, not another class.
pub(crate) fn unknown(file: &str, value: &str) -> ! {
    panic!("lexicon/en/{file}: nothing is called {value:?}")
}

/// No file has more columns.
const COLUMNS: usize = 7;

/// A row of a lexicon file: its cells.
#[derive(Debug)]
pub(crate) struct Row {
    cells: [&'static str; COLUMNS],
    count: usize,
}

impl Row {
    fn of(line: &'static str) -> Self {
        let mut row = Self { cells: [""; COLUMNS], count: 0 };
        let mut start = 0;
        for cell in line.as_bytes().split(|&byte| byte == b'\t') {
            row.cells[row.count] = line[start..start + cell.len()].trim_ascii();
            row.count += 1;
            start += cell.len() + 1;
        }
        row
    }
}

impl std::ops::Deref for Row {
    type Target = [&'static str];

    fn deref(&self) -> &[&'static str] {
        &self.cells[..self.count]
    }
}

/// The rows of a lexicon file: columns divided by tabs; blank lines and lines that start with `#` are left out.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = Row> {
    file.lines().filter(|line| !line.trim_ascii().is_empty() && !line.starts_with('#')).map(Row::of)
}
