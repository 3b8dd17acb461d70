//! A document for a person at a terminal: the text with its layers marked. Every mark is told by a label, and by colour as well;
//! a stream that takes no colour strips the styles. Nothing of the article reaches the terminal unseen: see [`visible`].

use crate::{
    document::{Document, Entity, EntityId, Figure, QuoteKind},
    span::Span,
};
use anstyle::{AnsiColor, Style};
use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

const PERSON: Style = AnsiColor::Green.on_default().bold();
const ORGANISATION: Style = AnsiColor::Blue.on_default().bold();
const FIGURE: Style = AnsiColor::Yellow.on_default();
const DIRECT: Style = AnsiColor::Magenta.on_default();
const MIXED: Style = AnsiColor::Cyan.on_default();
const SCARE: Style = Style::new().italic();
const LABEL: Style = Style::new().dimmed();
const HEADING: Style = Style::new().bold();

/// Writes the article: a heading, the marked text, and who is who.
pub fn write(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    write_heading(document, out)?;
    write_text(document, out)?;
    write_entities(document, out)
}

/// What the marks mean.
pub fn write_legend(out: &mut impl Write) -> io::Result<()> {
    let entry = |style: Style, mark: &str| format!("{style}{mark}{style:#}");
    writeln!(
        out,
        "\n{}  {}  {}  {}  {}  {}",
        entry(PERSON, "[p0 person]"),
        entry(ORGANISATION, "[o0 organisation]"),
        entry(FIGURE, "[f0 figure = value]"),
        entry(DIRECT, "{q0 direct quote}"),
        entry(MIXED, "{q0 mixed: a piece inside the writer's sentence}"),
        entry(SCARE, "{q0 scare: quotes nobody}"),
    )?;
    writeln!(out, "{LABEL}after a quote: ← speaker · cue · confidence{LABEL:#}")
}

fn write_heading(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    let article = document.article;
    let mut place = visible(&article.source.path).into_owned();
    if let Some(record) = article.source.record {
        let _ = write!(place, ", record {record}");
    }
    let facts = [article.meta.title.as_deref(), article.meta.site.as_deref(), article.meta.date.as_deref()];
    for fact in facts.into_iter().flatten() {
        let _ = write!(place, " · {}", visible(fact));
    }
    let _ = write!(place, " · {} words", document.words());
    writeln!(out, "{HEADING}── {place} ──{HEADING:#}\n")
}

/// One marked stretch of the text.
struct Mark {
    span: Span,
    style: Style,
    open: String,
    close: String,
}

fn write_text(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    let text = document.text();
    let mut marks = marks(document);
    // Where two start together the longer is the outer one.
    marks.sort_by_key(|mark| (mark.span.start(), std::cmp::Reverse(mark.span.end())));
    let mut open: Vec<&Mark> = Vec::new();
    let mut at = 0;
    let mut next = marks.iter().peekable();
    loop {
        let start = next.peek().map(|mark| mark.span.start());
        let end = open.iter().map(|mark| mark.span.end()).min();
        let Some(edge) = [start, end].into_iter().flatten().min() else { break };
        write_piece(&text[at..edge], open.last().copied(), out)?;
        at = edge;
        if end == Some(edge) {
            // The innermost one first; spans that cross (they should not) close in the order they end.
            while let Some(last) = open.iter().rposition(|mark| mark.span.end() == edge) {
                let mark = open.remove(last);
                write_label(&mark.close, mark.style, out)?;
            }
        } else if let Some(mark) = next.next() {
            write_label(&mark.open, mark.style, out)?;
            open.push(mark);
        }
    }
    write_piece(&text[at..], None, out)?;
    writeln!(out, "\n")
}

fn write_piece(piece: &str, mark: Option<&Mark>, out: &mut impl Write) -> io::Result<()> {
    let style = mark.map_or(Style::new(), |mark| mark.style);
    // A style does not run over a line break: pagers forget it there.
    for (number, line) in visible(piece).split('\n').enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        if !line.is_empty() {
            write!(out, "{style}{line}{style:#}")?;
        }
    }
    Ok(())
}

fn write_label(label: &str, style: Style, out: &mut impl Write) -> io::Result<()> {
    let style = style.dimmed();
    write!(out, "{style}{label}{style:#}")
}

