//! The crate and a second, naive decoder agree on generated messages, and what decodes is written back bit for bit.
#![cfg(feature = "std")]
#![expect(
    clippy::semicolon_if_nothing_returned,
    clippy::type_complexity,
    reason = "tables of checks"
)]

mod differential;
mod fuzz_checks;
mod naive;

use kabat_tetra::{BitWriter, Bits, DSdsData, DStatus, Lip, Sds, USdsData, UStatus};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn decoders_agree_on_any_bits(octets in prop::collection::vec(any::<u8>(), 0..48), cut in 0_usize..8) {
        let bits = Bits::new(&octets, (octets.len() * 8).saturating_sub(cut)).unwrap();
        differential::agree(bits);
    }

    #[test]
    fn decoders_agree_on_lip(extension in 0_u8..16, octets in prop::collection::vec(any::<u8>(), 0..40), cut in 0_usize..8) {
        let mut message = octets;
        if let Some(first) = message.first_mut() {
            *first = 0x40 | (extension << 2) | (*first & 3);
        }
        let bits = Bits::new(&message, (message.len() * 8).saturating_sub(cut)).unwrap();
        differential::agree(bits);
    }

    #[test]
    fn typed_lines_survive(
        name in prop::sample::select(vec![
            "+CTICN: ", "+CTXG: ", "+CMGS: ", "+CTCR: ", "+CDTXC: ", "+CTOCP: ", "+CTCC: ", "+CTXD: ", "+CTOM: ", "+CTGS: ",
            "+CTSDSR: ", "AT+CTSDC=", "AT+CTOM=", "AT+CTSP=", "AT+CTSDS=", "AT+CMGS=",
        ]),
        parameters in prop::collection::vec("([0-9]{1,3}| ?[0-9]{1,17} ?|\"[a-z,]{0,4}\"|)", 0..14),
    ) {
        let text = format!("{name}{}", parameters.join(","));
        fuzz_checks::tetra_pei(text.as_bytes());
    }

    #[test]
    fn reassembler_agrees_with_a_model(data in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz_checks::tetra_reassembly(&data);
    }

    #[test]
    fn text_survives(scheme in 0_u8..28, octets in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut data = vec![scheme];
        data.extend(octets);
        fuzz_checks::tetra_text(&data);
    }

    #[test]
    fn written_text_survives(scheme in 0_u8..28, text in "\\PC{0,30}") {
        let mut data = vec![scheme];
        data.extend(text.as_bytes());
        fuzz_checks::tetra_text(&data);
    }

    #[test]
    fn decoders_agree_on_cmce(kind in prop::sample::select(vec![8_u8, 15]), octets in prop::collection::vec(any::<u8>(), 1..64)) {
        let mut message = octets;
        if let Some(first) = message.first_mut() {
            *first = (kind << 3) | (*first & 7);
        }
        differential::agree(Bits::from_octets(&message));
    }
}

/// A million messages of every kind, from a fixed seed: each that decodes is written back bit for bit.
#[test]
fn a_million_of_every_kind_survive() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    // First octets that lead into each kind, with the octets that stay random.
    let kinds: [(&str, &[u8], u8); 12] = [
        ("sds short report", &[0x0A], 0x3F),
        ("sds simple text", &[0x02], 0xFF),
        ("sds text", &[0x82, 0x00], 0xFF),
        ("sds text stored", &[0x82, 0x01], 0xFF),
        ("sds report", &[0x82, 0x10], 0xFF),
        ("sds ack", &[0x82, 0x20], 0xFF),
        ("lip short", &[], 0x3F),
        ("lip long", &[0x4C], 0xFF),
        ("u-status", &[0x42], 0xFF),
        ("d-status", &[0x42], 0xFF),
        ("u-sds", &[0x78], 0x7F),
        ("d-sds", &[0x7A], 0xFF),
    ];
    let mut room = [0; 64];
    for (kind, head, mask) in kinds {
        let mut good = 0_u32;
        let mut tried = 0_u32;
        while good < 1_000_000 {
            tried += 1;
            assert!(tried < 40_000_000, "{kind}: only {good} decode");
            let mut message = [0_u8; 40];
            for chunk in message.chunks_mut(8) {
                chunk.copy_from_slice(&next().to_be_bytes());
            }
            message[..head.len()].copy_from_slice(head);
            message[head.len()] &= mask;
            let octets = 12 + (next() % 28) as usize;
            let bits = Bits::new(&message, octets * 8 - (next() % 8) as usize).unwrap();
            let mut writer = BitWriter::new(&mut room, "again");
            let written = match kind {
                "u-status" => UStatus::decode(bits).map(|pdu| pdu.encode(&mut writer)),
                "d-status" => DStatus::decode(bits).map(|pdu| pdu.encode(&mut writer)),
                "u-sds" => USdsData::decode(bits).map(|pdu| pdu.encode(&mut writer)),
                "d-sds" => DSdsData::decode(bits).map(|pdu| pdu.encode(&mut writer)),
                _ if kind.starts_with("lip") => {
                    Lip::decode(bits).map(|pdu| pdu.encode(&mut writer))
                }
                _ => Sds::decode(bits).map(|pdu| pdu.encode(&mut writer)),
            };
            if let Ok(outcome) = written {
                outcome.unwrap();
                assert_eq!(writer.written(), bits, "{kind}");
                good += 1;
            }
        }
    }
}

/// The seeds and every kept finding of the fuzz targets pass on stable.
#[test]
fn kept_fuzz_inputs_pass() {
    let checks: [(&str, fn(&[u8])); 7] = [
        ("tetra_decode", fuzz_checks::tetra_decode),
        ("tetra_roundtrip", fuzz_checks::tetra_roundtrip),
        ("tetra_text", fuzz_checks::tetra_text),
        ("tetra_pei", fuzz_checks::tetra_pei),
        ("tetra_reassembly", fuzz_checks::tetra_reassembly),
        ("tetra_differential", |data| {
            differential::agree(Bits::from_octets(data.get(1..).unwrap_or_default()));
        }),
        ("tetra_roundtrip", |data| {
            differential::agree(Bits::from_octets(data.get(1..).unwrap_or_default()))
        }),
    ];
    let mut run = 0;
    for (target, check) in checks {
        for folder in ["corpus", "regressions"] {
            let folder = format!("{}/../fuzz/{folder}/{target}", env!("CARGO_MANIFEST_DIR"));
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                check(&std::fs::read(entry.unwrap().path()).unwrap());
                run += 1;
            }
        }
    }
    if run == 0 {
        eprintln!("skipped: the folder `fuzz` is not there");
    }
}
