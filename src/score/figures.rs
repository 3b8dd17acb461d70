//! Scores figures: place, value, unit, kind, dates.
//!
//! - Pairs are one to one and share at least one code point; right value or date first, then unit, then overlap.
//! - A value is right within 1e-5, both ends of a range. For a vague amount it is enough that both sides call it vague.
//! - A unit is right when equal or among `unit_alt`, plural and hyphens folded. A date is right when one of the ways to write
//!   its first and last day is gold's.
//! - Findings of kinds outside the line's `scope` that touch no gold are not counted, nor those that touch only `optional`
//!   text. A finding on a negative is counted apart AND as a false positive.

use std::{cmp::Ordering, collections::BTreeMap, ops::AddAssign};

use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use super::{
    Counts, Extent, Fault, Findings, Gold, Share,
    findings::FoundFigure,
    gold::{Amount, GoldFigure},
};

/// What is right of the figures found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureScore {
    /// Found at all: shares a code point.
    pub place: Counts,
    /// Starts and ends where gold does.
    pub exact_place: Counts,
    /// The number, both ends of a range, or the day.
    pub value: Counts,
    /// Value and unit both right.
    pub value_unit: Counts,
    /// The kind, those that annotators do not tell apart being one ("count" and "number").
    pub kind: Counts,
    /// Gold dates found with the right day.
    pub dates: Share,
    /// Texts that must yield nothing and did yield something.
    pub must_not_fire: Share,
    /// For each gold kind.
    pub by_kind: BTreeMap<String, KindScore>,
}

/// Recall of one kind of figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindScore {
    /// Figures of this kind in gold.
    pub gold: usize,
    /// Of these, found at all.
    pub place: usize,
    /// Of these, with the right value.
    pub value: usize,
    /// Of these, with the right value and unit.
    pub value_unit: usize,
}

impl FigureScore {
    pub(super) fn to_json(&self) -> Value {
        let kinds = self.by_kind.iter().map(|(kind, score)| {
            json!({"kind": kind, "gold": score.gold, "place": score.place, "value": score.value, "value_unit": score.value_unit})
        });
        json!({
            "place": self.place.to_json(), "exact_place": self.exact_place.to_json(), "value": self.value.to_json(),
            "value_unit": self.value_unit.to_json(), "kind": self.kind.to_json(), "dates": self.dates.to_json(),
            "must_not_fire": {"hits": self.must_not_fire.right, "of": self.must_not_fire.of},
            "by_kind": kinds.collect::<Vec<_>>(),
        })
    }
}

impl AddAssign for FigureScore {
    fn add_assign(&mut self, other: Self) {
        self.place += other.place;
        self.exact_place += other.exact_place;
        self.value += other.value;
        self.value_unit += other.value_unit;
        self.kind += other.kind;
        self.dates += other.dates;
        self.must_not_fire += other.must_not_fire;
        for (kind, score) in other.by_kind {
            let sum = self.by_kind.entry(kind).or_default();
            sum.gold += score.gold;
            sum.place += score.place;
            sum.value += score.value;
            sum.value_unit += score.value_unit;
        }
    }
}

