use kabat::classify::{Classifier, Note, RuleFile, RuleSet, lint};

thread_local! {
    static BASE: Classifier = Classifier::new(RuleSet::base());
}

/// Any text as a note: a verdict, twice the same, whose spans lie in the text.
pub(crate) fn note(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let note = Note::new(&*text);
    BASE.with(|classifier| {
        let explanation = classifier.explain(&note);
        let verdict = classifier.classify(&note);
        assert_eq!(verdict, explanation.verdict);
        assert_eq!(
            classifier.explain(&note).trace_json(),
            explanation.trace_json()
        );
        for span in verdict.facts.iter().flat_map(|fact| &fact.spans) {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(
                text.get(start..end).is_some(),
                "{start}..{end} of {} bytes",
                text.len()
            );
        }
        assert!(verdict.type_code.is_some() || verdict.is_unknown());
    });
}

/// Any text as a rule file: refused, or compiled and linted in bounded time.
pub(crate) fn rules(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let files = [
        RuleFile::from_toml("rules.toml", &text),
        RuleFile::from_json("rules.json", &text),
    ];
    for file in files.into_iter().flatten() {
        let compiled = RuleSet::compile(&[file.document().clone()]);
        for finding in lint(&[file]) {
            assert!(text.get(finding.place.start..finding.place.end).is_some());
        }
        if let Ok(set) = compiled {
            let _ = Classifier::new(set).explain(&Note::new("man ademt niet meer"));
        }
    }
}
