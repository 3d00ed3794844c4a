//! The levels of the threat, as the coordination unit gives them.

use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::Facts;
use crate::rule::RuleId;

impl Compliance {
    /// What a level means: `valid`, `label_en`, `label_fr`, `label_nl`, `label_de`, `meaning`. Which level is in force is an input.
    pub(crate) fn answer_threat(&self, facts: &Facts) -> Answer {
        let Some(level) = facts.level else {
            return Answer::lacking(self.book(), RuleId::OcamLevels, &["level"]);
        };
        let answer = Answer::on(
            self.book(),
            RuleId::OcamLevels,
            None,
            "the levels run from 1 to 4",
        );
        let (en, fr, nl, de, meaning) = match level {
            1 => ("low", "faible", "laag", "niedrig", "not_threatened"),
            2 => ("medium", "moyen", "gemiddeld", "mittel", "unlikely"),
            3 => (
                "serious",
                "grave",
                "ernstig",
                "ernst",
                "possible_and_likely",
            ),
            4 => (
                "very serious",
                "très grave",
                "zeer ernstig",
                "sehr ernst",
                "serious_and_imminent",
            ),
            _ => return answer.with("valid", false),
        };
        answer
            .with("valid", true)
            .with("label_en", en)
            .with("label_fr", fr)
            .with("label_nl", nl)
            .with("label_de", de)
            .with("meaning", meaning)
    }
}
