//! Why a verdict is what it is.

use std::sync::OnceLock;

use kabat_core::Language;
use serde_json::{Value, json};

use crate::decision::Work;
use crate::points::POINTS;
use crate::{Classifier, FactValue, Note, Texts, Verdict};

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
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The decision.
    pub verdict: Verdict,
    trace: String,
    /// The trace parsed, once somebody asks for it.
    parsed: OnceLock<Value>,
    label: Option<Texts>,
    words: Vec<String>,
}

impl PartialEq for Explanation {
    fn eq(&self, other: &Self) -> bool {
        (&self.verdict, &self.trace, &self.label, &self.words)
            == (&other.verdict, &other.trace, &other.label, &other.words)
    }
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
    /// Returns the trace as JSON text: input and rule-set hashes, concepts with spans and how they are meant, facts, the rules
    /// that fired and won, lost (and to which) or were blocked and by what, other types with their scores, what each concept
    /// weighs in points, and the questions whose answer would change the result.
    ///
    /// The same note and rule set give the same bytes.
    pub fn trace(&self) -> &str {
        &self.trace
    }

    /// Returns the trace, parsed.
    pub fn trace_json(&self) -> &Value {
        let parse = || serde_json::from_str(&self.trace).unwrap_or_default();
        self.parsed.get_or_init(parse)
    }

    /// Says the decision in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let label = self.label.as_ref().map(|label| match language {
            Language::Nl => &label.nl,
            Language::Fr => &label.fr,
            Language::De => &label.de,
            Language::En => &label.en,
        });
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
        let mut work = self.work(note);
        let words = self.words(&work, note);
        let verdict = self.verdict(&mut work);
        let kind = verdict.type_code.as_deref();
        let kind = kind.and_then(|code| set.document().types.get(code));
        Explanation {
            trace: self.trace(&work, note, &verdict),
            parsed: OnceLock::new(),
            label: kind.map(|kind| kind.label.clone()),
            verdict,
            words,
        }
    }

    /// Says why a note did not get a type: for each of its rules whether it fired and lost, or what was missing or
    /// in the way, and, under the name `points`, how many points it has, of which concepts, and how many the best type has.
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
            |list: &[u32]| -> Vec<&str> { list.iter().map(|&l| self.literal_name(l)).collect() };
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
            let one_of: Vec<Vec<&str>> = rule
                .any
                .iter()
                .filter(|list| !list.iter().any(|&l| work.holds(l)))
                .map(|list| names(list))
                .collect();
            rules.push(json!({"rule": &*rule.id, "fired": work.fires(rule), "score": rule.score,
                "missing": names(&missing), "missing_one_of": one_of, "blocked_by": names(&blocked)}));
        }
        if let Some(points) = &set.points
            && let Some(&kind) = set.names.types.get(type_code)
            && let Some(sum) = points
                .sums(&work.told)
                .get(kind as usize)
                .copied()
                .flatten()
        {
            let weight = |w: &crate::points::Weight| {
                let name = set.concepts.get(w.concept as usize).map_or("", |c| &c.name);
                json!({"concept": name, "denied": w.denied, "points": w.points})
            };
            let weights = points.weights(kind, &work.told);
            let most = points.sums(&work.told).into_iter().flatten().max();
            rules.push(json!({"rule": POINTS, "fired": work.by_points && work.type_id == Some(kind), "score": sum, "most": most,
                "concepts": weights.iter().map(weight).collect::<Vec<_>>()}));
        }
        Value::Array(rules)
    }

    pub(crate) fn literal_name(&self, literal: u32) -> &str {
        let names = &self.rule_set().literal_names;
        names.get(literal as usize).map_or("", |name| name)
    }

    /// Words of the deciding rules, as typed.
    fn words(&self, work: &Work, note: &Note) -> Vec<String> {
        let mut words = Vec::new();
        let by_points = work.by_points.then(|| self.weighty_spans(work));
        let deciding = work.decided.iter().take(2);
        let rules = deciding.filter_map(|&id| self.rule_set().rules.get(id as usize));
        let by_rules = rules.map(|rule| self.evidence(work, rule));
        for spans in by_points.into_iter().chain(by_rules) {
            for span in spans {
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
}
