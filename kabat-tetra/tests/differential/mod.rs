//! Compares the crate with the naive decoder, field by field.
#![expect(
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::semicolon_if_nothing_returned,
    clippy::trivially_copy_pass_by_ref,
    clippy::cast_possible_wrap,
    clippy::too_many_lines,
    reason = "a check fails by panic; flat tables of small numbers"
)]

use crate::naive::{self, Fields};
use kabat_tetra::{
    Bits, Content, DSdsData, DStatus, ForwardAddress, Lip, LipPdu, PartyAddress, ReportTime, Sds,
    SdsBody, Shape, ShortData, StoreForward, Type3Elements, USdsData, UStatus, Velocity,
};

/// Asserts that both decoders agree on `bits`, as LIP, as SDS type 4 and as the four CMCE PDUs.
pub(crate) fn agree(bits: Bits<'_>) {
    let tape: String = (0..bits.len())
        .map(|at| if bits.get(at) == Some(true) { '1' } else { '0' })
        .collect();
    same(
        "lip",
        &tape,
        naive::lip(&tape),
        Lip::decode(bits).ok().map(|lip| lip_fields(&lip)),
    );
    same(
        "envelope",
        &tape,
        naive::envelope(&tape),
        Sds::decode_envelope(bits).ok().map(|sds| sds_fields(&sds)),
    );
    same(
        "u-status",
        &tape,
        naive::cmce(&tape, true, false),
        UStatus::decode(bits).ok().map(|pdu| {
            let mut fields = party(&pdu.called);
            put(
                &mut fields,
                &[
                    ("pdu_type", 8),
                    ("area_selection", pdu.area_selection.into()),
                ],
            );
            put(&mut fields, &[("status", pdu.status.raw().into())]);
            elements(&mut fields, &pdu.elements);
            fields
        }),
    );
    same(
        "d-status",
        &tape,
        naive::cmce(&tape, false, false),
        DStatus::decode(bits).ok().map(|pdu| {
            let mut fields = party(&pdu.calling);
            put(
                &mut fields,
                &[("pdu_type", 8), ("status", pdu.status.raw().into())],
            );
            elements(&mut fields, &pdu.elements);
            fields
        }),
    );
    same(
        "u-sds",
        &tape,
        naive::cmce(&tape, true, true),
        USdsData::decode(bits).ok().map(|pdu| {
            let mut fields = party(&pdu.called);
            put(
                &mut fields,
                &[
                    ("pdu_type", 15),
                    ("area_selection", pdu.area_selection.into()),
                ],
            );
            data(&mut fields, &pdu.data);
            elements(&mut fields, &pdu.elements);
            fields
        }),
    );
    same(
        "d-sds",
        &tape,
        naive::cmce(&tape, false, true),
        DSdsData::decode(bits).ok().map(|pdu| {
            let mut fields = party(&pdu.calling);
            put(&mut fields, &[("pdu_type", 15)]);
            data(&mut fields, &pdu.data);
            elements(&mut fields, &pdu.elements);
            fields
        }),
    );
}

fn same(what: &str, tape: &str, naive: Option<Fields>, ours: Option<Fields>) {
    let (Some(naive), Some(ours)) = (&naive, &ours) else {
        assert_eq!(
            naive.is_some(),
            ours.is_some(),
            "{what}: only one decoder refuses {tape}"
        );
        return;
    };
    // The o-bit is told by the elements on our side.
    let naive: Fields = naive
        .iter()
        .filter(|(name, _)| *name != "o_bit")
        .map(|(n, v)| (n.clone(), *v))
        .collect();
    assert_eq!(&naive, ours, "{what}: {tape}");
}

fn put(fields: &mut Fields, values: &[(&str, i64)]) {
    fields.extend(
        values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value)),
    );
}

fn party(party: &PartyAddress) -> Fields {
    let mut fields = Fields::new();
    put(
        &mut fields,
        &[("party_type", party.type_identifier().into())],
    );
    match party {
        PartyAddress::None => {}
        PartyAddress::ShortNumber(number) => put(&mut fields, &[("sna", (*number).into())]),
        PartyAddress::Ssi(ssi) => put(&mut fields, &[("ssi", ssi.get().into())]),
        PartyAddress::Tsi(tsi) => put(
            &mut fields,
            &[
                ("ssi", tsi.ssi.get().into()),
                ("mcc", tsi.mcc.get().into()),
                ("mnc", tsi.mnc.get().into()),
            ],
        ),
    }
    fields
}

