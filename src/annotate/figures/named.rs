//! More numbers that are part of a name or a code: marks of a list in brackets, books of scripture, codes of law, captions, product
//! names before what is counted. `context::is_name` has the everyday ones.

use super::number::{Form, Number};
use super::scan::Scan;
use super::words::class;
use crate::document::Case;

/// Most capitalised words of a name before its number.
const NAME_REACH: usize = 5;

/// The token to go on from, if the bare number at its place is none.
pub(super) fn named(scan: &Scan, number: &Number) -> Option<usize> {
    let i = number.start;
    if number.form == Form::Ordinal {
        let book =
            scan.has(number.end, class::SCRIPTURE) && scan.case(number.end) == Case::Initial && scan.case(number.start) != Case::Lower;
        return (book && !number.digits && number.value.value() <= 3.0).then_some(number.end);
    }
    if number.form != Form::Cardinal || !number.digits {
        // "NIL" is an abbreviation.
        return (scan.is(i, "nil") && scan.case(i) == Case::Upper).then_some(number.end);
    }
    let end = number.end;
    let plain = number.plain > 0;
    let lone = plain && (list_mark(scan, number) || law_code(scan, number) || caption(scan, i) || dialled(scan, number));
    let book = plain && scan.near(end) && scan.has(end, class::SCRIPTURE) && scan.case(end) == Case::Initial;
    let scripture = book && number.value.value() <= 3.0;
    if lone
        || scripture
        || lettered(scan, number)
        || emergency(scan, number)
        || of_a_model(scan, number)
        || of_a_screen_or_race(scan, number)
        || labelled(scan, number)
        || in_a_capitalised_name(scan, number)
    {
        return Some(end);
    }
    // "PA 19102-2105": what comes after the five digits is none either.
    let extended = number.plain == 5 && scan.joins(end) && scan.is_number(end + 1) && scan.word(end + 1).len() == 4;
    let placed = i > 0 && (scan.case(i - 1) == Case::Upper && scan.word(i - 1).len() == 2 || scan.word(i - 1) == ",");
    (extended && placed).then_some(end + 2)
}

/// "it delivers: (1) access to a network; (2) reports, and (3) a page".
fn list_mark(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    let bracketed = i > 1 && number.plain <= 2 && scan.word(i - 1) == "(" && scan.touches(i) && scan.word(number.end) == ")";
    if !bracketed || !scan.touches(number.end) || !scan.is_word(number.end + 1) || !scan.near(number.end + 1) {
        return false;
    }
    matches!(scan.word(i - 2), ";" | ":" | ",") || scan.any(i - 2, &["and", "or"])
}

/// "18 U.S.C. 1001", "29 CFR 1910": both numbers.
fn law_code(scan: &Scan, number: &Number) -> bool {
    let code = |j: usize| scan.case(j) != Case::Lower && scan.any(j, &["u.s.c", "u.s.c.", "usc", "c.f.r", "c.f.r.", "cfr"]);
    let i = number.start;
    let back = |n: usize| i >= n && code(i - n);
    code(number.end) && scan.near(number.end) || back(1) || i > 1 && scan.word(i - 1) == "." && back(2)
}

/// "Hide Caption 30 of 43 Photos": the second number.
fn caption(scan: &Scan, i: usize) -> bool {
    i > 2 && scan.is(i - 1, "of") && scan.is_number(i - 2) && scan.any(i - 3, &["caption", "photo", "photos", "slide", "image"])
}

/// "+1 (262) 488-8633": the code of a country before an area in brackets.
fn dialled(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    let end = number.end;
    let opens = scan.word(end) == "(" && scan.is_number(end + 1) || scan.word(end) == ")";
    i > 0 && scan.word(i - 1) == "+" && scan.touches(i) && opens
}

/// "Suite 207B", "the 340B programme": a whole number with a capital B is billions only where it counts.
fn lettered(scan: &Scan, number: &Number) -> bool {
    let word = scan.word(number.start);
    let whole = word.len() > 1 && word.ends_with('B') && word[..word.len() - 1].bytes().all(|b| b.is_ascii_digit());
    if !whole || number.end != number.start + 1 {
        return false;
    }
    let i = number.start;
    let led = i == 0 || scan.opens(i) || scan.is(i - 1, "the") || scan.case(i - 1).is_capitalised() || scan.has(i - 1, class::NAMING);
    let counts = scan.is_plural(number.end) || scan.is_hyphen(number.end) || scan.is(number.end, "of");
    let large = word.len() > 3 && !scan.any(scan.over_hyphen(number.end), &["parameter", "parameters"]);
    led && (!counts || large)
}

