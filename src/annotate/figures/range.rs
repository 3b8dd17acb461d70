//! Two amounts as one: "10-15%", "$3-5 billion", "between 3 and 4 percent", "5,000 to 6,000"; the second lends the first its unit
//! and scale. "from $80bn to $95bn" stays two figures with roles; "3-1" and "52 votes to 48" are scores.

use super::amount::{Amount, amount};
use super::context::approx_before;
use super::decimal::Decimal;
use super::number::{Form, Number};
use super::scan::{Scan, any, is, word};
use super::unit::{Measure, meaning};
use super::words::class;
use crate::document::{Approx, Gap};

/// How two amounts belong together.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Joint<'a> {
    Range(Amount<'a>, Amount<'a>),
    FromTo(Amount<'a>, Amount<'a>),
    Score(Amount<'a>, Amount<'a>),
    /// "50-50"
    EvenSplit(Amount<'a>, Amount<'a>),
    /// "one in five", "nine out of ten"
    Share(Amount<'a>, Amount<'a>),
    /// Three and more numbers on hyphens: a phone number, a code. Nothing up to this token is a figure.
    Chain(usize),
}

/// What amount `a` makes with the one after it.
pub(super) fn joint<'a>(scan: &Scan<'a>, a: &Amount<'a>, sterling: bool) -> Option<Joint<'a>> {
    if a.number.form == Form::Ordinal {
        return ranks(scan, a);
    }
    if !matches!(a.number.form, Form::Cardinal | Form::Fraction) {
        return None;
    }
    let at = a.end;
    if scan.is_plain(at) && !scan.has(at, class::JOINING) {
        return None;
    }
    let word = scan.word(at);
    if matches!(word, "±" | "+") {
        return give_or_take(scan, a, sterling);
    }
    if scan.joins(at) && is!(scan, at + 1, "to") && scan.joins(at + 2) {
        return to_on_hyphens(scan, a, sterling);
    }
    if scan.joins(at) && is!(scan, at + 1, "in") && scan.joins(at + 2) {
        return share(scan, a);
    }
    let dash = scan.is_dash(at) || word == "~" || word == "—" && scan.touches(at) && scan.touches(at + 1) && scan.is_number(at + 1);
    if dash && scan.touches(at) && !scan.touches(at + 1) && any!(scan, at + 1, ["to", "or", "and"]) {
        // "8- to 16-metre": the hyphen waits for the unit of the second.
        let b = follower(scan, a, at + 2, sterling).filter(|b| !b.measure.is_none() || scan.is_hyphen(b.end))?;
        return range(scan, a, b);
    }
    if dash {
        return dashed(scan, a, sterling);
    }
    // Text wrapped by hand: "seven / in 10".
    let wrapped = scan.gap(at) == Gap::Line && any!(scan, at, ["in", "out"]) || scan.gap(at + 1) == Gap::Line && is!(scan, at, "in");
    if wrapped {
        return share(scan, a);
    }
    if !scan.near(at) || !scan.near(at + 1) {
        return None;
    }
    // "from 5", "from about 5", "from the initial 5"
    let kind = || {
        let said = ["initial", "current", "original", "previous", "estimated", "average", "existing", "record"];
        a.start > 2 && any!(scan, a.start - 2, ["the", "a", "an", "its", "his", "her", "their"]) && said.contains(&scan.word(a.start - 1))
    };
    let led_by = |name: u64| {
        let before = |n: usize| a.start >= n && scan.lower(a.start - n) == name;
        before(1) || before(2) || before(3) && kind()
    };
    if any!(scan, at, ["to", "through"]) {
        // "from 12,000 to just 8,000"
        let just = led_by(word!("from")) && any!(scan, at + 1, ["just", "only", "over", "under", "some"]);
        let b = follower(scan, a, at + 1 + usize::from(just), sterling)?;
        let up_to = a.start > 1 && is!(scan, a.start - 1, "to") && is!(scan, a.start - 2, "up");
        if led_by(word!("from")) && !up_to {
            // "from $10 per person to $18 per couple" are two prices.
            let spread = ranges_from(scan, a.start) && (a.per == b.per || a.per.is_none());
            return shared(scan, a, b, false).map(|(mut a, b)| {
                // "from $20 to $140 per barrel"
                if a.per.is_none() && matches!(a.measure, Measure::Money(_)) {
                    a.per.clone_from(&b.per);
                }
                if spread { Joint::Range(a, b) } else { Joint::FromTo(a, b) }
            });
        }
        // "rose 5% to 10%": a change and where it led.
        let bare = a.measure.is_none() && b.measure.is_none() && (1..=3).contains(&a.number.plain) && (1..=3).contains(&b.number.plain);
        let result = bare && !scan.is_content(b.end) && (a.start.saturating_sub(8)..a.start).any(|j| scan.has(j, class::SPORT));
        if result && !a.number.value.is_below(b.number.value) {
            return Some(Joint::Score(a.clone(), b));
        }
        // "an 8 to 1 vote"
        let verdict =
            || any!(scan, b.end, ["vote", "votes", "margin", "decision", "majority", "ruling", "ratio", "win", "victory", "defeat"]);
        if bare && verdict() && scan.near(b.end) && !a.number.value.is_below(b.number.value) {
            return Some(Joint::Score(a.clone(), b));
        }
        // "odds of 5 to 1"
        let odds = a.measure.is_none() && b.measure.is_none() && b.number.value.as_int() == Some(1) && !a.number.scaled;
        if odds && !scan.is_content(b.end) && b.number.value.is_below(a.number.value) && a.number.value.as_int().is_some() {
            return Some(Joint::Score(a.clone(), b));
        }
        let change = a.start > 0 && scan.has(a.start - 1, class::TREND_UP | class::TREND_DOWN)
            || led_by(word!("by")) && a.start > 0 && is!(scan, a.start - 1, "by");
        // "slipped 3% to 4%": two shares close together are the bounds of one change.
        let both_shares = a.measure == Measure::Percent && b.measure == Measure::Percent && !led_by(word!("by"));
        let bounds = both_shares && b.number.value.value() <= 3.0 * a.number.value.value();
        // "rose by 1,200 to 45,300"
        let by = a.start > 0 && is!(scan, a.start - 1, "by") && change_before(scan, a.start - 1);
        if by && !bounds && (a.measure.is_none() || a.number.value.value() * 3.0 < b.number.value.value()) {
            return None;
        }
        // "dropped 3,000 to 216,000"
        if change && a.measure.is_none() && b.measure.is_none() && a.number.value.value() * FAR <= b.number.value.value() {
            return None;
        }
        // "could rise 30cm to 60cm": nobody knows yet where it led.
        let unknown = a.start > 1 && any!(scan, a.start - 2, ["could", "may", "might"]) && a.measure == b.measure;
        if change && !a.measure.is_none() && !bounds && !unknown {
            return None;
        }
        return range(scan, a, b);
    }
    let ages = a.start > 3 && is!(scan, a.start - 1, "of") && any!(scan, a.start - 2, ["age", "ages"]);
    let between_ages = || (a.start - 4..a.start - 2).any(|j| is!(scan, j, "between"));
    if is!(scan, at, "and") && (led_by(word!("between")) || ages && between_ages()) {
        return range(scan, a, follower(scan, a, at + 1, sterling)?);
    }
    if is!(scan, at, "and") && led_by(word!("from")) {
        return None;
    }
    if is!(scan, at, "or") && a.prefixed && !a.number.scaled {
        // "$30 or $40 trillion"
        let b = follower(scan, a, at + 1, sterling).filter(|b| b.prefixed && b.number.scaled)?;
        let (low, high) = shared(scan, a, b, true)?;
        let close = low.number.scaled && high.number.value.value() <= 2.0 * low.number.value.value();
        return close.then_some(Joint::Range(low, high));
    }
    if is!(scan, at, "or") && a.number.plain <= 2 && !a.prefixed {
        let b = follower(scan, a, at + 1, sterling)?;
        let next_to = a.number.value.as_int().zip(b.number.value.as_int()).is_some_and(|(a, b)| a < b && b <= a + a.max(1));
        if next_to && a.number.digits == b.number.digits && !b.number.scaled {
            return range(scan, a, b);
        }
        return None;
    }
    share(scan, a)
}