fn marks(document: &Document<'_>) -> Vec<Mark> {
    let text = document.text();
    let mut marks = Vec::new();
    for (id, entity) in document.entities.iter() {
        let style = if id.kind == crate::document::EntityKind::Person { PERSON } else { ORGANISATION };
        for mention in &entity.mentions {
            marks.push(Mark { span: mention.span, style, open: format!("[{id} "), close: "]".to_string() });
        }
    }
    for (index, figure) in document.figures.iter().enumerate() {
        marks.push(Mark {
            span: figure.span,
            style: FIGURE,
            open: format!("[f{index} "),
            close: format!("{}]", meaning(figure, text).map_or_else(String::new, |meaning| format!(" = {meaning}"))),
        });
    }
    for (index, (quote, attribution)) in document.quotes.iter().zip(&document.attributions).enumerate() {
        let style = match attribution.kind {
            QuoteKind::Direct => DIRECT,
            QuoteKind::Mixed => MIXED,
            QuoteKind::Scare => SCARE,
        };
        let label = match attribution.kind {
            QuoteKind::Scare => format!("q{index} scare"),
            QuoteKind::Mixed => format!("q{index} mixed"),
            QuoteKind::Direct => format!("q{index}"),
        };
        let last = quote.parts.len().saturating_sub(1);
        for (number, &part) in quote.parts.iter().enumerate() {
            let open = if number == 0 { format!("{{{label} ") } else { format!("{{{label}, on: ") };
            let close = if number == last { said_by(document, index) + "}" } else { "}".to_string() };
            marks.push(Mark { span: part, style, open, close });
        }
    }
    marks.retain(|mark| !mark.span.is_empty());
    marks
}

/// " ← Torben Kopp · said · 0.93", and nothing for scare quotes.
fn said_by(document: &Document<'_>, quote: usize) -> String {
    let attribution = &document.attributions[quote];
    if attribution.kind == QuoteKind::Scare {
        return String::new();
    }
    let speaker = match &attribution.speaker {
        None => Cow::Borrowed("?"),
        Some(speaker) => {
            let mention = speaker.mention.span.of(document.text());
            match speaker.entity.map(|id| document.entities.get(id).name.as_str()) {
                Some(name) if name != mention => Cow::Owned(format!("{} ({})", visible(name), visible(mention))),
                _ => visible(mention),
            }
        }
    };
    let cue = attribution.cue.as_ref().map_or_else(String::new, |cue| format!(" · {}", visible(cue.span.of(document.text()))));
    // A mention may stand over a line break.
    format!(" ← {speaker}{cue} · {:.2}", attribution.confidence).replace('\n', " ")
}

/// The value as the program understood it, if that is more than the text says.
fn meaning(figure: &Figure, text: &str) -> Option<String> {
    let value = match (figure.value, figure.value_min, figure.value_max) {
        (Some(value), _, _) => Some(value.to_string()),
        (None, Some(low), Some(high)) => Some(format!("{low}..{high}")),
        (None, Some(low), None) => Some(format!("≥{low}")),
        (None, None, Some(high)) => Some(format!("≤{high}")),
        (None, None, None) => None,
    };
    let days = match (&figure.date_start, &figure.date_end) {
        (Some(start), Some(end)) if start != end => Some(format!("{start}..{end}")),
        (Some(day), _) | (None, Some(day)) => Some(day.to_string()),
        // A duration's says what value and unit say; one with an X has not been resolved.
        (None, None) => figure.timex.clone().filter(|timex| value.is_none() && !timex.contains('X')),
    };
    let approx = figure.approx.map(|approx| approx.as_str().replace('_', " "));
    let per = figure.per.as_ref().map(|per| format!("per {per}"));
    let trend = figure.trend.map(|trend| trend.as_str().to_string());
    let words = [approx, value, figure.unit.as_deref().map(str::to_owned), per, trend, days];
    let words: Vec<String> = words.into_iter().flatten().map(|word| visible(&word).into_owned()).collect();
    let meaning = words.join(" ");
    (!meaning.is_empty() && meaning != figure.span.of(text).replace(',', "")).then_some(meaning)
}

fn write_entities(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    for (id, entity) in document.entities.iter() {
        let style = if id.kind == crate::document::EntityKind::Person { PERSON } else { ORGANISATION };
        writeln!(out, "{style}{:>4}  {}{style:#}{}", id.to_string(), visible(&entity.name), facts(document, id, entity))?;
    }
    Ok(())
}

