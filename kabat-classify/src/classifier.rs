//! The decision.

use std::sync::Arc;

use kabat_core::{Discipline, DisciplineSet, Language, Priority, Requirement, ResponsePlan};

use crate::count::{self, Counts};
use crate::document::{Family, Policy};
use crate::lexicon::{ALL_LANGUAGES, Hit};
use crate::names::{INPUTS, Literal};
use crate::ruleset::{Rule, RuleSet};
use crate::scope::{self, Mention, Reading};
use crate::text::Tokens;
use crate::{Fact, FactValue, Note, Provenance, Span, Verdict};

/// Applies a rule set to notes. Holds no state between notes: share it between threads.
///
/// ```
/// use kabat_classify::{Classifier, Note, RuleSet};
/// let classifier = Classifier::new(RuleSet::base());
/// assert!(classifier.classify(&Note::new("")).is_unknown());
/// let verdict = classifier.classify(&Note::new("feu de cheminée, pas de blessés"));
/// assert_eq!(verdict.type_code.as_deref(), Some("fire.chimney"));
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    rules: RuleSet,
}

/// Fact that was set, by which rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) fact: u32,
    pub(crate) value: u8,
    pub(crate) provenance: Provenance,
    /// `u32::MAX` for an answer.
    pub(crate) rule: u32,
}

/// Everything the decision went through.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) tokens: Tokens,
    pub(crate) reading: Reading,
    pub(crate) counts: Counts,
    pub(crate) truth: Vec<bool>,
    pub(crate) trues: Vec<u32>,
    pub(crate) known: Vec<Known>,
    pub(crate) fired: Vec<(Family, u32)>,
    pub(crate) type_id: Option<u32>,
    pub(crate) margin: i32,
    pub(crate) priority: Option<Priority>,
    pub(crate) disciplines: DisciplineSet,
    pub(crate) severity: Option<u8>,
    pub(crate) means: Vec<Requirement>,
    pub(crate) mip: bool,
    /// Rules that decided: all that had an effect on the result.
    pub(crate) decided: Vec<u32>,
}

impl Work {
    fn set(&mut self, literal: u32) {
        if let Some(slot) = self.truth.get_mut(literal as usize)
            && !*slot
        {
            *slot = true;
            self.trues.push(literal);
        }
    }

    pub(crate) fn holds(&self, literal: u32) -> bool {
        self.truth.get(literal as usize).copied().unwrap_or(false)
    }

    pub(crate) fn fires(&self, rule: &Rule) -> bool {
        rule.all.iter().all(|&l| self.holds(l))
            && rule
                .any
                .iter()
                .all(|list| list.iter().any(|&l| self.holds(l)))
            && !rule.none.iter().any(|&l| self.holds(l))
    }
}

/// Mentions of concepts as if a text asserted them.
fn asserted(concepts: &[u32]) -> impl Iterator<Item = Mention> {
    concepts.iter().map(|&owner| Mention {
        hit: Hit {
            owner,
            first: 0,
            last: 0,
            used: 1,
            languages: ALL_LANGUAGES,
            distinct: true,
        },
        denied: false,
        past: false,
        aside: false,
        by: None,
    })
}

impl Classifier {
    /// Makes a classifier.
    pub const fn new(rules: RuleSet) -> Self {
        Self { rules }
    }

    /// Returns the rule set.
    pub const fn rule_set(&self) -> &RuleSet {
        &self.rules
    }

    /// Decides on a note.
    pub fn classify(&self, note: &Note) -> Verdict {
        self.verdict(self.work(note))
    }

    pub(crate) fn work(&self, note: &Note) -> Work {
        let tokens = Tokens::of(&note.text);
        let reading = scope::read(&self.rules, &tokens, note.language.map(|l| l as usize));
        self.decide(tokens, reading, note)
    }

    fn decide(&self, tokens: Tokens, reading: Reading, note: &Note) -> Work {
        let set = &self.rules;
        let counts = count::count(set, &tokens, &reading);
        let mut work = Work {
            truth: vec![false; set.literals.len()],
            trues: Vec::with_capacity(32),
            known: Vec::with_capacity(8),
            fired: Vec::with_capacity(16),
            type_id: None,
            margin: 0,
            priority: None,
            disciplines: DisciplineSet::EMPTY,
            severity: None,
            means: Vec::new(),
            mip: false,
            decided: Vec::with_capacity(8),
            tokens,
            reading,
            counts,
        };
        self.concepts(&mut work);
        self.input(&mut work, note);
        self.facts(&mut work);
        self.numbers(&mut work);
        self.facts(&mut work);
        self.type_stage(&mut work);
        self.run(&mut work, Family::Derived);
        self.urgency(&mut work);
        self.response(&mut work);
        work
    }

