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
    assert_eq!(read("She placed better than the fourth but lower than the second crew.").len(), 2);
    assert_eq!(read("They came in above the fourth but below the ninth."), ["fourth but below the ninth | 4..9"]);
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

#[test]
fn units_over_a_slash_and_minutes_after_hours() {
    assert_eq!(read("a level of 240 mg/dL"), ["240 mg/dL | 240 | milligram-per-deciliter"]);
    assert_eq!(read("ore of 1.7 g/t and a dose of 5 to 10 mg/kg")[0], "1.7 g/t | 1.7 | gram-per-metric-ton");
    assert_eq!(read("It runs 2h 15m."), ["2h 15m | 135 | minute"]);
    assert_eq!(read("a pressure of 90 mmHg"), ["90 mmHg | 90 | millimeter-ofhg"]);
}

#[test]
fn money_with_marks_between_its_groups_and_what_it_is_per() {
    assert_eq!(read("a fund of CHF 1'250'000"), ["CHF 1'250'000 | 1250000 | CHF"]);
    assert_eq!(read("DKr 120m and SKr 40m"), ["DKr 120m | 120000000 | DKK", "SKr 40m | 40000000 | SEK"]);
    assert_eq!(one("It earned $1.45 per diluted share.").per.as_deref(), Some("share"));
    assert_eq!(one("It cost about $25,000 - a trip that took days.").per, None);
    assert_eq!(read("She paid a ten-pound fine."), ["ten-pound | 10 | GBP"]);
    assert_eq!(read("It will cost $30 or $40 trillion."), ["$30 or $40 trillion | 30000000000000..40000000000000 | USD"]);
    let prices = figures("Oil rose from $20 to $140 per barrel.");
    assert!(prices.iter().all(|f| f.per.as_deref() == Some("barrel")), "{prices:?}");
}

#[test]
fn multiples_between_two_bounds() {
    assert_eq!(read("It is 10 to 20 times more likely."), ["10 to 20 times | 10..20"]);
    assert_eq!(read("a two- to three-fold rise"), ["two- to three-fold | 2..3"]);
    assert_eq!(read("They met three to five times a week."), ["three to five | 3..5"]);
    assert_eq!(read("fewer than one in a hundred"), ["one in a hundred | 0.01"]);
    assert_eq!(read("the most raised in a quarter so far"), [""; 0]);
}

#[test]
fn what_a_change_led_from_has_the_unit_of_the_goal() {
    assert_eq!(
        read("Profit fell to 312 million euros from 498 million."),
        ["312 million euros | 312000000 | EUR", "498 million | 498000000 | EUR"]
    );
    assert_eq!(read("The rate is 4.1%, up from 3.8 in May.")[1], "3.8 | 3.8 | percent");
    assert_eq!(read("It raised $5m from 300 people.")[1], "300 | 300");
    assert_eq!(one("They paid £30m plus the costs.").approx, None);
    assert_eq!(read("She ran it in 2:01:09."), ["2:01:09 | 7269 | second"]);
}

#[test]
fn ranges_on_hyphens_and_of_millions() {
    assert_eq!(read("a 5-to-10-year term"), ["5-to-10-year | 5..10 | year"]);
    assert_eq!(
        read("Output went from 2.1m to 2.6m barrels a day."),
        ["2.1m | 2100000 | barrel-per-day", "2.6m barrels a day | 2600000 | barrel-per-day"]
    );
    assert!(figures("It shrank from 12,000 to just 8,000.").iter().all(|f| f.role.is_some()));
    assert!(read("She ran the 10K race on a 4K screen.").is_empty());
    assert_eq!(read("It has 10K users."), ["10K | 10000"]);
}

