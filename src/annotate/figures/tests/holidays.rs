//! Days with a name.

use super::*;

#[test]
fn holidays_with_their_year() {
    assert_eq!(read("It opened on Easter 2018."), ["Easter 2018 | 2018-04-01"]);
    assert_eq!(
        read("Black Friday 2021 beat Labor Day 2021 and New Year's Eve 2019."),
        ["Black Friday 2021 | 2021-11-26", "Labor Day 2021 | 2021-09-06", "New Year's Eve 2019 | 2019-12-31"]
    );
    assert_eq!(read("a march on Martin Luther King Jr. Day 2020"), ["Martin Luther King Jr. Day 2020 | 2020-01-20"]);
    assert_eq!(read("a speech on Independence Day in 1821"), ["Independence Day in 1821 | 1821-07-04"]);
}

#[test]
fn holidays_of_this_year_or_the_last() {
    assert_eq!(read("The baker died on Christmas Day."), ["Christmas Day | 2025-12-25"]);
    assert_eq!(read("They will be back before Easter, or after Good Friday."), ["Easter | 2026-04-05", "Good Friday | 2026-04-03"]);
    assert_eq!(read("She has been away since Boxing Day."), ["Boxing Day | 2025-12-26"]);
    assert_eq!(read("It fell two weeks before Christmas."), ["two weeks before Christmas | 2025-12-11"]);
}

#[test]
fn what_a_holiday_names_is_no_day() {
    for text in [
        "a Christmas tree",
        "before Christmas shopping began",
        "the Memorial Day parade",
        "the day after",
        "on day one of it",
        "Easter eggs",
    ] {
        assert!(read(text).iter().all(|found| !found.contains("20")), "{text}: {:?}", read(text));
    }
}

#[test]
fn weekends_of_holidays_and_sales() {
    assert_eq!(read("It opened over Memorial Day weekend."), ["Memorial Day weekend | 2025-05-24/2025-05-26"]);
    assert_eq!(read("busy since Thanksgiving weekend 2024"), ["Thanksgiving weekend 2024 | 2024-11-28/2024-12-01"]);
    assert!(read("Our Black Friday Sale is here.").is_empty());
}

#[test]
fn election_day_is_the_one_that_comes() {
    let days = |text: &str, date: &str| {
        let tokens = tokens::tokenize(text, &lexicon().vocabulary);
        let found = find(text, &tokens, &sentences::split(text, &tokens, lexicon()), lexicon(), Some(date));
        found[0].date_start.map(|day| day.to_string()).unwrap_or_default()
    };
    assert_eq!(days("She was hoping for votes on Election Day.", "2024-10-14"), "2024-11-05");
    assert_eq!(days("She will win on Election Day.", "2024-03-01"), "2024-11-05");
    assert_eq!(days("He conceded on Election Day.", "2024-11-20"), "2024-11-05");
}
