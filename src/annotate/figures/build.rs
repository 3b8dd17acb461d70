//! From what the parsers read to a [`Figure`]: decides which reading of a token wins (date, age, multiple, score, share, amount, or
//! nothing), and fills the fields of the record.

use super::amount::{Amount, amount, glued_money, measured};
use super::context::{approx_before, digit_groups, is_name};
use super::date::{self, When, time_unit};
use super::decimal::Decimal;
use super::number::{Form, Number, number};
use super::range::{Joint, joint};
use super::readings::{age_after, one_counts, ordinal_counts};
use super::scan::Scan;
use super::unit::{Measure, meaning};
use super::words::{Meaning, class};
use crate::document::{Approx, Case, Figure, FigureKind, RangeRole, TokenKind};
use crate::span::Span;

pub(super) struct Builder<'a> {
    pub(super) scan: Scan<'a>,
    pub(super) figures: Vec<Figure>,
    /// The text pays in pounds: "pounds" is money.
    pub(super) sterling: bool,
    /// The last sentence with a percentage, where "0.3 points" are percentage points.
    pub(super) percent_in: Option<usize>,
    pub(super) sentence: usize,
    /// Tokens before this one are taken.
    pub(super) taken: usize,
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
        if scan.joins(i + 1)
            && scan.any(i + 2, &["figure", "figures"])
            && let Some(n) = scan.entry(i).number.map(|n| u32::from(n.value)).filter(|n| (4..=12).contains(n))
        {
            return self.push_vague(i, i + 3, 10i64.pow(n - 1), 10i64.pow(n) - 1);
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
            if found.rest == "s" {
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
        } else if scan.is(next, "fold") || scan.is(next, "times") && is_comparison(&scan, found.start, next + 1) {
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
        // "under-16s", "over 75s"; "the Under-21s" are a team.
        let lead = if i > 1 && scan.is_hyphen(i - 1) { i - 2 } else { i.saturating_sub(1) };
        let approx = match scan.word(lead) {
            "under" => Approx::Under,
            "over" => Approx::Over,
            _ => return found.end,
        };
        if found.value.as_int().is_some_and(|v| (2..=110).contains(&v)) {
            let mut figure = self.figure(i, found.end, FigureKind::Age);
            set_value(&mut figure, found.value);
            figure.unit = Some("year-person".to_owned());
            figure.dimension = Some("time".to_owned());
            figure.approx = Some(approx);
            if approx == Approx::Under {
                figure.value_min = None;
            } else {
                figure.value_max = None;
            }
            self.figures.push(figure);
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
        // "6-3, 4-6": a set among sets.
        let sets = low.number.plain > 0 && low.number.plain <= 2 && low.measure == Measure::None && high.measure == Measure::None;
        if sets
            && low.start > 1
            && self
                .figures
                .last()
                .is_some_and(|f| f.kind == FigureKind::Score && self.span(low.start - 2, low.start).start() <= f.span.end())
        {
            return self.push_score(low, high, high.end);
        }
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

    // ---- dates -------------------------------------------------------------------------------------------------------

    fn push_when(&mut self, when: &When) -> usize {
        let start = when.start.max(self.taken.min(when.end - 1));
        let figure = self.when_figure(&When { start, ..when.clone() });
        self.figures.push(figure);
        when.end
    }

    pub(super) fn when_figure(&self, when: &When) -> Figure {
        let mut figure = self.figure(when.start, when.end, when.kind);
        if let Some((first, last)) = when.period.days {
            figure.date_start = Some(first.to_string());
            figure.date_end = Some(last.to_string());
        }
        figure.timex = Some(when.period.timex.clone()).filter(|t| !t.is_empty());
        figure.anchored = when.period.anchored;
        figure
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let tokens = self.scan.tokens;
        Span::new(tokens[start].span.start(), tokens[end - 1].span.end())
    }

    pub(super) fn figure(&self, start: usize, end: usize, kind: FigureKind) -> Figure {
        Figure::new(self.span(start, end), kind)
    }
}

pub(super) fn set_value(figure: &mut Figure, value: Decimal) {
    let number = value.value();
    figure.value = Some(number);
    figure.value_min = Some(number);
    figure.value_max = Some(number);
}

/// "three times the size", "almost 10 times", but not "three times a week".
fn is_comparison(scan: &Scan, start: usize, after: usize) -> bool {
    scan.has(after, class::COMPARE) || approx_before(scan, start).is_some() && !scan.any(after, &["in", "a", "on", "per", "at"])
}
