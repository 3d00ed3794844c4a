//! Reading and writing messages of every kind allocates nothing: counted by the allocator of this test program.
#![cfg(feature = "std")]
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "test code")]

use core::fmt::{self, Write};
use core::hint::black_box;
use core::time::Duration;
use kabat_tetra::{
    BitWriter, Bits, CallReleased, CodedText, CodingScheme, Concatenation, DSdsData, DStatus,
    DecodeError, EncodeError, HeadedText, HeaderElements, IncomingCall, Lip, PeiLine, PeiPdu,
    PreCodedStatus, Reassembler, Sds, SdsReceived, SdsSent, ShortLocationReport, TransmitGrant,
    Tsi, USdsData, UStatus, split,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Runs `work` and fails when it allocates.
fn allocates_nothing(what: &str, work: impl FnOnce()) {
    let counted = allocation_counter::measure(work);
    assert_eq!(counted.count_total, 0, "{what} allocates");
}

/// Inputs of the vectors: kind, octets and bits.
fn inputs() -> Vec<(String, Vec<u8>, usize)> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/tetra.json");
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/tetra/vectors.json"
    );
    let mut inputs = Vec::new();
    for path in [own, shared] {
        let Ok(text) = fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not there");
            continue;
        };
        let file: Value = serde_json::from_str(&text).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let kind = vector["kind"].as_str().unwrap();
            let Some(input) = vector["input"].as_str() else {
                continue;
            };
            if kind == "pei" || kind == "table" {
                continue;
            }
            let input = input.strip_prefix(&format!("{kind}:")).unwrap_or(input);
            let (hex, bits) = input.split_once('/').unwrap_or((input, ""));
            let nibbles: Vec<u8> = hex
                .chars()
                .filter_map(|digit| digit.to_digit(16)?.try_into().ok())
                .collect();
            let octets = nibbles
                .chunks(2)
                .map(|pair| (pair[0] << 4) | pair.get(1).copied().unwrap_or(0))
                .collect();
            let bits = bits.parse().unwrap_or(nibbles.len() * 4);
            inputs.push((kind.to_owned(), octets, bits));
        }
    }
    inputs
}

/// Reads, and writes what was read; an error is an outcome too, and shown.
fn there_and_back<'a, T>(
    decode: impl Fn(Bits<'a>) -> Result<T, DecodeError>,
    encode: impl Fn(&T, &mut BitWriter<'_>) -> Result<(), EncodeError>,
    bits: Bits<'a>,
) {
    let mut room = [0; 512];
    match decode(bits) {
        Ok(pdu) => {
            encode(&pdu, &mut BitWriter::new(&mut room, "again")).unwrap();
            encode(&pdu, &mut BitWriter::new(&mut [0; 1], "too short")).ok();
            black_box(&room);
        }
        Err(error) => {
            write!(Sink(0), "{error}").unwrap();
        }
    }
}

/// A writer that only counts.
struct Sink(usize);

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

#[test]
fn messages_of_every_kind() {
    let inputs = inputs();
    let mut kinds = BTreeSet::new();
    for (kind, octets, bit_len) in &inputs {
        let bits = Bits::new(octets, *bit_len).unwrap();
        kinds.insert(kind.as_str());
        allocates_nothing(kind, || {
            // Every input through every entry: what is no such message fails, without allocation too.
            there_and_back(Sds::decode, Sds::encode, bits);
            there_and_back(Sds::decode_envelope, Sds::encode, bits);
            there_and_back(Lip::decode, Lip::encode, bits);
            there_and_back(
                ShortLocationReport::decode,
                ShortLocationReport::encode,
                bits,
            );
            there_and_back(PreCodedStatus::decode, PreCodedStatus::encode, bits);
            there_and_back(UStatus::decode, UStatus::encode, bits);
            there_and_back(DStatus::decode, DStatus::encode, bits);
            there_and_back(USdsData::decode, USdsData::encode, bits);
            there_and_back(DSdsData::decode, DSdsData::encode, bits);
            there_and_back(Tsi::decode, Tsi::encode, bits);
            if let Ok(lip) = Lip::decode(bits) {
                for element in lip.elements.iter() {
                    black_box((element.number(), element.address(), element.trigger()));
                }
            }
        });
    }
    // There is no vector of U-SDS-DATA alone: every input goes through its decoder, and this one is it.
    let upward = [0x78, 0x22, 0x5A, 0xD0, 0xE0, 0x91, 0xA0];
    assert!(USdsData::decode(Bits::from_octets(&upward)).is_ok());
    allocates_nothing("u-sds", || {
        there_and_back(
            USdsData::decode,
            USdsData::encode,
            Bits::from_octets(&upward),
        );
    });
    for kind in [
        "sds4", "lip", "status", "u-status", "d-status", "d-sds", "tsi",
    ] {
        assert!(kinds.contains(kind), "no vector of kind {kind}");
    }
}

#[test]
fn text_of_every_scheme() {
    for scheme in 0..=27 {
        let scheme = CodingScheme::from_raw(scheme).unwrap();
        allocates_nothing("text", || {
            let mut room = [0; 64];
            let text = CodedText::encode("Brand 34", scheme, &mut room).unwrap();
            assert!(text.chars().unwrap().eq("Brand 34".chars()));
            for part in split(text, 4).into_iter().flatten() {
                black_box(part);
            }
        });
    }
}

#[test]
fn joining_of_parts() {
    let mut joiner: Reassembler<u32, 4, 64> = Reassembler::new(Duration::from_secs(60));
    allocates_nothing("joining", || {
        for sequence in [2, 1, 3] {
            let place = Concatenation {
                wide_reference: true,
                reference: 300,
                total: 3,
                sequence,
            };
            let mut room = [0; 6];
            let part = HeadedText {
                timestamp: None,
                header: HeaderElements::of_concatenation(place, &mut room).unwrap(),
                text: CodedText::new(CodingScheme::ISO_8859_1, Bits::from_octets(b"Gaslek")),
            };
            black_box(joiner.push(7, &part, Duration::from_secs(1)).unwrap());
        }
    });
}

#[test]
fn lines_of_the_interface() {
    allocates_nothing("lines", || {
        for line in [
            "+CTSDSR: 12,1234567,0,7654321,0,84",
            "+CMGS: 1,4,17",
            "+CTICN: 1,0,0,4,1234567,1,1,0,1,1,0,7654321,0",
            "+CTXG: 1,0,0,0,1,1234567",
            "+CTCR: 1,3",
            "AT+CTSP=1,3,130",
            "no line",
        ] {
            let Ok(line) = PeiLine::parse(line) else {
                continue;
            };
            write!(Sink(0), "{line}").unwrap();
            black_box(SdsReceived::from_line(&line)).ok();
            black_box(SdsSent::from_line(&line)).ok();
            black_box(IncomingCall::from_line(&line)).ok();
            black_box(TransmitGrant::from_line(&line)).ok();
            black_box(CallReleased::from_line(&line)).ok();
        }
        let mut room = [0; 11];
        let bits = PeiPdu::parse("0A0BA7D5B95BC50AFFE16", 84, &mut room).unwrap();
        write!(Sink(0), "{}", PeiPdu(bits)).unwrap();
    });
}

#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| {
        black_box(vec![0_u8; black_box(100)]);
    });
    assert!(counted.count_total > 0);
}
