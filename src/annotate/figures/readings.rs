//! Questions about a number word that the words around it answer: does "one" count, does "second" rank, is the number an age.

use super::amount::Amount;
use super::number::Form;
use super::scan::{Scan, any, is};
use super::unit::meaning;
use super::words::{Meaning, NumeralClass, NumeralForm, class};
use crate::annotate::lexicon::word_hash;
use crate::document::{Case, TokenKind};

/// The end of "-old", "old", "of age" after a unit of time.
pub(super) fn age_after(scan: &Scan, i: usize) -> Option<usize> {
    let next = if scan.is_hyphen(i) && scan.near(i + 1) { i + 1 } else { i };
    if any!(scan, next, ["old", "olds"]) && scan.near(next) {
        return Some(next + 1);
    }
    (is!(scan, i, "of") && is!(scan, i + 1, "age")).then_some(i + 2)
}

/// Whether "aged", "ages of" and the like lead to token `i`.
pub(super) fn aged_before(scan: &Scan, i: usize) -> bool {
    for j in (i.saturating_sub(5)..i).rev().take_while(|&j| scan.near(j + 1)) {
        let entry = scan.entry(j);
        if entry.classes & class::AGED != 0 {
            return true;
        }
        let passes = entry.classes & class::AGE_PASSES != 0 || entry.number.is_some() || scan.is_number(j) || scan.is_dash(j);
        if !passes {
            break;
        }
    }
    false
}

/// "aged 18", "age 7", "Maria Lopez, 54, said".
pub(super) fn is_age(scan: &Scan, a: &Amount) -> bool {
    let i = a.start;
    // "the age of 16-and-a-half"
    let whole = a.number.value.as_int().or_else(|| (a.end > i + 2).then(|| a.number.value.value() as i64));
    let Some(value) = whole.filter(|v| (0..=120).contains(v)) else { return false };
    if i == 0 || a.number.form != Form::Cardinal {
        return false;
    }
    if aged_before(scan, i) {
        return true;
    }
    // "everyone 18 and over", "75 or older"
    let limit = any!(scan, a.end, ["or", "and"])
        && (any!(scan, a.end + 1, ["older", "younger"]) || is!(scan, a.end, "and") && any!(scan, a.end + 1, ["over", "under", "up"]));
    let people =
        || scan.is_plural(i - 1) || any!(scan, i - 1, ["everyone", "anyone", "someone", "those", "all"]) || scan.has(i - 1, class::PERSON);
    if value > 1 && a.number.plain > 0 && limit && (people() || any!(scan, a.end + 1, ["older", "younger"])) {
        return true;
    }
    if value > 1 && limit_of_people(scan, a) {
        return true;
    }
    // "the 25-54 age group", "the 18-49 demographic"
    let group = is!(scan, a.end, "age") && any!(scan, a.end + 1, ["group", "groups", "demographic", "bracket", "range", "category"]);
    let audience = scan.is_dash(i + 1) && any!(scan, a.end, ["demo", "demographic"]);
    if value > 1 && scan.near(a.end) && (group || audience) {
        return true;
    }
    // "the under-30 vote", "the over-65 population"
    let limited = i > 1 && value > 1 && a.number.plain > 0 && scan.joins(i - 1) && any!(scan, i - 2, ["under", "over"]);
    if limited && scan.is_word(a.end) && scan.near(a.end) && scan.is_content(a.end) {
        return true;
    }
    if value > 9 && (told_of_a_person(scan, a) || birthday(scan, a)) {
        return true;
    }
    let digits = a.number.plain > 0 && a.number.plain <= 3 && value > 0;
    let child = |j: usize| {
        any!(scan, j, ["boy", "girl", "son", "daughter", "brother", "sister", "baby", "child", "toddler", "schoolboy", "schoolgirl"])
    };
    // "a boy of 14", "a woman of 80"
    let of = digits
        && i > 2
        && is!(scan, i - 1, "of")
        && (child(i - 2) || any!(scan, i - 2, ["man", "woman", "youth", "teenager"]) && value > 12);
    if of && any!(scan, i - 3, ["a", "the", "another"]) && !scan.is_content(a.end) && !scan.is_hyphen(a.end) && !is!(scan, a.end, "%") {
        return true;
    }
    // "John Smith (45)"
    let bracketed = i > 2 && is!(scan, i - 1, "(") && is!(scan, a.end, ")") && value > 12;
    if digits
        && bracketed
        && scan.near(i - 1)
        && scan.case(i - 2) == Case::Initial
        && scan.case(i - 3) == Case::Initial
        && scan.is_word(i - 3)
    {
        return !(i.saturating_sub(8)..i).any(|j| scan.has(j, class::SPORT));
    }
    // "Brell Jr., 64, whose"
    let junior = i > 3 && is!(scan, i - 2, ".") && scan.touches(i - 2) && any!(scan, i - 3, ["jr", "sr"]);
    let second = i > 3 && matches!(scan.word(i - 2), "II" | "III" | "IV") && scan.near(i - 2);
    let now = i > 3 && digits && value > 12 && is!(scan, i - 1, "now") && is!(scan, i - 2, ",") && is!(scan, a.end, ",");
    if now && scan.near(i) && scan.touches(a.end) {
        return named_like_a_person(scan, i - 3) || scan.has(i - 3, class::PERSON);
    }
    let who = i.saturating_sub(2 + usize::from(junior || second));
    if !(digits && i > 1 && is!(scan, i - 1, ",") && scan.touches(i - 1) && scan.is_word(who)) {
        return false;
    }
    let entry = scan.entry(who);
    let person = entry.classes & class::PERSON != 0 && (value > 9 || child(who));
    (person || named_like_a_person(scan, who) || hyphened_name(scan, who))
        && entry.month == 0
        && entry.weekday == 0
        && any!(scan, a.end, [",", ".", ";", ")"])
        && scan.touches(a.end)
        && (is!(scan, a.end, ",")
            || person
            || i > 3 && !junior && !second && (scan.case(i - 3).is_capitalised() || scan.has(i - 3, class::SAYING) || initial(scan, i - 3)))
}

