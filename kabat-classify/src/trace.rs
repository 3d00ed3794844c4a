//! The trace of a decision, written straight to JSON.

use std::collections::BTreeMap;

use kabat_core::{Provenance, RuleSetRef};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::decision::Work;
use crate::document::{Family, Texts};
use crate::points::POINTS;
use crate::ruleset::hex;
use crate::{Classifier, FactValue, Note, Span, Verdict};

/// Bounds of a span as a pair.
type Bounds = (u32, u32);

const fn bounds(span: Span) -> Bounds {
    (span.start, span.end)
}

#[derive(Serialize)]
struct Trace<'a> {
    input_hash: String,
    rule_set: &'a RuleSetRef,
    #[serde(rename = "type")]
    type_code: Option<&'a str>,
    priority: Option<u8>,
    margin: i32,
    facts: Vec<TracedFact<'a>>,
    concepts: Vec<TracedConcept<'a>>,
    rules: Vec<TracedRule<'a>>,
    blocked: Vec<Blocked<'a>>,
    alternatives: BTreeMap<&'a str, i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<TracedPoints<'a>>,
    decided_by: Vec<&'a str>,
    default_of_type: Option<&'a str>,
    questions: Vec<Question<'a>>,
    overridden_rules: Vec<&'a str>,
}

#[derive(Serialize)]
struct TracedFact<'a> {
    name: &'a str,
    value: &'a FactValue,
    rule: &'a str,
    provenance: Provenance,
    spans: Vec<Bounds>,
}

#[derive(Serialize)]
struct TracedConcept<'a> {
    concept: &'a str,
    span: Option<Bounds>,
    denied: bool,
    past: bool,
    aside: bool,
    by: Option<Bounds>,
}

#[derive(Serialize)]
struct TracedRule<'a> {
    rule: &'a str,
    family: &'static str,
    result: &'static str,
    /// The rule that a lost one lost to.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    score: i32,
    set: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    uncertain: bool,
}

/// What the points said, and what came of it.
#[derive(Serialize)]
struct TracedPoints<'a> {
    /// They chose the type.
    chose: bool,
    /// They raised the priority.
    raised: bool,
    /// Types so close to the first that who they need is alerted too.
    also: Vec<&'a str>,
    /// The types with the most points.
    types: Vec<(&'a str, i32)>,
    /// What each concept adds to the type.
    concepts: Vec<TracedWeight<'a>>,
}

#[derive(Serialize)]
struct TracedWeight<'a> {
    concept: &'a str,
    denied: bool,
    points: i32,
    urgency: i32,
}

#[derive(Serialize)]
struct Blocked<'a> {
    rule: &'a str,
    by: Vec<&'a str>,
}

/// A question whose answer would change the result.
#[derive(Serialize)]
pub(crate) struct Question<'a> {
    fact: &'a str,
    ask: &'a Texts,
}

impl Classifier {
    /// Writes the trace of a decision.
    pub(crate) fn trace(&self, work: &Work, note: &Note, verdict: &Verdict) -> String {
        let set = self.rule_set();
        let incident = work.type_id.and_then(|t| set.types.get(t as usize));
        let fact = |fact: &'_ crate::NotedFact| fact.spans.iter().copied().map(bounds).collect();
        let trace = Trace {
            input_hash: input_hash(note),
            rule_set: &verdict.rule_set,
            type_code: verdict.type_code.as_deref(),
            priority: verdict.priority.map(kabat_core::Priority::rank),
            margin: verdict.margin,
            facts: verdict
                .facts
                .iter()
                .map(|f| TracedFact {
                    name: &f.name,
                    value: &f.value,
                    rule: &f.rule,
                    provenance: f.provenance,
                    spans: fact(f),
                })
                .collect(),
            concepts: self.traced_concepts(work),
            rules: self.traced_rules(work),
            blocked: self.blocked(work),
            alternatives: self.alternatives(work),
            points: self.traced_points(work),
            decided_by: verdict.matched.iter().map(|id| &**id).collect(),
            default_of_type: incident.map(|incident| &*incident.default_rule),
            questions: self.questions(work),
            overridden_rules: set.overridden.iter().map(|id| &**id).collect(),
        };
        let mut text = Vec::with_capacity(2048);
        if serde_json::to_writer(&mut text, &trace).is_err() {
            text.clear();
        }
        String::from_utf8(text).unwrap_or_default()
    }

