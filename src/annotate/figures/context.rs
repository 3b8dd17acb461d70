//! What the words around a figure say: how exact it is, whether it went up or down, and whether the number is none (the name of a thing, a
//! house, a telephone).

use super::number::Number;
use super::scan::{Scan, any, is, word};
use super::words::class;
use crate::document::{Approx, Case, Gap, TokenKind, Trend};

/// What the words before token `start` say of exactness, and the first of those words.
pub(super) fn approx_before(scan: &Scan, start: usize) -> Option<(Approx, usize)> {
    if start == 0 || !scan.near(start) {
        return None;
    }
    if !scan.is_plain(start - 1)
        && let Some(found) = sign_before(scan, start)
    {
        return Some(found);
    }
    // Back from word to word, over hyphens ("more-than-three-fold").
    let before = |j: usize| {
        let word = j.checked_sub(1)?;
        let word = word - usize::from(scan.joins(word));
        (scan.near(j) && scan.is_word(word)).then_some(word)
    };
    if let Some(article) = article_before(scan, start) {
        // "over a $45 dispute", "around a 5-mile loop": single words say where and why.
        let found = scan.lexicon.approx_before.longest(scan, before(article)?, before);
        // "in the months leading up to a 10-day strike"
        let leads = |first: usize| first > 0 && any!(scan, first - 1, ["lead", "leads", "leading", "led"]);
        return found.filter(|&(_, first)| scan.has(first, class::BEFORE_ARTICLE) && !leads(first));
    }
    let (approx, first) = scan.lexicon.approx_before.longest(scan, before(start)?, before)?;
    // "spread over 40 sites" is no "more than", "talked about three bills" no "roughly".
    let after = |word: u64, classes| scan.lower(first) == word && scan.has(first - 1, classes);
    let lies = first > 0
        && first + 1 == start
        && scan.near(first)
        && (after(word!("over"), class::SPREAD_OVER) || after(word!("about"), class::TOLD_ABOUT));
    // "shot up to 46 percent", "adds up to $10,000": where it led.
    let led_to =
        || approx == Approx::UpTo && is!(scan, first, "up") && first > 0 && scan.near(first) && scan.has(first - 1, class::UP_VERB);
    (!lies && !led_to()).then_some((approx, first))
}

/// The article before a figure, which what is told of exactness stands before: "up to a $45,000 grant", "up to an additional 5%".
fn article_before(scan: &Scan, start: usize) -> Option<usize> {
    let more = scan.near(start) && any!(scan, start - 1, ["additional", "further", "extra"]);
    let article = start.checked_sub(1 + usize::from(more))?;
    (any!(scan, article, ["a", "an", "another"]) && scan.near(article) && scan.near(article + 1)).then_some(article)
}

/// "~5", "<5", ">=5": signs that touch the number.
fn sign_before(scan: &Scan, start: usize) -> Option<(Approx, usize)> {
    let at = start - 1;
    let sign = scan.word(at);
    if !matches!(sign.as_bytes(), [b'~' | b'<' | b'>' | b'='] | [0xE2, 0x89, _]) {
        return None;
    }
    let paired = at > 0 && scan.touches(at) && scan.touches(start);
    match if at > 0 { scan.word(at - 1) } else { "" } {
        "=" if paired && sign == ">" => return Some((Approx::AtLeast, at - 1)),
        "=" if paired && sign == "<" => return Some((Approx::AtMost, at - 1)),
        // "<>5": anything else.
        "<" if paired && sign == ">" => return None,
        _ => {}
    }
    let equal = sign == "=" && at > 0 && scan.touches(at);
    match if equal { scan.word(at - 1) } else { sign } {
        "~" if !equal => Some((Approx::About, at)),
        "≤" => Some((Approx::AtMost, at)),
        "≥" => Some((Approx::AtLeast, at)),
        "<" if equal => Some((Approx::AtMost, at - 1)),
        ">" if equal => Some((Approx::AtLeast, at - 1)),
        "<" if scan.touches(start) => Some((Approx::Under, at)),
        ">" if scan.touches(start) => Some((Approx::Over, at)),
        _ => None,
    }
}

