//! The `pullquote` command: parse the command line, run it, turn the result into an exit code.

mod cli;
mod commands;

use clap::Parser;
use commands::ExitCode;

fn main() -> std::process::ExitCode {
    let result = match cli::Cli::parse().command {
        cli::Command::Extract(args) => commands::extract::run(args),
        cli::Command::Show(args) => commands::show::run(args),
        cli::Command::Explain(args) => commands::explain::run(args),
        cli::Command::Evaluate(args) => commands::evaluate::run(&args),
        cli::Command::Bench(args) => commands::bench::run(args),
        cli::Command::Tables(args) => commands::tables::run(&args),
        cli::Command::Stats(args) => commands::stats::run(&args),
        cli::Command::Completions(args) => commands::completions::run(&args),
        cli::Command::Man(args) => commands::completions::man(&args),
        cli::Command::Schema => commands::schema::run(),
        #[cfg(feature = "train")]
        cli::Command::Train(args) => commands::train::run(args),
    };
    let code = result.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::Done; // the reader of our output has what it wanted
        }
        anstream::eprintln!("pullquote: {error:#}");
        ExitCode::CouldNotRun
    });
    code.into()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}