/// "14.5 ± 0.3 million years", "3.2 +/- 0.1 kg": the bounds of what was measured.
fn give_or_take<'a>(scan: &Scan<'a>, a: &Amount<'a>, sterling: bool) -> Option<Joint<'a>> {
    let written = is!(scan, a.end, "+") && is!(scan, a.end + 1, "/") && scan.is_dash(a.end + 2);
    let at = a.end + if written { 3 } else { 1 };
    if !a.measure.is_none() || !a.number.digits || is!(scan, a.end, "+") && !written || !scan.is_number(at) || !scan.near(at) {
        return None;
    }
    let margin = amount(scan, at, sterling).filter(|b| b.start == at && b.number.form == Form::Cardinal)?;
    let mut middle = a.number;
    if margin.number.scaled && !middle.scaled {
        middle.value = middle.value.shifted(scale_of(scan, &margin));
    }
    let bound = |value: Decimal| Some(Number { value: middle.value.plus(value)?, scaled: margin.number.scaled, ..margin.number });
    let low = Amount { number: bound(margin.number.value.negated())?, start: a.start, ..margin.clone() };
    let high = Amount { number: bound(margin.number.value)?, ..margin };
    Some(Joint::Range(low, high))
}

/// "between the tenth and the fifteenth", "higher than the tenth but lower than the fifteenth"
fn ranks<'a>(scan: &Scan<'a>, a: &Amount<'a>) -> Option<Joint<'a>> {
    let before_the = |at: usize| at - usize::from(at > 0 && is!(scan, at - 1, "the"));
    let from = before_the(a.start);
    let at = if from > 0 && is!(scan, from - 1, "between") && is!(scan, a.end, "and") {
        a.end + 1 + usize::from(is!(scan, a.end + 1, "the"))
    } else if any!(scan, a.end, ["and", "but"]) {
        let at = (a.end + 2..a.end + 5).find(|&j| scan.is_number(j) || scan.entry(j).number.is_some())?;
        let (low, _) = approx_before(scan, from)?;
        let (high, _) = approx_before(scan, before_the(at)).filter(|&(_, first)| first == a.end + 1)?;
        let bounds = matches!(low, Approx::Over | Approx::AtLeast) && matches!(high, Approx::Under | Approx::AtMost);
        bounds.then_some(at)?
    } else {
        return None;
    };
    let b = super::number::number(scan, at).filter(|n| n.form == Form::Ordinal && n.start == at && a.number.value.is_below(n.value))?;
    let end = b.end;
    // "between the second and third quarters": two of something, and nothing between them.
    if scan.is_content(end) {
        return None;
    }
    Some(Joint::Range(a.clone(), Amount { number: b, start: at, end, measure: Measure::None, per: None, prefixed: false }))
}

