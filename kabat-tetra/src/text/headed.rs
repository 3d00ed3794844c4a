use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::text::messages::{read_head, write_head};
use crate::text::{CodedText, CodingScheme, Timestamp};

/// Text with a user data header, protocol identifier `0x8A`: how long messages are sent in parts.
///
/// | field | bits |
/// |---|---|
/// | time stamp used | 1 |
/// | text coding scheme | 7 |
/// | time stamp | 24, when used |
/// | user data header length | 8, in octets |
/// | header elements | identifier 8, length 8, data |
/// | text | rest |
///
/// EN 300 392-2, clause 29.5.9; the elements are those of 3GPP TS 23.040, clause 9.2.3.24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct HeadedText<'a> {
    /// When the message was written.
    pub timestamp: Option<Timestamp>,
    /// The header elements.
    pub header: HeaderElements<'a>,
    /// Scheme and characters of this part.
    pub text: CodedText<'a>,
}

impl<'a> HeadedText<'a> {
    /// Returns the concatenation element: which part of which long message this is.
    pub fn concatenation(&self) -> Option<Concatenation> {
        self.header
            .iter()
            .find_map(|element| element.concatenation())
    }

    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("text with user data header");
        let (timestamp, scheme) = read_head(reader);
        let length = usize::from(reader.u8(8, "user data header length"));
        let header = reader.bits(length.saturating_mul(8), "user data header");
        HeaderElements::check(header, reader);
        let text = CodedText::new(scheme, reader.rest());
        Self {
            timestamp,
            header: HeaderElements { bits: header },
            text,
        }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("text with user data header");
        write_head(self.timestamp, self.text.scheme, writer)?;
        let length = self.header.bits.len() / 8;
        if length > 255 {
            let kind = EncodeErrorKind::TooLong { length, most: 255 };
            return Err(writer.fail(kind, "user data header length"));
        }
        writer.put(length as u64, 8, "user data header length")?;
        writer.bits(self.header.bits, "user data header")?;
        writer.bits(self.text.body, "text")
    }
}

/// The elements of a user data header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct HeaderElements<'a> {
    // INVARIANT: whole octets, and the element lengths fill them exactly
    bits: Bits<'a>,
}

impl<'a> HeaderElements<'a> {
    /// Writes one concatenation element into `room` and returns the header that holds it.
    ///
    /// # Errors
    /// When `room` is shorter than five octets, six with a 16-bit reference.
    pub fn of_concatenation(
        concatenation: Concatenation,
        room: &'a mut [u8],
    ) -> Result<Self, EncodeError> {
        let mut writer = BitWriter::new(room, "user data header");
        let (id, length, width) = if concatenation.wide_reference {
            (Concatenation::WIDE_ID, 4, 16)
        } else {
            (Concatenation::ID, 3, 8)
        };
        writer.put(id, 8, "element identifier")?;
        writer.put(length, 8, "element length")?;
        writer.put(u64::from(concatenation.reference), width, "reference")?;
        writer.put(u64::from(concatenation.total), 8, "total")?;
        writer.put(u64::from(concatenation.sequence), 8, "sequence")?;
        Ok(Self {
            bits: writer.into_bits(),
        })
    }

    /// Iterates over the elements.
    pub fn iter(&self) -> impl Iterator<Item = HeaderElement<'a>> + use<'a> {
        Cursor::each(self.bits, |reader| Some(HeaderElement::read(reader)))
    }

    /// Returns the elements as they stand on the wire.
    pub const fn bits(&self) -> Bits<'a> {
        self.bits
    }

    /// Checks that the lengths fill the header and that a concatenation element can be true.
    fn check(bits: Bits<'a>, outer: &Cursor<'a, '_>) {
        let mut reader = outer.inside(bits);
        while reader.left() > 0 {
            let element = HeaderElement::read(&mut reader);
            if let Some(concatenation) = element.concatenation() {
                if concatenation.total == 0 {
                    let kind = DecodeErrorKind::NotAllowed { value: 0 };
                    reader.refuse(kind, "total", 16);
                }
                if concatenation.sequence == 0 || concatenation.sequence > concatenation.total {
                    let value = u64::from(concatenation.sequence);
                    let kind = DecodeErrorKind::NotAllowed { value };
                    reader.refuse(kind, "sequence", 8);
                }
            }
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for HeaderElements<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for HeaderElements<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "HeaderElements".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let element = generator.subschema_for::<HeaderElement<'static>>();
        schemars::json_schema!({ "type": "array", "items": element })
    }
}

/// One element of a user data header; unknown ones are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct HeaderElement<'a> {
    /// Element identifier.
    pub id: u8,
    /// Element data, whole octets.
    pub data: Bits<'a>,
}

impl<'a> HeaderElement<'a> {
    /// Returns the element read as a concatenation element, when it is one of the right length.
    pub fn concatenation(&self) -> Option<Concatenation> {
        let wide_reference = match (u64::from(self.id), self.data.len()) {
            (Concatenation::ID, 24) => false,
            (Concatenation::WIDE_ID, 32) => true,
            _ => return None,
        };
        let width = if wide_reference { 16 } else { 8 };
        let read = Cursor::decode(self.data, "user data header", |reader| Concatenation {
            wide_reference,
            reference: reader.u16(width, "reference"),
            total: reader.u8(8, "total"),
            sequence: reader.u8(8, "sequence"),
        });
        read.ok()
    }

    #[inline]
    fn read(reader: &mut Cursor<'a, '_>) -> Self {
        let id = reader.u8(8, "element identifier");
        let length = usize::from(reader.u8(8, "element length"));
        let data = reader.bits(length.saturating_mul(8), "element data");
        Self { id, data }
    }
}

/// Which part of which long message a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Concatenation {
    /// Whether the reference has 16 bits (element 8) or 8 (element 0).
    pub wide_reference: bool,
    /// Same in every part of one message.
    pub reference: u16,
    /// Number of parts.
    pub total: u8,
    /// Which part, from 1.
    pub sequence: u8,
}

impl Concatenation {
    const ID: u64 = 0;
    const WIDE_ID: u64 = 8;
}

/// Kept beside the type so that the scheme of the parts can be compared.
impl HeadedText<'_> {
    /// Returns the coding scheme of this part.
    pub const fn scheme(&self) -> CodingScheme {
        self.text.scheme
    }
}