/// "a 4K screen", "the 10K race": thousands only where they count.
fn of_a_screen_or_race(scan: &Scan, number: &Number) -> bool {
    let named = ["2K", "4K", "5K", "8K", "10K"].contains(&scan.word(number.start));
    named && number.end == number.start + 1 && !scan.is_plural(number.end) && !scan.is_plural(number.end + 1) && !scan.is(number.end, "of")
}

/// "figure 2.1", "table 4.3", "version 10.1"
fn labelled(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    let labels = ["figure", "fig", "table", "chapter", "section", "version", "exhibit", "clause", "article", "paragraph", "rule", "item"];
    number.plain == 0
        && scan.word(i).contains('.')
        && i > 0
        && scan.near(i)
        && number.rest.is_empty()
        && !number.scaled
        && scan.any(i - 1, &labels)
}

/// "the Galaxy Fold 7 users", "a Fortune 500 firm": an article, a name in capitals and a short number, whatever comes after.
fn in_a_capitalised_name(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    if number.plain == 0 || number.plain > 4 || i < 2 || !scan.near(i) || scan.joins(number.end) {
        return false;
    }
    let mut first = i;
    while first > 0 && i - first < NAME_REACH {
        let entry = scan.entry(first - 1);
        let calendar = entry.month > 0 || entry.weekday > 0 || entry.number.is_some();
        let name = scan.is_word(first - 1) && scan.case(first - 1).is_capitalised() && scan.near(first) && !calendar;
        if !name || scan.has(first - 1, class::FUNCTION) {
            break;
        }
        first -= 1;
    }
    // A headline is all in capitals.
    let lower_after = !scan.case(number.end).is_capitalised();
    first < i && first > 0 && scan.near(first) && lower_after && scan.any(first - 1, &["the", "a", "an"])
}

/// "called 911", "a 911 dispatcher".
fn emergency(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    if !matches!(scan.word(i), "911" | "999" | "112" | "988") || number.end != i + 1 {
        return false;
    }
    let calls = ["called", "calls", "calling", "dialed", "dialled", "dialing", "phoned"];
    let led = i > 0 && scan.near(i) && (scan.any(i - 1, &calls) || scan.has(i - 1, class::TELEPHONE));
    let answered = [
        "call",
        "calls",
        "caller",
        "callers",
        "dispatcher",
        "dispatchers",
        "operator",
        "operators",
        "emergency",
        "system",
        "center",
        "recording",
    ];
    led && !scan.is_content(number.end) || scan.near(number.end) && scan.any(number.end, &answered)
}

/// "the 3 Series", "an Alpha 7 III": a model.
fn of_a_model(scan: &Scan, number: &Number) -> bool {
    let next = number.end;
    let roman = matches!(scan.word(next), "II" | "III" | "IV" | "VI" | "VII");
    number.plain > 0 && scan.near(next) && (roman || number.plain == 1 && scan.word(next) == "Series")
}

/// Programmes whose names are lengths of time in running text.
const PROGRAMMES: [(&str, &str); 2] = [("60", "Minutes"), ("48", "Hours")];

/// "the Thirty Years’ War", "60 Minutes", "7-Eleven": the number is one of a name, whatever unit is in it. Gives the token to go on from.
pub(super) fn title_of_a_work(scan: &Scan, number: &Number) -> Option<usize> {
    let unit = scan.over_hyphen(number.end);
    let capital = scan.case(unit) == Case::Initial && scan.is_word(unit) && scan.near(unit);
    if !capital || number.form == Form::Ordinal {
        return None;
    }
    if PROGRAMMES.contains(&(scan.word(number.start), scan.word(unit))) && number.plain == 2 && !scan.case(unit + 1).is_capitalised() {
        return Some(unit + 1);
    }
    if number.digits && unit > number.end && scan.entry(unit).number.is_some() {
        return Some(unit + 1);
    }
    let war = unit + 1 + usize::from(matches!(scan.word(unit + 1), "'" | "’"));
    (scan.word(war) == "War" && scan.near(war)).then_some(war + 1)
}
