use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::sds::{Content, ProtocolId};
use crate::tl::{DeliveryStatus, ForwardAddress, StoreForward};

closed_code! {
    /// Which reports the sender of a transfer asks for. EN 300 392-2, clause 29.4.3.3.
    pub enum DeliveryReportRequest: 2;
    /// None.
    None = 0 => "none",
    /// When the message is received.
    Received = 1 => "message-received",
    /// When the message is consumed, for example read by the user.
    Consumed = 2 => "message-consumed",
    /// On both occasions.
    ReceivedAndConsumed = 3 => "message-received-and-consumed",
    ; otherwise None
}

/// SDS-TRANSFER: the message itself.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | message type | 4 | `0000` |
/// | delivery report request | 2 | [`DeliveryReportRequest`] |
/// | service selection / short form report | 1 | `service_selection` |
/// | storage | 1 | whether a store-and-forward block follows |
/// | message reference | 8 | |
/// | store and forward | variable | [`StoreForward`], when the storage bit is set |
/// | user data | rest | [`Content`], by protocol identifier |
///
/// EN 300 392-2, clause 29.4.2.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Transfer<'a> {
    /// Which reports the sender wants.
    pub delivery_report_request: DeliveryReportRequest,
    /// Downlink: `false` when a short form report is allowed, `true` when only a standard report is. Uplink: `false`
    /// for individual service, `true` for individual or group service.
    pub service_selection: bool,
    /// Number the reports will give back.
    pub message_reference: u8,
    /// Present when the network may store the message.
    pub store_forward: Option<StoreForward<'a>>,
    /// What is carried.
    pub content: Content<'a>,
}

impl<'a> Transfer<'a> {
    pub(crate) const TYPE: u8 = 0;

    /// Puts what follows behind a header.
    #[inline]
    pub(crate) const fn behind(
        header: TransferHeader,
        store_forward: Option<StoreForward<'a>>,
        content: Content<'a>,
    ) -> Self {
        Self {
            delivery_report_request: header.delivery_report_request,
            service_selection: header.service_selection,
            message_reference: header.message_reference,
            store_forward,
            content,
        }
    }

    /// Reads what follows a header.
    #[inline(never)]
    pub(crate) fn read_behind(
        header: TransferHeader,
        reader: &mut Cursor<'a, '_>,
        protocol: ProtocolId,
        open_content: bool,
    ) -> Self {
        let store_forward = header.storage.then(|| StoreForward::read(reader));
        let open = open_content && !has_reserved_forward(store_forward);
        Self::behind(header, store_forward, Content::read(reader, protocol, open))
    }

    pub(crate) fn write(
        &self,
        writer: &mut BitWriter<'_>,
        protocol: ProtocolId,
    ) -> Result<(), EncodeError> {
        writer.enter("sds-transfer");
        writer.put(u64::from(Self::TYPE), 4, "message type")?;
        let request = u64::from(self.delivery_report_request.raw());
        writer.put(request, 2, "delivery report request")?;
        writer.flag(self.service_selection, "service selection")?;
        writer.flag(self.store_forward.is_some(), "storage")?;
        writer.put(u64::from(self.message_reference), 8, "message reference")?;
        if let Some(block) = &self.store_forward {
            block.write(writer)?;
        }
        if has_reserved_forward(self.store_forward) && !matches!(self.content, Content::Raw(_)) {
            return Err(writer.fail(EncodeErrorKind::Inconsistent, "user data"));
        }
        self.content.write(writer, protocol)
    }
}

/// The fixed part of a transfer, behind the message type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TransferHeader {
    delivery_report_request: DeliveryReportRequest,
    service_selection: bool,
    /// Whether a store-and-forward block follows.
    pub(crate) storage: bool,
    message_reference: u8,
}

impl TransferHeader {
    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        reader.enter("sds-transfer");
        let [request, selection, storage, message_reference] = reader.group([
            ("delivery report request", 2),
            ("service selection", 1),
            ("storage", 1),
            ("message reference", 8),
        ]);
        Self {
            delivery_report_request: DeliveryReportRequest::from_low_bits(request),
            service_selection: selection == 1,
            storage: storage == 1,
            message_reference,
        }
    }
}

