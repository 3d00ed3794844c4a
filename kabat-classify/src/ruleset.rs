//! Documents merged, checked and compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use kabat_core::{DisciplineSet, Priority, Requirement};
use sha2::{Digest, Sha256};

use crate::document::{
    ActionDocument, Family, Policy, RuleDocument, RuleSetDocument, ScopeKind, Texts, TypeDocument,
};
use crate::lexicon::{ALL_LANGUAGES, Lexicon, LexiconBuilder};
use crate::names::{
    Literal, Names, disciplines, language_bit, priority, requirement, severity, terms, unknown,
};
use crate::text::WordMap;
use crate::{RuleSetError, RuleSetRef};

#[derive(Debug, Clone, Default)]
pub(crate) struct Action {
    pub(crate) type_id: Option<u32>,
    pub(crate) facts: Vec<(u32, u8)>,
    pub(crate) priority: Option<Priority>,
    pub(crate) disciplines: DisciplineSet,
    pub(crate) without: DisciplineSet,
    pub(crate) severity: Option<u8>,
    pub(crate) means: Vec<Requirement>,
    pub(crate) mip: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) all: Vec<u32>,
    pub(crate) any: Vec<Vec<u32>>,
    pub(crate) none: Vec<u32>,
    pub(crate) score: i32,
    pub(crate) uncertain: bool,
    pub(crate) then: Action,
    pub(crate) source: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct IncidentType {
    pub(crate) code: Arc<str>,
    pub(crate) category: Arc<str>,
    pub(crate) disciplines: DisciplineSet,
    pub(crate) priority: Option<Priority>,
    pub(crate) means: Vec<Requirement>,
    pub(crate) default_rule: Arc<str>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Concept {
    pub(crate) name: Arc<str>,
    pub(crate) timeless: bool,
    pub(crate) unnegatable: bool,
    pub(crate) implies: Vec<u32>,
}

#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub(crate) kind: ScopeKind,
    pub(crate) before: u32,
    pub(crate) after: u32,
}

/// Literals by what decides them, so that a stage looks only at its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) inputs: Vec<u32>,
    pub(crate) numbers: Vec<u32>,
    pub(crate) categories: Vec<u32>,
    pub(crate) priorities: Vec<u32>,
    pub(crate) disciplines: Vec<u32>,
    pub(crate) severities: Vec<u32>,
}

/// Rules of a family, found by what they ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct FamilyIndex {
    pub(crate) by_literal: Vec<Vec<u32>>,
    pub(crate) always: Vec<u32>,
}

/// A question that the rule set can ask, and the rules that its most dangerous answer could make fire.
#[derive(Debug, Clone)]
pub(crate) struct OpenQuestion {
    pub(crate) fact: u32,
    pub(crate) name: Arc<str>,
    pub(crate) literal: u32,
    pub(crate) ask: Texts,
    pub(crate) rules: Vec<u32>,
}

impl Asked {
    fn note(&mut self, literal: &Literal, id: u32) {
        let list = match literal {
            Literal::Input(..) => &mut self.inputs,
            Literal::Number(..) => &mut self.numbers,
            Literal::Category(_) => &mut self.categories,
            Literal::Priority(..) => &mut self.priorities,
            Literal::Discipline(_) => &mut self.disciplines,
            Literal::Severity(_) => &mut self.severities,
            _ => return,
        };
        list.push(id);
    }
}

