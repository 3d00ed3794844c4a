//! The series of Belgian plates, and which of them a text may belong to.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::key::PlateKey;

/// How sure a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum SeriesCertainty {
    /// The shape in which the series is issued.
    Issued,
    /// A shape that the decree allows, not known to be issued (any more).
    Statutory,
}

/// A series to which a plate may belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesCandidate {
    /// The series.
    pub series: PlateSeries,
    /// How sure the shape is.
    pub certainty: SeriesCertainty,
    /// The shape: `#` a digit, `@` a letter, `[…]` one of some letters, else itself.
    pub pattern: &'static str,
    /// First day on which the series was issued, as the decree says.
    pub issued_from: NaiveDate,
    /// Last day on which it was issued; plates of closed series stay valid until the next registration.
    pub issued_to: Option<NaiveDate>,
}

impl SeriesCandidate {
    /// Returns whether the printed form has a hyphen before a place.
    pub(super) fn hyphen_before(&self, place: usize) -> bool {
        let mut at = 0;
        for token in Tokens(self.pattern.as_bytes()) {
            match token {
                Token::Hyphen if at == place => return true,
                Token::Hyphen => {}
                _ => at += 1,
            }
        }
        false
    }

    /// Returns whether a plate of the series can have been issued on a day.
    ///
    /// ```
    /// use kabat_core::{Plate, PlateSeries, chrono::NaiveDate};
    /// let plate = Plate::new("ABC-123")?;
    /// let old = plate.series().into_iter().find(|candidate| candidate.series == PlateSeries::Ordinary2001).ok_or("no shape")?;
    /// let day = |year| NaiveDate::from_ymd_opt(year, 6, 1).ok_or("no day");
    /// assert!(old.was_issued_on(day(2005)?) && !old.was_issued_on(day(2020)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn was_issued_on(&self, day: NaiveDate) -> bool {
        self.issued_from <= day && self.issued_to.is_none_or(|last| day <= last)
    }
}

macro_rules! series {
    ($(
        $(#[$doc:meta])*
        $name:ident = $code:literal, $from:expr, $to:expr, [$($pattern:literal),+] $(, statutory [$($wider:literal),+])?;
    )*) => {
        /// A series of Belgian plates, by purpose and the year from which it has its shape.
        ///
        /// Source: Royal Decree of 20 July 2001 and Ministerial Decree of 23 July 2001 on the registration of vehicles,
        /// consolidated to 22 July 2025, as quoted by the vehiclesdb project's table of plates (`be.yml`). Not among
        /// them: plates of before 2001 (no text found), the EUR and EUROCONTROL plates (abolished 15 November 2010) and the trade
        /// plates of 2001 to 2010 (shape not found). No plate says where it comes from, and the digit in front no date.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum PlateSeries {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $code))] $name,)*
        }

        impl PlateSeries {
            /// All series.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the code used in the JSON form.
            ///
            /// ```
            /// use kabat_core::PlateSeries;
            /// assert_eq!(PlateSeries::Ordinary2010.code(), "ordinary_2010");
            /// ```
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }

        const ROWS: &[SeriesCandidate] = &[$(
            $(row(PlateSeries::$name, SeriesCertainty::Issued, $pattern, $from, $to),)+
            $($(row(PlateSeries::$name, SeriesCertainty::Statutory, $wider, $from, $to),)+)?
        )*];
    };
}

