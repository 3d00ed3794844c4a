//! Runs vectors of the shared file format; used by the `vectors` test and the `tetra_vectors` example.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::indexing_slicing,
    clippy::redundant_closure_for_method_calls,
    clippy::semicolon_if_nothing_returned,
    clippy::too_many_lines,
    reason = "test code over small numbers and JSON of its own"
)]

use kabat_tetra::uncertain::CallOut;
use kabat_tetra::{
    AltitudeCode, BitWriter, Bits, CallReleased, CodedText, CodingScheme, Content, DSdsData,
    DStatus, EncodeError, ForwardAddress, Gsm7, HeadedText, HorizontalUncertainty,
    HorizontalVelocity, IncomingCall, LatitudeCode, Lip, LipPdu, LongLocationReport, LongitudeCode,
    Party, PartyAddress, PeiLine, PreCodedStatus, ReportTime, Sds, SdsBody, SdsReceived, SdsSent,
    Shape, ShortData, StatusMeaning, StoreForward, Text, TransmitGrant, Tsi, TsiForm, Type5Element,
    USdsData, UStatus, ValidityPeriod,
};
use serde_json::{Map, Value, json};

/// Runs every vector of a file and returns its id with what is wrong, if anything.
pub(crate) fn run(file: &Value) -> Vec<(String, Result<(), String>)> {
    let Some(vectors) = file["vectors"].as_array() else {
        return vec![("file".into(), Err("no array `vectors`".into()))];
    };
    vectors
        .iter()
        .map(|v| (v["id"].as_str().unwrap_or("?").to_owned(), run_one(v)))
        .collect()
}

fn run_one(vector: &Value) -> Result<(), String> {
    if vector["kind"] == "table" {
        return run_table(vector);
    }
    let kind = vector["kind"].as_str().ok_or("no kind")?;
    let input = vector["input"].as_str().ok_or("no input")?;
    let input = input.strip_prefix(&format!("{kind}:")).unwrap_or(input);
    let outcome = decode(kind, input);
    if vector["expect_error"] == true {
        return match outcome {
            Err(_) => Ok(()),
            Ok(_) => Err("was not refused".into()),
        };
    }
    let (actual, again) = outcome?;
    compare("", &vector["expect"], &actual, vector["tolerance"].as_f64())?;
    if vector["roundtrip"] == true {
        let (octets, bits) = parse_hex(input)?;
        let want = Bits::new(&octets, bits).ok_or("bits")?.to_string();
        let again = again.ok_or("kind has no encoder")?;
        if again != want {
            return Err(format!("encoded again as {again}, not {want}"));
        }
    }
    Ok(())
}

