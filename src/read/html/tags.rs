//! HTML source -> tags and text in order. A forgiving scan in linear time and without recursion, whatever the nesting: comments are
//! passed over, the content of scripts, styles and titles is one piece.

use std::borrow::Cow;

/// One piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text as written, entities and all.
    Text(&'a str),
    Open(Tag<'a>),
    /// The name of an end tag.
    Close(&'a str),
    /// An element whose content is no markup, with that content.
    Raw(Tag<'a>, &'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As written, so in any case.
    pub(super) name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    pub(super) fn is(self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// A tag that stands in no source.
    pub(super) fn named(name: &'a str) -> Self {
        Self { name, attributes: "" }
    }

    /// Written as `<name/>`.
    pub(super) fn is_closed(self) -> bool {
        self.attributes.ends_with('/')
    }

    /// The attributes in order, values as written.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        Attributes { rest: self.attributes }
    }

    /// The value of an attribute, entities resolved.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| unescape(value))
    }
}

struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, after) = match value.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => value[1..].split_once(quote as char).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = after;
        Some((name, value))
    }
}

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

pub(super) struct Pieces<'a> {
    source: &'a str,
    at: usize,
    /// How often a quote in a tag was never closed. After a few the quotes of this page are not believed any more: every such tag
    /// costs a look to the end of the page.
    misquoted: u32,
}

/// The pieces of a page.
pub(super) fn pieces(source: &str) -> Pieces<'_> {
    Pieces { source, at: 0, misquoted: 0 }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let bytes = self.source.as_bytes();
        let text = self.at;
        let mut from = self.at;
        loop {
            let Some(angle) = find(bytes, b'<', from) else {
                self.at = bytes.len();
                return (text < bytes.len()).then(|| Piece::Text(&self.source[text..]));
            };
            let (start, closing) = match bytes.get(angle + 1) {
                Some(b'/') => (angle + 2, true),
                _ => (angle + 1, false),
            };
            match bytes.get(start) {
                Some(byte) if byte.is_ascii_alphabetic() => {}
                Some(b'!' | b'?') if !closing => {}
                // "a < b": a sign, not a tag.
                _ => {
                    from = angle + 1;
                    continue;
                }
            }
            if angle > text {
                self.at = angle;
                return Some(Piece::Text(&self.source[text..angle]));
            }
            if matches!(bytes[start], b'!' | b'?') {
                self.at = self.past_declaration(angle);
                return self.next_after_declaration();
            }
            return Some(self.tag(start, closing));
        }
    }
}

impl<'a> Pieces<'a> {
    /// Declarations and comments may follow each other a million times: a loop, not a recursion.
    fn next_after_declaration(&mut self) -> Option<Piece<'a>> {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at) == Some(&b'<') && matches!(bytes.get(self.at + 1), Some(b'!' | b'?')) {
            self.at = self.past_declaration(self.at);
        }
        if bytes.get(self.at) != Some(&b'<') {
            let end = find(bytes, b'<', self.at).unwrap_or(bytes.len());
            let text = &self.source[self.at..end];
            self.at = end;
            return (!text.is_empty()).then_some(Piece::Text(text));
        }
        // Not a declaration, so this call does not come back here.
        self.next()
    }

    fn past_declaration(&self, angle: usize) -> usize {
        let rest = &self.source[angle..];
        let end = if rest.starts_with("<!--") {
            // Also `<!-->`, which is a whole comment.
            rest[2..].find("-->").map(|end| end + 5)
        } else if rest.starts_with("<![CDATA[") {
            return angle + "<![CDATA[".len();
        } else {
            rest.find('>').map(|end| end + 1)
        };
        end.map_or(self.source.len(), |end| angle + end)
    }

    fn tag(&mut self, start: usize, closing: bool) -> Piece<'a> {
        let source = self.source;
        let bytes = source.as_bytes();
        let name_end = bytes[start..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            .map_or(bytes.len(), |end| start + end);
        let name = &source[start..name_end];
        let end = self.tag_end(name_end);
        self.at = (end + 1).min(bytes.len());
        if closing {
            return Piece::Close(name);
        }
        let tag = Tag { name, attributes: &source[name_end..end] };
        if !RAW.iter().any(|raw| tag.is(raw)) {
            return Piece::Open(tag);
        }
        let content = self.at;
        let mut close = content;
        loop {
            let Some(found) = source[close..].find("</").map(|found| close + found) else {
                self.at = bytes.len();
                return Piece::Raw(tag, &source[content..]);
            };
            close = found + 2;
            if bytes.len() - close >= name.len() && bytes[close..close + name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                self.at = find(bytes, b'>', close).map_or(bytes.len(), |end| end + 1);
                return Piece::Raw(tag, &source[content..found]);
            }
        }
    }

    /// Where the `>` of a tag is: not inside a quoted value.
    fn tag_end(&mut self, from: usize) -> usize {
        let bytes = self.source.as_bytes();
        if self.misquoted < 8 {
            let mut at = from;
            let mut quote = None;
            let mut before = b' ';
            while at < bytes.len() {
                let byte = bytes[at];
                match quote {
                    None if byte == b'>' => return at,
                    // A quote opens a value only after the equals sign.
                    None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                    Some(open) if byte == open => quote = None,
                    _ => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = byte;
                }
                at += 1;
            }
            self.misquoted += 1;
        }
        find(bytes, b'>', from).unwrap_or(bytes.len())
    }
}

