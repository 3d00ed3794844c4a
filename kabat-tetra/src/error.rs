//! The errors of the crate, one for each family of operations.

/// Why octets could not be read as a PDU, in which field and at which bit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pdu}: {kind}, in field `{field}` at bit {bit_offset}")]
pub struct DecodeError {
    kind: DecodeErrorKind,
    pdu: &'static str,
    field: &'static str,
    bit_offset: usize,
}

impl DecodeError {
    #[inline]
    pub(crate) const fn new(
        kind: DecodeErrorKind,
        pdu: &'static str,
        field: &'static str,
        bit_offset: usize,
    ) -> Self {
        Self {
            kind,
            pdu,
            field,
            bit_offset,
        }
    }

    /// Returns what went wrong.
    pub const fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// Returns the name of the PDU that was being read.
    pub const fn pdu(&self) -> &'static str {
        self.pdu
    }

    /// Returns the name of the field that was being read.
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Returns where the field begins, in bits from the first bit of the octets that were given.
    pub const fn bit_offset(&self) -> usize {
        self.bit_offset
    }
}

/// What can be wrong with octets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends inside the field.
    #[error("needs {needed} bits and only {left} are left")]
    Truncated {
        /// Bits the field needs.
        needed: usize,
        /// Bits there are.
        left: usize,
    },
    /// Bits follow the end of a PDU that fills its container.
    #[error("{bits} bits follow the end")]
    Trailing {
        /// How many.
        bits: usize,
    },
    /// The value is reserved and says nothing about what follows, so the rest cannot be read.
    #[error("value {value} is reserved")]
    Reserved {
        /// The value as it stands on the wire.
        value: u64,
    },
    /// The value is outside what the field allows.
    #[error("value {value} is not allowed")]
    NotAllowed {
        /// The value as it stands on the wire.
        value: u64,
    },
    /// The protocol identifier or PDU type is another one than the one asked for.
    #[error("value {found} is not {expected}")]
    WrongType {
        /// The value of the type asked for.
        expected: u64,
        /// The value found.
        found: u64,
    },
}

impl DecodeErrorKind {
    /// Returns a fixed string for programs in other languages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::Trailing { .. } => "trailing",
            Self::Reserved { .. } => "reserved",
            Self::NotAllowed { .. } => "not_allowed",
            Self::WrongType { .. } => "wrong_type",
        }
    }
}

/// Why a PDU could not be written, in which field and at which bit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pdu}: {kind}, in field `{field}` at bit {bit_offset}")]
pub struct EncodeError {
    kind: EncodeErrorKind,
    pdu: &'static str,
    field: &'static str,
    bit_offset: usize,
}

impl EncodeError {
    #[inline]
    pub(crate) const fn new(
        kind: EncodeErrorKind,
        pdu: &'static str,
        field: &'static str,
        bit_offset: usize,
    ) -> Self {
        Self {
            kind,
            pdu,
            field,
            bit_offset,
        }
    }

    /// Returns what went wrong.
    pub const fn kind(&self) -> &EncodeErrorKind {
        &self.kind
    }

    /// Returns the name of the PDU that was being written.
    pub const fn pdu(&self) -> &'static str {
        self.pdu
    }

    /// Returns the name of the field that was being written.
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Returns how many bits had been written before the field.
    pub const fn bit_offset(&self) -> usize {
        self.bit_offset
    }
}

/// What can keep a PDU from being written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// The caller's buffer is too short.
    #[error("needs {needed} bits and the buffer has {left} left")]
    BufferFull {
        /// Bits the field needs.
        needed: usize,
        /// Bits the buffer still has.
        left: usize,
    },
    /// The value does not fit the field.
    #[error("value {value} needs more than {width} bits")]
    TooWide {
        /// The value.
        value: u64,
        /// The width of the field in bits.
        width: u32,
    },
    /// A text, digit string or element is longer than its length field can say.
    #[error("length {length} is more than {most}")]
    TooLong {
        /// The length asked for.
        length: usize,
        /// The longest there is.
        most: usize,
    },
    /// A character is not in the coding scheme.
    #[error("character `{character}` is not in the coding scheme")]
    NoSuchCharacter {
        /// The character.
        character: char,
    },
    /// The coding scheme is one this crate has no table for.
    #[error("coding scheme {scheme} has no character table")]
    NoSuchScheme {
        /// The scheme's code.
        scheme: u8,
    },
    /// Two fields contradict each other: the octets would be read back as something else.
    #[error("the content does not belong to the other fields")]
    Inconsistent,
}

impl EncodeErrorKind {
    /// Returns a fixed string for programs in other languages.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BufferFull { .. } => "buffer_full",
            Self::TooWide { .. } => "too_wide",
            Self::TooLong { .. } => "too_long",
            Self::NoSuchCharacter { .. } => "no_such_character",
            Self::NoSuchScheme { .. } => "no_such_scheme",
            Self::Inconsistent => "inconsistent",
        }
    }
}

/// Why a written identity is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// A character is not a decimal digit.
    #[error("character `{character}` at place {place} is not a digit")]
    NotADigit {
        /// The character.
        character: char,
        /// Its place, from 0, in characters.
        place: usize,
    },
    /// The number of digits fits no written form.
    #[error("{digits} digits are no identity: 1 to 8, 15, 16 or 17 are")]
    WrongLength {
        /// How many digits there are.
        digits: usize,
    },
    /// A part is larger than its field.
    #[error("{part} `{value}` is more than {most}")]
    TooLarge {
        /// Which part: `mcc`, `mnc` or `ssi`.
        part: &'static str,
        /// The value given.
        value: u32,
        /// The largest value of the field.
        most: u32,
    },
}

/// Why a number is no value of a coded field.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// The raw code needs more bits than the field has.
    #[error("code `{value}` of {what} is more than {most}")]
    Code {
        /// The kind of value.
        what: &'static str,
        /// The code given.
        value: u32,
        /// The largest code.
        most: u32,
    },
    /// The physical quantity is not a number, or outside the range of the field.
    #[error("{what} `{value}` is outside {least} to {most}")]
    Quantity {
        /// The kind of value.
        what: &'static str,
        /// The quantity given.
        value: f64,
        /// The least the field can say.
        least: f64,
        /// The most the field can say.
        most: f64,
    },
}
