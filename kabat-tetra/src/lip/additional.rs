use crate::bits::{BitWriter, Cursor};
use crate::error::EncodeError;

open_code! {
    /// Why a location report was sent, 8 bits; every value is kept. TS 100 392-18-1, clause 6.3.
    pub struct Reason;
    SUBSCRIBER_UNIT_ON = 0 => "powered-on",
    SUBSCRIBER_UNIT_OFF = 1 => "powered-off",
    EMERGENCY = 2 => "emergency",
    PUSH_TO_TALK = 3 => "push-to-talk",
    STATUS = 4 => "status",
    TRANSMIT_INHIBIT_ON = 5 => "transmit-inhibit-on",
    TRANSMIT_INHIBIT_OFF = 6 => "transmit-inhibit-off",
    TRUNKED_MODE_ON = 7 => "trunked-mode-on",
    DIRECT_MODE_ON = 8 => "direct-mode-on",
    ENTER_SERVICE = 9 => "enter-service",
    SERVICE_LOSS = 10 => "service-loss",
    CELL_CHANGE = 11 => "cell-change",
    LOW_BATTERY = 12 => "low-battery",
    CAR_KIT_ON = 13 => "car-kit-on",
    CAR_KIT_OFF = 14 => "car-kit-off",
    ASKS_FOR_INITIALIZATION = 15 => "asks-for-initialization",
    ARRIVAL_AT_DESTINATION = 16 => "arrival-at-destination",
    ARRIVAL_AT_DEFINED_LOCATION = 17 => "arrival-at-defined-location",
    APPROACHING_DEFINED_LOCATION = 18 => "approaching-defined-location",
    SDS_TYPE_1 = 19 => "sds-type-1-entered",
    USER_APPLICATION = 20 => "user-application",
    LOST_FIX = 21 => "lost-fix",
    REGAINED_FIX = 22 => "regained-fix",
    LEAVING_POINT = 23 => "leaving-point",
    AMBIENCE_LISTENING = 24 => "ambience-listening",
    START_TEMPORARY_REPORTING = 25 => "start-temporary-reporting",
    BACK_TO_NORMAL = 26 => "back-to-normal",
    CALL_SETUP_TYPE_1 = 27 => "call-setup-type-1",
    CALL_SETUP_TYPE_2 = 28 => "call-setup-type-2",
    POSITIONING_ON = 29 => "positioning-on",
    POSITIONING_OFF = 30 => "positioning-off",
    RESPONSE_TO_REQUEST = 32 => "response-to-immediate-request",
    MAXIMUM_INTERVAL = 129 => "maximum-interval-exceeded",
    MAXIMUM_DISTANCE = 130 => "maximum-distance-exceeded",
}

/// The last nine bits of a location report: a reason, or eight bits of the user's own.
///
/// | field | bits |
/// |---|---|
/// | type of additional data | 1 |
/// | reason for sending, or user defined data | 8 |
///
/// TS 100 392-18-1, clause 6.3.87.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "the type is one bit")]
pub enum AdditionalData {
    /// Type 0: why the report was sent.
    Reason(Reason),
    /// Type 1: meaning agreed between the users.
    UserDefined(u8),
}

impl AdditionalData {
    /// Returns the type bit.
    pub const fn type_bit(self) -> bool {
        matches!(self, Self::UserDefined(_))
    }

    /// Returns the eight bits.
    pub const fn raw(self) -> u8 {
        match self {
            Self::Reason(reason) => reason.raw(),
            Self::UserDefined(value) => value,
        }
    }

    #[inline]
    pub(crate) const fn from_parts(user_defined: bool, value: u8) -> Self {
        if user_defined {
            Self::UserDefined(value)
        } else {
            Self::Reason(Reason::from_raw(value))
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "a call would move the report through memory"
    )]
    #[inline(always)]
    pub(crate) fn read(reader: &mut Cursor<'_, '_>) -> Self {
        let [user_defined, value] =
            reader.group([("type of additional data", 1), ("additional data", 8)]);
        Self::from_parts(user_defined == 1, value)
    }

    pub(crate) fn write(self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.flag(self.type_bit(), "type of additional data")?;
        writer.put(u64::from(self.raw()), 8, "additional data")
    }
}
