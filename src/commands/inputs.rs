//! What the flags name: the files to read and how to read them, for every command that reads articles.

use crate::cli::{InputArgs, ReadingArgs};
use anyhow::Context;
use pullquote::read::{self, Input, ReadOptions, name_of};
use std::{
    fs::File,
    io::{self, Read as _},
};

/// The flags that say how a file is read, as the reader takes them.
pub fn read_options(args: &ReadingArgs) -> ReadOptions {
    ReadOptions { format: args.format, fields: args.field.clone(), max_article_bytes: args.max_article_bytes, ..ReadOptions::default() }
}

/// The same with those that choose files of directories.
pub fn input_options(args: &InputArgs) -> ReadOptions {
    ReadOptions { globs: args.glob.clone(), excludes: args.exclude.clone(), ..read_options(&args.reading) }
}

/// The paths of the command line and those of --files-from; `-` is standard input.
pub fn inputs(args: &InputArgs) -> anyhow::Result<Vec<Input>> {
    let mut inputs: Vec<Input> = args.paths.iter().map(|path| Input::of_argument(path)).collect();
    if let Some(list) = &args.files_from {
        let mut bytes = Vec::new();
        let read = if list.as_os_str() == "-" {
            io::stdin().lock().read_to_end(&mut bytes)
        } else {
            File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
        };
        read.with_context(|| format!("could not read the list of files {}", name_of(list)))?;
        let end = if args.null { b'\0' } else { b'\n' };
        // A line may end as Windows ends it; a space belongs to the name.
        let names = bytes.split(|&byte| byte == end).map(|name| if args.null { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
        let is_blank = |name: &[u8]| if args.null { name.is_empty() } else { name.trim_ascii().is_empty() };
        inputs.extend(names.filter(|name| !is_blank(name)).map(|name| Input::of_argument(&read::path_of_bytes(name))));
    }
    Ok(inputs)
}

/// What to say where nothing is there of what was named. One missing file among others is an article that says so; all of them are a slip,
/// and there is nothing to run on.
pub fn missing(inputs: &[Input]) -> Option<String> {
    let is_missing =
        |input: &Input| matches!(input, Input::Path(path) if path.metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
    let Some(Input::Path(first)) = inputs.first().filter(|_| inputs.iter().all(is_missing)) else { return None };
    let first = name_of(first);
    let others = if inputs.len() > 1 { format!(" and {} more", inputs.len() - 1) } else { String::new() };
    let remedy = if first.contains("://") { "nothing is fetched: save the page first" } else { "check the path" };
    Some(format!("{first}{others}: no such file or directory; {remedy}"))
}
