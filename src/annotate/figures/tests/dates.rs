//! Dates, periods and times of day.

use super::*;

#[test]
fn weeks_quarters_and_years_that_end() {
    assert_eq!(read("in the first week of 2025"), ["the first week of 2025 | 2024-12-30/2025-01-05"]);
    assert_eq!(read("for the year to June 2025"), ["the year to June 2025 | 2024-07-01/2025-06-30"]);
    assert_eq!(read("a couple of years ago"), ["a couple of years ago | 2024-01-01/2024-12-31"]);
}

#[test]
fn days_and_months() {
    assert_eq!(
        read("It opened on 3 June 2024, closed October 9, 2025 and reopened in Feb. 2026."),
        ["3 June 2024 | 2024-06-03", "October 9, 2025 | 2025-10-09", "Feb. 2026 | 2026-02-01/2026-02-28"]
    );
    assert_eq!(read("The vote will be held on 21 May."), ["21 May | 2026-05-21"]);
    assert_eq!(read("The bridge fell in November."), ["November | 2025-11-01/2025-11-30"]);
    assert_eq!(read("It may march on. Theresa May and April Jones agreed."), Vec::<String>::new());
    assert_eq!(read("from 2025-12-30 on"), ["2025-12-30 | 2025-12-30"]);
    assert_eq!(read("The fair runs May 5-8, 2026."), ["May 5-8, 2026 | 2026-05-05/2026-05-08"]);
}

#[test]
fn days_relative_to_publication() {
    assert_eq!(read("She resigned on Monday."), ["Monday | 2026-03-09"]);
    assert_eq!(read("They will vote on Monday."), ["Monday | 2026-03-16"]);
    assert_eq!(
        read("It began yesterday, not last month or two years ago."),
        ["yesterday | 2026-03-10", "last month | 2026-02-01/2026-02-28", "two years ago | 2024-01-01/2024-12-31"]
    );
    assert!(figures("It began yesterday.")[0].anchored);
    let tokens = tokens::tokenize("She resigned on Monday.", &lexicon().vocabulary);
    let undated = find("She resigned on Monday.", &tokens, &[], lexicon(), None);
    assert_eq!((undated[0].date_start.as_deref(), undated[0].anchored), (None, false));
}

#[test]
fn periods() {
    assert_eq!(
        read("in the first quarter of 2025 and Q4 2024"),
        ["the first quarter of 2025 | 2025-01-01/2025-03-31", "Q4 2024 | 2024-10-01/2024-12-31"]
    );
    assert_eq!(
        read("fiscal 2023, the 1970s, 2017-19"),
        ["fiscal 2023 | 2023-01-01/2023-12-31", "the 1970s | 1970-01-01/1979-12-31", "2017-19 | 2017-01-01/2019-12-31"]
    );
    assert_eq!(read("profit in the nine months to September"), ["the nine months to September | 2025-01-01/2025-09-30"]);
    assert_eq!(read("by the end of April 2025"), ["the end of April 2025 | 2025-04-30"]);
    assert_eq!(read("a 19th century mill"), ["19th century | 1800-01-01/1899-12-31"]);
}

#[test]
fn times() {
    let found = figures("Doors open at 10:30 a.m. and shut at 8pm.");
    let times: Vec<_> = found.iter().map(|f| f.timex.as_deref().unwrap_or("")).collect();
    assert_eq!(times, ["T10:30", "T20:00"]);
}

#[test]
fn present_and_planned_point_ahead() {
    assert_eq!(read("The talks resume on Friday."), ["Friday | 2026-03-13"]);
    assert_eq!(read("The hearing is on Friday."), ["Friday | 2026-03-13"]);
    assert_eq!(read("The book is published on 2 April."), ["2 April | 2026-04-02"]);
    assert_eq!(read("They met on Friday."), ["Friday | 2026-03-06"]);
}

#[test]
fn quarters_by_month_and_half_years() {
    assert_eq!(read("Sales fell in the December quarter."), ["the December quarter | 2025-10-01/2025-12-31"]);
    assert_eq!(read("Profit for the half-year to December fell."), ["the half-year to December | 2025-07-01/2025-12-31"]);
    assert_eq!(read("Costs in 2025 H2 fell."), ["2025 H2 | 2025-07-01/2025-12-31"]);
}

#[test]
fn later_counts_from_the_day_named() {
    assert_eq!(
        read("He left in 1951. Three years later he was back."),
        ["1951 | 1951-01-01/1951-12-31", "Three years later | 1954-01-01/1954-12-31"]
    );
    assert_eq!(read("Three years later he was back."), ["Three years later"]);
}

