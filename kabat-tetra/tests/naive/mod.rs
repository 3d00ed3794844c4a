//! A second decoder, deliberately naive: a string of `0` and `1` and tables of field names and widths.
//!
//! Written from the field tables alone; it shares no code with the crate. Fields are raw numbers.
#![expect(clippy::indexing_slicing, reason = "tables of its own")]

use std::collections::BTreeMap;

pub(crate) type Fields = BTreeMap<String, i64>;

struct Tape<'t> {
    bits: &'t str,
    fields: Fields,
}

impl Tape<'_> {
    fn number(&mut self, width: usize) -> Option<i64> {
        let (head, rest) = self.bits.split_at_checked(width)?;
        self.bits = rest;
        Some(
            head.chars()
                .fold(0, |sum, bit| sum * 2 + i64::from(bit == '1')),
        )
    }

    /// Takes a table of fields; a width below 0 is two's complement.
    fn table(&mut self, table: &[(&str, i32)]) -> Option<()> {
        for (name, width) in table {
            let bits = width.unsigned_abs() as usize;
            let mut value = self.number(bits)?;
            if *width < 0 && value >= 1 << (bits - 1) {
                value -= 1 << bits;
            }
            self.fields.insert((*name).to_owned(), value);
        }
        Some(())
    }

    fn get(&self, name: &str) -> i64 {
        self.fields[name]
    }
}

pub(crate) const SHORT: &[(&str, i32)] = &[
    ("pdu_type", 2),
    ("time_elapsed", 2),
    ("longitude", -25),
    ("latitude", -24),
    ("position_error", 3),
    ("velocity", 7),
    ("direction", 4),
    ("additional_type", 1),
    ("additional", 8),
];
const POINT: &[(&str, i32)] = &[("longitude", -25), ("latitude", -24)];
const SHAPES: [&[(&str, i32)]; 11] = [
    &[],
    &[],
    &[("uncertainty", 6)],
    &[
        ("half_major", 6),
        ("half_minor", 6),
        ("angle", 8),
        ("confidence", 3),
    ],
    &[("altitude_type", 1), ("altitude", 11)],
    &[("uncertainty", 6), ("altitude_type", 1), ("altitude", 11)],
    &[
        ("half_major", 6),
        ("half_minor", 6),
        ("angle", 8),
        ("altitude_type", 1),
        ("altitude", 11),
        ("confidence", 3),
    ],
    &[
        ("uncertainty", 6),
        ("altitude_type", 1),
        ("altitude", 11),
        ("altitude_uncertainty", 3),
    ],
    &[
        ("half_major", 6),
        ("half_minor", 6),
        ("angle", 8),
        ("altitude_type", 1),
        ("altitude", 11),
        ("altitude_uncertainty", 3),
        ("confidence", 3),
    ],
    &[
        ("inner", 16),
        ("outer", 16),
        ("start", 8),
        ("stop", 8),
        ("confidence", 3),
    ],
    &[("position_error", 3)],
];
const VELOCITIES: [&[(&str, i32)]; 8] = [
    &[],
    &[("horizontal", 7)],
    &[("horizontal", 7), ("h_unc", 3)],
    &[("horizontal", 7), ("sign", 1), ("vertical", 7)],
    &[
        ("horizontal", 7),
        ("h_unc", 3),
        ("sign", 1),
        ("vertical", 7),
        ("v_unc", 3),
    ],
    &[("horizontal", 7), ("course", 8)],
    &[("horizontal", 7), ("h_unc", 3), ("course", 8), ("c_unc", 3)],
    &[
        ("horizontal", 7),
        ("h_unc", 3),
        ("sign", 1),
        ("vertical", 7),
        ("v_unc", 3),
        ("course", 8),
        ("c_unc", 3),
    ],
];

