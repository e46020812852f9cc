//! Inline schemas that are equal. In: the types with their names. Out: for each one that is equal to others of the same product, the one of
//! these that has the item: all are one type, which has the names of all.
//!
//! A name still depends on its node alone: which types are equal decides only what the name is of. The item is that of the first pointer, so
//! that the order of a document's keys says nothing. Equal is what emits the same code but for its own name, with the same documentation. A
//! schema of its own, below `components`, is never shared: whoever wrote it meant a type.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Ty, Type, TypeKind, Usage};
use crate::pointer::Pointer;

use super::{Namer, Names};

impl Namer<'_> {
    /// Finds the types that are equal to others, where `sdk.toml` says that they are shared.
    pub(super) fn equal(&mut self) {
        let Some(rule) = &self.config.equal_inline else {
            return;
        };
        let mut types: Vec<(&Pointer, &Type)> = self.api.types.iter().collect();
        types.sort_by_key(|(pointer, _)| *pointer);
        self.names.same = Classes::new(&self.names, &types).found();
        if !self.names.same.is_empty() {
            rule.mark();
        }
    }
}

/// The types, sorted into classes of equal ones.
struct Classes<'a> {
    names: &'a Names,
    types: &'a [(&'a Pointer, &'a Type)],
    /// The position of each type.
    places: BTreeMap<&'a Pointer, usize>,
    /// The class of each inline type, by its position: a type of that class.
    class: BTreeMap<usize, usize>,
    /// The class of each text.
    known: BTreeMap<String, usize>,
    /// The types that stay apart: they are variants of one union, which can be told apart only as two types.
    apart: BTreeSet<usize>,
}

impl<'a> Classes<'a> {
    fn new(names: &'a Names, types: &'a [(&'a Pointer, &'a Type)]) -> Self {
        let places = types.iter().enumerate();
        Self {
            names,
            types,
            places: places
                .map(|(place, (pointer, _))| (*pointer, place))
                .collect(),
            class: BTreeMap::new(),
            known: BTreeMap::new(),
            apart: BTreeSet::new(),
        }
    }

    /// The types that are equal to one before them, each with the first of these.
    fn found(mut self) -> BTreeMap<Pointer, Pointer> {
        let order = self.in_order();
        self.sort(&order);
        self.part();
        if !self.apart.is_empty() {
            // What refers to one of them is equal only to what refers to the very same.
            self.class.clear();
            self.known.clear();
            self.sort(&order);
        }
        let mut first: BTreeMap<usize, &Pointer> = BTreeMap::new();
        let mut same = BTreeMap::new();
        for (place, (pointer, _)) in self.types.iter().enumerate() {
            let Some(class) = self.class.get(&place) else {
                continue;
            };
            match first.get(class) {
                Some(first) => {
                    same.insert((*pointer).clone(), (*first).clone());
                }
                None => {
                    first.insert(*class, pointer);
                }
            }
        }
        same
    }

