use crate::address::{Mcc, Mnc, Ssi, read_extension};
use crate::bits::{BitWriter, Bits, Cursor};
use crate::digits::Digits;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::lip::{HorizontalUncertainty, PointCode, Reason};

open_code! {
    /// Identifier of a type 5 element, 5 bits. TS 100 392-18-1, clause 6.3. One source only: 1, 6, 11-13, 15, 23, 24.
    pub struct Type5Id;
    DIRECTION_ACCURACY = 0 => "direction-accuracy",
    EXTENDED_USER_DATA = 1 => "extended-user-data",
    HORIZONTAL_POSITION_ACCURACY = 2 => "horizontal-position-accuracy",
    HORIZONTAL_VELOCITY_ACCURACY = 3 => "horizontal-velocity-accuracy",
    DESTINATION = 4 => "destination",
    ALTITUDE_ACCURACY = 5 => "altitude-accuracy",
    MESSAGE_REFERENCE = 6 => "message-reference",
    MAXIMUM_AGE = 7 => "maximum-age",
    MAXIMUM_RESPONSE_TIME = 8 => "maximum-response-time",
    ENABLE_LIFETIME = 9 => "enable-disable-lifetime",
    PRIORITY = 11 => "priority",
    RESULT_CODE = 12 => "result-code",
    SDS_TYPE_1_VALUE = 13 => "sds-type-1-value",
    START_TIME = 14 => "start-time",
    STATUS_VALUE = 15 => "status-value",
    STOP_TIME = 16 => "stop-time",
    TERMINAL = 17 => "terminal-identification",
    TRIGGER_DEFINITION = 19 => "trigger-definition",
    TRIGGER_REMOVAL = 20 => "trigger-removal",
    VERTICAL_VELOCITY_ACCURACY = 21 => "vertical-velocity-accuracy",
    TEMPORARY_CONTROL = 22 => "temporary-control-parameter",
    BACKLOG_23 = 23 => "backlog-23",
    BACKLOG_24 = 24 => "backlog-24",
    EXTENSION = 31 => "extension",
}

/// One type 5 element of a LIP PDU: an identifier and bits.
///
/// The `number`, `address` and `trigger` readings are beside the bits, never instead of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Type5Element<'a> {
    /// Which element; five bits.
    pub id: Type5Id,
    /// Its contents; 1 to 63 bits, or 64 to 1080 in multiples of eight.
    pub contents: Bits<'a>,
}

impl<'a> Type5Element<'a> {
    /// Reads the contents as a number, if they are 16 bits or fewer.
    pub fn number(&self) -> Option<u16> {
        let width = u32::try_from(self.contents.len())
            .ok()
            .filter(|width| *width <= 16)?;
        u16::try_from(self.contents.number(0, width)?).ok()
    }

    /// Reads a destination or terminal identification.
    ///
    /// # Errors
    /// When the address is cut off.
    pub fn address(&self) -> Option<Result<LipAddress<'a>, DecodeError>> {
        matches!(self.id, Type5Id::DESTINATION | Type5Id::TERMINAL)
            .then(|| Cursor::decode(self.contents, "lip address", LipAddress::read))
    }

    /// Reads a trigger definition.
    ///
    /// # Errors
    /// When the definition is cut off.
    pub fn trigger(&self) -> Option<Result<TriggerDefinition<'a>, DecodeError>> {
        (self.id == Type5Id::TRIGGER_DEFINITION).then(|| {
            Cursor::decode(self.contents, "trigger definition", |reader| {
                let trigger = Reason::from_raw(reader.u8(8, "trigger"));
                TriggerDefinition {
                    trigger,
                    recurring: reader.flag("recurring"),
                    parameter: TriggerParameter::read(reader, trigger),
                }
            })
        })
    }

    /// Reads a trigger removal: `None` inside for all triggers, or the one that is removed and its parameter.
    ///
    /// # Errors
    /// When the removal is cut off.
    pub fn removal(&self) -> Option<Result<Option<(Reason, TriggerParameter<'a>)>, DecodeError>> {
        (self.id == Type5Id::TRIGGER_REMOVAL).then(|| {
            Cursor::decode(self.contents, "trigger removal", |reader| {
                if !reader.flag("specific") {
                    return None;
                }
                let trigger = Reason::from_raw(reader.u8(8, "trigger"));
                let parameter = match trigger {
                    Reason::MAXIMUM_INTERVAL
                    | Reason::MAXIMUM_DISTANCE
                    | Reason::LOST_FIX
                    | Reason::REGAINED_FIX => TriggerParameter::Other(reader.rest()),
                    _ => TriggerParameter::read(reader, trigger),
                };
                Some((trigger, parameter))
            })
        })
    }
}

