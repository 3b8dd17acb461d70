//! Word knowledge for the model: Brown clusters and name lists become one table of hashes. `MODEL.md` names each list with its licence.

use super::corpus::{Corpus, read_to_string};
use crate::annotate::lexicon::rows;
use crate::annotate::lexicon::{extend_phrase, word_hashes};
use crate::annotate::names::words::{ClusterPath, WordFacts, WordTable, lists, word_key};
use crate::annotate::tokens::tokenize_entry;
use crate::document::TokenKind;
use anyhow::Result;
use rustc_hash::FxHashMap;
use std::path::Path;

/// The lists by file name. A list that is not there is left out.
const LISTS: &[(&str, u16)] = &[
    ("given_us_female", lists::GIVEN_NAME),
    ("given_us_male", lists::GIVEN_NAME),
    ("given_world", lists::GIVEN_NAME),
    ("given_compromise_f", lists::GIVEN_NAME),
    ("given_compromise_m", lists::GIVEN_NAME),
    ("surname_us", lists::SURNAME),
    ("surname_world", lists::SURNAME),
    ("surname_compromise", lists::SURNAME),
    ("cities_world15000", lists::PLACE),
    ("countries", lists::NATION),
    ("country_names_iso", lists::NATION),
    ("nationalities", lists::NATION),
    ("demonyms", lists::NATION),
    ("occupations", lists::OCCUPATION),
    ("actors_role_nouns", lists::OCCUPATION),
    ("org_legal_forms", lists::LEGAL_FORM),
    ("sec_companies", lists::COMPANY),
    ("sp500", lists::COMPANY),
    ("fortune500", lists::COMPANY),
    ("universities", lists::INSTITUTION),
    ("us_federal_agencies", lists::INSTITUTION),
    ("us_congress_committees", lists::INSTITUTION),
    ("newspapers_us", lists::INSTITUTION),
    ("organizations_compromise", lists::INSTITUTION),
    ("sports_teams", lists::INSTITUTION),
    ("charities", lists::GROUP),
    ("terrorist_groups", lists::GROUP),
    ("uk_political_parties", lists::GROUP),
    ("us_congress_members", lists::PERSON),
    ("people_famous", lists::PERSON),
];

/// Labels that begin a name, a bit each.
const FIRST_LABELS: u16 = 0b1010_1010;
/// How often a word must stand uncapitalised in the names of the training data to be looked at.
const SEEN_INSIDE: usize = 4;
const INNER_SHARE: usize = 40;
/// How near a capital must be on each side.
const NEAR: usize = 3;

pub(super) fn word_table(folder: &Path, clusters: Option<&Path>, corpus: &Corpus) -> Result<WordTable> {
    let mut table: FxHashMap<u32, WordFacts> = FxHashMap::default();
    let paths = match clusters {
        Some(path) => add_clusters(&read_to_string(path)?, &mut table),
        None => vec![ClusterPath::default()],
    };
    for (name, list) in LISTS {
        let path = folder.join(format!("{name}.txt"));
        if path.exists() {
            for entry in read_to_string(&path)?.lines() {
                add_entry(entry, *list, &mut table);
            }
        }
    }
    for row in rows(include_str!("../../lexicon/en/titles.txt")) {
        for word in row[0].split([' ', '-']).filter(|word| word.len() > 1 && word.starts_with(char::is_uppercase)) {
            add(word_hashes(word).0, lists::TITLE, &mut table);
        }
    }
    for row in rows(include_str!("../../lexicon/en/organisation_words.txt")) {
        add(word_hashes(row[0]).0, lists::KEYWORD, &mut table);
    }
    for row in rows(include_str!("../../lexicon/en/known_organisations.txt")).filter(|row| row[1].ends_with("brand")) {
        add(word_hashes(row[0]).0, lists::COMPANY, &mut table);
    }
    for row in rows(include_str!("../../lexicon/en/name_particles.txt")).filter(|row| row[0] != "loose") {
        let bits = if row[0] == "opener" { lists::INNER | lists::STARTER } else { lists::INNER };
        row[1].split(' ').for_each(|word| add(word_hashes(word).0, bits, &mut table));
    }
    add_uncapitalised(corpus, &mut table);
    let mut entries: Vec<(u32, WordFacts)> = table.into_iter().collect();
    entries.sort_unstable_by_key(|&(key, _)| key);
    Ok(WordTable::new(&entries, paths))
}

