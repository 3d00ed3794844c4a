open_code! {
    /// Result of a request, 8 bits; names only where a report from the air confirms them. TS 100 392-18-1, clause 6.3.
    pub struct ResultCode;
    SUCCESS = 0 => "success",
    POSITION_METHOD_FAILURE = 81 => "position-method-failure",
    TOO_FEW_SATELLITES = 200 => "insufficient-number-of-positioning-entities",
    BAD_GEOMETRY = 201 => "bad-geometry",
}

closed_code! {
    /// Which report is asked for, 2 bits. TS 100 392-18-1, clause 6.3.
    pub enum ReportType: 2;
    /// Long report, no time.
    LongWithoutTime = 0 => "long-without-time",
    /// Long report, time elapsed.
    LongWithTimeElapsed = 1 => "long-with-time-elapsed",
    /// Long report, time of position.
    LongWithTimeOfPosition = 2 => "long-with-time-of-position",
    /// Short report.
    Short = 3 => "short",
    ; otherwise Short
}

open_code! {
    /// How long a temporary control lasts, 4 bits; one source. TS 100 392-18-1, clause 6.3.
    pub struct ControlValidity;
    BACK_TO_NORMAL = 0 => "back-to-normal",
    UNTIL_LOCATION_UPDATE = 1 => "until-location-update",
    UNTIL_ATTACH = 2 => "until-itsi-attach",
    UNTIL_NOTIFIED = 3 => "until-notified",
    NO_LIMIT = 15 => "no-limit",
}

open_code! {
    /// Enable flags, 8 bits: `0x80` reporting, `0x40` backlog; the rest reserved. TS 100 392-18-1, clause 6.3.
    pub struct EnableFlags;
    NOTHING = 0x00 => "nothing",
    REPORTING = 0x80 => "reporting",
    BACKLOG = 0x40 => "backlog",
    REPORTING_AND_BACKLOG = 0xC0 => "reporting-and-backlog",
}
