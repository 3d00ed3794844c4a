//! Open codes: short machine-readable names that vendors may add to.

use alloc::string::String;

/// Longest code accepted, in bytes.
pub(crate) const MAX_CODE_BYTES: usize = 96;

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// The text is empty.
    #[error("{what} code is empty")]
    Empty {
        /// Which kind of code was read.
        what: &'static str,
    },
    /// The text is longer than 96 bytes.
    #[error("{what} code of {bytes} bytes is longer than 96 bytes")]
    TooLong {
        /// Which kind of code was read.
        what: &'static str,
        /// Length found, in bytes.
        bytes: usize,
    },
    /// The text holds a character that codes do not use.
    #[error(
        "{what} code `{code}` has a character outside a-z, 0-9, `_`, `-`, `.`, `:` at byte {at}"
    )]
    Character {
        /// Which kind of code was read.
        what: &'static str,
        /// The text as given.
        code: String,
        /// Byte offset of the character.
        at: usize,
    },
}

/// Checks the spelling shared by all open codes: `a-z 0-9 _ - .`, with an optional `vendor:` prefix.
pub(crate) const fn check(what: &'static str, text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Err(Fault::Empty(what));
    }
    if bytes.len() > MAX_CODE_BYTES {
        return Err(Fault::TooLong(what, bytes.len()));
    }
    let mut rest = bytes;
    let mut prefixed = false;
    let mut previous_is_separator = true;
    while let Some((&byte, tail)) = rest.split_first() {
        let plain = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let separator = matches!(byte, b'_' | b'-' | b'.') || (byte == b':' && !prefixed);
        if !(plain || (separator && !previous_is_separator)) {
            return Err(Fault::Character(what, bytes.len() - rest.len()));
        }
        prefixed |= byte == b':';
        previous_is_separator = separator;
        rest = tail;
    }
    if previous_is_separator {
        return Err(Fault::Character(what, bytes.len() - 1));
    }
    Ok(())
}

/// A [`CodeError`] without the text, so that the check can run in constants.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    Empty(&'static str),
    TooLong(&'static str, usize),
    Character(&'static str, usize),
}

impl Fault {
    pub(crate) fn with(self, text: &str) -> CodeError {
        match self {
            Self::Empty(what) => CodeError::Empty { what },
            Self::TooLong(what, bytes) => CodeError::TooLong { what, bytes },
            Self::Character(what, at) => CodeError::Character {
                what,
                code: text.into(),
                at,
            },
        }
    }
}

/// Declares an open code newtype over `Cow<'static, str>` with its conversions and JSON form.
macro_rules! open_code {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(into = "alloc::string::String", try_from = "alloc::string::String"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schemars", schemars(extend(
            "pattern" = "^[a-z0-9]+([_.-][a-z0-9]+)*(:[a-z0-9]+([_.-][a-z0-9]+)*)?$",
            "maxLength" = 96
        )))]
        pub struct $name(alloc::borrow::Cow<'static, str>);

        impl $name {
            /// Reads a code: `a-z`, `0-9`, single `_`, `-` or `.` between them, and at most one `vendor:` prefix.
            ///
            /// ```
            #[doc = concat!("use kabat_core::", stringify!($name), ";")]
            #[doc = concat!("let code = ", stringify!($name), "::new(\"acme:own_code\")?;")]
            /// assert_eq!((code.as_str(), code.vendor()), ("acme:own_code", Some("acme")));
            #[doc = concat!("assert!(", stringify!($name), "::new(\"Not a code\").is_err());")]
            /// # Ok::<(), kabat_core::CodeError>(())
            /// ```
            ///
            /// # Errors
            /// [`CodeError`](crate::CodeError) when the text is empty, too long or spelt otherwise.
            pub fn new(code: impl Into<alloc::string::String>) -> Result<Self, crate::CodeError> {
                let code = code.into();
                match crate::code::check($what, &code) {
                    Ok(()) => Ok(Self(alloc::borrow::Cow::Owned(code))),
                    Err(fault) => Err(fault.with(&code)),
                }
            }

            /// A code known at compile time; spelling is checked by this crate's own tests.
            #[allow(dead_code, reason = "not every open code has constants of its own")]
            #[allow(clippy::allow_attributes, reason = "the macro serves codes with and without constants")]
            pub(crate) const fn known(code: &'static str) -> Self {
                Self(alloc::borrow::Cow::Borrowed(code))
            }

            /// Returns the code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the vendor prefix, if the code has one: `acme` for `acme:crane`.
            pub fn vendor(&self) -> Option<&str> {
                self.0.split_once(':').map(|(vendor, _)| vendor)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = crate::CodeError;
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::new(code)
            }
        }

        impl TryFrom<alloc::string::String> for $name {
            type Error = crate::CodeError;
            fn try_from(code: alloc::string::String) -> Result<Self, Self::Error> {
                Self::new(code)
            }
        }

        impl From<$name> for alloc::string::String {
            fn from(code: $name) -> Self {
                code.0.into_owned()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                crate::code::arbitrary_code(u).map(|code| Self(alloc::borrow::Cow::Owned(code)))
            }
        }
    };
}
pub(crate) use open_code;

/// Makes a well-spelt code of one to twelve characters.
#[cfg(feature = "arbitrary")]
pub(crate) fn arbitrary_code(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<String> {
    let length = u.int_in_range(1..=12)?;
    (0..length)
        .map(|_| u.int_in_range(b'a'..=b'z').map(char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Capability;

    #[test]
    fn spelling_of_codes() {
        for good in [
            "pit",
            "acme:crane",
            "medical.cardiac_arrest",
            "pz-5340",
            "a",
            "9",
        ] {
            assert!(check("test", good).is_ok(), "{good}");
        }
        for bad in [
            "", "PIT", "a b", "é", "_a", "a_", "a__b", ":a", "a:", "a:b:c", "a.-b", "a\n",
        ] {
            assert!(check("test", bad).is_err(), "{bad}");
        }
        assert!(check("test", &"a".repeat(96)).is_ok());
        assert!(check("test", &"a".repeat(97)).is_err());
    }

    #[test]
    fn error_names_kind_text_and_place() {
        let error = Capability::new("ladder truck").unwrap_err();
        assert_eq!(
            error.to_string(),
            "capability code `ladder truck` has a character outside a-z, 0-9, `_`, `-`, `.`, `:` at byte 6"
        );
    }
}
