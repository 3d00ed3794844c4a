//! The files of a set side by side, and the findings so far.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, FindingKind, Related};
use crate::document::{AcceptDocument, RuleDocument, RuleSetDocument};
use crate::names::Names;
use crate::ruleset::absorb;
use crate::source::{Place, RuleFile};

/// A rule that counts, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) file: usize,
    pub(super) index: usize,
    pub(super) rule: &'a RuleDocument,
}

pub(super) struct Context<'a> {
    pub(super) files: &'a [RuleFile],
    /// Everything merged, with the rules that count.
    pub(super) document: RuleSetDocument,
    pub(super) names: Names,
    pub(super) rules: Vec<Entry<'a>>,
    accepted: BTreeSet<usize>,
    accepts: Vec<(String, AcceptDocument, Place)>,
    found: Vec<Finding>,
}

impl<'a> Context<'a> {
    pub(super) fn new(files: &'a [RuleFile]) -> Self {
        let mut document = RuleSetDocument::default();
        let mut rules: Vec<Entry<'a>> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let mut doubles = Vec::new();
        let mut accepts = Vec::new();
        let mut sets: Vec<&str> = Vec::new();
        for (file, source) in files.iter().enumerate() {
            absorb(&mut document, source.document());
            let head = &source.document().ruleset;
            for (index, other) in head.extends.iter().enumerate() {
                if !sets.contains(&other.as_str()) {
                    doubles.push((
                        FindingKind::UnknownName,
                        source.place(&[format!("ruleset/extends/{index}")]),
                        head.id.clone(),
                        format!("extends `{other}`, which is not among the files before it"),
                        "name the files in the order in which they build on each other",
                        Vec::new(),
                    ));
                }
            }
            sets.push(&head.id);
            for (name, concept) in &source.document().concept {
                for (index, accept) in concept.accepts.iter().enumerate() {
                    let place = source.place(&[format!("concept/{name}/accepts/{index}")]);
                    accepts.push((name.clone(), accept.clone(), place));
                }
            }
            for (index, rule) in source.document().rules.iter().enumerate() {
                let entry = Entry { file, index, rule };
                match at.get(rule.id.as_str()) {
                    Some(&old) if rule.overrides => {
                        if let Some(slot) = rules.get_mut(old) {
                            *slot = entry;
                        }
                    }
                    Some(&old) => {
                        let other = rules.get(old).map(|o| place_of(files, o, &["id"]));
                        doubles.push((
                            FindingKind::Duplicate,
                            place_of(files, &entry, &["id"]),
                            rule.id.clone(),
                            "has an id that another rule has".to_owned(),
                            "give it an id of its own, or say `override = true`",
                            other
                                .map(|place| Related {
                                    place,
                                    note: "the other rule".to_owned(),
                                })
                                .into_iter()
                                .collect(),
                        ));
                    }
                    None => {
                        if rule.overrides {
                            doubles.push((
                                FindingKind::UnknownName,
                                place_of(files, &entry, &["id"]),
                                rule.id.clone(),
                                "overrides a rule that is not there".to_owned(),
                                "correct the id, or leave `override` out",
                                Vec::new(),
                            ));
                        }
                        at.insert(&rule.id, rules.len());
                        rules.push(entry);
                    }
                }
            }
        }
        rules.retain(|entry| !entry.rule.disabled);
        for entry in &rules {
            for (index, accept) in entry.rule.accepts.iter().enumerate() {
                let place = place_of(files, entry, &[&format!("accepts/{index}")]);
                accepts.push((entry.rule.id.clone(), accept.clone(), place));
            }
        }
        // Merged, it builds on nothing and overrides nothing: it compiles by itself.
        document.ruleset.extends.clear();
        document.rules = rules.iter().map(merged).collect();
        let mut context = Self {
            files,
            names: Names::of(&document),
            document,
            rules,
            accepted: BTreeSet::new(),
            accepts,
            found: Vec::new(),
        };
        for (kind, place, subject, message, help, related) in doubles {
            context.report(kind, place, &subject, message, help, related);
        }
        context
    }

    /// Returns the place of a part of a rule: the first of the paths that is there, or the rule itself.
    pub(super) fn rule_place(&self, entry: &Entry<'_>, parts: &[&str]) -> Place {
        place_of(self.files, entry, parts)
    }