#[test]
fn rates_of_many_and_millions_of_people() {
    assert_eq!(read("Passenger numbers fell to 3.1m from 3.4m."), ["3.1m | 3100000", "3.4m | 3400000"]);
    assert_eq!(read("The chance is one in 3,200."), ["one in 3,200 | 0.0003125"]);
    assert_eq!(one("The chance is one in 292.2 million.").kind, FigureKind::Fraction);
    assert_eq!(one("It costs $12.50 per million British thermal units.").per.as_deref(), Some("million-british-thermal-unit"));
    assert_eq!(read("Homes cost 8.3 times average pay."), ["8.3 times | 8.3"]);
    assert_eq!(read("It left at 1430 local time."), ["1430"]);
}

#[test]
fn units_of_engines_and_cars() {
    assert_eq!(
        read("It burns 7.5 L/100km or 16 kWh per 100 km, with 400 lb-ft of torque and 300 kVA."),
        [
            "7.5 L/100km | 7.5 | liter-per-100-kilometer",
            "16 kWh per 100 km | 16 | kilowatt-hour-per-100-kilometer",
            "400 lb-ft | 400 | pound-force-foot",
            "300 kVA | 300 | kilovolt-ampere"
        ]
    );
    assert_eq!(one("The line handles 4,200 tpd.").unit.as_deref(), Some("ton-per-day"));
    let freight = one("Freight cost $4,100 per 40-foot container.");
    assert_eq!((freight.per.as_deref(), freight.value), (Some("40-foot container"), Some(4100.0)));
}

#[test]
fn inches_by_mark_and_at_the_end() {
    assert_eq!(read("A Larn wrench, 8\""), ["8\" | 8 | inch"]);
    assert_eq!(read("A 15” panel costs more."), ["15” | 15 | inch"]);
    assert_eq!(read("“We have 15” he said."), ["15 | 15"]);
    assert_eq!(read("The nail is 2 in."), ["2 in | 2 | inch"]);
}

#[test]
fn warmth_told_by_its_scale() {
    assert_eq!(read("It fell to -40° on the Celsius scale."), ["-40° on the Celsius scale | -40 | celsius"]);
}

#[test]
fn what_was_measured_give_or_take() {
    assert_eq!(read("a mass of 14.5 ± 0.5 kg"), ["14.5 ± 0.5 kg | 14..15 | kilogram"]);
    assert_eq!(read("some 6.0±0.5 million tonnes"), ["6.0±0.5 million tonnes | 5500000..6500000 | metric-ton"]);
    assert_eq!(read("52% ± 3"), ["52% | 52 | percent", "3 | 3"]);
}

#[test]
fn money_of_the_country_that_the_text_names() {
    assert_eq!(read("In Manila a bag of rice costs 50 pesos."), ["50 pesos | 50 | PHP"]);
    assert_eq!(read("A court in Cairo fined the man 20,000 pounds."), ["20,000 pounds | 20000 | EGP"]);
    assert_eq!(one("London paid a charity in Cairo 20,000 pounds.").unit.as_deref(), Some("GBP"));
    assert_eq!(read("Karachi shops sold it for Rs 500."), ["Rs 500 | 500 | PKR"]);
    assert_eq!(read("He paid 300 kroner."), ["300 kroner | 300 | NOK"]);
    assert!(one("Danish savers lost 300 kroner.").unit_assumed);
}

#[test]
fn cedis_marks_and_small_coins() {
    assert_eq!(
        read("They owe GH¢40m, 20 D-marks and ₹500 Cr."),
        ["GH¢40m | 40000000 | GHS", "20 D-marks | 20 | DEM", "₹500 Cr | 5000000000 | INR"]
    );
    assert_eq!(read("Milk fell 5c a litre."), ["5c a litre | 0.05 | USD"]);
    assert_eq!(read("It costs $20 and 43c."), ["$20 and 43c | 20.43 | USD"]);
    assert_eq!(read("A £3 pie, then ten pennies."), ["£3 | 3 | GBP", "ten pennies | 0.1 | GBP"]);
    assert_eq!(read("ten pennies"), ["ten pennies | 0.1 | USD"]);
}

