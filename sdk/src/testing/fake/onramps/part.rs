//! A part of an on-ramp: a resource that it builds, or an existing one that it changes. And what a plan does with it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::testing::fake::resources::{self, Relation, Resource};
use crate::testing::fake::yaml::{yaml, yaml_diff};

/// A part of an on-ramp, as it is to be or as it was built.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Tells the parts of one on-ramp apart. The same in each of its plans.
    pub(crate) key: String,
    /// With the same id in each plan. Of an existing resource `config` has only the keys that are changed.
    pub(crate) resource: Resource,
    /// Of an existing resource: what `config` was before.
    pub(crate) found: Option<Map<String, Value>>,
    /// Whether what was changed on an existing resource stays when the on-ramp is destroyed.
    pub(crate) remains: bool,
    /// Keys of `config` that cannot be changed in place.
    pub(crate) fixed_keys: Vec<String>,
}

impl Part {
    /// A part that does not exist yet.
    pub(crate) fn new(key: &str, resource: Resource) -> Self {
        Self {
            key: key.to_owned(),
            resource,
            found: None,
            remains: false,
            fixed_keys: Vec::new(),
        }
    }

    /// Sets the list price of a month. With multiples of 25 cents all sums are exact.
    pub(crate) fn costs(&mut self, monthly_cents: u32) -> &mut Self {
        self.resource.monthly_cents = monthly_cents;
        self
    }

    /// Says that the part is replaced when one of these keys changes.
    pub(crate) fn fixed(&mut self, keys: &[&str]) -> &mut Self {
        self.fixed_keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self
    }

    /// Relates the part to another resource.
    pub(crate) fn related(&mut self, label: &str, to: &str) -> &mut Self {
        self.resource.relations.push(Relation {
            label: label.to_owned(),
            to: to.to_owned(),
        });
        self
    }
}

/// What a plan does with one part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change<'a> {
    before: Option<&'a Part>,
    after: Option<&'a Part>,
}

/// The changes from what is built to what is to be, in the order in which they are made.
pub(crate) fn changes<'a>(built: &'a [Part], wanted: &'a [Part]) -> Vec<Change<'a>> {
    let in_wanted = |part: &Part| wanted.iter().any(|other| other.key == part.key);
    let kept = wanted.iter().map(|after| Change {
        before: built.iter().find(|part| part.key == after.key),
        after: Some(after),
    });
    let gone = built.iter().filter(|part| !in_wanted(part));
    kept.chain(gone.map(|part| Change {
        before: Some(part),
        after: None,
    }))
    .collect()
}

/// What is built once so many of the changes have been made.
pub(crate) fn built_after(built: &[Part], wanted: &[Part], made: usize) -> Vec<Part> {
    let mut left = made;
    let mut result = Vec::new();
    for change in changes(built, wanted) {
        let is_made = match change.action() {
            "no_op" => true,
            _ if left == 0 => false,
            _ => {
                left -= 1;
                true
            }
        };
        let part = if is_made { change.after } else { change.before };
        result.extend(part.cloned());
    }
    result
}

impl<'a> Change<'a> {
    /// `no_op`, `create`, `update`, `replace` or `destroy`.
    pub(crate) fn action(&self) -> &'static str {
        match (self.before, self.after) {
            (None, None) => "no_op",
            (None, Some(after)) if after.found.is_none() => "create",
            (Some(before), None) if before.found.is_none() => "destroy",
            _ if self.left() == self.right() => "no_op",
            _ if self.replaced_keys().is_empty() => "update",
            _ => "replace",
        }
    }

    /// The part, as it is to be if it is to be.
    pub(crate) fn part(&self) -> Option<&'a Part> {
        self.after.or(self.before)
    }

    fn left(&self) -> Option<&'a Map<String, Value>> {
        match (self.before, self.after) {
            (Some(before), _) => Some(&before.resource.config),
            (None, after) => after?.found.as_ref(),
        }
    }

    fn right(&self) -> Option<&'a Map<String, Value>> {
        match (self.before, self.after) {
            (_, Some(after)) => Some(&after.resource.config),
            (Some(before), None) if before.remains => Some(&before.resource.config),
            (before, None) => before?.found.as_ref(),
        }
    }

    /// The keys that differ and cannot be changed in place.
    fn replaced_keys(&self) -> Vec<&'a str> {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return Vec::new();
        };
        let keys = after.fixed_keys.iter().map(String::as_str);
        keys.filter(|key| before.resource.config.get(*key) != after.resource.config.get(*key))
            .collect()
    }

    /// The change as JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        let part = self.part()?;
        let text = |config: Option<&Map<String, Value>>| config.map(yaml).unwrap_or_default();
        let (left, right) = (text(self.left()), text(self.right()));
        Some(json!({
            "resource": resources::preview(&part.resource),
            "diff": yaml_diff(("The configuration before", &left), ("The configuration after", &right)),
            "planned_action": self.action(),
            "keys_require_replace": self.replaced_keys(),
            "monthly_cost_estimate_diff": cost_difference(&[*self]),
        }))
    }
}

