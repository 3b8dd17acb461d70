//! Records -> one page of HTML that opens from disk: who said what, with each quote in its place. The page carries its data as JSON and
//! draws it by a script of its own; it loads nothing.
//!
//! All text of an article is data to the script, and the data cannot end its element; a policy in the page forbids any script but this
//! one, told by its hash. `page.html` is the frame, `style.css` and `script/*.js` what is put into it.

mod article;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashSet},
    io::{self, Write},
};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// In the order in which they build on each other.
const SCRIPTS: [&str; 7] = [
    include_str!("script/data.js"),
    include_str!("script/overview.js"),
    include_str!("script/speakers.js"),
    include_str!("script/marks.js"),
    include_str!("script/article.js"),
    include_str!("script/tables.js"),
    include_str!("script/page.js"),
];

/// What all records hold, also those whose articles are not in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Records of articles that were read, empty ones too.
    pub articles: u64,
    /// Word tokens of all texts.
    pub words: u64,
    /// Different ones, told by their keys.
    pub people: usize,
    /// Likewise.
    pub organisations: usize,
    /// Numbers and dates.
    pub figures: u64,
    /// Direct and mixed.
    pub quotes: u64,
    /// Of these, those with a speaker, named or not.
    pub attributed: u64,
    /// Terms, nicknames and titles in marks, which quote nobody.
    pub scare: u64,
    /// Records of articles that failed.
    pub errors: u64,
}

/// A report in the making. Memory is bounded by the articles it keeps.
pub struct Report {
    title: String,
    top: usize,
    totals: Totals,
    people: HashSet<u64>,
    organisations: HashSet<u64>,
    /// The article of fewest quotes on top; of equals the last one.
    kept: BinaryHeap<Reverse<Kept>>,
}

/// An article to be shown, ordered by what it has to show.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    quotes: usize,
    place: Reverse<u64>,
    json: Vec<u8>,
}

impl Report {
    /// A report that shows the `top` articles with the most quotes.
    #[must_use]
    pub fn new(title: &str, top: usize) -> Self {
        Self {
            title: title.to_owned(),
            top,
            totals: Totals::default(),
            people: HashSet::new(),
            organisations: HashSet::new(),
            kept: BinaryHeap::new(),
        }
    }

    /// Takes a record of `pullquote extract`.
    pub fn add(&mut self, record: &Value) {
        if record["status"] == "error" {
            self.totals.errors += 1;
            return;
        }
        let list = |key: &str| record[key].as_array().map_or(&[][..], Vec::as_slice);
        self.totals.articles += 1;
        self.totals.words += record["words"].as_u64().unwrap_or(0);
        self.totals.figures += list("figures").len() as u64;
        let said: Vec<&Value> = list("quotes").iter().filter(|quote| quote["kind"] != "scare").collect();
        self.totals.quotes += said.len() as u64;
        self.totals.scare += (list("quotes").len() - said.len()) as u64;
        self.totals.attributed += said.iter().filter(|quote| !quote["speaker"].is_null()).count() as u64;
        for (layer, keys) in [("people", &mut self.people), ("organisations", &mut self.organisations)] {
            keys.extend(list(layer).iter().filter_map(|entity| Some(xxhash_rust::xxh3::xxh3_64(entity["key"].as_str()?.as_bytes()))));
        }
        let place = Reverse(self.totals.articles);
        let is_wanted = self.kept.len() < self.top || self.kept.peek().is_some_and(|least| least.0.quotes < said.len());
        if is_wanted && self.top > 0 {
            self.kept.push(Reverse(Kept { quotes: said.len(), place, json: embedded(&article::article(record)) }));
            if self.kept.len() > self.top {
                self.kept.pop();
            }
        }
    }

    /// Writes the page; the articles stand in the order of the records.
    pub fn write(self, out: &mut impl Write) -> io::Result<Totals> {
        let totals = Totals { people: self.people.len(), organisations: self.organisations.len(), ..self.totals };
        let mut kept: Vec<Kept> = self.kept.into_iter().map(|kept| kept.0).collect();
        kept.sort_unstable_by_key(|kept| Reverse(kept.place));
        let script = SCRIPTS.join("\n");
        let policy = format!(
            "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(&script),
            hash(STYLE)
        );
        let mut rest = PAGE;
        while let Some((before, name, after)) = placeholder(rest) {
            out.write_all(before.as_bytes())?;
            match name {
                "csp" => out.write_all(policy.as_bytes())?,
                "title" => out.write_all(html_escape::encode_text(&self.title).as_bytes())?,
                "style" => out.write_all(STYLE.as_bytes())?,
                "script" => out.write_all(script.as_bytes())?,
                _ => write_data(&self.title, &totals, &kept, out)?,
            }
            rest = after;
        }
        out.write_all(rest.as_bytes())?;
        Ok(totals)
    }
}

