//! What two members of an `allOf` say of one property, compared.
//!
//! In: the two schemas, in the order of the members. Out: whether one of them says all that the other one does, so that its type is the
//! type of both; whether the type must be made of both; or that no value is both. Descriptions, bounds and formats choose no side: see
//! `joint`. Nothing is resolved here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::document::Document;
use crate::pointer::Pointer;

use super::outline::{Keys, Outline};

/// Which of two schemas says what both say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The later one does.
    Later,
    /// The earlier one does.
    Earlier,
    /// Each of them says something that the other one does not.
    Both,
    /// No value is both: their types or the values that they list differ.
    Unlike,
}

/// Two places that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unlike {
    pub(super) earlier: Pointer,
    pub(super) later: Pointer,
    /// What the property is in the earlier and in the later one, where that is what differs.
    pub(super) types: Option<(String, String)>,
    /// The property below the two schemas where they differ; empty for the schemas themselves.
    pub(super) below: String,
}

/// Compares two schemas. Returns the contradictions, too: for each of them the later schema counts.
pub(super) fn relation(
    document: &Document,
    earlier: &Pointer,
    later: &Pointer,
) -> (Relation, Vec<Unlike>) {
    let mut comparer = Comparer::of(document);
    let forwards = comparer.compare(earlier, later);
    let is_here = |unlike: &Unlike| unlike.earlier == *earlier && unlike.later == *later;
    let relation = if forwards.unlike.iter().any(is_here) {
        Relation::Unlike
    } else if !forwards.adds {
        Relation::Later
    } else if forwards.unlike.is_empty() && !comparer.compare(later, earlier).adds {
        Relation::Earlier
    } else {
        Relation::Both
    };
    (relation, forwards.unlike)
}

/// What one schema says beside another one.
#[derive(Default)]
struct Comparison {
    /// Whether it says something that the other one does not.
    adds: bool,
    unlike: Vec<Unlike>,
}

/// A pair of schemas, with the name of the property at which they are.
struct Pair {
    one: Pointer,
    other: Pointer,
    below: String,
}

/// Compares schemas. Whether one fits a member of a choice can depend on whether it does: schemas contain themselves. So each pair is taken to
/// fit until something is found against it; then the pairs that relied on it are compared again.
struct Comparer<'a> {
    document: &'a Document,
    /// Whether a value of the second schema of a pair can be one of the first.
    fits: BTreeMap<Ends, bool>,
    /// The pairs that are to be compared.
    pending: Vec<Ends>,
    /// The pairs that the present comparison relies on.
    asked: BTreeSet<Ends>,
    /// The pairs whose comparison relied on a pair.
    users: BTreeMap<Ends, BTreeSet<Ends>>,
}

/// Two schemas by their places, where no reference is left to follow.
type Ends = (Pointer, Pointer);

impl<'a> Comparer<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            document,
            fits: BTreeMap::new(),
            pending: Vec::new(),
            asked: BTreeSet::new(),
            users: BTreeMap::new(),
        }
    }

    fn ends(&self, one: &Pointer, other: &Pointer) -> Ends {
        (self.document.end(one), self.document.end(other))
    }

    /// What one schema says beside another one.
    fn compare(&mut self, one: &Pointer, other: &Pointer) -> Comparison {
        self.compared(one, other);
        self.settle();
        self.compared(one, other)
    }

    /// Compares all pairs that something relies on, until nothing changes: a pair that fits can only become one that does not.
    fn settle(&mut self) {
        while let Some(ends) = self.pending.pop() {
            if self.fits.get(&ends) == Some(&false) {
                continue;
            }
            self.asked.clear();
            let found = self.compared(&ends.0, &ends.1);
            for asked in std::mem::take(&mut self.asked) {
                self.users.entry(asked).or_default().insert(ends.clone());
            }
            if found.says_something() {
                self.pending
                    .extend(self.users.remove(&ends).unwrap_or_default());
                self.fits.insert(ends, false);
            }
        }
    }

    /// Compares one schema with another one, and the schemas inside them, each pair once, by what is known of the members of choices.
    fn compared(&mut self, one: &Pointer, other: &Pointer) -> Comparison {
        let mut comparison = Comparison::default();
        let mut open = VecDeque::from([Pair::new(one, other)]);
        let mut seen: BTreeSet<Ends> = BTreeSet::new();
        while let Some(pair) = open.pop_front() {
            let ends = self.ends(&pair.one, &pair.other);
            if ends.0 != ends.1 && seen.insert(ends) {
                comparison.pair(self, &pair, &mut open);
            }
        }
        comparison
    }

    /// Whether a schema is one of the members of a choice, or says all that one of them does, as far as it is known.
    fn fits(&mut self, members: &[Pointer], schema: &Pointer) -> bool {
        members
            .iter()
            .any(|member| self.fits_member(member, schema))
    }

    fn fits_member(&mut self, member: &Pointer, schema: &Pointer) -> bool {
        let ends = self.ends(member, schema);
        if ends.0 == ends.1 {
            return true;
        }
        self.asked.insert(ends.clone());
        if let Some(fits) = self.fits.get(&ends) {
            return *fits;
        }
        let fits = self.may_fit(&ends);
        if fits {
            self.pending.push(ends.clone());
        }
        self.fits.insert(ends, fits);
        fits
    }

    /// Whether nothing is against a pair that needs no look at the schemas inside.
    fn may_fit(&mut self, ends: &Ends) -> bool {
        let is_choice = |schema: &Pointer| !Outline::of(self.document, schema).choices.is_empty();
        if is_choice(&ends.0) || is_choice(&ends.1) {
            return true;
        }
        let mut comparison = Comparison::default();
        comparison.pair(self, &Pair::new(&ends.0, &ends.1), &mut VecDeque::new());
        !comparison.says_something()
    }

    /// Whether one of these schemas is of this type.
    fn is_of_kind(&self, members: &[Pointer], kind: Option<&str>) -> bool {
        members
            .iter()
            .any(|member| Outline::of(self.document, member).kind == kind)
    }
}