/// The estimate of what these parts cost together.
pub(crate) fn cost(parts: &[Part]) -> Value {
    resources::cost(parts.iter().map(|part| part.resource.monthly_cents).sum())
}

/// The estimate of how these changes affect the costs.
pub(crate) fn cost_difference(changes: &[Change<'_>]) -> Value {
    let cents = |part: Option<&Part>| part.map_or(0, |part| part.resource.monthly_cents);
    let current = changes.iter().map(|change| cents(change.before)).sum();
    let proposed = changes.iter().map(|change| cents(change.after)).sum();
    let (current, proposed) = (resources::dollars(current), resources::dollars(proposed));
    json!({
        "current_monthly_cost": current, "proposed_monthly_cost": proposed, "diff": proposed - current,
        "currency": "USD",
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, built_after, changes, cost, cost_difference};
    use crate::testing::fake::moment::Moment;
    use crate::testing::fake::providers::Cloud;
    use crate::testing::fake::resources::Resource;
    use serde_json::json;

    fn part(key: &str, value: i32, cents: u32) -> Part {
        let (cloud, kind) = (Cloud::Aws, "aws_vpn_gateway");
        let id = format!("id-{key}");
        let mut resource = Resource::new(
            (&id, key),
            (cloud, kind),
            "eu-central-1",
            "p",
            Moment::default(),
        );
        let config = json!({"value": value, "fixed": value / 10});
        resource.config = config.as_object().cloned().unwrap();
        let mut part = Part::new(key, resource);
        part.costs(cents).fixed(&["fixed"]);
        part
    }

    #[test]
    fn changes_are_what_differs() {
        let built = [
            part("a", 1, 25),
            part("b", 2, 50),
            part("c", 3, 100),
            part("d", 4, 0),
        ];
        let wanted = [
            part("a", 1, 25),
            part("b", 5, 50),
            part("c", 13, 100),
            part("e", 1, 75),
        ];
        let changes = changes(&built, &wanted);
        let actions: Vec<_> = changes.iter().map(super::Change::action).collect();
        assert_eq!(actions, ["no_op", "update", "replace", "create", "destroy"]);
        assert_eq!(
            cost_difference(&changes),
            json!({"current_monthly_cost": 1.75, "proposed_monthly_cost": 2.5, "diff": 0.75, "currency": "USD"})
        );
        assert_eq!(
            changes[2].json().unwrap()["keys_require_replace"],
            json!(["fixed"])
        );
        assert_eq!(cost(&wanted)["monthly_cost"], 2.5);
        let keys = |made| {
            let parts = built_after(&built, &wanted, made);
            parts
                .iter()
                .map(|part| format!("{}{}", part.key, part.resource.config["value"]))
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(0), ["a1", "b2", "c3", "d4"]);
        assert_eq!(keys(3), ["a1", "b5", "c13", "e1", "d4"]);
        assert_eq!(keys(4), ["a1", "b5", "c13", "e1"]);
    }

    #[test]
    fn what_existed_is_changed_and_put_back() {
        let mut table = part("table", 5, 0);
        table.found = Some(part("table", 1, 0).resource.config);
        let wanted = [table.clone()];
        assert_eq!(changes(&[], &wanted)[0].action(), "update");
        assert_eq!(changes(&wanted, &[])[0].action(), "update");
        table.remains = true;
        assert_eq!(changes(&[table], &[])[0].action(), "no_op");
    }
}
