//! The identifiers of the rules the code interprets.

use core::fmt;
use core::str::FromStr;

macro_rules! rule_ids {
    ($($variant:ident = $code:literal: $doc:literal,)*) => {
        /// Identifier of a rule; its text, validity and numbers are data of the [`Law`](crate::Law).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        #[non_exhaustive]
        pub enum RuleId {
            $(#[doc = $doc] #[cfg_attr(feature = "serde", serde(rename = $code))] $variant,)*
        }

        impl RuleId {
            /// Every rule, in the order of the fact base.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the identifier as written in data and answers.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

rule_ids! {
    CamOpenPublicAuth = "CAM-OPEN-PUBLIC-AUTH": "Fixed cameras in an open place.",
    CamMobOpen = "CAM-MOB-OPEN": "Mobile cameras in an open place.",
    CamInt = "CAM-INT": "Cameras linked to files of personal data.",
    CamDeclPolice = "CAM-DECL-POLICE": "Declaration goes to the police services.",
    CamDeclEve = "CAM-DECL-EVE": "Declaration at the latest on the eve of commissioning.",
    CamDeclYearly = "CAM-DECL-YEARLY": "Yearly validation of the declaration.",
    CamDeclTrans = "CAM-DECL-TRANS": "Declarations of the old system.",
    CamDeclHome = "CAM-DECL-HOME": "Cameras inside one's own home.",
    CamReg = "CAM-REG": "Register of image processing.",
    CamPict = "CAM-PICT": "Statutory pictogram.",
    CamHidden = "CAM-HIDDEN": "No hidden use.",
    CamLiveOpen = "CAM-LIVE-OPEN": "Real-time viewing of an open place.",
    CamLiveClosed = "CAM-LIVE-CLOSED": "Real-time viewing of a closed place.",
    CamRet1m = "CAM-RET-1M": "One month of storage at most.",
    CamRet3m = "CAM-RET-3M": "Three months at places of special risk.",
    CamRetEvid = "CAM-RET-EVID": "Images that can serve as evidence.",
    CamXferVoluntary = "CAM-XFER-VOLUNTARY": "Voluntary transfer to police or justice.",
    CamXferPolice = "CAM-XFER-POLICE": "Transfer on request of the police.",
    CamXferLive = "CAM-XFER-LIVE": "Live images to the police.",
    CamAccSubject = "CAM-ACC-SUBJECT": "Access of the filmed person.",
    CamSanc = "CAM-SANC": "Criminal fines.",
    PolRet12m = "POL-RET-12M": "Police images: twelve months at most.",
    PolAccAdmin = "POL-ACC-ADMIN": "Access of administrative police.",
    PolAccJud = "POL-ACC-JUD": "Access of judicial police.",
    PolAccJustify = "POL-ACC-JUSTIFY": "Every access justified and logged.",
    PolInvisible = "POL-INVISIBLE": "Not-visible use by police.",
    PolPict = "POL-PICT": "Police pictogram.",
    PolBodyMin30 = "POL-BODY-MIN30": "Body-worn camera: thirty days at least.",
    AnprPurpose = "ANPR-PURPOSE": "Purposes of technical databases.",
    AnprRet12m = "ANPR-RET-12M": "Number-plate data: one year.",
    AnprAccAdmin = "ANPR-ACC-ADMIN": "Number-plate data for administrative police.",
    AnprAccJud = "ANPR-ACC-JUD": "Number-plate data for judicial police.",
    WorkPurposes = "WORK-PURPOSES": "The four purposes at work.",
    WorkCont = "WORK-CONT": "Continuous watching at work.",
    WorkTemp = "WORK-TEMP": "Temporary watching of employees' work.",
    Gdpr72h = "GDPR-72H": "Breach notification.",
    Gdpr33Exempt = "GDPR-33-EXEMPT": "Breach without likely risk.",
    Gdpr353c = "GDPR-35-3C": "Impact assessment.",
    Gdpr30 = "GDPR-30": "Records of processing.",
    Gdpr123 = "GDPR-12-3": "Time to answer a request.",
    Gdpr9 = "GDPR-9": "Biometric data.",
    GdprExport = "GDPR-EXPORT": "Transfer outside the Union.",
    Nis2InForce = "NIS2-IN-FORCE": "Entry into force of the cyber law.",
    Nis2Notify = "NIS2-NOTIFY": "Early warning and notification.",
    Nis2Final = "NIS2-FINAL": "Final report.",
    Nis2Register = "NIS2-REGISTER": "Registration of entities.",
    Nis2Cyfun = "NIS2-CYFUN": "`CyberFundamentals` levels.",
    ProcEu = "PROC-EU": "Thresholds of publication in the Union.",
    ProcLow = "PROC-LOW": "Contracts of low value.",
    OcamLevels = "OCAM-LEVELS": "Levels of the threat.",
    RegPolice = "REG-POLICE": "Police controllers fall under the Police Function Act.",
    RegCam = "REG-CAM": "Everyone else falls under the Camera Act.",
    RegRescue = "REG-RESCUE": "Rescue zones have rules of their own.",
    SupCoc = "SUP-COC": "Police controllers answer to the supervisory body for police information.",
    AstridChecklist = "ASTRID-CHECKLIST": "Connection to the ASTRID network.",
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// A text is not the identifier of a known rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{0}`")]
pub struct RuleIdError(alloc::string::String);

impl FromStr for RuleId {
    type Err = RuleIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.code() == text)
            .ok_or_else(|| RuleIdError(text.into()))
    }
}