/// "people over 65", "children under five", "those under 30": nothing else is counted after it.
pub(super) fn limit_of_people(scan: &Scan, a: &Amount) -> bool {
    let i = a.start;
    // "young voters, under 30, stayed away"
    let who = if i > 3 && is!(scan, i - 2, ",") { i - 3 } else { i.saturating_sub(2) };
    if i < 2
        || a.number.scaled
        || !scan.near(i)
        || !any!(scan, i - 1, ["over", "under"])
        || a.number.digits && !(1..=3).contains(&scan.word(i).len())
    {
        return false;
    }
    let named = any!(scan, who, ["everyone", "anyone", "those", "adults", "kids", "teenagers", "babies", "infants", "toddlers"])
        || any!(scan, who, ["people", "men", "women", "children", "girls", "boys", "grandchildren"]);
    let plural_person = || {
        let word = scan.word(who);
        word.strip_suffix('s').is_some_and(|one| scan.lexicon.entry(word_hash(one)).classes & class::PERSON != 0)
    };
    let alone = match scan.kind(a.end) {
        None => true,
        Some(TokenKind::Punctuation) => !scan.is_hyphen(a.end) && !any!(scan, a.end, ["/", "%"]),
        Some(TokenKind::Word) => scan.has(a.end, class::FUNCTION) && !any!(scan, a.end, ["of", "per", "more", "other"]),
        _ => scan.kind(a.end) == Some(TokenKind::Quote),
    };
    scan.near(i - 1) && alone && (named || plural_person())
}

/// Whether token `i` is the point of an initial or a title: "Donna L. Brell, 54;", "said Mr. Okafor, 51."
fn initial(scan: &Scan, i: usize) -> bool {
    i > 1 && is!(scan, i, ".") && scan.touches(i) && scan.word(i - 1).len() <= 3 && scan.case(i - 1).is_capitalised()
}

/// "Okafor", "McAllister", "O'Brien": a capital and small letters.
fn named_like_a_person(scan: &Scan, i: usize) -> bool {
    match scan.case(i) {
        Case::Initial => true,
        Case::Mixed => scan.word(i).starts_with(|c: char| c.is_uppercase()) && scan.word(i).ends_with(|c: char| c.is_lowercase()),
        _ => false,
    }
}

/// "Wong Tai-lam", whose last word has no capital.
fn hyphened_name(scan: &Scan, i: usize) -> bool {
    let capital = |j: usize| scan.is_word(j) && scan.near(j + 1) && named_like_a_person(scan, j);
    i > 2 && scan.joins(i - 1) && scan.case(i) == Case::Lower && capital(i - 2) && capital(i - 3)
}

