//! The pages of a Parquet file, each held against its promises. The library takes memory for as many values as a page says it has before it
//! reads one: a file of 700 bytes could ask for 60 GB, and what the system refuses ends the whole program.

use std::fs::File;

use parquet::{
    basic::Encoding,
    bloom_filter::Sbbf,
    column::page::{Page, PageMetadata, PageReader},
    errors::{ParquetError, Result},
    file::{
        metadata::{ParquetMetaData, RowGroupMetaData},
        reader::{FileReader, RowGroupReader},
        serialized_reader::SerializedFileReader,
    },
    record::reader::RowIter,
    schema::types::{ColumnDescPtr, Type},
};

/// A file whose pages are held against their promises.
pub(super) struct CheckedFile(pub(super) SerializedFileReader<File>);

impl FileReader for CheckedFile {
    fn metadata(&self) -> &ParquetMetaData {
        self.0.metadata()
    }

    fn num_row_groups(&self) -> usize {
        self.0.num_row_groups()
    }

    fn get_row_group(&self, number: usize) -> Result<Box<dyn RowGroupReader + '_>> {
        Ok(Box::new(CheckedGroup(self.0.get_row_group(number)?)))
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_file(projection, self)
    }
}

struct CheckedGroup<'a>(Box<dyn RowGroupReader + 'a>);

impl RowGroupReader for CheckedGroup<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.0.metadata()
    }

    fn num_columns(&self) -> usize {
        self.0.num_columns()
    }

    fn get_column_page_reader(&self, number: usize) -> Result<Box<dyn PageReader>> {
        let pages = self.0.get_column_page_reader(number)?;
        Ok(Box::new(CheckedPages { pages, column: self.metadata().schema_descr().column(number) }))
    }

    fn get_column_bloom_filter(&self, number: usize) -> Option<&Sbbf> {
        self.0.get_column_bloom_filter(number)
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

struct CheckedPages {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
}

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        match &page {
            Some(page) if !holds_what_it_promises(page, &self.column) => {
                Err(ParquetError::General("a page promises more values than it holds".to_owned()))
            }
            _ => Ok(page),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// Values for which memory is taken at once: those of a dictionary, and lengths that are told apart from the texts. What else a page
/// promises is read as it comes.
fn holds_what_it_promises(page: &Page, column: &ColumnDescPtr) -> bool {
    let encoding = page.encoding();
    let texts = match page {
        // The least value takes a byte, but for booleans, of which there are no dictionaries.
        Page::DictionaryPage { buf, num_values, .. } => return *num_values as usize <= buf.len(),
        Page::DataPage { buf, num_values, def_level_encoding, rep_level_encoding, .. } => {
            let levels = [(*rep_level_encoding, column.max_rep_level()), (*def_level_encoding, column.max_def_level())];
            levels.iter().try_fold(&buf[..], |rest, &(encoding, most)| after_levels(rest, encoding, most, *num_values))
        }
        Page::DataPageV2 { buf, def_levels_byte_len, rep_levels_byte_len, .. } => {
            buf.get((*def_levels_byte_len as usize).saturating_add(*rep_levels_byte_len as usize)..)
        }
    };
    match encoding {
        Encoding::DELTA_LENGTH_BYTE_ARRAY => texts.and_then(after_numbers).is_some(),
        Encoding::DELTA_BYTE_ARRAY => texts.and_then(after_numbers).and_then(after_numbers).is_some(),
        _ => true,
    }
}

/// What follows the levels of a page, which say what is null and where a list begins.
#[expect(deprecated, reason = "files of old are read too")]
fn after_levels(bytes: &[u8], encoding: Encoding, most: i16, values: u32) -> Option<&[u8]> {
    let length = match encoding {
        _ if most <= 0 => 0,
        Encoding::BIT_PACKED => (u64::from(values) * u64::from(16 - most.leading_zeros())).div_ceil(8),
        _ => u64::from(u32::from_le_bytes(*bytes.first_chunk()?)) + 4,
    };
    bytes.get(usize::try_from(length).ok()?..)
}

/// Numbers to the byte that no writer reaches: a block of 128 equal ones takes six bytes.
const DENSEST: u64 = 256;

/// What follows numbers in DELTA_BINARY_PACKED; `None` where they promise more than can be there.
fn after_numbers(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes;
    let (block, parts, count) = (number(&mut rest)?, number(&mut rest)?, number(&mut rest)?);
    number(&mut rest)?; // the first one
    if parts == 0 || count > DENSEST * bytes.len() as u64 {
        return None;
    }
    let mut left = count.saturating_sub(1);
    while left > 0 {
        number(&mut rest)?; // the least difference
        let widths;
        (widths, rest) = rest.split_at_checked(usize::try_from(parts).ok()?)?;
        for &width in widths {
            if left == 0 {
                break;
            }
            let length = (block / parts).checked_mul(width.into())?.div_ceil(8);
            left = left.saturating_sub(block / parts);
            // The last part may be cut.
            rest = rest.get(usize::try_from(length).ok()?..).or_else(|| (left == 0).then_some(&[]))?;
        }
    }
    Some(rest)
}

/// A number in groups of seven bits, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_their_blocks_do() {
        // 5 numbers of 7, one block of 128 in four parts, no width; then a text.
        let five = b"\x80\x01\x04\x05\x0E\x00\0\0\0\0text";
        assert_eq!(after_numbers(five), Some(&b"text"[..]));
        // Widths of one: 32 numbers in four bytes, and a last part that is cut.
        assert_eq!(after_numbers(b"\x80\x01\x04\x05\x0E\x00\x01\0\0\0\xFF\xFF\xFF\xFFtext"), Some(&b"text"[..]));
        assert_eq!(after_numbers(b"\x80\x01\x04\x05\x0E\x00\x01\0\0\0\xFF"), Some(&b""[..]));
        for broken in [
            &b""[..],
            b"\x80\x01\x04",
            b"\x80\x01\x00\x05\x0E\x00\0\0\0\0",
            // A billion numbers in a block of a billion.
            b"\xFF\xFF\xFF\xFF\x03\x01\xFF\xFF\xFF\xFF\x03\x0E\x00\0text",
            b"\x80\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x05\x0E\x00\0\0\0\0text",
            b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        ] {
            assert_eq!(after_numbers(broken), None, "{broken:?}");
        }
    }
}
