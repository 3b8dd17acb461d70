//! `pullquote explain`: why quotations have the speakers they have, for a person at a terminal.

use super::{ExitCode, inputs::read_options, one_line, resume::named};
use crate::cli::ExplainArgs;
use pullquote::{
    Document,
    annotate::speakers::explain::{Considered, EVIDENCE, Explanation},
    document::QuoteKind,
    read::{self, Input},
    write::terminal::visible,
};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Candidates shown of each quotation; the others have next to no chance.
const SHOWN: usize = 5;
/// Bytes shown of a quotation.
const EXCERPT: usize = 160;

pub fn run(args: ExplainArgs) -> anyhow::Result<ExitCode> {
    // With turns among them, quotes have other ids than those that are explained.
    anyhow::ensure!(!args.names.turns, "turns are not explained: their labels decide; leave out --turns");
    let (path, id) = divide(&args.article);
    let options = read_options(&args.reading);
    let annotator = super::annotator(&args.names, |_| {})?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut articles, mut failed, mut shown) = (0, 0, 0);
    let mut raws = read::articles(vec![Input::of_argument(&path)], &options).peekable();
    let mut several = false;
    while let Some(raw) = raws.next() {
        several |= args.record.is_none() && raws.peek().is_some();
        if args.record.is_some_and(|wanted| raw.source.record.unwrap_or(0) != wanted) {
            continue;
        }
        let article = raw.into_article(&options);
        if let Some(error) = &article.error {
            anstream::eprintln!("pullquote: {}", one_line(&error.to_string()));
            failed += 1;
            continue;
        }
        articles += 1;
        let (document, explained) = annotator.explain(&article);
        if several && !explained.is_empty() {
            let source = &article.source;
            writeln!(out, "── {} ──\n", one_line(&named(&source.path, source.record)))?;
        }
        for (number, explanation) in explained.iter().enumerate() {
            if id.is_none_or(|id| id == number) {
                write(&document, number, explanation, &mut out)?;
                shown += 1;
            }
        }
    }
    out.flush()?;
    match (shown, id, args.record) {
        (1.., ..) => Ok(ExitCode::Done),
        (0, Some(id), _) if articles > 0 => anyhow::bail!("there is no quote q{id} in the article; without :q{id} all are explained"),
        (0, _, Some(record)) if articles == 0 && failed == 0 => anyhow::bail!("there is no record {record} in the input; the first is 0"),
        (0, ..) if articles > 0 => anyhow::bail!("there is no quote in the article"),
        _ if failed == 0 => anyhow::bail!("there is no article in the input"),
        _ => Ok(ExitCode::CouldNotRun),
    }
}

/// `article.txt:q3` into path and number of the quotation; a file whose name ends like that is taken as it is.
fn divide(argument: &Path) -> (PathBuf, Option<usize>) {
    let whole = (argument.to_path_buf(), None);
    if argument.exists() {
        return whole;
    }
    // By bytes: a path need not be text.
    let bytes = argument.as_os_str().as_encoded_bytes();
    let Some(at) = bytes.windows(2).rposition(|window| window == b":q") else { return whole };
    match std::str::from_utf8(&bytes[at + 2..]).map(str::parse) {
        Ok(Ok(id)) => (read::path_of_bytes(&bytes[..at]), Some(id)),
        _ => whole,
    }
}

fn write(document: &Document, number: usize, explanation: &Explanation, out: &mut impl Write) -> std::io::Result<()> {
    let text = document.text();
    let span = document.quotes[number].span();
    let attribution = &explanation.attribution;
    let kind = match attribution.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Scare => "scare",
    };
    writeln!(out, "q{number} {kind}  {}", excerpt(span.of(text)))?;
    write!(out, "  {}", explanation.decided.describe())?;
    match explanation.said {
        Some(said) => writeln!(out, " (chance that somebody said it: {said:.2})")?,
        None => writeln!(out)?,
    }
    match &attribution.speaker {
        None => writeln!(out, "  no speaker")?,
        Some(speaker) => {
            let name = speaker.entity.map_or(String::new(), |id| format!(" = {}", document.entities.get(id).name));
            let rule = attribution.rule.unwrap_or("-");
            let mention = speaker.mention.span.of(text);
            writeln!(out, "  speaker: {}{}  rule {rule}, confidence {:.2}", visible(mention), visible(&name), attribution.confidence)?;
        }
    }
    for (place, candidate) in explanation.candidates.iter().take(SHOWN).enumerate() {
        write_candidate(document, place, candidate, out)?;
    }
    match explanation.candidates.len().saturating_sub(SHOWN) {
        0 => writeln!(out),
        more => writeln!(out, "  and {more} less likely\n"),
    }
}

fn write_candidate(document: &Document, place: usize, candidate: &Considered, out: &mut impl Write) -> std::io::Result<()> {
    let text = document.text();
    let name = candidate.entity.map_or(String::new(), |id| format!(" = {}", document.entities.get(id).name));
    let tokens = if candidate.distance == 1 { "token" } else { "tokens" };
    let side = if candidate.before { "before" } else { "after" };
    let cue = candidate.cue.map_or(String::new(), |cue| format!(" “{}”", cue.of(text)));
    let (mention, tie) = (excerpt(candidate.mention.of(text)), candidate.tie.describe());
    writeln!(
        out,
        "  {}. {mention}{}  chance {:.3}, score {:.2}; {} {tokens} {side}; {tie}{}",
        place + 1,
        visible(&name),
        candidate.chance,
        candidate.score,
        candidate.distance,
        visible(&cue)
    )?;
    let evidence: Vec<String> = EVIDENCE.iter().zip(candidate.evidence).map(|(kind, sum)| format!("{kind} {sum:+.2}")).collect();
    writeln!(out, "     {}", evidence.join(", "))
}

/// One line of at most [`EXCERPT`] bytes.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() <= EXCERPT {
        return visible(&line).into_owned();
    }
    let end = (0..=EXCERPT).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
    format!("{} …", visible(&line[..end]))
}