/// A rule set, ready to be used by a [`Classifier`](crate::Classifier).
///
/// ```
/// use kabat_classify::{RuleSet, RuleSetDocument};
/// let base = RuleSet::base();
/// assert_eq!(base.reference().id, "be.kabat.base");
/// let vendor = RuleSetDocument::from_toml(r#"
/// [ruleset]
/// id = "acme.zone"
/// version = "1.0.0"
/// valid_from = "2026-12-01"
/// extends = ["be.kabat.base"]
/// [[rule]]
/// id = "acme.chimney"
/// family = "means"
/// all = ["type=fire.chimney"]
/// then = { means = ["ladder"] }
/// "#)?;
/// let set = RuleSet::extend_base([vendor])?;
/// assert_ne!(set.reference().hash, base.reference().hash);
/// # Ok::<(), kabat_classify::RuleSetError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub(crate) reference: Arc<RuleSetRef>,
    pub(crate) document: Arc<RuleSetDocument>,
    pub(crate) concepts: Vec<Concept>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) roles: Vec<Arc<str>>,
    pub(crate) names: Names,
    pub(crate) types: Vec<IncidentType>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) families: Vec<FamilyIndex>,
    pub(crate) policies: [Policy; 9],
    pub(crate) literals: Vec<Literal>,
    pub(crate) literal_names: Vec<Box<str>>,
    pub(crate) asked: Asked,
    pub(crate) questions: Vec<OpenQuestion>,
    /// Per concept: literal of asserted, denied, past, said.
    pub(crate) concept_literals: Vec<[u32; 4]>,
    /// Per fact and value.
    pub(crate) fact_literals: BTreeMap<(u32, u8), u32>,
    pub(crate) type_literals: Vec<u32>,
    pub(crate) lexicon: Lexicon,
    pub(crate) numbers: WordMap<Box<str>, u32>,
    pub(crate) overridden: Vec<Arc<str>>,
    pub(crate) set_names: Vec<String>,
    pub(crate) answer_rule: Arc<str>,
    pub(crate) victims_name: Arc<str>,
    terms: usize,
}

const NONE: u32 = u32::MAX;

const BASE: [(&str, &str); 9] = [
    ("core.toml", include_str!("../rules/base/core.toml")),
    ("medical.toml", include_str!("../rules/base/medical.toml")),
    ("fire.toml", include_str!("../rules/base/fire.toml")),
    ("traffic.toml", include_str!("../rules/base/traffic.toml")),
    ("police.toml", include_str!("../rules/base/police.toml")),
    ("service.toml", include_str!("../rules/base/service.toml")),
    ("decide.toml", include_str!("../rules/base/decide.toml")),
    ("danger.toml", include_str!("../rules/base/danger.toml")),
    ("types.toml", include_str!("../rules/base/types.toml")),
];

impl RuleSet {
    /// Returns the files of the embedded base set: name and TOML text.
    pub const fn base_files() -> &'static [(&'static str, &'static str)] {
        &BASE
    }

    /// Returns the documents of the embedded base set.
    ///
    /// # Errors
    /// None in a released version: the files are compiled in and every test reads them.
    pub fn base_documents() -> Result<Vec<RuleSetDocument>, RuleSetError> {
        BASE.iter()
            .map(|(_, text)| RuleSetDocument::from_toml(text))
            .collect()
    }

    /// Returns the embedded base set for Belgium.
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the files are compiled in, and no test passes when they do not compile"
    )]
    pub fn base() -> Self {
        Self::extend_base([]).expect("the embedded rule set compiles")
    }

    /// Returns the base set with further documents on top.
    ///
    /// # Errors
    /// [`RuleSetError`] when a document does not fit.
    pub fn extend_base(
        documents: impl IntoIterator<Item = RuleSetDocument>,
    ) -> Result<Self, RuleSetError> {
        let mut all = Self::base_documents()?;
        all.extend(documents);
        Self::compile(&all)
    }

    /// Compiles documents; later ones may extend earlier ones or override their rules by id.
    ///
    /// # Errors
    /// [`RuleSetError`] when a name is not defined, a rule is there twice, or a term cannot be read.
    pub fn compile(documents: &[RuleSetDocument]) -> Result<Self, RuleSetError> {
        let (merged, origins, overridden, set_names) = merge(documents)?;
        Compiler::run(merged, &origins, overridden, set_names)
    }

    /// Returns id, version and hash.
    pub fn reference(&self) -> &RuleSetRef {
        &self.reference
    }

    /// Returns the merged document that was compiled.
    pub fn document(&self) -> &RuleSetDocument {
        &self.document
    }

    /// Returns how many rules there are, with those that concepts and types stand for.
    pub fn rule_count(&self) -> usize {
        self.rules.len() + self.types.len()
    }

    /// Returns how many terms there are.
    pub fn term_count(&self) -> usize {
        self.terms
    }

    /// Returns the codes of all types.
    pub fn type_codes(&self) -> impl Iterator<Item = &str> {
        self.types.iter().map(|t| &*t.code)
    }

    pub(crate) fn policy(&self, family: Family) -> Policy {
        self.policies
            .get(family as usize)
            .copied()
            .unwrap_or(family.default_policy())
    }
}