    /// Returns whether a term of one language, read in that language, brings in a concept that the term stands for in
    /// another language only, and with it another result.
    pub(crate) fn misreads(&self, term: &str, language: usize, other: &str) -> bool {
        let reading = scope::read(&self.rules, &Tokens::of(term), Some(language));
        let Some(&other) = self.rules.names.concepts.get(other) else {
            return false;
        };
        let (own, foreign): (Vec<&Mention>, Vec<&Mention>) = reading
            .mentions
            .iter()
            .partition(|m| m.hit.languages & (1 << language) != 0);
        let own: Vec<u32> = own.iter().map(|m| m.hit.owner).collect();
        if own.contains(&other) || !foreign.iter().any(|m| m.hit.owner == other) {
            return false;
        }
        let decide = |wanted: &[u32]| {
            let mut reading = Reading::default();
            reading.mentions.extend(asserted(wanted));
            let work = self.decide(Tokens::default(), reading, &Note::default());
            let facts: Vec<(u32, u8)> = work.known.iter().map(|k| (k.fact, k.value)).collect();
            (work.type_id, work.priority, work.disciplines, facts)
        };
        let both: Vec<u32> = own.iter().copied().chain([other]).collect();
        decide(&own) != decide(&both)
    }

    fn concepts(&self, work: &mut Work) {
        let mut flags = vec![0u8; self.rules.concepts.len()];
        for mention in &work.reading.mentions {
            let owner = mention.hit.owner as usize;
            let bit = match (mention.aside, mention.denied, mention.past) {
                (true, _, _) => 8,
                (false, true, _) => 2,
                (false, false, true) => 4,
                (false, false, false) => 1,
            };
            if let Some(flag) = flags.get_mut(owner) {
                *flag |= bit | 8;
            }
            if bit == 1
                && let Some(concept) = self.rules.concepts.get(owner)
            {
                for &other in &concept.implies {
                    if let Some(flag) = flags.get_mut(other as usize) {
                        *flag |= 9;
                    }
                }
            }
        }
        for (flag, literals) in flags.iter().zip(&self.rules.concept_literals) {
            if *flag == 0 {
                continue;
            }
            let [asserted, denied, past, said] = *literals;
            if flag & 1 != 0 {
                work.set(asserted);
            } else if flag & 2 != 0 {
                work.set(denied);
            }
            if flag & 5 == 4 {
                work.set(past);
            }
            work.set(said);
        }
    }

    fn input(&self, work: &mut Work, note: &Note) {
        let input = &note.input;
        let yes_no = |flag: bool| if flag { "yes" } else { "no" };
        // In the order of `INPUTS`.
        let fields: [Option<&str>; INPUTS.len()] = [
            input.source.as_deref(),
            input.voice_contact.map(yes_no),
            input.hit.as_deref(),
            input.event.as_deref(),
        ];
        let answers = [
            ("conscious", input.conscious.map(yes_no)),
            ("breathing", input.breathing.as_deref()),
            ("trapped", input.trapped.map(yes_no)),
            ("injured", input.injured.map(yes_no)),
        ];
        if fields.iter().any(Option::is_some) {
            for (id, literal) in self.rules.literals.iter().enumerate() {
                if let Literal::Input(key, wanted) = literal
                    && let Some(value) = fields.get(usize::from(*key)).copied().flatten()
                    && (value == wanted || wanted == "*")
                {
                    work.set(u32::try_from(id).unwrap_or(u32::MAX));
                }
            }
        }
        for (name, value) in answers {
            let Some(value) = value else { continue };
            if let Some(&fact) = self.rules.names.fact_ids.get(name)
                && let Some(kind) = self.rules.names.facts.get(fact as usize)
                && let Some(at) = kind.values.iter().position(|v| &**v == value)
            {
                let value = u8::try_from(at).unwrap_or(0);
                self.know(work, fact, value, Provenance::Answer, u32::MAX);
            }
        }
        if let Some(victims) = input.victims {
            work.counts.raise(count::VICTIMS, victims, u32::MAX);
        }
        if let Some(occupants) = input.occupants {
            work.counts.raise(count::OCCUPANTS, occupants, u32::MAX);
        }
    }

    /// Sets a fact; the more dangerous value stands, an answer stands over what the note says.
    fn know(&self, work: &mut Work, fact: u32, value: u8, provenance: Provenance, rule: u32) {
        let new = Known {
            fact,
            value,
            provenance,
            rule,
        };
        if let Some(old) = work.known.iter_mut().find(|k| k.fact == fact) {
            if provenance == Provenance::Derived || value <= old.value {
                return;
            }
            let stale = self.rules.fact_literals.get(&(fact, old.value)).copied();
            *old = new;
            if let Some(stale) = stale {
                if let Some(slot) = work.truth.get_mut(stale as usize) {
                    *slot = false;
                }
                work.trues.retain(|&literal| literal != stale);
            }
        } else {
            work.known.push(new);
        }
        if let Some(&literal) = self.rules.fact_literals.get(&(fact, value)) {
            work.set(literal);
        }
    }

