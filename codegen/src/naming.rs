//! Rust names. In: the model and the names of `sdk.toml`. Out: one name for each node.
//!
//! The contract: every name is valid, not a keyword, unique in its scope, and depends on its node and the nodes around it only,
//! so that adding a schema renames nothing. A clash is a fault that names both nodes and the line to write; there are no
//! counters and no trailing underscores.

mod address;
mod candidates;
mod case;
mod equal;
mod fit;
mod handles;
mod homes;
mod inline;
mod items;
mod lock;
mod members;
mod methods;
mod old_names;
mod parameters;
mod products;
mod reserved;
mod scope;
mod search;
mod settle;
mod short;
mod spelled;
mod stage;
mod status;
mod successes;
mod suggestion;
mod types;
mod users;
mod waiters;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::config::{Config, Layout, quoted};
use crate::model::Api;
use crate::pointer::Pointer;
use crate::report::{Fault, Input};

use self::address::Addresses;
use self::case::{Case, is_keyword};
use self::homes::Seen;
use self::inline::Inline;
use self::items::Items;
use self::lock::Key;
use self::scope::{Name, Refusal, Refusals, Scope};

pub(crate) use self::case::plain;
pub use self::homes::Homes;
pub(crate) use self::homes::{SHARED, file_of};
pub use self::lock::Lock;
pub use self::products::{ALL_PRODUCTS, Products, RUNTIME_FEATURES};
pub use self::reserved::{CALL, CLIENT, CRATE, MODULES};
pub use self::settle::{Recorded, Suggestion, recorded, settle, suggest};
pub use self::users::Users;

/// The Rust names of everything in the model.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// How the generated code is divided into modules.
    pub layout: Layout,
    /// The resources that use each item.
    pub users: Users,
    /// The module of each item.
    pub homes: Homes,
    /// The parts that are compiled by a feature each.
    pub products: Products,
    /// Types, by the node that defines them.
    pub types: BTreeMap<Pointer, String>,
    /// Types that are the same as another one, which has the item: they are further names of it.
    pub same: BTreeMap<Pointer, Pointer>,
    /// Fields of structs and of builders, by property.
    pub fields: BTreeMap<Pointer, String>,
    /// Variants of enums and unions, by value or member.
    pub variants: BTreeMap<Pointer, String>,
    /// Handles, by resource key.
    pub handles: BTreeMap<String, Handle>,
    /// Methods and endpoint types, by operation.
    pub methods: BTreeMap<Pointer, MethodNames>,
    /// The enums of operations with several kinds of success, by operation.
    pub outcomes: BTreeMap<Pointer, OutcomeNames>,
    /// Arguments and setters of calls, by parameter.
    pub parameters: BTreeMap<Pointer, String>,
    /// The methods, or setters of calls, that send a body in a further media type, by that media type.
    pub bodies: BTreeMap<Pointer, String>,
    /// Waiters, by the name of their table in `sdk.toml`.
    pub waiters: BTreeMap<String, WaiterNames>,
    /// Modules of long enums, by the node that defines them.
    pub modules: BTreeMap<Pointer, String>,
    /// Deprecated names of renamed items.
    pub old: Vec<OldName>,
}

/// The number of values from which an enum has a module of its own.
pub(crate) const LONG_ENUM: usize = 40;

/// The names of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The method that returns the handle, which also names its module.
    pub method: String,
    /// The handle's type.
    pub ty: String,
    /// The methods from the account on, joined by dots: `magic_cloud.providers`. Empty for the account itself.
    pub path: String,
}

/// The names of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodNames {
    /// The handle's method.
    pub method: String,
    /// The type of the endpoint.
    pub endpoint: String,
    /// The name in errors: `magic_cloud.providers.list`.
    pub operation: String,
}

/// The names of an enum of several kinds of success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeNames {
    /// The enum.
    pub ty: String,
    /// Its Rust path below the crate.
    pub path: String,
    /// Its variants, in the order of the kinds.
    pub variants: Vec<String>,
}

/// A deprecated name of a renamed item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldName {
    /// The Rust path that users knew.
    pub path: String,
    /// The Rust path now.
    pub now: String,
    /// The version in which the old name is deprecated first.
    pub since: String,
    /// The operation, where the item is a method; else it is a type.
    pub operation: Option<Pointer>,
}

impl OldName {
    /// The last part of the old path.
    pub fn own(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or_default()
    }
}

/// The names of a waiter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiterNames {
    /// The handle's method.
    pub method: String,
    /// The constant with its states and intervals.
    pub constant: String,
    /// The name in errors: `pcaps.wait_until_ready`.
    pub waiter: String,
    /// The argument that identifies an item of a list. Empty where the operation returns one item.
    pub argument: String,
}

