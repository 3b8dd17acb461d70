//! What the words around a number make of it: money or a weight, a name, a change and where it led.

use super::*;

#[test]
fn tens_of_thousands_and_pounds_that_are_paid() {
    assert_eq!(read("costs of tens of thousands of pounds"), ["tens of thousands of pounds | 10000..100000 | GBP"]);
    assert_eq!(read("thousands of pounds of flour"), ["thousands of pounds | 1000..10000 | pound"]);
    assert_eq!(read("a fee of between 10 and 15 pounds"), ["10 and 15 pounds | 10..15 | GBP"]);
    assert_eq!(read("bought a twenty-pound bag"), ["twenty-pound | 20 | pound"]);
    assert!(read("It cut in tens of ways.").is_empty());
}

#[test]
fn codes_versions_and_names_are_no_figures() {
    for text in [
        "The 10-K and the 401(k) plans.",
        "The case, 22-cv-01234, was closed.",
        "It runs Python 3.12 now.",
        "Three Mile Island will reopen.",
        "They saw Ocean’s Eleven again.",
        "The Group of Seven met.",
        "They wrote Agenda 2030 down.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn what_a_change_led_to_is_no_bound_of_it() {
    assert_eq!(read("Cases rose by 1,200 to 45,300."), ["1,200 | 1200", "45,300 | 45300"]);
    assert_eq!(read("Seas could rise 30cm to 60cm."), ["30cm to 60cm | 30..60 | centimeter"]);
    assert_eq!(read("It is a third cheaper and a fifth larger."), ["a third | 0.3333333333333333", "a fifth | 0.2"]);
    assert_eq!(read("They will not lose a third one."), ["third | 3"]);
    assert_eq!(read("Prices are up 3.5 times.")[0], "3.5 times | 3.5");
}

#[test]
fn addresses_telephones_and_marks_of_notes_are_no_figures() {
    for text in [
        "Call (604) 555-0142 now.",
        "Orm Hall, Suite 380, Akron, OH 44301",
        "It is in Palm Bay, 32905.",
        "Brell Hall is at 1100 East 5th Street.",
        "The routes [2] were shown.",
        "It falls under § 353 of the law.",
        "They retired the A-10 early.",
        "It was in USA Today and on the Today Show.",
        "It is a decades-old feud.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("In Lervik, 12500 people left."), ["12500 | 12500"]);
}

#[test]
fn shares_of_a_percent_and_years_of_a_kind() {
    assert_eq!(read("fell by 0.2 of a percentage point"), ["0.2 of a percentage point | 0.2 | percentage-point"]);
    assert_eq!(read("in the past two fiscal years"), ["past two fiscal years | 2024-03-11/2026-03-11"]);
    assert_eq!(read("over the next decade"), ["next decade | 2026-01-01/2036-12-31"]);
}

#[test]
fn where_something_led_and_where_it_happened() {
    assert_eq!(one("It shot up to 46 percent.").trend, Some(Trend::Up));
    assert_eq!(one("It shot up to 46 percent.").approx, None);
    assert_eq!(one("It holds up to 46 percent.").approx, Some(Approx::UpTo));
    assert_eq!(one("Rents fell in 39 cities.").trend, None);
    assert!(read("She doubled down on it, and they are doubling down.").is_empty());
}

#[test]
fn lengths_that_are_exceeded_and_lengths_that_something_is_spread_over() {
    let approx = |text: &str| figures(text)[0].approx;
    assert_eq!(approx("With over 20 years of experience, she leads it."), Some(Approx::Over));
    assert_eq!(approx("Over 10 years of work led to it."), Some(Approx::Over));
    assert_eq!(approx("It is backed by over two decades of research."), Some(Approx::Over));
    assert_eq!(approx("Twelve were killed over two days of raids."), None);
    assert_eq!(figures("They paid it over two days of talks.")[0].approx, None);
    assert_eq!(approx("It costs as low as $159."), Some(Approx::AtLeast));
}
