//! `kabat tetra`: radio messages from hexadecimal to JSON and back.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use kabat::tetra::{
    AdditionalData, BitWriter, Bits, CoarseDirection, CodedText, CodingScheme, DSdsData, DStatus,
    DeliveryReportRequest, EncodeError, HorizontalVelocity, LatitudeCode, Lip, LongitudeCode,
    PositionError, PreCodedStatus, Reason, Sds, ShortLocationReport, TimeElapsed, Tsi, USdsData,
    UStatus,
};
use serde_json::{Value, json};

use crate::batch::each_row;
use crate::input::{Fields, Inputs, Problem};
use crate::output::Outputs;
use crate::{Failure, Outcome};

/// Decode and encode TETRA status, short data and location messages
#[derive(Debug, Args)]
pub(crate) struct Tetra {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Decode(Decode),
    Encode(Encode),
}

/// Decode lines `[KIND:]HEX[/BITS]`
///
/// A row may also have the columns `hex` and `kind`. `BITS` is the length when it is not a whole number of octets.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo 82029C01746573746D657373616765 | kabat tetra decode
  echo lip:002F7DC24FA7B103E810/76 | kabat tetra decode
  kabat tetra decode examples/data/cli/messages.csv --format table")]
struct Decode {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    outputs: Outputs,
    /// Kind of lines that name none
    #[arg(long, value_enum, default_value_t = Kind::Sds4, value_name = "KIND")]
    kind: Kind,
}

/// What a line of hexadecimal digits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// User data of SDS type 4: protocol identifier, SDS-TL, text, location
    Sds4,
    /// Location Information Protocol, without protocol identifier
    Lip,
    /// A pre-coded status
    Status,
    /// U-STATUS
    UStatus,
    /// D-STATUS
    DStatus,
    /// U-SDS-DATA
    USds,
    /// D-SDS-DATA
    DSds,
    /// A TETRA subscriber identity
    Tsi,
}

impl What {
    fn run(self) -> Result<Outcome, Failure> {
        match self {
            Self::Decode(decode) => decode.run(),
            Self::Encode(encode) => encode.run(),
        }
    }
}

impl Tetra {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        self.what.run()
    }
}

impl Decode {
    fn run(self) -> Result<Outcome, Failure> {
        each_row(
            &self.inputs,
            Some("hex"),
            &self.outputs,
            &["kind", "fields"],
            |row| {
                let given = row.required("hex")?;
                let (kind, hex) = match given.split_once(':') {
                    Some((kind, hex)) => (Some(kind.to_owned()), hex.to_owned()),
                    None => (row.text("kind")?, given),
                };
                let kind = match kind {
                    Some(name) => Kind::from_str(&name, true).map_err(|_| {
                        Problem::in_column("kind", format_args!("there is no kind `{name}`"))
                    })?,
                    None => self.kind,
                };
                let name = kind
                    .to_possible_value()
                    .map_or_else(String::new, |value| value.get_name().to_owned());
                Ok(json!({"kind": name, "fields": decode(kind, hex.trim())?}))
            },
        )
    }
}

fn decode(kind: Kind, hex: &str) -> Result<Value, Problem> {
    let (octets, bit_len) = octets_of(hex)?;
    let bits = Bits::new(&octets, bit_len).ok_or_else(|| {
        Problem::in_column(
            "hex",
            format_args!(
                "expected at least {bit_len} bits, found {}",
                octets.len() * 8
            ),
        )
    })?;
    match kind {
        Kind::Sds4 => shown(Sds::decode(bits)),
        Kind::Lip => shown(Lip::decode(bits)),
        Kind::Status => shown(PreCodedStatus::decode(bits)),
        Kind::UStatus => shown(UStatus::decode(bits)),
        Kind::DStatus => shown(DStatus::decode(bits)),
        Kind::USds => shown(USdsData::decode(bits)),
        Kind::DSds => shown(DSdsData::decode(bits)),
        Kind::Tsi => shown(Tsi::decode(bits)),
    }
}

fn shown<T: serde::Serialize, E: std::fmt::Display>(
    decoded: Result<T, E>,
) -> Result<Value, Problem> {
    let decoded = decoded.map_err(|error| Problem::in_column("hex", error))?;
    serde_json::to_value(decoded).map_err(Problem::of_row)
}

/// Reads `HEX[/BITS]`; an odd number of digits is a half octet.
fn octets_of(text: &str) -> Result<(Vec<u8>, usize), Problem> {
    let (digits, bits) = match text.split_once('/') {
        Some((digits, bits)) => {
            let bits = bits.trim().parse().map_err(|_| {
                Problem::in_column(
                    "hex",
                    format_args!("expected a number of bits after `/`, found `{bits}`"),
                )
            })?;
            (digits, Some(bits))
        }
        None => (text, None),
    };
    let mut nibbles = Vec::with_capacity(digits.len());
    for (at, digit) in digits.chars().filter(|c| !c.is_whitespace()).enumerate() {
        let nibble = digit
            .to_digit(16)
            .and_then(|nibble| u8::try_from(nibble).ok());
        nibbles.push(nibble.ok_or_else(|| {
            Problem::in_column(
                "hex",
                format_args!(
                    "expected a hexadecimal digit, found `{digit}` at digit {}",
                    at + 1
                ),
            )
        })?);
    }
    let bits = bits.unwrap_or(nibbles.len() * 4);
    let octets = nibbles
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => high << 4 | low,
            [high] => high << 4,
            _ => 0,
        })
        .collect();
    Ok((octets, bits))
}

