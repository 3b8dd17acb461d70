//! `pullquote train`: makes the two learnt files of the program, the names model and the weights for speakers. The features come from
//! the code that uses them, so that training and use cannot differ.

mod names;
mod speakers;

use super::ExitCode;
use crate::cli::TrainTarget;

pub fn run(target: TrainTarget) -> anyhow::Result<ExitCode> {
    match target {
        TrainTarget::Names(args) => names::run(args),
        TrainTarget::Speakers(args) => speakers::run(args),
    }
}
