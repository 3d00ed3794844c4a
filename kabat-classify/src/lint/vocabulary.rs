//! Terms and triggers.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::references::scope_place;
use super::{FindingKind, Related};
use crate::classifier::Classifier;
use crate::lexicon::{ALL_LANGUAGES, Languages, LexiconBuilder};
use crate::names::{language_bit, terms};
use crate::source::RuleFile;
use crate::text::fold_into;
use crate::{Place, RuleSet, ScopeKind};

const CODES: [&str; 4] = ["nl", "fr", "de", "en"];

pub(super) fn check(context: &mut Context<'_>) {
    triggers(context);
    readable(context);
    collisions(context);
}

fn triggers(context: &mut Context<'_>) {
    let mut denying: Languages = 0;
    let scopes = context.document.scope.clone();
    for (at, scope) in scopes.iter().enumerate() {
        let reach = scope.before > 0 || scope.after > 0;
        if scope.kind == ScopeKind::Denied && reach && terms(&scope.terms).next().is_some() {
            denying |= language_bit(&scope.lang).unwrap_or(0);
        }
        if !reach && scope.kind != ScopeKind::Stop {
            let place = scope_place(context, at, "terms");
            let message = "reaches no word before or after it".to_owned();
            let help = "say with `before` and `after` how many words it reaches";
            context.report(
                FindingKind::TriggerWithoutScope,
                place,
                &scope.terms,
                message,
                help,
                vec![],
            );
        }
    }
    let mut spoken: Languages = 0;
    for concept in context.document.concept.values() {
        for (bit, list) in [&concept.nl, &concept.fr, &concept.de, &concept.en]
            .into_iter()
            .enumerate()
        {
            if !list.trim().is_empty() {
                spoken |= 1 << bit;
            }
        }
    }
    // A file on its own that only adds terms builds on the triggers of another.
    for (bit, code) in CODES.iter().enumerate() {
        if !scopes.is_empty() && spoken & !denying & (1 << bit) != 0 {
            let place = context.place("scope");
            let message = format!("has terms in `{code}`, but no word of that language denies");
            let help = "add a `[[scope]]` of kind `denied` for the language";
            context.report(
                FindingKind::TriggerWithoutScope,
                place,
                code,
                message,
                help,
                vec![],
            );
        }
    }
}

/// Returns the place of one term inside its list.
fn term_place(file: &RuleFile, path: &str, term: &str) -> Place {
    let whole = file.place(&[path.to_owned()]);
    let list = file.text().get(whole.start..whole.end).unwrap_or("");
    match list.find(term) {
        Some(at) => file.place_of(whole.start + at..whole.start + at + term.len()),
        None => whole,
    }
}

fn lists(file: &RuleFile) -> impl Iterator<Item = (&String, &'static str, &String)> {
    file.document().concept.iter().flat_map(|(name, concept)| {
        [
            ("nl", &concept.nl),
            ("fr", &concept.fr),
            ("de", &concept.de),
            ("en", &concept.en),
            ("any", &concept.any),
        ]
        .map(|(code, list)| (name, code, list))
    })
}

fn readable(context: &mut Context<'_>) {
    let mut builder = LexiconBuilder::default();
    for file in context.files {
        let mut faults = Vec::new();
        for (name, code, list) in lists(file) {
            for term in terms(list) {
                if builder.term(0, name, term, ALL_LANGUAGES).is_err() {
                    let place = term_place(file, &format!("concept/{name}/{code}"), term);
                    faults.push((place, name.clone(), term.to_owned()));
                }
            }
        }
        for (at, scope) in file.document().scope.iter().enumerate() {
            for term in terms(&scope.terms) {
                if builder.term(0, "scope", term, ALL_LANGUAGES).is_err() {
                    let place = term_place(file, &format!("scope/{at}/terms"), term);
                    faults.push((place, "scope".to_owned(), term.to_owned()));
                }
            }
        }
        for (place, name, term) in faults {
            let message = format!("has term `{term}`, which is empty, too short or too wide");
            let help = "a word with `*` needs three letters, a term at most eight words";
            context.report(
                FindingKind::InvalidTerm,
                place,
                &name,
                message,
                help,
                vec![],
            );
        }
    }
}

struct Use {
    concept: String,
    language: &'static str,
    place: Place,
}

/// A word that a note in one language uses for its own concept must not bring the concept of another language with it.
fn collisions(context: &mut Context<'_>) {
    let Ok(set) = RuleSet::compile(std::slice::from_ref(&context.document)) else {
        // What hinders it is told by the other checks.
        return context.not_looked_for(FindingKind::LexiconCollision);
    };
    let classifier = Classifier::new(set);
    let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for file in context.files {
        for (name, code, list) in lists(file).filter(|(_, code, _)| *code != "any") {
            for term in terms(list).filter(|term| !term.contains(['*', '|', '?', '.'])) {
                let mut folded = String::new();
                for c in term.chars() {
                    if c == ' ' || c == '-' || c == '\'' {
                        folded.push(' ');
                    }
                    fold_into(c, &mut folded);
                }
                uses.entry(folded).or_default().push(Use {
                    concept: name.clone(),
                    language: code,
                    place: term_place(file, &format!("concept/{name}/{code}"), term),
                });
            }
        }
    }
    let mut told = BTreeSet::new();
    for (term, uses) in &uses {
        for meant in uses {
            let Some(language) = CODES.iter().position(|code| *code == meant.language) else {
                continue;
            };
            let own: BTreeSet<&str> = uses
                .iter()
                .filter(|other| other.language == meant.language)
                .map(|other| other.concept.as_str())
                .collect();
            for other in uses {
                if own.contains(other.concept.as_str())
                    || !classifier.misreads(term, language, &other.concept)
                    || !told.insert((term, meant.concept.clone(), other.concept.clone()))
                {
                    continue;
                }
                let related = vec![Related {
                    place: other.place.clone(),
                    note: format!("the same word in `{}`", other.language),
                }];
                let message = format!(
                    "has `{term}` in `{}`, which in `{}` stands for `{}` and changes the result",
                    meant.language, other.language, other.concept
                );
                let help =
                    "put the word in the `words` of its other language, or use a longer term";
                context.report_with(
                    FindingKind::LexiconCollision,
                    meant.place.clone(),
                    &meant.concept,
                    &other.concept,
                    message,
                    help,
                    related,
                );
            }
        }
    }
}