    fn traced_concepts(&self, work: &Work) -> Vec<TracedConcept<'_>> {
        let concepts = &self.rule_set().concepts;
        work.reading
            .mentions
            .iter()
            .map(|mention| {
                let concept = concepts.get(mention.hit.owner as usize);
                let by = mention.by.and_then(|token| Self::span(work, token, token));
                TracedConcept {
                    concept: concept.map_or("", |c| &c.name),
                    span: Self::span(work, mention.hit.first, mention.hit.last).map(bounds),
                    denied: mention.denied,
                    past: mention.past,
                    aside: mention.aside,
                    by: by.map(bounds),
                }
            })
            .collect()
    }

    fn traced_rules(&self, work: &Work) -> Vec<TracedRule<'_>> {
        let set = self.rule_set();
        let id_of = |id: u32| set.rules.get(id as usize).map(|rule| &*rule.id);
        let mut traced = Vec::with_capacity(work.fired.len());
        for &(family, id) in &work.fired {
            let Some(rule) = set.rules.get(id as usize) else {
                continue;
            };
            let won = work.decided.contains(&id) || work.known.iter().any(|known| known.rule == id);
            let better = || {
                let mut others = work.fired.iter().filter(|(f, _)| *f == family);
                let decided = others.find(|(_, other)| work.decided.contains(other));
                let of_fact = rule.then.facts.iter().find_map(|(fact, _)| {
                    let known = work.known.iter().find(|known| known.fact == *fact);
                    known.map(|known| known.rule)
                });
                match family {
                    Family::Facts | Family::Derived => of_fact,
                    _ => decided.map(|(_, other)| *other),
                }
            };
            traced.push(TracedRule {
                rule: &rule.id,
                family: family.code(),
                result: if won { "won" } else { "lost" },
                to: match family {
                    _ if won => None,
                    Family::Type if work.by_points => Some(POINTS),
                    _ => better().and_then(id_of),
                },
                score: rule.score,
                set: set.set_names.get(rule.source as usize).map(String::as_str),
                uncertain: rule.uncertain,
            });
        }
        traced
    }

    fn traced_points(&self, work: &Work) -> Option<TracedPoints<'_>> {
        let set = self.rule_set();
        let points = set.points.as_ref()?;
        work.type_id?;
        let code = |kind: u32| set.types.get(kind as usize).map_or("", |t| &*t.code);
        let sums = (0u32..).zip(points.sums(&work.told));
        let mut types: Vec<(u32, i32)> = sums.filter_map(|(t, sum)| Some((t, sum?))).collect();
        types.sort_by_key(|&(kind, sum)| (std::cmp::Reverse(sum), kind));
        types.truncate(3);
        let weights = self.weights(work).into_iter();
        Some(TracedPoints {
            chose: work.by_points,
            raised: work.raised_by_points,
            also: work.rivals.iter().map(|&t| code(t)).collect(),
            types: types.into_iter().map(|(t, sum)| (code(t), sum)).collect(),
            concepts: weights
                .map(|weight| TracedWeight {
                    concept: (set.concepts.get(weight.concept as usize)).map_or("", |c| &c.name),
                    denied: weight.denied,
                    points: weight.points,
                    urgency: weight.urgency,
                })
                .collect(),
        })
    }

    /// Best score of each other type that a rule spoke for.
    fn alternatives(&self, work: &Work) -> BTreeMap<&str, i32> {
        let set = self.rule_set();
        let mut others: BTreeMap<&str, i32> = BTreeMap::new();
        for (_, id) in work.fired.iter().filter(|(f, _)| *f == Family::Type) {
            if let Some(rule) = set.rules.get(*id as usize)
                && rule.then.type_id != work.type_id
                && let Some(other) = rule.then.type_id.and_then(|t| set.types.get(t as usize))
            {
                let best = others.entry(&other.code).or_insert(rule.score);
                *best = rule.score.max(*best);
            }
        }
        others
    }

    /// Rules for a type that only a forbidden literal kept from firing.
    fn blocked(&self, work: &Work) -> Vec<Blocked<'_>> {
        let set = self.rule_set();
        let mut blocked = Vec::new();
        let Some(index) = set.families.get(Family::Type as usize) else {
            return blocked;
        };
        for &literal in &work.trues {
            for &id in index.by_literal.get(literal as usize).into_iter().flatten() {
                let Some(rule) = set.rules.get(id as usize) else {
                    continue;
                };
                let in_the_way = || rule.none.iter().copied().filter(|&l| work.holds(l));
                if in_the_way().next().is_some() && work.would_fire(rule) {
                    blocked.push(Blocked {
                        rule: &rule.id,
                        by: in_the_way().map(|l| self.literal_name(l)).collect(),
                    });
                }
            }
        }
        blocked
    }

    /// Facts that are not known and of which the most dangerous value would make a rule of urgency fire.
    fn questions(&self, work: &Work) -> Vec<Question<'_>> {
        let set = self.rule_set();
        let mut asked = Vec::new();
        if work.type_id.is_none() {
            return asked;
        }
        for question in &set.questions {
            if work.known.iter().any(|known| known.fact == question.fact) {
                continue;
            }
            let changes = question.rules.iter().any(|&id| {
                set.rules.get(id as usize).is_some_and(|rule| {
                    let raises = rule
                        .then
                        .priority
                        .is_some_and(|priority| work.priority.is_none_or(|now| priority < now));
                    raises && work.fires_with(rule, question.literal)
                })
            });
            if changes {
                asked.push(Question {
                    fact: &question.name,
                    ask: &question.ask,
                });
            }
        }
        asked
    }
}

/// SHA-256 over the text, the language and the structured data.
fn input_hash(note: &Note) -> String {
    let mut hasher = Sha256::new();
    hasher.update(note.text.as_bytes());
    hasher.update([0]);
    hasher.update(serde_json::to_vec(&(note.language, &note.input)).unwrap_or_default());
    hex(&hasher.finalize())
}
