//! Two macros for coded fields: open codes that keep what they do not know, and closed sets.

/// Declares a newtype over `u8` for an open code table: named constants, `name()`, and every other value kept.
macro_rules! open_code {
    (
        $(#[$meta:meta])*
        pub struct $name:ident;
        $($constant:ident = $value:literal => $label:literal,)*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        pub struct $name(u8);

        impl $name {
            $(
                #[doc = concat!("Code ", stringify!($value), ": ", $label, ".")]
                pub const $constant: Self = Self($value);
            )*

            /// Every code that has a name here, in rising order of code.
            pub const NAMED: &'static [Self] = &[$(Self($value),)*];

            /// Keeps any wire code, named or not.
            pub const fn from_raw(raw: u8) -> Self {
                Self(raw)
            }

            /// Returns the code as it stands on the wire.
            pub const fn raw(self) -> u8 {
                self.0
            }

            /// Returns the name of the code, or `None` for a reserved or unknown code.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($value => Some($label),)*
                    _ => None,
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "code {}", self.0),
                }
            }
        }
    };
}

/// Declares an enum for a code table in which every value of the field's width has a meaning.
macro_rules! closed_code {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: $bits:literal;
        $($(#[$variant_meta:meta])* $variant:ident = $value:literal => $label:literal,)*
        ; otherwise $otherwise:ident
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        #[expect(clippy::exhaustive_enums, reason = "every value of the field's width is assigned")]
        pub enum $name {
            $($(#[$variant_meta])* $variant = $value,)*
        }

        impl $name {
            /// Every value, in rising order of code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Reads the value from the low bits of `raw`; higher bits are ignored.
            #[inline]
            pub(crate) const fn from_low_bits(raw: u8) -> Self {
                let masked = raw & (u8::MAX >> (8 - $bits));
                match masked {
                    $($value => Self::$variant,)*
                    _ => Self::$otherwise,
                }
            }

            /// Returns the value as it stands on the wire.
            pub const fn raw(self) -> u8 {
                match self {
                    $(Self::$variant => $value,)*
                }
            }

            /// Returns a short fixed name of the value.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)*
                }
            }
        }
    };
}
