//! Whether a mention can be the subject of the clause that a figure stands in: what stands before it, and what between the two.

use super::scan::{Scan, any, is};
use super::words::class;
use crate::document::{Case, TokenKind};

/// Most tokens before a mention that are read: its titles, and the names it is listed with.
const MOST_BEFORE: usize = 8;

/// The way from a mention to a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Clear,
    Blocked,
    /// No mention farther back reaches the figure either.
    Walled,
}

/// The tokens between a mention and a figure.
pub(super) struct Path<'a> {
    pub(super) scan: Scan<'a>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// The mention is of an organisation, which may tell of its own revenue.
    pub(super) organisation: bool,
}

impl Path<'_> {
    /// Whether no other clause begins between the two, none of the two is in quotation marks without the other, and nobody else acts.
    pub(super) fn way(&self) -> Way {
        let scan = &self.scan;
        let (mut quotes, mut dashes, mut open) = (0, 0, 0);
        for j in self.from..self.to {
            match scan.kind(j) {
                Some(TokenKind::Quote) => quotes += 1,
                Some(TokenKind::Punctuation) => match scan.word(j) {
                    ";" | ":" | "•" | "?" | "!" => return Way::Walled,
                    "—" | "–" | "--" => dashes += 1,
                    "(" | "[" => open += 1,
                    ")" | "]" if open > 0 => open -= 1,
                    // The mention stands in brackets, or in a dateline.
                    ")" | "]" => return Way::Blocked,
                    _ => {}
                },
                Some(TokenKind::Word) if !self.passes(j) => {
                    let telling = scan.has(j, class::REPORTING);
                    return if telling || j <= self.from + 1 { Way::Blocked } else { Way::Walled };
                }
                _ => {}
            }
        }
        if quotes % 2 == 0 && dashes % 2 == 0 && !self.earned_by_another() { Way::Clear } else { Way::Blocked }
    }

    /// "taxes on families earning less than $9": whose the figure is stands right before.
    fn earned_by_another(&self) -> bool {
        let scan = &self.scan;
        let verb = (self.from + 1..self.to).rev().take(4).find(|&j| scan.word(j).ends_with("ing") && scan.is_word(j));
        verb.is_some_and(|j| scan.case(j) == Case::Lower && scan.is_plural(j - 1) && j - 1 > self.from && scan.is_word(j - 1))
    }

    fn passes(&self, j: usize) -> bool {
        let scan = &self.scan;
        let classes = scan.entry(j).classes;
        if classes & (class::FUNCTION | class::REPORTING | class::RELATIVE | class::SUBORDINATOR) == 0 {
            return true;
        }
        let after_comma = j > self.from && scan.word(j - 1) == ",";
        if classes & class::REPORTING != 0 && scan.case(j) == Case::Lower {
            // "agreed to pay", "said revenue rose", "reported its profit"
            return is!(scan, j + 1, "to") && !scan.has(j + 2, class::DETERMINER | class::POSSESSIVE)
                || self.organisation && self.own(j + 1);
        }
        if classes & class::RELATIVE != 0 {
            // "Acme, which has 50 shops"; "said that its revenue"
            let own = j <= self.from + 1 && !is!(scan, j, "that");
            return own || is!(scan, j, "that") && scan.has(j.wrapping_sub(1), class::REPORTING);
        }
        if classes & class::SUBORDINATOR != 0 {
            let next = j + 1;
            // "after raising $5m", "since May", "before 2020"
            let calendar = next < self.to && (scan.is_number(next) || scan.entry(next).month > 0 || scan.entry(next).weekday > 0);
            return scan.word(next).ends_with("ing") || calendar;
        }
        if is!(scan, j, "as") {
            return scan.has(j + 1, class::AS_MANY) || j > self.from && scan.has(j - 1, class::AS_MANY);
        }
        if after_comma && any!(scan, j, ["and", "but", "with", "or"]) {
            // The end of a list, or the same subject's next verb.
            let absolute = is!(scan, j, "with") && (self.to + 1..self.to + 7).any(|k| scan.is_word(k) && scan.word(k).ends_with("ing"));
            return self.to <= j + 3 && !absolute || scan.has(j + 1, class::AUXILIARY);
        }
        // "were pulled out by two women"
        if is!(scan, j, "by") && self.to <= j + 2 {
            let measured = (j.saturating_sub(3)..j).any(|k| scan.has(k, class::TREND_UP | class::TREND_DOWN | class::SPORT));
            return measured || !(j.saturating_sub(2)..j).any(|k| scan.word(k).ends_with("ed"));
        }
        true
    }

    /// Whether what is told from token `i` on is the teller's own: "its revenue", "quarterly profit", "it will".
    fn own(&self, i: usize) -> bool {
        let scan = &self.scan;
        let that = i + usize::from(is!(scan, i, "that"));
        any!(scan, that, ["it", "its", "they", "their", "we", "our"])
            || (that..self.to.min(that + 4)).take_while(|&j| scan.is_word(j)).any(|j| scan.has(j, class::OWNED))
            || self.to <= that + 1 && scan.lexicon.sign(scan.word(self.to)).is_some()
    }
}

