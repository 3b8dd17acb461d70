//! Names by which one entry of a record points to another.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A letter and a number: `p0`, `q12`. A string in the record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id {
    letter: u8,
    index: u32,
}

impl Id {
    pub(super) fn new(letter: u8, index: usize) -> Self {
        Self { letter, index: index as u32 }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The letter and ten digits, from the last one on.
        let mut id = [0; 11];
        let mut start = id.len();
        let mut rest = self.index;
        loop {
            start -= 1;
            id[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        start -= 1;
        id[start] = self.letter;
        serializer.serialize_str(std::str::from_utf8(&id[start..]).expect("a letter and digits"))
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn inline_schema() -> bool {
        String::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_letter_and_a_number() {
        for (index, expected) in [(0, "q0"), (9, "q9"), (10, "q10"), (705, "q705"), (u32::MAX as usize, "q4294967295")] {
            assert_eq!(serde_json::json!(Id::new(b'q', index)), expected);
        }
    }
}