/// Names everything, or returns a fault for each node that cannot be named. `lock` has the names that were recorded for nodes whose own
/// names clash.
pub fn name(api: &Api, config: &Config, lock: &Lock) -> Result<Names, Vec<Fault>> {
    let mut namer = Namer::new(api, config, lock);
    namer.name();
    namer.unused();
    let faults = namer.faults.into_inner();
    if faults.is_empty() {
        return Ok(namer.names);
    }
    let is_nested = config.layout == Layout::Nested;
    let faults = faults.into_iter().map(|refusal| {
        let mut fault = refusal.fault;
        if is_nested && (refusal.node.is_some() || refusal.other.is_some()) {
            fault.help.push_str(SETTLED);
        }
        fault
    });
    Err(faults.collect())
}

/// The files beside those of handles in flat layout.
fn files(config: &Config) -> &'static [&'static str] {
    match config.rules {
        Some(_) => &["api", SHARED, "types", "rules"],
        None => &["api", SHARED, "types"],
    }
}

/// What a fault of a name says in nested layout.
const SETTLED: &str =
    "; or `cargo xtask codegen --lock` qualifies a name, and records it in spec/names.lock";

/// The state of the naming pass.
struct Namer<'a> {
    api: &'a Api,
    config: &'a Config,
    names: Names,
    inline: Inline,
    /// In nested layout, the homes of the types that refer to a type or to an id.
    importers: BTreeMap<Seen, BTreeSet<String>>,
    /// The names that were recorded.
    lock: &'a Lock,
    /// The recorded names that their nodes have anyway.
    repeated: BTreeSet<Key>,
    addresses: Addresses,
    /// The functions of the structs that have a field with a setter.
    setters: BTreeMap<Pointer, &'static [&'static str]>,
    /// The nodes of items whose names are taken.
    refused: BTreeSet<Pointer>,
    faults: Refusals,
    /// The scopes of items: types, ids, handles, endpoints.
    items: Items,
    /// The scope of all modules in flat layout: handles and long enums.
    modules: Scope,
}

impl<'a> Namer<'a> {
    fn new(api: &'a Api, config: &'a Config, lock: &'a Lock) -> Self {
        let inline = Inline::of(api);
        Self {
            api,
            config,
            names: Names {
                layout: config.layout,
                users: Users::of(api, config.layout),
                ..Names::default()
            },
            addresses: Addresses::of(api, &inline),
            inline,
            importers: BTreeMap::new(),
            lock,
            repeated: BTreeSet::new(),
            setters: BTreeMap::new(),
            refused: BTreeSet::new(),
            faults: Refusals::default(),
            items: Items::new(config.layout),
            modules: Scope::new("`generated`", Case::Snake, files(config)),
        }
    }

    fn name(&mut self) {
        self.keywords();
        self.handles();
        self.products();
        self.places();
        self.types();
        self.outcomes();
        self.ids();
        self.equal();
        self.old_names();
    }
}

impl Namer<'_> {
    /// Only keywords of Rust need another word everywhere.
    fn keywords(&mut self) {
        for (word, rule) in &self.config.keywords {
            if !is_keyword(word) {
                rule.mark();
                let message =
                    format!("this entry changes nothing: `{word}` is not a keyword of Rust");
                let help = "remove the entry; a single field is renamed under [names.fields]";
                let fault = Fault::new(Input::Config, rule.place.clone(), message, help);
                self.faults.push(fault.on_key().stale());
            }
        }
    }

    /// Reserves a name for an item that is seen in these modules. Returns whether it was free; else the last fault is about it.
    fn item(
        &mut self,
        name: &Name,
        modules: &BTreeSet<String>,
        pointer: &Pointer,
        line: &dyn Display,
    ) -> bool {
        let clash = self.items.take(modules, name, pointer, line);
        let is_free = clash.is_none();
        if let Some(clash) = clash {
            let fault = match self.handle_beside(&name.text, modules) {
                Some(key) => self.beside_handle(clash, key, line),
                None => clash,
            };
            self.refused.insert(pointer.clone());
            self.faults.push(fault);
        }
        is_free
    }

    /// The handle of this name that is seen in one of these modules.
    fn handle_beside(&self, name: &str, modules: &BTreeSet<String>) -> Option<&str> {
        let Names {
            handles,
            homes,
            layout,
            ..
        } = &self.names;
        let is_beside = |key: &String| {
            let home = homes.handles.get(key);
            *layout == Layout::Flat || home.is_some_and(|home| modules.contains(home))
        };
        let mut handles = handles.iter();
        let (key, _) = handles.find(|(key, handle)| handle.ty == name && is_beside(key))?;
        Some(key)
    }

    /// The name of a handle that `sdk.toml` sets is the one to change; else the one of the two that is new.
    fn beside_handle(&self, refusal: Refusal, key: &str, line: &dyn Display) -> Refusal {
        let given = self.config.handles.get(key);
        let is_given = given.is_some_and(|rule| rule.value.ty.is_some());
        let handle = format!(
            "{} = {{ type = \"<Name>\" }} under [handles] in spec/sdk.toml",
            quoted(key)
        );
        let help = match is_given {
            true => format!("choose another name for the handle: {handle}"),
            false => format!(
                "choose a name for the one that is new, the handle: {handle}; or the schema: {line}"
            ),
        };
        let fault = Fault {
            help,
            ..refusal.fault
        };
        Refusal { fault, ..refusal }
    }
}
