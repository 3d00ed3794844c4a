//! Drafts of the documents a controller keeps, with what is still missing.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write as _;
use kabat_core::Language;

use crate::citation::Citation;
use crate::engine::Compliance;
use crate::facts::{Facts, Moment, Stated};
use crate::rule::RuleId;

/// A heading with what is declared under it; nothing declared is a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Section {
    /// The heading, in the language of the document.
    pub heading: String,
    /// What is declared, if anything.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub content: Option<String>,
}

/// A draft. It holds what was declared and judges nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Document {
    /// The language of headings.
    pub language: Language,
    /// The title.
    pub title: String,
    /// The headings in order.
    pub sections: Vec<Section>,
    /// Where the duty to keep it is written.
    pub citations: Vec<Citation>,
}

impl Document {
    /// Returns the headings under which nothing was declared.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.sections
            .iter()
            .filter(|section| section.content.is_none())
            .map(|section| section.heading.as_str())
    }

    /// Returns the document as Markdown, with the gaps at the end.
    ///
    /// ```
    /// use kabat_compliance::{Compliance, Facts, declaration_sheet};
    /// use kabat_core::Language;
    /// let sheet = declaration_sheet(&Compliance::belgium(), &Facts::default(), Language::Fr);
    /// assert!(sheet.to_markdown().contains("## Responsable du traitement"));
    /// assert!(sheet.gaps().count() > 0);
    /// ```
    pub fn to_markdown(&self) -> String {
        let [missing, gaps, sources] = match self.language {
            Language::Nl => ["niet ingevuld", "Ontbreekt nog", "Bronnen"],
            Language::Fr => ["non rempli", "Manque encore", "Sources"],
            Language::De => ["nicht ausgefüllt", "Fehlt noch", "Quellen"],
            Language::En => ["not filled in", "Still missing", "Sources"],
        };
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# {}", self.title);
        for section in &self.sections {
            let _ = writeln!(out, "\n## {}\n", section.heading);
            match &section.content {
                Some(content) => out.push_str(&escape(content)),
                None => {
                    let _ = write!(out, "*{missing}*");
                }
            }
            out.push('\n');
        }
        if self.gaps().next().is_some() {
            let _ = writeln!(out, "\n## {gaps}\n");
            for gap in self.gaps() {
                let _ = writeln!(out, "- [ ] {gap}");
            }
        }
        if !self.citations.is_empty() {
            let _ = writeln!(out, "\n## {sources}\n");
            for citation in &self.citations {
                let _ = writeln!(out, "- {citation}");
            }
        }
        out
    }
}

/// Keeps declared text from being read as Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '*' | '_' | '`' | '#' | '[' | ']' | '<' | '>' | '|' | '\\'
        ) {
            out.push('\\');
        }
        out.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    out
}