/// What the words after token `end` say of exactness; and the end of a suffix that belongs to the figure ("20-plus", "150-odd", "20+").
pub(super) fn approx_after(scan: &Scan, end: usize) -> Option<(Approx, usize)> {
    if is!(scan, end, "+") && scan.touches(end) {
        return Some((Approx::Over, end + 1));
    }
    if scan.joins(end) {
        let said = scan.lexicon.approx_after.numbered(scan.lower(end + 1)).filter(|_| scan.case(end + 1) == Case::Lower);
        return said.map(|approx| (approx, end + 2));
    }
    let word = |j: usize| (scan.is_word(j) && scan.near(j)).then_some(j);
    let (approx, last) = scan.lexicon.approx_after.longest(scan, word(end)?, |j| word(j + 1))?;
    // "£30m plus £5m": a sum. "20 or less than 10": another bound.
    let next = last + 1;
    if is!(scan, next, "than") {
        return None;
    }
    let sum = is!(scan, end, "plus")
        && (scan.is_number(next) || scan.lexicon.sign(scan.word(next)).is_some() || any!(scan, next, ["a", "an", "the"]));
    (!sum).then_some((approx, end))
}

/// Whether the words around say that the figure went up or down: "rose by 5%", "a 5% cut", "5% lower".
pub(super) fn trend(scan: &Scan, start: usize, end: usize) -> Option<Trend> {
    let of = |classes: class::Classes| -> Option<Trend> {
        if classes & class::TREND_UP != 0 {
            Some(Trend::Up)
        } else if classes & class::TREND_DOWN != 0 {
            Some(Trend::Down)
        } else {
            None
        }
    };
    for j in (start.saturating_sub(4)..start).rev() {
        if !scan.is_word(j) || !scan.near(j + 1) {
            break;
        }
        // "makes up 75 percent": nothing rises.
        if is!(scan, j, "up") && j > 0 && scan.has(j - 1, class::PARTICLE_VERB) {
            break;
        }
        // "shut down 12 mills", "struck down two laws"
        if is!(scan, j, "down") && j > 0 && scan.has(j - 1, class::DOWN_VERB) {
            break;
        }
        // "fell in 39 cities": that is where. "cut in half"
        if j + 1 == start && is!(scan, j, "in") && !is!(scan, start, "half") {
            break;
        }
        let classes = scan.entry(j).classes;
        if let Some(trend) = of(classes) {
            return Some(trend);
        }
        if classes & class::TREND_PASSES == 0 {
            break;
        }
    }
    let next = scan.over_hyphen(end);
    if scan.is_word(next) && scan.near(next) { of(scan.entry(next).classes) } else { None }
}

