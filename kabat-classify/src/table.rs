//! Comma-separated tables that are part of the crate.

use crate::text::fold_into;

/// Splits one line of CSV; fields may be quoted, and a quote inside is doubled.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                fields.last_mut().into_iter().for_each(|f| f.push('"'));
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().into_iter().for_each(|f| f.push(c)),
        }
    }
    fields
}

/// Returns the rows below the header, with at least as many fields as it has.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    let mut lines = text.lines();
    let width = lines.next().map_or(0, |header| fields(header).len());
    lines
        .filter(|line| !line.trim().is_empty())
        .map(move |line| {
            let mut row = fields(line);
            row.resize(width.max(row.len()), String::new());
            row
        })
}

/// Returns the letters and digits of a name, without case and accents: names that differ in nothing else are the same.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    name.chars().for_each(|c| fold_into(c, &mut key));
    key
}

#[cfg(test)]
mod tests {
    use super::{key, rows};

    #[test]
    fn quotes_and_commas() {
        let table = "a,b,c\n1,\"x, \"\"y\"\"\",\n\n2\n";
        let rows: Vec<Vec<String>> = rows(table).collect();
        assert_eq!(rows, [vec!["1", "x, \"y\"", ""], vec!["2", "", ""]]);
    }

    #[test]
    fn names_without_accents() {
        assert_eq!(key("Brûlures - Incendie"), key("BRULURES  INCENDIE"));
    }
}