/// "he will be 80", "after turning 65", "once they turned 21", "At 14, she": a birthday, by itself or with a day.
fn birthday(scan: &Scan, a: &Amount) -> bool {
    let verb = a.start - 1;
    let adult = a.number.plain == 2 && a.number.value.as_int().is_some_and(|v| v >= 13) && scan.near(a.start);
    if !adult {
        return false;
    }
    // "At 14, she", "at 14 I"
    let comma = usize::from(is!(scan, a.end, ","));
    if is!(scan, verb, "at") && any!(scan, a.end + comma, ["he", "she", "i"]) {
        return true;
    }
    if verb == 0 {
        return false;
    }
    let alone = match scan.kind(a.end) {
        Some(TokenKind::Punctuation) => any!(scan, a.end, [".", ",", ";", "?", "!", "—", "–", ")"]),
        Some(TokenKind::Word) => any!(scan, a.end, ["and", "but", "when", "in", "on", "at", "this", "next", "last"]),
        kind => kind.is_none() || !scan.near(a.end) || kind == Some(TokenKind::Quote),
    };
    let soon = verb - usize::from(is!(scan, verb - 1, "soon"));
    let will = soon > 1 && any!(scan, soon - 1, ["will", "would", "'ll"]);
    let person = |j: usize| any!(scan, j, ["he", "she", "who", "i", "they"]);
    // "people turning 55 now"
    let turning = is!(scan, verb, "turning") && (alone || any!(scan, a.end, ["now", "during", "by", "before", "after", "or"]));
    let turns = is!(scan, verb, "turned") && any!(scan, verb - 1, ["they", "we", "you"])
        || is!(scan, verb, "turn") && (will || is!(scan, verb - 1, "to"));
    turning || alone && (turns || is!(scan, verb, "be") && will && (person(soon - 2) || soon < verb && named_like_a_person(scan, soon - 2)))
}

/// "she was 57.", "when he turned eighty": a person's being is an age, unless something is counted.
fn told_of_a_person(scan: &Scan, a: &Amount) -> bool {
    let about = usize::from(any!(scan, a.start - 1, ["about", "around", "only", "just", "almost", "nearly", "over"]));
    let Some(verb) = a.start.checked_sub(1 + about).filter(|&v| v > 0) else { return false };
    if !(any!(scan, verb, ["was", "is", "'s", "'m", "were", "turned", "turns"]) || is!(scan, a.start - 1, "at")) {
        return false;
    }
    let ends = match scan.kind(a.end) {
        None => true,
        // A headline ends without a mark.
        _ if !scan.near(a.end) => true,
        Some(TokenKind::Punctuation) => any!(scan, a.end, [".", ",", ";", "?", "!", "—", "–"]),
        Some(TokenKind::Word) => any!(scan, a.end, ["and", "when", "at", "but", "years"]),
        _ => false,
    };
    let told = any!(scan, verb - 1, ["he", "she", "who", "i"]) && any!(scan, verb, ["was", "is", "'s", "'m", "turned", "turns", "were"]);
    let close = scan.near(a.start) && scan.near(verb) && a.number.plain <= 3;
    // "She turned 90 in March."
    let turned = any!(scan, verb, ["turned", "turns"]) && any!(scan, a.end, ["in", "on", "this", "last", "next"]);
    let ends = ends || turned && told;
    // "dies at 97", "dead at 63"
    let died = is!(scan, a.start - 1, "at") && a.start > 1 && scan.has(a.start - 2, class::LIFE);
    // "Lopez was 41 when he left", "Mr Webb was 70."
    let by_name = any!(scan, verb, ["was", "is", "turned"])
        && named_like_a_person(scan, verb - 1)
        && a.number.value.as_int().is_some_and(|v| v >= 13)
        && (is!(scan, a.end, "when") || is!(scan, a.end, "at") && any!(scan, a.end + 1, ["the", "his", "her"]));
    // "Okafor, a former mayor of Lervik, was 68."
    let in_apposition = || {
        let opens = (verb.saturating_sub(APPOSITION)..verb - 1).rev().find(|&j| scan.opens(j));
        let comma = |first: usize| (first + 1..first + 5).find(|&j| is!(scan, j, ",")).filter(|&comma| comma + 1 < verb - 1);
        let name = |first: usize, comma: usize| {
            (first..comma).all(|j| named_like_a_person(scan, j) || is!(scan, j, ".") || scan.case(j) == Case::Upper)
        };
        opens.is_some_and(|first| comma(first).is_some_and(|comma| name(first, comma)))
    };
    let gone = is!(scan, verb, "was") && is!(scan, verb - 1, ",") && a.number.value.as_int().is_some_and(|v| v >= 13) && in_apposition();
    ends && close && (told || died || by_name || gone)
}

/// Most tokens from a name to its age over what is told of who it is.
const APPOSITION: usize = 30;

