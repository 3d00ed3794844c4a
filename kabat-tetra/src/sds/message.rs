use crate::bits::{BitWriter, Bits, Cursor, Failure};
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::lip::Lip;
use crate::sds::{Content, ProtocolId};
use crate::text::{CodedText, Text};
use crate::tl::{Ack, DeliveryReportRequest, Report, Transfer, TransferHeader};

/// The user data of SDS type 4: a protocol identifier, and from `0x80` on an SDS-TL header, then the content.
///
/// EN 300 392-2, clause 29.4.
///
/// ```
/// use kabat_tetra::{BitWriter, Bits, CodedText, CodingScheme, Content, DeliveryReportRequest, Sds, SdsBody};
///
/// let mut room = [0; 64];
/// let text = CodedText::encode("Brand, Kerkstraat 3", CodingScheme::ISO_8859_1, &mut room)?;
/// let alert = Sds::text(text, 17, DeliveryReportRequest::Received);
/// let mut buffer = [0; 80];
/// let mut writer = BitWriter::new(&mut buffer, "alert");
/// alert.encode(&mut writer)?;
///
/// let read = Sds::decode(writer.into_bits())?;
/// let SdsBody::Transfer(transfer) = read.body else { return Err("no transfer".into()) };
/// let Content::Text(text) = transfer.content else { return Err("no text".into()) };
/// assert_eq!(text.text.to_string_lossy(), "Brand, Kerkstraat 3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Sds<'a> {
    /// Protocol identifier, the first eight bits.
    pub protocol: ProtocolId,
    /// What follows it.
    pub body: SdsBody<'a>,
}

/// What follows the protocol identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "all sixteen message types are covered"
)]
pub enum SdsBody<'a> {
    /// Without SDS-TL: protocol identifiers below `0x80`.
    Simple(Content<'a>),
    /// SDS-TL message type 0.
    Transfer(Transfer<'a>),
    /// SDS-TL message type 1.
    Report(Report<'a>),
    /// SDS-TL message type 2.
    Ack(Ack<'a>),
    /// SDS-TL message types 3 to 7 (reserved) and 8 to 15 (defined by the application), kept as they are.
    Other {
        /// The four-bit message type.
        message_type: u8,
        /// Everything behind it.
        bits: Bits<'a>,
    },
}

impl<'a> Sds<'a> {
    const PDU: &'static str = "sds";

    /// Reads user data with its content.
    ///
    /// # Errors
    /// When the header or the content of a known protocol is cut off or contradicts itself.
    #[inline]
    pub fn decode(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Self::read(bits, true)
    }

    /// Reads protocol identifier and SDS-TL header only; every content stays [`Content::Raw`].
    ///
    /// For gateways, which must answer a transfer whose content they cannot read.
    ///
    /// # Errors
    /// When the header is cut off.
    pub fn decode_envelope(bits: Bits<'a>) -> Result<Self, DecodeError> {
        Self::read(bits, false)
    }

    /// Builds a text transfer with protocol identifier `0x82`, without time stamp and without storage.
    pub const fn text(
        text: CodedText<'a>,
        message_reference: u8,
        delivery_report_request: DeliveryReportRequest,
    ) -> Self {
        Self {
            protocol: ProtocolId::TEXT_TL,
            body: SdsBody::Transfer(Transfer {
                delivery_report_request,
                service_selection: false,
                message_reference,
                store_forward: None,
                content: Content::Text(Text {
                    timestamp: None,
                    text,
                }),
            }),
        }
    }

    /// Writes the user data.
    ///
    /// # Errors
    /// When the buffer is full, a field is too wide, or body and protocol identifier contradict each other.
    pub fn encode(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter(Self::PDU);
        writer.put(u64::from(self.protocol.raw()), 8, "protocol identifier")?;
        let simple = matches!(self.body, SdsBody::Simple(_));
        if simple == self.protocol.has_transport_layer() {
            return Err(writer.fail(EncodeErrorKind::Inconsistent, "protocol identifier"));
        }
        match &self.body {
            SdsBody::Simple(content) => content.write(writer, self.protocol),
            SdsBody::Transfer(transfer) => transfer.write(writer, self.protocol),
            SdsBody::Report(report) => report.write(writer),
            SdsBody::Ack(ack) => ack.write(writer),
            SdsBody::Other { message_type, bits } => {
                if *message_type <= Ack::TYPE {
                    return Err(writer.fail(EncodeErrorKind::Inconsistent, "message type"));
                }
                writer.put(u64::from(*message_type), 4, "message type")?;
                writer.bits(*bits, "message")
            }
        }
    }

    /// Builds the frequent messages where they are returned: a move through each layer costs more than the reading.
    #[inline]
    fn read(bits: Bits<'a>, open_content: bool) -> Result<Self, DecodeError> {
        let failure = Failure::none();
        let mut reader = Cursor::new(bits, Self::PDU, &failure);
        let protocol = ProtocolId::from_raw(reader.u8(8, "protocol identifier"));
        if protocol == ProtocolId::LIP && open_content && Lip::is_short(&mut reader) {
            let content = Content::Lip(Lip::read_short(&mut reader));
            let body = SdsBody::Simple(content);
            return reader.done(Self { protocol, body });
        }
        if !protocol.has_transport_layer() {
            let content = reader.aside(|reader| Content::read(reader, protocol, open_content));
            let body = SdsBody::Simple(content);
            return reader.done(Self { protocol, body });
        }
        match reader.u8(4, "message type") {
            Transfer::TYPE => {
                let header = TransferHeader::read(&mut reader);
                if protocol == ProtocolId::TEXT_TL && open_content && !header.storage {
                    let content = Content::Text(Text::read(&mut reader));
                    let body = SdsBody::Transfer(Transfer::behind(header, None, content));
                    return reader.done(Self { protocol, body });
                }
                let transfer = reader
                    .aside(|reader| Transfer::read_behind(header, reader, protocol, open_content));
                let body = SdsBody::Transfer(transfer);
                reader.done(Self { protocol, body })
            }
            Report::TYPE => {
                let body = SdsBody::Report(Report::read(&mut reader));
                reader.done(Self { protocol, body })
            }
            Ack::TYPE => {
                let body = SdsBody::Ack(Ack::read(&mut reader));
                reader.done(Self { protocol, body })
            }
            message_type => {
                let bits = reader.rest();
                let body = SdsBody::Other { message_type, bits };
                reader.done(Self { protocol, body })
            }
        }
    }
}
