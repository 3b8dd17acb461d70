//! Which year, and which part of a period, is meant. The texts are of Wednesday, 11 March 2026.

use super::*;

#[test]
fn the_part_of_this_year_that_is_told_of() {
    assert_eq!(read("He resigned earlier this year."), ["earlier this year | 2026-01-01/2026-03-11"]);
    assert_eq!(read("The board meets later this month."), ["later this month | 2026-03-11/2026-03-31"]);
    assert_eq!(read("Earlier this week, she left."), ["Earlier this week | 2026-03-09/2026-03-11"]);
    assert_eq!(figures("He resigned earlier this year.")[0].timex.as_deref(), Some("2026"));
}

#[test]
fn a_month_just_gone_or_close_ahead() {
    assert_eq!(read("The bad February figures could hurt the bank."), ["February | 2026-02-01/2026-02-28"]);
    assert_eq!(read("It must be built by February."), ["February | 2027-02-01/2027-02-28"]);
    assert_eq!(read("The convention in May is hers to lose."), ["May | 2026-05-01/2026-05-31"]);
    assert_eq!(read("He was convicted in June."), ["June | 2025-06-01/2025-06-30"]);
    assert_eq!(read("The prize has gone to nobody since April."), ["April | 2025-04-01/2025-04-30"]);
}

#[test]
fn words_that_do_not_point_ahead() {
    assert_eq!(read("Crowds walked through town on Monday."), ["Monday | 2026-03-09"]);
    assert_eq!(read("The mayor blasted her plan on Monday."), ["Monday | 2026-03-09"]);
    assert_eq!(read("Their speeches set the tone on Monday."), ["Monday | 2026-03-09"]);
    assert_eq!(read("The deadline is set for Monday."), ["Monday | 2026-03-16"]);
    assert_eq!(read("She will resign after Monday."), ["Monday | 2026-03-16"]);
    assert_eq!(read("It could fail, as the court in January ruled against it."), ["January | 2026-01-01/2026-01-31"]);
}

#[test]
fn a_weekday_tells_the_year() {
    assert_eq!(read("It fell on Thursday, November 20."), ["Thursday, November 20 | 2025-11-20"]);
    assert_eq!(read("doors open Saturday, Feb. 20"), ["Saturday, Feb. 20 | 2027-02-20"]);
}

#[test]
fn days_in_a_list_share_month_and_year() {
    assert_eq!(read("on June 3, 4 and 5, 2024"), ["June 3 | 2024-06-03", "4 | 2024-06-04", "5, 2024 | 2024-06-05"]);
    assert_eq!(read("The fair is open on April 20 and 21."), ["April 20 | 2026-04-20", "21 | 2026-04-21"]);
    assert_eq!(read("On March 3 and 4 people fell."), ["March 3 | 2026-03-03", "4 | 4"]);
}

#[test]
fn periods_that_are_open_on_one_side() {
    let days = |text: &str| {
        let found = one(text);
        let written = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        (written(found.date_start), written(found.date_end), found.approx)
    };
    assert_eq!(days("for cars of 2018 or later"), ("2018-01-01".to_owned(), String::new(), Some(Approx::AtLeast)));
    assert_eq!(days("no sooner but later than 2018"), ("2019-01-01".to_owned(), String::new(), Some(Approx::Over)));
    assert_eq!(days("no later than 2018"), ("2018-01-01".to_owned(), "2018-12-31".to_owned(), None));
    assert_eq!(days("He came in 2018 and later left."), ("2018-01-01".to_owned(), "2018-12-31".to_owned(), None));
}

#[test]
fn days_and_months_in_digits() {
    assert_eq!(read("closed 2015-12 and opened 3-2016"), ["2015-12 | 2015-12-01/2015-12-31", "3-2016 | 2016-03-01/2016-03-31"]);
    assert_eq!(read("filed Sep-23-2020"), ["Sep-23-2020 | 2020-09-23"]);
    assert_eq!(read("from 5/1-5/7, 2020"), ["5/1-5/7, 2020 | 2020-05-01/2020-05-07"]);
    assert_eq!(read("It runs from November to February 5, 2027."), ["November to February 5, 2027 | 2026-11-01/2027-02-05"]);
    assert_eq!(read("the drought of 2010-12"), ["2010-12 | 2010-01-01/2012-12-31"]);
}

