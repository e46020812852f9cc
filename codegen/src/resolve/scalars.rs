//! Members of a union that are one type in Rust: a choice among strings is a string, a choice among enums is one open enum.
//!
//! In: the members with their types. Out: the same with those merged that nothing would distinguish but their values. A point in time
//! stays beside other strings, and an integer beside other numbers: both are recognised.

use crate::model::{Bounds, Enum, EnumValue, FloatWidth, Fold, IntegerWidth, Scalar, Ty, TypeKind};
use crate::pointer::Pointer;

use super::facets::Facets;
use super::resolved::Resolved;
use super::resolver::Resolver;

/// A member of a union, resolved.
pub(super) struct Member {
    pub(super) pointer: Pointer,
    /// The member of the choice that it comes from.
    pub(super) source: Pointer,
    /// Words for its name, where its type has none.
    pub(super) title: Option<String>,
    pub(super) resolved: Resolved,
}

/// Members of one sort become one type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Bool,
    Integer,
    Number,
    DateTime,
    Text,
}

impl Resolver<'_> {
    /// The members of the union at `pointer`, with scalars merged.
    pub(super) fn merged_scalars(
        &mut self,
        pointer: &Pointer,
        facets: &Facets,
        members: Vec<Member>,
    ) -> Option<Vec<Member>> {
        if members.len() > 1
            && members
                .iter()
                .all(|one| self.listed(&one.resolved.ty).is_some())
        {
            let ty = self.one_enum(pointer, facets, &members)?;
            return Some(vec![one(members, ty)?]);
        }
        let mut open: Vec<Option<Member>> = members.into_iter().map(Some).collect();
        let mut merged = Vec::new();
        for index in 0..open.len() {
            let Some(first) = open.get_mut(index).and_then(Option::take) else {
                continue;
            };
            let mut group = vec![first];
            for other in open.iter_mut().skip(index + 1) {
                let is_like = |other: &mut Member| {
                    group
                        .first()
                        .is_some_and(|first| self.is_like(first, other))
                };
                group.extend(other.take_if(is_like));
            }
            merged.push(self.one_member(group)?);
        }
        Some(self.numbers_apart(merged))
    }

    fn is_like(&self, one: &Member, other: &Member) -> bool {
        let (one, other) = (&one.resolved.ty, &other.resolved.ty);
        match (self.sort(one), self.sort(other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => one == other && one.own().is_none(),
            _ => false,
        }
    }

    fn sort(&self, ty: &Ty) -> Option<Sort> {
        match ty {
            Ty::Bool => Some(Sort::Bool),
            Ty::Integer(_) => Some(Sort::Integer),
            Ty::Float(_) => Some(Sort::Number),
            Ty::Timestamp => Some(Sort::DateTime),
            Ty::Text | Ty::Secret | Ty::Id(_) | Ty::Binary | Ty::File => Some(Sort::Text),
            _ => {
                let mut kinds = self.listed(ty)?.iter().map(|value| match value.value {
                    Scalar::Text(_) => Sort::Text,
                    Scalar::Integer(_) => Sort::Integer,
                    Scalar::Number(_) => Sort::Number,
                    Scalar::Bool(_) => Sort::Bool,
                });
                let first = kinds.next()?;
                kinds.all(|kind| kind == first).then_some(first)
            }
        }
    }

    /// The values of an enum.
    fn listed(&self, ty: &Ty) -> Option<&[EnumValue]> {
        match &self.types.get(ty.own()?)?.kind {
            TypeKind::Enum(list) => Some(&list.values),
            TypeKind::Struct(_) | TypeKind::Union(_) => None,
        }
    }

    /// Members of one sort as one.
    fn one_member(&mut self, group: Vec<Member>) -> Option<Member> {
        let [first, _, ..] = group.as_slice() else {
            return group.into_iter().next();
        };
        let are_enums = group
            .iter()
            .all(|one| self.listed(&one.resolved.ty).is_some());
        let ty = match are_enums {
            true => {
                let at = first.pointer.clone();
                self.one_enum(&at, &Facets::default(), &group)?
            }
            false => {
                let open = group.iter().map(|one| &one.resolved.ty);
                let ty = widest(open.filter(|ty| self.listed(ty).is_none()));
                for member in &group {
                    self.absorb(member);
                }
                ty?
            }
        };
        for member in group.iter().skip(1) {
            self.ledger.folded(&member.pointer, Fold::Merged);
        }
        one(group, ty)
    }

    /// Listed integers are part of any number, where there is no member for all integers.
    fn numbers_apart(&mut self, members: Vec<Member>) -> Vec<Member> {
        let is_open = |member: &Member| self.listed(&member.resolved.ty).is_none();
        let has = |sort: Sort, open: bool| {
            let found =
                |one: &&Member| self.sort(&one.resolved.ty) == Some(sort) && is_open(one) == open;
            members.iter().any(|one| found(&one))
        };
        let absorbed = match (has(Sort::Number, true), has(Sort::Integer, false)) {
            (true, true) => Sort::Integer,
            _ => return members,
        };
        let (gone, kept): (Vec<Member>, Vec<Member>) = members
            .into_iter()
            .partition(|one| self.sort(&one.resolved.ty) == Some(absorbed));
        for member in &gone {
            self.absorb(member);
            self.ledger.folded(&member.pointer, Fold::Merged);
        }
        kept
    }

    /// One enum with the values of all members, as the type of the node `at`.
    fn one_enum(&mut self, at: &Pointer, facets: &Facets, members: &[Member]) -> Option<Ty> {
        let mut values: Vec<EnumValue> = Vec::new();
        for member in members {
            let is_inline = member.resolved.ty.own() == Some(&member.pointer);
            let place = member.pointer.push("enum");
            let listed = self
                .listed(&member.resolved.ty)
                .unwrap_or_default()
                .to_vec();
            self.absorb(member);
            for (index, value) in listed.into_iter().enumerate() {
                if values.iter().any(|known| same(&known.value, &value.value)) {
                    continue;
                }
                values.push(EnumValue {
                    pointer: match is_inline {
                        true => value.pointer,
                        false => place.push_index(index),
                    },
                    value: value.value,
                });
            }
            self.ledger.folded(&member.pointer, Fold::Merged);
        }
        let resolved = self.define(at, facets, TypeKind::Enum(Enum { values }))?;
        Some(resolved.ty)
    }

    /// The type of a member is not needed for it: an inline one goes at once, another one unless something else uses it.
    fn absorb(&mut self, member: &Member) {
        let Some(pointer) = member.resolved.ty.own() else {
            return;
        };
        if *pointer != member.pointer {
            self.merged.insert(pointer.clone());
            return;
        }
        if let Some(gone) = self.types.remove(pointer) {
            self.ledger.absorbed(pointer, Fold::Merged);
            if let TypeKind::Enum(list) = gone.kind {
                for value in list.values {
                    self.ledger.absorbed(&value.pointer, Fold::Merged);
                }
            }
        }
    }
}