/// Whether the number at its place is part of a name: "Channel 4", "F-35", "10 Downing Street", "Boeing 737".
pub(super) fn is_name(scan: &Scan, number: &Number, bare: bool) -> bool {
    let i = number.start;
    let word = scan.word(i);
    if !number.digits {
        // "Three Mile Island", "Nine Inch Nails": a headline has "Miles".
        let unit = number.end;
        let capital = scan.case(i) == Case::Initial;
        if capital
            && scan.case(unit) == Case::Initial
            && scan.case(unit + 1).is_capitalised()
            && scan.has(unit, class::UNIT_NAME)
            && scan.near(unit)
            && !is!(scan, i, "one")
        {
            return true;
        }
        // "a high-five", "catch-22"
        if i > 1
            && scan.touches(i)
            && scan.is_hyphen(i - 1)
            && scan.touches(i - 1)
            && scan.is_word(i - 2)
            && scan.entry(i - 2).number.is_none()
        {
            return !scan.has(i - 2, class::BEFORE_HYPHEN) || is!(scan, i - 2, "a") && scan.case(i - 2).is_capitalised();
        }
        // "Ocean’s Eleven", "the Group of Seven"; a headline goes on in capitals.
        let of_a_name = || {
            i > 1
                && (matches!(scan.word(i - 1), "'s" | "’s") || is!(scan, i - 1, "of") && scan.case(i - 1) == Case::Lower)
                && scan.case(i - 2).is_capitalised()
        };
        if bare && capital && of_a_name() && !scan.case(number.end).is_capitalised() {
            return true;
        }
        // "phase two", "season three", "stage four cancer"
        let counts = || scan.is_plural(number.end) || is!(scan, number.end, "of") || scan.is_hyphen(number.end);
        let small = || number.form == super::number::Form::Cardinal && !number.scaled && number.value.value() <= 20.0;
        if bare
            && i > 0
            && scan.near(i)
            && scan.case(i) == Case::Lower
            && scan.has(i - 1, class::NAMING | class::STAGED)
            && small()
            && !counts()
        {
            return scan.has(i - 1, class::STAGED) || !scan.is_content(number.end) || scan.has(number.end, class::PAST | class::FUTURE);
        }
        // "Ten Downing Street"
        let street = || {
            let capital = |j: usize| scan.is_word(j) && scan.near(j) && scan.case(j).is_capitalised();
            (number.end..number.end + 3).take_while(|&j| capital(j)).any(|j| j > number.end && scan.has(j, class::STREET))
        };
        if bare && capital && street() {
            return true;
        }
        // "Article Fifty", "Section One": capitals make the name.
        return bare
            && i > 0
            && capital
            && !scan.opens(i)
            && scan.near(i)
            && (scan.case(i - 1).is_capitalised() && scan.is_word(i - 1)
                || scan.case(number.end).is_capitalised() && scan.is_word(number.end) && scan.near(number.end));
    }
    let plain = number.plain > 0;
    if plain && word.len() > 1 && word.starts_with('0') {
        return true;
    }
    if i > 0 && scan.touches(i) {
        let before = scan.word(i - 1);
        // "was shown [2] in May"
        if before == "[" && bare && plain && word.len() <= 3 && is!(scan, number.end, "]") {
            return true;
        }
        // "J1149.5+6663"
        let coded = |j: usize| {
            matches!(scan.kind(j), Some(TokenKind::Word | TokenKind::Address)) || scan.touches(j) && j > 1 && is!(scan, j - 1, ".")
        };
        if before == "+" && scan.touches(i - 1) && i > 1 && coded(i - 2) {
            return true;
        }
        // "12(b)(6)"
        if before == "(" && i > 1 && scan.touches(i - 1) && is!(scan, number.end, ")") {
            return true;
        }
        // "F-35", "carbon-14", "#1", "1.2.3"
        if (scan.is_hyphen(i - 1) || before == "\u{2212}") && scan.touches(i - 1) && i > 1 && scan.is_word(i - 2) {
            return !scan.has(i - 2, class::BEFORE_HYPHEN) || is!(scan, i - 2, "a") && scan.case(i - 2).is_capitalised();
        }
        // "x=5" is set, "<=5" is compared
        let compared = before == "=" && i > 1 && any!(scan, i - 2, ["<", ">"]);
        // "P5+1", "R+10"
        if before == "+" && bare && i > 1 && scan.touches(i - 1) && (scan.is_word(i - 2) || scan.is_number(i - 2)) {
            return true;
        }
        if matches!(before, "#" | "§" | "№" | "_" | "/" | "\\" | "=" | "&" | "." | "*" | ")") && !compared {
            return true;
        }
    }
    // "§ 353"
    if i > 0 && scan.near(i) && any!(scan, i - 1, ["§", "№"]) || bare && postal_code(scan, number) {
        return true;
    }
    if house_number(scan, number) || !scan.is_plain(number.end) && is_before_mark(scan, number, bare) {
        return true;
    }
    if i == 0 || !scan.near(i) || !bare {
        return false;
    }
    if i > 1 && is!(scan, i - 1, ".") && scan.touches(i - 1) && scan.has(i - 2, class::NUMBERED) {
        return true;
    }
    if !scan.is_word(i - 1) || !plain && !number.rest.is_empty() {
        return false;
    }
    let capital = scan.case(i - 1).is_capitalised();
    let counts = || {
        scan.is_plural(number.end)
            || scan.case(number.end) == Case::Lower
                // "SKW 3 beat the hosts": letters have numbers too.
                && (scan.case(i - 1) != Case::Upper || !(3..=4).contains(&scan.word(i - 1).len()))
                && scan.is_content(number.end)
                && scan.is_plural(number.end + 1)
                && !scan.has(number.end, class::FUNCTION)
    };
    let entry = scan.entry(i - 1);
    // "I count 12 in the yard"
    let verb = || {
        let counts = is!(scan, i - 1, "count") && any!(scan, i - 2, ["i", "we", "you", "they", "to", "can"]);
        // "she will turn 90"
        i > 1 && (counts || is!(scan, i - 1, "turn") && any!(scan, i - 2, ["will", "would", "to", "'ll"]))
    };
    // "the Group of 20"
    if is!(scan, i - 1, "of") && i > 1 && scan.word(i - 2) == "Group" {
        return true;
    }
    // "phase 3 trials", "tier 1 suppliers"
    let graded = || entry.classes & class::GRADED != 0 && number.value.value() <= MOST_GRADES && !is!(scan, i.saturating_sub(2), "to");
    if plain && entry.classes & class::NAMING != 0 && !verb() && (capital || graded() || !counts()) {
        return true;
    }
    if !capital {
        return false;
    }
    let calendar = entry.month > 0 || entry.weekday > 0 || entry.number.is_some();
    // "Democracy 2.0": a short decimal is a version too. "CentOS 8" is a name at the start of a sentence as well.
    let version = number.form == super::number::Form::Cardinal
        && number.rest.is_empty()
        && number.end == i + 1
        && !plain
        && word.len() <= 5
        && !word.contains(',');
    (plain || version)
        && word.len() <= if version { 5 } else { 4 }
        && !calendar
        && (!scan.opens(i - 1)
            || i > 1 && scan.joins(i - 2) && !scan.joins(number.end)
            || scan.case(i - 1) == Case::Mixed
            || scan.case(i - 1) == Case::Upper && scan.word(i - 1).len() > 1)
        && entry.classes & (class::FUNCTION | class::TREND_UP | class::TREND_DOWN) == 0
        && entry.classes & class::FUTURE == 0
        && !counts()
}