/// "ranging from 5 to 10", "anywhere from about $5 to $10": bounds, and no change from one to the other.
fn ranges_from(scan: &Scan, start: usize) -> bool {
    // "the limit is from 5 to 10"; but "the increase was from 5 to 10"
    let stays = |j: usize| {
        any!(scan, j, ["is", "are", "was", "were", "be"])
            && !(j.saturating_sub(CLAUSE_REACH)..j).any(|k| scan.has(k, class::TREND_UP | class::TREND_DOWN))
    };
    (start.saturating_sub(2)..start).any(|j| j > 0 && is!(scan, j, "from") && (scan.has(j - 1, class::RANGING) || stays(j - 1)))
}

/// How far before its verb a noun of change is looked for.
const CLAUSE_REACH: usize = 6;

/// How many times as much is no second bound of what changed, but where the change led.
const FAR: f64 = 5.0;

/// Whether a verb of change stands before token `end`, or two before it ("rose sharply by").
fn change_before(scan: &Scan, end: usize) -> bool {
    (end.saturating_sub(2)..end).any(|j| scan.has(j, class::TREND_UP | class::TREND_DOWN))
}

/// "two-to-one", "18-to-34-year-olds"
fn to_on_hyphens<'a>(scan: &Scan<'a>, a: &Amount<'a>, sterling: bool) -> Option<Joint<'a>> {
    let b = follower(scan, a, a.end + 3, sterling)?;
    if a.number.value.is_below(b.number.value) {
        return range(scan, a, b);
    }
    (a.measure.is_none() && b.measure.is_none()).then(|| Joint::Score(a.clone(), b))
}

