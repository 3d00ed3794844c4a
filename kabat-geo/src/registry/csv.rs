//! Reading of the small comma-separated tables of the crate (RFC 4180 quoting).

use super::RegistryError;

/// A parsed table: rows of cells, addressed by column name.
pub(super) struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// One row with its line number for messages.
pub(super) struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
    line: usize,
}

impl Table {
    pub(super) fn parse(name: &'static str, text: &str) -> Result<Self, RegistryError> {
        let mut lines = split(text).into_iter();
        let columns = lines
            .next()
            .ok_or_else(|| RegistryError::new(name, 1, "columns", ""))?;
        let rows: Vec<Vec<String>> = lines.collect();
        for (index, row) in rows.iter().enumerate() {
            if row.len() != columns.len() {
                return Err(RegistryError::new(
                    name,
                    index + 2,
                    "columns",
                    &row.join(","),
                ));
            }
        }
        Ok(Self {
            name,
            columns,
            rows,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().enumerate().map(|(index, cells)| Row {
            table: self,
            cells,
            line: index + 2,
        })
    }
}

impl Row<'_> {
    /// Returns a cell; a column that the table lacks reads as empty.
    pub(super) fn get(&self, column: &str) -> &str {
        self.table
            .columns
            .iter()
            .position(|name| name == column)
            .and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    /// Reads a cell, or says which one could not be read.
    pub(super) fn read<T: core::str::FromStr>(
        &self,
        column: &'static str,
    ) -> Result<T, RegistryError> {
        let text = self.get(column);
        text.parse().map_err(|_| self.error(column))
    }

    /// Reads a cell where an empty one means none.
    pub(super) fn read_option<T: core::str::FromStr>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, RegistryError> {
        if self.get(column).is_empty() {
            Ok(None)
        } else {
            self.read(column).map(Some)
        }
    }

    pub(super) fn error(&self, column: &'static str) -> RegistryError {
        RegistryError::new(self.table.name, self.line, column, self.get(column))
    }
}

fn split(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                cell.push('"');
                chars.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(core::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(core::mem::take(&mut cell));
                rows.push(core::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
