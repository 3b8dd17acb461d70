//! The names of an article by number: each folded word and each form of a name is kept once, and compared as numbers from then on. Most
//! names stand in an article again and again.

use super::lexicon::EntityLexicon;
use super::view::{View, fold_onto};
use super::{organisations, people};
use crate::annotate::lexicon::{exact_hash, extend_phrase};
use crate::document::{Case, EntityKind, Gap, Token};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// A folded word, by its number in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Word(u32);

impl Word {
    /// For tables with a place for each word.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A way in which a name is printed, by its number in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form(u32);

impl Form {
    /// For tables with a place for each form.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Hash of a form: the same wherever a line ends between its words. "Jean-Claude" is one form, "Jean - Claude" another.
pub(super) type FormHash = u64;

fn form(view: &View, tokens: Range<usize>) -> FormHash {
    let Some((first, others)) = view.tokens.get(tokens).and_then(<[Token]>::split_first) else { return 0 };
    others.iter().fold(form_of_word(view, first), |form, token| {
        let word = form_of_word(view, token);
        extend_phrase(form, if token.gap == Gap::None { !word } else { word })
    })
}

#[inline]
pub(super) fn form_of_word(view: &View, token: &Token) -> FormHash {
    // But for odd ones, the letters in lower case and the case tell how a word is printed.
    let by_case = token.lower.rotate_left(token.case as u32);
    if token.case != Case::Mixed && token.is_plain { by_case } else { form_of_odd_word(by_case, view, token) }
}

fn form_of_odd_word(by_case: FormHash, view: &View, token: &Token) -> FormHash {
    let printed = token.span.of(view.text);
    if token.case != Case::Mixed && printed.is_ascii() { by_case } else { exact_hash(printed) }
}

/// A name by its folded words, which [`Names::words`] tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    start: u32,
    end: u32,
}

impl Name {
    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The folded words of an article's names.
#[derive(Debug)]
pub(super) struct Words {
    /// One after the other.
    letters: String,
    /// What is known of each, by number.
    known: Vec<KnownWord>,
    /// By hash.
    numbers: FxHashMap<u64, Word>,
}

#[derive(Clone, Copy, Debug)]
struct KnownWord {
    start: u32,
    end: u32,
    hash: u64,
    /// What lists know of it ([`EntityLexicon::word_of`]).
    bits: u64,
    /// The word without "al-" or "el-".
    surname: Word,
}

impl Words {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn text(&self, word: Word) -> &str {
        let known = &self.known[word.index()];
        &self.letters[known.start as usize..known.end as usize]
    }

    /// Hash of the word: what lists are asked by.
    pub(super) fn hash(&self, word: Word) -> u64 {
        self.known[word.index()].hash
    }

    /// Bits of [`super::lexicon::word`].
    pub(super) fn bits(&self, word: Word) -> u64 {
        self.known[word.index()].bits
    }

    /// The word as a surname, without an article in front.
    pub(super) fn surname(&self, word: Word) -> Word {
        self.known[word.index()].surname
    }

    /// The number of a folded word, if a name has it.
    pub(super) fn number_of(&self, folded: &str) -> Option<Word> {
        self.numbers.get(&exact_hash(folded)).copied()
    }

    /// The token's word.
    pub(super) fn of_token(&mut self, view: &View, token: usize) -> Word {
        let Token { lower, is_plain, .. } = view.tokens[token];
        if !is_plain {
            return self.of(view.word(token), view.lexicon);
        }
        if let Some(&known) = self.numbers.get(&lower) {
            return known;
        }
        let start = self.letters.len();
        self.letters.push_str(view.word(token));
        self.letters[start..].make_ascii_lowercase();
        self.add(start, lower, view.lexicon)
    }

    /// The word that is printed so.
    pub(super) fn of(&mut self, printed: &str, lexicon: &EntityLexicon) -> Word {
        let start = self.letters.len();
        fold_onto(printed, &mut self.letters);
        let folded = &self.letters[start..];
        let hash = exact_hash(folded);
        if let Some(&known) = self.numbers.get(&hash) {
            self.letters.truncate(start);
            return known;
        }
        let without_article = |word: &str| word.strip_prefix("al-").or_else(|| word.strip_prefix("el-")).map(str::to_owned);
        // One article is taken off, and no name has two: "al-al-al-..." would be taken apart word by word.
        let rest = without_article(folded).filter(|rest| !rest.is_empty() && without_article(rest).is_none());
        let word = self.add(start, hash, lexicon);
        if let Some(surname) = rest {
            self.known[word.index()].surname = self.of(&surname, lexicon);
        }
        word
    }

    /// A new word, whose letters are the last ones from `start` on.
    fn add(&mut self, start: usize, hash: u64, lexicon: &EntityLexicon) -> Word {
        let word = Word(self.known.len() as u32);
        let (start, end, bits) = (start as u32, self.letters.len() as u32, lexicon.word_of(hash));
        self.known.push(KnownWord { start, end, hash, bits, surname: word });
        self.numbers.insert(hash, word);
        word
    }
}

/// The last word of a name while it goes on ("Jean", "-", "Claude"): it is numbered once it is whole.
#[derive(Default)]
pub(super) struct Unfinished(String);

impl Unfinished {
    /// The last of `words` goes on with `text`.
    pub(super) fn go_on(&mut self, text: &str, words: &[Word], known: &Words) {
        if let Some(&last) = words.last() {
            if self.0.is_empty() {
                self.0.push_str(known.text(last));
            }
            fold_onto(text, &mut self.0);
        }
    }

