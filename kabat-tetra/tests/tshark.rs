//! Status and short data PDUs read by this crate and by the TETRA dissector of tshark, where tshark is installed.
//!
//! Each PDU is put behind a MAC, LLC and MLE header into a slot, and the slot into a datagram to the port the dissector
//! listens on; the capture is made here and holds nothing from the air.
//!
//! What the dissector (4.0) does not do, and this test therefore does not compare: it stops behind the status or
//! the data, so the o-bit and type 3 elements are not shown; of data type 4 it shows the length indicator and the first
//! twelve bits as one number; it reads nothing inside the data (SDS-TL, text, LIP); and a slot holds no more than 268
//! bits, so longer PDUs are left out.
#![cfg(feature = "std")]
#![expect(
    clippy::indexing_slicing,
    clippy::many_single_char_names,
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "test code over its own tables"
)]

use kabat_tetra::{
    BitWriter, Bits, DSdsData, DStatus, PartyAddress, PreCodedStatus, ShortData, Ssi, Tsi,
    Type3Elements, USdsData, UStatus,
};
use std::fs;
use std::process::Command;

/// The dissector's fields, and what they hold: it has several names for the same.
const FIELDS: [(&str, &str); 16] = [
    ("tetra.cmce", "pdu type"),
    ("tetra.area_selection", "area selection"),
    ("tetra.called_party_type_identifier", "party type"),
    ("tetra.calling_party_type_identifier", "party type"),
    ("tetra.short_number_address", "short number"),
    ("tetra.sna", "short number"),
    ("tetra.ssi", "ssi"),
    ("tetra.calling_party_address_SSI", "ssi"),
    ("tetra.called_ssi_called_extension", "ssi and extension"),
    ("tetra.ssi_extension", "ssi and extension"),
    ("tetra.pre_coded_status", "status"),
    ("tetra.short_data_type_identifier", "data type"),
    ("tetra.data_1", "data"),
    ("tetra.data_2", "data"),
    ("tetra.data_3", "data"),
    ("tetra.length_indicator_data_4", "data"),
];
const MOST_BITS: usize = 224;

