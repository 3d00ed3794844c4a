//! Thresholds of public procurement.

use crate::codes::{Buyer, Contract};
use crate::decision::Answer;
use crate::engine::Compliance;
use crate::facts::Facts;
use crate::rule::RuleId;

impl Compliance {
    /// Whether a contract is published in the Union: `eu_publication`, `threshold_eur`.
    pub(crate) fn answer_threshold(&self, facts: &Facts) -> Answer {
        let book = self.book();
        let day = facts.published_on.map(|moment| moment.day(self.brussels()));
        let name = match (&facts.contract, &facts.buyer) {
            (Some(Contract::Works), _) => Some("works_eur"),
            (Some(Contract::Supplies | Contract::Services), Some(Buyer::FederalPublicService)) => {
                Some("federal_eur")
            }
            (
                Some(Contract::Supplies | Contract::Services),
                Some(
                    Buyer::LocalPoliceZone
                    | Buyer::Municipality
                    | Buyer::RescueZone
                    | Buyer::Province,
                ),
            ) => Some("other_eur"),
            _ => None,
        };
        let value = facts
            .estimated_value_excl_vat_eur
            .filter(|value| value.is_finite());
        let (Some(name), Some(value), Some(day)) = (name, value, day) else {
            let mut answer = Answer::on(book, RuleId::ProcEu, None, "facts are missing");
            for (fact, missing) in [
                (
                    "contract",
                    !matches!(
                        facts.contract,
                        Some(Contract::Supplies | Contract::Services | Contract::Works)
                    ),
                ),
                (
                    "buyer",
                    name.is_none()
                        && matches!(facts.buyer, None | Some(Buyer::Other(_)))
                        && facts.contract != Some(Contract::Works),
                ),
                ("estimated_value_excl_vat_eur", value.is_none()),
                ("published_on", day.is_none()),
            ] {
                if missing {
                    answer = answer.lacks(fact);
                }
            }
            return answer.undecided();
        };
        let Some((rule, threshold)) = book
            .version(RuleId::ProcEu, day)
            .and_then(|rule| Some((rule, rule.count(name)?)))
        else {
            return Answer::on(
                book,
                RuleId::ProcEu,
                Some(day),
                "no threshold is known for that date",
            )
            .undecided();
        };
        let mut answer = Answer::by(rule, "published in the Union when the estimated value is equal to or above the threshold of the day of publication")
            .with("eu_publication", value >= f64::from(threshold))
            .with("threshold_eur", i64::from(threshold));
        if let Some(below) = book
            .version(RuleId::ProcLow, day)
            .and_then(|rule| rule.count("below_eur"))
        {
            answer = answer.with("low_value", value < f64::from(below));
        }
        answer
    }
}
