use crate::sds::PreCodedStatus;

/// Reads a status as a general acknowledgement: `Some(true)` for `0xFE00`, `Some(false)`, negative, for `0xFE01`.
///
/// One source says interoperability profiles use the two values so; the standard leaves them to the network.
pub const fn general_acknowledgement(status: PreCodedStatus) -> Option<bool> {
    match status.raw() {
        0xFE00 => Some(true),
        0xFE01 => Some(false),
        _ => None,
    }
}
