//! Values at the borders of every scale, length and table.
//!
//! What is expected is counted out on the tables of the standard as the items cite them.
#![expect(
    clippy::float_cmp,
    clippy::unwrap_used,
    reason = "steps are dyadic fractions, and a test fails by panicking"
)]

use core::time::Duration;
use kabat_tetra::{
    AdditionalData, AddressError, AltitudeCode, ArcRadius, BitWriter, Bits, CoarseDirection,
    CodedText, CodingScheme, Content, DSdsData, DeliveryReportRequest, Digits, EncodeError,
    EncodeErrorKind, FineAngle, ForwardAddress, HorizontalUncertainty, HorizontalVelocity,
    LatitudeCode, Lip, LipPdu, LongitudeCode, Mcc, Mnc, PartyAddress, PositionError, ProtocolId,
    Reason, Sds, SdsBody, ShortData, ShortLocationReport, SimpleText, Ssi, StoreForward, Text,
    TimeElapsed, Transfer, Tsi, TsiForm, Type3Element, Type3Elements, Type3Id, Type5Element,
    Type5Elements, Type5Id, USdsData, ValidityPeriod, VelocityUncertainty,
};

/// The code of the error, the field and the bit.
fn refused(outcome: Result<(), EncodeError>) -> (&'static str, &'static str, usize) {
    let error = outcome.unwrap_err();
    (error.kind().code(), error.field(), error.bit_offset())
}

fn tsi(mcc: u32, mnc: u32, ssi: u32) -> Tsi {
    Tsi {
        mcc: Mcc::new(mcc).unwrap(),
        mnc: Mnc::new(mnc).unwrap(),
        ssi: Ssi::new(ssi).unwrap(),
    }
}

#[test]
fn identities_have_as_many_digits_as_they_need() {
    for (mcc, mnc, form, digits) in [
        (206, 9_999, TsiForm::Digits15, "206999900000007"),
        (206, 10_000, TsiForm::Digits15, "02061000000000007"),
        (206, 9_999, TsiForm::Digits16, "2060999900000007"),
        (206, 10_000, TsiForm::Digits16, "2061000000000007"),
        (206, 1, TsiForm::Digits17, "02060000100000007"),
        (999, 1, TsiForm::Digits15, "999000100000007"),
        (999, 1, TsiForm::Digits16, "9990000100000007"),
        // A country code of four digits leaves only the longest form.
        (1000, 1, TsiForm::Digits15, "10000000100000007"),
        (1000, 1, TsiForm::Digits16, "10000000100000007"),
    ] {
        let tsi = tsi(mcc, mnc, 7);
        assert_eq!(tsi.digits(form).as_str(), digits);
        assert_eq!(digits.parse(), Ok(tsi));
    }
    assert_eq!(tsi(206, 1, 7).to_string(), "206000100000007");
    assert!(Mcc::BELGIUM.is_belgium() && !Mcc::new(207).unwrap().is_belgium());
}

#[test]
fn short_identities_have_one_to_eight_digits() {
    let read = |text: &str| text.parse::<Ssi>().map(Ssi::get);
    let length = |digits| Err(AddressError::WrongLength { digits });
    let no_digit = |character, place| Err(AddressError::NotADigit { character, place });
    assert_eq!(read("0"), Ok(0));
    assert_eq!(read("16777215"), Ok(16_777_215));
    assert!(matches!(
        read("16777216"),
        Err(AddressError::TooLarge { .. })
    ));
    assert_eq!(read(""), length(0));
    assert_eq!(read("123456789"), length(9));
    assert_eq!(read("12a"), no_digit('a', 2));
    assert_eq!(read("12345678x"), no_digit('x', 8));
    assert_eq!(
        "12345678901234".parse::<Tsi>(),
        Err(AddressError::WrongLength { digits: 14 })
    );
    assert_eq!(
        "20600000000000x".parse::<Tsi>(),
        Err(AddressError::NotADigit {
            character: 'x',
            place: 14
        })
    );
}

