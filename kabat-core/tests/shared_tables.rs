//! Names and levels against the tables of the project's research, when they lie beside the project.

use kabat_core::{ClosingReason, Discipline, EmergencyPhase, Language, ThreatLevel};

fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/classify/");
    let Ok(text) = std::fs::read_to_string(format!("{folder}{name}")) else {
        eprintln!("skipped: no {name} beside the project");
        return None;
    };
    let cells = |line: &str| {
        // Commas within quotes do not part cells.
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for character in line.chars() {
            match character {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cells
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|cell| cell.push(other)),
            }
        }
        cells
    };
    Some(text.lines().skip(1).map(cells).collect())
}

#[test]
fn disciplines_and_their_directors() {
    let Some(rows) = rows("be_disciplines.csv") else {
        return;
    };
    assert_eq!(rows.len(), 5);
    for row in rows {
        let discipline: Discipline = row[0].parse().unwrap();
        assert_eq!(discipline.name().get(Language::Nl), row[2]);
        assert_eq!(discipline.name().get(Language::Fr), row[3]);
        assert_eq!(discipline.name().get(Language::De), row[4]);
        assert_eq!(discipline.director().get(Language::Nl), row[6]);
        assert_eq!(discipline.director().get(Language::Fr), row[7]);
    }
}

#[test]
fn threat_levels() {
    let Some(rows) = rows("be_threat_levels.csv") else {
        return;
    };
    assert_eq!(rows.len(), 4);
    for row in rows {
        let level = ThreatLevel::try_from(row[0].parse::<u8>().unwrap()).unwrap();
        assert_eq!(level.name().get(Language::Nl), row[1]);
        assert_eq!(level.name().get(Language::Fr), row[2]);
    }
}

#[test]
fn closing_reasons() {
    let Some(rows) = rows("be_closing_reasons.csv") else {
        return;
    };
    for row in rows {
        // One spelling of the records is mended here.
        let nl = row[0].replace("plaatste", "plaatse").to_lowercase();
        let found = ClosingReason::standard()
            .iter()
            .filter_map(ClosingReason::label)
            .find(|label| label.get(Language::Nl) == nl)
            .unwrap_or_else(|| panic!("no reason for {nl}"));
        assert_eq!(
            found.get(Language::Fr).to_lowercase(),
            row[1].to_lowercase()
        );
    }
}

#[test]
fn phases_and_who_declares_them() {
    let Some(rows) = rows("be_planning_phases.csv") else {
        return;
    };
    assert_eq!(rows.len(), 3);
    for row in rows {
        let phase = EmergencyPhase::ALL
            .into_iter()
            .find(|p| p.to_string() == row[0])
            .unwrap();
        let leader = phase.led_by().get(Language::En).to_lowercase();
        assert!(
            row[1].to_lowercase().starts_with(&leader),
            "{leader}: {}",
            row[1]
        );
    }
}
