//! `pullquote show`: articles with their layers marked, for a person at a terminal.

use super::{
    ExitCode,
    inputs::{input_options, inputs},
    one_line,
};
use crate::cli::{ShowArgs, When};
use anstream::{AutoStream, ColorChoice};
use pullquote::{read, write::terminal};
use std::io::{BufWriter, Write};

pub fn run(args: ShowArgs) -> anyhow::Result<ExitCode> {
    let options = input_options(&args.input);
    let annotator = super::annotator(&args.names, |_| {})?;
    let choice = match args.color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    };
    let mut out = BufWriter::new(AutoStream::new(std::io::stdout(), choice));
    let (mut shown, mut failed) = (0, 0);
    for raw in read::articles(inputs(&args.input)?, &options) {
        if args.record.is_some_and(|wanted| raw.source.record.unwrap_or(0) != wanted) {
            continue;
        }
        let article = raw.into_article(&options);
        if let Some(error) = &article.error {
            anstream::eprintln!("pullquote: {}", one_line(&error.to_string()));
            failed += 1;
            continue;
        }
        if shown > 0 {
            writeln!(out)?;
        }
        terminal::write(&annotator.annotate(&article), &mut out)?;
        shown += 1;
    }
    if shown > 0 {
        terminal::write_legend(&mut out)?;
    }
    out.flush()?;
    if shown == 0 && failed == 0 {
        match args.record {
            Some(record) => anyhow::bail!("there is no record {record} in the input; the first is 0"),
            None => anyhow::bail!("there is no article in the input"),
        }
    }
    Ok(if shown == 0 { ExitCode::CouldNotRun } else { ExitCode::Done })
}
