//! tar and zip: the files in them, and what is broken.

use super::*;

/// A tar of these files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_are_directories_in_one_file() {
    let inner = gzip(b"{\"text\": \"p\"}\n{\"text\": \"q\"}\n");
    let files: [(&str, &[u8]); 8] = [
        ("news/b.txt", b"two"),
        ("news/a.md", b"# A"),
        ("news/photo.png", b"\x89PNG\0"),
        ("news/.hidden.txt", b"no"),
        ("__MACOSX/news/b.txt", b"no"),
        ("feed.jsonl.gz", &inner),
        ("inner.tar", &tar(&[("x.txt", b"no")])),
        ("drafts/c.txt", b"three"),
    ];
    let (tar, zip) = (tar(&files), zip(&files));
    let folder = folder(&[("a.tar", &tar), ("b.tgz", &gzip(&tar)), ("c.zip", &zip), ("d.bin", &gzip(&tar))]);
    let root = folder.path();
    let inside = |archive: &str| {
        let expected = [
            "news/b.txt two",
            "news/a.md # A",
            "feed.jsonl.gz:0 p",
            "feed.jsonl.gz:1 q",
            "inner.tar ! Open nested_archive",
            "drafts/c.txt three",
        ];
        expected.map(|line| format!("{archive}/{line}"))
    };
    assert_eq!(shown(root, &read_all(root)), ["a.tar", "b.tgz", "c.zip"].map(inside).concat());
    // A file that was named is taken for what it holds.
    assert_eq!(shown(root, &read(&[&root.join("d.bin")], &ReadOptions::default())), inside("d.bin"));
    let options =
        ReadOptions { excludes: vec!["drafts/".to_owned(), "*.jsonl.gz".to_owned(), "*.tar".to_owned()], ..ReadOptions::default() };
    let chosen = shown(root, &read(&[&root.join("c.zip")], &options));
    assert_eq!(chosen, ["c.zip/news/b.txt two", "c.zip/news/a.md # A"]);
    let ids: std::collections::HashSet<String> = read_all(root).into_iter().map(|article| article.id).collect();
    assert_eq!(ids.len(), 18);
}

#[test]
fn a_broken_archive_gives_what_it_has_and_one_error() {
    let long = "a line of a long text\n".repeat(9000);
    let files: [(&str, &[u8]); 3] = [("a.txt", b"one"), ("b.txt", long.as_bytes()), ("c.txt", b"three")];
    let (tar, mut zip) = (tar(&files), zip(&files));
    let middle = zip.windows(5).position(|window| window == b"b.txt").unwrap() + 40;
    zip[middle..middle + 200].fill(0x55);
    let folder = folder(&[("cut.tar", &tar[..100_000]), ("cut.zip", &zip[..zip.len() - 40]), ("damaged.zip", &zip), ("not.tar", b"text")]);
    let found = shown(folder.path(), &read_all(folder.path()));
    let codes: Vec<&str> = found.iter().map(|line| line.get(..60).unwrap_or(line)).collect();
    assert_eq!(codes[0], "cut.tar/a.txt one");
    assert!(codes.contains(&"cut.zip ! Decompress bad_archive") && codes.contains(&"not.tar ! Decompress bad_archive"), "{codes:?}");
    assert!(codes.contains(&"damaged.zip/a.txt one") && codes.contains(&"damaged.zip/c.txt three"), "{codes:?}");
    assert!(codes.iter().any(|line| line.starts_with("damaged.zip/b.txt !")), "{codes:?}");
    assert!(codes.iter().any(|line| line.starts_with("cut.tar/b.txt !")), "{codes:?}");
    assert_eq!(codes.iter().filter(|line| line.starts_with("cut.tar")).count(), 3, "{codes:?}");
}
