//! Why a verdict is what it is.

use std::collections::BTreeMap;

use kabat_core::Language;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::decision::Work;
use crate::document::Family;
use crate::ruleset::hex;
use crate::{Classifier, FactValue, Note, Verdict};

/// A verdict with everything that led to it.
///
/// ```
/// use kabat_classify::{Classifier, Note, RuleSet};
/// use kabat_core::Language;
/// let classifier = Classifier::new(RuleSet::base());
/// let explanation = classifier.explain(&Note::new("schouwbrand, geen gewonden"));
/// assert!(explanation.sentence(Language::Nl).contains("schouwbrand"));
/// assert_eq!(explanation.trace_json()["type"], "fire.chimney");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The decision.
    pub verdict: Verdict,
    trace: Value,
    labels: BTreeMap<&'static str, String>,
    words: Vec<String>,
}

impl FactValue {
    /// Returns the value as JSON: a boolean, a number or a code.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Flag(flag) => json!(flag),
            Self::Number(number) => json!(number),
            Self::Code(code) => json!(&**code),
        }
    }
}

impl Explanation {
    /// Returns the trace: input and rule-set hashes, concepts with spans and how they are meant, facts, the rules
    /// that fired, won, lost or were blocked and by what, other types with their scores, and the open questions.
    ///
    /// The same note and rule set give the same bytes.
    pub const fn trace_json(&self) -> &Value {
        &self.trace
    }

    /// Says the decision in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let label = self.labels.get(language.code());
        let priority = self.verdict.priority.map_or("?".into(), |p| p.to_string());
        let disciplines: Vec<&str> = self
            .verdict
            .disciplines
            .iter()
            .map(kabat_core::Discipline::code)
            .collect();
        let (who, words) = (disciplines.join(", "), self.words.join("”, “"));
        let Some(label) = label else {
            return match language {
                Language::Nl => "Niets in de nota laat een type toe; onbekend.",
                Language::Fr => "Rien dans la note ne permet de choisir un type ; inconnu.",
                Language::De => "Nichts in der Notiz lässt auf einen Typ schließen; unbekannt.",
                Language::En => "Nothing in the note points to a type; unknown.",
            }
            .to_owned();
        };
        match language {
            Language::Nl => format!("{label}, prioriteit {priority}, {who}, wegens “{words}”."),
            Language::Fr => format!(
                "{label}, priorité {priority}, {who}, à cause de « {} ».",
                self.words.join(" », « ")
            ),
            Language::De => format!(
                "{label}, Priorität {priority}, {who}, wegen „{}“.",
                self.words.join("“, „")
            ),
            Language::En => format!("{label}, priority {priority}, {who}, because of “{words}”."),
        }
    }
}

impl Classifier {
    /// Decides on a note and says why.
    pub fn explain(&self, note: &Note) -> Explanation {
        let set = self.rule_set();
        let work = self.work(note);
        let trace_parts = self.parts(&work, note);
        let (words, questions) = (self.words(&work, note), self.questions(&work));
        let incident = work.type_id.and_then(|t| set.types.get(t as usize));
        let default = incident.map(|incident| incident.default_rule.to_string());
        let verdict = self.verdict(work);
        let mut labels = BTreeMap::new();
        if let Some(kind) = verdict
            .type_code
            .as_deref()
            .and_then(|code| set.document().types.get(code))
        {
            for (code, text) in [
                ("nl", &kind.label.nl),
                ("fr", &kind.label.fr),
                ("de", &kind.label.de),
                ("en", &kind.label.en),
            ] {
                labels.insert(code, text.clone());
            }
        }
        let mut trace = trace_parts;
        if let Value::Object(map) = &mut trace {
            let facts: Vec<Value> = verdict
                .facts
                .iter()
                .map(|fact| {
                    let spans: Vec<Value> =
                        fact.spans.iter().map(|s| json!([s.start, s.end])).collect();
                    json!({"name": &*fact.name, "value": fact.value.to_json(), "rule": &*fact.rule,
                        "provenance": fact.provenance, "spans": spans})
                })
                .collect();
            map.insert("rule_set".into(), json!({"id": verdict.rule_set.id, "version": verdict.rule_set.version, "hash": verdict.rule_set.hash}));
            map.insert("type".into(), json!(verdict.type_code.as_deref()));
            map.insert(
                "priority".into(),
                json!(verdict.priority.map(kabat_core::Priority::rank)),
            );
            map.insert("facts".into(), json!(facts));
            map.insert(
                "decided_by".into(),
                json!(verdict.matched.iter().map(|id| &**id).collect::<Vec<_>>()),
            );
            map.insert("default_of_type".into(), json!(default));
            map.insert("questions".into(), json!(questions));
            map.insert(
                "overridden_rules".into(),
                json!(set.overridden.iter().map(|id| &**id).collect::<Vec<_>>()),
            );
        }
        Explanation {
            verdict,
            trace,
            labels,
            words,
        }
    }

