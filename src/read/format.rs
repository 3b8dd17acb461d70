//! What kind of file it is: by its name, else by how its content starts.

use std::{fmt, path::Path, str::FromStr};

/// How articles are stored in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// The same; what its front matter says of the article is read too.
    Markdown,
    /// A web page, of which the article is taken.
    Html,
    /// One object, or an array of objects.
    Json,
    /// One object a line.
    JsonLines,
    /// A crawler's archive of pages.
    Warc,
    /// A table, one article a row.
    Parquet,
    /// Files one after the other, often compressed as a whole.
    Tar,
    /// Files, each compressed.
    Zip,
}

impl Format {
    /// All of them, plain text first.
    pub const ALL: [Format; 9] = [
        Format::Text,
        Format::Markdown,
        Format::Html,
        Format::Json,
        Format::JsonLines,
        Format::Warc,
        Format::Parquet,
        Format::Tar,
        Format::Zip,
    ];

    /// The name used on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
            Format::JsonLines => "jsonl",
            Format::Warc => "warc",
            Format::Parquet => "parquet",
            Format::Tar => "tar",
            Format::Zip => "zip",
        }
    }

    /// The format a file's name stands for, with or without the suffix of a compression.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        Some(match extension(path)?.as_str() {
            "txt" => Format::Text,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::JsonLines,
            "warc" | "wet" => Format::Warc,
            "parquet" => Format::Parquet,
            "tar" | "tgz" => Format::Tar,
            "zip" => Format::Zip,
            _ => return None,
        })
    }

    /// The format of a file from its name and first bytes. The name decides, but for `.json`: many data sets give that name to JSON Lines.
    pub(super) fn detect(path: &Path, head: &[u8]) -> Format {
        match Format::of_path(path) {
            Some(Format::Json) if Format::sniff(head) == Format::JsonLines => Format::JsonLines,
            Some(format) => format,
            // A pipe that has given one whole object on a line: more lines may come, and those who send them may wait for the answer.
            None if path.as_os_str() == "-" && super::compression::starts_with_an_object_line(head) => Format::JsonLines,
            None => Format::sniff(head),
        }
    }

    /// The format of content without a name.
    pub(super) fn sniff(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        match head.first() {
            Some(b'P') if head.starts_with(b"PAR1") => Format::Parquet,
            Some(b'W') if head.starts_with(b"WARC/") => Format::Warc,
            Some(b'{') => object_or_lines(head),
            // "[Brussels] The council ..." is a text that starts with a bracket.
            Some(b'[') if matches!(head[1..].trim_ascii_start().first(), Some(b'{' | b']')) => Format::Json,
            Some(b'<') if head.len() > 1 && (head[1].is_ascii_alphabetic() || matches!(head[1], b'!' | b'?')) => Format::Html,
            _ => Format::Text,
        }
    }
}

/// The last part of a file's name, in lower case, without the suffix of a compression.
fn extension(path: &Path) -> Option<String> {
    // Only its end matters; what stands before may be of no encoding.
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.rsplit_once('.').map(|(_, extension)| extension.to_owned())
}

/// Whether a file's name says that it is a table of text. Taken for plain text, a thousand articles would be one.
pub(super) fn is_text_table(path: &Path) -> bool {
    matches!(extension(path).as_deref(), Some("csv" | "tsv"))
}

/// Content that starts with `{`: lines of objects unless the first object runs over a line break or nothing follows it.
fn object_or_lines(head: &[u8]) -> Format {
    let line_end = head.iter().position(|&byte| byte == b'\n');
    let Some(line_end) = line_end else {
        // One line only, or a first line longer than what was looked at.
        return if head.len() < super::open::SNIFF / 2 { Format::Json } else { Format::JsonLines };
    };
    let line = head[..line_end].trim_ascii_end();
    let next = head[line_end..].trim_ascii_start();
    if line.len() > 1 && line.ends_with(b"}") && (next.is_empty() || next.starts_with(b"{")) {
        if next.is_empty() { Format::Json } else { Format::JsonLines }
    } else if line.len() > 1 && next.starts_with(b"{") {
        // A broken first line before good ones.
        Format::JsonLines
    } else if head[1..].trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'"' | b'}')) {
        Format::Json
    } else {
        Format::Text
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Format::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| format!("unknown format `{name}`: use one of txt, md, html, json, jsonl, warc, parquet, tar, zip"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide() {
        for (path, format) in [
            ("a/b.txt", Some(Format::Text)),
            ("B.HTML.gz", Some(Format::Html)),
            ("x.y.ndjson.zst", Some(Format::JsonLines)),
            ("notes.markdown", Some(Format::Markdown)),
            ("photo.png", None),
            ("README", None),
            ("archive.gz", None),
            ("2024.tar.gz", Some(Format::Tar)),
            ("2024.tgz", Some(Format::Tar)),
        ] {
            assert_eq!(Format::of_path(Path::new(path)), format, "{path}");
        }
        #[cfg(unix)]
        assert_eq!(Format::of_path(&super::super::walk::path_of_bytes(b"Zo\xEB.txt")), Some(Format::Text));
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert!("doc".parse::<Format>().unwrap_err().contains("jsonl"));
    }

    #[test]
    fn content_decides_without_a_name() {
        for (content, format) in [
            ("", Format::Text),
            ("Prices rose.", Format::Text),
            ("<3 this town", Format::Text),
            ("[Brussels] The council met.", Format::Text),
            ("{curly} start\nof a text", Format::Text),
            ("\u{feff}<!doctype html><p>Hi", Format::Html),
            ("<p>Hi</p>", Format::Html),
            ("[{\"text\": 1}]", Format::Json),
            ("{\"text\": \"a\"}", Format::Json),
            ("{\"text\": \"a\"}\n", Format::Json),
            ("{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("{\"text\": \"a\"}\n\n{\"text\": \"b\"}", Format::JsonLines),
            ("{\"text\": \"a\n{\"text\": \"b\"}\n", Format::JsonLines),
        ] {
            assert_eq!(Format::sniff(content.as_bytes()), format, "{content}");
        }
        assert_eq!(Format::detect(Path::new("data.json"), b"{\"text\": 1}\n{\"text\": 2}\n"), Format::JsonLines);
        assert_eq!(Format::detect(Path::new("-"), b"{\"text\": 1}\n"), Format::JsonLines);
    }
}
