//! Points: how much each concept speaks for each type.
//!
//! Rules say what follows from a combination; points weigh everything that a note says at once. A type begins with its own points,
//! each concept that the note asserts or denies adds its points, and the sum is compared between types. One point is a hundredth
//! of the natural logarithm of odds.

use kabat_core::Priority;

use crate::decision::Work;
use crate::document::{Family, Policy};
use crate::grouped::Grouped;
use crate::names::Literal;
use crate::ruleset::Rule;
use crate::{Classifier, Span};

/// Name of the points among the rules that decided.
pub(crate) const POINTS: &str = "points";

/// The points of a rule set.
#[derive(Debug, Clone)]
pub(crate) struct Points {
    /// What the type that the rules chose has in advance.
    pub(crate) keep: i32,
    /// What the asserted concepts must add to a type that no rule speaks for.
    pub(crate) alone: i32,
    /// What a type that sends nobody needs more, to take the place of one that sends somebody.
    pub(crate) call_off: i32,
    /// Who a type needs that is no more than so many points behind the first is alerted too; 0: nobody.
    pub(crate) close: i32,
    /// The set that gave them, by its place among the names.
    pub(crate) source: u32,
    /// Per type: where it begins; none for types without points.
    pub(crate) start: Vec<Option<i32>>,
    /// Per concept that is asserted: types and points.
    pub(crate) asserted: Grouped<(u32, i32)>,
    /// Per concept that is denied.
    pub(crate) denied: Grouped<(u32, i32)>,
    pub(crate) urgency: Option<UrgencyPoints>,
}

/// Points of urgency.
#[derive(Debug, Clone)]
pub(crate) struct UrgencyPoints {
    /// Above how many the priority is at least 1, 2, 3.
    pub(crate) above: [i32; 3],
    pub(crate) over_rule: i32,
    pub(crate) start: Vec<Option<i32>>,
    pub(crate) asserted: Vec<i32>,
}

/// What a concept adds to a type and to the urgency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weight {
    pub(crate) concept: u32,
    pub(crate) denied: bool,
    pub(crate) points: i32,
    pub(crate) urgency: i32,
}

/// What the points say about a note.
#[derive(Debug)]
pub(crate) struct Weighed {
    /// The type that they put in the place of the one that the rules chose, or of none, and how far it is ahead of the next,
    /// settings included.
    pub(crate) chosen: Option<(u32, i32)>,
    /// Per type: its points; none for types without.
    sums: Vec<Option<i32>>,
    close: i32,
}

impl Weighed {
    /// Returns the other types that are so close to the first that who they need is alerted too.
    pub(crate) fn rivals(&self, kind: u32) -> Vec<u32> {
        let top = self.sums.iter().flatten().max().copied();
        let Some(top) = top.filter(|_| self.close > 0) else {
            return Vec::new();
        };
        let least = top.saturating_sub(self.close);
        let near = (0u32..).zip(&self.sums);
        let near = near.filter(|(_, sum)| sum.is_some_and(|sum| sum >= least));
        near.map(|(rival, _)| rival)
            .filter(|rival| *rival != kind)
            .collect()
    }
}

impl Points {
    /// Returns what a concept adds, per type.
    pub(crate) fn of(&self, concept: u32, denied: bool) -> &[(u32, i32)] {
        if denied {
            self.denied.of(concept)
        } else {
            self.asserted.of(concept)
        }
    }

    /// Returns the sum per type; none for types without points.
    pub(crate) fn sums(&self, told: &[(u32, bool)]) -> Vec<Option<i32>> {
        let mut sums = self.start.clone();
        for &(concept, denied) in told {
            for &(kind, points) in self.of(concept, denied) {
                if let Some(Some(sum)) = sums.get_mut(kind as usize) {
                    *sum = sum.saturating_add(points);
                }
            }
        }
        sums
    }

    /// Returns what the asserted concepts add to a type together.
    fn added(&self, kind: u32, told: &[(u32, bool)]) -> i32 {
        let asserted = told.iter().filter(|(_, denied)| !denied);
        let lists = asserted.flat_map(|&(concept, _)| self.asserted.of(concept));
        let own = lists.filter(|(t, _)| *t == kind);
        own.fold(0, |sum, (_, points)| sum.saturating_add(*points))
    }

    /// Returns what each concept adds to a type and to its urgency, the most first.
    pub(crate) fn weights(&self, kind: u32, told: &[(u32, bool)]) -> Vec<Weight> {
        let weight = |&(concept, denied): &(u32, bool)| {
            let of_type = self.of(concept, denied).iter().find(|(t, _)| *t == kind);
            let urgency = self.urgency.as_ref().filter(|_| !denied);
            Weight {
                concept,
                denied,
                points: of_type.map_or(0, |(_, points)| *points),
                urgency: urgency.map_or(0, |urgency| urgency.of(concept)),
            }
        };
        let mut weights: Vec<Weight> = told.iter().map(weight).collect();
        weights.retain(|weight| weight.points != 0 || weight.urgency != 0);
        weights.sort_by_key(|weight| (std::cmp::Reverse(weight.points), weight.concept));
        weights
    }
}