impl Comparison {
    /// Whether it is more than that both say the same.
    fn says_something(&self) -> bool {
        self.adds || !self.unlike.is_empty()
    }

    /// Compares two schemas without those inside, which are added to `open`.
    fn pair(&mut self, comparer: &mut Comparer<'_>, pair: &Pair, open: &mut VecDeque<Pair>) {
        let one = Outline::of(comparer.document, &pair.one);
        let other = Outline::of(comparer.document, &pair.other);
        if one.is_free() {
            return;
        }
        if other.is_free() {
            self.adds = true;
            return;
        }
        match (one.choices.is_empty(), other.choices.is_empty()) {
            (true, true) => {}
            (true, false) => return self.beside_choice(comparer, &one, &other, pair),
            (false, true) => return self.choice(comparer, &one, &other, pair),
            (false, false) => {
                let fits = |member| comparer.fits(&one.choices, member);
                if !other.choices.iter().all(fits) {
                    self.unlike(pair, None);
                }
                return;
            }
        }
        if let (Some(mine), Some(theirs)) = (one.kind, other.kind)
            && mine != theirs
        {
            return self.unlike(pair, Some((mine.to_owned(), theirs.to_owned())));
        }
        self.values(&one, &other, pair);
        self.keys(&one.keys, &other.keys, pair, open);
        match (&one.items, &other.items) {
            (None, _) => {}
            (Some(_), None) => self.adds = true,
            (Some(one), Some(other)) => open.push_back(pair.inside(one, other, "[]")),
        }
    }

    fn unlike(&mut self, pair: &Pair, types: Option<(String, String)>) {
        self.unlike.push(Unlike {
            earlier: pair.one.clone(),
            later: pair.other.clone(),
            types,
            below: pair.below.clone(),
        });
    }

    /// `one` is no choice, the other one is: it can be one of the members, and the properties beside a choice are part of each of them.
    fn beside_choice(
        &mut self,
        comparer: &mut Comparer<'_>,
        one: &Outline<'_>,
        other: &Outline<'_>,
        pair: &Pair,
    ) {
        if one.is_bare() {
            return;
        }
        match one.keys.says_something() || comparer.fits(&other.choices, &pair.one) {
            true => self.adds = true,
            false => self.unlike(pair, None),
        }
    }

    /// `one` is a choice, the other one is not: it can be one of the members, or properties of all of them.
    fn choice(
        &mut self,
        comparer: &mut Comparer<'_>,
        one: &Outline<'_>,
        other: &Outline<'_>,
        pair: &Pair,
    ) {
        if comparer.fits(&one.choices, &pair.other) {
            return;
        }
        if other.is_bare() && comparer.is_of_kind(&one.choices, other.kind) {
            self.adds = true;
            return;
        }
        match other.kind {
            Some("object") => self.adds = true,
            _ => self.unlike(pair, None),
        }
    }

    /// Values that only one of them lists are those of both; of two lists the later one may have fewer.
    fn values(&mut self, one: &Outline<'_>, other: &Outline<'_>, pair: &Pair) {
        if one.values.is_empty() {
            return;
        }
        if other.values.is_empty() {
            self.adds = true;
        } else if !other.lists_only(&one.values) {
            self.unlike(pair, None);
        }
    }

    fn keys(&mut self, one: &Keys<'_>, other: &Keys<'_>, pair: &Pair, open: &mut VecDeque<Pair>) {
        for (name, places) in &one.properties {
            let Some(declared) = other.properties.get(name).and_then(|places| places.last()) else {
                self.adds = true;
                continue;
            };
            let pairs = places
                .iter()
                .map(|place| pair.inside(place, declared, &format!(".{name}")));
            open.extend(pairs);
        }
        self.adds |= !one.required.is_subset(&other.required);
        match (&one.additional, &other.additional) {
            (Some(one), Some(other)) => open.push_back(pair.inside(one, other, "{}")),
            (Some(one), None) => match &other.closed {
                Some(closed) => self.unlike(&pair.inside(one, closed, "{}"), None),
                None => self.adds = true,
            },
            (None, Some(_)) => {}
            (None, None) => self.adds |= one.is_open && !other.is_open && other.closed.is_none(),
        }
    }
}

impl Pair {
    fn new(one: &Pointer, other: &Pointer) -> Self {
        Self {
            one: one.clone(),
            other: other.clone(),
            below: String::new(),
        }
    }

    fn inside(&self, one: &Pointer, other: &Pointer, step: &str) -> Self {
        Self {
            one: one.clone(),
            other: other.clone(),
            below: format!("{}{step}", self.below),
        }
    }
}
