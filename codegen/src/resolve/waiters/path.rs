//! The path of a state or its reasons: property names through the types of the model.
//!
//! In: a type and a path. Out: the types at its end, one for each variant of a union on the way; or what is missing,
//! with a suggestion.

use crate::document::near::did_you_mean;
use crate::model::{Api, Field, Ty, TypeKind};

/// A message and a help line.
type Wrong = (String, String);

/// `status.lifecycle_state` as its names.
pub(super) fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

/// Follows paths.
pub(super) struct Walk<'a> {
    pub(super) api: &'a Api,
}

/// The types at the end of a path, and the variants on the way that do not have it.
#[derive(Default)]
struct Ends<'a> {
    found: Vec<&'a Ty>,
    missing: Vec<Wrong>,
}

impl<'a> Walk<'a> {
    /// The types at the end of a path that every variant must have.
    pub(super) fn everywhere(&self, ty: &'a Ty, path: &[String]) -> Result<Vec<&'a Ty>, Wrong> {
        let Ends { found, missing } = self.ends(ty, path);
        match missing.into_iter().next() {
            Some(wrong) => Err(wrong),
            None => Ok(found),
        }
    }

    /// Checks a path to reasons, which at least one variant must have: strings, errors, or collections of them.
    pub(super) fn reasons(&self, ty: &'a Ty, path: &[String]) -> Result<(), Wrong> {
        let Ends { found, missing } = self.ends(ty, path);
        if let (true, Some(wrong)) = (found.is_empty(), missing.into_iter().next()) {
            return Err(wrong);
        }
        if found.iter().all(|ty| self.has_reasons(ty)) {
            return Ok(());
        }
        Err((
            format!(
                "`{}` holds no reasons that the runtime reads",
                path.join(".")
            ),
            "name a string, an error with a `message`, or a list or map of them".to_owned(),
        ))
    }

    /// Whether the runtime can read reasons from a type.
    fn has_reasons(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Text => true,
            Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) => self.has_reasons(inner),
            ty => {
                let fields = self.fields(ty);
                fields.is_some_and(|fields| fields.iter().any(|field| field.wire == "message"))
            }
        }
    }

    fn ends(&self, ty: &'a Ty, path: &[String]) -> Ends<'a> {
        let Some((name, rest)) = path.split_first() else {
            return Ends {
                found: vec![ty],
                missing: Vec::new(),
            };
        };
        if let Ty::Nullable(inner) = ty {
            return self.ends(inner, path);
        }
        if let Some(fields) = self.fields(ty) {
            return match fields.iter().find(|field| field.wire == *name) {
                Some(field) => self.ends(&field.ty, rest),
                None => Ends {
                    found: Vec::new(),
                    missing: vec![missing(ty, name, fields)],
                },
            };
        }
        let mut ends = Ends::default();
        match self.kind(ty) {
            Some(TypeKind::Union(union)) => {
                for variant in &union.variants {
                    let Ends { found, missing } = self.ends(&variant.ty, path);
                    ends.found.extend(found);
                    ends.missing.extend(missing);
                }
            }
            _ => ends.missing.push((
                format!("there is no property `{name}`: the value before it is not an object"),
                "write the names of properties, joined by dots".to_owned(),
            )),
        }
        ends
    }

    fn kind(&self, ty: &Ty) -> Option<&'a TypeKind> {
        match ty {
            Ty::Named(pointer) | Ty::Boxed(pointer) => Some(&self.api.types.get(pointer)?.kind),
            _ => None,
        }
    }

    fn fields(&self, ty: &Ty) -> Option<&'a [Field]> {
        match self.kind(ty)? {
            TypeKind::Struct(object) => Some(&object.fields),
            TypeKind::Enum(_) | TypeKind::Union(_) => None,
        }
    }
}

fn missing(ty: &Ty, name: &str, fields: &[Field]) -> Wrong {
    let owner = ty.named().and_then(crate::pointer::Pointer::last);
    let known = fields.iter().map(|field| field.wire.as_str());
    (
        format!("`{}` has no property `{name}`", owner.unwrap_or_default()),
        did_you_mean(name, known, "write the names of properties, joined by dots"),
    )
}