/// Encode one message to hexadecimal
#[derive(Debug, Args)]
struct Encode {
    #[command(subcommand)]
    message: Message,
}

#[derive(Debug, Subcommand)]
enum Message {
    /// A text message with SDS-TL header (user data of SDS type 4)
    #[command(after_help = "Example:
  kabat tetra encode text 'Brand, Kerkstraat 3' --reference 17")]
    Text {
        /// The text
        text: String,
        /// Message reference
        #[arg(long, default_value_t = 0)]
        reference: u8,
        /// Delivery report to ask for
        #[arg(long, value_enum, default_value_t = ReportWanted::None)]
        report: ReportWanted,
        /// Characters of two octets (UTF-16) instead of ISO 8859-1
        #[arg(long)]
        wide: bool,
    },
    /// A pre-coded status
    #[command(after_help = "Example:
  kabat tetra encode status 0x8002")]
    Status {
        /// The status, decimal or with 0x
        #[arg(value_parser = status)]
        status: u16,
    },
    /// A short location report
    #[command(
        after_help = "Example:
  kabat tetra encode location 50.8467 4.3525 --km-per-hour 48",
        allow_negative_numbers = true
    )]
    Location {
        /// Latitude in degrees
        lat: f64,
        /// Longitude in degrees
        lon: f64,
        /// Speed over ground
        #[arg(long, value_name = "SPEED")]
        km_per_hour: Option<f64>,
    },
    /// A TETRA subscriber identity
    #[command(after_help = "Example:
  kabat tetra encode tsi 206000100012345")]
    Tsi {
        /// The identity as written: 15 or 17 digits, or with separators
        tsi: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportWanted {
    None,
    Received,
    Consumed,
    Both,
}

fn status(text: &str) -> Result<u16, std::num::ParseIntError> {
    match text.strip_prefix("0x") {
        Some(hex) => u16::from_str_radix(hex, 16),
        None => text.parse(),
    }
}

impl Encode {
    fn run(self) -> Result<Outcome, Failure> {
        let mut room = [0; 2048];
        let mut buffer = [0; 2100];
        let mut writer = BitWriter::new(&mut buffer, "message");
        match self.message {
            Message::Text {
                text,
                reference,
                report,
                wide,
            } => {
                let scheme = if wide {
                    CodingScheme::UTF_16BE
                } else {
                    CodingScheme::ISO_8859_1
                };
                let report = match report {
                    ReportWanted::None => DeliveryReportRequest::None,
                    ReportWanted::Received => DeliveryReportRequest::Received,
                    ReportWanted::Consumed => DeliveryReportRequest::Consumed,
                    ReportWanted::Both => DeliveryReportRequest::ReceivedAndConsumed,
                };
                let text = CodedText::encode(&text, scheme, &mut room).map_err(Failure::asked)?;
                Sds::text(text, reference, report).encode(&mut writer)
            }
            Message::Status { status } => PreCodedStatus::from_raw(status).encode(&mut writer),
            Message::Location {
                lat,
                lon,
                km_per_hour,
            } => location(lat, lon, km_per_hour)?.encode(&mut writer),
            Message::Tsi { tsi } => {
                let tsi: Tsi = tsi.parse().map_err(Failure::asked)?;
                tsi.encode(&mut writer)
            }
        }
        .map_err(|error: EncodeError| Failure::asked(error))?;
        writeln!(std::io::stdout(), "{}", writer.into_bits())?;
        Ok(Outcome::Clean)
    }
}

fn location(lat: f64, lon: f64, km_per_hour: Option<f64>) -> Result<ShortLocationReport, Failure> {
    let velocity = match km_per_hour {
        Some(speed) => HorizontalVelocity::from_km_per_hour(speed).map_err(Failure::asked)?,
        None => HorizontalVelocity::UNKNOWN,
    };
    Ok(ShortLocationReport {
        time_elapsed: TimeElapsed::LessThan5Seconds,
        longitude: LongitudeCode::from_degrees(lon).map_err(Failure::asked)?,
        latitude: LatitudeCode::from_degrees(lat).map_err(Failure::asked)?,
        position_error: PositionError::Unknown,
        velocity,
        direction: CoarseDirection::NORTH_NORTH_WEST_OR_UNKNOWN,
        additional: AdditionalData::Reason(Reason::MAXIMUM_INTERVAL),
    })
}
