//! Conditions of rules over finite domains: can one hold, does one follow from another.
//!
//! Each thing that a literal asks about is a variable with a small closed list of states: how a concept is spoken of, the value
//! of a fact, between which thresholds a number lies. A literal is a set of states of one variable, so a condition is a
//! conjunction of sets and of choices between them, and every question here is settled by trying the choices.

use std::collections::BTreeMap;

use crate::document::{Family, Policy, RuleDocument, RuleSetDocument};
use crate::names::{INPUTS, Literal, NUMBERS, Names};

/// Most choices that one question may try before it is left undecided.
const BUDGET: u32 = 20_000;

/// States of a variable, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct States([u64; 8]);

impl States {
    const NONE: Self = Self([0; 8]);

    fn only(state: usize) -> Self {
        Self::of([state])
    }

    pub(crate) fn of(states: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::NONE;
        for state in states {
            if let Some(word) = set.0.get_mut(state / 64) {
                *word |= 1 << (state % 64);
            }
        }
        set
    }

    fn and(self, other: Self) -> Self {
        let mut out = self;
        for (word, with) in out.0.iter_mut().zip(other.0) {
            *word &= with;
        }
        out
    }

    fn or(self, other: Self) -> Self {
        let mut out = self;
        for (word, with) in out.0.iter_mut().zip(other.0) {
            *word |= with;
        }
        out
    }

    fn without(self, other: Self) -> Self {
        let mut out = self;
        for (word, with) in out.0.iter_mut().zip(other.0) {
            *word &= !with;
        }
        out
    }

    pub(crate) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    fn within(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    fn list(self) -> impl Iterator<Item = usize> {
        (0..512).filter(move |&state| Self::only(state).within(self))
    }
}

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    Concept(u32),
    Fact(u32),
    Number(u8),
    Input(u8),
    Type,
    Discipline(u8),
    Priority,
    Severity,
}

/// A literal: one of these states of this variable.
pub(crate) type Atom = (Variable, States);

/// How a concept may be spoken of. State 0 is "not at all".
pub(crate) mod speech {
    /// Only in an aside: a condition, a fear, another person.
    pub(crate) const ASIDE: usize = 1;
    pub(crate) const ASSERTED: usize = 2;
    pub(crate) const DENIED: usize = 3;
    pub(crate) const PAST: usize = 4;
    pub(crate) const DENIED_AND_PAST: usize = 5;
}
use speech::{ASIDE, ASSERTED, DENIED, DENIED_AND_PAST, PAST};

/// A condition, compiled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    pub(crate) units: Vec<Atom>,
    pub(crate) choices: Vec<Vec<Atom>>,
    /// The units and what follows from them, per variable; `None` when they exclude each other.
    pub(crate) closed: Option<BTreeMap<Variable, States>>,
}

/// The variables, their states, and what follows from what.
#[derive(Debug)]
pub(crate) struct Domain {
    all: BTreeMap<Variable, States>,
    /// When the variable is in one of the states, the other is in one of those.
    consequences: BTreeMap<Variable, Vec<(States, Variable, States)>>,
    thresholds: Vec<Vec<u32>>,
    inputs: Vec<Vec<String>>,
    category_of: Vec<String>,
}

/// The values that a thing can take, however unlikely.
pub(crate) struct Sources<'a> {
    /// Concepts that a term or another concept can express.
    pub(crate) expressed: &'a dyn Fn(u32) -> bool,
    /// Values of facts that something sets.
    pub(crate) settable: &'a dyn Fn(u32, u8) -> bool,
    /// Types that a rule chooses.
    pub(crate) chosen: &'a dyn Fn(u32) -> bool,
}