#[test]
fn coordinates_end_where_the_field_ends() {
    // 2^25 steps are a turn and 2^24 half a turn: the last code is one step short of it.
    let (east, north) = (16_777_215, 8_388_607);
    let top = LongitudeCode::from_raw(east).unwrap();
    assert_eq!(top.degrees(), 180.0 - 360.0 / 33_554_432.0);
    assert_eq!(LongitudeCode::from_degrees(top.degrees()), Ok(top));
    assert_eq!(
        LongitudeCode::from_degrees(180.0).unwrap().raw(),
        -16_777_216
    );
    assert_eq!(
        LongitudeCode::from_degrees(-180.0).unwrap().raw(),
        -16_777_216
    );
    let top = LatitudeCode::from_raw(north).unwrap();
    assert_eq!(top.degrees(), 90.0 - 180.0 / 16_777_216.0);
    assert_eq!(LatitudeCode::from_degrees(top.degrees()), Ok(top));
    assert_eq!(LatitudeCode::from_degrees(90.0), Ok(top));
    assert_eq!(LatitudeCode::from_degrees(-90.0).unwrap().raw(), -8_388_608);
    assert!(
        LongitudeCode::from_raw(east + 1).is_err() && LatitudeCode::from_raw(north + 1).is_err()
    );
    // Halves go away from zero.
    let step = 180.0 / 16_777_216.0;
    for (steps, raw) in [
        (0.5, 1),
        (-0.5, -1),
        (0.499, 0),
        (-0.499, 0),
        (2.5, 3),
        (-2.5, -3),
    ] {
        assert_eq!(LatitudeCode::from_degrees(steps * step).unwrap().raw(), raw);
    }
}

#[test]
fn scales_of_angles_and_lengths() {
    // 256 steps to the turn; 2 m; 1.5 doubled by each code.
    assert_eq!(FineAngle::from_raw(64).unwrap().degrees(), 90.0);
    assert_eq!(FineAngle::from_raw(255).unwrap().degrees(), 358.593_75);
    assert_eq!(ArcRadius::from_raw(50).unwrap().meters(), 100.0);
    let bounds = [1.5, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0].map(Some);
    for (raw, bound) in (0..).zip(bounds.into_iter().chain([None])) {
        assert_eq!(VelocityUncertainty::from_raw(raw).unwrap().bound(), bound);
    }
    assert!(VelocityUncertainty::from_raw(8).is_err());
    assert_eq!(HorizontalUncertainty::from_meters(0.0).unwrap().raw(), 0);
    assert!(HorizontalUncertainty::from_meters(-0.001).is_err());
    assert!(HorizontalUncertainty::from_meters(f64::NAN).is_err());
    let best = HorizontalUncertainty::from_meters(f64::INFINITY);
    assert_eq!(best, Ok(HorizontalUncertainty::BEST_EFFORT));
    // 1000 m is code 1201, and the next step is 2 m: 1001 m is as near to both.
    for (meters, raw) in [
        (-200, 1),
        (999, 1200),
        (1000, 1201),
        (1001, 1201),
        (1002, 1202),
    ] {
        assert_eq!(AltitudeCode::from_meters(meters).raw(), raw, "{meters}");
    }
}

#[test]
fn scales_of_movement() {
    for (degrees, raw) in [
        (0.0, 0),
        (11.24, 0),
        (11.25, 1),
        (348.74, 15),
        (348.75, 0),
        (360.0, 0),
    ] {
        assert_eq!(
            CoarseDirection::from_degrees(degrees).unwrap().raw(),
            raw,
            "{degrees}"
        );
    }
    for wrong in [-0.1, 360.1, f64::NAN] {
        assert!(CoarseDirection::from_degrees(wrong).is_err());
    }
    for (raw, degrees) in [
        (0, Some(0.0)),
        (4, Some(90.0)),
        (14, Some(315.0)),
        (15, None),
    ] {
        assert_eq!(CoarseDirection::from_raw(raw).unwrap().degrees(), degrees);
    }
    assert!(CoarseDirection::from_raw(16).is_err());
    // Of 0 and 1 km/h as near the lower; codes 13 on are 16 * 1.038^(code - 13), so 125 is the largest.
    let top = 16.0 * 1.038_f64.powi(112);
    for (speed, raw) in [
        (0.0, 0),
        (0.5, 0),
        (0.51, 1),
        (28.0, 28),
        (top - 1.0, 125),
        (top + 1.0, 126),
    ] {
        assert_eq!(
            HorizontalVelocity::from_km_per_hour(speed).unwrap().raw(),
            raw,
            "{speed}"
        );
    }
    assert!(HorizontalVelocity::from_km_per_hour(-0.1).is_err());
}

