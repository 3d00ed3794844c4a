//! One document to a rule set.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::literals::LiteralTables;
use super::merge::Merged;
use super::{
    Action, Concept, FamilyIndex, IncidentType, NONE, OpenQuestion, Rule, RuleSet, Trigger, hex,
};
use crate::document::{
    ActionDocument, Family, Policy, RuleDocument, RuleSetDocument, ScopeKind, TypeDocument,
    UrgencyPointsDocument,
};
use crate::grouped::Grouped;
use crate::lexicon::{ALL_LANGUAGES, Lexicon, LexiconBuilder};
use crate::names::{
    Literal, Names, disciplines, language_bit, priority, requirement, severity, terms, unknown,
};
use crate::points::{POINTS, Points, UrgencyPoints};
use crate::text::WordMap;
use crate::{RuleSetError, RuleSetRef};

/// Checks and compiles.
pub(super) fn compile(merged: Merged) -> Result<RuleSet, RuleSetError> {
    let mut compiler = Compiler {
        names: Names::of(&merged.document),
        literals: BTreeMap::new(),
        document: merged.document,
    };
    let vocabulary = compiler.vocabulary()?;
    let concepts = compiler.concepts()?;
    let (rules, families_of) = compiler.rules(&merged.origins)?;
    let types = compiler.types()?;
    let points = compiler.points(merged.points_from)?;
    let tables = LiteralTables::new(&compiler.literals, concepts.len(), types.len());
    Ok(RuleSet {
        reference: Arc::new(compiler.reference()),
        policies: compiler.policies()?,
        families: index(&rules, &families_of, tables.literals.len()),
        questions: compiler.questions(&rules, &families_of, &tables.of_facts),
        literal_names: compiler.names.show_all(&tables.literals),
        numbers: compiler.numbers(),
        document: Arc::new(compiler.document),
        concepts,
        triggers: vocabulary.triggers,
        roles: vocabulary.roles,
        names: compiler.names,
        types,
        rules,
        literals: tables.literals,
        asked: tables.asked,
        concept_literals: tables.of_concepts,
        fact_literals: tables.of_facts,
        type_literals: tables.of_types,
        lexicon: vocabulary.lexicon,
        points,
        overridden: merged.overridden,
        set_names: merged.set_names,
        answer_rule: "answer".into(),
        victims_name: "victims".into(),
        points_name: POINTS.into(),
        terms: vocabulary.terms,
    })
}

/// The words of a document, and who owns them beside the concepts.
struct Vocabulary {
    lexicon: Lexicon,
    triggers: Vec<Trigger>,
    roles: Vec<Arc<str>>,
    terms: usize,
}

struct Compiler {
    document: RuleSetDocument,
    names: Names,
    literals: BTreeMap<Literal, u32>,
}

impl Compiler {
    fn policies(&self) -> Result<[Policy; 9], RuleSetError> {
        let mut policies = Family::ALL.map(Family::default_policy);
        for (family, policy) in &self.document.policy {
            if !family.allows(*policy) {
                return Err(RuleSetError::Policy {
                    family: family.code(),
                    policy: policy.code(),
                });
            }
            if let Some(slot) = policies.get_mut(*family as usize) {
                *slot = *policy;
            }
        }
        Ok(policies)
    }

    /// Points per type, by number.
    fn start(&self, points: &BTreeMap<String, i16>) -> Result<Vec<Option<i32>>, RuleSetError> {
        let mut start = vec![None; self.document.types.len()];
        for (code, &points) in points {
            let id = self.names.type_id("points", code)?;
            if let Some(slot) = start.get_mut(id as usize) {
                *slot = Some(i32::from(points));
            }
        }
        Ok(start)
    }

    fn urgency_points(
        &self,
        document: &UrgencyPointsDocument,
    ) -> Result<UrgencyPoints, RuleSetError> {
        let mut asserted = vec![0; self.document.concept.len()];
        for (name, &points) in &document.asserted {
            let id = self.names.concept("points", name)?;
            if let Some(slot) = asserted.get_mut(id as usize) {
                *slot = i32::from(points);
            }
        }
        Ok(UrgencyPoints {
            above: document.above.map(i32::from),
            over_rule: i32::from(document.over_rule),
            start: self.start(&document.start)?,
            asserted,
        })
    }

    fn points(&self, source: u32) -> Result<Option<Points>, RuleSetError> {
        let Some(document) = &self.document.points else {
            return Ok(None);
        };
        let table = |tables: &BTreeMap<String, BTreeMap<String, i16>>| {
            let mut list = Vec::new();
            for (name, types) in tables {
                let concept = self.names.concept("points", name)?;
                for (code, &points) in types {
                    list.push((
                        concept,
                        (self.names.type_id(name, code)?, i32::from(points)),
                    ));
                }
            }
            Ok(Grouped::new(&list, self.document.concept.len()))
        };
        Ok(Some(Points {
            keep: i32::from(document.keep),
            alone: i32::from(document.alone),
            call_off: i32::from(document.call_off),
            close: i32::from(document.close),
            source,
            start: self.start(&document.start)?,
            asserted: table(&document.asserted)?,
            denied: table(&document.denied)?,
            urgency: document
                .urgency
                .as_ref()
                .map(|u| self.urgency_points(u))
                .transpose()?,
        }))
    }