/// Decodes an input and returns its fields, and the bits encoded again.
pub(crate) fn decode(kind: &str, input: &str) -> Result<(Value, Option<String>), String> {
    if kind == "pei" {
        return Ok((pei(input)?, None));
    }
    let (octets, bit_len) = parse_hex(input)?;
    let bits = Bits::new(&octets, bit_len).ok_or("bits")?;
    let text = |error: kabat_tetra::DecodeError| error.to_string();
    Ok(match kind {
        "sds4" => {
            let sds = Sds::decode(bits).map_err(text)?;
            (view_sds(&sds)?, again(|w| sds.encode(w))?)
        }
        "lip" => {
            let lip = Lip::decode(bits).map_err(text)?;
            (view_lip(&lip), again(|w| lip.encode(w))?)
        }
        "status" => {
            let status = PreCodedStatus::decode(bits).map_err(text)?;
            (view_status(status), again(|w| status.encode(w))?)
        }
        "u-status" => {
            let pdu = UStatus::decode(bits).map_err(text)?;
            let mut view = view_party(&pdu.called);
            view.insert("area_selection".into(), pdu.area_selection.into());
            view.insert("status".into(), view_status(pdu.status));
            (view.into(), again(|w| pdu.encode(w))?)
        }
        "d-status" => {
            let pdu = DStatus::decode(bits).map_err(text)?;
            let mut view = view_party(&pdu.calling);
            view.insert("status".into(), view_status(pdu.status));
            (view.into(), again(|w| pdu.encode(w))?)
        }
        "u-sds" => {
            let pdu = USdsData::decode(bits).map_err(text)?;
            let mut view = view_party(&pdu.called);
            view.insert("area_selection".into(), pdu.area_selection.into());
            view_data(&mut view, &pdu.data);
            (view.into(), again(|w| pdu.encode(w))?)
        }
        "d-sds" => {
            let pdu = DSdsData::decode(bits).map_err(text)?;
            let mut view = view_party(&pdu.calling);
            view_data(&mut view, &pdu.data);
            (view.into(), again(|w| pdu.encode(w))?)
        }
        "tsi" => {
            let tsi = Tsi::decode(bits).map_err(text)?;
            let mut view = view_tsi(tsi);
            view["belgium"] = tsi.mcc.is_belgium().into();
            view["decimal15"] = tsi.digits(TsiForm::Digits15).as_str().into();
            view["decimal17"] = tsi.digits(TsiForm::Digits17).as_str().into();
            (view, again(|w| tsi.encode(w))?)
        }
        "lat" => {
            let raw = bits
                .number(0, 24)
                .filter(|_| bit_len == 24)
                .ok_or("no 24 bits")?;
            let code = LatitudeCode::from_raw(sign(raw, 24)).map_err(|e| e.to_string())?;
            (json!({"raw": code.raw(), "deg": code.degrees()}), None)
        }
        "lon" => {
            let raw = bits
                .number(0, 25)
                .filter(|_| bit_len == 25)
                .ok_or("no 25 bits")?;
            let code = LongitudeCode::from_raw(sign(raw, 25)).map_err(|e| e.to_string())?;
            (json!({"raw": code.raw(), "deg": code.degrees()}), None)
        }
        "gsm7" => {
            let packed = Gsm7::sms_packed(Bits::from_octets(&octets)).with_septets(bit_len / 7);
            let characters: String = packed.into_chars().collect();
            (
                json!({"text": characters, "septets": packed.septets()}),
                None,
            )
        }
        _ => {
            let scheme = kind.strip_prefix("text/").ok_or("unknown kind")?;
            let scheme = CodingScheme::from_raw(scheme.parse().map_err(|_| "scheme")?)
                .map_err(|e| e.to_string())?;
            let coded = CodedText::new(scheme, bits);
            let mut room = vec![0; octets.len() + 2];
            let back = CodedText::encode(&coded.to_string_lossy(), scheme, &mut room)
                .map_err(|e| e.to_string())?;
            (
                json!({"scheme": scheme.raw(), "text": coded.to_string_lossy()}),
                Some(back.body.to_string()),
            )
        }
    })
}

fn again(
    encode: impl Fn(&mut BitWriter<'_>) -> Result<(), EncodeError>,
) -> Result<Option<String>, String> {
    let mut room = vec![0; 512];
    let mut writer = BitWriter::new(&mut room, "vector");
    encode(&mut writer).map_err(|error| error.to_string())?;
    Ok(Some(writer.into_bits().to_string()))
}

fn sign(raw: u64, width: u32) -> i32 {
    ((raw << (64 - width)) as i64 >> (64 - width)) as i32
}

fn parse_hex(input: &str) -> Result<(Vec<u8>, usize), String> {
    let (hex, bits) = input.split_once('/').unwrap_or((input, ""));
    let digits: Vec<u8> = hex
        .chars()
        .map(|c| {
            c.to_digit(16)
                .map(|d| d as u8)
                .ok_or(format!("`{c}` is no hex digit"))
        })
        .collect::<Result<_, _>>()?;
    let octets = digits
        .chunks(2)
        .map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&0))
        .collect();
    let bits = if bits.is_empty() {
        digits.len() * 4
    } else {
        bits.parse().map_err(|_| "bit count")?
    };
    Ok((octets, bits))
}

fn view_tsi(tsi: Tsi) -> Value {
    json!({"mcc": tsi.mcc.get(), "mnc": tsi.mnc.get(), "ssi": tsi.ssi.get()})
}

fn view_status(status: PreCodedStatus) -> Value {
    let mut view = json!({"value": status.raw()});
    view["meaning"] = match status.meaning() {
        StatusMeaning::Emergency => "emergency".into(),
        StatusMeaning::Reserved => "reserved".into(),
        StatusMeaning::NetworkUserSpecific => "network-user-specific".into(),
        StatusMeaning::ShortReport(report) => {
            view["short_report_type"] = report.report_type.raw().into();
            view["message_reference"] = report.message_reference.into();
            "sds-tl-short-report".into()
        }
    };
    view
}