#[test]
fn position_errors_and_ages_are_those_of_their_names() {
    for (meters, raw, bound) in [
        (0.0, 0, Some(2.0)),
        (1.9, 0, Some(2.0)),
        (2.0, 1, Some(20.0)),
        (19.9, 1, Some(20.0)),
        (20.0, 2, Some(200.0)),
        (199.9, 2, Some(200.0)),
        (200.0, 3, Some(2_000.0)),
        (1_999.0, 3, Some(2_000.0)),
        (2_000.0, 4, Some(20_000.0)),
        (19_999.0, 4, Some(20_000.0)),
        (20_000.0, 5, Some(200_000.0)),
        // The one bound that is in its range.
        (200_000.0, 5, Some(200_000.0)),
        (200_000.1, 6, None),
        (f64::NAN, 7, None),
    ] {
        let error = PositionError::for_meters(meters);
        assert_eq!((error.raw(), error.bound_m()), (raw, bound), "{meters}");
    }
    for (elapsed, seconds) in [
        (TimeElapsed::LessThan5Seconds, Some(5)),
        (TimeElapsed::LessThan5Minutes, Some(300)),
        (TimeElapsed::LessThan30Minutes, Some(1_800)),
        (TimeElapsed::Unknown, None),
    ] {
        assert_eq!(elapsed.bound_s(), seconds);
    }
}

#[test]
fn a_report_without_fix_is_all_zero_with_unknown_error() {
    // Nothing but the error, at bits 53 to 55: 7 is unknown.
    let report = |x: u64, y: u64, error: u64| {
        let mut room = [0; 10];
        let mut writer = BitWriter::new(&mut room, "t");
        for (value, width) in [(0, 4), (x, 25), (y, 24), (error, 3), (0, 20)] {
            writer.put(value, width, "f").unwrap();
        }
        ShortLocationReport::decode(writer.written()).unwrap()
    };
    assert!(!report(0, 0, 7).has_fix());
    assert!(report(0, 0, 6).has_fix() && report(1, 0, 7).has_fix() && report(0, 1, 7).has_fix());
    let mut urgent = report(0, 0, 7);
    assert!(!urgent.is_emergency());
    // Reason 2 is the emergency button; a user's own value 2 is not.
    urgent.additional = AdditionalData::UserDefined(2);
    assert!(!urgent.is_emergency());
    urgent.additional = AdditionalData::Reason(Reason::EMERGENCY);
    assert!(urgent.is_emergency());
}

#[test]
fn validity_periods_are_the_least_that_last() {
    for (seconds, raw) in [
        (0, 0),
        (1, 1),
        (10, 1),
        (11, 2),
        (1_036_800, 30),
        (1_036_801, 31),
    ] {
        assert_eq!(
            ValidityPeriod::at_least(Duration::from_secs(seconds)).raw(),
            raw
        );
    }
    assert!(ValidityPeriod::from_raw(31).is_ok() && ValidityPeriod::from_raw(32).is_err());
}

fn text() -> CodedText<'static> {
    CodedText::new(CodingScheme::ISO_8859_1, Bits::from_octets(b"ab"))
}

