//! One article's bytes -> the article: decoded, parsed, and of a page what is the article in it.

use super::{
    Format, ReadOptions,
    decode::{self, Decoded},
    html, json, markdown,
};
use crate::article::{Article, ArticleError, Source, Stage, article_id};
use encoding_rs::Encoding;

/// One article as its bytes, or why there are none.
#[derive(Debug)]
pub struct RawArticle {
    /// Where the bytes come from.
    pub source: Source,
    pub(super) format: Format,
    /// The line of the file its bytes start on, for messages.
    pub(super) line: u64,
    /// What the archive says of where the page stood.
    pub(super) url: Option<String>,
    /// The encoding that the server said the page is in.
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) content: Result<Vec<u8>, ArticleError>,
}

impl RawArticle {
    pub(super) fn failed(path: String, record: Option<u64>, error: ArticleError) -> Self {
        Self { source: Source { path, record, id: None }, format: Format::Text, line: 1, url: None, encoding: None, content: Err(error) }
    }

    /// Bytes held, for a budget.
    #[must_use]
    pub fn size(&self) -> usize {
        self.content.as_ref().map_or(0, Vec::len)
    }

    /// Decodes, parses and extracts. Total: what goes wrong is in the article's `error`.
    #[must_use]
    pub fn into_article(self, options: &ReadOptions) -> Article {
        let mut article = Article { source: self.source, ..Article::default() };
        let decoded = self.content.map(|bytes| decode::decode(bytes, self.format == Format::Html, self.encoding));
        let outcome = decoded.and_then(|decoded| fill(&mut article, decoded, self.format, self.line, options));
        article.error = outcome.err();
        // The address that was asked for, not the one the page prefers: it tells two fetches apart.
        article.meta.url = self.url.or(article.meta.url);
        article.id = match &article.meta.url {
            Some(url) => article_id(url, None),
            None => article_id(&article.source.path, article.source.record),
        };
        article
    }
}

fn fill(article: &mut Article, decoded: Decoded, format: Format, line: u64, options: &ReadOptions) -> Result<(), ArticleError> {
    if decoded.lossy {
        article.warnings.push("decoding_errors".into());
    }
    match format {
        Format::Text | Format::Warc | Format::Parquet | Format::Tar | Format::Zip => article.text = decoded.text,
        Format::Markdown => {
            article.meta = markdown::front_matter(&decoded.text);
            article.text = decoded.text;
        }
        Format::Html => {
            let page = html::extract(&decoded.text);
            article.meta = page.meta;
            article.text = page.text;
            article.warnings.extend(page.warning.map(Into::into));
            if article.text.is_empty() && !decoded.text.trim().is_empty() {
                let message = format!("{}: no article found in this page; leave such pages out with --exclude", article.source.path);
                return Err(ArticleError::new(Stage::Extract, "no_article", message));
            }
        }
        Format::Json | Format::JsonLines if decoded.text.is_empty() => {}
        Format::Json | Format::JsonLines => {
            let record = json::record(&decoded.text, &options.fields, &article.source.path, line)?;
            if record.lossy && !decoded.lossy {
                article.warnings.push("decoding_errors".into());
            }
            (article.meta, article.text, article.source.id) = (record.meta, record.text, record.id);
        }
    }
    Ok(())
}
