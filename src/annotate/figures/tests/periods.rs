//! Parts of longer periods, days told by a week, two dates as one period, days counted from a date.

use super::*;

#[test]
fn the_first_and_last_of_a_period() {
    assert_eq!(
        read("Profit fell in the first nine months of 2025, the first half of the year and the final two months of last year."),
        [
            "the first nine months of 2025 | 2025-01-01/2025-09-30",
            "the first half of the year | 2026-01-01/2026-06-30",
            "the final two months of last year | 2025-11-01/2025-12-31"
        ]
    );
    assert_eq!(read("over the last three weeks of 2024"), ["the last three weeks of 2024 | 2024-12-09/2024-12-29"]);
    assert_eq!(read("in the first 100 days of 2025"), ["the first 100 days of 2025 | 2025-01-01/2025-04-10"]);
    // Longer than what it is said to be part of, and of nothing dated.
    assert_eq!(read("the first 18 months of 2024").len(), 3);
    assert_eq!(read("the first six months of the war").len(), 2);
}

#[test]
fn parts_by_their_rank() {
    assert_eq!(read("the third month of 2025"), ["the third month of 2025 | 2025-03-01/2025-03-31"]);
    assert_eq!(read("on the 15th day of next month"), ["the 15th day of next month | 2026-04-15"]);
    assert_eq!(read("on the 3rd of last month"), ["the 3rd of last month | 2026-02-03"]);
    assert_eq!(read("It was the third this month.")[0], "third | 3");
    assert_eq!(read("week 12 of 2024"), ["week 12 of 2024 | 2024-03-18/2024-03-24"]);
}

#[test]
fn weeks_by_a_day_in_them() {
    assert_eq!(read("the week of April 10"), ["the week of April 10 | 2026-04-06/2026-04-12"]);
    assert_eq!(read("claims in the week ended March 7"), ["the week ended March 7 | 2026-03-01/2026-03-07"]);
    assert!(read("a week of protests, the week to come").is_empty());
}

#[test]
fn days_of_a_named_week() {
    assert_eq!(
        read("It met on Wednesday last week and sits again on Tuesday or Friday next week."),
        ["Wednesday last week | 2026-03-04", "Tuesday | 2026-03-17", "Friday next week | 2026-03-20"]
    );
    assert_eq!(read("They will vote next week on Thursday or Friday."), ["next week on Thursday | 2026-03-19", "Friday | 2026-03-20"]);
}

#[test]
fn quarters_that_are_counted_or_owned() {
    assert_eq!(read("in the past two quarters"), ["past two quarters | 2025-07-01/2025-12-31"]);
    assert_eq!(read("for the current quarter"), ["current quarter | 2026-01-01/2026-03-31"]);
    assert_eq!(
        read("above last year’s third quarter and the first quarter last year"),
        ["last year’s third quarter | 2025-07-01/2025-09-30", "the first quarter last year | 2025-01-01/2025-03-31"]
    );
    assert!(read("the current of the river").is_empty());
}

#[test]
fn two_dates_are_one_period() {
    assert_eq!(
        read("It ran May 5, 2024 - June 3, 2024, then 2014 to 2018."),
        ["May 5, 2024 - June 3, 2024 | 2024-05-05/2024-06-03", "2014 to 2018 | 2014-01-01/2018-12-31"]
    );
    assert_eq!(read("from 5/1-5/7/2020"), ["5/1-5/7/2020 | 2020-05-01/2020-05-07"]);
    assert_eq!(read("Sales returned in 2021 to 2019 levels.").len(), 2);
    assert_eq!(read("between 2014 and 2018").len(), 2);
    assert_eq!(read("From roughly 1948 to 1951 she taught.").len(), 2);
}

#[test]
fn days_counted_from_a_date() {
    assert_eq!(read("He left two days before yesterday."), ["two days before yesterday | 2026-03-08"]);
    assert_eq!(read("It closed three weeks after May 13, 2025."), ["three weeks after May 13, 2025 | 2025-06-03"]);
    assert_eq!(read("less than two weeks after May 3"), ["two weeks | 2 | week", "May 3 | 2026-05-03"]);
}