series! {
    /// Cars, vans, lorries, buses: a digit, three letters, three digits.
    Ordinary2010 = "ordinary_2010", Day(2010, 11, 15), None,
        ["#-@@@-###"], statutory ["#-###-@@@", "@@@-###-#", "###-@@@-#"];
    /// Trailers.
    Trailer2021 = "trailer_2021", Day(2021, 1, 1), None, ["Q-@@@-###"];
    /// Licensed taxis.
    Taxi2021 = "taxi_2021", Day(2021, 1, 1), None, ["T-X@@-###"];
    /// Hire with driver.
    HireWithDriver2021 = "hire_with_driver_2021", Day(2021, 1, 1), None, ["T-L@@-###"];
    /// Oldtimers; a letter group that begins with M is a motorcycle's, with S a moped's.
    Oldtimer2021 = "oldtimer_2021", Day(2021, 1, 1), None, ["O-@@@-###"];
    /// Motorcycles.
    Motorcycle2021 = "motorcycle_2021", Day(2021, 1, 1), None, ["M-@@@-###"];
    /// Mopeds of class A.
    MopedA2014 = "moped_a_2014", Day(2014, 3, 31), None, ["S-A@@-###"];
    /// Mopeds of class B.
    MopedB2014 = "moped_b_2014", Day(2014, 3, 31), None, ["S-B@@-###"];
    /// Speed pedelecs.
    SpeedPedelec2021 = "speed_pedelec_2021", Day(2021, 1, 1), None, ["S-P@@-###"];
    /// Light quadricycles.
    LightQuadricycle2021 = "light_quadricycle_2021", Day(2021, 1, 1), None, ["S-U@@-###"];
    /// Tractors of farmers and foresters with exemption from fuel excise.
    Agricultural2020 = "agricultural_2020", Day(2020, 10, 1), None, ["G-L@@-###"];
    /// Trade plate for tests.
    TradeTest2021 = "trade_test_2021", Day(2021, 1, 1), None, ["Y-@@@-###"];
    /// Trade plate of a dealer.
    TradeDealer2021 = "trade_dealer_2021", Day(2021, 1, 1), None, ["Z-@@@-###"];
    /// Trade plate for professional use.
    TradeProfessional2021 = "trade_professional_2021", Day(2021, 1, 1), None, ["V-@@@-###"];
    /// National plate for twenty days.
    National2021 = "national_2021", Day(2021, 1, 1), None, ["U@-##-@@@"];
    /// Temporary stay in Belgium; second letter M for a motorcycle, Q for a trailer, S for a moped.
    TemporaryStay2021 = "temporary_stay_2021", Day(2021, 1, 1), None, ["W@-##-@@@"];
    /// Export, thirty days; second letter M for a motorcycle, Q for a trailer, S for a moped.
    Export2021 = "export_2021", Day(2021, 1, 1), None, ["X@-##-@@@"];
    /// Diplomatic and consular corps; printed with one hyphen before 31 March 2014.
    Diplomatic2010 = "diplomatic_2010", Day(2010, 11, 15), None, ["CD-@@-###"];
    /// The Court, in addition to another plate.
    Court2001 = "court_2001", Day(2001, 10, 1), None, ["#", "##", "###"];
    /// Federal ministers, high magistrates and officials, in addition to another plate.
    FederalAuthority2001 = "federal_authority_2001", Day(2001, 10, 1), None, ["A-#", "A-##", "A-###"];
    /// Governments of the communities and regions, in addition to another plate.
    CommunityAuthority2001 = "community_authority_2001", Day(2001, 10, 1), None, ["E-#", "E-##", "E-###"];
    /// Members of parliaments, in addition to another plate.
    Parliament2001 = "parliament_2001", Day(2001, 10, 1), None, ["P-#", "P-##", "P-###"];
    /// Long temporary registration (international), since 2021 shaped like an ordinary plate.
    International2021 = "international_2021", Day(2021, 1, 1), None, ["#-@@@-###"];
    /// Long temporary registration (international) with the index 8.
    International2010 = "international_2010", Day(2010, 11, 15), LAST_2020, ["8-@@@-###"];
    /// Taxis with a digit in front.
    Taxi2010 = "taxi_2010", Day(2010, 11, 15), LAST_2020, ["#-TX@-###"];
    /// Oldtimers with a digit in front.
    Oldtimer2014 = "oldtimer_2014", Day(2014, 3, 31), LAST_2020, ["#-O@@-###"];
    /// Trailers with a digit in front.
    Trailer2014 = "trailer_2014", Day(2014, 3, 31), LAST_2020, ["#-Q@@-###"];
    /// Motorcycles with a digit in front; from 31 March 2014 the letters began with M.
    Motorcycle2010 = "motorcycle_2010", Day(2010, 11, 15), LAST_2020, ["#-@@@-###"];
    /// Trade plates with a digit in front.
    Trade2010 = "trade_2010", Day(2010, 11, 15), LAST_2020, ["#-@@@-###"], statutory ["#-###-@@@"];
    /// Short temporary registration, white on red: seven digits.
    Temporary2010 = "temporary_2010", Day(2010, 11, 15), LAST_2020, ["#-######"];
    /// Cars, vans, lorries, buses without a digit in front.
    Ordinary2001 = "ordinary_2001", Day(2001, 10, 1), LAST_2010,
        ["@@@-###"], statutory ["@-####", "@@-###"];
    /// Trailers, black on white.
    Trailer2001 = "trailer_2001", Day(2001, 10, 1), LAST_2010, ["[UQ]@@-###"];
    /// Motorcycles, black on yellow.
    Motorcycle2001 = "motorcycle_2001", Day(2001, 10, 1), LAST_2010, ["[MW]@@-###"];
    /// Oldtimers without a digit in front.
    Oldtimer2001 = "oldtimer_2001", Day(2001, 10, 1), LAST_2010, ["O@@-###"];
    /// Diplomatic and consular corps: a green CD, one letter, three digits.
    Diplomatic2001 = "diplomatic_2001", Day(2001, 10, 1), LAST_2010, ["CD-@-###"];
}

