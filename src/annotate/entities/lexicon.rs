//! The word lists of this layer, parsed once: titles, role nouns, organisation nouns, legal forms, known organisations, nicknames,
//! given names of one gender, what organisations do, and the small words that show how a sentence hangs together.

use super::view::{PhraseHash, plain_hash};
use crate::annotate::lexicon::{List, WordList, WordMap, exact_hash, extend_phrase, rows, unknown, word_hash};
use crate::annotate::tokens::tokenize_entry;
use crate::document::{Gender, Token};
use rustc_hash::FxHashMap;

/// What one word can be; several at once ("chief" is a role, a modifier and a title).
pub(super) mod word {
    pub(crate) const HE: u64 = 1;
    pub(crate) const SHE: u64 = 1 << 1;
    pub(crate) const IT: u64 = 1 << 2;
    pub(crate) const WHO: u64 = 1 << 3;
    pub(crate) const THE: u64 = 1 << 4;
    pub(crate) const A: u64 = 1 << 5;
    pub(crate) const PREPOSITION: u64 = 1 << 6;
    pub(crate) const SUBORDINATOR: u64 = 1 << 7;
    pub(crate) const AUXILIARY: u64 = 1 << 8;
    pub(crate) const SAY: u64 = 1 << 9;
    pub(crate) const SAY_TO: u64 = 1 << 10;
    pub(crate) const CONJUNCTION: u64 = 1 << 11;
    pub(crate) const COPULA: u64 = 1 << 12;
    pub(crate) const MODIFIER: u64 = 1 << 13;
    pub(crate) const OF_PHRASE: u64 = 1 << 14;
    pub(crate) const SUFFIX: u64 = 1 << 15;
    pub(crate) const PARTICLE: u64 = 1 << 16;
    pub(crate) const GENERIC: u64 = 1 << 17;
    pub(crate) const WORD_NAME: u64 = 1 << 18;
    /// Can end a role phrase.
    pub(crate) const ROLE: u64 = 1 << 19;
    pub(crate) const ORGANISATION: u64 = 1 << 20;
    /// A word of a title of more than one word, or a title.
    pub(crate) const TITLE: u64 = 1 << 21;
    pub(crate) const LEGAL_FORM: u64 = 1 << 22;
    pub(crate) const THEY: u64 = 1 << 23;
    /// A past form without "-ed".
    pub(crate) const VERB: u64 = 1 << 24;
    /// A title that is a given name more often.
    pub(crate) const TITLE_GIVEN: u64 = 1 << 25;
    /// What a hyphen joins to a name without being part of it ("-era").
    pub(crate) const AFTER_NAME: u64 = 1 << 26;
    /// An office that is always of an organisation.
    pub(crate) const OFFICE: u64 = 1 << 27;
    /// "the NOUN" is often somebody the article has not named.
    pub(crate) const ELSEWHERE: u64 = 1 << 28;
    /// What "it" does that is no organisation.
    pub(crate) const IMPERSONAL: u64 = 1 << 29;
    /// "Republicans": the members of a party, and what is theirs.
    pub(crate) const ADHERENT: u64 = 1 << 30;
    /// May stand between a subject and its verb.
    pub(crate) const ADVERB: u64 = 1 << 31;
    /// "the NOUN" may be anybody, whatever stands before it: "the FAA official".
    pub(crate) const ANYBODY: u64 = 1 << 32;
    /// Before a noun: another one than the article speaks of, or none yet: "the next president".
    pub(crate) const OTHER: u64 = 1 << 33;
    /// Opens a role of more than one word: "chief executive".
    pub(crate) const ROLE_PHRASE: u64 = 1 << 35;
    /// "I".
    pub(crate) const FIRST_PERSON: u64 = 1 << 34;
    /// "his", "their".
    pub(crate) const OWN: u64 = 1 << 36;
    pub(crate) const PERSONAL: u64 = HE | SHE;
    pub(crate) const DETERMINER: u64 = THE | A;
    /// Words that may be tied to somebody.
    pub(crate) const PRONOUN: u64 = PERSONAL | WHO | IT | FIRST_PERSON;