/// The amount at `at`, if it can be the second of two.
fn follower<'a>(scan: &Scan<'a>, a: &Amount<'a>, at: usize, sterling: bool) -> Option<Amount<'a>> {
    let at = at + usize::from(scan.has(at, class::CIRCA));
    // "Rs 6,000 and Rs 8,000", "RM50 to RM60": the letters of the currency come again.
    if a.prefixed && !scan.is_number(at) {
        let glued = || super::money::glued_money(scan, at).map(|(b, _)| b);
        let apart = || {
            let point = usize::from(is!(scan, at, "rs") && is!(scan, at + 1, "."));
            scan.is_number(at + 1 + point).then(|| amount(scan, at + 1 + point, sterling)).flatten().filter(|b| b.start == at)
        };
        if let Some(b) = glued().or_else(apart).filter(|b| matches!(b.measure, Measure::Money(_))) {
            return Some(b);
        }
    }
    let b = match a.measure {
        // "$10-15m": the second number is money too.
        Measure::Money(currency) if a.prefixed && scan.is_number(at) => super::money::after_currency(scan, at, currency)
            .filter(|b| {
                let own = matches!(amount(scan, at, sterling), Some(Amount { measure: Measure::Percent | Measure::Money(_), .. }));
                let counts = b.number.plain > 0 && scan.is_plural(b.end);
                !own && !counts
            })
            .or_else(|| amount(scan, at, sterling))?,
        _ => amount(scan, at, sterling)?,
    };
    // A code before the second number ("US$") starts before the token it was found at.
    (b.start >= a.end
        && matches!(b.number.form, Form::Cardinal | Form::Fraction)
        && (b.number.form == a.number.form || !b.measure.is_none() || a.number.form == Form::Fraction))
        .then_some(b)
}

fn dashed<'a>(scan: &Scan<'a>, a: &Amount<'a>, sterling: bool) -> Option<Joint<'a>> {
    let at = a.end;
    let tight = scan.touches(at) && scan.touches(at + 1);
    let spaced = !scan.touches(at) && !scan.touches(at + 1) && scan.near(at) && scan.near(at + 1);
    let loose = scan.near(at) && scan.near(at + 1) && scan.is_number(at + 1);
    if !(tight || spaced || loose) {
        return None;
    }
    let sign = scan.lexicon.sign(scan.word(at + 1)).is_some();
    if !scan.is_number(at + 1) && !sign && !is!(scan, at + 1, "~") && a.number.digits {
        // "five-to-six" and "5-plus" are read elsewhere.
        return None;
    }
    // "2 - ~7 litres"
    let second = at + 1 + usize::from(is!(scan, at + 1, "~") && scan.is_number(at + 2));
    let b = follower(scan, a, second, sterling)?;
    if !b.number.digits && !spaced && !scan.joins(at) {
        return None;
    }
    if a.measure.is_none() && b.number.digits && a.number.digits {
        let mut end = b.end;
        let mut links = 0;
        while links < 64 && scan.is_dash(end) && scan.touches(end) && scan.touches(end + 1) && scan.is_number(end + 1) {
            end += 2;
            links += 1;
        }
        if links > 0 {
            return Some(Joint::Chain(end));
        }
        // "555-0142": no range starts its second number with a nought.
        if scan.word(b.number.start).starts_with('0') && scan.word(b.number.start).len() > 1 && !scan.word(b.number.start).contains('.') {
            return Some(Joint::Chain(b.end));
        }
    }
    let bare = a.measure.is_none()
        && b.measure.is_none()
        && a.number.plain > 0
        && a.number.plain <= 3
        && b.number.plain > 0
        && b.number.plain <= 3;
    if bare && tight {
        let (x, y) = (a.number.value.as_int()?, b.number.value.as_int()?);
        if (x, y) == (50, 50) {
            return Some(Joint::EvenSplit(a.clone(), b));
        }
        let sport = (a.start.saturating_sub(5)..a.start).any(|j| scan.has(j, class::SPORT))
            || (b.end..b.end + 3).any(|j| scan.has(j, class::SPORT));
        let counted = scan.is_plural(b.end) && !sport;
        if !counted && (x >= y || sport) {
            return Some(Joint::Score(a.clone(), b));
        }
    }
    range(scan, a, b)
}

