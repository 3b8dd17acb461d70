//! Numbers of several parts: scales after digits, mixed numbers, fractions of any kind.

use super::*;

#[test]
fn digits_go_on_in_smaller_scales() {
    assert_eq!(
        read("They planted 3 hundred and 21 oaks, 4 thousand 2 hundred elms and 2 million 300 thousand pines."),
        ["3 hundred and 21 | 321", "4 thousand 2 hundred | 4200", "2 million 300 thousand | 2300000"]
    );
    // Two things, not one number.
    assert_eq!(read("It sold 3 million and 21 firms closed."), ["3 million | 3000000", "21 | 21"]);
}

#[test]
fn halves_and_other_parts_after_a_whole() {
    assert_eq!(read("after 5 and a half years"), ["5 and a half years | 5.5 | year"]);
    assert_eq!(read("It is one and a third times as long."), ["one and a third times | 1.3333333333333333"]);
    assert_eq!(read("a depth of three and two fifths metres"), ["three and two fifths metres | 3.4 | meter"]);
    assert_eq!(read("one hundred and three quarters"), ["one hundred and three quarters | 100.75"]);
    assert_eq!(read("one hundred and thirty fifths"), ["one hundred and thirty fifths | 26"]);
    assert_eq!(
        read("two million and one half; a billion and a half million"),
        ["two million and one half | 2500000", "a billion and a half million | 1000500000"]
    );
    // A rank, and a pair of bounds.
    assert_eq!(read("He hurt two and a third man fled."), ["two | 2", "third | 3"]);
    assert_eq!(read("The age of 16-and-a-half")[0], "16-and-a-half | 16.5 | year-person");
}

#[test]
fn fractions_of_large_and_compound_denominators() {
    assert_eq!(read("one twenty-fifth of its size"), ["one twenty-fifth | 0.04"]);
    assert_eq!(read("two hundred thirty-fifths"), ["two hundred thirty-fifths | 5.714285714285714"]);
    assert_eq!(read("a trillionth of it"), ["a trillionth | 0.000000000001"]);
    assert_eq!(read("three-quarter million homes"), ["three-quarter million | 750000"]);
    assert_eq!(read("three quarters billion dollars"), ["three quarters billion dollars | 750000000 | USD"]);
    assert_eq!(read("the one twenty-fifth floor flat").len(), 2);
}

#[test]
fn one_over_another_is_a_fraction_only_when_said_alone() {
    assert_eq!(read("The ratio is one over three."), ["one over three | 0.3333333333333333"]);
    assert_eq!(read("Two were under 30 and one over 60.").last().unwrap(), "60 | 60");
}

#[test]
fn decimals_as_said_and_as_others_write_them() {
    assert_eq!(read("two hundred point seventy-one"), ["two hundred point seventy-one | 200.71"]);
    assert_eq!(read("The bill came to 1.250,75 euros."), ["1.250,75 euros | 1250.75 | EUR"]);
    assert!(read("version 2.14.300").is_empty());
}

#[test]
fn ranges_share_any_scale() {
    assert_eq!(
        read("a grant of 7-9 lakh rupees, then 3-5 crore"),
        ["7-9 lakh rupees | 700000..900000 | INR", "3-5 crore | 30000000..50000000"]
    );
}

#[test]
fn signs_of_comparison() {
    let found = figures("Levels of <5 mg, >=30 mg or ≤-12 °C were seen.");
    assert_eq!(found.iter().map(|f| f.approx).collect::<Vec<_>>(), [Some(Approx::Under), Some(Approx::AtLeast), Some(Approx::AtMost)]);
    assert_eq!(found[2].value, Some(-12.0));
    assert_eq!(one("Home > 5 things to do").approx, None);
}

#[test]
fn what_ranges_is_one_figure() {
    assert_eq!(read("Fees range from $1,000 to $5,000."), ["$1,000 to $5,000 | 1000..5000 | USD"]);
    assert_eq!(read("It took anywhere from 15 to 20 percent."), ["15 to 20 percent | 15..20 | percent"]);
    assert_eq!(read("Lows varied from -8 °C to -14 °C."), ["-8 °C to -14 °C | -14..-8 | celsius"]);
    assert_eq!(read("Fees went from $1,000 to $5,000.").len(), 2);
    assert_eq!(read("Tickets range from $10 per person to $18 per family.").len(), 2);
}

#[test]
fn a_list_that_counts_from_one() {
    assert_eq!(read("one, two and three").len(), 3);
    assert_eq!(read("This is a good one, two days early.")[0], "two days | 2 | day");
}

#[test]
fn a_number_said_again_in_brackets() {
    assert_eq!(read("Reply within thirty (30) days."), ["thirty (30) days | 30 | day"]);
    assert_eq!(read("They fired ten (10) rounds."), ["ten (10) | 10"]);
    assert_eq!(read("They fired ten (12) rounds.")[0], "ten | 10");
}

#[test]
fn halves_parts_and_thousands_apart() {
    assert_eq!(read("The hall was more than half full."), ["half | 0.5"]);
    assert_eq!(read("three twenty-firsts"), ["three twenty-firsts | 0.14285714285714285"]);
    assert_eq!(read("three firsts in a row"), ["three | 3"]);
    assert_eq!(read("It drew over 7.5 K views."), ["7.5 K | 7500"]);
}

#[test]
fn spread_over_is_no_bound() {
    assert_eq!(one("The job was spread over 10,000 chips.").approx, None);
    assert_eq!(one("It has over 10,000 chips.").approx, Some(Approx::Over));
    assert_eq!(figures("It is 20 or less than 30.")[0].approx, None);
    assert_eq!(read("The age limit is from 18 to 35."), ["18 to 35 | 18..35"]);
    assert_eq!(read("The rise was from 18 to 35.").len(), 2);
}