#[test]
fn years_in_words() {
    assert_eq!(read("a house built in nineteen sixty-eight"), ["nineteen sixty-eight | 1968-01-01/1968-12-31"]);
    assert_eq!(read("on 6 April nineteen ten"), ["6 April nineteen ten | 1910-04-06"]);
    assert_eq!(read("They sailed in seventeen hundred and thirty-three."), ["seventeen hundred and thirty-three | 1733-01-01/1733-12-31"]);
    assert_eq!(read("They sailed in seventeen hundred boats."), ["seventeen hundred | 1700"]);
    assert_eq!(read("in nineteen thirty-minute talks").len(), 2);
}

#[test]
fn days_after_the_one_just_named() {
    assert_eq!(
        read("The dam broke on 3 May 2021. The following day the town stood empty."),
        ["3 May 2021 | 2021-05-03", "The following day | 2021-05-04"]
    );
    assert_eq!(
        read("He was hired in 2011 and left the following year."),
        ["2011 | 2011-01-01/2011-12-31", "the following year | 2012-01-01/2012-12-31"]
    );
    assert_eq!(read("She came on Monday and went the next Tuesday.").last().unwrap(), "the next Tuesday | 2026-03-10");
    // Nothing to count from, and a length of time.
    assert!(read("The following day it rained.").is_empty());
    assert_eq!(read("It opened on 3 May 2021 and may shut in the next day or so.").len(), 1);
    assert_eq!(read("It opened on 3 May 2021, and on the next day of the fair it shut.").len(), 1);
}

#[test]
fn another_week_and_the_quarter_after() {
    assert_eq!(read("It was extended for another week."), ["another week | 1 | week"]);
    assert_eq!(read("for another two weeks"), ["two weeks | 2 | week"]);
    assert_eq!(read("in the fourth quarter of 2025 and the following quarter")[1], "the following quarter | 2026-01-01/2026-03-31");
    assert_eq!(read("That shouldn't last two hours."), ["two hours | 2 | hour"]);
    assert_eq!(read("open in 2014 through May 2, 2018"), ["2014 through May 2, 2018 | 2014-01-01/2018-05-02"]);
}

#[test]
fn a_length_before_or_after_something() {
    assert_eq!(read("He left a day after the vote."), ["a day | 1 | day"]);
    assert_eq!(read("It opened a year ahead of schedule and a week before the fair.")[1], "a week | 1 | week");
    assert_eq!(read("It was a year ahead of schedule."), ["a year | 1 | year"]);
    assert!(read("She swims once a week before work.").is_empty());
    assert_eq!(one("They spoke for a minute or two.").value_max, Some(2.0));
}

#[test]
fn last_and_next_that_count_from_the_day_itself() {
    assert_eq!(read("They hire over the next year.")[0], "next year | 2026-03-11/2027-03-11");
    assert_eq!(read("It is due within the next week.")[0], "next week | 2026-03-11/2026-03-18");
    assert_eq!(read("They hire next year.")[0], "next year | 2027-01-01/2027-12-31");
    assert_eq!(read("the budget for the coming year")[0], "coming year | 2027-01-01/2027-12-31");
    assert!(read("It was the last night of the fair, and the last year they won.").is_empty());
    assert_eq!(read("It rained last night."), ["last night | 2026-03-10"]);
    assert_eq!(read("the last weekend of July 2026"), ["the last weekend of July 2026 | 2026-07-25/2026-07-26"]);
}

#[test]
fn latter_halves_and_centuries_of_ones_own() {
    assert_eq!(read("in the latter half of 2024"), ["the latter half of 2024 | 2024-07-01/2024-12-31"]);
    assert_eq!(read("This is our second century of service."), ["second | 2"]);
    assert_eq!(read("a 19th century barn and its 18th century walls").len(), 2);
    assert_eq!(read("a 19th century barn"), ["19th century | 1800-01-01/1899-12-31"]);
}
