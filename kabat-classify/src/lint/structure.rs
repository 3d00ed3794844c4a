//! Types, texts, and things that follow from themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::{FindingKind, Related};
use crate::document::{Family, Texts};

pub(super) fn check(context: &mut Context<'_>) {
    types(context);
    texts(context);
    cycles(context);
}

fn types(context: &mut Context<'_>) {
    for (code, kind) in context.document.types.clone() {
        let place = context.place(&format!("type/{code}"));
        let chosen = context
            .document
            .rules
            .iter()
            .any(|rule| rule.then.type_code.as_deref() == Some(&code));
        let lacks = [
            (
                kind.priority.is_none(),
                "has no priority",
                "give it a default `priority`",
            ),
            (
                !chosen,
                "is chosen by no rule",
                "write a rule of family `type` for it",
            ),
            (
                kind.means.is_empty() && kind.disciplines.is_empty() && !kind.no_means,
                "has neither disciplines nor means",
                "name them, or say `no_means = true`",
            ),
        ];
        for (_, message, help) in lacks.into_iter().filter(|(lacks, ..)| *lacks) {
            context.report(
                FindingKind::Incomplete,
                place.clone(),
                &code,
                message.to_owned(),
                help,
                vec![],
            );
        }
    }
}

fn texts(context: &mut Context<'_>) {
    let missing = |texts: &Texts| {
        [
            ("nl", &texts.nl),
            ("fr", &texts.fr),
            ("de", &texts.de),
            ("en", &texts.en),
        ]
        .into_iter()
        .filter(|(_, text)| text.trim().is_empty())
        .map(|(code, _)| code)
        .collect::<Vec<_>>()
    };
    let mut faults = Vec::new();
    for (code, kind) in &context.document.types {
        let path = format!("type/{code}/label");
        faults.push((context.place(&path), code.clone(), missing(&kind.label)));
    }
    for (name, fact) in &context.document.fact {
        if let Some(ask) = &fact.ask {
            let path = format!("fact/{name}/ask");
            faults.push((context.place(&path), name.clone(), missing(ask)));
        }
    }
    for entry in &context.rules {
        if let Some(why) = &entry.rule.why {
            let place = context.rule_place(entry, &["why"]);
            faults.push((place, entry.rule.id.clone(), missing(why)));
        }
    }
    for (name, concept) in &context.document.concept {
        let lists = [
            ("nl", &concept.nl),
            ("fr", &concept.fr),
            ("de", &concept.de),
            ("en", &concept.en),
        ];
        let empty: Vec<&str> = lists
            .iter()
            .filter(|(_, list)| list.trim().is_empty())
            .map(|(code, _)| *code)
            .collect();
        if concept.any.trim().is_empty() && empty.len() < lists.len() {
            faults.push((
                context.place(&format!("concept/{name}")),
                name.clone(),
                empty,
            ));
        }
    }
    for (place, subject, missing) in faults {
        if !missing.is_empty() {
            context.report(
                FindingKind::MissingTranslation,
                place,
                &subject,
                format!("has nothing in {}", missing.join(", ")),
                "fill it in in all four languages, or use `any` for terms that are the same in all",
                vec![],
            );
        }
    }
}

/// Returns the nodes that lead back to themselves.
fn on_a_cycle(edges: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let reaches = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = edges.get(from).into_iter().flatten().collect();
        while let Some(node) = open.pop() {
            if seen.insert(node) {
                open.extend(edges.get(node).into_iter().flatten());
            }
        }
        seen.contains(from)
    };
    edges.keys().filter(|node| reaches(node)).cloned().collect()
}

fn cycles(context: &mut Context<'_>) {
    let implied: BTreeMap<String, BTreeSet<String>> = context
        .document
        .concept
        .iter()
        .map(|(name, concept)| (name.clone(), concept.implies.iter().cloned().collect()))
        .collect();
    for name in on_a_cycle(&implied) {
        let place = context.place(&format!("concept/{name}/implies"));
        let message = "implies itself, over other concepts or directly".to_owned();
        let help = "make one concept of them, or leave one `implies` out";
        context.report(FindingKind::Cyclic, place, &name, message, help, vec![]);
    }
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rules: Vec<_> = context
        .rules
        .iter()
        .filter(|e| matches!(e.rule.family, Some(Family::Facts | Family::Derived)))
        .copied()
        .collect();
    let is_fact = |text: &&String| context.names.fact("", text).is_ok();
    for entry in &rules {
        let rule = entry.rule;
        let asked = rule.all.iter().chain(&rule.any).chain(&rule.any2);
        for asked in asked.chain(&rule.none).filter(is_fact) {
            let to = edges.entry(asked.clone()).or_default();
            to.extend(rule.then.facts.iter().cloned());
        }
    }
    let cyclic = on_a_cycle(&edges);
    for entry in rules {
        let rule = entry.rule;
        let asked = rule.all.iter().chain(&rule.any).chain(&rule.any2);
        let asked = asked.chain(&rule.none).find(|text| cyclic.contains(*text));
        let set = rule
            .then
            .facts
            .iter()
            .position(|fact| cyclic.contains(fact));
        let (Some(asked), Some(set)) = (asked, set) else {
            continue;
        };
        let related = vec![Related {
            place: context.rule_place(&entry, &[&format!("then/facts/{set}")]),
            note: "sets it, or what it follows from".to_owned(),
        }];
        let place = context.literal_place(&entry, asked);
        let message = format!("asks for `{asked}`, which follows from what the rule sets");
        let help = "set the fact from concepts, or leave the condition out";
        context.report(FindingKind::Cyclic, place, &rule.id, message, help, related);
    }
}
