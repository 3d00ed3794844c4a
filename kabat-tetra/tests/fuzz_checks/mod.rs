//! What each fuzz target asserts; also run on stable over the kept inputs.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a check fails by panic"
)]

use kabat_tetra::{
    BitWriter, Bits, CodedText, CodingScheme, Content, DSdsData, DStatus, EncodeError, Lip,
    PeiLine, PeiPdu, PreCodedStatus, Sds, SdsBody, SdsReceived, ShortLocationReport, Tsi, USdsData,
    UStatus,
};

/// The first octet cuts up to seven bits off the end; the rest is the input.
fn bits_of(data: &[u8]) -> Option<Bits<'_>> {
    let (cut, octets) = data.split_first()?;
    Bits::new(
        octets,
        (octets.len() * 8).saturating_sub(usize::from(cut & 7)),
    )
}

/// Every decoder on every input: no panic, and errors that lie inside the input.
pub(crate) fn tetra_decode(data: &[u8]) {
    let Some(bits) = bits_of(data) else { return };
    let check = |error: Option<kabat_tetra::DecodeError>| {
        if let Some(error) = error {
            assert!(error.bit_offset() <= bits.len(), "{error}");
            assert!(!error.to_string().is_empty());
        }
    };
    check(Sds::decode(bits).err());
    check(Sds::decode_envelope(bits).err());
    check(Lip::decode(bits).err());
    check(ShortLocationReport::decode(bits).err());
    check(PreCodedStatus::decode(bits).err());
    check(Tsi::decode(bits).err());
    check(UStatus::decode(bits).err());
    check(DStatus::decode(bits).err());
    check(USdsData::decode(bits).err());
    check(DSdsData::decode(bits).err());
    check(kabat_tetra::uncertain::CallOut::read(bits).err());
    check(kabat_tetra::uncertain::ConcatenatedSds::read(bits).err());
    if let Ok(lip) = Lip::decode(bits) {
        for element in lip.elements.iter() {
            let _ = (
                element.number(),
                element.address(),
                element.trigger(),
                element.removal(),
            );
        }
    }
    // The envelope reads whatever the strict reader does, and says the same about it.
    if let Ok(sds) = Sds::decode(bits) {
        let envelope = Sds::decode_envelope(bits).expect("the header was read before");
        assert_eq!(sds.protocol, envelope.protocol);
    }
}

/// What decodes is written back bit for bit, and reads the same again.
pub(crate) fn tetra_roundtrip(data: &[u8]) {
    let Some(bits) = bits_of(data) else { return };
    if let Ok(sds) = Sds::decode(bits) {
        same(bits, |w| sds.encode(w));
    }
    if let Ok(sds) = Sds::decode_envelope(bits) {
        same(bits, |w| sds.encode(w));
    }
    if let Ok(lip) = Lip::decode(bits) {
        same(bits, |w| lip.encode(w));
    }
    if let Ok(pdu) = UStatus::decode(bits) {
        same(bits, |w| pdu.encode(w));
    }
    if let Ok(pdu) = DStatus::decode(bits) {
        same(bits, |w| pdu.encode(w));
    }
    if let Ok(pdu) = USdsData::decode(bits) {
        same(bits, |w| pdu.encode(w));
    }
    if let Ok(pdu) = DSdsData::decode(bits) {
        same(bits, |w| pdu.encode(w));
    }
}

fn same(bits: Bits<'_>, encode: impl Fn(&mut BitWriter<'_>) -> Result<(), EncodeError>) {
    let octets = bits.len().div_ceil(8);
    let mut room = vec![0xA5; octets + 1];
    let mut writer = BitWriter::new(&mut room, "again");
    encode(&mut writer).expect("what was read can be written");
    assert_eq!(writer.written(), bits);
    assert_eq!(
        room[octets], 0xA5,
        "the octet behind the message was touched"
    );
    for short in [0, octets / 2, octets.saturating_sub(1)] {
        let mut room = vec![0; short];
        if short < octets {
            assert!(encode(&mut BitWriter::new(&mut room, "short")).is_err());
        }
    }
}

