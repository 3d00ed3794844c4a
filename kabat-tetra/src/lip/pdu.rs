use crate::bits::{BitWriter, Bits, Cursor};
use crate::error::EncodeError;
use crate::lip::{
    ControlValidity, EnableFlags, LongLocationReport, ReportType, ReportingInterval, ResultCode,
    ShortLocationReport,
};

/// A LIP PDU. TS 100 392-18-1, clause 6.2; the extension is the four bits behind the PDU type `01`,
/// clause 6.3.62.
///
/// Requests and responses share an extension and are told apart by the bit behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum LipPdu<'a> {
    /// Short location report.
    Short(ShortLocationReport),
    /// Extension 3: long location report.
    Long(LongLocationReport),
    /// Extension 1, request: report at once.
    ImmediateReportRequest {
        /// Which report is wanted.
        report_type: ReportType,
    },
    /// Extension 4: acknowledgement of a report.
    ReportAck {
        /// Result.
        result: ResultCode,
    },
    /// Extension 5, request: set interval and report type.
    BasicParametersRequest {
        /// Whether a response is wanted.
        ack_request: bool,
        /// Interval between reports.
        min_interval: ReportingInterval,
        /// Which report is wanted.
        report_type: ReportType,
    },
    /// Extension 5, response.
    BasicParametersResponse {
        /// Result.
        result: ResultCode,
        /// What is enabled.
        enable_flags: EnableFlags,
        /// Interval between reports.
        min_interval: ReportingInterval,
        /// Which report is sent.
        report_type: ReportType,
    },
    /// Extension 6, request: add or modify a trigger.
    TriggerRequest {
        /// Whether a response is wanted.
        ack_request: bool,
        /// Which report is wanted.
        report_type: ReportType,
    },
    /// Extension 6, response.
    TriggerResponse {
        /// Result.
        result: ResultCode,
        /// Which report is sent.
        report_type: ReportType,
    },
    /// Extension 7, request: remove a trigger.
    RemoveTriggerRequest {
        /// Whether a response is wanted.
        ack_request: bool,
    },
    /// Extension 7, response.
    RemoveTriggerResponse {
        /// Result.
        result: ResultCode,
    },
    /// Extension 8, response: the triggers that are set.
    ReportTriggersResponse {
        /// Result.
        result: ResultCode,
        /// What is enabled.
        enable_flags: EnableFlags,
        /// Which report is sent.
        report_type: ReportType,
    },
    /// Extension 9, response: the basic parameters that are set.
    ReportBasicParametersResponse {
        /// Result.
        result: ResultCode,
        /// What is enabled.
        enable_flags: EnableFlags,
        /// Interval between reports.
        min_interval: ReportingInterval,
        /// Which report is sent.
        report_type: ReportType,
    },
    /// Extension 10, request: enable or disable reporting.
    EnableDisableRequest {
        /// Whether a response is wanted.
        ack_request: bool,
        /// What to enable.
        enable_flags: EnableFlags,
    },
    /// Extension 10, response.
    EnableDisableResponse {
        /// What is enabled.
        enable_flags: EnableFlags,
    },
    /// Extension 11, request: temporary control.
    TemporaryControlRequest {
        /// Whether a response is wanted.
        ack_request: bool,
        /// How long it lasts.
        validity: ControlValidity,
    },
    /// An extended PDU of which no source gives the layout, or a long report with a reserved time or shape type, kept
    /// as it is.
    Unknown {
        /// The four-bit extension that tells the PDU.
        extension: u8,
        /// Everything behind it.
        bits: Bits<'a>,
    },
}