impl Domain {
    pub(crate) fn new(document: &RuleSetDocument, names: &Names, sources: &Sources<'_>) -> Self {
        let mut domain = Self {
            all: BTreeMap::new(),
            consequences: BTreeMap::new(),
            thresholds: vec![Vec::new(); NUMBERS.len()],
            inputs: vec![Vec::new(); INPUTS.len()],
            category_of: Vec::new(),
        };
        for rule in &document.rules {
            for text in literals(rule) {
                match names.literal("", text) {
                    Ok(Literal::Number(at, _, value)) => {
                        if let Some(list) = domain.thresholds.get_mut(usize::from(at)) {
                            list.extend([value, value.saturating_add(1)]);
                        }
                    }
                    Ok(Literal::Input(at, value)) if value != "*" => {
                        if let Some(list) = domain.inputs.get_mut(usize::from(at)) {
                            list.push(value);
                        }
                    }
                    _ => {}
                }
            }
        }
        for list in &mut domain.thresholds {
            list.push(0);
            list.sort_unstable();
            list.dedup();
        }
        for list in &mut domain.inputs {
            list.sort_unstable();
            list.dedup();
        }
        let add = |domain: &mut Self, variable, states| {
            domain.all.insert(variable, states);
        };
        for (id, concept) in names.concepts.values().zip(document.concept.values()) {
            let mut states = vec![0];
            if (sources.expressed)(*id) {
                states.extend([ASIDE, ASSERTED]);
                if !concept.unnegatable {
                    states.push(DENIED);
                }
                if !concept.timeless {
                    states.push(PAST);
                }
                if !concept.unnegatable && !concept.timeless {
                    states.push(DENIED_AND_PAST);
                }
            }
            add(&mut domain, Variable::Concept(*id), States::of(states));
        }
        for (id, fact) in (0u32..).zip(&names.facts) {
            let values = (0..fact.values.len())
                .filter(|&value| (sources.settable)(id, u8::try_from(value).unwrap_or(u8::MAX)));
            let states = States::of(values.map(|value| value + 1).chain([0]));
            add(&mut domain, Variable::Fact(id), states);
        }
        for at in 0..NUMBERS.len() {
            let count = domain.thresholds.get(at).map_or(0, Vec::len);
            let at = u8::try_from(at).unwrap_or(0);
            add(&mut domain, Variable::Number(at), States::of(0..=count));
        }
        for at in 0..INPUTS.len() {
            let count = domain.inputs.get(at).map_or(0, Vec::len);
            let at = u8::try_from(at).unwrap_or(0);
            // State 0 is "absent", 1 any value that no rule names.
            add(&mut domain, Variable::Input(at), States::of(0..count + 2));
        }
        domain.category_of = names
            .types
            .keys()
            .map(|code| code.split('.').next().unwrap_or("").to_owned())
            .collect();
        let chosen = names.types.values().filter(|id| (sources.chosen)(**id));
        let types = States::of(chosen.map(|id| *id as usize + 1).chain([0]));
        add(&mut domain, Variable::Type, types);
        for number in 1..=5 {
            add(&mut domain, Variable::Discipline(number), States::of(0..2));
        }
        add(&mut domain, Variable::Priority, States::of(0..=4));
        add(&mut domain, Variable::Severity, States::of(0..=8));
        domain.follow(document, names);
        domain
    }

    /// What an asserted or denied concept brings with it.
    fn follow(&mut self, document: &RuleSetDocument, names: &Names) {
        let dangerous = document.policy.get(&Family::Facts);
        let dangerous = dangerous.is_none_or(|policy| *policy == Policy::MostDangerous);
        for (id, concept) in names.concepts.values().zip(document.concept.values()) {
            let list = self.consequences.entry(Variable::Concept(*id)).or_default();
            let asserted = States::only(ASSERTED);
            for other in &concept.implies {
                if let Ok(other) = names.concept("", other) {
                    list.push((asserted, Variable::Concept(other), asserted));
                }
            }
            // Facts take the most dangerous of the values given to them: at least this one.
            let denied = States::of([DENIED, DENIED_AND_PAST]);
            for (when, facts) in [(asserted, &concept.sets), (denied, &concept.denied)] {
                for fact in facts.iter().filter(|_| dangerous) {
                    if let Ok((fact, value)) = names.fact("", fact) {
                        let count = names.facts.get(fact as usize).map_or(0, |f| f.values.len());
                        let states = States::of(usize::from(value) + 1..=count);
                        list.push((when, Variable::Fact(fact), states));
                    }
                }
            }
        }
    }

