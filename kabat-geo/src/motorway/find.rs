//! Finds the road positions of a text: roads first, then the parts that belong to each.

use kabat_core::Meters;

use super::element::{Element, Part, Scan};
use super::position::RoadPosition;
use super::road::{RoadClass, RoadCode};
use super::token::{TokenKind, tokens};

/// Finds every road position in a text, in Dutch, French and German, in the order of the text.
///
/// A road code is taken when a post, direction, ring side or exit stands beside it, when a word such as *op de*,
/// *sur l'*, *auf der* or *autosnelweg* leads to it, or when it can only be a road (E40, R0). "E5 voltmeter" and
/// "A4 blad" are not roads. A part further on in the same sentence counts when its own word is plain ("… km 23").
///
/// ```
/// use kabat_geo::{RingSide, find_road_positions};
///
/// let note = "Vrachtwagen in brand, E40 km 23,5 richting Brussel";
/// let found = find_road_positions(note);
/// let place = &found[0];
/// assert_eq!(place.road.to_string(), "E40");
/// assert_eq!(place.distance_m.map(|m| m.get()), Some(23_500.0));
/// assert_eq!(place.direction.as_deref(), Some("Brussel"));
/// assert_eq!(&note[place.span.clone()], "E40 km 23,5 richting Brussel");
///
/// let found = find_road_positions("accident R0 ring extérieur à hauteur de la sortie 7");
/// assert_eq!(found[0].ring, Some(RingSide::Outer));
/// assert_eq!(found[0].exit.as_ref().and_then(|e| e.number.as_deref()), Some("7"));
/// ```
pub fn find_road_positions(text: &str) -> Vec<RoadPosition> {
    let tokens = tokens(text);
    let scan = Scan {
        text,
        tokens: &tokens,
    };
    let mut roads = roads(scan);
    let elements = elements(scan, &roads);
    attach(scan, &mut roads, elements);
    roads
        .into_iter()
        .filter(|road| road.accepted(scan))
        .filter_map(|road| road.position(scan))
        .collect()
}

/// A road code in the text, and the parts found for it.
#[derive(Debug)]
struct Road {
    code: RoadCode,
    also: Vec<RoadCode>,
    first: usize,
    last: usize,
    parts: Vec<Element>,
    /// Whether a part stands right beside it.
    beside: bool,
}

impl Road {
    fn has(&self, part: &Part) -> bool {
        self.parts
            .iter()
            .any(|have| core::mem::discriminant(&have.part) == core::mem::discriminant(part))
    }

    fn accepted(&self, scan: Scan<'_>) -> bool {
        if scan
            .word(self.last + 1)
            .is_some_and(|word| PAPER.contains(&word))
        {
            return false;
        }
        self.beside
            || self.code.stands_alone()
            || self.also.iter().any(|code| code.stands_alone())
            || self
                .parts
                .iter()
                .any(|part| matches!(part.part, Part::Post(..)))
            || self.led_to(scan)
    }

    /// Whether words that lead to a road stand before it.
    fn led_to(&self, scan: Scan<'_>) -> bool {
        let word = |back: usize| self.first.checked_sub(back).and_then(|at| scan.word(at));
        let apostrophe = self
            .first
            .checked_sub(1)
            .and_then(|at| scan.sign(at))
            .is_some_and(|sign| matches!(sign, '\'' | '’'));
        let noun = |word: &str| {
            matches!(
                word,
                "autosnelweg"
                    | "snelweg"
                    | "autostrade"
                    | "autoroute"
                    | "autobahn"
                    | "expresweg"
                    | "ring"
                    | "gewestweg"
                    | "nationale"
                    | "bundesstrasse"
                    | "schnellstrasse"
                    | "steenweg"
            )
        };
        if word(1).is_some_and(noun) {
            return true;
        }
        let numbered = self.code.class == RoadClass::National || self.code.number >= 10;
        if numbered && matches!(word(1), Some("op" | "sur" | "langs")) {
            return true;
        }
        match (word(2), word(1)) {
            (Some("op" | "langs"), Some("de"))
            | (Some("sur"), Some("la"))
            | (Some("auf"), Some("der")) => true,
            (Some("l"), None) if apostrophe => word(3) == Some("sur"),
            _ => false,
        }
    }

    fn position(self, scan: Scan<'_>) -> Option<RoadPosition> {
        let first = self
            .parts
            .iter()
            .map(|part| part.first)
            .fold(self.first, usize::min);
        let last = self
            .parts
            .iter()
            .map(|part| part.last)
            .fold(self.last, usize::max);
        let bytes = scan.tokens.get(first)?.start..scan.tokens.get(last)?.end;
        let mut out = RoadPosition {
            road: self.code,
            also: self.also,
            distance_m: None,
            until_m: None,
            direction: None,
            ring: None,
            exit: None,
            slip: None,
            span: bytes,
        };
        for element in self.parts {
            match element.part {
                Part::Post(from, until) => {
                    out.distance_m = Meters::new(f64::from(from)).ok();
                    out.until_m = until.and_then(|until| Meters::new(f64::from(until)).ok());
                }
                Part::Direction(name) => out.direction = Some(name),
                Part::Ring(side) => out.ring = Some(side),
                Part::Exit(exit) => {
                    out.slip = out.slip.or_else(|| scan.slip_of_exit(element.first));
                    out.exit = Some(exit);
                }
                Part::Slip(slip) => out.slip = Some(slip),
            }
        }
        Some(out)
    }
}

