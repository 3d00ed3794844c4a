//! The effective-dated tables of municipalities, zones, centres and judicial areas.

mod csv;
mod entry;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kabat_core::chrono::NaiveDate;

use self::csv::{Row, Table};
pub use self::entry::{
    CentreKind, ChangeKind, Confidence, Division, DivisionLevel, EmergencyCentre,
    JudicialArrondissement, JudicialCanton, LanguageArea, Municipality, MunicipalityChange, Names,
    PoliceZone, RescueZone,
};
use crate::{DatePrecision, NisCode, Validity};

/// A table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("table `{table}` line {line}: column `{column}` cannot be `{value}`")]
pub struct RegistryError {
    table: &'static str,
    line: usize,
    column: &'static str,
    value: String,
}

impl RegistryError {
    fn new(table: &'static str, line: usize, column: &'static str, value: &str) -> Self {
        Self {
            table,
            line,
            column,
            value: value.chars().take(80).collect(),
        }
    }
}

/// The texts of the tables, in the comma-separated form of `data/README.md`.
///
/// Start from [`RegistryTables::belgium`] and replace or append to a text to add a zone or a merger: no code changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryTables {
    /// `municipalities.csv`.
    pub municipalities: String,
    /// `divisions.csv`.
    pub divisions: String,
    /// `municipality_mergers.csv`.
    pub municipality_mergers: String,
    /// `postal_codes.csv`.
    pub postal_codes: String,
    /// `police_zones.csv`.
    pub police_zones: String,
    /// `police_zone_members.csv`.
    pub police_zone_members: String,
    /// `rescue_zones.csv`.
    pub rescue_zones: String,
    /// `rescue_zone_members.csv`.
    pub rescue_zone_members: String,
    /// `emergency_centres.csv`.
    pub emergency_centres: String,
    /// `judicial_cantons.csv`.
    pub judicial_cantons: String,
    /// `judicial_arrondissements.csv`.
    pub judicial_arrondissements: String,
}

impl RegistryTables {
    /// Returns the tables that come with the crate.
    pub fn belgium() -> Self {
        Self {
            municipalities: include_str!("../../data/municipalities.csv").into(),
            divisions: include_str!("../../data/divisions.csv").into(),
            municipality_mergers: include_str!("../../data/municipality_mergers.csv").into(),
            postal_codes: include_str!("../../data/postal_codes.csv").into(),
            police_zones: include_str!("../../data/police_zones.csv").into(),
            police_zone_members: include_str!("../../data/police_zone_members.csv").into(),
            rescue_zones: include_str!("../../data/rescue_zones.csv").into(),
            rescue_zone_members: include_str!("../../data/rescue_zone_members.csv").into(),
            emergency_centres: include_str!("../../data/emergency_centres.csv").into(),
            judicial_cantons: include_str!("../../data/judicial_cantons.csv").into(),
            judicial_arrondissements: include_str!("../../data/judicial_arrondissements.csv")
                .into(),
        }
    }
}

#[derive(Debug, Clone)]
struct Member {
    validity: Validity,
    zone: usize,
    confidence: Confidence,
}

/// Municipalities, mergers, zones, centres and judicial areas with the days from and to which they hold.
///
/// ```
/// use kabat_geo::{NaiveDate, Registry};
/// let registry = Registry::belgium();
/// let day: NaiveDate = "2026-06-01".parse()?;
/// assert_eq!(registry.police_zones_on(day).count(), 176);
/// assert_eq!(registry.municipalities_on(day).count(), 565);
/// let zone = registry.police_zone_of("21004".parse()?, day).ok_or("none")?;
/// assert_eq!(zone.key, "5339");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Registry {
    municipalities: Vec<Municipality>,
    divisions: Vec<Division>,
    changes: Vec<MunicipalityChange>,
    postal_codes: Vec<(u16, NisCode)>,
    police_zones: Vec<PoliceZone>,
    police_members: BTreeMap<NisCode, Vec<Member>>,
    rescue_zones: Vec<RescueZone>,
    rescue_members: BTreeMap<NisCode, Vec<Member>>,
    centres: Vec<EmergencyCentre>,
    cantons: Vec<JudicialCanton>,
    arrondissements: Vec<JudicialArrondissement>,
}