fn data(fields: &mut Fields, data: &ShortData<'_>) {
    let (kind, bits) = match data {
        ShortData::Type1(_) => (0, 16),
        ShortData::Type2(_) => (1, 32),
        ShortData::Type3(_) => (2, 64),
        ShortData::Type4(bits) => (3, bits.len() as i64),
    };
    put(fields, &[("short_data_type", kind), ("data_bits", bits)]);
}

fn elements(fields: &mut Fields, elements: &Type3Elements<'_>) {
    put(fields, &[("elements", elements.iter().count() as i64)]);
}

fn sds_fields(sds: &Sds<'_>) -> Fields {
    let mut fields = Fields::new();
    put(&mut fields, &[("pid", sds.protocol.raw().into())]);
    match &sds.body {
        SdsBody::Simple(_) => return fields,
        SdsBody::Transfer(transfer) => {
            put(
                &mut fields,
                &[
                    ("message_type", 0),
                    ("request", transfer.delivery_report_request.raw().into()),
                    ("selection", transfer.service_selection.into()),
                    ("storage", transfer.store_forward.is_some().into()),
                    ("reference", transfer.message_reference.into()),
                ],
            );
            store_forward(&mut fields, transfer.store_forward);
            let Content::Raw(rest) = transfer.content else {
                panic!("an envelope keeps the content raw")
            };
            put(&mut fields, &[("rest", rest.len() as i64)]);
        }
        SdsBody::Report(report) => {
            put(
                &mut fields,
                &[
                    ("message_type", 1),
                    ("ack", report.ack_required.into()),
                    ("reserved", report.reserved.into()),
                    ("storage", report.store_forward.is_some().into()),
                    ("status", report.delivery_status.raw().into()),
                    ("reference", report.message_reference.into()),
                    ("rest", report.user_data.len() as i64),
                ],
            );
            store_forward(&mut fields, report.store_forward);
        }
        SdsBody::Ack(ack) => put(
            &mut fields,
            &[
                ("message_type", 2),
                ("reserved", ack.reserved.into()),
                ("status", ack.delivery_status.raw().into()),
                ("reference", ack.message_reference.into()),
                ("rest", ack.trailing.len() as i64),
            ],
        ),
        SdsBody::Other { message_type, bits } => {
            put(
                &mut fields,
                &[
                    ("message_type", (*message_type).into()),
                    ("rest", bits.len() as i64),
                ],
            );
        }
    }
    fields
}

fn store_forward(fields: &mut Fields, block: Option<StoreForward<'_>>) {
    let Some(block) = block else { return };
    put(
        fields,
        &[
            ("validity", block.validity.raw().into()),
            ("forward_type", block.forward.address_type().into()),
        ],
    );
    match block.forward {
        ForwardAddress::ShortNumber(number) => put(fields, &[("forward_sna", number.into())]),
        ForwardAddress::Ssi(ssi) => put(fields, &[("forward_ssi", ssi.get().into())]),
        ForwardAddress::Tsi(tsi) => put(
            fields,
            &[
                ("forward_ssi", tsi.ssi.get().into()),
                ("forward_mcc", tsi.mcc.get().into()),
                ("forward_mnc", tsi.mnc.get().into()),
            ],
        ),
        ForwardAddress::External(digits) => put(fields, &[("digits", digits.len() as i64)]),
        ForwardAddress::None | ForwardAddress::Reserved(_) => {}
    }
}

