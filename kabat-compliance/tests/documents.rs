//! Drafts say what was declared, list what was not, and judge nothing.

use kabat_compliance::{
    Compliance, Controller, Facts, astrid_checklist, declaration_sheet, dpia_skeleton,
    processing_register,
};
use kabat_core::Language;

#[test]
fn gaps_are_listed_in_four_languages_and_declared_text_stays_text() {
    let law = Compliance::belgium();
    let facts = Facts {
        controller: Some(Controller::Other("# ACME *bv*".into())),
        ..Facts::default()
    };
    for language in Language::ALL {
        let documents = [
            processing_register(&law, &facts, language),
            dpia_skeleton(&law, &facts, language),
            declaration_sheet(&law, &facts, language),
            astrid_checklist(&law, language),
        ];
        for document in documents {
            let text = document.to_markdown();
            assert_eq!(text.matches("- [ ] ").count(), document.gaps().count());
            assert!(document.gaps().count() >= 5);
            assert!(!document.citations.is_empty());
            assert!(!text.contains("\n# ACME"), "declared text became a heading");
            let headings: std::collections::BTreeSet<_> = document
                .sections
                .iter()
                .map(|section| &section.heading)
                .collect();
            assert_eq!(
                headings.len(),
                document.sections.len(),
                "{language}: two sections with one heading"
            );
        }
    }
}

#[test]
fn the_storage_period_comes_from_the_law() {
    let law = Compliance::belgium();
    let facts = Facts {
        controller: Some(Controller::PoliceLocal),
        camera: Some("fixed".into()),
        now: Some(kabat_compliance::Moment::Day(
            chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
        )),
        ..Facts::default()
    };
    let text = processing_register(&law, &facts, Language::En).to_markdown();
    assert!(text.contains("12 (months), POL-RET-12M, sure"), "{text}");
}
