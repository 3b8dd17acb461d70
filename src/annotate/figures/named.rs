//! More numbers that are part of a name or a code: marks of a list in brackets, books of scripture, codes of law, captions, product
//! names before what is counted. `context::is_name` has the everyday ones.

use super::number::{Form, Number};
use super::scan::{Scan, any, is};
use super::words::{NameWord, class};
use crate::document::{Case, Gap, TokenKind};

/// Most capitalised words of a name before its number.
const NAME_REACH: usize = 5;

/// The token after a name that the word lists know ("Two Rivers", "60 Minutes", "Fox News Sunday"), if token `i` is a number or a part of
/// the calendar in it.
pub(super) fn listed_name(scan: &Scan, i: usize) -> Option<usize> {
    let word = name_word(scan, i);
    if !word.inside {
        return None;
    }
    let small = |j: usize| scan.case(j) == Case::Lower && !scan.has(j, class::FUNCTION);
    if !word.small && small(i) {
        return None;
    }
    let next = |j: usize| {
        let next = scan.over_hyphen(j + 1);
        scan.near(j + 1).then_some(next)
    };
    for start in (i.saturating_sub(NAME_REACH)..=i).rev() {
        if name_word(scan, start).opens
            && let Some((cased, last)) = scan.lexicon.names.longest(scan, start, next).filter(|&(_, last)| last >= i)
            && !(cased && (start..=last).any(small))
        {
            return Some(last + 1);
        }
        if !scan.near(start) {
            break;
        }
    }
    None
}

fn name_word(scan: &Scan, i: usize) -> NameWord {
    if scan.is_number(i) { scan.lexicon.name_numbers.get(scan.lower(i)).copied().unwrap_or_default() } else { scan.entry(i).name }
}

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
        return (is!(scan, i, "nil") && scan.case(i) == Case::Upper).then_some(number.end);
    }
    let end = number.end;
    let plain = number.plain > 0;
    // "30 Under 30": both numbers.
    if plain && scan.word(end) == "Under" && scan.near(end) && scan.word(end + 1) == scan.word(i) {
        return Some(end + 2);
    }
    // A run of digits, or one with letters, points or commas in it.
    let is_none = if is!(scan, i, ".") {
        of_a_gun(scan, number)
    } else if plain {
        let before_mark = || list_mark(scan, number) || one_post(scan, number) || dialled(scan, number) || heads_a_line(scan, number);
        let before_name = || of_scripture(scan, number) || of_a_model(scan, number) || stars(scan, number);
        !scan.is_plain(end) && before_mark()
            || scan.case(end) != Case::Lower && before_name()
            || number.plain == 3 && emergency(scan, number)
            || law_code(scan, number)
            || caption(scan, i)
            || in_a_capitalised_name(scan, number)
            || one_of_them(scan, number)
            || listed_with_a_name(scan, number)
    } else {
        lettered(scan, number) || of_a_screen_or_race(scan, number) || labelled(scan, number)
    };
    if is_none {
        return Some(end);
    }
    // "PA 19102-2105": what comes after the five digits is none either.
    let extended = number.plain == 5 && scan.joins(end) && scan.is_number(end + 1) && scan.word(end + 1).len() == 4;
    let placed = i > 0 && (scan.case(i - 1) == Case::Upper && scan.word(i - 1).len() == 2 || is!(scan, i - 1, ","));
    (extended && placed).then_some(end + 2)
}

/// "it delivers: (1) access to a network; (2) reports, and (3) a page".
fn list_mark(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    let bracketed = i > 0 && number.plain <= 2 && is!(scan, i - 1, "(") && scan.touches(i) && is!(scan, number.end, ")");
    if !bracketed || !scan.touches(number.end) || !scan.is_word(number.end + 1) || !scan.near(number.end + 1) {
        return false;
    }
    let opens = i == 1 || scan.gap(i - 1) >= Gap::Line;
    opens && scan.case(number.end + 1).is_capitalised() || i > 1 && any!(scan, i - 2, [";", ":", ",", "and", "or"])
}

/// "(2/)", "(2/5)": the number of one post among many.
fn one_post(scan: &Scan, number: &Number) -> bool {
    let (i, slash) = (number.start, number.end);
    let opens = i > 0 && is!(scan, i - 1, "(") && scan.touches(i) && number.plain <= 2;
    let closes = is!(scan, slash + 1, ")") || scan.is_number(slash + 1) && is!(scan, slash + 2, ")") && scan.word(slash + 1).len() <= 2;
    opens && is!(scan, slash, "/") && scan.touches(slash) && scan.touches(slash + 1) && closes
}

/// "2 Kings", "1 Samuel"
fn of_scripture(scan: &Scan, number: &Number) -> bool {
    let end = number.end;
    scan.case(end) == Case::Initial && scan.near(end) && scan.has(end, class::SCRIPTURE) && number.value.value() <= 3.0
}