fn lip_fields(lip: &Lip<'_>) -> Fields {
    let mut f = Fields::new();
    let extension = match &lip.pdu {
        LipPdu::Unknown { .. } => return f,
        LipPdu::Short(report) => {
            put(
                &mut f,
                &[
                    ("pdu_type", 0),
                    ("time_elapsed", report.time_elapsed.raw().into()),
                    ("longitude", report.longitude.raw().into()),
                    ("latitude", report.latitude.raw().into()),
                    ("position_error", report.position_error.raw().into()),
                    ("velocity", report.velocity.raw().into()),
                    ("direction", report.direction.raw().into()),
                    ("additional_type", report.additional.type_bit().into()),
                    ("additional", report.additional.raw().into()),
                ],
            );
            return f;
        }
        LipPdu::Long(report) => {
            match report.time {
                ReportTime::Elapsed(elapsed) => put(
                    &mut f,
                    &[("time_type", 1), ("time_elapsed", elapsed.raw().into())],
                ),
                ReportTime::At(at) => put(
                    &mut f,
                    &[
                        ("time_type", 2),
                        ("day", at.day.into()),
                        ("hour", at.hour.into()),
                        ("minute", at.minute.into()),
                        ("second", at.second.into()),
                    ],
                ),
                _ => put(&mut f, &[("time_type", 0)]),
            }
            shape(&mut f, &report.shape);
            velocity(&mut f, &report.velocity);
            put(
                &mut f,
                &[
                    ("ack_request", report.ack_request.into()),
                    ("additional_type", report.additional.type_bit().into()),
                    ("additional", report.additional.raw().into()),
                ],
            );
            3
        }
        LipPdu::ImmediateReportRequest { report_type } => {
            put(&mut f, &[("report_type", report_type.raw().into())]);
            1
        }
        LipPdu::ReportAck { result } => {
            put(&mut f, &[("result_code", result.raw().into())]);
            4
        }
        LipPdu::BasicParametersRequest {
            ack_request,
            min_interval,
            report_type,
        } => {
            put(
                &mut f,
                &[
                    ("ack_request", (*ack_request).into()),
                    ("min_interval", min_interval.raw().into()),
                    ("report_type", report_type.raw().into()),
                ],
            );
            5
        }
        LipPdu::BasicParametersResponse {
            result,
            enable_flags,
            min_interval,
            report_type,
        }
        | LipPdu::ReportBasicParametersResponse {
            result,
            enable_flags,
            min_interval,
            report_type,
        } => {
            put(
                &mut f,
                &[
                    ("result_code", result.raw().into()),
                    ("enable_flags", enable_flags.raw().into()),
                    ("min_interval", min_interval.raw().into()),
                    ("report_type", report_type.raw().into()),
                ],
            );
            if matches!(lip.pdu, LipPdu::BasicParametersResponse { .. }) {
                5
            } else {
                9
            }
        }
        LipPdu::TriggerRequest {
            ack_request,
            report_type,
        } => {
            put(
                &mut f,
                &[
                    ("ack_request", (*ack_request).into()),
                    ("report_type", report_type.raw().into()),
                ],
            );
            6
        }
        LipPdu::TriggerResponse {
            result,
            report_type,
        } => {
            put(
                &mut f,
                &[
                    ("result_code", result.raw().into()),
                    ("report_type", report_type.raw().into()),
                ],
            );
            6
        }
        LipPdu::RemoveTriggerRequest { ack_request } => {
            put(&mut f, &[("ack_request", (*ack_request).into())]);
            7
        }
        LipPdu::RemoveTriggerResponse { result } => {
            put(&mut f, &[("result_code", result.raw().into())]);
            7
        }
        LipPdu::ReportTriggersResponse {
            result,
            enable_flags,
            report_type,
        } => {
            put(
                &mut f,
                &[
                    ("result_code", result.raw().into()),
                    ("enable_flags", enable_flags.raw().into()),
                    ("report_type", report_type.raw().into()),
                ],
            );
            8
        }
        LipPdu::EnableDisableRequest {
            ack_request,
            enable_flags,
        } => {
            put(
                &mut f,
                &[
                    ("ack_request", (*ack_request).into()),
                    ("enable_flags", enable_flags.raw().into()),
                ],
            );
            10
        }
        LipPdu::EnableDisableResponse { enable_flags } => {
            put(&mut f, &[("enable_flags", enable_flags.raw().into())]);
            10
        }
        LipPdu::TemporaryControlRequest {
            ack_request,
            validity,
        } => {
            put(
                &mut f,
                &[
                    ("ack_request", (*ack_request).into()),
                    ("validity", validity.raw().into()),
                ],
            );
            11
        }
        other => panic!("no fields for {other:?}"),
    };
    put(&mut f, &[("pdu_type", 1), ("extension", extension)]);
    if let Some(response) = lip.pdu.is_response() {
        put(&mut f, &[("response", response.into())]);
    }
    for (at, element) in lip.elements.iter().enumerate() {
        f.insert(format!("element_{at}_id"), element.id.raw().into());
        f.insert(
            format!("element_{at}_length"),
            element.contents.len() as i64,
        );
    }
    put(&mut f, &[("elements", lip.elements.iter().count() as i64)]);
    f
}