fn view_party(party: &PartyAddress) -> Map<String, Value> {
    let mut view = Map::new();
    view.insert("party_type".into(), party.type_identifier().into());
    match party {
        PartyAddress::None => {}
        PartyAddress::ShortNumber(number) => {
            view.insert("sna".into(), (*number).into());
        }
        PartyAddress::Ssi(ssi) => {
            view.insert("ssi".into(), ssi.get().into());
        }
        PartyAddress::Tsi(tsi) => {
            view.extend(view_tsi(*tsi).as_object().cloned().unwrap_or_default());
        }
    }
    view
}

fn view_data(view: &mut Map<String, Value>, data: &ShortData<'_>) {
    let (kind, bits, hex) = match data {
        ShortData::Type1(value) => (0, 16, format!("{value:04X}")),
        ShortData::Type2(value) => (1, 32, format!("{value:08X}")),
        ShortData::Type3(value) => (2, 64, format!("{value:016X}")),
        ShortData::Type4(bits) => {
            let text = bits.to_string();
            (
                3,
                bits.len(),
                text.split('/').next().unwrap_or_default().to_owned(),
            )
        }
    };
    view.insert("short_data_type".into(), kind.into());
    view.insert("data_bits".into(), bits.into());
    view.insert("data".into(), hex.into());
}

fn view_sds(sds: &Sds<'_>) -> Result<Value, String> {
    let mut view = json!({"pid": sds.protocol.raw()});
    let content = match &sds.body {
        SdsBody::Simple(content) => Some(content),
        SdsBody::Transfer(transfer) => {
            view["message_type"] = 0.into();
            view["message"] = "transfer".into();
            view["message_reference"] = transfer.message_reference.into();
            view["delivery_report_request"] = transfer.delivery_report_request.raw().into();
            view["service_selection"] = u8::from(transfer.service_selection).into();
            view["storage"] = u8::from(transfer.store_forward.is_some()).into();
            if let Some(block) = &transfer.store_forward {
                view["store_forward"] = view_store_forward(block);
            }
            Some(&transfer.content)
        }
        SdsBody::Report(report) => {
            view["message_type"] = 1.into();
            view["message"] = "report".into();
            view["ack_required"] = u8::from(report.ack_required).into();
            view["storage"] = u8::from(report.store_forward.is_some()).into();
            view["delivery_status"] = report.delivery_status.raw().into();
            view["delivery_status_group"] = report.delivery_status.group().name().into();
            view["message_reference"] = report.message_reference.into();
            None
        }
        SdsBody::Ack(ack) => {
            view["message_type"] = 2.into();
            view["message"] = "ack".into();
            view["delivery_status"] = ack.delivery_status.raw().into();
            view["delivery_status_group"] = ack.delivery_status.group().name().into();
            view["message_reference"] = ack.message_reference.into();
            None
        }
        SdsBody::Other { message_type, .. } => {
            view["message_type"] = (*message_type).into();
            None
        }
    };
    match content {
        Some(Content::SimpleText(text)) => view["text"] = view_coded(&text.text),
        Some(Content::Text(text)) => view["text"] = view_text(text),
        Some(Content::HeadedText(text)) => view["udh"] = view_headed(text),
        Some(Content::Lip(lip)) => view["lip"] = view_lip(lip),
        Some(Content::LocationSystem(location)) => {
            view["location_system"] = json!({"coding": location.coding.raw()});
        }
        Some(Content::Raw(bits)) if sds.protocol.raw() == 0xC3 => {
            let call_out = CallOut::read(*bits).map_err(|error| error.to_string())?;
            view["callout"] = json!({"function": call_out.function, "severity": call_out.severity});
        }
        _ => {}
    }
    Ok(view)
}

fn view_store_forward(block: &StoreForward<'_>) -> Value {
    let seconds = block
        .validity
        .period()
        .map_or(-1, |period| period.as_secs() as i64);
    let mut view = json!({
        "validity_period": block.validity.raw(),
        "validity_s": seconds,
        "forward_address_type": block.forward.address_type(),
    });
    match &block.forward {
        ForwardAddress::Ssi(ssi) => view["forward_ssi"] = ssi.get().into(),
        ForwardAddress::Tsi(tsi) => view["forward_ssi"] = tsi.ssi.get().into(),
        ForwardAddress::ShortNumber(number) => view["forward_sna"] = (*number).into(),
        ForwardAddress::External(digits) => view["forward_number"] = digits.to_string().into(),
        ForwardAddress::None | ForwardAddress::Reserved(_) => {}
    }
    view
}

fn view_coded(text: &CodedText<'_>) -> Value {
    json!({"scheme": text.scheme.raw(), "text": text.to_string_lossy()})
}

