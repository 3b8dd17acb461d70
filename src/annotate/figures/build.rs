//! From what the parsers read to a [`Figure`]: decides which reading of a token wins (date, age, multiple, score, share, amount, or
//! nothing), and fills the fields of the record.

use super::amount::{Amount, amount, glued_money, measured};
use super::calendar::duration;
use super::context::{approx_after, approx_before, counted, digit_groups, is_name, of_whom, trend};
use super::date::{self, When, time_unit};
use super::decimal::Decimal;
use super::number::{Form, Number, number};
use super::range::{Joint, joint};
use super::scan::Scan;
use super::unit::{Measure, MeasureUnit, meaning, per};
use super::words::{Meaning, NumeralForm, class};
use crate::document::{Approx, Case, Figure, FigureKind, RangeRole, TokenKind};
use crate::span::Span;

pub(super) struct Builder<'a> {
    scan: Scan<'a>,
    pub(super) figures: Vec<Figure>,
    /// The text pays in pounds: "pounds" is money.
    sterling: bool,
    /// The last sentence with a percentage, where "0.3 points" are percentage points.
    percent_in: Option<usize>,
    sentence: usize,
    /// Tokens before this one are taken.
    taken: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(scan: Scan<'a>) -> Self {
        Self { scan, figures: Vec::new(), sterling: false, percent_in: None, sentence: 0, taken: 0 }
    }

    /// Reads the figure at token `i`, if there is one, and gives the token to go on from.
    pub(super) fn read(&mut self, i: usize, sentence: usize) -> usize {
        self.sentence = sentence;
        let scan = self.scan;
        let end = self.read_at(i);
        if end > i + 1 {
            self.taken = self.taken.max(end.min(scan.tokens.len()));
        }
        end
    }

    fn read_at(&mut self, i: usize) -> usize {
        let scan = self.scan;
        if let Some(when) = date::find(&scan, i) {
            return self.push_when(&when);
        }
        if scan.is_number(i)
            && let Some(end) = digit_groups(&scan, i)
        {
            return end;
        }
        match scan.kind(i) {
            Some(TokenKind::Word) => self.read_word(i),
            Some(TokenKind::Address) => self.read_glued(i),
            _ => self.read_amount(i),
        }
    }

    fn read_word(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let word = scan.word(i);
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return self.read_glued(i);
        }
        if let Some(end) = self.read_multiple_word(i).or_else(|| self.read_age_word(i)) {
            return end;
        }
        if scan.any(i, &["a", "an"]) {
            return self.read_article(i);
        }
        if scan.any(i, &["double", "single", "triple"]) {
            let digit = scan.over_hyphen(i + 1);
            if scan.any(digit, &["digit", "digits"]) {
                let (low, high) = match word.as_bytes()[0] | 0x20 {
                    b's' => (1, 9),
                    b'd' => (10, 99),
                    _ => (100, 999),
                };
                return self.push_bounds(i, digit + 1, FigureKind::Percent, low, high, "percent");
            }
            return i + 1;
        }
        // "a six-figure sum"
        if scan.joins(i + 1) && scan.any(i + 2, &["figure", "figures"]) {
            if let Some(n) = scan.entry(i).number.map(|n| u32::from(n.value)).filter(|n| (4..=12).contains(n)) {
                return self.push_vague(i, i + 3, 10i64.pow(n - 1), 10i64.pow(n) - 1);
            }
        }
        let negative = scan.any(i, &["minus", "negative"]);
        if negative && !(scan.is_number(i + 1) || scan.entry(i + 1).number.is_some()) || !negative && scan.entry(i).number.is_none() {
            return i + 1;
        }
        if scan.is(i, "one") && !one_counts(&scan, i) || scan.any(i, &["second", "first", "third"]) && !ordinal_counts(&scan, i) {
            return i + 1;
        }
        self.read_amount(i)
    }

    /// "a million", "a third", "a couple of", "a decade".
    fn read_article(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let next = i + 1;
        if !scan.near(next) {
            return i + 1;
        }
        if scan.is(next, "couple") && scan.is(next + 1, "of") {
            let mut figure = self.figure(i, next + 1, FigureKind::Count);
            set_value(&mut figure, Decimal::whole(2));
            figure.approx = Some(Approx::About);
            if let Some(unit) = time_unit(&scan, next + 2) {
                if let Some(when) = date::after_duration(&scan, i, next + 3, Some(2), unit) {
                    return self.push_when(&when);
                }
                figure.span = self.span(i, next + 3);
                figure.kind = FigureKind::Duration;
                figure.unit = Some(unit.to_owned());
                figure.dimension = Some("time".to_owned());
                self.figures.push(figure);
                return next + 3;
            }
            figure.item = self.item(next + 2, false);
            self.figures.push(figure);
            return next + 2;
        }
        if scan.entry(next).number.is_some() {
            return self.read_amount(i);
        }
        // "an hour and a half", "for a decade"
        let Some((Meaning::Unit(index), end)) = meaning(&scan, next, false) else { return i + 1 };
        let unit = super::unit::of(&scan, next, index);
        let half = scan.is(end, "and") && scan.any(end + 1, &["a"]) && scan.any(end + 2, &["half", "quarter"]);
        let ago = unit.dimension == "time" && (scan.is(end, "ago") || age_after(&scan, end).is_some());
        const LEADS: [&str; 20] = [
            "for", "in", "within", "over", "than", "nearly", "almost", "about", "after", "lasted", "took", "takes", "roughly", "just",
            "around", "under", "every", "lasting", "take", "least",
        ];
        let led = i > 0
            && scan.any(i - 1, &LEADS)
            && scan.case(next) == Case::Lower
            && !scan.is_content(end)
            && !(scan.is_hyphen(end) && scan.touches(end));
        let counts = matches!(unit.dimension, "time" | "length" | "mass" | "volume")
            && !scan.any(next, &["second", "minute", "stone", "foot", "yard", "cup", "night", "grain", "weekend"]);
        if !(half || ago || led && counts) {
            return i + 1;
        }
        let one = Number {
            start: i,
            end: next,
            value: Decimal::whole(1),
            high: None,
            form: Form::Cardinal,
            digits: false,
            scaled: false,
            rest: "",
            plain: 0,
        };
        match measured(&scan, one, self.sterling) {
            Some(found) => self.push_amount(found),
            None => i + 1,
        }
    }

    fn read_glued(&mut self, i: usize) -> usize {
        match glued_money(&self.scan, i) {
            Some((found, _)) => self.push_amount(found),
            None => i + 1,
        }
    }

    /// "twice", "doubled", "threefold".
    fn read_multiple_word(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let word = scan.word(i);
        if word.len() < 5 || word.len() > 10 {
            return None;
        }
        let is = |w: &str| word.eq_ignore_ascii_case(w);
        let value = if is("twice") || is("doubled") || is("doubling") || is("twofold") {
            Decimal::whole(2)
        } else if is("thrice") || is("tripled") || is("trebled") || is("tripling") || is("threefold") {
            Decimal::whole(3)
        } else if is("quadrupled") || is("fourfold") {
            Decimal::whole(4)
        } else if is("halved") || is("halving") {
            Decimal::fraction(1, 2)
        } else if let Some(root) =
            word.len().checked_sub(4).filter(|&n| word.is_char_boundary(n) && word[n..].eq_ignore_ascii_case("fold")).map(|n| &word[..n])
        {
            Decimal::whole(i64::from(scan.entry_of(root, Case::Mixed).number?.value))
        } else if is("double") || is("triple") {
            let led = i > 0
                && scan.any(
                    i - 1,
                    &[
                        "to", "will", "would", "could", "than", "nearly", "almost", "about", "roughly", "more", "can", "may", "might",
                        "be", "is", "was", "at",
                    ],
                );
            let follows = scan.any(
                i + 1,
                &["the", "that", "its", "their", "what", "in", "to", "his", "her", "last", "this", "by", "over", "since", "from", "or"],
            );
            if !(led && (follows || !scan.is_content(i + 1)) || follows && !scan.any(i + 1, &["in", "to", "or", "by", "from"])) {
                return None;
            }
            Decimal::whole(if is("double") { 2 } else { 3 })
        } else {
            return None;
        };
        let mut figure = self.figure(i, i + 1, FigureKind::Multiple);
        set_value(&mut figure, value);
        figure.approx = approx_before(&scan, i).map(|(approx, _)| approx);
        self.figures.push(figure);
        Some(i + 1)
    }

    /// "in her thirties", "aged 18 to 25" (the number is read later, from its own token).
    fn read_age_word(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        if !scan.has(i, class::DECADE)
            || i == 0
            || !scan.any(i - 1, &["her", "his", "their", "my", "our", "your", "early", "late", "mid", "-"])
        {
            return None;
        }
        let names = ["teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let index = names.iter().position(|n| scan.is(i, n))? as i64;
        let (low, high) = if index == 0 { (13, 19) } else { (10 + 10 * index, 19 + 10 * index) };
        Some(self.push_bounds(i, i + 1, FigureKind::Age, low, high, "year-person"))
    }

    fn push_vague(&mut self, start: usize, end: usize, low: i64, high: i64) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Number);
        figure.value_min = Some(low as f64);
        figure.value_max = Some(high as f64);
        figure.approx = Some(Approx::Vague);
        self.figures.push(figure);
        end
    }

    fn push_bounds(&mut self, start: usize, end: usize, kind: FigureKind, low: i64, high: i64, unit: &str) -> usize {
        let mut figure = self.figure(start, end, kind);
        figure.value_min = Some(low as f64);
        figure.value_max = Some(high as f64);
        figure.unit = Some(unit.to_owned());
        figure.approx = Some(Approx::Vague);
        if kind == FigureKind::Age {
            figure.approx = None;
            figure.dimension = Some("time".to_owned());
        } else {
            figure.dimension = Some("ratio".to_owned());
        }
        self.figures.push(figure);
        end
    }

    // ---- amounts -----------------------------------------------------------------------------------------------------

    fn read_amount(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let mut first = i;
        // A minus that touches the number and nothing before it, or the word.
        if i > self.taken && i > 0 {
            let sign = scan.is_dash(i - 1) && scan.touches(i) && !scan.touches(i - 1);
            let spaced = sign && (i == 1 || !scan.is_number(i - 2) || !scan.near(i - 1));
            if spaced
                && (scan.is_number(i) || scan.kind(i) == Some(TokenKind::Symbol))
                && (i < 2 || scan.word(i - 1) != "-" || !scan.opens(i - 1) || i == 1)
            {
                first = i - 1;
            }
        }
        let bare_number = number(&scan, i);
        if let Some(found) = bare_number
            && found.start >= i
        {
            if let Some(end) = self.read_multiple(&found) {
                return end;
            }
            if found.rest == "s" || matches!(found.rest, "yo") {
                return self.read_decade_of_life(&found);
            }
        }
        let Some(a) = amount(&scan, first, self.sterling) else { return i + 1 };
        if a.start < self.taken {
            return i + 1;
        }
        if let Some(end) = self.read_score(&a) {
            return end;
        }
        match joint(&scan, &a, self.sterling) {
            Some(Joint::Chain(end)) => return end,
            Some(Joint::Range(low, high)) => return self.push_range(&low, &high),
            Some(Joint::FromTo(from, to)) => {
                let before = self.figures.len();
                self.push_amount(from);
                let end = self.push_amount(to);
                if let [from, to] = &mut self.figures[before..] {
                    // "from 50 to 80 cars": both are cars.
                    if from.kind == FigureKind::Number && to.kind == FigureKind::Count {
                        from.kind = FigureKind::Count;
                        from.item.clone_from(&to.item);
                    }
                }
                for (figure, role) in self.figures[before..].iter_mut().zip([RangeRole::From, RangeRole::To]) {
                    figure.role = Some(role);
                }
                return end;
            }
            Some(Joint::Score(a, b)) => return self.push_score(&a, &b, b.end),
            Some(Joint::EvenSplit(a, b)) => return self.push_fraction(a.start, b.end, Decimal::fraction(1, 2)),
            Some(Joint::Share(a, b)) => {
                let of = b.number.value.as_int().and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                let value = Decimal::fraction(a.number.value.as_int().unwrap_or(1), of);
                return self.push_fraction(a.start, b.end, value);
            }
            None => {}
        }
        let bare = a.measure == Measure::None && !a.number.scaled;
        if is_name(&scan, &a.number, bare) && !a.prefixed {
            return a.number.end;
        }
        self.push_amount(a)
    }

    /// "three times the size", "three-fold", "2.5x".
    fn read_multiple(&mut self, found: &Number<'a>) -> Option<usize> {
        let scan = self.scan;
        let next = scan.over_hyphen(found.end);
        let end = if matches!(found.rest, "x" | "X") {
            found.end
        } else if !found.rest.is_empty() || !scan.near(next) || found.form == Form::Ordinal {
            return None;
        } else if scan.any(next, &["fold"]) {
            next + 1
        } else if scan.is(next, "times")
            && (scan.has(next + 1, class::COMPARE)
                || approx_before(&scan, found.start).is_some() && !scan.any(next + 1, &["in", "a", "on", "per", "at"]))
        {
            next + 1
        } else {
            return None;
        };
        let mut figure = self.figure(found.start, end, FigureKind::Multiple);
        set_value(&mut figure, found.value);
        self.approximate(&mut figure, found.start, end);
        self.figures.push(figure);
        Some(end)
    }

    /// "her 30s" is an age; "737s" and "2000s" without a cue are nothing.
    fn read_decade_of_life(&mut self, found: &Number<'a>) -> usize {
        let scan = self.scan;
        let i = found.start;
        if let Some(value) = found.value.as_int().filter(|v| (20..=90).contains(v) && v % 10 == 0)
            && i > 0
            && (scan.any(i - 1, &["her", "his", "their", "my"])
                || scan.any(i - 1, &["early", "late", "mid", "-"])
                    && i > 1
                    && (i.saturating_sub(3)..i - 1).any(|j| scan.any(j, &["her", "his", "their", "my"])))
        {
            return self.push_bounds(i, found.end, FigureKind::Age, value, value + 9, "year-person");
        }
        found.end
    }

    /// "52 votes to 48", "two games to one".
    fn read_score(&mut self, a: &Amount<'a>) -> Option<usize> {
        let scan = self.scan;
        if a.measure != Measure::None
            || a.number.form != Form::Cardinal
            || a.number.scaled
            || !scan.is_plural(a.end)
            || !scan.is(a.end + 1, "to")
        {
            return None;
        }
        let from = a.start > 0 && scan.any(a.start - 1, &["from", "of"]);
        let b = number(&scan, a.end + 2)
            .filter(|n| n.form == Form::Cardinal && !n.scaled && n.rest.is_empty() && n.digits == a.number.digits)?;
        let alone = !scan.is_content(b.end) && !scan.is_hyphen(b.end) && meaning(&scan, b.end, b.digits).is_none();
        if from || !alone {
            return None;
        }
        let b = Amount { start: b.start, end: b.end, number: b, measure: Measure::None, per: None, prefixed: false };
        Some(self.push_score(a, &b, b.end))
    }

    fn push_score(&mut self, a: &Amount<'a>, b: &Amount<'a>, end: usize) -> usize {
        if is_name(&self.scan, &a.number, false) {
            return end;
        }
        let mut figure = self.figure(a.start, end, FigureKind::Score);
        let (x, y) = (a.number.value.value(), b.number.value.value());
        figure.value_min = Some(x.min(y));
        figure.value_max = Some(x.max(y));
        self.figures.push(figure);
        end
    }

    fn push_fraction(&mut self, start: usize, end: usize, value: Decimal) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Fraction);
        set_value(&mut figure, value);
        figure.dimension = Some("ratio".to_owned());
        self.approximate(&mut figure, start, end);
        figure.item = self.item(end, false);
        self.figures.push(figure);
        end
    }

    fn push_range(&mut self, low: &Amount<'a>, high: &Amount<'a>) -> usize {
        let mut joined = high.clone();
        joined.start = low.start;
        let (mut figure, end) = self.describe(&joined);
        if figure.kind == FigureKind::Date {
            self.figures.push(figure);
            return end;
        }
        let (a, b) = (low.number.value.value(), high.number.value.value());
        figure.value = None;
        figure.value_text = None;
        figure.value_min = Some(a.min(b));
        figure.value_max = Some(a.max(b));
        figure.si_value = None;
        figure.timex = None;
        if figure.kind == FigureKind::Number && figure.item.is_some() {
            figure.kind = FigureKind::Count;
        }
        if is_name(&self.scan, &low.number, low.measure == Measure::None) {
            return end;
        }
        self.figures.push(figure);
        end
    }

    fn push_amount(&mut self, a: Amount<'a>) -> usize {
        let (figure, end) = self.describe(&a);
        self.figures.push(figure);
        end
    }

    /// The figure of an amount, and the token after it.
    fn describe(&mut self, a: &Amount<'a>) -> (Figure, usize) {
        let scan = self.scan;
        let found = &a.number;
        let mut end = a.end;
        let mut figure = self.figure(a.start, a.end, FigureKind::Number);
        set_value(&mut figure, found.value);
        figure.per.clone_from(&a.per);
        match &a.measure {
            Measure::Money(currency) => {
                figure.kind = FigureKind::Money;
                figure.unit = Some(currency.code.to_owned());
                figure.unit_assumed = currency.assumed;
                figure.dimension = Some("currency".to_owned());
                self.sterling |= currency.code == "GBP";
            }
            Measure::Percent | Measure::PercentagePoint | Measure::BasisPoint => {
                self.percent_in = Some(self.sentence);
                let (unit, share) = match a.measure {
                    Measure::Percent => ("percent", 1e-2),
                    Measure::PercentagePoint => ("percentage-point", 1e-2),
                    _ => ("basis-point", 1e-4),
                };
                figure.kind = FigureKind::Percent;
                figure.unit = Some(unit.to_owned());
                figure.dimension = Some("ratio".to_owned());
                figure.si_value = figure.value.map(|v| v * share);
                figure.item = of_whom(&scan, end).map(|after| self.words(end, after));
            }
            Measure::Unit(unit) => end = self.describe_unit(a, unit, &mut figure),
            Measure::None => end = self.describe_bare(a, &mut figure),
        }
        if figure.kind == FigureKind::Date {
            return (figure, end);
        }
        if found.form == Form::Vague {
            figure.value = None;
            figure.value_text = None;
            figure.si_value = None;
            figure.value_min = Some(found.value.value());
            figure.value_max = found.high.map(Decimal::value);
            figure.approx = Some(Approx::Vague);
        } else {
            let before = self.approximate(&mut figure, a.start, end);
            if matches!(
                figure.kind,
                FigureKind::Money
                    | FigureKind::Percent
                    | FigureKind::Quantity
                    | FigureKind::Count
                    | FigureKind::Number
                    | FigureKind::Fraction
            ) {
                figure.trend = trend(&scan, before, end);
            }
            if let Some((_, suffix)) = approx_after(&scan, end).filter(|&(_, suffix)| suffix > end) {
                figure.span = self.span(a.start, suffix);
                if figure.item.is_none() && figure.kind == FigureKind::Number {
                    figure.item = self.item(suffix, false);
                    if figure.item.is_some() {
                        figure.kind = FigureKind::Count;
                    }
                }
                end = suffix;
            }
        }
        if figure.kind != FigureKind::Money {
            figure.value_text = None;
        }
        (figure, end)
    }

    fn describe_unit(&mut self, a: &Amount<'a>, unit: &MeasureUnit, figure: &mut Figure) -> usize {
        let scan = self.scan;
        let end = a.end;
        figure.unit = Some(unit.id.clone());
        figure.dimension = Some(unit.dimension.to_owned());
        figure.kind = FigureKind::Quantity;
        if !unit.si_unit.is_empty() {
            figure.si_unit = Some(unit.si_unit.clone());
            figure.si_value = figure.value.map(|v| v.mul_add(unit.factor, unit.offset));
        }
        if unit.dimension != "time" {
            return end;
        }
        figure.kind = FigureKind::Duration;
        if let Some(after) = age_after(&scan, end).filter(|_| matches!(unit.id.as_str(), "year" | "month" | "week" | "day")) {
            figure.kind = FigureKind::Age;
            figure.unit = Some(format!("{}-person", unit.id));
            figure.span = self.span(a.start, after);
            return after;
        }
        let count = a.number.value.as_int();
        if let Some(when) = date::after_duration(&scan, a.start, end, count, &unit.id) {
            *figure = self.when_figure(&When { start: when.start.max(self.taken), ..when.clone() });
            return when.end;
        }
        if let Some(text) = a.number.value.text() {
            figure.timex = duration(&text, &unit.id);
        }
        if let Some((per, after)) = per(&scan, end).filter(|_| unit.id != "year") {
            let _ = after;
            figure.per = Some(per);
        }
        end
    }

    fn describe_bare(&mut self, a: &Amount<'a>, figure: &mut Figure) -> usize {
        let scan = self.scan;
        let found = &a.number;
        let mut end = a.end;
        match found.form {
            Form::Ordinal => {
                figure.kind = FigureKind::Ordinal;
                return end;
            }
            // "a quarter point", "a half-percentage-point"
            Form::Fraction if scan.any(scan.over_hyphen(end), &["point", "points"]) && scan.near(scan.over_hyphen(end)) => {
                end = scan.over_hyphen(end) + 1;
                figure.kind = FigureKind::Percent;
                figure.unit = Some("percentage-point".to_owned());
                figure.dimension = Some("ratio".to_owned());
                figure.si_value = figure.value.map(|v| v * 1e-2);
                figure.span = self.span(a.start, end);
                return end;
            }
            Form::Fraction => {
                figure.kind = if found.digits && found.value.value() > 1.0 { FigureKind::Number } else { FigureKind::Fraction };
                figure.dimension = Some("ratio".to_owned());
                figure.item = of_whom(&scan, end).map(|after| self.words(end, after));
                return end;
            }
            Form::Cardinal | Form::Vague => {}
        }
        // "0.3 points lower" in a sentence of percentages.
        if found.form == Form::Cardinal && self.percent_in == Some(self.sentence) && scan.any(scan.over_hyphen(end), &["point", "points"]) {
            end = scan.over_hyphen(end) + 1;
            figure.kind = FigureKind::Percent;
            figure.unit = Some("percentage-point".to_owned());
            figure.dimension = Some("ratio".to_owned());
            figure.si_value = figure.value.map(|v| v * 1e-2);
            figure.span = self.span(a.start, end);
            return end;
        }
        if is_age(&scan, a) {
            figure.kind = FigureKind::Age;
            figure.unit = Some("year-person".to_owned());
            figure.dimension = Some("time".to_owned());
            return end;
        }
        let of = end + usize::from(found.form == Form::Vague && scan.is(end, "of"));
        let noun = if found.scaled || found.form == Form::Vague { of } else { scan.over_hyphen(of) };
        let hyphened = noun != of;
        let one = found.value.as_int() == Some(1) || hyphened;
        let noun = if hyphened && scan.has(noun, class::STRONG) { noun + 1 } else { noun };
        let after = if hyphened && scan.is_content(noun) { Some(noun + 1) } else { counted(&scan, noun, one) };
        if let Some(after) = after {
            figure.kind = FigureKind::Count;
            figure.item = Some(self.words(noun, after));
            figure.per = per(&scan, after).map(|(per, _)| per);
        } else if found.form == Form::Vague {
            figure.kind = FigureKind::Count;
        }
        end
    }

    /// Fills the exactness of a figure and with it its bounds; gives the first token of the words that say so.
    fn approximate(&self, figure: &mut Figure, start: usize, end: usize) -> usize {
        let found = approx_before(&self.scan, start);
        let approx = found.map(|(approx, _)| approx).or_else(|| approx_after(&self.scan, end).map(|(approx, _)| approx));
        if let Some(approx) = approx {
            figure.approx = Some(approx);
            match approx {
                Approx::Over | Approx::AtLeast => figure.value_max = None,
                Approx::Under | Approx::AtMost | Approx::UpTo => figure.value_min = None,
                Approx::About | Approx::Almost | Approx::Vague => {}
            }
        }
        found.map_or(start, |(_, first)| first)
    }

    fn item(&self, i: usize, one: bool) -> Option<String> {
        counted(&self.scan, i, one).map(|end| self.words(i, end))
    }

    fn words(&self, start: usize, end: usize) -> String {
        self.span(start, end).of(self.scan.text).to_owned()
    }

    // ---- dates -------------------------------------------------------------------------------------------------------

    fn push_when(&mut self, when: &When) -> usize {
        let start = when.start.max(self.taken.min(when.end - 1));
        let figure = self.when_figure(&When { start, ..when.clone() });
        self.figures.push(figure);
        when.end
    }

    fn when_figure(&self, when: &When) -> Figure {
        let mut figure = self.figure(when.start, when.end, when.kind);
        if let Some((first, last)) = when.period.days {
            figure.date_start = Some(first.to_string());
            figure.date_end = Some(last.to_string());
        }
        figure.timex = Some(when.period.timex.clone()).filter(|t| !t.is_empty());
        figure.anchored = when.period.anchored;
        figure
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let tokens = self.scan.tokens;
        Span::new(tokens[start].span.start(), tokens[end - 1].span.end())
    }

    fn figure(&self, start: usize, end: usize, kind: FigureKind) -> Figure {
        Figure::new(self.span(start, end), kind)
    }
}

