//! The radio side: what goes out to a unit and what comes back, as octets, without any transport.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use kabat::tetra::{
    BitWriter, Bits, CodedText, CodingScheme, Content, DeliveryReportRequest, DeliveryStatus, Issi,
    Lip, LipPdu, PositionError, PreCodedStatus, ProtocolId, Report, Sds, SdsBody,
    ShortLocationReport, Ssi, Type5Elements,
};
use kabat::{Position, ResourceStatus};

/// Longest text of an alert, in characters: it must fit one SDS of every terminal.
const ALERT_CHARACTERS: usize = 120;

/// The status codes of the example; a network's own table is loaded from its own file.
#[derive(serde::Deserialize)]
struct StatusRow {
    status: u16,
    means: ResourceStatus,
}

/// Encodes and decodes; holds the table of status codes.
pub(crate) struct Radio {
    meanings: BTreeMap<u16, ResourceStatus>,
}

/// What one alert brought about.
pub(crate) struct Exchange {
    /// Messages sent and received, in order.
    pub(crate) messages: Vec<Message>,
    /// The statuses that came back, in order, each with the position sent along.
    pub(crate) answers: Vec<(ResourceStatus, Option<Position>)>,
}

/// One message on the air.
pub(crate) struct Message {
    pub(crate) direction: Direction,
    pub(crate) octets: Vec<u8>,
    /// What the receiver read in it.
    pub(crate) says: String,
}

/// Which way a message goes.
#[derive(Clone, Copy)]
pub(crate) enum Direction {
    ToUnit,
    FromUnit,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.direction {
            Direction::ToUnit => "to unit",
            Direction::FromUnit => "from unit",
        };
        write!(f, "{way}: {}, as ", self.says)?;
        self.octets
            .iter()
            .try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

type Failure = Box<dyn Error>;

impl Radio {
    pub(crate) fn open() -> Result<Self, Failure> {
        let rows: Vec<StatusRow> =
            serde_json::from_str(include_str!("../data/dispatch/status-table.json"))?;
        Ok(Self {
            meanings: rows
                .into_iter()
                .map(|row| (row.status, row.means))
                .collect(),
        })
    }

    /// Alerts a unit and takes in its answers.
    pub(crate) fn alert(
        &self,
        issi: u32,
        call: &str,
        label: &str,
        note: &str,
        scene: Position,
    ) -> Result<Exchange, Failure> {
        let to = Issi(Ssi::new(issi)?);
        let number: u8 = call
            .bytes()
            .fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
        let text: String = format!("{call} {label}: {note}")
            .chars()
            .take(ALERT_CHARACTERS)
            .collect();
        let alert = encode_alert(&text, number)?;
        let terminal = Terminal { issi: to };
        let uplinks = terminal.answers(&alert, scene, &self.meanings)?;
        let mut exchange = Exchange {
            messages: vec![Message {
                direction: Direction::ToUnit,
                says: format!("SDS-TL text {number} to {to}, \"{text}\""),
                octets: alert,
            }],
            answers: Vec::new(),
        };
        for uplink in uplinks {
            let says = self.read(&uplink, number, &mut exchange.answers)?;
            exchange.messages.push(Message {
                direction: Direction::FromUnit,
                says,
                octets: uplink.into_octets(),
            });
        }
        Ok(exchange)
    }