/// "18 U.S.C. 1001", "29 CFR 1910": both numbers.
fn law_code(scan: &Scan, number: &Number) -> bool {
    let code = |j: usize| scan.case(j) != Case::Lower && scan.has(j, class::LAW_CODE);
    let i = number.start;
    let back = |n: usize| i >= n && code(i - n);
    code(number.end) && scan.near(number.end) || back(1) || i > 1 && is!(scan, i - 1, ".") && back(2) || reported(scan, number)
}

/// "554 U.S. 570", "554 U.S. at 629": volume and page of the reports of a court.
fn reported(scan: &Scan, number: &Number) -> bool {
    let (i, end) = (number.start, number.end);
    let reports = |j: usize| matches!(scan.word(j), "U.S." | "F.2d" | "F.3d" | "F.4th");
    let at = |j: usize| j + usize::from(is!(scan, j, "at"));
    let volume = reports(end) && scan.near(end) && scan.is_number(at(end + 1)) && scan.near(end + 1);
    let before = i.wrapping_sub(1 + usize::from(i > 2 && is!(scan, i - 1, "at")));
    volume || reports(before) && scan.is_number(before.wrapping_sub(1))
}

/// "1 of 18 finalists" is one of them, as "one of" is: the others are counted.
fn one_of_them(scan: &Scan, number: &Number) -> bool {
    is!(scan, number.start, "1") && is!(scan, number.end, "of") && scan.near(number.end)
}

/// "on pages 39 and 40", "Sections 5, 6 and 7": the ones after the first.
fn listed_with_a_name(scan: &Scan, number: &Number) -> bool {
    let mut first = number.start;
    for _ in 0..NAME_REACH {
        let joint = usize::from(first > 0 && any!(scan, first - 1, ["and", "or", "&"]));
        let comma = usize::from(first > joint && is!(scan, first - 1 - joint, ","));
        let back = joint + comma + 1;
        if back == 1 || first < back + 1 || !scan.is_number(first - back) || !scan.near(first) || !scan.near(first - back) {
            return false;
        }
        first -= back;
        if scan.has(first - 1, class::NAMING) && scan.is_word(first - 1) {
            return !scan.is_content(number.end) && !scan.is_hyphen(number.end) && !is!(scan, number.end, "%");
        }
    }
    false
}

/// "Step 2: Fold the paper", "Day 3: The lake": the label of a line.
fn heads_a_line(scan: &Scan, number: &Number) -> bool {
    let (i, end) = (number.start, number.end);
    let label = i > 0 && scan.is_word(i - 1) && scan.case(i - 1) == Case::Initial && scan.opens(i - 1) && scan.near(i);
    label && number.plain <= 2 && is!(scan, end, ":") && scan.touches(end) && !scan.touches(end + 1)
}

/// "a 4 Star hotel".
fn stars(scan: &Scan, number: &Number) -> bool {
    let noun = scan.over_hyphen(number.end);
    number.plain == 1 && scan.near(noun) && matches!(scan.word(noun), "Star" | "STAR")
}

/// "Hide Caption 30 of 43 Photos": the second number.
fn caption(scan: &Scan, i: usize) -> bool {
    i > 2 && is!(scan, i - 1, "of") && scan.is_number(i - 2) && scan.has(i - 3, class::CAPTION)
}

/// "+1 (262) 488-8633": the code of a country before an area in brackets.
fn dialled(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    let end = number.end;
    let opens = is!(scan, end, "(") && scan.is_number(end + 1) || is!(scan, end, ")");
    i > 0 && is!(scan, i - 1, "+") && scan.touches(i) && opens
}

/// "Suite 207B", "the 340B programme": a whole number with a capital B is billions only where it counts.
fn lettered(scan: &Scan, number: &Number) -> bool {
    let word = scan.word(number.start);
    let whole = word.len() > 1 && word.ends_with('B') && word[..word.len() - 1].bytes().all(|b| b.is_ascii_digit());
    if !whole || number.end != number.start + 1 {
        return false;
    }
    let i = number.start;
    let owned = i > 0 && matches!(scan.word(i - 1), "'s" | "’s");
    let led =
        owned || i == 0 || scan.opens(i) || is!(scan, i - 1, "the") || scan.case(i - 1).is_capitalised() || scan.has(i - 1, class::NAMING);
    let counts = scan.is_plural(number.end) || scan.is_hyphen(number.end) || is!(scan, number.end, "of");
    let large = word.len() > 3 && !any!(scan, scan.over_hyphen(number.end), ["parameter", "parameters"]);
    led && (!counts || large)
}

/// "a 4K screen", "the 10K race": thousands only where they count.
fn of_a_screen_or_race(scan: &Scan, number: &Number) -> bool {
    let named = ["2K", "4K", "5K", "8K", "10K"].contains(&scan.word(number.start));
    named
        && number.end == number.start + 1
        && !scan.is_plural(number.end)
        && !scan.is_plural(number.end + 1)
        && !is!(scan, number.end, "of")
}

