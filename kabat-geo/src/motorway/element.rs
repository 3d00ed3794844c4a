//! The parts of a road position: posts, directions, ring sides, exits and slip roads.

use super::position::{ExitKind, RingSide, RoadExit, SlipRoad};
use super::token::{Decimal, Token};

/// One part that stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Distance on the posts in metres, and the end of a range.
    Post(u32, Option<u32>),
    Direction(String),
    Ring(RingSide),
    Exit(RoadExit),
    Slip(SlipRoad),
}

/// A part and the tokens it takes, `first..=last`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Element {
    pub(super) part: Part,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether a word that is only ever said of roads opens it; a weak one counts only right beside the road.
    pub(super) strong: bool,
}

/// The tokens of a text with the looks ahead that the parts need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> Scan<'a> {
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at)?.word()
    }

    pub(super) fn number(&self, at: usize) -> Option<Decimal> {
        self.tokens.get(at)?.number()
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?.sign()
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn touches_previous(&self, at: usize) -> bool {
        let (Some(before), Some(token)) = (
            at.checked_sub(1).and_then(|i| self.tokens.get(i)),
            self.tokens.get(at),
        ) else {
            return false;
        };
        before.end == token.start
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn source(&self, first: usize, last: usize) -> Option<&'a str> {
        let start = self.tokens.get(first)?.start;
        self.text.get(start..self.tokens.get(last)?.end)
    }

    pub(super) fn element(&self, at: usize) -> Option<Element> {
        self.post(at)
            .or_else(|| self.direction(at))
            .or_else(|| self.ring(at))
            .or_else(|| self.exit(at))
            .or_else(|| self.slip(at))
    }

    // Posts.

    /// The post word at a token: the token after it, and whether its numbers are hectometres.
    fn post_word(&self, at: usize) -> Option<(usize, Unit)> {
        let word = self.word(at)?;
        let unit = match word {
            "km" | "kmp" | "pk" | "bk" | "kp" | "kmpaal" | "kmpunt" | "kilometer" | "kilometre"
            | "kilometerpaal" | "kilometerpunt" | "kilometerpost" | "kilometerstein"
            | "kmstein" | "borne" | "mijlpaal" => Unit::Kilometre,
            "hm" | "hmp" | "hmpaal" | "hectometer" | "hectometre" | "hectometerpaal"
            | "hektometer" | "hectometerpunt" | "hektometerstein" => Unit::Hectometre,
            "point" if self.is_word(at + 1, &["kilometrique"]) => {
                return Some((self.after_number_sign(at + 2), Unit::Kilometre));
            }
            _ => return None,
        };
        let mut next = at + 1;
        if word == "borne" && self.is_word(next, &["kilometrique", "km"]) {
            next += 1;
        }
        // "km-paal", "km paal", "Km-Stein", "kilometer paal".
        let tail = next + usize::from(self.sign(next) == Some('-'));
        if self.is_word(tail, &["paal", "punt", "post", "stein", "punkt", "paaltje"]) {
            next = tail + 1;
        }
        Some((self.after_number_sign(next), unit))
    }

    /// Skips ".", ":", "n°", "nr." and the like before a number.
    fn after_number_sign(&self, mut at: usize) -> usize {
        if self.is_word(at, &["n", "nr", "no", "numero", "nummer"])
            && (self.number(at + 1).is_some() || self.number(at + 2).is_some())
        {
            at += 1;
        }
        if matches!(self.sign(at), Some('.' | ':' | '°' | '=')) {
            at += 1;
        }
        at
    }

    fn post(&self, at: usize) -> Option<Element> {
        let (value_at, unit) = self.post_word(at)?;
        // "23 km" is a length, not a post, unless the number belongs to a road code ("E40 km 23").
        if at > 0 && self.number(at - 1).is_some() && !self.is_road_number(at - 1) {
            return None;
        }
        let (metres, mut last) = self.value(value_at, unit)?;
        let mut until = None;
        if let Some((end, end_last)) = self.range_end(at, last, unit) {
            until = Some(end);
            last = end_last;
        }
        Some(Element {
            part: Part::Post(metres, until),
            first: at,
            last,
            strong: true,
        })
    }

    fn is_road_number(&self, at: usize) -> bool {
        let letter_at = at.checked_sub(
            1 + usize::from(at.checked_sub(1).and_then(|at| self.sign(at)) == Some('-')),
        );
        letter_at.is_some_and(|at| self.is_word(at, &["e", "a", "r", "n", "b"]))
    }

    /// A post number at a token, in metres, and the last token it takes.
    fn value(&self, at: usize, unit: Unit) -> Option<(u32, usize)> {
        let number = self.number(at)?;
        let mut metres = post_metres(number, unit)?;
        let mut last = at;
        // "12.4.2024" is a date.
        if matches!(self.sign(at + 1), Some('.' | ','))
            && self.touches_previous(at + 1)
            && self.touches_previous(at + 2)
            && self.number(at + 2).is_some()
        {
            return None;
        }
        if matches!(unit, Unit::Kilometre) && number.decimals == 0 {
            if self.sign(at + 1) == Some('+')
                && let Some(plus) = self.number(at + 2)
                && plus.decimals == 0
                && plus.whole_digits <= 3
            {
                // "km 23+400" is 400 m on; "23+4" is four hectometres on.
                metres += match plus.whole_digits {
                    1 => plus.whole * 100,
                    2 => plus.whole * 10,
                    _ => plus.whole,
                };
                last = at + 2;
            } else if self.is_word(at + 1, &["hm"])
                && let Some(hectometres) = self.number(at + 2)
                && hectometres.decimals == 0
                && hectometres.whole <= 9
            {
                metres += hectometres.whole * 100;
                last = at + 2;
            }
        }
        if self.is_time_or_amount(last + 1) {
            return None;
        }
        Some((metres, last))
    }

    /// Whether the token makes the number before it a time, a speed or an amount.
    fn is_time_or_amount(&self, at: usize) -> bool {
        self.is_word(
            at,
            &[
                "u", "uur", "h", "heure", "heures", "uhr", "min", "minuten", "minutes", "jaar",
                "ans", "jahre", "euro", "volt", "ton", "kg",
            ],
        ) || matches!(self.sign(at), Some('%' | '€'))
    }

    fn range_end(&self, first: usize, last: usize, unit: Unit) -> Option<(u32, usize)> {
        let mut at = last + 1;
        let mut needs_unit = false;
        match (self.word(at), self.sign(at)) {
            (_, Some('-' | '–' | '—')) => {
                // "km 23-25", but not "km 23 - 2 wagens".
                needs_unit = !(self.touches_previous(at) && self.touches_previous(at + 1));
                at += 1;
            }
            (_, Some('>')) => at += 1,
            (Some("tot" | "bis" | "tem"), _) => {
                at += 1;
                if self.is_word(at, &["en"]) && self.is_word(at + 1, &["met"]) {
                    at += 2;
                }
            }
            (Some("t"), _) if self.sign(at + 1) == Some('/') && self.is_word(at + 2, &["m"]) => {
                at += 3;
            }
            (Some("a" | "au"), _) => {
                at += 1;
                needs_unit = !self.opened_by(first, &["de", "du", "des", "entre", "pk", "bk"])
                    && !self.is_word(first, &["pk", "bk"]);
            }
            (Some("jusqu"), Some(_) | None) => {
                at += 1;
                at += usize::from(matches!(self.sign(at), Some('\'' | '’')));
                at += usize::from(self.is_word(at, &["a", "au"]));
            }
            (Some("en" | "et" | "und"), _)
                if self.opened_by(first, &["tussen", "entre", "zwischen"]) =>
            {
                at += 1;
            }
            _ => return None,
        }
        if self.is_word(at, &["de", "le", "au"]) {
            at += 1;
        }
        let value_at = match self.post_word(at) {
            Some((next, _)) => next,
            None if needs_unit => return None,
            None => at,
        };
        let (metres, end) = self.value(value_at, unit)?;
        // A second number that is followed by ":" and digits is a time.
        if self.sign(end + 1) == Some(':') && self.number(end + 2).is_some() {
            return None;
        }
        Some((metres, end))
    }

    /// Whether one of the words stands within the two tokens before.
    fn opened_by(&self, first: usize, words: &[&str]) -> bool {
        (1..=2).any(|back| {
            first
                .checked_sub(back)
                .is_some_and(|at| self.is_word(at, words))
        })
    }

    /// A bare post such as "23.400" right after a road: one or three decimals, and no other unit behind it.
    pub(super) fn bare_post(&self, at: usize) -> Option<Element> {
        let number = self.number(at)?;
        if !matches!(number.decimals, 1 | 3)
            || self.is_word(
                at + 1,
                &[
                    "km",
                    "m",
                    "meter",
                    "metres",
                    "kilometer",
                    "kilometres",
                    "l",
                    "t",
                ],
            )
        {
            return None;
        }
        let (metres, last) = self.value(at, Unit::Kilometre)?;
        Some(Element {
            part: Part::Post(metres, None),
            first: at,
            last,
            strong: false,
        })
    }

    // Directions.

    /// Whether the word at a token leads to the name of a direction.
    pub(super) fn leads_direction(&self, at: usize) -> bool {
        self.is_word(
            at,
            &[
                "richting",
                "rijrichting",
                "fahrtrichtung",
                "richtung",
                "direction",
                "rtg",
                "vers",
                "nach",
            ],
        )
    }

    fn direction(&self, at: usize) -> Option<Element> {
        let word = self.word(at)?;
        let strong = match word {
            "richting" | "rijrichting" | "fahrtrichtung" | "richtung" | "direction" | "sens" => {
                true
            }
            "rtg" | "dir" | "vers" | "nach" | "ri" | "fr" => false,
            _ => return None,
        };
        let mut next = at + 1;
        if matches!(self.sign(next), Some('.' | ':')) {
            next += 1;
        }
        // "richting van", "direction de", "dans le sens de", "in de richting".
        let mut joined_by_of = false;
        if self.is_word(next, &["van", "von", "de", "du", "des"])
            && self.capital(next + 1)
            && !self.capital(next)
        {
            next += 1;
            joined_by_of = true;
        } else if word == "direction"
            && self.is_word(next, &["d"])
            && matches!(self.sign(next + 1), Some('\'' | '’'))
        {
            next += 2;
        }
        // "sens" alone is also "sense"; it needs the name of a place.
        if word == "sens" && !joined_by_of && !self.capital(next) {
            return None;
        }
        let last = self.place_name(next)?;
        // Times and common words are not places: "vers midi", "vers le bas", "nach links".
        if !strong
            && !self.capital(next)
            && self
                .word(next)
                .is_some_and(|word| word.len() < 4 || NOT_PLACES.contains(&word))
        {
            return None;
        }
        // "vers La Louvière" is one, "vers la droite" is not.
        if self.is_word(next, NOT_PLACES) && last == next {
            return None;
        }
        Some(Element {
            part: Part::Direction(self.source(next, last)?.to_owned()),
            first: at,
            last,
            strong,
        })
    }

    /// Whether a post, direction, ring or exit word stands at a token.
    fn opens(&self, at: usize) -> bool {
        self.post_word(at).is_some()
            || self.is_word(
                at,
                &[
                    "richting",
                    "rijrichting",
                    "fahrtrichtung",
                    "richtung",
                    "direction",
                    "sens",
                    "rtg",
                    "dir",
                    "vers",
                    "nach",
                    "binnenring",
                    "buitenring",
                    "innenring",
                    "aussenring",
                    "ring",
                    "anneau",
                    "afrit",
                    "uitrit",
                    "oprit",
                    "sortie",
                    "ausfahrt",
                    "echangeur",
                    "knooppunt",
                ],
            )
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .and_then(|token| self.text.get(token.start..token.end))
            .and_then(|word| word.chars().next())
            .is_some_and(char::is_uppercase)
    }

    /// The last token of the place name that begins at a token: one word with what hangs on it by hyphens, apostrophes
    /// and slashes, and a second word after an article or "Saint".
    fn place_name(&self, first: usize) -> Option<usize> {
        // "richting E19".
        if self.is_road(first) && self.touches_previous(first + 1) {
            return Some(first + 1);
        }
        let mut at = first;
        if matches!(self.sign(at), Some('\'' | '’')) {
            at += 1;
        }
        self.word(at)?;
        loop {
            if self.is_word(at, PARTICLES)
                && self.word(at + 1).is_some()
                && !self.opens(at + 1)
                && self.capital(at)
                && (self.capital(at + 1) || self.is_word(at, &["den", "het"]))
            {
                at += 1;
            } else if matches!(self.sign(at + 1), Some('-' | '\'' | '’' | '/'))
                && self.touches_previous(at + 1)
                && self.touches_previous(at + 2)
                && self.word(at + 2).is_some()
                && !self.opens(at + 2)
                && !self.is_road(at + 2)
            {
                at += 2;
            } else {
                return Some(at);
            }
        }
    }

    // Ring sides.

    fn ring(&self, at: usize) -> Option<Element> {
        let word = self.word(at)?;
        let side =
            |word: &str| match word {
                "binnen" | "interieur" | "interieure" | "innere" | "innerer" | "inneren"
                | "int" => Some(RingSide::Inner),
                "buiten" | "exterieur" | "exterieure" | "aussere" | "ausserer" | "ausseren"
                | "ext" => Some(RingSide::Outer),
                _ => None,
            };
        let (ring, last, strong) = match word {
            "binnenring" | "innenring" => (RingSide::Inner, at, true),
            "buitenring" | "aussenring" => (RingSide::Outer, at, true),
            "ring" | "anneau" => (side(self.word(at + 1)?)?, at + 1, true),
            _ => {
                let ring = side(word)?;
                let joint = at + 1 + usize::from(self.sign(at + 1) == Some('-'));
                if self.is_word(joint, &["ring"]) {
                    (ring, joint, true)
                } else if matches!(word, "interieur" | "exterieur") {
                    (ring, at, false)
                } else {
                    return None;
                }
            }
        };
        Some(Element {
            part: Part::Ring(ring),
            first: at,
            last,
            strong,
        })
    }

    // Exits, interchanges and slip roads.

    fn exit(&self, at: usize) -> Option<Element> {
        let word = self.word(at)?;
        let kind = match word {
            "afrit" | "uitrit" | "oprit" | "afslag" | "sortie" | "entree" | "ausfahrt"
            | "abfahrt" | "auffahrt" | "anschlussstelle" => ExitKind::Exit,
            "knooppunt" | "verkeerswisselaar" | "klaverblad" | "wisselaar" | "echangeur"
            | "autobahnkreuz" | "autobahndreieck" | "kreuz" => ExitKind::Interchange,
            _ => return None,
        };
        let value_at = self.after_number_sign(at + 1);
        let mut last = at;
        let mut number = None;
        if let Some(value) = self.number(value_at)
            && value.decimals == 0
            && value.whole_digits <= 3
            && !self.is_time_or_amount(value_at + 1)
        {
            last = value_at;
            // "7bis", "24a".
            if self.touches_previous(value_at + 1)
                && self
                    .word(value_at + 1)
                    .is_some_and(|tail| matches!(tail, "bis" | "ter" | "a" | "b" | "c" | "d"))
            {
                last = value_at + 1;
            }
            number = self.source(value_at, last).map(str::to_lowercase);
        }
        let mut name = None;
        let mut name_at = last + 1;
        if self.sign(name_at) == Some('(') {
            name_at += 1;
        }
        if !self.capital(name_at)
            && (self.is_word(name_at, &["de", "du", "van"])
                || self.is_word(name_at, &["d"])
                    && matches!(self.sign(name_at + 1), Some('\'' | '’')))
        {
            name_at += 1 + usize::from(self.is_word(name_at, &["d"]));
        }
        if self.capital(name_at)
            && !self.opens(name_at)
            && !self.is_road(name_at)
            && let Some(name_last) = self.place_name(name_at)
        {
            name = self.source(name_at, name_last).map(str::to_owned);
            last = name_last
                + usize::from(
                    self.sign(name_at.wrapping_sub(1)) == Some('(')
                        && self.sign(name_last + 1) == Some(')'),
                );
        }
        // The bare word is a slip road at most.
        if number.is_none() && name.is_none() {
            return None;
        }
        Some(Element {
            part: Part::Exit(RoadExit { kind, number, name }),
            first: at,
            last,
            strong: true,
        })
    }

    /// A class letter with digits behind it.
    pub(super) fn is_road(&self, at: usize) -> bool {
        self.word(at)
            .is_some_and(|word| matches!(word, "e" | "a" | "r" | "n" | "b"))
            && self.number(at + 1).is_some()
    }

    fn slip(&self, at: usize) -> Option<Element> {
        let mut last = at;
        let slip = match self.word(at)? {
            "oprit" | "auffahrt" => SlipRoad::On,
            "afrit" | "uitrit" | "sortie" | "ausfahrt" | "abfahrt" => SlipRoad::Off,
            "bretelle" => {
                let mut next = at + 1;
                if self.is_word(next, &["d", "de"]) {
                    next += 1 + usize::from(matches!(self.sign(next + 1), Some('\'' | '’')));
                }
                match self.word(next) {
                    Some("acces" | "entree") => {
                        last = next;
                        SlipRoad::On
                    }
                    // "bretelle de sortie n° 9": read as an exit with its number.
                    Some("sortie") if self.exit(next).is_some() => return None,
                    Some("sortie") => {
                        last = next;
                        SlipRoad::Off
                    }
                    _ => SlipRoad::Unstated,
                }
            }
            "verbindingsweg" | "verbindingslus" => SlipRoad::Unstated,
            _ => return None,
        };
        Some(Element {
            part: Part::Slip(slip),
            first: at,
            last,
            strong: true,
        })
    }

    /// What an exit word says about being on the slip road: "op de afrit", "sur la sortie", "auf der Ausfahrt", "oprit".
    pub(super) fn slip_of_exit(&self, at: usize) -> Option<SlipRoad> {
        let on_it = |back: usize| {
            at.checked_sub(back)
                .is_some_and(|at| self.is_word(at, &["op", "sur", "auf", "bretelle"]))
        };
        match self.word(at)? {
            "oprit" | "auffahrt" | "entree" => Some(SlipRoad::On),
            "afrit" | "uitrit" | "sortie" | "ausfahrt" | "abfahrt" if on_it(1) || on_it(2) => {
                Some(SlipRoad::Off)
            }
            _ => None,
        }
    }
}