#[test]
fn a_cell_with_one_of_something() {
    for (text, found) in
        [("a gallon", "a gallon | 1 | gallon"), ("a dollar", "a dollar | 1 | USD"), ("one", "one | 1"), ("a couple", "a couple | 2")]
    {
        assert_eq!(read(text), [found]);
    }
    assert!(read("He lost a dollar store.").is_empty());
}

#[test]
fn cells_with_a_minus_and_odd_signs() {
    assert_eq!(read("- 1,200,000"), ["- 1,200,000 | -1200000"]);
    assert_eq!(read("2.33 k"), ["2.33 k | 2330"]);
    assert_eq!(one("It takes =>30 cups.").approx, Some(Approx::AtLeast));
    assert_eq!(one("It takes <>30 cups.").approx, None);
    assert_eq!(read("2 - ~7 litres"), ["2 - ~7 litres | 2..7 | liter"]);
}

#[test]
fn one_or_two_and_halves_on_hyphens() {
    assert_eq!(read("It took one or two boats."), ["one or two | 1..2"]);
    assert_eq!(read("It took up to one or two hundred boats."), ["two hundred | 200"]);
    assert_eq!(one("They sent one or more boats.").approx, Some(Approx::AtLeast));
    assert_eq!(read("It lasted a day or two."), ["a day or two | 1..2 | day"]);
    assert_eq!(one("It sank a day or two ago.").kind, FigureKind::Date);
    assert_eq!(one("At least one of them left.").approx, Some(Approx::AtLeast));
    assert_eq!(read("Only one of the bids was late."), ["one | 1"]);
    assert!(read("It is the only one of its kind. He wrote about one of them.").is_empty());
    assert_eq!(
        read("A year-and-a-half fight cost half-a-million pounds in half-an-hour."),
        ["A year-and-a-half | 1.5 | year", "half-a-million pounds | 500000 | GBP", "half-an-hour | 0.5 | hour"]
    );
    assert_eq!(read("Half were asked again, and half have left."), ["Half | 0.5", "half | 0.5"]);
    assert!(read("The month-and-a-half are gone.").is_empty());
}

#[test]
fn told_about_is_no_roughly() {
    for text in ["They talked about three ships.", "How about 20 ships?", "It is a tale about one ship."] {
        assert_eq!(one(text).approx, None, "{text}");
    }
    for text in
        ["It has about 20 ships.", "It took about one million tonnes.", "It is about one mile long.", "They get about one child a day."]
    {
        assert_eq!(one(text).approx, Some(Approx::About), "{text}");
    }
}

#[test]
fn a_change_and_where_it_led_are_two() {
    assert_eq!(read("The index rose 150 points to 34,000."), ["150 | 150", "34,000 | 34000"]);
    assert_eq!(read("Claims dropped 3,000 to 216,000."), ["3,000 | 3000", "216,000 | 216000"]);
    assert_eq!(one("They lost 3 games to 2.").kind, FigureKind::Score);
    assert_eq!(read("Prices fell 2 to 3 percent."), ["2 to 3 percent | 2..3 | percent"]);
}

#[test]
fn votes_and_odds_are_scores() {
    for text in ["The chamber confirmed her 52 to 48.", "The odds are 5 to 1."] {
        assert_eq!(one(text).kind, FigureKind::Score, "{text}");
    }
}

#[test]
fn a_plus_before_a_scale_is_of_the_number() {
    let users = one("It has 40+ million users.");
    assert_eq!((users.value, users.value_max, users.approx), (Some(40_000_000.0), None, Some(Approx::Over)));
}

#[test]
fn an_agency_and_a_traded_name_are_no_units() {
    assert_eq!(read("They help 2 million HR managers and two SEC lawyers."), ["2 million | 2000000", "two | 2"]);
    assert_eq!(read("It buys 20,000 $BRELL."), ["20,000 | 20000"]);
    assert_eq!(read("It cost 10 $."), ["10 $ | 10 | USD"]);
}

#[test]
fn start_and_goal_with_something_between_them() {
    let roles = |text: &str| figures(text).iter().filter_map(|f| f.role).collect::<Vec<_>>();
    let both = [RangeRole::From, RangeRole::To];
    assert_eq!(roles("Shares fell from $17.80 on Monday to around $15.90."), both);
    assert_eq!(roles("It rose from 4.7 percent in 1970 to over 13 percent in 2015."), both);
    assert_eq!(roles("Errors fell from over 1.2 m to about 13 cm."), both);
    assert_eq!(roles("It slid from $27.96 to a low of $23.90."), both);
    assert!(roles("It won $5 from 3 backers in May to pay $7.").is_empty());
}

#[test]
fn votes_in_words_and_what_is_shut_down() {
    assert_eq!(read("In an 8 to 1 vote, the court agreed."), ["8 to 1 | 1..8"]);
    assert_eq!(one("The firm shut down 12 mills.").trend, None);
    assert_eq!(one("Shares were down 12 pence.").trend, Some(Trend::Down));
}

#[test]
fn a_goal_has_the_share_of_its_start_and_a_rate_what_it_is_per() {
    assert_eq!(read("It cut the tax from 35 percent to 20.")[1], "20 | 20 | percent");
    assert_eq!(read("It went from 35 percent to 20 states.")[1], "20 | 20");
    let roles = |text: &str| figures(text).iter().filter_map(|f| f.role).count();
    assert_eq!(roles("It rose from the initial 39 percent to 49 percent."), 2);
    assert_eq!(figures("It killed 31.17 per million in June.")[0].per.as_deref(), Some("million"));
    assert_eq!(one("Some 500 per year die.").per.as_deref(), Some("year"));
}
