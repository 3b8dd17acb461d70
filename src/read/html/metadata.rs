//! What a page says of itself: JSON-LD first, then OpenGraph and other `<meta>` elements, then `<time>` and `<title>`.

use serde_json::Value;

use super::{
    tags::unescape,
    tree::{NodeKind, Tree},
};
use crate::{
    article::Meta,
    read::{date, json},
};

/// How many JSON-LD values are looked at on a page.
const VALUES: usize = 2_000;

/// What JSON-LD tells beyond the record's fields.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) meta: Meta,
    /// The whole text, where the publisher gives it.
    pub(super) body: Option<String>,
}

pub(super) fn metadata(tree: &Tree) -> Metadata {
    let mut found = Metadata::default();
    linked_data(tree, &mut found);
    metas(tree, &mut found.meta);
    times(tree, &mut found.meta);
    let meta = &mut found.meta;
    if let Some(url) = &mut meta.url {
        // A part of the page: `#webpage` in the ids of JSON-LD.
        url.truncate(url.find('#').unwrap_or(url.len()));
        if meta.date.is_none() {
            meta.date = date_in_url(url);
        }
    }
    if meta.title.is_none() {
        meta.title = tree.title.and_then(|title| clean(&unescape(title))).map(|title| without_last(&title, " | "));
    }
    if let (Some(title), Some(site)) = (&mut meta.title, &meta.site) {
        *title = without_site(title, site);
    }
    found
}

/// One line without needless white space; nothing if nothing is left.
fn clean(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    (!out.is_empty()).then_some(out)
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value.and_then(|value| clean(&unescape(&value)));
    }
}

fn set_date(meta: &mut Meta, published: Option<date::Published>) {
    if let Some(published) = published {
        // A day is made more exact by a time of the same day, not by another day.
        if meta.date.as_ref().is_none_or(|date| *date == published.date && meta.published_at.is_none()) {
            (meta.date, meta.published_at) = (Some(published.date), published.time);
        }
    }
}

fn linked_data(tree: &Tree, found: &mut Metadata) {
    let mut waiting: Vec<Value> = Vec::new();
    for source in tree.linked_data.iter().rev() {
        let source = source.trim().trim_start_matches("<![CDATA[").trim_start_matches("//").trim().trim_end_matches("]]>");
        let value = serde_json::from_str(source).or_else(|_| {
            // Raw line breaks inside strings are the usual mistake.
            serde_json::from_str(&source.replace(['\n', '\r', '\t'], " "))
        });
        waiting.extend(value.ok());
    }
    for _ in 0..VALUES {
        match waiting.pop() {
            Some(Value::Array(items)) => waiting.extend(items.into_iter().rev()),
            Some(Value::Object(mut object)) => {
                if object.get("@type").is_some_and(is_article) {
                    article(&mut object, found);
                }
                waiting.extend(["mainEntity", "mainEntityOfPage", "@graph"].iter().filter_map(|key| object.remove(*key)));
            }
            Some(_) => {}
            None => break,
        }
    }
}

fn is_article(kind: &Value) -> bool {
    let named = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || matches!(kind, "Report" | "AnalysisNewsArticle" | "Review")
        })
    };
    named(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(named))
}

fn article(object: &mut serde_json::Map<String, Value>, found: &mut Metadata) {
    let mut take = |key: &str| object.remove(key);
    let meta = &mut found.meta;
    set(&mut meta.title, take("headline").or_else(|| take("name")).and_then(json::as_name));
    set(&mut meta.author, take("author").or_else(|| take("creator")).and_then(json::as_name).filter(|author| !author.starts_with("http")));
    set(&mut meta.site, take("publisher").and_then(json::as_name));
    set(&mut meta.section, take("articleSection").and_then(first).and_then(json::as_name));
    let page = match take("mainEntityOfPage") {
        Some(Value::Object(mut page)) => page.remove("@id").or_else(|| page.remove("url")),
        page => page,
    };
    let url = [take("url"), page].into_iter().flatten().find_map(|url| url.as_str().filter(|url| is_url(url)).map(str::to_owned));
    set(&mut meta.url, url);
    set_date(meta, take("datePublished").or_else(|| take("dateCreated")).and_then(|value| json::as_date(&value)));
    if found.body.is_none()
        && let Some(Value::String(body)) = take("articleBody").or_else(|| take("text"))
    {
        found.body = Some(body);
    }
}

