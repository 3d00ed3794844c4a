//! What is known about a case; what is not known stays out.

use alloc::string::String;
use alloc::vec::Vec;
use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::Brussels;
use crate::codes::{
    Buyer, Camera, CameraFeature, Contract, Controller, CyberLevel, DeclaredTo, Entity,
    LivePurpose, MobilePurpose, Place, PoliceMission, RequestedAction, Requester, Risk, Sign,
    SpecialRiskPlace, WorkPurpose,
};

/// A fact that can be stated to be nothing: not said, said to be none, or a value.
///
/// In JSON an absent field is not said and `null` is said to be none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth")]
pub enum Stated<T> {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// It was said that there is none.
    Nothing,
    /// A value.
    Is(T),
}

impl<T> Stated<T> {
    /// Returns the value if one was given.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Unsaid | Self::Nothing => None,
        }
    }

    /// Returns whether nothing was said.
    pub const fn is_unsaid(&self) -> bool {
        matches!(self, Self::Unsaid)
    }
}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Stated<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Stated<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Nothing, Self::Is))
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Stated<T> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// A day or an instant, as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "there is no third")]
pub enum Moment {
    /// An instant.
    Instant(DateTime<FixedOffset>),
    /// A civil day in Belgium.
    Day(NaiveDate),
}

impl Moment {
    /// Returns the civil day in Belgium.
    pub fn day(self, brussels: &Brussels) -> NaiveDate {
        match self {
            Self::Instant(instant) => brussels
                .local(&instant)
                .unwrap_or_else(|| instant.naive_utc())
                .date(),
            Self::Day(day) => day,
        }
    }

    /// Returns the instant, of a day its start in Belgium.
    pub fn instant(self, brussels: &Brussels) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Instant(instant) => Some(brussels.at(&instant)),
            Self::Day(day) => brussels.start_of(day),
        }
    }
}

macro_rules! facts {
    ($($(#[$meta:meta])* $name:ident: $type:ty,)*) => {
        /// The facts of a case. Every field may be missing; a decision names the ones it lacked.
        #[derive(Debug, Clone, PartialEq, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(default))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        pub struct Facts {
            $($(#[$meta])* pub $name: $type,)*
        }
    };
}

facts! {
    /// Who decides on cameras or data.
    controller: Option<Controller>,
    /// Kind of place.
    place: Option<Place>,
    /// Kind of camera.
    camera: Option<Camera>,
    /// What the camera can do beside recording.
    features: Option<Vec<CameraFeature>>,
    /// When the recording was made.
    recorded_at: Option<DateTime<FixedOffset>>,
    /// The moment the question is asked for.
    now: Option<Moment>,
    /// The listed place of special risk, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    special_risk_place: Stated<SpecialRiskPlace>,
    /// Whether the images can help as evidence.
    evidence: Option<bool>,
    /// Whether the images were taken over into another police database.
    stored_in_other_police_database: Option<bool>,
    /// What is asked to be done with the recording.
    requested_action: Option<RequestedAction>,
    /// When the camera goes or went into service.
    commissioned_on: Option<Moment>,
    /// To whom it was declared, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    declared_to: Stated<DeclaredTo>,
    /// When it was declared, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    declared_on: Stated<Moment>,
    /// When it was declared again under the new system, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    redeclared_on: Stated<Moment>,
    /// When the declaration was last validated, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    last_validated_on: Stated<Moment>,
    /// Whether the camera is inside the controller's own home.
    inside_own_home: Option<bool>,
    /// Whether it serves personal or domestic use.
    personal_domestic_use: Option<bool>,
    /// Who asks.
    requested_by: Option<Requester>,
    /// Whether the camera can be seen.
    camera_visible: Option<bool>,
    /// What hangs at the entrance.
    sign: Option<Sign>,
    /// Whether police supervises the viewing.
    supervised_by_police: Option<bool>,
    /// Why images are viewed live.
    live_purpose: Option<LivePurpose>,
    /// Why a mobile camera is used.
    mobile_purpose: Option<MobilePurpose>,
    /// Whether the municipal council advised positively.
    council_positive_advice: Option<bool>,
    /// Whether the camera is used on behalf of the municipality.
    on_behalf_of_municipality: Option<bool>,
    /// Within which mission police asks for images.
    police_mission: Option<PoliceMission>,
    /// Whether the images concern the offence or incivility.
    images_concern_offence: Option<bool>,
    /// On whose initiative images are handed over.
    initiative: Option<String>,
    /// Who would receive them.
    recipient: Option<Requester>,
    /// Whether the images show what may be an offence or incivility, and may help.
    images_may_prove_offence: Option<bool>,
    /// Whether images are handed over as they come in.
    live_images: Option<bool>,
    /// Whether there is a written agreement with the police.
    written_agreement: Option<bool>,
    /// Purpose of an access or a processing.
    purpose: Option<PoliceMission>,
    /// Whether the access was justified.
    access_justified: Option<bool>,
    /// Whether there is a written, reasoned decision of the public prosecutor.
    prosecutor_decision_written_reasoned: Option<bool>,
    /// For what number-plate data is used.
    anpr_purpose: Option<String>,
    /// Longest prison sentence for the offence, in years.
    offence_max_penalty_years: Option<f64>,
    /// Purpose of watching at work.
    cba68_purpose: Option<WorkPurpose>,
    /// Whether watching is continuous.
    continuous: Option<bool>,
    /// When the organisation became aware of a breach or incident.
    aware_at: Option<DateTime<FixedOffset>>,
    /// Whether persons are at risk.
    risk_to_persons: Option<Risk>,
    /// Whether a public area is systematically monitored.
    systematic_monitoring_public_area: Option<bool>,
    /// Whether that is done on a large scale.
    large_scale: Option<bool>,
    /// When a request was received.
    received_on: Option<Moment>,
    /// Whether the time to answer was extended.
    extended: Option<bool>,
    /// What the organisation is under the cyber law.
    entity: Option<Entity>,
    /// Whether the incident is significant.
    significant: Option<bool>,
    /// Whether the entity is a trust service provider.
    trust_service_provider: Option<bool>,
    /// When the incident was notified.
    notification_submitted_on: Option<Moment>,
    /// Whether the incident still goes on.
    ongoing: Option<bool>,
    /// Whether the entity is in a digital sector.
    digital_sector: Option<bool>,
    /// The `CyberFundamentals` level of a certificate or self-assessment.
    cyberfundamentals_level: Option<CyberLevel>,
    /// Whether there is an ISO 27001 certificate.
    iso_27001_certificate: Option<bool>,
    /// Who buys.
    buyer: Option<Buyer>,
    /// What is bought.
    contract: Option<Contract>,
    /// Estimated value without value added tax, in euro.
    estimated_value_excl_vat_eur: Option<f64>,
    /// When the contract is published.
    published_on: Option<Moment>,
    /// Level of the threat.
    level: Option<i64>,
    /// Whether the camera use is hidden from those filmed.
    hidden: Option<bool>,
    /// Whether the commissioner-general or chief of police authorised it for this case.
    authorised_by_chief: Option<bool>,
    /// Whether a processing is of faces or other biometric features.
    biometric: Option<bool>,
    /// The legal basis given, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    legal_basis_given: Stated<String>,
    /// Where data goes: a country as two letters of ISO 3166-1.
    destination_country: Option<String>,
    /// The case a search or access belongs to, or null.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Stated::is_unsaid"))]
    case_reference: Stated<String>,
}
