//! Structured input without a note, severity levels, their means, and the thresholds of the medical intervention plan.
#![expect(clippy::unwrap_used, reason = "a broken table must stop the test")]

use std::sync::LazyLock;

use kabat_classify::{CallInput, Classifier, Note, Provenance, RuleSet, RuleSetDocument, Verdict};
use kabat_core::Priority;

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(RuleSet::base()));

fn given(text: &str, input: CallInput) -> Verdict {
    CLASSIFIER.classify(&Note::new(text).with_input(input))
}

fn from(source: &str) -> CallInput {
    CallInput {
        source: Some(source.to_owned()),
        ..CallInput::default()
    }
}

fn type_of(verdict: &Verdict) -> &str {
    verdict.type_code.as_deref().unwrap_or("unknown")
}

#[test]
fn each_source_alone() {
    for (source, kind) in [
        ("ecall_auto", "traffic.ecall"),
        ("ecall_manual", "traffic.ecall"),
        ("alarm_fire", "fire.alarm"),
        ("alarm_intrusion", "police.intrusion_alarm"),
        ("alarm_gas", "hazmat.gas"),
        ("alarm_co", "hazmat.co"),
        ("anpr", "police.anpr_hit"),
        ("silent", "other.silent"),
    ] {
        assert_eq!(type_of(&given("", from(source))), kind, "{source}");
    }
    // A code that no rule knows has no effect.
    assert!(given("", from("acme.sensor")).is_unknown());
}

#[test]
fn camera_events_and_plate_hits() {
    let camera = |event: &str| CallInput {
        event: Some(event.to_owned()),
        ..from("camera")
    };
    assert_eq!(
        type_of(&given("", camera("wrong_way"))),
        "traffic.wrong_way"
    );
    assert_eq!(given("", camera("wrong_way")).priority, Some(Priority::P1));
    for event in ["smoke", "fire"] {
        let verdict = given("", camera(event));
        assert_eq!(verdict.category.as_deref(), Some("fire"), "{event}");
    }
    let hit = |code: &str| CallInput {
        hit: Some(code.to_owned()),
        ..from("anpr")
    };
    for code in ["wanted_person", "stolen_vehicle", "uninsured"] {
        let verdict = given("", hit(code));
        assert_eq!(type_of(&verdict), "police.anpr_hit", "{code}");
        assert!(
            verdict.disciplines.iter().any(|d| d.code() == "D3"),
            "{code}"
        );
    }
}

#[test]
fn an_ecall_without_voice_is_not_less_urgent_than_one_with() {
    let call = |voice| CallInput {
        voice_contact: voice,
        ..from("ecall_auto")
    };
    let rank = |voice| given("", call(voice)).priority.map(Priority::rank).unwrap();
    assert!(rank(Some(false)) <= rank(Some(true)));
    assert!(rank(None) <= rank(Some(true)));
}

#[test]
fn triage_answers_are_facts_and_raise() {
    let arrest = given(
        "man gevallen",
        CallInput {
            conscious: Some(false),
            breathing: Some("none".to_owned()),
            ..CallInput::default()
        },
    );
    assert_eq!(arrest.priority, Some(Priority::P1));
    let breathing = arrest.fact("breathing").unwrap();
    assert_eq!(breathing.provenance, Provenance::Answered);
    assert!(breathing.spans.is_empty());
    let trapped = given(
        "aanrijding met auto",
        CallInput {
            trapped: Some(true),
            ..CallInput::default()
        },
    );
    assert_eq!(trapped.priority, Some(Priority::P1));
    assert!(trapped.disciplines.iter().any(|d| d.code() == "D1"));
    let victims = given(
        "aanrijding met auto",
        CallInput {
            victims: Some(3),
            injured: Some(true),
            ..CallInput::default()
        },
    );
    assert_eq!(victims.fact("victims").unwrap().value.to_json(), 3);
    // An answer never takes away a danger that the note speaks of.
    let calm = CallInput {
        conscious: Some(true),
        ..CallInput::default()
    };
    let text = "vrouw bewusteloos";
    let rank = |v: Verdict| v.priority.map(Priority::rank);
    assert_eq!(
        rank(given(text, calm)),
        rank(given(text, CallInput::default()))
    );
}

/// Needs of the plan as text, alternatives by `>`.
fn chains(verdict: &Verdict) -> Vec<String> {
    let need = |n: &kabat_core::Need| match n.count {
        1 => n.capability.as_str().to_owned(),
        count => format!("{count} {}", n.capability.as_str()),
    };
    let one = |needs: &Vec<kabat_core::Need>| {
        let mut parts: Vec<String> = needs.iter().map(need).collect();
        parts.sort();
        parts.join(" + ")
    };
    let requires = verdict.plan.requires.iter();
    requires
        .map(|r| r.first_of.iter().map(one).collect::<Vec<_>>().join(" > "))
        .collect()
}

