use crate::bits::{BitWriter, Bits, Octets};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::text::code_page::CodePage;
use crate::text::{CodingScheme, Gsm7, gsm7};

/// Characters as sent: a coding scheme and the octets in it.
///
/// ```
/// use kabat_tetra::{CodedText, CodingScheme};
///
/// let mut room = [0; 16];
/// let text = CodedText::encode("Liège", CodingScheme::ISO_8859_1, &mut room)?;
/// assert_eq!(text.body.as_octets(), Some(&b"Li\xE8ge"[..]));
/// assert_eq!(text.to_string_lossy(), "Liège");
/// # Ok::<(), kabat_tetra::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodedText<'a> {
    /// How the characters are coded.
    pub scheme: CodingScheme,
    /// The characters as they stand on the wire.
    pub body: Bits<'a>,
}

impl<'a> CodedText<'a> {
    /// Puts a scheme beside a run of bits.
    pub const fn new(scheme: CodingScheme, body: Bits<'a>) -> Self {
        Self { scheme, body }
    }

    /// Writes characters into `room` in a coding scheme. GSM 7-bit is packed as in SMS.
    ///
    /// # Errors
    /// [`EncodeErrorKind::NoSuchCharacter`] for a character the scheme lacks: nothing is replaced or left out;
    /// [`EncodeErrorKind::NoSuchScheme`] for a reserved scheme; [`EncodeErrorKind::BufferFull`].
    pub fn encode(
        text: &str,
        scheme: CodingScheme,
        room: &'a mut [u8],
    ) -> Result<Self, EncodeError> {
        let mut writer = BitWriter::new(room, "text");
        if scheme == CodingScheme::GSM_7_BIT {
            gsm7::write(text, &mut writer)?;
        } else if scheme == CodingScheme::UTF_16BE {
            for unit in text.encode_utf16() {
                writer.put(u64::from(unit), 16, "text")?;
            }
        } else if let Some(page) = CodePage::of(scheme) {
            for character in text.chars() {
                let Some(octet) = page.encode(character) else {
                    let kind = EncodeErrorKind::NoSuchCharacter { character };
                    return Err(writer.fail(kind, "text"));
                };
                writer.put(u64::from(octet), 8, "text")?;
            }
        } else {
            let kind = EncodeErrorKind::NoSuchScheme {
                scheme: scheme.raw(),
            };
            return Err(writer.fail(kind, "text coding scheme"));
        }
        Ok(Self {
            scheme,
            body: writer.into_bits(),
        })
    }

    /// Iterates over the characters, or returns `None` for a reserved scheme.
    ///
    /// An octet without a character, and half of a UTF-16 pair, give U+FFFD; the octets in `body` stay as sent.
    pub fn chars(&self) -> Option<TextChars<'a>> {
        let source = if self.scheme == CodingScheme::GSM_7_BIT {
            Source::Gsm7(Gsm7::sms_packed(self.body).without_fill().into_chars())
        } else if self.scheme == CodingScheme::UTF_16BE {
            Source::Utf16(char::decode_utf16(Units {
                octets: self.body.octets(),
            }))
        } else {
            Source::Page(CodePage::of(self.scheme)?, self.body.octets())
        };
        Some(TextChars { source })
    }

    /// Returns the characters as a string, U+FFFD for what cannot be read; empty for a reserved scheme.
    #[cfg(feature = "alloc")]
    pub fn to_string_lossy(&self) -> alloc::string::String {
        self.chars().into_iter().flatten().collect()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CodedText<'_> {
    /// Writes `scheme`, `characters` (absent for a reserved scheme) and `body`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut state = serializer.serialize_struct("CodedText", 3)?;
        state.serialize_field("scheme", &self.scheme)?;
        let characters: Option<alloc::string::String> = self.chars().map(Iterator::collect);
        state.serialize_field("characters", &characters)?;
        state.serialize_field("body", &self.body)?;
        state.end()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for CodedText<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "CodedText".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let scheme = generator.subschema_for::<CodingScheme>();
        let body = generator.subschema_for::<Bits<'static>>();
        schemars::json_schema!({
            "type": "object",
            "properties": {
                "scheme": scheme,
                "characters": { "type": ["string", "null"] },
                "body": body,
            },
            "required": ["scheme", "characters", "body"],
        })
    }
}

/// The characters of a [`CodedText`], from [`CodedText::chars`].
#[derive(Clone, Debug)]
pub struct TextChars<'a> {
    source: Source<'a>,
}

#[derive(Clone, Debug)]
enum Source<'a> {
    Page(CodePage, Octets<'a>),
    Utf16(core::char::DecodeUtf16<Units<'a>>),
    Gsm7(gsm7::Gsm7Chars<'a>),
}

impl Iterator for TextChars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match &mut self.source {
            Source::Page(page, octets) => octets
                .next()
                .map(|octet| page.decode(octet).unwrap_or(char::REPLACEMENT_CHARACTER)),
            Source::Utf16(units) => units
                .next()
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
            Source::Gsm7(chars) => chars.next(),
        }
    }
}

/// Pairs of octets, high octet first; a last single octet is a lone surrogate, so that it shows as U+FFFD.
#[derive(Clone, Debug)]
struct Units<'a> {
    octets: Octets<'a>,
}

impl Iterator for Units<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        let high = self.octets.next()?;
        Some(match self.octets.next() {
            Some(low) => u16::from_be_bytes([high, low]),
            None => 0xD800,
        })
    }
}
