//! Scores people and organisations: exact span and type, each place once, over the whole article. Both sides lose a leading
//! "the", a trailing possessive and marks at their edges first, so that annotation habits do not count.

use std::{collections::BTreeSet, ops::AddAssign};

use serde_json::{Value, json};

use super::{CodePoints, Counts, Extent, Fault, Findings, Gold};

/// Names by type: each distinct place counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameScore {
    /// Names of people.
    pub people: Counts,
    /// Names of organisations.
    pub organisations: Counts,
}

impl NameScore {
    /// People and organisations together.
    #[must_use]
    pub fn both(&self) -> Counts {
        let mut sum = self.people;
        sum += self.organisations;
        sum
    }

    pub(super) fn to_json(self) -> Value {
        json!({"people": self.people.to_json(), "organisations": self.organisations.to_json(), "both": self.both().to_json()})
    }
}

impl AddAssign for NameScore {
    fn add_assign(&mut self, other: Self) {
        self.people += other.people;
        self.organisations += other.organisations;
    }
}

pub(super) fn score(gold: &Gold, found: &Findings, faults: &mut Vec<Fault>) -> NameScore {
    let mut layer = |name: &'static str, wanted: &Option<Vec<Extent>>, got: &[Extent]| {
        let trimmed = |places: &[Extent]| -> BTreeSet<Extent> { places.iter().map(|&place| trim(&gold.text, place)).collect() };
        let (wanted, got) = (trimmed(wanted.as_deref().unwrap_or_default()), trimmed(got));
        let mut wrong: Vec<(Extent, &'static str)> = wanted.difference(&got).map(|&place| (place, "missed")).collect();
        wrong.extend(got.difference(&wanted).map(|&place| (place, "extra")));
        wrong.sort_unstable();
        faults.extend(wrong.into_iter().map(|(place, fault)| Fault {
            layer: name,
            fault,
            id: gold.id.clone(),
            context: gold.text.context(place),
            detail: String::new(),
        }));
        Counts::new(wanted.intersection(&got).count(), got.len(), wanted.len())
    };
    NameScore {
        people: layer("people", &gold.people, &found.people),
        organisations: layer("organisations", &gold.organisations, &found.organisations),
    }
}

fn trim(text: &CodePoints, place: Extent) -> Extent {
    let Extent { mut start, mut end } = place;
    loop {
        let name: Vec<char> = text.slice(start, end).chars().collect();
        let lead = leading(&name);
        if lead > 0 && lead < name.len() {
            start += lead;
            continue;
        }
        let tail = trailing(&name);
        if tail > 0 && tail < name.len() {
            end -= tail;
            continue;
        }
        return Extent::new(start, end);
    }
}

/// How many characters at the front are "the" and blanks, or marks.
fn leading(name: &[char]) -> usize {
    let run = |from: usize, of: fn(char) -> bool| name[from..].iter().take_while(|&&c| of(c)).count();
    if matches!(name, ['T' | 't', 'h', 'e', blank, ..] if blank.is_whitespace()) {
        return 3 + run(3, char::is_whitespace);
    }
    run(0, |c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '(' | ',' | '.' | ';' | ':'))
}

/// How many characters at the back are a possessive or marks.
fn trailing(name: &[char]) -> usize {
    match name {
        [.., '\'' | '’', 's'] => 2,
        [.., '\'' | '’'] => 1,
        _ => name.iter().rev().take_while(|&&c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ',' | ';' | ':' | ')')).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::gold::parse;

    fn trimmed(name: &str) -> String {
        let text = CodePoints::new(name.to_string());
        let place = trim(&text, Extent::new(0, text.len()));
        text.of(place).to_string()
    }

    #[test]
    fn habits_of_annotation_are_trimmed() {
        assert_eq!(trimmed("the  Harbour Authority’s"), "Harbour Authority");
        assert_eq!(trimmed("“The Lantern”,"), "Lantern");
        assert_eq!(trimmed("James’"), "James");
        assert_eq!(trimmed("Orm (Ltd)"), "Orm (Ltd");
        assert_eq!(trimmed("the "), "the");
        assert_eq!(trimmed("’s"), "s");
        assert_eq!(trimmed("”"), "”");
    }

    #[test]
    fn a_place_counts_once_and_the_type_matters() {
        let line = r#"{"id": "a", "text": "Orm met Ilse Orm’s aunt.", "people": [[8, 16, "Ilse Orm"]], "organisations": [[0, 3]]}"#;
        let gold = &parse(line).unwrap()[0];
        let found = Findings { people: vec![Extent::new(8, 16), Extent::new(8, 18), Extent::new(0, 3)], ..Findings::default() };
        let mut faults = Vec::new();
        let score = score(gold, &found, &mut faults);
        assert_eq!((score.people, score.organisations), (Counts::new(1, 2, 1), Counts::new(0, 0, 1)));
        assert_eq!(faults.iter().map(|f| (f.layer, f.fault)).collect::<Vec<_>>(), [("people", "extra"), ("organisations", "missed")]);
    }
}
