use crate::bits::{BitWriter, Cursor};
use crate::error::EncodeError;
use crate::text::{CodedText, CodingScheme, Timestamp};

/// Text without SDS-TL.
///
/// | field | bits |
/// |---|---|
/// | reserved | 1 |
/// | text coding scheme | 7 |
/// | text | rest |
///
/// EN 300 392-2, clause 29.5.2. A message without the scheme octet is refused; a text of no characters is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SimpleText<'a> {
    /// The reserved bit, kept as it is.
    pub reserved: bool,
    /// Scheme and characters.
    pub text: CodedText<'a>,
}

impl<'a> SimpleText<'a> {
    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("simple text");
        let reserved = reader.flag("reserved");
        let scheme = CodingScheme::from_low_bits(reader.u8(7, "text coding scheme"));
        let text = CodedText::new(scheme, reader.rest());
        Self { reserved, text }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("simple text");
        writer.flag(self.reserved, "reserved")?;
        writer.put(u64::from(self.text.scheme.raw()), 7, "text coding scheme")?;
        writer.bits(self.text.body, "text")
    }
}

/// Text with SDS-TL.
///
/// | field | bits |
/// |---|---|
/// | time stamp used | 1 |
/// | text coding scheme | 7 |
/// | time stamp | 24, when used |
/// | text | rest |
///
/// EN 300 392-2, clause 29.5.3. A message without the scheme octet is refused; a text of no characters is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Text<'a> {
    /// When the message was written.
    pub timestamp: Option<Timestamp>,
    /// Scheme and characters.
    pub text: CodedText<'a>,
}

impl<'a> Text<'a> {
    #[expect(
        clippy::inline_always,
        reason = "a call would move the message through memory"
    )]
    #[inline(always)]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("text");
        let (timestamp, scheme) = read_head(reader);
        let text = CodedText::new(scheme, reader.rest());
        Self { timestamp, text }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("text");
        write_head(self.timestamp, self.text.scheme, writer)?;
        writer.bits(self.text.body, "text")
    }
}

/// Reads time stamp flag, scheme and time stamp.
#[expect(
    clippy::inline_always,
    reason = "a call would move the message through memory"
)]
#[inline(always)]
pub(super) fn read_head(reader: &mut Cursor<'_, '_>) -> (Option<Timestamp>, CodingScheme) {
    let [used, scheme] = reader.group([("timestamp used", 1), ("text coding scheme", 7)]);
    let timestamp = (used == 1).then(|| reader.aside(Timestamp::read));
    (timestamp, CodingScheme::from_low_bits(scheme))
}

/// Writes time stamp flag, scheme and time stamp.
pub(super) fn write_head(
    timestamp: Option<Timestamp>,
    scheme: CodingScheme,
    writer: &mut BitWriter<'_>,
) -> Result<(), EncodeError> {
    writer.flag(timestamp.is_some(), "timestamp used")?;
    writer.put(u64::from(scheme.raw()), 7, "text coding scheme")?;
    match timestamp {
        Some(timestamp) => timestamp.write(writer),
        None => Ok(()),
    }
}