/// Returns the type with the most points, and how far it is ahead of the next.
fn best(sums: impl Iterator<Item = (u32, i32)>) -> Option<(u32, i32)> {
    let mut best: Option<(u32, i32)> = None;
    let mut second = i32::MIN;
    for (kind, sum) in sums {
        match best {
            Some((_, top)) if sum <= top => second = second.max(sum),
            _ => {
                second = best.map_or(second, |(_, top)| top);
                best = Some((kind, sum));
            }
        }
    }
    best.map(|(kind, top)| (kind, top.saturating_sub(second)))
}

impl UrgencyPoints {
    /// Returns what a concept adds.
    pub(crate) fn of(&self, concept: u32) -> i32 {
        self.asserted.get(concept as usize).copied().unwrap_or(0)
    }

    /// Returns the least urgent priority that the points allow.
    ///
    /// Where a rule chose the priority, it takes `over_rule` points more.
    pub(crate) fn floor(&self, kind: u32, told: &[(u32, bool)], by_rule: bool) -> Option<Priority> {
        let start = self.start.get(kind as usize).copied().flatten()?;
        let asserted = told.iter().filter(|(_, denied)| !denied);
        let sum = asserted.fold(start, |sum, &(concept, _)| {
            sum.saturating_add(self.of(concept))
        });
        let more = if by_rule { self.over_rule } else { 0 };
        let reached = Priority::ALL.into_iter().zip(self.above);
        reached
            .filter(|(_, above)| sum > above.saturating_add(more))
            .map(|(priority, _)| priority)
            .next()
    }
}

impl Classifier {
    /// Weighs a note against what the rules chose; none where the rules stand.
    ///
    /// A rule that asks for structured input stands, and so does one of a set that was loaded on top of the one with the points.
    /// A type that sends nobody needs more points to take the place of one that sends somebody.
    pub(crate) fn weigh(&self, work: &Work, by_rules: Option<(&Rule, u32)>) -> Option<Weighed> {
        let points = self.weighing(work, by_rules)?;
        let first = by_rules.map(|(_, kind)| kind);
        let sends = |kind: u32| {
            let incident = self.rule_set().types.get(kind as usize);
            incident.is_some_and(|incident| !incident.disciplines.is_empty())
        };
        let somebody_goes = first.is_some_and(sends);
        let sums = points.sums(&work.told);
        let settled = (0u32..).zip(&sums).filter_map(|(kind, sum)| {
            let keep = if first == Some(kind) { points.keep } else { 0 };
            let calls_off = somebody_goes && !sends(kind);
            let less = if calls_off { points.call_off } else { 0 };
            Some((kind, (*sum)?.saturating_add(keep).saturating_sub(less)))
        });
        let takes = |kind: u32| {
            let added = points.added(kind, &work.told);
            added > 0 && first.map_or(added >= points.alone, |first| first != kind)
        };
        Some(Weighed {
            chosen: best(settled).filter(|(kind, _)| takes(*kind)),
            sums,
            close: points.close,
        })
    }

    /// Returns the points where they may weigh against the rules.
    fn weighing(&self, work: &Work, by_rules: Option<(&Rule, u32)>) -> Option<&Points> {
        let points = self.rule_set().points.as_ref()?;
        let silent = work.told.is_empty();
        if silent || self.rule_set().policy(Family::Type) != Policy::HighestScore {
            return None;
        }
        let stands = by_rules.is_some_and(|(rule, kind)| {
            let known = points.start.get(kind as usize).copied().flatten();
            known.is_none() || rule.source > points.source || self.asks_input(rule)
        });
        (!stands).then_some(points)
    }

    fn asks_input(&self, rule: &Rule) -> bool {
        let literals = rule.all.iter().chain(rule.any.iter().flatten());
        let of = |l: &u32| self.rule_set().literals.get(*l as usize);
        literals
            .filter_map(of)
            .any(|l| matches!(l, Literal::Input(..)))
    }

    /// Returns what each concept of the note adds to the type that was chosen and to its urgency, the most first.
    pub(crate) fn weights(&self, work: &Work) -> Vec<Weight> {
        let Some((points, kind)) = self.rule_set().points.as_ref().zip(work.type_id) else {
            return Vec::new();
        };
        points.weights(kind, &work.told)
    }

    /// Returns where the note says what speaks most for the type, two concepts at the most.
    pub(crate) fn weighty_spans(&self, work: &Work) -> Vec<Span> {
        let mut spans = Vec::new();
        for weight in self.weights(work).iter().filter(|w| w.points > 0).take(2) {
            let mut mentions = work.reading.mentions.iter();
            let of = mentions
                .find(|m| m.hit.owner == weight.concept && !m.aside && m.denied == weight.denied);
            spans.extend(of.and_then(|m| Self::span(work, m.hit.first, m.hit.last)));
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}
