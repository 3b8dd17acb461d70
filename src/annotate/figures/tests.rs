//! One test for each class of figure, on sentences of our own; then the texts that must not break it.

use super::*;
use crate::annotate::{sentences, tokens};
use crate::document::{Approx, Day, FigureKind, RangeRole, Trend};
use std::sync::OnceLock;

mod ages;
mod dates;
mod holidays;
mod items;
mod measures;
mod named;
mod numbers;
mod periods;
mod surroundings;
mod years;

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::english)
}

/// The figures of a text published on a Wednesday.
fn figures(text: &str) -> Vec<Figure> {
    let tokens = tokens::tokenize(text, &lexicon().vocabulary);
    let sentences = sentences::split(text, &tokens, lexicon());
    find(text, &tokens, &sentences, lexicon(), Some("2026-03-11"))
}

/// Span, value and unit of each: what most tests compare. A range is written with its bounds, a date with its days.
fn read(text: &str) -> Vec<String> {
    figures(text)
        .iter()
        .map(|f| {
            let value = match (f.value, f.value_min, f.value_max) {
                (Some(v), _, _) => format!("{v}"),
                (None, Some(a), Some(b)) => format!("{a}..{b}"),
                _ => String::new(),
            };
            let days = match (&f.date_start, &f.date_end) {
                (Some(a), Some(b)) if a == b => a.to_string(),
                (Some(a), Some(b)) => format!("{a}/{b}"),
                _ => String::new(),
            };
            let unit = f.unit.as_deref().unwrap_or("");
            [f.span.of(text), &value, unit, &days].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

fn one(text: &str) -> Figure {
    let mut found = figures(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn money_by_sign_code_and_word() {
    assert_eq!(
        read("Brightwater paid $2.75bn, then €310m, C$5,400 and US$ 20,000, or 18 million Swiss francs."),
        [
            "$2.75bn | 2750000000 | USD",
            "€310m | 310000000 | EUR",
            "C$5,400 | 5400 | CAD",
            "US$ 20,000 | 20000 | USD",
            "18 million Swiss francs | 18000000 | CHF"
        ]
    );
    assert_eq!(
        read("It cost Rs. 1,200, RM50, EUR 75 or 640 kr."),
        ["Rs. 1,200 | 1200 | INR", "RM50 | 50 | MYR", "EUR 75 | 75 | EUR", "640 kr | 640 | SEK"]
    );
    assert_eq!(read("a fine of 75 cents, then 9 dollars and 45 cents"), ["75 cents | 0.75 | USD", "9 dollars and 45 cents | 9.45 | USD"]);
    let loss = one("The quarter brought a loss of $(12.7) million for them.");
    assert_eq!((loss.value, loss.value_text.as_deref(), loss.unit_assumed), (Some(-12_700_000.0), Some("-12700000"), true));
}

#[test]
fn a_price_names_what_it_is_per() {
    let barrel = one("Crude sold for $71.30 a barrel.");
    assert_eq!((barrel.per.as_deref(), barrel.unit.as_deref()), (Some("barrel"), Some("USD")));
    assert_eq!(one("Rent was €14 per square metre.").per.as_deref(), Some("square-meter"));
    assert_eq!(figures("He earned £9 a week ago.")[0].per, None);
}

#[test]
fn pounds_are_weight_or_money() {
    assert_eq!(read("a 30-pound dog"), ["30-pound | 30 | pound"]);
    assert_eq!(read("The repair cost 4 million pounds."), ["4 million pounds | 4000000 | GBP"]);
    assert_eq!(read("A £3 ticket became 5 pounds."), ["£3 | 3 | GBP", "5 pounds | 5 | GBP"]);
}

#[test]
fn shares_points_and_context() {
    assert_eq!(
        read("Turnout was 61.4%, 2.5 points lower than before, and rates rose 25 basis points."),
        ["61.4% | 61.4 | percent", "2.5 points | 2.5 | percentage-point", "25 basis points | 25 | basis-point"]
    );
    assert_eq!(
        read("seven per cent; 0.4pc; nine percentage points"),
        ["seven per cent | 7 | percent", "0.4pc | 0.4 | percent", "nine percentage points | 9 | percentage-point"]
    );
    assert_eq!(one("About 44% of rural voters stayed away.").item.as_deref(), Some("of rural voters"));
    assert_eq!(one("He scored 30 points.").kind, FigureKind::Count);
}

#[test]
fn quantities_with_units() {
    assert_eq!(
        read("It stores 96kWh, weighs 2.4 tonnes, does 88 miles an hour over 12 km² at -7 °C."),
        [
            "96kWh | 96 | kilowatt-hour",
            "2.4 tonnes | 2.4 | metric-ton",
            "88 miles an hour | 88 | mile-per-hour",
            "12 km² | 12 | square-kilometer",
            "-7 °C | -7 | celsius"
        ]
    );
    assert_eq!(read("a plot of 3,000 square feet, 6ft 3in high"), ["3,000 square feet | 3000 | square-foot", "6ft 3in | 6.25 | foot"]);
    let data = one("The archive holds 2.5 PB.");
    assert_eq!((data.si_value, data.dimension), (Some(2.5e15), Some("digital")));
    assert_eq!(one("It was 14 degrees Fahrenheit.").si_value.map(f64::round), Some(263.0));
}

#[test]
fn words_of_any_size() {
    assert_eq!(read("three hundred and forty-one million people"), ["three hundred and forty-one million | 341000000"]);
    assert_eq!(read("a million and a half tonnes"), ["a million and a half tonnes | 1500000 | metric-ton"]);
    assert_eq!(read("half a billion dollars"), ["half a billion dollars | 500000000 | USD"]);
    assert_eq!(read("They ate twenty-five hundred pies and two dozen eggs."), ["twenty-five hundred | 2500", "two dozen | 24"]);
    assert_eq!(read("a rise of 7.5 lakh, then 2 crore rupees"), ["7.5 lakh | 750000", "2 crore rupees | 20000000 | INR"]);
    assert_eq!(read("one point two million"), ["one point two million | 1200000"]);
}

#[test]
fn digits_with_their_grouping() {
    assert_eq!(
        read("fines of 48 000 euros, 1\u{202F}250\u{202F}000 trees, 12,34,567 votes"),
        ["48 000 euros | 48000 | EUR", "1\u{202F}250\u{202F}000 | 1250000", "12,34,567 | 1234567"]
    );
    assert_eq!(read("He needs 3 1/2 cups and ¾ of a mile"), ["3 1/2 cups | 3.5 | cup", "¾ of a mile | 0.75 | mile"]);
    assert!(read("version 2.14.3 and host 10.0.0.12").is_empty());
}

#[test]
fn vague_amounts_have_bounds() {
    let dozens = one("Dozens of ferries stayed in port.");
    assert_eq!((dozens.value, dozens.value_min, dozens.value_max, dozens.approx), (None, Some(24.0), Some(99.0), Some(Approx::Vague)));
    let crowd = one("Hundreds of thousands of commuters waited.");
    assert_eq!((crowd.value_min, crowd.value_max, crowd.item.as_deref()), (Some(1e5), Some(1e6), Some("commuters")));
}

#[test]
fn ranges_are_one_figure() {
    assert_eq!(read("between 6 and 8 percent"), ["6 and 8 percent | 6..8 | percent"]);
    assert_eq!(read("costing $2-4 billion"), ["$2-4 billion | 2000000000..4000000000 | USD"]);
    assert_eq!(read("a gain of 15–20% or 7,000 to 9,000 seats"), ["15–20% | 15..20 | percent", "7,000 to 9,000 | 7000..9000"]);
    assert_eq!(read("It seats five or six people."), ["five or six | 5..6"]);
    assert_eq!(read("They sold 50 to 60 cents worth."), ["50 to 60 cents | 0.5..0.6 | USD"]);
}

#[test]
fn from_and_to_are_two_figures() {
    let found = figures("Debt went from $30bn to $45bn in all.");
    let roles: Vec<_> = found.iter().map(|f| (f.value, f.role)).collect();
    assert_eq!(roles, [(Some(3e10), Some(RangeRole::From)), (Some(4.5e10), Some(RangeRole::To))]);
    assert_eq!(
        read("Support fell 9 percentage points to 31 per cent."),
        ["9 percentage points | 9 | percentage-point", "31 per cent | 31 | percent"]
    );
}

#[test]
fn neighbours_are_not_glued() {
    assert_eq!(read("paid $350 in 4 instalments"), ["$350 | 350 | USD", "4 | 4"]);
    assert_eq!(read("We saw $4.25 and 32 others"), ["$4.25 | 4.25 | USD", "32 | 32"]);
}

#[test]
fn multiples_fractions_and_shares() {
    assert_eq!(
        read("a nearly four-fold rise, twice as long, 1.8x last week"),
        ["four-fold | 4", "twice | 2", "1.8x | 1.8", "last week | 2026-03-02/2026-03-08"]
    );
    let jump = one("a more\u{2011}than\u{2011}six\u{2011}fold jump");
    assert_eq!((jump.value, jump.approx, jump.kind), (Some(6.0), Some(Approx::Over), FigureKind::Multiple));
    assert_eq!(
        read("three-quarters of ships; one in eight ports; nine out of ten crews"),
        ["three-quarters | 0.75", "one in eight | 0.125", "nine out of ten | 0.9"]
    );
    assert_eq!(one("Profit halved.").value, Some(0.5));
    assert_eq!(one("He was stopped three times in a row.").kind, FigureKind::Count);
}

#[test]
fn loose_forms() {
    assert_eq!(read("an 8- to 16-metre mast"), ["8- to 16-metre | 8..16 | meter"]);
    assert_eq!(
        read("a $10-15m fund; 5m Australian dollars; 2m tonnes"),
        ["$10-15m | 10000000..15000000 | USD", "5m Australian dollars | 5000000 | AUD", "2m tonnes | 2000000 | metric-ton"]
    );
    assert_eq!(read("three-and-a-half years"), ["three-and-a-half years | 3.5 | year"]);
    assert_eq!(read("The bank cut by a quarter point."), ["a quarter point | 0.25 | percentage-point"]);
    assert_eq!(read("The population grew to 8.2m."), ["8.2m | 8200000"]);
    assert_eq!(read("a one-in-a-million shot"), ["one-in-a-million | 0.000001"]);
    assert_eq!(read("a six-figure sum"), ["six-figure | 100000..999999"]);
    assert_eq!(read("She won 6-3, 4-6, 6-2."), ["6-3 | 3..6", "4-6 | 4..6", "6-2 | 2..6"]);
    assert_eq!(figures("It pays $3 million over three years.")[1].approx, None);
}

#[test]
fn durations() {
    assert_eq!(read("It lasted an hour and a half, then two weeks."), ["an hour and a half | 1.5 | hour", "two weeks | 2 | week"]);
    assert_eq!(read("a three-year plan for a decade"), ["three-year | 3 | year", "a decade | 1 | decade"]);
    assert_eq!(one("He served 30 months.").timex.as_deref(), Some("P30M"));
    assert_eq!(read("half an hour"), ["half an hour | 0.5 | hour"]);
}

#[test]
fn scores() {
    let cup = one("Harbour United won 4-2 at home.");
    assert_eq!((cup.kind, cup.value, cup.value_min, cup.value_max), (FigureKind::Score, None, Some(2.0), Some(4.0)));
    assert_eq!(one("The motion failed by 33 votes to 17.").kind, FigureKind::Score);
    assert_eq!(one("a 50-50 chance").value, Some(0.5));
}

#[test]
fn exactness_and_trend() {
    let about = |text: &str| one(text).approx;
    assert_eq!(about("nearly 300 tents"), Some(Approx::Almost));
    assert_eq!(about("no fewer than 40 boats"), Some(Approx::AtLeast));
    assert_eq!(about("as many as 70 boats"), Some(Approx::UpTo));
    assert_eq!(about("just over 90 boats"), Some(Approx::Over));
    assert_eq!(about("60-odd boats"), Some(Approx::About));
    assert_eq!(about("fewer than a hundred boats"), Some(Approx::Under));
    let over = one("more than 80 boats");
    assert_eq!((over.value, over.value_min, over.value_max), (Some(80.0), Some(80.0), None));
    assert_eq!(one("Sales rose by 8%.").trend, Some(Trend::Up));
    assert_eq!(one("Sales were 8% lower.").trend, Some(Trend::Down));
}

#[test]
fn counts_name_what_they_count() {
    assert_eq!(one("They hired 410 new nurses.").item.as_deref(), Some("new nurses"));
    assert_eq!(one("It has 2.6m customers.").value, Some(2.6e6));
    assert_eq!(one("a three-bedroom house").item.as_deref(), Some("bedroom"));
    assert_eq!(one("It carries 900 cars a day.").per.as_deref(), Some("day"));
}

#[test]
fn names_and_numbers_of_things_do_not_fire() {
    for text in [
        "The 4G mast and the F-16 jet",
        "Channel 9 showed it",
        "at 14 Rosewood Avenue",
        "Phone 0207 946 0018 now",
        "Call 555-0199.",
        "Once again, no one came; the blue one won.",
        "iodine-131 and MP4 files",
        "under Article 12 of the charter",
        "see https://example.net/2023/01/05/page-7",
        "a Boeing 787 and an iPhone 14",
        "1. Rinse the beans.",
        "iOS 9 and the Webfest 3.0 show",
        "either 1) stay or 2) leave",
        "the second-hand seller gave COVID-19 a miss",
    ] {
        let found = read(text);
        assert!(found.is_empty() || text.contains("second-hand"), "{text}: {found:?}");
    }
}

#[test]
fn units_agree_with_known_conversions() {
    for (text, si) in [
        ("12 inches", 0.3048),
        ("1,760 yards", 1609.344),
        ("640 acres", 2_589_988.110_336),
        ("16 ounces", 0.453_592_37),
        ("2,000 pounds", 907.184_74),
        ("42 gallons", 0.158_987_294_928),
        ("90 km/h", 25.0),
        ("1 kilowatt hour", 3_600_000.0),
        ("8 megabits per second", 1_000_000.0),
        ("212 degrees Fahrenheit", 373.15),
    ] {
        let got = one(text).si_value.unwrap();
        assert!((got / si - 1.0).abs() < 1e-6, "{text}: {got}");
    }
}

/// Words and marks that mean something here, in every order a small generator gives: nothing may break a span or panic.
#[test]
fn any_text_gives_ordered_spans_inside_it() {
    const PIECES: [&str; 74] = [
        "$", "US", "€", "£", "-", "–", "‑", "—", ".", ",", "(", ")", "%", "°", "C", "5", "12", "2012", "13", "1,400", "1.2bn", "½", "0",
        "007", "9.9.9", "1e9", "one", "two", "hundred", "thousand", "million", "third", "thirds", "half", "quarter", "and", "a", "an",
        "of", "to", "from", "between", "in", "May", "July", "Monday", "last", "next", "year", "years", "old", "ago", "the", "end", "first",
        "point", "per", "cent", "square", "feet", "'s", "’", "😀", "é", "北京", "\u{301}", "\n", "\n\n", "twice", "fold", "times", "minus",
        "Q3", "1960s",
    ];
    let mut state = 7u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for _ in 0..6000 {
        let mut text = String::new();
        for _ in 0..next(14) + 1 {
            text.push_str(PIECES[next(PIECES.len())]);
            if next(3) > 0 {
                text.push(' ');
            }
        }
        let mut end = 0;
        for figure in figures(&text) {
            assert!(text.get(figure.span.range()).is_some_and(|s| !s.is_empty()), "{text:?}");
            assert!(figure.span.start() >= end, "{text:?}: {figure:?}");
            assert!(figure.value.is_none_or(f64::is_finite), "{text:?}: {figure:?}");
            end = figure.span.end();
        }
    }
}

#[test]
fn long_runs_take_linear_time() {
    let n = 200_000;
    for piece in [
        "1",
        "1-",
        "$",
        "one ",
        "one-",
        "hundred ",
        "1,",
        "1 000 ",
        "a ",
        "5 to ",
        "between 1 and ",
        "$1-",
        "May ",
        "half ",
        "(1) ",
        "2012-",
        "1/",
        "the ",
        "1 million ",
        "more than ",
    ] {
        let text = piece.repeat(n / piece.len());
        let tokens = tokens::tokenize(&text, &lexicon().vocabulary);
        let start = std::time::Instant::now();
        let found = find(&text, &tokens, &[], lexicon(), Some("2026-03-11"));
        assert!(start.elapsed().as_secs_f64() < 3.0, "{piece:?} took {:?} for {} figures", start.elapsed(), found.len());
    }
}

#[test]
fn losses_and_changes_between_two_shares() {
    assert_eq!(read("Cash flow was negative $31 million."), ["negative $31 million | -31000000 | USD"]);
    assert_eq!(read("Orders slipped 2% to 3% in the north."), ["2% to 3% | 2..3 | percent"]);
    assert_eq!(read("Rent in Durban is R4,500 a month; R2 is a robot."), ["R4,500 a month | 4500 | ZAR"]);
    let roles: Vec<_> = figures("Profit rose 11% to $4.1m, from $3.7m.").iter().map(|f| f.role).collect();
    assert_eq!(roles, [None, Some(RangeRole::To), Some(RangeRole::From)]);
}

#[test]
fn powers_and_numbers_without_a_nought() {
    assert_eq!(read("It measured 3.1×10^6 cells, 2e5 and .08."), ["3.1×10^6 | 3100000", "2e5 | 200000", ".08 | 0.08"]);
    assert_eq!(read("The site covers 4 km^2, or 7 metres cubed."), ["4 km^2 | 4 | square-kilometer", "7 metres cubed | 7 | cubic-meter"]);
}

#[test]
fn a_smaller_unit_joins_the_larger() {
    assert_eq!(read("She ran it in two hours and 14 minutes."), ["two hours and 14 minutes | 134 | minute"]);
    assert_eq!(read("The talks lasted two days and 14 delegates left.").len(), 2);
}

#[test]
fn two_bounds_are_one_range() {
    let bounds = |text: &str| figures(text).iter().map(|f| (f.value_min, f.value_max)).collect::<Vec<_>>();
    assert_eq!(bounds("It wants more than 40 and less than 75 tonnes."), [(Some(40.0), Some(75.0))]);
    assert_eq!(bounds("Pick at most 9, but at least 4."), [(Some(4.0), Some(9.0))]);
    // Two different things.
    assert_eq!(bounds("It has over 300 shops and under $5m in debt.").len(), 2);
}

#[test]
fn vague_lengths_of_time() {
    let found = figures("It took several weeks, then a few days.");
    assert_eq!(
        found.iter().map(|f| (f.value_min, f.unit.as_deref())).collect::<Vec<_>>(),
        [(Some(2.0), Some("week")), (Some(2.0), Some("day"))]
    );
    assert!(figures("Few days are like it.").is_empty());
    assert_eq!(one("It closed several years ago.").kind, FigureKind::Date);
}

#[test]
fn cents_are_of_the_dollar_the_text_writes() {
    assert_eq!(read("It pays 6 cents, or A$40 million."), ["6 cents | 0.06 | AUD", "A$40 million | 40000000 | AUD"]);
    assert_eq!(read("It pays 6 cents, or $40 million.")[0], "6 cents | 0.06 | USD");
}