pub(super) fn score(gold: &Gold, rows: &[GoldFigure], found: &Findings, faults: &mut Vec<Fault>) -> FigureScore {
    let touches_gold = |extent: Extent| rows.iter().any(|row| row.extent.overlaps(extent));
    let in_scope = |kind: &str| gold.scope.is_empty() || gold.scope.iter().any(|scope| same_kind(kind, scope));
    let mut got: Vec<&FoundFigure> = found.figures.iter().filter(|f| in_scope(f.kind) || touches_gold(f.extent)).collect();

    let mut score = FigureScore::default();
    let mut fault = |fault: &'static str, place: Extent, detail: String| {
        faults.push(Fault { layer: "figures", fault, id: gold.id.clone(), context: gold.text.context(place), detail });
    };
    for &negative in &gold.negatives {
        let hit = got.iter().find(|f| f.extent.overlaps(negative));
        score.must_not_fire.count(hit.is_some());
        if let Some(hit) = hit {
            fault("must not fire", negative, shown_found(hit));
        }
    }
    got.retain(|f| !gold.optional.iter().any(|optional| optional.overlaps(f.extent)) || touches_gold(f.extent));

    let pairs = pair(rows, &got);
    let (mut exact, mut value, mut value_unit, mut kind) = (0, 0, 0, 0);
    for row in rows {
        score.by_kind.entry(row.kind.clone()).or_default().gold += 1;
        score.dates.of += usize::from(row.iso.is_some());
    }
    for &(i, j) in &pairs {
        let (row, figure) = (&rows[i], got[j]);
        let right = Verdict::of(row, figure);
        exact += usize::from(row.extent == figure.extent);
        value += usize::from(right.value);
        value_unit += usize::from(right.value && right.unit);
        kind += usize::from(same_kind(&row.kind, figure.kind));
        score.dates.right += usize::from(right.date == Some(true));
        let of_kind = score.by_kind.entry(row.kind.clone()).or_default();
        of_kind.place += 1;
        of_kind.value += usize::from(right.value);
        of_kind.value_unit += usize::from(right.value && right.unit);
        if !(right.value && right.unit) {
            fault("wrong value", row.extent, format!("gold {} | found {}", shown_gold(row), shown_found(figure)));
        }
    }
    for (_, row) in rows.iter().enumerate().filter(|(i, _)| pairs.iter().all(|(paired, _)| paired != i)) {
        fault("missed", row.extent, shown_gold(row));
    }
    for (_, figure) in got.iter().enumerate().filter(|(j, _)| pairs.iter().all(|(_, paired)| paired != j)) {
        fault("extra", figure.extent, shown_found(figure));
    }
    let counts = |right| Counts::new(right, got.len(), rows.len() + gold.unaligned);
    score.place = counts(pairs.len());
    (score.exact_place, score.value, score.value_unit, score.kind) = (counts(exact), counts(value), counts(value_unit), counts(kind));
    score
}

/// What of a found figure is right.
struct Verdict {
    value: bool,
    unit: bool,
    /// `None` where gold has no date.
    date: Option<bool>,
}

impl Verdict {
    fn of(row: &GoldFigure, figure: &FoundFigure) -> Self {
        let date = row.iso.as_deref().map(|iso| date_agrees(iso, figure));
        let value = value_agrees(&row.value, &figure.value).or(date).unwrap_or(false) || row.vague && figure.vague;
        Self { value, unit: unit_agrees(row, figure.unit.as_deref()), date }
    }
}

