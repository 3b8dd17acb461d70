//! `pullquote train`: makes the two learnt files of the program, the names model and the weights for speakers. The features come from
//! the code that uses them, so that training and use cannot differ.

mod names;
mod speakers;

use super::ExitCode;
use crate::cli::TrainTarget;
use pullquote::read::name_of;

pub fn run(target: TrainTarget) -> anyhow::Result<ExitCode> {
    let (output, force) = match &target {
        TrainTarget::Names(args) => (&args.output, args.force),
        TrainTarget::Speakers(args) => (&args.output, args.force),
    };
    if !force && output.exists() {
        anyhow::bail!("{} exists; replace it with --force, or write somewhere else", name_of(output));
    }
    match target {
        TrainTarget::Names(args) => names::run(args),
        TrainTarget::Speakers(args) => speakers::run(args),
    }
}
