//! Several incidents at once.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::hash::BuildHasherDefault;

use kabat_core::{IncidentId, Meters, Priority, ResourceId};

use crate::index::{IdHasher, ground, ground_between};
use crate::{CostModel, Reach, Request, Scratch, UnitIndex};

/// One unit wanted by one incident; an incident that wants three has three demands.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Demand {
    /// The incident.
    pub incident: IncidentId,
    /// Where, what the unit must be able to do, how far at most, and who is left out.
    pub request: Request,
    /// How urgent it is: decides what may be pre-empted.
    pub priority: Priority,
    /// Multiplies the cost; 1 treats all alike. What a priority is worth is the caller's policy.
    pub weight: f64,
}

/// Which units that are at work already may be called away.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Preemption {
    /// The priority of the incident that each unit is bound to; only a more urgent demand may take the unit.
    pub bound: BTreeMap<ResourceId, Priority>,
    /// Added to the cost of calling one away, at least 0.
    pub penalty: f64,
}

/// A unit for a demand, and why not another.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Matched {
    /// The demand, counted from 0.
    pub demand: usize,
    /// The unit.
    pub unit: ResourceId,
    /// Its cost with weight and penalty.
    pub cost: f64,
    /// The length on the ground: within 1 cm of the geodesic at 100 km, much cheaper to compute.
    /// [`geodesic`](crate::geodesic) gives the exact one.
    #[cfg_attr(feature = "serde", serde(rename = "distance_m"))]
    pub distance: Meters,
    /// Whether it is called away from a less urgent incident.
    pub preempted: bool,
    /// How much the total would fall if there were a second unit just like it: 0 when nobody else wants it.
    pub price: f64,
    /// Units that cost less for this demand and serve another one: (unit, its cost here, the demand it serves).
    pub yielded: Vec<(ResourceId, f64, usize)>,
}

/// Units for several demands.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct JointAssignment {
    /// By demand.
    pub matched: Vec<Matched>,
    /// Demands that got no unit.
    pub unfilled: Vec<usize>,
    /// The sum of the costs.
    pub total: f64,
}

/// What an unfilled demand costs, times its weight: more than any way to fill it.
const UNFILLED: f64 = 1e9;

/// Gives units to demands so that as many as possible are filled and the total cost is least, over all units.
///
/// Shortest augmenting paths on a graph that is fetched as it is needed: the first unit of a demand that has not been
/// listed is itself an event in the queue, with the model's bound as its cost, so units are asked of the index only
/// when they could matter. Which demands stay unfilled, when units are short, is decided by weight and cost.
/// Costs of a model must stay below 1,000,000,000 in total.
pub fn assign_jointly<M: CostModel + ?Sized>(
    index: &UnitIndex,
    demands: &[Demand],
    model: &M,
    preemption: Option<&Preemption>,
) -> JointAssignment {
    let mut solver = Solver::new(index, demands, model, preemption);
    for row in 0..demands.len() {
        // INVARIANT: every row has its own column of last resort, so a path always exists.
        let _ = solver.augment(row);
    }
    let yielded = (0..demands.len()).map(|row| solver.yielded(row)).collect();
    solver.result(yielded)
}

/// Gives each demand in turn the unit that costs least and is left: what a dispatcher does by hand.
pub fn assign_greedily<M: CostModel + ?Sized>(
    index: &UnitIndex,
    demands: &[Demand],
    model: &M,
    preemption: Option<&Preemption>,
) -> JointAssignment {
    let mut solver = Solver::new(index, demands, model, preemption);
    let mut taken = BTreeSet::new();
    for row in 0..demands.len() {
        let mut place = 0;
        while let Some((_, column)) = solver.entry(row, place) {
            if column < demands.len() || taken.insert(column) {
                solver.give(row, column);
                break;
            }
            place += 1;
        }
    }
    let nothing = demands.iter().map(|_| Vec::new()).collect();
    solver.result(nothing)
}

#[derive(Debug, Default, Clone)]
struct Row {
    /// (cost, column), ascending: nothing unlisted is cheaper than the last one.
    ready: Vec<(f64, usize)>,
    looked: usize,
    exhausted: bool,
    dual: f64,
    column: Option<usize>,
    /// The length of the path to this row in the search at hand.
    at: f64,
}

#[derive(Debug, Clone, Copy)]
struct Column {
    /// `None` is the column of last resort of the row with the same number.
    unit: Option<ResourceId>,
    dual: f64,
    row: Option<usize>,
    shortest: f64,
    from: usize,
    visit: usize,
    done: bool,
}

impl Column {
    const fn of(unit: Option<ResourceId>) -> Self {
        Self {
            unit,
            dual: 0.0,
            row: None,
            shortest: f64::INFINITY,
            from: 0,
            visit: usize::MAX,
            done: false,
        }
    }
}

