//! One file per subcommand, each with a `run` that takes the parsed flags and gives an exit code. An `Err` means that the command
//! could not run; an article that fails is data and stands in the output.

pub mod bench;
pub mod completions;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod report;
pub mod schema;
pub mod show;
pub mod stats;
pub mod tables;
#[cfg(feature = "train")]
pub mod train;

// Public for `fuzz/targets.rs`.
pub mod journal;
pub mod line;
pub mod output;
pub mod resume;

mod inputs;
mod progress;
mod records;
mod totals;

use crate::cli::{Cli, Command, NamesArgs};
use anyhow::Context;
use clap::Parser;
use pullquote::{
    Annotator, Options,
    annotate::names::{Gazetteer, Model},
    read::{self, name_of},
    write::terminal::visible,
};
use std::{path::Path, sync::Arc};

/// A panic is told as any error is: its message may hold a piece of an article. With RUST_BACKTRACE=1 it says where.
fn tell_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // What breaks a thread that unpacks a file is told by the reader.
        if std::thread::current().name() == Some(read::UNPACKING_THREAD) {
            return;
        }
        let backtrace = std::backtrace::Backtrace::capture();
        eprintln!("pullquote: the program met a bug; please report it: {}", one_line(&panic.to_string()));
        if backtrace.status() == std::backtrace::BacktraceStatus::Captured {
            eprintln!("{backtrace}");
        }
    }));
}

/// Reads the command line (the first argument is the program's name), runs it and tells of errors.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    tell_of_panics();
    let arguments: Vec<std::ffi::OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        // Help is one of these, and goes to standard output. Nobody may be there to read it.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::Done;
        }
        Err(error) => {
            tell_why_not(error, &arguments);
            return ExitCode::CouldNotRun;
        }
    };
    let result = match cli.command {
        Command::Extract(args) => extract::run(args),
        Command::Show(args) => show::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Bench(args) => bench::run(args),
        Command::Tables(args) => tables::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => completions::man(&args),
        Command::Schema(args) => schema::run(&args),
        #[cfg(feature = "train")]
        Command::Train(args) => train::run(args),
    };
    result.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::Done; // the reader of our output has what it wanted
        }
        anstream::eprintln!("pullquote: {}", one_line(&format!("{error:#}")));
        ExitCode::CouldNotRun
    })
}

/// What is wrong with the arguments.
fn tell_why_not(error: clap::Error, arguments: &[std::ffi::OsString]) {
    if error.kind() == clap::error::ErrorKind::InvalidSubcommand {
        let asked = arguments.iter().skip(1).find(|argument| *argument != "help").map(Path::new);
        if asked == Some(Path::new("train")) {
            eprintln!("pullquote: this build cannot train; in a clone, `cargo install --path . --features train` makes one that can");
            return;
        }
        if let Some(path) = asked.filter(|path| path.exists()) {
            let name = one_line(&name_of(path));
            anstream::eprintln!("pullquote: {name} is no command; `pullquote extract {name}` reads it, `pullquote show {name}` shows it");
            return;
        }
    }
    // The names of files may be among the arguments (`extract *`): what is told of them is what can be seen of them.
    let seen = arguments.iter().map(|argument| one_line(&name_of(argument.as_ref())));
    let _ = Cli::try_parse_from(seen).err().unwrap_or(error).print();
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

/// A message for the terminal: one line, whatever a path or an article put into it.
fn one_line(message: &str) -> String {
    visible(&message.replace('\n', "␊")).into_owned()
}

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
        let remedy =
            || format!("{}: make a model with `pullquote train names` (build with --features train), or leave out --model", name_of(path));
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

impl ExitCode {
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            ExitCode::Done => 0,
            ExitCode::SomeFailed => 1,
            ExitCode::CouldNotRun => 2,
            ExitCode::Interrupted => 130,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        code.number().into()
    }
}