type Merged = (
    RuleSetDocument,
    BTreeMap<String, u32>,
    Vec<Arc<str>>,
    Vec<String>,
);

fn merge(documents: &[RuleSetDocument]) -> Result<Merged, RuleSetError> {
    let mut merged = RuleSetDocument::default();
    let mut origins = BTreeMap::new();
    let mut overridden = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
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
    Ok((merged, origins, overridden, names))
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
    }
    merged.types.extend(document.types.clone());
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

struct Compiler {
    document: RuleSetDocument,
    names: Names,
    literals: BTreeMap<Literal, u32>,
}

impl Compiler {
    fn run(
        document: RuleSetDocument,
        origins: &BTreeMap<String, u32>,
        overridden: Vec<Arc<str>>,
        set_names: Vec<String>,
    ) -> Result<RuleSet, RuleSetError> {
        let mut compiler = Self {
            names: Names::of(&document),
            literals: BTreeMap::new(),
            document,
        };
        let json = serde_json::to_vec(&compiler.document).unwrap_or_default();
        let hash = hex(&Sha256::digest(&json));
        let (lexicon, triggers, counted_roles, term_count) = compiler.lexicon()?;
        let concepts = compiler.concepts()?;
        let (rules, families_of) = compiler.rules(origins)?;
        let types = compiler.types()?;
        let mut literals = vec![Literal::Severity(0); compiler.literals.len()];
        let mut concept_literals = vec![[NONE; 4]; concepts.len()];
        let mut fact_literals = BTreeMap::new();
        let mut type_literals = vec![NONE; types.len()];
        let mut asked = Asked::default();
        for (literal, id) in &compiler.literals {
            if let Some(slot) = literals.get_mut(*id as usize) {
                *slot = literal.clone();
            }
            let (concept, kind) = match literal {
                Literal::Asserted(c) => (c, 0),
                Literal::Denied(c) => (c, 1),
                Literal::Past(c) => (c, 2),
                Literal::Said(c) => (c, 3),
                Literal::Fact(fact, value) => {
                    fact_literals.insert((*fact, *value), *id);
                    continue;
                }
                Literal::Type(t) => {
                    if let Some(slot) = type_literals.get_mut(*t as usize) {
                        *slot = *id;
                    }
                    continue;
                }
                other => {
                    asked.note(other, *id);
                    continue;
                }
            };
            if let Some(slot) = concept_literals
                .get_mut(*concept as usize)
                .and_then(|c| c.get_mut(kind))
            {
                *slot = *id;
            }
        }
        let mut policies = Family::ALL.map(Family::default_policy);
        for (family, policy) in &compiler.document.policy {
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
        let families = index(&rules, &families_of, literals.len());
        let questions = compiler.questions(&rules, &families_of, &fact_literals);
        let literal_names = compiler.names.show_all(&literals);
        let numbers = compiler
            .document
            .numbers
            .values()
            .flat_map(|list| terms(list))
            .filter_map(|entry| entry.split_once('='))
            .filter_map(|(word, value)| Some((word.into(), value.trim().parse().ok()?)))
            .collect();
        Ok(RuleSet {
            reference: Arc::new(RuleSetRef {
                id: compiler.document.ruleset.id.clone(),
                version: compiler.document.ruleset.version.clone(),
                hash,
            }),
            document: Arc::new(compiler.document),
            concepts,
            triggers,
            roles: counted_roles,
            names: compiler.names,
            types,
            rules,
            families,
            policies,
            literals,
            literal_names,
            asked,
            questions,
            concept_literals,
            fact_literals,
            type_literals,
            lexicon,
            numbers,
            overridden,
            set_names,
            answer_rule: "answer".into(),
            victims_name: "victims".into(),
            terms: term_count,
        })
    }

    #[expect(
        clippy::type_complexity,
        reason = "four parts of one step, taken apart at once"
    )]
    fn lexicon(&self) -> Result<(Lexicon, Vec<Trigger>, Vec<Arc<str>>, usize), RuleSetError> {
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
        let count = builder.len();
        Ok((builder.build()?, triggers, roles, count))
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