    /// The last of `words` is whole.
    pub(super) fn finish(&mut self, words: &mut [Word], known: &mut Words, lexicon: &EntityLexicon) {
        if let Some(last) = words.last_mut().filter(|_| !self.0.is_empty()) {
            *last = known.of(&self.0, lexicon);
            self.0.clear();
        }
    }
}

/// The names folded so far.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) words: Words,
    /// The words of all names, one name after the other.
    list: Vec<Word>,
    /// Room for those of one name until it is whole.
    whole: Vec<Word>,
    /// By hash.
    forms: FxHashMap<FormHash, Form>,
    /// What each form is as a person's name and as an organisation's, once that was asked.
    known: Vec<[Option<Name>; 2]>,
}

impl Names {
    /// None yet, and room for those of so many mentions.
    pub(super) fn with_room_for(mentions: usize) -> Self {
        let letters = String::with_capacity(8 * mentions);
        let numbers = FxHashMap::with_capacity_and_hasher(mentions, FxBuildHasher);
        Self {
            words: Words { letters, known: Vec::with_capacity(mentions), numbers },
            list: Vec::with_capacity(mentions),
            whole: Vec::new(),
            forms: FxHashMap::with_capacity_and_hasher(mentions, FxBuildHasher),
            known: Vec::with_capacity(mentions),
        }
    }

    pub(super) fn words(&self, name: Name) -> &[Word] {
        &self.list[name.start as usize..name.end as usize]
    }

    /// Hash of the words, one added to the other.
    pub(super) fn hash(&self, name: Name) -> u64 {
        self.words(name).iter().map(|&word| self.words.hash(word)).reduce(extend_phrase).unwrap_or(0)
    }

    /// The last word, without an article in front.
    pub(super) fn surname(&self, words: &[Word]) -> Word {
        self.words.surname(words[words.len() - 1])
    }

    /// The form of the tokens.
    pub(super) fn form(&mut self, view: &View, tokens: Range<usize>) -> Form {
        self.numbered(form(view, tokens))
    }

    /// The form of a single token.
    pub(super) fn form_of_word(&mut self, view: &View, token: usize) -> Form {
        self.numbered(form_of_word(view, &view.tokens[token]))
    }

    fn numbered(&mut self, form: FormHash) -> Form {
        *self.forms.entry(form).or_insert_with(|| {
            self.known.push([None; 2]);
            Form(self.known.len() as u32 - 1)
        })
    }

    /// How many forms there are.
    pub(super) fn forms(&self) -> usize {
        self.known.len()
    }

    /// The form of this hash, if the article has it.
    pub(super) fn form_of_hash(&self, form: FormHash) -> Option<Form> {
        self.forms.get(&form).copied()
    }

    /// The name of the person or organisation at `tokens`, which have this form.
    pub(super) fn name(&mut self, kind: EntityKind, view: &View, tokens: Range<usize>, form: Form) -> Name {
        if let Some(known) = self.known[form.index()][kind as usize] {
            return known;
        }
        let mut words = std::mem::take(&mut self.whole);
        match kind {
            EntityKind::Person => people::name_words(view, tokens, &mut self.words, &mut words),
            EntityKind::Organisation => organisations::name_words(view, tokens, &mut self.words, &mut words),
        }
        let name = self.add(words.drain(..));
        self.known[form.index()][kind as usize] = Some(name);
        self.whole = words;
        name
    }

    /// A name of these words.
    pub(super) fn add(&mut self, words: impl IntoIterator<Item = Word>) -> Name {
        let start = self.list.len() as u32;
        self.list.extend(words);
        Name { start, end: self.list.len() as u32 }
    }
}

/// People or organisations by a word of their names, in the order they were added: a list for each of `LISTS` places of the word.
pub(super) struct Namesakes<const LISTS: usize> {
    /// For each word where the first entries are.
    first: Vec<[Option<Entry>; LISTS]>,
    entries: Vec<(usize, Option<Entry>)>,
}

/// A place in the entries, less one that is never taken.
type Entry = std::num::NonZeroU32;

impl<const LISTS: usize> Namesakes<LISTS> {
    pub(super) fn new(words: &Words) -> Self {
        let mut entries = Vec::with_capacity(LISTS * words.len() + 1);
        entries.push((0, None));
        Self { first: vec![[None; LISTS]; words.len()], entries }
    }

    /// Those of a list whose name has the word.
    pub(super) fn of(&self, list: usize, word: Word) -> impl Iterator<Item = usize> {
        let entry = |at: Entry| &self.entries[at.get() as usize];
        std::iter::successors(self.first[word.index()][list].map(entry), move |(_, next)| next.map(entry)).map(|&(member, _)| member)
    }

    /// Adds one to those of a list and word, once, and where it has fewer than `most`.
    pub(super) fn insert(&mut self, list: usize, word: Word, member: usize, most: usize) {
        let (mut last, mut count) = (None, 0);
        let mut next = self.first[word.index()][list];
        while let Some(at) = next {
            let (known, after) = self.entries[at.get() as usize];
            if known == member {
                return;
            }
            (last, next) = (Some(at), after);
            count += 1;
        }
        if count < most {
            let new = Entry::new(self.entries.len() as u32);
            self.entries.push((member, None));
            match last {
                Some(last) => self.entries[last.get() as usize].1 = new,
                None => self.first[word.index()][list] = new,
            }
        }
    }
}