    fn numbers(&self) -> WordMap<Box<str>, u32> {
        let entries = self.document.numbers.values().flat_map(|list| terms(list));
        entries
            .filter_map(|entry| entry.split_once('='))
            .filter_map(|(word, value)| Some((word.into(), value.trim().parse().ok()?)))
            .collect()
    }

    fn reference(&self) -> RuleSetRef {
        let json = serde_json::to_vec(&self.document).unwrap_or_default();
        let head = &self.document.ruleset;
        RuleSetRef {
            id: head.id.clone(),
            version: head.version.clone(),
            hash: hex(&Sha256::digest(&json)),
        }
    }

    fn vocabulary(&self) -> Result<Vocabulary, RuleSetError> {
        let mut builder = LexiconBuilder::default();
        for (name, concept) in &self.document.concept {
            let owner = self.names.concepts.get(name).copied().unwrap_or(NONE);
            for (list, languages) in [
                (&concept.nl, 1),
                (&concept.fr, 2),
                (&concept.de, 4),
                (&concept.en, 8),
                (&concept.any, ALL_LANGUAGES),
            ] {
                for term in terms(list) {
                    builder.term(owner, name, term, languages)?;
                }
            }
        }
        let mut next = u32::try_from(self.document.concept.len()).unwrap_or(NONE);
        let mut triggers = Vec::new();
        for scope in &self.document.scope {
            let languages = language_bit(&scope.lang)
                .ok_or_else(|| unknown("scope", "language", &scope.lang))?;
            for term in terms(&scope.terms) {
                builder.term(next, "scope", term, languages)?;
            }
            if scope.kind == ScopeKind::Denied {
                builder.denial(next, u32::from(scope.before), u32::from(scope.after));
            }
            triggers.push(Trigger {
                kind: scope.kind,
                before: u32::from(scope.before),
                after: u32::from(scope.after),
            });
            next += 1;
        }
        let mut roles = Vec::new();
        for (role, list) in &self.document.counted {
            for term in terms(list) {
                builder.term(next, role, term, ALL_LANGUAGES)?;
            }
            roles.push(Arc::from(role.as_str()));
            next += 1;
        }
        for (code, list) in &self.document.words {
            let languages = language_bit(code).ok_or_else(|| unknown("words", "language", code))?;
            for word in terms(list).flat_map(str::split_whitespace) {
                builder.ordinary(word, languages);
            }
        }
        Ok(Vocabulary {
            terms: builder.len(),
            lexicon: builder.build()?,
            triggers,
            roles,
        })
    }

    fn concepts(&mut self) -> Result<Vec<Concept>, RuleSetError> {
        let mut concepts = Vec::new();
        for (name, concept) in &self.document.concept {
            let mut implies = Vec::new();
            let mut open: Vec<&String> = concept.implies.iter().collect();
            while let Some(other) = open.pop() {
                let id = self.names.concept(name, other)?;
                if !implies.contains(&id) {
                    implies.push(id);
                    open.extend(
                        self.document
                            .concept
                            .get(other)
                            .iter()
                            .flat_map(|c| &c.implies),
                    );
                }
            }
            concepts.push(Concept {
                name: name.as_str().into(),
                timeless: concept.timeless,
                unnegatable: concept.unnegatable,
                beside: concept.beside,
                implies,
            });
        }
        Ok(concepts)
    }

    fn types(&self) -> Result<Vec<IncidentType>, RuleSetError> {
        let make = |(code, t): (&String, &TypeDocument)| {
            Ok(IncidentType {
                code: code.as_str().into(),
                category: code.split('.').next().unwrap_or("").into(),
                disciplines: disciplines(code, &t.disciplines)?,
                priority: t.priority.map(|p| priority(code, p)).transpose()?,
                means: t
                    .means
                    .iter()
                    .map(|m| requirement(code, m))
                    .collect::<Result<_, _>>()?,
                default_rule: format!("type.{code}").into(),
            })
        };
        self.document.types.iter().map(make).collect()
    }