fn view_text(text: &Text<'_>) -> Value {
    let mut view = view_coded(&text.text);
    view["timestamp_used"] = u8::from(text.timestamp.is_some()).into();
    if let Some(at) = text.timestamp {
        view["timestamp"] = json!({
            "timeframe": at.timeframe.raw(), "month": at.month, "day": at.day, "hour": at.hour, "minute": at.minute,
        });
    }
    view
}

fn view_headed(text: &HeadedText<'_>) -> Value {
    let mut view = view_coded(&text.text);
    view["timestamp_used"] = u8::from(text.timestamp.is_some()).into();
    view["udh_length"] = (text.header.bits().len() / 8).into();
    let elements = text.header.iter().map(|element| match element.concatenation() {
        Some(part) => json!({
            "id": element.id, "reference": part.reference, "total": part.total, "sequence": part.sequence,
        }),
        None => json!({"id": element.id}),
    });
    view["elements"] = elements.collect();
    view
}

fn view_lip(lip: &Lip<'_>) -> Value {
    let mut view =
        json!({"pdu_type": u8::from(!matches!(lip.pdu, LipPdu::Short(_))), "pdu": lip.pdu.name()});
    view["elements"] = lip
        .elements
        .iter()
        .map(|element| view_element(&element))
        .collect();
    if let Some(response) = lip.pdu.is_response() {
        view["response"] = u8::from(response).into();
    }
    match &lip.pdu {
        LipPdu::Short(report) => {
            view["time_elapsed"] = report.time_elapsed.raw().into();
            view["longitude"] = report.longitude.raw().into();
            view["latitude"] = report.latitude.raw().into();
            view["longitude_deg"] = report.longitude.degrees().into();
            view["latitude_deg"] = report.latitude.degrees().into();
            view["position_error"] = report.position_error.raw().into();
            view["velocity"] = report.velocity.raw().into();
            view["velocity_kmh"] = report.velocity.km_per_hour().into();
            view["direction"] = report.direction.raw().into();
            view["additional_type"] = u8::from(report.additional.type_bit()).into();
            view["additional"] = report.additional.raw().into();
        }
        LipPdu::Long(report) => view_long(&mut view, report),
        LipPdu::ImmediateReportRequest { report_type } => {
            view["report_type"] = report_type.raw().into()
        }
        LipPdu::ReportAck { result } | LipPdu::RemoveTriggerResponse { result } => {
            view["result_code"] = result.raw().into();
        }
        LipPdu::BasicParametersRequest {
            ack_request,
            min_interval,
            report_type,
        } => {
            view["ack_request"] = u8::from(*ack_request).into();
            view["min_interval"] = min_interval.raw().into();
            view["report_type"] = report_type.raw().into();
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
            view["result_code"] = result.raw().into();
            view["enable_flags"] = enable_flags.raw().into();
            view["min_interval"] = min_interval.raw().into();
            view["report_type"] = report_type.raw().into();
        }
        LipPdu::TriggerRequest {
            ack_request,
            report_type,
        } => {
            view["ack_request"] = u8::from(*ack_request).into();
            view["report_type"] = report_type.raw().into();
        }
        LipPdu::TriggerResponse {
            result,
            report_type,
        } => {
            view["result_code"] = result.raw().into();
            view["report_type"] = report_type.raw().into();
        }
        LipPdu::RemoveTriggerRequest { ack_request } => {
            view["ack_request"] = u8::from(*ack_request).into()
        }
        LipPdu::ReportTriggersResponse {
            result,
            enable_flags,
            report_type,
        } => {
            view["result_code"] = result.raw().into();
            view["enable_flags"] = enable_flags.raw().into();
            view["report_type"] = report_type.raw().into();
        }
        LipPdu::EnableDisableRequest {
            ack_request,
            enable_flags,
        } => {
            view["ack_request"] = u8::from(*ack_request).into();
            view["enable_flags"] = enable_flags.raw().into();
        }
        LipPdu::EnableDisableResponse { enable_flags } => {
            view["enable_flags"] = enable_flags.raw().into()
        }
        LipPdu::TemporaryControlRequest {
            ack_request,
            validity,
        } => {
            view["ack_request"] = u8::from(*ack_request).into();
            view["validity"] = validity.raw().into();
        }
        _ => {}
    }
    view
}

