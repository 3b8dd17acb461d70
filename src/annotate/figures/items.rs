//! What is counted ("40 police officers", "one recent poll") and what a share is of ("7% of the city's population"): where it ends.

use super::scan::{Scan, any, is};
use super::words::class;
use crate::document::Case;

/// Most words of a counted thing.
const ITEM_WORDS: usize = 5;

/// The end of the noun phrase that is counted from token `i` on, if one is: up to its first plural, and over a second one that follows
/// at once ("police officers"). Words on hyphens are one ("asylum-seekers", "majority-Muslim countries").
pub(super) fn counted(scan: &Scan, i: usize, one: bool) -> Option<usize> {
    let mut last = i;
    let mut j = i;
    let mut listed = false;
    // The one thing has no plural that would end it before its verb.
    for _ in 0..ITEM_WORDS - usize::from(one) {
        let entry = scan.entry(j);
        let shortened = || !scan.is_plain(j) && scan.word(j).contains(['\'', '’']);
        // "US officials"
        let country = scan.word(j) == "US";
        // "12 in-person events", but not "three-for-three"
        let led = || !one && scan.joins(j + 1) && !scan.joins(j.wrapping_sub(1));
        // "10 current and former employees"
        // "37 state and local health departments"
        let third =
            || scan.is_content(j + 2) && scan.is_plural(j + 3) && !scan.has(j - 1, class::PAST) && !scan.word(j - 1).ends_with("ed");
        let joins = !one
            && j > i
            && any!(scan, j, ["and", "or"])
            && scan.is_content(j + 1)
            && !scan.is_plural(j + 1)
            && (scan.is_plural(j + 2) || third());
        if joins && scan.entry(j + 1).number.is_none() && scan.near(j) {
            j += 1;
            continue;
        }
        // "two peace offers", but not "one of them offers"
        let verb = entry.classes & class::VERB_ON_S != 0 && (one || j == i);
        let ends = verb || entry.classes & class::FUNCTION != 0 && !country && !led() || entry.number.is_some() && j > i;
        if ends || !scan.is_word(j) || !scan.near(j) || shortened() {
            break;
        }
        let mut end = j;
        for _ in 0..2 {
            if scan.joins(end + 1) && scan.is_word(end + 2) && scan.entry(end).number.is_none() {
                end += 2;
            }
        }
        // "14 peer-reviewed, scientific journals"
        if !one && is!(scan, end + 1, ",") && scan.is_content(end + 2) && scan.case(end + 2) == Case::Lower && describes(scan, j, end) {
            listed = true;
            j = end + 2;
            continue;
        }
        // "12 local, officials said"
        if listed && scan.has(end + 1, class::SAYING | class::REPORTING | class::PAST) {
            return None;
        }
        if scan.is_plural(end) {
            // "health workers", but not over a verb: the first plural ends it.
            let second = scan.is_plural(end + 1) && scan.case(end + 1) == Case::Lower && !scan.has(end + 1, class::NEVER_COUNTED);
            return Some(end + 1 + usize::from(second && !scan.is_hyphen(end + 2)));
        }
        last = if end == j { j + 1 } else { last };
        j = end + 1;
    }
    if one && last > i { one_thing(scan, i, last) } else { None }
}

/// Whether the word from token `j` to `end`, which a comma follows, says what kind of thing is counted.
fn describes(scan: &Scan, j: usize, end: usize) -> bool {
    let word = scan.word(end);
    let ending = ["ive", "al", "ic", "ous", "ful", "less", "able", "ary", "ern"].iter().any(|ending| word.ends_with(ending));
    scan.case(j) == Case::Lower && !scan.is_plural(end) && (end > j || ending || scan.has(end, class::ADJECTIVE))
}

/// The end of the one thing that is counted from token `i` on, of the words up to token `last`: "hospital", "television interview",
/// "recent poll", "Republican operative".
fn one_thing(scan: &Scan, i: usize, last: usize) -> Option<usize> {
    let mut head = i;
    while head + 1 < last && (scan.case(head).is_capitalised() || scan.has(head, class::ADJECTIVE)) {
        head += 1;
    }
    if scan.case(head) != Case::Lower || scan.word(head).len() <= 2 || scan.word(head).ends_with("ly") && !scan.has(head, class::NOUN_ON_LY)
    {
        return None;
    }
    let second = head + 1;
    let noun =
        !scan.word(second).ends_with("ed") && !scan.has(second, class::AFTER_NOUN | class::PAST) && !scan.case(second).is_capitalised();
    Some(if last == head + 2 && noun { last } else { second })
}

/// "of voters", "of the vote", "of the total population" after a share.
pub(super) fn of_whom(scan: &Scan, i: usize) -> Option<usize> {
    if !is!(scan, i, "of") || !scan.near(i) {
        return None;
    }
    let mut j = i + 1;
    while j < i + 3
        && (scan.has(j, class::POSSESSIVE) && !any!(scan, j, ["my", "your"]) || any!(scan, j, ["the", "all", "a", "those", "these"]))
    {
        j += 1;
    }
    let whole = || {
        let first = (j..j + WHOLE_WORDS).take_while(|&k| scan.is_content(k)).find(|&k| scan.has(k, class::WHOLE))?;
        // "of the total population"
        let last = first + usize::from(scan.is_content(first + 1) && scan.has(first + 1, class::WHOLE));
        // "of market participants", but not "of the population lives"
        let counts = scan.is_plural(last + 1) && !scan.has(last + 1, class::NEVER_COUNTED);
        // "of the world's oil"
        let owner = is!(scan, last + 1, "'s");
        (!counts && !owner && !scan.is_hyphen(last + 1)).then_some(last + 1)
    };
    whole().or_else(|| of_whose(scan, j)).or_else(|| counted(scan, j, false)).or_else(|| thing(scan, j))
}

/// "of the city's population", "of Orel's voters": the thing after its owner, whose name starts at token `j`.
fn of_whose(scan: &Scan, j: usize) -> Option<usize> {
    let owner = (j..j + WHOLE_WORDS).take_while(|&k| scan.is_content(k)).last()?;
    let genitive = owner + 1;
    if !is!(scan, genitive, "'s") || !scan.touches(genitive) {
        return None;
    }
    let of = genitive + 1;
    counted(scan, of, false).or_else(|| thing(scan, of))
}

/// The end of the word on hyphens that starts at token `i`, if one does.
fn compound(scan: &Scan, i: usize) -> Option<usize> {
    let mut end = i + 1;
    while end < i + 6 && scan.is_content(i) && scan.joins(end) && scan.is_word(end + 1) {
        end += 2;
    }
    (end > i + 1).then_some(end)
}

/// The end of the thing that a share is of, from token `i` on: "poverty level", "ice-free surface". A verb is none of it.
fn thing(scan: &Scan, i: usize) -> Option<usize> {
    let last = (i..i + WHOLE_WORDS).take_while(|&k| scan.is_content(k)).last()? + 1;
    // "ice-free surface", "total non-farm employment"
    if let Some(end) = [i, i + 1].into_iter().find_map(|k| compound(scan, k)) {
        let noun = scan.is_content(end) && scan.case(end) == Case::Lower && !scan.has(end, class::PAST | class::VERB_ON_S);
        return Some(end + usize::from(noun));
    }
    let second = i + 1;
    let verb = scan.has(second, class::VERB_ON_S) || scan.is_plural(second);
    Some(if verb { second } else { one_thing(scan, i, last).unwrap_or(second) })
}

/// Most words of what a share is of.
const WHOLE_WORDS: usize = 4;
