//! Names of waiters: methods beside those of the operations of their handle.

use heck::ToShoutySnakeCase;

use crate::config::key_of;
use crate::model::{Operation, Ty, Waiter};
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use super::case::{Case, snake};
use super::methods::below;
use super::scope::{Name, Scope};
use super::{Namer, WaiterNames};

impl Namer<'_> {
    /// Names the waiters of an operation; their methods are in the scope of its handle.
    pub(super) fn waiters(&mut self, operation: &Operation, path: &str, scope: &mut Scope) {
        for waiter in &operation.waiters {
            let place = Pointer::root().push("waiters").push(&waiter.key);
            let method = Name::given(&waiter.method, &place.push("method"));
            let clash = scope.take(&method, &place, &"");
            // A clash is a fault of the entry: the document has no waiters.
            self.faults.extend(clash.map(|refusal| Fault {
                input: Input::Config,
                pointer: place.push("method"),
                on_key: false,
                help: "choose another name".to_owned(),
                ..refusal.fault
            }));
            let names = WaiterNames {
                method: waiter.method.clone(),
                constant: waiter.method.to_shouty_snake_case(),
                waiter: below(path, &waiter.method),
                argument: self.argument(operation, waiter),
            };
            self.names.waiters.insert(waiter.key.clone(), names);
        }
    }

    /// The item of a list is identified by an argument named after its id, which must not be one of the operation's own.
    fn argument(&mut self, operation: &Operation, waiter: &Waiter) -> String {
        let name = match &waiter.item {
            None => return String::new(),
            Some((_, Ty::Id(id))) => snake(id),
            Some((wire, _)) => self.word(wire),
        };
        let place = format!("the arguments of `{}`", waiter.method);
        let mut taken = Scope::new(&place, Case::Snake, &["self"]);
        for parameter in operation.arguments() {
            let own = self.names.parameters.get(&parameter.pointer).cloned();
            let own = Name::made(own.unwrap_or_default());
            // A fault of this name, if any, is reported with the operation.
            let _ = taken.take(&own, &parameter.pointer, &"");
        }
        let own = operation
            .arguments()
            .find(|own| self.names.parameters.get(&own.pointer) == Some(&name));
        let own = own.map(|own| key_of(&own.pointer)).unwrap_or_default();
        let line = format!("{own} = \"<name>\" under [names.fields] in spec/sdk.toml");
        let made = Name::made(name.clone());
        let clash = taken.take(&made, &operation.pointer, &line);
        self.faults.extend(clash);
        name
    }
}