impl LipPdu<'_> {
    /// Returns a short fixed name of the PDU.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Short(_) => "short-report",
            Self::Long(_) => "long-report",
            Self::ImmediateReportRequest { .. } => "immediate-report",
            Self::ReportAck { .. } => "report-ack",
            Self::BasicParametersRequest { .. } | Self::BasicParametersResponse { .. } => {
                "basic-parameters"
            }
            Self::TriggerRequest { .. } | Self::TriggerResponse { .. } => "add-modify-trigger",
            Self::RemoveTriggerRequest { .. } | Self::RemoveTriggerResponse { .. } => {
                "remove-trigger"
            }
            Self::ReportTriggersResponse { .. } => "report-triggers",
            Self::ReportBasicParametersResponse { .. } => "report-basic-parameters",
            Self::EnableDisableRequest { .. } | Self::EnableDisableResponse { .. } => {
                "enable-disable"
            }
            Self::TemporaryControlRequest { .. } => "temporary-control",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// Returns whether the PDU is a response; `None` for PDUs without the bit that says so.
    pub const fn is_response(&self) -> Option<bool> {
        match self {
            Self::Short(_) | Self::Long(_) | Self::ReportAck { .. } | Self::Unknown { .. } => None,
            Self::ImmediateReportRequest { .. }
            | Self::BasicParametersRequest { .. }
            | Self::TriggerRequest { .. }
            | Self::RemoveTriggerRequest { .. }
            | Self::EnableDisableRequest { .. }
            | Self::TemporaryControlRequest { .. } => Some(false),
            _ => Some(true),
        }
    }

    /// PDU type and extension of a long report.
    pub(super) const LONG: u64 = 0b01_0011;

    const fn extension(&self) -> u8 {
        match self {
            Self::Short(_) => 0,
            Self::ImmediateReportRequest { .. } => 1,
            Self::Long(_) => 3,
            Self::ReportAck { .. } => 4,
            Self::BasicParametersRequest { .. } | Self::BasicParametersResponse { .. } => 5,
            Self::TriggerRequest { .. } | Self::TriggerResponse { .. } => 6,
            Self::RemoveTriggerRequest { .. } | Self::RemoveTriggerResponse { .. } => 7,
            Self::ReportTriggersResponse { .. } => 8,
            Self::ReportBasicParametersResponse { .. } => 9,
            Self::EnableDisableRequest { .. } | Self::EnableDisableResponse { .. } => 10,
            Self::TemporaryControlRequest { .. } => 11,
            Self::Unknown { extension, .. } => *extension,
        }
    }

    /// Reads what follows the extension; `None` for a layout that is not known.
    #[inline]
    pub(super) fn read_extended(reader: &mut Cursor<'_, '_>, extension: u8) -> Option<Self> {
        if extension == 4 {
            let result = ResultCode::from_raw(reader.u8(8, "result code"));
            return Some(Self::ReportAck { result });
        }
        if !matches!(extension, 1 | 5..=11) {
            return None;
        }
        let response = reader.flag("request/response");
        Some(match (extension, response) {
            (1, false) => Self::ImmediateReportRequest {
                report_type: read_report_type(reader),
            },
            (5, false) => Self::BasicParametersRequest {
                ack_request: reader.flag("acknowledgement request"),
                min_interval: ReportingInterval::read(reader),
                report_type: read_report_type(reader),
            },
            (5, true) => Self::BasicParametersResponse {
                result: read_result(reader),
                enable_flags: read_flags(reader),
                min_interval: ReportingInterval::read(reader),
                report_type: read_report_type(reader),
            },
            (6, false) => Self::TriggerRequest {
                ack_request: reader.flag("acknowledgement request"),
                report_type: read_report_type(reader),
            },
            (6, true) => Self::TriggerResponse {
                result: read_result(reader),
                report_type: read_report_type(reader),
            },
            (7, false) => Self::RemoveTriggerRequest {
                ack_request: reader.flag("acknowledgement request"),
            },
            (7, true) => Self::RemoveTriggerResponse {
                result: read_result(reader),
            },
            (8, true) => Self::ReportTriggersResponse {
                result: read_result(reader),
                enable_flags: read_flags(reader),
                report_type: read_report_type(reader),
            },
            (9, true) => Self::ReportBasicParametersResponse {
                result: read_result(reader),
                enable_flags: read_flags(reader),
                min_interval: ReportingInterval::read(reader),
                report_type: read_report_type(reader),
            },
            (10, false) => Self::EnableDisableRequest {
                ack_request: reader.flag("acknowledgement request"),
                enable_flags: read_flags(reader),
            },
            (10, true) => Self::EnableDisableResponse {
                enable_flags: read_flags(reader),
            },
            (11, false) => Self::TemporaryControlRequest {
                ack_request: reader.flag("acknowledgement request"),
                validity: ControlValidity::from_raw(reader.u8(4, "validity")),
            },
            _ => return None,
        })
    }

    pub(super) fn write_extended(&self, writer: &mut BitWriter<'_>) -> Result<(), EncodeError> {
        writer.put(1, 2, "pdu type")?;
        writer.put(u64::from(self.extension()), 4, "pdu type extension")?;
        if let Some(response) = self.is_response() {
            writer.flag(response, "request/response")?;
        }
        match *self {
            Self::Short(_) => Ok(()),
            Self::Long(report) => report.write(writer),
            Self::ImmediateReportRequest { report_type } => write_report_type(report_type, writer),
            Self::ReportAck { result } | Self::RemoveTriggerResponse { result } => {
                writer.put(u64::from(result.raw()), 8, "result code")
            }
            Self::BasicParametersRequest {
                ack_request,
                min_interval,
                report_type,
            } => {
                writer.flag(ack_request, "acknowledgement request")?;
                min_interval.write(writer)?;
                write_report_type(report_type, writer)
            }
            Self::BasicParametersResponse {
                result,
                enable_flags,
                min_interval,
                report_type,
            }
            | Self::ReportBasicParametersResponse {
                result,
                enable_flags,
                min_interval,
                report_type,
            } => {
                writer.put(u64::from(result.raw()), 8, "result code")?;
                writer.put(u64::from(enable_flags.raw()), 8, "enable flags")?;
                min_interval.write(writer)?;
                write_report_type(report_type, writer)
            }
            Self::TriggerRequest {
                ack_request,
                report_type,
            } => {
                writer.flag(ack_request, "acknowledgement request")?;
                write_report_type(report_type, writer)
            }
            Self::TriggerResponse {
                result,
                report_type,
            } => {
                writer.put(u64::from(result.raw()), 8, "result code")?;
                write_report_type(report_type, writer)
            }
            Self::RemoveTriggerRequest { ack_request } => {
                writer.flag(ack_request, "acknowledgement request")
            }
            Self::ReportTriggersResponse {
                result,
                enable_flags,
                report_type,
            } => {
                writer.put(u64::from(result.raw()), 8, "result code")?;
                writer.put(u64::from(enable_flags.raw()), 8, "enable flags")?;
                write_report_type(report_type, writer)
            }
            Self::EnableDisableRequest {
                ack_request,
                enable_flags,
            } => {
                writer.flag(ack_request, "acknowledgement request")?;
                writer.put(u64::from(enable_flags.raw()), 8, "enable flags")
            }
            Self::EnableDisableResponse { enable_flags } => {
                writer.put(u64::from(enable_flags.raw()), 8, "enable flags")
            }
            Self::TemporaryControlRequest {
                ack_request,
                validity,
            } => {
                writer.flag(ack_request, "acknowledgement request")?;
                writer.put(u64::from(validity.raw()), 4, "validity")
            }
            Self::Unknown { bits, .. } => writer.bits(bits, "pdu"),
        }
    }
}

#[inline]
fn read_report_type(reader: &mut Cursor<'_, '_>) -> ReportType {
    ReportType::from_low_bits(reader.u8(2, "report type"))
}

fn write_report_type(
    report_type: ReportType,
    writer: &mut BitWriter<'_>,
) -> Result<(), EncodeError> {
    writer.put(u64::from(report_type.raw()), 2, "report type")
}

#[inline]
fn read_result(reader: &mut Cursor<'_, '_>) -> ResultCode {
    ResultCode::from_raw(reader.u8(8, "result code"))
}

#[inline]
fn read_flags(reader: &mut Cursor<'_, '_>) -> EnableFlags {
    EnableFlags::from_raw(reader.u8(8, "enable flags"))
}
