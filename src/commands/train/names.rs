//! `pullquote train names`: makes the names model from tagged sentences.

use crate::{
    cli::TrainNamesArgs,
    commands::{ExitCode, one_line},
};
use anyhow::Context;
use pullquote::{
    annotate::names::train::{TrainOptions, train},
    read::name_of,
};

pub fn run(args: TrainNamesArgs) -> anyhow::Result<ExitCode> {
    let options = TrainOptions {
        sentences: args.sentences,
        gazetteers: args.gazetteers,
        clusters: args.clusters,
        epochs: args.epochs,
        dropout: args.dropout,
        features: args.features,
        rarest: args.rarest,
        rate: args.rate,
        silver_weight: args.silver_weight,
        document_epochs: args.document_epochs,
        document_rate: args.document_rate,
        seed: args.seed,
        learners: args.learners,
    };
    let model = train(&options)?.to_bytes();
    let name = name_of(&args.output);
    std::fs::write(&args.output, &model).with_context(|| format!("could not write {name}"))?;
    anstream::eprintln!("{}: {} bytes", one_line(&name), model.len());
    Ok(ExitCode::Done)
}
