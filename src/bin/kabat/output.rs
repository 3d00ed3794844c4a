//! Objects as JSON lines, CSV or a table.

use std::io::{BufWriter, IsTerminal, Stdout, Write};

use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::Failure;

/// How to write.
#[derive(Debug, Clone, Args)]
pub(crate) struct Outputs {
    /// Form of the output: a table on a terminal, JSON lines elsewhere
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Format>,
    /// Columns of a table or CSV: names, or paths such as `certainty.likely.municipality`
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    columns: Vec<String>,
}

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line, with everything that is known
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Columns for people
    Table,
}

/// Writes objects in one form.
pub(crate) struct Printer {
    out: BufWriter<Stdout>,
    format: Format,
    columns: Vec<String>,
    /// Widths of the table's columns, found from its first objects.
    widths: Option<Vec<usize>>,
    waiting: Vec<Vec<String>>,
    header_written: bool,
}

/// How many objects a table's widths are taken from.
const FOR_WIDTHS: usize = 200;
/// Widest column of a table but the last.
const WIDEST: usize = 60;

impl Outputs {
    /// Opens standard output; `columns` are those of a table or CSV unless others are asked for.
    pub(crate) fn printer(&self, columns: &[&str]) -> Printer {
        let stdout = std::io::stdout();
        let usual = if stdout.is_terminal() {
            Format::Table
        } else {
            Format::Jsonl
        };
        let columns = if self.columns.is_empty() {
            columns.iter().map(|&name| name.to_owned()).collect()
        } else {
            self.columns.clone()
        };
        Printer {
            out: BufWriter::with_capacity(1 << 16, stdout),
            format: self.format.unwrap_or(usual),
            columns,
            widths: None,
            waiting: Vec::new(),
            header_written: false,
        }
    }
}

impl Printer {
    /// Returns what [`write_line`](Self::write_line) is to be given for an object; runs on any thread.
    pub(crate) fn line_of(format: Format, columns: &[String], object: &Value) -> Line {
        let cells = || columns.iter().map(|path| cell(object, path)).collect();
        match format {
            Format::Jsonl => Line::Text(object.to_string()),
            Format::Csv => Line::Text(csv_line(cells())),
            Format::Table => Line::Cells(cells()),
        }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn columns(&self) -> Vec<String> {
        self.columns.clone()
    }

    /// Writes an object.
    pub(crate) fn write(&mut self, object: &Value) -> Result<(), Failure> {
        let line = Self::line_of(self.format, &self.columns, object);
        self.write_line(line)
    }

    /// Writes a line made by [`line_of`](Self::line_of).
    pub(crate) fn write_line(&mut self, line: Line) -> Result<(), Failure> {
        match line {
            Line::Text(text) => {
                if self.format == Format::Csv && !self.header_written {
                    self.header_written = true;
                    writeln!(self.out, "{}", csv_line(self.columns.clone()))?;
                }
                writeln!(self.out, "{text}")?;
            }
            Line::Cells(cells) if self.widths.is_some() => self.row(&cells)?,
            Line::Cells(cells) => {
                self.waiting.push(cells);
                if self.waiting.len() >= FOR_WIDTHS {
                    self.settle()?;
                }
            }
        }
        Ok(())
    }

    /// Settles the widths and writes what waited for them.
    fn settle(&mut self) -> Result<(), Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        let header = self.columns.clone();
        let width = |place: usize| {
            waiting
                .iter()
                .chain([&header])
                .filter_map(|cells| cells.get(place))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
                .min(WIDEST)
        };
        self.widths = Some((0..header.len()).map(width).collect());
        self.row(&header)?;
        for cells in &waiting {
            self.row(cells)?;
        }
        Ok(())
    }

    fn row(&mut self, cells: &[String]) -> Result<(), Failure> {
        let widths = self.widths.as_deref().unwrap_or_default();
        let mut line = String::new();
        for (place, cell) in cells.iter().enumerate() {
            let width = widths.get(place).copied().unwrap_or(WIDEST);
            if place > 0 {
                line.push_str("  ");
            }
            let last = place + 1 == cells.len();
            if cell.chars().count() > width && !last {
                line.extend(cell.chars().take(width.saturating_sub(1)));
                line.push('…');
            } else {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(
                    ' ',
                    width.saturating_sub(cell.chars().count()),
                ));
            }
        }
        writeln!(self.out, "{}", line.trim_end())?;
        Ok(())
    }

    /// Writes what is left.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if !self.waiting.is_empty() {
            self.settle()?;
        }
        self.out.flush()?;
        Ok(())
    }
}

/// A line on its way to the output.
pub(crate) enum Line {
    /// Ready.
    Text(String),
    /// To be brought to the width of the columns.
    Cells(Vec<String>),
}

/// Returns what stands at a path such as `names.nl`, in short.
fn cell(object: &Value, path: &str) -> String {
    let found = path
        .split('.')
        .try_fold(object, |value, name| value.get(name));
    match found {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) if list.iter().all(|item| !item.is_object()) => {
            let words: Vec<String> = list
                .iter()
                .map(|item| {
                    item.as_str()
                        .map_or_else(|| item.to_string(), ToOwned::to_owned)
                })
                .collect();
            words.join(" ")
        }
        Some(other) => other.to_string(),
    }
}

/// Writes cells as a CSV line without its end (RFC 4180).
fn csv_line(cells: Vec<String>) -> String {
    let cells: Vec<String> = cells
        .into_iter()
        .map(|cell| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        })
        .collect();
    cells.join(",")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{cell, csv_line};

    #[test]
    fn cells_and_their_quotes() {
        let object = json!({"names": {"nl": "Luik"}, "postal_codes": [4000, 4020], "none": null});
        assert_eq!(cell(&object, "names.nl"), "Luik");
        assert_eq!(cell(&object, "postal_codes"), "4000 4020");
        assert_eq!(cell(&object, "none"), "");
        assert_eq!(cell(&object, "names.nl.more"), "");
        assert_eq!(
            csv_line(vec!["a".into(), "b,\"c\"".into()]),
            "a,\"b,\"\"c\"\"\""
        );
    }
}