fn pair(rows: &[GoldFigure], got: &[&FoundFigure]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, figure) in got.iter().enumerate() {
            let shared = row.extent.shared(figure.extent);
            if shared == 0 {
                continue;
            }
            let cover = row.extent.end.max(figure.extent.end) - row.extent.start.min(figure.extent.start);
            let value = value_agrees(&row.value, &figure.value) == Some(true);
            let date = row.iso.as_deref().is_some_and(|iso| date_agrees(iso, figure));
            let unit = unit_agrees(row, figure.unit.as_deref());
            let points = 4 * u32::from(value) + 4 * u32::from(date) + 2 * u32::from(unit);
            candidates.push((f64::from(points) + shared as f64 / cover as f64, i, j));
        }
    }
    candidates.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut paired_rows, mut paired_got) = (vec![false; rows.len()], vec![false; got.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !paired_rows[i] && !paired_got[j] {
            (paired_rows[i], paired_got[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

/// `None` where gold gives no value.
fn value_agrees(gold: &Amount, found: &Amount) -> Option<bool> {
    // Relative 1e-5, with a floor for values at zero.
    let close = |a: f64, b: f64| a == b || (a - b).abs() <= (1e-5 * a.abs().max(b.abs())).max(1e-9);
    Some(match (gold, found) {
        (Amount::Unknown, _) => return None,
        (Amount::One(gold), Amount::One(found)) => close(*gold, *found),
        (Amount::Range(gold), Amount::Range(found)) => match (sorted(gold), sorted(found)) {
            (Some(a), Some(b)) => a.iter().zip(&b).all(|(a, b)| close(*a, *b)),
            _ => gold == found,
        },
        _ => false,
    })
}

/// The bounds in order, unless a side is open.
fn sorted(bounds: &[Option<f64>]) -> Option<Vec<f64>> {
    let mut bounds: Vec<f64> = bounds.iter().copied().collect::<Option<_>>()?;
    bounds.sort_by(f64::total_cmp);
    Some(bounds)
}

fn unit_agrees(gold: &GoldFigure, found: Option<&str>) -> bool {
    let fold = |unit: &str| unit.to_lowercase().replace(' ', "-").trim_end_matches('s').to_string();
    match (gold.unit.as_deref(), found) {
        (None, None) => true,
        (Some(wanted), Some(unit)) => wanted == unit || gold.unit_alt.iter().any(|alt| alt == unit) || fold(wanted) == fold(unit),
        _ => false,
    }
}

/// Kinds that annotators do not tell apart are one.
fn same_kind(a: &str, b: &str) -> bool {
    fn fold(kind: &str) -> &str {
        match kind {
            "date" | "period" | "time" | "datetime" | "set" => "when",
            "fraction" | "multiple" | "score" | "count" => "number",
            other => other,
        }
    }
    fold(a) == fold(b)
}

fn date_agrees(iso: &str, figure: &FoundFigure) -> bool {
    let forms = date_forms(figure);
    forms.iter().any(|form| form == iso || form == iso.trim_end_matches('Z'))
}

/// The ways to write a first and last day: 2025-07-01 to 2025-07-31 is also 2025-07 and, half-open, 2025-07-01/2025-08-01.
fn date_forms(figure: &FoundFigure) -> Vec<String> {
    let filled = |day: &Option<String>| day.clone().filter(|day| !day.is_empty());
    let mut forms: Vec<String> = filled(&figure.timex).into_iter().collect();
    let (start, end) = match (filled(&figure.date_start), filled(&figure.date_end)) {
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => {
            forms.extend([format!("{start}/"), start]);
            return forms;
        }
        _ => return forms,
    };
    forms.push(format!("{start}/{end}"));
    if start == end {
        forms.push(start.clone());
    }
    let day = |text: &str| text.get(..10).unwrap_or(text).parse::<Date>().ok();
    let (Some(first), Some(last)) = (day(&start), day(&end)) else { return forms };
    let Ok(after) = last.checked_add(1.day()) else { return forms };
    forms.push(format!("{first}/{after}"));
    let month = |day: Date| format!("{:04}-{:02}", day.year(), day.month());
    if first.day() == 1 && after.day() == 1 {
        forms.push(format!("{}/{}", month(first), month(last)));
        if month(first) == month(last) {
            forms.push(month(first));
        }
        if first.month() == 1 && after.month() == 1 {
            forms.push(format!("{:04}/{:04}", first.year(), last.year()));
            if first.year() == last.year() {
                forms.push(format!("{:04}", first.year()));
            }
        }
    }
    forms
}

fn shown_gold(row: &GoldFigure) -> String {
    shown(&row.value, row.unit.as_deref(), &row.kind, row.iso.as_deref())
}

fn shown_found(figure: &FoundFigure) -> String {
    let days = figure.date_start.as_ref().map(|start| format!("{start}..{}", figure.date_end.as_deref().unwrap_or_default()));
    shown(&figure.value, figure.unit.as_deref(), figure.kind, days.as_deref())
}

fn shown(value: &Amount, unit: Option<&str>, kind: &str, date: Option<&str>) -> String {
    let bound = |bound: &Option<f64>| bound.map_or_else(|| "?".to_string(), |bound| bound.to_string());
    let value = match value {
        Amount::Unknown => None,
        Amount::One(value) => Some(value.to_string()),
        Amount::Range(bounds) => Some(bounds.iter().map(bound).collect::<Vec<_>>().join("..")),
    };
    let words = [value.as_deref(), unit, Some(kind), date];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::gold::parse;

    fn figure(start: usize, end: usize, value: Amount, unit: Option<&str>, kind: &'static str) -> FoundFigure {
        FoundFigure {
            extent: Extent::new(start, end),
            value,
            unit: unit.map(str::to_string),
            kind,
            vague: false,
            date_start: None,
            date_end: None,
            timex: None,
        }
    }

    fn scored(line: &str, figures: Vec<FoundFigure>) -> FigureScore {
        let gold = &parse(line).unwrap()[0];
        score(gold, gold.figures.as_ref().unwrap(), &Findings { figures, ..Findings::default() }, &mut Vec::new())
    }

    #[test]
    fn value_unit_and_the_better_pair() {
        let line = r#"{"id": "a", "text": "Rent rose 4% to €1,200.", "figures": [{"start": 10, "end": 12, "value": 4, "unit": "percent", "kind": "percent"}, {"start": 16, "end": 22, "value": 1200, "unit": "EUR", "kind": "money"}]}"#;
        let all = scored(
            line,
            vec![
                figure(10, 22, Amount::One(1.0), None, "number"),
                figure(10, 12, Amount::One(4.0), Some("percent"), "percent"),
                figure(17, 22, Amount::One(1200.001), Some("EURs"), "money"),
            ],
        );
        assert_eq!((all.place, all.exact_place), (Counts::new(2, 3, 2), Counts::new(1, 3, 2)));
        assert_eq!((all.value, all.value_unit), (Counts::new(2, 3, 2), Counts::new(2, 3, 2)));
        assert_eq!(all.by_kind["money"], KindScore { gold: 1, place: 1, value: 1, value_unit: 1 });
    }

    #[test]
    fn scope_negatives_and_optional_text() {
        let line = r#"{"id": "a", "text": "Flight 370 left at 9 with 12 on board.", "scope": ["count"], "negatives": [[7, 10]], "optional": [[19, 20]], "figures": []}"#;
        let found = scored(
            line,
            vec![
                figure(7, 10, Amount::One(370.0), None, "number"),
                figure(19, 20, Amount::One(9.0), None, "number"),
                figure(26, 28, Amount::One(12.0), None, "money"),
            ],
        );
        assert_eq!((found.place, found.must_not_fire), (Counts::new(0, 1, 0), Share::new(1, 1)));
    }

    #[test]
    fn ranges_and_open_sides() {
        let range = |low, high| Amount::Range(vec![low, high]);
        assert_eq!(value_agrees(&range(Some(10.0), Some(15.0)), &range(Some(15.0), Some(10.00001))), Some(true));
        assert_eq!(value_agrees(&range(Some(10.0), None), &range(Some(10.0), None)), Some(true));
        assert_eq!(value_agrees(&range(Some(10.0), None), &Amount::One(10.0)), Some(false));
        assert_eq!(value_agrees(&Amount::Unknown, &Amount::One(10.0)), None);
    }

    #[test]
    fn ways_to_write_a_period() {
        let forms = |start: &str, end: &str| {
            let mut figure = figure(0, 1, Amount::Unknown, None, "date");
            (figure.date_start, figure.date_end) = (Some(start.to_string()), Some(end.to_string()).filter(|e| !e.is_empty()));
            date_forms(&figure)
        };
        assert_eq!(forms("2025-07-01", "2025-07-31")[2..], ["2025-07/2025-07", "2025-07"]);
        assert!(forms("2024-01-01", "2024-12-31").contains(&"2024".to_string()));
        assert_eq!(forms("2024-02-29", "2024-02-29"), ["2024-02-29/2024-02-29", "2024-02-29", "2024-02-29/2024-03-01"]);
        assert_eq!(forms("2024-02-29", ""), ["2024-02-29/", "2024-02-29"]);
    }
}