    /// Returns the rules of a family that fire, in order of their position.
    fn firing(&self, work: &Work, family: Family) -> Vec<u32> {
        let Some(index) = self.rules.families.get(family as usize) else {
            return Vec::new();
        };
        let mut firing = Vec::with_capacity(8);
        let by_literal = work
            .trues
            .iter()
            .filter_map(|&literal| index.by_literal.get(literal as usize))
            .flatten();
        for &id in by_literal.chain(&index.always) {
            if let Some(rule) = self.rules.rules.get(id as usize)
                && work.fires(rule)
            {
                firing.push(id);
            }
        }
        firing.sort_unstable();
        firing.dedup();
        firing
    }

    fn facts(&self, work: &mut Work) {
        self.run(work, Family::Facts);
        if let Some(token) = work.counts.child
            && token != u32::MAX
            && let Some(&fact) = self.rules.names.fact_ids.get("child")
        {
            self.know(work, fact, 1, Provenance::Stated, u32::MAX);
        }
    }

    fn run(&self, work: &mut Work, family: Family) {
        let provenance = if family == Family::Derived {
            Provenance::Derived
        } else {
            Provenance::Stated
        };
        for id in self.firing(work, family) {
            let Some(rule) = self.rules.rules.get(id as usize) else {
                continue;
            };
            work.fired.push((family, id));
            for &(fact, value) in &rule.then.facts {
                self.know(work, fact, value, provenance, id);
            }
            work.mip |= rule.then.mip;
        }
    }

    fn numbers(&self, work: &mut Work) {
        if work.counts.value.iter().all(Option::is_none) {
            return;
        }
        for (id, literal) in self.rules.literals.iter().enumerate() {
            if let Literal::Number(at, compare, wanted) = literal
                && work
                    .counts
                    .get(usize::from(*at))
                    .is_some_and(|value| compare.holds(value, *wanted))
            {
                work.set(u32::try_from(id).unwrap_or(u32::MAX));
            }
        }
    }

    fn type_stage(&self, work: &mut Work) {
        let firing = self.firing(work, Family::Type);
        let mut best: Option<(i32, u32, u32)> = None;
        for &id in &firing {
            work.fired.push((Family::Type, id));
            let Some(rule) = self.rules.rules.get(id as usize) else {
                continue;
            };
            let Some(type_id) = rule.then.type_id else {
                continue;
            };
            let better = best.is_none_or(|(score, _, old)| {
                rule.score > score
                    || rule.score == score
                        && self
                            .rules
                            .rules
                            .get(old as usize)
                            .is_some_and(|o| rule.id < o.id)
            });
            if better {
                best = Some((rule.score, type_id, id));
            }
        }
        let Some((score, type_id, id)) = best else {
            return;
        };
        let second = firing
            .iter()
            .filter_map(|&id| self.rules.rules.get(id as usize))
            .filter(|rule| rule.then.type_id.is_some_and(|t| t != type_id))
            .map(|rule| rule.score)
            .max()
            .unwrap_or(0);
        work.margin = score.saturating_sub(second);
        work.type_id = Some(type_id);
        work.decided.push(id);
        let literal = self.rules.type_literals.get(type_id as usize).copied();
        work.set(literal.unwrap_or(u32::MAX));
        if let Some(incident) = self.rules.types.get(type_id as usize) {
            for (id, literal) in self.rules.literals.iter().enumerate() {
                if matches!(literal, Literal::Category(c) if **c == *incident.category) {
                    work.set(u32::try_from(id).unwrap_or(u32::MAX));
                }
            }
        }
    }

    /// Picks the rule of a `highest_score` family.
    fn winner(&self, work: &mut Work, family: Family) -> Option<u32> {
        let firing = self.firing(work, family);
        work.fired.extend(firing.iter().map(|&id| (family, id)));
        let key = |id: &u32| {
            self.rules
                .rules
                .get(*id as usize)
                .map(|r| (r.score, std::cmp::Reverse(r.id.clone())))
        };
        firing.into_iter().max_by_key(key)
    }

