//! Several documents to one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::NONE;
use crate::RuleSetError;
use crate::document::RuleSetDocument;

/// One document made of several, and what became of their rules.
pub(super) struct Merged {
    pub(super) document: RuleSetDocument,
    /// Per rule: the place of its set among the names.
    pub(super) origins: BTreeMap<String, u32>,
    pub(super) overridden: Vec<Arc<str>>,
    pub(super) set_names: Vec<String>,
    /// The last set that gave points.
    pub(super) points_from: u32,
}

pub(super) fn merge(documents: &[RuleSetDocument]) -> Result<Merged, RuleSetError> {
    let mut merged = RuleSetDocument::default();
    let mut origins = BTreeMap::new();
    let mut overridden = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut points_from = 0;
    for document in documents {
        let head = &document.ruleset;
        if let Some(missing) = head.extends.iter().find(|id| !names.contains(id)) {
            return Err(RuleSetError::Extends {
                id: head.id.clone(),
                missing: missing.clone(),
            });
        }
        let set = names.iter().position(|n| *n == head.id).unwrap_or_else(|| {
            names.push(head.id.clone());
            names.len() - 1
        });
        let set = u32::try_from(set).unwrap_or(NONE);
        absorb(&mut merged, document);
        if document.points.is_some() {
            points_from = set;
        }
        for rule in &document.rules {
            match (index.get(&rule.id), rule.overrides) {
                (None, true) => {
                    return Err(RuleSetError::OverridesNothing {
                        rule: rule.id.clone(),
                    });
                }
                (Some(_), false) => {
                    return Err(RuleSetError::Duplicate {
                        rule: rule.id.clone(),
                    });
                }
                (Some(&at), true) => {
                    if let Some(old) = merged.rules.get_mut(at) {
                        *old = rule.clone();
                    }
                    overridden.push(Arc::from(rule.id.as_str()));
                }
                (None, false) => {
                    index.insert(rule.id.clone(), merged.rules.len());
                    merged.rules.push(rule.clone());
                }
            }
            origins.insert(rule.id.clone(), set);
        }
    }
    Ok(Merged {
        document: merged,
        origins,
        overridden,
        set_names: names,
        points_from,
    })
}

/// Takes in everything of a document but its rules.
pub(crate) fn absorb(merged: &mut RuleSetDocument, document: &RuleSetDocument) {
    merged.ruleset = document.ruleset.clone();
    merged.policy.extend(document.policy.clone());
    merged.fact.extend(document.fact.clone());
    merged.scope.extend(document.scope.iter().cloned());
    for (name, concept) in &document.concept {
        let entry = merged.concept.entry(name.clone()).or_default();
        for (into, from) in [
            (&mut entry.nl, &concept.nl),
            (&mut entry.fr, &concept.fr),
            (&mut entry.de, &concept.de),
            (&mut entry.en, &concept.en),
            (&mut entry.any, &concept.any),
        ] {
            if !into.is_empty() && !from.is_empty() {
                into.push(',');
            }
            into.push_str(from);
        }
        entry.sets.extend(concept.sets.iter().cloned());
        entry.denied.extend(concept.denied.iter().cloned());
        entry.accepts.extend(concept.accepts.iter().cloned());
        entry.implies.extend(concept.implies.iter().cloned());
        entry.timeless |= concept.timeless;
        entry.unnegatable |= concept.unnegatable;
        entry.beside |= concept.beside;
    }
    merged.types.extend(document.types.clone());
    // Whole: points of two fits do not mix.
    if document.points.is_some() {
        merged.points.clone_from(&document.points);
    }
    for (into, from) in [
        (&mut merged.words, &document.words),
        (&mut merged.numbers, &document.numbers),
        (&mut merged.counted, &document.counted),
    ] {
        for (key, words) in from {
            let entry: &mut String = into.entry(key.clone()).or_default();
            entry.push(',');
            entry.push_str(words);
        }
    }
}
