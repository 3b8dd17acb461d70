//! `pullquote completions` and `pullquote man`: what a shell and `man` are told of the program, made from its own flags.

use super::ExitCode;
use crate::cli::{Cli, CompletionsArgs, ManArgs};
use anyhow::Context;
use clap::CommandFactory;
use pullquote::read::name_of;
use std::io::Write;

pub fn run(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    // It panics where it cannot write: a reader may leave early.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pullquote", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::Done)
}

/// The page of the program on standard output, or those of it and of every command in a folder.
pub fn man(args: &ManArgs) -> anyhow::Result<ExitCode> {
    let command = Cli::command();
    match &args.directory {
        Some(folder) => {
            let failed = || format!("could not write the pages in {}", name_of(folder));
            std::fs::create_dir_all(folder).with_context(failed)?;
            clap_mangen::generate_to(command, folder).with_context(failed)?;
        }
        None => clap_mangen::Man::new(command).render(&mut std::io::stdout().lock())?,
    }
    Ok(ExitCode::Done)
}