/// The unit of a post number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    Kilometre,
    Hectometre,
}

/// No Belgian road is longer than a few hundred kilometres; a higher number is a mileage or a sum.
const LONGEST_M: u32 = 400_000;

fn post_metres(number: Decimal, unit: Unit) -> Option<u32> {
    // A hectometre post with a decimal shows kilometres.
    let per_whole = match unit {
        Unit::Hectometre if number.decimals == 0 => 100,
        _ => 1000,
    };
    if number.decimals > 3 {
        return None;
    }
    let metres = number
        .whole
        .checked_mul(per_whole)?
        .checked_add(number.thousandths)?;
    (metres <= LONGEST_M).then_some(metres)
}

const PARTICLES: &[&str] = &[
    "la", "le", "les", "de", "het", "den", "sint", "saint", "sankt", "st", "bad",
];

const NOT_PLACES: &[&str] = &[
    "midi",
    "minuit",
    "le",
    "la",
    "les",
    "l",
    "links",
    "rechts",
    "gauche",
    "droite",
    "oben",
    "unten",
    "hinten",
    "vorne",
    "hause",
    "bas",
    "haut",
    "arriere",
    "avant",
    "beide",
    "onbekend",
    "inconnue",
    "unbekannt",
    "km",
    "pk",
    "hm",
    "bk",
    "een",
    "un",
    "une",
    "den",
    "der",
    "dem",
];