/// Whether the mark after the digits makes them part of a code, or the mark of a list.
fn is_before_mark(scan: &Scan, number: &Number, bare: bool) -> bool {
    let i = number.start;
    let word = scan.word(i);
    let plain = number.plain > 0;
    if plain && coded(scan, number.end) {
        return true;
    }
    // "either 1) wait or 2) leave": a bracket that nothing opened.
    let closes = bare && plain && word.len() <= 2 && is!(scan, number.end, ")") && scan.touches(number.end);
    if closes && !(i.saturating_sub(24)..i).any(|j| is!(scan, j, "(")) {
        return true;
    }
    // The mark of a list: "1. Wash the rice", also after the end of a sentence.
    let ends = i == 0 || scan.gap(i) >= Gap::Line || any!(scan, i - 1, [".", "!", "?", ":", "•"]);
    let mark = plain && word.len() <= 2 && word != "0" && any!(scan, number.end, [".", ")"]) && scan.touches(number.end);
    let opens = scan.case(number.end + 1).is_capitalised() || scan.kind(number.end + 1) == Some(TokenKind::Quote);
    let glued = || scan.touches(number.end + 1) && scan.is_word(number.end + 1) && is!(scan, number.end, ".");
    if bare && mark && ends && opens && (scan.gap(number.end + 1) == Gap::Space || glued()) {
        return true;
    }
    // "1 - Wash the rice"
    let dashed = plain && word.len() <= 2 && scan.is_dash(number.end) && !scan.touches(number.end) && !scan.touches(number.end + 1);
    bare && dashed && ends && scan.case(number.end + 1).is_capitalised() && scan.is_word(number.end + 1)
}

