//! Writes what implements `Serialize` as JSON, byte for byte as serde_json does with the escapes of [`super::json_string`]. serde_json looks
//! over every key and every string byte by byte, which made its part of writing a record three times as long.

use super::{
    json_number::{write_float, write_whole},
    json_string::write_string,
};
use serde::{
    Serialize,
    ser::{Impossible, SerializeSeq, SerializeStruct, Serializer},
};
use serde_json::ser::{CompactFormatter, Formatter};

/// Appends one value to a line.
pub(super) struct Json<'l>(pub(super) &'l mut Vec<u8>);

/// An array or an object that is open.
pub(super) struct Open<'l> {
    line: &'l mut Vec<u8>,
    /// What stands before the next item: the bracket that opens it, then commas.
    before: u8,
    closing: u8,
}

type Written = Result<(), serde_json::Error>;
type Never = Impossible<(), serde_json::Error>;

/// No key of a record is longer, nor a variant.
const LONGEST_KEY: usize = 28;

/// What no record holds: a map, bytes, an enum with data.
fn unsupported<T>(what: &str) -> Result<T, serde_json::Error> {
    Err(serde::ser::Error::custom(format_args!("records hold no {what}")))
}

impl<'l> Json<'l> {
    fn open(self, [before, closing]: [u8; 2]) -> Open<'l> {
        Open { line: self.0, before, closing }
    }

    fn literal(self, literal: &str) -> Written {
        self.0.extend_from_slice(literal.as_bytes());
        Ok(())
    }
}

impl Open<'_> {
    #[inline]
    fn close(self) -> Written {
        if self.before != b',' {
            self.line.push(self.before);
        }
        self.line.push(self.closing);
        Ok(())
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.line.push(std::mem::replace(&mut self.before, b','));
        value.serialize(Json(self.line))
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = serde_json::Error;

    /// The keys of records are plain words: nothing in them is escaped. Inlined, so that each is known where it is written, and a few
    /// stores do it.
    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        debug_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{key:?}");
        let mut quoted = [b'"'; LONGEST_KEY + 4];
        quoted[0] = std::mem::replace(&mut self.before, b',');
        quoted[2..key.len() + 2].copy_from_slice(key.as_bytes());
        quoted[key.len() + 3] = b':';
        self.line.extend_from_slice(&quoted[..key.len() + 4]);
        value.serialize(Json(self.line))
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl<'l> Serializer for Json<'l> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = Open<'l>;
    type SerializeStruct = Open<'l>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Written {
        self.literal(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        CompactFormatter.write_i64(self.0, value).map_err(serde_json::Error::io)
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        write_whole(value, self.0);
        Ok(())
    }

    /// What is no number is null, as JSON has no word for it.
    fn serialize_f32(self, value: f32) -> Written {
        if value.is_finite() { CompactFormatter.write_f32(self.0, value).map_err(serde_json::Error::io) } else { self.literal("null") }
    }

    fn serialize_f64(self, value: f64) -> Written {
        if value.is_finite() { write_float(value, self.0).map_err(serde_json::Error::io) } else { self.literal("null") }
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        write_string(value, self.0);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        unsupported("bytes")
    }

    fn serialize_none(self) -> Written {
        self.literal("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.literal("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.literal("null")
    }

    /// Variants are plain words, as keys are, and known where they are written.
    #[inline(always)]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        debug_assert!(variant.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), "{variant:?}");
        let mut quoted = [b'"'; LONGEST_KEY + 2];
        quoted[1..=variant.len()].copy_from_slice(variant.as_bytes());
        self.0.extend_from_slice(&quoted[..variant.len() + 2]);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Written {
        unsupported("variants with a value")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'l>, serde_json::Error> {
        Ok(self.open(*b"[]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, serde_json::Error> {
        unsupported("tuples")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, serde_json::Error> {
        unsupported("tuples")
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, serde_json::Error> {
        unsupported("variants with values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Never, serde_json::Error> {
        unsupported("maps")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'l>, serde_json::Error> {
        Ok(self.open(*b"{}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, serde_json::Error> {
        unsupported("variants with values")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Direct,
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        number: u32,
        below: i16,
        letter: char,
        kind: Kind,
        none: Option<&'a str>,
        some: Option<Inner<'a>>,
        empty: Vec<Inner<'a>>,
        list: Vec<Inner<'a>>,
        is: bool,
    }

    #[derive(Serialize)]
    struct Inner<'a> {
        text: &'a str,
        values: &'a [f64],
        nothing: (),
    }

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        let inner = |text| Inner { text, values: &[1.0, -0.5, 1e300, 1e-7, f64::NAN, f64::INFINITY, 123_456_789.012], nothing: () };
        for (number, below) in [(0, 0), (u32::MAX, i16::MIN), (42, 7)] {
            let list = vec![inner("“Zoë” \"said\"\t\u{1}\\"), Inner { text: "", values: &[], nothing: () }];
            let some = Some(inner("a"));
            let outer = Outer { number, below, letter: '"', kind: Kind::Direct, none: None, some, empty: Vec::new(), list, is: true };
            let mut line = Vec::new();
            outer.serialize(Json(&mut line)).expect("a structure of lists");
            assert_eq!(String::from_utf8_lossy(&line), serde_json::to_string(&outer).expect("JSON"));
        }
    }

    #[test]
    fn what_no_record_holds_is_an_error() {
        assert!(std::collections::BTreeMap::from([(1, 2)]).serialize(Json(&mut Vec::new())).is_err());
    }
}