#[derive(Clone, Copy)]
struct Day(i32, u32, u32);

impl Day {
    const fn date(self) -> NaiveDate {
        match NaiveDate::from_ymd_opt(self.0, self.1, self.2) {
            Some(date) => date,
            None => NaiveDate::MIN,
        }
    }
}

/// The last day before the letters in front (Ministerial Decree of 15 December 2019, article 5).
const LAST_2020: Option<Day> = Some(Day(2020, 12, 31));
/// The last day before the European plate (Ministerial Decree of 8 November 2010, article 16).
const LAST_2010: Option<Day> = Some(Day(2010, 11, 14));

const fn row(
    series: PlateSeries,
    certainty: SeriesCertainty,
    pattern: &'static str,
    from: Day,
    to: Option<Day>,
) -> SeriesCandidate {
    SeriesCandidate {
        series,
        certainty,
        pattern,
        issued_from: from.date(),
        issued_to: match to {
            Some(day) => Some(day.date()),
            None => None,
        },
    }
}

/// Shapes that a personalised plate may not have, as the registration office lists them.
const RESERVED: &[&str] = &[
    "[WXYZ]@##@@@",
    "@@@##[WXYZ]@",
    "[ZVY]@@@###",
    "U@##@@@",
    "@@@####",
    "@@@@###",
    "###@@@@",
    "####@@@",
    "B###@",
];

/// Beginnings that a personalised plate may not have.
const RESERVED_BEGINNINGS: &[&[u8]] = &[b"CD", b"TX", b"TL"];

/// Most characters of a personalised plate, hyphens counted.
const LONGEST_PERSONALISED: usize = 8;

#[derive(Clone, Copy)]
enum Token<'a> {
    Digit,
    Letter,
    OneOf(&'a [u8]),
    Exactly(u8),
    Hyphen,
}

/// The parts of a pattern.
#[derive(Clone)]
struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(match first {
            b'#' => Token::Digit,
            b'@' => Token::Letter,
            b'-' => Token::Hyphen,
            b'[' => {
                let end = rest.iter().position(|&byte| byte == b']')?;
                let (letters, after) = rest.split_at_checked(end)?;
                self.0 = after.get(1..)?;
                Token::OneOf(letters)
            }
            other => Token::Exactly(other),
        })
    }
}

fn fits(pattern: &str, key: PlateKey) -> bool {
    let mut characters = key.characters();
    for token in Tokens(pattern.as_bytes()) {
        if let Token::Hyphen = token {
            continue;
        }
        let Some(character) = characters.next() else {
            return false;
        };
        let fit = match token {
            Token::Digit => character.is_ascii_digit(),
            Token::Letter => character.is_ascii_uppercase(),
            Token::OneOf(letters) => letters.contains(&character),
            Token::Exactly(letter) => character == letter,
            Token::Hyphen => true,
        };
        if !fit {
            return false;
        }
    }
    characters.next().is_none()
}

/// See [`Plate::series`](super::Plate::series): issued shapes first, then in the order of the table.
pub(super) fn candidates(key: PlateKey) -> Vec<SeriesCandidate> {
    let mut found: Vec<_> = ROWS
        .iter()
        .filter(|row| fits(row.pattern, key))
        .copied()
        .collect();
    found.sort_by_key(|candidate| candidate.certainty);
    found
}

pub(super) fn any(key: PlateKey) -> bool {
    ROWS.iter().any(|row| fits(row.pattern, key))
}

/// See [`Plate::may_be_personalised`](super::Plate::may_be_personalised).
pub(super) fn may_be_personalised(key: PlateKey) -> bool {
    let mut previous: Option<u8> = None;
    let mut length = 0;
    let mut letters = false;
    for character in key.characters() {
        let is_digit = character.is_ascii_digit();
        // Letters and digits are parted by a hyphen, which counts.
        length += 1 + usize::from(previous.is_some_and(|c| c.is_ascii_digit() != is_digit));
        letters |= !is_digit;
        previous = Some(character);
    }
    let begins = |beginning: &[u8]| {
        key.characters()
            .take(beginning.len())
            .eq(beginning.iter().copied())
    };
    letters
        && length <= LONGEST_PERSONALISED
        && !RESERVED_BEGINNINGS
            .iter()
            .any(|beginning| begins(beginning))
        && !RESERVED.iter().any(|pattern| fits(pattern, key))
}

#[cfg(test)]
mod tests {
    use super::{NaiveDate, ROWS};

    #[test]
    fn every_row_has_real_dates_in_order() {
        for row in ROWS {
            assert!(row.issued_from > NaiveDate::MIN, "{}", row.pattern);
            assert!(row.issued_to.is_none_or(|to| to > row.issued_from));
        }
    }
}