/// The members as the first one with this type, and with what all of them restrict alike.
fn one(members: Vec<Member>, ty: Ty) -> Option<Member> {
    let bounds: Vec<Bounds> = members
        .iter()
        .map(|one| one.resolved.bounds.clone())
        .collect();
    let mut first = members.into_iter().next()?;
    first.resolved.ty = ty;
    first.resolved.bounds = agreed(&bounds);
    Some(first)
}

/// The bounds that all have; of different ones only the format, where all are of one family.
fn agreed(all: &[Bounds]) -> Bounds {
    let Some(first) = all.first() else {
        return Bounds::default();
    };
    if all.iter().all(|bounds| bounds == first) {
        return first.clone();
    }
    let format = |bounds: &Bounds| bounds.format.clone();
    let is_address =
        |bounds: &Bounds| matches!(bounds.format.as_deref(), Some("ip" | "ipv4" | "ipv6"));
    let format = if all.iter().all(|bounds| bounds.format == first.format) {
        format(first)
    } else {
        all.iter().all(is_address).then(|| "ip".to_owned())
    };
    Bounds {
        format,
        ..Bounds::default()
    }
}

/// The type that holds the values of all of these, which are of one sort.
fn widest<'a>(types: impl Iterator<Item = &'a Ty>) -> Option<Ty> {
    types.cloned().reduce(|one, other| match (one, other) {
        (one, other) if one == other => one,
        (Ty::Secret, _) | (_, Ty::Secret) => Ty::Secret,
        // A property is a text in JSON all the same; as a part of a body a file can be either.
        (Ty::Binary, _) | (_, Ty::Binary) => Ty::Binary,
        (Ty::Integer(one), Ty::Integer(other)) => Ty::Integer(wider(one, other)),
        (Ty::Float(_), Ty::Float(_)) => Ty::Float(FloatWidth::F64),
        _ => Ty::Text,
    })
}

/// The type that holds the values of both. Of an unsigned and a signed one it is the usual type for integers.
fn wider(one: IntegerWidth, other: IntegerWidth) -> IntegerWidth {
    use IntegerWidth::{I8, I16, I32, I64, U8, U16, U32, U64};
    for family in [[U8, U16, U32, U64], [I8, I16, I32, I64]] {
        let place = |width| family.iter().position(|known| *known == width);
        if let (Some(one_at), Some(other_at)) = (place(one), place(other)) {
            return if one_at > other_at { one } else { other };
        }
    }
    I64
}

/// Whether two values are one, as JSON compares them.
fn same(one: &Scalar, other: &Scalar) -> bool {
    let number = |scalar: &Scalar| match scalar {
        Scalar::Integer(number) => Some(number.to_string()),
        Scalar::Number(text) => Some(text.clone()),
        Scalar::Text(_) | Scalar::Bool(_) => None,
    };
    one == other || (number(one).is_some() && number(one) == number(other))
}