/// What makes a terminal send a report: trigger 8, recurring 1, parameter by trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TriggerDefinition<'a> {
    /// The event; the codes are those of the reasons for sending.
    pub trigger: Reason,
    /// Whether the trigger stays after it has fired.
    pub recurring: bool,
    /// What the event needs to be told.
    pub parameter: TriggerParameter<'a>,
}

/// The parameter of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum TriggerParameter<'a> {
    /// Triggers 129, 130, 21 and 22: interval, distance or detection interval, a code of 7 bits.
    Code(u8),
    /// Trigger 17: a point.
    Point(PointCode),
    /// Triggers 18 and 23: a circle.
    Circle(PointCode, HorizontalUncertainty),
    /// Triggers 4 and 19: a status or SDS type 1 value.
    Value(u16),
    /// No parameter, or one this crate does not know.
    Other(Bits<'a>),
}

impl<'a> TriggerParameter<'a> {
    #[inline]
    fn read(reader: &mut Cursor<'a, '_>, trigger: Reason) -> Self {
        match trigger.raw() {
            129 | 130 | 21 | 22 => Self::Code(reader.u8(7, "trigger parameter")),
            17 => Self::Point(PointCode::read(reader)),
            18 | 23 => Self::Circle(PointCode::read(reader), HorizontalUncertainty::read(reader)),
            4 | 19 => Self::Value(reader.u16(16, "trigger parameter")),
            _ => Self::Other(reader.rest()),
        }
    }
}

/// An address inside a type 5 element: type 4, then by type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct LipAddress<'a> {
    /// The address type: 0 none, 1 SSI, 2 SSI + network, 3 IPv4, 4 IPv6, 8 number, 9 SSI + number, 10 SSI + network +
    /// number, 11 and 12 names.
    pub address_type: u8,
    /// Short identity: types 1, 2, 9, 10.
    pub ssi: Option<Ssi>,
    /// Country and network: types 2, 10.
    pub network: Option<(Mcc, Mnc)>,
    /// Number to the end of the element: types 8, 9, 10.
    pub number: Option<Digits<'a>>,
    /// Everything else: IP addresses, names, reserved types.
    pub rest: Bits<'a>,
}

impl<'a> LipAddress<'a> {
    #[inline]
    fn read(reader: &mut Cursor<'a, '_>) -> Self {
        let address_type = reader.u8(4, "address type");
        let ssi = match address_type {
            1 | 2 | 9 | 10 => Some(Ssi::read(reader, "ssi")),
            _ => None,
        };
        let network = match address_type {
            2 | 10 => Some(read_extension(reader)),
            _ => None,
        };
        let number = match address_type {
            8..=10 => {
                let whole = reader.left().saturating_sub(reader.left() % 4);
                Some(Digits::from_bits(reader.bits(whole, "number")))
            }
            _ => None,
        };
        Self {
            address_type,
            ssi,
            network,
            number,
            rest: reader.rest(),
        }
    }
}