fn find(bytes: &[u8], byte: u8, from: usize) -> Option<usize> {
    bytes[from..].iter().position(|&found| found == byte).map(|found| from + found)
}

/// Text with its entities resolved, also the numbers of the Windows code page that pages use for quotes and dashes.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = html_escape::decode_html_entities(text);
    if !text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}')) {
        return text;
    }
    let windows = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    };
    Cow::Owned(text.chars().map(windows).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> String {
        pieces(source)
            .map(|piece| match piece {
                Piece::Text(text) => format!("[{text}]"),
                Piece::Open(tag) => format!("<{}>", tag.name),
                Piece::Close(name) => format!("</{name}>"),
                Piece::Raw(tag, content) => format!("<{}|{content}>", tag.name),
            })
            .collect()
    }

    #[test]
    fn pieces_in_order() {
        assert_eq!(shown("<p class=a>x<br/>y</p>"), "<p>[x]<br>[y]</p>");
        assert_eq!(shown("1 < 2 <3 <b>!</b>"), "[1 < 2 <3 ]<b>[!]</b>");
        assert_eq!(shown("a<!-- <p> -->b<!doctype html><?xml?><i>"), "[a][b]<i>");
        assert_eq!(shown("<script>if (a</b/) {}</SCRIPT >x"), "<script|if (a</b/) {}>[x]");
        assert_eq!(shown("<a title='1 > 2' href=x>y"), "<a>[y]");
        assert_eq!(shown("<p"), "<p>");
        assert_eq!(shown("<!-- open"), "");
        assert_eq!(shown("<script>open"), "<script|open>");
        assert_eq!(shown("é<é>"), "[é<é>]");
    }

    #[test]
    fn attributes_and_entities() {
        let Some(Piece::Open(tag)) = pieces(r#"<META name=a  content="x &amp; &#146;y&nbsp;" data-x='"' disabled/>"#).next() else {
            panic!()
        };
        assert_eq!(tag.attribute("CONTENT").as_deref(), Some("x & ’y\u{a0}"));
        assert_eq!(
            (tag.attribute("name").as_deref(), tag.attribute("data-x").as_deref(), tag.attribute("disabled").as_deref()),
            (Some("a"), Some("\""), Some(""))
        );
        assert_eq!(tag.attribute("id"), None);
    }

    #[test]
    fn hostile_source_takes_linear_time() {
        let start = std::time::Instant::now();
        for unit in ["<!---->", "<a b=\"", "<a b='>' \">", "<", "<!", "<a ", "</", "<script", "<div>", "&", "<![CDATA["] {
            let page = unit.repeat(1_000_000 / unit.len());
            assert!(pieces(&page).count() <= page.len() + 1);
        }
        assert!(start.elapsed().as_secs() < 20);
    }
}