type Row = Vec<(&'static str, String)>;

/// A PDU and what this crate reads in it.
struct Case {
    uplink: bool,
    pdu: Vec<u8>,
    bits: usize,
    row: Row,
}

#[test]
fn tshark_reads_the_same() {
    if Command::new("tshark").arg("--version").output().is_err() {
        eprintln!("skipped: tshark is not installed");
        return;
    }
    let mut cases = vector_cases();
    let from_vectors = cases.len();
    cases.extend(generated(800));
    let folder = std::env::temp_dir().join(format!("kabat-tetra-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("cmce.pcap");
    fs::write(&file, capture(&cases)).unwrap();
    let mut command = Command::new("tshark");
    command.arg("-r").arg(&file);
    command.args(["-T", "fields", "-E", "separator=|", "-E", "occurrence=a"]);
    for (field, _) in FIELDS {
        command.args(["-e", field]);
    }
    let output = command.output().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    if lines.iter().all(|line| line.chars().all(|c| c == '|')) {
        eprintln!("skipped: this tshark has no TETRA dissector, or it listens elsewhere");
        return;
    }
    assert_eq!(lines.len(), cases.len(), "one row for each PDU");
    for (case, line) in cases.iter().zip(lines) {
        let theirs: Row = FIELDS
            .iter()
            .zip(line.split('|'))
            .filter(|(_, value)| !value.is_empty())
            .map(|((_, meaning), value)| (*meaning, value.to_owned()))
            .collect();
        let bits = Bits::new(&case.pdu, case.bits).unwrap();
        assert_eq!(case.row, theirs, "{bits}");
    }
    println!(
        "{} PDUs agree with tshark, {from_vectors} of them vectors",
        cases.len()
    );
}

/// Adds a field.
fn put(row: &mut Row, name: &'static str, value: impl ToString) {
    row.push((name, value.to_string()));
}

fn hex(value: u64, octets: usize) -> String {
    format!("{value:0width$x}", width = octets * 2)
}

fn party(row: &mut Row, party: PartyAddress) {
    put(row, "party type", party.type_identifier());
    match party {
        PartyAddress::None => {}
        PartyAddress::ShortNumber(number) => put(row, "short number", number),
        PartyAddress::Ssi(ssi) => put(row, "ssi", ssi.get()),
        PartyAddress::Tsi(tsi) => {
            let network = (u64::from(tsi.mcc.get()) << 14) | u64::from(tsi.mnc.get());
            let whole = (u64::from(tsi.ssi.get()) << 24) | network;
            put(row, "ssi and extension", hex(whole, 6));
        }
    }
}

fn data(row: &mut Row, data: &ShortData<'_>) {
    let (kind, value) = match data {
        ShortData::Type1(value) => (0, value.to_string()),
        ShortData::Type2(value) => (1, hex(u64::from(*value), 4)),
        ShortData::Type3(value) => (2, hex(*value, 8)),
        ShortData::Type4(bits) => {
            // Length indicator 11 and the first twelve bits, as one number.
            let first = bits.number(0, 12).unwrap();
            let number = (u64::try_from(bits.len()).unwrap() << 12) | first;
            (3, number.to_string())
        }
    };
    put(row, "data type", kind);
    put(row, "data", value);
}

/// Reads a PDU with this crate; `None` when it is none or the dissector cannot show it.
fn case(kind: &str, octets: &[u8], bits: usize) -> Option<Case> {
    let pdu = Bits::new(octets, bits)?;
    let mut row = Row::new();
    let uplink = kind.starts_with('u');
    let cmce = if kind.ends_with("status") { 8 } else { 15 };
    put(&mut row, "pdu type", cmce);
    match kind {
        "u-status" => {
            let read = UStatus::decode(pdu).ok()?;
            put(&mut row, "area selection", read.area_selection);
            party(&mut row, read.called);
            put(&mut row, "status", read.status.raw());
        }
        "d-status" => {
            let read = DStatus::decode(pdu).ok()?;
            party(&mut row, read.calling);
            put(&mut row, "status", read.status.raw());
        }
        "u-sds" => {
            let read = USdsData::decode(pdu).ok()?;
            put(&mut row, "area selection", read.area_selection);
            party(&mut row, read.called);
            data(&mut row, &read.data);
        }
        "d-sds" => {
            let read = DSdsData::decode(pdu).ok()?;
            party(&mut row, read.calling);
            data(&mut row, &read.data);
        }
        _ => return None,
    }
    (bits <= MOST_BITS).then(|| Case {
        uplink,
        pdu: octets.to_vec(),
        bits,
        row,
    })
}

/// The CMCE PDUs of the vectors.
fn vector_cases() -> Vec<Case> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/tetra.json");
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/tetra/vectors.json"
    );
    let mut cases = Vec::new();
    for path in [own, shared] {
        let Ok(text) = fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not there");
            continue;
        };
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let kind = vector["kind"].as_str().unwrap();
            let input = vector["input"].as_str().unwrap_or_default();
            let Some(input) = input.strip_prefix(&format!("{kind}:")) else {
                continue;
            };
            let (digits, bits) = input.split_once('/').unwrap_or((input, ""));
            let octets: Vec<u8> = (0..digits.len() / 2)
                .filter_map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok())
                .collect();
            let bits = bits.parse().unwrap_or(octets.len() * 8);
            cases.extend(case(kind, &octets, bits));
        }
    }
    cases
}

