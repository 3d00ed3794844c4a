//! Typed lines of the equipment interface: what is known of each, and both ways.
#![cfg(feature = "std")]

use kabat_tetra::{
    AiService, CallConnected, CallParameters, CallProgress, CallReleased, ChooseService,
    GroupSelection, IncomingCall, ModeReport, ModeRequest, OperatingMode, PeiError, PeiLine,
    SendSds, ServiceProfile, TransmissionCeased, TransmitGrant,
};

/// Reads with a view, checks that it writes the same line, and gives it to `check`.
macro_rules! line {
    ($view:ident, $text:literal, $check:expr) => {
        let text = $text;
        let line = PeiLine::parse(text).unwrap();
        let read = $view::from_line(&line).unwrap();
        assert_eq!(read.to_string(), text);
        $check(read);
    };
}

#[test]
fn known_lines_of_messages_and_equipment() {
    line!(
        ChooseService,
        "AT+CTSDS=12,0,0,0,1",
        |view: ChooseService| {
            assert_eq!(AiService::from_raw(view.ai_service), AiService::SDS_TYPE_4);
            assert_eq!(
                (view.called_type, view.area, view.access_priority, view.e2ee),
                (0, Some(0), Some(0), Some(1))
            );
        }
    );
    line!(ChooseService, "AT+CTSDS=13,0", |view: ChooseService| {
        assert_eq!(
            (view.ai_service, view.area),
            (AiService::STATUS.raw(), None)
        );
    });
    line!(SendSds, "AT+CMGS=1234567,84", |view: SendSds<'_>| {
        assert_eq!((view.called, view.length_bits), ("1234567", 84));
    });
    line!(ServiceProfile, "AT+CTSP=1,3,130", |view: ServiceProfile<
        '_,
    >| {
        assert_eq!(
            (view.profile, view.layer_1, view.raw.as_str()),
            (1, 3, "130")
        );
    });
    line!(ServiceProfile, "AT+CTSP=1,1,11", |view: ServiceProfile<
        '_,
    >| {
        assert_eq!(
            (view.profile, view.layer_1, view.raw.as_str()),
            (1, 1, "11")
        );
    });
    line!(ModeReport, "+CTOM: 1", |view: ModeReport| {
        assert_eq!(OperatingMode::from_raw(view.mode), OperatingMode::DIRECT);
    });
    line!(ModeRequest, "AT+CTOM=0", |view: ModeRequest| {
        assert_eq!(OperatingMode::from_raw(view.mode).name(), Some("trunked"));
    });
    line!(
        GroupSelection,
        "+CTGS: 1,09011638300000001",
        |view: GroupSelection<'_>| {
            assert_eq!(
                (view.group_type, view.identity),
                (Some(1), "09011638300000001")
            );
        }
    );
    line!(GroupSelection, "+CTGS: ,4711,2", |view: GroupSelection<
        '_,
    >| {
        assert_eq!(
            (view.group_type, view.identity, view.raw.as_str()),
            (None, "4711", "2")
        );
    });
}

#[test]
fn known_lines_of_calls() {
    line!(CallProgress, "+CTOCP: 1,1,0,1,0", |view: CallProgress<
        '_,
    >| {
        assert_eq!(
            (
                view.cc,
                view.call_status,
                view.ai_service,
                view.raw.as_str()
            ),
            (1, 1, Some(0), "1,0")
        );
    });
    line!(
        CallConnected,
        "+CTCC: 1,1,1,0,1,0,1",
        |view: CallConnected<'_>| {
            assert_eq!((view.cc, view.raw.count()), (1, 6));
        }
    );
    line!(
        TransmissionCeased,
        "+CDTXC: 1,0",
        |view: TransmissionCeased| {
            assert_eq!((view.cc, view.request_permission), (1, 0));
        }
    );
    line!(CallReleased, "+CTCR: 1,13", |view: CallReleased| {
        assert_eq!((view.cc, view.disconnect_cause), (1, 13));
    });
    line!(
        TransmitGrant,
        "+CTXG: 1,3,0,0,3,09011638300023404",
        |view: TransmitGrant<'_>| {
            assert_eq!(view.party.unwrap().digits, "09011638300023404");
        }
    );
    line!(TransmitGrant, "+CTXG: 1,3,0,0", |view: TransmitGrant<
        '_,
    >| {
        assert_eq!(view.party, None);
    });
    line!(
        IncomingCall,
        "+CTICN: 1,0,0,5,09011638300023404,1,1,0,1,1,5,09011638300000001,0",
        |view: IncomingCall<'_>| {
            assert_eq!(view.called.unwrap().digits, "09011638300000001");
            assert_eq!((view.slots_codec, view.priority), (Some(1), Some(0)));
        }
    );
    line!(
        CallParameters,
        "AT+CTSDC=0,0,0,1,1,0,1,0,1,0,0",
        |view: CallParameters| {
            assert_eq!((view.hook, view.clir), (Some(1), Some(0)));
        }
    );
    line!(
        CallParameters,
        "AT+CTSDC=0,0,,,1",
        |view: CallParameters| {
            assert_eq!((view.hook, view.simplex, view.clir), (None, Some(1), None));
        }
    );
}

#[test]
fn wrong_lines_say_why() {
    let mode = PeiLine::parse("+CTOM: 1").unwrap();
    assert_eq!(
        ModeRequest::from_line(&mode),
        Err(PeiError::WrongCommand { expected: "CTOM" })
    );
    assert_eq!(
        CallReleased::from_line(&mode),
        Err(PeiError::WrongResponse { expected: "CTCR" })
    );
    let asked = PeiLine::parse("AT+CTOM?").unwrap();
    assert_eq!(
        ModeRequest::from_line(&asked),
        Err(PeiError::WrongCommand { expected: "CTOM" })
    );
    let short = PeiLine::parse("+CTCR: 1").unwrap();
    assert_eq!(
        CallReleased::from_line(&short),
        Err(PeiError::Missing { parameter: 1 })
    );
    let large = PeiLine::parse("AT+CTOM=256").unwrap();
    assert_eq!(
        ModeRequest::from_line(&large),
        Err(PeiError::NotANumber { parameter: 0 })
    );
}