fn range<'a>(scan: &Scan<'a>, a: &Amount<'a>, b: Amount<'a>) -> Option<Joint<'a>> {
    shared(scan, a, b, true).map(|(a, b)| Joint::Range(a, b))
}

/// Gives each amount the unit and scale the other has for both.
fn shared<'a>(scan: &Scan<'a>, a: &Amount<'a>, b: Amount<'a>, ordered: bool) -> Option<(Amount<'a>, Amount<'a>)> {
    let (mut a, mut b) = (a.clone(), b);
    // "from 2.1m to 2.6m barrels a day": both are millions.
    let letter = |x: &Amount| x.end == x.start + 1 && scan.is_number(x.start) && scan.word(x.start).ends_with('m');
    let metres = matches!(&a.measure, Measure::Unit(unit) if unit.id == "meter");
    if metres && letter(&a) && b.number.scaled && scan.word(b.start).ends_with('m') {
        a.number.value = a.number.value.shifted(6);
        a.number.scaled = true;
        a.measure = Measure::None;
    }
    if a.measure.is_none() {
        a.measure = b.measure.clone();
        a.per.clone_from(&b.per);
        if let Measure::Money(currency) = b.measure
            && currency.part.is_some()
        {
            // "50 to 60 cents": the second is in dollars already.
            let hundredths = i64::from(currency.part.unwrap_or(1));
            a.number.value = a.number.value.times(hundredths)?.shifted(-2);
        }
    } else if b.measure.is_none() {
        if !a.prefixed || b.number.plain > 0 && scan.is_plural(b.end) {
            return None;
        }
        b.measure = a.measure.clone();
    } else if !a.measure.agrees(&b.measure) {
        return None;
    }
    if b.number.scaled && !a.number.scaled && (a.number.digits == b.number.digits) {
        // "3-5 billion", "7-9 lakh": three billion, where the three is below the five.
        let power = scale_of(scan, &b);
        let mantissa = b.number.value.shifted(-power).value().abs();
        if a.number.value.value().abs() < 1000.0
            && b.number.value.value() > a.number.value.value()
            && a.number.value.value() <= mantissa.max(1.0) * 10.0
        {
            a.number.value = a.number.value.shifted(power);
            a.number.scaled = true;
        }
    }
    if ordered && !a.number.value.is_below(b.number.value) {
        return None;
    }
    Some((a, b))
}

/// Whether what starts at token `start` is said by itself or as what something is: "is one over three". Not "two under 30 and one
/// over 60".
fn said_alone(scan: &Scan, start: usize) -> bool {
    scan.opens(start) || scan.has(start - 1, class::EQUALS) || any!(scan, start - 1, ["=", "×"])
}

/// The power of ten that the scale words or suffix of an amount in digits stand for; in words it is read from the size.
fn scale_of(scan: &Scan, b: &Amount) -> i32 {
    let word = scan.word(b.number.start);
    let digits = word.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let written = Decimal::parse(&word[..digits]).map_or(0.0, Decimal::value);
    let size = b.number.value.value().abs();
    if b.number.digits && written > 0.0 && b.measure != Measure::Percent {
        let power = (size / written).log10().round();
        if (0.0..16.0).contains(&power) {
            return power as i32;
        }
    }
    (0..15).step_by(3).find(|&power| size / 10f64.powi(power) < 1000.0).unwrap_or(15)
}

