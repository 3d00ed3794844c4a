//! Typed identifiers over UUIDs.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::str::FromStr;

use alloc::string::String;
use uuid::Uuid;

/// What an [`Id`] names; one empty type per kind keeps ids of different things apart.
pub trait IdKind {
    /// Name of the kind in error messages and schemas, for example `incident`.
    const NAME: &'static str;
}

/// A UUID that can only name one kind of thing; its text and JSON forms are the plain UUID.
///
/// Ids come in as arguments: this crate has no clock and no random source, so [`Id::v7`] takes both.
///
/// ```
/// use kabat_core::{Id, IncidentId};
/// let id = IncidentId::v7(1_780_000_000_000, [7; 10]);
/// assert_eq!(id.to_string().parse::<IncidentId>()?, id);
/// assert_eq!(id.as_uuid().get_version_num(), 7);
/// # Ok::<(), kabat_core::IdError>(())
/// ```
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent, bound = ""))]
pub struct Id<K> {
    uuid: Uuid,
    #[cfg_attr(feature = "serde", serde(skip))]
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// Wraps a UUID.
    ///
    /// ```
    /// use kabat_core::{CameraId, uuid::Uuid};
    /// assert_eq!(CameraId::from_uuid(Uuid::nil()), CameraId::nil());
    /// ```
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self {
            uuid,
            kind: PhantomData,
        }
    }

    /// Makes a version 7 UUID (RFC 9562 section 5.7) from a time in milliseconds since 1970 and random bytes.
    ///
    /// Ids made this way sort by time. The random bytes are the caller's; equal input gives an equal id.
    pub fn v7(unix_millis: u64, random: [u8; 10]) -> Self {
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
    }

    /// Returns the id of nothing: all bits zero.
    pub const fn nil() -> Self {
        Self::from_uuid(Uuid::nil())
    }

    /// Returns the UUID.
    pub const fn as_uuid(self) -> Uuid {
        self.uuid
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<K: IdKind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", K::NAME, self.uuid)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}

impl<K: IdKind> FromStr for Id<K> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text)
            .map(Self::from_uuid)
            .map_err(|source| IdError {
                kind: K::NAME,
                text: text.chars().take(64).collect(),
                source,
            })
    }
}

impl<K> From<Uuid> for Id<K> {
    fn from(uuid: Uuid) -> Self {
        Self::from_uuid(uuid)
    }
}

impl<K> From<Id<K>> for Uuid {
    fn from(id: Id<K>) -> Self {
        id.uuid
    }
}

#[cfg(feature = "schemars")]
impl<K: IdKind> schemars::JsonSchema for Id<K> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        alloc::format!("{}_id", K::NAME).into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "uuid" })
    }
}

#[cfg(feature = "arbitrary")]
impl<'a, K> arbitrary::Arbitrary<'a> for Id<K> {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.arbitrary::<[u8; 16]>()
            .map(|bytes| Self::from_uuid(Uuid::from_bytes(bytes)))
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} id `{text}` is not a uuid")]
pub struct IdError {
    kind: &'static str,
    text: String,
    source: uuid::Error,
}

impl IdError {
    /// Returns which kind of id was read.
    ///
    /// ```
    /// use kabat_core::IncidentId;
    /// let error = "not an id".parse::<IncidentId>().unwrap_err();
    /// assert_eq!(error.kind(), "incident");
    /// ```
    pub fn kind(&self) -> &'static str {
        self.kind
    }
}

macro_rules! kinds {
    ($($marker:ident, $alias:ident, $name:literal, $what:literal;)*) => {$(
        #[doc = concat!("Marks an [`Id`] as the id of ", $what, ".")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(clippy::exhaustive_enums, reason = "a marker without values")]
        pub enum $marker {}

        impl IdKind for $marker {
            const NAME: &'static str = $name;
        }

        #[doc = concat!("Names ", $what, ".")]
        pub type $alias = Id<$marker>;
    )*};
}

kinds! {
    IncidentTag, IncidentId, "incident", "an incident";
    ResourceTag, ResourceId, "resource", "a resource: a vehicle, team or person that can be sent";
    CallTag, CallId, "call", "an emergency call or other report that came in";
    CameraTag, CameraId, "camera", "a camera";
    OperationTag, OperationId, "operation", "an operation that groups incidents";
    EventTag, EventId, "event", "an entry of an incident's time line";
}

#[cfg(test)]
mod tests {
    use super::{IncidentId, ResourceId};
    use uuid::Uuid;

    #[test]
    fn v7_matches_rfc_9562_appendix_a_6() {
        // RFC 9562 A.6: unix_ts_ms 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
        let expected = Uuid::parse_str("017F22E2-79B0-7CC3-98C4-DC0C0C07398F").unwrap();
        let random = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F];
        assert_eq!(IncidentId::v7(0x017F_22E2_79B0, random).as_uuid(), expected);
    }

    #[test]
    fn v7_sorts_by_time() {
        assert!(IncidentId::v7(1, [0xFF; 10]) < IncidentId::v7(2, [0; 10]));
    }

    #[test]
    fn error_names_the_kind() {
        let error = "x".parse::<ResourceId>().unwrap_err();
        assert_eq!(error.to_string(), "resource id `x` is not a uuid");
    }
}