/// Words after a code of paper or fuel.
const PAPER: &[&str] = &[
    "blad",
    "bladen",
    "papier",
    "formaat",
    "format",
    "feuille",
    "feuilles",
    "blatt",
    "vel",
    "vellen",
    "benzine",
    "essence",
    "benzin",
    "voltmeter",
    "volt",
    "batterij",
    "pile",
    "zaal",
    "salle",
    "saal",
];

fn roads(scan: Scan<'_>) -> Vec<Road> {
    let mut out: Vec<Road> = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        let Some((code, last)) = code(scan, at) else {
            at += 1;
            continue;
        };
        // "R0 richting E19": the second code is the direction, and `element` reads it there.
        if !out.is_empty()
            && at
                .checked_sub(1)
                .is_some_and(|before| scan.leads_direction(before))
        {
            at = last + 1;
            continue;
        }
        // "E19/A1", "E40 (A10)", "E411-A4": a second name for the same road.
        let joined = out.last_mut().filter(|road| {
            let gap = at.saturating_sub(road.last + 1);
            gap == 1
                && matches!(scan.sign(at - 1), Some('/' | '(' | '-' | '='))
                // "E19/E42" is one stretch with two numbers; "E34-E313" is where two roads meet.
                && (road.code.class != code.class || scan.sign(at - 1) == Some('/'))
                && road.code != code
                && !road.also.contains(&code)
        });
        if let Some(road) = joined {
            road.also.push(code);
            let closing = scan.sign(at - 1) == Some('(') && scan.sign(last + 1) == Some(')');
            road.last = last + usize::from(closing);
        } else {
            out.push(Road {
                code,
                also: Vec::new(),
                first: at,
                last,
                parts: Vec::new(),
                beside: false,
            });
        }
        at = last + 1;
    }
    out
}

/// A road code at a token, and its last token.
fn code(scan: Scan<'_>, at: usize) -> Option<(RoadCode, usize)> {
    let word = scan.word(at)?;
    let mut letters = word.chars();
    let class = RoadClass::from_letter(letters.next()?)?;
    if letters.next().is_some() {
        return None;
    }
    // "12A3" is something else.
    if scan.touches_previous(at)
        && at
            .checked_sub(1)
            .is_some_and(|before| scan.number(before).is_some())
    {
        return None;
    }
    let mut digits_at = at + 1;
    if matches!(scan.sign(digits_at), Some('-'))
        && scan.touches_previous(digits_at)
        && scan.touches_previous(digits_at + 1)
    {
        digits_at += 1;
    }
    let number = scan.number(digits_at)?;
    let most = match class {
        RoadClass::Ring => 2,
        _ => 3,
    };
    let number_text_is_plain = number.decimals == 0 && number.whole_digits <= most;
    if !number_text_is_plain || (class == RoadClass::Connector && number.whole_digits != 3) {
        return None;
    }
    if !scan.touches_previous(digits_at) {
        // "E 40": only in capitals, and not "A 3 km de Namur" or "N 5 jaar".
        let capital = scan
            .tokens
            .get(at)
            .and_then(|token| scan.text.get(token.start..token.end))
            .is_some_and(|letter| letter.chars().all(char::is_uppercase));
        let length = scan
            .word(digits_at + 1)
            .is_some_and(|word| matches!(word, "km" | "m" | "h" | "min"))
            && scan.number(digits_at + 2).is_none();
        if !capital || length {
            return None;
        }
    }
    // "A3-4" and "E40.5.1" are something else; "E19-A1" and "E40 - km" are not.
    if matches!(scan.sign(digits_at + 1), Some('-' | '.' | '+' | '@'))
        && scan.touches_previous(digits_at + 1)
        && scan.touches_previous(digits_at + 2)
        && scan.number(digits_at + 2).is_some()
    {
        return None;
    }
    let mut last = digits_at;
    let mut suffix = None;
    if scan.touches_previous(digits_at + 1)
        && let Some(tail) = scan.word(digits_at + 1)
    {
        let mut letters = tail.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if class == RoadClass::National && letter.is_ascii_lowercase() => {
                suffix = Some(letter);
                last += 1;
            }
            _ if matches!(tail, "km" | "pk" | "bk" | "hm" | "kmp" | "hmp") => {}
            _ => return None,
        }
    }
    Some((
        RoadCode::new(class, u16::try_from(number.whole).ok()?, suffix),
        last,
    ))
}