fn transfer(
    forward: ForwardAddress<'static>,
    content: Content<'static>,
) -> Result<(), EncodeError> {
    let validity = ValidityPeriod::NONE;
    let body = SdsBody::Transfer(Transfer {
        delivery_report_request: DeliveryReportRequest::None,
        service_selection: false,
        message_reference: 1,
        store_forward: Some(StoreForward { validity, forward }),
        content,
    });
    let protocol = ProtocolId::TEXT_TL;
    Sds { protocol, body }.encode(&mut BitWriter::new(&mut [0; 64], "t"))
}

#[test]
fn reserved_forward_addresses_hide_what_follows() {
    let written = Content::Text(Text {
        timestamp: None,
        text: text(),
    });
    assert_eq!(transfer(ForwardAddress::None, written), Ok(()));
    let raw = Content::Raw(Bits::EMPTY);
    for kind in [4, 5, 6] {
        assert_eq!(transfer(ForwardAddress::Reserved(kind), raw), Ok(()));
        // 8 + 16 of header, 5 + 3 of the block: where the content begins cannot be told.
        let refusal = refused(transfer(ForwardAddress::Reserved(kind), written));
        assert_eq!(refusal, ("inconsistent", "user data", 32));
    }
    for kind in [0, 3, 7, 8] {
        let refusal = refused(transfer(ForwardAddress::Reserved(kind), raw));
        assert_eq!(refusal, ("inconsistent", "forward address type", 29));
    }
}

#[test]
fn contents_stand_behind_their_own_protocols_only() {
    let simple = Content::SimpleText(SimpleText {
        reserved: false,
        text: text(),
    });
    let headed = Content::Text(Text {
        timestamp: None,
        text: text(),
    });
    let raw = Content::Raw(Bits::EMPTY);
    for protocol in 0..=255 {
        let id = ProtocolId::from_raw(protocol);
        assert_eq!(simple.belongs_to(id), [0x02, 0x09].contains(&protocol));
        assert_eq!(
            headed.belongs_to(id),
            [0x82, 0x89, 0xCC, 0xDC].contains(&protocol)
        );
        assert!(raw.belongs_to(id));
    }
    let mut room = [0; 16];
    let mut encode = |protocol, body| {
        let protocol = ProtocolId::from_raw(protocol);
        Sds { protocol, body }.encode(&mut BitWriter::new(&mut room, "t"))
    };
    let wrong = ("inconsistent", "protocol identifier", 8);
    assert_eq!(refused(encode(0x0A, SdsBody::Simple(simple))), wrong);
    assert_eq!(refused(encode(0x82, SdsBody::Simple(raw))), wrong);
    let bits = Bits::EMPTY;
    let other = |message_type| SdsBody::Other { message_type, bits };
    assert_eq!(refused(encode(0x02, other(3))), wrong);
    for message_type in 0..3 {
        let refusal = refused(encode(0x82, other(message_type)));
        assert_eq!(refusal, ("inconsistent", "message type", 8));
    }
    assert_eq!(encode(0x82, other(3)), Ok(()));
    assert_eq!(encode(0x02, SdsBody::Simple(simple)), Ok(()));
}

#[test]
fn parties_and_short_data_of_each_direction() {
    let mut room = [0; 300];
    let octets = [0; 256];
    let mut up = |called, data| {
        let elements = Type3Elements::NONE;
        let pdu = USdsData {
            area_selection: 0,
            called,
            data,
            elements,
        };
        pdu.encode(&mut BitWriter::new(&mut room, "t"))
    };
    let number = PartyAddress::ShortNumber(1);
    assert_eq!(up(number, ShortData::Type1(1)), Ok(()));
    // 5 of type and 4 of area selection.
    let refusal = refused(up(PartyAddress::None, ShortData::Type1(1)));
    assert_eq!(refusal, ("inconsistent", "party type identifier", 9));
    let run = |bits| ShortData::Type4(Bits::new(&octets, bits).unwrap());
    assert_eq!(up(number, run(2_047)), Ok(()));
    let too_long = up(number, run(2_048)).unwrap_err();
    let kind = EncodeErrorKind::TooLong {
        length: 2_048,
        most: 2_047,
    };
    assert_eq!(too_long.kind(), &kind);
    assert!(ShortData::Type1(1).sds().is_none() && run(80).sds().is_some_and(|sds| sds.is_ok()));

    let mut down = |calling| {
        let (data, elements) = (ShortData::Type1(1), Type3Elements::NONE);
        let pdu = DSdsData {
            calling,
            data,
            elements,
        };
        pdu.encode(&mut BitWriter::new(&mut room, "t"))
    };
    assert_eq!(down(PartyAddress::None), Ok(()));
    assert_eq!(
        refused(down(number)),
        ("inconsistent", "party type identifier", 5)
    );
}

