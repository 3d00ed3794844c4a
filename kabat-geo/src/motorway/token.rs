//! Words, numbers and signs of a note, with their bytes.

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// Letters, folded: lower case, without accents, ß as ss.
    Word(String),
    /// Digits with at most one decimal sign between them.
    Number(Decimal),
    /// Any other sign that is not white space.
    Sign(char),
    /// A line break.
    Break,
}

/// A number as written: whole part, and the decimals as digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    /// The digits before the sign; too long a number is `u32::MAX`.
    pub(super) whole: u32,
    /// How many digits stand before the sign.
    pub(super) whole_digits: usize,
    /// The first three decimals as thousandths.
    pub(super) thousandths: u32,
    /// How many digits stand after the sign.
    pub(super) decimals: usize,
}

/// A token and the bytes it came from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) const fn number(&self) -> Option<Decimal> {
        match self.kind {
            TokenKind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) const fn sign(&self) -> Option<char> {
        match self.kind {
            TokenKind::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        let kind = if first.is_alphabetic() {
            let mut folded = String::new();
            fold(first, &mut folded);
            while let Some(&(at, c)) = chars.peek() {
                if !c.is_alphabetic() && !is_mark(c) {
                    break;
                }
                fold(c, &mut folded);
                end = at + c.len_utf8();
                chars.next();
            }
            TokenKind::Word(folded)
        } else if first.is_ascii_digit() {
            let mut number = Decimal {
                whole: digit(first),
                whole_digits: 1,
                thousandths: 0,
                decimals: 0,
            };
            let mut in_decimals = false;
            while let Some(&(at, c)) = chars.peek() {
                if c.is_ascii_digit() {
                    if in_decimals {
                        let weight = match number.decimals {
                            0 => 100,
                            1 => 10,
                            2 => 1,
                            _ => 0,
                        };
                        number.thousandths += digit(c) * weight;
                        number.decimals += 1;
                    } else {
                        number.whole = number.whole.saturating_mul(10).saturating_add(digit(c));
                        number.whole_digits += 1;
                    }
                } else if matches!(c, '.' | ',') && !in_decimals {
                    let mut ahead = chars.clone();
                    ahead.next();
                    if !ahead.peek().is_some_and(|&(_, c)| c.is_ascii_digit()) {
                        break;
                    }
                    in_decimals = true;
                } else {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            TokenKind::Number(number)
        } else if first == '\n' {
            TokenKind::Break
        } else if first.is_whitespace() {
            continue;
        } else {
            TokenKind::Sign(first)
        };
        out.push(Token { kind, start, end });
    }
    out
}

fn digit(c: char) -> u32 {
    c.to_digit(10).unwrap_or(0)
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn fold(c: char, out: &mut String) {
    if is_mark(c) {
        return;
    }
    for c in c.to_lowercase() {
        match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
}