    /// None of these.
    pub(crate) const UNLISTED: u64 = 1 << 54;
    /// As the token stands in the text: part of a tagged name, where no other name is looked for, in a quotation of a clause's length.
    pub(crate) const TAKEN: u64 = 1 << 55;
    pub(crate) const BLOCKED: u64 = 1 << 56;
    pub(crate) const QUOTED: u64 = 1 << 57;
    /// And what it is there: a number, "’s", one of two marks, a word of letters, with a capital, without any.
    pub(crate) const NUMBER: u64 = 1 << 53;
    pub(crate) const POSSESSIVE: u64 = 1 << 58;
    pub(crate) const COMMA: u64 = 1 << 59;
    pub(crate) const STOP: u64 = 1 << 60;
    pub(crate) const WORD: u64 = 1 << 61;
    pub(crate) const CAPITALISED: u64 = 1 << 62;
    pub(crate) const LOWER: u64 = 1 << 63;
}

/// Classes of `organisation_verbs.txt`, explained there; several at once.
pub(super) mod verb {
    pub(crate) const DEED: u8 = 1;
    pub(crate) const PLAN: u8 = 1 << 1;
    pub(crate) const RUNS: u8 = 1 << 2;
    pub(crate) const WORKS: u8 = 1 << 3;
}

/// A title before a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    /// Only a form of address: no role.
    pub(super) honorific: bool,
    pub(super) gender: Option<Gender>,
}

/// What a role noun tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    pub(super) gender: Option<Gender>,
    /// Roles of one number count as the same ("CEO", "chief executive").
    pub(super) number: u16,
    /// Kin and the like tell who somebody is, but are no role.
    pub(super) is_role: bool,
}

/// What an organisation noun tells: one bit for each class.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrganisationNoun {
    /// The classes that "the NOUN" can stand for.
    pub(super) stands_for: u64,
    /// The classes it gives to a name that holds it.
    pub(super) gives: u64,
    /// The only words in lower case that make no other thing of it right before it; empty where any may stand there.
    pub(super) after: &'static str,
}

/// No listed word is longer.
pub(super) const LONGEST: usize = 24;

/// No noun for what people do that is told by its ending is shorter.
pub(super) const SHORTEST_TRADE: usize = 7;

/// The word lists.
pub struct EntityLexicon {
    words: WordList<u64>,
    /// Bits of [`verb`].
    organisation_verbs: WordList<u8>,
    trade_endings: Vec<&'static [u8]>,
    /// By the last letter of such an ending, the letters that stand before it and those before these, a bit for each.
    before_last: [[u32; 2]; 32],
    /// By the hash of the phrase.
    titles: FxHashMap<u64, Title>,
    roles: FxHashMap<u64, Role>,
    organisation_nouns: WordMap<OrganisationNoun>,
    /// By the hash of the name's words.
    known_organisations: FxHashMap<u64, u64>,
    nicknames: FxHashMap<&'static str, &'static str>,
    given_names: WordMap<Gender>,
    pub(super) company: u64,
    pub(super) public_body: u64,
}

