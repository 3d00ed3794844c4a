//! Malformed messages are refused with the PDU, the field and the bit at which it begins.
//!
//! What is expected is counted out on the field tables, not taken from the decoder.
#![cfg(feature = "std")]

use kabat_tetra::{
    BitWriter, Bits, DSdsData, DStatus, DecodeError, Lip, PeiError, PeiLine, PreCodedStatus, Sds,
    Tsi, USdsData, UStatus,
};

fn error_of(kind: &str, bits: Bits<'_>) -> Option<DecodeError> {
    match kind {
        "sds4" => Sds::decode(bits).err(),
        "lip" => Lip::decode(bits).err(),
        "status" => PreCodedStatus::decode(bits).err(),
        "tsi" => Tsi::decode(bits).err(),
        "u-status" => UStatus::decode(bits).err(),
        "d-status" => DStatus::decode(bits).err(),
        "u-sds" => USdsData::decode(bits).err(),
        "d-sds" => DSdsData::decode(bits).err(),
        _ => unreachable!("unknown kind"),
    }
}

/// A malformed input of the vectors, or one more: what is wrong and where.
struct Bad {
    kind: &'static str,
    hex: &'static str,
    bits: usize,
    code: &'static str,
    pdu: &'static str,
    field: &'static str,
    at: usize,
}

#[rustfmt::skip]
const BAD: &[Bad] = &[
    // bad-empty: nothing at all.
    Bad { kind: "sds4", hex: "", bits: 0, code: "truncated", pdu: "sds", field: "protocol identifier", at: 0 },
    // bad-lip-1: 8 of protocol, 2 + 2 of the report, then 4 of 25 bits.
    Bad { kind: "sds4", hex: "0A01", bits: 16, code: "truncated", pdu: "short location report", field: "longitude", at: 12 },
    // bad-lip-75bits: the last field begins at 2 + 2 + 25 + 24 + 3 + 7 + 4 + 1.
    Bad { kind: "lip", hex: "002F7DC24FA7B103E810", bits: 75, code: "truncated", pdu: "short location report", field: "additional data", at: 68 },
    // bad-report-short: 8 + 4 + 1 + 2 + 1 + 8.
    Bad { kind: "sds4", hex: "821000", bits: 24, code: "truncated", pdu: "sds-report", field: "message reference", at: 24 },
    // bad-sfc-digits: header 24, validity 5, type 3, count 8: five digits and a dummy are 24 bits, 8 are there.
    Bad { kind: "sds4", hex: "82039C530512", bits: 48, code: "truncated", pdu: "sds-transfer", field: "forward external number", at: 40 },
    // bad-lip-type2.
    Bad { kind: "lip", hex: "8000", bits: 16, code: "reserved", pdu: "lip", field: "pdu type", at: 0 },
    // own-bad-udh-total-0: header 24, scheme 8, length 8, identifier 8, length 8, reference 8.
    Bad { kind: "sds4", hex: "8A02C901050003C9000141", bits: 88, code: "not_allowed", pdu: "text with user data header", field: "total", at: 64 },
    // The same with part 3 of 2.
    Bad { kind: "sds4", hex: "8A02C901050003C9020341", bits: 88, code: "not_allowed", pdu: "text with user data header", field: "sequence", at: 72 },
    // The same with part 0 of 2, and a reference of 16 bits in front.
    Bad { kind: "sds4", hex: "8A02C90106080400C9020041", bits: 96, code: "not_allowed", pdu: "text with user data header", field: "sequence", at: 80 },
    // own-bad-udh-overrun: 32 octets of header asked for behind bit 40.
    Bad { kind: "sds4", hex: "8A02C901200003C9020141", bits: 88, code: "truncated", pdu: "text with user data header", field: "user data header", at: 40 },
    // An element of 9 octets in a header of 5: its data begin behind identifier and length.
    Bad { kind: "sds4", hex: "8A02C901050009C9020141", bits: 88, code: "truncated", pdu: "text with user data header", field: "element data", at: 56 },
    // own-bad-element-overrun: 8 of the request, 5 of identifier, 6 of length, 7 of length extension.
    Bad { kind: "lip", hex: "5D880168", bits: 32, code: "truncated", pdu: "lip", field: "type 5 contents", at: 26 },
    // own-bad-type4-overrun: 5 + 2 + 24 + 2 + 11.
    Bad { kind: "d-sds", hex: "7A3D0905828DEADBEE", bits: 72, code: "truncated", pdu: "d-sds-data", field: "user defined data 4", at: 44 },
    // own-bad-text-empty: the header is there and the octet of the coding scheme is not.
    Bad { kind: "sds4", hex: "82029C", bits: 24, code: "truncated", pdu: "text", field: "timestamp used", at: 24 },
    // Party type 3, behind 5 of type and 4 of area.
    Bad { kind: "u-status", hex: "406000", bits: 24, code: "reserved", pdu: "u-status", field: "party type identifier", at: 9 },
    Bad { kind: "d-status", hex: "460000", bits: 24, code: "reserved", pdu: "d-status", field: "party type identifier", at: 5 },
    // The PDU of another type.
    Bad { kind: "u-status", hex: "780000", bits: 24, code: "wrong_type", pdu: "u-status", field: "pdu type", at: 0 },
    Bad { kind: "d-sds", hex: "400000", bits: 24, code: "wrong_type", pdu: "d-sds-data", field: "pdu type", at: 0 },
    // More than the 16 and 48 bits there are.
    Bad { kind: "status", hex: "800400", bits: 24, code: "trailing", pdu: "pre-coded status", field: "end of the pdu", at: 16 },
    Bad { kind: "tsi", hex: "33801E24000001", bits: 56, code: "trailing", pdu: "tsi", field: "end of the pdu", at: 48 },
    // No m-bit behind an o-bit of 1: 5 + 2 + 16 and the o-bit.
    Bad { kind: "d-status", hex: "410009", bits: 24, code: "truncated", pdu: "d-status", field: "m-bit", at: 24 },
];

