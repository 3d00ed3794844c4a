use core::fmt;
use core::str::FromStr;

use super::PeiError;

/// The parameters of a line, between commas; a comma inside quotes does not part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Params<'a>(&'a str);

impl<'a> Params<'a> {
    /// Takes the text behind the `=` or `:`.
    ///
    /// # Errors
    /// [`PeiError::OpenQuote`] when a quote is not closed.
    pub fn new(text: &'a str) -> Result<Self, PeiError> {
        let text = text.trim_matches(' ');
        if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            return Err(PeiError::OpenQuote);
        }
        Ok(Self(text))
    }

    /// Returns the text.
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Iterates over the parameters without the blanks around them; an empty text has none.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut rest = (!self.0.is_empty()).then_some(self.0);
        core::iter::from_fn(move || {
            let text = rest?;
            let mut quoted = false;
            let comma = text.bytes().position(|byte| {
                quoted ^= byte == b'"';
                byte == b',' && !quoted
            });
            let (first, more) = match comma.and_then(|at| text.split_at_checked(at)) {
                Some((first, tail)) => (first, tail.strip_prefix(',')),
                None => (text, None),
            };
            rest = more;
            Some(first.trim_matches(' '))
        })
    }

    /// Returns the parameters behind the first `count`, as written.
    #[must_use]
    pub fn behind(&self, count: usize) -> Self {
        if count == 0 {
            return *self;
        }
        let mut quoted = false;
        let mut left = count;
        let border = self.0.bytes().position(|byte| {
            quoted ^= byte == b'"';
            if byte == b',' && !quoted {
                left = left.saturating_sub(1);
            }
            left == 0
        });
        let text = match border.and_then(|at| self.0.split_at_checked(at)) {
            Some((_, tail)) => tail.strip_prefix(',').unwrap_or(tail),
            None => "",
        };
        Self(text.trim_matches(' '))
    }

    /// Returns how many parameters there are, empty ones counted.
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Returns a parameter; `None` when it is not there or empty.
    pub fn get(&self, index: usize) -> Option<&'a str> {
        self.iter().nth(index).filter(|text| !text.is_empty())
    }

    /// Reads a decimal parameter; `None` inside when it is not there or empty.
    ///
    /// # Errors
    /// [`PeiError::NotANumber`] when it is something else or too large.
    pub fn number<T: FromStr>(&self, index: usize) -> Result<Option<T>, PeiError> {
        self.get(index)
            .map(|text| {
                if !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(PeiError::NotANumber { parameter: index });
                }
                text.parse()
                    .map_err(|_| PeiError::NotANumber { parameter: index })
            })
            .transpose()
    }

    /// Reads a decimal parameter that has to be there.
    ///
    /// # Errors
    /// [`PeiError::Missing`] when it is not, [`PeiError::NotANumber`] as [`number`](Self::number).
    pub fn required<T: FromStr>(&self, index: usize) -> Result<T, PeiError> {
        self.number(index)?
            .ok_or(PeiError::Missing { parameter: index })
    }

    /// Returns a parameter that has to be there.
    ///
    /// # Errors
    /// [`PeiError::Missing`] when it is not.
    pub fn text(&self, index: usize) -> Result<&'a str, PeiError> {
        self.get(index)
            .ok_or(PeiError::Missing { parameter: index })
    }
}

impl fmt::Display for Params<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
