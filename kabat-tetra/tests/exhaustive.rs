//! Every value of every small domain.
#![cfg(feature = "std")]

use kabat_tetra::uncertain::{reporting_interval_s, split_gsm7};
use kabat_tetra::{
    AltitudeCode, BitWriter, Bits, CoarseDirection, CodedText, CodingScheme, DeliveryStatus,
    DeliveryStatusGroup, HorizontalUncertainty, HorizontalVelocity, LatitudeCode, LongitudeCode,
    PreCodedStatus, ProtocolId, ReportingInterval, Sds, StatusMeaning, ValidityPeriod,
};

#[test]
fn all_statuses() {
    for raw in 0..=u16::MAX {
        let octets = raw.to_be_bytes();
        let status = PreCodedStatus::decode(Bits::from_octets(&octets)).unwrap();
        let mut room = [0; 2];
        status
            .encode(&mut BitWriter::new(&mut room, "status"))
            .unwrap();
        assert_eq!(room, octets);
        let by_marker = match (raw, raw >> 10) {
            (0, _) => "emergency",
            (_, 0b01_1111) => "report",
            (_, top) if top >= 0b10_0000 => "user",
            _ => "reserved",
        };
        let meaning = match status.meaning() {
            StatusMeaning::Emergency => "emergency",
            StatusMeaning::Reserved => "reserved",
            StatusMeaning::NetworkUserSpecific => "user",
            StatusMeaning::ShortReport(report) => {
                assert_eq!(u16::from(report.report_type.raw()), (raw >> 8) & 3);
                assert_eq!(u16::from(report.message_reference), raw & 0xFF);
                assert_eq!(report.to_status(), status);
                "report"
            }
        };
        assert_eq!(meaning, by_marker, "{raw:#06x}");
    }
}

#[test]
fn all_velocities() {
    for raw in 0..128_u8 {
        let velocity = HorizontalVelocity::from_raw(raw).unwrap();
        let expected = match raw {
            0..=28 => Some(f64::from(raw)),
            29..=125 => Some(16.0 * 1.038_f64.powi(i32::from(raw) - 13)),
            _ => None,
        };
        match (velocity.km_per_hour(), expected) {
            (Some(got), Some(want)) => {
                assert!((got - want).abs() < 1e-9 * want.max(1.0), "{raw}");
                assert_eq!(HorizontalVelocity::from_km_per_hour(got).unwrap(), velocity);
            }
            (got, want) => assert_eq!(got, want, "{raw}"),
        }
    }
    assert_eq!(
        HorizontalVelocity::from_km_per_hour(2_000.0).unwrap(),
        HorizontalVelocity::ABOVE_SCALE
    );
    assert!(HorizontalVelocity::from_raw(128).is_err());
    assert!(HorizontalVelocity::from_km_per_hour(f64::NAN).is_err());
}

#[test]
fn all_altitudes() {
    // Walked up by the step of each range, from the first altitude.
    let mut expected = -201;
    for raw in 0..2048_u16 {
        expected += match raw {
            0 => 0,
            1..=1201 => 1,
            1202..=1926 => 2,
            _ => 75,
        };
        let altitude = AltitudeCode::from_raw(raw).unwrap();
        let want = (raw != 0).then_some(expected);
        assert_eq!(altitude.meters(), want, "{raw}");
        if let Some(meters) = want {
            assert_eq!(AltitudeCode::from_meters(meters), altitude);
        }
    }
    assert_eq!(expected, 11_525);
    assert_eq!(AltitudeCode::from_meters(-500).raw(), 1);
    assert_eq!(AltitudeCode::from_meters(20_000).raw(), 2047);
}

#[test]
fn all_uncertainties() {
    for raw in 0..64_u8 {
        let code = HorizontalUncertainty::from_raw(raw).unwrap();
        let want = (raw != 63).then(|| 2.0 * 1.2_f64.powi(i32::from(raw) + 5) - 4.0);
        match (code.meters(), want) {
            (Some(got), Some(want)) => {
                assert!((got - want).abs() < 1e-9 * want.max(1.0));
                assert_eq!(HorizontalUncertainty::from_meters(got).unwrap(), code);
            }
            (got, want) => assert_eq!(got, want),
        }
    }
}

#[test]
fn all_protocol_identifiers() {
    for raw in 0..=u8::MAX {
        let octets = [raw, 0x00, 0x07, 0xDE, 0xAD];
        let sds = Sds::decode_envelope(Bits::from_octets(&octets)).unwrap();
        assert_eq!(sds.protocol.raw(), raw);
        assert_eq!(
            ProtocolId::from_raw(raw).has_transport_layer(),
            raw & 0x80 != 0
        );
        let mut room = [0; 5];
        sds.encode(&mut BitWriter::new(&mut room, "sds")).unwrap();
        assert_eq!(room, octets);
    }
}

