//! Faults that do not stop a rule set but make it worse.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Family, RuleDocument, RuleSetDocument};

/// Something that the linter found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// Fixed code: `duplicate`, `subsumed`, `unsatisfiable`, `no_type_rule`, `no_priority`, `no_means`,
    /// `missing_translation`, `trigger_without_scope`, `cyclic`.
    pub code: &'static str,
    /// The rule, concept, type or trigger.
    pub subject: String,
    /// What is wrong.
    pub message: String,
}

/// Checks a document, the files of one set merged.
///
/// Subsumption is decided for rules with the same result and the same `any` lists, over their literals as
/// independent; other pairs are not decided.
///
/// ```
/// use kabat_classify::{RuleSet, lint};
/// assert!(lint(RuleSet::base().document()).is_empty());
/// ```
#[expect(clippy::too_many_lines, reason = "a list of independent checks")]
pub fn lint(document: &RuleSetDocument) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code, subject: &str, message: String| {
        found.push(Finding {
            code,
            subject: subject.to_owned(),
            message,
        });
    };
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
    let mut seen: BTreeMap<String, Vec<&RuleDocument>> = BTreeMap::new();
    for rule in document.rules.iter().filter(|rule| !rule.disabled) {
        if let Some(literal) = rule.all.iter().find(|literal| rule.none.contains(literal)) {
            add(
                "unsatisfiable",
                &rule.id,
                format!("asks for `{literal}` and forbids it"),
            );
        }
        for any in [&rule.any, &rule.any2] {
            if !any.is_empty() && any.iter().all(|literal| rule.none.contains(literal)) {
                add(
                    "unsatisfiable",
                    &rule.id,
                    "forbids every alternative".to_owned(),
                );
            }
        }
        let key = format!(
            "{:?}{:?}{:?}{:?}",
            rule.family,
            rule.then,
            set(&rule.any),
            set(&rule.any2)
        );
        for other in seen.get(&key).into_iter().flatten() {
            let (all, none) = (set(&rule.all), set(&rule.none));
            let (all_other, none_other) = (set(&other.all), set(&other.none));
            if all == all_other && none == none_other {
                add(
                    "duplicate",
                    &rule.id,
                    format!("asks and does the same as `{}`", other.id),
                );
            } else if all.is_superset(&all_other)
                && none.is_superset(&none_other)
                && rule.score <= other.score
            {
                add(
                    "subsumed",
                    &rule.id,
                    format!("never decides where `{}` does not", other.id),
                );
            } else if all_other.is_superset(&all)
                && none_other.is_superset(&none)
                && other.score <= rule.score
            {
                add(
                    "subsumed",
                    &other.id,
                    format!("never decides where `{}` does not", rule.id),
                );
            }
        }
        seen.entry(key).or_default().push(rule);
        if rule.family == Some(Family::Facts) {
            let circular = rule.then.facts.iter().find(|fact| rule.all.contains(fact));
            if let Some(fact) = circular {
                add(
                    "cyclic",
                    &rule.id,
                    format!("sets `{fact}`, which it asks for"),
                );
            }
        }
    }
    for (code, kind) in &document.types {
        if kind.priority.is_none() {
            add("no_priority", code, "has no default priority".to_owned());
        }
        if !document
            .rules
            .iter()
            .any(|rule| rule.then.type_code.as_ref() == Some(code))
        {
            add("no_type_rule", code, "is chosen by no rule".to_owned());
        }
        if kind.means.is_empty() && kind.disciplines.is_empty() && !kind.no_means {
            add(
                "no_means",
                code,
                "sends nobody and does not say so".to_owned(),
            );
        }
        let label = &kind.label;
        if [&label.nl, &label.fr, &label.de, &label.en]
            .iter()
            .any(|text| text.is_empty())
        {
            add("missing_translation", code, "lacks a label".to_owned());
        }
    }
    for rule in &document.rules {
        if rule.why.as_ref().is_some_and(|w| {
            [&w.nl, &w.fr, &w.de, &w.en]
                .iter()
                .any(|text| text.is_empty())
        }) {
            add(
                "missing_translation",
                &rule.id,
                "lacks a reason in a language".to_owned(),
            );
        }
    }
    for scope in &document.scope {
        if scope.before == 0 && scope.after == 0 && scope.kind != crate::ScopeKind::Stop {
            add(
                "trigger_without_scope",
                &scope.terms,
                "reaches no word".to_owned(),
            );
        }
    }
    found.sort();
    found
}