    /// The inline types, each behind those that it refers to. Those that contain themselves are left out.
    fn in_order(&self) -> Vec<usize> {
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        let mut above: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, (pointer, ty)) in self.types.iter().enumerate() {
            if !is_inline(pointer) {
                continue;
            }
            let below: BTreeSet<usize> = self.inline_below(ty).collect();
            open.insert(place, below.len());
            for one in below {
                above.entry(one).or_default().push(place);
            }
        }
        let ready = open.iter().filter(|(_, left)| **left == 0);
        let mut ready: BTreeSet<usize> = ready.map(|(place, _)| *place).collect();
        let mut order = Vec::new();
        while let Some(place) = ready.pop_first() {
            order.push(place);
            for one in above.get(&place).into_iter().flatten() {
                if let Some(left) = open.get_mut(one) {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        ready.insert(*one);
                    }
                }
            }
        }
        order
    }

    /// The inline types that a type refers to.
    fn inline_below<'t>(&'t self, ty: &'t Type) -> impl Iterator<Item = usize> + 't {
        let named = ty.uses().into_iter().filter_map(Ty::named);
        let inline = named.filter(|pointer| is_inline(pointer));
        inline.filter_map(|pointer| self.places.get(pointer).copied())
    }

    /// Finds the class of each type but of those that stay apart; those of all that it refers to come before it.
    fn sort(&mut self, order: &[usize]) {
        for place in order.iter().filter(|place| !self.apart.contains(place)) {
            let Some((pointer, ty)) = self.types.get(*place).copied() else {
                continue;
            };
            if let Some(product) = self.product(pointer) {
                let text = self.text(product, ty);
                let class = *self.known.entry(text).or_insert(*place);
                self.class.insert(*place, class);
            }
        }
    }

    /// Finds the variants that would be of one type with an earlier variant of their union: of each union, whether or not it is inline.
    fn part(&mut self) {
        for (_, ty) in self.types {
            let TypeKind::Union(union) = &ty.kind else {
                continue;
            };
            let mut seen: BTreeMap<String, &Ty> = BTreeMap::new();
            for variant in &union.variants {
                let mut ty = variant.ty.clone();
                self.to_class(&mut ty);
                if let Ty::Boxed(pointer) = ty {
                    // A union converts from the type itself.
                    ty = Ty::Named(pointer);
                }
                let first = *seen.entry(format!("{ty:?}")).or_insert(&variant.ty);
                let own = variant.ty.named();
                let own = own.filter(|own| first.named() != Some(own));
                let place = own.and_then(|own| self.places.get(own));
                self.apart.extend(place);
            }
        }
    }

    /// The feature of the product that a type is in. What several products use is compiled with any of them, and stays as it is.
    fn product(&self, pointer: &Pointer) -> Option<&'a str> {
        let home = self.names.homes.types.get(pointer)?;
        self.names.products.around(home)
    }

    /// What a type is, in words that are the same for equal ones.
    fn text(&self, product: &str, ty: &Type) -> String {
        let mut ty = ty.clone();
        for used in ty.uses_mut() {
            self.to_class(used);
        }
        let blank = Pointer::root();
        let named = |names: &BTreeMap<Pointer, String>, pointer: &Pointer| {
            let name = names.get(pointer).map(String::as_str);
            blank.push(name.unwrap_or_default())
        };
        match &mut ty.kind {
            TypeKind::Struct(object) => {
                for field in &mut object.fields {
                    field.pointer = named(&self.names.fields, &field.pointer);
                }
                for tag in &mut object.tags {
                    tag.pointer = blank.clone();
                }
                for choice in &mut object.choices {
                    choice.pointer = blank.clone();
                }
            }
            TypeKind::Enum(list) => {
                // It is the same in requests and in responses.
                ty.usage = Usage::default();
                for value in &mut list.values {
                    value.pointer = named(&self.names.variants, &value.pointer);
                }
            }
            TypeKind::Union(union) => {
                for variant in &mut union.variants {
                    variant.pointer = named(&self.names.variants, &variant.pointer);
                    variant.source = blank.clone();
                }
                for (_, common) in &mut union.common {
                    self.to_class(common);
                }
            }
        }
        format!("{product} {ty:?}")
    }

    /// Refers to the class of an inline type in place of the type. One without a class, such as one that stays apart, is its own.
    fn to_class(&self, ty: &mut Ty) {
        let mut inner = ty;
        loop {
            match inner {
                Ty::List(of) | Ty::Map(of) | Ty::Nullable(of) => inner = of,
                Ty::Named(pointer) | Ty::Boxed(pointer) => {
                    let place = self.places.get(&*pointer);
                    let class = place.and_then(|place| self.class.get(place));
                    if let Some((first, _)) = class.and_then(|class| self.types.get(*class)) {
                        *pointer = (*first).clone();
                    }
                    return;
                }
                _ => return,
            }
        }
    }
}

/// Whether a type is written where it is used, and not as a schema of its own.
fn is_inline(pointer: &Pointer) -> bool {
    let mut steps = pointer.steps();
    let is_component = steps.next().is_some_and(|step| step == "components");
    // `components`, `schemas`, and the name.
    !(is_component && steps.count() == 2)
}
