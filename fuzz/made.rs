//! What `tests/fuzz.rs` begins with, where the sample articles are no help: archives, a model, parts of an output.

use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, Int64Type},
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use pullquote::annotate::names::Model;
use std::{io::Write as _, sync::Arc};

/// An archive of each kind, small enough for a mutation to meet all of it; the byte before it chooses its name.
pub fn archives() -> Vec<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b/c.html"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(9);
        tar.append_data(&mut header, name, &b"It rained"[..]).expect("memory takes everything");
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes everything");
        zip.write_all(b"It rained").expect("memory takes everything");
    }
    let tar = tar.into_inner().expect("memory takes everything");
    let zip = zip.finish().expect("memory takes everything").into_inner();
    let lines = b"{\"text\": \"It rained.\"}\n{\"text\": \"It snowed.\"}\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(lines).expect("memory takes everything");
    let kinds = [
        (0, zstd::encode_all(&tar[..], 1).expect("memory takes everything")),
        (0, parquet(Compression::UNCOMPRESSED)),
        (1, parquet(Compression::SNAPPY)),
        (2, zip),
        (3, tar),
        (5, gzip.finish().expect("memory takes everything")),
        (7, zstd::encode_all(&b"<p>It rained on the quay, she said, for all of the week."[..], 1).expect("memory takes everything")),
    ];
    kinds.into_iter().map(|(name, bytes)| [&[name], &bytes[..]].concat()).collect()
}

/// Rows of a text and of a title that may be none.
fn parquet(compression: Compression) -> Vec<u8> {
    let schema = "message articles { required binary text (UTF8); optional binary title (UTF8); optional int64 date (TIMESTAMP_MILLIS); }";
    let schema = parse_message_type(schema).expect("a schema");
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).expect("memory takes everything");
    let mut group = file.next_row_group().expect("memory takes everything");
    let mut number = 0;
    while let Some(mut column) = group.next_column().expect("memory takes everything") {
        let texts = ["It rained.", "It snowed.", "It rained."].map(ByteArray::from);
        let written = match number {
            0 => column.typed::<ByteArrayType>().write_batch(&texts, None, None),
            1 => column.typed::<ByteArrayType>().write_batch(&texts[..2], Some(&[1, 0, 1]), None),
            _ => column.typed::<Int64Type>().write_batch(&[1_700_000_000_000], Some(&[0, 0, 1]), None),
        };
        written.expect("memory takes everything");
        column.close().expect("memory takes everything");
        number += 1;
    }
    group.close().expect("memory takes everything");
    file.into_inner().expect("memory takes everything")
}

/// The model with no more than the first words and features of its tables: what a mutation changes is met at once.
pub fn small_model() -> Vec<u8> {
    const KEPT: usize = 40;
    let whole = Model::embedded().to_bytes();
    // Magic and version, the labels, two fingerprints, a number for each pair of labels.
    let (length, labels) = number(&whole, 10);
    let count = whole[labels..labels + length].split(|&byte| byte == b' ').count();
    let words = labels + length + 16 + count * count * 4;
    // Paths of clusters, then words with two numbers each.
    let (paths, start) = number(&whole, words);
    let start = (0..paths).fold(start, |at, _| number(&whole, at + 1).1);
    let (entries, first) = number(&whole, start);
    let after = |entries: usize| (0..entries * 3).fold(first, |at, _| number(&whole, at).1);
    let numbers = after(entries);
    // The last table is where a count of rows leads to the end of the file.
    let row = |at: usize| number(&whole, at).1 + 28;
    let rows = (numbers..whole.len()).find(|&at| {
        let (count, first) = number(&whole, at);
        let fits = (count * 29..=count * 33).contains(&(whole.len() - first));
        fits && (0..count).try_fold(first, |at, _| (at < whole.len()).then(|| row(at))) == Some(whole.len())
    });
    let rows = rows.expect("a table of rows");
    let (_, first_row) = number(&whole, rows);
    let last_row = (0..KEPT).fold(first_row, |at, _| row(at));
    let kept = [KEPT as u8];
    let model = [&whole[..start], &kept, &whole[first..after(KEPT)], &whole[numbers..rows], &kept, &whole[first_row..last_row]].concat();
    assert!(Model::from_bytes(&model).is_ok() && model.len() < 1 << 16, "{} bytes", model.len());
    model
}

/// A number in groups of seven bits at a place of a model, and where it ends.
fn number(bytes: &[u8], at: usize) -> (usize, usize) {
    let groups = bytes[at..].iter().take(5).position(|&byte| byte < 0x80).unwrap_or(4) + 1;
    let groups = &bytes[at..(at + groups).min(bytes.len())];
    (groups.iter().rev().fold(0, |number, &byte| number << 7 | usize::from(byte & 0x7F)), at + groups.len())
}

/// Parts of an output, whole or told by a script, with and without the journal of their run.
pub fn parts() -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    for run in [0, 1, 2, 4, 8, 12] {
        let lines = crate::targets::journal::Run(run).whole();
        parts.push([&[run, 0][..], &lines[..2].concat(), &lines[2][..20]].concat());
        let script: Vec<u8> = (0..lines.len() as u8).collect();
        parts.push([&[run | 16 | 32, 0][..], &script[..3], &[150, 0]].concat());
        parts.push([&[run | 16, 0][..], &script, &[0]].concat());
    }
    parts.push(b"\x10{\"program\": \"pullquote 0.1.0\", \"options\": \"0\", \"arguments\": [\"extract\"]}\0\0\x01\0".to_vec());
    parts
}