fn view_long(view: &mut Value, report: &LongLocationReport) {
    match report.time {
        ReportTime::Elapsed(elapsed) => {
            view["time_type"] = 1.into();
            view["time_elapsed"] = elapsed.raw().into();
        }
        ReportTime::At(at) => {
            view["time_type"] = 2.into();
            view["time_of_position"] =
                json!({"day": at.day, "hour": at.hour, "minute": at.minute, "second": at.second});
        }
        _ => view["time_type"] = 0.into(),
    }
    view["shape"] = report.shape.shape_type().into();
    if let Some(point) = report.shape.point() {
        view["longitude"] = point.longitude.raw().into();
        view["latitude"] = point.latitude.raw().into();
        view["longitude_deg"] = point.longitude.degrees().into();
        view["latitude_deg"] = point.latitude.degrees().into();
    }
    match report.shape {
        Shape::Circle(_, radius)
        | Shape::CircleAltitude(_, radius, _)
        | Shape::CircleAltitudeUncertainty(_, radius, ..) => {
            view["uncertainty"] = radius.raw().into();
            view["uncertainty_m"] = radius.meters().into();
        }
        _ => {}
    }
    if let Some(altitude) = report.shape.altitude() {
        view["altitude_type"] = u8::from(altitude.user_defined).into();
        view["altitude"] = altitude.code.raw().into();
        view["altitude_m"] = altitude.code.meters().into();
    }
    view["velocity_type"] = report.velocity.velocity_type().into();
    if let Some(horizontal) = report.velocity.horizontal() {
        view["velocity"] =
            json!({"horizontal": horizontal.raw(), "horizontal_kmh": horizontal.km_per_hour()});
    }
    if let Some(direction) = report.velocity.direction() {
        view["velocity"]["direction"] = direction.raw().into();
        view["velocity"]["direction_deg"] = direction.degrees().into();
    }
    view["ack_request"] = u8::from(report.ack_request).into();
    view["additional_type"] = u8::from(report.additional.type_bit()).into();
    view["additional"] = report.additional.raw().into();
}

fn view_element(element: &Type5Element<'_>) -> Value {
    let bits: String = (0..element.contents.len())
        .map(|at| {
            if element.contents.get(at) == Some(true) {
                '1'
            } else {
                '0'
            }
        })
        .collect();
    let mut view = json!({"id": element.id.raw(), "bits": bits, "value": element.number()});
    if let Some(Ok(address)) = element.address() {
        view["address_type"] = address.address_type.into();
        view["ssi"] = address.ssi.map(|ssi| ssi.get()).into();
        view["mcc"] = address.network.map(|(mcc, _)| mcc.get()).into();
        view["mnc"] = address.network.map(|(_, mnc)| mnc.get()).into();
        view["number"] = address.number.map(|digits| digits.to_string()).into();
    }
    if let Some(Ok(trigger)) = element.trigger() {
        view["trigger"] = trigger.trigger.raw().into();
        view["recurring"] = u8::from(trigger.recurring).into();
        if let kabat_tetra::TriggerParameter::Circle(point, radius) = trigger.parameter {
            view["longitude_deg"] = point.longitude.degrees().into();
            view["latitude_deg"] = point.latitude.degrees().into();
            view["uncertainty"] = radius.raw().into();
        }
    }
    if let Some(Ok(removal)) = element.removal() {
        view["specific"] = u8::from(removal.is_some()).into();
    }
    view
}

fn pei(input: &str) -> Result<Value, String> {
    let line = PeiLine::parse(input).map_err(|error| error.to_string())?;
    if line.to_string() != input {
        return Err(format!("written again as `{line}`"));
    }
    match line {
        PeiLine::Command {
            form: kabat_tetra::CommandForm::Set(params),
            ..
        } => Ok(json!({"form": "set", "params": params.iter().collect::<Vec<_>>()})),
        PeiLine::Response { name, .. } => Ok(json!({"named": named(name, &line)?})),
        _ => Ok(json!({})),
    }
}

