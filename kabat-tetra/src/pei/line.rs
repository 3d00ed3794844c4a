use core::fmt;

use super::Params;
use crate::bits::{BitWriter, Bits};

/// Why a line could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeiError {
    /// The line has none of the known forms.
    #[error("line is no command, response or final result")]
    UnknownForm,
    /// A character cannot stand in a line.
    #[error("character at octet {at} cannot stand in a line")]
    Character {
        /// Its place in octets.
        at: usize,
    },
    /// A quote is not closed.
    #[error("quote is not closed")]
    OpenQuote,
    /// The response is another one than the one asked for.
    #[error("response is not `{expected}`")]
    WrongResponse {
        /// The name asked for.
        expected: &'static str,
    },
    /// The line is another command than the one asked for, or asks something else.
    #[error("line does not set `{expected}`")]
    WrongCommand {
        /// The name asked for.
        expected: &'static str,
    },
    /// A parameter has to be there and is not.
    #[error("parameter {parameter} is missing")]
    Missing {
        /// Which, from 0.
        parameter: usize,
    },
    /// A parameter is no decimal number of its field.
    #[error("parameter {parameter} is not a number of its range")]
    NotANumber {
        /// Which, from 0.
        parameter: usize,
    },
    /// The response has more or fewer parameters than any known form.
    #[error("{count} parameters fit no form of the response")]
    Count {
        /// How many there are.
        count: usize,
    },
    /// A character of a PDU line is no hex digit.
    #[error("character at octet {at} is no hex digit")]
    NotHex {
        /// Its place in octets.
        at: usize,
    },
    /// A PDU line has fewer digits than the bit count asks for.
    #[error("{bits} bits need more hex digits")]
    TooShort {
        /// Bits asked for.
        bits: usize,
    },
    /// The caller's buffer is too short.
    #[error("buffer is too short")]
    BufferFull,
}

/// One line of the interface, without the line end.
///
/// ```
/// use kabat_tetra::{CommandForm, PeiLine};
///
/// let line = PeiLine::parse("AT+CTSP=1,3,130\r\n")?;
/// let PeiLine::Command { name: "CTSP", form: CommandForm::Set(params) } = line else { panic!("no set command") };
/// assert_eq!(params.iter().collect::<Vec<_>>(), ["1", "3", "130"]);
/// assert_eq!(line.to_string(), "AT+CTSP=1,3,130");
/// # Ok::<(), kabat_tetra::PeiError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum PeiLine<'a> {
    /// `AT`, `AT+NAME`, `AT+NAME=…`, `AT+NAME?`, `AT+NAME=?`.
    Command {
        /// The name behind the plus sign; empty for a bare `AT`.
        name: &'a str,
        /// What is asked.
        form: CommandForm<'a>,
    },
    /// `+NAME: …`: a response or an unsolicited line.
    Response {
        /// The name behind the plus sign.
        name: &'a str,
        /// The parameters.
        params: Params<'a>,
    },
    /// `OK`, `ERROR`, `+CME ERROR: n`, `+CMS ERROR: n`.
    Final(FinalResult),
}