#[test]
fn more_units_and_coins() {
    assert_eq!(
        read("It brakes at 9.8 m/s², gets 15 MPG and has 150,000 sf."),
        ["9.8 m/s² | 9.8 | meter-per-square-second", "15 MPG | 15 | mile-per-gallon", "150,000 sf | 150000 | square-foot"]
    );
    assert_eq!(read("a pen 10 \" long"), ["10 \" | 10 | inch"]);
    assert_eq!(read("They lent 35 billion KGS."), ["35 billion KGS | 35000000000 | KGS"]);
    assert_eq!(read("It is a dollar and 42 cents."), ["a dollar and 42 cents | 1.42 | USD"]);
    assert_eq!(read("They paid a grand."), ["a grand | 1000 | USD"]);
}

#[test]
fn letters_that_are_a_sign_of_money() {
    assert_eq!(
        read("It paid N500m, R5.2 million, P1,200 and K30m, then Tk 5 lakh, Dhs 2,000 and NIS 40."),
        [
            "N500m | 500000000 | NGN",
            "R5.2 million | 5200000 | ZAR",
            "P1,200 | 1200 | PHP",
            "K30m | 30000000 | ZMW",
            "Tk 5 lakh | 500000 | BDT",
            "Dhs 2,000 | 2000 | AED",
            "NIS 40 | 40 | ILS"
        ]
    );
    assert!(read("Take SR520 past R2 and N95.").is_empty());
    assert_eq!(read("They own 30 dunams and 7 quintals."), ["30 dunams | 30 | dunam", "7 quintals | 7 | quintal"]);
}

#[test]
fn sums_by_their_first_digit() {
    assert_eq!(read("Homes start in the low $700,000s."), ["$700,000s | 700000..800000 | USD"]);
    let oil = one("Oil stays in the $90s a barrel.");
    assert_eq!(
        (oil.value_min, oil.value_max, oil.per.as_deref(), oil.approx),
        (Some(90.0), Some(100.0), Some("barrel"), Some(Approx::Vague))
    );
}

#[test]
fn quarters_of_a_year() {
    assert_eq!(read("It shrank for three straight quarters."), ["three straight quarters | 3 | quarter"]);
    assert!(figures("Sales fell in the first two quarters of the year.").iter().all(|f| f.kind != FigureKind::Fraction));
    assert_eq!(read("It spent three quarters of a billion dollars."), ["three quarters of a billion dollars | 750000000 | USD"]);
}

#[test]
fn tenths_of_a_point_and_sums() {
    let read_on = read("Growth eased to 2.1 per cent, a tenth of a point below forecasts.");
    assert_eq!(read_on, ["2.1 per cent | 2.1 | percent", "a tenth of a point | 0.1 | percentage-point"]);
    assert_eq!(one("It pays $85,000 plus bonus.").approx, None);
    assert_eq!(one("It pays $85,000 plus.").approx, Some(Approx::Over));
    assert_eq!(read("It lost SFr250m."), ["SFr250m | 250000000 | CHF"]);
}

#[test]
fn a_unit_after_what_makes_its_number_inexact() {
    assert_eq!(
        read("It covers 20+ miles and 5,000+ square feet in 10-plus years, with 40+ MW."),
        ["20+ miles | 20 | mile", "5,000+ square feet | 5000 | square-foot", "10-plus years | 10 | year", "40+ MW | 40 | megawatt"]
    );
    assert_eq!(one("a 30+ year career").approx, Some(Approx::Over));
    assert_eq!(one("They walked for 20-odd minutes.").approx, Some(Approx::About));
}

#[test]
fn exactness_over_an_article() {
    let approx = |text: &str| figures(text)[0].approx;
    assert_eq!(approx("It offers up to a $45,000 grant."), Some(Approx::UpTo));
    assert_eq!(one("It offers up to a $45,000 grant.").trend, None);
    assert_eq!(approx("up to an additional $3 million in loans"), Some(Approx::UpTo));
    assert_eq!(approx("nearly a 20% rise"), Some(Approx::Almost));
    assert_eq!(approx("It faces at least a five-year ban."), Some(Approx::AtLeast));
    assert_eq!(approx("a row over a $45 fee"), None);
    assert_eq!(approx("the weeks leading up to a $5 million sale"), None);
}