/// The next `{{name}}` of the frame, and what stands before and after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

fn write_data(title: &str, totals: &Totals, kept: &[Kept], out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"schema\":\"pullquote-report/1\",\"title\":")?;
    out.write_all(&embedded(title))?;
    write!(out, ",\"left_out\":{},\"totals\":", totals.articles - kept.len() as u64)?;
    out.write_all(&embedded(totals))?;
    out.write_all(b",\"articles\":[")?;
    for (number, article) in kept.iter().enumerate() {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        out.write_all(&article.json)?;
    }
    out.write_all(b"]}")
}

/// JSON that can stand inside an element of HTML: it holds no `<`, so it neither ends the element nor opens a comment.
fn embedded(value: &(impl Serialize + ?Sized)) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("it has only string keys and the target is memory");
    let mut out = Vec::with_capacity(json.len());
    for piece in json.split_inclusive(|&byte| byte == b'<') {
        match piece.strip_suffix(b"<") {
            // JSON has it in texts only.
            Some(before) => {
                out.extend_from_slice(before);
                out.extend_from_slice(b"\\u003c");
            }
            None => out.extend_from_slice(piece),
        }
    }
    out
}

/// What a Content-Security-Policy knows a script or style by.
fn hash(content: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(content.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(id: u64, quotes: usize, text: &str) -> Value {
        let quote = |number: usize| json!({"id": format!("q{number}"), "kind": "direct", "content": text, "speaker": null});
        json!({
            "schema": "pullquote/1", "status": "ok", "id": format!("d_{id:016x}"), "text": text, "words": 2, "source": {"path": "a.txt"},
            "people": [{"id": "p0", "key": "person:a", "name": text}], "quotes": (0..quotes).map(quote).collect::<Vec<_>>(),
        })
    }

    fn page(title: &str, top: usize, records: &[Value]) -> (String, Totals) {
        let mut report = Report::new(title, top);
        records.iter().for_each(|record| report.add(record));
        let mut out = Vec::new();
        let totals = report.write(&mut out).expect("memory takes everything");
        (String::from_utf8(out).expect("UTF-8"), totals)
    }

    fn data(page: &str) -> Value {
        let start = page.find("id=\"data\">").expect("there is data") + "id=\"data\">".len();
        serde_json::from_str(&page[start..start + page[start..].find("</script>").expect("it ends")]).expect("it is JSON")
    }

    #[test]
    fn text_stays_text() {
        let text = "</script><script>alert(1)</script><!-- {{script}} \u{2028}";
        let (page, _) = page("<b>{{data}}</b>", 10, &[record(1, 1, text)]);
        assert_eq!((page.matches("<script").count(), page.matches("</script").count(), page.matches("<!--").count()), (2, 2, 0));
        assert!(page.contains("<title>&lt;b&gt;{{data}}&lt;/b&gt;</title>"));
        let data = data(&page);
        assert_eq!((&data["articles"][0]["text"], &data["title"]), (&json!(text), &json!("<b>{{data}}</b>")));
    }

    #[test]
    fn the_policy_knows_the_script_and_the_style_that_are_there() {
        let (page, _) = page("t", 10, &[]);
        let between = |from: &str, to: &str| {
            let start = page.rfind(from).expect("it is there") + from.len();
            &page[start..start + page[start..].find(to).expect("it ends")]
        };
        assert!(page.contains(&hash(between("<script>", "</script>"))) && page.contains(&hash(between("<style>", "</style>"))));
    }

    #[test]
    fn the_articles_with_most_quotes_are_shown_in_their_order_and_all_are_counted() {
        let failed = json!({"schema": "pullquote/1", "status": "error", "id": "d_f"});
        let (page, totals) =
            page("t", 2, &[record(1, 1, "a"), record(2, 3, "b"), failed, record(3, 0, "c"), record(4, 3, "d"), record(5, 3, "e")]);
        let data = data(&page);
        let shown: Vec<&Value> = data["articles"].as_array().expect("articles").iter().map(|article| &article["text"]).collect();
        assert_eq!((shown, &data["left_out"]), (vec![&json!("b"), &json!("d")], &json!(3)));
        let expected = Totals { articles: 5, words: 10, people: 1, quotes: 10, errors: 1, ..Totals::default() };
        assert_eq!(totals, expected);
    }
}