impl EntityLexicon {
    /// The lists for English.
    #[must_use]
    pub fn english() -> Self {
        let mut words = WordList::new(word::UNLISTED);
        let mut add = |word: &str, bits: u64| *words.entry(word).get_or_insert_default() |= bits;
        for (mark, bit) in [(",", word::COMMA), (".", word::STOP), ("'", word::POSSESSIVE), ("'s", word::POSSESSIVE)] {
            add(mark, bit);
        }
        for row in rows(include_str!("../lexicon/en/discourse_words.txt")) {
            let (Some(&class), Some(&list)) = (row.first(), row.get(1)) else { continue };
            for each in list.split_ascii_whitespace() {
                add(each, class_bit(class));
            }
        }
        for row in rows(include_str!("../lexicon/en/name_particles.txt")).filter(|row| row[0] == "opener") {
            for particle in row[1].split_ascii_whitespace() {
                add(particle, word::PARTICLE);
            }
        }
        let mut titles = FxHashMap::default();
        for row in rows(include_str!("../lexicon/en/titles.txt")) {
            let (Some(&surface), Some(&class)) = (row.first(), row.get(1)) else { continue };
            let gender = gender_of(row.get(2).copied());
            let title = surface.replace('.', "").to_lowercase();
            title.split([' ', '-']).for_each(|word| add(word, word::TITLE));
            titles.insert(phrase_hash(&title), Title { honorific: class == "honorific" || matches!(surface, "Sir" | "Dame"), gender });
        }
        let mut numbers: FxHashMap<&'static str, u16> = FxHashMap::default();
        let mut roles = FxHashMap::default();
        for row in rows(include_str!("../lexicon/en/roles.txt")) {
            let (Some(&noun), Some(&counts_as)) = (row.first(), row.get(2)) else { continue };
            let next = numbers.len() as u16;
            let number = *numbers.entry(counts_as).or_insert(next);
            roles.insert(phrase_hash(noun), Role { gender: gender_of(row.get(1).copied()), number, is_role: row.get(3).is_none() });
            let last = noun.rsplit([' ', '-']).next().unwrap_or(noun);
            if let Some((first, _)) = noun.split_once([' ', '-']) {
                add(first, word::ROLE_PHRASE);
            }
            if !noun.contains(" of ") && !noun.contains(" in ") {
                add(last, word::ROLE);
            }
        }
        let mut classes = ClassBits::default();
        let mut organisation_nouns: WordMap<OrganisationNoun> = WordMap::default();
        for row in rows(include_str!("../lexicon/en/organisation_nouns.txt")) {
            let (Some(&noun), Some(stands_for)) = (row.first(), row.get(1)) else { continue };
            let stands_for = classes.of(stands_for);
            let gives = row.get(2).map_or(stands_for, |list| classes.of(list));
            *organisation_nouns.entry(noun) = Some(OrganisationNoun { stands_for, gives, after: row.get(3).copied().unwrap_or("") });
            add(noun, word::ORGANISATION);
        }
        let known_organisations = rows(include_str!("../lexicon/en/known_organisations.txt"))
            .filter(|row| row.len() > 1)
            .map(|row| (hash_of_words(row[0]), classes.of(row[1])))
            .collect();
        for row in rows(include_str!("../lexicon/en/legal_forms.txt")) {
            add(row[0], word::LEGAL_FORM);
        }
        let mut organisation_verbs: WordList<u8> = WordList::default();
        for row in rows(include_str!("../lexicon/en/organisation_verbs.txt")) {
            let class = match row[0] {
                "deed" => verb::DEED,
                "plan" => verb::PLAN,
                "runs" => verb::RUNS,
                "works" => verb::WORKS,
                other => unknown("organisation_verbs.txt", other),
            };
            for word in row[1].split_ascii_whitespace() {
                *organisation_verbs.entry(word).get_or_insert_default() |= class;
            }
        }
        let trade_endings: Vec<&[u8]> = rows(include_str!("../lexicon/en/trade_endings.txt")).map(|row| row[0].as_bytes()).collect();
        let mut before_last = [[0; 2]; 32];
        for ending in &trade_endings {
            if let [.., third, second, last] = ending {
                let known: &mut [u32; 2] = &mut before_last[letter(*last)];
                *known = [known[0] | 1 << letter(*second), known[1] | 1 << letter(*third)];
            }
        }
        let nicknames = rows(include_str!("../lexicon/en/nicknames.txt")).filter(|r| r.len() > 1).map(|r| (r[0], r[1])).collect();
        let mut given_names = WordMap::default();
        for row in rows(include_str!("../lexicon/en/given_names.txt")) {
            if let Some(gender) = gender_of(row.get(1).copied()) {
                *given_names.entry(row[0]) = Some(gender);
            }
        }
        let company = classes.of("company");
        let public_body = classes.of("agency ministry council parliament court police commission bureau authority service");
        Self {
            words,
            organisation_verbs,
            trade_endings,
            before_last,
            titles,
            roles,
            organisation_nouns,
            known_organisations,
            nicknames,
            given_names,
            company,
            public_body,
        }
    }

