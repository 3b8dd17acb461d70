//! `pullquote report`: records in, one page of HTML out.

use super::{
    ExitCode, one_line,
    output::{is_device, partial, refuse_directory, refuse_input},
    records,
    totals::counted,
};
use crate::cli::ReportArgs;
use anyhow::Context;
use indicatif::{HumanBytes, HumanCount};
use pullquote::{
    read::name_of,
    write::report::{Report, Totals},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

pub fn run(args: &ReportArgs) -> anyhow::Result<ExitCode> {
    let path = args.output.as_path();
    let to_stdout = path.as_os_str() == "-";
    if !to_stdout {
        refuse_directory(path)?;
        refuse_input(args.records.iter().map(PathBuf::as_path), path)?;
        anyhow::ensure!(args.force || !path.is_file(), "{} exists; replace it with --force, or write somewhere else", name_of(path));
    }
    let mut report = Report::new(&args.title, args.top);
    records::each(&args.records, |record| {
        report.add(&record);
        Ok(())
    })?;
    if to_stdout {
        write(report, io::stdout().lock())?;
        return Ok(ExitCode::Done);
    }
    let failed = || format!("could not write {} (does its directory exist, and may you write there?)", name_of(path));
    if is_device(path) {
        OpenOptions::new().write(true).open(path).and_then(|device| write(report, device)).with_context(failed)?;
        return Ok(ExitCode::Done);
    }
    let totals = write_whole(report, path).with_context(failed)?;
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
fn write_whole(report: Report, path: &Path) -> io::Result<Totals> {
    let partial = partial(path);
    let written = File::create(&partial).and_then(|file| {
        let totals = write(report, file)?;
        fs::rename(&partial, path)?;
        Ok(totals)
    });
    written.inspect_err(|_| drop(fs::remove_file(&partial)))
}

fn write(report: Report, out: impl Write) -> io::Result<Totals> {
    let mut out = BufWriter::new(out);
    let totals = report.write(&mut out)?;
    out.flush()?;
    Ok(totals)
}
