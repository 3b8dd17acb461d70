//! The `pullquote` program. What it does is in [`pullquote::commands`].

fn main() -> std::process::ExitCode {
    pullquote::commands::run(std::env::args_os()).into()
}