    /// The lists that are asked of every token.
    pub(crate) fn lists(&mut self) -> [&mut dyn List; 2] {
        [&mut self.words, &mut self.organisation_verbs]
    }

    /// What a word can be, whatever its case; full stops have to be gone.
    pub(super) fn word(&self, word: &str) -> u64 {
        self.word_of(word_hash(word))
    }

    /// As [`Self::word`], by the word's hash; [`word::UNLISTED`] where no list has it.
    pub(super) fn word_of(&self, hash: u64) -> u64 {
        *self.words.of_word(hash)
    }

    /// As [`Self::word`], of a token.
    #[inline]
    pub(super) fn word_of_token(&self, token: &Token) -> u64 {
        *self.words.of(token.listed)
    }

    /// The classes of [`verb`] of a token's word in lower case.
    pub(super) fn organisation_verb(&self, token: &Token) -> u8 {
        *self.organisation_verbs.of(token.listed)
    }

    /// Whether a lower-case word ends as nouns for what people do; lists hold only the common ones.
    #[inline]
    pub(super) fn names_a_trade(&self, folded: &[u8]) -> bool {
        // Asked of every word that no list has: the last three letters rule out nearly all.
        let &[.., third, second, last] = folded else { return false };
        let before = self.before_last[letter(last)];
        let may_end = before[0] >> letter(second) & before[1] >> letter(third) & 1 != 0;
        may_end && (SHORTEST_TRADE..=LONGEST).contains(&folded.len()) && self.has_trade_ending(folded)
    }

    #[inline(never)]
    fn has_trade_ending(&self, folded: &[u8]) -> bool {
        self.trade_endings.iter().any(|ending| folded.ends_with(ending))
    }

    pub(super) fn title(&self, phrase: PhraseHash) -> Option<Title> {
        self.titles.get(&phrase.0).copied()
    }

    pub(super) fn role(&self, phrase: PhraseHash) -> Option<Role> {
        self.roles.get(&phrase.0).copied()
    }

    /// By the word's hash.
    pub(super) fn organisation_noun(&self, plain: u64) -> Option<OrganisationNoun> {
        self.organisation_nouns.get(plain).copied()
    }

    /// The classes of a well-known organisation by the hash of its words, one [added](extend_phrase) to the other; 0 for any other.
    pub(super) fn known_organisation(&self, words: u64) -> u64 {
        self.known_organisations.get(&words).copied().unwrap_or(0)
    }

    /// The gender a given name nearly always goes with, by its hash. Evidence for pronouns only.
    pub(super) fn given_name(&self, lower: u64) -> Option<Gender> {
        self.given_names.get(lower).copied()
    }

    /// The names `short` is a pet form of.
    pub(super) fn nickname_of(&self, short: &str) -> impl Iterator<Item = &'static str> {
        self.nicknames.get(short).copied().unwrap_or("").split_ascii_whitespace()
    }

    /// Whether two given names can be one person's: equal, an initial, a pet form, a plain beginning ("Greg", "Gregory").
    pub(super) fn given_names_agree(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        // An initial, or two ("J.K.").
        if short.chars().count() <= 2 && short.chars().next() == long.chars().next() && self.given_name(word_hash(short)).is_none() {
            return true;
        }
        let beginning =
            short.len() >= 3 && long.starts_with(short) && self.given_name(word_hash(short)) == self.given_name(word_hash(long));
        beginning || self.nickname_of(a).any(|name| name == b) || self.nickname_of(b).any(|name| name == a)
    }
}

