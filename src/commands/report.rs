//! `pullquote report`: records in, one page of HTML out.

use super::{ExitCode, one_line, records, totals::counted};
use crate::cli::ReportArgs;
use anyhow::Context;
use indicatif::{HumanBytes, HumanCount};
use pullquote::{read::name_of, write::report::Report};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

pub fn run(args: &ReportArgs) -> anyhow::Result<ExitCode> {
    let path = args.output.as_path();
    let to_stdout = path.as_os_str() == "-";
    if !args.force && !to_stdout && path.is_file() {
        anyhow::bail!("{} exists; replace it with --force, or write somewhere else", name_of(path));
    }
    let mut report = Report::new(&args.title, args.top);
    records::each(&args.records, |record| {
        report.add(&record);
        Ok(())
    })?;
    if to_stdout {
        let mut out = BufWriter::new(io::stdout().lock());
        report.write(&mut out)?;
        out.flush()?;
        return Ok(ExitCode::Done);
    }
    let totals = write_whole(report, path).with_context(|| format!("could not write {}: may you write there?", name_of(path)))?;
    if !args.quiet {
        let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let shown = totals.articles.min(args.top as u64);
        anstream::eprintln!(
            "{}: {}, {}, {}",
            one_line(&name_of(path)),
            counted(shown, "article", "articles"),
            counted(totals.quotes, "quote", "quotes"),
            HumanBytes(size)
        );
        if shown < totals.articles {
            let all = HumanCount(totals.articles);
            anstream::eprintln!(
                "the {} articles with most quotes of {all} are in it; --top {} takes all",
                HumanCount(shown),
                totals.articles
            );
        }
    }
    Ok(ExitCode::Done)
}

/// The page has its name only when it is whole.
fn write_whole(report: Report, path: &Path) -> io::Result<pullquote::write::report::Totals> {
    let partial = super::output::partial(path);
    let mut out = BufWriter::new(File::create(&partial)?);
    let totals = report.write(&mut out)?;
    out.into_inner()?;
    fs::rename(&partial, path)?;
    Ok(totals)
}