/// Whether the mention of tokens `first..end` only tells what another thing is: "Reuters poll", "an Apple supplier".
pub(super) fn is_modifier(scan: &Scan, first: usize, end: usize, at: usize) -> bool {
    // "A Brell/Reuters poll"
    if scan.word(end) == "/" && scan.touches(end) {
        return true;
    }
    let next = scan.over_hyphen(end);
    if next >= at || !scan.is_word(next) || !scan.near(next) {
        return false;
    }
    let told = (next..at.min(next + 3)).take_while(|&j| scan.is_word(j)).any(|j| scan.has(j, class::MODIFIED));
    let article = first > 0 && scan.is_article(first - 1);
    // "the Nimbus-led group"
    told || article && scan.is_content(next) && scan.case(next) == Case::Lower || next > end
}

/// Whether the mention that starts at token `first` stands where a subject stands: at the start of its clause, after what joins it to
/// another, or after its title.
pub(super) fn at_subject(scan: &Scan, first: usize, sentence: usize, figure: usize) -> bool {
    let mut at = first;
    for _ in 0..MOST_BEFORE {
        if at <= sentence || scan.gap(at) > crate::document::Gap::Space {
            return true;
        }
        let before = at - 1;
        match scan.kind(before) {
            // "Sen.", "St."
            Some(TokenKind::Punctuation) if scan.word(before) == "." && scan.touches(before) || scan.joins(before) => {}
            Some(TokenKind::Punctuation) => return !matches!(scan.word(before), "(" | "/" | "["),
            Some(TokenKind::Quote) => return true,
            Some(TokenKind::Clitic) => return false,
            Some(TokenKind::Word) => {
                let classes = scan.entry(before).classes;
                if classes & class::PREPOSITION != 0 {
                    return before > sentence && any!(scan, before, ["of", "in", "at", "for"]) && owned_before(scan, before, sentence);
                }
                // "asked Brell twice"
                if classes & class::ADDRESSING != 0 {
                    return false;
                }
                let joins = class::REPORTING | class::RELATIVE | class::SUBORDINATOR;
                // "If Acme fails, 40 people": the figure is in the main clause.
                let opens = classes & class::SUBORDINATOR != 0 || any!(scan, before, ["whether", "what", "how", "why"]);
                if opens && (first..figure).any(|j| scan.word(j) == ",") {
                    return false;
                }
                // "to CNN and MSNBC"
                let listed = any!(scan, before, ["and", "or"]) && before > sentence && scan.case(before - 1).is_capitalised();
                if !listed && (classes & joins != 0 || any!(scan, before, ["and", "but", "or", "as", "than"])) {
                    return !is!(scan, before, "than");
                }
                let title = listed || scan.case(before).is_capitalised() || is!(scan, before, "the");
                if !title && classes & class::FUNCTION != 0 {
                    return true;
                }
                if !(title || is_role(scan, before)) {
                    return false;
                }
            }
            _ => return true,
        }
        at = before;
    }
    true
}

/// "shares of", "the stock price of"
fn owned_before(scan: &Scan, at: usize, sentence: usize) -> bool {
    at > sentence && scan.has(at - 1, class::OWNED)
}

/// Whether a word in small letters can stand before a name as its title: "spokesman", "carmaker", "giant".
fn is_role(scan: &Scan, i: usize) -> bool {
    scan.has(i, class::PERSON | class::MODIFIED | class::BODY) || is_doer(scan, i)
}

/// Whether a word names people by what they do: "supporter", "surrogates", "lobbyist".
pub(super) fn is_doer(scan: &Scan, i: usize) -> bool {
    const ENDINGS: [&str; 9] = ["er", "or", "ist", "man", "woman", "ant", "ian", "eer", "ate"];
    let word = scan.word(i);
    let one = word.strip_suffix('s').unwrap_or(word);
    scan.case(i) == Case::Lower && one.len() > 4 && scan.is_content(i) && ENDINGS.iter().any(|ending| one.ends_with(ending))
}