/// Most grades that things are sorted into.
const MOST_GRADES: f64 = 12.0;

/// Whether what follows a plain number makes it a code: "10-K", "401(k)", "22-cv-01234".
fn coded(scan: &Scan, end: usize) -> bool {
    // "4471-22-B"
    let lettered = scan.joins(end) && scan.is_number(end + 1) && scan.joins(end + 2) && scan.is_word(end + 3);
    if lettered && scan.word(end + 3).len() == 1 && scan.case(end + 3).is_capitalised() {
        return true;
    }
    if !scan.touches(end) || !scan.touches(end + 1) || !scan.is_word(end + 1) {
        return false;
    }
    let letter = scan.word(end + 1).len() == 1;
    match scan.word(end) {
        "(" => letter && scan.case(end + 1) == Case::Lower && is!(scan, end + 2, ")") && scan.touches(end + 2),
        "-" if letter => scan.word(end + 1).starts_with(|c: char| c.is_ascii_uppercase()),
        "-" if any!(scan, end + 1, ["to", "or", "and"]) => false,
        "-" => scan.word(end + 1).len() <= 3 && is!(scan, end + 2, "-") && scan.touches(end + 2) && scan.is_number(end + 3),
        _ => false,
    }
}

/// "Akron, OH 44301", "Palm Desert, 92211", "Akron, Ohio 44301": five digits after a state's two letters, or after a place where nothing is counted.
fn postal_code(scan: &Scan, number: &Number) -> bool {
    let i = number.start;
    if number.plain != 5 || i < 2 || !scan.near(i) {
        return false;
    }
    let state = scan.case(i - 1) == Case::Upper && scan.word(i - 1).len() == 2;
    let placed = is!(scan, i - 2, ",") || scan.case(i - 2).is_capitalised();
    let place = scan.case(i - 2) == Case::Initial || scan.case(i - 2) == Case::Upper && scan.word(i - 2).len() == 2;
    let city = is!(scan, i - 1, ",") && place && scan.is_word(i - 2);
    // "Orel City, Georgia 30337"
    let spelt = scan.case(i - 1) == Case::Initial && scan.is_word(i - 1);
    let before = i - 2 - usize::from(spelt && i > 3 && scan.case(i - 2) == Case::Initial && scan.is_word(i - 2));
    let region = spelt && before > 0 && is!(scan, before, ",") && scan.case(before - 1) == Case::Initial;
    (state && placed || city || region) && (!scan.is_content(number.end) || scan.case(number.end).is_capitalised())
}

/// "10 Downing Street", "1600 Pennsylvania Avenue NW".
fn house_number(scan: &Scan, number: &Number) -> bool {
    let lettered = number.end == number.start + 1 && scan.word(number.start).ends_with(|c: char| c.is_ascii_uppercase());
    if number.plain == 0 && number.rest.len() > 1 || number.scaled && !lettered || number.plain > 5 {
        return false;
    }
    for j in number.end..number.end + 4 {
        if scan.is_plain(j) && !scan.case(j).is_capitalised() {
            return false;
        }
        // "10 Downing Street", "1100 East 5th Street"
        let ordinal = scan.is_number(j) && scan.near(j) && scan.word(j).ends_with(['t', 'd', 'h']);
        // "201 N. Brell Blvd."
        let point = is!(scan, j, ".") && j == number.end + 1 && scan.word(j - 1).len() == 1;
        let capital =
            scan.is_word(j) && scan.near(j) && scan.case(j).is_capitalised() || j == number.end && scan.is_number(j) || ordinal || point;
        if !capital {
            return false;
        }
        if (j > number.end || number.form == super::number::Form::Ordinal) && scan.has(j, class::STREET) {
            return true;
        }
        // "the 101 Freeway"
        if number.plain > 0 && matches!(scan.word(j), "Freeway" | "Highway" | "Expressway" | "Turnpike") {
            return true;
        }
    }
    false
}
