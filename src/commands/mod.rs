//! One file per subcommand, each with a `run` that takes the parsed flags and gives an exit code. An `Err` means that the command
//! could not run; an article that fails is data and stands in the output.

pub mod bench;
pub mod completions;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod schema;
pub mod show;
pub mod stats;
pub mod tables;
#[cfg(feature = "train")]
pub mod train;

mod journal;
mod line;
mod output;
mod progress;
mod records;

use crate::cli::NamesArgs;
use anyhow::Context;
use pullquote::{
    Annotator, Options,
    annotate::names::{Gazetteer, Model},
};
use std::sync::Arc;

/// The annotator with the user's list of names and model, if any, and what else a command sets.
fn annotator(args: &NamesArgs, set: impl FnOnce(&mut Options)) -> anyhow::Result<Annotator> {
    let mut options = Options::default();
    set(&mut options);
    options.min_confidence = args.min_confidence;
    options.turns = args.turns;
    if !args.gazetteer.is_empty() {
        options.gazetteer = Some(Arc::new(Gazetteer::from_files(&args.gazetteer)?));
    }
    if !args.aliases.is_empty() {
        options.aliases = Some(Arc::new(Gazetteer::from_files(&args.aliases)?));
    }
    if let Some(path) = &args.model {
        let remedy = || format!("{}: make a model with `pullquote train names`, or leave out --model", path.display());
        let bytes = std::fs::read(path).with_context(remedy)?;
        options.model = Some(Arc::new(Model::from_bytes(&bytes).with_context(remedy)?));
    }
    Ok(Annotator::new(&options))
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// Done; failed articles, if any, are in the output.
    Done,
    /// `--strict`, and some articles failed.
    SomeFailed,
    /// Bad flags, no input, output not writable.
    CouldNotRun,
    /// Ctrl-C: what is done is written.
    Interrupted,
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(match code {
            ExitCode::Done => 0,
            ExitCode::SomeFailed => 1,
            ExitCode::CouldNotRun => 2,
            ExitCode::Interrupted => 130,
        })
    }
}
