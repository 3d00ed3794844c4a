//! The linter on the base set and on seeded faults.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a broken table must stop the test"
)]

use kabat_classify::FindingKind::{self, *};
use kabat_classify::{Finding, RuleFile, lint};

#[test]
fn base_set_is_clean() {
    let findings = lint(&RuleFile::base().unwrap());
    let lines: Vec<String> = findings
        .iter()
        .map(|f| {
            let (file, line, code) = (&f.place.file, f.place.line, f.kind.code());
            format!("{file}:{line} [{code}] {}: {}", f.subject, f.message)
        })
        .collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

/// A set without faults, to which each seed adds one.
const SOUND: &str = r#"
[ruleset]
id = "seed"
version = "1"
valid_from = "2026-12-01"
[fact.fire]
values = ["no", "yes"]
[fact.breathing]
values = ["normal", "abnormal", "none"]
ask = { nl = "Ademt hij?", fr = "Respire-t-il ?", de = "Atmet er?", en = "Is he breathing?" }
[concept.smoke]
nl = "rook"
fr = "fumee"
de = "rauch"
en = "smoke"
sets = ["fire=yes"]
[concept.gasp]
nl = "hijgt"
fr = "halete"
de = "keucht"
en = "gasps"
[concept.weapon]
nl = "geweer"
fr = "fusil"
de = "gewehr"
en = "rifle"
[concept.silent]
any = "stilte"
unnegatable = true
[[scope]]
lang = "any"
kind = "denied"
terms = "geen, pas, kein, no"
after = 3
[type."fire.building"]
label = { nl = "brand", fr = "feu", de = "Feuer", en = "fire" }
disciplines = ["D1"]
priority = 2
[type."fire.chimney"]
label = { nl = "schouw", fr = "cheminée", de = "Kamin", en = "chimney" }
disciplines = ["D1"]
priority = 2
[type."medical.breathing"]
label = { nl = "adem", fr = "souffle", de = "Atem", en = "breath" }
disciplines = ["D2"]
priority = 2
[[rule]]
id = "t1"
family = "type"
score = 10
all = ["smoke"]
then = { type = "fire.building" }
[[rule]]
id = "t2"
family = "type"
score = 20
all = ["smoke", "silent"]
then = { type = "fire.chimney" }
[[rule]]
id = "t3"
family = "type"
score = 5
any = ["gasp", "weapon"]
then = { type = "medical.breathing" }
[[rule]]
id = "u1"
family = "urgency"
all = ["gasp"]
then = { priority = 1 }
"#;

/// One fault: what it is called, the text that adds it, its kind, and the text at the place that the finding names.
type Seed = (&'static str, &'static str, FindingKind, &'static str);

#[rustfmt::skip]
const SEEDS: [Seed; 47] = [
    ("an id twice", "[[rule]]\nid='u1'\nfamily='urgency'\nall=['weapon','smoke']\nthen={priority=1}", Duplicate, "'u1'"),
    ("the same conditions in another order", "[[rule]]\nid='a'\nfamily='urgency'\nall=['weapon','smoke']\nthen={priority=1}\n[[rule]]\nid='b'\nfamily='urgency'\nall=['smoke','weapon']\nthen={priority=1}", Duplicate, "'b'"),
    ("one alternative is a condition", "[[rule]]\nid='a'\nfamily='urgency'\nany=['gasp']\nthen={priority=1}", Equivalent, "'a'"),
    ("forbids what cannot be anyway", "[[rule]]\nid='a'\nfamily='urgency'\nall=['gasp']\nnone=['denied:gasp']\nthen={priority=1}", Equivalent, "'a'"),
    ("all types of a category", "[[rule]]\nid='a'\nfamily='means'\nall=['category=fire']\nthen={means=['ladder']}\n[[rule]]\nid='b'\nfamily='means'\nany=['type=fire.building','type=fire.chimney']\nthen={means=['ladder']}", Equivalent, "'b'"),
    ("one condition more, the same result", "[[rule]]\nid='a'\nfamily='urgency'\nall=['gasp','weapon']\nthen={priority=1}", Subsumed, "'a'"),
    ("one condition more, a weaker result", "[[rule]]\nid='a'\nfamily='urgency'\nall=['gasp','weapon']\nthen={priority=2}", Subsumed, "'a'"),
    ("a higher threshold", "[[rule]]\nid='a'\nfamily='urgency'\nall=['victims>=5']\nthen={priority=1}\n[[rule]]\nid='b'\nfamily='urgency'\nall=['victims>=9']\nthen={priority=1}", Subsumed, "'b'"),
    ("a fact that a concept brings", "[[rule]]\nid='a'\nfamily='urgency'\nall=['fire=yes']\nthen={priority=2}\n[[rule]]\nid='b'\nfamily='urgency'\nall=['smoke']\nthen={priority=2}", Subsumed, "'b'"),
    ("a lower score, the same type", "[[rule]]\nid='a'\nfamily='type'\nscore=4\nall=['smoke','breathing=none']\nthen={type='fire.building'}", Subsumed, "'a'"),
    ("asks and forbids", "[[rule]]\nid='a'\nfamily='urgency'\nall=['weapon']\nnone=['weapon']\nthen={priority=1}", Unreachable, "'weapon'"),
    ("two values of a fact", "[[rule]]\nid='a'\nfamily='urgency'\nall=['breathing=none','breathing=normal']\nthen={priority=1}", Unreachable, "'a'"),
    ("every alternative forbidden", "[[rule]]\nid='a'\nfamily='urgency'\nany=['weapon','smoke']\nnone=['said:weapon','smoke']\nthen={priority=1}", Unreachable, "'a'"),
    ("denies what cannot be denied", "[[rule]]\nid='a'\nfamily='urgency'\nall=['denied:silent']\nthen={priority=2}", Unreachable, "'denied:silent'"),
    ("a concept without terms", "[concept.mute]\n[[rule]]\nid='a'\nfamily='urgency'\nall=['mute']\nthen={priority=2}", Unreachable, "'mute'"),
    ("a fact that nothing sets", "[fact.trap]\nvalues=['no','yes']\n[[rule]]\nid='a'\nfamily='urgency'\nall=['trap=yes']\nthen={priority=2}", Unreachable, "'trap=yes'"),
    ("masked by a higher score", "[[rule]]\nid='a'\nfamily='type'\nscore=15\nall=['smoke','silent','weapon']\nthen={type='medical.breathing'}", Unreachable, "'a'"),
    ("asks for the type before it is decided", "[[rule]]\nid='a'\nfamily='facts'\nall=['type=fire.building','weapon']\nthen={facts=['breathing=none']}", Unreachable, "'type=fire.building'"),
    ("a concept without the fact that it brings", "[[rule]]\nid='a'\nfamily='urgency'\nall=['smoke']\nnone=['fire=yes']\nthen={priority=2}", Unreachable, "'a'"),
    ("between two numbers", "[[rule]]\nid='a'\nfamily='urgency'\nall=['victims>=5','victims<=4']\nthen={priority=2}", Unreachable, "'a'"),
    ("a type of another category", "[[rule]]\nid='a'\nfamily='urgency'\nall=['type=fire.building','category=medical']\nthen={priority=2}", Unreachable, "'a'"),
    ("a tie on overlapping conditions", "[[rule]]\nid='a'\nfamily='priority'\nscore=3\nall=['type=fire.building','weapon']\nthen={priority=1}\n[[rule]]\nid='b'\nfamily='priority'\nscore=3\nall=['type=fire.building','gasp']\nthen={priority=3}", Contradictory, "then"),
    ("a tie with a narrower rule", "[[rule]]\nid='a'\nfamily='priority'\nscore=3\nall=['type=fire.building','weapon']\nthen={priority=1}\n[[rule]]\nid='b'\nfamily='priority'\nscore=3\nall=['type=fire.building']\nthen={priority=3}", Contradictory, "then"),
    ("adds and leaves out", "[[rule]]\nid='a'\nfamily='disciplines'\nall=['weapon']\nthen={disciplines=['D3'],without=['D3']}", Contradictory, "'D3'"),
    ("leaves out what a wider rule adds", "[[rule]]\nid='a'\nfamily='disciplines'\nall=['weapon']\nthen={disciplines=['D3']}\n[[rule]]\nid='b'\nfamily='disciplines'\nall=['weapon','gasp']\nthen={without=['D3']}", Contradictory, "then"),
    ("two values for one fact", "[[rule]]\nid='a'\nfamily='facts'\nall=['weapon']\nthen={facts=['breathing=none','breathing=normal']}", Contradictory, "'breathing=normal'"),
    ("two values in the same cases", "[[rule]]\nid='a'\nfamily='facts'\nall=['weapon']\nthen={facts=['breathing=none']}\n[[rule]]\nid='b'\nfamily='facts'\nany=['weapon']\nthen={facts=['breathing=normal']}", Contradictory, "'a'"),
    ("asserted and denied alike", "[concept.odd]\nany='wiebel'\nsets=['fire=no']\ndenied=['fire=no']", Contradictory, "['fire=no']"),
    ("a type without priority", "[type.'x.y']\nlabel={nl='a',fr='b',de='c',en='d'}\ndisciplines=['D1']\n[[rule]]\nid='a'\nfamily='type'\nscore=30\nall=['weapon','silent']\nthen={type='x.y'}", Incomplete, "'x.y'"),
    ("a type without disciplines or means", "[type.'x.y']\nlabel={nl='a',fr='b',de='c',en='d'}\npriority=3\n[[rule]]\nid='a'\nfamily='type'\nscore=30\nall=['weapon','silent']\nthen={type='x.y'}", Incomplete, "'x.y'"),
    ("a type that nothing chooses", "[type.'x.y']\nlabel={nl='a',fr='b',de='c',en='d'}\npriority=3\nno_means=true", Incomplete, "'x.y'"),
    ("a concept that implies itself", "[concept.odd]\nany='wiebel'\nimplies=['odd']", Cyclic, "['odd']"),
    ("a fact that follows from itself", "[[rule]]\nid='a'\nfamily='facts'\nall=['breathing=abnormal','weapon']\nthen={facts=['breathing=abnormal']}", Cyclic, "'breathing=abnormal'"),
    ("a label in three languages", "[type.'x.y']\nlabel={nl='a',fr='b',de='c'}\npriority=3\nno_means=true\n[[rule]]\nid='a'\nfamily='type'\nscore=30\nall=['weapon','silent']\nthen={type='x.y'}", MissingTranslation, "label"),
    ("a question in one language", "[fact.cold]\nvalues=['no','yes']\nask={nl='Koud?'}", MissingTranslation, "ask"),
    ("a reason in one language", "[[rule]]\nid='a'\nfamily='urgency'\nall=['smoke','weapon']\nthen={priority=1}\nwhy={nl='daarom'}", MissingTranslation, "why"),
    ("a concept in two languages", "[concept.odd]\nnl='wiebel'\nfr='branle'", MissingTranslation, "odd"),
    ("a concept that is not there", "[[rule]]\nid='a'\nfamily='urgency'\nall=['weapon','smoke']\nnone=['denied:smoek']\nthen={priority=1}", UnknownName, "'denied:smoek'"),
    ("a value that is not there", "[[rule]]\nid='a'\nfamily='urgency'\nall=['breathing=slow']\nthen={priority=1}", UnknownName, "'breathing=slow'"),
    ("a type that is not there", "[[rule]]\nid='a'\nfamily='type'\nscore=30\nall=['weapon','silent']\nthen={type='fire.bilding'}", UnknownName, "'fire.bilding'"),
    ("a vehicle that is not there", "[[rule]]\nid='a'\nfamily='means'\nall=['weapon']\nthen={means=['zeppelin']}", UnknownName, "'zeppelin'"),
    ("input that does not exist", "[[rule]]\nid='a'\nfamily='urgency'\nall=['input.sauce=anpr']\nthen={priority=1}", UnknownName, "'input.sauce=anpr'"),
    ("one word, two meanings", "[concept.jump]\nnl='springen'\nfr='sauter'\nde='huepfen'\nen='leap'\n[concept.burst]\nnl='barsten'\nfr='eclater'\nde='springen'\nen='burst'\n[[rule]]\nid='a'\nfamily='urgency'\nall=['burst']\nthen={priority=1}\n[words]\nde='springen'", LexiconCollision, "springen"),
    ("a trigger without reach", "[[scope]]\nlang='nl'\nkind='past'\nterms='gisteren'", TriggerWithoutScope, "'gisteren'"),
    ("urgent on a denial", "[[rule]]\nid='a'\nfamily='urgency'\nall=['said:weapon']\nthen={priority=1}", UrgentOnDenied, "'said:weapon'"),
    ("an action of another family", "[[rule]]\nid='a'\nfamily='urgency'\nall=['weapon']\nthen={priority=2,severity=3}", NoEffect, "3"),
    ("a term that is too wide", "[concept.odd]\nany='ab*'", InvalidTerm, "ab*"),
];

fn seeded(seed: &str) -> (RuleFile, Vec<Finding>) {
    let text = format!("{SOUND}{seed}\n");
    let file = RuleFile::from_toml("seed.toml", &text).unwrap();
    let findings = lint(std::slice::from_ref(&file));
    (file, findings)
}

#[test]
fn the_sound_set_is_sound() {
    assert_eq!(seeded("").1, []);
}

#[test]
fn every_seeded_fault_is_found_at_its_place_and_nothing_else() {
    let mut wrong = Vec::new();
    for (name, seed, kind, at) in SEEDS {
        let (file, findings) = seeded(seed);
        let got: Vec<(FindingKind, &str)> = findings
            .iter()
            .map(|f| (f.kind, &file.text()[f.place.start..f.place.end]))
            .collect();
        if got != [(kind, at)] {
            wrong.push(format!("{name}: {got:?}"));
            continue;
        }
        let place = &findings.first().unwrap().place;
        let line = file.text().lines().nth(place.line - 1).unwrap();
        let from: String = line.chars().skip(place.column - 1).collect();
        assert!(from.starts_with(at), "{name}: line and column");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn json_gives_the_same_findings() {
    for (name, seed, kind, _) in SEEDS {
        let (file, findings) = seeded(seed);
        let json = serde_json::to_string_pretty(file.document()).unwrap();
        let file = RuleFile::from_json("seed.json", &json).unwrap();
        let found = lint(std::slice::from_ref(&file));
        assert_eq!(found.len(), findings.len(), "{name}");
        for (a, b) in found.iter().zip(&findings) {
            assert_eq!(
                (a.kind, &a.subject, &a.message),
                (kind, &b.subject, &b.message)
            );
            assert!(a.place.end > a.place.start, "{name}");
        }
    }
}

#[test]
fn what_is_meant_so_is_accepted_with_a_reason() {
    let rule = "[[rule]]\nid='a'\nfamily='urgency'\nall=['said:weapon']\nthen={priority=1}\n";
    let accept = |line: &str| seeded(&format!("{rule}accepts=[{line}]")).1;
    let kinds = |found: &[Finding]| found.iter().map(|f| f.kind).collect::<Vec<_>>();
    let given = accept(
        "{finding='urgent_on_denied',with='weapon',reason='a caller who denies it may be threatened'}",
    );
    assert_eq!(kinds(&given), []);
    let unreasoned = accept("{finding='urgent_on_denied',reason=''}");
    assert_eq!(kinds(&unreasoned), [UrgentOnDenied, StaleAcceptance]);
    let other = accept("{finding='subsumed',reason='a reason'}");
    assert_eq!(kinds(&other), [UrgentOnDenied, StaleAcceptance]);
}

#[test]
fn words_collide_across_files_too() {
    let base = "[concept.jump]\nnl='springen'\nfr='sauter'\nde='huepfen'\nen='leap'\n\
        accepts=[{finding='lexicon_collision',with='burst',reason='a leap hurts nobody'}]\n\
        [[rule]]\nid='a'\nfamily='urgency'\nall=['jump','weapon']\nthen={priority=1}\n[words]\nde='springen'\n";
    let base = RuleFile::from_toml("seed.toml", &format!("{SOUND}{base}")).unwrap();
    let head = "[ruleset]\nid='v'\nversion='1'\nvalid_from='2026-12-01'\nextends=['seed']\n";
    let burst = "[concept.burst]\nnl='barsten'\nfr='eclater'\nde='springen'\nen='burst'\n\
        [[rule]]\nid='u1'\noverride=true\nfamily='urgency'\nall=['burst']\nthen={priority=1}\n";
    let file = |text: &str| RuleFile::from_toml("v.toml", &format!("{head}{text}")).unwrap();
    assert_eq!(lint(&[base.clone(), file(burst)]), []);

    let stale: Vec<_> = lint(&[base, file("")])
        .iter()
        .map(|found| found.kind)
        .collect();
    assert_eq!(
        stale,
        [StaleAcceptance],
        "nothing collides without the other file"
    );
}

#[test]
fn an_override_across_files_replaces_and_is_checked() {
    let base = RuleFile::from_toml("seed.toml", SOUND).unwrap();
    let head = "[ruleset]\nid='v'\nversion='1'\nvalid_from='2026-12-01'\nextends=['seed']\n";
    let file = |rule: &str| RuleFile::from_toml("v.toml", &format!("{head}{rule}")).unwrap();
    let right =
        file("[[rule]]\nid='u1'\noverride=true\nfamily='urgency'\nall=['gasp']\nthen={priority=2}");
    assert_eq!(lint(&[base.clone(), right.clone()]), []);
    let missing = file(
        "[[rule]]\nid='u9'\noverride=true\nfamily='urgency'\nall=['weapon']\nthen={priority=2}",
    );
    let found = lint(&[base, missing]);
    assert_eq!(found.len(), 1);
    let first = found.first().unwrap();
    assert_eq!(
        (first.kind, &*first.place.file, first.place.line),
        (UnknownName, "v.toml", 7)
    );
    let alone = lint(&[right]);
    assert!(alone.iter().any(|f| f.message.contains("extends")));
}