    /// Says why a note did not get a type: for each of its rules whether it fired and lost, or what was missing or
    /// in the way.
    ///
    /// ```
    /// use kabat_classify::{Classifier, Note, RuleSet};
    /// let classifier = Classifier::new(RuleSet::base());
    /// let why = classifier.why_not(&Note::new("geen brand, wel veel lawaai"), "fire.building");
    /// assert!(why.as_array().is_some_and(|rules| !rules.is_empty()));
    /// ```
    pub fn why_not(&self, note: &Note, type_code: &str) -> Value {
        let set = self.rule_set();
        let work = self.work(note);
        let names =
            |list: &[u32]| -> Vec<String> { list.iter().map(|&l| self.literal_name(l)).collect() };
        let mut rules = Vec::new();
        for rule in &set.rules {
            let code = rule.then.type_id.and_then(|t| set.types.get(t as usize));
            if code.is_none_or(|code| &*code.code != type_code) {
                continue;
            }
            let missing: Vec<u32> = rule
                .all
                .iter()
                .copied()
                .filter(|&l| !work.holds(l))
                .collect();
            let blocked: Vec<u32> = rule
                .none
                .iter()
                .copied()
                .filter(|&l| work.holds(l))
                .collect();
            let one_of: Vec<Vec<String>> = rule
                .any
                .iter()
                .filter(|list| !list.iter().any(|&l| work.holds(l)))
                .map(|list| names(list))
                .collect();
            rules.push(json!({"rule": &*rule.id, "fired": work.fires(rule), "score": rule.score,
                "missing": names(&missing), "missing_one_of": one_of, "blocked_by": names(&blocked)}));
        }
        Value::Array(rules)
    }

    pub(crate) fn literal_name(&self, literal: u32) -> String {
        let set = self.rule_set();
        set.literals
            .get(literal as usize)
            .map_or_else(String::new, |literal| set.names.show(literal))
    }