fn add(hash: u64, list: u16, table: &mut FxHashMap<u32, WordFacts>) {
    table.entry(word_key(hash)).or_default().lists |= list;
}

/// A list's entry: one word, or a phrase with its beginnings. Companies lose their legal form.
fn add_entry(entry: &str, list: u16, table: &mut FxHashMap<u32, WordFacts>) {
    let tokens = tokenize_entry(entry);
    let mut words: Vec<u64> = Vec::new();
    for token in &tokens {
        let word = token.span.of(entry);
        if list == lists::COMPANY && !words.is_empty() {
            let lower = word.to_lowercase();
            if matches!(word, "," | "/" | "(") || LEGAL_ENDINGS.contains(&lower.as_str()) {
                break;
            }
        }
        if !(words.is_empty() && word.eq_ignore_ascii_case("the")) {
            words.push(word_hashes(word).0);
        }
    }
    if words.is_empty() || words.len() > 8 || list == lists::LEGAL_FORM && (words.len() > 1 || entry.len() < 2) {
        return;
    }
    let mut hash = words[0];
    for &word in &words[1..] {
        add(hash, lists::PREFIX, table);
        hash = extend_phrase(hash, word);
    }
    add(hash, list, table);
}

/// What companies are cut at to get the name that newspapers print.
const LEGAL_ENDINGS: &[&str] =
    &["inc", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "lp", "sa", "ag", "nv", "se", "holdings", "trust"];

/// Clusters are of words as printed. A word more frequent in lower case than capitalised is common.
fn add_clusters(file: &str, table: &mut FxHashMap<u32, WordFacts>) -> Vec<ClusterPath> {
    let mut paths = vec![ClusterPath::default()];
    let mut numbers: FxHashMap<&str, u16> = FxHashMap::default();
    let mut ranks: FxHashMap<&str, usize> = FxHashMap::default();
    let lines: Vec<(&str, &str)> = file.lines().filter_map(|line| line.split_once('\t')).collect();
    for (rank, &(bits, word)) in lines.iter().enumerate() {
        let Ok(value) = u32::from_str_radix(bits, 2) else { continue };
        let number = *numbers.entry(bits).or_insert_with(|| {
            paths.push(ClusterPath { bits: value, length: bits.len() as u8 });
            (paths.len() - 1) as u16
        });
        let (_, exact) = word_hashes(word);
        let facts = table.entry(word_key(exact)).or_default();
        if facts.cluster == 0 {
            facts.cluster = number;
        }
        ranks.entry(word).or_insert(rank);
    }
    for (&word, rank) in &ranks {
        if word.starts_with(char::is_lowercase) {
            let mut chars = word.chars();
            let title: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            if ranks.get(title.as_str()).is_none_or(|other| other > rank) {
                add(word_hashes(word).0, lists::COMMON, table);
            }
        }
    }
    paths
}

/// Words and marks that stand uncapitalised inside names of people and organisations, or at their start, in the training data, and do so
/// in one of [`INNER_SHARE`] places at least where capitals are near on both sides.
fn add_uncapitalised(corpus: &Corpus, table: &mut FxHashMap<u32, WordFacts>) {
    // (inside, at the start, between capitals)
    let mut seen: FxHashMap<u64, [usize; 3]> = FxHashMap::default();
    for document in corpus.documents.iter().filter(|document| !document.silver) {
        let tokens = &document.tokens;
        let has_capital = |range: std::ops::Range<usize>| tokens[range].iter().any(|token| token.case.is_capitalised());
        for (at, (token, target)) in tokens.iter().zip(&document.targets).enumerate() {
            let word = token.span.of(&document.text);
            if token.case.is_capitalised() || token.kind == TokenKind::Number || matches!(word, "(" | ")") {
                continue;
            }
            let counts = seen.entry(word_hashes(word).0).or_default();
            if target.is_person_or_organisation() {
                counts[usize::from(target.allowed() & FIRST_LABELS != 0)] += 1;
            }
            let near = (at + 1).min(tokens.len())..(at + 1 + NEAR).min(tokens.len());
            counts[2] += usize::from(has_capital(at.saturating_sub(NEAR)..at) && has_capital(near));
        }
    }
    for (&hash, &[inside, at_start, between]) in &seen {
        if inside >= SEEN_INSIDE && (inside + at_start) * INNER_SHARE >= between {
            add(hash, lists::INNER, table);
        }
        if at_start >= SEEN_INSIDE {
            add(hash, lists::STARTER, table);
        }
    }
}
