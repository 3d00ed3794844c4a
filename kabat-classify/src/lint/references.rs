//! Names that nothing defines, and things written where they have no effect.

use std::collections::BTreeMap;

use super::FindingKind;
use super::context::{Context, Entry};
use crate::document::{ActionDocument, Family, Policy, RuleDocument};
use crate::names::{disciplines, language_bit, priority, requirement, severity};
use crate::{RuleSetError, ScopeKind};

const HELP: &str = "correct the name, or define it";

pub(super) fn check(context: &mut Context<'_>) {
    for entry in context.rules.clone() {
        rule(context, &entry);
    }
    points(context);
    concepts(context);
    types(context);
    for (family, policy) in context.document.policy.clone() {
        if !family.allows(policy) {
            let place = context.place(&format!("policy/{}", family.code()));
            let message = format!("cannot settle the conflicts of family `{}`", family.code());
            let help = "choose a policy that the family knows";
            context.report(
                FindingKind::NoEffect,
                place,
                family.code(),
                message,
                help,
                vec![],
            );
        }
    }
    for (at, scope) in context.document.scope.clone().iter().enumerate() {
        if language_bit(&scope.lang).is_none() {
            let place = scope_place(context, at, "lang");
            let message = format!(
                "names language `{}`, which is not one of the four",
                scope.lang
            );
            context.report(
                FindingKind::UnknownName,
                place,
                &scope.terms,
                message,
                HELP,
                vec![],
            );
        }
        if scope.kind == ScopeKind::Stop && (scope.before > 0 || scope.after > 0) {
            let place = scope_place(context, at, "kind");
            let message = "gives a reach to words that end the reach of others".to_owned();
            let help = "leave `before` and `after` out";
            context.report(
                FindingKind::NoEffect,
                place,
                &scope.terms,
                message,
                help,
                vec![],
            );
        }
    }
}

/// Concepts and types that points are given to.
fn points(context: &mut Context<'_>) {
    let Some(points) = context.document.points.clone() else {
        return;
    };
    let mut faults: Vec<(String, String, RuleSetError)> = Vec::new();
    let mut types = |context: &Context<'_>, path: &str, list: &BTreeMap<String, i16>| {
        for code in list.keys() {
            if let Err(error) = context.names.type_id(path, code) {
                faults.push((format!("{path}/{code}"), code.clone(), error));
            }
        }
    };
    types(context, "points/start", &points.start);
    let urgency = points.urgency.unwrap_or_default();
    types(context, "points/urgency/start", &urgency.start);
    let mut concepts: Vec<String> = Vec::new();
    for (list, path) in [
        (&points.asserted, "points/asserted"),
        (&points.denied, "points/denied"),
    ] {
        for (name, list) in list {
            types(context, &format!("{path}/{name}"), list);
            concepts.push(format!("{path}/{name}"));
        }
    }
    let urgent = urgency.asserted.keys();
    concepts.extend(urgent.map(|name| format!("points/urgency/asserted/{name}")));
    for path in concepts {
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        if let Err(error) = context.names.concept(&path, &name) {
            faults.push((path, name, error));
        }
    }
    for (path, name, error) in faults {
        let place = context.place(&path);
        let kind = FindingKind::UnknownName;
        context.report(kind, place, &name, message(&error), HELP, vec![]);
    }
    let mut idle: Vec<(String, String, &str)> = Vec::new();
    for (list, path) in [
        (&points.asserted, "points/asserted"),
        (&points.denied, "points/denied"),
    ] {
        for (concept, types) in list {
            let without = types
                .keys()
                .filter(|code| !points.start.contains_key(*code));
            idle.extend(without.map(|code| {
                let path = format!("{path}/{concept}/{code}");
                let help = "say in `start` what the type begins with";
                (
                    path,
                    format!("gives points to `{code}`, which begins with none"),
                    help,
                )
            }));
        }
    }
    if !urgency.above.is_sorted_by(|a, b| a >= b) {
        let help = "write the bound of priority 1 first, the highest";
        let message = "has bounds that do not fall from priority 1 to 3".to_owned();
        idle.push(("points/urgency/above".to_owned(), message, help));
    }
    for (path, message, help) in idle {
        let place = context.place(&path);
        let kind = FindingKind::NoEffect;
        context.report(kind, place, "points", message, help, vec![]);
    }
}