    fn parts(&self, work: &Work, note: &Note) -> Value {
        let set = self.rule_set();
        let mut hasher = Sha256::new();
        hasher.update(note.text.as_bytes());
        hasher.update([0]);
        hasher.update(serde_json::to_vec(&(note.language, &note.input)).unwrap_or_default());
        let concepts: Vec<Value> = work
            .reading
            .mentions
            .iter()
            .map(|mention| {
                let span = Self::span(work, mention.hit.first, mention.hit.last);
                let by = mention.by.and_then(|token| Self::span(work, token, token));
                json!({"concept": set.concepts.get(mention.hit.owner as usize).map(|c| &*c.name),
                    "span": span.map(|s| [s.start, s.end]), "denied": mention.denied, "past": mention.past,
                    "aside": mention.aside, "by": by.map(|s| [s.start, s.end])})
            })
            .collect();
        let mut fired = Vec::new();
        let mut others: BTreeMap<&str, i32> = BTreeMap::new();
        for (family, id) in &work.fired {
            let Some(rule) = set.rules.get(*id as usize) else {
                continue;
            };
            let won = work.decided.contains(id) || work.known.iter().any(|known| known.rule == *id);
            fired.push(json!({"rule": &*rule.id, "family": family.code(), "result": if won { "won" } else { "lost" },
                "score": rule.score, "set": set.set_names.get(rule.source as usize)}));
            if let Some(t) = rule.then.type_id
                && Some(t) != work.type_id
                && let Some(other) = set.types.get(t as usize)
            {
                let best = others.entry(&other.code).or_insert(rule.score);
                *best = rule.score.max(*best);
            }
        }
        let mut blocked = Vec::new();
        if let Some(index) = set.families.get(Family::Type as usize) {
            for &literal in &work.trues {
                for &id in index.by_literal.get(literal as usize).into_iter().flatten() {
                    let Some(rule) = set.rules.get(id as usize) else {
                        continue;
                    };
                    let ready = rule.all.iter().all(|&l| work.holds(l))
                        && rule
                            .any
                            .iter()
                            .all(|list| list.iter().any(|&l| work.holds(l)));
                    let by: Vec<String> = rule
                        .none
                        .iter()
                        .filter(|&&l| work.holds(l))
                        .map(|&l| self.literal_name(l))
                        .collect();
                    if ready && !by.is_empty() {
                        blocked.push(json!({"rule": &*rule.id, "by": by}));
                    }
                }
            }
        }
        json!({"input_hash": hex(&hasher.finalize()), "concepts": concepts, "rules": fired, "blocked": blocked,
            "alternatives": others})
    }

    /// Words of the deciding rules, as typed.
    fn words(&self, work: &Work, note: &Note) -> Vec<String> {
        let mut words = Vec::new();
        for &id in work.decided.iter().take(2) {
            let Some(rule) = self.rule_set().rules.get(id as usize) else {
                continue;
            };
            for span in self.evidence(work, rule) {
                let quoted = note
                    .text
                    .get(span.start as usize..span.end as usize)
                    .unwrap_or("")
                    .to_owned();
                if !words.contains(&quoted) {
                    words.push(quoted);
                }
            }
        }
        words
    }

    /// Facts that are not known and that rules of urgency ask for.
    fn questions(&self, work: &Work) -> Vec<Value> {
        let set = self.rule_set();
        let mut asked = Vec::new();
        for (id, kind) in set.names.facts.iter().enumerate() {
            let id = u32::try_from(id).unwrap_or(u32::MAX);
            if work.type_id.is_none() || work.known.iter().any(|known| known.fact == id) {
                continue;
            }
            if let Some(ask) = set
                .document()
                .fact
                .get(&*kind.name)
                .and_then(|fact| fact.ask.as_ref())
            {
                // The most dangerous answer would change the result when a rule of urgency is one step away.
                let most = u8::try_from(kind.values.len().saturating_sub(1)).unwrap_or(0);
                let Some(&literal) = set.fact_literals.get(&(id, most)) else {
                    continue;
                };
                let changes = [Family::Urgency, Family::Guards].iter().any(|family| {
                    set.families.get(*family as usize).is_some_and(|index| {
                        index.by_literal.iter().flatten().any(|&rule| {
                            set.rules.get(rule as usize).is_some_and(|rule| {
                                rule.then
                                    .priority
                                    .is_some_and(|p| work.priority.is_none_or(|now| p < now))
                                    && rule.all.contains(&literal)
                                    && rule.all.iter().all(|&l| l == literal || work.holds(l))
                                    && !rule.none.iter().any(|&l| work.holds(l))
                            })
                        })
                    })
                });
                if changes {
                    asked.push(json!({"fact": &*kind.name, "ask": ask}));
                }
            }
        }
        asked
    }
}
