//! The code of a municipality or division in the national register of Statbel.

use core::fmt;
use core::str::FromStr;

/// A five-digit NIS code (*NIS-code*, *code INS*), such as `21004` for the City of Brussels.
///
/// ```
/// use kabat_geo::NisCode;
/// let brussels: NisCode = "21004".parse()?;
/// assert_eq!(brussels.get(), 21_004);
/// assert_eq!(NisCode::new(4_000)?.to_string(), "04000");
/// assert!("2100".parse::<NisCode>().is_err());
/// # Ok::<(), kabat_geo::NisCodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct NisCode(u32);

impl NisCode {
    /// Reads a code as a number of at most five digits.
    ///
    /// # Errors
    /// [`NisCodeError`] when the number has more than five digits or is zero.
    pub fn new(code: u32) -> Result<Self, NisCodeError> {
        if (1..=99_999).contains(&code) {
            Ok(Self(code))
        } else {
            Err(NisCodeError {
                text: code.to_string(),
            })
        }
    }

    /// Returns the code as a number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for NisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

impl FromStr for NisCode {
    type Err = NisCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NisCodeError {
            text: text.chars().take(32).collect(),
        };
        if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        text.parse()
            .ok()
            .map(Self)
            .ok_or_else(error)
            .and_then(|code| if code.0 == 0 { Err(error()) } else { Ok(code) })
    }
}

impl From<NisCode> for String {
    fn from(code: NisCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for NisCode {
    type Error = NisCodeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for NisCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NisCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{5}$",
            "description": "NIS code of Statbel: five digits",
        })
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for NisCode {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self(u.int_in_range(1..=99_999)?))
    }
}

/// A text or number that is not a NIS code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("NIS code `{text}` is not five digits")]
pub struct NisCodeError {
    text: String,
}