/// The type 5 elements of a LIP PDU.
///
/// | field | bits |
/// |---|---|
/// | identifier | 5 |
/// | length in bits | 6; 0 when an extension follows |
/// | length extension | 7, when the length is 0: length = 64 + 8 · extension |
/// | contents | by length |
///
/// The elements end where fewer than eleven bits are left or everything left is zero. TS 100 392-18-1, clause 6.1.
#[derive(Clone, Copy, Debug)]
pub struct Type5Elements<'a>(Source<'a>);

#[derive(Clone, Copy, Debug)]
enum Source<'a> {
    /// As read.
    // INVARIANT: a walk over the bits with `read_one` succeeds to their end
    Wire(Bits<'a>),
    /// As given by the caller.
    List(&'a [Type5Element<'a>]),
}

impl Default for Type5Elements<'_> {
    fn default() -> Self {
        Self::NONE
    }
}

impl<'a> Type5Elements<'a> {
    /// No elements.
    pub const NONE: Self = Self(Source::List(&[]));

    /// Takes elements to be written.
    pub const fn of(list: &'a [Type5Element<'a>]) -> Self {
        Self(Source::List(list))
    }

    /// Iterates over the elements.
    pub fn iter(&self) -> impl Iterator<Item = Type5Element<'a>> + use<'a> {
        let (wire, list) = match self.0 {
            Source::Wire(bits) => (bits, &[][..]),
            Source::List(list) => (Bits::EMPTY, list),
        };
        Cursor::each(wire, |reader| Some(read_one(reader))).chain(list.iter().copied())
    }

    /// Returns the first element with an identifier.
    pub fn find(&self, id: Type5Id) -> Option<Type5Element<'a>> {
        self.iter().find(|element| element.id == id)
    }

    #[inline]
    pub(super) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        let all = reader.peek_rest();
        while reader.left() >= 11 && !reader.peek_rest().is_zero() {
            read_one(reader);
        }
        let used = all.len().saturating_sub(reader.left());
        Self(Source::Wire(all.slice(0, used).unwrap_or(Bits::EMPTY)))
    }

    pub(super) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        match self.0 {
            Source::Wire(bits) => writer.bits(bits, "type 5 elements"),
            Source::List(list) => list.iter().try_for_each(|one| write_one(one, writer)),
        }
    }
}

impl PartialEq for Type5Elements<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Type5Elements<'_> {}

#[cfg(feature = "serde")]
impl serde::Serialize for Type5Elements<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Type5Elements<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Type5Elements".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let element = generator.subschema_for::<Type5Element<'static>>();
        schemars::json_schema!({ "type": "array", "items": element })
    }
}

#[inline]
fn read_one<'a>(reader: &mut Cursor<'a, '_>) -> Type5Element<'a> {
    let id = Type5Id::from_raw(reader.u8(5, "type 5 identifier"));
    let length = match reader.u8(6, "type 5 length") {
        0 => usize::from(reader.u8(7, "type 5 length extension"))
            .saturating_mul(8)
            .saturating_add(64),
        length => usize::from(length),
    };
    let contents = reader.bits(length, "type 5 contents");
    Type5Element { id, contents }
}

fn write_one(element: &Type5Element<'_>, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
    let length = element.contents.len();
    let over = length.saturating_sub(64);
    if length > 1080 {
        let kind = EncodeErrorKind::TooLong { length, most: 1080 };
        return Err(writer.fail(kind, "type 5 length"));
    }
    if length == 0 || (length >= 64 && !over.is_multiple_of(8)) {
        return Err(writer.fail(EncodeErrorKind::Inconsistent, "type 5 length"));
    }
    writer.put(u64::from(element.id.raw()), 5, "type 5 identifier")?;
    if length < 64 {
        writer.put(length as u64, 6, "type 5 length")?;
    } else {
        writer.put(0, 6, "type 5 length")?;
        writer.put((over / 8) as u64, 7, "type 5 length extension")?;
    }
    writer.bits(element.contents, "type 5 contents")
}
