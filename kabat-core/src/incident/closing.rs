//! Why an incident ended.

use crate::LocalizedText;
use crate::code::open_code;

open_code! {
    /// Why an incident was closed: an open code; the constants are those of the Brussels intervention records.
    ///
    /// ```
    /// use kabat_core::{ClosingReason, Language};
    /// let label = ClosingReason::TREATED_ON_THE_SPOT.label();
    /// assert_eq!(label.map(|l| l.get(Language::Nl).to_owned()).as_deref(), Some("ter plaatse behandeld"));
    /// ```
    ClosingReason, "closing reason"
}

impl ClosingReason {
    /// Handled to the end.
    pub const COMPLETED: Self = Self::known("completed");
    /// The patient refused transport.
    pub const TRANSPORT_REFUSED: Self = Self::known("transport_refused");
    /// Entered in error.
    pub const ENTERED_IN_ERROR: Self = Self::known("entered_in_error");
    /// False alarm, well meant.
    pub const FALSE_ALARM_WELL_MEANT: Self = Self::known("false_alarm_well_meant");
    /// The trip was cancelled.
    pub const CANCELLED: Self = Self::known("cancelled");
    /// Transported by others.
    pub const TRANSPORTED_BY_OTHERS: Self = Self::known("transported_by_others");
    /// Treated on the spot.
    pub const TREATED_ON_THE_SPOT: Self = Self::known("treated_on_the_spot");
    /// Dead at the scene.
    pub const DEAD_AT_SCENE: Self = Self::known("dead_at_scene");
    /// False alarm, malicious.
    pub const FALSE_ALARM_MALICIOUS: Self = Self::known("false_alarm_malicious");

    const STANDARD: &'static [Self] = &[
        Self::COMPLETED,
        Self::TRANSPORT_REFUSED,
        Self::ENTERED_IN_ERROR,
        Self::FALSE_ALARM_WELL_MEANT,
        Self::CANCELLED,
        Self::TRANSPORTED_BY_OTHERS,
        Self::TREATED_ON_THE_SPOT,
        Self::DEAD_AT_SCENE,
        Self::FALSE_ALARM_MALICIOUS,
    ];

    /// Returns the reasons known to every kabat crate.
    ///
    /// ```
    /// use kabat_core::ClosingReason;
    /// assert!(ClosingReason::standard().iter().all(|reason| reason.label().is_some()));
    /// ```
    pub const fn standard() -> &'static [Self] {
        Self::STANDARD
    }

    /// Returns the label of a standard reason.
    ///
    /// Dutch and French are the records' own words (`completed` apart, and one spelling mended); German and English are
    /// this project's.
    pub fn label(&self) -> Option<LocalizedText> {
        let (nl, fr, de, en) = match self.as_str() {
            "completed" => ("afgehandeld", "terminé", "erledigt", "completed"),
            "transport_refused" => (
                "weigering vervoer",
                "refus",
                "Transport verweigert",
                "transport refused",
            ),
            "entered_in_error" => ("error", "erreur", "Fehleingabe", "entered in error"),
            "false_alarm_well_meant" => (
                "loos alarm goed bedoeld",
                "fausse alerte bien intentionnée",
                "Fehlalarm in guter Absicht",
                "false alarm, well meant",
            ),
            "cancelled" => ("geannuleerde rit", "annuler", "abgesagt", "cancelled"),
            "transported_by_others" => (
                "vervoer door derden",
                "tiers",
                "Transport durch Dritte",
                "transported by others",
            ),
            "treated_on_the_spot" => (
                "ter plaatse behandeld",
                "traité sur place",
                "vor Ort behandelt",
                "treated on the spot",
            ),
            "dead_at_scene" => (
                "dood ter plaatse",
                "DCD",
                "vor Ort verstorben",
                "dead at the scene",
            ),
            "false_alarm_malicious" => (
                "kwaadwillige oproep",
                "fausse alerte mal intentionnée",
                "böswilliger Fehlalarm",
                "false alarm, malicious",
            ),
            _ => return None,
        };
        Some(LocalizedText::from_static(nl, fr, de, en))
    }
}

#[cfg(test)]
mod tests {
    use super::ClosingReason;

    #[test]
    fn every_standard_reason_has_a_label() {
        for reason in ClosingReason::standard() {
            assert!(reason.label().is_some(), "{reason}");
        }
    }
}