#[test]
fn every_malformed_vector_and_more() {
    for bad in BAD {
        let octets: Vec<u8> = (0..bad.hex.len() / 2)
            .map(|at| u8::from_str_radix(bad.hex.get(2 * at..2 * at + 2).unwrap(), 16).unwrap())
            .collect();
        let error =
            error_of(bad.kind, Bits::new(&octets, bad.bits).unwrap()).unwrap_or_else(|| {
                unreachable!("{} {}/{} was not refused", bad.kind, bad.hex, bad.bits)
            });
        let found = (
            error.kind().code(),
            error.pdu(),
            error.field(),
            error.bit_offset(),
        );
        assert_eq!(
            found,
            (bad.code, bad.pdu, bad.field, bad.at),
            "{} {}/{}",
            bad.kind,
            bad.hex,
            bad.bits
        );
    }
    assert_eq!(PeiLine::parse("hello"), Err(PeiError::UnknownForm));
}

/// A message as its fields stand on the wire: PDU that errors name, field, width, value.
type Layout = &'static [(&'static str, &'static str, u32, u64)];

const TRANSFER: &str = "sds-transfer";
const LONG: &str = "long location report";

#[rustfmt::skip]
const LAYOUTS: &[(&str, Layout)] = &[
    ("sds4", &[
        ("sds", "protocol identifier", 8, 0x82), ("sds", "message type", 4, 0),
        (TRANSFER, "delivery report request", 2, 1), (TRANSFER, "service selection", 1, 0),
        (TRANSFER, "storage", 1, 0), (TRANSFER, "message reference", 8, 17),
        ("text", "timestamp used", 1, 1), ("text", "text coding scheme", 7, 1), ("text", "timeframe", 2, 1),
        ("text", "timestamp reserved", 2, 0), ("text", "month", 4, 5), ("text", "day", 5, 6), ("text", "hour", 5, 7),
        ("text", "minute", 6, 8),
    ]),
    ("sds4", &[
        ("sds", "protocol identifier", 8, 0xC3), ("sds", "message type", 4, 0),
        (TRANSFER, "delivery report request", 2, 1), (TRANSFER, "service selection", 1, 0),
        (TRANSFER, "storage", 1, 1), (TRANSFER, "message reference", 8, 17),
        (TRANSFER, "validity period", 5, 3), (TRANSFER, "forward address type", 3, 2),
        (TRANSFER, "forward ssi", 24, 99), (TRANSFER, "mcc", 10, 206), (TRANSFER, "mnc", 14, 1),
    ]),
    ("sds4", &[
        ("sds", "protocol identifier", 8, 0x82), ("sds", "message type", 4, 1),
        ("sds-report", "acknowledgement required", 1, 1), ("sds-report", "reserved", 2, 0),
        ("sds-report", "storage", 1, 1), ("sds-report", "delivery status", 8, 0x21),
        ("sds-report", "message reference", 8, 17), ("sds-report", "validity period", 5, 3),
        ("sds-report", "forward address type", 3, 3), ("sds-report", "number of digits", 8, 3),
        ("sds-report", "forward external number", 16, 0x1230),
    ]),
    ("sds4", &[
        ("sds", "protocol identifier", 8, 0x82), ("sds", "message type", 4, 2), ("sds-ack", "reserved", 4, 0),
        ("sds-ack", "delivery status", 8, 2), ("sds-ack", "message reference", 8, 17),
    ]),
    ("sds4", &[
        ("sds", "protocol identifier", 8, 0x02), ("simple text", "reserved", 1, 0),
        ("simple text", "text coding scheme", 7, 1),
    ]),
    ("sds4", &[("sds", "protocol identifier", 8, 0x83), ("sds", "message type", 4, 0),
        (TRANSFER, "delivery report request", 2, 1), (TRANSFER, "service selection", 1, 0),
        (TRANSFER, "storage", 1, 0), (TRANSFER, "message reference", 8, 17),
        ("location system", "coding scheme", 8, 0),
    ]),
    ("u-status", &[
        ("u-status", "pdu type", 5, 8), ("u-status", "area selection", 4, 0),
        ("u-status", "party type identifier", 2, 2), ("u-status", "party ssi", 24, 99), ("u-status", "mcc", 10, 206),
        ("u-status", "mnc", 14, 1), ("u-status", "pre-coded status", 16, 0x8004), ("u-status", "o-bit", 1, 1),
        ("u-status", "m-bit", 1, 1), ("u-status", "element identifier", 4, 2), ("u-status", "element length", 11, 12),
        ("u-status", "element contents", 12, 0x115), ("u-status", "m-bit", 1, 0),
    ]),
    ("d-status", &[
        ("d-status", "pdu type", 5, 8), ("d-status", "party type identifier", 2, 1), ("d-status", "party ssi", 24, 99),
        ("d-status", "pre-coded status", 16, 0x8004), ("d-status", "o-bit", 1, 0),
    ]),
    ("u-sds", &[
        ("u-sds-data", "pdu type", 5, 15), ("u-sds-data", "area selection", 4, 0),
        ("u-sds-data", "party type identifier", 2, 0), ("u-sds-data", "party short number", 8, 12),
        ("u-sds-data", "short data type identifier", 2, 2), ("u-sds-data", "user defined data 3", 64, 0x0123_4567_89AB_CDEF),
        ("u-sds-data", "o-bit", 1, 0),
    ]),
    ("d-sds", &[
        ("d-sds-data", "pdu type", 5, 15), ("d-sds-data", "party type identifier", 2, 1),
        ("d-sds-data", "party ssi", 24, 99), ("d-sds-data", "short data type identifier", 2, 3),
        ("d-sds-data", "length indicator", 11, 21), ("d-sds-data", "user defined data 4", 21, 0x10_0001),
        ("d-sds-data", "o-bit", 1, 0),
    ]),
    ("tsi", &[("tsi", "mcc", 10, 206), ("tsi", "mnc", 14, 1), ("tsi", "ssi", 24, 99)]),
    ("lip", &[
        ("lip", "pdu type", 2, 0), ("short location report", "time elapsed", 2, 1),
        ("short location report", "longitude", 25, 400_000), ("short location report", "latitude", 24, 4_740_000),
        ("short location report", "position error", 3, 1), ("short location report", "horizontal velocity", 7, 50),
        ("short location report", "direction of travel", 4, 3),
        ("short location report", "type of additional data", 1, 0), ("short location report", "additional data", 8, 2),
    ]),
    ("lip", &[
        ("lip", "pdu type", 2, 1), ("lip", "pdu type extension", 4, 3), (LONG, "time type", 2, 2), (LONG, "day", 5, 25),
        (LONG, "hour", 5, 3), (LONG, "minute", 6, 50), (LONG, "second", 6, 44), (LONG, "shape type", 4, 8),
        (LONG, "longitude", 25, 400_000), (LONG, "latitude", 24, 4_740_000),
        (LONG, "horizontal position uncertainty", 6, 3), (LONG, "horizontal position uncertainty", 6, 2),
        (LONG, "angle", 8, 64), (LONG, "altitude type", 1, 0), (LONG, "altitude", 11, 300),
        (LONG, "altitude uncertainty", 3, 2), (LONG, "confidence level", 3, 1), (LONG, "velocity type", 3, 7),
        (LONG, "horizontal velocity", 7, 15), (LONG, "uncertainty", 3, 1), (LONG, "vertical sign", 1, 1),
        (LONG, "vertical velocity", 7, 2), (LONG, "uncertainty", 3, 3), (LONG, "angle", 8, 226),
        (LONG, "uncertainty", 3, 4), (LONG, "acknowledgement request", 1, 0), (LONG, "type of additional data", 1, 0),
        (LONG, "additional data", 8, 130),
    ]),
    ("lip", &[
        ("lip", "pdu type", 2, 1), ("lip", "pdu type extension", 4, 3), (LONG, "time type", 2, 1),
        (LONG, "time elapsed", 2, 1), (LONG, "shape type", 4, 9), (LONG, "longitude", 25, 1),
        (LONG, "latitude", 24, 2), (LONG, "arc radius", 16, 3), (LONG, "arc radius", 16, 4), (LONG, "angle", 8, 5),
        (LONG, "angle", 8, 6), (LONG, "confidence level", 3, 7), (LONG, "velocity type", 3, 0),
        (LONG, "acknowledgement request", 1, 0), (LONG, "type of additional data", 1, 1),
        (LONG, "additional data", 8, 130),
    ]),
    ("lip", &[
        ("lip", "pdu type", 2, 1), ("lip", "pdu type extension", 4, 9), ("lip", "request/response", 1, 1),
        ("lip", "result code", 8, 0), ("lip", "enable flags", 8, 0x80), ("lip", "minimum reporting interval", 7, 3),
        ("lip", "report type", 2, 3),
    ]),
    ("lip", &[
        ("lip", "pdu type", 2, 1), ("lip", "pdu type extension", 4, 11), ("lip", "request/response", 1, 0),
        ("lip", "acknowledgement request", 1, 1), ("lip", "validity", 4, 9),
    ]),
];

