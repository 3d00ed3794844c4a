//! What comes in: a note and the structured data that came with it.

use kabat_core::Language;

/// Structured data that came with a call, beside the note.
///
/// Codes are open: a source or an event that the rule set does not know is kept and has no effect.
///
/// ```
/// use kabat_classify::CallInput;
/// let input = CallInput { source: Some("alarm_fire".into()), ..CallInput::default() };
/// assert_eq!(input.source.as_deref(), Some("alarm_fire"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[serde(default, deny_unknown_fields)]
pub struct CallInput {
    /// Where it came from: `ecall_auto`, `ecall_manual`, `alarm_fire`, `alarm_intrusion`, `alarm_gas`, `alarm_co`,
    /// `anpr`, `camera`, `silent`, or a code of a vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether the operator could talk with somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice_contact: Option<bool>,
    /// Occupants that the vehicle reported; 0 means that it did not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupants: Option<u32>,
    /// What the plate was listed for: `wanted_person`, `stolen_vehicle`, `missing_person`, `uninsured`, or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hit: Option<String>,
    /// What a camera saw: `smoke`, `fire`, `person_down`, `fight`, `wrong_way`, `stopped_vehicle`, `intrusion`, or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Triage answer: is the person conscious?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conscious: Option<bool>,
    /// Triage answer: `normal`, `abnormal` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breathing: Option<String>,
    /// Triage answer: is somebody trapped?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trapped: Option<bool>,
    /// Triage answer: is somebody injured?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<bool>,
    /// Triage answer: how many victims?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub victims: Option<u32>,
}

/// A call note to classify.
///
/// ```
/// use kabat_classify::Note;
/// use kabat_core::Language;
/// let note = Note::new("schouwbrand, iedereen buiten").in_language(Language::Nl);
/// assert_eq!(note.text, "schouwbrand, iedereen buiten");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Note {
    /// The note as typed, in any mix of the four languages.
    pub text: String,
    /// Language of the caller, when known: a hint, never a filter.
    #[serde(default, rename = "lang", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Structured data that came with the call.
    #[serde(default)]
    pub input: CallInput,
}

impl Note {
    /// Makes a note of text alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Returns the note with the language of the caller.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Returns the note with structured data.
    #[must_use]
    pub fn with_input(mut self, input: CallInput) -> Self {
        self.input = input;
        self
    }
}
