//! Ages of people: said outright, in apposition, told of somebody, at death.

use super::*;

#[test]
fn ages() {
    assert_eq!(
        read("A seven-year-old and Ines Falk, 61, met girls aged 12 to 15."),
        ["seven-year-old | 7 | year-person", "61 | 61 | year-person", "12 to 15 | 12..15 | year-person"]
    );
    assert_eq!(read("She was in her forties, he in his 20s."), ["forties | 40..49 | year-person", "20s | 20..29 | year-person"]);
    assert_eq!(
        read("A man in his late forties and a woman in her mid-50s"),
        ["forties | 40..49 | year-person", "50s | 50..59 | year-person"]
    );
    assert_eq!(read("a nine-month-old calf"), ["nine-month-old | 9 | month-person"]);
}

#[test]
fn ages_of_groups_and_in_apposition() {
    assert_eq!(
        read("a ban for under-16s; the man, 34, and Tomas Reed (52)"),
        ["16s | 16 | year-person", "34 | 34 | year-person", "52 | 52 | year-person"]
    );
    assert_eq!(one("free for over-75s").approx, Some(Approx::Over));
    assert!(read("the Under-21s won").is_empty());
}

#[test]
fn ages_told_of_a_person() {
    assert_eq!(
        read("She was 57. When he turned eighty, they were 12 at table."),
        ["57 | 57 | year-person", "eighty | 80 | year-person", "12 | 12"]
    );
    assert_eq!(read("It opened in '69."), ["69 | 1969-01-01/1969-12-31"]);
}

#[test]
fn ages_by_name_and_at_death() {
    let units = |text: &str| figures(text).iter().map(|f| f.unit.clone().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(units("A farmer, 58, was hurt."), ["year-person"]);
    assert_eq!(units("The poet dies at 91"), ["year-person"]);
    assert_eq!(units("\u{201c}Fine,\u{201d} said McTavish, 63."), ["year-person"]);
    assert_eq!(units("Ortega was 41 when he moved."), ["year-person"]);
    assert_eq!(units("The sum, 58, was odd."), [""]);
}

#[test]
fn limits_of_age() {
    assert_eq!(read("everyone 18 and over"), ["18 | 18 | year-person"]);
    assert_eq!(read("someone 75 or older"), ["75 | 75 | year-person"]);
    assert_eq!(read("they bought 18 and over the week sold two"), ["18 | 18", "two | 2"]);
}

#[test]
fn ages_between_two_numbers_and_of_people_over_one() {
    assert_eq!(read("children between the ages of six and 11"), ["six and 11 | 6..11 | year-person"]);
    assert_eq!(read("women between the ages of 63 and 99 years"), ["63 and 99 years | 63..99 | year-person"]);
    assert_eq!(read("It is free for those over 65 and children under five."), ["65 | 65 | year-person", "five | 5 | year-person"]);
    assert_eq!(read("They sent people over 65 miles away."), ["65 miles | 65 | mile"]);
    assert_eq!(read("They gave people over 200 jobs."), ["200 | 200"]);
}

#[test]
fn ages_of_boys_and_girls_and_of_a_decade_in_parts() {
    assert_eq!(read("A boy of 14 and a girl, 9, were hurt.")[..2], ["14 | 14 | year-person", "9 | 9 | year-person"]);
    assert_eq!(read("a man in his mid- to late 20s"), ["20s | 20..29 | year-person"]);
    assert_eq!(read("Over-50s travel free."), ["50s | 50 | year-person"]);
    assert_eq!(read("babies under six months"), ["six months | 6 | month-person"]);
    assert_eq!(read("She turned 90 in March.")[0], "90 | 90 | year-person");
}

#[test]
fn a_length_over_which_people_do_something_is_no_age() {
    assert_eq!(read("They asked 66 people over three months, and 90 workers over two years.")[1], "three months | 3 | month");
}

#[test]
fn ages_of_groups_and_in_lists() {
    assert_eq!(read("popular in the 25-54 age demographic"), ["25-54 | 25..54 | year-person"]);
    assert_eq!(read("Donna L. Brell, 54; Otto M. Falk, 58;")[0], "54 | 54 | year-person");
    assert_eq!(read("Okafor, a former mayor of Lervik, was 68."), ["68 | 68 | year-person"]);
    assert_eq!(read("Young voters, under 30, stayed away."), ["30 | 30 | year-person"]);
}

#[test]
fn ages_of_birthdays_and_of_names_that_end_in_small_letters() {
    let ages = |text: &str| figures(text).iter().filter(|f| f.kind == FigureKind::Age).count();
    assert_eq!(ages("Lam Tai-wo, 43, pleaded guilty; Otto Falk Jr., 64, whose farm it was, did not."), 2);
    assert_eq!(ages("They may vote once they turned 21, and he is turning 65 in May."), 2);
    assert_eq!(ages("At 14, she left. Then, at 30 he came back."), 2);
    assert_eq!(ages("She will soon be 80, and Brell will turn 90."), 2);
    assert_eq!(ages("At 14, the road turns. The total will be 80. It is turning 180 degrees."), 0);
}

#[test]
fn ages_after_a_numeral_and_now_and_of_a_group() {
    let ages = |text: &str| figures(text).iter().filter(|f| f.kind == FigureKind::Age).count();
    assert_eq!(ages("Otto Brell II, 27, who owns it; Ada Falk, now 59, does not."), 2);
    assert_eq!(ages("She's 59, and I'm 64. Brell will soon be 80, too."), 3);
    assert_eq!(ages("He won the under-30 vote and the over-65 population."), 2);
    assert_eq!(ages("It's 59. She's 10 minutes late. It rose by over-30 %."), 0);
}
