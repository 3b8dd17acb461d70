//! From files on disk to articles: order, formats, and everything that can be wrong with a file.

use super::*;

#[test]
fn measure_html() {
    let (Ok(gold), Ok(out)) = (std::env::var("PULLQUOTE_HTML"), std::env::var("PULLQUOTE_HTML_OUT")) else {
        eprintln!("skipped: set PULLQUOTE_HTML to a folder of pages and PULLQUOTE_HTML_OUT to a file for their text");
        return;
    };
    let options = ReadOptions::default();
    let mut lines = String::new();
    let start = std::time::Instant::now();
    let mut bytes = 0;
    for raw in articles(vec![Input::Path(gold.into())], &options) {
        bytes += raw.size();
        let article = raw.into_article(&options);
        let record = serde_json::json!({"source": {"path": article.source.path}, "text": article.text, "title": article.meta.title, "author": article.meta.author, "date": article.meta.date, "url": article.meta.url, "site": article.meta.site, "section": article.meta.section, "error": article.error.map(|error| error.message)});
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    eprintln!("{:.1} MB/s", bytes as f64 / 1e6 / start.elapsed().as_secs_f64());
    std::fs::write(out, lines).unwrap();
}
