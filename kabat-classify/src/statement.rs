//! From a decision to the verdict, with the words that speak for each fact.

use std::sync::Arc;

use kabat_core::{Language, Provenance, ResponsePlan};

use crate::decision::Work;
use crate::names::Literal;
use crate::ruleset::Rule;
use crate::{Classifier, FactValue, NotedFact, Span, Verdict};

impl Classifier {
    pub(crate) fn verdict(&self, work: &mut Work) -> Verdict {
        let set = self.rule_set();
        let incident = work.type_id.and_then(|t| set.types.get(t as usize));
        let facts = self.stated(work);
        let mut matched: Vec<Arc<str>> = work
            .known
            .iter()
            .map(|known| known.rule)
            .chain(work.decided.iter().copied())
            .filter_map(|id| set.rules.get(id as usize))
            .map(|rule| rule.id.clone())
            .collect();
        if work.by_points || work.raised_by_points || !work.rivals.is_empty() {
            matched.push(Arc::clone(&set.points_name));
        }
        matched.extend(incident.map(|incident| incident.default_rule.clone()));
        Verdict {
            type_code: incident.map(|incident| incident.code.clone()),
            category: incident.map(|incident| incident.category.clone()),
            priority: work.priority,
            disciplines: work.disciplines,
            severity_be: work.severity,
            plan: ResponsePlan {
                requires: std::mem::take(&mut work.means),
            },
            mip: work.mip,
            facts,
            language: work
                .reading
                .language
                .and_then(|bit| Language::ALL.get(bit).copied()),
            margin: work.margin,
            matched,
            rule_set: Arc::clone(&set.reference),
        }
    }

    pub(crate) fn span(work: &Work, first: u32, last: u32) -> Option<Span> {
        let from = work.tokens.list.get(first as usize)?;
        let to = work.tokens.list.get(last as usize)?;
        Some(Span {
            start: from.from,
            end: to.to,
        })
    }

    /// Returns where the concepts of a rule stand in the text.
    pub(crate) fn evidence(&self, work: &Work, rule: &Rule) -> Vec<Span> {
        let mut spans = Vec::new();
        for &literal in rule.all.iter().chain(rule.any.iter().flatten()) {
            if !work.holds(literal) {
                continue;
            }
            let Some(
                Literal::Asserted(concept)
                | Literal::Denied(concept)
                | Literal::Past(concept)
                | Literal::Said(concept),
            ) = self.rule_set().literals.get(literal as usize)
            else {
                continue;
            };
            for mention in &work.reading.mentions {
                let owner = mention.hit.owner;
                let implied = || {
                    self.rule_set()
                        .concepts
                        .get(owner as usize)
                        .is_some_and(|c| c.implies.contains(concept))
                };
                if owner == *concept || implied() {
                    spans.extend(Self::span(work, mention.hit.first, mention.hit.last));
                }
            }
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    fn stated(&self, work: &Work) -> Vec<NotedFact> {
        let set = self.rule_set();
        let mut facts = Vec::with_capacity(work.known.len() + 2);
        for known in &work.known {
            let Some(kind) = set.names.facts.get(known.fact as usize) else {
                continue;
            };
            let rule = set.rules.get(known.rule as usize);
            let Some(value) = kind.values.get(known.value as usize) else {
                continue;
            };
            facts.push(NotedFact {
                name: kind.name.clone(),
                value: match &**value {
                    "yes" => FactValue::Flag(true),
                    "no" => FactValue::Flag(false),
                    _ => FactValue::Code(value.clone()),
                },
                provenance: known.provenance,
                rule: rule.map_or_else(|| Arc::clone(&set.answer_rule), |rule| rule.id.clone()),
                spans: rule.map_or_else(
                    || {
                        work.counts
                            .child
                            .filter(|_| &*kind.name == "child")
                            .and_then(|token| Self::span(work, token, token + 1))
                            .into_iter()
                            .collect()
                    },
                    |rule| self.evidence(work, rule),
                ),
            });
        }
        if let Some((value, token)) = work.counts.value.first().copied().flatten() {
            facts.push(NotedFact {
                name: Arc::clone(&set.victims_name),
                value: FactValue::Number(value),
                provenance: if token == u32::MAX {
                    Provenance::Answered
                } else {
                    Provenance::Stated
                },
                rule: Arc::clone(&set.victims_name),
                spans: Self::span(work, token, token).into_iter().collect(),
            });
        } else if let Some(known) = facts.iter().find(|f| &*f.name == "single") {
            // One person is spoken of, and nobody else.
            let one = NotedFact {
                name: Arc::clone(&set.victims_name),
                value: FactValue::Number(1),
                provenance: Provenance::Derived,
                rule: known.rule.clone(),
                spans: known.spans.clone(),
            };
            facts.push(one);
        }
        facts.retain(|fact| &*fact.name != "single");
        facts.sort_by(|a, b| a.name.cmp(&b.name));
        facts
    }
}
