//! Rules that cannot hold, add nothing, or contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::FindingKind;
use super::context::{Context, Entry};
use super::solver::{Condition, Domain, Sources, States, Variable, literals, speech};
use crate::document::{Family, Policy, RuleDocument};
use crate::names::{Literal, terms};

/// Facts that a triage answer can give, with any value, and those that the text gives by itself.
const ANSWERED: [&str; 5] = ["conscious", "breathing", "trapped", "injured", "child"];

pub(super) fn check(context: &mut Context<'_>) {
    let expressed = expressed(context);
    let settable = settable(context);
    let chosen: BTreeSet<u32> = context
        .rules
        .iter()
        .filter_map(|e| e.rule.then.type_code.as_deref())
        .filter_map(|code| context.names.type_id("", code).ok())
        .collect();
    let domain = Domain::new(
        &context.document,
        &context.names,
        &Sources {
            expressed: &|id| expressed.contains(&id),
            settable: &|fact, value| settable.contains(&(fact, value)),
            chosen: &|id| chosen.contains(&id),
        },
    );
    let mut families: BTreeMap<Family, Vec<(Entry<'_>, Condition)>> = BTreeMap::new();
    for entry in context.rules.clone() {
        early(context, &entry);
        let Some(condition) = domain.condition(entry.rule, &context.names) else {
            continue;
        };
        let Some(family) = entry.rule.family else {
            continue;
        };
        match domain.satisfiable(&condition, &[], &[]) {
            Some(true) => {
                urgent_on_denied(context, &domain, &entry, &condition);
                families.entry(family).or_default().push((entry, condition));
            }
            Some(false) => unreachable(context, &domain, &entry),
            None => undecided(context, &entry, None),
        }
    }
    for (family, rules) in &families {
        pairs(context, &domain, *family, rules);
    }
    own_contradictions(context);
}

fn expressed(context: &Context<'_>) -> BTreeSet<u32> {
    let concepts = &context.document.concept;
    let mut open: Vec<&String> = concepts
        .iter()
        .filter(|(_, c)| {
            [&c.nl, &c.fr, &c.de, &c.en, &c.any]
                .into_iter()
                .any(|list| terms(list).next().is_some())
        })
        .map(|(name, _)| name)
        .collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Ok(id) = context.names.concept("", name)
            && found.insert(id)
        {
            open.extend(concepts.get(name).into_iter().flat_map(|c| &c.implies));
        }
    }
    found
}

fn settable(context: &Context<'_>) -> BTreeSet<(u32, u8)> {
    let concepts = context.document.concept.values();
    let by_concepts = concepts.flat_map(|c| c.sets.iter().chain(&c.denied));
    let by_rules = context.rules.iter().flat_map(|e| &e.rule.then.facts);
    let mut found: BTreeSet<(u32, u8)> = by_concepts
        .chain(by_rules)
        .filter_map(|fact| context.names.fact("", fact).ok())
        .collect();
    for name in ANSWERED {
        if let Some(&id) = context.names.fact_ids.get(name) {
            let count = context
                .names
                .facts
                .get(id as usize)
                .map_or(0, |f| f.values.len());
            found.extend((0..count).filter_map(|v| Some((id, u8::try_from(v).ok()?))));
        }
    }
    found
}

/// Literals about what is only decided after the rule ran.
fn early(context: &mut Context<'_>, entry: &Entry<'_>) {
    let rule = entry.rule;
    let Some(family) = rule.family else { return };
    for text in literals(rule) {
        let (since, what) = match context.names.literal("", text) {
            Ok(Literal::Type(_) | Literal::Category(_)) => (Family::Derived, "type"),
            Ok(Literal::Priority(..)) => (Family::Disciplines, "priority"),
            Ok(Literal::Discipline(_)) => (Family::Severity, "disciplines"),
            Ok(Literal::Severity(_)) => (Family::Means, "severity"),
            _ => continue,
        };
        if family >= since {
            continue;
        }
        let place = context.literal_place(entry, text);
        let forbidden = rule.none.contains(text);
        let kind = if forbidden {
            FindingKind::NoEffect
        } else {
            FindingKind::Unreachable
        };
        let message = format!(
            "asks for `{text}` in family `{}`, which runs before the {what} is decided",
            family.code()
        );
        let help = "move the rule to a later family, or leave the literal out";
        context.report(kind, place, &rule.id, message, help, vec![]);
    }
}