    fn rules(
        &mut self,
        origins: &BTreeMap<String, u32>,
    ) -> Result<(Vec<Rule>, Vec<Family>), RuleSetError> {
        let mut documents = Vec::new();
        for (name, concept) in &self.document.concept {
            for (facts, literal, suffix) in [
                (&concept.sets, name.clone(), ""),
                (&concept.denied, format!("denied:{name}"), ".denied"),
            ] {
                if !facts.is_empty() {
                    documents.push(RuleDocument {
                        id: format!("concept.{name}{suffix}"),
                        family: Some(Family::Facts),
                        all: vec![literal],
                        then: ActionDocument {
                            facts: facts.clone(),
                            ..ActionDocument::default()
                        },
                        ..RuleDocument::default()
                    });
                }
            }
        }
        documents.extend(self.document.rules.iter().filter(|r| !r.disabled).cloned());
        let mut rules = Vec::new();
        let mut families = Vec::new();
        for rule in documents {
            families.push(rule.family.ok_or_else(|| RuleSetError::NoFamily {
                rule: rule.id.clone(),
            })?);
            let mut any = Vec::new();
            for list in [&rule.any, &rule.any2] {
                if !list.is_empty() {
                    any.push(self.literals(&rule.id, list)?);
                }
            }
            rules.push(Rule {
                all: self.literals(&rule.id, &rule.all)?,
                any,
                none: self.literals(&rule.id, &rule.none)?,
                score: rule.score,
                uncertain: rule.uncertain,
                then: self.action(&rule.id, &rule.then)?,
                source: origins.get(&rule.id).copied().unwrap_or(0),
                id: rule.id.into(),
            });
        }
        Ok((rules, families))
    }

    fn questions(
        &self,
        rules: &[Rule],
        families: &[Family],
        fact_literals: &BTreeMap<(u32, u8), u32>,
    ) -> Vec<OpenQuestion> {
        let mut questions = Vec::new();
        for (id, kind) in (0u32..).zip(&self.names.facts) {
            let most = u8::try_from(kind.values.len().saturating_sub(1)).unwrap_or(0);
            let ask = self.document.fact.get(&*kind.name);
            let (Some(ask), Some(&literal)) = (
                ask.and_then(|f| f.ask.as_ref()),
                fact_literals.get(&(id, most)),
            ) else {
                continue;
            };
            let asks = |rule: &Rule| {
                rule.all.contains(&literal) || rule.any.iter().any(|list| list.contains(&literal))
            };
            let urgent = (0u32..).zip(rules.iter().zip(families));
            let urgent = urgent.filter(|(_, (rule, family))| {
                matches!(family, Family::Urgency | Family::Guards) && asks(rule)
            });
            questions.push(OpenQuestion {
                fact: id,
                name: Arc::clone(&kind.name),
                literal,
                ask: ask.clone(),
                rules: urgent.map(|(id, _)| id).collect(),
            });
        }
        questions
    }

    fn literals(&mut self, owner: &str, list: &[String]) -> Result<Vec<u32>, RuleSetError> {
        let mut ids = Vec::new();
        for text in list {
            let literal = self.names.literal(owner, text)?;
            let next = u32::try_from(self.literals.len()).unwrap_or(NONE);
            ids.push(*self.literals.entry(literal).or_insert(next));
        }
        Ok(ids)
    }

    fn action(&self, owner: &str, then: &ActionDocument) -> Result<Action, RuleSetError> {
        Ok(Action {
            type_id: then
                .type_code
                .as_ref()
                .map(|code| self.names.type_id(owner, code))
                .transpose()?,
            facts: then
                .facts
                .iter()
                .map(|fact| self.names.fact(owner, fact))
                .collect::<Result<_, _>>()?,
            priority: then.priority.map(|p| priority(owner, p)).transpose()?,
            disciplines: disciplines(owner, &then.disciplines)?,
            without: disciplines(owner, &then.without)?,
            severity: then.severity.map(|s| severity(owner, s)).transpose()?,
            means: then
                .means
                .iter()
                .map(|m| requirement(owner, m))
                .collect::<Result<_, _>>()?,
            mip: then.mip,
        })
    }
}

fn index(rules: &[Rule], families_of: &[Family], literals: usize) -> Vec<FamilyIndex> {
    let mut use_count = vec![0u32; literals];
    for literal in rules.iter().flat_map(|rule| &rule.all) {
        if let Some(count) = use_count.get_mut(*literal as usize) {
            *count += 1;
        }
    }
    let mut families = vec![
        FamilyIndex {
            by_literal: vec![Vec::new(); literals],
            always: Vec::new(),
        };
        Family::ALL.len()
    ];
    for (id, (rule, family)) in rules.iter().zip(families_of).enumerate() {
        let id = u32::try_from(id).unwrap_or(NONE);
        let Some(family) = families.get_mut(*family as usize) else {
            continue;
        };
        let rarest = rule
            .all
            .iter()
            .min_by_key(|literal| use_count.get(**literal as usize));
        let keys: &[u32] = match (rarest, rule.any.first()) {
            (Some(literal), _) => std::slice::from_ref(literal),
            (None, Some(any)) => any,
            (None, None) => {
                family.always.push(id);
                continue;
            }
        };
        for literal in keys {
            if let Some(list) = family.by_literal.get_mut(*literal as usize) {
                list.push(id);
            }
        }
    }
    families
}