/// Text decodes in every scheme; what encodes decodes to the same characters.
pub(crate) fn tetra_text(data: &[u8]) {
    let Some((scheme, octets)) = data.split_first() else {
        return;
    };
    let Ok(scheme) = CodingScheme::from_raw(scheme & 0x7F) else {
        return;
    };
    let text = CodedText::new(scheme, Bits::from_octets(octets));
    let characters = text.to_string_lossy();
    let mut room = vec![0; octets.len() * 2 + 8];
    if !characters.contains('\u{FFFD}')
        && let Ok(again) = CodedText::encode(&characters, scheme, &mut room)
    {
        let back = again.to_string_lossy();
        // A text that ends in a carriage return may get a second one, see `Gsm7::without_fill`.
        let twice = format!("{characters}\r");
        assert!(back == characters || (scheme.raw() == 0 && back == twice));
        if !matches!(scheme.raw(), 0) {
            assert_eq!(again.body, text.body);
        }
    }
    if let Ok(written) = core::str::from_utf8(octets) {
        let mut room = vec![0; octets.len() * 2 + 8];
        if let Ok(coded) = CodedText::encode(written, scheme, &mut room) {
            let back = coded.to_string_lossy();
            if scheme.raw() == 0 && written.ends_with('\r') {
                assert!(back.starts_with(written), "{back:?} {written:?}");
            } else {
                assert_eq!(back, written);
            }
        }
    }
    if let Ok(Sds {
        body: SdsBody::Transfer(transfer),
        ..
    }) = Sds::decode(Bits::from_octets(octets))
        && let Content::HeadedText(text) = transfer.content
        && let Some(part) = text.concatenation()
    {
        assert!(part.total > 0 && part.sequence > 0 && part.sequence <= part.total);
    }
}

/// Lines are read without panic; what is read is written and read the same.
pub(crate) fn tetra_pei(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else {
        return;
    };
    if let Ok(line) = PeiLine::parse(text) {
        let written = line.to_string();
        assert_eq!(PeiLine::parse(&written), Ok(line), "{written:?}");
        if let Ok(head) = SdsReceived::from_line(&line) {
            let again = head.to_string();
            let again = PeiLine::parse(&again).expect("a written line is a line");
            assert_eq!(SdsReceived::from_line(&again), Ok(head));
        }
        typed_lines(&line);
    }
    let mut room = [0; 64];
    if let Ok(bits) = PeiPdu::parse(text, data.len() * 4 - data.len() % 4, &mut room) {
        let written = PeiPdu(bits).to_string();
        let mut room = [0; 64];
        assert_eq!(PeiPdu::parse(&written, bits.len(), &mut room), Ok(bits));
    }
}

/// What a typed view reads, it reads again in the line it writes.
fn typed_lines(line: &PeiLine<'_>) {
    macro_rules! back {
        ($($view:ident)*) => {
            $(if let Ok(read) = kabat_tetra::$view::from_line(line) {
                let written = read.to_string();
                let again = PeiLine::parse(&written).expect("a written line is a line");
                assert_eq!(kabat_tetra::$view::from_line(&again), Ok(read), "{written}");
            })*
        };
    }
    back!(IncomingCall TransmitGrant SdsSent CallReleased TransmissionCeased CallProgress CallConnected TransmitDemand
        CallParameters ModeReport ModeRequest ServiceProfile GroupSelection ChooseService SendSds);
}

/// Parts in any order against a model in maps: what completes is the parts in order.
pub(crate) fn tetra_reassembly(data: &[u8]) {
    use kabat_tetra::{Concatenation, HeadedText, HeaderElements, Progress, Reassembler};
    use std::collections::BTreeMap;
    use std::time::Duration;

    let mut joiner: Reassembler<u8, 3, 24> = Reassembler::new(Duration::from_secs(60));
    let mut model: BTreeMap<(u8, u16), BTreeMap<u8, Vec<u8>>> = BTreeMap::new();
    for (step, chunk) in data.chunks_exact(4).enumerate() {
        let key = chunk[0] & 1;
        let total = 1 + (chunk[1] >> 6);
        let sequence = 1 + (chunk[1] & 3) % total;
        let place = Concatenation {
            wide_reference: false,
            reference: u16::from(total),
            total,
            sequence,
        };
        let octets = vec![chunk[2]; usize::from(chunk[3] & 7)];
        let mut room = [0; 5];
        let part = HeadedText {
            timestamp: None,
            header: HeaderElements::of_concatenation(place, &mut room)
                .expect("five octets are enough"),
            text: CodedText::new(CodingScheme::ISO_8859_1, Bits::from_octets(&octets)),
        };
        let now = Duration::from_millis(step as u64);
        let id = (key, place.reference);
        let known = model
            .get(&id)
            .is_some_and(|parts| parts.contains_key(&sequence));
        match joiner.push(key, &part, now) {
            Ok(Progress::Duplicate) => assert!(known),
            Ok(Progress::Waiting { have, of }) => {
                assert!(!known && of == total);
                let parts = model.entry(id).or_default();
                parts.insert(sequence, octets);
                assert_eq!(usize::from(have), parts.len());
            }
            Ok(Progress::Complete(whole)) => {
                let mut parts = model.remove(&id).unwrap_or_default();
                parts.insert(sequence, octets);
                assert_eq!(parts.len(), usize::from(total));
                assert_eq!(whole, parts.into_values().flatten().collect::<Vec<_>>());
            }
            // Full slots or a message that does not fit: what was there stays.
            Err(_) => assert!(joiner.waiting() <= 3),
        }
        assert_eq!(joiner.waiting(), model.len());
    }
    joiner.expire(Duration::from_secs(3_600));
    assert_eq!(joiner.waiting(), 0);
}
