//! Rows out of CSV, JSON lines or plain lines, each with the place it stands at.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use crate::Failure;

/// Where rows come from.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Files to read; `-` or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// Form of the input; found out from the first line and the name of the file if not said
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) from: Option<Form>,
}

/// Form of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Values with a header, separated by comma, semicolon or tab
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Plain text, one value a line
    Lines,
}

/// One row and where it stands.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) file: Arc<str>,
    pub(crate) line: u64,
    pub(crate) fields: Result<Map<String, Value>, Problem>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The column, or the place in the line.
    pub(crate) column: Option<String>,
    /// What is wrong, and what was expected.
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn in_column(column: &str, message: impl std::fmt::Display) -> Self {
        Self {
            column: Some(column.to_owned()),
            message: message.to_string(),
        }
    }

    pub(crate) fn of_row(message: impl std::fmt::Display) -> Self {
        Self {
            column: None,
            message: message.to_string(),
        }
    }
}

/// The fields of a row, read as what they should be.
pub(crate) trait Fields {
    /// Returns a field as text; numbers and booleans as they are written.
    fn text(&self, column: &str) -> Result<Option<String>, Problem>;

    /// Returns a field that must be there.
    fn required(&self, column: &str) -> Result<String, Problem> {
        self.text(column)?
            .ok_or_else(|| Problem::in_column(column, "expected a value, found none"))
    }

    /// Returns a field read as what it should be.
    fn parsed<T: std::str::FromStr>(
        &self,
        column: &str,
        expected: &str,
    ) -> Result<Option<T>, Problem> {
        let parse = |text: String| {
            text.trim().parse().map_err(|_| {
                Problem::in_column(column, format_args!("expected {expected}, found `{text}`"))
            })
        };
        self.text(column)?.map(parse).transpose()
    }

    /// Returns the place in the columns `lat` and `lon`, or in those of a `position` as in the library's JSON forms.
    fn position(&self) -> Result<kabat::Position, Problem>;
}

impl Fields for Map<String, Value> {
    fn position(&self) -> Result<kabat::Position, Problem> {
        if let Some(Value::Object(position)) = self.get("position") {
            return position.position();
        }
        let degrees = |column: &str| {
            self.parsed::<f64>(column, "degrees")?
                .ok_or_else(|| Problem::in_column(column, "expected degrees, found nothing"))
        };
        let (lat, lon) = (degrees("lat")?, degrees("lon")?);
        kabat::Position::from_degrees(lat, lon).map_err(|error| {
            let column = if (-90.0..=90.0).contains(&lat) {
                "lon"
            } else {
                "lat"
            };
            Problem::in_column(column, error)
        })
    }

    fn text(&self, column: &str) -> Result<Option<String>, Problem> {
        match self.get(column) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(Some(value.to_string())),
            Some(_) => Err(Problem::in_column(column, "expected a single value")),
        }
    }
}

/// Longest line that is taken in, in bytes: a file without line ends must not fill the memory.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// The rows of all inputs, one after the other.
pub(crate) struct Rows {
    files: std::vec::IntoIter<String>,
    from: Option<Form>,
    /// Name of the single field of plain lines, where those are read.
    plain: Option<&'static str>,
    open: Option<Open>,
    bytes_read: Arc<AtomicU64>,
    bytes_in_all: Option<u64>,
}

/// A source that counts what was read from it.
struct Counted {
    source: Box<dyn Read>,
    bytes_read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

struct Open {
    file: Arc<str>,
    form: Reader,
}

enum Reader {
    Csv {
        header: Vec<String>,
        reader: Box<csv::Reader<Box<dyn BufRead>>>,
        record: csv::StringRecord,
    },
    Lines {
        reader: Box<dyn BufRead>,
        /// Name of the single field; none where a line is a JSON object.
        plain: Option<&'static str>,
        line: u64,
    },
}

/// Returns what stands between the values of a header: the most frequent of comma, semicolon and tab.
fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: u8| header.split(|&byte| byte == delimiter).count();
    // The last of equals wins.
    *b"\t;,"
        .iter()
        .max_by_key(|&&delimiter| count(delimiter))
        .unwrap_or(&b',')
}

/// Finds out the form of an input from its name and its first line.
///
/// A comma says little, for notes have commas too: values have a header that names the field which a plain line would be.
fn form_of(file: &str, first_line: &[u8], plain: Option<&str>) -> Form {
    let named = |extension: &str| {
        std::path::Path::new(file)
            .extension()
            .is_some_and(|other| other.eq_ignore_ascii_case(extension))
    };
    if first_line.trim_ascii_start().starts_with(b"{") {
        return Form::Jsonl;
    }
    let in_header = |plain: &str| {
        first_line
            .split(|&byte| byte == delimiter(first_line))
            .any(|cell| {
                let cell = cell.trim_ascii();
                let quoted = cell
                    .strip_prefix(b"\"")
                    .and_then(|cell| cell.strip_suffix(b"\""));
                quoted.unwrap_or(cell) == plain.as_bytes()
            })
    };
    if named("csv") || plain.is_none_or(in_header) {
        Form::Csv
    } else {
        Form::Lines
    }
}