/// The number of a small letter; other bytes share these.
#[inline]
fn letter(byte: u8) -> usize {
    usize::from(byte & 31)
}

/// Hash of words with blanks between.
pub(super) fn hash_of_words(name: &str) -> u64 {
    name.split(' ').map(exact_hash).reduce(extend_phrase).unwrap_or(0)
}

/// Of a listed phrase as of the same words in a text.
fn phrase_hash(listed: &str) -> u64 {
    let mut phrase = PhraseHash::default();
    tokenize_entry(listed).iter().for_each(|token| phrase.push(plain_hash(token, listed), token.gap));
    phrase.0
}

#[derive(Default)]
struct ClassBits(FxHashMap<&'static str, u32>);

impl ClassBits {
    fn of(&mut self, list: &'static str) -> u64 {
        let mut bits = 0;
        for class in list.split_ascii_whitespace().filter(|&class| class != "-") {
            let next = self.0.len() as u32;
            bits |= 1 << (*self.0.entry(class).or_insert(next)).min(63);
        }
        bits
    }
}

fn gender_of(column: Option<&str>) -> Option<Gender> {
    match column {
        Some("f") => Some(Gender::Female),
        Some("m") => Some(Gender::Male),
        _ => None,
    }
}

fn class_bit(class: &str) -> u64 {
    match class {
        "i" => word::FIRST_PERSON,
        "he" => word::HE,
        "she" => word::SHE,
        "it" => word::IT,
        "they" => word::THEY,
        "who" => word::WHO,
        "the" => word::THE,
        "a" => word::A,
        "prep" => word::PREPOSITION,
        "subordinator" => word::SUBORDINATOR,
        "aux" => word::AUXILIARY,
        "say" => word::SAY,
        "say_to" => word::SAY_TO,
        "conjunction" => word::CONJUNCTION,
        "copula" => word::COPULA,
        "modifier" => word::MODIFIER,
        "of_phrase" => word::OF_PHRASE,
        "suffix" => word::SUFFIX,
        "generic" => word::GENERIC,
        "verb" => word::VERB,
        "elsewhere" => word::ELSEWHERE,
        "impersonal" => word::IMPERSONAL,
        "adherent" => word::ADHERENT,
        "adverb" => word::ADVERB,
        "own" => word::OWN,
        "anybody" => word::ANYBODY,
        "other" => word::OTHER,
        "office" => word::OFFICE,
        "title_given" => word::TITLE_GIVEN,
        "after_name" => word::AFTER_NAME,
        "word_name" => word::WORD_NAME,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_small_words_is_known() {
        for row in rows(include_str!("../lexicon/en/discourse_words.txt")) {
            assert_ne!(class_bit(row[0]), 0, "unknown class {}", row[0]);
            assert_eq!(row.len(), 2, "{row:?}");
        }
    }

    #[test]
    fn given_names_agree_by_initial_pet_form_and_beginning() {
        let lexicon = EntityLexicon::english();
        assert!(lexicon.given_names_agree("j", "joanne"));
        assert!(lexicon.given_names_agree("bill", "william"));
        assert!(lexicon.given_names_agree("gregory", "greg"));
        assert!(!lexicon.given_names_agree("bill", "hannah"));
        assert!(!lexicon.given_names_agree("jo", "jim"));
    }

    #[test]
    fn classes_link_nouns_and_known_names() {
        let lexicon = EntityLexicon::english();
        let airline = lexicon.organisation_noun(word_hash("airline")).unwrap();
        assert_ne!(airline.stands_for & lexicon.known_organisation(word_hash("lufthansa")), 0);
        assert_eq!(airline.stands_for & lexicon.known_organisation(word_hash("fbi")), 0);
    }
}