/// "a .380 handgun", "a .45-caliber pistol"
fn of_a_gun(scan: &Scan, number: &Number) -> bool {
    let calibre = number.end == number.start + 2 && (2..=3).contains(&scan.word(number.start + 1).len());
    calibre && scan.has(scan.over_hyphen(number.end), class::GUN)
}

/// "figure 2.1", "table 4.3", "version 10.1"
fn labelled(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    number.plain == 0
        && scan.word(i).contains('.')
        && i > 0
        && scan.near(i)
        && number.rest.is_empty()
        && !number.scaled
        && scan.has(i - 1, class::LABEL)
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
    first < i && first > 0 && scan.near(first) && lower_after && any!(scan, first - 1, ["the", "a", "an"])
}

/// "called 911", "a 911 dispatcher".
fn emergency(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    if !any!(scan, i, ["911", "999", "112", "988"]) || number.end != i + 1 {
        return false;
    }
    let led = i > 0 && scan.near(i) && scan.has(i - 1, class::DIALLED | class::TELEPHONE);
    led && !scan.is_content(number.end) || scan.near(number.end) && scan.has(number.end, class::ANSWERING)
}

/// "the 3 Series", "an Alpha 7 III", "a 737 Max": a model.
fn of_a_model(scan: &Scan, number: &Number) -> bool {
    let next = number.end;
    let roman = matches!(scan.word(next), "II" | "III" | "IV" | "VI" | "VII");
    let jet = matches!(scan.word(next), "Max" | "MAX") && number.plain == 3;
    number.plain > 0 && scan.near(next) && (jet || roman || number.plain == 1 && scan.word(next) == "Series")
}

/// "the Thirty Years’ War", "9-Eleven": the number is one of a name, whatever unit is in it. Gives the token to go on from.
pub(super) fn title_of_a_work(scan: &Scan, number: &Number) -> Option<usize> {
    let unit = scan.over_hyphen(number.end);
    let capital = scan.case(unit) == Case::Initial && scan.is_word(unit) && scan.near(unit);
    if !capital || number.form == Form::Ordinal {
        return None;
    }
    if let Some(end) = quoted_title(scan, number).or_else(|| title_of_a_noun(scan, number)).or_else(|| title_of_capitals(scan, number)) {
        return Some(end);
    }
    if number.digits && unit > number.end && scan.entry(unit).number.is_some() {
        return Some(unit + 1);
    }
    let war = unit + 1 + usize::from(is!(scan, unit + 1, "'"));
    (scan.word(war) == "War" && scan.near(war)).then_some(war + 1)
}

/// Most words of a title after its number.
const TITLE_REACH: usize = 8;

/// The token after the capitalised words from token `from` on, with the small words between them.
fn end_of_capitals(scan: &Scan, from: usize) -> usize {
    let mut end = from;
    for j in from..from + TITLE_REACH {
        if !scan.is_word(j) || !scan.near(j) {
            break;
        }
        if scan.case(j).is_capitalised() {
            end = j + 1;
        } else if !scan.has(j, class::FUNCTION) {
            break;
        }
    }
    end
}

/// “12 Brave Sailors”: a quotation that is all in capitals and begins with the number.
fn quoted_title(scan: &Scan, number: &Number) -> Option<usize> {
    let opened = number.start > 0 && scan.kind(number.start - 1) == Some(TokenKind::Quote) && scan.touches(number.start);
    let end = end_of_capitals(scan, number.end);
    let mark = end + usize::from(any!(scan, end, [",", ".", "!", "?"]));
    let closed = scan.kind(mark) == Some(TokenKind::Quote) && scan.touches(mark);
    (opened && closed && !number.scaled && end > number.end + 1).then_some(end)
}

/// "the film 12 Brave Sailors", "the band 5 Seconds of Rain"
fn title_of_a_noun(scan: &Scan, number: &Number) -> Option<usize> {
    let noun = number.start.checked_sub(1)?;
    let led = scan.case(noun) == Case::Lower && scan.has(noun, class::WORK) && scan.near(number.start);
    led.then(|| end_of_capitals(scan, number.end))
}

/// "he saw 12 Brave Men": after small letters a run of capitals with a noun in it that has none of its own.
fn title_of_capitals(scan: &Scan, number: &Number) -> Option<usize> {
    let before = number.start.checked_sub(1)?;
    let within = scan.is_word(before) && scan.case(before) == Case::Lower && scan.near(number.start) && !number.scaled;
    if !within || number.plain > 3 {
        return None;
    }
    let end = end_of_capitals(scan, number.end);
    let noun = (number.end..end).any(|j| scan.has(j, class::TITLE_NOUN) && scan.case(j).is_capitalised());
    let words = (number.end..end).filter(|&j| scan.case(j).is_capitalised()).count();
    (noun && words > 1).then_some(end)
}
