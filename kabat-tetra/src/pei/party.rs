use core::fmt;

use super::{Params, PeiError};
use crate::address::{Ssi, Tsi};
use crate::error::AddressError;

open_code! {
    /// Service of a call or message on the air interface. EN 300 392-5.
    pub struct AiService;
    SPEECH = 0 => "speech",
    CIRCUIT_DATA_1 = 1 => "circuit-data-1",
    CIRCUIT_DATA_2 = 2 => "circuit-data-2",
    CIRCUIT_DATA_3 = 3 => "circuit-data-3",
    CIRCUIT_DATA_4 = 4 => "circuit-data-4",
    CIRCUIT_DATA_5 = 5 => "circuit-data-5",
    CIRCUIT_DATA_6 = 6 => "circuit-data-6",
    CIRCUIT_DATA_7 = 7 => "circuit-data-7",
    PACKET_DATA = 8 => "packet-data",
    SDS_TYPE_1 = 9 => "sds-type-1",
    SDS_TYPE_2 = 10 => "sds-type-2",
    SDS_TYPE_3 = 11 => "sds-type-3",
    SDS_TYPE_4 = 12 => "sds-type-4",
    STATUS = 13 => "status",
}

open_code! {
    /// How an identity is written. EN 300 392-5.
    pub struct IdentityType;
    SSI = 0 => "ssi",
    TSI = 1 => "tsi",
    SNA = 2 => "sna",
    PABX = 3 => "pabx",
    PSTN = 4 => "pstn",
    EXTENDED_TSI = 5 => "extended-tsi",
}

/// An identity as written in a line, and its type when the line gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Party<'a> {
    /// The digits as written.
    pub digits: &'a str,
    /// How they are meant.
    pub identity_type: Option<IdentityType>,
}

impl Party<'_> {
    /// Reads the digits as a short identity.
    ///
    /// # Errors
    /// When they are none.
    pub fn ssi(&self) -> Result<Ssi, AddressError> {
        self.digits.parse()
    }

    /// Reads the digits as a full identity.
    ///
    /// # Errors
    /// When they are none.
    pub fn tsi(&self) -> Result<Tsi, AddressError> {
        self.digits.parse()
    }
}

pub(super) fn read_party<'a>(
    params: &Params<'a>,
    digits_at: usize,
    type_at: Option<usize>,
) -> Result<Option<Party<'a>>, PeiError> {
    let Some(digits) = params.get(digits_at) else {
        return Ok(None);
    };
    let identity_type = match type_at {
        Some(at) => params.number(at)?.map(IdentityType::from_raw),
        None => None,
    };
    Ok(Some(Party {
        digits,
        identity_type,
    }))
}

pub(super) fn write_party(f: &mut fmt::Formatter<'_>, party: Option<Party<'_>>) -> fmt::Result {
    match party {
        Some(party) => {
            write!(f, "{},", party.digits)?;
            match party.identity_type {
                Some(kind) => write!(f, "{}", kind.raw()),
                None => Ok(()),
            }
        }
        None => f.write_str(","),
    }
}