#[test]
fn hours_on_a_dash() {
    let found = figures("Open 3-8pm on weekdays.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].timex.as_deref(), Some("T15:00/T20:00"));
}

#[test]
fn from_one_day_to_another() {
    let found = figures("The fair runs from May 20 to June 3, 2027.");
    assert_eq!(found.iter().map(|f| f.date_start.unwrap().to_string()).collect::<Vec<_>>(), ["2027-05-20", "2027-06-03"]);
    assert_eq!(found.iter().map(|f| f.role).collect::<Vec<_>>(), [Some(RangeRole::From), Some(RangeRole::To)]);
}

#[test]
fn periods_that_end_on_a_day() {
    assert_eq!(read("in the three months to 30 September 2025"), ["the three months to 30 September 2025 | 2025-07-01/2025-09-30"]);
    assert_eq!(read("It rose in the year to 31 March 2025."), ["the year to 31 March 2025 | 2024-04-01/2025-03-31"]);
    assert_eq!(read("The vote was put off to 3 May 2025."), ["3 May 2025 | 2025-05-03"]);
}

#[test]
fn weekends_and_the_year_before() {
    assert_eq!(read("It rained over the weekend."), ["the weekend | 2026-03-07/2026-03-08"]);
    assert_eq!(read("Sales fell from the year before."), ["the year before | 2025-01-01/2025-12-31"]);
    assert!(read("It was the weekend job of a student, from the year before he left.").is_empty());
    assert_eq!(read("It failed 48 hours ago."), ["48 hours ago | 2026-03-09"]);
}

#[test]
fn edges_and_days_written_in_other_ways() {
    assert_eq!(read("Rents rose at the beginning of 2024."), ["the beginning of 2024 | 2024-01-01"]);
    assert_eq!(read("by the end of fiscal 2025"), ["the end of fiscal 2025 | 2025-12-31"]);
    assert_eq!(read("costs in Q3-2024, and q2 2025"), ["Q3-2024 | 2024-07-01/2024-09-30", "q2 2025 | 2025-04-01/2025-06-30"]);
    assert_eq!(read("open 26 June to 3 July 2020"), ["26 June to 3 July 2020 | 2020-06-26/2020-07-03"]);
    assert_eq!(read("on May the 4th, 2020"), ["May the 4th, 2020 | 2020-05-04"]);
    assert_eq!(read("records (Feb–Mar 2022)"), ["Feb–Mar 2022 | 2022-02-01/2022-03-31"]);
    assert_eq!(read("due 14 nov 2023"), ["14 nov 2023 | 2023-11-14"]);
}

#[test]
fn a_day_of_what_is_called_for_is_to_come() {
    assert_eq!(read("Unions called for a strike on Monday."), ["Monday | 2026-03-16"]);
    assert_eq!(read("They agreed to meet on Friday."), ["Friday | 2026-03-13"]);
    assert_eq!(read("Rain was forecast for Friday."), ["Friday | 2026-03-13"]);
    assert_eq!(read("He was blamed for Monday’s fire."), ["Monday | 2026-03-09"]);
    assert_eq!(read("She called for calm on Monday."), ["Monday | 2026-03-09"]);
}

#[test]
fn last_as_a_verb_and_days_of_every_week() {
    assert_eq!(read("It could last two weeks."), ["two weeks | 2 | week"]);
    assert_eq!(read("The cells last 10 hours."), ["10 hours | 10 | hour"]);
    assert_eq!(read("It fell in the last two weeks.")[0], "last two weeks | 2026-02-25/2026-03-11");
    assert_eq!(read("It is open Tuesday-Saturday."), ["Tuesday-Saturday"]);
    assert_eq!(one("open Monday to Friday").timex.as_deref(), Some("XXXX-WXX-1/XXXX-WXX-5"));
}

#[test]
fn seasons_on_a_slash_and_years_before_our_era() {
    assert_eq!(read("It fell in 2011/12 and rose."), ["2011/12 | 2011-01-01/2012-12-31"]);
    assert_eq!(one("It was built in 44 BC.").timex.as_deref(), Some("BC0044"));
    assert_eq!(one("It fell in AD 79.").timex.as_deref(), Some("0079"));
    assert_eq!(read("They asked 12 BC residents.")[0], "12 | 12");
}

#[test]
fn a_day_known_by_what_follows() {
    assert_eq!(read("since the Sept. 11 terrorist attacks"), ["Sept. 11 | 2001-09-11"]);
    assert_eq!(read("after the September 11 attack on the post"), ["September 11 | 2025-09-11"]);
    assert_eq!(read("It is Thursday through Sunday, March 5-8, 2026.")[1], "Sunday, March 5-8, 2026 | 2026-03-05/2026-03-08");
}

#[test]
fn a_weekday_counted_in_its_month() {
    assert_eq!(read("It is on the first Saturday in October 2026."), ["the first Saturday in October 2026 | 2026-10-03"]);
    assert_eq!(read("It was on the third Monday of January 2025."), ["the third Monday of January 2025 | 2025-01-20"]);
}

#[test]
fn the_clock_in_words() {
    let times = |text: &str| figures(text).iter().filter_map(|f| f.timex.clone()).collect::<Vec<_>>();
    assert_eq!(times("It began at half past three and ended by a quarter to six."), ["T03:30", "T05:45"]);
    assert!(times("It was cut from a quarter to six percent.").is_empty());
}

#[test]
fn times_that_share_their_half_of_the_day() {
    let timex = |text: &str| figures(text).iter().map(|f| f.timex.clone().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(timex("It is open from 5 to 10 p.m. and from 10 to 2 pm."), ["T17:00/T22:00", "T10:00/T14:00"]);
    assert_eq!(timex("between 5:30 and 7 p.m."), ["T17:30/T19:00"]);
    assert_eq!(timex("from 7:00 to 7:30 p.m."), ["T19:00/T19:30"]);
    assert_eq!(timex("9 to 12 p.m."), ["T09:00/T12:00"]);
    assert_eq!(timex("from 10 a.m. to 5 p.m."), ["T10:00", "T17:00"]);
}

#[test]
fn days_after_the_end_of_and_before_a_verb() {
    assert_eq!(read("until the end of March 31"), ["March 31 | 2026-03-31"]);
    assert_eq!(read("A poll on February 16 and 17 showed it.")[1], "17 | 2026-02-17");
    assert_eq!(read("On February 3 and 4 people came.")[1], "4 | 4");
}

#[test]
fn days_of_what_has_come_out() {
    assert_eq!(read("Thursday's results say little of how they will vote."), ["Thursday | 2026-03-05"]);
    assert_eq!(read("As of Thursday they will hold it."), ["Thursday | 2026-03-05"]);
    assert_eq!(read("Thursday's vote will be close."), ["Thursday | 2026-03-12"]);
}