/// Reads a LIP PDU: `None` when it must be refused, no fields when its layout is unknown.
pub(crate) fn lip(bits: &str) -> Option<Fields> {
    let mut tape = Tape {
        bits,
        fields: Fields::new(),
    };
    if bits.starts_with("00") {
        tape.table(SHORT)?;
        return Some(tape.fields);
    }
    tape.table(&[("pdu_type", 2)])?;
    if tape.get("pdu_type") != 1 {
        return None;
    }
    tape.table(&[("extension", 4)])?;
    let extension = tape.get("extension");
    if extension == 3 {
        tape.table(&[("time_type", 2)])?;
        match tape.get("time_type") {
            1 => tape.table(&[("time_elapsed", 2)])?,
            2 => tape.table(&[("day", 5), ("hour", 5), ("minute", 6), ("second", 6)])?,
            3 => return Some(Fields::new()),
            _ => {}
        }
        tape.table(&[("shape", 4)])?;
        let shape = usize::try_from(tape.get("shape")).ok()?;
        if shape > 10 {
            return Some(Fields::new());
        }
        if shape > 0 {
            tape.table(POINT)?;
        }
        tape.table(SHAPES[shape])?;
        tape.table(&[("velocity_type", 3)])?;
        let velocity = usize::try_from(tape.get("velocity_type")).ok()?;
        tape.table(VELOCITIES[velocity])?;
        tape.table(&[
            ("ack_request", 1),
            ("additional_type", 1),
            ("additional", 8),
        ])?;
    } else if extension == 4 {
        tape.table(&[("result_code", 8)])?;
    } else if extension == 1 || (5..=11).contains(&extension) {
        tape.table(&[("response", 1)])?;
        let table: &[(&str, i32)] = match (extension, tape.get("response")) {
            (1, 0) => &[("report_type", 2)],
            (5, 0) => &[("ack_request", 1), ("min_interval", 7), ("report_type", 2)],
            (5 | 9, 1) => &[
                ("result_code", 8),
                ("enable_flags", 8),
                ("min_interval", 7),
                ("report_type", 2),
            ],
            (6, 0) => &[("ack_request", 1), ("report_type", 2)],
            (6, 1) => &[("result_code", 8), ("report_type", 2)],
            (7, 0) => &[("ack_request", 1)],
            (7, 1) => &[("result_code", 8)],
            (8, 1) => &[("result_code", 8), ("enable_flags", 8), ("report_type", 2)],
            (10, 0) => &[("ack_request", 1), ("enable_flags", 8)],
            (10, 1) => &[("enable_flags", 8)],
            (11, 0) => &[("ack_request", 1), ("validity", 4)],
            _ => return Some(Fields::new()),
        };
        tape.table(table)?;
    } else {
        return Some(Fields::new());
    }
    let mut count = 0;
    while tape.bits.len() >= 11 && tape.bits.contains('1') {
        let id = tape.number(5)?;
        let mut length = tape.number(6)?;
        if length == 0 {
            length = 64 + 8 * tape.number(7)?;
        }
        let (_, rest) = tape.bits.split_at_checked(usize::try_from(length).ok()?)?;
        tape.bits = rest;
        tape.fields.insert(format!("element_{count}_id"), id);
        tape.fields
            .insert(format!("element_{count}_length"), length);
        count += 1;
    }
    tape.fields.insert("elements".into(), count);
    Some(tape.fields)
}

/// Reads a CMCE status or short data PDU behind its direction.
pub(crate) fn cmce(bits: &str, uplink: bool, data: bool) -> Option<Fields> {
    let mut tape = Tape {
        bits,
        fields: Fields::new(),
    };
    tape.table(&[("pdu_type", 5)])?;
    if tape.get("pdu_type") != if data { 15 } else { 8 } {
        return None;
    }
    if uplink {
        tape.table(&[("area_selection", 4)])?;
    }
    tape.table(&[("party_type", 2)])?;
    match tape.get("party_type") {
        0 if uplink => tape.table(&[("sna", 8)])?,
        0 => {}
        1 => tape.table(&[("ssi", 24)])?,
        2 => tape.table(&[("ssi", 24), ("mcc", 10), ("mnc", 14)])?,
        _ => return None,
    }
    if data {
        tape.table(&[("short_data_type", 2)])?;
        let bits = match tape.get("short_data_type") {
            0 => 16,
            1 => 32,
            2 => 64,
            _ => tape.number(11)?,
        };
        tape.fields.insert("data_bits".into(), bits);
        let (_, rest) = tape.bits.split_at_checked(usize::try_from(bits).ok()?)?;
        tape.bits = rest;
    } else {
        tape.table(&[("status", 16)])?;
    }
    tape.table(&[("o_bit", 1)])?;
    let mut count = 0;
    if tape.get("o_bit") == 1 {
        while tape.number(1)? == 1 {
            tape.number(4)?;
            let length = tape.number(11)?;
            let (_, rest) = tape.bits.split_at_checked(usize::try_from(length).ok()?)?;
            tape.bits = rest;
            count += 1;
        }
    }
    tape.fields.insert("elements".into(), count);
    Some(tape.fields)
}

/// Reads protocol identifier and SDS-TL header.
pub(crate) fn envelope(bits: &str) -> Option<Fields> {
    let mut tape = Tape {
        bits,
        fields: Fields::new(),
    };
    tape.table(&[("pid", 8)])?;
    if tape.get("pid") < 0x80 {
        return Some(tape.fields);
    }
    tape.table(&[("message_type", 4)])?;
    let storage = match tape.get("message_type") {
        0 => {
            tape.table(&[
                ("request", 2),
                ("selection", 1),
                ("storage", 1),
                ("reference", 8),
            ])?;
            tape.get("storage")
        }
        1 => {
            tape.table(&[
                ("ack", 1),
                ("reserved", 2),
                ("storage", 1),
                ("status", 8),
                ("reference", 8),
            ])?;
            tape.get("storage")
        }
        2 => {
            tape.table(&[("reserved", 4), ("status", 8), ("reference", 8)])?;
            0
        }
        _ => 0,
    };
    if storage == 1 {
        tape.table(&[("validity", 5), ("forward_type", 3)])?;
        match tape.get("forward_type") {
            0 => tape.table(&[("forward_sna", 8)])?,
            1 => tape.table(&[("forward_ssi", 24)])?,
            2 => tape.table(&[
                ("forward_ssi", 24),
                ("forward_mcc", 10),
                ("forward_mnc", 14),
            ])?,
            3 => {
                tape.table(&[("digits", 8)])?;
                let digits = usize::try_from(tape.get("digits")).ok()?;
                let (_, rest) = tape.bits.split_at_checked(digits.div_ceil(2) * 8)?;
                tape.bits = rest;
            }
            _ => {}
        }
    }
    tape.fields
        .insert("rest".into(), i64::try_from(tape.bits.len()).ok()?);
    Some(tape.fields)
}
