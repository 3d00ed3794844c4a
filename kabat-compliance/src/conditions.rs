//! A decision from conditions that are met, not met, or not known.

use crate::decision::Answer;
use crate::engine::Compliance;
use crate::rule::RuleId;
use chrono::NaiveDate;

/// One condition: the fact it hangs on, whether it is met, and what to say when it is not.
pub(crate) struct Condition {
    pub(crate) fact: &'static str,
    pub(crate) met: Option<bool>,
    pub(crate) otherwise: &'static str,
}

pub(crate) const fn condition(
    fact: &'static str,
    met: Option<bool>,
    otherwise: &'static str,
) -> Condition {
    Condition {
        fact,
        met,
        otherwise,
    }
}

impl Compliance {
    /// Allows when every condition is met, denies when one is not, and otherwise names the missing facts.
    pub(crate) fn judge(
        &self,
        rule: RuleId,
        day: Option<NaiveDate>,
        conditions: &[Condition],
    ) -> Answer {
        if let Some(failed) = conditions
            .iter()
            .find(|condition| condition.met == Some(false))
        {
            return Answer::on(self.book(), rule, day, failed.otherwise).with("decision", "deny");
        }
        let mut answer = Answer::on(self.book(), rule, day, "every condition of the rule is met");
        let mut missing = false;
        for condition in conditions
            .iter()
            .filter(|condition| condition.met.is_none())
        {
            answer = answer.lacks(condition.fact);
            missing = true;
        }
        if missing {
            if let Some(first) = answer.reasons.first_mut() {
                first.finding = "facts are missing".into();
            }
            return answer.undecided();
        }
        answer.with("decision", "allow")
    }
}