fn unreachable(context: &mut Context<'_>, domain: &Domain, entry: &Entry<'_>) {
    let rule = entry.rule;
    let alone = |text: &String| {
        let only = RuleDocument {
            all: vec![text.clone()],
            ..RuleDocument::default()
        };
        let condition = domain.condition(&only, &context.names);
        condition.is_some_and(|c| domain.satisfiable(&c, &[], &[]) == Some(false))
    };
    let never = rule.all.iter().find(|text| alone(text));
    let both = rule.all.iter().find(|text| rule.none.contains(text));
    let (place, message, help) = if let Some(text) = never {
        (
            context.literal_place(entry, text),
            format!("asks for `{text}`, which nothing can bring about"),
            "give the concept terms, set the fact, or choose the type somewhere",
        )
    } else if let Some(text) = both {
        (
            context.literal_place(entry, text),
            format!("asks for `{text}` and forbids it"),
            "take it out of `all` or out of `none`",
        )
    } else {
        (
            context.rule_place(entry, &["id"]),
            "asks for things that exclude each other".to_owned(),
            "take one of the conditions out",
        )
    };
    context.report(
        FindingKind::Unreachable,
        place,
        &rule.id,
        message,
        help,
        vec![],
    );
}

fn undecided(context: &mut Context<'_>, entry: &Entry<'_>, other: Option<&Entry<'_>>) {
    let place = context.rule_place(entry, &["id"]);
    let related = other.map_or(Vec::new(), |o| {
        context.related(o, "together with this rule")
    });
    let message = "has conditions too wide to decide on within bounds".to_owned();
    let help = "split the rule";
    let with = other.map_or("", |o| o.rule.id.as_str());
    context.report_with(
        FindingKind::NotDecided,
        place,
        &entry.rule.id,
        with,
        message,
        help,
        related,
    );
}

/// A rule of urgency must not hold because somebody says that the danger is not there.
fn urgent_on_denied(
    context: &mut Context<'_>,
    domain: &Domain,
    entry: &Entry<'_>,
    condition: &Condition,
) {
    let rule = entry.rule;
    let urgent_type = rule.then.type_code.as_ref().is_some_and(|code| {
        let kind = context.document.types.get(code);
        kind.and_then(|k| k.priority).is_some_and(|p| p == 1)
    });
    if rule.then.priority.is_none_or(|p| p > 2) && !urgent_type {
        return;
    }
    let denied = States::of([speech::DENIED, speech::DENIED_AND_PAST]);
    for (list, alternative) in [(&rule.all, false), (&rule.any, true), (&rule.any2, true)] {
        for text in list {
            let Ok(Literal::Said(concept)) = context.names.literal("", text) else {
                continue;
            };
            let mut atoms = vec![(Variable::Concept(concept), denied)];
            // The other alternatives of the list do not count: this one is what makes the rule hold.
            if alternative {
                let others: Vec<String> = list.iter().filter(|o| *o != text).cloned().collect();
                let none = RuleDocument {
                    none: others,
                    ..RuleDocument::default()
                };
                atoms.extend(
                    domain
                        .condition(&none, &context.names)
                        .into_iter()
                        .flat_map(|c| c.units),
                );
            }
            if domain.satisfiable(condition, &atoms, &[]) == Some(true) {
                let place = context.literal_place(entry, text);
                let name = text.trim_start_matches("said:");
                let message = format!("is urgent and holds when `{name}` is denied");
                let help = "ask for the concept itself, or put `denied:` of it in `none`";
                context.report_with(
                    FindingKind::UrgentOnDenied,
                    place,
                    &rule.id,
                    name,
                    message,
                    help,
                    vec![],
                );
            }
        }
    }
}

/// What a rule does, in the terms of its family.
fn effect(rule: &RuleDocument) -> (BTreeSet<String>, Option<u8>) {
    let then = &rule.then;
    let mut parts: BTreeSet<String> = BTreeSet::new();
    parts.extend(then.type_code.iter().map(|t| format!("type={t}")));
    parts.extend(then.facts.iter().cloned());
    parts.extend(then.disciplines.iter().map(|d| format!("+{d}")));
    parts.extend(then.without.iter().map(|d| format!("-{d}")));
    parts.extend(then.severity.map(|s| format!("severity={s}")));
    parts.extend(then.means.iter().map(|m| format!("means={m}")));
    parts.extend(then.mip.then(|| "mip".to_owned()));
    (parts, then.priority)
}