impl Registry {
    /// Returns the tables that come with the crate, read once.
    #[expect(
        clippy::missing_panics_doc,
        reason = "the embedded tables are read in the tests"
    )]
    pub fn belgium() -> &'static Self {
        static BELGIUM: OnceLock<Registry> = OnceLock::new();
        BELGIUM.get_or_init(|| {
            #[expect(
                clippy::expect_used,
                reason = "the texts are part of the crate and a test reads them"
            )]
            Self::from_tables(&RegistryTables::belgium())
                .expect("the embedded tables are well formed")
        })
    }

    /// Reads tables, for example the embedded ones with a merger appended.
    ///
    /// # Errors
    /// [`RegistryError`] names the table, line and column that cannot be read.
    pub fn from_tables(tables: &RegistryTables) -> Result<Self, RegistryError> {
        let police_zones = read("police_zones", &tables.police_zones, police_zone)?;
        let rescue_zones = read("rescue_zones", &tables.rescue_zones, rescue_zone)?;
        let police_members = members(
            "police_zone_members",
            &tables.police_zone_members,
            &keys(police_zones.iter().map(|zone| &zone.key)),
        )?;
        let rescue_members = members(
            "rescue_zone_members",
            &tables.rescue_zone_members,
            &keys(rescue_zones.iter().map(|zone| &zone.key)),
        )?;
        let mut municipalities = read("municipalities", &tables.municipalities, municipality)?;
        municipalities.sort_by_key(|row| (row.nis, row.validity));
        let mut changes = read("municipality_mergers", &tables.municipality_mergers, change)?;
        changes.sort_by_key(|change| (change.effective, change.old, change.new));
        let mut postal_codes = read("postal_codes", &tables.postal_codes, |row| {
            Ok((row.read("postal_code")?, row.read("nis")?))
        })?;
        postal_codes.sort_unstable();
        Ok(Self {
            municipalities,
            divisions: read("divisions", &tables.divisions, division)?,
            changes,
            postal_codes,
            police_zones,
            police_members,
            rescue_zones,
            rescue_members,
            centres: read("emergency_centres", &tables.emergency_centres, centre)?,
            cantons: read("judicial_cantons", &tables.judicial_cantons, canton)?,
            arrondissements: read(
                "judicial_arrondissements",
                &tables.judicial_arrondissements,
                |row| Ok(arrondissement(row)),
            )?,
        })
    }

    /// Returns the municipalities in force on a day, by code.
    pub fn municipalities_on(&self, date: NaiveDate) -> impl Iterator<Item = &Municipality> {
        self.municipalities
            .iter()
            .filter(move |row| row.validity.holds_on(date))
    }

    /// Returns every row of the municipalities, also those no longer in force.
    pub fn municipalities(&self) -> &[Municipality] {
        &self.municipalities
    }

    /// Returns the municipality with a code, when the code is in force on that day.
    pub fn municipality(&self, nis: NisCode, date: NaiveDate) -> Option<&Municipality> {
        let from = self.municipalities.partition_point(|row| row.nis < nis);
        self.municipalities
            .get(from..)?
            .iter()
            .take_while(|row| row.nis == nis)
            .find(|row| row.validity.holds_on(date))
    }

    /// Returns the mergers and recodings, oldest first.
    pub fn changes(&self) -> &[MunicipalityChange] {
        &self.changes
    }

    /// Returns the code that holds the territory of a (possibly former) municipality on a later day.
    ///
    /// ```
    /// use kabat_geo::{NaiveDate, Registry};
    /// let registry = Registry::belgium();
    /// let borsbeek = "11007".parse()?;
    /// let day: NaiveDate = "2025-01-01".parse()?;
    /// assert_eq!(registry.successor(borsbeek, day), "11002".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn successor(&self, nis: NisCode, date: NaiveDate) -> NisCode {
        let mut code = nis;
        for change in &self.changes {
            if change.effective <= date && change.old == code {
                code = change.new;
            }
        }
        code
    }

    /// Returns the codes in force on a day whose territory lies in a code of a later day.
    pub fn predecessors(&self, nis: NisCode, date: NaiveDate) -> Vec<NisCode> {
        let mut codes = vec![nis];
        for change in self.changes.iter().rev() {
            if change.effective > date
                && codes.contains(&change.new)
                && !codes.contains(&change.old)
            {
                codes.push(change.old);
            }
        }
        codes.retain(|&code| self.municipality(code, date).is_some());
        codes.sort_unstable();
        codes
    }

    /// Returns the divisions that exist on a day.
    pub fn divisions_on(&self, date: NaiveDate) -> impl Iterator<Item = &Division> {
        self.divisions
            .iter()
            .filter(move |row| row.validity.holds_on(date))
    }

    /// Returns a region, province or arrondissement.
    pub fn division(&self, nis: NisCode, date: NaiveDate) -> Option<&Division> {
        self.divisions_on(date).find(|row| row.nis == nis)
    }

    /// Returns the postal codes of a municipality in force today.
    pub fn postal_codes_of(&self, nis: NisCode) -> impl Iterator<Item = u16> {
        self.postal_codes
            .iter()
            .filter(move |(_, of)| *of == nis)
            .map(|&(code, _)| code)
    }

    /// Returns the municipalities in which a postal code is used.
    pub fn municipalities_of_postal_code(&self, code: u16) -> impl Iterator<Item = NisCode> {
        self.postal_codes
            .iter()
            .filter(move |(postal, _)| *postal == code)
            .map(|&(_, nis)| nis)
    }

    /// Returns every police zone that ever existed.
    pub fn police_zones(&self) -> &[PoliceZone] {
        &self.police_zones
    }

    /// Returns the police zones that exist on a day; an undated merger counts from its latest possible day.
    pub fn police_zones_on(&self, date: NaiveDate) -> impl Iterator<Item = &PoliceZone> {
        self.police_zones
            .iter()
            .filter(move |zone| zone.validity.holds_on(date))
    }

    /// Returns a police zone by its key.
    pub fn police_zone(&self, key: &str) -> Option<&PoliceZone> {
        self.police_zones.iter().find(|zone| zone.key == key)
    }

    /// Returns the police zone of a municipality on a day.
    pub fn police_zone_of(&self, nis: NisCode, date: NaiveDate) -> Option<&PoliceZone> {
        member(&self.police_members, nis, date).and_then(|at| self.police_zones.get(at.zone))
    }

    /// Returns the municipalities of a police zone on a day.
    pub fn police_zone_members(&self, key: &str, date: NaiveDate) -> impl Iterator<Item = NisCode> {
        members_of(
            &self.police_members,
            self.police_zones.iter().position(|zone| zone.key == key),
            date,
        )
    }

    /// Returns the rescue zones and the Brussels fire service.
    pub fn rescue_zones(&self) -> &[RescueZone] {
        &self.rescue_zones
    }

    /// Returns a rescue zone by its key.
    pub fn rescue_zone(&self, key: &str) -> Option<&RescueZone> {
        self.rescue_zones.iter().find(|zone| zone.key == key)
    }

    /// Returns the rescue zone of a municipality on a day; membership is known from 2019 on.
    pub fn rescue_zone_of(&self, nis: NisCode, date: NaiveDate) -> Option<&RescueZone> {
        member(&self.rescue_members, nis, date).and_then(|at| self.rescue_zones.get(at.zone))
    }

    /// Returns how sure the rescue zone of a municipality is.
    pub fn rescue_zone_confidence(&self, nis: NisCode, date: NaiveDate) -> Option<Confidence> {
        member(&self.rescue_members, nis, date).map(|at| at.confidence)
    }

    /// Returns the municipalities of a rescue zone on a day.
    pub fn rescue_zone_members(&self, key: &str, date: NaiveDate) -> impl Iterator<Item = NisCode> {
        members_of(
            &self.rescue_members,
            self.rescue_zones.iter().position(|zone| zone.key == key),
            date,
        )
    }

    /// Returns the ten 112 centres and the eleven CIC/SICAD centres.
    pub fn centres(&self) -> &[EmergencyCentre] {
        &self.centres
    }

    /// Returns the centre of a kind that serves a municipality, by its province or by the region of Brussels.
    pub fn centre_of(
        &self,
        municipality: &Municipality,
        kind: CentreKind,
    ) -> Option<&EmergencyCentre> {
        let area = municipality.province.unwrap_or(municipality.region);
        self.centres
            .iter()
            .find(|centre| centre.kind == kind && centre.serves.contains(&area))
    }

    /// Returns the judicial cantons, as of 2026.
    pub fn judicial_cantons(&self) -> &[JudicialCanton] {
        &self.cantons
    }

    /// Returns the judicial cantons that hold a municipality or a part of it.
    pub fn judicial_cantons_of(&self, nis: NisCode) -> impl Iterator<Item = &JudicialCanton> {
        self.cantons
            .iter()
            .filter(move |canton| canton.municipalities.contains(&nis))
    }

    /// Returns the twelve judicial arrondissements.
    pub fn judicial_arrondissements(&self) -> &[JudicialArrondissement] {
        &self.arrondissements
    }

    /// Returns a judicial arrondissement by its key.
    pub fn judicial_arrondissement(&self, key: &str) -> Option<&JudicialArrondissement> {
        self.arrondissements.iter().find(|row| row.key == key)
    }
}

