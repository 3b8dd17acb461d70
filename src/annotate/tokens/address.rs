//! Where an address ends that the scan has met the first word of: a URL, an e-mail address, a domain with its path.

use super::Scan;

/// How far an address is looked for before the scan gives up: keeps the scan linear on `a.a.a.a...`.
const LOOK_AHEAD: usize = 80;

impl Scan<'_> {
    /// The end of the URL, e-mail address or domain whose first word starts at `start` and ends here.
    pub(super) fn address_end(&self, start: usize) -> Option<usize> {
        let word = &self.bytes[start..self.at];
        let limit = (self.at + LOOK_AHEAD).min(self.bytes.len());
        if self.bytes[self.at..].starts_with(b"://") || word.eq_ignore_ascii_case(b"www") && self.byte(0) == b'.' {
            let run = self.bytes[self.at..]
                .iter()
                .take_while(|&&b| b > b' ' && b < 0x7F && !matches!(b, b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|'))
                .count();
            return Some(self.at + trailing_marks_left_out(&self.bytes[self.at..self.at + run]));
        }
        let run = |from: usize, extra: &[u8]| {
            from + self.bytes[from..limit.max(from)].iter().take_while(|b| b.is_ascii_alphanumeric() || extra.contains(b)).count()
        };
        // E-mail: local part, @, domain with a point.
        let local_end = run(self.at, b"._%+-");
        if self.bytes.get(local_end) == Some(&b'@') {
            let domain_end = run(local_end + 1, b".-");
            let domain = &self.bytes[local_end + 1..domain_end];
            let kept = trailing_marks_left_out(domain);
            return domain[..kept].contains(&b'.').then_some(local_end + 1 + kept);
        }
        // A bare domain, with its path: the last label is a known one.
        if self.byte(0) != b'.' || !self.byte(1).is_ascii_alphanumeric() {
            return None;
        }
        let host_end = run(self.at, b".-");
        let host = &self.bytes[start..host_end];
        let host = &host[..trailing_marks_left_out(host)];
        let label_start = host.iter().rposition(|&b| b == b'.')? + 1;
        let label = &self.text[start + label_start..start + host.len()];
        if !TOP_LEVEL_DOMAINS.contains(&label) {
            return None;
        }
        let end = start + host.len();
        if self.bytes.get(end) == Some(&b'/') {
            let path =
                self.bytes[end..].iter().take_while(|&&b| b > b' ' && b < 0x7F && !matches!(b, b'"' | b'<' | b'>' | b')' | b']')).count();
            return Some(end + trailing_marks_left_out(&self.bytes[end..end + path]));
        }
        Some(end)
    }
}

/// Labels that end a bare domain in running text; lower case on purpose ("week.In" is two sentences).
const TOP_LEVEL_DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "io", "ai", "co", "uk", "de", "fr", "eu", "ca", "au", "nz", "ie", "jp", "cn", "ru",
    "info", "biz", "tv", "app", "dev", "news", "ch", "nl", "se", "dk", "es", "br", "za", "ke", "ng", "js", "example",
];

/// Length of `bytes` without the points, commas and brackets at its end.
fn trailing_marks_left_out(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .rposition(|b| !matches!(b, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'\'' | b'-'))
        .map_or(0, |last| last + 1)
}
