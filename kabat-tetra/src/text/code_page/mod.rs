//! Eight-bit code pages.

mod tables;

use super::CodingScheme;
use tables::{
    CP437, CP737, CP850, CP852, CP855, CP857, CP860, CP861, CP863, CP865, CP866, CP869, ISO_8859_2,
    ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, ISO_8859_9,
    ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15, VISCII, VISCII_LOW,
};

/// An eight-bit code page: ASCII below `0x80` but for VISCII, a table above it.
#[derive(Clone, Copy, Debug)]
pub(super) enum CodePage {
    /// ISO 8859-1: the octet is the code point.
    Latin1,
    /// Upper half from a table.
    Table(&'static [u16; 128]),
    /// VISCII, which also replaces six control characters.
    Viscii,
}

impl CodePage {
    pub(super) const fn of(scheme: CodingScheme) -> Option<Self> {
        Some(match scheme.raw() {
            1 => Self::Latin1,
            2 => Self::Table(&ISO_8859_2),
            3 => Self::Table(&ISO_8859_3),
            4 => Self::Table(&ISO_8859_4),
            5 => Self::Table(&ISO_8859_5),
            6 => Self::Table(&ISO_8859_6),
            7 => Self::Table(&ISO_8859_7),
            8 => Self::Table(&ISO_8859_8),
            9 => Self::Table(&ISO_8859_9),
            10 => Self::Table(&ISO_8859_10),
            11 => Self::Table(&ISO_8859_13),
            12 => Self::Table(&ISO_8859_14),
            13 => Self::Table(&ISO_8859_15),
            14 => Self::Table(&CP437),
            15 => Self::Table(&CP737),
            16 => Self::Table(&CP850),
            17 => Self::Table(&CP852),
            18 => Self::Table(&CP855),
            19 => Self::Table(&CP857),
            20 => Self::Table(&CP860),
            21 => Self::Table(&CP861),
            22 => Self::Table(&CP863),
            23 => Self::Table(&CP865),
            24 => Self::Table(&CP866),
            25 => Self::Table(&CP869),
            27 => Self::Viscii,
            _ => return None,
        })
    }

    /// Returns the character of an octet, or `None` where the page has none.
    pub(super) fn decode(self, octet: u8) -> Option<char> {
        let upper = |table: &[u16; 128]| {
            let code = *table.get(usize::from(octet & 0x7F))?;
            char::from_u32(u32::from(code)).filter(|character| *character != '\0')
        };
        match self {
            Self::Table(table) if octet >= 0x80 => upper(table),
            Self::Viscii if octet >= 0x80 => upper(&VISCII),
            Self::Viscii => match VISCII_LOW.iter().find(|(low, _)| *low == octet) {
                Some((_, code)) => char::from_u32(u32::from(*code)),
                None => Some(char::from(octet)),
            },
            Self::Latin1 | Self::Table(_) => Some(char::from(octet)),
        }
    }

    /// Returns the octet of a character, or `None` where the page has none.
    pub(super) fn encode(self, character: char) -> Option<u8> {
        let in_upper = |table: &[u16; 128]| {
            let code = u16::try_from(u32::from(character))
                .ok()
                .filter(|code| *code != 0)?;
            let index = table.iter().position(|entry| *entry == code)?;
            u8::try_from(index).ok().map(|index| index | 0x80)
        };
        match self {
            Self::Latin1 => u8::try_from(u32::from(character)).ok(),
            Self::Table(_) | Self::Viscii if character.is_ascii() => {
                let octet = u8::try_from(u32::from(character)).ok()?;
                (self.decode(octet) == Some(character)).then_some(octet)
            }
            Self::Table(table) => in_upper(table),
            Self::Viscii => in_upper(&VISCII).or_else(|| {
                VISCII_LOW
                    .iter()
                    .find(|(_, code)| u32::from(*code) == u32::from(character))
                    .map(|(octet, _)| *octet)
            }),
        }
    }
}