/// A heading in Dutch, French, German and English, with what is declared under it.
type Line = ([&'static str; 4], Option<String>);

fn document(
    law: &Compliance,
    language: Language,
    title: [&'static str; 4],
    lines: Vec<Line>,
    rules: &[RuleId],
) -> Document {
    let pick = |[nl, fr, de, en]: [&'static str; 4]| match language {
        Language::Nl => nl,
        Language::Fr => fr,
        Language::De => de,
        Language::En => en,
    };
    let mut citations: Vec<Citation> = Vec::new();
    for citation in rules
        .iter()
        .filter_map(|rule| law.book().latest(*rule))
        .flat_map(|rule| &rule.citations)
    {
        if !citations.contains(citation) {
            citations.push(citation.clone());
        }
    }
    let sections = lines
        .into_iter()
        .map(|(heading, content)| Section {
            heading: pick(heading).into(),
            content,
        })
        .collect();
    Document {
        language,
        title: pick(title).into(),
        sections,
        citations,
    }
}

const CONTROLLER: [&str; 4] = [
    "Verwerkingsverantwoordelijke",
    "Responsable du traitement",
    "Verantwortlicher",
    "Controller",
];
const PLACE: [&str; 4] = [
    "Soort plaats",
    "Type de lieu",
    "Art des Ortes",
    "Kind of place",
];
const CAMERA: [&str; 4] = [
    "Soort camera",
    "Type de caméra",
    "Art der Kamera",
    "Kind of camera",
];
const PURPOSE: [&str; 4] = [
    "Doel en rechtsgrond",
    "Finalité et base juridique",
    "Zweck und Rechtsgrundlage",
    "Purpose and legal basis",
];
const STORAGE: [&str; 4] = [
    "Bewaartermijn",
    "Délai de conservation",
    "Speicherfrist",
    "Storage period",
];
const RECIPIENTS: [&str; 4] = ["Ontvangers", "Destinataires", "Empfänger", "Recipients"];
const SECURITY: [&str; 4] = [
    "Beveiligingsmaatregelen",
    "Mesures de sécurité",
    "Sicherheitsmaßnahmen",
    "Security measures",
];

fn controller(facts: &Facts) -> Line {
    (
        CONTROLLER,
        facts
            .controller
            .as_ref()
            .map(|value| value.code().to_string()),
    )
}

fn place(facts: &Facts) -> Line {
    (
        PLACE,
        facts.place.as_ref().map(|value| value.code().to_string()),
    )
}

fn camera(facts: &Facts) -> Line {
    (
        CAMERA,
        facts.camera.as_ref().map(|value| value.code().to_string()),
    )
}

fn purpose(facts: &Facts) -> Line {
    (PURPOSE, facts.legal_basis_given.value().cloned())
}

fn recipients(facts: &Facts) -> Line {
    (
        RECIPIENTS,
        facts
            .recipient
            .as_ref()
            .map(|value| value.code().to_string()),
    )
}

/// The storage term as the law gives it for a recording made now; a gap while it cannot be told.
fn storage(law: &Compliance, facts: &Facts) -> Line {
    let found = facts
        .controller
        .as_ref()
        .zip(facts.now)
        .and_then(|(controller, now)| {
            let camera = crate::CameraFacts {
                controller: controller.clone(),
                camera: facts.camera.clone()?,
                special_risk_place: facts.special_risk_place.clone(),
                anpr_database: false,
            };
            let term = law.retention_term(&camera, now.day(law.brussels())).ok()?;
            Some(alloc::format!(
                "<= {} (months), {}, {}",
                term.months,
                term.rule,
                term.certainty
            ))
        });
    (STORAGE, found)
}

fn moment(value: Option<Moment>) -> Option<String> {
    value.map(|value| match value {
        Moment::Instant(at) => at.to_rfc3339(),
        Moment::Day(day) => day.to_string(),
    })
}

/// Drafts the register of image processing. The list of fields of the decree is not verified; these are those of
/// article 30 of Regulation (EU) 2016/679 with the place and the camera.
pub fn processing_register(law: &Compliance, facts: &Facts, language: Language) -> Document {
    let title = [
        "Register van beeldverwerking (ontwerp)",
        "Registre des traitements d'images (projet)",
        "Verzeichnis der Bildverarbeitung (Entwurf)",
        "Register of image processing (draft)",
    ];
    let lines = alloc::vec![
        controller(facts),
        (
            [
                "Contactgegevens en functionaris voor gegevensbescherming",
                "Coordonnées et délégué à la protection des données",
                "Kontaktdaten und Datenschutzbeauftragter",
                "Contact details and data protection officer"
            ],
            None
        ),
        place(facts),
        camera(facts),
        purpose(facts),
        (
            [
                "Categorieën van betrokkenen en gegevens",
                "Catégories de personnes et de données",
                "Kategorien von Personen und Daten",
                "Categories of persons and data"
            ],
            None
        ),
        recipients(facts),
        (
            [
                "Doorgifte buiten de Europese Unie",
                "Transfert hors de l'Union européenne",
                "Übermittlung außerhalb der Europäischen Union",
                "Transfer outside the European Union"
            ],
            facts.destination_country.clone()
        ),
        storage(law, facts),
        (SECURITY, None),
    ];
    document(
        law,
        language,
        title,
        lines,
        &[RuleId::CamReg, RuleId::Gdpr30],
    )
}

/// Drafts a data protection impact assessment: the headings of article 35(7) of Regulation (EU) 2016/679.
pub fn dpia_skeleton(law: &Compliance, facts: &Facts, language: Language) -> Document {
    let title = [
        "Gegevensbeschermingseffectbeoordeling (ontwerp)",
        "Analyse d'impact relative à la protection des données (projet)",
        "Datenschutz-Folgenabschätzung (Entwurf)",
        "Data protection impact assessment (draft)",
    ];
    let lines = alloc::vec![
        controller(facts),
        (
            [
                "Beschrijving van de verwerking",
                "Description du traitement",
                "Beschreibung der Verarbeitung",
                "Description of the processing"
            ],
            None
        ),
        place(facts),
        camera(facts),
        purpose(facts),
        (
            [
                "Noodzaak en evenredigheid",
                "Nécessité et proportionnalité",
                "Notwendigkeit und Verhältnismäßigkeit",
                "Necessity and proportionality"
            ],
            None
        ),
        storage(law, facts),
        (
            [
                "Risico's voor de rechten en vrijheden",
                "Risques pour les droits et libertés",
                "Risiken für Rechte und Freiheiten",
                "Risks to rights and freedoms"
            ],
            facts
                .risk_to_persons
                .as_ref()
                .map(|risk| risk.code().to_string())
        ),
        (
            [
                "Maatregelen tegen de risico's",
                "Mesures face aux risques",
                "Maßnahmen gegen die Risiken",
                "Measures against the risks"
            ],
            None
        ),
        (
            [
                "Advies van de functionaris",
                "Avis du délégué",
                "Stellungnahme des Beauftragten",
                "Advice of the officer"
            ],
            None
        ),
    ];
    document(law, language, title, lines, &[RuleId::Gdpr353c])
}

/// Drafts what is entered at the electronic counter of the police.
pub fn declaration_sheet(law: &Compliance, facts: &Facts, language: Language) -> Document {
    let title = [
        "Aangifteblad camera's (ontwerp)",
        "Fiche de déclaration de caméras (projet)",
        "Meldebogen für Kameras (Entwurf)",
        "Camera declaration sheet (draft)",
    ];
    let yes_no = |value: bool| String::from(if value { "+" } else { "-" });
    let sign = facts.sign.as_ref().map(|sign| sign.code().to_string());
    let validated = match &facts.last_validated_on {
        Stated::Is(day) => moment(Some(*day)),
        Stated::Nothing | Stated::Unsaid => None,
    };
    let lines = alloc::vec![
        controller(facts),
        place(facts),
        camera(facts),
        (
            [
                "Ingebruikname",
                "Mise en service",
                "Inbetriebnahme",
                "Commissioning"
            ],
            moment(facts.commissioned_on)
        ),
        (
            ["Aangegeven op", "Déclaré le", "Gemeldet am", "Declared on"],
            moment(facts.declared_on.value().copied())
        ),
        (
            [
                "Laatst gevalideerd op",
                "Dernière validation le",
                "Zuletzt bestätigt am",
                "Last validated on"
            ],
            validated
        ),
        (
            [
                "Positief advies van de gemeenteraad (open plaats)",
                "Avis positif du conseil communal (lieu ouvert)",
                "Positive Stellungnahme des Gemeinderats (offener Ort)",
                "Positive advice of the municipal council (open place)"
            ],
            facts.council_positive_advice.map(yes_no)
        ),
        (
            ["Pictogram", "Pictogramme", "Piktogramm", "Pictogram"],
            sign
        ),
        (
            [
                "Beelden in real time bekeken",
                "Images visionnées en temps réel",
                "Bilder in Echtzeit angesehen",
                "Images viewed in real time"
            ],
            facts
                .live_purpose
                .as_ref()
                .map(|purpose| purpose.code().to_string())
        ),
        storage(law, facts),
    ];
    document(
        law,
        language,
        title,
        lines,
        &[
            RuleId::CamDeclPolice,
            RuleId::CamDeclEve,
            RuleId::CamDeclYearly,
        ],
    )
}

/// Lists what to settle before connecting to the ASTRID network. Everything on it is open; it is never a verdict.
pub fn astrid_checklist(law: &Compliance, language: Language) -> Document {
    let title = [
        "Aansluiting op ASTRID: controlelijst",
        "Raccordement à ASTRID : liste de contrôle",
        "Anschluss an ASTRID: Checkliste",
        "Connection to ASTRID: checklist",
    ];
    let lines = [
        [
            "Contact met ASTRID over de voorwaarden",
            "Contact avec ASTRID sur les conditions",
            "Kontakt mit ASTRID zu den Bedingungen",
            "Contact with ASTRID on the conditions",
        ],
        [
            "Erkende gebruiker of overeenkomst",
            "Utilisateur reconnu ou convention",
            "Anerkannter Nutzer oder Vereinbarung",
            "Recognised user or agreement",
        ],
        [
            "Koppelvlak en versie van de norm",
            "Interface et version de la norme",
            "Schnittstelle und Fassung der Norm",
            "Interface and version of the standard",
        ],
        [
            "Radiovergunning (BIPT)",
            "Autorisation radio (IBPT)",
            "Funkgenehmigung (BIPT)",
            "Radio licence (BIPT)",
        ],
        [
            "Beproeving met de beheerder",
            "Essais avec l'opérateur",
            "Erprobung mit dem Betreiber",
            "Tests with the operator",
        ],
    ];
    document(
        law,
        language,
        title,
        lines.into_iter().map(|heading| (heading, None)).collect(),
        &[RuleId::AstridChecklist],
    )
}
