//! The words that ascribe a quotation, in all their forms, by class: `lexicon/en/cues.txt`.

use crate::annotate::lexicon::{WordMap, rows, unknown, word_hash};

/// What sort of cue a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueClass {
    Say,
    Tell,
    Write,
    Think,
    Call,
    Act,
    Noun,
    /// Nobody is quoted: "known as", "titled".
    Known,
}

/// Which form of a verb a word can be. Past and participle are one where they look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Base,
    Third,
    Past,
    Participle,
    Ing,
    Noun,
}

#[derive(Clone, Copy, Debug)]
pub struct CueWord {
    pub lemma: &'static str,
    pub class: CueClass,
    pub form: Form,
}

/// All cue words by their lower-case form.
pub struct CueLexicon {
    pub(super) words: WordMap<CueWord>,
}

impl CueLexicon {
    #[must_use]
    pub fn english() -> Self {
        let mut words = WordMap::default();
        for row in rows(include_str!("../lexicon/en/cues.txt")) {
            let lemma = row[0];
            let class = match row.get(1).copied().unwrap_or("say") {
                "tell" => CueClass::Tell,
                "write" => CueClass::Write,
                "think" => CueClass::Think,
                "call" => CueClass::Call,
                "act" => CueClass::Act,
                "noun" => CueClass::Noun,
                "known" => CueClass::Known,
                "say" => CueClass::Say,
                other => unknown("cues.txt", other),
            };
            let irregular = row.get(2).copied().unwrap_or("");
            // A word listed twice keeps its first reading.
            let mut add = |word: String, form: Form| {
                words.entry(&word).get_or_insert(CueWord { lemma, class, form });
            };
            if class == CueClass::Noun {
                irregular.split(',').for_each(|word| add(word.to_string(), Form::Noun));
                continue;
            }
            add(lemma.to_string(), Form::Base);
            if irregular.is_empty() || irregular == "+" {
                regular_forms(lemma, irregular == "+", &mut add);
            } else {
                let forms: Vec<&str> = irregular.split(',').collect();
                for (i, form) in forms.iter().enumerate() {
                    let kind = match (i, forms.len()) {
                        (0, _) => Form::Third,
                        (1, _) => Form::Past,
                        (2, 4) => Form::Participle,
                        _ => Form::Ing,
                    };
                    add((*form).to_string(), kind);
                }
            }
        }
        Self { words }
    }

    /// The cue word written as `word`, whatever its case.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<CueWord> {
        self.of(word_hash(word))
    }

    /// The cue word of this hash in lower case.
    #[inline]
    pub(crate) fn of(&self, lower: u64) -> Option<CueWord> {
        self.words.get(lower).copied()
    }
}

fn regular_forms(lemma: &str, doubles: bool, add: &mut impl FnMut(String, Form)) {
    let consonant_y = lemma.ends_with('y') && !matches!(lemma.as_bytes()[lemma.len().saturating_sub(2)], b'a' | b'e' | b'o' | b'u');
    let stem = &lemma[..lemma.len() - 1];
    let last = &lemma[lemma.len() - 1..];
    if consonant_y {
        add(format!("{stem}ies"), Form::Third);
        add(format!("{stem}ied"), Form::Past);
        add(format!("{lemma}ing"), Form::Ing);
        return;
    }
    let hisses = ["s", "sh", "ch", "x", "z"].iter().any(|end| lemma.ends_with(end));
    add(format!("{lemma}{}", if hisses { "es" } else { "s" }), Form::Third);
    if last == "e" {
        add(format!("{lemma}d"), Form::Past);
        add(format!("{}ing", if lemma.ends_with("ee") { lemma } else { stem }), Form::Ing);
    } else {
        let root = if doubles { format!("{lemma}{last}") } else { lemma.to_string() };
        add(format!("{root}ed"), Form::Past);
        add(format!("{root}ing"), Form::Ing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule_or_listed() {
        let cues = CueLexicon::english();
        let lemma = |word: &str| cues.get(word).map(|cue| cue.lemma);
        for (word, expected) in [
            ("Said", "say"),
            ("added", "add"),
            ("noted", "note"),
            ("replies", "reply"),
            ("quipped", "quip"),
            ("tweeting", "tweet"),
            ("wrote", "write"),
            ("disagreeing", "disagree"),
            ("stressed", "stress"),
        ] {
            assert_eq!(lemma(word), Some(expected), "{word}");
        }
        assert_eq!(lemma("table"), None);
    }
}