    /// Returns the place of a path in the first file that has it.
    pub(super) fn place(&self, path: &str) -> Place {
        let path = [path.to_owned()];
        let places = || self.files.iter().map(|file| file.place(&path));
        places()
            .find(|place| place.end > 0)
            .or_else(|| places().next())
            .unwrap_or_else(|| Place {
                file: "".into(),
                start: 0,
                end: 0,
                line: 1,
                column: 1,
            })
    }

    /// Returns the place of a literal of a rule, by its text.
    pub(super) fn literal_place(&self, entry: &Entry<'_>, text: &str) -> Place {
        for (list, name) in [
            (&entry.rule.all, "all"),
            (&entry.rule.any, "any"),
            (&entry.rule.any2, "any2"),
            (&entry.rule.none, "none"),
        ] {
            if let Some(index) = list.iter().position(|literal| literal == text) {
                return self.rule_place(entry, &[&format!("{name}/{index}")]);
            }
        }
        self.rule_place(entry, &["id"])
    }

    pub(super) fn related(&self, entry: &Entry<'_>, note: &str) -> Vec<Related> {
        vec![Related {
            place: self.rule_place(entry, &["id"]),
            note: note.to_owned(),
        }]
    }

    /// Adds a finding, unless its subject accepts it.
    pub(super) fn report(
        &mut self,
        kind: FindingKind,
        place: Place,
        subject: &str,
        message: String,
        help: &str,
        related: Vec<Related>,
    ) {
        self.report_with(kind, place, subject, "", message, help, related);
    }

    /// Adds a finding about two, unless either accepts it.
    #[expect(clippy::too_many_arguments, reason = "the parts of a finding")]
    pub(super) fn report_with(
        &mut self,
        kind: FindingKind,
        place: Place,
        subject: &str,
        other: &str,
        message: String,
        help: &str,
        related: Vec<Related>,
    ) {
        let fits = |owner: &str, accept: &AcceptDocument| {
            let named =
                |a: &str, b: &str| owner == a && (accept.with.is_empty() || accept.with == b);
            accept.finding == kind.code()
                && !accept.reason.trim().is_empty()
                && (named(subject, other) || named(other, subject))
        };
        let mut accepted = false;
        for (index, (owner, accept, _)) in self.accepts.iter().enumerate() {
            if fits(owner, accept) {
                self.accepted.insert(index);
                accepted = true;
            }
        }
        if !accepted {
            self.found.push(Finding {
                place,
                kind,
                subject: subject.to_owned(),
                message,
                help: help.to_owned(),
                related,
            });
        }
    }

    /// Lets stand what accepts findings of a kind that could not be looked for.
    pub(super) fn not_looked_for(&mut self, kind: FindingKind) {
        let of_kind = |(index, (_, accept, _)): (usize, &(_, AcceptDocument, _))| {
            (accept.finding == kind.code()).then_some(index)
        };
        let unknown: Vec<usize> = self
            .accepts
            .iter()
            .enumerate()
            .filter_map(of_kind)
            .collect();
        self.accepted.extend(unknown);
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        for (index, (owner, accept, place)) in
            std::mem::take(&mut self.accepts).into_iter().enumerate()
        {
            let message = if accept.reason.trim().is_empty() {
                "accepts a finding without a reason".to_owned()
            } else if !self.accepted.contains(&index) {
                format!("accepts `{}`, which was not found", accept.finding)
            } else {
                continue;
            };
            let help = "say why it is meant so, or take the line out";
            self.report(
                FindingKind::StaleAcceptance,
                place,
                &owner,
                message,
                help,
                vec![],
            );
        }
        self.found.sort();
        self.found.dedup();
        self.found
    }
}

fn merged(entry: &Entry<'_>) -> RuleDocument {
    RuleDocument {
        overrides: false,
        ..entry.rule.clone()
    }
}

fn place_of(files: &[RuleFile], entry: &Entry<'_>, parts: &[&str]) -> Place {
    let base = format!("rule/{}", entry.index);
    let mut paths: Vec<String> = parts.iter().map(|part| format!("{base}/{part}")).collect();
    paths.extend([format!("{base}/id"), base]);
    files.get(entry.file).map_or_else(
        || Place {
            file: "".into(),
            start: 0,
            end: 0,
            line: 1,
            column: 1,
        },
        |file| file.place(&paths),
    )
}
