//! `pullquote extract`: articles in, one record a line out.

use super::{
    ExitCode,
    inputs::{input_options, inputs, missing},
    journal::Journal,
    line::{Maker, remember_panics},
    one_line,
    output::{Existing, Opened, Output, is_device, refuse_input},
    progress::Progress,
    resume::Items,
    totals::Totals,
};
use crate::cli::{ExtractArgs, Language, When};
use anyhow::Context;
use pullquote::{
    batch,
    duplicates::Dedupe,
    read::{self, Input, Selection, name_of},
    write::record::RecordOptions,
};
use std::{
    io,
    ops::ControlFlow,
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// Bytes of articles in flight: read and not yet written.
const BUDGET: usize = 16 << 20;
/// What an article counts for beyond its bytes: the keys of its record. Without it a budget would let in 100,000 notes of a line each.
const OVERHEAD: usize = 4 << 10;

/// Stack of a worker thread. Deep HTML is cut before it is walked; this is the margin.
const STACK: usize = 16 << 20;

pub fn run(args: ExtractArgs) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let options = input_options(&args.input);
    options.check()?;
    let inputs = inputs(&args.input)?;
    if let Some(missing) = missing(&inputs) {
        anyhow::bail!(missing);
    }
    let layers = args.only.unwrap_or_default();
    let annotator = super::annotator(&args.names, |options| {
        options.layers = layers;
        options.english_only = args.lang == Language::En;
    })?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs).stack_size(STACK).build().context("could not start the threads")?;
    let pool = Arc::new(pool);
    let file = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = file {
        let named = inputs.iter().filter_map(|input| if let Input::Path(path) = input { Some(path.as_path()) } else { None });
        refuse_input(named, path)?;
    }
    let mut survey = read::survey(inputs, &options);
    let nothing_to_read = survey.files == 0;
    if let Some(path) = file {
        // A second run must not read the first one's records.
        survey.leave_out(path);
        survey.leave_out(&super::output::partial(path));
        survey.leave_out(&super::output::again(path));
        survey.leave_out(&super::journal::name(path));
    }
    // A device has nothing beside it.
    let journal = file.filter(|path| !is_device(path)).map(|path| Journal::of(path, &what_matters(&args)));
    if let Some(journal) = journal.as_ref().filter(|_| args.resume) {
        journal.agrees()?;
    }
    let existing = match (args.resume, args.force) {
        (true, _) => Existing::Resume,
        (false, true) => Existing::Replace,
        (false, false) => Existing::Refuse,
    };
    let (mut output, before) = match Output::open(args.output.as_deref(), existing)? {
        Opened::Begun(output, before) => (output, before),
        Opened::Whole => {
            if !args.quiet {
                let name = args.output.unwrap_or_default();
                anstream::eprintln!("{} is whole; there is nothing to go on with", one_line(&name_of(&name)));
            }
            return Ok(ExitCode::Done);
        }
    };
    if let Some(journal) = &journal {
        journal.begin()?;
    }
    let resumed = before.places.len() as u64;
    let mut left = args.limit.map_or(u64::MAX, |limit| limit.saturating_sub(resumed));
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("could not listen for Ctrl-C")?;
    remember_panics();

    let progress = Progress::new(args.progress, args.quiet, survey.bytes);
    let mut totals = Totals::default();
    let mut written: io::Result<()> = Ok(());
    let mut unfit = None;
    let articles = survey.articles(&options);
    let consumed = articles.consumed();
    let dedupe = Dedupe::from(args.dedupe);
    let selection = Selection { shard: args.shard, sample: args.sample, seed: args.seed };
    let articles = Items::new(articles, before, !selection.is_all(), dedupe != Dedupe::None);
    let fit = articles.fit();
    let maker = Arc::new(Maker {
        annotator,
        read: options,
        record: RecordOptions { offsets: args.offsets.into(), text: !args.no_text, layers },
        selection,
        dedupe,
        seen: RwLock::default(),
    });
    let worker = Arc::clone(&maker);
    batch::map_ordered(
        &pool,
        articles,
        BUDGET,
        |item| item.raw.size() + OVERHEAD,
        move |item| worker.line(item),
        &interrupted,
        |done| {
            let Some(done) = done else {
                written = output.flush(); // whoever reads a slow pipe wants what there is
                return if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            };
            let done = maker.settle(done);
            if done.unfit.is_some() {
                unfit = done.unfit;
                return ControlFlow::Break(());
            }
            if let Some(failure) = &done.failure {
                progress.note(&format!("pullquote: {}", one_line(failure)));
            }
            if left == 0 && !done.bytes.is_empty() {
                return ControlFlow::Break(());
            }
            totals.add(&done.totals);
            progress.article_done(consumed.load(Ordering::Relaxed));
            if done.bytes.is_empty() {
                return ControlFlow::Continue(());
            }
            left -= 1;
            written = output.write_all(&done.bytes);
            if written.is_ok() && left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    progress.finish();
    let stopped = interrupted.load(Ordering::Relaxed);
    // Where the reader was stopped before it met all that is written, nobody knows.
    let fit = unfit.map_or_else(|| fit.get().cloned(), |unfit| Some(Err(unfit)));
    let whole = !stopped && written.is_ok() && fit == Some(Ok(()));
    written.and_then(|()| output.finish(whole)).with_context(|| match &args.output {
        Some(path) => format!("could not write {}", name_of(path)),
        None => "could not write to standard output".to_owned(),
    })?;
    if let Some(Err(unfit)) = fit {
        anyhow::bail!("the run to resume does not fit the input: {unfit}; give the same paths and flags, or begin anew with --force");
    }
    if let Some(journal) = &journal {
        journal.end(whole, &totals, resumed, started)?;
    }
    if !args.quiet {
        anstream::eprintln!("{}", totals.summary(started));
        if nothing_to_read {
            anstream::eprintln!(
                "no file was found to read: of a directory those are taken whose names end as the formats do (.txt, .html, .jsonl ...); \
                 --glob '*' takes others"
            );
        }
        if stopped && journal.is_some() {
            anstream::eprintln!("interrupted; the same command with --resume goes on");
        }
    }
    Ok(if stopped {
        ExitCode::Interrupted
    } else if args.strict && totals.failed > 0 {
        ExitCode::SomeFailed
    } else {
        ExitCode::Done
    })
}

/// The flags that change the records, as text: a run can only go on with the same.
fn what_matters(args: &ExtractArgs) -> String {
    let same = ExtractArgs {
        jobs: 0,
        quiet: false,
        strict: false,
        progress: When::Auto,
        resume: false,
        force: false,
        limit: None,
        ..args.clone()
    };
    format!("{same:?}")
}