/// Returns the place of a trigger, by its number over all files.
pub(super) fn scope_place(context: &Context<'_>, at: usize, part: &str) -> crate::Place {
    let mut at = at;
    for file in context.files {
        let here = file.document().scope.len();
        if at < here {
            return file.place(&[
                format!("scope/{at}/{part}"),
                format!("scope/{at}/terms"),
                format!("scope/{at}"),
            ]);
        }
        at -= here;
    }
    context.place("scope")
}

fn message(error: &RuleSetError) -> String {
    match error {
        RuleSetError::Unknown { what, name, .. } => {
            format!("names {what} `{name}`, which is not known")
        }
        other => other.to_string(),
    }
}

fn rule(context: &mut Context<'_>, entry: &Entry<'_>) {
    let rule = entry.rule;
    let mut faults: Vec<(String, RuleSetError)> = Vec::new();
    for (list, name) in [
        (&rule.all, "all"),
        (&rule.any, "any"),
        (&rule.any2, "any2"),
        (&rule.none, "none"),
    ] {
        for (index, text) in list.iter().enumerate() {
            if let Err(error) = context.names.literal(&rule.id, text) {
                faults.push((format!("{name}/{index}"), error));
            }
        }
    }
    let then = &rule.then;
    if let Some(code) = &then.type_code
        && let Err(error) = context.names.type_id(&rule.id, code)
    {
        faults.push(("then/type".to_owned(), error));
    }
    for (index, fact) in then.facts.iter().enumerate() {
        if let Err(error) = context.names.fact(&rule.id, fact) {
            faults.push((format!("then/facts/{index}"), error));
        }
    }
    if let Some(Err(error)) = then.priority.map(|p| priority(&rule.id, p)) {
        faults.push(("then/priority".to_owned(), error));
    }
    if let Some(Err(error)) = then.severity.map(|s| severity(&rule.id, s)) {
        faults.push(("then/severity".to_owned(), error));
    }
    for (codes, name) in [
        (&then.disciplines, "disciplines"),
        (&then.without, "without"),
    ] {
        for (index, code) in codes.iter().enumerate() {
            if let Err(error) = disciplines(&rule.id, std::slice::from_ref(code)) {
                faults.push((format!("then/{name}/{index}"), error));
            }
        }
    }
    for (index, means) in then.means.iter().enumerate() {
        if let Err(error) = requirement(&rule.id, means) {
            faults.push((format!("then/means/{index}"), error));
        }
    }
    for (part, error) in faults {
        let place = context.rule_place(entry, &[&part]);
        context.report(
            FindingKind::UnknownName,
            place,
            &rule.id,
            message(&error),
            HELP,
            vec![],
        );
    }
    let Some(family) = rule.family else {
        let place = context.rule_place(entry, &["id"]);
        let message = "has no family, so it never runs".to_owned();
        let help = "say in which family it belongs";
        context.report(
            FindingKind::NoEffect,
            place,
            &rule.id,
            message,
            help,
            vec![],
        );
        return;
    };
    idle(context, entry, rule, family);
}

