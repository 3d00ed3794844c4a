//! A rule file as text: what it says, and where.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::{RuleSet, RuleSetDocument, RuleSetError};

/// A rule file: its name, its text, and the document read from it.
///
/// ```
/// use kabat_classify::RuleFile;
/// let file = RuleFile::from_toml("acme.toml", r#"
/// [ruleset]
/// id = "acme.zone"
/// version = "1.0.0"
/// valid_from = "2026-12-01"
/// "#)?;
/// assert_eq!(file.document().ruleset.id, "acme.zone");
/// # Ok::<(), kabat_classify::RuleSetError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleFile {
    name: Arc<str>,
    text: Arc<str>,
    document: RuleSetDocument,
    spans: BTreeMap<String, Range<usize>>,
}

/// Where something stands in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_structs,
    reason = "a place in a text has these parts"
)]
pub struct Place {
    /// Name of the file.
    pub file: Arc<str>,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl RuleFile {
    /// Reads a rule file in TOML.
    ///
    /// # Errors
    /// [`RuleSetError::Syntax`] with the place in the file.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, RuleSetError> {
        let document = RuleSetDocument::from_toml(text)?;
        let mut spans = BTreeMap::new();
        if let Ok(table) = DeTable::parse(text) {
            toml_spans(table.get_ref(), "", &mut spans);
        }
        Ok(Self {
            name: name.into(),
            text: text.into(),
            document,
            spans,
        })
    }

    /// Reads a rule file in JSON; the same fields with the same meaning.
    ///
    /// # Errors
    /// [`RuleSetError::Syntax`] with the place in the file.
    pub fn from_json(name: &str, text: &str) -> Result<Self, RuleSetError> {
        let document = RuleSetDocument::from_json(text)?;
        let mut spans = BTreeMap::new();
        JsonSpans {
            text,
            at: 0,
            spans: &mut spans,
        }
        .value("");
        Ok(Self {
            name: name.into(),
            text: text.into(),
            document,
            spans,
        })
    }

    /// Returns the files of the embedded base set.
    ///
    /// # Errors
    /// None in a released version: the files are compiled in and every test reads them.
    pub fn base() -> Result<Vec<Self>, RuleSetError> {
        RuleSet::base_files()
            .iter()
            .map(|(name, text)| Self::from_toml(name, text))
            .collect()
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the document.
    pub const fn document(&self) -> &RuleSetDocument {
        &self.document
    }

    /// Returns the first of some paths (`rule/3/all/0`) that the file has.
    pub(crate) fn place(&self, paths: &[String]) -> Place {
        let found = paths.iter().find_map(|path| self.spans.get(path));
        self.place_of(found.cloned().unwrap_or(0..0))
    }

    /// Returns the place of a range of bytes.
    pub fn place_of(&self, range: Range<usize>) -> Place {
        let before = self.text.get(..range.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            file: Arc::clone(&self.name),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            start: range.start,
            end: range.end,
        }
    }
}

fn toml_spans(table: &DeTable<'_>, path: &str, spans: &mut BTreeMap<String, Range<usize>>) {
    for (key, value) in table {
        let path = format!("{path}{}", key.get_ref());
        // A table is pointed at by its name, a value by itself.
        let span = match value.get_ref() {
            DeValue::Table(_) => key.span(),
            _ => value.span(),
        };
        spans.insert(path.clone(), span);
        toml_value(value.get_ref(), &path, spans);
    }
}

fn toml_value(value: &DeValue<'_>, path: &str, spans: &mut BTreeMap<String, Range<usize>>) {
    match value {
        DeValue::Table(table) => toml_spans(table, &format!("{path}/"), spans),
        DeValue::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                let path = format!("{path}/{index}");
                spans.insert(path.clone(), item.span());
                toml_value(item.get_ref(), &path, spans);
            }
        }
        _ => {}
    }
}

/// Walks a JSON text that is known to be well formed.
struct JsonSpans<'a> {
    text: &'a str,
    at: usize,
    spans: &'a mut BTreeMap<String, Range<usize>>,
}

impl JsonSpans<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn string(&mut self) -> (Range<usize>, String) {
        let start = self.at;
        self.at += 1;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            self.at += 1 + usize::from(byte == b'\\');
            if byte == b'"' {
                break;
            }
        }
        let span = start..self.at;
        let raw = self.text.get(span.clone()).unwrap_or("");
        (span, serde_json::from_str(raw).unwrap_or_default())
    }

    fn value(&mut self, path: &str) {
        let Some(first) = self.peek() else { return };
        let start = self.at;
        match first {
            b'{' => {
                self.at += 1;
                while self.peek() == Some(b'"') {
                    let (span, key) = self.string();
                    let separator = if path.is_empty() { "" } else { "/" };
                    let inner = format!("{path}{separator}{key}");
                    self.peek();
                    self.at += 1;
                    let table = self.peek() == Some(b'{');
                    self.value(&inner);
                    if table {
                        self.spans.insert(inner, span);
                    }
                    if self.peek() == Some(b',') {
                        self.at += 1;
                        self.peek();
                    }
                }
                self.at += 1;
            }
            b'[' => {
                self.at += 1;
                let mut index = 0;
                while self.peek().is_some_and(|byte| byte != b']') {
                    self.value(&format!("{path}/{index}"));
                    index += 1;
                    if self.peek() == Some(b',') {
                        self.at += 1;
                    }
                }
                self.at += 1;
            }
            b'"' => {
                self.string();
            }
            _ => {
                let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
                let end = |b: &u8| matches!(b, b',' | b']' | b'}') || b.is_ascii_whitespace();
                self.at += rest.iter().position(end).unwrap_or(rest.len()).max(1);
            }
        }
        self.spans.insert(path.to_owned(), start..self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::RuleFile;

    const TOML: &str = r#"[ruleset]
id = "a"
version = "1"
valid_from = "2026-12-01"
[concept.x]
nl = "één, twee"
[[rule]]
id = "r1"
family = "type"
all = ["x", "y"]
then = { type = "t" }
"#;

    #[test]
    fn the_same_places_in_toml_and_json() {
        let toml = RuleFile::from_toml("a.toml", TOML).unwrap();
        let json = serde_json::to_string_pretty(toml.document()).unwrap();
        let json = RuleFile::from_json("a.json", &json).unwrap();
        assert_eq!(toml.document(), json.document());
        for (path, text) in [
            ("rule/0/id", "\"r1\""),
            ("rule/0/all/1", "\"y\""),
            ("concept/x/nl", "\"één, twee\""),
            ("rule/0/then/type", "\"t\""),
        ] {
            for file in [&toml, &json] {
                let place = file.place(&[path.to_owned()]);
                assert_eq!(
                    file.text().get(place.start..place.end),
                    Some(text),
                    "{path}"
                );
            }
        }
        let place = toml.place(&["rule/0/all/1".to_owned()]);
        assert_eq!((place.line, place.column), (10, 13));
        let concept = toml.place(&["concept/x".to_owned()]);
        assert_eq!(toml.text().get(concept.start..concept.end), Some("x"));
    }
}