    /// Reads what a terminal sent, adds what it tells to `answers`, and says it in words.
    fn read(
        &self,
        uplink: &Uplink,
        number: u8,
        answers: &mut Vec<(ResourceStatus, Option<Position>)>,
    ) -> Result<String, Failure> {
        match uplink {
            Uplink::Sds(octets) => match Sds::decode(Bits::from_octets(octets))?.body {
                SdsBody::Report(report) if report.message_reference != number => {
                    Err(format!("a report on message {}", report.message_reference).into())
                }
                SdsBody::Report(_) => Ok(format!("SDS-TL report, text {number} received")),
                SdsBody::Simple(Content::Lip(Lip {
                    pdu: LipPdu::Short(report),
                    ..
                })) => {
                    let place = report.located_position().map(|located| located.position);
                    if let Some((_, at)) = answers.last_mut() {
                        *at = place;
                    }
                    Ok(
                        place.map_or("LIP short report without a place".to_owned(), |place| {
                            format!("LIP short report, position {place}")
                        }),
                    )
                }
                _ => Ok("an SDS that this desk does not use".to_owned()),
            },
            Uplink::Status(octets) => {
                let status = PreCodedStatus::decode(Bits::from_octets(octets))?.raw();
                // A code that the table does not hold says nothing about the unit.
                let Some(&meaning) = self.meanings.get(&status) else {
                    return Ok(format!("status {status}, not in the table"));
                };
                answers.push((meaning, None));
                Ok(format!("status {status}, {meaning}"))
            }
        }
    }
}

/// Writes an alert: SDS-TL text that asks for a report when it was received.
fn encode_alert(text: &str, reference: u8) -> Result<Vec<u8>, Failure> {
    let mut room = [0; 4 * ALERT_CHARACTERS];
    let fits = text.chars().all(|character| u32::from(character) < 0x100);
    let scheme = if fits {
        CodingScheme::ISO_8859_1
    } else {
        CodingScheme::UTF_16BE
    };
    let text = CodedText::encode(text, scheme, &mut room)?;
    encode(&Sds::text(text, reference, DeliveryReportRequest::Received))
}

fn encode(sds: &Sds<'_>) -> Result<Vec<u8>, Failure> {
    let mut buffer = [0; 512];
    let mut writer = BitWriter::new(&mut buffer, "sds");
    sds.encode(&mut writer)?;
    Ok(writer.octets().to_vec())
}

/// What a terminal sends.
enum Uplink {
    Sds(Vec<u8>),
    Status(Vec<u8>),
}

impl Uplink {
    fn into_octets(self) -> Vec<u8> {
        match self {
            Self::Sds(octets) | Self::Status(octets) => octets,
        }
    }
}

/// A terminal as a test bench would play it.
struct Terminal {
    issi: Issi,
}

impl Terminal {
    /// Reads an alert and answers: received, under way, on scene, and where.
    fn answers(
        &self,
        alert: &[u8],
        scene: Position,
        meanings: &BTreeMap<u16, ResourceStatus>,
    ) -> Result<Vec<Uplink>, Failure> {
        let SdsBody::Transfer(transfer) = Sds::decode(Bits::from_octets(alert))?.body else {
            return Err(
                format!("terminal {} was sent something else than a text", self.issi).into(),
            );
        };
        let report = Sds {
            protocol: ProtocolId::TEXT_TL,
            body: SdsBody::Report(Report {
                ack_required: false,
                reserved: 0,
                delivery_status: DeliveryStatus::RECEIVED,
                message_reference: transfer.message_reference,
                store_forward: None,
                user_data: Bits::from_octets(&[]),
            }),
        };
        let mut sent = vec![Uplink::Sds(encode(&report)?)];
        for wanted in [ResourceStatus::UnderWay, ResourceStatus::OnScene] {
            let Some((&status, _)) = meanings.iter().find(|&(_, &meaning)| meaning == wanted)
            else {
                return Err(format!("the status table has no code for `{wanted}`").into());
            };
            let mut buffer = [0; 2];
            PreCodedStatus::from_raw(status).encode(&mut BitWriter::new(&mut buffer, "status"))?;
            sent.push(Uplink::Status(buffer.to_vec()));
        }
        let position = ShortLocationReport::at(scene, PositionError::LessThan20Meters)?;
        let lip = Sds {
            protocol: ProtocolId::LIP,
            body: SdsBody::Simple(Content::Lip(Lip {
                pdu: LipPdu::Short(position),
                elements: Type5Elements::NONE,
                trailing: Bits::from_octets(&[]),
            })),
        };
        sent.push(Uplink::Sds(encode(&lip)?));
        Ok(sent)
    }
}
