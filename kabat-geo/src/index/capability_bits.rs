//! A capability set in JSON: the bits in it, lowest first, as the caller's vocabulary numbers them.

use kabat_core::CapabilitySet;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use super::bitmaps::each;

pub(super) fn serialize<S: Serializer>(
    set: &CapabilitySet,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(each(*set))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<CapabilitySet, D::Error> {
    let mut set = CapabilitySet::EMPTY;
    for bit in Vec::<u8>::deserialize(deserializer)? {
        if bit > 127 {
            let message = format!("capability bit `{bit}` is not from 0 to 127");
            return Err(D::Error::custom(message));
        }
        set.insert(bit);
    }
    Ok(set)
}