/// Every layout, cut at every bit, ends in the field the cut lies in.
#[test]
fn every_cut_of_every_layout() {
    for (kind, layout) in LAYOUTS {
        let mut room = [0; 64];
        let mut writer = BitWriter::new(&mut room, "layout");
        for (_, field, width, value) in *layout {
            writer.put(*value, *width, field).unwrap();
        }
        let whole = writer.into_bits();
        assert_eq!(error_of(kind, whole), None, "{kind} {whole}");
        // With bits in front too: no place of a field may depend on where the message begins in its octets.
        for shift in 0..8 {
            let mut room = [0xFF; 64];
            let mut writer = BitWriter::new(&mut room, "shifted");
            writer.put(0, shift, "bits in front").unwrap();
            writer.bits(whole, "message").unwrap();
            let shifted = writer.into_bits();
            for cut in 0..whole.len() {
                let shift = shift as usize;
                let error =
                    error_of(kind, shifted.slice(shift, cut).unwrap()).unwrap_or_else(|| {
                        unreachable!("{kind} {whole} is read when it ends at bit {cut}")
                    });
                let mut at = 0_usize;
                let (pdu, field, _, _) = layout
                    .iter()
                    .find(|(_, _, width, _)| {
                        at += *width as usize;
                        at > cut
                    })
                    .map(|row| {
                        at -= row.2 as usize;
                        *row
                    })
                    .unwrap();
                let found = (error.kind().code(), error.field(), error.bit_offset());
                assert_eq!(
                    found,
                    ("truncated", field, at + shift),
                    "{kind} {whole} cut at {cut}"
                );
                // The type of a PDU that is too short to have one may be named after either.
                if field != "pdu type" {
                    assert_eq!(error.pdu(), pdu, "{kind} {whole} cut at {cut}");
                }
            }
        }
    }
}