/// Most numbers of a list that share what they are of.
const LIST_REACH: usize = 4;

/// "tariffs of 10 and 25 percent", "5, 10 and 15 kg": a bare number has the share or unit that ends its list.
pub(super) fn shared_measure<'a>(scan: &Scan<'a>, a: &Amount<'a>, sterling: bool) -> Option<Measure> {
    if !a.measure.is_none() || a.number.form != Form::Cardinal || a.number.scaled || !a.number.rest.is_empty() {
        return None;
    }
    let listed = is!(scan, a.end, ",") || is!(scan, a.end, "and");
    if !listed || a.start > 0 && (scan.has(a.start - 1, class::AGED) || is!(scan, a.start - 1, "at")) {
        return None;
    }
    let mut at = a.end;
    for _ in 0..LIST_REACH {
        let comma = usize::from(is!(scan, at, ","));
        let last = is!(scan, at + comma, "and");
        let next = at + comma + usize::from(last);
        if next == at || !scan.near(at) || !scan.near(next) {
            return None;
        }
        let b = amount(scan, next, sterling).filter(|b| {
            b.start == next && b.number.form == Form::Cardinal && !b.number.scaled && !b.prefixed && b.number.digits == a.number.digits
        });
        let b = b?;
        if !last {
            if !b.measure.is_none() {
                return None;
            }
            at = b.end;
            continue;
        }
        // "killed 12 and 80 percent of homes": two clauses; "5 and 20 minutes later".
        let apart = scan.has(b.end, class::AGO) || any!(scan, b.end, ["of", "old"]) || scan.is_hyphen(b.end);
        let shares = matches!(b.measure, Measure::Percent | Measure::PercentagePoint | Measure::BasisPoint | Measure::Unit(_));
        return (shares && !apart).then_some(b.measure);
    }
    None
}

/// "one in five", "nine out of ten", "3 in 10", "one-in-a-million".
fn share<'a>(scan: &Scan<'a>, a: &Amount<'a>) -> Option<Joint<'a>> {
    let at = a.end;
    let hyphened = scan.joins(at) && is!(scan, at + 1, "in") && scan.joins(at + 2);
    let second = if hyphened && is!(scan, at + 3, "a") && scan.joins(at + 4) {
        at + 5
    } else if hyphened {
        at + 3
    } else if is!(scan, at, "in") {
        at + 1
    } else if is!(scan, at, "out") && is!(scan, at + 1, "of") {
        at + 2
    } else if is!(scan, at, "over") && said_alone(scan, a.start) || is!(scan, at, "of") && is!(scan, at + 1, "every") {
        at + 1
    } else {
        return None;
    };
    if !a.measure.is_none() || a.number.form != Form::Cardinal || a.number.scaled {
        return None;
    }
    let second = second + usize::from(is!(scan, second, "every"));
    let found = super::number::number(scan, second).filter(|n| n.form == Form::Cardinal && n.rest.is_empty() && n.start == second)?;
    let (x, y) = (a.number.value.as_int()?, found.value.as_int()?);
    // "one in 3,000", "one in 292.2 million", but not "one in 2020"
    let year = found.plain == 4 && (1900..=2100).contains(&y);
    let one = x == 1 && !year && (y % 100 == 0 || found.scaled && y >= 1_000_000);
    let round = y <= 100 || one || matches!(y, 150 | 200 | 250 | 500 | 1_000 | 10_000 | 100_000 | 1_000_000);
    // "one over three" is read out from a formula: nothing is counted by it.
    let over = is!(scan, at, "over");
    let part = (1..y).contains(&x) || x == y && is!(scan, at, "out") || over && (1..y).contains(&-x);
    let counts = over && (scan.is_content(found.end) || meaning(scan, found.end, found.digits).is_some());
    if !part || counts || !(round || over) || super::date::time_unit(scan, scan.over_hyphen(found.end)).is_some() {
        return None;
    }
    Some(Joint::Share(
        a.clone(),
        Amount { number: found, start: second, end: found.end, measure: Measure::None, per: None, prefixed: false },
    ))
}