fn set_value(figure: &mut Figure, value: Decimal) {
    let number = value.value();
    figure.value = Some(number);
    figure.value_min = Some(number);
    figure.value_max = Some(number);
    figure.value_text = value.text();
}

/// The end of "-old", "old", "of age" after a unit of time.
fn age_after(scan: &Scan, i: usize) -> Option<usize> {
    let next = if scan.is_hyphen(i) && scan.near(i + 1) { i + 1 } else { i };
    if scan.any(next, &["old", "olds"]) && scan.near(next) {
        return Some(next + 1);
    }
    (scan.is(i, "of") && scan.is(i + 1, "age")).then_some(i + 2)
}

/// "aged 18", "age 7", "Maria Lopez, 54, said".
fn is_age(scan: &Scan, a: &Amount) -> bool {
    let i = a.start;
    let Some(value) = a.number.value.as_int().filter(|v| (0..=120).contains(v)) else { return false };
    if i == 0 || a.number.form != Form::Cardinal {
        return false;
    }
    let near = (i.saturating_sub(5)..i).rev().take_while(|&j| scan.near(j + 1));
    for j in near {
        if scan.any(j, &["aged", "age", "ages"]) {
            return true;
        }
        let passes = scan
            .any(j, &["between", "from", "of", "about", "over", "under", "at", "least", "than", "more", "less", "up", "to", "and", "the"])
            || scan.is_number(j)
            || scan.is_dash(j)
            || scan.entry(j).number.is_some();
        if !passes {
            break;
        }
    }
    let digits = a.number.plain > 0 && a.number.plain <= 3 && value > 0;
    // "John Smith (45)"
    let bracketed = i > 2 && scan.word(i - 1) == "(" && scan.word(a.end) == ")" && value > 12;
    if digits
        && bracketed
        && scan.near(i - 1)
        && scan.case(i - 2) == Case::Initial
        && scan.case(i - 3) == Case::Initial
        && scan.is_word(i - 3)
    {
        return !(i.saturating_sub(8)..i).any(|j| scan.has(j, class::SPORT));
    }
    let person = i > 1 && scan.has(i - 2, class::PERSON);
    let named =
        i > 1 && scan.word(i - 1) == "," && scan.touches(i - 1) && scan.is_word(i - 2) && (person || scan.case(i - 2) == Case::Initial);
    let calendar = i > 1 && (scan.entry(i - 2).month > 0 || scan.entry(i - 2).weekday > 0);
    digits
        && named
        && !calendar
        && matches!(scan.word(a.end), "," | "." | ";" | ")")
        && scan.touches(a.end)
        && (scan.word(a.end) == "," || person || i > 3 && scan.case(i - 3).is_capitalised())
}