fn elements(scan: Scan<'_>, roads: &[Road]) -> Vec<Element> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        let road_here = roads
            .get(roads.partition_point(|road| road.last < at))
            .filter(|road| road.first <= at);
        if let Some(road) = road_here {
            at = road.last + 1;
            // "E40, 23.400" and "E40 op 23.4".
            let bare = (at..at + 4)
                .take_while(|&i| i == at || filler(scan, i - 1))
                .find_map(|i| scan.bare_post(i));
            if let Some(bare) = bare {
                at = bare.last + 1;
                out.push(bare);
            }
            continue;
        }
        match scan.element(at) {
            Some(element) => {
                at = element.last + 1;
                out.push(element);
            }
            None => at += 1,
        }
    }
    out
}

/// How many other tokens may stand between a road and a part with a plain word.
const REACH: usize = 12;

fn attach(scan: Scan<'_>, roads: &mut [Road], elements: Vec<Element>) {
    // First the parts that continue a road, then those that lead to the next one.
    let mut waiting: Vec<Element> = Vec::new();
    for element in elements {
        let after = roads.partition_point(|road| road.first < element.first);
        let next_is_near = roads
            .get(after)
            .is_some_and(|road| all_fillers(scan, element.last + 1, road.first));
        if let Some(road) = after.checked_sub(1).and_then(|at| roads.get_mut(at)) {
            let end = road
                .parts
                .iter()
                .map(|part| part.last)
                .fold(road.last, usize::max);
            let beside = all_fillers(scan, end + 1, element.first);
            let near = element.strong
                && element.first.saturating_sub(end) <= REACH
                && same_sentence(scan, end + 1, element.first)
                && !next_is_near;
            if !road.has(&element.part) && (beside || near) {
                road.beside |= beside;
                road.parts.push(element);
                continue;
            }
        }
        waiting.push(element);
    }
    for element in waiting.into_iter().rev() {
        let after = roads.partition_point(|road| road.first < element.first);
        let Some(road) = roads.get_mut(after) else {
            continue;
        };
        let start = road
            .parts
            .iter()
            .map(|part| part.first)
            .fold(road.first, usize::min);
        if !road.has(&element.part) && all_fillers(scan, element.last + 1, start) {
            road.beside = true;
            road.parts.push(element);
        }
    }
}

fn all_fillers(scan: Scan<'_>, from: usize, to: usize) -> bool {
    to.saturating_sub(from) <= 8 && (from..to).all(|at| filler(scan, at))
}

fn same_sentence(scan: Scan<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|at| {
        scan.tokens.get(at).is_some_and(|token| match token.kind {
            TokenKind::Break | TokenKind::Sign(';' | '!' | '?') => false,
            // A full stop ends a sentence when a space follows and the word before is not an abbreviation.
            TokenKind::Sign('.') => {
                scan.touches_previous(at + 1)
                    || at
                        .checked_sub(1)
                        .and_then(|before| scan.word(before))
                        .is_some_and(|word| word.len() <= 3)
            }
            _ => true,
        })
    })
}

/// Words and signs that join the parts of one place.
fn filler(scan: Scan<'_>, at: usize) -> bool {
    let Some(token) = scan.tokens.get(at) else {
        return false;
    };
    match &token.kind {
        TokenKind::Word(word) => matches!(
            word.as_str(),
            "op" | "de"
                | "het"
                | "in"
                | "ter"
                | "hoogte"
                | "van"
                | "thv"
                | "t"
                | "h"
                | "v"
                | "bij"
                | "aan"
                | "nabij"
                | "tussen"
                | "ongeveer"
                | "ca"
                | "tot"
                | "voor"
                | "na"
                | "ri"
                | "kant"
                | "rijbaan"
                | "autosnelweg"
                | "snelweg"
                | "sur"
                | "l"
                | "la"
                | "le"
                | "les"
                | "a"
                | "au"
                | "du"
                | "d"
                | "en"
                | "hauteur"
                | "niveau"
                | "entre"
                | "dans"
                | "vers"
                | "autoroute"
                | "chaussee"
                | "pres"
                | "environ"
                | "avant"
                | "apres"
                | "cote"
                | "auf"
                | "der"
                | "die"
                | "das"
                | "dem"
                | "den"
                | "bei"
                | "hohe"
                | "zwischen"
                | "am"
                | "im"
                | "an"
                | "autobahn"
                | "vor"
                | "nach"
                | "fahrbahn"
                | "etwa"
                | "ring"
        ),
        TokenKind::Sign(sign) => matches!(
            sign,
            ',' | '-' | '–' | '(' | ')' | ':' | '/' | '.' | '\'' | '’' | '@'
        ),
        TokenKind::Number(_) | TokenKind::Break => false,
    }
}