fn member(
    members: &BTreeMap<NisCode, Vec<Member>>,
    nis: NisCode,
    date: NaiveDate,
) -> Option<&Member> {
    members
        .get(&nis)?
        .iter()
        .find(|row| row.validity.holds_on(date))
}

fn members_of(
    members: &BTreeMap<NisCode, Vec<Member>>,
    zone: Option<usize>,
    date: NaiveDate,
) -> impl Iterator<Item = NisCode> {
    members
        .iter()
        .filter(move |(_, rows)| {
            rows.iter()
                .any(|row| Some(row.zone) == zone && row.validity.holds_on(date))
        })
        .map(|(&nis, _)| nis)
}

fn keys<'a>(keys: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    keys.enumerate()
        .map(|(at, key)| (key.clone(), at))
        .collect()
}

fn read<T>(
    name: &'static str,
    text: &str,
    row: impl Fn(&Row<'_>) -> Result<T, RegistryError>,
) -> Result<Vec<T>, RegistryError> {
    Table::parse(name, text)?
        .rows()
        .map(|cells| row(&cells))
        .collect()
}

fn names(row: &Row<'_>) -> Names {
    let pick = |column: &str| row.get(column).to_owned();
    Names {
        nl: pick("name_nl"),
        fr: pick("name_fr"),
        de: pick("name_de"),
    }
}

fn validity(row: &Row<'_>) -> Result<Validity, RegistryError> {
    Ok(Validity {
        from: row.read_option("valid_from")?,
        to: row.read_option("valid_to")?,
    })
}

fn municipality(row: &Row<'_>) -> Result<Municipality, RegistryError> {
    Ok(Municipality {
        nis: row.read("nis")?,
        validity: validity(row)?,
        names: names(row),
        arrondissement: row.read("arrondissement_nis")?,
        province: row.read_option("province_nis")?,
        region: row.read("region_nis")?,
        language_area: LanguageArea::from_code(row.get("language_area"))
            .ok_or_else(|| row.error("language_area"))?,
        facilities_for: row.read_option("facilities_for")?,
    })
}

fn division(row: &Row<'_>) -> Result<Division, RegistryError> {
    Ok(Division {
        nis: row.read("nis")?,
        level: match row.get("level") {
            "region" => DivisionLevel::Region,
            "province" => DivisionLevel::Province,
            "arrondissement" => DivisionLevel::Arrondissement,
            _ => return Err(row.error("level")),
        },
        parent: row.read_option("parent_nis")?,
        names: names(row),
        validity: validity(row)?,
    })
}

fn change(row: &Row<'_>) -> Result<MunicipalityChange, RegistryError> {
    Ok(MunicipalityChange {
        effective: row.read("effective")?,
        kind: match row.get("kind") {
            "merger" => ChangeKind::Merger,
            "recode" => ChangeKind::Recode,
            _ => return Err(row.error("kind")),
        },
        old: row.read("old_nis")?,
        new: row.read("new_nis")?,
    })
}

fn police_zone(row: &Row<'_>) -> Result<PoliceZone, RegistryError> {
    let some = |column: &str| {
        let text = row.get(column);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let mut validity = validity(row)?;
    let from_precision = precision(
        row,
        [
            "valid_from_precision",
            "valid_from_not_before",
            "valid_from_not_after",
        ],
    )?;
    let to_precision = precision(
        row,
        [
            "valid_to_precision",
            "valid_to_not_before",
            "valid_to_not_after",
        ],
    )?;
    // An undated merger takes effect on its latest possible day, as in the member rows.
    if let DatePrecision::Bound { not_after, .. } = from_precision {
        validity.from = Some(not_after);
    }
    if let DatePrecision::Bound { not_after, .. } = to_precision {
        validity.to = not_after.pred_opt();
    }
    Ok(PoliceZone {
        key: row.get("zone_key").to_owned(),
        code: row.read_option("code")?,
        name: row.get("name").to_owned(),
        name_fr: some("name_fr"),
        validity,
        from_precision,
        to_precision,
        succeeded_by: some("succeeded_by"),
        source: match (row.get("code_source"), row.get("note")) {
            (source, "") => source.to_owned(),
            (source, note) => format!("{source}; {note}"),
        },
    })
}

fn precision(
    row: &Row<'_>,
    [precision, not_before, not_after]: [&'static str; 3],
) -> Result<DatePrecision, RegistryError> {
    Ok(match row.get(precision) {
        "" | "initial" => DatePrecision::Open,
        "day" => DatePrecision::Day,
        _ => match (row.read_option(not_before)?, row.read_option(not_after)?) {
            (Some(not_before), Some(not_after)) => DatePrecision::Bound {
                not_before,
                not_after,
            },
            _ => DatePrecision::Unknown,
        },
    })
}

fn rescue_zone(row: &Row<'_>) -> Result<RescueZone, RegistryError> {
    Ok(RescueZone {
        key: row.get("zone_key").to_owned(),
        names: names(row),
        source: row.get("source").to_owned(),
        confidence: Confidence::from_text(row.get("confidence"))
            .ok_or_else(|| row.error("confidence"))?,
    })
}

fn members(
    name: &'static str,
    text: &str,
    keys: &BTreeMap<String, usize>,
) -> Result<BTreeMap<NisCode, Vec<Member>>, RegistryError> {
    let mut members: BTreeMap<NisCode, Vec<Member>> = BTreeMap::new();
    for row in Table::parse(name, text)?.rows() {
        let confidence = match row.get("confidence") {
            "" => Confidence::High,
            text => Confidence::from_text(text).ok_or_else(|| row.error("confidence"))?,
        };
        members.entry(row.read("nis")?).or_default().push(Member {
            validity: validity(&row)?,
            zone: keys
                .get(row.get("zone_key"))
                .copied()
                .ok_or_else(|| row.error("zone_key"))?,
            confidence,
        });
    }
    Ok(members)
}

fn centre(row: &Row<'_>) -> Result<EmergencyCentre, RegistryError> {
    Ok(EmergencyCentre {
        key: row.get("key").to_owned(),
        kind: match row.get("kind") {
            "112" => CentreKind::Emergency112,
            "101-CIC/SICAD" => CentreKind::Police101,
            _ => return Err(row.error("kind")),
        },
        name: row.get("seat_or_province").to_owned(),
        serves: codes(row, "serves_province_nis")?,
        source: row.get("source").to_owned(),
    })
}

fn codes(row: &Row<'_>, column: &'static str) -> Result<Vec<NisCode>, RegistryError> {
    row.get(column)
        .split_whitespace()
        .map(|code| code.parse().map_err(|_| row.error(column)))
        .collect()
}

fn canton(row: &Row<'_>) -> Result<JudicialCanton, RegistryError> {
    Ok(JudicialCanton {
        key: row.get("key").to_owned(),
        arrondissement: row.get("arrondissement").to_owned(),
        municipalities: codes(row, "municipalities")?,
    })
}

fn arrondissement(row: &Row<'_>) -> JudicialArrondissement {
    JudicialArrondissement {
        key: row.get("key").to_owned(),
        names: names(row),
        judicial_area: row.get("judicial_area").to_owned(),
    }
}
