//! How structs hold their properties, how requests set them, and how users create a struct: decided here, once, for every later stage.
//!
//! In comes the model with usage marked; out it goes with `Field::held`, `Field::set` and `Struct::made` filled in.

use crate::model::{Api, Construction, Field, Holding, Setting, Struct, Ty, TypeKind, Usage};

/// The most arguments that `new` has.
const MOST_ARGUMENTS: usize = 4;

/// Decides it for all structs.
pub(super) fn decide(api: &mut Api) {
    for ty in api.types.values_mut() {
        let usage = ty.usage;
        if let TypeKind::Struct(object) = &mut ty.kind {
            for field in &mut object.fields {
                field.held = held(usage, field);
                field.set = set(usage, field);
            }
            object.made = made(usage, object);
        }
    }
}

fn held(usage: Usage, field: &Field) -> Holding {
    if field.fixed.is_some() {
        return Holding::Plain;
    }
    // Where one struct is used in requests and responses, a property of only one of them is absent in the other.
    let is_there = field.required
        && !(field.read_only && usage.request)
        && !(field.write_only && usage.response);
    let is_collection = matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Object);
    let reads_empty = is_collection && !usage.request;
    match (is_there, field.nullable) {
        (true, false) if is_collection => Holding::RequiredCollection,
        (true, true) if reads_empty => Holding::RequiredCollection,
        (false, _) if reads_empty => Holding::Collection,
        (false, true) if usage.request && !field.read_only => Holding::TriState,
        (true, false) => Holding::Plain,
        (true, true) => Holding::Nullable,
        (false, _) => Holding::Optional,
    }
}

fn set(usage: Usage, field: &Field) -> Setting {
    if field.fixed.is_some() {
        Setting::Fixed
    } else if !usage.request || field.read_only {
        Setting::None
    } else if field.required && !field.nullable {
        Setting::Argument
    } else if field.held == Holding::TriState {
        Setting::SetterAndClear
    } else {
        Setting::Setter
    }
}

fn made(usage: Usage, object: &Struct) -> Construction {
    let arguments: Vec<&Field> = object.arguments().collect();
    let flags = arguments.iter().filter(|field| field.ty == Ty::Bool);
    let is_number = |ty: &Ty| matches!(ty, Ty::Integer(_) | Ty::Float(_));
    let numbers = arguments.iter().filter(|field| is_number(&field.ty));
    if !usage.request {
        Construction::None
    } else if arguments.is_empty() {
        Construction::Empty
    } else if arguments.len() > MOST_ARGUMENTS || flags.count() > 1 || numbers.count() > 1 {
        // Two arguments of such a type could change places, and the program would still compile.
        Construction::Builder
    } else {
        Construction::New
    }
}
