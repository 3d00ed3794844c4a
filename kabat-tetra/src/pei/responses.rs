use core::fmt;

use super::{Params, PeiError, PeiLine};
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

/// `+CTSDSR`: a message or status has come; the PDU follows on the next line.
///
/// Forms: service, calling, calling type, called, called type, length, and end-to-end encryption; service, called,
/// called type, length; service, called, length. The length is in bits. EN 300 392-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SdsReceived<'a> {
    /// Which service.
    pub ai_service: AiService,
    /// From whom, when given.
    pub calling: Option<Party<'a>>,
    /// For whom.
    pub called: Party<'a>,
    /// Length of the PDU on the next line, in bits.
    pub length_bits: u16,
    /// End-to-end encryption, when given.
    pub e2ee: Option<u8>,
}

impl<'a> SdsReceived<'a> {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'a>) -> Result<Self, PeiError> {
        let p = line.response("CTSDSR")?;
        let ai_service = AiService::from_raw(p.required(0)?);
        let count = p.count();
        let (calling, called_at, e2ee): (_, usize, _) = match count {
            3 | 4 => (None, 1, None),
            6 | 7 => (party(&p, 1, Some(2))?, 3, p.number(6)?),
            _ => return Err(PeiError::Count { count }),
        };
        let typed = (count != 3).then_some(called_at.saturating_add(1));
        let called = party(&p, called_at, typed)?.ok_or(PeiError::Missing {
            parameter: called_at,
        })?;
        let length_at = if count == 3 {
            2
        } else {
            called_at.saturating_add(2)
        };
        Ok(Self {
            ai_service,
            calling,
            called,
            length_bits: p.required(length_at)?,
            e2ee,
        })
    }

    /// Returns the octets that hold the PDU.
    pub const fn octets(&self) -> u16 {
        self.length_bits.div_ceil(8)
    }
}

impl fmt::Display for SdsReceived<'_> {
    /// Writes the line in the shortest form that holds the fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+CTSDSR: {},", self.ai_service.raw())?;
        if self.calling.is_some() || self.e2ee.is_some() {
            write_party(f, self.calling)?;
            f.write_str(",")?;
        }
        if self.calling.is_none() && self.e2ee.is_none() && self.called.identity_type.is_none() {
            write!(f, "{},", self.called.digits)?;
        } else {
            write_party(f, Some(self.called))?;
            f.write_str(",")?;
        }
        write!(f, "{}", self.length_bits)?;
        match self.e2ee {
            Some(e2ee) => write!(f, ",{e2ee}"),
            None => Ok(()),
        }
    }
}

/// `+CMGS`: what became of a message handed over: instance, status (4 sent, 5 failed), message reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SdsSent {
    /// Which message of this equipment.
    pub instance: u16,
    /// Status.
    pub status: Option<u8>,
    /// Message reference of the transfer.
    pub message_reference: Option<u8>,
}

impl SdsSent {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'_>) -> Result<Self, PeiError> {
        let p = line.response("CMGS")?;
        Ok(Self {
            instance: p.required(0)?,
            status: p.number(1)?,
            message_reference: p.number(2)?,
        })
    }
}

impl fmt::Display for SdsSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+CMGS: {}", self.instance)?;
        match (self.status, self.message_reference) {
            (None, None) => Ok(()),
            (Some(status), None) => write!(f, ",{status}"),
            (None, Some(reference)) => write!(f, ",,{reference}"),
            (Some(status), Some(reference)) => write!(f, ",{status},{reference}"),
        }
    }
}

/// `+CTICN`: an incoming call. EN 300 392-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct IncomingCall<'a> {
    /// Call instance.
    pub cc: u8,
    /// Call status.
    pub call_status: u8,
    /// Which service.
    pub ai_service: AiService,
    /// From whom.
    pub calling: Option<Party<'a>>,
    /// Hook signalling.
    pub hook: Option<u8>,
    /// Simplex (1) or duplex (0), as given.
    pub simplex: Option<u8>,
    /// End-to-end encryption.
    pub e2ee: Option<u8>,
    /// Communication type.
    pub comms_type: Option<u8>,
    /// Slots or codec.
    pub slots_codec: Option<u8>,
    /// For whom.
    pub called: Option<Party<'a>>,
    /// Priority.
    pub priority: Option<u8>,
}

impl<'a> IncomingCall<'a> {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'a>) -> Result<Self, PeiError> {
        let p = line.response("CTICN")?;
        Ok(Self {
            cc: p.required(0)?,
            call_status: p.required(1)?,
            ai_service: AiService::from_raw(p.required(2)?),
            calling: party(&p, 4, Some(3))?,
            hook: p.number(5)?,
            simplex: p.number(6)?,
            e2ee: p.number(7)?,
            comms_type: p.number(8)?,
            slots_codec: p.number(9)?,
            called: party(&p, 11, Some(10))?,
            priority: p.number(12)?,
        })
    }
}

/// `+CTXG`: who may transmit. EN 300 392-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TransmitGrant<'a> {
    /// Call instance.
    pub cc: u8,
    /// Grant.
    pub grant: u8,
    /// Whether a request is permitted.
    pub request_permission: u8,
    /// End-to-end encryption.
    pub e2ee: u8,
    /// Who transmits.
    pub party: Option<Party<'a>>,
}

impl<'a> TransmitGrant<'a> {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'a>) -> Result<Self, PeiError> {
        let p = line.response("CTXG")?;
        Ok(Self {
            cc: p.required(0)?,
            grant: p.required(1)?,
            request_permission: p.required(2)?,
            e2ee: p.required(3)?,
            party: party(&p, 5, Some(4))?,
        })
    }
}

/// `+CTCR`: a call has ended, and why. EN 300 392-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CallReleased {
    /// Call instance.
    pub cc: u8,
    /// Disconnect cause.
    pub disconnect_cause: u8,
}

impl CallReleased {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'_>) -> Result<Self, PeiError> {
        let p = line.response("CTCR")?;
        Ok(Self {
            cc: p.required(0)?,
            disconnect_cause: p.required(1)?,
        })
    }
}

fn party<'a>(
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

fn write_party(f: &mut fmt::Formatter<'_>, party: Option<Party<'_>>) -> fmt::Result {
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
