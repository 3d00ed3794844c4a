//! Reads files of one JSON object a line; a bad line is reported with its place and the rest is read.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::de::DeserializeOwned;

/// No honest line is longer; a longer one is skipped without being held in memory.
const LONGEST_LINE: usize = 64 * 1024;

/// A line that could not be used, and where it stands.
#[derive(Debug)]
pub(crate) struct BadLine {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: Option<usize>,
    pub(crate) problem: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// What a file held: the values of its good lines with their numbers, and its bad lines.
#[derive(Debug)]
pub(crate) struct Lines<T> {
    pub(crate) values: Vec<(usize, T)>,
    pub(crate) bad: Vec<BadLine>,
}

/// Reads every line of `path` as a `T`.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Lines<T>> {
    let file = path.display().to_string();
    let mut reader = BufReader::new(File::open(path)?);
    let mut lines = Lines {
        values: Vec::new(),
        bad: Vec::new(),
    };
    let mut buffer = Vec::new();
    let mut number = 0;
    while let Some(length) = next_line(&mut reader, &mut buffer)? {
        number += 1;
        let mut refuse = |column, problem| {
            lines.bad.push(BadLine {
                file: file.clone(),
                line: number,
                column,
                problem,
            });
        };
        if length > LONGEST_LINE {
            refuse(
                None,
                format!("the line has {length} bytes; {LONGEST_LINE} is the limit"),
            );
            continue;
        }
        if buffer.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_slice(&buffer) {
            Ok(value) => lines.values.push((number, value)),
            Err(error) => {
                // The parser's own "at line 1 column n" is about the fragment it was given.
                let text = error.to_string();
                let problem = text
                    .rsplit_once(" at line ")
                    .map_or(text.as_str(), |(head, _)| head)
                    .to_owned();
                refuse(Some(error.column()), problem);
            }
        }
    }
    Ok(lines)
}

/// Puts the next line into `buffer`, at most [`LONGEST_LINE`] bytes of it, and returns its whole length.
fn next_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
    buffer.clear();
    let mut length = 0;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok((length > 0).then_some(length));
        }
        let (part, ended) = match chunk.iter().position(|&byte| byte == b'\n') {
            Some(end) => (chunk.get(..end).unwrap_or(chunk), true),
            None => (chunk, false),
        };
        let room = LONGEST_LINE.saturating_sub(buffer.len());
        buffer.extend(part.iter().take(room));
        length += part.len();
        let used = part.len() + usize::from(ended);
        reader.consume(used);
        if ended {
            return Ok(Some(length));
        }
    }
}
