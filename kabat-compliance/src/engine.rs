//! The law at one state of knowledge together with Belgian time.

use chrono::NaiveDate;

use crate::Brussels;
use crate::law::{Law, Rulebook};

/// Decides questions by one release of the law. Make one and keep it; it is `Send` and `Sync`.
///
/// ```
/// use kabat_compliance::{Camera, CameraFacts, Compliance, Controller, RuleId, Stated};
/// let law = Compliance::belgium();
/// let camera = CameraFacts {
///     controller: Controller::PrivateCompany,
///     camera: Camera::Fixed,
///     special_risk_place: Stated::Nothing,
///     anpr_database: false,
/// };
/// let recorded = chrono::DateTime::parse_from_rfc3339("2026-01-31T10:00:00+01:00")?;
/// let decision = law.retention(&camera, &recorded);
/// assert_eq!(decision.rule(), Some(RuleId::CamRet1m));
/// assert_eq!(decision.erase_by().map(|at| at.to_rfc3339()).as_deref(), Some("2026-02-28T10:00:00+01:00"));
/// assert!(!decision.citations.is_empty());
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Compliance {
    book: Rulebook,
    brussels: Brussels,
}

impl Compliance {
    /// Decides by the release that comes with the crate.
    pub fn belgium() -> Self {
        Self::new(&Law::belgium(), None)
    }

    /// Decides by a release, as the law was known on a day or as the release knows it.
    pub fn new(law: &Law, known_on: Option<NaiveDate>) -> Self {
        Self {
            book: law.as_known_on(known_on),
            brussels: Brussels::new(),
        }
    }

    /// Returns the rules in use.
    pub const fn book(&self) -> &Rulebook {
        &self.book
    }

    /// Returns the civil time in use.
    pub const fn brussels(&self) -> &Brussels {
        &self.brussels
    }
}
