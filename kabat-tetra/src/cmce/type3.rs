use crate::bits::{BitWriter, Bits, Cursor};
use crate::digits::Digits;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};

open_code! {
    /// Identifier of a type 3 element in a CMCE PDU, 4 bits. EN 300 392-2, clause 14.8.
    pub struct Type3Id;
    DTMF = 1 => "dtmf",
    EXTERNAL_NUMBER = 2 => "external-subscriber-number",
    FACILITY = 3 => "facility",
    POLL_RESPONSE = 4 => "poll-response-addresses",
    TEMPORARY_ADDRESS = 5 => "temporary-address",
    DM_MS_ADDRESS = 6 => "dm-ms-address",
    PROPRIETARY = 15 => "proprietary",
}

/// One type 3 element: an identifier and bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Type3Element<'a> {
    /// Which element; four bits.
    pub id: Type3Id,
    /// Its contents.
    pub contents: Bits<'a>,
}

impl<'a> Type3Element<'a> {
    /// Reads an external subscriber number, if this is one.
    ///
    /// # Errors
    /// When the count of digits over-runs the element.
    pub fn external_number(&self) -> Option<Result<Digits<'a>, DecodeError>> {
        if self.id != Type3Id::EXTERNAL_NUMBER {
            return None;
        }
        Some(Cursor::decode(self.contents, "type 3 element", |reader| {
            Digits::read_counted(reader, "external subscriber number")
        }))
    }
}

/// The optional part that ends every CMCE PDU: an o-bit and, after it, type 3 elements.
///
/// | field | bits |
/// |---|---|
/// | o-bit | 1 |
/// | m-bit | 1, before each element, and 0 behind the last |
/// | identifier | 4 |
/// | length | 11 |
/// | contents | by length |
///
/// EN 300 392-2, clause 14.7. Whatever follows the last m-bit is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Type3Elements<'a> {
    source: Source<'a>,
    trailing: Bits<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Source<'a> {
    /// As read: from the first m-bit to the last, checked.
    // INVARIANT: a walk over the bits with `read_one` succeeds up to the closing m-bit
    Wire(Bits<'a>),
    /// As given by the caller.
    List(&'a [Type3Element<'a>]),
}

impl Default for Source<'_> {
    fn default() -> Self {
        Self::List(&[])
    }
}

impl PartialEq for Source<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Source<'_> {}

impl<'a> Source<'a> {
    fn iter(&self) -> impl Iterator<Item = Type3Element<'a>> + use<'a> {
        let (bits, list) = match *self {
            Self::Wire(bits) => (bits, &[][..]),
            Self::List(list) => (Bits::EMPTY, list),
        };
        Cursor::each(bits, read_one).chain(list.iter().copied())
    }
}

impl<'a> Type3Elements<'a> {
    /// No elements: an o-bit of 0.
    pub const NONE: Self = Self {
        source: Source::List(&[]),
        trailing: Bits::EMPTY,
    };

    /// Takes elements to be written.
    pub const fn of(list: &'a [Type3Element<'a>]) -> Self {
        Self {
            source: Source::List(list),
            trailing: Bits::EMPTY,
        }
    }

    /// Iterates over the elements.
    pub fn iter(&self) -> impl Iterator<Item = Type3Element<'a>> + use<'a> {
        self.source.iter()
    }

    /// Returns the bits behind the PDU: mostly zero filling.
    pub const fn trailing(&self) -> Bits<'a> {
        self.trailing
    }

    #[inline]
    pub(super) fn read(reader: &mut Cursor<'a, '_>) -> Self {
        if !reader.flag("o-bit") {
            return Self {
                source: Source::default(),
                trailing: reader.rest(),
            };
        }
        let from_here = reader.peek_rest();
        let start = reader.left();
        while read_one(reader).is_some() {}
        let used = start.saturating_sub(reader.left());
        let wire = from_here.slice(0, used).unwrap_or(Bits::EMPTY);
        Self {
            source: Source::Wire(wire),
            trailing: reader.rest(),
        }
    }

    pub(super) fn write(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        match self.source {
            Source::Wire(bits) => {
                writer.flag(true, "o-bit")?;
                writer.bits(bits, "type 3 elements")?;
            }
            Source::List([]) => writer.flag(false, "o-bit")?,
            Source::List(list) => {
                writer.flag(true, "o-bit")?;
                for element in list {
                    let length = element.contents.len();
                    if length > 2047 {
                        let kind = EncodeErrorKind::TooLong { length, most: 2047 };
                        return Err(writer.fail(kind, "element length"));
                    }
                    writer.flag(true, "m-bit")?;
                    writer.put(u64::from(element.id.raw()), 4, "element identifier")?;
                    writer.put(length as u64, 11, "element length")?;
                    writer.bits(element.contents, "element contents")?;
                }
                writer.flag(false, "m-bit")?;
            }
        }
        writer.bits(self.trailing, "trailing bits")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Type3Elements<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Type3Elements<'_> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Type3Elements".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let element = generator.subschema_for::<Type3Element<'static>>();
        schemars::json_schema!({ "type": "array", "items": element })
    }
}

/// Reads an m-bit and the element behind it; `None` at the closing m-bit.
#[inline]
fn read_one<'a>(reader: &mut Cursor<'a, '_>) -> Option<Type3Element<'a>> {
    if !reader.flag("m-bit") {
        return None;
    }
    let id = Type3Id::from_raw(reader.u8(4, "element identifier"));
    let length = usize::from(reader.u16(11, "element length"));
    let contents = reader.bits(length, "element contents");
    Some(Type3Element { id, contents })
}
