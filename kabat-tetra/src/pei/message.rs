use core::fmt;

use super::line_of::line_of;
use super::party::{read_party, write_party};
use super::{AiService, Party, PeiError, PeiLine};

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
            6 | 7 => (read_party(&p, 1, Some(2))?, 3, p.number(6)?),
            _ => return Err(PeiError::Count { count }),
        };
        let typed = (count != 3).then_some(called_at.saturating_add(1));
        let called = read_party(&p, called_at, typed)?.ok_or(PeiError::Missing {
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

line_of! {
    /// `+CMGS`: what became of a message handed over: instance, status (4 sent, 5 failed), message reference.
    response "CMGS" SdsSent;
    /// Which message of this equipment.
    instance: u16 = required;
    /// Status.
    status: u8 = optional;
    /// Message reference of the transfer.
    message_reference: u8 = optional;
}

line_of! {
    /// `AT+CTSDS`: chooses the service for the messages that follow: 12 for SDS type 4 and SDS-TL, 13 for status.
    ///
    /// The first two parameters are confirmed by several sources, the order of the optional ones rests on one.
    command "CTSDS" ChooseService;
    /// Which service, see [`AiService`].
    ai_service: u8 = required;
    /// How the called identity will be written, see [`IdentityType`](crate::IdentityType).
    called_type: u8 = required;
    /// Area; order from one source.
    area: u8 = optional;
    /// Access priority; order from one source.
    access_priority: u8 = optional;
    /// End-to-end encryption; order from one source.
    e2ee: u8 = optional;
}

/// `AT+CMGS`: hands a message over: called identity and length in bits; the PDU follows on the next line.
///
/// ```
/// use kabat_tetra::{PeiLine, SendSds};
///
/// let send = SendSds { called: "1234567", length_bits: 84 };
/// assert_eq!(send.to_string(), "AT+CMGS=1234567,84");
/// assert_eq!(SendSds::from_line(&PeiLine::parse(&send.to_string())?), Ok(send));
/// # Ok::<(), kabat_tetra::PeiError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct SendSds<'a> {
    /// For whom, digits as written.
    pub called: &'a str,
    /// Length of the PDU on the next line, in bits.
    pub length_bits: u16,
}

impl<'a> SendSds<'a> {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'a>) -> Result<Self, PeiError> {
        let p = line.set_command("CMGS")?;
        Ok(Self {
            called: p.text(0)?,
            length_bits: p.required(1)?,
        })
    }
}

impl fmt::Display for SendSds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AT+CMGS={},{}", self.called, self.length_bits)
    }
}