struct Solver<'a, M: ?Sized> {
    index: &'a UnitIndex,
    demands: &'a [Demand],
    model: &'a M,
    preemption: Option<&'a Preemption>,
    rows: Vec<Row>,
    columns: Vec<Column>,
    known: HashMap<ResourceId, usize, BuildHasherDefault<IdHasher>>,
    scratch: Scratch,
}

/// A place on the frontier of a search, ordered by cost and then by number.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Event {
    cost: f64,
    /// The place in the row's list, or `None` for a column that has been reached.
    place: Option<usize>,
    number: usize,
}

impl Eq for Event {}

impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost
            .total_cmp(&other.cost)
            .then(self.place.cmp(&other.place))
            .then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a, M: CostModel + ?Sized> Solver<'a, M> {
    fn new(
        index: &'a UnitIndex,
        demands: &'a [Demand],
        model: &'a M,
        preemption: Option<&'a Preemption>,
    ) -> Self {
        Self {
            index,
            demands,
            model,
            preemption,
            rows: vec![Row::default(); demands.len()],
            columns: vec![Column::of(None); demands.len()],
            known: HashMap::default(),
            scratch: Scratch::default(),
        }
    }

    /// Returns the cost and column at a place of a row's list, fetching more units when they are needed.
    fn entry(&mut self, row: usize, place: usize) -> Option<(f64, usize)> {
        loop {
            let state = self.rows.get(row)?;
            if let Some(&entry) = state.ready.get(place) {
                return Some(entry);
            }
            if state.exhausted {
                return None;
            }
            self.fetch(row);
        }
    }

    fn fetch(&mut self, row: usize) {
        let (Some(demand), Some(state)) = (self.demands.get(row), self.rows.get_mut(row)) else {
            return;
        };
        let weight = if demand.weight.is_finite() {
            demand.weight.max(0.0)
        } else {
            1.0
        };
        let look = if state.looked == 0 {
            6
        } else {
            state.looked.saturating_mul(2)
        };
        let mut request = demand.request.clone();
        if self.preemption.is_some() {
            request.reach = Reach::All;
        }
        let hits = self.index.nearest_into(&request, look, &mut self.scratch);
        let exhausted = hits.len() < look;
        let bound = match hits.last() {
            Some(hit) if !exhausted => self.model.lower_bound(ground(hit.chord_m)) * weight,
            _ => f64::INFINITY,
        };
        let before = state.ready.len();
        let mut ready = Vec::with_capacity(hits.len() + 1);
        for hit in hits {
            let Some(unit) = self.index.found(hit) else {
                continue;
            };
            let away = !unit.status.is_assignable();
            let allowed = !away
                || self.preemption.is_some_and(|rule| {
                    rule.bound
                        .get(&unit.id)
                        .is_some_and(|bound| bound.rank() > demand.priority.rank())
                });
            if !allowed {
                continue;
            }
            let penalty = match self.preemption {
                Some(rule) if away => rule.penalty.max(0.0),
                _ => 0.0,
            };
            let cost = self
                .model
                .cost(&unit, demand.request.at, ground(hit.chord_m));
            if let Some(cost) = cost
                .map(|cost| cost * weight + penalty)
                .filter(|c| *c >= 0.0 && *c < UNFILLED)
            {
                // Only what the bound has passed is in its final place.
                if cost <= bound {
                    ready.push((cost, hit.id));
                }
            }
        }
        ready.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        state.looked = look;
        let known = &mut self.known;
        let columns = &mut self.columns;
        let listed = ready.into_iter().map(|(cost, id)| {
            let column = *known.entry(id).or_insert_with(|| {
                columns.push(Column::of(Some(id)));
                columns.len() - 1
            });
            (cost, column)
        });
        let listed: Vec<(f64, usize)> = listed.collect();
        // The bound rises, so what was listed stays; only an equal cost at the old bound may come in between.
        if listed.get(..before) == Some(state.ready.as_slice()) {
            state.ready = listed;
        } else {
            let seen: BTreeSet<usize> = state.ready.iter().map(|&(_, column)| column).collect();
            let new = listed
                .into_iter()
                .filter(|(_, column)| !seen.contains(column));
            state.ready.extend(new);
        }
        if exhausted {
            state.exhausted = true;
            state
                .ready
                .push((UNFILLED * weight.max(f64::MIN_POSITIVE), row));
        }
    }

    fn give(&mut self, row: usize, column: usize) {
        if let (Some(state), Some(taken)) = (self.rows.get_mut(row), self.columns.get_mut(column)) {
            state.column = Some(column);
            taken.row = Some(row);
        }
    }

    /// Finds the cheapest way to give `start` a column, moving others on where that pays.
    fn augment(&mut self, start: usize) -> Option<()> {
        let mut search = Search {
            start,
            open: BinaryHeap::new(),
            reached: Vec::new(),
            cheapest: f64::INFINITY,
        };
        let mut closed: Vec<usize> = Vec::new();
        search.enter(self, start, 0.0)?;
        let (sink, total) = loop {
            let Reverse(event) = search.open.pop()?;
            let Some(place) = event.place else {
                let state = self.columns.get_mut(event.number)?;
                if state.done || event.cost > state.shortest {
                    continue;
                }
                state.done = true;
                let Some(row) = state.row else {
                    break (event.number, event.cost);
                };
                closed.push(event.number);
                search.enter(self, row, event.cost)?;
                continue;
            };
            // The next unit of this row is not listed: fetch, and go on where the list ended.
            self.fetch(event.number);
            search.relax(self, event.number, place)?;
        };
        let Search { reached, .. } = search;
        for row in reached {
            let state = self.rows.get_mut(row)?;
            state.dual += total - state.at;
        }
        for column in closed {
            let state = self.columns.get_mut(column)?;
            state.dual -= total - state.shortest;
        }
        let mut column = sink;
        loop {
            let row = self.columns.get(column)?.from;
            let before = self.rows.get(row)?.column;
            self.give(row, column);
            if row == start {
                return Some(());
            }
            column = before?;
        }
    }

    /// The length of the path to a row, and on to a unit of this cost that nobody else wants.
    fn key(&self, row: usize, cost: f64) -> Option<f64> {
        let state = self.rows.get(row)?;
        Some(state.at + cost - state.dual)
    }

    fn yielded(&self, row: usize) -> Vec<(ResourceId, f64, usize)> {
        let Some(state) = self.rows.get(row) else {
            return Vec::new();
        };
        let cheaper = state
            .ready
            .iter()
            .take_while(|&&(_, column)| Some(column) != state.column);
        cheaper
            .filter_map(|&(cost, column)| {
                let taken = self.columns.get(column)?;
                Some((taken.unit?, cost, taken.row?))
            })
            .collect()
    }

    fn result(&self, yielded: Vec<Vec<(ResourceId, f64, usize)>>) -> JointAssignment {
        let mut result = JointAssignment::default();
        for (demand, (state, yielded)) in self.rows.iter().zip(yielded).enumerate() {
            let column = state
                .column
                .and_then(|number| Some((number, self.columns.get(number)?)));
            let unit = column.and_then(|(_, column)| self.index.get(column.unit?));
            let (Some(unit), Some((number, column)), Some(asked)) =
                (unit, column, self.demands.get(demand))
            else {
                result.unfilled.push(demand);
                continue;
            };
            let listed = state.ready.iter().find(|&&(_, listed)| listed == number);
            let cost = listed.map_or(0.0, |&(cost, _)| cost);
            result.total += cost;
            result.matched.push(Matched {
                demand,
                unit: unit.id,
                cost,
                distance: ground_between(asked.request.at, unit.position),
                preempted: !unit.status.is_assignable(),
                price: -column.dual,
                yielded,
            });
        }
        result
    }
}