impl Inputs {
    /// Opens the inputs; `plain` names the field of plain lines, where those are read.
    pub(crate) fn rows(&self, plain: Option<&'static str>) -> Result<Rows, Failure> {
        if plain.is_none() && self.from == Some(Form::Lines) {
            let told = "--from lines: a row has several columns here; give CSV or JSON lines";
            return Err(Failure::Asked(told.to_owned()));
        }
        let files = if self.files.is_empty() {
            if std::io::stdin().is_terminal() {
                eprintln!("kabat: reading standard input; end it with Ctrl-D");
            }
            vec!["-".to_owned()]
        } else {
            self.files.clone()
        };
        let mut bytes_in_all = Some(0);
        for file in files.iter().filter(|file| *file != "-") {
            let length = std::fs::metadata(file).map_err(Failure::file(file))?.len();
            bytes_in_all = bytes_in_all.map(|bytes| bytes + length);
        }
        if files.iter().any(|file| file == "-") {
            bytes_in_all = None;
        }
        Ok(Rows {
            files: files.into_iter(),
            from: self.from,
            plain,
            open: None,
            bytes_read: Arc::default(),
            bytes_in_all,
        })
    }
}

impl Rows {
    /// Returns how many bytes there are in all, where that is known: not of standard input.
    pub(crate) const fn bytes_in_all(&self) -> Option<u64> {
        self.bytes_in_all
    }

    /// Returns how many bytes were read so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// Returns up to so many rows; none at the end.
    pub(crate) fn batch(&mut self, most: usize) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::with_capacity(most.min(1024));
        while rows.len() < most {
            let Some(open) = &mut self.open else {
                let Some(file) = self.files.next() else { break };
                self.open = Some(Open::new(&file, self.from, self.plain, &self.bytes_read)?);
                continue;
            };
            match open.row()? {
                Some(row) => rows.push(row),
                None => self.open = None,
            }
        }
        Ok(rows)
    }
}

impl Open {
    fn new(
        file: &str,
        from: Option<Form>,
        plain: Option<&'static str>,
        bytes_read: &Arc<AtomicU64>,
    ) -> Result<Self, Failure> {
        let source: Box<dyn Read> = if file == "-" {
            Box::new(std::io::stdin())
        } else {
            Box::new(File::open(file).map_err(Failure::file(file))?)
        };
        let counted = Counted {
            source,
            bytes_read: Arc::clone(bytes_read),
        };
        let mut reader: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, counted));
        let start = reader.fill_buf().map_err(Failure::file(file))?;
        let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
        let first_line = start
            .trim_ascii_start()
            .split(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default();
        let form = match from.unwrap_or_else(|| form_of(file, first_line, plain)) {
            Form::Csv => {
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(delimiter(first_line))
                    .flexible(true)
                    .from_reader(reader);
                let header = reader
                    .headers()
                    .map_err(|error| Failure::Asked(format!("{file}:1: {error}")))?
                    .iter()
                    .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
                    .collect();
                Reader::Csv {
                    header,
                    reader: Box::new(reader),
                    record: csv::StringRecord::new(),
                }
            }
            form @ (Form::Jsonl | Form::Lines) => Reader::Lines {
                reader,
                plain: plain.filter(|_| form == Form::Lines),
                line: 0,
            },
        };
        let file = if file == "-" { "standard input" } else { file };
        Ok(Self {
            file: file.into(),
            form,
        })
    }

    fn row(&mut self) -> Result<Option<Row>, Failure> {
        match &mut self.form {
            Reader::Csv {
                header,
                reader,
                record,
            } => {
                let line = reader.position().line();
                let fields = match reader.read_record(record) {
                    Ok(false) => return Ok(None),
                    Ok(true) if record.len() > header.len() => Err(Problem::of_row(format_args!(
                        "expected {} columns as in the header, found {}",
                        header.len(),
                        record.len()
                    ))),
                    Ok(true) => Ok(header
                        .iter()
                        .cloned()
                        .zip(record.iter().map(|cell| Value::String(cell.to_owned())))
                        .collect()),
                    Err(error) => match error.into_kind() {
                        csv::ErrorKind::Io(source) => {
                            return Err(Failure::file(&self.file)(source));
                        }
                        csv::ErrorKind::Utf8 { err, .. } => Err(Problem::of_row(err)),
                        other => Err(Problem::of_row(format_args!("{other:?}"))),
                    },
                };
                let line = record.position().map_or(line, csv::Position::line);
                Ok(Some(Row {
                    file: Arc::clone(&self.file),
                    line,
                    fields,
                }))
            }
            Reader::Lines {
                reader,
                plain,
                line,
            } => loop {
                let mut bytes = Vec::new();
                let read = reader
                    .take(MAX_LINE_BYTES)
                    .read_until(b'\n', &mut bytes)
                    .map_err(Failure::file(&self.file))?;
                if read == 0 {
                    return Ok(None);
                }
                *line += 1;
                let cut = bytes.last() != Some(&b'\n') && read as u64 == MAX_LINE_BYTES;
                if cut {
                    skip_line(reader).map_err(Failure::file(&self.file))?;
                }
                let text = std::str::from_utf8(&bytes)
                    .map(|text| text.trim_start_matches('\u{feff}').trim());
                let fields = match (text, *plain) {
                    _ if cut => Err(Problem::of_row(format_args!(
                        "expected a line of at most {MAX_LINE_BYTES} bytes"
                    ))),
                    (Ok(""), _) => continue,
                    (Ok(text), None) => serde_json::from_str(text).map_err(|error| Problem {
                        column: Some(error.column().to_string()),
                        message: format!("expected a JSON object: {error}"),
                    }),
                    (Ok(text), Some(plain)) => {
                        Ok(Map::from_iter([(plain.to_owned(), text.into())]))
                    }
                    (Err(error), _) => {
                        Err(Problem::of_row(format_args!("expected UTF-8: {error}")))
                    }
                };
                return Ok(Some(Row {
                    file: Arc::clone(&self.file),
                    line: *line,
                    fields,
                }));
            },
        }
    }
}

/// Reads on to the end of the line without keeping it.
fn skip_line(reader: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}