/// The parts of an action that a family carries out.
fn idle(context: &mut Context<'_>, entry: &Entry<'_>, rule: &RuleDocument, family: Family) {
    let parts = |then: &ActionDocument| {
        [
            (
                "type",
                then.type_code.is_some(),
                matches!(family, Family::Type),
            ),
            (
                "facts",
                !then.facts.is_empty(),
                matches!(
                    family,
                    Family::Facts | Family::Derived | Family::Urgency | Family::Guards
                ),
            ),
            (
                "priority",
                then.priority.is_some(),
                matches!(family, Family::Priority | Family::Urgency | Family::Guards),
            ),
            (
                "disciplines",
                !then.disciplines.is_empty(),
                matches!(family, Family::Disciplines),
            ),
            (
                "without",
                !then.without.is_empty(),
                matches!(family, Family::Disciplines),
            ),
            (
                "severity",
                then.severity.is_some(),
                matches!(family, Family::Severity),
            ),
            (
                "means",
                !then.means.is_empty(),
                matches!(family, Family::Means),
            ),
            (
                "mip",
                then.mip,
                matches!(
                    family,
                    Family::Facts | Family::Derived | Family::Urgency | Family::Guards
                ),
            ),
        ]
    };
    let parts = parts(&rule.then);
    for (name, written, used) in parts {
        if written && !used {
            let place = context.rule_place(entry, &[&format!("then/{name}"), "then"]);
            let message = format!(
                "says `{name}`, which family `{}` does not carry out",
                family.code()
            );
            let help = "move it to a rule of the family that does";
            context.report(
                FindingKind::NoEffect,
                place,
                &rule.id,
                message,
                help,
                vec![],
            );
        }
    }
    if !parts.iter().any(|(_, written, _)| *written) {
        let place = context.rule_place(entry, &["then"]);
        let message = "does nothing".to_owned();
        let help = "say in `then` what follows, or take the rule out";
        context.report(
            FindingKind::NoEffect,
            place,
            &rule.id,
            message,
            help,
            vec![],
        );
    }
    let scored = context.document.policy.get(&family).copied();
    let scored = scored.unwrap_or_else(|| family.default_policy());
    if rule.score != 0 && matches!(scored, Policy::Union | Policy::FirstHit) {
        let place = context.rule_place(entry, &["score"]);
        let message = format!(
            "has a score, which family `{}` does not look at",
            family.code()
        );
        let help = "leave the score out, or declare policy `highest_score`";
        context.report(
            FindingKind::NoEffect,
            place,
            &rule.id,
            message,
            help,
            vec![],
        );
    }
}

fn concepts(context: &mut Context<'_>) {
    for file in context.files {
        for (name, concept) in &file.document().concept {
            for (list, part) in [(&concept.sets, "sets"), (&concept.denied, "denied")] {
                for (index, fact) in list.iter().enumerate() {
                    if let Err(error) = context.names.fact(name, fact) {
                        let place = file.place(&[format!("concept/{name}/{part}/{index}")]);
                        context.report(
                            FindingKind::UnknownName,
                            place,
                            name,
                            message(&error),
                            HELP,
                            vec![],
                        );
                    }
                }
            }
            for (index, other) in concept.implies.iter().enumerate() {
                if let Err(error) = context.names.concept(name, other) {
                    let place = file.place(&[format!("concept/{name}/implies/{index}")]);
                    context.report(
                        FindingKind::UnknownName,
                        place,
                        name,
                        message(&error),
                        HELP,
                        vec![],
                    );
                }
            }
        }
    }
}

fn types(context: &mut Context<'_>) {
    for file in context.files {
        for (code, kind) in &file.document().types {
            let mut faults = Vec::new();
            for (index, discipline) in kind.disciplines.iter().enumerate() {
                let result = disciplines(code, std::slice::from_ref(discipline));
                faults.extend(result.err().map(|e| (format!("disciplines/{index}"), e)));
            }
            for (index, means) in kind.means.iter().enumerate() {
                let result = requirement(code, means);
                faults.extend(result.err().map(|e| (format!("means/{index}"), e)));
            }
            let result = kind.priority.map(|p| priority(code, p));
            faults.extend(
                result
                    .and_then(Result::err)
                    .map(|e| ("priority".to_owned(), e)),
            );
            for (part, error) in faults {
                let place = file.place(&[format!("type/{code}/{part}")]);
                context.report(
                    FindingKind::UnknownName,
                    place,
                    code,
                    message(&error),
                    HELP,
                    vec![],
                );
            }
        }
    }
}