/// What a command asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[expect(clippy::exhaustive_enums, reason = "ITU-T V.250 has these four forms")]
pub enum CommandForm<'a> {
    /// `AT+NAME`.
    Execute,
    /// `AT+NAME=…`.
    Set(Params<'a>),
    /// `AT+NAME?`.
    Read,
    /// `AT+NAME=?`.
    Test,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum FinalResult {
    /// `OK`.
    Ok,
    /// `ERROR`.
    Error,
    /// `+CME ERROR: n`.
    Equipment(u16),
    /// `+CMS ERROR: n`.
    Message(u16),
}

impl<'a> PeiLine<'a> {
    /// Reads a line; one line end at its end is dropped.
    ///
    /// # Errors
    /// [`PeiError`] when the line has no known form.
    pub fn parse(line: &'a str) -> Result<Self, PeiError> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(at) = line.bytes().position(|byte| byte < b' ' || byte == 0x7F) {
            return Err(PeiError::Character { at });
        }
        match line {
            "OK" => return Ok(Self::Final(FinalResult::Ok)),
            "ERROR" => return Ok(Self::Final(FinalResult::Error)),
            _ => {}
        }
        if let Some(command) = line.strip_prefix("AT").or_else(|| line.strip_prefix("at")) {
            return Self::parse_command(command);
        }
        let (name, params) = line
            .strip_prefix('+')
            .and_then(|rest| rest.split_once(':'))
            .ok_or(PeiError::UnknownForm)?;
        let params = Params::new(params)?;
        match name {
            "CME ERROR" => Ok(Self::Final(FinalResult::Equipment(params.required(0)?))),
            "CMS ERROR" => Ok(Self::Final(FinalResult::Message(params.required(0)?))),
            _ if is_name(name) => Ok(Self::Response { name, params }),
            _ => Err(PeiError::UnknownForm),
        }
    }

    /// Returns the parameters when the line is the response `name`.
    ///
    /// # Errors
    /// [`PeiError::WrongResponse`] otherwise.
    pub fn response(&self, expected: &'static str) -> Result<Params<'a>, PeiError> {
        match self {
            Self::Response { name, params } if *name == expected => Ok(*params),
            _ => Err(PeiError::WrongResponse { expected }),
        }
    }

    /// Returns the parameters when the line is the command `AT+expected=…`.
    ///
    /// # Errors
    /// [`PeiError::WrongCommand`] otherwise.
    pub fn set_command(&self, expected: &'static str) -> Result<Params<'a>, PeiError> {
        match self {
            Self::Command {
                name,
                form: CommandForm::Set(params),
            } if *name == expected => Ok(*params),
            _ => Err(PeiError::WrongCommand { expected }),
        }
    }

    fn parse_command(command: &'a str) -> Result<Self, PeiError> {
        if command.is_empty() {
            return Ok(Self::Command {
                name: "",
                form: CommandForm::Execute,
            });
        }
        let body = command.strip_prefix('+').ok_or(PeiError::UnknownForm)?;
        // The first `=` decides: parameters may themselves end in `=?`.
        let (name, form) = if let Some((name, params)) = body.split_once('=') {
            let params = Params::new(params)?;
            if params.as_str() == "?" {
                (name, CommandForm::Test)
            } else {
                (name, CommandForm::Set(params))
            }
        } else if let Some(name) = body.strip_suffix('?') {
            (name, CommandForm::Read)
        } else {
            (body, CommandForm::Execute)
        };
        if !is_name(name) {
            return Err(PeiError::UnknownForm);
        }
        Ok(Self::Command { name, form })
    }
}

/// Writes the line without a line end.
impl fmt::Display for PeiLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command { name: "", .. } => f.write_str("AT"),
            Self::Command { name, form } => match form {
                CommandForm::Execute => write!(f, "AT+{name}"),
                CommandForm::Set(params) => write!(f, "AT+{name}={params}"),
                CommandForm::Read => write!(f, "AT+{name}?"),
                CommandForm::Test => write!(f, "AT+{name}=?"),
            },
            Self::Response { name, params } => write!(f, "+{name}: {params}"),
            Self::Final(FinalResult::Ok) => f.write_str("OK"),
            Self::Final(FinalResult::Error) => f.write_str("ERROR"),
            Self::Final(FinalResult::Equipment(code)) => write!(f, "+CME ERROR: {code}"),
            Self::Final(FinalResult::Message(code)) => write!(f, "+CMS ERROR: {code}"),
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A PDU line: hex digits, cut by a length in bits, ended by Ctrl-Z when it is sent.
///
/// Radios send an odd number of digits as well as whole octets for the same 84 bits; both are read, and the bit length
/// cuts. Displayed in upper case with as many digits as the bits need, octets filled.
///
/// ```
/// use kabat_tetra::{Bits, PeiPdu};
///
/// let mut room = [0; 11];
/// let bits = PeiPdu::parse("0A0BA7D5B95BC50AFFE16", 84, &mut room)?;
/// assert_eq!(bits.len(), 84);
/// assert_eq!(PeiPdu(bits).to_string(), "0A0BA7D5B95BC50AFFE160");
/// # Ok::<(), kabat_tetra::PeiError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeiPdu<'a>(pub Bits<'a>);

impl PeiPdu<'_> {
    /// Reads `bit_len` bits from hex digits into `room`; a Ctrl-Z or line end behind them is dropped.
    ///
    /// # Errors
    /// When a digit is none, digits are too few, or `room` is too short.
    pub fn parse<'o>(
        digits: &str,
        bit_len: usize,
        room: &'o mut [u8],
    ) -> Result<Bits<'o>, PeiError> {
        let digits = digits.trim_end_matches(['\u{1A}', '\r', '\n']);
        let mut writer = BitWriter::new(room, "pdu line");
        for (at, digit) in digits.chars().enumerate() {
            let value = digit.to_digit(16).ok_or(PeiError::NotHex { at })?;
            if writer.bit_len() < bit_len {
                writer
                    .put(u64::from(value), 4, "hex digit")
                    .map_err(|_| PeiError::BufferFull)?;
            }
        }
        writer
            .into_bits()
            .slice(0, bit_len)
            .ok_or(PeiError::TooShort { bits: bit_len })
    }
}

impl fmt::Display for PeiPdu<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .octets()
            .try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}
