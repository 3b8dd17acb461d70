//! Classes of words: a bit for each row of `figure_classes.txt`.

use crate::annotate::lexicon::unknown;

/// A set of classes.
pub(super) type Classes = u128;

macro_rules! classes {
    ($($class:ident $name:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($class),* }
        $(pub(super) const $class: Classes = 1 << Bit::$class as u32;)*

        /// The class of a row.
        pub(super) fn named(name: &str) -> Classes {
            match name {
                $($name => $class,)*
                _ => unknown("figure_classes.txt", name),
            }
        }
    };
}

classes! {
    ADDRESSING "addressing"
    ADJECTIVE "adjective"
    AFTER_DOUBLE "after_double"
    AFTER_NOUN "after_noun"
    AGED "aged"
    AGE_PASSES "age_passes"
    AGO "ago"
    AHEAD_VERB "ahead_verb"
    ANSWERING "answering"
    AS_MANY "as_many"
    AUXILIARY "auxiliary"
    BEFORE_DOUBLE "before_double"
    BEFORE_HOLIDAY "before_holiday"
    BEFORE_HYPHEN "before_hyphen"
    BEFORE_LENGTH "before_length"
    BEFORE_LOSS "before_loss"
    BEFORE_MONTH "before_month"
    BEFORE_ONE_DAY "before_one_day"
    BEFORE_SHARE "before_share"
    BEFORE_UNIT "before_unit"
    BEFORE_WARMTH "before_warmth"
    BEFORE_WEEKDAY "before_weekday"
    BODY "body"
    CAPTION "caption"
    CIRCA "circa"
    COMPARE "compare"
    COMPOUND "compound"
    CURRENCY_WORD "currency_word"
    DETERMINER "determiner"
    DIALLED "dialled"
    DIMENSION "dimension"
    DOUBTFUL_UNIT "doubtful_unit"
    EARLY "early"
    EQUALS "equals"
    EVENT "event"
    EXCEEDED "exceeded"
    FUNCTION "function"
    FUTURE "future"
    HALF_WORD "half_word"
    HEADCOUNT "headcount"
    HOLIDAY "holiday"
    INDEX "index"
    JOINING "joining"
    LABEL "label"
    LASTING "lasting"
    LAW_CODE "law_code"
    LEVEL "level"
    LIFE "life"
    LIMIT "limit"
    METRE "metre"
    MODIFIED "modified"
    NAMING "naming"
    NEVER_COUNTED "never_counted"
    NOUN_ON_LY "noun_on_ly"
    NUMBERED "numbered"
    OFTEN_COUNTED "often_counted"
    OWNED "owned"
    PAPER "paper"
    PARTICLE_VERB "particle_verb"
    PAST "past"
    PAYING "paying"
    PEOPLE "people"
    PERIOD_HEAD "period_head"
    PERIOD_TO "period_to"
    PERSON "person"
    PER_NOUN "per_noun"
    PLANNED "planned"
    POSSESSIVE "possessive"
    PREPOSITION "preposition"
    PRESENT "present"
    PRICED "priced"
    PRONOUN "pronoun"
    RANGING "ranging"
    RELATIVE "relative"
    REPORTING "reporting"
    SAYING "saying"
    SCORING "scoring"
    SCRIPTURE "scripture"
    SPORT "sport"
    SPREAD_OVER "spread_over"
    STAGED "staged"
    STREET "street"
    STRONG "strong"
    SUBORDINATOR "subordinator"
    SURELY_YEAR "surely_year"
    TELEPHONE "telephone"
    TESTED "tested"
    TITLE_NOUN "title_noun"
    TOLD_ABOUT "told_about"
    TREND_DOWN "trend_down"
    TREND_PASSES "trend_passes"
    TREND_UP "trend_up"
    UNIT_NAME "unit_name"
    VERB_AFTER_ONE "verb_after_one"
    VERB_ON_S "verb_on_s"
    WARMTH "warmth"
    WEIGHED "weighed"
    WHICH_HALF "which_half"
    WHOLE "whole"
    WORK "work"
    YEAR_BEFORE "year_before"
    YEAR_KIND "year_kind"
    YEAR_PREPOSITION "year_preposition"
    ZONE "zone"
}
