//! The permissions and plans that an operation requires: extensions of Cloudflare, which OpenAPI does not check.

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::Permission;
use crate::pointer::Pointer;

use super::resolver::Resolver;

const GROUPS: &str = "x-api-token-group";
const PLANS: &str = "x-cfPlanAvailability";

impl Resolver<'_> {
    /// What `x-api-token-group` and `x-cfPlanAvailability` state. Values of another form are faults: they would be lost.
    pub(super) fn permission(
        &mut self,
        operation: &Pointer,
        extensions: &IndexMap<String, Value>,
    ) -> Permission {
        let groups = match extensions.get(GROUPS) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::String(group)) => Some(vec![group.clone()]),
            Some(Value::Array(groups)) => groups.iter().map(text).collect(),
            Some(_) => None,
        };
        if groups.is_none() {
            let message =
                format!("`{GROUPS}` is no list of names: what a token needs would be lost");
            let help = "write the names as a list in spec/overlay.yaml, or teach codegen/src/resolve/permission.rs the new form";
            self.fault(&operation.push(GROUPS), message, help);
        }
        let plans = match extensions.get(PLANS) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::Object(plans)) => plans.iter().filter_map(plan).collect(),
            Some(_) => None,
        };
        if plans.is_none() {
            let message = format!(
                "`{PLANS}` is no map from plans to true or false: what has the operation would be lost"
            );
            let help = "mend it in spec/overlay.yaml, or teach codegen/src/resolve/permission.rs the new form";
            self.fault(&operation.push(PLANS), message, help);
        }
        Permission {
            token_groups: groups.unwrap_or_default(),
            plans: plans.unwrap_or_default(),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A plan that has the operation; `Some(None)` for a value that is neither true nor false.
fn plan((name, available): (&String, &Value)) -> Option<Option<String>> {
    match available {
        Value::Bool(true) => Some(Some(name.clone())),
        Value::Bool(false) | Value::Null => None,
        _ => Some(None),
    }
}