fn same_text(a: &RuleDocument, b: &RuleDocument) -> bool {
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
    let choices = |rule: &RuleDocument| BTreeSet::from([set(&rule.any), set(&rule.any2)]);
    set(&a.all) == set(&b.all) && set(&a.none) == set(&b.none) && choices(a) == choices(b)
}

/// Whether the first of two rules that both hold is never the one that decides.
fn loses(policy: Policy, a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let (x, y) = (a.rule, b.rule);
    match policy {
        Policy::HighestScore => x.score < y.score || x.score == y.score && x.id > y.id,
        Policy::FirstHit => (a.file, a.index) > (b.file, b.index),
        _ => false,
    }
}

fn pairs(
    context: &mut Context<'_>,
    domain: &Domain,
    family: Family,
    rules: &[(Entry<'_>, Condition)],
) {
    let policy = context.document.policy.get(&family).copied();
    let policy = policy.unwrap_or_else(|| family.default_policy());
    for (at, (a, a_when)) in rules.iter().enumerate() {
        for (b, b_when) in rules.iter().skip(at + 1) {
            let (a_does, a_rank) = effect(a.rule);
            let (b_does, b_rank) = effect(b.rule);
            let same_effect = a_does == b_does && a_rank == b_rank;
            let (forth, back) = (
                domain.implies(a_when, b_when),
                domain.implies(b_when, a_when),
            );
            if forth.is_none() || back.is_none() {
                undecided(context, b, Some(a));
                continue;
            }
            let (forth, back) = (forth == Some(true), back == Some(true));
            let related = context.related(a, "the other rule");
            if forth && back && same_effect {
                let place = context.rule_place(b, &["id"]);
                let (kind, message) = if same_text(a.rule, b.rule) {
                    (
                        FindingKind::Duplicate,
                        format!("asks and does the same as `{}`", a.rule.id),
                    )
                } else {
                    (
                        FindingKind::Equivalent,
                        format!(
                            "holds exactly where `{}` does, and does the same",
                            a.rule.id
                        ),
                    )
                };
                let help = "take one of the two out";
                let (id, with) = (b.rule.id.clone(), a.rule.id.clone());
                context.report_with(kind, place, &id, &with, message, help, related);
                continue;
            }
            let mut told = false;
            for (narrow, wide, follows) in [(a, b, forth), (b, a, back)] {
                if !follows || told {
                    continue;
                }
                told = narrower(context, policy, narrow, wide, forth && back);
            }
            if !told && opposed(context, domain, policy, (a, a_when), (b, b_when)) {
                let place = context.rule_place(b, &["then"]);
                let message = format!(
                    "contradicts `{}`, and where both hold only their order decides",
                    a.rule.id
                );
                let help =
                    "give them different scores or exclude one case, or accept it with a reason";
                let (id, with) = (b.rule.id.clone(), a.rule.id.clone());
                context.report_with(
                    FindingKind::Contradictory,
                    place,
                    &id,
                    &with,
                    message,
                    help,
                    related,
                );
            }
        }
    }
}

/// Reports what a rule lacks whose condition follows into that of another; returns whether it did.
fn narrower(
    context: &mut Context<'_>,
    policy: Policy,
    narrow: &Entry<'_>,
    wide: &Entry<'_>,
    both_ways: bool,
) -> bool {
    let (does, rank) = effect(narrow.rule);
    let (wide_does, wide_rank) = effect(wide.rule);
    let ranked = match (rank, wide_rank) {
        (None, _) => true,
        (Some(narrow), Some(wide)) => wide <= narrow,
        (Some(_), None) => false,
    };
    let (kind, message, help) = match policy {
        Policy::HighestScore | Policy::FirstHit if loses(policy, narrow, wide) => {
            let tie = policy == Policy::HighestScore && narrow.rule.score == wide.rule.score;
            if does == wide_does && rank == wide_rank {
                (
                    FindingKind::Subsumed,
                    format!(
                        "never decides where `{}` does not, with the same result",
                        wide.rule.id
                    ),
                    "take it out",
                )
            } else if tie {
                (
                    FindingKind::Contradictory,
                    format!(
                        "has the score of `{}`, which holds wherever it does, and another result",
                        wide.rule.id
                    ),
                    "give the narrower rule the higher score",
                )
            } else {
                (
                    FindingKind::Unreachable,
                    format!(
                        "is masked: `{}` holds wherever it does and comes first",
                        wide.rule.id
                    ),
                    "give the narrower rule the higher score, or take it out",
                )
            }
        }
        Policy::HighestScore | Policy::FirstHit => return false,
        _ if both_ways && policy == Policy::MostDangerous && does != wide_does => (
            FindingKind::Contradictory,
            format!(
                "gives a fact another value than `{}` in the same cases",
                wide.rule.id
            ),
            "take one of the two out",
        ),
        _ if does.is_subset(&wide_does) && ranked => (
            FindingKind::Subsumed,
            format!(
                "adds nothing to `{}`, which holds wherever it does",
                wide.rule.id
            ),
            "take it out",
        ),
        _ => return false,
    };
    let place = context.rule_place(narrow, &["id"]);
    let related = context.related(wide, "the wider rule");
    context.report_with(
        kind,
        place,
        &narrow.rule.id.clone(),
        &wide.rule.id.clone(),
        message,
        help,
        related,
    );
    true
}

/// Whether two rules that can hold together say opposite things that no score settles.
fn opposed(
    context: &Context<'_>,
    domain: &Domain,
    policy: Policy,
    (a, a_when): (&Entry<'_>, &Condition),
    (b, b_when): (&Entry<'_>, &Condition),
) -> bool {
    let (x, y) = (a.rule, b.rule);
    let overlap = || domain.overlap(a_when, b_when) == Some(true);
    // An added discipline stands over one that is left out of the default; a rule that never has its way is at fault.
    let takes = |a: (&RuleDocument, &Condition), b: (&RuleDocument, &Condition)| {
        a.0.then
            .without
            .iter()
            .any(|d| b.0.then.disciplines.contains(d))
            && domain.implies(a.1, b.1) == Some(true)
    };
    if policy == Policy::Union {
        return takes((x, a_when), (y, b_when)) || takes((y, b_when), (x, a_when));
    }
    if policy != Policy::HighestScore || x.score != y.score || effect(x) == effect(y) {
        return false;
    }
    // Rules that have nothing in common meet by chance in a note that speaks of two things; those that ask for the same
    // thing are about the same case.
    let shares = x
        .all
        .iter()
        .filter(|text| y.all.contains(text))
        .any(|text| context.names.literal("", text).is_ok());
    shares && overlap()
}

/// A rule or concept that says opposite things by itself.
fn own_contradictions(context: &mut Context<'_>) {
    for entry in context.rules.clone() {
        let then = &entry.rule.then;
        if let Some(at) = then
            .without
            .iter()
            .position(|d| then.disciplines.contains(d))
        {
            let place = context.rule_place(&entry, &[&format!("then/without/{at}")]);
            let message = "adds a discipline and leaves it out".to_owned();
            let help = "take it out of one of the two";
            context.report(
                FindingKind::Contradictory,
                place,
                &entry.rule.id,
                message,
                help,
                vec![],
            );
        }
        let facts: Vec<_> = then
            .facts
            .iter()
            .map(|fact| context.names.fact("", fact).ok())
            .collect();
        for (at, fact) in facts.iter().enumerate() {
            let Some((id, value)) = fact else { continue };
            let other = facts.iter().take(at).flatten();
            if other.into_iter().any(|(o, v)| o == id && v != value) {
                let place = context.rule_place(&entry, &[&format!("then/facts/{at}")]);
                let message = "gives the same fact two values".to_owned();
                let help = "take one of them out";
                context.report(
                    FindingKind::Contradictory,
                    place,
                    &entry.rule.id,
                    message,
                    help,
                    vec![],
                );
            }
        }
    }
    for (name, concept) in context.document.concept.clone() {
        if let Some(fact) = concept.sets.iter().find(|f| concept.denied.contains(f)) {
            let place = context.place(&format!("concept/{name}/denied"));
            let message = format!("sets `{fact}` when it is asserted and when it is denied");
            let help = "take it out of one of the two";
            context.report(
                FindingKind::Contradictory,
                place,
                &name,
                message,
                help,
                vec![],
            );
        }
    }
}
