//! The second pass over the document: what the first pass made of the same words elsewhere in the article changes the scores.
//! (Stacked sequence tagging: Krishnan and Manning 2006, "non-local dependencies".)

use super::features::Facts;
use super::label::Label;
use super::model::{Model, Scores};

/// Changes whenever the templates of this pass change.
pub(crate) const TEMPLATES: u64 = 0;

/// Adds the second pass's scores to the first's.
pub(crate) fn rescore(_facts: &Facts, _model: &Model, _labels: &[Label], _scores: &mut [Scores]) {}
