open_code! {
    /// Delivery status of an SDS-TL report or acknowledgement, 8 bits; every value is kept.
    ///
    /// EN 300 392-2, clause 29.4.3.2.
    pub struct DeliveryStatus;
    RECEIVED = 0x00 => "received",
    RECEIPT_REPORT_ACKNOWLEDGED = 0x01 => "receipt-report-acknowledged",
    CONSUMED = 0x02 => "consumed",
    CONSUMED_REPORT_ACKNOWLEDGED = 0x03 => "consumed-report-acknowledged",
    FORWARDED_TO_EXTERNAL_NETWORK = 0x04 => "forwarded-to-external-network",
    SENT_TO_GROUP = 0x05 => "sent-to-group-acknowledgements-prevented",
    CONCATENATION_PART_RECEIVED = 0x06 => "concatenation-part-received",
    CONGESTION = 0x20 => "congestion",
    STORED = 0x21 => "stored",
    NOT_REACHABLE_STORED = 0x22 => "not-reachable-stored",
    NETWORK_OVERLOAD = 0x40 => "network-overload",
    SERVICE_PERMANENTLY_UNAVAILABLE = 0x41 => "service-permanently-unavailable",
    SERVICE_TEMPORARILY_UNAVAILABLE = 0x42 => "service-temporarily-unavailable",
    SOURCE_NOT_AUTHORIZED = 0x43 => "source-not-authorized",
    DESTINATION_NOT_AUTHORIZED = 0x44 => "destination-not-authorized",
    UNKNOWN_DESTINATION = 0x45 => "unknown-destination-gateway-or-service-address",
    UNKNOWN_FORWARD_ADDRESS = 0x46 => "unknown-forward-address",
    GROUP_WITH_INDIVIDUAL_SERVICE = 0x47 => "group-address-with-individual-service",
    EXPIRED_NOT_RECEIVED = 0x48 => "validity-expired-not-received",
    EXPIRED_NOT_CONSUMED = 0x49 => "validity-expired-not-consumed",
    DELIVERY_FAILED = 0x4A => "delivery-failed",
    NOT_REGISTERED = 0x4B => "destination-not-registered",
    QUEUE_FULL = 0x4C => "destination-queue-full",
    MESSAGE_TOO_LONG = 0x4D => "message-too-long",
    NO_SDS_TL = 0x4E => "destination-without-sds-tl",
    HOST_NOT_CONNECTED = 0x4F => "destination-host-not-connected",
    PROTOCOL_NOT_SUPPORTED = 0x50 => "protocol-not-supported",
    CODING_SCHEME_NOT_SUPPORTED = 0x51 => "coding-scheme-not-supported",
    MEMORY_FULL_DISCARDED = 0x52 => "destination-memory-full-discarded",
    NOT_ACCEPTING_SDS = 0x53 => "destination-not-accepting-sds",
    CONCATENATED_TOO_LONG = 0x54 => "concatenated-message-too-long",
    ADDRESS_PROHIBITED = 0x56 => "destination-address-prohibited",
    CANNOT_ROUTE = 0x57 => "cannot-route-to-external-network",
    UNKNOWN_EXTERNAL_NUMBER = 0x58 => "unknown-external-number",
    NEGATIVE_REPORT_ACKNOWLEDGED = 0x59 => "negative-report-acknowledged",
    NOT_REACHABLE = 0x5A => "destination-not-reachable",
    TEXT_DISTRIBUTION_ERROR = 0x5B => "text-distribution-error",
    CORRUPT_ELEMENT = 0x5C => "corrupt-information-element",
    NOT_ALL_PARTS = 0x5D => "not-all-parts-received",
    ENGAGED_INFRASTRUCTURE = 0x5E => "destination-engaged-says-infrastructure",
    ENGAGED_DESTINATION = 0x5F => "destination-engaged-says-destination",
    FLOW_MEMORY_FULL = 0x60 => "memory-full",
    FLOW_MEMORY_AVAILABLE = 0x61 => "memory-available",
    FLOW_START_PENDING = 0x62 => "start-pending-messages",
    FLOW_NO_PENDING = 0x63 => "no-pending-messages",
    STOP_SENDING = 0x80 => "stop-sending",
    START_SENDING = 0x81 => "start-sending",
}

impl DeliveryStatus {
    /// Returns the group, told by the top three bits.
    pub const fn group(self) -> DeliveryStatusGroup {
        match self.raw() >> 5 {
            0 => DeliveryStatusGroup::Success,
            1 => DeliveryStatusGroup::TemporaryError,
            2 => DeliveryStatusGroup::Failed,
            3 => DeliveryStatusGroup::FlowControl,
            4 => DeliveryStatusGroup::EndToEndControl,
            _ => DeliveryStatusGroup::Reserved,
        }
    }
}

/// The group of a [`DeliveryStatus`]: what a sender has to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the three bits are covered, the free values by `Reserved`"
)]
pub enum DeliveryStatusGroup {
    /// `0x00`-`0x1F`: delivered.
    Success,
    /// `0x20`-`0x3F`: the network is still trying.
    TemporaryError,
    /// `0x40`-`0x5F`: the transfer failed.
    Failed,
    /// `0x60`-`0x7F`: flow control.
    FlowControl,
    /// `0x80`-`0x9F`: end to end control.
    EndToEndControl,
    /// `0xA0`-`0xFF`: reserved.
    Reserved,
}

impl DeliveryStatusGroup {
    /// Returns a short fixed name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::TemporaryError => "temporary",
            Self::Failed => "failed",
            Self::FlowControl => "flow-control",
            Self::EndToEndControl => "end-to-end",
            Self::Reserved => "reserved",
        }
    }
}