/// PDUs from a fixed seed: every kind, every address type, every data type.
fn generated(count: u64) -> Vec<Case> {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut cases = Vec::new();
    for index in 0..count {
        let ssi = Ssi::new(u32::try_from(next() & 0xFF_FFFF).unwrap()).unwrap();
        let mut tsi_octets = [0; 6];
        tsi_octets.copy_from_slice(&next().to_be_bytes()[..6]);
        let tsi = Tsi::decode(Bits::from_octets(&tsi_octets)).unwrap();
        let uplink = index % 2 == 0;
        let address = match (next() % 3, uplink) {
            (0, true) => PartyAddress::ShortNumber(next().to_be_bytes()[0]),
            (0, false) => PartyAddress::None,
            (1, _) => PartyAddress::Ssi(ssi),
            _ => PartyAddress::Tsi(tsi),
        };
        let [a, b, c, d, e, f, g, h] = next().to_be_bytes();
        let content = [a, b, c, d, e, f, g, h, a ^ c, b ^ d, c ^ h, d ^ g];
        let length = 12 + usize::try_from(next() % 85).unwrap();
        let short_data = match next() % 4 {
            0 => ShortData::Type1(u16::from_be_bytes([a, b])),
            1 => ShortData::Type2(u32::from_be_bytes([a, b, c, d])),
            2 => ShortData::Type3(u64::from_be_bytes([a, b, c, d, e, f, g, h])),
            _ => ShortData::Type4(Bits::new(&content, length).unwrap()),
        };
        let area_selection = h & 15;
        let status = PreCodedStatus::from_raw(u16::from_be_bytes([a, b]));
        let elements = Type3Elements::NONE;
        let mut room = [0; 40];
        let mut writer = BitWriter::new(&mut room, "generated");
        let kind = match (uplink, index % 4 < 2) {
            (true, true) => {
                let called = address;
                let pdu = UStatus {
                    area_selection,
                    called,
                    status,
                    elements,
                };
                pdu.encode(&mut writer).unwrap();
                "u-status"
            }
            (false, true) => {
                let calling = address;
                let pdu = DStatus {
                    calling,
                    status,
                    elements,
                };
                pdu.encode(&mut writer).unwrap();
                "d-status"
            }
            (true, false) => {
                let called = address;
                let pdu = USdsData {
                    area_selection,
                    called,
                    data: short_data,
                    elements,
                };
                pdu.encode(&mut writer).unwrap();
                "u-sds"
            }
            (false, false) => {
                let calling = address;
                let pdu = DSdsData {
                    calling,
                    data: short_data,
                    elements,
                };
                pdu.encode(&mut writer).unwrap();
                "d-sds"
            }
        };
        let bits = writer.bit_len();
        cases.push(case(kind, &room, bits).unwrap());
    }
    cases
}

/// A capture file of raw IP packets.
fn capture(cases: &[Case]) -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(0xA1B2_C3D4_u32.to_le_bytes());
    file.extend([2, 0, 4, 0]);
    file.extend([0; 8]);
    file.extend(65_535_u32.to_le_bytes());
    file.extend(101_u32.to_le_bytes());
    for case in cases {
        let packet = packet(case);
        let length = u32::try_from(packet.len()).unwrap().to_le_bytes();
        file.extend([0; 8]);
        file.extend(length);
        file.extend(length);
        file.extend(packet);
    }
    file
}

/// IPv4, UDP, the registers the dissector expects, and the slot.
fn packet(case: &Case) -> Vec<u8> {
    let slot = slot(case);
    let mut payload = Vec::new();
    if case.uplink {
        // Unit data indication: carrier, timer, length, receive register with one SCH/F.
        payload.extend([2, 0]);
        payload.extend([0; 8]);
        payload.extend(0x21_u32.to_le_bytes());
    } else {
        // Unit data request: carrier, timer, transmit register with one SCH/F.
        payload.extend([1, 0]);
        payload.extend([0; 4]);
        payload.extend(8_u32.to_le_bytes());
    }
    payload.extend(slot);
    let udp = u16::try_from(8 + payload.len()).unwrap();
    let mut packet = vec![0x45, 0];
    packet.extend((20 + udp).to_be_bytes());
    packet.extend([0, 0, 0, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]);
    packet.extend(7074_u16.to_be_bytes());
    packet.extend(7074_u16.to_be_bytes());
    packet.extend(udp.to_be_bytes());
    packet.extend([0, 0]);
    packet.extend(payload);
    packet
}

/// MAC-DATA or MAC-RESOURCE with an event label for address, basic link without acknowledgement, CMCE.
fn slot(case: &Case) -> [u8; 34] {
    let up: &[(u64, u32)] = &[(0, 4), (1, 2), (5, 10), (0, 1), (0, 6), (2, 4), (2, 3)];
    let down: &[(u64, u32)] = &[(0, 7), (0, 6), (2, 3), (5, 10), (0, 3), (2, 4), (2, 3)];
    let mut slot = [0; 34];
    let mut writer = BitWriter::new(&mut slot, "slot");
    for (value, width) in if case.uplink { up } else { down } {
        writer.put(*value, *width, "header").unwrap();
    }
    let pdu = Bits::new(&case.pdu, case.bits).unwrap();
    writer.bits(pdu, "cmce").unwrap();
    slot
}
