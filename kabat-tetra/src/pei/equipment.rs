use core::fmt;

use super::joined::Joined;
use super::line_of::line_of;
use super::{Params, PeiError, PeiLine};

open_code! {
    /// Operating mode of `+CTOM`. EN 300 392-5.
    pub struct OperatingMode;
    TRUNKED = 0 => "trunked",
    DIRECT = 1 => "direct",
    DUAL_WATCH_2 = 2 => "dual-watch-2",
    DUAL_WATCH_3 = 3 => "dual-watch-3",
    GATEWAY = 5 => "gateway",
    REPEATER = 6 => "repeater",
}

line_of! {
    /// `+CTOM`: the operating mode the equipment is in. EN 300 392-5.
    response "CTOM" ModeReport;
    /// The mode, see [`OperatingMode`].
    mode: u8 = required;
}

line_of! {
    /// `AT+CTOM`: asks for an operating mode. EN 300 392-5.
    command "CTOM" ModeRequest;
    /// The mode, see [`OperatingMode`].
    mode: u8 = required;
}

line_of! {
    /// `AT+CTSP`: which messages the terminal hands to the equipment: profile, first layer, then second layer values.
    ///
    /// `1,3,130` is text, `1,3,131` location system, `1,3,10` LIP, `1,3,138` text with user data header, `1,2,20`
    /// status, `2,0,0` voice. EN 300 392-5.
    command "CTSP" ServiceProfile;
    /// Service profile.
    profile: u8 = required;
    /// First layer.
    layer_1: u8 = required;
    ; raw
}

/// `+CTGS`: a selected group: type, identity, and more. EN 300 392-5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct GroupSelection<'a> {
    /// 1 for the selected group, from 2 on scanned groups by priority; may be left out.
    pub group_type: Option<u8>,
    /// Identity of the group, as written.
    pub identity: &'a str,
    /// What follows, as written.
    pub raw: Params<'a>,
}

impl<'a> GroupSelection<'a> {
    /// Reads the line.
    ///
    /// # Errors
    /// When it is another line or a parameter is wrong.
    pub fn from_line(line: &PeiLine<'a>) -> Result<Self, PeiError> {
        let p = line.response("CTGS")?;
        Ok(Self {
            group_type: p.number(0)?,
            identity: p.text(1)?,
            raw: p.behind(2),
        })
    }
}

impl fmt::Display for GroupSelection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("+CTGS: ")?;
        let mut line = Joined::new(f);
        line.value(self.group_type)?;
        line.value(Some(self.identity))?;
        line.raw(self.raw)
    }
}
