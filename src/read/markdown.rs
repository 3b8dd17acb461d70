//! The front matter of a Markdown file: what it says of the article. The text itself stays as it is, front matter and all.

use super::date;
use crate::article::Meta;

/// Reads `key: value` lines between a first line `---` and the next one; whatever is more than that is not read.
pub(super) fn front_matter(text: &str) -> Meta {
    let mut lines = text.lines().map(str::trim_end);
    if lines.next() != Some("---") {
        return Meta::default();
    }
    let mut found = Meta::default();
    for line in lines.take(100) {
        if line == "---" || line == "..." {
            return found;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        let value = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(value);
        if value.is_empty() {
            continue;
        }
        let slot = match key {
            "title" => &mut found.title,
            "author" => &mut found.author,
            "url" => &mut found.url,
            "site" => &mut found.site,
            "section" => &mut found.section,
            "date" | "published_at" => {
                if let Some(published) = date::parse(value)
                    && (found.date.is_none() || published.time.is_some())
                {
                    (found.date, found.published_at) = (Some(published.date), published.time);
                }
                continue;
            }
            _ => continue,
        };
        *slot = Some(value.to_owned());
    }
    // Never closed: a text that starts with a rule.
    Meta::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_keys_between_rules() {
        let meta = front_matter("---\ntitle: \"Harbour: reopened\"\ndate: 2024-05-01\ntags: [a]\nauthor: Ann Lee\n---\n\nText: here");
        assert_eq!(
            (meta.title.as_deref(), meta.author.as_deref(), meta.date.as_deref()),
            (Some("Harbour: reopened"), Some("Ann Lee"), Some("2024-05-01"))
        );
        assert!(front_matter("---\ntitle: x\nno end").title.is_none());
        assert!(front_matter("title: x\n---\n").title.is_none());
    }
}