/// ", chief executive of Acme; also Kopp; said q0 q3".
fn facts(document: &Document<'_>, id: EntityId, entity: &Entity) -> String {
    let mut facts = String::new();
    if let Some(role) = &entity.role {
        let _ = write!(facts, ", {}", visible(role));
    }
    if let Some(organisation) = entity.organisation {
        let _ = write!(facts, " → {organisation} {}", visible(&document.entities.get(organisation).name));
    }
    if !entity.aliases.is_empty() {
        let _ = write!(facts, "; also {}", visible(&entity.aliases.join(", ")));
    }
    let said = document.attributions.iter().enumerate();
    let said = said.filter(|(_, attribution)| attribution.speaker.as_ref().and_then(|speaker| speaker.entity) == Some(id));
    let said: Vec<String> = said.map(|(index, _)| format!("q{index}")).collect();
    if !said.is_empty() {
        let _ = write!(facts, "; said {}", said.join(" "));
    }
    facts
}

/// Text that a terminal can be given: line breaks and tabs stay, other control characters become pictures of themselves, and
/// characters that reorder or hide text become their code.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\0'..='\u{1F}' if is_hidden(c) => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('␦')),
            '\u{7F}' => out.push('␡'),
            c if is_hidden(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{61C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::Article,
        document::{Attribution, Cue, EntityMention, FigureKind, MentionKind, Quotation, QuoteFlags, Speaker, SpeakerMention},
    };

    fn plain(document: &Document<'_>) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write(document, &mut out).expect("memory takes everything");
        String::from_utf8(out.into_inner()).expect("UTF-8")
    }

    fn span(text: &str, part: &str) -> Span {
        let at = text.find(part).expect("the part is there");
        Span::new(at, at + part.len())
    }

    #[test]
    fn layers_are_told_without_colour() {
        let article = Article::from_text("“Sales rose 5%,” said Ilse Orm, “at last.” A “win”.");
        let text = article.text.as_str();
        let mut document = Document::without_layers(&article);
        let name = span(text, "Ilse Orm");
        document.entities.people.push(Entity {
            name: "Ilse Orm".to_string(),
            role: Some("harbour master".to_string()),
            mentions: vec![EntityMention { span: name, kind: MentionKind::Name, sentence: 0, confidence: 1.0 }],
            ..Entity::default()
        });
        let mut percent = Figure::new(span(text, "5%"), FigureKind::Percent);
        (percent.value, percent.unit) = (Some(5.0), Some("percent".into()));
        document.figures.push(percent);
        let quotation = |parts: &[&str]| Quotation { parts: parts.iter().map(|p| span(text, p)).collect(), flags: QuoteFlags::default() };
        document.quotes = vec![quotation(&["“Sales rose 5%,”", "“at last.”"]), quotation(&["“win”"])];
        let speaker =
            Speaker { entity: Some(EntityId::person(0)), mention: SpeakerMention { span: name, kind: MentionKind::Name }, role: None };
        let cue = Cue { span: span(text, "said"), lemma: "say".to_string() };
        document.attributions = vec![
            Attribution { kind: QuoteKind::Direct, speaker: Some(speaker), cue: Some(cue), rule: None, confidence: 0.93 },
            Attribution { kind: QuoteKind::Scare, speaker: None, cue: None, rule: None, confidence: 0.5 },
        ];
        let shown = plain(&document);
        let wanted =
            "{q0 “Sales rose [f0 5% = 5 percent],”} said [p0 Ilse Orm], {q0, on: “at last.” ← Ilse Orm · said · 0.93} A {q1 scare “win”}.";
        assert!(shown.contains(wanted), "{shown}");
        assert!(shown.contains("  p0  Ilse Orm, harbour master; said q0"), "{shown}");
    }

    #[test]
    fn spans_that_cross_lose_no_text() {
        let article = Article::from_text("one two three");
        let mut document = Document::without_layers(&article);
        document.figures = vec![
            Figure::new(Span::new(0, 7), FigureKind::Number),
            Figure::new(Span::new(4, 13), FigureKind::Number),
            Figure::new(Span::new(5, 5), FigureKind::Number),
        ];
        assert!(plain(&document).contains("[f0 one [f1 two] three]"));
    }

    #[test]
    fn nothing_of_the_article_steers_the_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\r\nc\td\u{7}\u{202e}e\u{9b}0m\u{7f}"), "a␛[31mb\nc\td␇⟨U+202E⟩e⟨U+009B⟩0m␡");
        assert!(matches!(visible("Zoë “said” 👍\n"), Cow::Borrowed(_)));
    }
}
