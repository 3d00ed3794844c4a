use core::fmt;

use super::joined::Joined;
use super::line_of::line_of;
use super::party::read_party;
use super::{AiService, Party, PeiError, PeiLine};

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
            calling: read_party(&p, 4, Some(3))?,
            hook: p.number(5)?,
            simplex: p.number(6)?,
            e2ee: p.number(7)?,
            comms_type: p.number(8)?,
            slots_codec: p.number(9)?,
            called: read_party(&p, 11, Some(10))?,
            priority: p.number(12)?,
        })
    }
}

impl fmt::Display for IncomingCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("+CTICN: ")?;
        let mut line = Joined::new(f);
        line.value(Some(self.cc))?;
        line.value(Some(self.call_status))?;
        line.value(Some(self.ai_service.raw()))?;
        line.party(self.calling)?;
        for one in [
            self.hook,
            self.simplex,
            self.e2ee,
            self.comms_type,
            self.slots_codec,
        ] {
            line.value(one)?;
        }
        line.party(self.called)?;
        line.value(self.priority)
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
            party: read_party(&p, 5, Some(4))?,
        })
    }
}

impl fmt::Display for TransmitGrant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("+CTXG: ")?;
        let mut line = Joined::new(f);
        for one in [self.cc, self.grant, self.request_permission, self.e2ee] {
            line.value(Some(one))?;
        }
        line.party(self.party)
    }
}

line_of! {
    /// `+CTCR`: a call has ended, and why. EN 300 392-5.
    response "CTCR" CallReleased;
    /// Call instance.
    cc: u8 = required;
    /// Disconnect cause.
    disconnect_cause: u8 = required;
}

line_of! {
    /// `+CDTXC`: a transmission has ended. EN 300 392-5.
    response "CDTXC" TransmissionCeased;
    /// Call instance.
    cc: u8 = required;
    /// Whether a request to transmit is permitted.
    request_permission: u8 = required;
}

line_of! {
    /// `+CTOCP`: how an outgoing call comes along. From one source; what follows the service stays raw. EN 300 392-5.
    response "CTOCP" CallProgress;
    /// Call instance.
    cc: u8 = required;
    /// Call status: 0 progressing, 1 queued, 2 called party paged, 3 continues, 4 hang time expired.
    call_status: u8 = required;
    /// Which service, see [`AiService`].
    ai_service: u8 = optional;
    ; raw
}

line_of! {
    /// `+CTCC`: a call is connected. The six parameters behind the instance stay raw: sources differ about them.
    response "CTCC" CallConnected;
    /// Call instance.
    cc: u8 = required;
    ; raw
}

line_of! {
    /// `+CTXD`: somebody asks to transmit. The parameters behind the instance stay raw.
    response "CTXD" TransmitDemand;
    /// Call instance.
    cc: u8 = required;
    ; raw
}

line_of! {
    /// `AT+CTSDC`: sets the parameters of the calls that are dialled next. EN 300 392-5.
    command "CTSDC" CallParameters;
    /// Which service, see [`AiService`].
    ai_service: u8 = required;
    /// How the called identity will be written, see [`IdentityType`](crate::IdentityType).
    called_type: u8 = required;
    /// Area.
    area: u8 = optional;
    /// Hook signalling.
    hook: u8 = optional;
    /// Simplex (1) or duplex (0).
    simplex: u8 = optional;
    /// End-to-end encryption.
    e2ee: u8 = optional;
    /// Communication type.
    comms_type: u8 = optional;
    /// Slots or codec.
    slots_codec: u8 = optional;
    /// Request to transmit.
    request_to_transmit: u8 = optional;
    /// Priority.
    priority: u8 = optional;
    /// Whether the own identity is withheld.
    clir: u8 = optional;
}
