use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::lip::Lip;
use crate::location_system::LocationSystem;
use crate::sds::ProtocolId;
use crate::text::{HeadedText, SimpleText, Text};

/// The content of an SDS type 4 message, chosen by its protocol identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Content<'a> {
    /// Text without SDS-TL: protocol identifiers `0x02` and `0x09`.
    SimpleText(SimpleText<'a>),
    /// Text with SDS-TL: `0x82` and `0x89`, and home mode display texts, `0xCC` and `0xDC`.
    Text(Text<'a>),
    /// Text with a user data header: `0x8A`.
    HeadedText(HeadedText<'a>),
    /// Location information protocol: `0x0A`.
    Lip(Lip<'a>),
    /// Location system: `0x03` and `0x83`.
    LocationSystem(LocationSystem<'a>),
    /// Every other protocol, as it stands on the wire.
    Raw(Bits<'a>),
}

impl<'a> Content<'a> {
    /// Reads the content, or keeps it raw when it is not to be opened.
    #[inline(never)]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>, protocol: ProtocolId, open: bool) -> Self {
        match protocol {
            _ if !open => Self::Raw(reader.rest()),
            ProtocolId::LIP => Self::Lip(Lip::read(reader)),
            ProtocolId::TEXT_TL
            | ProtocolId::IMMEDIATE_TEXT_TL
            | ProtocolId::HOME_MODE_DISPLAY_TL
            | ProtocolId::HOME_MODE_DISPLAY_VENDOR_TL => Self::Text(Text::read(reader)),
            ProtocolId::SIMPLE_TEXT | ProtocolId::SIMPLE_IMMEDIATE_TEXT => {
                Self::SimpleText(SimpleText::read(reader))
            }
            ProtocolId::USER_DATA_HEADER_TL => Self::HeadedText(HeadedText::read(reader)),
            ProtocolId::SIMPLE_LOCATION_SYSTEM | ProtocolId::LOCATION_SYSTEM_TL => {
                Self::LocationSystem(LocationSystem::read(reader))
            }
            _ => Self::Raw(reader.rest()),
        }
    }

    pub(crate) fn write(
        &self,
        writer: &mut BitWriter<'_>,
        protocol: ProtocolId,
    ) -> Result<(), EncodeError> {
        if !self.belongs_to(protocol) {
            return Err(writer.fail(EncodeErrorKind::Inconsistent, "protocol identifier"));
        }
        match self {
            Self::SimpleText(text) => text.write(writer),
            Self::Text(text) => text.write(writer),
            Self::HeadedText(text) => text.write(writer),
            Self::Lip(lip) => lip.write(writer),
            Self::LocationSystem(location) => location.write(writer),
            Self::Raw(bits) => writer.bits(*bits, "user data"),
        }
    }

    /// Returns whether the content can stand behind `protocol`; raw content can behind every one.
    pub const fn belongs_to(&self, protocol: ProtocolId) -> bool {
        match self {
            Self::SimpleText(_) => matches!(
                protocol,
                ProtocolId::SIMPLE_TEXT | ProtocolId::SIMPLE_IMMEDIATE_TEXT
            ),
            Self::Text(_) => matches!(
                protocol,
                ProtocolId::TEXT_TL
                    | ProtocolId::IMMEDIATE_TEXT_TL
                    | ProtocolId::HOME_MODE_DISPLAY_TL
                    | ProtocolId::HOME_MODE_DISPLAY_VENDOR_TL
            ),
            Self::HeadedText(_) => matches!(protocol, ProtocolId::USER_DATA_HEADER_TL),
            Self::Lip(_) => matches!(protocol, ProtocolId::LIP),
            Self::LocationSystem(_) => matches!(
                protocol,
                ProtocolId::SIMPLE_LOCATION_SYSTEM | ProtocolId::LOCATION_SYSTEM_TL
            ),
            Self::Raw(_) => true,
        }
    }
}
