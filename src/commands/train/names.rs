//! `pullquote train names`: makes the names model from tagged sentences.

use crate::{cli::TrainNamesArgs, commands::ExitCode};
use anyhow::Context;
use pullquote::annotate::names::train::{TrainOptions, train};

pub fn run(args: TrainNamesArgs) -> anyhow::Result<ExitCode> {
    let options = TrainOptions {
        sentences: args.sentences,
        gazetteers: args.gazetteers,
        clusters: args.clusters,
        epochs: args.epochs,
        dropout: args.dropout,
        features: args.features,
        confidence: args.confidence,
        seed: args.seed,
        learners: args.learners,
    };
    let model = train(&options)?.to_bytes();
    std::fs::write(&args.output, &model).with_context(|| format!("writing {}", args.output.display()))?;
    anstream::eprintln!("{}: {} bytes", args.output.display(), model.len());
    Ok(ExitCode::Done)
}