/// What was really alarmed per level, by the shares in the table: the paramedic team first where it went to most of the
/// missions that had one kind of answer, then the larger of the other two.
fn observed() -> Vec<(u8, String)> {
    let table = include_str!("../data/be_severity_levels_observed.csv");
    let mut levels = Vec::new();
    for line in table
        .lines()
        .skip(1)
        .filter(|line| line.ends_with(",strong"))
    {
        let field = |at: usize| line.split(',').nth(at).unwrap();
        let share = |at: usize| field(at).parse::<f64>().unwrap();
        let (pit, with_mug, alone) = (share(3), share(5), share(6));
        let fallback = if with_mug > alone {
            "ambulance + mug"
        } else {
            "ambulance"
        };
        let chain = if pit > 0.4 {
            format!("pit > {fallback}")
        } else {
            fallback.to_owned()
        };
        levels.push((field(0).parse().unwrap(), chain));
    }
    levels
}

#[test]
fn levels_lead_to_what_was_alarmed() {
    let levels = observed();
    assert_eq!(levels.len(), 4);
    for (level, chain) in levels {
        // A rule file that fixes the level of one type shows what the level alone brings.
        let fix = RuleSetDocument::from_toml(&format!(
            "[ruleset]\nid = \"t\"\nversion = \"1\"\nvalid_from = \"2026-12-01\"\nextends = [\"be.kabat.base\"]\n\
             [[rule]]\nid = \"t.1\"\nfamily = \"severity\"\nscore = 9999\nall = [\"type=medical.diabetes\"]\nthen = {{ severity = {level} }}\n"
        ))
        .unwrap();
        let classifier = Classifier::new(RuleSet::extend_base([fix]).unwrap());
        let verdict = classifier.classify(&Note::new("suikerziekte, hypo"));
        assert_eq!(
            (type_of(&verdict), verdict.severity_be),
            ("medical.diabetes", Some(level))
        );
        assert!(
            chains(&verdict).contains(&chain),
            "level {level}: {chain} not in {:?}",
            chains(&verdict)
        );
    }
}

#[test]
fn uncertain_figures_are_marked_and_can_be_changed() {
    let base = RuleSet::base();
    let rules = &base.document().rules;
    let marked = |id: &str| rules.iter().find(|r| r.id == id).unwrap().uncertain;
    let of = |what: &dyn Fn(&kabat_classify::RuleDocument) -> bool| {
        rules
            .iter()
            .filter(|r| what(r))
            .map(|r| r.id.as_str())
            .collect::<Vec<_>>()
    };
    let unsure = of(&|r| r.then.severity.is_some() || r.then.mip);
    assert!(unsure.len() >= 8);
    assert!(
        unsure
            .into_iter()
            .chain(["means.05", "means.07"])
            .all(marked)
    );
    // The trace says which rules are uncertain.
    let explanation = CLASSIFIER.explain(&Note::new("hartstilstand"));
    let trace = explanation.trace_json();
    let fired = trace["rules"].as_array().unwrap();
    assert!(
        fired
            .iter()
            .any(|r| r["rule"] == "severity.01" && r["uncertain"] == true)
    );
    let stricter = RuleSetDocument::from_toml(
        "[ruleset]\nid = \"t\"\nversion = \"1\"\nvalid_from = \"2026-12-01\"\nextends = [\"be.kabat.base\"]\n\
         [[rule]]\nid = \"severity.01\"\noverride = true\nfamily = \"severity\"\nscore = 400\nall = [\"discipline=D2\", \"priority<=1\"]\nthen = { severity = 3 }\n",
    )
    .unwrap();
    let classifier = Classifier::new(RuleSet::extend_base([stricter]).unwrap());
    assert_eq!(
        classifier.classify(&Note::new("hartstilstand")).severity_be,
        Some(3)
    );
}

/// Thresholds of the table: severely injured, injured of unknown severity, persons in danger (more than).
#[test]
fn the_intervention_plan_begins_at_its_thresholds() {
    let table = include_str!("../data/be_mip_thresholds.csv");
    let threshold = |row: usize| -> u32 {
        let line = table.lines().nth(row).unwrap();
        line.split(',')
            .find_map(|field| field.parse().ok())
            .unwrap()
    };
    let (severe, injured, persons) = (threshold(1), threshold(2), threshold(3));
    assert_eq!((severe, injured, persons), (5, 10, 20));
    let mip = |text: String| CLASSIFIER.classify(&Note::new(text)).mip;
    for (below, at, text) in [
        (severe - 1, severe, "busongeval, N zwaargewonden"),
        (injured - 1, injured, "busongeval, N gewonden"),
        (injured - 1, injured, "accident de bus, N blessés"),
        (injured - 1, injured, "Busunfall, N Verletzte"),
        (injured - 1, injured, "bus crash, N injured"),
        (
            persons,
            persons + 1,
            "brand in appartementsgebouw, N personen binnen",
        ),
    ] {
        assert!(
            !mip(text.replace('N', &below.to_string())),
            "{below} {text}"
        );
        assert!(mip(text.replace('N', &at.to_string())), "{at} {text}");
    }
    let verdict = CLASSIFIER.classify(&Note::new("busongeval, 12 gewonden"));
    let chains = chains(&verdict);
    for need in ["3 mug", "5 ambulance"] {
        assert!(chains.iter().any(|c| c == need), "{need} not in {chains:?}");
    }
}
