//! Folded words with the byte range they were written at.

use super::fold::{fold_into, is_mark};

/// One word or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Range in the folded buffer.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Range in the text as given, in bytes.
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Number of the clause: grows at punctuation that ends one.
    pub(crate) clause: u16,
    /// The token starts with a digit.
    pub(crate) number: bool,
}

/// The folded text: words, one space before and after each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens {
    pub(crate) buffer: String,
    pub(crate) list: Vec<Token>,
}

/// Longest text that is read; what comes after it is left out, so that time stays bounded.
const MAX_BYTES: usize = 64 * 1024;

impl Tokens {
    /// Folds and splits a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut tokens = Self {
            buffer: String::with_capacity(text.len() + 16),
            list: Vec::with_capacity(text.len() / 5 + 2),
        };
        tokens.buffer.push(' ');
        let mut open: Option<(u32, u32, bool)> = None;
        let mut clause: u16 = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if at >= MAX_BYTES {
                break;
            }
            let here = u32::try_from(at).unwrap_or(u32::MAX);
            if is_mark(c) {
                continue;
            }
            if c.is_alphanumeric() {
                let digit = c.is_ascii_digit();
                // "78j", "10min": the unit is a word of its own; "e40" stays one.
                if let Some((_, _, true)) = open
                    && !digit
                {
                    tokens.close(&mut open, here, clause);
                }
                if open.is_none() {
                    let start = u32::try_from(tokens.buffer.len()).unwrap_or(u32::MAX);
                    open = Some((start, here, digit));
                }
                fold_into(c, &mut tokens.buffer);
                continue;
            }
            if matches!(c, '\'' | '’' | '`' | '´') {
                // "won't" is one word, "l'homme" and "auto's" are two.
                let mut ahead = chars.clone();
                let t = ahead.next().map(|(_, c)| c.to_ascii_lowercase());
                let after = ahead.next().map(|(_, c)| c);
                if open.is_some() && t == Some('t') && after.is_none_or(|c| !c.is_alphanumeric()) {
                    continue;
                }
            }
            let was_number = open.is_some_and(|(_, _, number)| number);
            tokens.close(&mut open, here, clause);
            let next_digit = chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
            let next_letter = chars.peek().is_some_and(|(_, c)| c.is_alphabetic());
            let ends = match c {
                ',' | '.' => !(was_number && next_digit || c == '.' && next_letter),
                ';' | ':' | '!' | '?' | '(' | ')' | '\n' | '/' | '+' | '=' | '>' | '–' | '—' => {
                    !(c == '/' && (next_letter || next_digit))
                }
                '-' => !(next_letter || next_digit),
                _ => false,
            };
            if ends && !tokens.list.is_empty() {
                clause = clause.saturating_add(1);
            }
        }
        let end = u32::try_from(text.len().min(MAX_BYTES)).unwrap_or(u32::MAX);
        tokens.close(&mut open, end, clause);
        tokens
    }

    fn close(&mut self, open: &mut Option<(u32, u32, bool)>, to: u32, clause: u16) {
        let Some((start, from, number)) = open.take() else {
            return;
        };
        let end = u32::try_from(self.buffer.len()).unwrap_or(u32::MAX);
        if end > start {
            self.buffer.push(' ');
            self.list.push(Token {
                start,
                end,
                from,
                to,
                clause,
                number,
            });
        }
    }

    /// Returns the folded word of a token.
    pub(crate) fn word(&self, token: &Token) -> &str {
        self.buffer
            .get(token.start as usize..token.end as usize)
            .unwrap_or("")
    }

    /// Returns the folded word at a place in the list.
    pub(crate) fn word_at(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |token| self.word(token))
    }
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        tokens
            .list
            .iter()
            .map(|t| tokens.word(t).to_owned())
            .collect()
    }

    #[test]
    fn splits_elision_units_and_keeps_contractions() {
        assert_eq!(words("L'homme"), ["l", "homme"]);
        assert_eq!(words("won't wake"), ["wont", "wake"]);
        assert_eq!(words("man 78j E40"), ["man", "78", "j", "e40"]);
        assert_eq!(words("Tür groß œdème"), ["tur", "gross", "oedeme"]);
        assert_eq!(words("e\u{301}tage"), ["etage"]);
    }

    #[test]
    fn offsets_point_into_the_text_as_given() {
        let text = "Élève blessée, tête";
        let tokens = Tokens::of(text);
        let spans: Vec<&str> = tokens
            .list
            .iter()
            .filter_map(|t| text.get(t.from as usize..t.to as usize))
            .collect();
        assert_eq!(spans, ["Élève", "blessée", "tête"]);
        assert_eq!(tokens.list[0].clause, 0);
        assert_eq!(tokens.list[2].clause, 1);
    }
}