#[test]
fn optional_elements_have_at_most_2047_bits() {
    let octets = [0x55; 256];
    let mut room = [0; 600];
    let mut encode = |bits| {
        let contents = Bits::new(&octets, bits).unwrap();
        let id = Type3Id::FACILITY;
        let list = [Type3Element { id, contents }];
        let pdu = DSdsData {
            calling: PartyAddress::None,
            data: ShortData::Type1(1),
            elements: Type3Elements::of(&list),
        };
        pdu.encode(&mut BitWriter::new(&mut room, "t"))
    };
    assert_eq!(encode(2_047), Ok(()));
    let kind = EncodeErrorKind::TooLong {
        length: 2_048,
        most: 2_047,
    };
    assert_eq!(encode(2_048).unwrap_err().kind(), &kind);
}

#[test]
fn optional_elements_compare_and_only_one_kind_is_a_number() {
    // Three digits and a dummy behind their count.
    let octets = [3, 0x12, 0x30];
    let contents = Bits::from_octets(&octets);
    let number = Type3Element {
        id: Type3Id::EXTERNAL_NUMBER,
        contents,
    };
    let other = Type3Element {
        id: Type3Id::FACILITY,
        contents,
    };
    let digits = number.external_number().unwrap().unwrap();
    assert_eq!((digits.to_string().as_str(), digits.len()), ("123", 3));
    assert!(other.external_number().is_none());
    let (one, two) = ([number], [other]);
    assert_eq!(Type3Elements::of(&one), Type3Elements::of(&one));
    assert_ne!(Type3Elements::of(&one), Type3Elements::of(&two));
    assert_ne!(Type3Elements::of(&one), Type3Elements::NONE);
}

#[test]
fn digits_are_counted_in_an_octet_and_filled_to_octets() {
    let mut room = [0; 200];
    let packed = Digits::pack("0123456789*#+", &mut room).unwrap();
    assert_eq!((packed.len(), packed.bits().len()), (13, 52));
    assert!(!packed.is_empty() && packed.nibbles().eq(0..=12));
    assert_eq!(packed.to_string(), "0123456789*#+");
    assert_eq!(format!("{packed:?}"), "Digits(0123456789*#+)");
    assert_eq!(
        Digits::pack("12a", &mut [0; 4]).unwrap_err().kind().code(),
        "no_such_character"
    );
    let written = |count: usize| {
        let text = "7".repeat(count);
        let mut room = [0; 200];
        let external = ForwardAddress::External(Digits::pack(&text, &mut room).unwrap());
        let body = SdsBody::Transfer(Transfer {
            delivery_report_request: DeliveryReportRequest::None,
            service_selection: false,
            message_reference: 1,
            store_forward: Some(StoreForward {
                validity: ValidityPeriod::NONE,
                forward: external,
            }),
            content: Content::Raw(Bits::EMPTY),
        });
        let mut out = [0xFF; 200];
        let mut writer = BitWriter::new(&mut out, "t");
        let protocol = ProtocolId::TEXT_TL;
        Sds { protocol, body }.encode(&mut writer)?;
        let end = writer.written();
        Ok::<_, EncodeError>((end.len(), end.number(end.len() - 4, 4)))
    };
    // 8 + 16 of header, 8 of the block, 8 of count, then whole octets; a dummy is zero.
    assert_eq!(written(0), Ok((40, Some(0))));
    assert_eq!(written(1), Ok((48, Some(0))));
    assert_eq!(written(2), Ok((48, Some(7))));
    assert_eq!(written(3), Ok((56, Some(0))));
    assert_eq!(written(255), Ok((40 + 128 * 8, Some(0))));
    let kind = EncodeErrorKind::TooLong {
        length: 256,
        most: 255,
    };
    assert_eq!(written(256).unwrap_err().kind(), &kind);
}