#[test]
fn all_delivery_states() {
    for raw in 0..=u8::MAX {
        let octets = [0x82, 0x10, raw, 0x2A];
        let sds = Sds::decode(Bits::from_octets(&octets)).unwrap();
        let mut room = [0; 4];
        sds.encode(&mut BitWriter::new(&mut room, "sds")).unwrap();
        assert_eq!(room, octets);
        let status = DeliveryStatus::from_raw(raw);
        let group = match raw / 0x20 {
            0 => DeliveryStatusGroup::Success,
            1 => DeliveryStatusGroup::TemporaryError,
            2 => DeliveryStatusGroup::Failed,
            3 => DeliveryStatusGroup::FlowControl,
            4 => DeliveryStatusGroup::EndToEndControl,
            _ => DeliveryStatusGroup::Reserved,
        };
        assert_eq!(status.group(), group);
        assert!(group != DeliveryStatusGroup::Reserved || status.name().is_none());
    }
}

#[test]
fn all_validities_rise() {
    let mut last = None;
    for raw in 0..31 {
        let period = ValidityPeriod::from_raw(raw).unwrap().period().unwrap();
        assert!(last < Some(period));
        assert_eq!(ValidityPeriod::at_least(period).raw(), raw);
        last = Some(period);
    }
    assert_eq!(ValidityPeriod::from_raw(31).unwrap().period(), None);
}

#[test]
fn all_reporting_intervals() {
    // Walked up by the step of each range; the ranges meet where the source gives the same time to both.
    let mut expected = 0;
    for raw in 0..128_u8 {
        expected += match raw {
            0..=29 => 10,
            30..=59 => 30,
            _ => 60,
        };
        let interval = ReportingInterval::from_raw(raw).unwrap();
        assert_eq!(reporting_interval_s(interval), expected, "{raw}");
        assert_eq!(interval.seconds(), (raw < 6).then_some(expected), "{raw}");
    }
    assert_eq!(expected, 88 * 60);
}

#[test]
fn every_gsm7_length_comes_back() {
    for length in 0..40 {
        let mut room = [0; 64];
        let text = "Kazerne Vilvoorde ladder, spuit, commando"
            .get(..length)
            .unwrap();
        let coded = CodedText::encode(text, CodingScheme::GSM_7_BIT, &mut room).unwrap();
        assert_eq!(coded.to_string_lossy(), text);
        // Octets: seven bits a character, rounded up; one more only where a character stands for filling.
        assert_eq!(coded.body.len() / 8, (length * 7).div_ceil(8), "{length}");
        for most in [7, 8, 13, 14, 100] {
            let joined: Vec<u8> = split_gsm7(coded, most)
                .unwrap()
                .flat_map(|part| {
                    assert!(part.body.len() <= most * 8);
                    part.body.octets().collect::<Vec<_>>()
                })
                .collect();
            assert!(joined.iter().copied().eq(coded.body.octets()));
        }
    }
    // Eight characters of which the last is a carriage return get a second one, or it would be taken for filling.
    let mut room = [0; 16];
    let coded = CodedText::encode("1234567\r", CodingScheme::GSM_7_BIT, &mut room).unwrap();
    assert_eq!(coded.to_string_lossy(), "1234567\r\r");
    // Zero filling, as others write it, stays what it reads as: nobody can tell.
    let zeros = Bits::from_octets(&[0x31, 0xD9, 0x8C, 0x56, 0xB3, 0xDD, 0x00]);
    let text = CodedText::new(CodingScheme::GSM_7_BIT, zeros);
    assert_eq!(text.to_string_lossy(), "1234567@");
}

#[test]
fn every_directions_sixteenth() {
    for tenth in 0..3_600_u16 {
        let degrees = f64::from(tenth) / 10.0;
        // The rule of the field: trunc((degrees + 11.25) / 22.5), 16 being north again.
        let want = (u32::from(tenth) * 10 + 1_125) / 2_250 % 16;
        let got = CoarseDirection::from_degrees(degrees).unwrap();
        assert_eq!(u32::from(got.raw()), want, "{degrees}");
    }
}

#[test]
fn coordinates_keep_half_a_step() {
    for step in 0..=1_000_000_i32 {
        let longitude = -180.0 + f64::from(step) * 0.000_36;
        let latitude = longitude / 2.0;
        let x = LongitudeCode::from_degrees(longitude).unwrap();
        let y = LatitudeCode::from_degrees(latitude).unwrap();
        let off = (x.degrees() - longitude).abs();
        assert!(
            off <= 180.0 / 33_554_432.0 + 1e-12 || (off - 360.0).abs() < 1e-5,
            "{longitude}"
        );
        assert!((y.degrees() - latitude).abs() <= 1.1e-5, "{latitude}");
        assert_eq!(LongitudeCode::from_degrees(x.degrees()).unwrap(), x);
        assert_eq!(LatitudeCode::from_degrees(y.degrees()).unwrap(), y);
    }
    for bad in [f64::NAN, 180.1, -180.1, f64::INFINITY] {
        assert!(LongitudeCode::from_degrees(bad).is_err());
    }
    assert!(LatitudeCode::from_degrees(90.1).is_err());
}
