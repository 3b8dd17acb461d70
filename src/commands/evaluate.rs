//! `pullquote evaluate`: gold lines are annotated and scored; a table or one JSON object comes out. The counts of single articles
//! are added in the order of the lines, so the output does not depend on the number of threads.

use super::{ExitCode, one_line, records};
use crate::cli::EvaluateArgs;
use anyhow::Context;
use pullquote::{
    Annotator,
    read::name_of,
    score::{CONFIDENCE_STEPS, Counts, Fault, Findings, Gold, Layer, Scores, Share, gold},
};
use rayon::prelude::*;
use std::{collections::BTreeMap, fmt::Write as _, io::Write as _};

pub fn run(args: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    let path = name_of(&args.gold);
    let lines = std::io::read_to_string(records::open(&args.gold)?).with_context(|| format!("could not read {path}"))?;
    let lines = gold::parse(&lines).with_context(|| format!("{path} is not a gold file"))?;
    let layers: Vec<Layer> =
        if args.layer.is_empty() { Layer::ALL.to_vec() } else { args.layer.iter().map(|&layer| layer.into()).collect() };

    let scores = evaluate(&lines, &layers, &super::annotator(&args.names, |_| {})?);
    if !scores.has_layers() {
        let wanted = layers.iter().map(|layer| layer.name()).collect::<Vec<_>>().join(", ");
        anyhow::bail!("{path} has nothing to score: no line has a layer of {wanted}");
    }
    let faults = first_of_each_layer(&scores.faults, args.errors);
    let report = if args.json {
        let mut report = scores.to_json();
        if args.errors > 0 {
            report["errors"] = serde_json::to_value(&faults)?;
        }
        format!("{report}\n")
    } else {
        table(&scores)? + &list(&faults)?
    };
    std::io::stdout().lock().write_all(report.as_bytes())?;
    Ok(ExitCode::Done)
}

fn evaluate(lines: &[Gold], layers: &[Layer], annotator: &Annotator) -> Scores {
    let of_line = |gold: &Gold| {
        let article = gold.article();
        Scores::of_line(gold, &Findings::of(&annotator.annotate(&article)), layers)
    };
    let scored: Vec<Scores> = lines.par_iter().map(of_line).collect();
    scored.into_iter().fold(Scores::default(), |mut sum, scores| {
        sum += scores;
        sum
    })
}

/// At most `limit` faults of each layer, layers in the order of the table.
fn first_of_each_layer(faults: &[Fault], limit: usize) -> Vec<&Fault> {
    const ORDER: [&str; 6] = ["sentences", "people", "organisations", "entities", "quotes", "figures"];
    let mut of_layer: BTreeMap<usize, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        let layer = ORDER.iter().position(|&layer| layer == fault.layer).unwrap_or(ORDER.len());
        let kept = of_layer.entry(layer).or_default();
        if kept.len() < limit {
            kept.push(fault);
        }
    }
    of_layer.into_values().flatten().collect()
}