fn shape(f: &mut Fields, shape: &Shape) {
    put(f, &[("shape", shape.shape_type().into())]);
    if let Some(point) = shape.point() {
        put(
            f,
            &[
                ("longitude", point.longitude.raw().into()),
                ("latitude", point.latitude.raw().into()),
            ],
        );
    }
    if let Some(altitude) = shape.altitude() {
        put(
            f,
            &[
                ("altitude_type", altitude.user_defined.into()),
                ("altitude", altitude.code.raw().into()),
            ],
        );
    }
    match *shape {
        Shape::Circle(_, radius) | Shape::CircleAltitude(_, radius, _) => {
            put(f, &[("uncertainty", radius.raw().into())])
        }
        Shape::CircleAltitudeUncertainty(_, radius, _, off) => {
            put(
                f,
                &[
                    ("uncertainty", radius.raw().into()),
                    ("altitude_uncertainty", off.raw().into()),
                ],
            );
        }
        Shape::Ellipse(_, axes, confidence)
        | Shape::EllipseAltitude(_, axes, _, confidence)
        | Shape::EllipseAltitudeUncertainty(_, axes, _, _, confidence) => put(
            f,
            &[
                ("half_major", axes.half_major.raw().into()),
                ("half_minor", axes.half_minor.raw().into()),
                ("angle", axes.angle.raw().into()),
                ("confidence", confidence.raw().into()),
            ],
        ),
        Shape::Arc {
            inner,
            outer,
            start,
            stop,
            confidence,
            ..
        } => put(
            f,
            &[
                ("inner", inner.raw().into()),
                ("outer", outer.raw().into()),
                ("start", start.raw().into()),
                ("stop", stop.raw().into()),
                ("confidence", confidence.raw().into()),
            ],
        ),
        Shape::PointError(_, error) => put(f, &[("position_error", error.raw().into())]),
        _ => {}
    }
    if let Shape::EllipseAltitudeUncertainty(_, _, _, off, _) = *shape {
        put(f, &[("altitude_uncertainty", off.raw().into())]);
    }
}

fn velocity(f: &mut Fields, velocity: &Velocity) {
    put(f, &[("velocity_type", velocity.velocity_type().into())]);
    if let Some(horizontal) = velocity.horizontal() {
        put(f, &[("horizontal", horizontal.raw().into())]);
    }
    if let Some(direction) = velocity.direction() {
        put(f, &[("course", direction.raw().into())]);
    }
    let (h_unc, vertical, v_unc, c_unc) = match *velocity {
        Velocity::None | Velocity::Horizontal(_) | Velocity::Directed(..) => {
            (None, None, None, None)
        }
        Velocity::HorizontalUncertain(_, off) => (Some(off), None, None, None),
        Velocity::HorizontalVertical(_, vertical) => (None, Some(vertical), None, None),
        Velocity::HorizontalVerticalUncertain(_, off, vertical, v_off) => {
            (Some(off), Some(vertical), Some(v_off), None)
        }
        Velocity::DirectedUncertain(_, off, _, c_off) => (Some(off), None, None, Some(c_off)),
        Velocity::Full {
            horizontal_uncertainty,
            vertical,
            vertical_uncertainty,
            direction_uncertainty,
            ..
        } => (
            Some(horizontal_uncertainty),
            Some(vertical),
            Some(vertical_uncertainty),
            Some(direction_uncertainty),
        ),
    };
    for (name, off) in [("h_unc", h_unc), ("v_unc", v_unc), ("c_unc", c_unc)] {
        if let Some(off) = off {
            put(f, &[(name, off.raw().into())]);
        }
    }
    if let Some(vertical) = vertical {
        put(
            f,
            &[
                ("sign", vertical.down.into()),
                ("vertical", vertical.speed.raw().into()),
            ],
        );
    }
}