    /// Returns the states of a literal.
    pub(crate) fn atom(&self, literal: &Literal) -> Atom {
        let numbers = |at: u8, holds: &dyn Fn(u32) -> bool| {
            let list = self.thresholds.get(usize::from(at));
            let states = list.into_iter().flatten().enumerate();
            States::of(
                states
                    .filter(|(_, value)| holds(**value))
                    .map(|(state, _)| state + 1),
            )
        };
        match literal {
            Literal::Asserted(c) => (Variable::Concept(*c), States::only(ASSERTED)),
            Literal::Denied(c) => (Variable::Concept(*c), States::of([DENIED, DENIED_AND_PAST])),
            Literal::Past(c) => (Variable::Concept(*c), States::of([PAST, DENIED_AND_PAST])),
            Literal::Said(c) => (
                Variable::Concept(*c),
                States::of([ASIDE, ASSERTED, DENIED, PAST, DENIED_AND_PAST]),
            ),
            Literal::Fact(f, v) => (Variable::Fact(*f), States::only(usize::from(*v) + 1)),
            Literal::Number(at, compare, wanted) => (
                Variable::Number(*at),
                numbers(*at, &|value| compare.holds(value, *wanted)),
            ),
            Literal::Input(at, value) => {
                let list = self.inputs.get(usize::from(*at)).map_or(&[][..], |l| l);
                let states = if value == "*" {
                    States::of(1..list.len() + 2)
                } else {
                    let at = list.iter().position(|known| known == value);
                    States::of(at.map(|at| at + 2))
                };
                (Variable::Input(*at), states)
            }
            Literal::Type(t) => (Variable::Type, States::only(*t as usize + 1)),
            Literal::Category(category) => {
                let of = self.category_of.iter().enumerate();
                let states = of.filter(|(_, c)| *c == category).map(|(at, _)| at + 1);
                (Variable::Type, States::of(states))
            }
            Literal::Discipline(number) => (Variable::Discipline(*number), States::only(1)),
            Literal::Priority(compare, wanted) => (
                Variable::Priority,
                States::of(
                    (1u32..=4)
                        .filter(|p| compare.holds(*p, *wanted))
                        .map(|p| p as usize),
                ),
            ),
            Literal::Severity(level) => (Variable::Severity, States::only(*level as usize)),
        }
    }

    fn full(&self, variable: Variable) -> States {
        self.all.get(&variable).copied().unwrap_or(States::NONE)
    }

    fn not(&self, (variable, states): Atom) -> Atom {
        (variable, self.full(variable).without(states))
    }

    /// Compiles the condition of a rule; `None` when a literal names something unknown.
    pub(crate) fn condition(&self, rule: &RuleDocument, names: &Names) -> Option<Condition> {
        let atoms = |list: &[String]| -> Option<Vec<Atom>> {
            list.iter()
                .map(|text| Some(self.atom(&names.literal("", text).ok()?)))
                .collect()
        };
        let mut units = atoms(&rule.all)?;
        units.extend(atoms(&rule.none)?.into_iter().map(|atom| self.not(atom)));
        let mut choices = Vec::new();
        for list in [&rule.any, &rule.any2] {
            match list.len() {
                0 => {}
                1 => units.extend(atoms(list)?),
                _ => choices.push(self.grouped(&atoms(list)?)),
            }
        }
        let closed = self.close(BTreeMap::new(), &units);
        Some(Condition {
            units,
            choices,
            closed,
        })
    }

    /// Joins the atoms of one variable: one of either set.
    fn grouped(&self, atoms: &[Atom]) -> Vec<Atom> {
        let mut by_variable: BTreeMap<Variable, States> = BTreeMap::new();
        for (variable, states) in atoms {
            let states = states.and(self.full(*variable));
            let entry = by_variable.entry(*variable).or_insert(States::NONE);
            *entry = entry.or(states);
        }
        by_variable.into_iter().collect()
    }

    /// Narrows with some atoms and all that follows; `None` when nothing is left of a variable.
    fn close(
        &self,
        mut state: BTreeMap<Variable, States>,
        atoms: &[Atom],
    ) -> Option<BTreeMap<Variable, States>> {
        let mut open: Vec<Atom> = atoms.to_vec();
        while let Some((variable, states)) = open.pop() {
            let old = state.get(&variable).copied();
            let old = old.unwrap_or_else(|| self.full(variable));
            let new = old.and(states);
            if new.is_empty() {
                return None;
            }
            state.insert(variable, new);
            for (when, other, then) in self.consequences.get(&variable).into_iter().flatten() {
                if new.within(*when) {
                    let known = state.get(other).copied();
                    if !known.unwrap_or_else(|| self.full(*other)).within(*then) {
                        open.push((*other, *then));
                    }
                }
            }
        }
        Some(state)
    }