fn named(name: &str, line: &PeiLine<'_>) -> Result<Value, String> {
    let text = |error: kabat_tetra::PeiError| error.to_string();
    Ok(match name {
        "CTSDSR" => {
            let head = SdsReceived::from_line(line).map_err(text)?;
            if head.to_string() != line.to_string() {
                return Err(format!("written again as `{head}`"));
            }
            let mut view = json!({
                "ai_service": head.ai_service.raw(), "length": head.length_bits, "octets": head.octets(),
                "e2ee": head.e2ee,
            });
            view_written(&mut view, "calling", head.calling);
            view_written(&mut view, "called", Some(head.called));
            view
        }
        "CMGS" => {
            let sent = SdsSent::from_line(line).map_err(text)?;
            json!({"instance": sent.instance, "sds_status": sent.status, "message_reference": sent.message_reference})
        }
        "CTICN" => {
            let call = IncomingCall::from_line(line).map_err(text)?;
            let mut view = json!({
                "cc": call.cc, "call_status": call.call_status, "ai_service": call.ai_service.raw(),
                "hook": call.hook, "simplex": call.simplex, "e2ee": call.e2ee, "comms_type": call.comms_type,
                "slots_codec": call.slots_codec, "priority": call.priority,
            });
            view_written(&mut view, "calling", call.calling);
            view_written(&mut view, "called", call.called);
            view
        }
        "CTXG" => {
            let grant = TransmitGrant::from_line(line).map_err(text)?;
            let mut view = json!({
                "cc": grant.cc, "tx_grant": grant.grant, "tx_request_permission": grant.request_permission,
                "e2ee": grant.e2ee,
            });
            view["party_type"] = grant
                .party
                .and_then(|party| party.identity_type)
                .map(|kind| kind.raw())
                .into();
            view["party"] = grant.party.map(|party| party.digits).into();
            view
        }
        "CTCR" => {
            let released = CallReleased::from_line(line).map_err(text)?;
            json!({"cc": released.cc, "disconnect_cause": released.disconnect_cause})
        }
        _ => json!({}),
    })
}

fn view_written(view: &mut Value, name: &str, party: Option<Party<'_>>) {
    let Some(party) = party else { return };
    view[name] = party.digits.into();
    view[format!("{name}_type")] = party.identity_type.map(|kind| kind.raw()).into();
    if let Ok(tsi) = party.tsi() {
        view[format!("{name}_id")] = view_tsi(tsi);
    }
}

fn run_table(vector: &Value) -> Result<(), String> {
    let table = &vector["table"];
    let kind = table["kind"].as_str().ok_or("no kind")?;
    let tolerance = vector["tolerance"].as_f64().unwrap_or(1e-5);
    for (code, want) in table["values"].as_object().ok_or("no values")? {
        let code: u16 = code.parse().map_err(|_| "code")?;
        let low = (code & 0xFF) as u8;
        let error = |error: kabat_tetra::ValueError| error.to_string();
        let got = match kind {
            "validity" => {
                let period = ValidityPeriod::from_raw(low).map_err(error)?;
                Some(period.period().map_or(-1.0, |period| period.as_secs_f64()))
            }
            "velocity" => HorizontalVelocity::from_raw(low)
                .map_err(error)?
                .km_per_hour(),
            "hpu" => HorizontalUncertainty::from_raw(low)
                .map_err(error)?
                .meters(),
            "altitude" => AltitudeCode::from_raw(code)
                .map_err(error)?
                .meters()
                .map(f64::from),
            _ => return Err(format!("unknown table {kind}")),
        };
        let same = match (want.as_f64(), got) {
            (Some(want), Some(got)) => (want - got).abs() <= tolerance,
            (None, None) => true,
            _ => false,
        };
        if !same {
            return Err(format!("{kind} {code}: {got:?}, not {want}"));
        }
    }
    Ok(())
}

/// Checks that `expected` is a part of `actual`.
fn compare(
    at: &str,
    expected: &Value,
    actual: &Value,
    tolerance: Option<f64>,
) -> Result<(), String> {
    let wrong = || Err(format!("{at}: {actual}, not {expected}"));
    match (expected, actual) {
        (Value::Object(fields), _) => fields.iter().try_for_each(|(name, value)| {
            compare(&format!("{at}/{name}"), value, &actual[name], tolerance)
        }),
        (Value::Array(want), Value::Array(got)) => {
            if want.len() != got.len() {
                return wrong();
            }
            want.iter()
                .zip(got)
                .try_for_each(|(want, got)| compare(&format!("{at}[]"), want, got, tolerance))
        }
        (Value::Number(want), Value::Number(got)) => {
            let scaled = ["deg", "_m", "_kmh"].iter().any(|end| at.ends_with(end));
            let (want, got) = (
                want.as_f64().unwrap_or(f64::NAN),
                got.as_f64().unwrap_or(f64::NAN),
            );
            let allowed = if scaled {
                tolerance.unwrap_or(1e-5) * want.abs().max(1e-9)
            } else {
                0.0
            };
            if (want - got).abs() <= allowed {
                Ok(())
            } else {
                wrong()
            }
        }
        _ if expected == actual => Ok(()),
        _ => wrong(),
    }
}
