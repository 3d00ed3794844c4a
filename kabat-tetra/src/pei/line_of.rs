//! A macro for lines that are numbers in a fixed order.

/// Declares the typed view of one line, both ways: `response` for `+NAME: …`, `command` for `AT+NAME=…`.
///
/// With `; raw` at the end, what follows the named parameters is kept as written.
macro_rules! line_of {
    (
        $(#[$meta:meta])*
        $form:ident $code:literal $name:ident;
        $($(#[$field_meta:meta])* $field:ident: $inner:ty = $need:ident;)*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub struct $name {
            $($(#[$field_meta])* pub $field: line_of!(@type $need $inner),)*
        }

        impl $name {
            /// Reads the line.
            ///
            /// # Errors
            /// When it is another line or a parameter is wrong.
            pub fn from_line(line: &$crate::pei::PeiLine<'_>) -> Result<Self, $crate::pei::PeiError> {
                let params = line_of!(@params $form line $code);
                let mut at = 0..;
                Ok(Self { $($field: line_of!(@read $need params at),)* })
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                line_of!(@head $form f $code)?;
                let mut line = $crate::pei::joined::Joined::new(f);
                $(line.value(line_of!(@some $need self.$field))?;)*
                Ok(())
            }
        }
    };
    (
        $(#[$meta:meta])*
        $form:ident $code:literal $name:ident;
        $($(#[$field_meta:meta])* $field:ident: $inner:ty = $need:ident;)*
        ; raw
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub struct $name<'a> {
            $($(#[$field_meta])* pub $field: line_of!(@type $need $inner),)*
            /// What follows, as written.
            pub raw: $crate::pei::Params<'a>,
        }

        impl<'a> $name<'a> {
            /// Reads the line.
            ///
            /// # Errors
            /// When it is another line or a parameter is wrong.
            pub fn from_line(line: &$crate::pei::PeiLine<'a>) -> Result<Self, $crate::pei::PeiError> {
                let params = line_of!(@params $form line $code);
                let mut at = 0..;
                Ok(Self {
                    $($field: line_of!(@read $need params at),)*
                    raw: params.behind(at.start),
                })
            }
        }

        impl core::fmt::Display for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                line_of!(@head $form f $code)?;
                let mut line = $crate::pei::joined::Joined::new(f);
                $(line.value(line_of!(@some $need self.$field))?;)*
                line.raw(self.raw)
            }
        }
    };
    (@type required $inner:ty) => { $inner };
    (@type optional $inner:ty) => { Option<$inner> };
    (@read required $params:ident $at:ident) => { $params.required($at.next().unwrap_or(usize::MAX))? };
    (@read optional $params:ident $at:ident) => { $params.number($at.next().unwrap_or(usize::MAX))? };
    (@some required $value:expr) => { Some($value) };
    (@some optional $value:expr) => { $value };
    (@params response $line:ident $code:literal) => { $line.response($code)? };
    (@params command $line:ident $code:literal) => { $line.set_command($code)? };
    (@head response $f:ident $code:literal) => { $f.write_str(concat!("+", $code, ": ")) };
    (@head command $f:ident $code:literal) => { $f.write_str(concat!("AT+", $code, "=")) };
}

pub(super) use line_of;
