//! The decision, stage by stage.

use kabat_core::{Discipline, DisciplineSet, Priority, Provenance, Requirement};

use crate::count::{self, Counts};
use crate::document::{Family, Policy};
use crate::lexicon::{ALL_LANGUAGES, Hit};
use crate::names::{INPUTS, Literal};
use crate::ruleset::{Asked, Rule};
use crate::scope::{self, Mention, Reading};
use crate::text::Tokens;
use crate::{Classifier, Note};

/// How a note means a concept.
const ASSERTED: u8 = 1;
const DENIED: u8 = 2;
const PAST: u8 = 4;
/// In whatever way.
const SAID: u8 = 8;
/// Asserted by words of its own, not only implied by another concept.
const ITSELF: u8 = 16;

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
    /// Concepts that the note asserts, or denies (true) and nowhere asserts.
    pub(crate) told: Vec<(u32, bool)>,
    pub(crate) counts: Counts,
    pub(crate) truth: Vec<bool>,
    pub(crate) trues: Vec<u32>,
    pub(crate) known: Vec<Known>,
    pub(crate) fired: Vec<(Family, u32)>,
    pub(crate) type_id: Option<u32>,
    /// The points chose the type, not a rule.
    pub(crate) by_points: bool,
    /// Types that the points put close to the first: who they need is alerted too.
    pub(crate) rivals: Vec<u32>,
    /// The points raised the priority.
    pub(crate) raised_by_points: bool,
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
        self.would_fire(rule) && !rule.none.iter().any(|&l| self.holds(l))
    }

    /// Whether a rule fires but for what it forbids.
    pub(crate) fn would_fire(&self, rule: &Rule) -> bool {
        rule.all.iter().all(|&l| self.holds(l))
            && rule
                .any
                .iter()
                .all(|list| list.iter().any(|&l| self.holds(l)))
    }

    /// Whether a rule fires with one literal more.
    pub(crate) fn fires_with(&self, rule: &Rule, more: u32) -> bool {
        let holds = |l: u32| l == more || self.holds(l);
        rule.all.iter().all(|&l| holds(l))
            && rule.any.iter().all(|list| list.iter().any(|&l| holds(l)))
            && !rule.none.iter().any(|&l| holds(l))
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
    pub(crate) fn work(&self, note: &Note) -> Work {
        let tokens = Tokens::of(&note.text);
        let reading = scope::read(self.rule_set(), &tokens, note.language.map(|l| l as usize));
        self.decide(tokens, reading, note)
    }

    fn decide(&self, tokens: Tokens, reading: Reading, note: &Note) -> Work {
        let set = self.rule_set();
        let counts = count::count(set, &tokens, &reading);
        let mut work = Work {
            truth: vec![false; set.literals.len()],
            trues: Vec::with_capacity(32),
            known: Vec::with_capacity(8),
            fired: Vec::with_capacity(16),
            told: Vec::with_capacity(16),
            type_id: None,
            by_points: false,
            rivals: Vec::new(),
            raised_by_points: false,
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
        let reading = scope::read(self.rule_set(), &Tokens::of(term), Some(language));
        let Some(&other) = self.rule_set().names.concepts.get(other) else {
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
        let mut flags = vec![0u8; self.rule_set().concepts.len()];
        for mention in &work.reading.mentions {
            let owner = mention.hit.owner as usize;
            let bit = match (mention.aside, mention.denied, mention.past) {
                (true, _, _) => SAID,
                (false, true, _) => DENIED,
                (false, false, true) => PAST,
                (false, false, false) => ASSERTED | ITSELF,
            };
            if let Some(flag) = flags.get_mut(owner) {
                *flag |= bit | SAID;
            }
            if bit & ASSERTED != 0
                && let Some(concept) = self.rule_set().concepts.get(owner)
            {
                for &other in &concept.implies {
                    if let Some(flag) = flags.get_mut(other as usize) {
                        *flag |= ASSERTED | SAID;
                    }
                }
            }
        }
        let numbered = (0u32..).zip(&flags);
        for ((concept, flag), literals) in numbered.zip(&self.rule_set().concept_literals) {
            if *flag == 0 {
                continue;
            }
            if flag & (ITSELF | DENIED) != 0 {
                work.told.push((concept, flag & ITSELF == 0));
            }
            let [asserted, denied, past, said] = *literals;
            if flag & ASSERTED != 0 {
                work.set(asserted);
            } else if flag & DENIED != 0 {
                work.set(denied);
            }
            if flag & (ASSERTED | PAST) == PAST {
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
            for (id, literal) in self.asked(|asked| &asked.inputs) {
                if let Literal::Input(key, wanted) = literal
                    && let Some(value) = fields.get(usize::from(*key)).copied().flatten()
                    && (value == wanted || wanted == "*")
                {
                    work.set(id);
                }
            }
        }
        for (name, value) in answers {
            let Some(value) = value else { continue };
            if let Some(&fact) = self.rule_set().names.fact_ids.get(name)
                && let Some(kind) = self.rule_set().names.facts.get(fact as usize)
                && let Some(at) = kind.values.iter().position(|v| &**v == value)
            {
                let value = u8::try_from(at).unwrap_or(0);
                let answer = Known {
                    fact,
                    value,
                    provenance: Provenance::Answered,
                    rule: u32::MAX,
                };
                self.know(work, answer, false);
            }
        }
        if let Some(victims) = input.victims {
            work.counts.raise(count::VICTIMS, victims, u32::MAX);
        }
        if let Some(occupants) = input.occupants {
            work.counts.raise(count::OCCUPANTS, occupants, u32::MAX);
        }
    }

    /// Returns the literals of a kind, with their numbers.
    fn asked(&self, kind: impl Fn(&Asked) -> &Vec<u32>) -> impl Iterator<Item = (u32, &Literal)> {
        let set = self.rule_set();
        let numbers = kind(&set.asked).iter();
        numbers.filter_map(move |&id| Some((id, set.literals.get(id as usize)?)))
    }

    fn rule(&self, id: u32) -> Option<&Rule> {
        self.rule_set().rules.get(id as usize)
    }

    /// Sets a fact. Without `outright` the more dangerous value stands, whoever gave it; with it, anything but an answer gives
    /// way.
    fn know(&self, work: &mut Work, new: Known, outright: bool) {
        let literal = |value| {
            let literals = &self.rule_set().fact_literals;
            literals.get(&(new.fact, value)).copied()
        };
        if let Some(old) = work.known.iter_mut().find(|k| k.fact == new.fact) {
            let stands = if outright {
                old.provenance == Provenance::Answered
            } else {
                new.provenance == Provenance::Derived || new.value <= old.value
            };
            if stands {
                return;
            }
            let stale = literal(old.value);
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
        if let Some(literal) = literal(new.value) {
            work.set(literal);
        }
    }

    /// Returns the rules of a family that fire, in the order of the files.
    fn firing(&self, work: &Work, family: Family) -> Vec<u32> {
        let Some(index) = self.rule_set().families.get(family as usize) else {
            return Vec::new();
        };
        let mut firing = Vec::new();
        let by_literal = work
            .trues
            .iter()
            .filter_map(|&literal| index.by_literal.get(literal as usize))
            .flatten();
        for &id in by_literal.chain(&index.always) {
            if self.rule(id).is_some_and(|rule| work.fires(rule)) {
                firing.push(id);
            }
        }
        firing.sort_unstable();
        firing.dedup();
        firing
    }

    /// Returns the rules of a family that take effect under its policy; all that fire are noted.
    fn effective(&self, work: &mut Work, family: Family) -> Vec<u32> {
        let mut firing = self.firing(work, family);
        work.fired.extend(firing.iter().map(|&id| (family, id)));
        let policy = self.rule_set().policy(family);
        if matches!(family, Family::Facts | Family::Derived) {
            return firing;
        }
        let rank = |rule: &Rule| {
            let of_type = || {
                let kind = rule.then.type_id?;
                self.rule_set().types.get(kind as usize)?.priority
            };
            let priority = rule.then.priority.or_else(of_type).map(Priority::rank);
            priority.or(rule.then.severity).unwrap_or(u8::MAX)
        };
        let best = match policy {
            Policy::FirstHit => firing.first().copied(),
            Policy::HighestScore => firing.iter().copied().max_by_key(|&id| {
                self.rule(id)
                    .map(|rule| (rule.score, std::cmp::Reverse(&rule.id)))
            }),
            // One rule decides; where results add up, the minimum is taken over all of them later.
            Policy::MostUrgent
                if matches!(family, Family::Type | Family::Priority | Family::Severity) =>
            {
                firing.iter().copied().min_by_key(|&id| {
                    self.rule(id)
                        .map(|rule| (rank(rule), std::cmp::Reverse(rule.score), &rule.id))
                })
            }
            Policy::MostUrgent | Policy::MostDangerous | Policy::Union => return firing,
        };
        firing.retain(|&id| Some(id) == best);
        firing
    }

    fn facts(&self, work: &mut Work) {
        self.run(work, Family::Facts);
        if let Some(token) = work.counts.child
            && token != u32::MAX
            && let Some(&fact) = self.rule_set().names.fact_ids.get("child")
        {
            let child = Known {
                fact,
                value: 1,
                provenance: Provenance::Stated,
                rule: u32::MAX,
            };
            self.know(work, child, false);
        }
    }

    /// Runs a family that sets facts. With policy `highest_score` or `first_hit` each fact has its own contest.
    fn run(&self, work: &mut Work, family: Family) {
        let provenance = if family == Family::Derived {
            Provenance::Derived
        } else {
            Provenance::Stated
        };
        let policy = self.rule_set().policy(family);
        let mut rules = self.effective(work, family);
        if policy == Policy::HighestScore {
            // The last one to set a fact stands, so the best comes last.
            rules.sort_by_key(|&id| {
                self.rule(id)
                    .map(|rule| (rule.score, std::cmp::Reverse(&rule.id)))
            });
        } else if policy == Policy::FirstHit {
            rules.reverse();
        }
        let outright = policy != Policy::MostDangerous && family == Family::Facts;
        for id in rules {
            let Some(rule) = self.rule(id) else {
                continue;
            };
            for &(fact, value) in &rule.then.facts {
                let new = Known {
                    fact,
                    value,
                    provenance,
                    rule: id,
                };
                if family == Family::Derived && policy != Policy::MostDangerous {
                    // What was stated stays; among what is derived the best comes last.
                    let derived = work.known.iter().find(|known| known.fact == fact);
                    let free = derived.is_none_or(|k| k.provenance == Provenance::Derived);
                    if free {
                        self.know(work, new, true);
                    }
                } else {
                    self.know(work, new, outright);
                }
            }
            work.mip |= rule.then.mip;
        }
    }

    fn numbers(&self, work: &mut Work) {
        if work.counts.value.iter().all(Option::is_none) {
            return;
        }
        for (id, literal) in self.asked(|asked| &asked.numbers) {
            if let Literal::Number(at, compare, wanted) = literal
                && work
                    .counts
                    .get(usize::from(*at))
                    .is_some_and(|value| compare.holds(value, *wanted))
            {
                work.set(id);
            }
        }
    }

    fn type_stage(&self, work: &mut Work) {
        let already = work.fired.len();
        let decided = self.effective(work, Family::Type);
        let with_type = |id: u32| {
            let rule = self.rule(id)?;
            Some((rule, rule.then.type_id?))
        };
        let by_rules = decided.first().and_then(|&id| with_type(id));
        let weighed = self.weigh(work, by_rules);
        if let Some((type_id, lead)) = weighed.as_ref().and_then(|weighed| weighed.chosen) {
            work.margin = lead;
            work.by_points = true;
            self.choose(work, type_id);
        } else if let Some((rule, type_id)) = by_rules {
            let others = work.fired.get(already..).unwrap_or(&[]);
            let second = others
                .iter()
                .filter_map(|&(_, id)| with_type(id))
                .filter(|(_, other)| *other != type_id)
                .map(|(rule, _)| rule.score)
                .max();
            work.margin = rule.score.saturating_sub(second.unwrap_or(0));
            work.decided.extend(decided.first());
            self.choose(work, type_id);
        }
        if let Some((weighed, kind)) = weighed.zip(work.type_id) {
            work.rivals = weighed.rivals(kind);
        }
    }

    fn choose(&self, work: &mut Work, type_id: u32) {
        work.type_id = Some(type_id);
        let literal = self.rule_set().type_literals.get(type_id as usize).copied();
        work.set(literal.unwrap_or(u32::MAX));
        if let Some(incident) = self.rule_set().types.get(type_id as usize) {
            for (id, literal) in self.asked(|asked| &asked.categories) {
                if matches!(literal, Literal::Category(c) if **c == *incident.category) {
                    work.set(id);
                }
            }
        }
    }

    fn urgency(&self, work: &mut Work) {
        let incident = work
            .type_id
            .and_then(|t| self.rule_set().types.get(t as usize));
        work.priority = incident.and_then(|incident| incident.priority);
        let start = self.effective(work, Family::Priority);
        let mut by_rule = None;
        if incident.is_some()
            && let Some(&id) = start.first()
            && let Some(priority) = self.rule(id).and_then(|rule| rule.then.priority)
        {
            work.priority = Some(priority);
            work.decided.push(id);
            by_rule = self.rule(id);
        }
        self.raise_by_points(work, by_rule);
        for family in [Family::Urgency, Family::Guards] {
            for id in self.effective(work, family) {
                let Some(rule) = self.rule(id) else {
                    continue;
                };
                work.mip |= rule.then.mip;
                for &(fact, value) in &rule.then.facts {
                    let new = Known {
                        fact,
                        value,
                        provenance: Provenance::Stated,
                        rule: id,
                    };
                    self.know(work, new, false);
                }
                // Whatever the policy, these families only raise.
                match rule.then.priority {
                    Some(priority) if work.priority.is_none_or(|old| priority < old) => {
                        work.priority = Some(priority);
                        work.decided.push(id);
                    }
                    Some(_) => {}
                    None => work.decided.push(id),
                }
            }
        }
        if let Some(priority) = work.priority {
            let rank = u32::from(priority.rank());
            for (id, literal) in self.asked(|asked| &asked.priorities) {
                if matches!(literal, Literal::Priority(compare, wanted) if compare.holds(rank, *wanted))
                {
                    work.set(id);
                }
            }
        }
    }

    fn raise_by_points(&self, work: &mut Work, by_rule: Option<&Rule>) {
        let points = self.rule_set().points.as_ref();
        // What a set on top says of the priority stands.
        let points =
            points.filter(|points| by_rule.is_none_or(|rule| rule.source <= points.source));
        let urgency = points.and_then(|points| points.urgency.as_ref());
        if let Some((urgency, kind)) = urgency.zip(work.type_id)
            && let Some(floor) = urgency.floor(kind, &work.told, by_rule.is_some())
            && work.priority.is_some_and(|now| floor < now)
        {
            work.priority = Some(floor);
            work.raised_by_points = true;
        }
    }

    fn response(&self, work: &mut Work) {
        let incident = work
            .type_id
            .and_then(|t| self.rule_set().types.get(t as usize));
        let mut without = DisciplineSet::EMPTY;
        let mut added = DisciplineSet::EMPTY;
        for id in self.effective(work, Family::Disciplines) {
            let Some(rule) = self.rule(id) else {
                continue;
            };
            without = without.union(rule.then.without);
            added = added.union(rule.then.disciplines);
            work.decided.push(id);
        }
        let default = incident.map_or(DisciplineSet::EMPTY, |i| i.disciplines);
        // Where the type needs nobody, a close one alerts nobody either; one that needs nobody else is no reason.
        let types = &self.rule_set().types;
        let of = |kind: &u32| types.get(*kind as usize).map(|t| t.disciplines);
        work.rivals.retain(|rival| {
            let more = of(rival).is_some_and(|needs| needs.iter().any(|d| !default.contains(d)));
            more && !default.is_empty()
        });
        let rivals = work.rivals.iter().filter_map(of);
        let wanted = rivals.fold(default, DisciplineSet::union);
        work.disciplines = wanted
            .iter()
            .filter(|&d| !without.contains(d))
            .chain(added.iter())
            .collect();
        for (id, literal) in self.asked(|asked| &asked.disciplines) {
            let held = matches!(literal, Literal::Discipline(number) if Discipline::ALL
                .into_iter()
                .any(|d| d.number() == *number && work.disciplines.contains(d)));
            if held {
                work.set(id);
            }
        }
        if let Some(id) = self.effective(work, Family::Severity).first().copied() {
            work.severity = self.rule(id).and_then(|rule| rule.then.severity);
            work.decided.push(id);
            for (id, literal) in self.asked(|asked| &asked.severities) {
                if matches!(literal, Literal::Severity(level) if work.severity.map(u32::from) == Some(*level))
                {
                    work.set(id);
                }
            }
        }
        if let Some(incident) = incident {
            work.means.extend(incident.means.iter().cloned());
        }
        for id in self.effective(work, Family::Means) {
            let Some(rule) = self.rule(id) else {
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
}