fn table(scores: &Scores) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let plural = if scores.lines == 1 { "" } else { "s" };
    writeln!(out, "{} article{plural}\n", scores.lines)?;
    let mut rows: Vec<(&str, Counts)> = Vec::new();
    let mut shares: Vec<(&str, Share)> = Vec::new();
    if let Some(score) = &scores.sentences {
        rows.push(("sentences (inner boundaries)", score.boundaries));
        shares.push(("paragraphs split right", score.paragraphs_right));
    }
    if let Some(score) = &scores.names {
        rows.extend([("people", score.people), ("organisations", score.organisations), ("people and organisations", score.both())]);
    }
    if let Some(score) = &scores.quotes {
        rows.extend([
            ("quotes, overlapping", score.overlapping),
            ("quotes, exact", score.exact),
            ("quotes with right speaker", score.end_to_end),
        ]);
        shares.extend([
            ("speaker, last name", score.speaker_head),
            ("speaker, full name", score.speaker_full),
            ("pronoun to full name", score.pronoun_full),
        ]);
    }
    if let Some(score) = &scores.figures {
        rows.extend([
            ("figures, overlapping", score.place),
            ("figures, exact place", score.exact_place),
            ("figures, right value", score.value),
            ("figures, value and unit", score.value_unit),
            ("figures, right kind", score.kind),
        ]);
        shares.extend([("dates with right day", score.dates), ("fired where nothing is", score.must_not_fire)]);
    }
    if let Some(score) = &scores.entities {
        rows.extend([
            ("roles of people", score.roles),
            ("organisations of people", score.organisations_of_people),
            ("genders of people", score.genders),
        ]);
    }
    writeln!(out, "{:30} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}", "", "P", "R", "F1", "gold", "found", "right")?;
    for (name, counts) in &rows {
        let percent = |share: f64| 100.0 * share;
        let (p, r, f1) = (percent(counts.precision()), percent(counts.recall()), percent(counts.f1()));
        writeln!(out, "{name:30} {p:6.2} {r:6.2} {f1:6.2} {:7} {:7} {:7}", counts.gold, counts.found, counts.right)?;
    }
    if let Some(score) = &scores.entities {
        writeln!(out, "\n{:30} {:>6} {:>6} {:>6} {:>7} {:>7}", "who is who, B-cubed", "P", "R", "F1", "gold", "found")?;
        for (name, cubed) in [("people, all mentions", score.people), ("organisations, all mentions", score.organisations)] {
            let (p, r, f1) = (100.0 * cubed.precision(), 100.0 * cubed.recall(), 100.0 * cubed.f1());
            writeln!(out, "{name:30} {p:6.2} {r:6.2} {f1:6.2} {:7} {:7}", cubed.gold, cubed.found)?;
        }
    }
    shares.retain(|(_, share)| share.of > 0);
    if !shares.is_empty() {
        writeln!(out)?;
    }
    for (name, share) in shares {
        writeln!(out, "{name:30} {:6.2} {:>6} of {}", 100.0 * share.value(), share.right, share.of)?;
    }
    if let Some(score) = &scores.quotes {
        writeln!(
            out,
            "{:30} {:6} (false quotes on marks that quote nobody {}, left out of the count {})",
            "speakers where none is", score.spurious_speakers, score.scare_false_positives, score.dont_care
        )?;
    }
    if let Some(score) = scores.quotes.as_ref().filter(|score| score.overlapping.right > 0) {
        writeln!(out, "\n{:30} {:>7} {:>9} {:>7}", "speakers by confidence", "quotes", "promised", "right")?;
        for (row, from) in score.calibration.iter().zip(CONFIDENCE_STEPS).filter(|(row, _)| row.speaker.of > 0) {
            let name = format!("  from {from:.2}");
            writeln!(out, "{name:30} {:7} {:9.1} {:7.1}", row.speaker.of, 100.0 * row.promised(), 100.0 * row.speaker.value())?;
        }
    }
    if let Some(score) = scores.figures.as_ref().filter(|score| !score.by_kind.is_empty()) {
        writeln!(out, "\n{:30} {:>7} {:>7} {:>7} {:>10}", "figures by kind: recall", "gold", "place", "value", "value+unit")?;
        let mut kinds: Vec<_> = score.by_kind.iter().collect();
        kinds.sort_by_key(|(_, score)| std::cmp::Reverse(score.gold));
        for (kind, score) in kinds {
            let percent = |right: usize| 100.0 * right as f64 / score.gold.max(1) as f64;
            let (place, value, both) = (percent(score.place), percent(score.value), percent(score.value_unit));
            writeln!(out, "  {kind:28} {:7} {place:7.1} {value:7.1} {both:10.1}", score.gold)?;
        }
    }
    Ok(out)
}

fn list(faults: &[&Fault]) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let mut layer = "";
    for fault in faults {
        if fault.layer != layer {
            layer = fault.layer;
            writeln!(out, "\n{layer}: errors")?;
        }
        writeln!(out, "  {} | {} | {}", fault.fault, one_line(&fault.id), one_line(&fault.context))?;
        if !fault.detail.is_empty() {
            writeln!(out, "      {}", one_line(&fault.detail))?;
        }
    }
    Ok(out)
}
