//! Numbers that are no figures: of a telephone, a paper, a standard, a thing that is listed. Groups of digits, codes that their label tells
//! ("ISSN 1234-5678"), volume and pages of a journal.

use super::date::year_at;
use super::scan::{Scan, any, is};
use super::unit::meaning;
use super::words::class;
use crate::document::Case;

/// The token after the number or code that starts at token `i`, if it is none that counts.
pub(super) fn code(scan: &Scan, i: usize) -> Option<usize> {
    let written_on = || {
        let touched = scan.touches(i + 1) && !scan.is_plain(i + 1);
        touched.then(|| object_identifier(scan, i).or_else(|| standard(scan, i)).or_else(|| volume_and_pages(scan, i)))?
    };
    digit_groups(scan, i).or_else(|| labelled(scan, i)).or_else(written_on).or_else(|| long_number(scan, i))
}

/// Most tokens of a code.
const CODE_REACH: usize = 24;

/// The end of what is written without a space from token `i` on.
fn end_of_code(scan: &Scan, i: usize) -> usize {
    let part = |j: usize| scan.touches(j) && (scan.is_number(j) || scan.is_word(j));
    let mut end = i + 1;
    while end < i + CODE_REACH {
        if part(end) {
            end += 1;
        } else if scan.touches(end) && (scan.is_dash(end) || any!(scan, end, ["/", "."])) && part(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// "ISSN 2662-9291", "Image ID# 48-267"
fn labelled(scan: &Scan, i: usize) -> Option<usize> {
    // Most numbers stand after a word in small letters.
    if i == 0 || scan.is_plain(i - 1) && scan.case(i - 1) != Case::Upper {
        return None;
    }
    let marks = (1..=2.min(i)).take_while(|&n| any!(scan, i - n, [":", "#", "."]) && scan.near(i + 1 - n)).count();
    let label = i.checked_sub(marks + 1).filter(|&label| scan.near(label + 1) && scan.has(label, class::CODE))?;
    let sure = marks > 0 || scan.case(label) == Case::Upper && scan.word(label).len() > 2;
    sure.then(|| end_of_code(scan, i))
}

/// "10.1186/s43020-024": the name of a paper.
fn object_identifier(scan: &Scan, i: usize) -> Option<usize> {
    let slash = is!(scan, i + 1, "/") && scan.touches(i + 1);
    let registrant = slash && scan.word(i).strip_prefix("10.").is_some_and(|rest| rest.len() > 3);
    registrant.then(|| end_of_code(scan, i))
}

/// "ISO 42001:2023": a standard and its year.
fn standard(scan: &Scan, i: usize) -> Option<usize> {
    let joined = is!(scan, i + 1, ":") && scan.touches(i + 1) && scan.touches(i + 2);
    let named = joined && i > 0 && scan.is_word(i - 1) && scan.case(i - 1) == Case::Upper && scan.word(i).len() > 3;
    (named && year_at(scan, i + 2).is_some()).then_some(i + 3)
}

/// "2020;13(5):559-565", "2019;380:1347-58": the volume of a journal, its part and pages.
fn volume_and_pages(scan: &Scan, i: usize) -> Option<usize> {
    let part = is!(scan, i + 1, "(") && scan.touches(i + 1) && scan.is_number(i + 2) && is!(scan, i + 3, ")") && scan.touches(i + 3);
    let colon = if part { i + 4 } else { i + 1 };
    if !is!(scan, colon, ":") || !scan.touches(colon) {
        return None;
    }
    let of_a_year = i > 1 && is!(scan, i - 1, ";") && year_at(scan, i - 2).is_some();
    let page = colon + 1;
    let led = of_a_year && scan.near(page) || part && scan.touches(page);
    let last = if scan.is_dash(page + 1) && scan.is_number(page + 2) && scan.touches(page + 2) { page + 2 } else { page };
    (led && scan.is_number(page)).then_some(last + 1)
}

/// "42030109": eight digits and more without a comma, after which nothing is counted.
fn long_number(scan: &Scan, i: usize) -> Option<usize> {
    let word = scan.word(i);
    if word.len() < 7 {
        return None;
    }
    // "of the fund (7232273)"
    let alone = i > 0 && is!(scan, i - 1, "(") && any!(scan, i + 1, [")", ",", ";"]);
    let digits = i > 0
        && !scan.is_dash(i - 1)
        && word.len() > 7 - usize::from(alone)
        && word.bytes().all(|b| b.is_ascii_digit())
        && !word.ends_with("000");
    let counts = || scan.is_content(i + 1) || meaning(scan, i + 1, true).is_some();
    (digits && !counts() && scan.near(i)).then_some(i + 1)
}

/// Whether four digits and then letters stand at token `i`: "2743www.brell.com".
fn begins_with_a_group(scan: &Scan, i: usize) -> bool {
    let word = scan.word(i).as_bytes();
    scan.touches(i) && word.len() > 4 && word[..4].iter().all(u8::is_ascii_digit) && !word[4].is_ascii_digit()
}

/// "(242-8721)": three digits and four that are no bounds of anything, nor round.
fn far_apart(scan: &Scan, i: usize, end: usize) -> bool {
    let value = |j: usize| scan.word(j).parse::<u32>().unwrap_or(0);
    let (low, high) = (value(i), value(end - 1));
    let round = low % 50 == 0 && high % 50 == 0;
    let counts = || scan.is_content(end) || scan.is_hyphen(end) || meaning(scan, end, true).is_some();
    high > 5 * low && !round && scan.touches(end - 1) && !counts()
}

/// A telephone number or a row of codes: groups of digits with a nought ahead, or three and more groups. Gives the token after it.
fn digit_groups(scan: &Scan, i: usize) -> Option<usize> {
    let plain = |j: usize| scan.is_number(j) && scan.word(j).bytes().all(|b| b.is_ascii_digit());
    if !plain(i) {
        return None;
    }
    // "(604) 555-0142"
    let of = |j: usize, digits: usize| plain(j) && scan.near(j) && scan.word(j).len() == digits;
    let local = i + 2 + usize::from(scan.is_hyphen(i + 2));
    let area = i > 0 && is!(scan, i - 1, "(") && of(i, 3) && is!(scan, i + 1, ")") && of(local, 3);
    if area && (scan.is_dash(local + 1) || is!(scan, local + 1, ".")) && (of(local + 2, 4) || begins_with_a_group(scan, local + 2)) {
        return Some(local + 3);
    }
    // "1-800-LANTERN"
    let toll_free = is!(scan, i, "1") && scan.joins(i + 1) && of(i + 2, 3) && scan.word(i + 2).starts_with(['8', '9']);
    if toll_free && scan.joins(i + 3) && scan.is_word(i + 4) {
        return Some(i + 5);
    }
    let mut end = i + 1;
    let mut groups = 1;
    while groups < 64 {
        let next = if scan.is_hyphen(end) && scan.touches(end) && scan.touches(end + 1) { end + 1 } else { end };
        if !plain(next) || !scan.near(next) || scan.word(next).len() < 2 {
            break;
        }
        end = next + 1;
        groups += 1;
    }
    // "866-555-2743www.brell.com": what follows was written without a space.
    let three = |j: usize| scan.word(j).len() == 3;
    if groups == 2 && three(i) && three(end - 1) && scan.is_hyphen(end) && scan.touches(end) && begins_with_a_group(scan, end + 1) {
        return Some(end + 2);
    }
    let nought = scan.word(i).len() > 1 && scan.word(i).starts_with('0');
    let international = i > 0 && is!(scan, i - 1, "+") && scan.touches(i);
    let grouped = (i + 1..end).filter(|&j| scan.is_number(j)).all(|j| scan.word(j).len() == 3) && scan.word(i).len() <= 3;
    let local = groups == 2
        && scan.word(end - 1).len() >= 4
        && scan.is_hyphen(end - 2)
        && (scan.word(i).len() == 3 && scan.word(end - 1).len() == 4)
        && (i > 0 && (scan.has(i - 1, class::TELEPHONE) || is!(scan, i - 1, ")")) || far_apart(scan, i, end));
    let whole = international && scan.word(i).len() > 8;
    (whole || groups > 1 && (nought || international || local || groups > 2 && !grouped)).then_some(end)
}