#[test]
fn years_and_days_told_by_others() {
    assert_eq!(read("He came in 2011 and left in August of that year.")[1], "August of that year | 2011-08-01/2011-08-31");
    let shows = ["March | 2027-03-01/2027-03-31", "June | 2027-06-01/2027-06-30", "October 2027 | 2027-10-01/2027-10-31"];
    assert_eq!(read("with shows in March, June, and October 2027"), shows);
    assert_eq!(read("Winter shows: December and January 2027")[0], "December | 2026-12-01/2026-12-31");
    assert_eq!(read("It rained on Tuesday and Wednesday.")[1], "Wednesday | 2026-03-11");
    assert_eq!(read("It snowed on Wednesday and Thursday.")[1], "Thursday | 2026-03-12");
}

#[test]
fn days_counted_from_the_last_one_named() {
    assert_eq!(read("It rained on May 5, 2024, less than the day before.")[1], "the day before | 2024-05-04");
    assert_eq!(read("She left on May 5, 2024, after a storm the previous night.")[1], "the previous night | 2024-05-04");
    assert_eq!(read("It shut on May 5, 2024, and opened a day later.")[1], "a day later | 2024-05-06");
    assert_eq!(read("It shut on May 5, 2024, the day before the vote."), ["May 5, 2024 | 2024-05-05"]);
    assert_eq!(read("Prices rose over the past year."), ["past year | 2025-03-11/2026-03-11"]);
    assert_eq!(read("Prices rose last year."), ["last year | 2025-01-01/2025-12-31"]);
}

#[test]
fn a_year_told_from_today_beside_a_month() {
    let found = figures("She retired in September last year.");
    assert_eq!(found[0].date_start.as_deref(), Some("2025-09-01"));
    assert!(found[0].anchored && found.len() == 2);
    assert_eq!(read("It opens on 2 February next year.")[0], "2 February | 2027-02-02");
    assert_eq!(read("He left the week before last."), ["the week before last | 2026-02-23/2026-03-01"]);
    assert_eq!(read("Sales have doubled so far this year.")[1], "so far this year | 2026-01-01/2026-03-11");
    assert_eq!(read("It is on the last Monday in May."), ["the last Monday in May | 2026-05-25"]);
}

#[test]
fn parts_of_fiscal_years() {
    assert_eq!(read("in 1Q25 and 3Q 2024"), ["1Q25 | 2025-01-01/2025-03-31", "3Q 2024 | 2024-07-01/2024-09-30"]);
    assert_eq!(
        read("Guidance for Q2 FY26 and FY2024/25 stands."),
        ["Q2 FY26 | 2026-04-01/2026-06-30", "FY2024/25 | 2024-01-01/2025-12-31"]
    );
}

#[test]
fn words_that_point_ahead() {
    assert_eq!(read("The party set up a vote as soon as Monday."), ["Monday | 2026-03-16"]);
    assert_eq!(read("It is going to be loud at the game on Saturday."), ["Saturday | 2026-03-14"]);
    assert_eq!(read("The sale runs June 1st - 23rd, 2024."), ["June 1st - 23rd, 2024 | 2024-06-01/2024-06-23"]);
}

#[test]
fn the_nearest_month_of_an_event_and_what_ends_then() {
    assert_eq!(read("He rejected talk of a defeat in the June election."), ["June | 2026-06-01/2026-06-30"]);
    assert_eq!(read("It lost the October primary and closed."), ["October | 2025-10-01/2025-10-31"]);
    assert_eq!(read("The bonus would continue through the end of January."), ["the end of January | 2027-01-31"]);
    assert_eq!(read("It was unknown until January, when the paper was printed."), ["January | 2026-01-01/2026-01-31"]);
}

#[test]
fn the_november_of_the_next_polls_and_points_that_end_no_sentence() {
    // An even year, in which America votes.
    assert_eq!(read("an election in November"), ["November | 2026-11-01/2026-11-30"]);
    assert_eq!(read("She is the stronger nominee in November."), ["November | 2026-11-01/2026-11-30"]);
    assert_eq!(read("He died in November."), ["November | 2025-11-01/2025-11-30"]);
    assert_eq!(read("They have set a trial for September.")[0], "September | 2026-09-01/2026-09-30");
    assert_eq!(read("The winner will meet Mr. Brell in December."), read("The winner will meet Otto Brell in December."));
}