/// Whether "one" counts something: "one hospital", not "the old one" or "one of".
pub(super) fn one_counts(scan: &Scan, i: usize) -> bool {
    let next = scan.over_hyphen(i + 1);
    // Nothing but "one": a cell of a table.
    if scan.tokens.len() == 1 {
        return true;
    }
    if !scan.near(next) {
        return false;
    }
    // "at least one of them", "only one of the bids": as many. "The only one of its kind" is a pronoun.
    if i > 0 && is!(scan, next, "of") && next == i + 1 && scan.near(i) {
        let more = is!(scan, i - 1, "than") && i > 1 && any!(scan, i - 2, ["more", "fewer", "less"]);
        let only = is!(scan, i - 1, "only") && !(i > 1 && scan.has(i - 2, class::DETERMINER));
        if more || only || is!(scan, i - 1, "least") {
            return true;
        }
    }
    // "no one", "the blue one": a pronoun.
    let pronoun = i > 0 && scan.near(i) && (scan.has(i - 1, class::DETERMINER) || any!(scan, i - 1, ["which", "only"]))
        || i > 1 && scan.near(i) && scan.is_content(i - 1) && scan.has(i - 2, class::DETERMINER) && next == i + 1;
    if pronoun
        && !(next > i + 1 && is!(scan, next, "in"))
        && scan.entry(next).number.is_none()
        && !matches!(meaning(scan, next, false), Some((Meaning::Unit(_) | Meaning::Percent, _)))
    {
        return false;
    }
    if next > i + 1 && is!(scan, next, "in") || is!(scan, next, "of") && is!(scan, next + 1, "every") {
        return true;
    }
    // "one or two people", "one or more gifts"; "one or two hundred" is read from its scale
    if next == i + 1 && is!(scan, next, "or") && any!(scan, next + 1, ["two", "more"]) && scan.near(next + 1) {
        return scan.entry(next + 2).number.is_none();
    }
    // "one, two and three"
    let listed = is!(scan, next, ",") && scan.entry(next + 1).number.is_some_and(|n| n.value == 2 && n.form == NumeralForm::Cardinal);
    if listed && any!(scan, next + 2, [",", "and", "or"]) {
        return scan.entry(next + 3).number.is_some();
    }
    if is!(scan, next, "day") {
        // "One day he left" tells no length.
        return i > 0 && scan.has(i - 1, class::BEFORE_ONE_DAY);
    }
    if next > i + 1 {
        let entry = scan.entry(next);
        return entry.number.is_some_and(|n| n.form != NumeralForm::Short)
            || meaning(scan, next, false).is_some()
            || is!(scan, next, "fold");
    }
    // "one - fourth", where every mark stands apart
    if scan.is_hyphen(next) && scan.near(next + 1) {
        return scan.entry(next + 1).number.is_some_and(|n| n.form == NumeralForm::Ordinal && n.value > 2);
    }
    if scan.entry(next).number.is_some() || any!(scan, next, ["in", "out", "over"]) {
        return scan.entry(next).number.is_some()
            || scan.entry(next + 1).number.is_some()
            || scan.is_number(next + 1)
            || is!(scan, next + 1, "of")
            || is!(scan, next + 1, "every")
            || is!(scan, next + 1, "a")
                && scan.entry(next + 2).number.is_some_and(|n| matches!(n.class, NumeralClass::Scale | NumeralClass::Hundred));
    }
    if any!(scan, next, ["and", "point"]) {
        return scan.entry(next + 1).number.is_some() || is!(scan, next + 1, "a");
    }
    // "one doesn’t have to guess"
    let shortened = scan.word(next).contains(['\'', '’']) && scan.word(next).ends_with('t');
    !shortened
        && scan.is_content(next)
        && scan.case(next) != Case::Upper
        && !scan.has(next, class::VERB_AFTER_ONE)
        && !is_what_one_does(scan, next)
        && !scan.word(next).ends_with("ing")
}

/// "One accuses the board", "one leads to another": a verb, as the one thing that is counted has no plural.
fn is_what_one_does(scan: &Scan, i: usize) -> bool {
    let on_s = scan.case(i) == Case::Lower && scan.word(i).ends_with('s') && scan.is_plural(i) && !scan.has(i, class::SINGULAR_ON_S);
    let noun_follows = scan.is_content(i + 1) && scan.case(i + 1) == Case::Lower || scan.is_hyphen(i + 1) || scan.touches(i + 1);
    scan.has(i, class::VERB_ON_S) || on_s && !noun_follows
}

/// Whether "first" or "second" ranks something: not "at first", "First Minister", "for a second".
pub(super) fn ordinal_counts(scan: &Scan, i: usize) -> bool {
    if scan.joins(i + 1) && scan.has(i + 2, class::COMPOUND) {
        return false;
    }
    if scan.case(i).is_capitalised() && !scan.opens(i)
        || scan.case(i).is_capitalised() && scan.case(i + 1).is_capitalised() && scan.is_word(i + 1)
    {
        return false;
    }
    // "the council (Second) seat"
    if i > 0 && is!(scan, i - 1, "(") && is!(scan, i + 1, ")") && scan.case(i).is_capitalised() {
        return false;
    }
    if i > 0 && is!(scan, i - 1, "at") || is!(scan, i + 1, "of") && is!(scan, i + 2, "all") {
        return false;
    }
    if is!(scan, i, "second")
        && i > 0
        && (any!(scan, i - 1, ["a", "per", "every", "each"]) && !scan.is_content(i + 1) || is!(scan, i - 1, "split"))
    {
        return false;
    }
    true
}