#[test]
fn lip_elements_have_1_to_63_bits_or_whole_octets_from_64_to_1080() {
    let octets = [0xAA; 200];
    let mut room = [0; 400];
    let mut encode = |bits| {
        let contents = Bits::new(&octets, bits).unwrap();
        let id = Type5Id::EXTENDED_USER_DATA;
        let list = [Type5Element { id, contents }];
        let mut writer = BitWriter::new(&mut room, "t");
        let lip = Lip {
            pdu: LipPdu::RemoveTriggerRequest { ack_request: false },
            elements: Type5Elements::of(&list),
            trailing: Bits::EMPTY,
        };
        lip.encode(&mut writer).map(|()| writer.bit_len())
    };
    // 2 + 4 + 1 + 1 of the request, 5 of identifier, 6 of length, and 7 more from 64 bits on.
    for (bits, total) in [(1, 20), (63, 82), (64, 90), (72, 98), (1_080, 1_106)] {
        assert_eq!(encode(bits), Ok(total), "{bits}");
    }
    for (bits, code) in [
        (0, "inconsistent"),
        (65, "inconsistent"),
        (71, "inconsistent"),
    ] {
        assert_eq!(encode(bits).unwrap_err().kind().code(), code, "{bits}");
    }
    let kind = EncodeErrorKind::TooLong {
        length: 1_088,
        most: 1_080,
    };
    assert_eq!(encode(1_088).unwrap_err().kind(), &kind);
}

#[test]
fn lip_elements_open_by_their_identifier() {
    let octets = [0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE];
    let element = |id, bits| Type5Element {
        id,
        contents: Bits::new(&octets, bits).unwrap(),
    };
    assert_eq!(element(Type5Id::PRIORITY, 3).number(), Some(0));
    assert_eq!(element(Type5Id::PRIORITY, 16).number(), Some(0x1234));
    assert_eq!(element(Type5Id::PRIORITY, 17).number(), None);
    // Type 1 is an SSI: four bits of type, 24 of it, and what follows is kept.
    let one = element(Type5Id::DESTINATION, 32)
        .address()
        .unwrap()
        .unwrap();
    assert_eq!(
        (one.address_type, one.ssi.map(Ssi::get)),
        (1, Some(0x23_4567))
    );
    assert_eq!((one.network, one.number, one.rest.len()), (None, None, 4));
    assert!(element(Type5Id::TERMINAL, 32).address().is_some());
    assert!(element(Type5Id::PRIORITY, 32).address().is_none());
    assert!(element(Type5Id::PRIORITY, 32).trigger().is_none());
    assert!(element(Type5Id::PRIORITY, 32).removal().is_none());
    assert!(element(Type5Id::TRIGGER_DEFINITION, 32).trigger().is_some());
    assert!(element(Type5Id::TRIGGER_REMOVAL, 32).removal().is_some());
    let (one, two) = (
        [element(Type5Id::PRIORITY, 3)],
        [element(Type5Id::PRIORITY, 4)],
    );
    assert_eq!(Type5Elements::of(&one), Type5Elements::of(&one));
    assert_ne!(Type5Elements::of(&one), Type5Elements::of(&two));
    assert_eq!(
        Type5Elements::of(&two).find(Type5Id::PRIORITY),
        Some(two[0])
    );
    assert_eq!(Type5Elements::of(&two).find(Type5Id::TERMINAL), None);
}