fn first(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => items.into_iter().next(),
        value => Some(value),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Names of `<meta>` elements for each field, the better ones first.
const TITLE: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"];
const AUTHOR: &[&str] =
    &["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "byline"];
const SITE: &[&str] = &["og:site_name", "application-name", "dc.publisher", "publisher"];
const SECTION: &[&str] = &["article:section", "parsely-section", "section", "cxenseparse:section"];
const URL: &[&str] = &["og:url", "parsely-link", "twitter:url"];
const DATE: &[&str] = &[
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "og:published_time",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "date",
];

fn metas(tree: &Tree, meta: &mut Meta) {
    let mut named: Vec<(String, String)> = Vec::new();
    for tag in &tree.metas {
        if tag.is("link") {
            let canonical = tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
            if canonical && meta.url.is_none() {
                set(&mut meta.url, tag.attribute("href").filter(|href| is_url(href)).map(Into::into));
            }
        } else if let Some(content) = tag.attribute("content")
            && let Some(name) = tag.attribute("property").or_else(|| tag.attribute("name")).or_else(|| tag.attribute("itemprop"))
        {
            named.push((name.to_ascii_lowercase(), content.into_owned()));
        }
    }
    let values = |names: &'static [&'static str]| {
        names.iter().flat_map(|name| named.iter().filter(move |(known, _)| known == name)).map(|(_, content)| content.clone())
    };
    set(&mut meta.title, values(TITLE).next());
    // Facebook addresses and user names are no names of people.
    set(
        &mut meta.author,
        values(AUTHOR)
            .find(|author| !is_url(author) && !author.starts_with('@') && author.len() < 200 && author.contains(char::is_alphabetic)),
    );
    set(&mut meta.site, values(SITE).find(|site| !is_url(site) && !site.starts_with('@')));
    set(&mut meta.section, values(SECTION).next());
    set(&mut meta.url, values(URL).find(|url| is_url(url)));
    for content in values(DATE) {
        set_date(meta, date::parse(&content));
    }
}

fn times(tree: &Tree, meta: &mut Meta) {
    if meta.date.is_some() {
        return;
    }
    for node in tree.nodes.iter().filter(|node| node.kind != NodeKind::Text).take(20_000) {
        let Some(tag) = node.tag else { continue };
        let says = tag.is("time")
            || tag.attributes().any(|(name, value)| name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case("datePublished"));
        if says {
            let value = tag.attribute("datetime").or_else(|| tag.attribute("content"));
            set_date(meta, value.and_then(|value| date::parse(&value)));
        }
        if meta.date.is_some() {
            return;
        }
    }
}

/// "Harbour reopened | The Post" -> "Harbour reopened", where the site's name is known.
fn without_site(title: &str, site: &str) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        if let Some((rest, last)) = title.rsplit_once(mark)
            && site.eq_ignore_ascii_case(last.trim())
        {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The same where it is not: what stands after the last bar, if it is the shorter part.
fn without_last(title: &str, mark: &str) -> String {
    match title.rsplit_once(mark) {
        Some((rest, last)) if rest.len() > last.len() => rest.trim().to_owned(),
        _ => title.to_owned(),
    }
}

/// `/2024/05/01/` or `/2024/may/1/` in the address of an article is the day it was published.
fn date_in_url(url: &str) -> Option<String> {
    let parts: Vec<&str> = url.split('/').skip(3).take(20).collect();
    parts.windows(3).find_map(|part| {
        let [year, month, day] = part else { return None };
        let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !numbers(year) || month.len() > 9 || !matches!(day.len(), 1 | 2) || !numbers(day) {
            return None;
        }
        let text = if numbers(month) { format!("{year}/{month}/{day}") } else { format!("{day} {month} {year}") };
        date::parse(&text).map(|published| published.date)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tree::build;
    use super::*;

    #[test]
    fn json_ld_in_a_graph() {
        let page = r#"<title>x | y</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"S"},
            {"@type":["NewsArticle","Thing"],"headline":"Ferry &amp; port","author":[{"@type":"Person","name":"Ann Lee"},{"name":"Bo Hill"}],
            "publisher":{"name":"The Post"},"datePublished":"2024-05-01T10:00:00+02:00","articleSection":["World","Sea"],
            "mainEntityOfPage":{"@id":"https://post.example/a"},"articleBody":"All of it."}]}</script>
            <meta property="og:title" content="Other">"#;
        let found = metadata(&build(page));
        let meta = found.meta;
        assert_eq!(
            (meta.title.as_deref(), meta.author.as_deref(), meta.site.as_deref()),
            (Some("Ferry & port"), Some("Ann Lee, Bo Hill"), Some("The Post"))
        );
        assert_eq!((meta.date.as_deref(), meta.published_at.as_deref()), (Some("2024-05-01"), Some("2024-05-01T08:00:00Z")));
        assert_eq!(
            (meta.section.as_deref(), meta.url.as_deref(), found.body.as_deref()),
            (Some("World"), Some("https://post.example/a"), Some("All of it."))
        );
    }

    #[test]
    fn meta_elements_time_and_title() {
        let page = r#"<title>Ferry sails again | The Post</title><link rel=canonical href="https://post.example/b"><meta name=author content="Ann Lee">
            <meta property="og:site_name" content="The Post"><body><time datetime="2024-05-01">1 May</time>"#;
        let meta = metadata(&build(page)).meta;
        assert_eq!(
            (meta.title.as_deref(), meta.author.as_deref(), meta.date.as_deref()),
            (Some("Ferry sails again"), Some("Ann Lee"), Some("2024-05-01"))
        );
        assert_eq!((meta.url.as_deref(), meta.site.as_deref()), (Some("https://post.example/b"), Some("The Post")));
    }

    #[test]
    fn the_day_in_the_address() {
        assert_eq!(date_in_url("https://post.example/2024/05/01/ferry").as_deref(), Some("2024-05-01"));
        assert_eq!(date_in_url("https://post.example/sea/2024/may/1/ferry").as_deref(), Some("2024-05-01"));
        assert_eq!(date_in_url("https://post.example/2024/05/ferry/12"), None);
        assert_eq!(date_in_url("https://post.example/2024/31/01/"), None);
    }

    #[test]
    fn broken_json_ld_is_passed_over() {
        let meta = metadata(&build("<script type='application/ld+json'>{\"@type\": </script><title>Still a title here</title>")).meta;
        assert_eq!(meta.title.as_deref(), Some("Still a title here"));
    }
}
