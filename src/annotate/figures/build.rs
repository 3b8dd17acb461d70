//! From what the parsers read to a [`Figure`]: decides which reading of a token wins (date, age, multiple, score, share, amount, or
//! nothing), and fills the fields of the record.

use super::MOST;
use super::amount::{Amount, amount_of};
use super::build_article::may_be_counted;
use super::calendar::Period;
use super::codes::code;
use super::context::is_name;
use super::date::{self, When};
use super::date_joint::joined;
use super::decimal::Decimal;
use super::money::glued_money;
use super::named::{listed_name, named, title_of_a_work};
use super::number::number;
use super::range::{Joint, joint, shared_measure};
use super::readings::{one_counts, ordinal_counts};
use super::scan::{Scan, any, is};
use super::unit::Measure;
use super::words::NumeralClass;
use crate::document::{Approx, Figure, FigureKind, RangeRole, TokenKind};
use crate::span::Span;

pub(super) struct Builder<'a> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) figures: Vec<Figure>,
    /// The text pays in pounds: "pounds" is money.
    pub(super) sterling: bool,
    /// The country's dollar of a text that writes "A$" and never a bare "$": its "cents" and "dollars" are of it. Found when asked for.
    home_dollar: Option<Option<&'static str>>,
    /// How often the text names each country whose money has a shared name. Counted when asked for.
    pub(super) countries: Vec<u32>,
    /// The last sentence with a percentage, where "0.3 points" are percentage points.
    pub(super) percent_in: Option<usize>,
    pub(super) sentence: usize,
    /// Tokens before this one are taken.
    pub(super) taken: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(scan: &'a Scan<'a>) -> Self {
        Self {
            scan,
            // As many as news has: a figure is large, and none is moved then.
            figures: Vec::with_capacity((scan.tokens.len() / 40).min(MOST)),
            sterling: false,
            home_dollar: None,
            countries: Vec::new(),
            percent_in: None,
            sentence: 0,
            taken: 0,
        }
    }

    /// Reads the figure at token `i`, if there is one, and gives the token to go on from.
    pub(super) fn read(&mut self, i: usize, sentence: usize) -> usize {
        // More than a third of all that is asked for.
        if self.scan.is_article(i) && !may_be_counted(self.scan, i + 1) {
            return i + 1;
        }
        self.sentence = sentence;
        let end = if self.scan.is_article(i) { self.read_article(i) } else { self.read_at(i) };
        if end > i + 1 {
            self.taken = self.taken.max(end.min(self.scan.tokens.len()));
        }
        end
    }

    fn read_at(&mut self, i: usize) -> usize {
        let scan = self.scan;
        if let Some(end) = listed_name(scan, i) {
            return end;
        }
        let told = if i > 0 && is!(scan, i - 1, "the") {
            self.read_day_after(i).or_else(|| self.read_day_before(i))
        } else {
            self.read_listed_day(i)
        };
        if let Some(end) = told {
            return end;
        }
        if let Some(when) = date::find(scan, i) {
            let when = self.after_its_neighbour(self.of_that_year(joined(scan, when)));
            self.share_year(&when);
            return self.push_when(when);
        }
        match scan.kind(i) {
            Some(TokenKind::Number) => {
                let no_amount = code(scan, i).or_else(|| self.read_colon(i));
                no_amount.unwrap_or_else(|| self.read_amount(i))
            }
            Some(TokenKind::Word) => self.read_word(i),
            Some(TokenKind::Address) => self.read_glued(i),
            _ => self.read_amount(i),
        }
    }

    pub(super) fn read_word(&mut self, i: usize) -> usize {
        let scan = self.scan;
        if !scan.is_plain(i) && scan.word(i).bytes().any(|b| b.is_ascii_digit()) {
            return self.read_glued(i);
        }
        let entry = scan.entry(i);
        if let Some(multiple) = entry.multiple
            && let Some(end) = self.read_multiple_word(i, multiple)
        {
            return end;
        }
        if entry.decade > 0
            && let Some(end) = self.read_age_word(i, entry.decade)
        {
            return end;
        }
        if any!(scan, i, ["several", "few"]) {
            return self.read_vague_time(i).unwrap_or_else(|| if entry.number.is_some() { self.read_amount(i) } else { i + 1 });
        }
        if entry.number.is_none() {
            return self.read_led(i);
        }
        // "31 per million": what a rate is per counts nothing.
        if i > 0 && is!(scan, i - 1, "per") && entry.number.is_some_and(|n| n.class == NumeralClass::Scale) && !scan.is_content(i + 1) {
            return i + 1;
        }
        if is!(scan, i, "one") && !one_counts(scan, i) || any!(scan, i, ["second", "first", "third"]) && !ordinal_counts(scan, i) {
            return i + 1;
        }
        // "a six-figure sum"
        if scan.joins(i + 1)
            && any!(scan, i + 2, ["figure", "figures"])
            && let Some(n) = entry.number.map(|n| u32::from(n.value)).filter(|n| (4..=12).contains(n))
        {
            return self.push_vague(i, i + 3, 10i64.pow(n - 1), 10i64.pow(n) - 1);
        }
        self.read_amount(i)
    }

    /// What a word that is no number leads to: "another week", "double-digit growth", "minus 5".
    fn read_led(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let next = i + 1;
        if is!(scan, i, "another") {
            self.read_another(i)
        } else if is!(scan, i, "single") {
            self.read_digits_told(i, 1, 9)
        } else if is!(scan, i, "double") {
            self.read_digits_told(i, 10, 99)
        } else if is!(scan, i, "triple") {
            self.read_digits_told(i, 100, 999)
        } else if any!(scan, i, ["minus", "negative"])
            && (scan.is_number(next) || scan.entry(next).number.is_some() || scan.lexicon.sign(scan.word(next)).is_some())
        {
            self.read_amount(i)
        } else {
            next
        }
    }

    /// "single-digit growth"
    fn read_digits_told(&mut self, i: usize, low: i64, high: i64) -> usize {
        let digit = self.scan.over_hyphen(i + 1);
        if any!(self.scan, digit, ["digit", "digits"]) {
            return self.push_bounds(i, digit + 1, FigureKind::Percent, low, high, "percent");
        }
        i + 1
    }

    pub(super) fn read_glued(&mut self, i: usize) -> usize {
        match glued_money(self.scan, i) {
            Some((found, _)) => match joint(self.scan, &found, self.sterling) {
                Some(Joint::Range(low, high)) => self.push_range(&low, &high),
                Some(Joint::FromTo(from, to)) => self.push_from_to(from, to),
                _ => self.push_amount(found),
            },
            None => i + 1,
        }
    }

    pub(super) fn push_vague(&mut self, start: usize, end: usize, low: i64, high: i64) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Number);
        figure.value_min = Some(low as f64);
        figure.value_max = Some(high as f64);
        figure.approx = Some(Approx::Vague);
        self.figures.push(figure);
        end
    }

    pub(super) fn push_bounds(&mut self, start: usize, end: usize, kind: FigureKind, low: i64, high: i64, unit: &'static str) -> usize {
        let mut figure = self.figure(start, end, kind);
        figure.value_min = Some(low as f64);
        figure.value_max = Some(high as f64);
        figure.unit = Some(unit.into());
        figure.approx = Some(Approx::Vague);
        if kind == FigureKind::Age {
            figure.approx = None;
            figure.dimension = Some("time");
        } else {
            figure.dimension = Some("ratio");
        }
        self.figures.push(figure);
        end
    }

    // ---- amounts -----------------------------------------------------------------------------------------------------

    pub(super) fn read_amount(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let mut first = i;
        let dash = i > self.taken && i > 0 && scan.is_dash(i - 1);
        // A minus that touches the number and nothing before it, or the word.
        if dash && scan.touches(i) {
            let compared = i > 1 && any!(scan, i - 2, ["<", ">", "≤", "≥"]);
            // "-20C (-4F)"
            let bracketed = i > 1 && is!(scan, i - 2, "(") && scan.touches(i - 1);
            let sign = !scan.touches(i - 1) || compared || bracketed;
            let spaced = sign && (i == 1 || !scan.is_number(i - 2) || !scan.near(i - 1));
            if spaced
                && (scan.is_number(i) || scan.kind(i) == Some(TokenKind::Symbol))
                && (i < 2 || !is!(scan, i - 1, "-") || !scan.opens(i - 1) || bracketed)
            {
                first = i - 1;
            }
        }
        let bare_number = number(scan, i);
        // "- 20 degrees": a minus that stands apart counts before a temperature.
        if dash && first == i && !scan.touches(i - 1) && scan.near(i) && (i < 2 || !scan.is_number(i - 2)) {
            let warmth = amount_of(scan, i, bare_number.as_ref(), self.sterling)
                .is_some_and(|a| matches!(&a.measure, Measure::Unit(unit) if unit.dimension == "temperature" || unit.id == "degree"));
            first -= usize::from(warmth);
        }
        // "- 1,200,000" in a cell of a table
        if i == 1
            && first == 1
            && scan.is_dash(0)
            && scan.near(1)
            && bare_number.as_ref().is_some_and(|n| n.start == 1 && n.end == scan.tokens.len())
        {
            first = 0;
        }
        if let Some(found) = &bare_number
            && found.start >= i
        {
            if let Some(end) = self.read_multiple(found) {
                return end;
            }
            if found.rest == "s" {
                return self.read_decade_of_life(found);
            }
        }
        let known = bare_number.as_ref().filter(|_| first == i);
        let Some(mut a) = amount_of(scan, first, known, self.sterling) else { return i + 1 };
        if a.start < self.taken {
            return i + 1;
        }
        if let Some(end) = self.read_score(&a) {
            return end;
        }
        match joint(scan, &a, self.sterling) {
            Some(Joint::Chain(end)) => return end,
            Some(Joint::Range(low, high)) => return self.read_multiple_range(&low, &high).unwrap_or_else(|| self.push_range(&low, &high)),
            Some(Joint::FromTo(from, to)) => return self.push_from_to(from, to),
            Some(Joint::Score(a, b)) => return self.push_score(&a, &b, b.end),
            Some(Joint::EvenSplit(a, b)) => return self.push_fraction(a.start, b.end, Decimal::fraction(1, 2)),
            Some(Joint::Share(a, b)) => {
                let of = b.number.value.as_int().and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
                let value = Decimal::fraction(a.number.value.as_int().unwrap_or(1), of);
                return self.push_fraction(a.start, b.end, value);
            }
            None => {}
        }
        if let Some(end) = title_of_a_work(scan, &a.number) {
            return end;
        }
        if !a.prefixed {
            if a.measure.is_none()
                && let Some(end) = named(scan, &a.number)
            {
                return end;
            }
            if is_name(scan, &a.number, a.measure.is_none() && !a.number.scaled) {
                return a.number.end;
            }
        }
        if let Some(measure) = shared_measure(scan, &a, self.sterling) {
            a.measure = measure;
        }
        if let Some(measure) = self.measure_of_the_goal(&a).or_else(|| self.measure_of_the_start(&a)) {
            a.measure = measure;
        }
        let end = self.push_amount(a);
        self.other_bound(end).unwrap_or(end)
    }

    /// Two figures with their roles.
    fn push_from_to(&mut self, from: Amount<'a>, to: Amount<'a>) -> usize {
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
        end
    }

    pub(super) fn push_amount(&mut self, a: Amount<'a>) -> usize {
        let mut figure = self.figure(a.start, a.end, FigureKind::Number);
        let end = self.describe(&a, &mut figure);
        self.role_after_the_goal(&a, &mut figure);
        self.role_after_the_start(&a, &mut figure);
        self.figures.push(figure);
        end
    }

    // ---- dates -------------------------------------------------------------------------------------------------------

    pub(super) fn push_when(&mut self, when: When) -> usize {
        let (start, end) = (when.start.max(self.taken.min(when.end - 1)), when.end);
        // "June of last year", "June last year"
        let this_year = |j: usize| is!(self.scan, j + 1, "year") && self.scan.entry(j).relative.is_some();
        let told = when.period.days.is_some() && (this_year(end) || end > start + 1 && this_year(end - 2));
        let when = When { period: Period { anchored: when.period.anchored || told, ..when.period }, ..when };
        let mut figure = self.when_figure(When { start, ..when });
        self.role_of_day(&mut figure, start, end);
        self.open_side(&mut figure, start, end);
        self.figures.push(figure);
        end
    }

    pub(super) fn when_figure(&self, when: When) -> Figure {
        let mut figure = self.figure(when.start, when.end, when.kind);
        if let Some((first, last)) = when.period.days {
            figure.date_start = Some(first.into());
            figure.date_end = Some(last.into());
        }
        figure.timex = Some(when.period.timex).filter(|t| !t.is_empty());
        figure.anchored = when.period.anchored;
        figure
    }

    pub(super) fn home_dollar(&mut self) -> Option<&'static str> {
        let text = self.scan.text;
        *self.home_dollar.get_or_insert_with(|| home_dollar(text))
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let tokens = self.scan.tokens;
        Span::new(tokens[start].span.start(), tokens[end - 1].span.end())
    }

    pub(super) fn figure(&self, start: usize, end: usize, kind: FigureKind) -> Figure {
        Figure::new(self.span(start, end), kind)
    }
}

/// Which dollar the text writes with its letters; none where a bare sign leaves it open.
fn home_dollar(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let mut counts = [0usize; 5];
    for (at, _) in text.match_indices('$') {
        let before = &bytes[at.saturating_sub(2)..at];
        let country = match before {
            b"US" => 0,
            b"NZ" => 1,
            b"HK" => 2,
            [first, b'A'] if !first.is_ascii_alphanumeric() => 3,
            [first, b'C'] if !first.is_ascii_alphanumeric() => 4,
            _ => return None,
        };
        counts[country] += 1;
    }
    let most = (0..counts.len()).max_by_key(|&country| counts[country]).filter(|&country| counts[country] > 0 && country > 0)?;
    Some(["USD", "NZD", "HKD", "AUD", "CAD"][most])
}

pub(super) fn set_value(figure: &mut Figure, value: Decimal) {
    let number = value.value();
    figure.value = Some(number);
    figure.value_min = Some(number);
    figure.value_max = Some(number);
}