/// Whether "one" counts something: "one hospital", not "the old one" or "one of".
fn one_counts(scan: &Scan, i: usize) -> bool {
    let next = scan.over_hyphen(i + 1);
    if !scan.near(next) {
        return false;
    }
    const DETERMINERS: [&str; 14] =
        ["the", "a", "an", "this", "that", "his", "her", "its", "their", "no", "each", "every", "any", "another"];
    // "no one", "the blue one": a pronoun.
    let pronoun = i > 0 && scan.near(i) && (scan.any(i - 1, &DETERMINERS) || scan.any(i - 1, &["which", "only"]))
        || i > 1 && scan.near(i) && scan.is_content(i - 1) && scan.any(i - 2, &DETERMINERS) && next == i + 1;
    if pronoun && scan.entry(next).number.is_none() && !matches!(meaning(scan, next, false), Some((Meaning::Unit(_) | Meaning::Percent, _)))
    {
        return false;
    }
    if scan.is(next, "day") {
        // "One day he left" tells no length.
        return i > 0
            && scan.any(i - 1, &["only", "for", "in", "than", "within", "after", "just", "about", "nearly", "least", "every", "lasted"]);
    }
    if next > i + 1 {
        let entry = scan.entry(next);
        return entry.number.is_some_and(|n| n.form != NumeralForm::Short)
            || meaning(scan, next, false).is_some()
            || scan.any(next, &["fold"]);
    }
    if scan.entry(next).number.is_some() || scan.any(next, &["in", "out"]) {
        return scan.entry(next).number.is_some()
            || scan.entry(next + 1).number.is_some()
            || scan.is_number(next + 1)
            || scan.is(next + 1, "of")
            || scan.is(next + 1, "every");
    }
    if scan.any(next, &["and", "point"]) {
        return scan.entry(next + 1).number.is_some() || scan.is(next + 1, "a");
    }
    scan.is_content(next)
        && scan.case(next) != Case::Upper
        && !scan.any(next, &["thing", "way", "another", "knows", "can", "wants", "would"])
        && !scan.word(next).ends_with("ing")
}

/// Whether "first" or "second" ranks something: not "at first", "First Minister", "for a second".
fn ordinal_counts(scan: &Scan, i: usize) -> bool {
    if scan.joins(i + 1) && scan.has(i + 2, class::COMPOUND) {
        return false;
    }
    if scan.case(i).is_capitalised() && !scan.opens(i)
        || scan.case(i).is_capitalised() && scan.case(i + 1).is_capitalised() && scan.is_word(i + 1)
    {
        return false;
    }
    if i > 0 && scan.is(i - 1, "at") || scan.any(i + 1, &["of"]) && scan.is(i + 2, "all") {
        return false;
    }
    if scan.is(i, "second")
        && i > 0
        && (scan.any(i - 1, &["a", "per", "every", "each"]) && !scan.is_content(i + 1) || scan.any(i - 1, &["split"]))
    {
        return false;
    }
    true
}
