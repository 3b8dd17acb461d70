//! Units where they are not plainly after their number, and sums told in other words.

use super::*;

#[test]
fn units_in_brackets_and_ages_in_short() {
    assert_eq!(read("It is “20 [miles] off”, and weighs 30 (kg)."), ["20 [miles] | 20 | mile", "30 (kg) | 30 | kilogram"]);
    assert_eq!(read("The patient, 87 yo, went home."), ["87 yo | 87 | year-person"]);
    assert_eq!(read("It has 20 (mostly empty) rooms.")[0], "20 | 20");
}

#[test]
fn below_zero() {
    assert_eq!(
        read("It was 20 degrees below zero, or 5 below zero by the lake."),
        ["20 degrees below zero | -20 | degree", "5 below zero | -5 | degree"]
    );
    assert_eq!(read("Growth of 2% is below zero risk.")[0], "2% | 2 | percent");
}

#[test]
fn one_of_something_that_goes_on() {
    assert_eq!(
        read("It lasted an hour and 45 minutes, then one hour and half."),
        ["an hour and 45 minutes | 105 | minute", "one hour and half | 1.5 | hour"]
    );
    assert_eq!(read("He bought a gallon of petrol."), ["a gallon | 1 | gallon"]);
    assert_eq!(read("They worked two hours and half the crew left.")[0], "two hours | 2 | hour");
}

#[test]
fn sums_in_other_words() {
    assert_eq!(read("He paid ten grand for two grand pianos."), ["ten grand | 10000 | USD", "two | 2"]);
    assert_eq!(read("It sold for a dollar in a dollar store."), ["a dollar | 1 | USD"]);
    assert_eq!(read("A fare of $20 and 43 cents; $20 and 43 seats."), ["$20 and 43 cents | 20.43 | USD", "$20 | 20 | USD", "43 | 43"]);
    assert_eq!(read("a loss of twenty MUSD"), ["twenty MUSD | 20000000 | USD"]);
}

#[test]
fn bounds_of_ranks_and_parts() {
    assert_eq!(read("It ranks between the tenth and the fifteenth."), ["tenth and the fifteenth | 10..15"]);
    assert_eq!(read("a share above one quarter and below a half"), ["one quarter and below a half | 0.25..0.5"]);
    assert_eq!(read("between the second and third quarters").len(), 2);
}

#[test]
fn names_and_small_codes_before_their_sum() {
    assert_eq!(read("It trades at usd 20 and rmb 140."), ["usd 20 | 20 | USD", "rmb 140 | 140 | CNY"]);
    assert_eq!(read("The state set aside rupees 500 crore."), ["rupees 500 crore | 5000000000 | INR"]);
    assert_eq!(read("Against the dollar 3 million jobs hang.")[0], "3 million | 3000000");
    assert_eq!(read("The euro 20 years on")[0], "20 years | 20 | year");
    assert_eq!(read("a fare of 5 EUR 6 USD at the rate of the day"), ["5 EUR | 5 | EUR", "6 USD | 6 | USD"]);
}

#[test]
fn a_scale_with_a_capital_is_a_name() {
    assert_eq!(read("The mayor of Fond du Lac thanked Crore Capital."), [""; 0]);
    assert_eq!(read("Some lost a million, others two lakh."), ["a million | 1000000", "two lakh | 200000"]);
}

#[test]
fn inches_by_their_mark_and_letters_that_are_no_degrees() {
    assert_eq!(read("It rides on 15\" wheels."), ["15\" | 15 | inch"]);
    assert_eq!(read("a case of 9\" x 3\" or so"), ["9\" | 9 | inch", "3\" | 3 | inch"]);
    assert_eq!(read("It rides on 14″ wheels."), ["14″ | 14 | inch"]);
    assert_eq!(read("They saw \"Brell 2\" with us."), ["2 | 2"]);
    assert_eq!(read("He said \"we have 10\" when asked."), ["10 | 10"]);
    assert_eq!(
        read("It was 41C at noon, and -20C (-4F) before, past the 2C goal."),
        ["41C | 41 | celsius", "noon", "-20C | -20 | celsius", "-4F | -4 | fahrenheit", "2C | 2 | celsius"]
    );
    assert!(read("The fund filed a 13F and bid for lot 10C.").is_empty());
}
