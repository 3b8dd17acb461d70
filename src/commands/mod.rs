//! One file per subcommand, each with a `run` that takes the parsed flags and gives an exit code. An `Err` means that the command
//! could not run; an article that fails is data and stands in the output.

pub mod bench;
pub mod evaluate;
pub mod extract;
pub mod schema;
pub mod show;
#[cfg(feature = "train")]
pub mod train;

mod progress;

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