/// One search for the cheapest path from a row to a column that is free.
struct Search {
    start: usize,
    open: BinaryHeap<Reverse<Event>>,
    reached: Vec<usize>,
    /// The shortest path to a free column so far: nothing at or above it needs to be looked at.
    cheapest: f64,
}

impl Search {
    fn enter<M: CostModel + ?Sized>(
        &mut self,
        solver: &mut Solver<'_, M>,
        row: usize,
        at: f64,
    ) -> Option<()> {
        self.reached.push(row);
        let state = solver.rows.get_mut(row)?;
        state.at = at;
        if state.looked == 0 {
            solver.fetch(row);
        }
        self.relax(solver, row, 0)
    }

    /// Goes through a row's list from a place; the list ascends, and a column's dual is at most 0, so the first
    /// entry that is too dear ends it.
    fn relax<M: CostModel + ?Sized>(
        &mut self,
        solver: &mut Solver<'_, M>,
        row: usize,
        from: usize,
    ) -> Option<()> {
        let state = solver.rows.get(row)?;
        let mut last = 0.0;
        for &(cost, column) in state.ready.get(from..)? {
            last = cost;
            let key = state.at + cost - state.dual;
            if key >= self.cheapest {
                return Some(());
            }
            let reached = solver.columns.get_mut(column)?;
            if reached.visit != self.start {
                (reached.visit, reached.shortest, reached.done) =
                    (self.start, f64::INFINITY, false);
            }
            let through = key - reached.dual;
            if !reached.done && through < reached.shortest && through < self.cheapest {
                (reached.shortest, reached.from) = (through, row);
                if reached.row.is_none() {
                    self.cheapest = through;
                }
                self.open.push(Reverse(Event {
                    cost: through,
                    place: None,
                    number: column,
                }));
            }
        }
        if !state.exhausted {
            last = state.ready.last().map_or(last, |&(cost, _)| cost);
            let cost = solver.key(row, last)?;
            self.open.push(Reverse(Event {
                cost,
                place: Some(state.ready.len()),
                number: row,
            }));
        }
        Some(())
    }
}
