//! What a shell and `man` want of the program: `completions` and `man`.

use clap::Args;
use std::path::PathBuf;

/// Print the completions of a shell for this program
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote completions bash > ~/.local/share/bash-completion/completions/pullquote
  pullquote completions zsh > ~/.zfunc/_pullquote
  pullquote completions fish > ~/.config/fish/completions/pullquote.fish")]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote man | man -l -
  pullquote man -d ~/.local/share/man/man1      one page for each command")]
pub struct ManArgs {
    /// Write the pages of the program and of every command into this directory
    #[arg(short, long, value_name = "DIR")]
    pub directory: Option<PathBuf>,
}
