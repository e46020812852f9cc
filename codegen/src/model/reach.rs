//! Which types are in the messages of resources.

use super::{Api, Operation, Passing, Resource, Ty, Type};

impl Resource {
    /// The types of the handle's arguments, and of the operations' parameters and bodies.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &Ty> {
        let operations = || self.operations.iter();
        let parameters = operations().flat_map(|operation| &operation.parameters);
        // An argument of a handle is of that handle, which can be one above.
        let own = parameters.filter(|parameter| parameter.passed != Passing::Handle);
        let parameters = self.parameters.iter().chain(own);
        let bodies = operations().filter_map(|operation| operation.body.as_ref());
        let media = bodies.flat_map(|body| &body.media);
        let bodies = media.filter_map(|media| media.ty.as_ref());
        parameters.map(|parameter| &parameter.ty).chain(bodies)
    }

    /// The types of the operations' responses.
    pub(crate) fn received(&self) -> impl Iterator<Item = &Ty> {
        self.operations.iter().flat_map(Operation::responds_with)
    }
}

impl Api {
    /// For each type of the list, whether it is one of these or in one of them, however far down.
    pub(crate) fn reached<'a>(&'a self, from: impl IntoIterator<Item = &'a Ty>) -> Vec<bool> {
        let mut reached = vec![false; self.types.len()];
        let mut open: Vec<&Ty> = from.into_iter().collect();
        while let Some(ty) = open.pop() {
            let named = ty.named().and_then(|named| self.types.get_full(named));
            if let Some((index, _, ty)) = named
                && let Some(reached) = reached.get_mut(index)
                && !std::mem::replace(reached, true)
            {
                open.extend(Type::uses(ty));
            }
        }
        reached
    }
}