    /// Returns whether a condition can hold together with more atoms and choices; `None` when not decided.
    pub(crate) fn satisfiable(
        &self,
        condition: &Condition,
        atoms: &[Atom],
        choices: &[Vec<Atom>],
    ) -> Option<bool> {
        let Some(closed) = condition.closed.clone() else {
            return Some(false);
        };
        let Some(state) = self.close(closed, atoms) else {
            return Some(false);
        };
        let mut all: Vec<&[Atom]> = condition.choices.iter().map(Vec::as_slice).collect();
        all.extend(choices.iter().map(Vec::as_slice));
        let mut budget = BUDGET;
        self.search(&state, &all, &mut budget)
    }

    fn search(
        &self,
        state: &BTreeMap<Variable, States>,
        choices: &[&[Atom]],
        budget: &mut u32,
    ) -> Option<bool> {
        *budget = budget.checked_sub(1)?;
        let Some((first, rest)) = choices.split_first() else {
            return self.settle(state, budget);
        };
        let mut undecided = false;
        for (variable, states) in *first {
            if let Some(narrower) = self.close(state.clone(), &[(*variable, *states)]) {
                match self.search(&narrower, rest, budget) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => undecided = true,
                }
            }
        }
        if undecided { None } else { Some(false) }
    }

    /// Every choice is made: a variable whose remaining states all have consequences must still pick one.
    fn settle(&self, state: &BTreeMap<Variable, States>, budget: &mut u32) -> Option<bool> {
        *budget = budget.checked_sub(1)?;
        let torn = state.iter().find(|(variable, states)| {
            let Some(list) = self.consequences.get(variable) else {
                return false;
            };
            states.list().count() > 1
                && states.list().all(|one| {
                    list.iter()
                        .any(|(when, ..)| States::only(one).within(*when))
                })
        });
        let Some((variable, states)) = torn else {
            return Some(true);
        };
        let mut undecided = false;
        for one in states.list() {
            if let Some(narrower) = self.close(state.clone(), &[(*variable, States::only(one))]) {
                match self.settle(&narrower, budget) {
                    Some(true) => return Some(true),
                    Some(false) => {}
                    None => undecided = true,
                }
            }
        }
        if undecided { None } else { Some(false) }
    }

    /// Returns whether both conditions can hold at once.
    pub(crate) fn overlap(&self, a: &Condition, b: &Condition) -> Option<bool> {
        self.satisfiable(a, &b.units, &b.choices)
    }

    /// Returns whether `b` holds wherever `a` does.
    pub(crate) fn implies(&self, a: &Condition, b: &Condition) -> Option<bool> {
        let Some(closed) = &a.closed else {
            return Some(true);
        };
        let narrowed = |variable: &Variable| closed.contains_key(variable) || !a.choices.is_empty();
        let mut undecided = false;
        for (variable, states) in &b.units {
            if closed
                .get(variable)
                .is_some_and(|known| known.within(*states))
            {
                continue;
            }
            if !narrowed(variable) && !self.full(*variable).within(*states) {
                return Some(false);
            }
            match self.satisfiable(a, &[self.not((*variable, *states))], &[]) {
                Some(true) => return Some(false),
                Some(false) => {}
                None => undecided = true,
            }
        }
        for choice in &b.choices {
            if !choice.iter().any(|(variable, _)| narrowed(variable)) {
                return Some(false);
            }
            let negated: Vec<Atom> = choice.iter().map(|atom| self.not(*atom)).collect();
            match self.satisfiable(a, &negated, &[]) {
                Some(true) => return Some(false),
                Some(false) => {}
                None => undecided = true,
            }
        }
        if undecided { None } else { Some(true) }
    }
}

/// Returns every literal of a rule, as written.
pub(crate) fn literals(rule: &RuleDocument) -> impl Iterator<Item = &String> {
    rule.all
        .iter()
        .chain(&rule.any)
        .chain(&rule.any2)
        .chain(&rule.none)
}
