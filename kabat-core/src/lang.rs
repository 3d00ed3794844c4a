//! The languages of Belgian emergency work.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

/// A language in which kabat can speak: the three national languages, and English.
///
/// ```
/// use kabat_core::Language;
/// assert_eq!("fr".parse::<Language>()?, Language::Fr);
/// # Ok::<(), kabat_core::LanguageError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(
    clippy::exhaustive_enums,
    reason = "every text of the family exists in exactly these four"
)]
pub enum Language {
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order used throughout.
    pub const ALL: [Self; 4] = [Self::Nl, Self::Fr, Self::De, Self::En];

    /// Returns the two-letter code of ISO 639-1.
    ///
    /// ```
    /// use kabat_core::Language;
    /// assert_eq!(Language::ALL.map(Language::code), ["nl", "fr", "de", "en"]);
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::Fr => "fr",
            Self::De => "de",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| text.eq_ignore_ascii_case(language.code()))
            .ok_or_else(|| LanguageError {
                text: text.chars().take(32).collect(),
            })
    }
}

/// A text that is not one of the four language codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("language `{text}` is not one of nl, fr, de, en")]
pub struct LanguageError {
    text: String,
}

/// The same text in four languages.
///
/// ```
/// use kabat_core::{Language, LocalizedText};
/// let label = LocalizedText::from_static("brand", "incendie", "Brand", "fire");
/// assert_eq!(label.get(Language::Fr), "incendie");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LocalizedText {
    /// Dutch.
    pub nl: Cow<'static, str>,
    /// French.
    pub fr: Cow<'static, str>,
    /// German.
    pub de: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl LocalizedText {
    /// Joins four texts known at compile time.
    pub const fn from_static(
        nl: &'static str,
        fr: &'static str,
        de: &'static str,
        en: &'static str,
    ) -> Self {
        Self {
            nl: Cow::Borrowed(nl),
            fr: Cow::Borrowed(fr),
            de: Cow::Borrowed(de),
            en: Cow::Borrowed(en),
        }
    }

    /// Returns the text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.nl,
            Language::Fr => &self.fr,
            Language::De => &self.de,
            Language::En => &self.en,
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for LocalizedText {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self {
            nl: Cow::Owned(u.arbitrary()?),
            fr: Cow::Owned(u.arbitrary()?),
            de: Cow::Owned(u.arbitrary()?),
            en: Cow::Owned(u.arbitrary()?),
        })
    }
}