/// SDS-REPORT: what became of a transfer.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | message type | 4 | `0001` |
/// | acknowledgement required | 1 | |
/// | reserved | 2 | kept |
/// | storage | 1 | whether a store-and-forward block follows |
/// | delivery status | 8 | [`DeliveryStatus`] |
/// | message reference | 8 | of the transfer |
/// | store and forward | variable | |
/// | user data | rest | optional |
///
/// EN 300 392-2, clause 29.4.2.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report<'a> {
    /// Whether the receiver of the report has to send an [`Ack`].
    pub ack_required: bool,
    /// Two reserved bits, kept as they are.
    pub reserved: u8,
    /// What became of the message.
    pub delivery_status: DeliveryStatus,
    /// Message reference of the transfer.
    pub message_reference: u8,
    /// Store-and-forward block.
    pub store_forward: Option<StoreForward<'a>>,
    /// Whatever follows.
    pub user_data: Bits<'a>,
}

impl<'a> Report<'a> {
    pub(crate) const TYPE: u8 = 1;

    #[inline]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("sds-report");
        let [required, reserved, storage, status, message_reference] = reader.group([
            ("acknowledgement required", 1),
            ("reserved", 2),
            ("storage", 1),
            ("delivery status", 8),
            ("message reference", 8),
        ]);
        Self {
            ack_required: required == 1,
            reserved,
            delivery_status: DeliveryStatus::from_raw(status),
            message_reference,
            store_forward: (storage == 1).then(|| reader.aside(StoreForward::read)),
            user_data: reader.rest(),
        }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("sds-report");
        writer.put(u64::from(Self::TYPE), 4, "message type")?;
        writer.flag(self.ack_required, "acknowledgement required")?;
        writer.put(u64::from(self.reserved), 2, "reserved")?;
        writer.flag(self.store_forward.is_some(), "storage")?;
        writer.put(u64::from(self.delivery_status.raw()), 8, "delivery status")?;
        writer.put(u64::from(self.message_reference), 8, "message reference")?;
        if let Some(block) = &self.store_forward {
            block.write(writer)?;
        }
        writer.bits(self.user_data, "user data")
    }
}

/// SDS-ACK: the answer to a report that asks for one.
///
/// | field | bits | meaning |
/// |---|---|---|
/// | message type | 4 | `0010` |
/// | reserved | 4 | kept |
/// | delivery status | 8 | [`DeliveryStatus`] |
/// | message reference | 8 | of the transfer |
///
/// EN 300 392-2, clause 29.4.2.1. Bits that follow are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Ack<'a> {
    /// Four reserved bits, kept as they are.
    pub reserved: u8,
    /// Delivery status that is acknowledged.
    pub delivery_status: DeliveryStatus,
    /// Message reference of the transfer.
    pub message_reference: u8,
    /// Whatever follows.
    pub trailing: Bits<'a>,
}

impl<'a> Ack<'a> {
    pub(crate) const TYPE: u8 = 2;

    #[expect(
        clippy::inline_always,
        reason = "a call would move the message through memory"
    )]
    #[inline(always)]
    pub(crate) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        reader.enter("sds-ack");
        let [reserved, status, message_reference] = reader.group([
            ("reserved", 4),
            ("delivery status", 8),
            ("message reference", 8),
        ]);
        Self {
            reserved,
            delivery_status: DeliveryStatus::from_raw(status),
            message_reference,
            trailing: reader.rest(),
        }
    }

    pub(crate) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.enter("sds-ack");
        writer.put(u64::from(Self::TYPE), 4, "message type")?;
        writer.put(u64::from(self.reserved), 4, "reserved")?;
        writer.put(u64::from(self.delivery_status.raw()), 8, "delivery status")?;
        writer.put(u64::from(self.message_reference), 8, "message reference")?;
        writer.bits(self.trailing, "trailing bits")
    }
}

const fn has_reserved_forward(block: Option<StoreForward<'_>>) -> bool {
    matches!(
        block,
        Some(StoreForward {
            forward: ForwardAddress::Reserved(_),
            ..
        })
    )
}