    fn urgency(&self, work: &mut Work) {
        let incident = work.type_id.and_then(|t| self.rules.types.get(t as usize));
        work.priority = incident.and_then(|incident| incident.priority);
        if self.rules.policy(Family::Priority) == Policy::HighestScore
            && let Some(id) = self.winner(work, Family::Priority)
            && let Some(rule) = self.rules.rules.get(id as usize)
            && work.type_id.is_some()
        {
            work.priority = rule.then.priority.or(work.priority);
            work.decided.push(id);
        }
        for family in [Family::Urgency, Family::Guards] {
            for id in self.firing(work, family) {
                work.fired.push((family, id));
                let Some(rule) = self.rules.rules.get(id as usize) else {
                    continue;
                };
                work.mip |= rule.then.mip;
                for &(fact, value) in &rule.then.facts {
                    self.know(work, fact, value, Provenance::Stated, id);
                }
                if let Some(priority) = rule.then.priority {
                    if work.priority.is_none_or(|old| priority < old) {
                        work.priority = Some(priority);
                        work.decided.push(id);
                    }
                } else {
                    work.decided.push(id);
                }
            }
        }
        if let Some(priority) = work.priority {
            let rank = u32::from(priority.rank());
            for (id, literal) in self.rules.literals.iter().enumerate() {
                if matches!(literal, Literal::Priority(compare, wanted) if compare.holds(rank, *wanted))
                {
                    work.set(u32::try_from(id).unwrap_or(u32::MAX));
                }
            }
        }
    }

    fn response(&self, work: &mut Work) {
        let incident = work.type_id.and_then(|t| self.rules.types.get(t as usize));
        let mut without = DisciplineSet::EMPTY;
        work.disciplines = incident.map_or(DisciplineSet::EMPTY, |i| i.disciplines);
        let mut added = DisciplineSet::EMPTY;
        for id in self.firing(work, Family::Disciplines) {
            work.fired.push((Family::Disciplines, id));
            let Some(rule) = self.rules.rules.get(id as usize) else {
                continue;
            };
            without = without.union(rule.then.without);
            added = added.union(rule.then.disciplines);
            work.decided.push(id);
        }
        work.disciplines = work
            .disciplines
            .iter()
            .filter(|&d| !without.contains(d))
            .chain(added.iter())
            .collect();
        for (id, literal) in self.rules.literals.iter().enumerate() {
            let held = match literal {
                Literal::Discipline(number) => Discipline::ALL
                    .into_iter()
                    .any(|d| d.number() == *number && work.disciplines.contains(d)),
                _ => false,
            };
            if held {
                work.set(u32::try_from(id).unwrap_or(u32::MAX));
            }
        }
        if let Some(id) = self.winner(work, Family::Severity)
            && let Some(rule) = self.rules.rules.get(id as usize)
        {
            work.severity = rule.then.severity;
            work.decided.push(id);
            for (id, literal) in self.rules.literals.iter().enumerate() {
                if matches!(literal, Literal::Severity(level) if work.severity.map(u32::from) == Some(*level))
                {
                    work.set(u32::try_from(id).unwrap_or(u32::MAX));
                }
            }
        }
        if let Some(incident) = incident {
            work.means.extend(incident.means.iter().cloned());
        }
        for id in self.firing(work, Family::Means) {
            work.fired.push((Family::Means, id));
            let Some(rule) = self.rules.rules.get(id as usize) else {
                continue;
            };
            work.decided.push(id);
            for requirement in &rule.then.means {
                if !work.means.contains(requirement) {
                    work.means.push(requirement.clone());
                }
            }
        }
    }

    pub(crate) fn verdict(&self, mut work: Work) -> Verdict {
        let set = &self.rules;
        let incident = work.type_id.and_then(|t| set.types.get(t as usize));
        let facts = self.stated(&work);
        let mut matched: Vec<Arc<str>> = work
            .known
            .iter()
            .map(|known| known.rule)
            .chain(work.decided.iter().copied())
            .filter_map(|id| set.rules.get(id as usize))
            .map(|rule| rule.id.clone())
            .collect();
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
            ) = self.rules.literals.get(literal as usize)
            else {
                continue;
            };
            for mention in &work.reading.mentions {
                let owner = mention.hit.owner;
                let implied = || {
                    self.rules
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

    fn stated(&self, work: &Work) -> Vec<Fact> {
        let set = &self.rules;
        let mut facts = Vec::with_capacity(work.known.len() + 2);
        for known in &work.known {
            let Some(kind) = set.names.facts.get(known.fact as usize) else {
                continue;
            };
            let rule = set.rules.get(known.rule as usize);
            let Some(value) = kind.values.get(known.value as usize) else {
                continue;
            };
            facts.push(Fact {
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
            facts.push(Fact {
                name: Arc::clone(&set.victims_name),
                value: FactValue::Number(value),
                provenance: if token == u32::MAX {
                    Provenance::Answer
                } else {
                    Provenance::Stated
                },
                rule: Arc::clone(&set.victims_name),
                spans: Self::span(work, token, token).into_iter().collect(),
            });
        } else if let Some(known) = facts.iter().find(|f| &*f.name == "single") {
            // One person is spoken of, and nobody else.
            let one = Fact {
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
