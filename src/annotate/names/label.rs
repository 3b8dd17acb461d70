//! The tagger's labels: outside, or the first or a later token of a name of one of four types (BIO).

use crate::document::NameType;

/// Labels as indexes into a row of weights.
pub(crate) type Label = u8;

pub(crate) const LABELS: usize = 9;
pub(crate) const OUTSIDE: Label = 0;
/// The labels of an organisation's first and later tokens, as places in a row of scores.
pub(crate) const FIRST_OF_ORGANISATION: usize = 3;
pub(crate) const INSIDE_ORGANISATION: usize = 4;

/// The labels as the model file and the training data write them.
pub(crate) const LABEL_NAMES: [&str; LABELS] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"];

/// The types in the order of their labels.
pub(crate) const TYPES: [NameType; 4] = [NameType::Person, NameType::Organisation, NameType::Location, NameType::Other];

/// Index into [`TYPES`] of a label inside a name.
#[inline]
pub(crate) fn type_of(label: Label) -> Option<usize> {
    (label != OUTSIDE).then(|| usize::from(label - 1) / 2)
}

#[inline]
pub(crate) fn begins(label: Label) -> bool {
    label % 2 == 1
}

#[inline]
pub(crate) fn continues(label: Label) -> bool {
    label != OUTSIDE && label.is_multiple_of(2)
}

/// Whether `next` may follow `label`: a name is continued only by its own type.
#[inline]
pub(crate) fn may_follow(label: Label, next: Label) -> bool {
    !continues(next) || label == next || label + 1 == next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_continued_only_by_its_own_type() {
        let number = |name: &str| LABEL_NAMES.iter().position(|&n| n == name).unwrap() as Label;
        assert!(may_follow(number("B-PER"), number("I-PER")));
        assert!(may_follow(number("I-ORG"), number("I-ORG")));
        assert!(may_follow(number("I-ORG"), number("B-PER")));
        assert!(!may_follow(number("B-PER"), number("I-ORG")));
        assert!(!may_follow(number("O"), number("I-PER")));
        assert!(!may_follow(number("I-PER"), number("I-ORG")));
    }
}
