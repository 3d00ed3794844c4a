use crate::error::ValueError;

/// Text coding scheme, 7 bits; every value is kept.
///
/// EN 300 392-2, clause 29.5.4.1. Codes 0 to 13 and 26 are confirmed by several independent sources, 14 to 25 and 27
/// by one; 28 and above are reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CodingScheme(u8);

const NAMES: [&str; 28] = [
    "gsm-7-bit",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "cp437",
    "cp737",
    "cp850",
    "cp852",
    "cp855",
    "cp857",
    "cp860",
    "cp861",
    "cp863",
    "cp865",
    "cp866",
    "cp869",
    "utf-16be",
    "viscii",
];

impl CodingScheme {
    /// GSM 7-bit default alphabet.
    pub const GSM_7_BIT: Self = Self(0);
    /// ISO 8859-1, Western European: the usual scheme, enough for Dutch, French and German.
    pub const ISO_8859_1: Self = Self(1);
    /// ISO 8859-15, as ISO 8859-1 with the euro sign and `Œ`.
    pub const ISO_8859_15: Self = Self(13);
    /// UCS-2 / UTF-16, high octet first.
    pub const UTF_16BE: Self = Self(26);
    /// VISCII.
    pub const VISCII: Self = Self(27);

    /// Takes a code of 7 bits.
    ///
    /// # Errors
    /// [`ValueError::Code`] above 127.
    pub const fn from_raw(raw: u8) -> Result<Self, ValueError> {
        if raw > 127 {
            return Err(ValueError::Code {
                what: "text coding scheme",
                value: raw as u32,
                most: 127,
            });
        }
        Ok(Self(raw))
    }

    #[inline]
    pub(crate) const fn from_low_bits(raw: u8) -> Self {
        Self(raw & 0x7F)
    }

    /// Returns the code as it stands on the wire.
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// Returns the name of the scheme, or `None` for a reserved code.
    pub fn name(self) -> Option<&'static str> {
        NAMES.get(usize::from(self.0)).copied()
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for CodingScheme {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(u).map(Self::from_low_bits)
    }
}
