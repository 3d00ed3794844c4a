//! JSON Schemas for readers who do not write Rust.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};

/// Takes the Rust examples out of a schema's descriptions, which come from the documentation of the types.
///
/// ```
/// use kabat_core::{Position, SchemaWithoutExamples};
/// use kabat_core::schemars::generate::SchemaSettings;
/// let settings = SchemaSettings::draft2020_12().with_transform(SchemaWithoutExamples);
/// let schema = settings.into_generator().into_root_schema_for::<Position>();
/// let description = schema.get("description").and_then(|text| text.as_str());
/// assert!(description.is_some_and(|text| text.starts_with("A place in WGS84") && !text.contains("```")));
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to hold")]
pub struct SchemaWithoutExamples;

impl Transform for SchemaWithoutExamples {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(description) = schema.get_mut("description")
            && let Some(text) = description.as_str()
        {
            *description = without_code_blocks(text).into();
        }
        transform_subschemas(self, schema);
    }
}

/// Returns the JSON Schema (2020-12) of a model that is read and written, without Rust examples.
///
/// ```
/// use kabat_core::{Position, schema_of};
/// assert_eq!(schema_of::<Position>().get("title").and_then(|title| title.as_str()), Some("Position"));
/// ```
pub fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with_transform(SchemaWithoutExamples);
    settings.into_generator().into_root_schema_for::<T>()
}

/// Leaves out what stands between lines of three backticks, and the empty lines that this leaves.
fn without_code_blocks(text: &str) -> alloc::string::String {
    let mut kept = alloc::string::String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code && !(line.is_empty() && (kept.is_empty() || kept.ends_with("\n\n"))) {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept.trim_end().into()
}

#[cfg(test)]
mod tests {
    use super::without_code_blocks;

    #[test]
    fn what_is_left_reads_well() {
        for (text, left) in [
            ("A place.", "A place."),
            ("A place.\n\n```\nlet a = 1;\n```", "A place."),
            (
                "A place.\n\n```\nlet a = 1;\n```\n\nMore of it.",
                "A place.\n\nMore of it.",
            ),
            ("One.\n\nTwo.", "One.\n\nTwo."),
        ] {
            assert_eq!(without_code_blocks(text), left);
        }
    }
}
